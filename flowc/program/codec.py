"""Programs as JSON data, a published format (`flowc schema program`), and back."""

from __future__ import annotations

from collections.abc import Iterator

from .needs import needs
from .program import Action, Document, Failure, On, Program, Wait

FORMAT = 1
"""The version of the format that is written and read here."""

Data = dict[str, object]


def encode(program: Program) -> Data:
    """A program as JSON data."""
    return {
        "format": FORMAT,
        "flow": program.flow,
        "start": program.start,
        **({"failure": program.failure} if program.failure is not None else {}),
        "documents": {name: _document(each) for name, each in program.documents.items()},
        "waits": {name: _wait(each) for name, each in program.waits.items()},
        "needs": [{"need": need, "by": by} if by else {"need": need} for need, by in needs(program)],
    }


def decode(data: object) -> Program:
    """The program in JSON data. Raises ValueError, with a sentence, for what is no program of this format."""
    fields = _mapping(data)
    number = fields.get("format")
    if isinstance(number, int) and not isinstance(number, bool) and number != FORMAT:
        age = "an older" if number < FORMAT else "a newer"
        raise ValueError(f"this program is of {age} format, {number}: this flowc reads format {FORMAT}")
    if number != FORMAT or isinstance(number, bool):
        raise _unreadable("it does not say its format")
    documents = {key: _read_document(each) for key, each in _mapping(fields.get("documents")).items()}
    waits = {key: _read_wait(each) for key, each in _mapping(fields.get("waits")).items()}
    program = Program(
        _name(fields.get("flow")), _name(fields.get("start")), documents, waits, _maybe(fields, "failure")
    )
    return _linked(program)


# Writing


def _document(document: Document) -> Data:
    data: Data = {"actions": list(document.actions)}
    if document.goes_on is not None:
        data["goesOn"] = document.goes_on
    if document.asks is not None:
        data |= {"asks": document.asks, "attempt": document.attempt}
    if document.open:
        data["open"] = list(document.open)
    return data


def _wait(wait: Wait) -> Data:
    data: Data = {"on": wait.on, "question": list(wait.question), "exits": wait.exits}
    if wait.answered is not None:
        data["answered"] = wait.answered
    if wait.failures:
        data["failures"] = [{"noInput": each.no_input, "noMatch": each.no_match} for each in wait.failures]
    if wait.open:
        data["open"] = list(wait.open)
    return data


# Reading


def _read_document(data: object) -> Document:
    fields = _mapping(data)
    goes_on, asks = _maybe(fields, "goesOn"), _maybe(fields, "asks")
    attempt = _attempt(fields.get("attempt", 1)) if asks is not None else 1
    return Document(_actions(fields.get("actions")), goes_on, asks, attempt, _open(fields))


def _read_wait(data: object) -> Wait:
    fields = _mapping(data)
    question = _actions(fields.get("question"))
    exits = {key: _name(each) for key, each in _mapping(fields.get("exits")).items()}
    failures = tuple([_read_failure(each) for each in _list(fields.get("failures", []))])
    if not question:
        raise _unreadable("a wait has no question")
    return Wait(_on(fields.get("on")), question, exits, _maybe(fields, "answered"), failures, _open(fields))


def _read_failure(data: object) -> Failure:
    fields = _mapping(data)
    return Failure(_name(fields.get("noInput")), _name(fields.get("noMatch")))


def _linked(program: Program) -> Program:
    """The program, if all that it names is there."""
    for name in _named(program):
        if name not in program.documents:
            raise _unreadable(f"there is no document `{name}`")
    for document in program.documents.values():
        if document.asks is not None and document.asks not in program.waits:
            raise _unreadable(f"there is no wait `{document.asks}`")
    return program


def _named(program: Program) -> Iterator[str]:
    """The documents that a program names."""
    yield program.start
    yield from [each.goes_on for each in program.documents.values() if each.goes_on is not None]
    yield from [program.failure] if program.failure is not None else []
    for wait in program.waits.values():
        yield from wait.exits.values()
        yield from [wait.answered] if wait.answered is not None else []
        for failure in wait.failures:
            yield from failure


def _attempt(value: object) -> int:
    """The number of an attempt; in JSON `2.0` is one too."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, int | float) and (whole or (isinstance(value, float) and value.is_integer())) and value >= 1:
        return int(value)
    raise _unreadable("attempts are numbered from 1")


def _on(value: object) -> On:
    if value == "answer":
        return "answer"
    if value == "outcome":
        return "outcome"
    raise _unreadable("a wait waits for an `answer` or an `outcome`")


def _actions(data: object) -> tuple[Action, ...]:
    return tuple([_mapping(each) for each in _list(data)])


def _open(fields: Data) -> tuple[str, ...]:
    return tuple([_name(each) for each in _list(fields.get("open", []))])


def _maybe(fields: Data, key: str) -> str | None:
    return _name(fields[key]) if key in fields else None


def _mapping(value: object) -> Data:
    if isinstance(value, dict):
        return value
    raise _unreadable("a part of it is no object")


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    raise _unreadable("a part of it is no array")


def _name(value: object) -> str:
    if isinstance(value, str):
        return value
    raise _unreadable("a name in it is no text")


def _unreadable(why: str) -> ValueError:
    return ValueError(f"this is no program that flowc can read: {why}")
