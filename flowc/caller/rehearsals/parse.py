"""Reads rehearsed calls: from a document whose shape is right to what its calls do and expect."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterator
from typing import Any

from ...language.explained.wording import shown, typed
from ...language.schema.faults import BAD_PHONE_NUMBER
from ...program.machine import Response
from ...text.diagnostics import Diagnostic
from ...text.document import Document, Place
from ...text.nearest import nearest
from ..platform.application import Call, custom
from ..platform.script import HangsUp, Waits
from .given import BY_BODY, IN_TURN, Given
from .impossible import behind_ringing, impossible, no_number
from .moment import MomentError, moment
from .pattern import Pattern, PatternError
from .rehearsal import USUAL_CHANCE, Ended, Rehearsals, Rehearsed, Step, Words
from .rules import (
    BAD_ANSWER,
    BAD_MOMENT,
    IMPOSSIBLE_STEP,
    SAME_CALL_NAME,
    UNKNOWN_CALL_KEY,
    UNREADABLE_PATTERN,
)
from .steps import read

Report = Callable[[Diagnostic], None]
_Fields = dict[str, Any]

NO_ANSWER = "no answer"
"""What is written for a server that does not answer in time."""


def parse(document: Document, report: Report) -> Rehearsals:
    """The calls of a document. What cannot be read is reported, and left out."""
    return _Parsing(document, report).rehearsals()


class _Parsing:
    """A document that is read."""

    def __init__(self, document: Document, report: Report) -> None:
        self.document, self.report = document, report
        self.data: _Fields = document.data if isinstance(document.data, dict) else {}

    def rehearsals(self) -> Rehearsals:
        """All of it."""
        common = dict(self.given(self.data))
        calls = self.data["calls"]
        self.names(calls)
        return Rehearsals(
            self.document,
            str(self.data["flow"]),
            self.document.value(self.data, "flow"),
            self.data.get("params", {}),
            tuple([self.call(each, common) for each in calls]),
        )

    def names(self, calls: list[_Fields]) -> None:
        """Report calls that have the name of another one."""
        first: dict[str, Place] = {}
        for each in calls:
            name, place = str(each["name"]), self.document.value(each, "name")
            if name in first:
                message, cause = f"another call has the name {shown(name)}, too", (first[name], "the first")
                self.report(SAME_CALL_NAME.at(place, message, "say in it what is different in this call", cause))
            first.setdefault(name, place)

    def call(self, fields: _Fields, common: dict[str, Given]) -> Rehearsed:
        """One call."""
        steps = [each for number in range(len(fields["steps"])) if (each := self.step(fields["steps"], number))]
        for step, message, hint in behind_ringing(steps):
            self.report(IMPOSSIBLE_STEP.at(step.place, message, hint))
        return Rehearsed(
            str(fields["name"]),
            self.document.value(fields, "name"),
            self.caller(fields),
            ChainMap(dict(self.given(fields)), common),
            bool(fields.get("hears only", False)),
            float(fields.get("random", USUAL_CHANCE)),
            tuple(steps),
        )

    def caller(self, fields: _Fields) -> Call:
        """Who calls, whom, and when."""
        call = Call().made() if fields.get("direction") == "outbound" else Call()
        self.known(fields)
        user = str(fields.get("user", ""))
        headers = tuple((str(key), str(value)) for key, value in fields.get("headers", {}).items())
        return call._replace(
            caller=str(fields.get("from", call.caller)),
            to=str(fields.get("to", call.to)),
            user=user,
            custom=custom(fields.get("data", "")),
            headers=headers,
            endpoint="app" if user or fields.get("data") else "sip" if headers else "phone",
            started=self.moment(fields, call.started),
            outcome=str(fields.get("outcome", call.outcome)),
        )

    def known(self, fields: _Fields) -> None:
        """Report numbers and headers of which a call would not tell the flow as they are written."""
        for name in ("from", "to"):
            amiss = no_number(name, str(fields[name])) if name in fields else None
            if amiss is not None:
                self.report(BAD_PHONE_NUMBER.at(self.document.value(fields, name), *amiss))
        if "outcome" in fields and fields.get("direction") != "outbound":
            message = "`outcome` is of calls that the platform makes"
            place = self.document.key(fields, "outcome")
            self.report(UNKNOWN_CALL_KEY.at(place, message, "write `direction: outbound` above it"))
        headers = fields.get("headers", {})
        for name in headers:
            if not re.match("x-|user-to-user$", str(name), re.IGNORECASE):
                message = f"the platform does not tell of a header `{name}`"
                self.report(UNKNOWN_CALL_KEY.at(self.document.key(headers, name), message, f"write `X-{name}`"))

    def moment(self, fields: _Fields, default: float) -> float:
        """The moment of a call in seconds since 1970."""
        written = fields.get("at")
        if written is None:
            return default
        try:
            return moment(str(written))
        except MomentError as error:
            self.report(BAD_MOMENT.at(self.document.value(fields, "at"), error.message, error.meant))
            return default

    def given(self, fields: _Fields) -> Iterator[tuple[str, Given]]:
        """What servers answer, by method and URL."""
        written = fields.get("given", {})
        for request in written:
            if "://" not in str(request):
                method, _, url = str(request).partition(" ")
                place, message = self.document.key(written, request), f"{shown(str(request))} names no whole URL"
                self.report(
                    BAD_ANSWER.at(place, message, f"write `{method} https://{'…' if url.startswith('/') else ''}{url}`")
                )
            yield request, self.answer(written, request, self.document.key(written, request))

    def answer(self, owner: _Fields | list[Any], key: Any, place: Place) -> Given:
        """One answer, several in turn, or one for each body."""
        value = owner[key]
        if _is_several(value, IN_TURN):
            turns = [self.one(value[IN_TURN], number) for number in range(len(value[IN_TURN]))]
            return Given(turns[0], place, tuple(turns[1:]))
        if _is_several(value, BY_BODY):
            listed = [each for number, each in enumerate(value[BY_BODY]) if self.is_by_body(value[BY_BODY], number)]
            bodies = [(each["body"], self.answer(each, "answer", place)) for each in listed]
            return Given(Response(None), place, (), tuple(bodies))
        return Given(self.one(owner, key), place)

    def is_by_body(self, listed: list[Any], number: int) -> bool:
        """Whether an item is a body with its answer; reports one that is not."""
        each = listed[number]
        if isinstance(each, dict) and each.keys() == {"body", "answer"}:
            if not _is_several(each["answer"], BY_BODY):
                return True
            message, hint = f"`{BY_BODY}` stands in `{BY_BODY}`", "write both bodies as one: `{body: {…}, answer: …}`"
            self.report(BAD_ANSWER.at(self.document.value(each, "answer"), message, hint))
            return False
        message = f"`{BY_BODY}` takes bodies with their answers"
        self.report(BAD_ANSWER.at(self.document.value(listed, number), message, "write `{body: {…}, answer: …}`"))
        return False

    def one(self, owner: _Fields | list[Any], key: Any) -> Response:
        """One answer. What would be taken for the body of one, and hardly is meant so, is reported."""
        message, hint = _unlike(owner[key])
        if message:
            self.report(BAD_ANSWER.at(self.document.value(owner, key), message, hint))
        return _response(owner[key])

    def step(self, steps: list[Any], number: int) -> Step | None:
        """One step; None for one that cannot be read."""
        written = steps[number]
        if isinstance(written, str):
            place = self.document.value(steps, number)
            if written == "ended":
                return Step(place, f"`{written}`", expected=Ended())
            return Step(place, f"`{written}`", Waits() if written == "waits" else HangsUp())
        ((name, value),) = written.items()
        place = self.document.value(written, name)
        step = Step(place, typed(name, value, raw=False))
        if name in ("hears", "callee hears"):
            words = self.words(value, place, "callee" if name.startswith("callee") else "caller")
            return step._replace(expected=words) if words else None
        step = read(name, step, value)
        for key, message, hint in impossible(name, value, step):
            self.report(IMPOSSIBLE_STEP.at(self.document.value(value, key), message, hint))
        return step

    def words(self, value: Any, place: Place, by: str) -> Words | None:
        """What is to be heard."""
        if isinstance(value, dict):
            text = str(value.get("exactly", value.get("part", "")))
            return Words(text, "exactly" in value, by=by, language=value.get("language"))
        text = str(value)
        if len(text) < 3 or not (text.startswith("/") and text.endswith("/")):
            return Words(text, by=by)
        try:
            return Words(text, pattern=Pattern(text[1:-1]), by=by)
        except PatternError as error:
            hint = "put `\\` before signs that stand for themselves, or write words without slashes"
            self.report(UNREADABLE_PATTERN.at(place, f"this pattern cannot be used: {error}", hint))
            return None


def _is_several(value: Any, name: str) -> bool:
    """Whether an answer is several, written under that name."""
    return isinstance(value, dict) and [*value] == [name] and isinstance(value[name], list) and bool(value[name])


def _unlike(value: Any) -> tuple[str, str | None]:
    """What is wrong with what a server answers, and the fix; nothing, as a rule."""
    for name in _FORMS if isinstance(value, dict) else ():
        if name in value:
            return _unlike_several(value, name)
    if isinstance(value, str) and value != NO_ANSWER and nearest(value.replace(" ", ""), ["noanswer"]):
        return f"{shown(value)} is the text of a body", f"did you mean `{NO_ANSWER}`?"
    status = value.get("status") if isinstance(value, dict) else value
    if isinstance(value, dict) and (len(value) > 2 or not all(each == "status" or _is_body(each) for each in value)):
        return "", None
    if isinstance(status, str) and re.fullmatch(r"[1-5]\d\d", status) and isinstance(value, dict):
        return f"the status `{status}` is a text, so all of it is a body", f"write `status: {status}`, without quotes"
    if type(status) is int and not 100 <= status <= 599:
        return f"{status} is no status of HTTP", "write one such as `404`"
    other = next((each for each in value if each not in ("status", "body")), None) if isinstance(value, dict) else None
    if type(status) is int and other is not None:
        return f"an answer with a status has no `{other}`", "did you mean `body`?"
    return "", None


def _unlike_several(value: _Fields, name: str) -> tuple[str, str]:
    """What is wrong with several answers under that name which cannot be read, or stand where only one can."""
    if _is_several(value, name):
        hint = "write all of them in one list" if name == IN_TURN else f"write `{IN_TURN}` as an answer of `{name}`"
        return f"an answer in turn is a single one, not `{name}`", hint
    other = next((each for each in value if each != name), None)
    wrong = f"stands alone, without `{other}`" if other is not None else f"takes a list of {_LISTED[name]}"
    return f"`{name}` {wrong}", f"write `{_FORMS[name]}`, or `{{status: 200, body: …}}` for a body that says this"


_FORMS = {IN_TURN: "{in turn: [503, {NAME: VALUE}]}", BY_BODY: "{by body: [{body: {NAME: VALUE}, answer: …}]}"}
"""How several answers are written."""

_LISTED = {IN_TURN: "answers", BY_BODY: "bodies with their answers"}


def _is_body(name: object) -> bool:
    return name == "body" or nearest(str(name), ["body"]) is not None


def _response(value: Any) -> Response:
    """What a server answers: a status, no answer, a status with a body, or a body."""
    if value == NO_ANSWER:
        return Response(None)
    if isinstance(value, int) and not isinstance(value, bool):
        return Response(value)
    if isinstance(value, dict) and isinstance(value.get("status"), int) and not value.keys() - {"status", "body"}:
        return Response(value["status"], value.get("body"))
    return Response(200, value)
