"""A call under way: its clock, what the caller is about to do, and all that has happened so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import NamedTuple

from ...language.schema import facts
from . import undecided
from .application import Answer, Application, Call
from .ncco import Connect, Hook, Ncco
from .script import Act, Connects, HangsUp, Presses, Records, Says
from .transcript import Happened, What
from .webhook import Webhook

_happened = tuple.__new__
"""Makes a `Happened` of all its fields at once; its own constructor is slow."""

MOST_ACTIONS = 10_000
"""How many actions of one call are played. A limit of ours, for programs that lead round and round."""

MOST_AT_ONCE, AT_ONCE = 50, 10.0
"""How many webhooks of a call may bring an NCCO in so many of its seconds. A limit of ours: a program that leads round
and round without a pause would otherwise be asked thousands of times."""


class Over(Exception):  # noqa: N818 - no error: how calls end
    """The call is over, and why."""


class Party(NamedTuple):
    """Somebody who has answered: since when, what becomes of it, the action that called them, and their leg."""

    began: float
    act: Connects
    action: Connect
    uuid: str


class Line:
    """A call between a caller and the platform."""

    def __init__(self, application: Application, call: Call, script: Iterable[Act]) -> None:
        self.application, self.call = application, call
        self.script = iter(script)
        self.act: Act | None = None
        self.pulled = False
        self.asking = False
        """Whether the script decides only when it has to: then it is not asked during what is merely heard."""
        self.now = 0.0
        self.ready = 0.0
        """The caller does nothing before this moment."""
        self.under_way: Presses | Says | None = None
        """What the caller began while a prompt was heard, and goes on with at the next question."""
        self.barge_in = False
        """Whether prompts may be cut short: once they may, they may up to the next question (reference, talk)."""
        self.deaf = False
        """Whether the last thing that was heard is a prompt that could not be cut short."""
        self.answer = -1
        """The number of the act that was the caller's last answer."""
        self.listens: Hook | None = None
        """Where single keys are sent, after a question that does not wait."""
        self.joined: tuple[Party, ...] | None = None
        """Those who have answered: they talk when there is nothing more to play."""
        self.behind: list[tuple[float, Hook, Hook | None]] = []
        """Recordings that go on to the end of the call: since when, and who is told."""
        self.recordings = 0
        self.ncco = Ncco("", ())
        self.number = -1
        self.happened: list[Happened] = []
        self.acts: list[int] = []
        self.remarks: dict[str, None] = {}
        self.trouble: list[tuple[int, str]] = []
        self.lost: list[tuple[int, str]] = []
        """What the caller did in vain: the number of the act, and why."""
        self.played = 0
        self.asked, self.asked_since = 0, 0.0
        """How many webhooks might have brought an NCCO since a moment not long ago."""
        self.legs = 0
        self.longest = facts.limit("callLength")
        self.unanswered = False
        """Whether nobody has answered the call: then its leg has had its last event."""
        self.why = ""
        """Why the call has ended."""

    def split(self) -> Line:
        """The same call from here on, as one of its own, of which nothing has happened yet."""
        line = copy(self)
        line.happened, line.acts, line.remarks, line.trouble, line.behind = [], [], {}, [], [*self.behind]
        line.lost = []
        return line

    def note(self, what: What, said: str = "", seconds: float = 0.0, language: str = "") -> None:
        """Something happens now and lasts so long."""
        made = (self.now, what, said, seconds, self.ncco.name, self.number, False, None, language)
        self.happened.append(_happened(Happened, made))
        self.passes(seconds)

    def passes(self, seconds: float) -> None:
        """Time goes by; a call that is too long is ended."""
        self.now += seconds
        if self.now > self.longest:
            self.now = self.longest
            self.rests(undecided.LONGEST)
            raise Over("it has reached the longest time that a call may last")

    def rests(self, remark: str) -> None:
        """The outcome rests on something that the platform's documents do not settle."""
        self.remarks[remark] = None

    def next_act(self) -> Act | None:
        """What the caller does next, which is not done yet; None: nothing more."""
        if not self.pulled:
            self.act = next(self.script, None)
            self.pulled = True
        return self.act

    def hangs_up(self) -> bool:
        """Whether the caller hangs up next, who need do nothing here."""
        if self.asking or not isinstance(self.next_act(), HangsUp):
            return False
        self.did()
        return True

    def did(self) -> None:
        """The next act has come about."""
        self.pulled = self.deaf = False
        if isinstance(self.act, Presses | Says | Records):
            self.answer = len(self.acts)
        self.acts.append(len(self.happened))

    def loses(self, why: str) -> None:
        """What the caller answered last, or a part of it, is in vain."""
        self.lost.append((self.answer, why))

    def ask(self, kind: str, hook: Hook, data: Mapping[str, object]) -> Ncco | None:
        """A webhook that may be answered with an NCCO; it takes the place of the one that is played."""
        if kind != "connect":  # of which there are no more than the script has outcomes for
            self._counts()
        webhook = Webhook(kind, hook.url, hook.method, data, self.call.started + self.now)
        return self._heard(self.application.ask(webhook), "webhook")

    def tell(self, kind: str, hook: Hook, data: Mapping[str, object]) -> None:
        """A webhook whose answer changes nothing."""
        webhook = Webhook(kind, hook.url, hook.method, data, self.call.started + self.now)
        self._heard(self.application.tell(webhook), "event")

    def identity(self) -> dict[str, object]:
        """What most webhooks say of a call."""
        call = self.call
        said: dict[str, object] = {"from_user": call.user} if call.user else {"from": call.caller}
        said |= {"to": call.to, "uuid": call.uuid, "conversation_uuid": call.conversation}
        return said

    def _counts(self) -> None:
        """End a call that asks again and again while hardly any time goes by."""
        self.asked += 1
        if self.asked > MOST_AT_ONCE:
            if self.now - self.asked_since < AT_ONCE:
                raise Over(f"it goes round and round: {MOST_AT_ONCE} webhooks in {self.now - self.asked_since:g} s")
            self.asked, self.asked_since = 0, self.now

    def _heard(self, answer: Answer, what: What) -> Ncco | None:
        ncco, name, number = answer.ncco, self.ncco.name, self.number
        for webhook, outcome, seconds in answer.exchanges:
            kind = "event" if webhook.kind == "error" else what
            made = (self.now, kind, outcome, seconds, name, number, False, webhook, "")
            self.happened.append(_happened(Happened, made))
            if what == "webhook":
                self.passes(seconds)
        for remark in answer.remarks:
            self.remarks[remark] = None
        if answer.trouble:
            self.trouble += [(len(self.happened), why) for why in answer.trouble]
        if ncco is not None and ncco.remarks:
            self.remarks.update(dict.fromkeys(ncco.remarks))
        return ncco
