"""Flows that are compiled anew whenever one of their files changes, into a folder of programs that a server reads."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..compiler import Result
from ..compiler import compile as compile_flow
from ..program.codec import encode
from ..program.program import Program
from ..text.diagnostics import Diagnostic, errors
from ..workspace.chosen import chosen
from ..workspace.file import load
from ..workspace.inspection import Checked, flow_name, settle
from ..workspace.reading import Reader
from .hosting import Hosting, Typed, hosting

Stamp = tuple[tuple[str, int, int], ...]


class Compiled(NamedTuple):
    """What became of the flows: the programs of all, or none where one has an error; what is said, of which files."""

    programs: list[Program]
    found: list[Diagnostic]
    files: list[str]
    numbers: dict[str, str]


class Live:
    """The flows of some paths, or of the project here; `folder` is where their programs are put."""

    def __init__(self, paths: Sequence[str], typed: Typed, folder: Path) -> None:
        self.paths, self.typed, self.folder = paths, typed, folder
        self._watched: set[str] = set()
        self._stamp: Stamp = ()

    def compiled(self) -> Compiled:
        """Compile all flows. Where none has an error, their programs are put into the folder."""
        found: list[Diagnostic] = []
        place = hosting(self.typed, self.paths, found, base_url=False)
        files = chosen(self.paths, place.project, found) if place is not None and not errors(found) else []
        self._watched = {str(Path(each)) for each in (*files, "flowc.yml")}
        programs = self._programs(place, files, found) if place is not None and files else []
        self._stamp = self._stamped()
        numbers = dict(place.project.numbers) if place is not None and place.project is not None else {}
        done = Compiled(programs, found, files, {n: f for n, f in numbers.items() if f in {p.flow for p in programs}})
        if programs:
            self._put(done)
        return done

    def changed(self) -> bool:
        """Whether a file has changed since it was compiled."""
        return self._stamped() != self._stamp

    def _programs(self, place: Hosting, files: Sequence[str], found: list[Diagnostic]) -> list[Program]:
        checked, programs = [], []
        for path in files:
            program, file = self._one(path, place)
            checked.append(file)
            programs += [program] if program is not None else []
        checked, together = settle(checked, place.project, whole=not self.paths)
        found += [*together, *(each for file in checked for each in file.found)]
        return [] if errors(found) else programs

    def _one(self, path: str, place: Hosting) -> tuple[Program | None, Checked]:
        """One flow, compiled; the files that it reads are watched from now on."""
        source = load(Path(path), Path(place.root))
        if isinstance(source, Diagnostic):
            return None, Checked(Path(path), source.source.name, [source])
        reader = Reader(place.root)
        result: Result = compile_flow(source, read=reader, layers=place.layers)
        self._watched |= {os.path.join(place.root, each) for each in reader.reads}
        return result.program, Checked(Path(path), source.name, result.diagnostics, flow_name(source))

    def _put(self, done: Compiled) -> None:
        """Write the programs, each whole, and take away those that are no more."""
        names = {f"{each.flow}.program.json": json.dumps(encode(each)) for each in done.programs}
        texts = {**names, "site.json": json.dumps({"numbers": done.numbers})}
        for name, text in texts.items():
            part = self.folder / f"{name}.part"
            part.write_text(text, encoding="utf-8")
            os.replace(part, self.folder / name)
        for path in self.folder.glob("*.program.json"):
            if path.name not in names:
                path.unlink()

    def _stamped(self) -> Stamp:
        found = []
        for path in sorted(self._watched):
            try:
                info = os.stat(path)
            except OSError:
                continue
            found.append((path, info.st_mtime_ns, info.st_size))
        return tuple(found)
