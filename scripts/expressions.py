"""Pieces of Python, as text, of which the gate is made."""

from __future__ import annotations

from collections.abc import Iterator

from flowc.language.schema.schemas import Schema


def needs(rule: Schema) -> Iterator[str]:
    """What a field needs, each as an expression that is true where it is there."""
    for name, value in rule.get("with", {}).items():
        found = f"v.get({name!r}, '')"
        if value is True:
            yield f"{name!r} in v"
        elif isinstance(value, dict):
            yield f"({found}.__class__ is list and {value['contains']!r} in {found}) or {is_open(found)}"
        else:
            yield f"{found} == {value!r} or {is_open(found)}"
    for name, value in rule.get("without", {}).items():
        sign = "is not" if value is False else "!="
        yield f"{name!r} not in v" if value is True else f"v.get({name!r}) {sign} {value!r}"


def refuse(test: str) -> list[str]:
    """The lines that say no where a test is true."""
    return [f"if {test}:", "    return False"]


def indented(lines: list[str]) -> list[str]:
    """Lines one level further in."""
    return [f"    {line}" for line in lines]


def opposite(test: str) -> str:
    """The opposite of a test, as a person would write it."""
    if " and " not in test and " or " not in test:
        for sign, opposite in ((" == ", " != "), (" is not ", " is "), (" is ", " is not ")):
            if sign in test:
                return test.replace(sign, opposite)
    return f"not {test}"


def is_open(found: str) -> str:
    """Whether a value is a text that holds `{{`."""
    return f"({found}.__class__ is str and '{{{{' in {found})"


def both(tests: list[str]) -> str:
    """Tests of which all must be true."""
    return " and ".join(tests)


def within(schema: Schema, v: str) -> list[str]:
    """The tests of a number's range."""
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return [f"{low} <= {v} <= {high}"]
    return [f"{v} >= {low}"] if low is not None else [f"{v} <= {high}"] if high is not None else []


def long_enough(schema: Schema, v: str) -> list[str]:
    """The tests of a text's length."""
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    tests = [f"{v} != ''"] if least == 1 else [f"len({v}) >= {least}"] if least else []
    return [*tests, f"len({v}) <= {most}"] if most is not None else tests
