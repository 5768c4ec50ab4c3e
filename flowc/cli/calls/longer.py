"""The text of a file of calls with more calls behind its own, whose text stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...caller.exploring.calls_through import Explored
from ...caller.rehearsals.written_calls import entries
from ...text import yaml
from ...text.diagnostics import Diagnostic
from ...text.document import Document
from ...text.source import Source

NL = "\n"
"""The end of a line of calls that are written, which takes the form of the ends in its file."""

Named = Sequence[tuple[str, Explored]]
"""Calls, each with its name."""


def longer(document: Document, named: Named) -> str | None:
    """The text with calls behind those of a document; None where its form does not allow that."""
    return next((each for each in _tried(document, named) if _is_longer(document.data, each, len(named))), None)


def _tried(document: Document, named: Named) -> Iterator[str]:
    """Texts with the calls at the end, then at the end of `calls`: one of them is right in almost any form."""
    text, data = document.source.text, document.data
    if not isinstance(data, dict) or not isinstance(data["calls"], list):
        return
    begins, end = document.value(data, "calls").span
    eol = "\r\n" if "\r\n" in text else "\n"
    if text.startswith("[", begins):
        for more in _in_brackets(named):
            yield f"{text[: end - 1].rstrip()}{more.replace(NL, eol)}]{text[end:]}"
        return
    calls = entries(named, _indent(document, data["calls"])).replace(NL, eol)
    yield f"{text.rstrip()}{eol}{eol}{calls}"
    line = text.find("\n", end)  # what stands behind the last call in its line is its own
    if line >= 0:
        yield f"{text[:line].rstrip()}{eol}{eol}{calls}{eol}{text[line:].lstrip()}"


def _indent(document: Document, calls: list[object]) -> int:
    """How many spaces stand before the dash of a call."""
    begins = document.value(calls, 0).span.start if calls else 0
    line = document.source.text[:begins].rpartition("\n")[2]
    return len(line) - len(line.lstrip())


def _in_brackets(named: Named) -> Iterator[str]:
    """Calls as items between brackets, a line each: behind a comma that is there, one to be put, or a comment."""
    calls = ",\n".join(f"  {each}" for each in _inline(entries(named, 0)))
    for comma in ("", ",", "\n  ,"):
        yield f"{comma}\n{calls},\n"


def _inline(block: str) -> Iterator[str]:
    """Each call of a text of calls, in one line."""
    for call in block.removeprefix("- ").rstrip("\n").split("\n- "):
        fields: list[tuple[str, list[str]]] = []
        for row in call.split("\n"):
            if row.startswith("    "):
                fields[-1][1].append(row.strip().removeprefix("- "))
            else:
                fields.append((row.strip(), []))
        yield f"{{{', '.join(_field(head, items) for head, items in fields)}}}"


def _field(head: str, items: Sequence[str]) -> str:
    """A key with its value; what servers answer is a mapping, and the steps are a list."""
    if not items:
        return head
    inside = ", ".join(items)
    return f"{head} {{{inside}}}" if head == "given:" else f"{head} [{inside}]"


def _is_longer(old: object, text: str, more: int) -> bool:
    """Whether a text has all that a file says, and so many calls more."""
    said: list[Diagnostic] = []
    document = yaml.read(Source("calls", text), said.append)
    data = document.data if document is not None and not said else None
    if not isinstance(data, dict) or not isinstance(old, dict) or not isinstance(data.get("calls"), list):
        return False
    calls = data["calls"]
    return {**data, "calls": calls[:-more]} == old and len(calls) == len(old["calls"]) + more
