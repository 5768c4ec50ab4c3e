"""Examples of what a JSON Schema or a pattern takes: a few, as different as they can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from ...language.reading.patterns import parsed
from ...program.regular import compiled

_DEEPEST = 8
_LONGEST = 40

Where = tuple[str | int, ...]


LookedFor = Sequence[tuple[Where, Sequence[object]]]
"""Values at paths that make a difference to who reads data."""


def examples(schema: object, looked_for: LookedFor = ()) -> Iterator[object]:
    """Data that a schema takes, as a rule: the least of it, all of it, then all of it with each other value."""
    yield _example(schema, 0, whole=False)
    whole = _example(schema, 0, whole=True)
    yield whole
    most, looked_for = _looked_for(whole, looked_for)
    yield most
    for path, values in (*looked_for, *_values(schema, ())):
        yield from [with_value(most, path, value) for value in values]


def in_pairs(schema: object, looked_for: LookedFor) -> Iterator[object]:
    """Data that a schema takes, with two of the values at a time that are looked for, or with others instead."""
    most, looked_for = with_others(schema, looked_for)
    for (path, values), (other, others) in combinations(looked_for, 2):
        for value, second in product(values, others):
            yield with_value(with_value(most, path, value), other, second)


def with_others(schema: object, looked_for: LookedFor) -> tuple[object, LookedFor]:
    """All of the data that a schema takes, and the values at each path that is looked for, with one that is not."""
    most, looked_for = _looked_for(_example(schema, 0, whole=True), looked_for)
    named: dict[Where, list[object]] = {}
    for path, others in _values(schema, ()):
        named.setdefault(path, []).extend(others)
    found: list[tuple[Where, Sequence[object]]] = []
    for path, values in looked_for:
        own = [each for each in named.get(path, ()) if each not in values]
        texts = [each for each in values if isinstance(each, str)]
        if texts not in ([], [""]) and path not in named:
            own.append(_unlike(texts))
        own += [None] if path not in named and _at(most, path) in ("", True) else []
        own += [not each for each in values if isinstance(each, bool) and not _is_in(not each, values)][:1]
        found.append((path, [*values, *own]))
    return most, found


def _is_in(value: object, values: Sequence[object]) -> bool:
    """Whether it is one of the values: 1 is not true."""
    return any(each is value for each in values)


def _unlike(texts: Sequence[str]) -> str:
    """A text that is none of those."""
    return next(each for count in range(len(texts) + 1) if (each := f"other{count or ''}") not in texts)


def _looked_for(most: object, looked_for: LookedFor) -> tuple[object, LookedFor]:
    """Data with the first value at each path that is looked for, and the values with its own."""
    looked_for = [(path, _with_own(values, most, path)) for path, values in looked_for]
    for path, values in looked_for:
        own = _at(most, path)
        alike = [each for each in values if type(each) is type(own)]  # else none of it may be sound
        if path and (alike or not isinstance(own, dict | list)):
            most = with_value(most, path, (alike or values)[0])
    return most, looked_for


def _with_own(values: Sequence[object], data: object, path: Where) -> Sequence[object]:
    """Values that are looked for at a path, and what data has there: asked whether there is something, that is it."""
    own = _at(data, path)
    return values if own is _NOTHING or own in values or isinstance(own, dict | list) else [*values, own]


_NOTHING = object()


def _at(data: object, path: Where) -> object:
    """What data has at a path; _NOTHING where there is none."""
    for key in path:
        known = (isinstance(data, dict) and key in data) or (isinstance(data, list) and key in range(len(data)))
        if not known:
            return _NOTHING
        data = data[key]  # type: ignore[index]
    return data


def with_value(data: object, path: Where, value: object) -> object:
    """Data that has a value at a path."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = data if isinstance(data, list) else []
        return [*items[:key], with_value(items[key] if key < len(items) else None, rest, value), *items[key + 1 :]]
    inner = data if isinstance(data, dict) else {}
    return {**inner, key: with_value(inner.get(key), rest, value)}


def of_pattern(pattern: str) -> list[str]:
    """Texts that a regular expression describes: one with the least of everything, one with the most."""
    try:
        read = parsed(pattern)
        found = [_text(read, last=last)[:_LONGEST] for last in (False, True)]
    except (re.error, RecursionError, OverflowError):
        return []
    return [each for each in dict.fromkeys(found) if compiled(pattern).occurs(each)]


def _example(schema: Any, depth: int, *, whole: bool) -> object:
    """One example: what the schema names, else something of its type; `whole`, with all that may be in it."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return {}
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if schema.get(key):
            return schema[key][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    if kind == "array":
        wanted = max(int(schema.get("minItems", 0)), int(whole and "items" in schema))
        return [_example(schema.get("items"), depth + 1, whole=whole) for _ in range(min(wanted, _LONGEST))]
    if kind in ("integer", "number"):
        return max(1, schema.get("minimum", 1))
    if kind in ("string", "boolean", "null"):
        return {"string": _string(schema), "boolean": True, "null": None}[kind]
    fields = schema.get("properties", {})
    named = dict.fromkeys([*schema.get("required", ()), *(fields if whole else ())])
    return {name: _example(fields.get(name, {"type": "string"}), depth + 1, whole=whole) for name in named}


def _string(schema: Mapping[str, Any]) -> str:
    found = of_pattern(schema["pattern"]) if "pattern" in schema else []
    return found[0] if found else "text".ljust(min(int(schema.get("minLength", 0)), _LONGEST), "x")


def _values(schema: Any, path: Where) -> Iterator[tuple[Where, list[object]]]:
    """The leaves of a schema, with values that differ from its example."""
    if not isinstance(schema, dict) or len(path) > _DEEPEST:
        return
    if "enum" in schema:
        yield path, schema["enum"][1:]
        return
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    others: list[object] = [False] if "boolean" in kinds else []
    others += [schema.get("minimum", 0)] if {"integer", "number"} & {*kinds} else []
    others += [None] if "null" in kinds else []
    if others:
        yield path, others
    for name, part in schema.get("properties", {}).items():
        yield from _values(part, (*path, name))
    if "items" in schema:
        yield path, [[]]
        yield from _values(schema["items"], (*path, 0))


def _text(parsed: Any, *, last: bool) -> str:
    """A text that a parsed pattern describes."""
    return "".join(_piece(str(code), argument, last=last) for code, argument in parsed)


def _piece(code: str, argument: Any, *, last: bool) -> str:
    if code == "LITERAL":
        return chr(argument)
    if code in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        times = min(int(argument[1]), _LONGEST) if last else int(argument[0])
        return _text(argument[2], last=last) * min(times, _LONGEST)
    if code == "BRANCH":
        return _text(argument[1][-1 if last else 0], last=last)
    if code in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _text(argument[-1] if code == "SUBPATTERN" else argument, last=last)
    if code == "IN":
        inner, value = argument[-1 if last else 0]
        return _piece(str(inner), value, last=last)
    if code == "RANGE":
        return chr(argument[1] if last else argument[0])
    if code == "CATEGORY":
        return ("9" if last else "0") if "DIGIT" in str(argument) else " " if "SPACE" in str(argument) else "a"
    return "a" if code in ("ANY", "NOT_LITERAL") else ""
