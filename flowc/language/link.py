"""From a flow to its program: every place where a call can stand becomes a document, every wait gets its exits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..program.program import Document, Program
from ..text.document import Place
from .calls import Running
from .complete import read_by
from .documents import Cursor, Documents, Report
from .flow import Block, Connect, Flow, Question, Target, ToStep
from .link_rules import FAILURE_WAITS, NOTHING_TO_GO_ON_WITH
from .origin import Placed
from .rooms import Opening, Rooms
from .waits import Waits


class Linked(NamedTuple):
    """A program, and for each of its parts what it came from.

    `placed` and `asked` have the actions of each document and each wait with their origins, `places` where each
    document and each wait (`wait:NAME`) begins in the flow, `questions` what each wait was written as, `unreached` are
    actions that nothing leads to, `params_read` the names of the params that some text reads, `languages` those of a
    flow of several, `untaken` the documents to which a way leads that is known never to be taken.
    """

    flow: Flow
    program: Program
    placed: dict[str, tuple[Placed, ...]]
    asked: dict[str, tuple[Placed, ...]]
    places: dict[str, Place]
    questions: dict[str, Question | Connect]
    unreached: tuple[Place, ...]
    params_read: frozenset[str]
    languages: tuple[str, ...] = ()
    untaken: frozenset[str] = frozenset()


def link(flow: Flow, opening: Opening, running: Running, report: Report, read: frozenset[str] = frozenset()) -> Linked:
    """The program of a flow. Mistakes are reported; what cannot be linked leads to the start of the flow.

    `opening` makes what lowers a flow in a language, `running` enters used flows. `read` are params that have been read
    already.
    """
    rooms = Rooms(flow, opening)
    documents = Documents(rooms, running, report)
    waits = Waits(documents)
    for name in flow.steps:
        documents.begin(rooms.first, name)
    start = _start(flow, documents)
    failure = None if flow.failure is None else _failure(flow.failure, documents)
    documents.finish(waits.wait, waits.again)
    if failure is not None:
        _needs_no_host(failure, documents)
    program = Program(flow.name, start, documents.made, waits.made, failure)
    return Linked(
        flow,
        program,
        documents.placed,
        waits.asked,
        documents.places,
        waits.written,
        tuple(documents.unreached()),
        read | frozenset(name for each in rooms.lowerings.values() for name in each.texts.read),
        rooms.languages,
        frozenset(documents.untaken),
    )


def _start(flow: Flow, documents: Documents) -> str:
    """The document a call begins with."""
    if "start" not in flow.data:
        return flow.start
    return documents.step(ToStep(flow.start, flow.document.value(flow.data, "start")), documents.rooms.first)


def _failure(target: Target, documents: Documents) -> str | None:
    """The document for when the host does not answer."""
    room = documents.rooms.first
    if isinstance(target, Block):
        return documents.at(Cursor("failure", target.actions, 0, target.place, None, room))
    if isinstance(target, ToStep):
        return documents.step(target, room)
    documents.report(NOTHING_TO_GO_ON_WITH.at(target.place, "there is nothing to go on with here", "say what happened"))
    return None


def _needs_no_host(failure: str, documents: Documents) -> None:
    """What is heard when the host does not answer cannot wait for it."""
    for document in _chain(documents.made, failure):
        if document[_CALLS:] != _NO_CALL or any(path[0] != "params" for path in read_by(document)):
            message = "`failure` leads here, and this needs the host that does not answer"
            place = documents.places[failure]
            documents.report(FAILURE_WAITS.at(place, message, "say what happened and end the call"))
            return
        if document.asks is not None:
            place = documents.places[f"wait:{document.asks}"]
            message = "`failure` leads here, and this waits for the host that does not answer"
            documents.report(FAILURE_WAITS.at(place, message, "say what happened and end the call"))


_CALLS = Document._fields.index("sets")
_NO_CALL = Document()[_CALLS:]


def _chain(documents: dict[str, Document], name: str | None) -> Iterator[Document]:
    seen: set[str] = set()
    while name in documents and name not in seen:
        seen.add(name)
        yield documents[name]
        name = documents[name].goes_on
