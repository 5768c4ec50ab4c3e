"""What a person sees of the server beside the steps of calls: its log in words, and requests that lead nowhere."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..output import print_text
from .steps import line

if TYPE_CHECKING:
    from ...serve.flows import Served
    from ...serve.responder import Request

_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def typed(fault: str, *, compiled: bool) -> str:
    """What keeps flows from being served, with what is typed here against it; `compiled` where we compile them."""
    from ...serve.flows import BY_A_BUILD

    fault = fault.replace("set FLOWC_SIGNED=no", "say `--unsigned`")
    return fault.replace(BY_A_BUILD, ": `flowc serve") if compiled else fault


def log_in_words(level: str, *, compiled: bool) -> None:
    """Have the server's log, from a level on, written to stderr for a person."""
    from ...serve.log import LOGGER

    handler = _Words(compiled=compiled)
    for each in tuple(LOGGER.handlers):
        LOGGER.removeHandler(each)
    LOGGER.addHandler(handler)
    LOGGER.setLevel(_LEVELS.get(level, logging.WARNING))
    LOGGER.propagate = False


class _Words(logging.Handler):
    """Writes each record as a line of words."""

    def __init__(self, *, compiled: bool) -> None:
        super().__init__()
        self._compiled = compiled

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        fields: Mapping[str, object] = getattr(record, "fields", {})
        words = typed(_words(str(record.msg), fields), compiled=self._compiled)
        print_text(f"{line(str(fields.get('conversation') or '-'), words)}\n", aside=True)


def _words(event: str, fields: Mapping[str, object]) -> str:
    """A record in words: where, what happened, why, and what else is known of it."""
    flow, at, fault = fields.get("flow"), fields.get("at"), fields.get("fault")
    where = f"{flow}/{at}: " if flow and at else f"{flow}: " if flow else ""
    why = f": {fields['why']}" if fields.get("why") else ""
    told = f": {fault[0]} at {fault[-1]}" if isinstance(fault, list) and len(fault) > 1 and not why else ""
    rest = ", ".join([f"{name} {value}" for name, value in fields.items() if name not in _TOLD])
    return f"{where}{event}{why}{told}{f' ({rest})' if rest else ''}"


_TOLD = {"flow", "at", "fault", "why", "conversation"}


def nowhere(request: Request, status: int, served: Served) -> str:
    """A request that was refused before it came to a flow, and the URL that may have been meant, as a line."""
    path = request.path.encode(errors="replace").decode()[:200] or "(a path with an encoded slash)"
    return line("-", f"{request.method} {path}: {status}, {_REFUSED.get(status, _other)(request, served)}")


def _no_path(request: Request, served: Served) -> str:
    paths = [each for each in served.routes if each not in ("/answer", "/events")]
    meant = next(iter(_meant(request.path, served, paths)), None)
    url = f"did you mean {_url(meant, served)} ?" if meant is not None else f"a call is answered at {_first(served)}"
    return f"nothing is served there; {url}"


def _no_method(request: Request, served: Served) -> str:
    return "webhooks come by POST or GET"


def _busy(request: Request, served: Served) -> str:
    return "too many requests at a time"


def _other(request: Request, served: Served) -> str:
    return "refused"


_REFUSED = {404: _no_path, 405: _no_method, 503: _busy}


def _meant(path: str, served: Served, paths: Iterable[str]) -> Iterator[str]:
    """The paths that are likely to be meant by one, the likeliest first."""
    flow = served.flows.get(path.strip("/").partition("/")[0].removesuffix(".json"))
    if flow is not None and "/" not in path.strip("/"):
        yield f"/{flow.name}/{flow.program.start}.json"
    for near in ("/answer", "/events"):
        if path.rstrip("/").removesuffix("s") in (near, near.removesuffix("s")):
            yield near
    yield from get_close_matches(path, list(paths), n=1, cutoff=0.75)
    if flow is not None:
        yield f"/{flow.name}/{flow.program.start}.json"


def _first(served: Served) -> str:
    """Where a call is answered, for who has no idea."""
    if served.numbers:
        return f"{served.base_url}/answer"
    flow = next(iter(served.flows.values()))
    return _url(f"/{flow.name}/{flow.program.start}.json", served)


def _url(path: str | None, served: Served) -> str:
    from urllib.parse import urlsplit

    prefix = urlsplit(served.base_url).path
    return f"{served.base_url}{(path or '').removeprefix(prefix) if prefix else path}"
