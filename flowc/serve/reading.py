"""JSON as data, read with orjson where it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache


def data_of(text: bytes) -> object:
    """The data in JSON text. Raises ValueError for what is none, or nests too deep."""
    try:
        return _reader()(text)
    except ValueError:
        return _plainly(text)  # orjson refuses more than Python does: half a pair of surrogates, a number without end


def _plainly(text: bytes) -> object:
    try:
        return _decode(text.decode())
    except RecursionError:
        raise ValueError("it nests too deep") from None


_decode = json.JSONDecoder().decode


@cache
def _reader() -> Callable[[bytes], object]:
    try:
        from orjson import loads
    except ImportError:
        return _plainly
    return loads
