"""What is called over HTTP: its URLs, how they are asked, and the key that signs webhooks."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from ...caller.platform.delivery import ANSWER_SECONDS, CONNECTION_SECONDS, EVENT_SECONDS, Setup
from ...caller.platform.options import OPTIONS
from ...caller.platform.signing import Key
from ...caller.platform.wire import Limits

_NAMES = ("SIGNATURE_SECRET", "API_KEY", "APPLICATION_ID")
_METHODS = click.Choice(["GET", "POST"], case_sensitive=False)


def _seconds(name: str, bounds: tuple[float, float], what: str) -> Callable[[Any], Any]:
    """An option for how long something may take; the longest is what is usual."""
    return click.option(
        name, type=click.FloatRange(*bounds), metavar="SECONDS", default=bounds[1], show_default=True, help=what
    )


_OPTIONS = (
    click.option(
        "--url", metavar="URL", help="Call what is hosted under this answer URL, in place of the flow itself."
    ),
    click.option("--method", type=_METHODS, default="GET", help="The method of the answer URL."),
    click.option("--event-url", metavar="URL", help="The event URL of what is called."),
    click.option("--event-method", type=_METHODS, default="POST", help="The method of the event URL."),
    click.option("--fallback-url", metavar="URL", help="The fallback URL of what is called."),
    click.option("--fallback-method", type=_METHODS, default="GET", help="The method of the fallback URL."),
    _seconds("--connection-timeout", CONNECTION_SECONDS, "How long a connection may take."),
    _seconds("--answer-timeout", ANSWER_SECONDS, "How long an answer or fallback URL may take."),
    _seconds("--event-timeout", EVENT_SECONDS, "How long any other URL may take."),
    click.option(
        "--signed",
        is_flag=True,
        help="Sign webhooks: FLOWC_SIGNATURE_SECRET, FLOWC_API_KEY and FLOWC_APPLICATION_ID say how.",
    ),
)


SUPPOSE = click.option(
    "--suppose",
    multiple=True,
    metavar="NAME",
    type=click.Choice([*OPTIONS]),
    help="Take what the platform's documents leave open otherwise than usual; `rests on` says the names.",
)


def hosted(command: Callable[..., int]) -> Callable[..., int]:
    """Options that say what is called over HTTP; the command has them as `setup`, which is None without a URL."""

    @wraps(command)
    def with_setup(**options: Any) -> int:
        setup = _setup(**{name: options.pop(name) for name in _NAMED})
        return command(setup=setup, **options)

    for option in reversed(_OPTIONS):
        with_setup = option(with_setup)
    return with_setup


_NAMED = (
    "url",
    "method",
    "event_url",
    "event_method",
    "fallback_url",
    "fallback_method",
    "connection_timeout",
    "answer_timeout",
    "event_timeout",
    "signed",
)


def _setup(
    url: str | None,
    method: str,
    event_url: str | None,
    event_method: str,
    fallback_url: str | None,
    fallback_method: str,
    connection_timeout: float,
    answer_timeout: float,
    event_timeout: float,
    *,
    signed: bool,
) -> Setup | None:
    """What was typed of it; None where no URL was. Raises UsageError where that does not go together."""
    if url is None:
        _refuse_alone()
        return None
    for name, each in (("--url", url), ("--event-url", event_url), ("--fallback-url", fallback_url)):
        if each is not None and not _is_url(each):
            raise click.UsageError(
                f"{name} {each}: write a full URL, such as https://ivr.example.com/acme/welcome.json"
            )
    return Setup(
        url,
        method,
        event_url,
        event_method,
        fallback_url,
        fallback_method,
        Limits(connection_timeout, answer_timeout),
        Limits(connection_timeout, event_timeout),
        _key() if signed else None,
    )


def _refuse_alone() -> None:
    """Raise UsageError for the first option that says nothing without a URL."""
    context = click.get_current_context()
    for name in _NAMED:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name.replace('_', '-')} goes with --url")


def _is_url(written: str) -> bool:
    """Whether this is the URL of something that can be asked over HTTP."""
    try:
        parts = urlsplit(written)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return sound and all(" " < each < "\x7f" for each in written)
    except ValueError:
        return False


def _key() -> Key:
    """The key that the environment names, by the same names as for the server that checks it."""
    found = [os.environ.get(f"FLOWC_{name}", "").replace(",", " ").split() for name in _NAMES]
    missing = [f"FLOWC_{name}" for name, words in zip(_NAMES, found, strict=True) if not words]
    if missing:
        raise click.UsageError(f"--signed: set {', '.join(missing)} in the environment")
    secret, api_key, application = (words[0] for words in found)
    return Key(secret.encode(), api_key, application)
