"""What transcripts tell is so: an arrow leads to where its callers hear what is told there, or says that it is cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from call_time import compiled
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from test_call_time_generated import BLOCKS, TOP, USED, flows
from test_rehearsal_ways import FLOWS, PARAMS

from flowc.caller.exploring.calls_through import Calls, decided
from flowc.caller.exploring.explore import explore
from flowc.caller.exploring.graph import BEYOND, Graph, Stretch
from flowc.caller.platform.application import Call
from flowc.caller.platform.inside import OpenError
from flowc.caller.platform.transcript import Happened
from flowc.cli.calls.called import flow_of
from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts
from flowc.compiler import compile
from flowc.program.expected import fits
from flowc.program.program import Program

FEW = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)


def _program(text: str) -> Program:
    result = compile(text)
    assert result.program is not None, result.diagnostics
    return result.program


def _heard(happened: tuple[Happened, ...]) -> list[tuple[str, str, str]]:
    return [(each.what, each.said, each.language) for each in happened if each.what not in ("event", "ended")]


def _past(graph: Graph, stretch: Stretch) -> int:
    """How much is heard before what follows a stretch."""
    count, came = len(_heard(stretch.happened)), graph.stands[stretch.begins].came
    while came is not None:
        before = next(each for each in graph.stretches[came[0]] if each.decisions == came[1])
        count, came = count + len(_heard(before.happened)), graph.stands[came[0]].came
    return count


def _false(program: Program, graph: Graph) -> Iterator[tuple[str, object, object]]:
    """For each arrow each thing that is told behind it: what is heard in a call that takes both, where it differs."""
    calls = Calls(program)
    ask, began = calls.inside.ask, [0.0]
    # the clock stands still at the moment when a call begins, as in what is told
    setattr(calls.inside, "ask", lambda webhook: ask(webhook._replace(at=began[0])))  # noqa: B010
    for stretches in graph.stretches:
        for arrow in stretches:
            for told in graph.stretches[arrow.leads] if arrow.leads is not None else ():
                start, decisions = decided(graph, arrow)
                began[0] = start.call.started
                played = _heard(calls.through(start, (*decisions, *told.decisions)).transcript.happened)
                said, past = _heard(told.happened), _past(graph, arrow)
                if played[past : past + len(said)] != said:
                    yield graph.stands[told.begins].document, said, played[past:]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.split(".")[0])
def test_no_arrow_of_an_example_is_false(flow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(flow.parent)
    called = flow_of(flow.name, PARAMS.get(flow.name.split(".")[0], {}), [])
    assert called is not None
    assert list(islice(_false(called.program, explore(called.program, Call(), fits, 40)), 3)) == []


@FEW
@given(flows("main", TOP, BLOCKS), USED)
def test_no_arrow_of_a_flow_put_together_by_chance_is_false(text: str, used: str) -> None:
    top = json.loads(text)
    top["use"] = {"used": "used.flow.yml"}
    program = compiled(json.dumps(top), {"used.flow.yml": used}).program
    if program is None:
        return
    program = program._replace(params={"key": "hunter2"})
    try:
        graph = explore(program, Call(), fits, 60)
    except OpenError:
        return
    assert list(islice(_false(program, graph), 3)) == []


def _told(folder: Path, text: str) -> str:
    file = folder / "shop.flow.yml"
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(transcripts, [str(file)], standalone_mode=False)
    assert result.return_value == 0, result.stdout
    return result.stdout


def _changed(old: str, new: str) -> list[str]:
    """The lines that only one of two texts has, without the counts in the first."""
    before, after = old.splitlines()[1:], new.splitlines()[1:]
    gone = [f"-{line}" for line in before if before.count(line) > after.count(line)]
    return [*gone, *(f"+{line}" for line in after if after.count(line) > before.count(line))]


def _false_of(text: str) -> list[tuple[str, object, object]]:
    program = _program(text)
    return list(_false(program, explore(program, Call(), fits)))


CLOSED = """\
flow: shop
steps:
  start:
    - switch:
        value: call.to
        cases:
          442079460001: {hangup: Sales is closed.}
          442079460002: {hangup: Support is closed.}
          442079460003: {hangup: Billing is closed.}
          442079460004: {hangup: Press is closed.}
          442079460005: {hangup: Legal is closed.}
        otherwise: {hangup: We are closed.}
