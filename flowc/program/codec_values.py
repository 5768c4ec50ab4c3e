"""Values of a program that are known only in a call, as JSON data and back: templates, requests, what is remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from .evaluate import DEPTH_LIMIT, Expression
from .program import Fill, Path, Request, Set
from .values import Template

Data = dict[str, object]

_INTO: dict[object, Literal["text", "ssml", "url"]] = {"text": "text", "ssml": "ssml", "url": "url"}
_METHODS: dict[object, Literal["GET", "POST"]] = {"GET": "GET", "POST": "POST"}


# Writing


def fill_data(fill: Fill) -> Data:
    """A fill as data; what is usual is left out."""
    data: Data = {"path": list(fill.path), "parts": list(fill.template.parts)}
    if fill.into != "text":
        data["into"] = fill.into
    if fill.types != ("string",):
        data["types"] = list(fill.types)
    return {**data, "limits": dict(fill.limits)} if fill.limits else data


def set_data(value: Set) -> Data:
    """What is remembered, as data."""
    return {"path": list(value.path), "parts": list(value.value.parts)}


def request_data(request: Request) -> Data:
    """A request as data."""
    data: Data = {"method": request.method, **request.data, "timeout": request.timeout, "otherwise": request.otherwise}
    if request.fills:
        data["fills"] = [fill_data(each) for each in request.fills]
    if request.expect is not None:
        data["expect"] = request.expect
    if request.save:
        data["save"] = list(request.save)
    return {**data, "when": dict(request.when)} if request.when else data


# Reading


def read_fill(data: object) -> Fill:
    """A fill from its data."""
    fields = mapping(data)
    into = _INTO.get(fields.get("into", "text"))
    if into is None:
        raise unreadable("a value goes into what is neither `text` nor `ssml` nor `url`")
    types = names(fields.get("types", ["string"]))
    return Fill(_path(fields.get("path")), _template(fields), into, types, mapping(fields.get("limits", {})))


def read_set(data: object) -> Set:
    """What is remembered, from its data."""
    fields = mapping(data)
    return Set(names(fields.get("path")), _template(fields))


def read_request(data: object) -> Request:
    """A request from its data."""
    fields = mapping(data)
    method, timeout = _METHODS.get(fields.get("method")), fields.get("timeout")
    if method is None or isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 5:
        raise unreadable("a request has no method or no time limit")
    return Request(
        method,
        {key: fields[key] for key in ("url", "headers", "json") if key in fields},
        tuple([read_fill(each) for each in listed(fields.get("fills", []))]),
        float(timeout),
        fields.get("expect"),
        names(fields.get("save", [])),
        {key: name(each) for key, each in mapping(fields.get("when", {})).items()},
        name(fields.get("otherwise")),
    )


def read_pattern(fields: Data) -> str | None:
    """The pattern of a wait, if it has one."""
    pattern = maybe(fields, "pattern")
    try:
        return None if pattern is None else re.compile(pattern).pattern
    except (re.error, RecursionError, OverflowError):
        raise unreadable("a pattern is no regular expression") from None


def expression(data: object, depth: int = 0) -> Expression:
    """An expression from its data; it is checked for its depth alone, since evaluation takes anything."""
    if not isinstance(data, list) or depth > DEPTH_LIMIT:
        raise unreadable("an expression is no list, or too deep")
    literal = data[:1] == ["lit"]
    return tuple([expression(each, depth + 1) if isinstance(each, list) and not literal else each for each in data])


def names(data: object) -> tuple[str, ...]:
    """A list of names."""
    return tuple([name(each) for each in listed(data)])


def mapping(value: object) -> Data:
    """An object, or ValueError."""
    if isinstance(value, dict):
        return value
    raise unreadable("a part of it is no object")


def listed(value: object) -> list[object]:
    """An array, or ValueError."""
    if isinstance(value, list):
        return value
    raise unreadable("a part of it is no array")


def name(value: object) -> str:
    """A text, or ValueError."""
    if isinstance(value, str):
        return value
    raise unreadable("a name in it is no text")


def maybe(fields: Data, key: str) -> str | None:
    """The text at a key, if there is one."""
    return name(fields[key]) if key in fields else None


def unreadable(why: str) -> ValueError:
    """What is raised for data that is no program."""
    return ValueError(f"this is no program that flowc can read: {why}")


def _template(fields: Data) -> Template:
    return Template(tuple(_parts(fields.get("parts"))))


def _parts(data: object) -> Iterator[str | Expression]:
    for each in listed(data):
        yield each if isinstance(each, str) else expression(each)


def _path(data: object) -> Path:
    path = tuple(listed(data))
    if not path or not all(isinstance(each, str) or type(each) is int for each in path):
        raise unreadable("a value has no place")
    return tuple([each if isinstance(each, str) else int(str(each)) for each in path])
