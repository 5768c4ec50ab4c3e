"""The hooks of pre-commit and the GitHub action: what they run works, on files as they would be given."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from installed import surroundings

ROOT = Path(__file__).parents[1]
HOOKS = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {each["name"]: each for each in ACTION["runs"]["steps"]}


class Ended(NamedTuple):
    """What became of a command: its exit code, and what it printed."""

    code: int
    text: str


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one flow, as it is checked out."""
    return Path(
        shutil.copytree(ROOT / "flows" / "acme", tmp_path / "acme", ignore=shutil.ignore_patterns(".*", "build"))
    )


def _spoil(folder: Path) -> None:
    flow = folder / "acme.flow.yml"
    flow.write_text(flow.read_text(encoding="utf-8").replace("1: sales", "1: sale"), encoding="utf-8")


def _run(script: str, folder: Path, **environment: str) -> Ended:
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    ended = subprocess.run(shell, cwd=folder, env=surroundings(folder) | environment, capture_output=True, text=True)
    return Ended(ended.returncode, ended.stdout + ended.stderr)


# pre-commit


def test_the_hook_that_checks_is_given_flows_and_nccos() -> None:
    pattern = re.compile(HOOKS["flowc-check"]["files"])
    assert all(pattern.search(str(each)) for each in (ROOT / "flows").rglob("*.flow.yml"))
    assert pattern.search("calls/a.ncco.json") and pattern.search("a.flow.yaml")
    assert not pattern.search("flowc.yml") and not pattern.search("build/site/public/acme/main.json")


def test_the_hook_that_checks_passes_what_is_right_and_stops_a_mistake(folder: Path) -> None:
    command = f"{HOOKS['flowc-check']['entry']} acme.flow.yml"
    assert _run(command, folder).code == 0
    _spoil(folder)
    ended = _run(command, folder)
    assert ended.code == 1 and "there is no step `sale`" in ended.text


def test_the_hook_that_builds_passes_once_the_files_are_those_of_the_flows(folder: Path) -> None:
    command = f"{HOOKS['flowc-build']['entry']} --site production"
    assert _run(command, folder).code == 1
    assert _run("flowc build --site production", folder).code == 0
    assert _run(command, folder) == Ended(0, "1 flow: nothing would change\n")


# The action


@pytest.mark.parametrize("name", STEPS)
def test_no_input_stands_in_a_script(name: str) -> None:
    assert "${{" not in STEPS[name]["run"] and STEPS[name]["shell"] == "bash"


def test_every_input_is_handed_on() -> None:
    handed = str([(each.get("env"), each.get("working-directory")) for each in STEPS.values()])
    assert set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", handed)) == set(ACTION["inputs"])


@pytest.mark.parametrize("paths", ["", ".", "acme.flow.yml .", ".\n.", "  acme.flow.yml  "])
def test_the_action_says_a_mistake_as_github_shows_it(folder: Path, paths: str) -> None:
    assert _run(STEPS["Check"]["run"], folder, PATHS=paths, STRICT="false") == Ended(0, "no mistakes in 1 file\n")
    _spoil(folder)
    ended = _run(STEPS["Check"]["run"], folder, PATHS=paths, STRICT="false")
    assert ended.code == 1
    assert ended.text.startswith("::error file=acme.flow.yml,line=20,col=12,endColumn=16,title=E204 unknown-step::")


@pytest.mark.parametrize("paths", ["--help", "$(touch made)", "`touch made`", "; touch made", "*"])
def test_the_action_takes_paths_for_paths(folder: Path, paths: str) -> None:
    ended = _run(STEPS["Check"]["run"], folder, PATHS=paths, STRICT="false")
    assert ended.code == 1 and "E600 no-such-file" in ended.text
    assert not (folder / "made").exists()


@pytest.mark.parametrize(("strict", "code"), [("false", 0), ("true", 1)])
def test_the_action_lets_warnings_fail_where_that_is_wanted(folder: Path, strict: str, code: int) -> None:
    flow = folder / "acme.flow.yml"
    flow.write_text(flow.read_text(encoding="utf-8").replace("press 2", "press 3"), encoding="utf-8")
    assert _run(STEPS["Check"]["run"], folder, PATHS="", STRICT=strict).code == code
