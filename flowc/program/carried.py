"""What a call has to carry from one webhook to the next: what is still read from there on, and no more.

A path is the way to what is read, its first word the room: `("vars", "account", "tier")`, `("call", "from")`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .folding import paths
from .program import Action, Document, Fill, Program, Wait
from .walking import State

Path = tuple[str, ...]

_ROOMS = ("vars", "call", "confidence")
_Node = tuple[str, str]


class Carried(NamedTuple):
    """The paths that are read from each document on, and from each wait on once it is answered."""

    documents: Mapping[str, frozenset[Path]]
    waits: Mapping[str, frozenset[Path]]

    def at(self, name: str) -> frozenset[Path]:
        """Those of a wait, of a document for which a call comes back, or of one that is asked for (`NAME.json`)."""
        if name.endswith(".json"):
            return self.documents[name.removesuffix(".json")]
        return self.waits[name] if name in self.waits else self.documents[name]


def carried(program: Program) -> Carried:
    """What is read from where in a program."""
    found = _Reading(program).all()
    documents = {name: found["document", name] for name in program.documents}
    return Carried(documents, {name: found["wait", name] for name in program.waits})


def only(state: State, read: Iterable[Path]) -> State:
    """Of a state what is read."""
    of_room: dict[str, list[Path]] = {room: [] for room in _ROOMS}
    for room, *rest in read:
        of_room[room].append(tuple(rest))
    confidence = state.confidence if of_room["confidence"] else None
    return State(_pruned(state.call, of_room["call"]), _pruned(state.vars, of_room["vars"]), state.asked, confidence)


def _pruned(values: Mapping[str, object], read: Sequence[Path]) -> Mapping[str, object]:
    if () in read:
        return values
    inside: dict[str, list[Path]] = defaultdict(list)
    for key, *rest in read:
        inside[key].append(tuple(rest))
    kept = {}
    for key, value in values.items():
        if key in inside:
            kept[key] = _pruned(value, inside[key]) if isinstance(value, Mapping) else value
    return kept


class _Reading:
    """Reads are sets of bits, one a path; they are joined against the way of the call until nothing is added."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.bits: dict[Path, int] = {}
        self.read: dict[_Node, int] = defaultdict(int)
        self.before: dict[_Node, set[_Node]] = defaultdict(set)

    def all(self) -> Mapping[_Node, frozenset[Path]]:
        nodes: list[_Node] = [("wait", name) for name in self.program.waits]
        nodes += [("document", name) for name in self.program.documents]
        for _ in range(2):  # the first time tells what leads where, and which paths there are
            self.read.clear()
            self._settle(deque(reversed(nodes)))
        named = {1 << at: path for path, at in self.bits.items()}
        sets: dict[int, frozenset[Path]] = {}
        for bits in set(self.read.values()):
            sets[bits] = frozenset([path for bit, path in named.items() if bits & bit])
        return {node: sets[self.read[node]] for node in nodes}

    def _settle(self, waiting: deque[_Node]) -> None:
        queued = set(waiting)
        while waiting:
            node = waiting.popleft()
            queued.discard(node)
            kind, name = node
            if kind == "wait":
                found = self._after_answer(node, self.program.waits[name])
            else:
                found = self._of_document(node, self.program.documents[name])
            if found != self.read[node]:
                self.read[node] = found
                again = [each for each in self.before[node] if each not in queued]
                waiting.extend(again)
                queued.update(again)

    def _of_document(self, node: _Node, document: Document) -> int:
        found = 0
        if document.goes_on is not None:
            found |= self._from(node, "document", document.goes_on)
        request = document.requests
        if request is not None:
            found = self._but(found, ("vars", *request.save)) if request.save else found
            found |= self._fills(request.fills)
            for to in (*request.when.values(), request.otherwise):
                found |= self._from(node, "document", to)
        for way in document.chooses:
            found |= self._from(node, "document", way.to) | self._reads(paths(way.test))
        if document.fails is not None:
            found |= self._from(node, "wait", document.fails)
        if document.asks is not None:
            wait = self.program.waits[document.asks]
            found |= self._from(node, "wait", document.asks) | self._fills(wait.fills)
            found |= self._whispered(node, wait.question)
        for path, value in reversed(document.sets):
            found = self._but(found, ("vars", *path)) | self._reads(value.names)
        return found | self._fills(document.fills) | self._whispered(node, document.actions)

    def _after_answer(self, node: _Node, wait: Wait) -> int:
        found = 0
        if wait.answered is not None:
            found = self._from(node, "document", wait.answered)
            found = self._but(found, ("vars", *wait.save)) if wait.save else found
        failures = [to for each in wait.failures for to in each]
        for to in (*wait.exits.values(), *failures):
            found |= self._from(node, "document", to)
        return found

    def _whispered(self, node: _Node, actions: Iterable[Action]) -> int:
        found = 0
        for action in actions:
            match action:
                case {"endpoint": [{"onAnswer": {"url": str(name)}}]} if name in self.program.documents:
                    found |= self._from(node, "document", name)
        return found

    def _from(self, node: _Node, kind: str, name: str) -> int:
        self.before[kind, name].add(node)
        return self.read[kind, name]

    def _fills(self, fills: Iterable[Fill]) -> int:
        return self._reads(path for each in fills for path in each.template.names)

    def _reads(self, read: Iterable[Path]) -> int:
        found = 0
        for path in read:
            if path[0] in _ROOMS:
                found |= 1 << self.bits.setdefault(path, len(self.bits))
        return found

    def _but(self, found: int, path: Path) -> int:
        """Reads without those of what has just been put at a path."""
        for each in self._below(path):
            found &= ~(1 << self.bits[each])
        return found

    def _below(self, path: Path) -> Iterator[Path]:
        return (each for each in self.bits if each[: len(path)] == path)
