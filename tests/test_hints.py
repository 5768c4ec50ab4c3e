"""What is said to authors who know other tools: each mistake once, at its line, with the fix as text to type."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from flowc.cli.group import run
from flowc.compiler import check
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source

Golden = Callable[[Path, str], None]

MESSAGES = Path(__file__).parent / "messages"

AROUND = """\
flow: acme
voice: [{language: en-GB}, {language: de-DE}]
timezone: Europe/London
hours: {office: {open: {mon-fri: "09:00-17:30"}}}
params:
  name: {type: text, default: Bo}
  line: {type: choice, choices: [office, mobile]}
  shown: {type: boolean}
  most: {type: integer, default: 3}
  numbers: {type: list, default: [447700900100, 447700900101]}
  named: {type: list, default: ["447700900100"]}
steps:
  main:
    - set: {tries: 1, tier: gold}
    - input: {prompt: Your PIN?, save: pin, noInput: Sorry?, otherwise: sales}
"""
BEHIND = """
    - goto: sales
  sales: {hangup: Goodbye.}
"""


def findings(text: str, first: int = 1, last: int = 10_000) -> Iterator[tuple[int, int, Diagnostic]]:
    """What is said of the lines from `first` to `last`."""
    source = Source("acme.flow.yml", text)
    for each in check(source):
        line, column = source.position(each.span.start)
        if first <= line <= last:
            yield line, column, each


def of_steps(steps: str) -> Iterator[str]:
    """What is said of actions in the middle of a sound flow, with the lines counted from the first of them."""
    first = AROUND.count("\n") + 1
    text = AROUND + textwrap.indent(steps, "    ") + BEHIND
    for line, column, each in findings(text, first, first + steps.count("\n")):
        yield told(line - first + 1, column - 4, each)


def of_a_flow(text: str) -> Iterator[str]:
    return (told(line, column, each) for line, column, each in findings(text))


def told(line: int, column: int, each: Diagnostic) -> str:
    return f"    {line}:{column} {each.rule.code} {each.message} = {each.hint}"


def listed(say: Callable[[str], Iterator[str]], cases: str) -> str:
    """Each case with what is said of it."""
    parts = [part.strip("\n") for part in re.split(r"(?m)^---$\n?", cases)]
    return "\n".join(line for part in parts for line in (part, *say(part), ""))


@pytest.mark.parametrize("name", ["expressions", "choices", "questions", "connections", "requests", "words", "steps"])
def test_a_mistake_of_habit_is_said_once_with_what_to_type(name: str, golden: Golden) -> None:
    cases = (MESSAGES / "hints" / f"{name}.yml").read_text(encoding="utf-8")
    golden(MESSAGES / "hints" / f"{name}.txt", listed(of_steps, cases))


def test_a_mistake_at_the_top_of_a_flow_is_said_once_with_what_to_type(golden: Golden) -> None:
    cases = (MESSAGES / "hints" / "tops.yml").read_text(encoding="utf-8")
    golden(MESSAGES / "hints" / "tops.txt", listed(of_a_flow, cases))


def test_around_the_cases_nothing_is_wrong() -> None:
    rest = {each.rule.name for _, _, each in findings(AROUND + BEHIND)}
    assert rest <= {"unused-param"}


SOUND = """\
- talk: "{{ 'Welcome' if params.shown else 'Hello' }}, 100 % of {{ params.name }}."
- talk: Press 1 {now} or call 50% $5 off at 10 % [sic], that is {{ '{name}' }}.
- branch: [{if: hours.office == 'open' and vars.tries < 3, goto: continue}, {otherwise: sales}]
- switch: {value: params.line, cases: {office: continue, mobile: sales}}
- branch: [{if: call.from in params.named, goto: continue}, {if: params.shown, goto: sales}, {otherwise: continue}]
- branch: [{if: (now | time) < '18:00' and today > '2026-01-01', goto: continue}, {otherwise: sales}]
- branch: [{if: "today[8:] == '01' or today[5:] == '12-25' or today[8:12] == '02'", goto: sales}, {otherwise: continue}]
- branch: [{if: "call.from[0:8:2] == '4709' or now[11:16] == '09:30'", goto: sales}, {otherwise: continue}]
- branch: [{if: "call.from in ['anonymous', '0123', params.name]", goto: sales}, {otherwise: continue}]
- request: {url: https://a.example.com/, save: told, otherwise: sales}
- set: {part: "{{ vars.told.a }}", both: "{{ vars.told }}{{ vars.pin }}", day: "{{ today[8:10] | int }}"}
- set: {either: "{{ vars.told if vars.told.b else today }}"}
- talk: "{{ vars.part.b }} {{ vars.both.c }} {{ vars.day - 1 }} {{ vars.either.d }}"
- set: {tries: "{{ vars.tries + 1 }}", note: call from the office, price: $5}"""


def test_what_is_right_is_not_suspected() -> None:
    """`{now}` alone: nobody says braces."""
    said = list(of_steps(SOUND))
    assert [each.split()[0:2] for each in said] == [["2:17", "W271"]]


BOUND = [
    ("call.from == params.one", '{type: text, default: "+447700900123"}', ["never-the-value"]),
    ("params.one != call.to", '{type: text, default: "00447700900123"}', ["never-the-value"]),
    ("call.from in params.one", '{type: list, default: [anonymous, "+447700900123"]}', ["never-the-value"]),
    ("call.from not in params.one", '{type: list, default: ["07700900123", "+447700900123"]}', ["never-the-value"]),
    ("call.from == params.one", '{type: phone, default: "+447700900123"}', []),
    ("call.from == params.one", "{type: text, default: anonymous}", []),
    ("call.user == params.one", '{type: text, default: "+447700900123"}', []),
    ("call.from in params.one", '{type: list, default: ["447700900123"]}', []),
]


@pytest.mark.parametrize(("test", "param", "rules"), BOUND)
def test_a_param_that_is_no_callers_number_is_said_where_it_is_compared(
    test: str, param: str, rules: list[str]
) -> None:
    text = (
        f"flow: acme\nparams: {{one: {param}}}\nsteps:\n  main:\n"
        f'    - branch: [{{if: "{test}", goto: sales}}, {{otherwise: continue}}]\n    - talk: Hello.\n'
        "  sales: {talk: Goodbye.}\n"
    )
    inline = text.replace("talk: Hello.", f"talk: \"{{{{ 'Hello' if {test} else 'Hi' }}}}.\"")
    said = [each for _, _, each in findings(text)]
    assert [each.rule.name for each in said] == rules
    assert [each.rule.name for _, _, each in findings(inline)] == rules * 2
    assert all("where `params.one` is bound" in (each.hint or "") for each in said)


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        ("chekc", "did you mean `flowc check`?"),
        ("lint", "did you mean `flowc check`?"),
        ("vesrion", "did you mean `flowc --version`?"),
        ("acme.flow.yml", "did you mean `flowc check acme.flow.yml`?"),
        ("xyzzy", "`flowc --help` lists the commands"),
    ],
)
def test_a_misspelt_command_is_said_with_the_nearest(
    command: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command]) == 2
    assert f"there is no command `{command}`: {meant}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("step", "parsed"),
    [
        ('set: [{name: x, value: "a, b"}]', {"set": {"x": "a, b"}}),
        ('set: "x = {{ vars.y }}"', {"set": {"x": "{{ vars.y }}"}}),
        ("set: \"x = 'a' ~ vars.y\"", {"set": {"x": "'a' ~ vars.y"}}),
        (
            'menu: "Press 1: say \\"hi\\""',
            {"menu": {"prompt": 'Press 1: say "hi"', "options": {1: "STEP"}, "otherwise": "STEP"}},
        ),
        (
            'branch: {if: "vars.a in [1, 2]", goto: main}',
            {"branch": [{"if": "vars.a in [1, 2]", "goto": "main"}, {"otherwise": "STEP"}]},
        ),
        ('switch: "vars.x, y"', {"switch": {"value": "vars.x, y", "cases": {"VALUE": "STEP"}, "otherwise": "STEP"}}),
    ],
)
def test_what_is_to_be_typed_is_read_as_it_was_meant(step: str, parsed: object) -> None:
    said = "\n".join(of_steps(f"- {step}"))
    [hint] = [each.partition(" = write ")[2].strip("`") for each in said.splitlines() if " = write " in each]
    assert yaml.safe_load(hint) == parsed
