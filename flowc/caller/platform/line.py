"""A call under way: its clock, what the caller is about to do, and all that has happened so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import undecided
from .application import Answer, Application, Call
from .caller import Caller
from .ncco import Hook, Ncco
from .options import supposed
from .others import Others
from .pace import LONGEST, Over, Pace, longest_call
from .script import Act, HangsUp
from .transcript import Happened, Loss, What, Why
from .webhook import Webhook

_happened = tuple.__new__
"""Makes a `Happened` of all its fields at once; its own constructor is slow."""

__all__ = ["Line", "Over"]


class Line:
    """A call between a caller and the platform."""

    def __init__(self, application: Application, call: Call, script: Iterable[Act]) -> None:
        self.application, self.call = application, call
        self.supposed = supposed(call.supposed)
        """What the platform is taken to do otherwise than usual."""
        self.caller, self.others = Caller(iter(script)), Others()
        self.pace = Pace(LONGEST if undecided.LONGEST in self.supposed else longest_call())
        self.now = 0.0
        self.barge_in = False
        """Whether prompts may be cut short: once they may, they may up to the next question (reference, talk)."""
        self.listens: Hook | None = None
        """Where single keys are sent, after a question that does not wait."""
        self.ncco = Ncco("", ())
        self.number = -1
        self.happened: list[Happened] = []
        self.acts: list[int] = []
        self.remarks: dict[str, None] = {}
        self.trouble: list[tuple[int, str]] = []
        self.losses: list[Loss] = []
        """What the caller did in vain."""
        self.why = ""
        """Why the call has ended."""

    @property
    def asking(self) -> bool:
        """Whether the script decides only when it has to."""
        return self.caller.asking

    @asking.setter
    def asking(self, asking: bool) -> None:
        self.caller.asking = asking

    def split(self) -> Line:
        """The same call from here on, as one of its own, of which nothing has happened yet."""
        line = object.__new__(type(self))  # as `copy` does, in a third of its time
        line.__dict__.update(self.__dict__)
        line.caller, line.others, line.pace = self.caller.copy(), self.others.copy(), self.pace.copy()
        line.happened, line.acts, line.remarks, line.trouble, line.losses = [], [], {}, [], []
        return line

    def note(self, what: What, said: str = "", seconds: float = 0.0, language: str = "", times: int = 1) -> None:
        """Something happens now and lasts so long."""
        made = (self.now, what, said, seconds, self.ncco.name, self.number, False, None, language, times)
        self.happened.append(_happened(Happened, made))
        self.passes(seconds)

    def passes(self, seconds: float) -> None:
        """Time goes by; a call that is too long is ended."""
        self.now += seconds
        if self.now > self.pace.longest:
            self.now = self.pace.longest
            self.rests(undecided.LONGEST)
            raise Over("it has reached the longest time that a call may last")

    def rests(self, usual: str) -> bool:
        """The outcome rests on something that the platform's documents do not settle; whether it is taken otherwise."""
        other = self.supposed.get(usual)
        self.remarks[other or usual] = None
        return other is not None

    def next_act(self) -> Act | None:
        """What the caller does next, which is not done yet; None: nothing more."""
        return self.caller.next_act()

    def hangs_up(self) -> bool:
        """Whether the caller hangs up next, who need do nothing here."""
        if self.caller.asking or not isinstance(self.caller.next_act(), HangsUp):
            return False
        self.did()
        return True

    def did(self) -> None:
        """The next act has come about."""
        self.caller.did(len(self.acts))
        self.acts.append(len(self.happened))

    def loses(self, why: Why, keys: str = "", wanted: str = "") -> None:
        """What the caller answered last, or a part of it, is in vain."""
        self.losses.append(Loss(self.caller.answer, why, keys, wanted))

    def cannot_be(self, why: Why, wanted: str = "") -> None:
        """The last act is an outcome that a call to somebody else cannot have."""
        self.losses.append(Loss(len(self.acts) - 1, why, "", wanted))

    def ask(self, kind: str, hook: Hook, data: Mapping[str, object]) -> Ncco | None:
        """A webhook that may be answered with an NCCO; it takes the place of the one that is played."""
        if kind != "connect":  # of which there are no more than the script has outcomes for
            self.pace.asks(self.now)
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

    def _heard(self, answer: Answer, what: What) -> Ncco | None:
        ncco, name, number = answer.ncco, self.ncco.name, self.number
        for webhook, outcome, seconds in answer.exchanges:
            kind = "event" if webhook.kind == "error" else what
            made = (self.now, kind, outcome, seconds, name, number, False, webhook, "", 1)
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
