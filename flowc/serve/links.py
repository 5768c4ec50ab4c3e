"""The URLs that lead on in a call, with what it remembers in their path, and back from them."""

from __future__ import annotations

import json
from secrets import token_urlsafe

from ..program.machine import State
from . import log
from .seal import SECONDS, Place, SealError, Seals
from .store import Store

LONGEST = 4096
"""Characters of a URL. Past it, what a call remembers is kept in Redis."""

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class StateError(Exception):
    """What a call remembers finds no place; its text says what would help."""


class Links:
    """Writes and reads the URLs of places: of waits and documents."""

    def __init__(self, seals: Seals | None, store: Store | None) -> None:
        self._seals, self._store = seals, store

    async def to(self, base_url: str, place: Place, state: State, now: float) -> str:
        """The URL of a place, with what is to be remembered there. Raises StateError, OSError."""
        url = f"{base_url}/{place.flow}/{place.at}"
        if self._seals is None:
            raise StateError("the flow remembers something: set FLOWC_SEAL_KEYS to a key to seal it with")
        data = _written(state)
        sealed = f"{url}/{self._seals.seal(data, place, now)}"
        return sealed if len(sealed) <= LONGEST else f"{url}/{await self._kept(data, place, now)}"

    async def state(self, place: Place, sealed: str, now: float) -> State:
        """What the URL of a place remembers. Raises SealError, OSError."""
        if self._seals is None:
            raise SealError("there are no keys to open it with")
        return await self._opened(self._seals, self._seals.open(sealed, place, now), place, now)

    async def _kept(self, data: bytes, place: Place, now: float) -> str:
        """A seal that holds the name of what is kept, which is sealed in its turn: Redis sees nothing of it."""
        if self._seals is None or self._store is None:
            raise StateError("what it remembers is too long for a URL: set FLOWC_REDIS_URL to a Redis to keep it in")
        name = token_urlsafe(12)
        await self._store.put(_key(place, name), self._seals.seal(data, place, now).encode(), SECONDS)
        log.info("state kept", flow=place.flow, at=place.at, bytes=len(data))
        return self._seals.seal(_dump(name).encode(), place, now)

    async def _opened(self, seals: Seals, data: bytes, place: Place, now: float) -> State:
        match json.loads(data):
            case str(name):
                kept = await self._store.get(_key(place, name)) if self._store else None
                if kept is None:
                    raise SealError("what it remembers is kept no more")
                return await self._opened(seals, seals.open(kept.decode("latin-1"), place, now), place, now)
            case dict(fields):
                return State(**{name: fields[name] for name in State._fields if name in fields})
        raise SealError("it holds something else")


def _written(state: State) -> bytes:
    """What is remembered, by name, so that copies of different versions understand each other."""
    fields = {name: value for name, value in state._asdict().items() if value not in ({}, None)}
    return _dump(fields).encode(errors="replace")


def _key(place: Place, name: str) -> str:
    return f"{place.conversation}:{place.flow}:{place.at}:{name}"
