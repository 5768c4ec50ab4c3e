"""Secrets that would be published: every document of a flow is a file that anybody can fetch.

No message repeats what it found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.linking.origin import Placed
from .moment import is_placeholder, part, words
from .registry import Check, Said, check

HOLDS: list[Check] = []
"""Checks of an action that holds data or URLs."""

SAYS: list[Check] = []
"""Checks of a `talk`."""

Path = tuple[str | int, ...]

_SIGNS = (
    r"(?P<token>eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,})"
    r"|(?P<private>-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY)"
    r"|\b(?:Bearer|Basic) (?P<login>[\w.~+/=-]{12,})"
    r"|\b(?P<key>(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_\w{36}|xox[abprs]-[\w-]{10,}|AIza[\w-]{35}|[sr]k_(?:live|test)_\w{16,})\b"
    r"|(?i:[?&;](?:[\w.-]{0,40}[_-])?(?:api[_-]?key|secret|(?:access|auth)[_-]?token|token|password|passwd|pwd)=)"
    r"(?P<named>[^&#\s]{6,})"
)
_QUICK = ("eyJ", "-----BEGIN", "Bearer ", "Basic ", "=", "AKIA", "ASIA", "gh", "xox", "AIza", "k_live_", "k_test_")
_KINDS = {
    "token": "a signed token",
    "private": "a private key",
    "login": "the credentials of a login",
    "key": "a key of a service",
    "named": "a key or a password",
}
_NAMES = (
    r"(?i)(?:.*[_-])?(?:api[_-]?key|secret|secret[_-]?key|(?:access|auth|id|refresh)[_-]?token|token|password|passwd"
    r"|pwd|pin|passcode|private[_-]?key|access[_-]?key|authorization)"
)
_PIN = (
    r"(?i)(?:(?P<before>\w+)[ -])?\b(?P<what>pin|p\.i\.n\.|passcode|pass code|password|code|código|clave|codice|senha"
    r"|contraseña|kennwort|passwort|geheimzahl|mot de passe|wachtwoord|toegangscode|zugangscode)\b"
    r"(?: number| nummer)?(?: secret)?(?: (?:of|for|to|für|de|du|del|van) (?:\w+ ){0,3}\w+)?\W{1,3}"
    r"(?:(?:is|ist|lautet|est|es|è|é)\b\W{1,3}(?:le |la |der |die |the )?)?"
    r"(?P<pin>\d(?:[\s,.-]{0,3}\d){3,9})(?![\s,.-]?\d)"
)
_PIN_QUICK = (
    "pin",
    "p.i.n",
    "code",
    "pass",
    "clave",
    "codi",
    "códi",
    "senha",
    "contras",
    "kennwort",
    "geheim",
    "wachtw",
)
_FOUR_DIGITS = re.compile(r"\d(?:[\s,.-]{0,3}\d){3}")
_PUBLIC = (
    "zip|post(?:al)?|area|country|dial(?:l?ing)?|city|error|status|promo(?:tion)?|discount|voucher|product|order|bar|qr"
    "|dress|booking|reservation|reference|route"
)


@check("W390", "published-secret", HOLDS)
def published_secret(placed: Placed) -> Iterator[Said]:
    """A secret in a published file

    A document of a flow is fetched by the platform without a password, so anybody else can fetch it too: a key, token
    or password in it is known to all. Withdraw the secret, and let the receiver tell the platform by its signed
    webhooks.
    """
    for path, value in _texts(placed.action):
        found = _secret(path, value)
        if found is not None:
            kind, start, end = found
            place = part(placed.origin.at(*path), value, start, end)
            yield Said(place, f"{kind}, in a file that anybody can fetch", "withdraw it, and keep it on the server")


@check("W391", "spoken-pin", SAYS)
def spoken_pin(placed: Placed) -> Iterator[Said]:
    """A PIN or password in a prompt

    The prompt tells a PIN, a password or a code to whoever calls, and to whoever fetches the file. If it is meant to
    keep anybody out, ask for it and compare it on a server.
    """
    text = words(placed)
    small = text.lower()
    found = re.search(_PIN, text) if any(word in small for word in _PIN_QUICK) else None
    if found is not None and not re.fullmatch(_PUBLIC, (found.group("before") or "").lower()):
        place = part(placed.origin.at("text"), text, *found.span("pin"))
        yield Said(place, f"this tells a {found.group('what')} to everybody", "say it only to those who may know it")


def may_be_said(text: str) -> bool:
    """Whether a text has as many digits as a PIN, so that it is worth a look."""
    return _FOUR_DIGITS.search(text) is not None


def _secret(path: Path, value: str) -> tuple[str, int, int] | None:
    """What kind of secret a text holds and from where to where."""
    if _is_named_secret(path) and _is_secret(value):
        return _KINDS["named"], 0, len(value)
    found = re.search(_SIGNS, value) if any(sign in value for sign in _QUICK) else None
    if found is None:
        return None
    kind = next(each for each in _KINDS if found.group(each))
    sure = kind in ("private", "token") or _is_secret(found.group(kind))
    return (_KINDS[kind], *found.span(kind)) if sure else None


def _is_named_secret(path: Path) -> bool:
    """Whether the name of a value says that it is secret: `apiKey`, or `value` of `authorization`."""
    name = path[-1]
    if not isinstance(name, str) or len(path) < 2:
        return False
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.fullmatch(_NAMES, snake) is not None or path[-2:] == ("authorization", "value")


def _is_secret(value: str) -> bool:
    """Whether a text could be a real secret: not put in later, not too plain, not a word of an example."""
    mixed = any(each.isdigit() for each in value) or (len(value) >= 12 and not value.islower() and not value.isupper())
    return len(value) >= 4 and len(set(value)) > 2 and mixed and " " not in value and not is_placeholder(value)


def _texts(action: dict[str, object]) -> Iterator[tuple[Path, str]]:
    """Every text of an action with its path."""
    pending: list[tuple[Path, object]] = [((key,), value) for key, value in action.items() if key != "action"]
    while pending:
        path, value = pending.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, int) and not isinstance(value, bool):
            yield path, str(value)
        elif isinstance(value, dict):
            pending += [((*path, key), each) for key, each in value.items()]
        elif isinstance(value, list):
            pending += [((*path, index), each) for index, each in enumerate(value)]
