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
from ..program.files import wait_name
from ..program.machine import MOST_RETURNS, Position, failed
from ..program.misfits import unusable
from ..program.program import Program
from ..program.understand import Event
from . import log
from .constant import constant
from .private import behind_choices
from .settings import ServeError
from .written import as_json

BY_A_BUILD = " where the flow is built: `flowc build"
"""What it says of open params where they are to be bound; `flowc serve`, which builds by itself, says its own."""

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

    A `sensitive` answer is never to be written down; which way it leads would tell it. Nor is it told of which call a
    webhook is that comes behind such a choice (`private`). At some, what the call remembers is read (`reads`): its URL
    then has a seal.
    """

    kind: Kind
    flow: Flow | None = None
    at: str = ""
    position: Position = Position("")
    sensitive: bool = False
    reads: bool = False
    private: bool = False

    def call(self, conversation: str) -> str:
        """The call that a webhook there is about, as it may be told: which one it is, or nothing."""
        return "" if self.private else conversation


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
    programs = list(programs)
    complete = list(_complete(programs))
    absent = [line for each in complete for line in _absent(each, environ)]
    if absent:
        raise ServeError("\n".join(absent))
    for program in complete:
        if program.flow in flows:
            raise ServeError(f"two programs are called `{program.flow}`: leave one of them out")
        flows[program.flow] = _flow(program, environ)
    for number, name in numbers.items():
        if name not in flows:
            raise ServeError(f"the number {number} plays `{name}`, {_unserved(name, programs)}")
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


def _unserved(name: str, programs: Sequence[Program]) -> str:
    """Why a flow is not served that a number plays."""
    for program in programs:
        if program.flow == name:
            return f"and {next(_faults(program))}"
    known = ", ".join([f"`{each.flow}`" for each in programs])
    return f"and there is no program of that name: there is {known}"


def _complete(programs: Sequence[Program]) -> Iterator[Program]:
    """The programs without open params; all, where there is none."""
    complete = [each for each in programs if not _open(each)] or programs
    for each in programs:
        if each in complete:
            yield each
        else:
            log.warning("flow not served", flow=each.flow, why=next(_faults(each)))


def _open(program: Program) -> list[str]:
    """The params that documents still read, and that nothing has bound."""
    opened = [each.open for each in program.documents.values()] + [each.open for each in program.waits.values()]
    return list(dict.fromkeys(name for each in opened for name in each))


def _faults(program: Program) -> Iterator[str]:
    """What in a program cannot be served."""
    names = _open(program)
    if names:
        options = " ".join([f"--param {name}=…" for name in names])
        yield f"{_are_open(names)}{BY_A_BUILD} {options}`"
    for name, document in program.documents.items():
        for keyword in unusable(document.requests.expect) if document.requests else ():
            yield f"`{keyword}` in the `expect` of its document `{name}` cannot be looked at"


def _are_open(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"its param `{names[0]}` is open: bind it"
    return f"its params {', '.join([f'`{name}`' for name in names])} are open: bind them"


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
    program, base, private = flow.program, f"/{flow.name}/", behind_choices(flow.program)
    for name, document in program.documents.items():
        kind: Kind = "begin" if name == program.start else "document"
        reads = kind == "document" and bool(flow.carried.documents[name])
        hidden = name in private
        yield f"{base}{name}.json", Route(kind, flow, f"{name}.json", Position(name), reads=reads, private=hidden)
        asks = document.requests is not None and name not in program.waits
        for returns in range(1, MOST_RETURNS + 1) if asks else ():
            at, reads = wait_name(name, returns), bool(flow.carried.documents[name])
            yield base + at, Route("wait", flow, at, Position(name, returns), reads=reads, private=hidden)
    for name, wait in program.waits.items():
        for attempt in range(1, max(len(wait.failures), 1) + 1):
            at = wait_name(name, attempt)
            reads = bool(flow.carried.waits[name])
            yield base + at, Route("wait", flow, at, Position(name, attempt), wait.sensitive, reads, name in private)


def _plain(numbers: Mapping[str, str]) -> dict[str, str]:
    """Numbers as webhooks have them: digits alone."""
    for number in numbers:
        if not re.fullmatch(r"\+?[0-9]{1,20}", number):
            raise ServeError(f"`{number}` is no phone number: write its digits, with the country code")
    return {number.lstrip("+"): flow for number, flow in numbers.items()}
