"""Programs as JSON data, a published format (`flowc schema program`), and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import codec_values as values
from .chains import ways_on
from .codec_values import Data, unreadable
from .codec_values import listed as _list
from .codec_values import mapping as _mapping
from .codec_values import maybe as _maybe
from .codec_values import name as _name
from .needs import needs
from .program import Action, Document, Failure, On, Program, Wait, Way

if TYPE_CHECKING:
    from .calendar import Calendar

FORMAT = 2
"""The version of the format that is written and read here."""


def encode(program: Program) -> Data:
    """A program as JSON data."""
    return {
        "format": FORMAT,
        "flow": program.flow,
        "start": program.start,
        **({"failure": program.failure} if program.failure is not None else {}),
        **({"failures": dict(program.failures)} if program.failures else {}),
        "documents": {name: _document(each) for name, each in program.documents.items()},
        "waits": {name: _wait(each) for name, each in program.waits.items()},
        "needs": [each.data() for each in needs(program)],
        **_running(program),
    }


def decode(data: object) -> Program:
    """The program in JSON data. Raises ValueError, with a sentence, for what is no program of this format."""
    fields = _mapping(data)
    number = fields.get("format")
    if isinstance(number, int) and not isinstance(number, bool) and number != FORMAT:
        age, fix = ("an older", "build it anew") if number < FORMAT else ("a newer", "serve it with a newer flowc")
        raise ValueError(f"this program is of {age} format, {number}: this flowc reads format {FORMAT}; {fix}")
    if number != FORMAT or isinstance(number, bool):
        raise unreadable("it does not say its format")
    documents = {key: _read_document(each) for key, each in _mapping(fields.get("documents")).items()}
    waits = {key: _read_wait(each) for key, each in _mapping(fields.get("waits")).items()}
    program = Program(
        _name(fields.get("flow")),
        _name(fields.get("start")),
        documents,
        waits,
        _maybe(fields, "failure"),
        _zone(_name(fields.get("timezone", "UTC"))),
        _hours(_mapping(fields.get("hours", {}))),
        values.names(fields.get("keeps", [])),
        values.names(fields.get("secrets", [])),
        {},
        {key: _name(each) for key, each in _mapping(fields.get("failures", {})).items()},
        {key: _zone(_name(each)) for key, each in _mapping(fields.get("clocks", {})).items()},
    )
    return _linked(program)


# Writing


def _running(program: Program) -> Data:
    """What a program has of its own only where it depends on the call."""
    data: Data = {"timezone": program.timezone} if program.timezone != "UTC" else {}
    if program.clocks:
        data["clocks"] = dict(program.clocks)
    if program.hours:
        from . import calendar_codec

        data["hours"] = {name: calendar_codec.encode(each) for name, each in program.hours.items()}
    if program.keeps:
        data["keeps"] = list(program.keeps)
    if program.secrets:
        data["secrets"] = list(program.secrets)
    return data


def _document(document: Document) -> Data:
    data: Data = {"actions": list(document.actions)}
    if document.fills:
        data["fills"] = [values.fill_data(each) for each in document.fills]
    if document.sets:
        data["sets"] = [values.set_data(each) for each in document.sets]
    if document.chooses:
        data["chooses"] = [{"if": each.test, "goesOn": each.to} for each in document.chooses]
    if document.requests is not None:
        data["requests"] = values.request_data(document.requests)
    if document.fails is not None:
        data["fails"] = document.fails
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
    if wait.fills:
        data["fills"] = [values.fill_data(each) for each in wait.fills]
    if wait.pattern is not None:
        data["pattern"] = wait.pattern
    if wait.save:
        data["save"] = list(wait.save)
    if wait.sensitive:
        data["sensitive"] = True
    if wait.retried:
        data["retried"] = True
    if wait.open:
        data["open"] = list(wait.open)
    return data


# Reading


def _read_document(data: object) -> Document:
    fields = _mapping(data)
    asks, actions = _maybe(fields, "asks"), _actions(fields.get("actions"))
    return Document(
        actions,
        _maybe(fields, "goesOn"),
        asks,
        _attempt(fields.get("attempt", 1)) if asks is not None else 1,
        _open(fields),
        values.read_fills(fields, actions),
        tuple([values.read_set(each) for each in _list(fields.get("sets", []))]),
        tuple([_read_way(each) for each in _list(fields.get("chooses", []))]),
        values.read_request(fields["requests"]) if "requests" in fields else None,
        _maybe(fields, "fails"),
    )


def _read_way(data: object) -> Way:
    fields = _mapping(data)
    return Way(values.expression(fields.get("if")), _name(fields.get("goesOn")))


def _read_wait(data: object) -> Wait:
    fields = _mapping(data)
    question = _actions(fields.get("question"))
    if not question:
        raise unreadable("a wait has no question")
    return Wait(
        _on(fields.get("on")),
        question,
        {key: _name(each) for key, each in _mapping(fields.get("exits")).items()},
        _maybe(fields, "answered"),
        tuple([_read_failure(each) for each in _list(fields.get("failures", []))]),
        _open(fields),
        values.read_fills(fields, question),
        values.read_pattern(fields),
        values.names(fields.get("save", [])),
        fields.get("sensitive") is True,
        fields.get("retried") is True,
    )


def _read_failure(data: object) -> Failure:
    fields = _mapping(data)
    return Failure(_name(fields.get("noInput")), _name(fields.get("noMatch")))


def _zone(name: str) -> str:
    """The name of a time zone of which this machine has the data; UTC needs none."""
    if name != "UTC":
        from .calendar import zone

        zone(name)
    return name


def _hours(data: Data) -> dict[str, Calendar]:
    if not data:
        return {}
    from . import calendar_codec

    return {name: calendar_codec.decode(each) for name, each in data.items()}


def _linked(program: Program) -> Program:
    """The program, if all that it names is there."""
    for name in _named(program):
        if name not in program.documents:
            raise unreadable(f"there is no document `{name}`")
    for document in program.documents.values():
        for wait in (document.asks, document.fails):
            if wait is not None and wait not in program.waits:
                raise unreadable(f"there is no wait `{wait}`")
        if document.fails is not None and not program.waits[document.fails].failures:
            raise unreadable(f"the wait `{document.fails}` takes no answer that could be wrong")
    for name, each in program.waits.items():
        if each.on == "answer" and not each.failures:
            raise unreadable(f"the wait `{name}` has no attempts")
    return program


def _named(program: Program) -> Iterator[str]:
    """The documents that a program names."""
    yield program.start
    for document in program.documents.values():
        yield from ways_on(document)
    yield from program.failing
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
    raise unreadable("attempts are numbered from 1")


def _on(value: object) -> On:
    if value == "answer":
        return "answer"
    if value == "outcome":
        return "outcome"
    raise unreadable("a wait waits for an `answer` or an `outcome`")


def _actions(data: object) -> tuple[Action, ...]:
    actions = tuple([_mapping(each) for each in _list(data)])
    if not all(isinstance(each.get("action"), str) for each in actions):
        raise unreadable("an action does not say which it is")
    return actions


def _open(fields: Data) -> tuple[str, ...]:
    return tuple([_name(each) for each in _list(fields.get("open", []))])
