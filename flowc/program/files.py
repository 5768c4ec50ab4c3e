"""The NCCO files of a program: what a caller hears in one go, put together from its pieces.

Every piece is written as JSON once; a file is those texts joined.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from .chains import surely
from .program import Action, Document, Program, Wait

MOST_ACTIONS = 200
"""Actions in one document. A limit of ours: the platform states none."""

MOST_BYTES = 64 * 1024
"""Bytes of one document. A limit of ours: the platform states none."""

_NOTHING = '{"action":"wait","timeout":0.1}'
"""What stands where nothing is to be heard: an empty NCCO may count as no answer."""

_STRING = r'"(?:[^"\\]|\\.)*"(:?)'
"""A string in JSON; with a colon behind it, a key."""

_BRACES = r"\{[{%#]"
"""What begins something in a template; in JSON it stands in strings alone."""

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class File(NamedTuple):
    """A document as a file: its name without ending, its JSON, and whether params of it are still open."""

    name: str
    json: bytes
    open: bool


class Piece(NamedTuple):
    """Actions that stand together in files: their JSON without the brackets around it, and how many they are."""

    text: str
    actions: int
    open: bool


class _Asked(NamedTuple):
    """A question, in two parts around the URL of its answer, and what follows if none comes."""

    before: str
    after: str
    actions: int
    open: bool
    rest: Piece | None


def files(program: Program, base_url: str) -> Iterator[File]:
    """The file of every document of a program; `base_url` is where the host has them, without a slash at the end.

    The text of an open document is a template. Raises ValueError for a program that cannot be written out: documents
    that go on with each other for ever, or one past our limits.
    """
    writer = _Writer(program, base_url)
    for name, document in program.documents.items():
        yield _file(name, writer.document(name, document))


def templates(program: Program, base_url: str) -> Iterator[File]:
    """The files of those documents that are open and read nothing of a call: who has the params can fill them in."""
    writer = _Writer(program, base_url)
    for name, document in program.documents.items():
        if _reads_params_alone(program, name):
            file = _file(name, writer.document(name, document))
            yield from [file] if file.open else []


def _reads_params_alone(program: Program, name: str) -> bool:
    """Whether what is played in one go, from a document on, is told by the params."""
    for _, document in surely(program.documents, name):
        if document.sets or document.chooses or document.requests is not None or document.fails is not None:
            return False
        wait = program.waits[document.asks] if document.asks is not None else None
        fills = (*document.fills, *(wait.fills if wait is not None else ()))
        if any(path[0] != "params" for each in fills for path in each.template.names):
            return False
    return True


def chain(program: Program, name: str) -> Iterator[tuple[str, Document]]:
    """A document and those that it goes on with, by name, in order. Raises ValueError if they never end."""
    seen: dict[str, None] = {}
    at: str | None = name
    while at is not None:
        if at in seen:
            raise ValueError("documents go on with each other for ever: " + " → ".join([*seen, at]))
        seen[at] = None
        document = program.documents[at]
        yield at, document
        at = document.goes_on


def wait_name(wait: str, attempt: int) -> str:
    """The last part of a wait's URL: the wait's name, from the second attempt on with its number."""
    return wait if attempt == 1 else f"{wait}~{attempt}"


class _Writer:
    """The pieces of a program as JSON, each written at its first use."""

    def __init__(self, program: Program, base_url: str) -> None:
        self.program = program
        self.url = f"{base_url}/{program.flow}/"
        self.followed: dict[str, tuple[Piece, Document]] = {}
        self.waits: dict[str, _Asked] = {}
        self.questions: dict[tuple[str, int], Piece] = {}
        self.played: dict[int, Piece] = {}

    def document(self, name: str, document: Document) -> Piece:
        """All that a caller hears of a document."""
        if document.goes_on is not None:
            piece, document = self.follow(name)
        else:
            piece = self.own(document)
        return piece if document.asks is None else _join(piece, self.question(document.asks, document.attempt))

    def follow(self, name: str) -> tuple[Piece, Document]:
        """The actions of a document and of those that it goes on with, and the last of these."""
        unknown = []
        for document_name, document in chain(self.program, name):
            if document_name in self.followed:
                break
            unknown.append((document_name, document))
        for document_name, document in reversed(unknown):
            piece, last = self.own(document), document
            if document.goes_on is not None:
                rest, last = self.followed[document.goes_on]
                piece = _short(document_name, _join(piece, rest))
            self.followed[document_name] = piece, last
        return self.followed[name]

    def question(self, name: str, attempt: int) -> Piece:
        """The question of a wait, and behind one that takes an answer what follows if the host gives none."""
        found = self.questions.get((name, attempt))
        if found is None:
            asked = self.asked(name, self.program.waits[name])
            text = f"{asked.before}{_dump(f'{self.url}{wait_name(name, attempt)}')}{asked.after}"
            found = Piece(text, asked.actions, asked.open)
            if asked.rest is not None:
                found = _join(found, asked.rest)
            self.questions[name, attempt] = found
        return found

    def asked(self, name: str, wait: Wait) -> _Asked:
        """The question of a wait, around where its answer is sent."""
        found = self.waits.get(name)
        if found is None:
            *played, waits = wait.question
            bare = {key: value for key, value in waits.items() if key != "eventMethod"}
            text, count, is_open = self.piece((*played, bare), wait.open)
            after = f'],"eventMethod":{_dump(waits.get("eventMethod", "POST"))}}}'
            failure = self.program.failure_at(name) if wait.on == "answer" else None
            rest = self.follow(failure)[0] if failure is not None else None
            found = self.waits[name] = _Asked(f'{text[:-1]},"eventUrl":[', after, count, is_open, rest)
        return found

    def own(self, document: Document) -> Piece:
        """The actions of a document itself. Those of one way to fail are the same ones in every attempt."""
        actions, is_open = document.actions, document.open
        found = self.played.get(id(actions))
        if found is None or found.open != bool(is_open):
            found = self.played[id(actions)] = self.piece(actions, is_open)
        return found

    def piece(self, actions: tuple[Action, ...], is_open: tuple[str, ...]) -> Piece:
        """Actions as JSON, with the URLs of their whispers."""
        text = _dump(actions)[1:-1]
        if '"onAnswer"' in text:
            text = _dump([self.whisper(each) for each in actions])[1:-1]
        return Piece(text, len(actions), bool(is_open))

    def whisper(self, action: Action) -> Action:
        """A `connect` whose `onAnswer` names a document gets the URL of its file."""
        match action:
            case {"action": "connect", "endpoint": [{"onAnswer": {"url": str(name)}, **endpoint}]}:
                if name in self.program.documents:
                    url = f"{self.url}{name}.json"
                    return {**action, "endpoint": [{**endpoint, "onAnswer": {"url": url}}]}
        return action


def _join(first: Piece, second: Piece) -> Piece:
    """Two pieces as one. Where one is a template, so is the whole: what is none must not be read as one."""
    if not (first.actions or first.open):
        return second
    is_open = first.open or second.open
    one, two = (_literal(first), _literal(second)) if is_open else (first.text, second.text)
    return Piece(f"{one},{two}" if one and two else one or two, first.actions + second.actions, is_open)


def _file(name: str, piece: Piece) -> File:
    """A piece as a file; it is never empty."""
    text, _, is_open = _short(name, piece)
    data = f"[{text or _NOTHING}]\n".encode()
    if len(data) > MOST_BYTES:
        raise ValueError(f"document `{name}` has {len(data)} bytes: at most {MOST_BYTES} are written")
    return File(name, data, is_open)


def _short(name: str, piece: Piece) -> Piece:
    """A piece, if it is not past our limit."""
    if piece.actions > MOST_ACTIONS:
        raise ValueError(f"document `{name}` has {piece.actions} actions: at most {MOST_ACTIONS} are written")
    return piece


def _literal(piece: Piece) -> str:
    """The text of a piece as a template."""
    if piece.open or not re.search(_BRACES, piece.text):
        return piece.text
    return re.sub(_STRING, _escaped, piece.text)


def _escaped(string: re.Match[str]) -> str:
    """A string of a JSON text, as a template that yields it; a key is none."""
    from .spelling import written  # only where there are open params

    return string[0] if string[1] or not re.search(_BRACES, string[0]) else _dump(written(json.loads(string[0])))
