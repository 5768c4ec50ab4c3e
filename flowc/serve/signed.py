"""Signed webhooks: whether a request comes from the platform, for us, now, as it was sent.

The rule (reference, signed webhooks): `Authorization: Bearer` and a JWT, signed with HS256 and the account's signature
secret; `iat` is when it was sent, `jti` its own id, `payload_hash` the SHA-256 of its body (by GET: of its query, as a
JSON object), `api_key` and `application_id` whose it is.
"""

from __future__ import annotations

import binascii
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from .reading import data_of

SECONDS = 300
"""How far `iat` may lie from now, to both sides."""

LEAST_SECRET = 4
"""Characters of a signature secret."""

MOST_CHARACTERS = 8192
"""Characters of a token."""

LONGEST_ID = 256
"""Characters of a `jti`."""


class SignatureError(Exception):
    """A request that is not taken for the platform's; its text says why, for the log and never for who asked."""


class Signer(NamedTuple):
    """Whose requests are ours: the secrets that may have signed them, the accounts and applications they may be of."""

    secrets: tuple[bytes, ...]
    api_keys: frozenset[str]
    applications: frozenset[str]

    def __repr__(self) -> str:
        return f"Signer({len(self.secrets)} secrets, {sorted(self.api_keys)}, {sorted(self.applications)})"


def faults(signer: Signer) -> Iterator[str]:
    """What keeps a signer from telling whose a request is."""
    if not signer.secrets:
        yield "there is no signature secret"
    if any(len(secret) < LEAST_SECRET for secret in signer.secrets):
        yield f"a signature secret has at least {LEAST_SECRET} characters"
    if not signer.api_keys:
        yield "there is no API key of the account"
    if not signer.applications:
        yield "there is no id of the application"


def verify(signer: Signer, authorization: bytes, payload: Iterable[str], now: float) -> str:
    """The id (`jti`) of a request with a good `Authorization` header. Whether it was seen before is asked elsewhere.

    `payload` are the SHA-256 that the request may have, as hexadecimal (see `body_hashes`, `query_hashes`). Raises
    SignatureError for any other header.
    """
    claims = _claims(signer.secrets, _token(authorization))
    hashed = claims.get("payload_hash")
    if not isinstance(hashed, str) or hashed.lower() not in payload:
        raise SignatureError("its content is not what was signed")
    account, application = claims.get("api_key"), claims.get("application_id")
    if not isinstance(account, str) or account not in signer.api_keys:
        raise SignatureError("it is of another account")
    if not isinstance(application, str) or application not in signer.applications:
        raise SignatureError("it is of another application")
    return _timely(claims, now)


def body_hashes(body: bytes) -> Iterator[str]:
    """What `payload_hash` may be of a body: that of its bytes, then that of the same JSON without spaces."""
    yield sha256(body).hexdigest()
    try:
        compact = _compact(json.loads(body))
    except (ValueError, RecursionError):
        return
    yield sha256(compact).hexdigest()


def query_hashes(query: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What `payload_hash` may be of a query: its parameters in order as one JSON object, without spaces.

    What is an object travels in a query as JSON text (reference, input webhook by GET); whether it is hashed as the
    text or as the object is not documented, so both are looked for.
    """
    yield sha256(_compact(dict(query))).hexdigest()
    yield sha256(_compact({name: _object(value) for name, value in query})).hexdigest()


def _object(value: str) -> object:
    if value == "null":
        return None
    if not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _compact(data: object) -> bytes:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def _token(authorization: bytes) -> bytes:
    scheme, _, token = authorization.partition(b" ")
    if scheme.lower() != b"bearer":
        raise SignatureError("it is not signed")
    if len(token) > MOST_CHARACTERS or not token.isascii():
        raise SignatureError("its token cannot be read")
    return token


def _claims(secrets: Sequence[bytes], token: bytes) -> Mapping[str, object]:
    """The claims of a token that one of the secrets has signed."""
    signing, _, given = token.rpartition(b".")
    head, _, body = signing.partition(b".")
    if _algorithm(head) != "HS256":
        raise SignatureError("it is not signed with HS256")
    for secret in secrets:
        if hmac.compare_digest(_encoded(_signature(secret, signing)), given):
            break
    else:
        raise SignatureError("its signature is not ours")
    claims = _json(body)
    if not isinstance(claims, dict):
        raise SignatureError("its token cannot be read")
    return claims


def _signature(secret: bytes, signing: bytes) -> bytes:
    signed = _keyed(secret).copy()
    signed.update(signing)
    return signed.digest()


@lru_cache(16)
def _keyed(secret: bytes) -> hmac.HMAC:
    """What signs with a secret, to be copied: the secret is hashed but once."""
    return hmac.new(secret, digestmod="sha256")


@lru_cache(64)
def _algorithm(head: bytes) -> object:
    """The algorithm that the head of a token names; it is the same text in token after token."""
    fields = _json(head)
    if not isinstance(fields, dict) or "crit" in fields or "b64" in fields:
        raise SignatureError("its token cannot be read")
    return fields.get("alg")


def _timely(claims: Mapping[str, object], now: float) -> str:
    """The id of a token that holds now."""
    iat, jti = _seconds(claims["iat"]) if "iat" in claims else None, claims.get("jti")
    if iat is None or abs(now - iat) > SECONDS:
        raise SignatureError("it was not sent within the last five minutes")
    if ("exp" in claims and now >= _seconds(claims["exp"])) or (
        "nbf" in claims and now < _seconds(claims["nbf"]) - SECONDS
    ):
        raise SignatureError("its token does not hold at this time")
    if not isinstance(jti, str) or not 1 <= len(jti) <= LONGEST_ID:
        raise SignatureError("it has no id")
    return jti


_NUMBERS = (int, float)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, _NUMBERS) or not abs(value) < 2**53:
        raise SignatureError("its token cannot be read")
    return value


def _encoded(data: bytes) -> bytes:
    """Bytes as a segment of a token."""
    return binascii.b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=")


def _json(segment: bytes) -> object:
    """What a segment of a token holds; Python's decoder would skip what is no base64."""
    try:
        return data_of(binascii.a2b_base64(segment.translate(_FROM_URL) + b"=="))
    except ValueError:
        raise SignatureError("its token cannot be read") from None


_TO_URL, _FROM_URL = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")
