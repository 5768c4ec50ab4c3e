"""The sites of a project: where its flows are hosted, and with which params."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..text.diagnostics import Rule
from ..text.document import Place
from ..text.nearest import nearest
from .file import OUTSIDE_PROJECT
from .settings import MISSING_SETTING, Settings

UNKNOWN_HOST = Rule(
    "E616",
    "unknown-host",
    """A site's `target` is no host that flowc can build for.

Nothing can be built for this site, so no caller reaches a flow there.

Write one of the hosts that the report names.""",
)
BAD_BASE_URL = Rule(
    "E617",
    "bad-base-url",
    """A site's `base_url` is not an absolute http or https URL without user name, query and fragment.

Every URL that the platform asks for during a call is made by adding a path to it. One that is not absolute is never
reached; a query or fragment would swallow the path; a password in it would be published in every file.

Write the scheme, the host and, if need be, a path: `https://ivr.example.com`.""",
)
BAD_SITE_NAME = Rule(
    "E620",
    "bad-site-name",
    """A site has a name that can be no folder.

A site is built into `build/NAME`. A name with a slash or a dot at its beginning would lead somewhere else, perhaps over
the documents that callers of another site hear.

Write letters, digits, `.`, `_` and `-`, and no dot at the beginning: `production`, `staging-2`.""",
)
BAD_SERVER_PATH = Rule(
    "E621",
    "bad-server-path",
    """A site's `root` or `socket` is no absolute path.

It is written into the server's configuration for another machine, where nobody knows a folder that it could begin in:
the server would look for the documents elsewhere, and answer no call.

Write the path on the machine that serves the site, from `/` on: `/srv/ivr`.""",
)

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_PATH = re.compile(r"/[^\x00-\x1f\x7f]*")

Params = Mapping[str, object] | str
"""Values of params by name, or the path (from the project's folder) of a file that holds them."""


class Site(NamedTuple):
    """A place where the flows are hosted: the host they are built for, its URL, and the params bound there.

    `root` and `socket` are paths on the machine that serves it, where that is another than the one that builds.
    """

    name: str
    target: str
    base_url: str
    params: Params
    root: str | None = None
    socket: str | None = None


def sites_of(sites: Settings) -> Iterator[tuple[str, Site]]:
    """The sites that are sound, by name; what is wrong with the others is said."""
    for name in sites.owner:
        site = sites.inner(name)
        if not isinstance(sites.get(name), dict | None):
            continue
        site.only("target", "base_url", "params", "root", "socket")
        missing = [key for key in ("target", "base_url") if site.get(key) is None]
        if missing:
            hint = f"add {' and '.join(f'`{key}`' for key in missing)}"
            site.report(MISSING_SETTING.at(sites.key(name), f"the site `{name}` has no `{missing[0]}`", hint))
        target, base_url, root, socket = _target(site), _base_url(site), _path(site, "root"), _path(site, "socket")
        if _named(name, sites) and target is not None and base_url is not None:
            yield name, Site(name, target, base_url, params_of(site), root, socket)


def _named(name: str, sites: Settings) -> bool:
    if _NAME.fullmatch(name):
        return True
    message = f"`{name}` can be no site's name: a site is built into a folder of its name"
    sites.report(BAD_SITE_NAME.at(sites.key(name), message, "write letters, digits, `.`, `_` and `-`"))
    return False


def _path(site: Settings, key: str) -> str | None:
    """An absolute path on the machine that serves a site; whether it is there, nobody here knows."""
    path = site.text(key)
    if path is None or (_PATH.fullmatch(path) and ".." not in path.split("/")):
        return path if path in (None, "/") else path.rstrip("/")
    message = f"`{path}` is no absolute path"
    site.report(BAD_SERVER_PATH.at(site.value(key), message, f"{key}: /srv/ivr{'.sock' * (key == 'socket')}"))
    return None


def _target(site: Settings) -> str | None:
    from ..hosting import NAMES

    target = site.text("target")
    if target is None or target in NAMES:
        return target
    meant = nearest(target, NAMES)
    hint = f"did you mean `{meant}`?" if meant else f"flowc builds for {', '.join(f'`{name}`' for name in NAMES)}"
    site.report(UNKNOWN_HOST.at(site.value("target"), f"there is no host `{target}`", hint))
    return None


def _base_url(site: Settings) -> str | None:
    url = site.text("base_url")
    fault = url_fault(url) if url is not None else None
    if fault:
        site.report(BAD_BASE_URL.at(site.value("base_url"), f"this URL {fault}", "base_url: https://ivr.example.com"))
    return None if fault else url


def url_fault(url: str) -> str | None:
    """What keeps a text from being a base URL, or nothing."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        port_and_host = parts.port, parts.hostname
    except ValueError:
        return "is not well-formed"
    if parts.scheme not in ("http", "https") or not port_and_host[1]:
        return "is not absolute: it begins with neither `https://` nor `http://` and a host"
    if "@" in parts.netloc:
        return "holds a user name or password, which every file would publish"
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        return "holds a query or a fragment, after which no path can be added"
    return "holds a space or a line break" if re.search(r"[\s\\\x00-\x1f]", url) else None


def params_of(settings: Settings) -> Params:
    """The `params` of a project or of a site: by name, or the path of a file within the project."""
    found = settings.get("params")
    if isinstance(found, str):
        return found if inside(found, settings.value("params"), settings) else {}
    return settings.inner("params").owner


def inside(path: str, place: Place, settings: Settings) -> bool:
    """Whether a path of the project file stays in its folder, as written; links are followed when it is read."""
    depth = 0
    for name in path.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(name, 1)
        if depth < 0 or path.startswith("/") or "\0" in path:
            message = f"`{path}` leads out of the project's folder"
            settings.report(OUTSIDE_PROJECT.at(place, message, "copy the file into it"))
            return False
    return True
