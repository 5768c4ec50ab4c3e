"""What a webhook says, from a JSON body or a query, and the call that it is about.

Spellings are those of the reference (answer webhook; input webhook, by POST and by GET).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

from .reading import data_of

Fields = Mapping[str, object]
"""The members of a webhook's body, or the parameters of its query, as JSON data."""

MOST_PARAMETERS = 200

_NESTED = re.compile(r"(dtmf|speech)(?:\[([a-z_]+)\]|\.([a-z_]+))")
_DIGITS = re.compile(r"[0-9]{1,20}")
_CALL = ("from", "to", "uuid", "conversation_uuid", "endpoint_type", "custom_data")
_SIP = "SipHeader_"
_FORM = re.compile(rb"[^=&{}<>\s]+=[^\s{}<>]*")
_LOOKED_AT = 1000
"""Bytes of a body that is no JSON that are looked at to say what it is."""


class Unread(dict[str, object]):
    """The members of a body that is no JSON object: none. `why` says what it is, in words without anything of it."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


def of_body(body: bytes) -> Fields:
    """The members of a JSON body; none of one that is no JSON object."""
    try:
        data = data_of(body)
    except ValueError:
        return Unread(_kind(body))
    return data if isinstance(data, dict) else Unread(f"JSON that is {_KINDS.get(type(data), 'a number')}")


_KINDS = {list: "an array", str: "text", bool: "`true` or `false`", type(None): "`null`"}


def _kind(body: bytes) -> str:
    """What a body is that is no JSON."""
    text = body[:_LOOKED_AT].strip()
    if not text:
        return "empty"
    if _FORM.fullmatch(text):
        return "a form (`name=value`)"
    if text.startswith(b"<"):
        return "XML or HTML"
    return "JSON with a mistake, or cut off" if text.startswith((b"{", b"[")) else "no JSON"


def of_query(parameters: Sequence[tuple[str, str]]) -> Fields:
    """The parameters of a query as a body would have them: objects are JSON text there, nothing is `null`.

    Of a parameter that stands twice the first one counts. `dtmf[digits]=1` and `dtmf.digits=1` are read as well.
    """
    fields: dict[str, object] = {}
    for name, text in parameters:
        nested = _NESTED.fullmatch(name)
        if nested is None:
            fields.setdefault(name, _value(text))
        elif isinstance(inner := fields.setdefault(nested[1], {}), dict):
            inner.setdefault(nested[2] or nested[3], _value(text))
    return fields


def parameters(query: bytes) -> tuple[tuple[str, str], ...]:
    """The parameters of a query in order, decoded. What is no UTF-8 is replaced, what is past our limit left out."""
    return tuple([_parameter(each) for each in query.split(b"&", MOST_PARAMETERS)[:MOST_PARAMETERS] if each])


def conversation(fields: Fields) -> str:
    """The conversation that a webhook is about; it is the same in all webhooks of a call."""
    return _text(fields.get("conversation_uuid"))


def called(fields: Fields) -> str:
    """The number that was called, digits alone."""
    number = _text(fields.get("to")).strip(" +")
    return number if _DIGITS.fullmatch(number) else ""


def call(fields: Fields) -> dict[str, object]:
    """What is known of a call when it arrives, by the names that a flow has for it."""
    known = {name: fields[name] for name in _CALL if fields.get(name) is not None}
    if fields.get("from_user") is not None:
        known["user"] = fields["from_user"]
    sip = {name[len(_SIP) :]: value for name, value in fields.items() if name.startswith(_SIP)}
    return {**known, "sip": sip} if sip else known


def _parameter(text: bytes) -> tuple[str, str]:
    name, _, value = text.partition(b"=")
    return _decoded(name), _decoded(value)


def _decoded(text: bytes) -> str:
    if b"%" not in text and b"+" not in text:
        return text.decode(errors="replace")
    return unquote_to_bytes(text.replace(b"+", b" ")).decode(errors="replace")


def _value(text: str) -> object:
    if text == "null":
        return None
    if not text.startswith(("{", "[")):
        return text
    try:
        return data_of(text.encode())
    except ValueError:
        return {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
