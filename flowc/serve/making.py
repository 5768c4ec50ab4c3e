"""Makes the application of what it is started with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..program.program import Program
from . import log
from .answers import Answers
from .application import Application
from .constant import asks_outside, remembers
from .flows import Served, horizons, served
from .limits import Limits
from .links import Links
from .metrics import Metrics, metrics
from .networks import Network, networks
from .programs import Programs
from .responder import Means, Responder, Watch
from .service import Parts
from .settings import ServeError, is_on, level, misnamed, numbers, secrets
from .sources import program_files, read, site
from .store import RedisStore, Store, is_url
from .tracing import Tracing
from .verified import Verifier

Made = TypeVar("Made")


class Given(NamedTuple):
    """What the application is started with; what is None is taken from the environment."""

    programs: str | Path | Program | Sequence[str | Path | Program] | None
    base_url: str | None
    numbers: Mapping[str, str] | None
    signed: bool | None
    limits: Limits
    networks: Iterable[str] | None
    tracing: bool | None
    watch: Watch | None


def made(given: Given, environ: Mapping[str, str]) -> Application:
    """The application. Raises ServeError for what keeps it from being served: a line for each thing."""
    faults: list[str] = []
    log.to_stderr(_tried(lambda: level(environ), faults) or "info")
    signed = _tried(lambda: _signed(given, environ), faults)
    known = _tried(lambda: secrets(environ, signed=signed is not False), faults) if signed is not None else None
    traces = _tried(lambda: _traces(given, environ), faults)
    allowed = _tried(lambda: _networks(given, environ), faults)
    programs = _tried(lambda: _programs(given, environ, traces=bool(traces)), faults)
    if faults or known is None or allowed is None or programs is None:
        raise ServeError("\n".join([*faults, *misnamed(environ)]))
    for line in misnamed(environ):
        log.warning("a variable is not read", why=line)
    store: Store | None = RedisStore(known.redis) if known.redis else None
    if not signed:
        log.warning("webhooks are not verified: anybody is taken for the platform")
    counted = _counted(environ.get("FLOWC_METRICS"))
    tracing = Tracing(on=bool(traces))
    answers = Answers(Links(known.seals, store), counted, tracing, allowed)
    verifier = Verifier(known.signer, store)
    responder = Responder(Means(programs, answers, counted, tracing, given.limits.answer, given.watch))
    return Application(Parts(programs, verifier, responder, counted, given.limits, store))


def _tried(make: Callable[[], Made], faults: list[str]) -> Made | None:
    """What is made, or nothing, and why in `faults`: all that is wrong is said at once."""
    try:
        return make()
    except ServeError as fault:
        faults.append(str(fault))
        return None


def _programs(given: Given, environ: Mapping[str, str], *, traces: bool) -> Programs:
    """What is served. Raises ServeError."""
    sources = _sources(given.programs, environ)
    paths = [each for each in sources if isinstance(each, Path)]
    return Programs(lambda: _served(sources, given, environ, traces=traces), paths)


def _signed(given: Given, environ: Mapping[str, str]) -> bool:
    return given.signed if given.signed is not None else is_on(environ, "SIGNED", otherwise=True)


def _counted(folder: str | None) -> Metrics:
    """Counters at nought: of this process alone, or together with others in a folder."""
    if not folder:
        return metrics()
    from .tally import tally

    return tally(folder)


def _traces(given: Given, environ: Mapping[str, str]) -> bool:
    return given.tracing if given.tracing is not None else is_on(environ, "TRACING", otherwise=False)


def _sources(programs: object, environ: Mapping[str, str]) -> list[Path | Program]:
    """The files, folders and programs that are served."""
    if programs is None:
        programs = [each for each in environ.get("FLOWC_PROGRAMS", "").split(os.pathsep) if each]
    if isinstance(programs, str | Path | Program):
        programs = [programs]
    if not isinstance(programs, Sequence) or not programs:
        raise ServeError("there are no programs: set FLOWC_PROGRAMS to the folder `program/` that `flowc build` wrote")
    return [each if isinstance(each, Program) else Path(each) for each in programs]


def _served(sources: Sequence[Path | Program], given: Given, environ: Mapping[str, str], *, traces: bool) -> Served:
    """What lies in the sources now."""
    programs: list[Program] = []
    written: dict[str, object] = {}
    for each in sources:
        if isinstance(each, Program):
            programs.append(each)
        else:
            programs += [read(path) for path in program_files(each)]
            written |= site(each)
    base_url = given.base_url or environ.get("FLOWC_BASE_URL") or written.get("base_url")
    if not isinstance(base_url, str):
        raise ServeError("there is no base URL: set FLOWC_BASE_URL to where the platform finds this server")
    faults = list(_lacking(programs, environ, traces=traces))
    try:
        found = served(programs, base_url, _numbers(given, environ, written), environ)
    except ServeError as fault:
        faults.append(str(fault))
    if faults:
        raise ServeError("\n".join(faults))
    for last in sorted(set(horizons(found.flows.values())))[:1]:
        why = "build the flows anew, so that the holidays of the years after it are known"
        log.warning("holidays run out", until=last.isoformat(), why=why)
    return found


def _lacking(programs: Sequence[Program], environ: Mapping[str, str], *, traces: bool) -> Iterator[str]:
    """What programs, and what else is wanted, need that is not here."""
    remembering = [program.flow for program in programs if remembers(program)]
    if remembering and not environ.get("FLOWC_SEAL_KEYS"):
        hint = "set FLOWC_SEAL_KEYS to a key to seal it with: `openssl rand -hex 32`"
        yield f"the flow `{remembering[0]}` remembers something of a call: {hint}"
    url = environ.get("FLOWC_REDIS_URL", "")
    needs = {
        "cryptography": ("serve", any(map(remembers, programs))),
        "h11": ("serve", any(map(asks_outside, programs))),
        "redis": ("redis", bool(url)),
        "opentelemetry": ("otel", traces),
    }
    lacking = [name for name, (_, needed) in needs.items() if needed and find_spec(name) is None]
    for name in lacking:
        yield f"there is no package {name} here: pip install 'flowc[{needs[name][0]}]'"
    if url and "redis" not in lacking and not is_url(url):
        yield "FLOWC_REDIS_URL is no URL of a Redis: write `redis://HOST:6379/0`"


def _numbers(given: Given, environ: Mapping[str, str], written: Mapping[str, object]) -> Mapping[str, str]:
    if given.numbers is not None:
        return given.numbers
    if environ.get("FLOWC_NUMBERS"):
        return numbers(environ["FLOWC_NUMBERS"])
    found = written.get("numbers", {})
    return {str(number): str(flow) for number, flow in found.items()} if isinstance(found, dict) else {}


def _networks(given: Given, environ: Mapping[str, str]) -> tuple[Network, ...]:
    names = given.networks if given.networks is not None else environ.get("FLOWC_NETWORKS", "").split()
    try:
        return networks(names)
    except ValueError as fault:
        raise ServeError(f"FLOWC_NETWORKS: {fault}") from None
