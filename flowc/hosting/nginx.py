"""nginx, with no module: files, and one table from a wait and a key to the file that answers.

A key is in the body of a request, and nginx has read the body only when it hands the request on. So it hands it on to
itself, over a unix socket, with the key in a header; there the table is asked. It is asked twice: for the key, then for
`-` (silence) or `?` (any other key).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from ..program.files import wait_name
from ..program.needs import listens
from ..program.program import Program, Wait
from .host import Host, Site, Tree, documents
from .nginx_config import hash_sizes, http, server

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._~/-]*")
_KEYS = re.compile(r"[0-9*#]{1,32}")
_STATUS = re.compile(r"[a-z_]{1,32}")
_NUMBER = re.compile(r"\+?([0-9]{1,20})")
_BASE = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~-]+)*")
_PATH = re.compile(r"/[^\x00-\x1f\x7f\"$*?\[\\{}]*")
_SOCKET_BYTES = 107
"""The longest path of a unix socket, in bytes (Linux, sockaddr_un)."""


def files(program: Program, base_url: str) -> Tree:
    """The documents of a flow and its lines of the table."""
    return {**documents(program, base_url), f"nginx/flows/{program.flow}.map": table(program)}


def table(program: Program) -> bytes:
    """The lines of a flow: from the path of a wait and a key to the path of the document that answers.

    Raises ValueError for a name that is none.
    """
    for name in (program.flow, *program.waits, *program.documents):
        _name(name)
    lines = ["# a wait and a key (`-`: silence, `?`: any other), and the file that answers"]
    for name, wait in program.waits.items():
        lines += _outcomes(program, name, wait) if wait.on == "outcome" else _answers(program, name, wait)
    return "\n".join([*lines, ""]).encode()


def site(site: Site) -> Tree:
    """The configuration that stands once: what goes into `http { }` and into `server { }`, and the phone numbers."""
    tag, prefix, socket = _tag(site), _prefix(site), socket_path(site)
    if not _PATH.fullmatch(site.root):
        raise ValueError(f"nginx cannot be given files in `{site.root}`: build into a folder with a plain name")
    return {
        "nginx/hash.conf": hash_sizes().encode(),
        "nginx/http.conf": http(tag, site.root, socket, site.base_url).encode(),
        "nginx/server.conf": server(tag, prefix, socket, site.base_url).encode(),
        "nginx/numbers.map": _numbers(site),
    }


def notes(site: Site) -> tuple[str, ...]:
    """Where the files go."""
    folder = f"{site.root}/nginx"
    return (
        "into `http { }` of nginx.conf:",
        f'    include "{folder}/hash.conf";  # once, for all sites',
        f'    include "{folder}/http.conf";',
        f"into the `server {{ }}` of {urlsplit(site.base_url).netloc}:",
        f'    include "{folder}/server.conf";',
        "after every build: nginx -t && nginx -s reload",
    )


_CAN = frozenset({"file", "caller", "answer", "outcome"})
NGINX = Host("nginx", _CAN, files, site, notes, events="/events", answer="/answer")


def socket_path(site: Site) -> str:
    """The unix socket over which nginx asks itself; made up of the URL, so two sites on a machine have two.

    It lies in `/run`, where nginx, started by root, may make it and nobody else may. A URL of the loopback is a trial,
    whose nginx may well be started by somebody else: there it lies in `/tmp`.
    """
    folder = "/tmp" if urlsplit(site.base_url).hostname in ("localhost", "127.0.0.1", "::1") else "/run"
    path = site.socket or f"{folder}/flowc-{_slug(site.base_url)}.sock"
    if not _PATH.fullmatch(path) or " " in path or ";" in path or len(path.encode()) > _SOCKET_BYTES:
        raise ValueError(f"`{path}` cannot be the path of a unix socket: at most {_SOCKET_BYTES} plain characters")
    return path


# The table


def _answers(program: Program, name: str, wait: Wait) -> Iterator[str]:
    """The lines of a question, for each attempt. Words are not in it: they are refused at their line."""
    base = f"/{program.flow}/"
    keys = [(spelling, to) for key, to in wait.exits.items() if not _is_word(wait, key) for spelling in spellings(key)]
    for attempt, failure in enumerate(wait.failures, 1):
        here = f'"{base}{wait_name(name, attempt)}'
        ways = [*keys, ("-", failure.no_input), ("?", wait.answered or failure.no_match)]
        yield from [f'{here} {key}" {base}{document}.json;' for key, document in ways]


def _is_word(wait: Wait, key: str) -> bool:
    return listens(wait) and not _KEYS.fullmatch(key)


def _outcomes(program: Program, name: str, wait: Wait) -> Iterator[str]:
    """The lines of a call to somebody else; any other status finds none and is answered with `[]`."""
    for status, document in wait.exits.items():
        if not _STATUS.fullmatch(status):
            raise ValueError(f"nginx cannot be given the status `{status}`")
        yield f'"/{program.flow}/{name} {status}" /{program.flow}/{document}.json;'


def spellings(key: str) -> list[str]:
    """Keys as they may stand in a query, which nginx does not decode. Case does not matter to a map."""
    if not _KEYS.fullmatch(key):
        raise ValueError(f"nginx cannot be given the key `{key}`")
    if key.isdecimal():
        return [key]
    stars = key.replace("*", "%2A")
    return list(dict.fromkeys([key, stars, key.replace("#", "%23"), stars.replace("#", "%23")]))


def _numbers(site: Site) -> bytes:
    lines = ["# a phone number, and the file that answers it"]
    for number, flow in site.numbers.items():
        digits = _NUMBER.fullmatch(number)
        if digits is None:
            raise ValueError(f"nginx cannot be given the phone number `{number}`")
        lines.append(f"{digits[1]} /{_name(flow)}/{_name(site.starts[flow])}.json;")
    return "\n".join([*lines, ""]).encode()


# Names


def _name(name: str) -> str:
    """A name as it may stand in the table, unquoted."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise ValueError(f"nginx cannot be given the name `{name}`")
    return name


def _prefix(site: Site) -> str:
    """The path of the base URL with a slash at its end."""
    if not _BASE.fullmatch(site.base_url):
        raise ValueError(
            f"nginx cannot be given the URL `{site.base_url}`: write `https://HOST` or `https://HOST/PATH`"
        )
    return urlsplit(site.base_url).path + "/"


def _tag(site: Site) -> str:
    """What makes the variables of a site its own. Short: the room for names of variables is small by default."""
    return f"flowc_{sha256(site.base_url.encode()).hexdigest()[:6]}"


def _slug(base_url: str) -> str:
    """Host and path of a URL as one word."""
    return re.sub(r"[^a-z0-9.]+", "-", base_url.lower().partition("://")[2]).strip("-")
