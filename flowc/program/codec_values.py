"""Values of a program that are known only in a call, as JSON data and back: templates, requests, what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeVar

from .evaluate import DEPTH_LIMIT, Expression
from .filling import TYPES
from .program import Fill, Into, Path, Request, Set
from .regular import fault
from .values import Template

Data = dict[str, object]
T = TypeVar("T")

_INTO: dict[object, Into] = {"text": "text", "ssml": "ssml", "url": "url", "phone": "phone"}
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


def read_fills(fields: Data, filled: object) -> tuple[Fill, ...]:
    """The fills of a part of a program, each of which leads to a leaf of what is filled."""
    return tuple([_fill(mapping(each), filled) for each in listed(fields.get("fills", []))])


def read_set(data: object) -> Set:
    """What is remembered, from its data."""
    fields = mapping(data)
    return Set(names(fields.get("path")), _template(fields))


def read_request(data: object) -> Request:
    """A request from its data."""
    fields = mapping(data)
    asked: Data = {key: fields[key] for key in ("url", "headers", "json") if key in fields}
    timeout = fields.get("timeout")
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 5:
        raise unreadable("a request has no time limit")
    if not isinstance(asked.get("url"), str) or not all(map(_is_text, mapping(fields.get("headers", {})).values())):
        raise unreadable("the URL or a header of a request is no text")
    return Request(
        _one(_METHODS, fields.get("method"), "a request is neither `GET` nor `POST`"),
        asked,
        read_fills(fields, (asked,)),
        float(timeout),
        fields.get("expect"),
        names(fields.get("save", [])),
        {key: name(each) for key, each in mapping(fields.get("when", {})).items()},
        name(fields.get("otherwise")),
    )


def read_pattern(fields: Data) -> str | None:
    """The pattern of a wait or of a field, if it has one. One that may take any time is refused."""
    pattern = maybe(fields, "pattern")
    why = None if pattern is None else fault(pattern)
    if why is not None:
        raise unreadable(f"a pattern {why}")
    return pattern


def expression(data: object, depth: int = 0) -> Expression:
    """An expression from its data; evaluation takes anything that is not too deep and reads only what has a name."""
    if not isinstance(data, list) or depth > DEPTH_LIMIT:
        raise unreadable("an expression is no list, or too deep")
    if data[:1] == ["path"] and not (len(data) > 1 and isinstance(data[1], str)):
        raise unreadable("an expression reads what has no name")
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


def _fill(fields: Data, filled: object) -> Fill:
    path = _path(fields.get("path"))
    owner = filled
    for key in path:
        owner = _child(owner, key)
    if not isinstance(owner, str):
        raise unreadable("a value leads to what is no text")
    types = names(fields.get("types", ["string"]))
    if not TYPES.issuperset(types):
        raise unreadable("a field takes a type that JSON has not")
    into = _one(_INTO, fields.get("into", "text"), "a value goes into what is no `text`, `ssml`, `url` or `phone`")
    return Fill(path, _template(fields), into, types, _limits(mapping(fields.get("limits", {}))))


def _limits(limits: Data) -> Data:
    """The limits of a field, as they can be looked at."""
    for key in ("minLength", "maxLength", "minimum", "maximum"):
        if isinstance(limits.get(key, 0), bool) or not isinstance(limits.get(key, 0), int | float):
            raise unreadable("a limit of a field is no number")
    read_pattern(limits)
    listed(limits.get("enum", []))
    return limits


def _child(owner: object, key: str | int) -> object:
    if isinstance(owner, dict) and isinstance(key, str) and key in owner:
        return owner[key]
    if isinstance(owner, list | tuple) and isinstance(key, int) and 0 <= key < len(owner):
        return owner[key]
    raise unreadable("a value leads to no place")


def _one(known: Mapping[object, T], value: object, otherwise: str) -> T:
    """What a word stands for."""
    if isinstance(value, str) and value in known:
        return known[value]
    raise unreadable(otherwise)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _template(fields: Data) -> Template:
    return Template(tuple(_parts(fields.get("parts"))))


def _parts(data: object) -> Iterator[str | Expression]:
    for each in listed(data):
        yield each if isinstance(each, str) else expression(each)


def _path(data: object) -> Path:
    path = tuple([each for each in listed(data) if isinstance(each, str) or type(each) is int])
    if len(path) < max(len(listed(data)), 2):
        raise unreadable("a value has no place")
    return path
