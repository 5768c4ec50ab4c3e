"""Exploring all calls of a program: a stretch is told as it happens in calls, and the work grows with the flow."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from test_rehearsal_ways import FLOWS, PARAMS

from flowc.caller.exploring.beginnings import MOST_STARTS
from flowc.caller.exploring.calls_through import Calls, decided, ends
from flowc.caller.exploring.examples import examples, of_pattern
from flowc.caller.exploring.explore import explore
from flowc.caller.exploring.gaps import TooManyError, gap
from flowc.caller.exploring.graph import Graph, Stretch
from flowc.caller.exploring.live_names import live
from flowc.caller.exploring.tried import compared
from flowc.caller.platform.application import Call
from flowc.caller.platform.transcript import Happened
from flowc.cli.calls.called import flow_of
from flowc.compiler import compile
from flowc.program.expected import fits
from flowc.program.program import Program


def _program(text: str) -> Program:
    program = compile(text).program
    assert program is not None
    return program


def _path(graph: Graph, last: Stretch) -> list[Stretch]:
    """The stretches of a call, up to the last one."""
    path, came = [last], graph.stands[last.begins].came
    while came is not None:
        path.append(next(each for each in graph.stretches[came[0]] if each.decisions == came[1]))
        came = graph.stands[came[0]].came
    return path[::-1]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.split(".")[0])
def test_a_call_is_its_stretches_one_after_the_other(flow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(flow.parent)
    called = flow_of(flow.name, PARAMS.get(flow.name.split(".")[0], {}), [])
    assert called is not None
    graph = explore(called.program, Call(), fits)
    for last in islice(ends(graph), 0, 400, 7):
        path = _path(graph, last)
        told = [each for stretch in path for each in stretch.happened if each.what not in ("event", "ended")]
        played = Calls(called.program).through(*decided(graph, last)).transcript.happened
        heard = [each for each in played if each.what not in ("event", "ended")]
        assert list(map(_heard, heard[: len(told)])) == list(map(_heard, told))


def _heard(happened: Happened) -> object:
    """What happened and when; where a value comes from the state that two places share, it is the first one's."""
    return happened.what, happened.document, happened.action, happened.webhook and happened.webhook.kind


def _menus(steps: int) -> str:
    rows = "".join(
        f"  s{n}:\n    - menu: {{prompt: Menu {n}., options: {{1: s{n + 1}, 2: s{n + 1}, 3: s0}}, otherwise: s0}}\n"
        for n in range(steps)
    )
    return f"flow: large\nsteps:\n{rows}  s{steps}: {{talk: Goodbye.}}\n"


def test_the_work_grows_with_the_flow_and_not_with_its_calls() -> None:
    sizes = []
    for steps in (20, 40, 80):
        graph = explore(_program(_menus(steps)), Call(), fits)
        assert graph.left == ()
        sizes.append((len(graph.stands), sum(map(len, graph.stretches))))
    (places, ways), (double, more), (fourfold, most) = sizes
    assert (fourfold - double, most - more) == (2 * (double - places), 2 * (more - ways))


REMEMBERS = """
flow: acme
steps:
  main:
    - input: {prompt: Your number., dtmf: {maxDigits: 2}, save: number, otherwise: done}
    - talk: "You said {{ vars.number }}."
    - menu: {prompt: More?, options: {1: more, 2: main}, attempts: 1, otherwise: done}
  more:
    - branch: [{if: vars.number == '42', goto: done}, {otherwise: other}]
  other: {talk: Other.}
  done: {talk: Done.}
"""


def test_what_matters_no_more_makes_no_place_of_its_own() -> None:
    program = _program(REMEMBERS)
    names = live(program)
    assert names["wait:main.3"].choose == (("vars", "number"),)
    assert "done" not in names and "other" not in names
    graph = explore(program, Call(), fits)
    asked = {dict(each.known).get("vars.number") for each in graph.stands if each.document == "main.2"}
    assert "42" in asked and len(asked) == 2
    assert sum(each.document == "done" for each in graph.stands) == 1


