"""Flows of every construct, put together by chance: all calls of them are told, and those that are written succeed."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice

from call_time import compiled
from hypothesis import HealthCheck, given, settings
from test_call_time_generated import BLOCKS, TOP, USED, flows

from flowc.caller.exploring.all_calls import all_calls
from flowc.caller.exploring.calls_through import Calls, decided, ends
from flowc.caller.exploring.coverage import ways
from flowc.caller.exploring.difference import differences
from flowc.caller.exploring.explore import explore
from flowc.caller.exploring.missing import missing
from flowc.caller.platform.application import Call
from flowc.caller.platform.inside import OpenError
from flowc.caller.rehearsals.parse import parse
from flowc.caller.rehearsals.rehearse import rehearse
from flowc.caller.rehearsals.said_where import Flow
from flowc.caller.rehearsals.shape import check
from flowc.caller.rehearsals.written_calls import written
from flowc.compiler import Result
from flowc.program.expected import fits
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic, errors
from flowc.text.source import Source

FEW = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)


def _result(text: str, used: str) -> Result:
    top = json.loads(text)
    top["use"] = {"used": "used.flow.yml"}
    return compiled(json.dumps(top), {"used.flow.yml": used})


@FEW
@given(flows("main", TOP, BLOCKS), USED)
def test_all_calls_are_told_and_written_calls_succeed(text: str, used: str) -> None:
    result = _result(text, used)
    if result.program is None:
        return
    program, flow = result.program._replace(params={"key": "hunter2"}), Flow(result.places, result.program)
    try:
        graph = explore(program, Call(), fits, 200)
    except OpenError:
        return
    assert list(all_calls(program, graph, 200)) == list(all_calls(program, explore(program, Call(), fits, 200), 200))
    times = Counter(key for stretches in graph.stretches for each in stretches for key in each.keys)
    found = [each.call for each in missing(program, ways(program, flow, {}), graph)]
    calls = [*filter(None, found), *(Calls(program).through(*decided(graph, each)) for each in islice(ends(graph), 10))]
    assert all(way.times or not way.keys or not times.keys() & {*way.keys} for way in ways(program, flow, times))
    said: list[Diagnostic] = []
    file = written("main", calls)
    if not file.endswith("calls:\n"):
        document = yaml.read(Source("main.calls.yml", file), said.append)
        assert document is not None, said
        check(document, said.append)
        assert said == []
        for each in rehearse(parse(document, said.append), program, flow, fits):
            assert errors(list(each.found)) == [], file
        assert said == []


@FEW
@given(flows("main", TOP, BLOCKS), flows("main", TOP, BLOCKS), USED)
def test_two_flows_are_compared_and_one_is_as_itself(old: str, new: str, used: str) -> None:
    before, after = _result(old, used).program, _result(new, used).program
    assert list(differences(before, before)) == []
    gone, come = list(differences(before, after)), list(differences(after, before))
    assert bool(gone) == bool(come)
    assert all(each.old != each.new for each in gone)
