"""Reads rehearsed calls: from a document whose shape is right to what its calls do and expect."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from ..language.wording import typed
from ..program.machine import Response
from ..text.diagnostics import Diagnostic
from ..text.document import Document, Place
from .pattern import Pattern, PatternError
from .platform.application import Call
from .platform.script import HangsUp, Waits
from .rehearsal import Ended, Given, Rehearsals, Rehearsed, Step, Words
from .rehearsal_rules import BAD_MOMENT, UNREADABLE_PATTERN
from .rehearsal_steps import read

Report = Callable[[Diagnostic], None]
_Fields = dict[str, Any]


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
        return Rehearsals(
            self.document,
            str(self.data["flow"]),
            self.document.value(self.data, "flow"),
            self.data.get("params", {}),
            tuple([self.call(each, common) for each in calls]),
        )

    def call(self, fields: _Fields, common: dict[str, Given]) -> Rehearsed:
        """One call."""
        return Rehearsed(
            str(fields["name"]),
            self.document.value(fields, "name"),
            self.caller(fields),
            ChainMap(dict(self.given(fields)), common),
            bool(fields.get("hears only", False)),
            float(fields.get("random", 0.5)),
            tuple([each for number in range(len(fields["steps"])) if (each := self.step(fields["steps"], number))]),
        )

    def caller(self, fields: _Fields) -> Call:
        """Who calls, whom, and when."""
        call = Call()
        user = str(fields.get("user", ""))
        headers = tuple((str(key), str(value)) for key, value in fields.get("headers", {}).items())
        return call._replace(
            caller=str(fields.get("from", call.caller)),
            to=str(fields.get("to", call.to)),
            user=user,
            custom=str(fields.get("data", "")),
            headers=headers,
            endpoint="app" if user else "sip" if headers else "phone",
            started=self.moment(fields, call.started),
        )

    def moment(self, fields: _Fields, default: float) -> float:
        """The moment of a call in seconds since 1970."""
        written = fields.get("at")
        if written is None:
            return default
        try:
            at = datetime.fromisoformat(str(written))
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            what = f"`{written}` is no moment" if at is None else f"`{written}` does not say its difference to UTC"
            hint = "write `2026-03-02T10:00+00:00`" if at is None else f"write `{written}+00:00` for UTC"
            self.report(BAD_MOMENT.at(self.document.value(fields, "at"), what, hint))
            return default
        return at.timestamp()

    def given(self, fields: _Fields) -> Iterator[tuple[str, Given]]:
        """What servers answer, by method and URL."""
        written = fields.get("given", {})
        for request in written:
            yield request, Given(_response(written[request]), self.document.key(written, request))

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
        return read(name, step, value)

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


def _response(value: Any) -> Response:
    """What a server answers: a status, no answer, a status with a body, or a body."""
    if value == "no answer":
        return Response(None)
    if isinstance(value, int) and not isinstance(value, bool):
        return Response(value)
    if isinstance(value, dict) and isinstance(value.get("status"), int) and not value.keys() - {"status", "body"}:
        return Response(value["status"], value.get("body"))
    return Response(200, value)