def test_what_a_flow_compares_is_tried() -> None:
    program = _program(
        "flow: acme\ntimezone: Europe/London\nhours: {desk: {open: {mon-fri: 09:00-17:00}, holidays: [2030-12-25]}}\n"
        "steps:\n  main:\n    - set: {who: '{{ call.from }}'}\n"
        "    - branch:\n        - {if: \"vars.who in ['447700900001', '447700900002']\", goto: other}\n"
        "        - {if: hours.desk == 'open', goto: other}\n        - otherwise: other\n  other: {talk: Hello.}\n"
    )
    values = compared(program)
    assert values["vars", "who"] == values["call", "from"] == ["447700900001", "447700900002"]
    found = [each.start for each in explore(program, Call(), fits).stands if each.came is None]
    assert {each.call.caller for each in found} == {Call().caller, "447700900001", "447700900002"}
    assert len({each.call.started for each in found}) == 3  # open, closed, holiday


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("branch: [{if: call.to == '442079460000', goto: a}, {otherwise: c}]", {"A.", "C."}),
        (
            "branch: [{if: call.from == '447700900111' and call.to == '442079460111', goto: a}, {otherwise: c}]",
            {"A.", "C."},
        ),
        ("switch: {value: call.from, cases: {'447700900123': a, '447700900124': b}, otherwise: c}", {"A.", "B.", "C."}),
    ],
)
def test_a_number_that_is_none_of_those_compared_is_tried_where_the_usual_one_is_compared(
    written: str, heard: set[str]
) -> None:
    steps = "  a: {talk: A.}\n  b: {talk: B.}\n  c: {talk: C.}\n"
    graph = explore(_program(f"flow: acme\nsteps:\n  main:\n    - {written}\n{steps}"), Call(), fits)
    stretches = [each for stretches in graph.stretches for each in stretches]
    assert {each.said for one in stretches for each in one.happened if each.what == "hears"} == heard


def test_that_more_kinds_of_calls_are_told_apart_than_are_begun_is_said() -> None:
    rows = "".join(
        f"        - {{if: call.from == '4477009001{at}' and call.to == '4420794601{at}', goto: a}}\n"
        for at in range(10, 40)
    )
    text = f"flow: acme\nsteps:\n  main:\n    - branch:\n{rows}        - otherwise: c\n"
    graph = explore(_program(f"{text}  a: {{talk: A.}}\n  c: {{talk: C.}}\n"), Call(), fits)
    assert ("main", f"{MOST_STARTS} kinds of calls that begin") in graph.left


def test_each_of_many_numbers_and_keys_is_a_way_that_some_call_takes() -> None:
    """As many as a question may have options, and a number that none of them is."""
    cases = "".join(f"          4420794{at:05}: {{hangup: Desk {at}.}}\n" for at in range(200))
    text = f"flow: acme\nsteps:\n  main:\n    - switch:\n        value: call.to\n        cases:\n{cases}"
    graph = explore(_program(f"{text}        otherwise: {{hangup: None.}}\n"), Call(), fits)
    assert graph.left == ()
    assert sum(each.came is None for each in graph.stands) == 201
    keys = ", ".join(f"{at}: {{hangup: Desk {at}.}}" for at in range(200, 400))
    menu = f"{{prompt: Key in a desk., dtmf: {{maxDigits: 3}}, options: {{{keys}}}, otherwise: {{hangup: None.}}}}"
    graph = explore(_program(f"flow: acme\nsteps:\n  main:\n    - menu: {menu}\n"), Call(), fits)
    assert graph.left == ()
    assert max(map(len, graph.stretches)) >= 202


