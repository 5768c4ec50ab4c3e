"""All calls to a program as a graph: places where calls stand, and stretches that lead from one to the next."""

from __future__ import annotations

from typing import NamedTuple

from ...program.machine import Response
from ..platform.script import Act
from ..platform.transcript import Happened
from .counted import Key
from .tried import Start

BEYOND = "a bound is reached"
"""Why a stretch ends at a place that is not gone on from."""


class Answered(NamedTuple):
    """What a server answers to a request, which is its method and URL."""

    request: str
    response: Response


Decision = Act | Answered

Known = tuple[tuple[str, object], ...]
"""Names of what is known, with its values."""


class Stretch(NamedTuple):
    """A piece of a call, from a place on: what was decided, what happened, and the place it leads to (None: its end).

    `acts` has, for each act, how many things had happened before it. `ended` says why the call ended. `keys` are the
    documents, ways and answers that it took.
    """

    begins: int
    decisions: tuple[Decision, ...]
    happened: tuple[Happened, ...]
    acts: tuple[int, ...]
    leads: int | None
    ended: str
    keys: tuple[Key, ...]


class Stand(NamedTuple):
    """A place where calls stand: the document that begins there, and what is known there of all that matters later.

    Where a call begins, these are only the names of all that is looked at on its way to the first place, and there.

    `came` is the first stretch that led there: where it begins, and what was decided; None where a call begins.
    """

    number: int
    document: str
    known: Known
    start: Start
    came: tuple[int, tuple[Decision, ...]] | None


class Graph(NamedTuple):
    """All places and the stretches from each.

    `left` has the documents with more places than were gone on from, each with the bound that was reached, in words.
    """

    stands: tuple[Stand, ...]
    stretches: tuple[tuple[Stretch, ...], ...]
    left: tuple[tuple[str, str], ...]
