"""What a program asks of the host that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from .program import Program, Wait


class Need(NamedTuple):
    """What a program asks of its host, and the wait that does; `file` is asked by every program, by none."""

    need: Literal["file", "answer", "outcome", "words"]
    by: str | None = None


def needs(program: Program) -> Iterator[Need]:
    """What a program needs of a host: files; the keys or words that answer a question; the outcome of a call."""
    yield Need("file")
    for name, wait in program.waits.items():
        yield Need(wait.on, name)
        if listens(wait):
            yield Need("words", name)


def listens(wait: Wait) -> bool:
    """Whether a wait takes words: its question asks for speech."""
    return wait.on == "answer" and "speech" in _kinds(wait)


def only_listens(wait: Wait) -> bool:
    """Whether a wait takes words and no keys."""
    return listens(wait) and "dtmf" not in _kinds(wait)


def _kinds(wait: Wait) -> list[object]:
    kinds = wait.question[-1].get("type") if wait.question else None
    return kinds if isinstance(kinds, list) else []
