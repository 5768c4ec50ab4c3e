"""What a caller hears when the host does not answer: `failure`, in each language and of each used flow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ...program.program import Document
from ..flow import Action, Block, Flow, Goto, Hangup, Play, Prompt, Target, Tongues, ToStep
from .complete import read_by
from .cursor import Cursor
from .documents import Documents
from .link_rules import FAILURE_WAITS, NOTHING_TO_GO_ON_WITH
from .rooms import Room


def first(documents: Documents) -> str | None:
    """The document for when the host does not answer the flow in its first language."""
    return _made(documents.rooms.first, documents)


def others(documents: Documents, finish: Callable[[], None]) -> Mapping[str, str]:
    """Those of further languages and of used flows that have one of their own, by the beginning of the names there.

    `finish` makes all documents that something leads to, which may be in further languages.
    """
    found: dict[str, str] = {}
    looked_at = {documents.rooms.first.prefix}
    while rooms := [each for each in documents.rooms.made.values() if each.prefix not in looked_at]:
        looked_at.update(each.prefix for each in rooms)
        for room in rooms:
            translated = _in_each_language(room.flow)
            heard = room if translated else documents.rooms.in_language(room, documents.rooms.first.language)
            name = _made(heard, documents) if room.path or translated else None
            found |= {room.prefix: name} if name is not None else {}
        finish()
    return found


def need_no_host(names: Iterable[str], documents: Documents) -> None:
    """See that what is heard when the host does not answer does not wait for it."""
    for name in names:
        _needs_no_host(name, documents)


def _made(room: Room, documents: Documents) -> str | None:
    """The document of a flow's `failure`, in a room."""
    target, name = room.flow.failure, room.name("failure")
    if room.path:  # its end is not the way back: nothing behind the `run` could be trusted to be there
        room = room._replace(prefix=f"{name}/", back=None)
        if isinstance(target, ToStep) and target.name in room.flow.steps:
            target = room.flow.steps[target.name]
    if isinstance(target, Block):
        return documents.at(Cursor(name, target.actions, 0, target.place, None, room))
    if isinstance(target, ToStep):
        return documents.step(target, room)
    if target is not None:
        message = "there is nothing to go on with here"
        documents.report(NOTHING_TO_GO_ON_WITH.at(target.place, message, "say what happened"))
    return None


def _needs_no_host(failure: str, documents: Documents) -> None:
    for document in _chain(documents.made, failure):
        needs_a_call = document.sets or document.chooses or document.requests is not None or document.fails is not None
        if needs_a_call or any(path[0] != "params" for path in read_by(document)):
            message = "`failure` leads here, and this needs the host that does not answer"
            place = documents.places[failure]
            documents.report(FAILURE_WAITS.at(place, message, "say what happened and end the call"))
            return
        if document.asks is not None:
            place = documents.places[f"wait:{document.asks}"]
            message = "`failure` leads here, and this waits for the host that does not answer"
            documents.report(FAILURE_WAITS.at(place, message, "say what happened and end the call"))


def _chain(documents: Mapping[str, Document], name: str | None) -> Iterator[Document]:
    seen: set[str] = set()
    while name is not None and name in documents and name not in seen:
        seen.add(name)
        yield documents[name]
        name = documents[name].goes_on


def _in_each_language(flow: Flow) -> bool:
    """Whether some of what a flow's `failure` says is another thing in each language; else the first speaks for all."""
    pending: list[Target | None] = [flow.failure]
    seen: set[str] = set()
    while pending:
        target = pending.pop()
        if isinstance(target, ToStep) and target.name in flow.steps and target.name not in seen:
            seen.add(target.name)
            target = flow.steps[target.name]
        if isinstance(target, Block):
            if any(map(_is_translated, target.actions)):
                return True
            pending += [each.target for each in target.actions if isinstance(each, Goto)]
    return False


def _is_translated(action: Action) -> bool:
    prompt: Prompt = action.prompt if isinstance(action, Hangup) else ()
    parts = (action, *prompt)
    return any(isinstance(each, Tongues) or (isinstance(each, Play) and _reads_language(each)) for each in parts)


def _reads_language(play: Play) -> bool:
    return any(isinstance(each, str) and "{{" in each and "language" in each for each in play.fields.values())
