"""The page of an NCCO action, an endpoint type or a withdrawn action, as `flowc explain` prints it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from ..schema import facts
from ..schema.facts import Schema
from .fields import field_lines
from .paragraphs import items, paragraph

FOLLOWS = {
    "plays": "the next action begins when it is done",
    "blocks": "the next action waits until it has ended",
    "never-ends": "it never ends by itself: what stands after it is not reached",
    "goes-on": "the next action begins at once",
    "waits": "the call waits for it, and the webhook may answer with an NCCO, which replaces this one",
    "joins": "the two are joined, and both hear what stands after it",
    "stays": "the caller stays in it until the call or the conversation ends",
    "asks": "the webhook may answer with an NCCO, which replaces this one; after an empty answer the call goes on",
    "leaves": "the call leaves this NCCO: what stands after it is not reached",
}


def action_page(name: str) -> str | None:
    """All that is known of an action, an endpoint type or an action that does not exist; None for any other word."""
    if name in facts.ACTIONS:
        return _page(name, "an action", facts.action(name))
    if name in facts.endpoints():
        return _page(name, "an endpoint of `connect`", facts.definition(name))
    if name in facts.withdrawn():
        return _withdrawn_page(name, facts.withdrawn()[name])
    if name in facts.retired_endpoints():
        return f"{name}: an endpoint of `connect` that was renamed: write `{facts.retired_endpoints()[name]}`\n"
    return None


def _page(name: str, kind: str, definition: Schema) -> str:
    own = definition["x-flowc"]
    parts = [
        ("In an NCCO", _example(name, definition)),
        ("Fields", field_lines(definition)),
        ("What follows", _follows(own.get("then", ()))),
        ("Together and apart", list(_together(definition, ""))),
        ("Old forms", list(_old_forms(definition, ""))),
        ("Good to know", items(f"{said['text']} [{said['source']}]" for said in own.get("notes", ()))),
        ("The sources disagree", items(own.get("disagree", ()))),
        ("Not known", items(own.get("unknown", ()))),
    ]
    return _joined(f"{name}: {kind}", [definition["description"]], parts)


def _example(name: str, definition: Schema) -> list[str]:
    return [
        f"  {json.dumps({_key(name): name, **each}, ensure_ascii=False)}" for each in definition.get("examples", ())
    ]


def _key(name: str) -> str:
    return "action" if name in facts.ACTIONS else "type"


def _withdrawn_page(name: str, said: Schema) -> str:
    title = f"{name}: an action that does not exist" + ("" if said.get("never") else " any more")
    parts = [
        ("Instead", paragraph(said["instead"], "  ")),
        ("Good to know", items((*([said["since"]] if "since" in said else ()), *said.get("notes", ())))),
        ("Its fields were", items(f"`{key}`: {_old_field(value)}" for key, value in said.get("fields", {}).items())),
    ]
    return _joined(title, [f"{said['description']} [{said['source']}]"], parts)


def _joined(title: str, lead: list[str], parts: list[tuple[str, list[str]]]) -> str:
    lines = [title, "", *paragraph(" ".join(lead), "")]
    for heading, body in parts:
        if body:
            lines += ["", heading, *body]
    return "\n".join([*lines, "", "Sources", *_sources("\n".join(lines))]) + "\n"


def _sources(text: str) -> list[str]:
    """What the source tags mean that a page uses."""
    cited = " ".join(re.findall(r"\[[^\]]*\]", text))
    named = {
        tag: words
        for tag, words in facts.known("sources").items()
        if re.search(rf"\b{tag}\b", text if tag.isupper() else cited)
    }
    wide = max(map(len, named), default=0)
    return [f"  {tag:{wide}}  {words}" for tag, words in named.items()]


def _follows(rules: Iterable[Schema]) -> list[str]:
    rules = list(rules)
    return items(_follow(rule, only=len(rules) == 1) for rule in rules)


def _follow(rule: Schema, *, only: bool) -> str:
    when = " and ".join(_condition(key, value) for key, value in rule.get("if", {}).items())
    opening = f"with {when}: " if when else "" if only else "otherwise: "
    return opening + FOLLOWS[rule["then"]]


def _together(definition: Schema, prefix: str) -> Iterator[str]:
    own = definition.get("x-flowc", {})
    for rule in own.get("excludes", ()):
        apart = " and ".join(f"`{prefix}{field}`" for field in rule["fields"])
        yield from items([f"{apart} do not go together: {rule['why']}{_cited(rule)}"])
    for rule in own.get("needs", ()):
        yield from items([f"`{prefix}{rule['field']}` {_need(rule, prefix)}: {rule['why']}{_cited(rule)}"])
    if "any" in own:
        sets = [" and ".join(f"`{field}`" for field in fields) for fields in own["any"]]
        yield from items([f"one of these must be there: {', or '.join(sets)}"])
    yield from _inner(definition, prefix, _together)


def _need(rule: Schema, prefix: str) -> str:
    kind, opening = ("with", "needs") if "with" in rule else ("without", "cannot stand with")
    return f"{opening} " + " and ".join(_condition(prefix + key, value) for key, value in rule[kind].items())


def _condition(field: str, value: object) -> str:
    if value is True:
        return f"`{field}`"
    if isinstance(value, dict):
        return f"`{value['contains']}` in `{field}`"
    return f"`{field}: {value if isinstance(value, str) else json.dumps(value)}`"


def _cited(rule: Schema) -> str:
    return f" [{rule['source']}{'; a rule of SDK code' if rule.get('client') else ''}]"


def _old_forms(definition: Schema, prefix: str) -> Iterator[str]:
    own = definition.get("x-flowc", {})
    for kind, opening in (("legacy", "`{}`"), ("legacyMissing", "no `{}`")):
        for name, said in own.get(kind, {}).items():
            note = f"; {said['note']}" if "note" in said else ""
            note += f"; the sources disagree: {said['disagree']}" if "disagree" in said else ""
            yield from items([f"{opening.format(prefix + name)}: write {said['instead']}{note} [{said['source']}]"])
    yield from _inner(definition, prefix, _old_forms)


def _inner(definition: Schema, prefix: str, look: Callable[[Schema, str], Iterator[str]]) -> Iterator[str]:
    """What there is to say of the objects inside, under the names of the fields that hold them."""
    for name, part in definition.get("properties", {}).items():
        field = facts.resolved(part)
        if "properties" in field:
            yield from look(field, f"{prefix}{name}.")


def _old_field(said: Schema) -> str:
    lists = [f"{key}: {', '.join(said[key])}" for key in ("enum", "types", "errors") if key in said]
    default = [f"default {json.dumps(said['default'])}"] if "default" in said else []
    return "; ".join([said["description"], *default, *lists]).replace("enum: ", "one of ")
