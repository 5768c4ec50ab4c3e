"""What callers meet at each place of a program: what they hear, what they can do, and where that leads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ...program.calendar import Calendar
from ...program.program import Action, Document, Program, Wait
from ..platform.spoken import plain

Aspects = Mapping[str, str]
"""What callers meet at one place, by what it is of it: `hears`, `then`, `press 1`, `after silence 2`, …"""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LANGUAGE = "language"


def places(program: Program | None) -> dict[str, Aspects]:
    """Each place of a program where a call can stand, with what is met there. An attempt is part of its question."""
    if program is None:
        return {}
    found: dict[str, dict[str, str]] = {"the flow": dict(_flow(program))}
    for name, document in program.documents.items():
        if document.attempt == 1:
            found[name] = dict(_document(document))
    for name, wait in program.waits.items():
        place = f"{name} (question)" if wait.on == "answer" else f"{name} (call)"
        found.setdefault(place, {}).update(_wait(program, name, wait))
    return dict(found)


def _flow(program: Program) -> Iterator[tuple[str, str]]:
    """What is so of a flow as a whole."""
    yield "begins with", f"`{program.start}`"
    if program.failing:
        yield "if the host does not answer", ", ".join(f"`{each}`" for each in program.failing)
    yield "speaks", ", ".join(sorted({str(each[_LANGUAGE]) for each in _talks(program) if _LANGUAGE in each}))
    if program.hours:
        yield "time zone", program.timezone
    yield from [(f"hours {name}", _hours(calendar)) for name, calendar in program.hours.items()]


def _talks(program: Program) -> Iterator[Action]:
    for document in program.documents.values():
        yield from document.actions
    for wait in program.waits.values():
        yield from wait.question


def _hours(calendar: Calendar) -> str:
    """Opening hours in words."""
    week = [f"{day} {_spans(spans)}" for day, spans in zip(_DAYS, calendar.week, strict=True) if spans]
    dates = [f"{day} {_spans(spans) or 'closed'}" for day, spans in sorted(calendar.dates.items())]
    holidays = [f"holiday {day}" for day in sorted(calendar.holidays)]
    return ", ".join([*week, *dates, *holidays, calendar.zone])


def _spans(spans: tuple[tuple[int, int], ...]) -> str:
    return " and ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans)


def _document(document: Document) -> Iterator[tuple[str, str]]:
    """What is heard of a document, and how it goes on."""
    yield "hears", _heard(document.actions)
    for way in document.chooses:
        yield f"if {expressed(way.test)}", f"leads to `{way.to}`"
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
    if wait.on == "answer":
        yield "hears", _heard(tuple(played))
        yield "listens", _settings(last, "action", "eventUrl", "eventMethod")
    else:
        yield "calls", "; ".join(filter(None, [*map(_sounds, played), _sounds(last).removeprefix("calls ")]))
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
        return f"outcome {answer}"
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
            how = _settings(action, "action", "text")
            return f'"{" ".join(plain(str(text)).split())}"{f" ({how})" if how else ""}'
        case {"action": "stream", "streamUrl": [url, *_]}:
            how = _settings(action, "action", "streamUrl")
            return f"plays {url}{f' ({how})' if how else ''}"
        case {"action": "connect", "endpoint": [dict(endpoint), *_]}:
            to = next((endpoint[key] for key in ("number", "uri", "user", "extension") if key in endpoint), "")
            more = _settings(endpoint, "type", "number", "uri", "user", "extension")
            how = _settings(action, "action", "endpoint", "eventUrl", "eventMethod", "eventType")
            return f"calls {endpoint.get('type', '')} {to}{''.join(f' ({each})' for each in (more, how) if each)}"
        case {"action": "record"}:
            how = _settings(action, "action", "eventUrl", "eventMethod")
            return f"records{f' ({how})' if how else ''}"
        case {"action": "conversation", "name": name}:
            how = _settings(action, "action", "name", "eventUrl", "eventMethod")
            return f"joins the conversation {name}{f' ({how})' if how else ''}"
        case {"action": "notify"}:
            return ""
    return f"{action.get('action', '')} {_settings(action, 'action', 'eventUrl', 'eventMethod')}".strip()


def _settings(fields: Mapping[str, object], *without: str) -> str:
    """The fields of an action, without some, short."""
    found = [f"{key} {_value(value)}" for key, value in fields.items() if key not in without]
    return ", ".join(found)


def _last(expression: object) -> object:
    """The last part of an expression: the value of a literal."""
    return expression[-1] if isinstance(expression, list | tuple) and expression else expression


def _value(value: object) -> str:
    """A value as a text without the signs of JSON around what is plain."""
    if isinstance(value, dict):
        return f"{{{_settings(value)}}}"
    if isinstance(value, list | tuple):
        return " or ".join(map(_value, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parts(parts: tuple[object, ...]) -> str:
    return "".join(each if isinstance(each, str) else expressed(each) for each in parts)


def expressed(expression: object, depth: int = 0) -> str:
    """An expression, short and in an author's words."""
    if depth > 64:
        return "…"

    def inner(each: object) -> str:
        return expressed(each, depth + 1)

    match expression:
        case ["lit", value]:
            return repr(value)
        case ["path", *path]:
            return ".".join(map(str, path))
        case ["~", ["lit", ""], value]:
            return inner(value)
        case ["compare", left, *rest]:
            pairs = zip(rest[::2], rest[1::2], strict=False)
            return " ".join([inner(left), *(f"{sign} {inner(right)}" for sign, right in pairs)])
        case ["and" | "or" as word, *parts]:
            return f" {word} ".join(map(inner, parts))
        case ["not", value]:
            return f"not {inner(value)}"
        case ["filter", name, value, *_]:
            return f"{inner(value)} | {name}"
        case ["if", test, yes, *no]:
            return f"{inner(yes)} if {inner(test)} else {inner(no[0]) if no else 'none'}"
        case ["list", *parts]:
            return f"[{', '.join(map(inner, parts))}]"
        case ["item", value, key]:
            return f"{inner(value)}[{inner(key)}]"
        case ["slice", value, start, end, *_]:
            first, last = ("" if _last(each) is None else inner(each) for each in (start, end))
            return f"{inner(value)}[{first}:{last}]"
        case [word, *parts]:
            return f"{word}({', '.join(map(inner, parts))})"
    return str(expression)