"""


def test_each_way_to_end_a_call_is_told_with_its_own_words(tmp_path: Path) -> None:
    told = _told(tmp_path, CLOSED)
    assert "a call begins (to 442079460003)\n  → start (call.to == '442079460003')\n" in told
    assert "\nstart (call.to == '442079460003')\n  caller hears: Billing is closed. (1.2 s)\n" in told
    kept = tmp_path / "shop.transcripts.txt"
    kept.write_text(told, encoding="utf-8")
    for word in ("Sales", "Support", "Billing", "Press", "Legal", "We are"):
        changed = CLOSED.replace(f"{word} is closed", f"{word} has gone").replace("We are closed", "We have gone")
        (tmp_path / "shop.flow.yml").write_text(changed, encoding="utf-8")
        arguments = [str(tmp_path / "shop.flow.yml"), "--check", str(kept)]
        result = CliRunner().invoke(transcripts, arguments, standalone_mode=False)
        assert (result.return_value, "gone" in result.stdout) == (1, True)


ANSWERED = """\
flow: shop
steps:
  start:
    - input: {prompt: Your order?, pattern: '\\d{3}', save: order, otherwise: {hangup: Bye.}}
    - request:
        url: "https://e.com/{{ vars.order }}"
        save: found
        when: {404: {hangup: No such order.}, 410: {hangup: Gone.}, 403: {hangup: Not yours.}}
        otherwise: {hangup: Out of order.}
    - switch:
        value: vars.found.state
        cases: {new: {hangup: It is new.}, sent: {hangup: It is sent.}, lost: {hangup: It is lost.}}
        otherwise: {hangup: It is odd.}
