"""What the server is started with: arguments, and where one is not given, the environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .seal import Seals
from .signed import Signer, faults

PREFIX = "FLOWC_"

NAMES = frozenset(
    PREFIX + each
    for each in (
        *("PROGRAMS", "BASE_URL", "NUMBERS", "SIGNED", "SIGNATURE_SECRET", "API_KEY", "APPLICATION_ID", "SEAL_KEYS"),
        *("REDIS_URL", "NETWORKS", "LOG", "METRICS", "TRACING"),
    )
)
"""The variables that are read, beside those of secret params."""


class ServeError(ValueError):
    """What keeps programs from being served: a line for each thing that is to be done."""

    def told(self, by: str) -> str:
        """All lines, as a command says them."""
        return "".join(f"{by}: {line}\n" for line in str(self).splitlines())


NOT_STARTED = 3
"""uvicorn ends with it where an application does not start, and gunicorn replaces no worker that ended with it."""


class Secrets(NamedTuple):
    """What only the environment knows. A signer of None takes every request for the platform's."""

    signer: Signer | None
    seals: Seals | None
    redis: str | None


def secrets(environ: Mapping[str, str], *, signed: bool) -> Secrets:
    """The secrets in the environment. Raises ServeError, with what to set, where something is missing or too short."""
    keys = _words(environ, "SEAL_KEYS")
    try:
        seals = Seals(keys) if keys else None
    except ValueError as fault:
        raise ServeError("\n".join([f"FLOWC_SEAL_KEYS: {fault}", *_unsigned(environ, signed=signed)])) from None
    for line in _unsigned(environ, signed=signed):
        raise ServeError(line)
    return Secrets(_signer(environ) if signed else None, seals, environ.get(PREFIX + "REDIS_URL") or None)


def _unsigned(environ: Mapping[str, str], *, signed: bool) -> Iterator[str]:
    """What keeps webhooks from being verified that are to be."""
    found = list(faults(_signer(environ))) if signed else []
    if found:
        yield (
            f"webhooks cannot be verified: {', '.join(found)}; set FLOWC_SIGNATURE_SECRET, FLOWC_API_KEY and "
            "FLOWC_APPLICATION_ID as the platform's dashboard has them, or set FLOWC_SIGNED=no to take requests from "
            "anybody"
        )


def _signer(environ: Mapping[str, str]) -> Signer:
    return Signer(
        tuple([each.encode() for each in _words(environ, "SIGNATURE_SECRET")]),
        frozenset(_words(environ, "API_KEY")),
        frozenset(_words(environ, "APPLICATION_ID")),
    )


def level(environ: Mapping[str, str]) -> str:
    """From which level on the log is written. Raises ServeError."""
    found = environ.get(PREFIX + "LOG", "info").lower()
    if found not in ("info", "warning", "error"):
        raise ServeError(f"FLOWC_LOG: `{found}` is no level: write `info`, `warning` or `error`")
    return found


def is_on(environ: Mapping[str, str], name: str, *, otherwise: bool) -> bool:
    """What a variable switches on or off. Raises ServeError for a word that does neither."""
    word = environ.get(PREFIX + name, "").lower()
    if word and word not in _SWITCHES:
        raise ServeError(f"FLOWC_{name}: `{word}` is neither `yes` nor `no`")
    return _SWITCHES.get(word, otherwise)


_SWITCHES = dict.fromkeys(("yes", "on", "true", "1"), True) | dict.fromkeys(("no", "off", "false", "0"), False)


def misnamed(environ: Mapping[str, str]) -> Iterator[str]:
    """What is to be said of variables that nobody reads, and whose names are nearly those that are read."""
    strays = [each for each in environ if each.startswith(PREFIX) and each not in NAMES]
    for name in [each for each in strays if not each.startswith(f"{PREFIX}PARAM_")]:
        from difflib import get_close_matches

        for meant in get_close_matches(name, NAMES, n=1, cutoff=_NEAR):
            yield f"{name} is set, which nothing reads: did you mean {meant}?"


_NEAR = 0.8
"""How like another name has to be, of 1."""


def numbers(text: str) -> dict[str, str]:
    """Numbers and the flows that they play, from `442079460000=acme 442079460001=shop`. Raises ServeError."""
    found = {}
    for each in text.split():
        number, sign, flow = each.partition("=")
        if not (number and sign and flow) or set(flow) & set(",;="):
            raise ServeError(
                f"FLOWC_NUMBERS: `{each}` is no number and flow: write `442079460000=acme 442079460001=shop`"
            )
        found[number] = flow
    return found


def _words(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The values of a variable, in the order in which they are tried: a new one is put first, an old one taken out."""
    return tuple(environ.get(PREFIX + name, "").split())
