"""Where in a flow each way out of a question, a choice or a request is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ...program.program import Way
from ...text.document import Container, Document, Place, child


class Written:
    """The places of a flow's documents, and the lists in which its actions stand."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.items: dict[int, tuple[list[Any], int]] = {}
        """The list and the index of each action, by the identity of its data."""
        for document in {id(place.document): place.document for place in places.values()}.values():
            self._list(document)

    def answer(self, wait: Place, key: str) -> Place:
        """Where an answer is written: at its key, else at the question."""
        if key == "answered":
            return wait
        question, top = _value(wait), wait.document.data
        if key == "prompt":
            return wait.document.value(question, key) if isinstance(question, dict) and key in question else wait
        for owner, name in ((question, "options"), (question, "when"), (top, "keys")):
            listed = owner.get(name) if isinstance(owner, dict) else None
            if isinstance(listed, dict) and (found := _key(listed, key)) is not None:
                return wait.document.key(listed, found)
        other = key if key in ("noInput", "noMatch") else "otherwise"
        return wait.document.key(question, other) if isinstance(question, dict) and other in question else wait

    def choice(self, begins: Place, test: Sequence[object], ways: Sequence[Way], number: int) -> tuple[str, Place]:
        """A way out of the choice that ends the document which begins at a place: in words, and where it is."""
        owner, name = self._action(begins, "branch", "switch")
        if owner is None:
            return f"way {number + 1} of a choice", begins
        document, value = begins.document, owner[name]
        if name == "switch":
            case = str(_last(test))
            cases = value.get("cases", {})
            return f"case `{case}`", document.key(cases, case) if case in cases else document.key(owner, name)
        tests = [each for each in value if isinstance(each, dict) and "if" in each]
        at = number if len(tests) == len(ways) else _aligned(tests, ways, number)
        return f"`if: {tests[at]['if']}`", document.key(tests[at], "if")

    def otherwise(self, begins: Place) -> tuple[str, Place]:
        """The last way out of a choice: where no test is true."""
        owner, name = self._action(begins, "branch", "switch")
        if owner is None:
            return "the last way of a choice", begins
        document, value = begins.document, owner[name]
        last = value[-1] if name == "branch" and value else value
        if isinstance(last, dict) and "otherwise" in last:
            return f"`otherwise` of a `{name}`", document.key(last, "otherwise")
        cases = value.get("cases", {}) if isinstance(value, dict) else {}
        if cases:  # a case for all there is: the last one is what is left
            return f"case `{[*cases][-1]}`", document.key(cases, [*cases][-1])
        return f"the last way of a `{name}`", document.key(owner, name)

    def request(self, begins: Place, *keys: str) -> Place:
        """A key of the request with which a document begins; the request, where it is not written."""
        owner, name = self._action(begins, "request")
        if owner is None:
            return begins
        inner, at = owner[name], begins.document.key(owner, name)
        for key in keys:
            if not isinstance(inner, dict) or key not in inner:
                return at
            at, inner = begins.document.key(inner, key), inner[key]
        return at

    def action(self, begins: Place, names: Sequence[str], number: int) -> Place | None:
        """The key of an action of those names, so many of them behind the one with which a document begins."""
        found = next(islice(self._actions(begins, names), number, None), None)
        return begins.document.key(*found) if found is not None else None

    def _action(self, begins: Place, *names: str) -> tuple[Any, str]:
        """The first action of those names, from a place on in its block."""
        return next(self._actions(begins, names), (None, ""))

    def _actions(self, begins: Place, names: Sequence[str]) -> Iterator[tuple[Any, str]]:
        """The actions of those names, each with its name, from a place on in its block."""
        owner: Any = begins.owner
        if isinstance(owner, list) and isinstance(begins.key, int):
            owner = owner[begins.key]
        elif isinstance(owner, dict) and id(owner) not in self.items and not any(name in owner for name in names):
            owner = _value(begins)
            owner = owner[0] if isinstance(owner, list) and owner else owner
        listed, at = self.items.get(id(owner), ([owner], 0))
        for each in listed[at:]:
            yield from [(each, name) for name in names if isinstance(each, dict) and name in each]

    def _list(self, document: Document) -> None:
        """Note where each action of a document stands."""
        waiting: list[Any] = [document.data]
        while waiting:
            owner = waiting.pop()
            inner = list(owner.values()) if isinstance(owner, dict) else owner if isinstance(owner, list) else ()
            for at, each in enumerate(inner):
                if isinstance(owner, list) and isinstance(each, dict):
                    self.items[id(each)] = owner, at
                if isinstance(each, dict | list):
                    waiting.append(each)


def _aligned(tests: Sequence[dict[str, Any]], ways: Sequence[Way], number: int) -> int:
    """Which of the written tests a way is, where some are decided and left out: the next that reads and leads so."""
    at = -1
    for way in ways[: number + 1]:
        rest = [each for each in range(at + 1, len(tests)) if _leads(tests[each].get("goto"), way.to, each + 1)]
        alike = [each for each in rest if _reads(way.test, str(tests[each]["if"]))]
        at = next(iter([*alike, *rest]), min(at + 1, len(tests) - 1))
    return at


def _leads(target: object, to: str, number: int) -> bool:
    """Whether a written target is a document."""
    if isinstance(target, str):
        return to == target or to.endswith(f"/{target}")
    return to.endswith(f".branch{number}")


def _reads(test: object, written: str) -> bool:
    """Whether the names and texts of a test stand in an expression as it is written."""
    match test:
        case ["lit", value]:
            return not isinstance(value, str) or value in written
        case ["path", *keys]:
            return all(str(key) in written for key in keys if not str(key).startswith("~"))
        case [_, *parts]:
            return all(_reads(each, written) for each in parts if isinstance(each, list | tuple))
    return True


def _last(test: object) -> object:
    """The literal at the end of a test: the case of a `switch`."""
    while isinstance(test, list | tuple) and test:
        test = test[-1]
    return test


def _value(place: Place) -> object:
    owner: Container | None = place.owner
    return child(owner, place.key) if owner is not None and place.key is not None else None


def _key(options: dict[str, Any], answer: str) -> str | None:
    """The key of the option that an answer is of: its own, or the one behind which it is a word to say."""
    if answer in options:
        return answer
    for key, option in options.items():
        said = option.get("say") if isinstance(option, dict) else None
        if said == answer or (isinstance(said, list) and answer in said):
            return key
    return None