def test_kinds_of_calls_are_told_apart_however_many_there_could_be() -> None:
    """Of 2 to the power of 60 combinations of headers, 61 lead to something else, and there are no more."""
    rows = "".join(
        f"    - branch: [{{if: \"call.sip['X-H{at}'] == 'yes'\", goto: a{at}}}, {{otherwise: continue}}]\n"
        for at in range(60)
    )
    steps = "".join(f"  a{at}: {{talk: A {at}.}}\n" for at in range(60))
    graph = explore(_program(f"flow: acme\nsteps:\n  main:\n{rows}    - talk: C.\n{steps}"), Call(), fits)
    assert graph.left == ()
    assert sum(each.came is None for each in graph.stands) == 61


def test_a_combination_that_is_in_no_known_kind_is_found() -> None:
    cubes: list[dict[int, set[int]]] = [{0: {0}}, {0: {1}, 1: {0, 1}}, {0: {1}, 1: {2}, 2: {0}}]
    assert gap([2, 3, 2], cubes, 100) == {0: 1, 1: 2, 2: 1}
    assert gap([2, 3, 2], [*cubes, {1: {2}, 2: {1}}], 100) is None
    with pytest.raises(TooManyError):
        gap([2, 3, 2], cubes, 1)


def test_calls_for_which_a_test_of_several_things_holds_come_before_the_bound() -> None:
    rows = "".join(
        f"        - {{if: \"call.from == '4477009001{at}' and call.to == '4420794601{at}' and hours.desk == 'closed'"
        f" and call.sip['X-Of'] == 'h{at}'\", goto: a{at}}}\n"
        for at in range(10, 60)
    )
    steps = "".join(f"  a{at}: {{talk: A {at}.}}\n" for at in range(10, 60))
    hours = "timezone: UTC\nhours: {desk: {open: {mon-fri: 09:00-17:00}}}\n"
    text = (
        f"flow: acme\n{hours}steps:\n  main:\n    - branch:\n{rows}        - otherwise: c\n{steps}  c: {{talk: C.}}\n"
    )
    graph = explore(_program(text), Call(), fits)
    stretches = [each for stretches in graph.stretches for each in stretches]
    heard = {each.said for one in stretches for each in one.happened if each.what == "hears"}
    assert heard == {"C.", *(f"A {at}." for at in range(10, 60))}


@pytest.mark.parametrize(
    "schema",
    [
        {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"type": "integer", "minimum": 3}, "b": {"enum": [1, 2]}},
        },
        {"type": "array", "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "boolean"}}}},
        {"type": "string", "pattern": r"\d{4}-(am|pm)"},
        {"type": ["string", "null"], "minLength": 6},
        True,
        {"type": "object", "properties": {"deep": {"type": "object", "properties": {"x": {"const": "y"}}}}},
    ],
)
def test_examples_are_as_their_schema_says(schema: object) -> None:
    found = list(examples(schema))
    assert found
    assert all(fits(schema, each) for each in found)


def test_each_of_several_values_that_are_asked_for_is_tried_without_the_others() -> None:
    graph = explore(
        _program(
            "flow: acme\nsteps:\n  main:\n"
            "    - request: {url: https://e.com/, save: r, otherwise: c, expect:"
            " {type: object, properties: {a: {type: boolean}, b: {type: boolean}}}}\n"
            "    - branch: [{if: vars.r.a, goto: a}, {otherwise: c}]\n"
            "  a: {branch: [{if: vars.r.b, goto: both}, {otherwise: one}]}\n"
            "  both: {talk: Both.}\n  one: {talk: One.}\n  c: {talk: None.}\n"
        ),
        Call(),
        fits,
    )
    stretches = [each for stretches in graph.stretches for each in stretches]
    assert {each.said for one in stretches for each in one.happened if each.what == "hears"} == {
        "Both.",
        "One.",
        "None.",
    }


def test_a_pattern_has_its_examples() -> None:
    assert of_pattern(r"\d{8}") == ["00000000", "99999999"]
    assert of_pattern("[1-5]x?") == ["1", "5x"]
    assert of_pattern("(") == []
