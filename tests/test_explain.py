"""`flowc explain`, `flowc schema` and `flowc completion`: what is printed of what flowc knows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from flowc.cli.group import run
from flowc.compiler import compile
from flowc.language.expressions.scope import OF_A_CALL
from flowc.language.reading.params import TYPES
from flowc.language.reference import glossary
from flowc.language.reference.word_pages import word_page, words
from flowc.language.schema.facts import ACTIONS
from flowc.language.schema.schemas import bundled, flat
from flowc.program.filters import FILTERS
from flowc.rules import all_rules, by_name
from flowc.text.source import Source


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
        ("mneu", "did you mean `menu`?"),
        ("otherwize", "did you mean `otherwise`?"),
        ("Branch", "did you mean `branch`?"),
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


STEPS = """\
flow: words
voice: [{language: en-GB}, {language: de-DE}]
timezone: Europe/London
hours: {office: {open: {mon-fri: "09:00-17:30"}}}
params: {company: {type: text, default: ACME}, agents: {type: phone, default: "447700900100"}}
use: {payment: payment.flow.yml}
steps:
  main:
    - set: {tries: 1, number: 2, order: null}
    - input: {prompt: Your name?, speech: {}, save: name, otherwise: operator}
    - EXAMPLE
  sales: {talk: Sales.}
  support: {talk: Support.}
  voicemail: {talk: Nobody is there.}
  operator: {talk: Hello.}
"""
PAYMENT = "flow: payment\nparams: {amount: {type: number}}\nsteps: {main: {talk: 'That is {{ params.amount }}.'}}\n"

EXAMPLES = [
    *glossary.STEPS.items(),
    *((name, example) for name, (_, example) in glossary.NAMES.items()),
    ("noMatch", glossary.TARGETS["noMatch"][1]),
]


def wrong_in(text: str) -> list[str]:
    result = compile(Source("words.flow.yml", text), read=lambda _: PAYMENT)
    return [each.message for each in result.diagnostics if each.rule.severity == "error"]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_of_a_step_is_sound(name: str, example: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = textwrap.indent(example, "  ")
    assert f"For example\n{shown}\n" in printed(capsys, "explain", name)
    assert wrong_in(STEPS.replace("EXAMPLE", textwrap.indent(example, "      ").lstrip())) == []


@pytest.mark.parametrize(("name", "example"), glossary.KEYS.items())
def test_an_example_of_a_key_at_the_top_is_sound(name: str, example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"For example\n  {example}\n" in printed(capsys, "explain", name)
    whole = {"flow": "flow: acme", "steps": "steps: {welcome: {talk: Hello.}, operator: {talk: Hello.}}", name: example}
    zone = ["timezone: Europe/London"] if name == "hours" else []
    assert wrong_in("\n".join([*whole.values(), *zone])) == []


@pytest.mark.parametrize(
    ("name", "expression", "gives"),
    [
        (name, expression, gives)
        for table in (glossary.FILTERS, glossary.OPERATORS)
        for name, (_, expression, gives) in table.items()
    ],
)
def test_an_example_of_an_expression_gives_what_the_page_says(
    name: str, expression: str, gives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"{expression}   gives   {gives}" in printed(capsys, "explain", name)
    text = json.dumps(f"{{{{ {expression} }}}}")
    result = compile(f"flow: a\nsteps: {{main: {{talk: {text}}}}}\n")
    assert result.program is not None
    assert result.program.documents["main"].actions[0]["text"] == gives


def test_every_word_of_flows_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    flow = bundled("flow")
    assert set(glossary.STEPS) == set(flat(flow["$defs"]["actions"], flow)["properties"])
    assert set(glossary.KEYS) == set(flow["properties"])
    assert set(glossary.FILTERS) == set(FILTERS)
    assert set(glossary.TYPES) == set(TYPES)
    assert {*OF_A_CALL, "params", "options"} == set(glossary.NAMES)
    assert {name for name in words() if word_page(name) is None} == set()
    for name in ("otherwise", "busy", "noInput", "save", "holidays", "choices", "with", "continue"):
        assert printed(capsys, "explain", name).startswith(f"{name}: ")


def test_a_field_is_told_of_all_steps_that_have_it(capsys: pytest.CaptureFixture[str]) -> None:
    page = " ".join(printed(capsys, "explain", "otherwise").split())
    for owner in ("`menu` and `input`", "`connect`", "`branch`", "`request`", "`switch`"):
        assert f"of {owner}: " in page


def test_the_page_of_a_step_has_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "explain", "branch") == (
        "branch: a step of a flow\n"
        "\n"
        "Go the first of these ways whose expression is true: a list of `{if: expression, goto: target}`,\n"
        "then `{otherwise: target}`.\n"
        "\n"
        "For example\n"
        "  branch:\n"
        "    - {if: hours.office == 'closed', goto: voicemail}\n"
        "    - {if: call.from == '447700900123' and vars.tries < 3, goto: sales}\n"
        "    - {otherwise: continue}\n"
        "\n"
        "Fields\n"
        "  if         The expression that has to be true, without braces.\n"
        "  goto       Where the call goes if it is.\n"
        "  otherwise  Where the call goes if none is true.\n"
    )
