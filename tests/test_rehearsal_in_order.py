"""Work on many things at once: its results are in order, and who is on the phone makes one call at a time."""

from __future__ import annotations

import os
import threading
from collections import Counter
from threading import Barrier, Event, Lock

import pytest
from called_programs import LONG

from flowc.caller.rehearsals.at_once import at_once
from flowc.caller.rehearsals.hosted import caller_of
from flowc.caller.rehearsals.parse import parse
from flowc.text import yaml
from flowc.text.source import Source


def test_results_come_in_the_order_of_the_pieces_whichever_is_done_first() -> None:
    over = Event()

    def work(piece: str) -> str:
        if piece == "first":
            assert over.wait(LONG)  # until the second is done, which so is under way at the same time
        over.set()
        return piece.upper()

    assert [*at_once(["first", "second", "third"], work, 2)] == ["FIRST", "SECOND", "THIRD"]


def test_no_more_pieces_are_under_way_than_are_wanted() -> None:
    together, lock, now, most = Barrier(3), Lock(), Counter[str](), Counter[str]()

    def work(piece: int) -> int:
        with lock:
            now["all"] += 1
            most["all"] = max(most["all"], now["all"])
        together.wait(LONG)  # passed by three at a time
        with lock:
            now["all"] -= 1
        return piece

    assert [*at_once(range(12), work, 3)] == [*range(12)]
    assert most["all"] == 3


def test_pieces_that_have_the_same_thing_alone_are_never_together_and_keep_their_order() -> None:
    now, order, lock = Counter[str](), list[str](), Lock()

    def work(piece: str) -> str:
        with lock:
            now[piece[0]] += 1
            order.append(piece)
            assert now[piece[0]] == 1
        for _ in range(200):
            os.sched_yield()
        with lock:
            now[piece[0]] -= 1
        return piece

    pieces = [f"{name}{number:02}" for number in range(20) for name in "abc"]
    assert [*at_once(pieces, work, 8, lambda piece: piece[0])] == pieces
    for name in "abc":
        assert [each for each in order if each[0] == name] == [each for each in pieces if each[0] == name]


def test_what_a_piece_raises_is_raised_at_its_turn_and_ends_all() -> None:
    begun: list[int] = []
    before = {*threading.enumerate()}

    def work(piece: int) -> int:
        begun.append(piece)
        if piece == 2:
            raise ValueError(piece)
        return piece

    results = at_once([*range(2000)], work, 2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="2"):
        next(results)
    for each in {*threading.enumerate()} - before:
        each.join(LONG)
    assert not {*threading.enumerate()} - before


def test_nothing_more_is_begun_when_nobody_wants_a_result_any_more() -> None:
    begun: list[int] = []
    before, go = {*threading.enumerate()}, Event()

    def work(piece: int) -> int:
        begun.append(piece)
        assert piece == 0 or go.wait(LONG)
        return piece

    results = at_once([*range(100)], work, 2)
    assert next(results) == 0
    results.close()
    go.set()
    for each in {*threading.enumerate()} - before:
        each.join(LONG)
    assert not {*threading.enumerate()} - before
    assert len(begun) <= 3


@pytest.mark.parametrize(
    ("said", "caller"),
    [
        ("", None),
        ('from: "447700900001"', ("number", "447700900001")),
        ("from: 447700900001", ("number", "447700900001")),
        ('to: "447700900001"', None),
        ('direction: outbound, to: "447700900001"', ("number", "447700900001")),
        ('direction: outbound, from: "442079460001"', None),
        ("user: anna", ("user", "anna")),
    ],
)
def test_who_is_on_the_phone_is_known_where_the_call_says_it(said: str, caller: object) -> None:
    text = f"flow: a\ncalls:\n  - {{name: a, {said}{', ' if said else ''}steps: [ended]}}\n"
    document = yaml.read(Source("a.calls.yml", text), pytest.fail)
    assert document is not None
    (call,) = parse(document, pytest.fail).calls
    assert caller_of(call) == caller
