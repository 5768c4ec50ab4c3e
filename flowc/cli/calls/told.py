"""Something that happens in a call, as it is told to the person who makes it, and where in the flow it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...caller.platform.transcript import WORDS, Happened, line
from ...caller.rehearsals.said_where import Flow, place_of
from ...text.document import Place
from ...text.reports.display import safe
from ...text.reports.places import start
from .rows import INDENT, broken, pieces
from .terminal import Terminal

_PLACED = ("hears", "plays", "asks", "connects", "recorded", "joins")
_ASIDE = ("webhook", "event")
"""What goes on between the platform and the application, of which no caller hears."""

_GLUE = "\u00a0"
"""A space at which no line is broken: `(1.3 s)` and `(cut short)` stay whole."""


class Told(NamedTuple):
    """The line of something: when and what it is, what is said, how long that lasts, and where it is written."""

    head: str
    said: str
    lasts: str
    where: str
    is_aside: bool = False

    @property
    def text(self) -> str:
        """All of the line."""
        return f"{self.head}{self.said}{self.lasts}{self.where}"

    def on(self, terminal: Terminal) -> str:
        """The line on a screen."""
        if self.is_aside:
            return terminal.aside(broken(self.text, terminal.width))
        head, words, tail = self.parts(terminal)
        return f"{head}{''.join(words)}{tail}"

    def parts(self, terminal: Terminal) -> tuple[str, Sequence[str], str]:
        """The line on a screen: what stands before the words that are said, the words, and what stands behind them."""
        whole = f"{self.head}{self.said}{self.lasts.replace(' ', _GLUE).replace(f'{_GLUE}(', ' (')}{self.where}"
        shown = list(pieces(whole, terminal.width))
        first = self.head.count(" ") + (not self.said)
        end = f"{self.head}{self.said}".count(" ") + 1
        head, tail = "".join(shown[:first]), "".join(shown[end:]).replace(_GLUE, " ")
        place = self.where.strip()
        before = tail.removesuffix(place)
        head = terminal.aside(head[: len(INDENT)]) + head[len(INDENT) :]
        return head, shown[first:end], before + terminal.aside(tail[len(before) :])

    def cut(self, words: int, terminal: Terminal) -> str:
        """What stands behind so many words where nobody wants to hear more of them."""
        heard = " ".join(self.said.split(" ")[:words])
        _, shown, tail = self._replace(said=f"{heard} …", lasts=" (cut short)").parts(terminal)
        return f"{shown[-1]}{tail}"


def told(happened: Happened, flow: Flow | None) -> Told:
    """What is told of something that happened."""
    text, head = safe(line(happened)), f"{happened.at:7.1f}  {WORDS[happened.what]}"
    end = len(head) + len(happened.said)
    place = place_of(flow, happened) if flow is not None and happened.what in _PLACED else None
    return Told(text[: len(head)], text[len(head) : end], text[end:], where(place), happened.what in _ASIDE)


def where(place: Place | None) -> str:
    """Where in the flow something is written."""
    if place is None:
        return ""
    return f"  [{safe(place.document.source.name)}:{start(place.document.source, place.span)[0]}]"
