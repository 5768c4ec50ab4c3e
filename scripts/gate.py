"""Writes `flowc/language/schema/gate.py`: the schemas as Python functions that only say yes or no.

`python -m scripts.gate` after a change to a schema. The functions take exactly what `flowc.language.schema.shape` finds
no fault with; a property test holds the two together.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from flowc.language.schema.schemas import Schema, bundled, discriminator, flat, pointer, regex, types, ways

from .expressions import both, indented, long_enough, needs, opposite, refuse, within

TARGET = Path(__file__).parents[1] / "flowc" / "language" / "schema" / "gate.py"
HEAD = '''"""Whether a document has the shape that its schema asks for: yes or no, and fast.

Written by `python -m scripts.gate` from the schemas; not to be edited. `flowc.language.schema.shape` says what is
wrong.
"""

from __future__ import annotations

import re
from typing import Any
'''
_WORDS = frozenset({"title", "description", "default", "examples", "$schema", "$id", "$defs"})
_RULES = ("excludes", "needs", "any", "one", "single", "keys")
_CLASSES = {
    "string": ("str",),
    "object": ("dict",),
    "array": ("list",),
    "integer": ("int", "float"),
    "number": ("int", "float"),
    "boolean": ("bool",),
    "null": ("None",),
}


def main() -> None:
    """Write the gate and give it the project's format."""
    TARGET.write_text(source(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(TARGET)], check=True)


def source() -> str:
    """The gate as Python, not yet formatted."""
    gates = [("ncco", "an NCCO"), ("template", "an NCCO whose leaves may still hold `{{`"), ("flow", "a flow file")]
    writer = Writer()
    public = []
    for name, words in gates:
        writer.root = bundled(name)
        writer.named = {key: made for key, made in writer.named.items() if '"$ref"' not in key}
        called = writer.function({key: value for key, value in writer.root.items() if key != "$defs"}, name)
        words = f'"""Whether this is the data of {words}."""'
        public.append(f"def {name}(data: object) -> bool:\n    {words}\n    return {called}(data)")
    return "\n\n\n".join([HEAD + "\n" + "\n".join(writer.constants), *public, *writer.functions, *writer.tables]) + "\n"


