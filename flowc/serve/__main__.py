"""`python -m flowc.serve`: serves the programs that the environment names, in processes of its own."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence

from . import ServeError, app

ABOUT = """\
Answers the webhooks of calls from the programs that `flowc build --target
server` wrote (the folder `program/` in its output).

SIGTERM and Ctrl-C end it when what has come in is answered. A changed program
is taken over within a second of the next request, and at once on SIGHUP.
/health, /ready and /metrics are for those who run it.
"""

VARIABLES = {
    "environment, without which it does not start": (
        ("FLOWC_PROGRAMS", "the folder `program/`; several, or files, apart by `:`"),
        ("FLOWC_SIGNATURE_SECRET", "whose webhooks are answered: the signature secret *"),
        ("FLOWC_API_KEY", "  the API key of the account *"),
        ("FLOWC_APPLICATION_ID", "  the id of the application *"),
        ("FLOWC_SIGNED", "or `no`: answer anybody, without these three"),
        ("FLOWC_SEAL_KEYS", "for flows that remember: a key of 32 characters or more,"),
        ("", "  `openssl rand -hex 32`; the first seals, each opens *"),
        ("FLOWC_PARAM_NAME", "the value of the secret param NAME of a flow"),
    ),
    "environment, where it is to be otherwise": (
        ("FLOWC_BASE_URL", "where the platform finds the server (as it was built)"),
        ("FLOWC_NUMBERS", "`442079460000=acme 442079460001=shop` (as it was built)"),
        ("FLOWC_REDIS_URL", "a Redis for all copies: webhooks that were seen, and what"),
        ("", "  a call remembers past 4 KB"),
        ("FLOWC_NETWORKS", "private networks that flows may ask: `10.0.0.0/8`"),
        ("FLOWC_LOG", "`info` (a line for each webhook), `warning` or `error`"),
        ("FLOWC_METRICS", "a folder in which several processes count together"),
        ("", "  (--workers makes one of its own)"),
        ("FLOWC_TRACING", "`yes`: spans of OpenTelemetry"),
    ),
}
"""What each variable means, by whether it is needed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve, and give the exit code."""
    gc.disable()  # until it serves: nothing of what is made now goes away
    asked = _parser().parse_args(arguments)
    try:
        if asked.workers == 1:
            return _one(asked.host, asked.port)
        return _several(asked.host, asked.port, asked.workers)
    except ServeError as fault:
        sys.stderr.write(fault.told("python -m flowc.serve"))
    except OSError as fault:
        print(f"python -m flowc.serve: --host {asked.host} --port {asked.port}: {fault.strerror}", file=sys.stderr)
    return 2


def _one(host: str, port: int) -> int:
    """Serve in this process."""
    from .listener import listen, run

    listening = listen(host, port)
    run(app(), listening)
    return 0


def _several(host: str, port: int, workers: int) -> int:
    """Serve in several processes, which count together."""
    from .counting import together
    from .listener import listen
    from .workers import serve

    app(environ={**os.environ, "FLOWC_METRICS": ""})  # what keeps it from being served is said once
    with together():
        return serve(app, listen(host, port), workers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m flowc.serve",
        description=ABOUT,
        epilog="\n".join(_variables()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen at (8000)")
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help="how many processes answer (1)")
    return parser


def _variables() -> Iterator[str]:
    width = max(len(name) for lines in VARIABLES.values() for name, _ in lines)
    for title, lines in VARIABLES.items():
        yield f"{title}:"
        yield from (f"  {name:<{width}}  {meaning}" for name, meaning in lines)
        yield ""
    yield "* one or several, apart by spaces, to exchange one for another"


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535")
    return number


def _workers(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("write a number from 1 to 256")
    return number


if __name__ == "__main__":
    sys.exit(main())
