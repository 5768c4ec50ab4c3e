"""One flow: compiled, its outputs made and their names looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..text.diagnostics import Diagnostic, errors
from ..text.document import Document, Place
from . import again, disk, file, moving, names
from .programs import open_documents, program_files
from .reading import Flow, Reader
from .record import Entry
from .works import Compiled, Works, given


class Made(NamedTuple):
    """What came of a flow: an entry for the record and outputs, or neither where there is an error."""

    diagnostics: list[Diagnostic]
    entry: Entry | None = None
    outputs: Mapping[str, bytes] = {}


def make(flow: Flow, root: str, works: Works) -> Made:
    """Compile a flow and make its outputs. The digest was taken first: a file changed meanwhile is built again."""
    source = file.load(Path(flow.path), Path(root))
    if isinstance(source, Diagnostic):
        return Made([source])
    reader = Reader(root)
    result = works.compile(source, reader)
    found = list(result.diagnostics)
    found += works.refuse(result) if result.program is not None and not errors(found) else ()
    if result.program is None or errors(found):
        return Made(found)
    outputs = _outputs(flow, root, result, works, found.append)
    found += _bad_names(result, outputs)
    return Made(found) if errors(found) else Made(found, _entry(flow, result, reader, works, found), outputs)


def _outputs(
    flow: Flow, root: str, result: Compiled, works: Works, report: Callable[[Diagnostic], None]
) -> dict[str, bytes]:
    try:
        return {**works.emit(result), **program_files(result, flow.name, root)}
    except ValueError as error:
        place = name_of(result)
        report(disk.UNHOSTABLE.at(place, str(error)) if place else disk.told(disk.UNHOSTABLE, flow.path, str(error)))
        return {}


def _bad_names(result: Compiled, outputs: Mapping[str, bytes]) -> list[Diagnostic]:
    """What is wrong with the names of outputs: one finding for the flow's name, and one for each step."""
    why = {path: f"{why} (in `{path}`)" for path, why in names.unfit(outputs)}
    for first, second in names.collisions(outputs):
        why.setdefault(second, f"`{first}` and `{second}` are one file on some disks")
    said: dict[tuple[int, str | int | None], Diagnostic] = {}
    for path, place in _places(result, why):
        key = id(place.owner), place.key
        said.setdefault(key, disk.UNFIT_FILE_NAME.at(place, why[path], "give it another name"))
    return list(said.values())


def _places(result: Compiled, paths: Iterable[str]) -> Iterator[tuple[str, Place]]:
    """The step that each path comes from; where there is none, or the folder is at fault, the flow's name."""
    flow = name_of(result)
    for path in paths:
        folder, _, name = path.rpartition("/")
        at_fault = flow if names.fault(folder) else next(_steps(result, name), flow)
        if at_fault is not None:
            yield path, at_fault


def _steps(result: Compiled, name: str) -> Iterator[Place]:
    """The place of the document a file is named after, then of those whose names it begins with."""
    while "." in name:
        name = name.rpartition(".")[0]
        if name in result.places:
            yield result.places[name]


def name_of(result: Compiled) -> Place | None:
    """The place of the flow's name in its file."""
    document = _document(result)
    if document is None:
        return None
    data = document.data
    return document.value(data, "flow") if isinstance(data, dict) and "flow" in data else document.whole()


def _document(result: Compiled) -> Document | None:
    return next((place.document for place in result.places.values()), None)


def _entry(flow: Flow, result: Compiled, reader: Reader, works: Works, found: list[Diagnostic]) -> Entry:
    program, place = result.program, name_of(result)
    assert program is not None
    return Entry(
        path=flow.name,
        digest=flow.digest,
        flow=program.flow,
        reads=[*[list(each) for each in sorted(reader.reads.items())], *moving.rests_on(program)],
        params=[[name, secret, given(works, name, secret)] for name, secret in _declared(result)],
        start=program.start,
        failure=program.failure,
        open=open_documents(program),
        warnings=[again.told(each) for each in found],
        at=list(place.span) if place else [0, 0],
        outputs=[0, 0],
    )


def _declared(result: Compiled) -> Iterator[tuple[str, bool]]:
    """The params a flow declares, and which of them are secret."""
    document = _document(result)
    data = document.data if document else None
    declared = data.get("params") if isinstance(data, dict) else None
    for name, form in (declared if isinstance(declared, dict) else {}).items():
        yield name, isinstance(form, dict) and form.get("type") == "secret"
