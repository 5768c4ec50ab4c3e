"""Signed webhooks: a JWT in the Authorization header (reference, signed webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from typing import NamedTuple


class Key(NamedTuple):
    """The signature secret of an account, and the names that go with it."""

    secret: bytes
    api_key: str = "00000000"
    application: str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"


def authorization(key: Key, payload: bytes, at: int) -> str:
    """The header's value for a payload, signed with HS256, with an id that no other token has.

    `payload` is what is hashed: the body of a POST, of a GET the parameters as a JSON object. `at` is the moment in
    seconds since the epoch.
    """
    claims = {
        "iat": at,
        "jti": str(uuid.uuid4()),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(payload).hexdigest(),
        "api_key": key.api_key,
        "application_id": key.application,
    }
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    return f"Bearer {signed}.{_base64(hmac.new(key.secret, signed.encode(), hashlib.sha256).digest())}"


def _part(data: object) -> str:
    return _base64(json.dumps(data, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
