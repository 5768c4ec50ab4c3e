"""What the caller's side costs: rehearsed calls a second, and exploring all calls as a flow grows."""

from __future__ import annotations

import argparse
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median

from flowc.caller.exploring.all_calls import all_calls
from flowc.caller.exploring.coverage import percent, ways
from flowc.caller.exploring.explore import MOST_PLACES, explore
from flowc.caller.platform.application import Call
from flowc.caller.platform.inside import Inside
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Presses
from flowc.caller.rehearsals.said_where import Flow
from flowc.compiler import Result, compile
from flowc.program.expected import fits

LEAST = 5_000
"""Calls a second that are promised, on one core."""
MOST_SECONDS = 1.0
"""In which a flow of 1,000 steps is promised to be explored."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000, help="calls of three menus that are played in a round")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    gc.disable()
    rate = given.calls / median(_seconds(lambda: _play(given.calls)) for _ in range(given.rounds))
    print("| row | at least | measured | |\n|---|---|---|---|")
    print(f"| calls of three menus a second, one core | {LEAST:,} | {rate:,.0f} | {_met(rate >= LEAST)} |\n")
    print(
        "| steps | documents | places | ways on | of all ways | seconds | at most | |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    for row in _explored(given.rounds):
        print(f"| {' | '.join(row)} |")


def _explored(rounds: int) -> Iterator[tuple[str, ...]]:
    for steps in (1_000, 2_000, 4_000):
        compiled = compile(tree(steps))
        assert compiled.program is not None, compiled.diagnostics[:3]
        found = _explore(compiled)
        seconds = median(_seconds(lambda result=compiled: _explore(result)) for _ in range(rounds))  # type: ignore[misc]
        bound = (f"{MOST_SECONDS:g}", _met(seconds < MOST_SECONDS)) if steps == 1_000 else ("", "")
        yield (f"{steps:,}", f"{len(compiled.program.documents):,}", *found, f"{seconds:.2f}", *bound)


def _explore(compiled: Result) -> tuple[str, ...]:
    """Explore a flow: the text of its transcripts, and the ways that are taken."""
    assert compiled.program is not None
    graph = explore(compiled.program, Call(), fits)
    text = "\n".join(all_calls(compiled.program, graph, MOST_PLACES))
    assert text
    times = Counter(key for stretches in graph.stretches for each in stretches for key in each.keys)
    taken = percent(ways(compiled.program, Flow(compiled.places, compiled.program), times))
    return f"{len(graph.stands):,}", f"{sum(map(len, graph.stretches)):,}", f"{taken:.1f} %"


def tree(steps: int) -> str:
    """A flow of so many steps, of which each other one is a menu that leads to the next ones, as trees of menus do."""
    rows = ["flow: large", "steps:"]
    for number in range(steps):
        first, second = 2 * number + 1, 2 * number + 2
        if second < steps:
            prompt = f"Menu {number}. For the first, press 1. For the second, press 2."
            options = f"{{1: s{first}, 2: s{second}}}"
            rows += [
                f"  s{number}:",
                f"    menu: {{prompt: '{prompt}', options: {options}, attempts: 2, otherwise: s0}}",
            ]
        else:
            rows += [f"  s{number}: {{talk: This is number {number}. Goodbye.}}"]
    return "\n".join(rows) + "\n"


def _play(calls: int) -> None:
    """Calls through three menus, one after the other, in this process."""
    program = compile(tree(15)).program
    assert program is not None
    inside = Inside(program)
    acts = [Presses("1"), Presses("2"), Presses("1")]
    for _ in range(calls):
        transcript = play(inside, acts)
    assert "Goodbye" in transcript.happened[-2].said


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _met(is_so: bool) -> str:
    return "met" if is_so else "**not met**"


if __name__ == "__main__":
    main()
