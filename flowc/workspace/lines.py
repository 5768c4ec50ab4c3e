"""A file of lines in blocks, of any length, never held as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from .rows import MOST

_BLOCK = 1 << 17
"""Bytes that are read at once: some thousand rows, so that what is held of them stays small."""


class Lines:
    """The lines of a file in blocks, each with the number of its first line; bytes that are no text as surrogates.

    `head` has been read of it. The first block has `few` lines, as far as they are in the head.
    """

    def __init__(self, file: BinaryIO, head: bytes, line: int, few: int) -> None:
        self.file, self.rest, self.line, self.few, self.done = file, head, line, few, len(head)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        first = self._first() if self.few else b""
        while not first:
            data = self.file.read(_BLOCK)
            self.done += len(data)
            whole = self.rest + data
            cut = whole.rfind(b"\n") + 1 if data else len(whole)
            if cut or len(whole) > MOST or not data:
                break
            self.rest = whole
        return self._block(first or self._cut(whole, cut))

    def _first(self) -> bytes:
        """The first lines of the head; nothing where they are not all there."""
        at = count = 0
        while count < self.few and (end := self.rest.find(b"\n", at)) >= 0:
            at, count = end + 1, count + 1
        self.few, first, self.rest = 0, self.rest[:at], self.rest[at:]
        return first

    def _cut(self, whole: bytes, cut: int) -> bytes:
        if not whole:
            raise StopIteration
        if not cut:
            cut, whole = len(whole), whole + self._skipped()
        self.rest = whole[cut:]
        return whole[:cut]

    def _block(self, lines: bytes) -> tuple[int, str]:
        text = lines.decode("utf-8", "surrogateescape")
        at, text = self.line, text if text.endswith("\n") else f"{text}\n"
        self.line += text.count("\n")
        return at, text

    def _skipped(self) -> bytes:
        """What stands behind the end of a line that is longer than is read."""
        while data := self.file.read(_BLOCK):
            self.done += len(data)
            if b"\n" in data:
                return data[data.index(b"\n") + 1 :]
        return b""
