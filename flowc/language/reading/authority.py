"""The server that a URL names: what of it keeps every request from being made."""

from __future__ import annotations

import re
from typing import NamedTuple

_VALUE = "\0"
"""Stands for each character of a value that is put in when it is known."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SURE = re.compile(rf"(?as)(?:https?|wss?)://(?:{_LABEL}\.){{0,3}}(?=[a-z]){_LABEL}(?::[1-9]\d{{0,3}})?(?:[/?#].*)?")
_PARTS = re.compile(r"(?i)((?:https?|wss?)://)(?:([^/?#]*)@)?(\[[^\]/?#]*\]?|[^:/?#]*)([^/?#]*)")
_MOST_PORT = 65535
_LONGEST_PART, _LONGEST_HOST = 63, 253
_LONGEST = 300
"""Characters of a URL that is written out in a hint."""


class Fault(NamedTuple):
    """What is wrong, what to do, and where in the URL it stands."""

    message: str
    hint: str
    start: int
    end: int


def fault(url: str) -> Fault | None:
    """What keeps the server of a URL from being reached; None where nothing does, or where it is known later.

    A password in it is not repeated.
    """
    if _SURE.fullmatch(url):
        return None
    found = _PARTS.match(_sketch(url))
    if found is None:
        return None
    scheme, _, host, rest = found.groups()
    behind = url[found.end() :] if len(url) <= _LONGEST else "/…"
    if not host:
        return Fault("this URL names no host", f"write `{scheme}HOST{_path(behind)}`", 0, len(url))
    wrong = _host(host, url[slice(*found.span(3))])
    if wrong is not None:
        message, right = wrong
        hint = f"write `{scheme}{right}{rest}{behind}`" if right and _VALUE not in right + rest else _CORRECT
        return Fault(message, hint, *found.span(3))
    if _is_port(rest):
        return None
    hint = f"write `{scheme}{url[slice(*found.span(3))]}{_path(behind)}`, or a port from 1 to {_MOST_PORT}"
    return Fault(f"`{rest[:_LONGEST_PART]}` is no port", hint, *found.span(4))


def credentials(url: str) -> Fault | None:
    """A user name or password in a URL that is asked with one's own headers; None where there is none."""
    found = _PARTS.match(_sketch(url)) if "@" in url else None
    if found is None or found[2] is None:
        return None
    header = '`headers: {Authorization: "Basic {{ params.key }}"}`'
    hint = f"take it out with the `@`, and write {header}, with `key: {{type: secret}}` under `params`"
    message = "a user or a password is not sent from a URL, but in a header, from a `secret` param"
    return Fault(message, hint, *found.span(2))


_CORRECT = "correct the host: `https://HOST/`"


def _sketch(url: str) -> str:
    """A URL with signs in place of the values in it."""
    return re.sub(r"(?s)\{\{.*?\}\}", lambda value: _VALUE * len(value[0]), url) if "{{" in url else url


def _host(name: str, written: str) -> tuple[str, str] | None:
    """What is wrong with a host, and how it is right, if that is known."""
    if name.startswith("["):
        return _address(name, written)
    if len(name) > _LONGEST_HOST and _VALUE not in name:
        return f"this host has {len(name):,} characters, more than {_LONGEST_HOST}", ""
    parts = name.removesuffix(".").split(".")
    if not all(parts):
        right = ".".join(filter(None, parts))
        return f"`{written}` is no host: nothing stands before one of its dots", right
    if max(map(len, parts)) > _LONGEST_PART and _VALUE not in name:
        return f"no host is so long: a part of one has at most {_LONGEST_PART} characters", ""
    strange = next((each for each in name if each.isascii() and each.isprintable() and each not in _IN_HOSTS), None)
    if strange is not None and strange != " ":
        return f"no host has a `{strange}` in its name", ""
    if any(each[0] == "-" or each[-1] == "-" for each in parts):
        return f"`{written}` is no host: no part of one begins or ends with `-`", ".".join(_without_edges(parts))
    return _numbers(written, parts) if len(parts) > 1 and all(map(_is_number, parts)) else None


def _without_edges(parts: list[str]) -> list[str]:
    return [each for each in (part.strip("-") for part in parts) if each]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _numbers(written: str, parts: list[str]) -> tuple[str, str] | None:
    """What is wrong with an address of IPv4; each number of a whole one is up to 255, and begins with no 0."""
    if len(parts) == 4 and all(len(each) < 4 and int(each) < 256 and str(int(each)) == each for each in parts):
        return None
    return f"`{written}` is no address of IPv4: one is four numbers from 0 to 255, such as `192.0.2.1`", ""


_IN_HOSTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")


def _address(name: str, written: str) -> tuple[str, str] | None:
    """What is wrong with an address of IPv6."""
    from ipaddress import IPv6Address

    try:
        IPv6Address(name[1:-1] if name.endswith("]") else "")
    except ValueError:
        if _VALUE in name:
            return None
        return f"`{written}` is no address of IPv6 in brackets, such as `[2001:db8::1]`", ""
    return None


def _is_port(text: str) -> bool:
    """Whether what stands behind a host may be a port, or nothing."""
    if text in ("", ":") or _VALUE in text:
        return True
    return re.fullmatch(":[0-9]{1,5}", text, re.ASCII) is not None and 0 < int(text[1:]) <= _MOST_PORT


def _path(rest: str) -> str:
    return rest if rest[:1] in ("/", "?", "#") else "/"
