"""Keywords of JSON Schema, and of what is near it, that nobody here looks at, and what to write for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .wording import typed

NO_PART = "is JSON Schema, but no part of it that is looked at here"
_OLDER = "is of an older JSON Schema"
_ASKS_NOTHING = "says something of data, and asks nothing of it"
_OTHER = "is no JSON Schema, but of OpenAPI"

_MESSAGES = {
    **dict.fromkeys(
        (
            *("dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems"),
            *("$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary"),
        ),
        NO_PART,
    ),
    **dict.fromkeys(
        ("definitions", "dependencies", "additionalItems", "$recursiveRef", "$recursiveAnchor", "divisibleBy"),
        _OLDER,
    ),
    **dict.fromkeys(
        ("deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema"), _ASKS_NOTHING
    ),
    **dict.fromkeys(("nullable", "discriminator", "xml", "externalDocs"), _OTHER),
}
_HINTS = {
    "definitions": "write `$defs`, and `#/$defs/NAME` where it is referred to",
    "additionalItems": "write the first items under `prefixItems`, and what the others are under `items`",
    "unevaluatedProperties": "write `additionalProperties`, beside all `properties` that there may be",
    "unevaluatedItems": "write `items`, beside all `prefixItems` that there may be",
    "divisibleBy": "write `multipleOf`",
    "nullable": "write it as a type more: `type: [string, 'null']`",
    **dict.fromkeys(
        ("$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"),
        "take it out; `$ref: '#/$defs/NAME'` leads to a part of this schema",
    ),
}
_DEPENDENT = ("dependentRequired", "dependentSchemas", "dependencies")


def message(keyword: str) -> str | None:
    """Why such a keyword is not looked at; None for one that nobody knows."""
    return _MESSAGES.get(keyword)


def hint(keyword: str, value: object, beside: Mapping[str, object]) -> str:
    """What to write for such a keyword. `beside` is the schema that it stands in."""
    choices = [*_choices(value)] if keyword in _DEPENDENT and isinstance(value, Mapping) else []
    if len(choices) == 1 and not {"if", "then"} & beside.keys():
        (test, then), *_ = [tuple(each.items()) for each in choices]
        return f"write {typed(*test, raw=False)}, {typed(*then, raw=False)}"
    if choices and "allOf" not in beside:
        return f"write {typed('allOf', choices, raw=False)}"
    kind = beside.get("type")
    if keyword == "nullable" and isinstance(kind, str) and kind != "null":
        return f"write `type: [{kind}, 'null']` for both"
    return _HINTS.get(keyword, "take it out")


def _choices(dependent: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """What has to be so where a property is there, each as an `if` and a `then`."""
    for name, then in dependent.items():
        yield {"if": {"required": [name]}, "then": {"required": then} if isinstance(then, list) else then}
