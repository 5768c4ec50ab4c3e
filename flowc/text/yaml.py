"""Reads YAML into plain data with its places.

Scalars are read as JSON reads them; what a flow must not hold, and what YAML takes away from it, is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from .characters import DEEPEST, MOST_PIECES, Report, readable, unseen
from .diagnostics import Diagnostic, errors
from .document import Container, Document
from .fault import Fault, Stop
from .marks import Piece
from .number import number
from .source import Source, Span
from .yaml_marks import EventMarks
from .yaml_refusals import Doubled, alias, directive, empty, misplaced, refusals, second, too_many
from .yaml_strict import let_pass
from .yaml_taken import taken_away

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError
    from yaml.events import CollectionStartEvent, Event

    NextEvent = Callable[[], Event | None]

C_PARSER: bool
"""Whether the parser written in C is there. The pure one is slower, reads the same and is made to say the same."""

_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None, "": None}
_NUMERIC = frozenset("-0123456789")


def read(source: Source, report: Report, *, pure: bool = False) -> Document | None:
    """The data of a YAML text; None where something in it is wrong. `pure` reads without the parser in C."""
    text = source.text.removeprefix("\ufeff")
    if not readable(source, report) or (not text.isascii() and unseen(source, report)):
        return None
    reading = _Reading(source, len(source.text) - len(text))
    stopped = _read_all(reading, text, pure=pure)
    if stopped and unseen(source, report):
        return None
    marks = EventMarks(source, reading.base, reading.events, reading.containers)
    found = list(refusals(source, marks, reading.pieces, reading.doubled, reading.large)) + stopped
    if not stopped:
        found += let_pass(source, marks, reading.pieces, reading.tall, reading.bracketed)
    if not errors(found):
        found += taken_away(source, marks, reading.containers, reading.bracketed)
    for each in sorted(found, key=lambda finding: finding.span):
        report(each)
    return None if errors(found) else Document(source, reading.root[0], marks)


class _Reading:
    """What has been read so far."""

    def __init__(self, source: Source, base: int) -> None:
        self.source = source
        self.base = base  # a byte order mark, which the parser does not see
        self.events: list[Event] = []
        self.containers: list[Container] = []
        self.bracketed: list[Container] = []
        self.root: list[object] = []
        self.doubled: list[Doubled] = []
        self.large: list[Span] = []
        self.tall: list[Span] = []

    def span(self, event: Event) -> Span:
        """The characters of an event."""
        start, end = event.start_mark, event.end_mark
        return Span(self.base + start.index, self.base + end.index) if start and end else Span(0, 0)

    def opened(self, event: CollectionStartEvent, container: Container) -> None:
        """A container that an event opens."""
        self.containers.append(container)
        if event.flow_style:
            self.bracketed.append(container)

    def empty(self) -> bool:
        """Whether there is no document, or one without a character in it."""
        return not self.root or (self.root[0] is None and len(set(self.span(self.events[2]))) == 1)

    def number(self, written: str) -> object:
        """The number that was just read, or the text where it is none."""
        value = number(written)
        if value is None:
            self.large.append(self.span(self.events[-1]))
        return value

    def odd_key(self, owner: dict[str, object], key: str) -> None:
        """A key that is empty, or there already, was just read."""
        event = self.events[-1]
        if key in owner or not getattr(event, "style", ""):
            self.doubled.append(Doubled(owner, key, self.span(event)))

    def pieces(self) -> Iterator[Piece]:
        """What has been read, as `flowc.text.marks` wants it."""
        from yaml.events import CollectionEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

        above: list[bool] = []
        mapping = key = False
        for event in self.events:
            start, end = self.span(event)
            if isinstance(event, ScalarEvent):
                if event.style and event.style in "|>":
                    end = start + len(self.source.text[start:end].rstrip())
                yield Piece("key" if key else "scalar", start, end, event.value, event.style or "")
                key = mapping and not key
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                yield Piece("open", start, end)
                above.append(mapping)
                mapping = key = isinstance(event, MappingStartEvent)
            elif isinstance(event, CollectionEndEvent):
                yield Piece("close", start, end if end > start else -1)
                mapping = key = above.pop()


def _read_all(reading: _Reading, text: str, *, pure: bool) -> list[Diagnostic]:
    """Read all events; what made the reading stop before the end."""
    from yaml.error import MarkedYAMLError, YAMLError

    source = reading.source
    parser = (None if pure else _c_parser()) or _pure_parser()
    try:
        fault = directive(source.text) or _gather(parser(text), reading)
    except MarkedYAMLError as error:
        from .yaml_faults import explain  # as long as all is well, nothing has to be explained

        return [explain(source, _stop(error, reading.base))]
    except (YAMLError, ValueError):  # a character that no text may hold; an escape beyond Unicode, in the pure parser
        from .yaml_escapes import beyond

        fault = beyond(source.text)
    fault = fault or (empty() if reading.empty() else None)
    return [fault.of(source)] if fault else []


def _gather(next_event: NextEvent, reading: _Reading) -> Fault | None:
    """Build the data from the events with a stack of its own, so that no depth can end the process.

    This is where the time of reading goes; nothing is looked up that may be looked up later.
    """
    from yaml.events import CollectionEndEvent, CollectionStartEvent, MappingStartEvent, ScalarEvent

    keep, constants, numeric, read_number = reading.events.append, _CONSTANTS, _NUMERIC, reading.number
    members: dict[str, object] = {}
    items, mapping, wants_key, key = reading.root, False, False, ""
    above: list[tuple[dict[str, object], list[object], bool]] = []
    value: object
    for event in islice(iter(next_event, None), MOST_PIECES):
        keep(event)
        if isinstance(event, ScalarEvent):
            value = text = event.value
            if wants_key:
                if not text or text in members:
                    reading.odd_key(members, text)
                key, wants_key = text, False
                continue
            if not event.style:
                if text in constants:
                    value = constants[text]
                elif text[0] in numeric:
                    value = read_number(text)
            elif (end := event.end_mark) and (start := event.start_mark) and start.line != end.line:
                reading.tall.append(reading.span(event))
            if mapping:
                members[key] = value
                wants_key = True
            else:
                items.append(value)
        elif isinstance(event, CollectionStartEvent):
            if wants_key or len(above) == DEEPEST:
                return misplaced(reading.source.text, reading.span(event), key=wants_key)
            opened: Container = {} if isinstance(event, MappingStartEvent) else []
            reading.opened(event, opened)
            if mapping:
                members[key] = opened
            else:
                items.append(opened)
            above.append((members, items, mapping))
            if isinstance(opened, dict):
                members, mapping, wants_key = opened, True, True
            else:
                items, mapping = opened, False
        elif isinstance(event, CollectionEndEvent):
            members, items, mapping = above.pop()
            wants_key = mapping
        elif fault := _between(event, reading):
            return fault
    return None if next_event() is None else too_many(reading.span(event))


def _between(event: Event, reading: _Reading) -> Fault | None:
    """An event that is neither scalar nor collection: all is well unless it is an alias or a second document."""
    from yaml.events import AliasEvent, DocumentStartEvent

    if isinstance(event, AliasEvent):
        return alias(reading.source.text, reading.span(event))
    if isinstance(event, DocumentStartEvent) and reading.root:
        return second(reading.source.text, reading.span(event))
    return None


def _stop(error: MarkedYAMLError, base: int) -> Stop:
    began, at = error.context_mark, error.problem_mark
    place = at.index if at else 0
    return Stop(f"{error.context or ''}: {error.problem or ''}", base + place, base + (began.index if began else place))


@cache
def _c_parser() -> Callable[[str], NextEvent] | None:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    return lambda text: CParser(text).get_event


@cache
def _pure_parser() -> Callable[[str], NextEvent]:
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class Pure(Reader, Scanner, Parser):
        """The parser in Python, with tabs between tokens taken as the one in C takes them."""

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

        def scan_to_next_token(self) -> None:
            super().scan_to_next_token()
            while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
                self.forward()
                super().scan_to_next_token()

    return lambda text: Pure(text).get_event


def __getattr__(name: str) -> bool:
    """`C_PARSER` is answered when it is asked, for the parser is only loaded when something is read."""
    if name == "C_PARSER":
        return _c_parser() is not None
    raise AttributeError(name)
