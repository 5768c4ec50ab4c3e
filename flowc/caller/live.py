"""A call whose caller is a person: asked for each thing when it is time for it, and told what happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NoReturn

from ..program.machine import Ask, Response
from . import asked
from .again import Again
from .asked import Question
from .exploring.graph import Answered, Decision
from .live_line import LiveLine
from .person import Person
from .platform import undecided
from .platform.application import Application, Call
from .platform.line import Over
from .platform.ncco import Action, Connect, Conversation, Input, Record, Stream, Talk, Wait
from .platform.pace import CALLER_HANGS_UP
from .platform.prompts import is_last
from .platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from .platform.transcript import Happened, Loss, Why
from .rehearsals.given import Answering
from .rehearsals.rehearsal import Step
from .sent import Sent

_Means = Callable[[str], Act | Response | str]
"""What an answer means; in words, why it means nothing there."""

_NOT_ASKED = "nothing is asked here"
"""Why something is lost that is done while nothing is asked: what is asked later, nobody knows yet."""

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

    `first` are the steps that are done before the person is asked, `done` is all that was done, also what servers
    answered, in order.
    """

    def __init__(self, application: Application, call: Call, person: Person, first: Iterable[Step] = ()) -> None:
        self.person = person
        self.first = Again(first)
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
        following = self.first.next_act(self.line.happened)
        if following is None or not isinstance(following, (*_DONE.get(type(action), ()), HangsUp)):
            return None
        if isinstance(action, Connect) and isinstance(following, HangsUp):
            return Connects()  # as in a rehearsal: a call of which nothing is said is answered
        self.first.does(self.line.happened)
        return following

    def _asked(self, action: Action) -> Act:
        """What the person does at an action. For what cannot be done there, the person is told so and asked again."""
        self.catch_up()
        why = self.first.ends(self.line.happened)
        why = f"{why}\n" if why else ""
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
        following = self.first.next_act(self.line.happened)
        if isinstance(action, _HEARD) and happened.what in _TAKE_TIME:
            self._meanwhile(action, happened, following)
        self.line.asking = not (isinstance(action, Talk | Stream | Input) and self._comes_early(action))

    def _comes_early(self, action: Talk | Stream | Input) -> bool:
        """Whether the next thing that is done does not wait for its question."""
        following = self.early if self.early is not None else self.first.next_act(self.line.happened)
        endless = isinstance(action, Talk | Stream) and not _ends(action)
        single = endless and isinstance(following, Presses) and self.line.listens is not None
        return single or (isinstance(following, Presses | Says) and following.early)

    def _meanwhile(self, action: Talk | Stream | Wait, happened: Happened, following: Act | None) -> None:
        """Something is heard in which the person may do something."""
        sent = Sent(self.line, self.done, happened) if self.line.listens is not None else None
        if self.first:
            self._sends_again(sent if _ends(action) else None, following)
        elif self.person.takes_time:
            self.catch_up(len(self.line.happened) - 1)
            self._hears(action, happened, sent)
        elif sent is not None and _ends(action):  # about what does not end by itself the person is asked elsewhere
            self.catch_up()
            act = self._until(asked.SENDS, asked.sent)
            if act is None or isinstance(act, HangsUp):
                self.hangs_up()
            if isinstance(act, Presses):
                sent.all(act)

    def _sends_again(self, sent: Sent | None, following: Act | None) -> None:
        """Keys are sent one by one again: as in a rehearsed call those of one step during each thing that is heard."""
        while sent is not None and isinstance(following, Presses):
            self.first.does(self.line.happened)
            sent.all(following)
            following = self.first.next_act(self.line.happened) if is_last(self.line) else None

    def _hears(self, action: Talk | Stream | Wait, happened: Happened, sent: Sent | None) -> None:
        """Something is heard for its seconds, in which the person may do something."""
        self.told = self.read = len(self.line.happened)
        following = self.line.following if sent is None else None
        question = asked.question(following, self.line.supposed) if following is not None else asked.MEANWHILE

        def sends(key: str, after: float) -> None:
            assert sent is not None
            sent.key(key, after)
            self.catch_up()

        typed, after = self.person.hears(happened, question, early=following is not None, sends=sends if sent else None)
        if typed is None or typed.strip() == asked.HANG_UP:
            self._cut(happened, after)
            self.hangs_up()
        elif typed.strip():
            self._does_early(action, following, typed.strip())

    def _cut(self, happened: Happened, after: float) -> None:
        """Something is heard no further than for so many seconds, and it is that moment."""
        line = self.line
        index = next(each for each in reversed(range(len(line.happened))) if line.happened[each] is happened)
        line.happened[index] = happened._replace(seconds=after, cut=True)
        line.now = max(happened.at + after, line.happened[-1].at)

    def _does_early(self, action: Talk | Stream | Wait, following: Input | None, typed: str) -> None:
        """What the person does while something is heard."""
        if following is not None:
            act = asked.meanwhile(following, typed)
            if isinstance(act, str):
                self.person.says(act)
            elif isinstance(act, Presses | Says):
                self.early = act._replace(early=True)
        elif undecided.LOST in self.line.supposed and asked.pressed(typed) and isinstance(action, Talk | Stream):
            self.line.rests(undecided.LOST)
            self.kept += typed
        else:
            self._loses(action, asked.pressed(typed))

    def _loses(self, action: Talk | Stream | Wait, keys: str) -> None:
        """What the person does in vain, which changes nothing in the call: keys, or words."""
        if self.line.barge_in or isinstance(action, Wait):
            lost = Loss(len(self.line.acts), Why.NO_QUESTION, keys).told.partition(":")[0]
            self.person.says(f"{lost}: {_NOT_ASKED}")
            return
        self.line.rests(undecided.LOST)
        self.person.says(Loss(len(self.line.acts), Why.TOO_EARLY, keys).told)

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


def _ends(action: Talk | Stream | Wait) -> bool:
    """Whether something that is heard ends by itself."""
    return isinstance(action, Wait) or bool(action.loop)
