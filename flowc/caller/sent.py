"""Keys that a person presses while something is heard, each of which is sent at once."""

from __future__ import annotations

from .exploring.graph import Decision
from .live_line import LiveLine
from .platform.script import Presses
from .platform.single_keys import Taken, meanwhile, single_keys
from .platform.transcript import Happened


class Sent:
    """The keys of one thing that is heard, which are one act of the caller, added to what is `done`."""

    def __init__(self, line: LiveLine, done: list[Decision], heard: Happened) -> None:
        self.line, self.done, self.heard = line, done, heard
        self.index = len(line.happened) - 1
        self.act: Presses | None = None
        self.at = 0
        """Where among what is done the act stands."""

    def key(self, key: str, after: float) -> None:
        """A key is pressed so many seconds after the thing began. Raises Taken."""
        line, is_first = self.line, self.act is None
        self.at = len(self.done) if is_first else self.at
        self.act = Presses(key if self.act is None else self.act.keys + key)
        self.done[self.at : self.at + (not is_first)] = [self.act]
        acts, ends, line.now = len(line.acts), line.now, self.heard.at + after
        script, line.caller.script = line.caller.script, iter([Presses(key)])
        try:
            single_keys(line, most=1)
        except Taken:
            self.cut(after)
            raise
        finally:
            line.caller.script = script
            if not is_first:  # the platform takes each key for an act
                del line.acts[acts:]
                line.caller.answer = acts - 1
        line.now = max(line.now, ends)

    def all(self, act: Presses) -> None:
        """Keys are pressed as fast as in a rehearsed call, or as they have to be while this is heard. Raises Taken."""
        line, caller = self.line, self.line.caller
        self.done.append(act)
        script, caller.script, caller.asking = caller.script, iter([act]), False
        try:
            meanwhile(line, line.now, 1, began=self.heard.at, last=True)
        except Taken:
            self.cut(line.now - self.heard.at)
            raise
        finally:
            caller.script, caller.asking = script, True
        line.now = max(line.now, line.happened[-1].at)

    def cut(self, after: float) -> None:
        """The thing is heard for no more than so many seconds."""
        self.line.happened[self.index] = self.heard._replace(seconds=after, cut=True)
