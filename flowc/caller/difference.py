"""What is different for callers between two versions of a flow: what is heard, and what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..program.program import Action, Document, Program, Wait
from .platform.spoken import plain

Aspects = Mapping[str, str]
"""What callers meet at one place, by what it is of it: `hears`, `then`, `press 1`, `after silence 2`, …"""


class Change(NamedTuple):
    """What is different at one place of a flow. `old` is None for what is new, `new` for what is gone."""

    flow: str
    place: str
    aspect: str
    old: str | None
    new: str | None


def differences(old: Program | None, new: Program | None) -> Iterator[Change]:
    """What callers of two versions of a flow meet differently, place by place; None stands for no flow."""
    before, after = _places(old), _places(new)
    flow = new.flow if new is not None else old.flow if old is not None else ""
    for place in dict.fromkeys((*before, *after)):
        yield from _at(flow, place, before.get(place), after.get(place))


def _at(flow: str, place: str, old: Aspects | None, new: Aspects | None) -> Iterator[Change]:
    """What is different at one place. One that is new, or gone, is told in one line."""
    if old is None or new is None:
        whole = _whole(new if new is not None else old or {})
        yield Change(flow, place, "", None if old is None else whole, None if new is None else whole)
        return
    for aspect in dict.fromkeys((*old, *new)):
        if old.get(aspect) != new.get(aspect):
            yield Change(flow, place, aspect, old.get(aspect), new.get(aspect))


def _whole(aspects: Aspects) -> str:
    return "; ".join([aspects[key] for key in ("hears", "then") if aspects.get(key)]) or "nothing is heard"


def _places(program: Program | None) -> dict[str, Aspects]:
    """Each place of a program where a call can stand, with what is met there. An attempt is part of its question."""
    if program is None:
        return {}
    places: dict[str, dict[str, str]] = {"the flow": {"begins with": f"`{program.start}`"}}
    if program.failure is not None:
        places["the flow"]["if the host does not answer"] = f"`{program.failure}`"
    for name, document in program.documents.items():
        if document.attempt == 1:
            places[name] = dict(_document(document))
    for name, wait in program.waits.items():
        places.setdefault(f"{name} (question)" if wait.on == "answer" else f"{name} (call)", {}).update(
            _wait(program, name, wait)
        )
    return dict(places)


def _document(document: Document) -> Iterator[tuple[str, str]]:
    """What is heard of a document, and how it goes on."""
    yield "hears", _heard(document.actions)
    for number, way in enumerate(document.chooses, 1):
        yield f"choice {number}", f"{_tree(way.test)} leads to `{way.to}`"
    for each in document.sets:
        yield f"remembers {'.'.join(each.path)}", _parts(each.value.parts)
    if document.requests is not None:
        yield "asks", f"{document.requests.method} {document.requests.data.get('url')}"
        yield from [(f"answer {status}", f"leads to `{to}`") for status, to in document.requests.when.items()]
        yield "no good answer", f"leads to `{document.requests.otherwise}`"
    yield "then", _then(document)


def _then(document: Document) -> str:
    if document.asks is not None:
        return f"asks `{document.asks}`"
    if document.fails is not None:
        return f"asks `{document.fails}` again"
    return f"goes on with `{document.goes_on}`" if document.goes_on is not None else "the call ends"


def _wait(program: Program, name: str, wait: Wait) -> Iterator[tuple[str, str]]:
    """What a question asks, and what each answer leads to."""
    *played, last = wait.question
    yield "hears", _heard(tuple(played))
    yield "waits", _waits(last)
    for answer, to in wait.exits.items():
        yield _answer(wait, answer), f"leads to `{to}`"
    if wait.answered is not None:
        pattern = f" like {wait.pattern}" if wait.pattern is not None else ""
        yield f"any other answer{pattern}", f"leads to `{wait.answered}`"
    if wait.failures:
        yield "attempts", str(len(wait.failures))
    for number, failure in enumerate(wait.failures, 1):
        yield f"after silence {number}", _failed(program, name, failure.no_input)
        if failure.no_match != wait.answered:
            yield f"after a wrong answer {number}", _failed(program, name, failure.no_match)


def _answer(wait: Wait, answer: str) -> str:
    if wait.on == "outcome":
        return answer
    return f"say {answer}" if answer.strip("0123456789*#") else f"press {answer}"


def _failed(program: Program, wait: str, name: str) -> str:
    """What follows a failed attempt: words and the question again, or another place."""
    document = program.documents[name]
    if document.asks != wait or document.attempt == 1:
        return f"leads to `{name}`"
    return f"{_heard(document.actions)}, and asks again" if document.actions else "asks again"


def _heard(actions: tuple[Action, ...]) -> str:
    return "; ".join(filter(None, map(_sounds, actions))) or "nothing"


def _sounds(action: Action) -> str:
    """What a caller meets of an action, in words."""
    match action:
        case {"action": "talk", "text": text}:
            voice = " ".join(str(action[key]) for key in ("language", "style") if key in action)
            return f'"{" ".join(plain(str(text)).split())}"{f" ({voice})" if voice else ""}'
        case {"action": "stream", "streamUrl": [url, *_]}:
            return f"plays {url}"
        case {"action": "connect"}:
            return _waits(action)
        case {"action": "record"}:
            return "records"
        case {"action": "conversation", "name": name}:
            return f"joins the conversation {name}"
        case {"action": "notify"}:
            return ""
    return str(action.get("action", ""))


def _waits(action: Action) -> str:
    """What an action that waits does, in words."""
    if action.get("action") != "connect":
        kinds = action.get("type")
        return f"for {' or '.join(map(str, kinds)) if isinstance(kinds, list) else 'an answer'}"
    endpoints = action.get("endpoint")
    endpoint = endpoints[0] if isinstance(endpoints, list) and isinstance(endpoints[0], dict) else {}
    to = next((endpoint[key] for key in ("number", "uri", "user", "extension") if key in endpoint), "")
    shown = f" from {action['from']}" if "from" in action else ""
    return f"calls {endpoint.get('type', '')} {to}{shown}"


def _parts(parts: tuple[object, ...]) -> str:
    return "".join(each if isinstance(each, str) else _tree(each) for each in parts)


def _tree(expression: object) -> str:
    """An expression, short and in an author's words."""
    match expression:
        case ["lit", value]:
            return repr(value)
        case ["path", *path]:
            return ".".join(map(str, path))
        case ["~", ["lit", ""], inner]:
            return _tree(inner)
        case ["compare", left, *rest]:
            pairs = zip(rest[::2], rest[1::2], strict=False)
            return " ".join([_tree(left), *(f"{sign} {_tree(right)}" for sign, right in pairs)])
        case ["filter", name, value, *_]:
            return f"{_tree(value)} | {name}"
        case [word, *inner]:
            return f"{word}({', '.join(map(_tree, inner))})"
    return str(expression)