"""


def test_each_answer_of_a_server_leads_to_what_is_heard_after_it(tmp_path: Path) -> None:
    told = _told(tmp_path, ANSWERED)
    for answer, place, words in (
        ("404", "404", "No such order."),
        ("410", "410", "Gone."),
        ("403", "403", "Not yours."),
        ('200 {"state": "new"}', "vars.found.state == 'new'", "It is new."),
        ('200 {"state": "lost"}', "vars.found.state == 'lost'", "It is lost."),
        ("nothing in time", "otherwise", "Out of order."),
    ):
        assert f"    GET https://e.com/123 answers {answer}\n    → start.2 ({place})\n" in told
        assert f"\nstart.2 ({place})\n  caller hears: {words} (" in told


def test_a_place_is_named_after_all_that_leads_to_the_same(tmp_path: Path) -> None:
    told = _told(tmp_path, ANSWERED.replace("Not yours.", "Gone."))
    assert told.count("    → start.2 (403 or 410)\n") == 10  # after each of the two, at each attempt
    assert "start.2 (403)" not in told
    told = _told(tmp_path, MENU)  # a wrong number at the last attempt, and no answer, lead to the same
    assert "    → support.2 (voicemail)\n" in told


def _callers(count: int) -> str:
    cases = ", ".join(f"'4477009001{at}': s{at}" for at in range(10, 10 + count))
    steps = "".join(f"  s{at}: [{{set: {{who: Caller {at}}}}}, {{goto: ask}}]\n" for at in range(10, 10 + count))
    return (
        f"flow: shop\nsteps:\n  main: {{switch: {{value: call.from, cases: {{{cases}}}, otherwise: nobody}}}}\n{steps}"
        "  nobody: [{set: {who: nobody}}, {goto: ask}]\n"
        "  ask: {menu: {prompt: Press 1., options: {1: hello}, attempts: 1, otherwise: bye}}\n"
        '  hello: {talk: "Hello {{ vars.who }}."}\n  bye: {talk: Bye.}\n'
    )


def test_behind_a_bound_no_arrow_leads_to_what_others_hear(tmp_path: Path) -> None:
    loop = (
        "flow: shop\nsteps:\n  begin: [{set: {times: 0}}, {goto: main}]\n"
        '  main: {menu: {prompt: "{{ vars.times }}?", options: {1: more}, attempts: 1, otherwise: done}}\n'
        '  more:\n    - set: {times: "{{ vars.times + 1 }}"}\n'
        "    - branch: [{if: vars.times > 500, goto: done}, {otherwise: main}]\n  done: {talk: Bye.}\n"
    )
    inputs = (
        "flow: shop\nsteps:\n  main:\n    - input: {prompt: A?, dtmf: {maxDigits: 3}, save: a, otherwise: done}\n"
        "    - menu: {prompt: 'You said {{ vars.a }}.', options: {1: less, 2: yes}, attempts: 1, otherwise: done}\n"
        "  less:\n    - set: {a: '{{ vars.a }}1'}\n    - goto: again\n"
        "  again: {menu: {prompt: Again?, options: {1: less, 2: yes}, attempts: 1, otherwise: done}}\n"
        "  yes: {talk: 'It is {{ vars.a }}.'}\n  done: {talk: Bye.}\n"
    )
    for text, bound in ((loop, "32 places"), (inputs, "32 places")):
        program = _program(text)
        graph = explore(program, Call(), fits)
        cut = [each for stretches in graph.stretches for each in stretches if each.ended == BEYOND]
        assert cut
        assert list(_false(program, graph)) == []
        told = _told(tmp_path, text)
        assert told.count("    …\n") == len(cut)
        assert f"a bound is reached, {bound} of the same documents" in told


def test_that_more_can_be_done_at_a_place_is_told_there(tmp_path: Path) -> None:
    cases = ", ".join(f"t{at}: s" for at in range(600))
    told = _told(
        tmp_path,
        "flow: shop\nsteps:\n  main:\n    - menu: {prompt: Press 1., options: {1: ask}, otherwise: other}\n  ask:\n"
        "    - request: {url: https://e.com/, save: a, otherwise: other}\n"
        f"    - switch: {{value: vars.a.tier, cases: {{{cases}}}, otherwise: other}}\n"
        "  s: {talk: One of many.}\n  other: {talk: Other.}\n",
    )
    assert "\n  - …\n" in told.partition("\nmain\n")[2].partition("\n\n")[0] + "\n"


def test_what_each_caller_hears_behind_the_same_question_is_told(tmp_path: Path) -> None:
    told = _told(tmp_path, _callers(20))
    assert told.count("caller hears: Hello ") == 21
    assert all(f"caller hears: Hello Caller {at}. (" in told for at in range(10, 30))
    assert _false_of(_callers(20)) == []


WHISPERS = """\
flow: shop
steps:
  main: {menu: {prompt: Press 1 or 2., options: {1: one, 2: two}, attempts: 1, otherwise: bye}}
  one: [{set: {who: one}}, {goto: ask}]
  two: [{set: {who: two}}, {goto: ask}]
  ask: {menu: {prompt: Press 3., options: {3: call}, attempts: 1, otherwise: bye}}
  call: {connect: {phone: 447700900100, onAnswer: "A call for {{ vars.who }}.", otherwise: bye}}
  bye: {talk: Bye.}
"""


def test_what_callees_hear_is_told_as_each_of_them_hears_it(tmp_path: Path) -> None:
    told = _told(tmp_path, WHISPERS)
    assert "callee hears: A call for one. (" in told
    assert "callee hears: A call for two. (" in told
    assert _false_of(WHISPERS) == []


CLOCK = """\
flow: shop
timezone: Europe/London
hours: {desk: {open: {mon-fri: 09:00-17:30}}}
steps:
  main: {switch: {value: hours.desk, cases: {open: ask}, otherwise: closed}}
  closed: [{talk: We are closed.}, {goto: ask}]
  ask: {menu: {prompt: Press 1., options: {1: when}, attempts: 1, otherwise: day}}
  when: {talk: "It is {{ now | time }}."}
  day: {branch: [{if: today == '2030-12-25', goto: xmas}, {otherwise: bye}]}
  xmas: {talk: Merry Christmas.}
  bye: {talk: Bye.}
