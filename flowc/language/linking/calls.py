"""Documents that need what only a call knows: choices, what is remembered, requests, languages, used flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from ...program.program import Document, Set
from ...program.program import Request as Asked
from ...program.program import Way as Taken
from ...program.values import Template
from ..flow import Choose, Remember, Request, Run, Speak
from ..reading.tongues import RULES, UNKNOWN_LANGUAGE, no_voice
from .complete import read_by

if TYPE_CHECKING:
    from .cursor import Cursor
    from .documents import Documents
    from .leaves import Piece
    from .rooms import Rooms


class Running(Protocol):
    """Enters used flows. `clocks` are the time zones of those that name one, by the names they have in the program."""

    @property
    def clocks(self) -> Mapping[str, str]: ...

    def enter(self, documents: Documents, cursor: Cursor, run: Run) -> tuple[tuple[Set, ...], str] | None:
        """What is remembered on the way in, and the document that the used flow begins with; None if it cannot run."""


def close(
    documents: Documents, name: str, piece: Piece, cursor: Cursor, action: Choose | Remember | Request | Speak | Run
) -> None:
    """Close a document with an action that is done at once in a call."""
    if isinstance(action, Choose):
        _choose(documents, name, piece, cursor, action)
    elif isinstance(action, Remember):
        scope, late = cursor.room.lowering.scope, cursor.room.lowering.texts.late
        sets = tuple(
            [
                Set(
                    (*scope, variable),
                    Template(tuple([each if isinstance(each, str) else late(each) for each in value.parts])),
                )
                for variable, value in action.values
            ]
        )
        _live(documents, name, piece, cursor, Document(goes_on=_rest(documents, cursor), sets=sets))
    elif isinstance(action, Request):
        _request(documents, name, piece, cursor, action)
    elif isinstance(action, Speak):
        documents.put(name, piece, goes_on=_speak(documents, cursor, action))
    else:
        entered = documents.running.enter(documents, cursor, action)
        sets, start = entered if entered is not None else ((), _rest(documents, cursor))
        _live(documents, name, piece, cursor, Document(goes_on=start, sets=sets))


def moved(cursor: Cursor, rooms: Rooms, language: str | None) -> Cursor:
    """The same place, where another language is spoken."""
    room = rooms.in_language(cursor.room, language)
    if room is cursor.room:
        return cursor
    block = room.prefix + cursor.block[len(cursor.room.prefix) :]
    after = None if cursor.after is None else moved(cursor.after, rooms, language)
    return cursor._replace(block=block, after=after, room=room)


def _choose(documents: Documents, name: str, piece: Piece, cursor: Cursor, choose: Choose) -> None:
    """A `branch` or a `switch`: ways whose test is known already are taken, or are known never to be."""
    texts = cursor.room.lowering.texts
    ways: list[Taken] = []
    taken: str | None = None
    for number, (test, target) in enumerate(choose.ways, 1):
        decided = texts.decided(test)
        to = documents.target(target, f"{cursor.name}.{choose.name}{number}", cursor.next())
        if taken is not None or decided is False:
            documents.untaken.add(to)
        elif decided:
            taken = to
        else:
            ways.append(Taken(texts.late(test), to))
    if choose.otherwise is not None:
        to = documents.target(choose.otherwise, f"{cursor.name}.otherwise", cursor.next())
        documents.untaken |= {to} if taken is not None else set()
        taken = taken or to
    _live(documents, name, piece, cursor, Document(goes_on=taken, chooses=tuple(ways)))


def _live(documents: Documents, name: str, piece: Piece, cursor: Cursor, live: Document) -> None:
    """Keep a document that does something in a call. Params that nothing binds are open in that, too.

    Behind what is heard it is a document of its own: a call can come back for it, and its needs are said at its place.
    """
    if piece.actions and live != Document(goes_on=live.goes_on):
        documents.put(name, piece, goes_on=cursor.name)
        documents.places[cursor.name] = documents.place(cursor)
        name, piece = cursor.name, piece._replace(placed=(), actions=(), open=(), fills=())
    texts = cursor.room.lowering.texts
    params = [path[1] for path in read_by(live) if path[0] == "params" and len(path) > 1]
    opened = dict.fromkeys(each for each in params if each not in texts.secret | texts.passed_on)
    documents.put(name, documents.opened(piece, opened), goes_on=live.goes_on)
    made = documents.made[name]
    documents.made[name] = made._replace(sets=live.sets, chooses=live.chooses, requests=live.requests)


def _rest(documents: Documents, cursor: Cursor) -> str | None:
    """The document behind the next action, if there is anything."""
    rest = documents.settled(cursor.next())
    return documents.at(rest) if rest.position < len(rest.actions) else None


def _speak(documents: Documents, cursor: Cursor, speak: Speak) -> str | None:
    """The document behind a `language`, in that language."""
    rooms = documents.rooms
    if speak.language in rooms.languages:
        return _rest(documents, moved(cursor, rooms, speak.language))
    if not rooms.languages and speak.language == cursor.room.lowering.language:
        return _rest(documents, cursor)  # the one that is spoken all the time
    voice = rooms.first.flow.data.get("voice")
    said = no_voice(speak.language, voice, speak.place, where=" of the flow that is called" if cursor.room.path else "")
    if "{{" in speak.language:
        ways = f"cases: {{VALUE: [{{language: {(*rooms.languages, 'fr-FR')[-1]}}}]}}, otherwise: continue"
        hint = f"choose it: `switch: {{value: EXPRESSION, {ways}}}`"
        said = UNKNOWN_LANGUAGE.at(speak.place, "a language is named by its code, and no value is put in", hint)
    documents.report(said)
    return _rest(documents, cursor)


def _request(documents: Documents, name: str, piece: Piece, cursor: Cursor, request: Request) -> None:
    """A request."""
    ways = {
        status: documents.target(target, f"{cursor.name}.{status}", cursor.next())
        for status, target in request.when.items()
    }
    otherwise = documents.target(request.otherwise, f"{cursor.name}.otherwise", cursor.next())
    data, fills = cursor.room.lowering.request(request)
    fields = request.fields
    save = (*cursor.room.lowering.scope, str(fields["save"])) if "save" in fields else ()
    timeout = fields.get("timeout", 2.0)
    asked = Asked(
        "POST" if fields.get("method", "POST" if "json" in fields else "GET") == "POST" else "GET",
        data,
        fills,
        float(timeout) if isinstance(timeout, int | float) else 2.0,
        fields.get("expect"),
        save,
        ways,
        otherwise,
    )
    _live(documents, name, piece, cursor, Document(goes_on=_rest(documents, cursor), requests=asked))


__all__ = ["RULES", "close", "moved"]
