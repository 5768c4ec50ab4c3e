"""URLs that the platform is to fetch, seen from where it stands: the open internet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..language.linking.asked import corrected, misspelt
from ..language.linking.origin import Placed
from ..language.reading import authority
from ..language.schema.faults import BAD_URL
from ..text.document import Place, child
from .moment import fields, is_placeholder, part
from .registry import Check, Said, check

REACHES: list[Check] = []
"""Checks of an action that holds URLs."""

_URL = r"(?i)(https?|wss?)://(?:([^/?#@\s]*)@)?(\[[^\]]*\]|[^/:?#\s]*)"
_NUMERIC = r"(?i)\[[0-9a-f:.]*\]|\d+(?:\.\d+)*"
_AT_HOME = frozenset(
    ("localhost", "localdomain", "local", "internal", "intranet", "lan", "corp", "home", "arpa", "test", "invalid")
)
_FOR_EXAMPLES = ("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:")
_LISTS = ("eventUrl", "streamUrl", "musicOnHoldUrl")


class Found(NamedTuple):
    """A URL, where it stands, and its pieces: scheme, credentials (with their offsets) and host."""

    place: Place
    url: str
    scheme: str
    credentials: tuple[int, int] | None
    host: str
    host_at: tuple[int, int]


@check("W380", "url-out-of-reach", REACHES)
def url_out_of_reach(placed: Placed) -> Iterator[Said]:
    """A URL that only your own machine or network can reach

    The platform fetches URLs from the open internet. `localhost`, a private address or a name that exists only inside
    a network leads it nowhere: the call goes on without an answer, or ends. Use the public name of your server; while
    developing, a tunnel gives you one.
    """
    for found in _urls(placed):
        if _is_private(found.host):
            place = part(found.place, found.url, *found.host_at)
            yield Said(place, f"the platform cannot reach `{found.host}`", "use a name that is known on the internet")


@check("W381", "plain-http", REACHES)
def plain_http(placed: Placed) -> Iterator[Said]:
    """A URL without encryption

    What callers press and say, their numbers and the flow itself cross the internet readable, and whoever stands on
    the way can answer in your place. The platform takes `https` and `wss` everywhere.
    """
    for found in _urls(placed):
        if found.scheme in ("http", "ws") and not _is_private(found.host):
            place = part(found.place, found.url, 0, len(found.scheme))
            yield Said(place, f"`{found.scheme}` is not encrypted", f"write `{found.scheme}s`")


@check("W382", "credentials-in-url", REACHES)
def credentials_in_url(placed: Placed) -> Iterator[Said]:
    """A user name or password in a URL

    The documents of a flow are files that anybody can fetch, and URLs are written to logs: what stands before the `@`
    is published. Protect the address by the platform's signed webhooks instead.
    """
    for found in _urls(placed):
        if found.credentials is not None:
            place = part(found.place, found.url, *found.credentials)
            yield Said(
                place, "this URL holds credentials, and everybody can read it", "take out what stands before the `@`"
            )


@check("W383", "unencoded-url", REACHES)
def unencoded_url(placed: Placed) -> Iterator[Said]:
    """A URL with a space, or with a letter that no URL has

    A URL is written in the letters of ASCII, without spaces. Whether the platform writes `ä` as a server knows it is
    not documented: where it does not, the audio is not played, or the answer of the caller gets lost. Write it
    percent-encoded, and the host as it is looked up.
    """
    for path, value in _written(placed.action):
        if isinstance(value, str) and not (value.isascii() and value.isprintable() and " " not in value):
            found = misspelt(value)
            if found is not None and not is_placeholder(re.sub(r"(?s)\{\{.*?\}\}", "", value)):
                name = f"`{found.character}`" if found.character.isprintable() else "such sign"
                name = "space" if found.character.isspace() else name
                place = part(placed.origin.at(*path), value, found.at, found.at + 1)
                message = f"a URL has no {name} in it; whether the platform encodes it is unknown"
                written = place != placed.origin.at(*path)
                yield Said(place, message, f"write `{found.right}`" if written else "percent-encode it in the value")


def _unreachable(placed: Placed) -> Iterator[Said]:
    """A URL that names no server that could be asked."""
    for path, value in _written(placed.action):
        wrong = authority.fault(value) if isinstance(value, str) else None
        if wrong is not None and not _stands_for_one(re.sub(r"(?s)\{\{.*?\}\}", "", str(value))):
            whole = placed.origin.at(*path)
            place = part(whole, str(value), wrong.start, wrong.end)
            hint = wrong.hint
            if place == whole and whole.owner is not None and whole.key is not None:
                hint = corrected(hint, str(child(whole.owner, whole.key)))
            yield Said(place, wrong.message, hint)


def _stands_for_one(url: str) -> bool:
    """Whether some of a URL is put in later, by whoever sends the document."""
    from ..language.explained import placeholders  # few documents have such a URL

    return is_placeholder(url) or placeholders.is_placeholder(url, words=True)


REACHES.append(Check(BAD_URL, _unreachable))


def _urls(placed: Placed) -> Iterator[Found]:
    """The URLs of an action that are http or ws, and whose host is no placeholder."""
    for path, value in _written(placed.action):
        found = re.match(_URL, value) if isinstance(value, str) else None
        if found is None or found.string[found.end() : found.end() + 1].isspace():  # a host is read no further
            continue
        if not is_placeholder(found.group()) and authority.fault(found.string) is None:
            span = found.span(2) if found.group(2) else None
            place = placed.origin.at(*path)
            yield Found(place, found.string, found.group(1).lower(), span, found.group(3).lower(), found.span(3))


def _written(action: dict[str, object]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    for name in _LISTS:
        if name in action:
            yield from _one((name,), action[name])
    if "transcription" in action:
        yield from _one(("transcription", "eventUrl"), fields(action["transcription"]).get("eventUrl"))
    if "ringbackTone" in action:
        yield ("ringbackTone",), action["ringbackTone"]
    if "endpoint" in action:
        yield from _of_endpoint(action["endpoint"])


def _of_endpoint(endpoints: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    endpoint = fields(endpoints[0] if isinstance(endpoints, list) and endpoints else None)
    if endpoint.get("type") == "websocket":
        yield ("endpoint", 0, "uri"), endpoint.get("uri")
    for name in ("url", "ringbackTone", "ringback"):
        yield ("endpoint", 0, "onAnswer", name), fields(endpoint.get("onAnswer")).get(name)


def _one(path: tuple[str | int, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """The URL of a list of one; of a raw document also where it stands without the list."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield (*path, index), each
    else:
        yield path, value


def _is_private(host: str) -> bool:
    if re.fullmatch(_NUMERIC, host):
        return _is_private_address(host.strip("[]"))
    last = host.rstrip(".").rpartition(".")
    return bool(host) and (last[2] in _AT_HOME or not last[1])


def _is_private_address(host: str) -> bool:
    import ipaddress

    if host.startswith(_FOR_EXAMPLES):
        return False
    try:
        return not ipaddress.ip_address(int(host) if host.isdigit() else host).is_global
    except ValueError:
        return False
