"""Compares what happened in a call with what its author says: the first thing that is not so is said.

What comes behind it would mostly be wrong for the same reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import ceil

from ...language.explained.wording import LONG, shown
from ...text.diagnostics import Diagnostic
from ...text.quoting import quoted
from ..platform.inside import BASE_URL
from ..platform.pace import CALLER_HANGS_UP
from ..platform.play import NO_NCCO
from ..platform.script import HangsUp
from ..platform.transcript import Happened, Transcript
from .amiss import Amiss, Moment, heard_by, in_language, not_done, not_heard, story
from .given import holds
from .heard_step import heard_step
from .lasting import over
from .rehearsal import Ended, Notified, Reaches, Rehearsed, Step, Took, Words
from .rooms import ANOTHER_PART, another_part
from .rules import ANOTHER_CALLEE, ANOTHER_DURATION, HEARD_MORE, NOT_DONE, NOT_ENDED, NOT_NOTIFIED
from .said_where import Flow, place_of


def judge(rehearsed: Rehearsed, transcript: Transcript, flow: Flow | None) -> Iterator[Diagnostic]:
    """What in a call is not as it was to be."""
    timed = any(isinstance(each.expected, Took) for each in rehearsed.steps)
    judging = _Judging(transcript, only=rehearsed.only, timed=timed)
    for step in rehearsed.steps:
        found = judging.step(step)
        if found is not None:
            yield _said(rehearsed, step, _after_trouble(found, transcript, judging.now.limit), flow)
            return
    more = judging.more(len(transcript.happened))
    if more is not None:
        yield _said(rehearsed, rehearsed.steps[-1], more, flow)
    if more is None and transcript.ended.startswith(NO_NCCO):  # which no `hangs up` or `ended` is to pass for a call
        never = Amiss(NOT_DONE, f"there is no call: {transcript.ended.partition(': the caller')[0]}")
        yield _said(rehearsed, rehearsed.steps[0], _after_trouble(never, transcript, len(transcript.happened)), flow)


def _after_trouble(amiss: Amiss, transcript: Transcript, limit: int) -> Amiss:
    """What is amiss, with the first webhook that failed before it: most often that is why."""
    first = next((why for at, why in transcript.trouble if at <= limit), None)
    return amiss if first is None else amiss._replace(hint=f"see to this first: {first}")


def _said(rehearsed: Rehearsed, step: Step, amiss: Amiss, flow: Flow | None) -> Diagnostic:
    """What is amiss, at its step, with the place of the flow that something heard comes from."""
    where = place_of(flow, amiss.heard) if flow is not None and amiss.heard is not None else None
    spoken = amiss.heard is not None and heard_by("caller", amiss.heard)
    labels = [(where, "said here" if spoken else "here")] if where else []
    return amiss.rule.at(step.place, amiss.message, amiss.hint, (rehearsed.place, "in this call"), *labels)


class _Judging:
    """How far a call has been compared: `at` is the first thing that has not been, `acts` counts what was done.

    `only` says that each thing that is heard has to be one that a step names, `timed` that a step asks for a time.
    """

    def __init__(self, transcript: Transcript, *, only: bool, timed: bool) -> None:
        self.happened, self.done = transcript.happened, transcript.acts
        self.ended, self.seconds = transcript.ended, transcript.seconds
        self.only, self.timed = only, timed
        self.at = self.acts = 0
        self.lasted = 0.0
        """How long the call has lasted when all steps so far have come to their end."""

    @property
    def now(self) -> Moment:
        """Where the call has been compared to, and where the next act came about: what precedes it ends there."""
        limit = self.done[self.acts] if self.acts < len(self.done) else len(self.happened)
        return Moment(self.happened, self.at, limit, self.ended)

    def step(self, step: Step) -> Amiss | None:
        """What is amiss at a step; None if nothing."""
        return (self.act(step) if step.act is not None else None) or self.expected(step)

    def act(self, step: Step) -> Amiss | None:
        """Whether an act came about. To hang up, a caller need not come to it: the call may be over."""
        if self.acts < len(self.done):
            reached = self.now.limit
            more = self.more(reached)
            self.at, self.acts = reached, self.acts + 1
            if self.timed and step.act is not None:
                self.lasts(over(self.happened, reached, step.act, self.seconds))
            return more
        if not isinstance(step.act, HangsUp):
            return not_done(self.now, step.act)
        self.at = len(self.happened)
        self.lasts(self.seconds)
        return None

    def lasts(self, until: float) -> None:
        """Something comes to its end at this second, or before all that came earlier."""
        self.lasted = max(self.lasted, until)

    def expected(self, step: Step) -> Amiss | None:
        """What is not as a step expects it."""
        match step.expected:
            case Words() as words:
                return self.heard(step, words)
            case Reaches() as reaches:
                return self.reaches(reaches)
            case Ended():
                return self.is_ended()
            case Notified() as notified:
                return self.notified(notified)
            case Took() as took:
                return self.took(took)
        return None

    def heard(self, step: Step, words: Words) -> Amiss | None:
        """Words that are to be heard from here on, before the caller does the next thing."""
        now = self.now
        for index in range(now.at, now.limit):
            each = self.happened[index]
            if heard_by(words.by, each) and words.fits(each.said) and in_language(words, each):
                more = self.more(index) if words.by == "caller" else None
                self.at = index + 1
                self.lasts(each.at + each.seconds)
                return more
        return not_heard(now, step, words)

    def more(self, end: int) -> Amiss | None:
        """Something that was heard up to here and that no step names, where that matters."""
        more = next((each for each in self.happened[self.at : end] if heard_by("caller", each)), None)
        if more is None or not self.only:
            return None
        message = f"the caller also hears {shown(more.said)}, which no step names"
        return Amiss(HEARD_MORE, message, f"write `- {heard_step('hears', more.said)}` before it", more)

    def reaches(self, wanted: Reaches) -> Amiss | None:
        """Whom the call that has just been made, or the room, is of."""
        found = next((each for each in reversed(self.happened[: self.at]) if each.what == wanted.what), None)
        if found is None:
            return None
        if wanted.name in ("", found.said) or found.said.startswith(f"{wanted.name} ("):
            other = another_part(found, wanted.part)
            return Amiss(ANOTHER_PART, *other, found) if other is not None else None
        message = f"the caller is led to {shown(_name(found))}, not to {shown(wanted.name)}"
        name = "to" if wanted.what == "connects" else "room"
        return Amiss(ANOTHER_CALLEE, message, f"write `{name}: {quoted(_name(found))}` if the flow is right", found)

    def is_ended(self) -> Amiss | None:
        """Whether the call comes to its end from here on: the caller is asked nothing more."""
        asked = next((each for each in self.happened[self.at :] if each.what in ("asks", "joins", "recorded")), None)
        if self.acts < len(self.done) or (asked is not None and self.ended == CALLER_HANGS_UP):
            early = self.acts < len(self.done)
            hint = "put it behind the last thing that is done" if early else "write `- hangs up` if the caller ends it"
            return Amiss(NOT_ENDED, f"the call goes on: {story(self.now)}", hint, asked)
        more = self.more(len(self.happened))
        self.at = len(self.happened)
        self.lasts(self.seconds)
        return more

    def notified(self, wanted: Notified) -> Amiss | None:
        """Whether an application has been notified of this by now."""
        sent = [each.webhook for each in self.happened[: self.now.limit] if each.what == "webhook" and each.webhook]
        notes = [each for each in sent if each.kind == "notify" and not str(each.url).startswith(BASE_URL)]
        if any(wanted.url in (None, each.url) and holds(each.data["payload"], wanted.payload) for each in notes):
            return None
        told = ", ".join(f"{shown(str(each.url))} of {shown(each.data['payload'])}" for each in notes[-3:])
        hint = "add a `notify` to the flow, or take this step out"
        if notes:
            payload = json.dumps(notes[-1].data["payload"], ensure_ascii=False)
            hint = f"write `payload: {payload if len(payload) <= LONG else '…'}` if the flow is right"
        return Amiss(NOT_NOTIFIED, f"by now the call notifies {told or 'nobody'}", hint)

    def took(self, wanted: Took) -> Amiss | None:
        """Whether the call has lasted as long as it is to have by now."""
        seconds = self.lasted
        by_now = f"by now the call has taken {seconds:.1f} s"
        if wanted.less is not None and seconds >= wanted.less:
            hint = f"write `less than: {int(seconds) + 1}s` if the flow is right"
            return Amiss(ANOTHER_DURATION, f"{by_now}, not less than {wanted.less:g} s", hint)
        if wanted.more is not None and seconds <= wanted.more:
            hint = f"write `more than: {max(ceil(seconds) - 1, 0)}s` if the flow is right"
            hint = hint if seconds > 0 else "take `more than` out, or put it behind what takes time"
            return Amiss(ANOTHER_DURATION, f"{by_now}, not more than {wanted.more:g} s", hint)
        return None


def _name(happened: Happened) -> str:
    """The callee, or the room, that a caller is led to."""
    return happened.said.partition(" (")[0]
