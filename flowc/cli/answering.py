"""What is called over HTTP: its URLs, and the key that signs webhooks."""

from __future__ import annotations

import os

import click

from ..caller.platform.delivery import Setup
from ..caller.platform.signing import Key

_NAMES = ("SIGNATURE_SECRET", "API_KEY", "APPLICATION_ID")


def answering(
    url: str | None, method: str, event_url: str | None, fallback_url: str | None, *, signed: bool
) -> Setup | None:
    """What was typed of it; None where no URL was. Raises UsageError where that does not go together."""
    if url is not None:
        return Setup(url, method, event_url, fallback_url=fallback_url, key=_key() if signed else None)
    if event_url or fallback_url or signed:
        raise click.UsageError("--event-url, --fallback-url and --signed go with --url")
    return None


def _key() -> Key:
    """The key that the environment names, by the same names as for the server that checks it."""
    found = [os.environ.get(f"FLOWC_{name}", "").replace(",", " ").split() for name in _NAMES]
    missing = [f"FLOWC_{name}" for name, words in zip(_NAMES, found, strict=True) if not words]
    if missing:
        raise click.UsageError(f"--signed: set {', '.join(missing)} in the environment")
    secret, api_key, application = (words[0] for words in found)
    return Key(secret.encode(), api_key, application)
