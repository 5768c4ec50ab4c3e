"""The programs that are served, and which URL leads where in them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from ..program.calendar import ends
from ..program.carried import Carried, carried
from ..program.expected import unusable
from ..program.files import wait_name
from ..program.machine import Position, failed
from ..program.program import Program
from ..program.understand import Event
from . import log
from .constant import constant
from .settings import ServeError
from .written import as_json

Kind = Literal["begin", "document", "wait", "answer", "events"]


class Flow(NamedTuple):
    """A program to be served.

    `constant` are the documents that are the same for every call. `failures` are what a caller hears where the
    server cannot answer, by the documents that say it. `carried` is what has to be remembered where.
    """

    program: Program
    constant: frozenset[str]
    failures: Mapping[str, bytes]
    carried: Carried

    @property
    def name(self) -> str:
        """The flow's name, the first part of its URLs."""
        return self.program.flow

    def failed(self, at: str) -> bytes | None:
        """What a caller hears where the server cannot answer at a document or a wait, if the flow says it."""
        return self.failures.get(self.program.failure_at(at) or "")


class Route(NamedTuple):
    """Where a URL leads. `at` is what it ends in: the name of a document with `.json`, or of a wait and its attempt.

    `position` is that wait, or has the name of the document.

    A `sensitive` answer is never to be written down; which way it leads would tell it. At some, what the call remembers
    is read (`reads`): its URL then has a seal.
    """

    kind: Kind
    flow: Flow | None = None
    at: str = ""
    position: Position = Position("")
    sensitive: bool = False
    reads: bool = False


class Served(NamedTuple):
    """All flows by name, their URLs by path, and the flow that each number plays."""

    flows: Mapping[str, Flow]
    routes: Mapping[str, Route]
    numbers: Mapping[str, str]
    base_url: str

    def called(self, number: str) -> Flow | None:
        """The flow that a number plays. Where no number is known, a single flow plays for all."""
        if not self.numbers and len(self.flows) == 1:
            return next(iter(self.flows.values()))
        return self.flows.get(self.numbers.get(number, ""))


def served(
    programs: Iterable[Program], base_url: str, numbers: Mapping[str, str], environ: Mapping[str, str]
) -> Served:
    """Programs, ready to be served at a URL, with their secrets from the environment. Raises ServeError.

    Those with open params are for others to use, or for `flowc render`: they are left out, unless there are no others.
    """
    base = _base(base_url)
    flows: dict[str, Flow] = {}
    complete = list(_complete(list(programs)))
    absent = [line for each in complete for line in _absent(each, environ)]
    if absent:
        raise ServeError("\n".join(absent))
    for program in complete:
        if program.flow in flows:
            raise ServeError(f"two programs are called `{program.flow}`")
        flows[program.flow] = _flow(program, environ)
    for number, name in numbers.items():
        if name not in flows:
            raise ServeError(f"the number {number} plays `{name}`, and there is no program of that name")
    return Served(flows, dict(_routes(flows.values(), urlsplit(base).path)), _plain(numbers), base)


def horizons(flows: Iterable[Flow]) -> Iterator[date]:
    """The days up to which the holidays of calendars are known, if that is less than a year ahead."""
    now = time.time()
    for flow in flows:
        for calendar in flow.program.hours.values():
            last = ends(calendar, now)
            if last is not None:
                yield last


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in url:
        raise ServeError(f"`{url}` cannot be the base URL: write `https://HOST` or `https://HOST/PATH`")
    return url.rstrip("/")


def _flow(program: Program, environ: Mapping[str, str]) -> Flow:
    for fault in _faults(program):
        raise ServeError(f"the flow `{program.flow}`: {fault}")
    secrets = {name: _secret(name, environ) for name in program.secrets}
    program = program._replace(params={**program.params, **secrets})
    now = Event(now=time.time())
    replies = [failed(program, now, at) for at in ("", *program.failures)]
    said = {each.document: as_json(each.actions) for each in replies if each}
    return Flow(program, constant(program), said, carried(program))


def _complete(programs: Sequence[Program]) -> Iterator[Program]:
    """The programs without open params; all, where there is none."""
    complete = [each for each in programs if not _open(each)] or programs
    for each in programs:
        if each in complete:
            yield each
        else:
            params = ", ".join(_open(each))
            log.warning("flow not served", flow=each.flow, why=f"params of it are open: {params}")


def _open(program: Program) -> list[str]:
    """The params that documents still read, and that nothing has bound."""
    opened = [each.open for each in program.documents.values()] + [each.open for each in program.waits.values()]
    return list(dict.fromkeys(name for each in opened for name in each))


def _faults(program: Program) -> Iterator[str]:
    """What in a program cannot be served."""
    for name in _open(program):
        yield f"its param `{name}` is open: bind it where it is built, `flowc build --param {name}=…`"
    for name, document in program.documents.items():
        for keyword in unusable(document.requests.expect) if document.requests else ():
            yield f"`{keyword}` in the `expect` of its document `{name}` cannot be looked at"


def _absent(program: Program, environ: Mapping[str, str]) -> Iterator[str]:
    """What is to be set for the secret params that the environment has not."""
    for name in program.secrets:
        if not _secret(name, environ):
            variable = f"FLOWC_PARAM_{name.upper()}"
            yield f"the flow `{program.flow}` has a secret param `{name}`: set {variable}, the one place for its value"


def _secret(name: str, environ: Mapping[str, str]) -> str:
    """The value of a secret param, if the environment has one; a file that it comes from often ends in a line break."""
    return (environ.get(f"FLOWC_PARAM_{name}") or environ.get(f"FLOWC_PARAM_{name.upper()}") or "").strip()


def _routes(flows: Iterable[Flow], prefix: str) -> Iterator[tuple[str, Route]]:
    """Every path, with the path of the base URL before it and, for a proxy that takes it away, without."""
    routes = [("/answer", Route("answer")), ("/events", Route("events"))]
    for path, route in [*routes, *(each for flow in flows for each in _of_flow(flow))]:
        yield path, route
        if prefix:
            yield prefix + path, route


def _of_flow(flow: Flow) -> Iterator[tuple[str, Route]]:
    program, base = flow.program, f"/{flow.name}/"
    for name, document in program.documents.items():
        kind: Kind = "begin" if name == program.start else "document"
        reads = kind == "document" and bool(flow.carried.documents[name])
        yield f"{base}{name}.json", Route(kind, flow, f"{name}.json", Position(name), reads=reads)
        if document.requests is not None and name not in program.waits:
            yield base + name, Route("wait", flow, name, Position(name), reads=bool(flow.carried.documents[name]))
    for name, wait in program.waits.items():
        for attempt in range(1, max(len(wait.failures), 1) + 1):
            at = wait_name(name, attempt)
            reads = bool(flow.carried.waits[name])
            yield base + at, Route("wait", flow, at, Position(name, attempt), wait.sensitive, reads)


def _plain(numbers: Mapping[str, str]) -> dict[str, str]:
    """Numbers as webhooks have them: digits alone."""
    for number in numbers:
        if not re.fullmatch(r"\+?[0-9]{1,20}", number):
            raise ServeError(f"`{number}` is no phone number: write its digits, with the country code")
    return {number.lstrip("+"): flow for number, flow in numbers.items()}
