"""Takes requests for the platform's, or does not: each signed, of this moment, and seen once."""

from __future__ import annotations

import time
from collections.abc import Iterable

from . import log
from .signed import SECONDS, SignatureError, Signer, verify
from .store import Seen, Store

REMEMBERED = 2 * SECONDS
"""Seconds for which an id is remembered: a token holds as long before and after its `iat`."""


class Verifier:
    """Takes requests for the platform's. Without a signer, anybody is."""

    def __init__(self, signer: Signer | None, store: Store | None) -> None:
        self._signer, self._store, self._seen = signer, store, Seen(REMEMBERED)
        self.on = signer is not None
        """Whether there is anything to verify."""
        self.alone = store is None
        """Whether no other copy of the server can have seen a request."""

    def id(self, authorization: bytes, hashes: Iterable[str]) -> str:
        """The id of a request, by its header and what may be the hash of its content. Raises SignatureError."""
        now = time.time()
        jti = verify(self._signer or _NOBODY, authorization, hashes, now)
        if not self._seen.first(jti, now):
            raise SignatureError("it was sent before")
        return jti

    async def look_at_others(self, jti: str) -> None:
        """Raises SignatureError for an id that another copy of the server has seen."""
        if self._store is not None and not await self._first_of_all(self._store, jti):
            raise SignatureError("it was sent before")

    async def forget(self, jti: str) -> None:
        """Take an id as new once more: nothing has answered its request, and the platform may send it again."""
        if not jti:
            return
        self._seen.forget(jti)
        if self._store is not None:
            try:
                await self._store.forget(jti)
            except OSError as fault:
                log.failure("ids are not shared", fault)

    async def _first_of_all(self, store: Store, jti: str) -> bool:
        """Whether no other copy of the server has seen an id. One alone decides where Redis is down."""
        try:
            return await store.first(jti, REMEMBERED)
        except OSError as fault:
            log.failure("ids are not shared", fault)
            return True


_NOBODY = Signer((), frozenset(), frozenset())
