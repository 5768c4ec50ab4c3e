"""Makes the application of what it is started with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

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
from .settings import Secrets, ServeError, is_on, level, numbers, secrets
from .sources import program_files, read, site
from .store import RedisStore, Store, is_url
from .tracing import Tracing
from .verified import Verifier


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
    """The application. Raises ServeError for what keeps it from being served."""
    log.to_stderr(level(environ))
    signed = given.signed if given.signed is not None else is_on(environ, "SIGNED", otherwise=True)
    known, programs = _known(environ, signed=signed), _programs(given, environ)
    if isinstance(known, ServeError) or isinstance(programs, ServeError):
        raise ServeError("\n".join([str(each) for each in (known, programs) if isinstance(each, ServeError)]))
    store: Store | None = RedisStore(known.redis) if known.redis else None
    if not signed:
        log.warning("webhooks are not verified: anybody is taken for the platform")
    counted = _counted(environ.get("FLOWC_METRICS"))
    tracing = Tracing(on=_traces(given, environ))
    answers = Answers(Links(known.seals, store), counted, tracing, _networks(given, environ))
    verifier = Verifier(known.signer, store)
    responder = Responder(Means(programs, answers, counted, tracing, given.limits.answer, given.watch))
    return Application(Parts(programs, verifier, responder, counted, given.limits, store))


def _known(environ: Mapping[str, str], *, signed: bool) -> Secrets | ServeError:
    """The secrets, or what is wrong with them: all that is missing is said at once."""
    try:
        return secrets(environ, signed=signed)
    except ServeError as fault:
        return fault


def _programs(given: Given, environ: Mapping[str, str]) -> Programs | ServeError:
    """What is served, or why it cannot be."""
    try:
        sources = _sources(given.programs, environ)
        paths = [each for each in sources if isinstance(each, Path)]
        return Programs(lambda: _served(sources, given, environ), paths)
    except ServeError as fault:
        return fault


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


def _served(sources: Sequence[Path | Program], given: Given, environ: Mapping[str, str]) -> Served:
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
    faults = list(_lacking(programs, environ, traces=_traces(given, environ)))
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