class Writer:
    """Collects the functions of the gate, one for each piece of a schema that is no mere expression."""

    def __init__(self) -> None:
        self.root: Schema = {}
        self.named: dict[str, str] = {}
        self.constants: list[str] = []
        self.functions: list[str] = []
        self.tables: list[str] = []
        self.count = 0

    def function(self, schema: Schema, hint: str) -> str:
        """The name of a function for a schema, which is written at its first use."""
        if set(schema) - _WORDS == {"$ref"} or set(schema) - _WORDS == {"$ref", "x-flowc"}:
            return self.function(pointer(self.root, schema["$ref"]), schema["$ref"].rsplit("/", 1)[1])
        key = json.dumps(_bare(schema), sort_keys=True)
        if key not in self.named:
            self.named[key] = self.fresh(hint)
            self.write(flat(schema, self.root), self.named[key], hint)
        return self.named[key]

    def fresh(self, hint: str) -> str:
        """A name that no other function or constant has."""
        self.count += 1
        return f"_{re.sub(r'[^a-z0-9]+', '_', hint.lower()).strip('_')}_{self.count}"

    def constant(self, value: str, hint: str) -> str:
        """A name for a value that is made once."""
        for line in self.constants:
            if line.endswith(f" = {value}"):
                return line.split(" = ", 1)[0]
        name = self.fresh(hint).upper()
        self.constants.append(f"{name} = {value}")
        return name

    def search(self, pattern: str, subject: str) -> str:
        """Whether a pattern is found in a text."""
        if pattern == r"\{\{":
            return f"'{{{{' in {subject}"
        return f"{self.constant(f're.compile({regex(pattern).pattern!r}).search', 'matches')}({subject}) is not None"

    def write(self, schema: Schema, name: str, hint: str) -> None:
        """Write the function of a schema."""
        lines = list(self.body(schema, hint))
        self.functions.append("\n".join([f"def {name}(v: Any) -> bool:", *(f"    {line}" for line in lines)]))

    def body(self, schema: Schema, hint: str) -> Iterator[str]:
        """The lines of a function."""
        if "oneOf" in schema:
            yield from self.choice(schema, hint)
        elif schema.get("type") == "object":
            yield from self.mapping(schema, hint)
        elif schema.get("type") == "array":
            yield from self.listing(schema, hint)
        else:
            yield f"return {self.leaf(schema, 'v', hint)}"

    def test(self, schema: Schema, subject: str, hint: str) -> str:
        """An expression that is true where the schema takes the subject."""
        whole = flat(schema, self.root)
        if "anyOf" in whole:
            return "(" + " or ".join(self.test(each, subject, hint) for each in whole["anyOf"]) + ")"
        bare = set(whole) - _WORDS - {"x-flowc"}
        if "oneOf" in bare or ("array" in types(whole, self.root) and bare != {"type"}):
            return f"{self.function(schema, hint)}({subject})"
        if whole.get("type") == "object" and bare != {"type"}:
            return f"{self.function(schema, hint)}({subject})"
        return self.leaf(whole, subject, hint)

    def leaf(self, schema: Schema, v: str, hint: str) -> str:
        """An expression for a scalar, or for a list or mapping of anything."""
        if "const" in schema:
            return f"{v} == {schema['const']!r}"
        if "enum" in schema:
            members = self.constant(f"frozenset({sorted(schema['enum'])!r})", hint)
            return f"({v}.__class__ is str and {v} in {members})"
        kinds = types(schema, self.root)
        if not kinds:
            return "True"
        return "(" + " or ".join(self.kind(schema, each, v) for each in sorted(kinds)) + ")"

    def kind(self, schema: Schema, kind: str, v: str) -> str:
        """An expression for one JSON type of a scalar."""
        if kind == "null":
            return f"{v} is None"
        if kind == "boolean":
            return f"{v} is True or {v} is False"
        if kind == "number":
            return both([f"({v}.__class__ is int or {v}.__class__ is float)", *within(schema, v)])
        if kind == "integer":
            whole = f"({v}.__class__ is int or ({v}.__class__ is float and {v}.is_integer()))"
            return both([whole, *within(schema, v)])
        tests = [f"{v}.__class__ is {_CLASSES[kind][0]}"]
        if kind == "string":
            tests += long_enough(schema, v)
            tests += [self.search(schema["pattern"], v)] if "pattern" in schema else []
        return both(tests)

    def choice(self, schema: Schema, hint: str) -> Iterator[str]:
        """The ways of a `oneOf`, by a constant field or by JSON type."""
        by = discriminator(schema, self.root)
        if by is None:
            for way in schema["oneOf"]:
                yield f"if {self.classes(way)}{self.keyed(way)}:"
                yield f"    return {self.test(way, 'v', hint)}"
            yield "return False"
            return
        table = self.fresh(hint).upper()
        pairs = (f"    {tag!r}: {self.function(way, tag)}," for tag, way in ways(schema, self.root, by).items())
        self.tables.append("\n".join([f"{table} = {{", *pairs, "}"]))
        yield from refuse("v.__class__ is not dict")
        yield f"tag = v.get({by!r})"
        yield f"way = {table}.get(tag) if tag.__class__ is str else None"
        yield "return way is not None and way(v)"

    def classes(self, way: Schema) -> str:
        """Whether a value is of the JSON types of a way."""
        found = {each for kind in types(way, self.root) for each in _CLASSES[kind]}
        return " or ".join("v is None" if each == "None" else f"v.__class__ is {each}" for each in sorted(found))

    def keyed(self, way: Schema) -> str:
        """Whether a mapping has keys as a way wants them."""
        wanted = way.get("x-flowc", {}).get("keys")
        return f" and any({self.search(wanted, 'k')} for k in v)" if wanted else ""

    def listing(self, schema: Schema, hint: str) -> Iterator[str]:
        """A list and its items."""
        yield from refuse("v.__class__ is not list")
        for key, sign in (("minItems", "<"), ("maxItems", ">")):
            if key in schema:
                yield from refuse(f"len(v) {sign} {schema[key]}")
        test = self.test(schema["items"], "x", hint) if "items" in schema else "True"
        yield "return True" if test == "True" else f"return all({test} for x in v)"

    def mapping(self, schema: Schema, hint: str) -> Iterator[str]:
        """A mapping: its size, its fields, and the rules between them."""
        yield from refuse("v.__class__ is not dict")
        refused = [f"{name!r} not in v" for name in schema.get("required", ())]
        if "minProperties" in schema:
            refused.append("not v" if schema["minProperties"] == 1 else f"len(v) < {schema['minProperties']}")
        if "maxProperties" in schema:
            refused.append(f"len(v) > {schema['maxProperties']}")
        if refused:
            yield from refuse(" or ".join(refused))
        kept = " and ".join(f"({each})" for each in self.rules(schema.get("x-flowc", {}))) or "True"
        rest = self.rest(schema)
        if rest not in ("True", "False") and not {"properties", "patternProperties", "propertyNames"} & schema.keys():
            kept = f"all({rest} for x in v.values())"
        else:
            yield from self.fields(schema, rest, hint)
        yield f"return {kept}"

    def fields(self, schema: Schema, rest: str, hint: str) -> Iterator[str]:
        """One pass over the members; `rest` is the test of those that have no field of their own."""
        names = self.test(schema["propertyNames"], "k", hint) if "propertyNames" in schema else None
        members = [(self.member(keys), test) for test, keys in self.grouped(schema.get("properties", {}))]
        for pattern, value in schema.get("patternProperties", {}).items():
            members.append((self.search(pattern, "k"), self.test(value, "x", hint)))
        if rest == "True" and not members and names is None:
            return
        yield "for k, x in v.items():" if members or names else "for x in v.values():"
        if names is not None:
            yield from indented(refuse(opposite(names)))
        word = "if"
        for which, test in members:
            yield f"    {word} {which}:"
            yield from ["        pass"] if test == "True" else indented(indented(refuse(opposite(test))))
            word = "elif"
        if rest == "False":
            yield from ["    else:", "        return False"] if members else ["    return False"]
        elif rest != "True":
            yield f"    {word} {opposite(rest)}:"
            yield "        return False"

    def member(self, keys: list[str]) -> str:
        """Whether a key is one of these."""
        return f"k == {keys[0]!r}" if len(keys) == 1 else f"k in {tuple(keys)!r}"

    def grouped(self, fields: Schema) -> Iterator[tuple[str, list[str]]]:
        """The fields with the same test together."""
        groups: dict[str, list[str]] = {}
        for name, value in fields.items():
            groups.setdefault(self.test(value, "x", name), []).append(name)
        yield from groups.items()

    def rest(self, schema: Schema) -> str:
        """The test of members that have no field of their own."""
        extra = schema.get("unevaluatedProperties", schema.get("additionalProperties", True)) or False
        return str(extra) if isinstance(extra, bool) else self.test(extra, "x", "value")

    def rules(self, facts: Schema) -> Iterator[str]:
        """The rules between fields, each as an expression that is true where it is kept."""
        for rule in facts.get("excludes", ()):
            yield " + ".join(f"(v.get({name!r}, False) is not False)" for name in rule["fields"]) + " < 2"
        for rule in facts.get("needs", ()):
            yield from (f"{rule['field']!r} not in v or {kept}" for kept in needs(rule))
        if "any" in facts:
            yield " or ".join("(" + both([f"{name!r} in v" for name in each]) + ")" for each in facts["any"])
        if "one" in facts:
            yield f"sum(k in v for k in {tuple(facts['one'])!r}) == 1"
        if "single" in facts:
            besides = self.search(facts["single"]["besides"], "k")
            mixed = (
                f"len(v) - sum({besides} for k in v) < 2"
                if facts["single"].get("mixed")
                else f"all({besides} for k in v)"
            )
            yield f"len(v) == 1 or {mixed}"


def _bare(schema: object) -> object:
    """A schema without its words: two that are the same then need one function."""
    if isinstance(schema, list):
        return [_bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _bare(value) for name, value in schema.items() if name not in _WORDS}
    if isinstance(schema.get("properties"), dict):
        kept["properties"] = {name: _bare(value) for name, value in schema["properties"].items()}
    if isinstance(kept.get("x-flowc"), dict):
        kept["x-flowc"] = {name: schema["x-flowc"][name] for name in _RULES if name in schema["x-flowc"]}
    return kept


if __name__ == "__main__":
    main()
