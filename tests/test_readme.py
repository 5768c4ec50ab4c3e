"""`README.md` is true: its commands print what it shows, its flow compiles to its NCCO, and what it names exists.

Its `console` blocks are run one after the other, in one shell, in a copy of the repository's `flows/`. The README
writes `/srv/flowc` for the folder that holds them. `pytest --accept` writes into it what is printed now.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

import click
import pytest
import yaml
from conftest import Golden
from installed import surroundings

from flowc import cli
from flowc.compiler import compile
from flowc.hosting import HOSTS
from flowc.program.files import files
from flowc.rules import by_code, by_name
from flowc.workspace import project

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
FLOWS = (ROOT / "flows" / "README.md").read_text(encoding="utf-8")
FOLDER = "/srv/flowc"
"""How the README writes the folder that its commands are run in."""


class Block(NamedTuple):
    """A fenced block: the word behind its fence, its text, and where its text begins in the page."""

    kind: str
    text: str
    start: int


def _blocks() -> list[Block]:
    fences = re.finditer(r"^```(\w*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
    return [Block(found[1], found[2], found.start(2)) for found in fences]


def _of(kind: str, beginning: str = "") -> list[str]:
    return [each.text for each in _blocks() if each.kind == kind and each.text.startswith(beginning)]


# Commands


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the example projects and nothing that was built."""
    folder = tmp_path_factory.mktemp("readme").resolve()
    shutil.copytree(ROOT / "flows", folder / "flows", ignore=shutil.ignore_patterns(".flowc", "build"))
    return folder


def test_the_commands_print_what_is_shown(clone: Path, golden: Golden) -> None:
    consoles = [each for each in _blocks() if each.kind == "console"]
    printed = _run([line for each in consoles for line in _commands(each)], clone)
    page, end = "", 0
    for block in consoles:
        page += PAGE[end : block.start] + "".join(f"$ {line}\n{next(printed)}" for line in _commands(block))
        end = block.start + len(block.text)
    golden(ROOT / "README.md", page + PAGE[end:])


def _commands(block: Block) -> list[str]:
    return [line.removeprefix("$ ") for line in block.text.splitlines() if line.startswith("$ ")]


def _run(commands: list[str], folder: Path) -> Iterator[str]:
    """What each command prints, in one shell that goes on from one to the next, as a terminal shows it."""
    script = "".join(f"{line}\nstatus=$?; printf '\\0'; (exit $status)\n" for line in commands)
    shell = ["sh", "-c", f"exec 2>&1\n{script}"]
    ended = subprocess.run(
        shell, cwd=folder, env=surroundings(folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    yield from ended.stdout.decode().replace(str(folder), FOLDER).split("\0")[:-1]


def test_every_command_is_named() -> None:
    assert {name for words in _code() for name in re.findall(r"\bflowc ([a-z]+)\b", words)} == set(cli.COMMANDS)


def test_every_option_that_is_named_with_a_command_is_one_of_it() -> None:
    for words in _code():
        for name, rest in re.findall(r"\bflowc ([a-z]+)([^|\n]*)", words):
            assert set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest)) <= _options(_command(name)), words


def test_every_option_that_is_named_alone_is_one_of_a_command() -> None:
    known = set[str]().union(*(_options(_command(name)) for name in cli.COMMANDS))
    assert {words.split()[0] for words in _code() if words.startswith("--")} <= known


def _command(name: str) -> click.Command:
    module, attribute, _ = cli.COMMANDS[name]
    found = getattr(import_module(module), attribute)
    assert isinstance(found, click.Command)
    return found


def _options(command: click.Command) -> set[str]:
    return {name for each in command.params for name in [*each.opts, *each.secondary_opts] if name.startswith("-")}


def _code() -> list[str]:
    """All commands that are shown, and all words in backticks."""
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    shown = [line for each in _blocks() if each.kind == "console" for line in _commands(each)]
    return [*shown, *(found[1] for found in re.finditer(r"`([^`\n]+)`", prose))]


# Files


