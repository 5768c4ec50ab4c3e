"""What servers answer, and callers bring with them, is tried until each way that rests on it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from flowc.caller.exploring.explore import explore
from flowc.caller.exploring.missing import bounds_reached
from flowc.caller.platform.application import Call
from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts
from flowc.compiler import compile
from flowc.program.expected import fits

HEAD = "flow: shop\nvoice: {language: en-GB}\ntimezone: Europe/London\nsteps:\n  start:\n"
ASKS = "    - request: {{url: 'https://x.example.com/a', save: u, otherwise: bye{}}}\n"
WANTED = {
    "gold of one country, then gold": ("vars.u.tier == 'gold' and vars.u.country == 'GB'", "vars.u.tier == 'gold'"),
    "the other of two": ("vars.u.tier == 'gold' and vars.u.country == 'GB'", "vars.u.country == 'GB'"),
    "an age and a country": ("vars.u.age >= 18 and vars.u.country == 'GB'", "vars.u.age >= 18"),
    "one and not the other": ("vars.u.a == 'x' and vars.u.b == 'y'", "vars.u.a == 'x' and vars.u.b != 'y'"),
    "one within the other": ("vars.u.a.b == 'x' and vars.u.a.c == 'y'", "vars.u.a.b == 'x'"),
    "one of several": (
        "vars.u.tier in ['gold', 'silver'] and vars.u.n > 3",
        "vars.u.tier in ['gold', 'silver']",
        "vars.u.n > 3",
    ),
    "either of two pairs": ("vars.u.a == 'x' or vars.u.b == 'y'", "vars.u.c == 'z' and vars.u.d == 'w'"),
    "true": ("vars.u.open",),
    "true, with a text": ("vars.u.status == 'ok' and vars.u.open",),
    "true, each for itself": ("vars.u.active", "vars.u.paid"),
    "all of three, and two of them": (
        "vars.u.a and vars.u.b and vars.u.c",
        "vars.u.a and vars.u.b",
        "vars.u.a and vars.u.c",
    ),
    "said to be true": ("vars.u.active == true", "vars.u.paid == true"),
    "not true": ("not vars.u.active",),
    "not both": ("not (vars.u.a and vars.u.b)", "vars.u.c"),
    "true, or else a value": ("vars.u.open | default(false)",),
    "an answer at all": ("vars.u",),
    "there or not": ("vars.u.x == none and vars.u.y == 'a'", "vars.u.y == 'a'"),
    "a date before, and that day": ("vars.u.due < today", "vars.u.due == today"),
    "a time before": ("vars.u.opens < now | time", "vars.u.day in [today]"),
    "a date, with something true": ("vars.u.due < today and vars.u.vip", "vars.u.due == today and not vars.u.vip"),
    "two with each other": ("vars.u.a > vars.u.b", "vars.u.a == vars.u.b"),
    "no list, and a name": ("vars.u.orders | length > 0 and vars.u.name", "vars.u.name"),
    "custom data": ("call.custom_data.vip", "call.custom_data.kind == 'x' and call.custom_data.lang == 'fr'"),
    "custom data and an answer": (
        "call.custom_data.vip and vars.u.k == 'x'",
        "call.custom_data.vip",
        "vars.u.k == 'x'",
    ),
    "a user, and a header": ("call.user", "call.sip['X-Id']"),
}


def _flow(*tests: str, expect: str = "") -> str:
    ways = "".join(f'        - {{if: "{test}", goto: s{at}}}\n' for at, test in enumerate(tests))
    steps = "".join(f"  s{at}: {{hangup: Case {at}.}}\n" for at in range(len(tests)))
    asks = ASKS.format(f", expect: {expect}" if expect else "")
    last = "  other: {hangup: Other.}\n  bye: {hangup: Bye.}\n"
    return f"{HEAD}{asks}    - branch:\n{ways}        - {{otherwise: other}}\n{steps}{last}"


def _told(folder: Path, text: str) -> str:
    file = folder / "shop.flow.yml"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(transcripts, [str(file)], standalone_mode=False)
    assert result.return_value == 0, result.output
    return result.stdout


@pytest.mark.parametrize("tests", WANTED.values(), ids=WANTED)
def test_each_way_that_an_answer_can_choose_is_told(tests: tuple[str, ...], tmp_path: Path) -> None:
    text = _told(tmp_path, _flow(*tests))
    for at in range(len(tests)):
        assert f"caller hears: Case {at}." in text
    assert "caller hears: Other." in text
    assert "none is reached" in text.splitlines()[1]


@pytest.mark.parametrize("name", ["gold of one country, then gold", "true, each for itself", "custom data"])
def test_a_call_is_written_for_each_way_that_an_answer_can_choose(name: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.flow.yml"
    file.write_text(_flow(*WANTED[name]), encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "--cover", str(file)], standalone_mode=False)
    assert "no call was found" not in result.output
    assert "ways taken (100.0 %)" in result.output


def test_an_answer_is_only_tried_that_is_as_it_is_expected(tmp_path: Path) -> None:
    expect = "{type: object, required: [tier, vip], properties: {tier: {enum: [gold, tin]}, vip: {type: boolean}}}"
    text = _told(
        tmp_path, _flow("vars.u.tier == 'gold' and vars.u.vip", "vars.u.tier == 'gold'", "vars.u.vip", expect=expect)
    )
    answers = {line.partition(" 200 ")[2] for line in text.splitlines() if " 200 " in line}
    assert answers == {f'{{"tier": "{tier}", "vip": {vip}}}' for tier in ("gold", "tin") for vip in ("true", "false")}


def test_what_is_chosen_later_by_what_is_remembered_of_an_answer_is_told(tmp_path: Path) -> None:
    text = _told(
        tmp_path,
        f"{HEAD}{ASKS.format('')}"
        '    - set: {country: "{{ vars.u.country }}", paid: "{{ vars.u.paid }}"}\n'
        "    - branch: [{if: \"vars.u.tier in ['gold', 'silver']\", goto: best}, {otherwise: rest}]\n"
        "  best:\n    - menu: {prompt: Press 1., options: {1: choose}, attempts: 1, otherwise: bye}\n"
        "  choose:\n    - branch:\n"
        "        - {if: \"vars.country == 'GB' and vars.paid\", goto: s0}\n"
        "        - {if: \"vars.country == 'GB'\", goto: s1}\n        - {otherwise: s2}\n"
        "  rest:\n    - branch:\n"
        "        - {if: \"vars.country == 'GB' and vars.paid\", goto: s3}\n"
        "        - {if: \"vars.country == 'GB'\", goto: s4}\n        - {otherwise: s5}\n"
        + "".join(f"  s{at}: {{hangup: Case {at}.}}\n" for at in range(6))
        + "  bye: {hangup: Bye.}\n",
    )
    assert [at for at in range(6) if f"caller hears: Case {at}." not in text] == []


def test_what_callers_key_in_is_compared_with_an_answer(tmp_path: Path) -> None:
    asks = "    - input: {prompt: PIN?, pattern: '\\d{4}', save: pin, attempts: 1, otherwise: bye}\n"
    flow = _flow("vars.u.pin == vars.pin").replace(HEAD, HEAD + asks)
    assert "caller hears: Case 0." in _told(tmp_path, flow)


def test_a_way_that_no_told_call_takes_is_named_and_nothing_is_said_to_be_complete(tmp_path: Path) -> None:
    lines = _told(tmp_path, _flow("vars.u.n > 5 and vars.u.n < 3")).splitlines()
    assert not any("none is reached" in line for line in lines)
    assert lines[2:4] == [
        "no call was found that takes `if: vars.u.n > 5 and vars.u.n < 3` at `start.2`",
        "no call was found that takes step `s0`",
    ]


def test_of_many_ways_that_no_told_call_takes_a_few_are_named(tmp_path: Path) -> None:
    lines = _told(tmp_path, _flow(*(f"vars.u.n > {at + 5} and vars.u.n < 3" for at in range(30)))).splitlines()
    assert sum(line.startswith("no call was found that takes ") for line in lines) == 21
    assert "no call was found that takes 40 further ways" in lines


def test_that_a_bound_was_reached_is_said_of_a_way_without_a_call() -> None:
    program = compile(_flow("vars.u.open")).program
    assert program is not None
    assert bounds_reached(explore(program, Call(), fits)) == ""
    few = bounds_reached(explore(program, Call(), fits, 1))
    assert few == "; not all was looked at: a bound is reached at `start`, 1 place in all"


def test_values_of_which_none_changes_where_a_call_goes_are_not_tried_together() -> None:
    tests = " or ".join(f"vars.u.a == 'a{at}' and vars.u.b == 'b{at}'" for at in range(6))
    program = compile(_flow(tests)).program
    assert program is not None
    graph = explore(program, Call(), fits)
    assert graph.left == ()
    assert len(graph.stretches[0]) < 24