"""


def test_what_rests_on_the_clock_is_told_for_each_moment(tmp_path: Path) -> None:
    told = _told(tmp_path, CLOCK)
    assert told.count("caller hears: It is ") == 2  # noon of two days, and the evening
    assert "caller hears: Merry Christmas. (" in told
    assert _false_of(CLOCK) == []


KINDS = """\
flow: shop
timezone: Europe/London
hours: {desk: {open: {mon-fri: 09:00-17:30}, holidays: [2030-01-03]}}
steps:
  start:
    - branch:
        - {if: "call.from in ['33600000001', '33600000002']", goto: french}
        - {if: "call.sip['X-Vip'] == 'yes'", goto: vip}
        - {if: random < 0.1, goto: lucky}
        - otherwise: continue
    - switch: {value: hours.desk, cases: {open: open, closed: closed, holiday: holiday}}
  french: {talk: French.}
  vip: {talk: Vip.}
  lucky: {talk: Lucky.}
  open: {talk: Open.}
  closed: {talk: Closed.}
  holiday: {talk: Holiday.}
"""


def test_of_calls_that_differ_in_nothing_that_is_looked_at_one_is_told(tmp_path: Path) -> None:
    told = _told(tmp_path, KINDS)
    assert "none is reached" in told
    for kind in ("french", "vip", "lucky", "open", "closed", "holiday"):
        assert f"\nstart ({kind})\n  caller hears: {kind.capitalize()}. (" in told
    assert "a call begins (from 33600000001; or from 33600000002)\n  → start (french)\n" in told
    assert "a call begins (with X-Vip: yes)\n  → start (vip)\n" in told
    many = KINDS.replace("'33600000002'", ", ".join(f"'336000000{at}'" for at in range(10, 60)))
    assert "\nstart (holiday)\n" in _told(tmp_path, many)


@pytest.mark.parametrize(
    ("test", "begins"),
    [
        ("today == '2030-05-01'", ""),
        ("today >= '2030-12-24' and today <= '2030-12-26'", ""),
        ("today >= '2035-12-24' and today <= '2035-12-26' and call.to == '442079460001'", ""),
        ("(now | time) < '06:00'", ""),
        ("now[5:7] == '08'", ""),
        ("call.endpoint_type == 'app'", ""),
        ("call.endpoint_type == 'sip'", ""),
        ("call.user == 'jamie'", ""),
        ("call.custom_data == 'gold'", ""),
        ("call.custom_data.kind == 'gold' and call.custom_data.of.since == 2030", ""),
        ("call.from[0:2] == '44'", ""),
        ("call.from[0:2] == '33' and call.sip['X-Vip'] == 'yes'", ""),
        ("(vars.a | int) * 2 == 14", "input: {prompt: How many?, pattern: '\\d{1,4}', save: a, otherwise: none}"),
        ("vars.a[0] == '9'", "input: {prompt: Which?, dtmf: {maxDigits: 6}, save: a, otherwise: none}"),
        ("vars.a | length > 6", "input: {prompt: Which?, dtmf: {maxDigits: 9}, save: a, otherwise: none}"),
        ("vars.a.left - 3 > 20", "request: {url: https://e.com/, save: a, otherwise: none}"),
    ],
)
def test_calls_are_written_for_both_ways_out_of_a_test(test: str, begins: str, tmp_path: Path) -> None:
    first = f"    - {begins}\n" if begins else ""
    (tmp_path / "shop.flow.yml").write_text(
        f"flow: shop\nsteps:\n  main:\n{first}    - branch:\n        - {{if: {json.dumps(test)}, goto: so}}\n"
        "        - otherwise: other\n  so: {talk: So it is.}\n  other: {talk: It is not.}\n  none: {talk: None.}\n",
        encoding="utf-8",
    )
    if not begins:
        flow = (tmp_path / "shop.flow.yml").read_text(encoding="utf-8").replace("  none: {talk: None.}\n", "")
        (tmp_path / "shop.flow.yml").write_text(flow, encoding="utf-8")
    arguments = ["--write", "--cover-min", "100", str(tmp_path / "shop.flow.yml")]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0), result.stderr
    assert "no call was found" not in result.stderr
    written = (tmp_path / "shop.calls.yml").read_text(encoding="utf-8")
    assert written.count("So it is.") == 1


def test_calls_are_written_for_what_becomes_of_a_number_in_custom_data(tmp_path: Path) -> None:
    (tmp_path / "shop.flow.yml").write_text(
        "flow: shop\nfailure: {talk: Sorry.}\nsteps:\n"
        '  main: {connect: {phone: "{{ call.custom_data.agent }}", otherwise: nobody}}\n  nobody: {talk: Nobody.}\n',
        encoding="utf-8",
    )
    arguments = ["--write", "--cover-min", "100", str(tmp_path / "shop.flow.yml")]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0), result.stderr
    assert '    data: {"agent": "447700900123"}\n' in (tmp_path / "shop.calls.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "test",
    [
        "today == '9999-12-31' or today == '0001-01-01' or now < '0001-01-01T00:00:00+00:00'",
        "now > '9999-12-31T23:59:59' or (now | time) > '24:61' or today == '2030-02-31'",
        "call.from[0:2] in ['é', '', '0044', '+44', 'none'] or call.from | length > 400",
        "call.custom_data.a.b.c.d == call.custom_data or call.sip['X-A'] | length > 4 or call.sip == 3",
        "(call.to | int) * 0 == 1 or (call.to | int) / 0 > 1 or (call.to | int) * 1000000 > 1000000000000000",
        "random * 2 < 0.5 and random != 0.1",
    ],
)
def test_whatever_is_compared_all_calls_are_told(test: str, tmp_path: Path) -> None:
    text = (
        "flow: shop\nsteps:\n  main:\n    - branch:\n"
        f"        - {{if: {json.dumps(test)}, goto: so}}\n        - otherwise: other\n"
        "  so: {talk: So it is.}\n  other: {talk: It is not.}\n"
    )
    told = _told(tmp_path, text)
    assert "caller hears: It is not. (" in told or "caller hears: So it is. (" in told


MENU = """\
flow: shop
steps:
  welcome:
    - talk: Welcome.
    - menu: {prompt: Choose., options: {1: sales, 2: support}, noMatch: Wrong key., otherwise: voicemail}
  sales: {talk: Sales.}
  support:
    - input: {prompt: Your number?, pattern: '\\d{4}', save: number, otherwise: voicemail}
    - request: {url: "https://e.com/{{ vars.number }}", save: found, when: {404: noMatch}, otherwise: voicemail}
    - branch:
        - {if: vars.found.tier == 'gold', goto: [{hangup: Gold.}]}
        - otherwise: sales
  voicemail: {talk: Please leave a message.}
"""


def test_a_new_option_changes_only_the_lines_that_tell_it(tmp_path: Path) -> None:
    new = MENU.replace("2: support}", "2: support, 3: voicemail}")
    changed = _changed(_told(tmp_path, MENU), _told(tmp_path, new))
    assert {*changed} == {"+  - caller presses 3", "+    → voicemail"}
    old, text = _told(tmp_path, MENU), _told(tmp_path, new)
    titles = [line for line in text.splitlines() if line and line[0] not in " a"]
    assert titles == [line for line in old.splitlines() if line and line[0] not in " a"]  # nothing has moved


def test_a_new_branch_renames_no_other_place(tmp_path: Path) -> None:
    gold = "        - {if: vars.found.tier == 'gold', goto: [{hangup: Gold.}]}\n"
    silver = gold.replace("gold", "silver").replace("Gold", "Silver")
    changed = _changed(_told(tmp_path, MENU), _told(tmp_path, MENU.replace(gold, silver + gold)))
    assert not [line for line in changed if line.startswith("-")]
    assert {"+support.2 (vars.found.tier == 'silver')", "+  caller hears: Silver. (0.5 s)"} <= {*changed}
    assert not [line for line in changed if "gold" in line.lower() or "#" in line]
