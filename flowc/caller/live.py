"""A call whose caller is a person: asked for each thing when it is time for it, and told what happens meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NoReturn

from ..program.machine import Ask, Response
from . import asked
from .asked import Question
from .exploring.graph import Answered, Decision
from .live_line import LiveLine
from .person import Person
from .platform import undecided
from .platform.application import Application, Call
from .platform.line import Over
from .platform.ncco import Action, Connect, Conversation, Input, Record, Stream, Talk, Wait
from .platform.pace import CALLER_HANGS_UP
from .platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from .platform.single_keys import single_keys
from .platform.transcript import Happened, Loss, Why
from .rehearsals.given import Answering

_Means = Callable[[str], Act | Response | str]
"""What an answer means; in words, why it means nothing there."""

_NOT_HERE = "the call that is done again does something else here, so go on by hand"
_AT_ONCE = ("asks", "presses", "says", "silent", "connects", "outcome")
"""What a person is told when it happens, for a server may take its time then. What is heard may still be cut short."""

_HEARD, _TAKE_TIME = (Talk, Stream, Wait), ("hears", "plays", "waits")
"""What takes its seconds where anything does."""

_DONE: Mapping[type[Action], tuple[type[Act], ...]] = {
    Input: (Presses, Says, Waits),
    Connect: (Connects,),
    Record: (Records,),
    Conversation: (Joins,),
    Talk: (Presses, Says),
    Stream: (Presses, Says),
}
"""What can be done at each action, beside hanging up."""


class Live:
    """A person on a line, and how many of the things that happened the person has been told.

    `first` is what is done before the person is asked, `done` all that was done, also what servers answered, in order.
    """

    def __init__(self, application: Application, call: Call, person: Person, first: Iterable[Act] = ()) -> None:
        self.person = person
        self.first = deque(first)
        self.told = 0
        self.read = 0
        """How many of the things that happened the person has had the time to read."""
        self.early: Presses | Says | None = None
        """What the person has done while something was heard, as long as the line has not taken it up."""
        self.chances: list[int] = []
        """For each prompt that could be cut short, how many acts had come about before it."""
        self.kept = ""
        """Keys that were pressed too early, where the platform is supposed to keep them for the next question."""
        self.done: list[Decision] = []
        self.line = LiveLine(application, call, self.acts(), self.noted)

    def catch_up(self, end: int | None = None) -> None:
        """Tell what has happened since."""
        end = len(self.line.happened) if end is None else end
        for each in self.line.happened[self.told : end]:
            self.person.told(each)
        self.told = end

    def acts(self) -> Iterator[Act]:
        """What the person does, behind what is done first."""
        while True:
            action = self.line.action
            assert action is not None
            early = self.early
            if early is not None:
                self.early = None
                self.done.append(self._rehearsed(early))
                yield early
                continue
            act = self._again(action)
            act = self._asked(action) if act is None else act
            self.done.append(act)
            yield act
            if isinstance(act, HangsUp):
                return

    def _rehearsed(self, early: Presses | Says) -> Act:
        """An answer that came early, as a rehearsed call has it.

        There such an answer cuts the first prompt short that it can. One that came later is as good behind all of them.
        """
        is_first = self.chances.count(len(self.line.acts)) <= 1
        return early if is_first else early._replace(early=False)

    def _again(self, action: Action) -> Act | None:
        """What is done before the person is asked; None where that is no more, or cannot be done here."""
        if not self.first or not isinstance(self.first[0], (*_DONE.get(type(action), ()), HangsUp)):
            return None
        if isinstance(action, Connect) and isinstance(self.first[0], HangsUp):
            return Connects()  # as in a rehearsal: a call of which nothing is said is answered
        return self.first.popleft()

    def _asked(self, action: Action) -> Act:
        """What the person does at an action. For what cannot be done there, the person is told so and asked again."""
        self.catch_up()
        why = f"{_NOT_HERE}\n" if self.first else ""
        self.first.clear()
        question, means = asked.question(action, self.line.supposed, self._heard_since()), partial(asked.act, action)
        if isinstance(action, Talk | Stream):  # one that does not end by itself: about others nobody is asked
            following, sends = self.line.following, self.line.listens is not None
            question, means = asked.endless(following, sends=sends), partial(asked.meanwhile, following, sends=sends)
        if isinstance(action, Input):
            question, self.kept = question._replace(begun=self.kept), ""
        act = self._until(question, means, why)
        assert not isinstance(act, Response)
        return act if act is not None else HangsUp()

    def _until(self, question: Question, means: _Means, why: str = "") -> Act | Response | None:
        """What an answer means, asked for until it means something; None when there is nobody any more."""
        while True:
            typed = self.person.asked(question._replace(text=f"{why}{question.text}"))
            meant = means(typed.strip()) if typed is not None else None
            if not isinstance(meant, str):
                return meant
            why, question = f"{meant}\n", question._replace(begun="")

    def _heard_since(self) -> float:
        """The seconds of words that have been heard and that the person has yet to read."""
        fresh, self.read = self.line.happened[self.read :], len(self.line.happened)
        return sum(each.seconds for each in fresh if each.what == "hears")

    def noted(self, happened: Happened) -> None:
        """Something happens on the line, which from here on may ask for what does not wait for its question."""
        action = self.line.action
        if happened.what in _AT_ONCE:
            self.catch_up()
        if self.line.barge_in and isinstance(action, Talk | Stream):
            self.chances.append(len(self.line.acts))
        if self.person.takes_time and not self.first and isinstance(action, _HEARD) and happened.what in _TAKE_TIME:
            self.catch_up(len(self.line.happened) - 1)
            self._hears(action, happened)
        self.line.asking = not (isinstance(action, Talk | Stream | Input) and self._comes_early())

    def _comes_early(self) -> bool:
        """Whether the next thing that is done does not wait for its question."""
        following = self.early if self.early is not None or not self.first else self.first[0]
        single = isinstance(following, Presses) and self.line.listens is not None
        return single or (isinstance(following, Presses | Says) and following.early)

    def _hears(self, action: Talk | Stream | Wait, happened: Happened) -> None:
        """Something is heard for its seconds, in which the person may do something."""
        self.told = self.read = len(self.line.happened)
        following = self.line.following
        question = asked.question(following, self.line.supposed) if following is not None else asked.MEANWHILE
        typed = self.person.hears(happened, question, early=following is not None)
        if typed is None or typed.strip() == asked.HANG_UP:
            self.hangs_up()
        elif typed.strip():
            self._does_early(action, following, typed.strip())

    def _does_early(self, action: Talk | Stream | Wait, following: Input | None, typed: str) -> None:
        """What the person does while something is heard."""
        if following is not None:
            act = asked.meanwhile(following, typed)
            if isinstance(act, str):
                self.person.says(act)
            elif isinstance(act, Presses | Says):
                self.early = act._replace(early=True)
        elif self.line.listens is not None and asked.pressed(typed):
            self._sends(Presses(typed))
        elif undecided.LOST in self.line.supposed and asked.pressed(typed) and isinstance(action, Talk | Stream):
            self.line.rests(undecided.LOST)
            self.kept += typed
        else:
            self._loses(action, asked.pressed(typed))

    def _sends(self, act: Presses) -> None:
        """The person presses keys that are sent one at a time, whatever is heard."""
        caller = self.line.caller
        script, caller.script = caller.script, iter([act])
        self.done.append(act)
        single_keys(self.line, most=1)
        caller.script = script

    def _loses(self, action: Talk | Stream | Wait, keys: str) -> None:
        """What the person does in vain, which changes nothing in the call: keys, or words."""
        why = Why.NO_QUESTION if self.line.barge_in or isinstance(action, Wait) else Why.TOO_EARLY
        if why is Why.TOO_EARLY:
            self.line.rests(undecided.LOST)
        self.person.says(Loss(len(self.line.acts), why, keys).told)

    def hangs_up(self) -> NoReturn:
        """The person hangs up in the middle of what is heard."""
        self.done.append(HangsUp())
        self.line.acts.append(len(self.line.happened))
        raise Over(CALLER_HANGS_UP)

    def answer(self, request: Ask, given: Answering, where: str = "") -> Response:
        """What a server answers: what is given, else what the person says. `where` says where it is asked."""
        self.catch_up()
        asks = f"{request.method} {request.data.get('url')}"
        response = given.answer(asks, request.data.get("json"))
        if response is None:
            said = self._until(asked.request(f"{asks}{where}"), asked.response)
            response = said if isinstance(said, Response) else Response(None)
        self.done.append(Answered(asks, response))
        return response
