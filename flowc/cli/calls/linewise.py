"""The difference between two texts of many paragraphs, line by line, with what stands around it.

Lines such as `caller says nothing` stand in a text of all calls a thousand times. To leave such lines out of the
comparison, as is usual for speed, shows unchanged lines as changed; to compare each with each takes for ever. So whole
paragraphs, of which few are alike, are compared first, and lines only where paragraphs differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal

_CONTEXT = 3
_MOST = 4_000_000
"""Pairs of lines that are compared with care: a second, at the most."""

_Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


def unified(old: str, new: str, old_name: str, new_name: str) -> Iterator[str]:
    """The lines of a unified difference; none where there is none."""
    if old == new:
        return
    before, after = old.splitlines(), new.splitlines()
    yield f"--- {old_name}\n"
    yield f"+++ {new_name}\n"
    for group in _Compared([*_opcodes(before, after)]).get_grouped_opcodes(_CONTEXT):
        (_, start, _, begins, _), (_, _, stop, _, ends) = group[0], group[-1]
        yield f"@@ -{_range(start, stop)} +{_range(begins, ends)} @@\n"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from [f" {line}\n" for line in before[i1:i2]]
                continue
            yield from [f"-{line}\n" for line in before[i1:i2]]
            yield from [f"+{line}\n" for line in after[j1:j2]]


class _Compared(SequenceMatcher[str]):
    """A comparison that is made already, for what the library makes of one."""

    def __init__(self, found: list[_Opcode]) -> None:
        super().__init__(None, "", "")
        self.found = found

    def get_opcodes(self) -> list[_Opcode]:
        return self.found


def _range(start: int, stop: int) -> str:
    """A range of lines as it is written at the head of a part."""
    count = stop - start
    return str(start + 1) if count == 1 else f"{start + (count > 0)},{count}"


def _opcodes(before: Sequence[str], after: Sequence[str]) -> Iterator[_Opcode]:
    """What is equal and what is not, in lines."""
    ours, theirs = _paragraphs(before), _paragraphs(after)
    begins, starts = [0, *accumulate(map(len, ours))], [0, *accumulate(map(len, theirs))]
    found: list[_Opcode] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        i, j = begins[i1], starts[j1]
        old, new = before[i : begins[i2]], after[j : starts[j2]]
        if tag == "equal":
            found.append(("equal", i, i + len(old), j, j + len(new)))
            continue
        careless = len(old) * len(new) > _MOST
        inner = SequenceMatcher(None, old, new, autojunk=careless).get_opcodes()
        found += [(each, i + a, i + b, j + c, j + d) for each, a, b, c, d in inner]
    return _joined(found)


def _joined(found: Sequence[_Opcode]) -> Iterator[_Opcode]:
    """Neighbours that are both equal as one."""
    last: _Opcode | None = None
    for each in found:
        if last is not None and last[0] == each[0] == "equal":
            last = ("equal", last[1], each[2], last[3], each[4])
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _paragraphs(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """The lines in paragraphs, each with the empty line behind it."""
    found: list[list[str]] = [[]]
    for line in lines:
        found[-1].append(line)
        if not line:
            found.append([])
    return [tuple(each) for each in found if each]
