"""JSON as data and back, with orjson where it is installed."""

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


def text_of(data: object) -> bytes:
    """Data as JSON, without an end of the line; what UTF-8 cannot hold is `?`."""
    try:
        return _writer()(data)
    except TypeError:
        return _in_full(data)  # and it writes less: no half a pair of surrogates, no number of more than 64 bits


def _plainly(text: bytes) -> object:
    try:
        return _decode(text.decode())
    except RecursionError:
        raise ValueError("it nests too deep") from None


def _in_full(data: object) -> bytes:
    return _encode(data).encode(errors="replace")


_decode = json.JSONDecoder().decode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@cache
def _reader() -> Callable[[bytes], object]:
    try:
        from orjson import loads
    except ImportError:
        return _plainly
    return loads


@cache
def _writer() -> Callable[[object], bytes]:
    try:
        from orjson import dumps
    except ImportError:
        return _in_full
    return dumps
