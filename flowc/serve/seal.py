"""What a call remembers, as a part of a URL: encrypted, authenticated, bound to its place and its call, expiring.

A seal is `version | key id | expiry | nonce | AES-256-GCM`, in URL-safe base64. The key of a seal is derived from the
server's key and the call, so a nonce made by chance has only to differ from those of the same call, and a seal of one
call opens in no other. Where it belongs (flow and document) and its expiry are authenticated with it.
"""

from __future__ import annotations

import hmac
import os
import re
import struct
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECONDS = 4 * 3600
"""How long a seal can be opened: longer than the platform leaves two parties together (reference, connect: 7200 s)."""

LEAST_KEY = 32
"""Characters of a key."""

MOST_BYTES = 256 * 1024
"""Bytes that a seal may hold, unpacked."""

_PLAIN, _PACKED = 1, 2
_HEAD = struct.Struct(">B4sI")
_NONCE = 12
_TAG = 16
_WORTH_PACKING = 200
_SEAL = re.compile(r"[A-Za-z0-9_-]{44,}")


class SealError(Exception):
    """A seal that does not open; its text says why, for the log and never for who asked."""


class Place(NamedTuple):
    """Where a seal belongs: the flow, the wait or document whose URL it is in, the conversation of the call."""

    flow: str
    at: str
    conversation: str


class _Key(NamedTuple):
    id: bytes
    secret: bytes


class Seals:
    """Seals with the first of its keys, opens with each of them."""

    def __init__(self, keys: Sequence[str], seconds: int = SECONDS) -> None:
        """Raises ValueError for no key, or one that is too short to be secret."""
        if not keys:
            raise ValueError("there is no key to seal with")
        if any(len(key) < LEAST_KEY for key in keys):
            raise ValueError(f"a key to seal with has at least {LEAST_KEY} characters: type `openssl rand -hex 32`")
        self._keys = [_key(each) for each in keys]
        self._seconds = seconds

    def seal(self, data: bytes, place: Place, now: float) -> str:
        """Data as a part of a URL, to be opened at a place until it expires. `now` is in seconds since the epoch."""
        kind, packed = _packed(data)
        first = self._keys[0]
        head = _HEAD.pack(kind, first.id, min(int(now) + self._seconds, 0xFFFFFFFF))
        nonce = os.urandom(_NONCE)
        sealed = _cipher(first, place).encrypt(nonce, packed, _bound(head, place))
        return urlsafe_b64encode(head + nonce + sealed).rstrip(b"=").decode()

    def open(self, sealed: str, place: Place, now: float) -> bytes:
        """What a seal holds. Raises SealError for one that is broken, forged, of another place or call, or expired."""
        raw = _decoded(sealed)
        kind, key_id, expiry = _HEAD.unpack_from(raw)
        head, nonce, rest = raw[: _HEAD.size], raw[_HEAD.size : _HEAD.size + _NONCE], raw[_HEAD.size + _NONCE :]
        key = next((each for each in self._keys if each.id == key_id), None)
        if key is None:
            raise SealError("sealed with a key that is not known here")
        data = _decrypted(key, place, head, nonce, rest)
        if now > expiry:
            raise SealError("expired")
        return _unpacked(kind, data)


def _key(text: str) -> _Key:
    secret = hmac.digest(text.encode(), b"flowc seal", "sha256")
    return _Key(hmac.digest(secret, b"id", "sha256")[:4], secret)


def _bound(head: bytes, place: Place) -> bytes:
    return head + f"{place.flow}\0{place.at}".encode()


def _cipher(key: _Key, place: Place) -> AESGCM:
    return _cipher_of(key.secret, place.conversation)


@lru_cache(1024)
def _cipher_of(secret: bytes, conversation: str) -> AESGCM:
    """The cipher of a call; its webhooks come one after the other."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hmac.digest(secret, b"call\0" + conversation.encode(errors="replace"), "sha256"))


def _decrypted(key: _Key, place: Place, head: bytes, nonce: bytes, rest: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key, place).decrypt(nonce, rest, _bound(head, place))
    except InvalidTag:
        raise SealError("forged, or sealed for another place or call") from None


def _decoded(sealed: str) -> bytes:
    if not _SEAL.fullmatch(sealed) or len(sealed) % 4 == 1:
        raise SealError("no seal")
    raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    if len(raw) < _HEAD.size + _NONCE + _TAG:
        raise SealError("no seal")
    return raw


def _packed(data: bytes) -> tuple[int, bytes]:
    """Data made smaller, where that is worth it."""
    if len(data) < _WORTH_PACKING:
        return _PLAIN, data
    packed = zlib.compress(data)
    return (_PACKED, packed) if len(packed) < len(data) else (_PLAIN, data)


def _unpacked(kind: int, data: bytes) -> bytes:
    if kind != _PACKED:
        return data
    inflate = zlib.decompressobj()
    out = inflate.decompress(data, MOST_BYTES)
    if inflate.unconsumed_tail:
        raise SealError("too large")
    return out


def is_seal(text: str) -> bool:
    """Whether a part of a path looks like a seal."""
    return _SEAL.fullmatch(text) is not None
