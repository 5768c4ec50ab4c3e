"""`flowc explain`, `flowc schema` and `flowc completion`: what is printed of what flowc knows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flowc.cli.group import run
from flowc.language.facts import ACTIONS
from flowc.rules import all_rules, by_name


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["E600", "e600", "no-such-file", "No-Such-File"])
def test_a_rule_is_explained_by_code_or_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = by_name()["no-such-file"].page
    assert printed(capsys, "explain", name) == f"error[E600] no-such-file\n\n{page}\n"


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "explain", name).startswith(f"{name}: ")


def test_without_a_name_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "explain").splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in all_rules()]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no-sch-file", "did you mean `no-such-file`?"),
        ("tlak", "did you mean `talk`?"),
        ("xyzzy-plugh", "`flowc explain` lists the rules"),
    ],
)
def test_an_unknown_name_is_said_with_the_nearest(name: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", name]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("name", ["flow", "ncco", "project", "program"])
def test_a_schema_is_printed_in_one_piece(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "schema", name)
    assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert ".schema.json#" not in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_names_the_program(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "_FLOWC_COMPLETE" in printed(capsys, "completion", shell)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_shell_is_told_the_commands_and_options(tmp_path: Path) -> None:
    surroundings = {"_FLOWC_COMPLETE": "bash_complete", "COMP_WORDS": "flowc check --for", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-m", "flowc"],
        env={**surroundings, "PYTHONPATH": str(Path(__file__).parent.parent)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "plain,--format\n"
