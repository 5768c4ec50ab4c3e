"""Values for which a comparison holds, or does not, where it is not with a value as it is but with one made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice, pairwise

from ...program.evaluate import evaluate
from ...program.kinds import number, truth

_LONGEST = 20
_MOST_WORDS = 24
"""Values in one comparison of which others are made."""
_WELL_KNOWN = ("15550100000", "33600000001", "447700900123")
_SIGNS = ("0", "1", "9", "a")
"""What a text is filled up with whose beginning, middle or end is compared."""


def solved(
    tree: Sequence[object],
    path: tuple[str, ...],
    params: Mapping[str, object],
    known: Sequence[object],
    *,
    phone: bool,
    both: bool = False,
) -> list[object]:
    """A value of a path for which a comparison holds, where it holds for none that is known, as far as one is found.

    `phone`, the value is a number that calls or is called: then, or with `both`, also one for which it does not hold.
    """
    wanted = [True, False] if phone or both else [True]
    found = {_holds(tree, path, params, each): each for each in known}
    missing = [each for each in wanted if each not in found]
    for value in _tried(tree, path, params, phone=phone) if missing else ():
        found.setdefault(_holds(tree, path, params, value), value)
        if all(each in found for each in missing):
            break
    return [found[each] for each in missing if each in found]


def _holds(tree: object, path: tuple[str, ...], params: Mapping[str, object], value: object) -> bool:
    return truth(evaluate(tree, _names(path, params, value)))


def _names(path: tuple[str, ...], params: Mapping[str, object], value: object) -> Mapping[str, object]:
    inner = reduce(lambda within, key: {key: within}, reversed(path[1:]), value)
    return {"params": params, path[0]: inner}


def _tried(
    tree: Sequence[object], path: tuple[str, ...], params: Mapping[str, object], *, phone: bool
) -> Iterator[object]:
    """What may be such a value, the likeliest first."""
    words = list(islice(dict.fromkeys(str(each) for each in _literals(tree)), _MOST_WORDS))
    if phone:
        digits = [each for each in words if each.isdigit()]
        yield from [f"{each}{_WELL_KNOWN[-1][len(each) :]}" for each in digits]
        yield from _WELL_KNOWN
        yield from [f"{_WELL_KNOWN[-1][: -len(each)]}{each}" for each in digits]
        return
    yield from _inverse(tree, path, params)
    for word in words:
        yield word
        for length in range(1, _LONGEST - len(word)):
            yield from [f"{word}{sign * length}" for sign in _SIGNS[:1]]
            yield from [f"{sign * length}{word}" for sign in _SIGNS]
            yield f"{'1' * length}{word}{'1' * length}"
    yield from [("1234567890" * 2)[:length] for length in range(1, _LONGEST + 1)]
    yield from range(_LONGEST)
    yield ""


def _literals(tree: object, depth: int = 0) -> Iterator[object]:
    if not isinstance(tree, list | tuple) or depth > 64:
        return
    match tree:
        case ["lit", str() | int() | float() as value]:
            yield value
        case ["item" | "slice", value, *_]:
            yield from _literals(value, depth + 1)
        case _:
            for each in tree[1:]:
                yield from _literals(each, depth + 1)


def _inverse(tree: Sequence[object], path: tuple[str, ...], params: Mapping[str, object]) -> Iterator[object]:
    """The numbers at which two sides of a comparison meet, if both grow evenly, and those beside it."""
    sides = tree[1::2]
    for left, right in pairwise(sides):
        near, far = (_apart(left, right, _names(path, params, at)) for at in (0, 1))
        if near is None or far is None or near == far:
            continue
        meets = near / (near - far)
        whole = [round(meets), round(meets) + 1, round(meets) - 1]
        yield from whole if abs(meets) < 10**_LONGEST else []
        yield from [meets] if meets != whole[0] else []


def _apart(left: object, right: object, names: Mapping[str, object]) -> float | None:
    """How far two sides are from each other; None where they are no numbers."""
    one, other = number(evaluate(left, names)), number(evaluate(right, names))
    return None if one is None or other is None else float(one - other)
