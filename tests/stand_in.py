"""A compiler and a host small enough to see through, for tests of what is around them.

A flow is lines: `flow NAME`, `say DOCUMENT WORDS`, `warn DOCUMENT WORDS`, `error DOCUMENT WORDS`, `param NAME`,
`secret NAME`, `read FILE`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from flowc.program.program import Document as Piece
from flowc.program.program import Program
from flowc.text.diagnostics import Diagnostic, Rule
from flowc.text.document import Container, Document, Place
from flowc.text.source import Source, Span
from flowc.workspace.again import is_error
from flowc.workspace.build import Outcome, build
from flowc.workspace.exchange import Step, unnoticed
from flowc.workspace.job import Job
from flowc.workspace.works import Compiled, Read, Works

WARNED = Rule("W999", "stand-in-warning", "A page.")
FAILED = Rule("E999", "stand-in-error", "A page.")


class Lines(NamedTuple):
    """Marks of a flow made of lines: every place is the line that holds its key."""

    text: str

    def key(self, owner: Container, key: str | int) -> Span:
        start = max(self.text.find(str(key)), 0)
        return Span(start, self.text.find("\n", start))

    value = key

    def whole(self) -> Span:
        return Span(0, len(self.text))

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        return self.key(owner, key)


class Result(NamedTuple):
    program: Program | None
    diagnostics: list[Diagnostic]
    places: Mapping[str, Place]


def compile_lines(source: Source, read: Read) -> Result:
    """The program in lines; compiled flows are told in `compiled`, of this process."""
    compiled.append(source.name)
    words = [(line + "  ").split(" ", 2) for line in source.text.splitlines()]
    data: dict[str, object] = {"flow": next((each[1] for each in words if each[0] == "flow"), "")}
    data["params"] = {
        each[1]: {"type": "secret" if each[0] == "secret" else "text"}
        for each in words
        if each[0] in ("param", "secret")
    }
    document = Document(source, data, Lines(source.text))
    found = [
        {"warn": WARNED, "error": FAILED}[each[0]].at(document.value(data, each[1]), each[2].strip() or each[1])
        for each in words
        if each[0] in ("warn", "error")
    ]
    says = {each[1]: each[2].strip() for each in words if each[0] == "say"}
    says |= {each[1]: read(os.path.join(os.path.dirname(source.name), each[1])) for each in words if each[0] == "read"}
    pieces = {name: Piece(({"action": "talk", "text": text},)) for name, text in says.items()}
    program = Program(str(data["flow"]), next(iter(pieces), "none"), pieces, {})
    return Result(program, found, {name: document.value(data, name) for name in says})


compiled: list[str] = []


def emit(result: Compiled) -> dict[str, bytes]:
    """One file a document, and one table a flow."""
    program = result.program
    assert program is not None
    files = {
        f"public/{program.flow}/{name}.json": json.dumps(each.actions).encode()
        for name, each in program.documents.items()
    }
    return {**files, f"tables/flows/{program.flow}.map": "\n".join(program.documents).encode()}


def nothing_refused(_: object) -> Iterator[Diagnostic]:
    return iter(())


def works(params: Mapping[str, object] | None = None) -> Works:
    """What the stand-ins build with."""
    return Works(
        compile_lines,
        (params or {}).get,
        emit,
        nothing_refused,
        lambda flows: {"tables/site.conf": ",".join(each.flow for each in flows).encode()},
        nothing_refused,
        lambda told: not any(map(is_error, told)),
    )


class Shop(NamedTuple):
    """A project in a folder, its flows written and built by name."""

    root: Path

    def write(self, name: str, *lines: str) -> None:
        path = self.root / "flows" / f"{name}.flow.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((f"flow {name}", *lines, "")))

    def job(self, *, check: bool = False, force: bool = False, base: str = "https://ivr.example.com") -> Job:
        files = sorted(str(each) for each in (self.root / "flows").glob("*.flow.yml"))
        out = str(self.root / "build" / "site")
        return Job(str(self.root), files, out, True, {"base": base}, check=check, force=force)

    def build(self, *, params: Mapping[str, object] | None = None, step: Step = unnoticed, **options: bool) -> Outcome:
        compiled.clear()
        return build(self.job(**options), works(params), step=step)

    def tree(self) -> dict[str, str]:
        """The files of the site as they can be read now, but for the stamp and what programs hold."""
        out = self.root / "build" / "site"
        files = [each for each in sorted(out.rglob("*")) if each.is_file() and each.name != ".flowc-stamp"]
        files = [each for each in files if not each.name.endswith((".program.json", ".map.json"))]
        return {each.relative_to(out).as_posix(): each.read_text() for each in files}
