"""From a flow to its program: every place where a call can stand becomes a document, every wait gets its exits."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from ...program.program import Program
from ...text.document import Place
from ..flow import Connect, Flow, Question, ToStep
from . import failure
from .calls import Running
from .documents import Documents, Report
from .origin import Placed
from .rooms import Opening, Rooms
from .waits import Waits


class Linked(NamedTuple):
    """A program, and for each of its parts what it came from.

    `placed` and `asked` have the actions of each document and each wait with their origins, `places` where each
    document and each wait (`wait:NAME`) begins in the flow, `questions` what each wait was written as, `unreached` are
    actions that nothing leads to, `params_read` the names of the params that some text reads, `languages` those of a
    flow of several, `untaken` the documents to which a way leads that is known never to be taken. `after_calls` are
    those of `unreached` that stand behind a `connect`.
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
    after_calls: tuple[Place, ...] = ()


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
    first = failure.first(documents)
    documents.finish(waits.wait, waits.again)
    failures = failure.others(documents, partial(documents.finish, waits.wait, waits.again))
    program = Program(flow.name, start, documents.made, waits.made, first, failures=failures, clocks=running.clocks)
    failure.need_no_host(program.failing, documents)
    if (rooms.languages or documents.lacking) and not documents.pending:  # past the limit, some are not made
        from .translations import Heard, never_heard, untranslated  # few flows have several languages

        heard = Heard(documents.placed, waits.asked, waits.written, documents.lacking)
        for each in (*never_heard(flow), *untranslated(program, rooms.languages, heard)):
            report(each)
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
        tuple(documents.after_calls()),
    )


def _start(flow: Flow, documents: Documents) -> str:
    """The document a call begins with."""
    if "start" not in flow.data:
        return flow.start
    return documents.step(ToStep(flow.start, flow.document.value(flow.data, "start")), documents.rooms.first)
