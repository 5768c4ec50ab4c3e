"""A text of an open document that reads cells, and what its field asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any

from ..language.expressions.texts import into_of, types_of
from ..language.schema import facts
from ..language.schema.schemas import regex
from ..program.express import LONGEST, odd
from ..program.kinds import TEXT_LIMIT
from ..program.kinds import text as spelled
from ..program.values import Template, fill, fit
from .templates import schema_at

_SPOKEN = ("talk", "text")
_WORDS = frozenset({"x-flowc", "description", "default", "examples", "title"})


class Leaf:
    """A text with its template, at a path as `Filler.value` has it. `wanted` are params that are needed as a number or
    as true or false.
    """

    def __init__(self, text: str, template: Template, path: tuple[str, ...], wanted: Mapping[str, str]) -> None:
        self.template, self.path, self.wanted = template, path, wanted
        self.schema = schema_at(path)
        into = into_of(text, self.schema)
        self.ssml, self.url = into == "ssml", into == "url"
        self.spoken = path == _SPOKEN

    @cached_property
    def literals(self) -> list[str]:
        """What stands in it whatever the values are."""
        return [part for part in self.template.parts if isinstance(part, str)]

    @cached_property
    def most(self) -> int:
        """Characters that each value may have, so that the text stays under its limits."""
        limit = int(facts.limit("spokenText")) if self.spoken else TEXT_LIMIT // 2
        return min(LONGEST, (limit - sum(map(len, self.literals))) // (len(self.template.parts) - len(self.literals)))

    @cached_property
    def pattern(self) -> str | None:
        """The pattern that its field asks for."""
        found: str | None = self._own.get("pattern")
        return found

    @property
    def names_a_kind(self) -> bool:
        """Whether it says of what kind the mapping around it is, which decides what the other fields are."""
        return self.path[1:] == ("action",) or (self.path[-1] == "type" and "endpoint" in self.path)

    @cached_property
    def free(self) -> bool:
        """Whether it is right by itself, whatever stands around it: by its pattern alone, or always."""
        if not _compared().isdisjoint(self.path):
            return False
        own = self._own
        return self.anything or (own.get("type") == "string" and own.keys() <= {*_WORDS, "type", "pattern"})

    @cached_property
    def anything(self) -> bool:
        """Whether it lies in an object that takes anything, such as a `payload`."""
        around = [schema_at(self.path[:length]) for length in range(2, len(self.path))]
        known = [schema for schema in around if schema]
        return not self.schema and bool(known) and _is_anything(known[-1])

    @property
    def in_text(self) -> bool:
        """Whether each value stands in a text, none in a tag."""
        before = ""
        for part in self.template.parts:
            if isinstance(part, str):
                before += part
            elif self.ssml and before.rfind("<") > before.rfind(">"):
                return False
        return True

    @property
    def is_number(self) -> bool:
        """Whether it is one expression, in a field that takes a phone number and nothing else."""
        return self.template.whole and self.pattern == facts.field("connect", "endpoint", "phone", "number")["pattern"]

    def asks(self, index: int, before: str) -> str | None:
        """The pattern that the value of the expression at an index decides about, with the literals before it."""
        first = all(isinstance(part, str) for part in self.template.parts[:index])
        return self.pattern if first and self.pattern and not _settles(self.pattern, before) else None

    def has(self, pattern: str, index: int, written: str) -> bool:
        """Whether a text that begins with what is written, up to the expression at an index, has a pattern."""
        last = index == len(self.template.parts) - 1
        return _settles(pattern, written) or (last and regex(pattern).search(written) is not None)

    def is_plain(self) -> Callable[[str], bool]:
        """Whether nothing more is to be said of the text with such a value in it than with another."""
        most, markup = self.most, not self.ssml
        return lambda text: len(text) <= most and not odd(text) and not (markup and "<" in text)

    def value(self, names: Mapping[str, object]) -> object:
        """What `Texts.fill` makes of it."""
        value = fill(self.template, names, ssml=self.ssml, url=self.url)
        types = types_of(self.schema)
        return spelled(value) if types == ("string",) else fit(value, types)

    @cached_property
    def _own(self) -> Mapping[str, Any]:
        """The schema of the text itself, where its field is a list of such."""
        schema = self.schema
        while "items" in schema:
            schema = facts.resolved(schema["items"])
        return schema


def _settles(pattern: str, before: str) -> bool:
    """Whether a text that begins so has the pattern, whatever comes behind."""
    return "$" not in pattern and "\\Z" not in pattern and regex(pattern).search(before) is not None


def _is_anything(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "object" and schema.keys() <= {*_WORDS, "type"}


@cache
def _compared() -> frozenset[str]:
    """The fields whose values other fields need to be this or that."""
    return frozenset(_named(facts.schema("ncco")))


def _named(schema: object) -> set[str]:
    found: set[str] = set()
    if isinstance(schema, dict):
        for rule in schema.get("needs", ()) if isinstance(schema.get("needs"), list) else ():
            found.update(rule.get("with", {}), rule.get("without", {}))
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        found |= _named(each)
    return found
