"""How calls end: rounds that have no end, and ends without a word."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping

from ..language.flow import Connect, Question
from ..language.linking.link import Linked
from ..program.chains import along
from ..program.program import Document, Program
from ..text.document import Place
from .registry import Check, Said, check
from .ways import Ways

ENDS: list[Check] = []
"""Checks of a flow whose ways are known."""

HEARD = frozenset({"talk", "stream", "record", "connect", "conversation", "transfer"})
"""Actions by which a caller is not left without a word."""


@check("E302", "endless-document", ENDS)
def endless_document(ways: Ways) -> Iterator[Said]:
    """A round of steps without a question

    These steps lead to one another by `goto` and never wait for the caller, so what they play has no end and cannot
    be written down.

    Ask something in the round, or end it.
    """
    linked = ways.linked
    documents = linked.program.documents
    goes_on = {name: each.goes_on for name, each in documents.items() if each.goes_on and not _chooses(each)}
    for round_ in _rounds(goes_on):
        first = min(round_, key=lambda name: linked.places[name].span)
        message = f"{_named(round_)} goes on for ever without a question"
        yield Said(linked.places[first], message, "ask something in the round, or end it")


@check("W303", "endless", ENDS)
def endless(ways: Ways) -> Iterator[Said]:
    """A round that no key can leave

    Whatever a caller presses here, the call comes back to the same questions: only hanging up ends it, and until
    then it is paid for.

    Give the caller a key, or `otherwise` a target, that leads out.
    """
    trapped = [name for name in ways.linked.flow.steps if name in ways.reached and name not in ways.leaving]
    if not trapped:
        return
    asks = along(ways.linked.program.documents, lambda document: document.asks is not None, operator.or_, False)
    asking = [name for name in trapped if asks[name]]
    if asking:
        message = f"no key leads out of {_named(trapped)}: only hanging up ends the call"
        yield Said(ways.linked.places[asking[0]], message, "lead a key or `otherwise` to a step that ends")


@check("W304", "endless-silence", ENDS)
def endless_silence(ways: Ways) -> Iterator[Said]:
    """A caller who says nothing is never let go

    When all attempts of a question have failed, `otherwise` leads back to the question: a line left open (a
    machine, a phone in a pocket) stays in it until the platform cuts the call, and is paid for.

    Let `otherwise` lead to the end, a voicemail or a person.
    """
    linked = ways.linked
    silent = {name: _silence(linked.program, name) for name in ways.after}
    for round_ in _rounds(silent):
        waits = [asks for name in round_ if (asks := linked.program.documents[name].asks)]
        if waits and any(name in ways.leaving for name in round_):
            wait = min(waits, key=lambda each: linked.places[f"wait:{each}"].span)
            place = _otherwise(linked, wait)
            message = "a silent caller comes back here for ever"
            yield Said(place, message, "let the last `otherwise` of the round end the call")


@check("W305", "dropped", ENDS)
def dropped(ways: Ways) -> Iterator[Said]:
    """A caller dropped without a word

    On this way nothing is said, played, recorded or connected between the caller's last key and the end of the
    call: to the caller it sounds like a fault.

    Say goodbye, or what happens next.
    """
    linked = ways.linked
    ends = along(linked.program.documents, _is_silent, operator.and_, False)
    silent = {name for name, is_silent in ends.items() if is_silent}
    for wait, written in linked.questions.items() if silent else ():
        for document, place in _exits_with_places(linked, wait, written):
            if document in silent:
                yield Said(place, "the call ends here without a word", "say something first: `talk: Goodbye.`")


def _is_silent(document: Document) -> bool:
    """Whether nothing is heard of a document and it comes to no question."""
    if document.asks is not None or document.fails is not None:
        return False
    return not any(each["action"] in HEARD for each in document.actions)


def _exits_with_places(linked: Linked, name: str, written: Question | Connect) -> Iterator[tuple[str, Place]]:
    """What a wait leads to, and the target in the flow that says so."""
    wait = linked.program.waits[name]
    if isinstance(written, Connect):
        for status, document in wait.exits.items():
            target = written.ways.get(status, written.otherwise)
            if target is not None:
                yield document, target.place
        return
    for key, option in written.options.items():
        yield wait.exits[key], option.target.place
    if wait.answered is not None:
        yield wait.answered, written.origin.whole()
    yield wait.failures[-1].no_input, _otherwise(linked, name)


def _otherwise(linked: Linked, wait: str) -> Place:
    """Where a wait's `otherwise` is written, or the wait where it has none."""
    written = linked.questions[wait]
    return written.otherwise.place if written.otherwise is not None else written.origin.whole()


def _silence(program: Program, name: str) -> str | None:
    """Where a caller who says nothing gets to from a document, when all attempts of its question are over."""
    document = program.documents[name]
    if document.asks is None:
        return None if _chooses(document) else document.goes_on
    ways = [failure.no_input for failure in program.waits[document.asks].failures]
    return next((way for way in ways if program.documents[way].attempt == 1), None)


def _rounds(after: Mapping[str, str | None]) -> Iterator[list[str]]:
    """The cycles of a graph in which each node has one way on at most."""
    state: dict[str, int] = {}
    for number, start in enumerate(after):
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in state:
            state[here] = number
            path.append(here)
            here = after.get(here)
        if here is not None and state[here] == number and here in path:
            yield path[path.index(here) :]


def _chooses(document: Document) -> bool:
    """Whether only the call tells what follows a document."""
    return bool(document.chooses) or document.requests is not None or document.fails is not None


def _named(names: list[str]) -> str:
    steps = list(dict.fromkeys(name.split(".")[0].split("~")[0] for name in names))
    listed = ", ".join(f"`{name}`" for name in steps[:4])
    return f"the round {listed}" if len(steps) > 1 else listed