def test_the_first_flow_compiles_to_the_first_ncco() -> None:
    result = compile(_of("yaml", "flow:")[0])
    assert result.program is not None and result.diagnostics == []
    built = {each.name: each.json for each in files(result.program, "https://ivr.example.com")}
    assert json.loads(built["welcome"]) == json.loads(_of("json")[0])
    assert "There are seven more files" in PAGE and len(built) == 8


def test_the_steps_that_ask_a_server_compile() -> None:
    (steps,) = _of("yaml", "order:")
    top = "flow: a\nparams: {shop_key: {type: secret}}\nsteps:\n  desk: {talk: Goodbye.}\n"
    assert compile(top + indent(steps, "  ") + "start: order\n").diagnostics == []


@pytest.mark.parametrize("text", _of("python"))
def test_the_library_is_used_as_shown(text: str, clone: Path) -> None:
    check = "import json\nprint(json.loads(ncco)[0]['action'])\n"
    command = [sys.executable, "-W", "error", "-c", f"{text}\n{check}"]
    ended = subprocess.run(command, cwd=clone, env=surroundings(clone), capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("talk\n", "")


def test_the_project_file_is_one(clone: Path) -> None:
    folder = clone / "project"
    (folder / "env").mkdir(parents=True)
    (folder / "env" / "production.yml").write_text("agents: 447700900102\n")
    (folder / "flowc.yml").write_text(_of("yaml", "flows:")[0])
    read, said = project.read(folder / "flowc.yml")
    assert said == [] and read is not None and [*read.sites] == ["staging", "production"]


def test_the_nginx_includes_are_those_that_the_build_prints() -> None:
    printed = "".join(_of("console"))
    includes = re.findall(r'include ".*";', _of("nginx")[0])
    assert len(includes) == 3 and all(each in printed for each in includes)


def test_the_modeline_is_the_one_that_init_writes() -> None:
    from flowc.cli.init import HELLO

    assert HELLO.startswith(_of("yaml", "# yaml-language-server")[0])


def test_the_hooks_and_the_inputs_of_the_action_exist() -> None:
    hooks = {each["id"] for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    (repo,) = yaml.safe_load(_of("yaml", "repos:")[0])["repos"]
    assert {each["id"] for each in repo["hooks"]} == hooks
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    assert yaml.safe_load(_of("yaml", "- uses:")[0])[0]["with"].keys() <= inputs.keys()


# Words


def test_the_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", PAGE + (ROOT / "CONTRIBUTING.md").read_text()))
    assert {"demo", "test"} <= named <= targets
    assert _of("sh") == ["make demo\nmake test\n", "pip install .\n"]


def test_the_exit_codes_are_those_of_the_program() -> None:
    assert re.findall(r"^\| (\d) \|", PAGE, re.MULTILINE) == [
        str(each) for each in (cli.CLEAN, cli.ERRORS, cli.USAGE, cli.FAULT)
    ]


def test_the_table_of_hosts_names_every_host() -> None:
    assert "| | " + " | ".join(f"`{name}`" for name in HOSTS) + " |" in PAGE


def test_every_rule_that_is_named_exists() -> None:
    assert set(re.findall(r"\b[EW]\d{3}\b", PAGE)) <= by_code().keys()
    (allowed,) = yaml.safe_load(_of("yaml", "flows:")[0])["allow"].values()
    assert set(allowed) <= by_name().keys()


def test_the_projects_are_those_in_their_folder_and_stand_in_both_tables() -> None:
    projects = sorted(each.parent.name for each in (ROOT / "flows").glob("*/flowc.yml"))
    assert re.findall(r"^\| \[([a-z-]+)\]\(\1\) \| .+ \|$", FLOWS, re.MULTILINE) == projects
    assert FLOWS.partition("\n| project")[2].replace("](", "](flows/") in PAGE


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", PAGE))
def test_every_link_leads_somewhere(link: str) -> None:
    path, _, heading = link.partition("#")
    assert link.startswith("https://") or (ROOT / path).exists()
    if heading:
        assert f"\n## {heading.replace('-', ' ').capitalize()}\n" in (ROOT / path).read_text(encoding="utf-8")
