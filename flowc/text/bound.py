"""Where values stand that are given to params, as far as none is shown: each may be a secret, under whatever name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import Container, Document, child
from .lines import indent, line_end
from .nearest import nearest
from .source import Source, Span, Values

_COMMENT = re.compile("#[^\n]*")
_TOP = re.compile(r"""(?m)^\ufeff?["']?(flow|steps|calls)["']?[ \t]*:""")
_OTHERS = (".calls.yml", ".calls.yaml", "flowc.yml")
"""How the names of files end that bind params in a part of them."""

_OPENING = {word: re.compile(rf"""(?<![\w-]){word}["']?[ \t]{{0,9}}:""") for word in ("pa?ra?ms?", "with")}
_SETTINGS = frozenset(
    {"flow", "calls", "given", "flows", "sites", "numbers", "allow", "target", "base_url", "root", "socket"}
)
"""What stands beside `params`."""

_OUTSIDE = re.compile(r"""[ \t]*(?:-[ \t]|["']?[\w-]+["']?[ \t]*:(?=\s|$)|[}\]])""")
"""How a line begins that does not go on what a mapping above it gives."""

_WORD = re.compile(r"""'+[^']*'+|"[^"]*"|[\w.]+""")
_NAME = re.compile(r"[a-z_]+(?:\.\w+)*")
"""What is written like a name in an expression, and no value."""


def is_flow(source: Source) -> bool:
    """Whether a text is a flow, which declares params where other files bind them."""
    if isinstance(source, Values) or source.name.endswith(_OTHERS):
        return False
    keys = set(_TOP.findall(source.text))
    return "calls" not in keys and (bool(keys) or source.name.endswith((".flow.yml", ".flow.yaml")))


def gives(source: Source) -> bool:
    """Whether a text may give a param its value: a look at its words, before it is read."""
    return isinstance(source, Values) or _opening(source).search(source.text) is not None


def given(document: Document) -> Iterator[Span]:
    """Where values stand that a file gives to params, and what a comment beside them says."""
    source, data = document.source, document.data
    if isinstance(source, Values):
        yield from _members(document, data, Span(0, len(source.text)))
    elif not isinstance(data, dict):
        return
    elif is_flow(source):
        yield from _of_runs(document, data.get("steps"))
    else:
        yield from _of_settings(document, data)
        for sites in (each for key, each in data.items() if isinstance(each, dict) and nearest(key, ("sites",))):
            for site in sites.values():
                yield from _of_settings(document, site)


def given_unread(source: Source) -> Iterator[Span]:
    """The parts of a text that cannot be read in which values may be given."""
    if isinstance(source, Values):
        yield Span(0, len(source.text))
        return
    opening, at, outer = _opening(source), 0, -1
    for line in source.text.splitlines(keepends=True):
        if outer >= 0 and line.strip() and indent(line) <= outer and _OUTSIDE.match(line):
            outer = -1
        if outer >= 0:
            yield Span(at, at + len(line))
        elif found := opening.search(line):
            outer = indent(line)
            yield Span(at + found.end(), at + len(line))
        at += len(line)


def _opening(source: Source) -> re.Pattern[str]:
    return _OPENING["with" if is_flow(source) else "pa?ra?ms?"]


def _of_settings(document: Document, owner: object) -> Iterator[Span]:
    """The values of what is called `params`; where it is a text, it is the path of a file."""
    if not isinstance(owner, dict):
        return
    is_open = False
    for key, value in owner.items():
        place = document.value(owner, key).span
        end = line_end(document.source.text, place.end)
        if nearest(key, ("params",)):
            is_open = value is None  # what is to be its own may stand below it, not indented
            yield from _members(document, value, Span(place.start, end)) if isinstance(value, dict | list) else ()
        elif is_open and key not in _SETTINGS:
            yield Span(place.start, end)


def _members(document: Document, value: object, region: Span) -> Iterator[Span]:
    """The values of a mapping or a list, and the comments around them; of anything else, all."""
    if not isinstance(value, dict | list):
        yield region
        return
    text, at = document.source.text, region.start
    for name, _ in _items(value):
        key, place = document.key(value, name).span, document.value(value, name).span
        yield from _comments(text, at, key.start)
        yield from _comments(text, key.end, place.start)
        yield place
        at = max(place.end, key.end)
    yield from _comments(text, at, region.end)


def _comments(text: str, start: int, end: int) -> Iterator[Span]:
    return (Span(*each.span()) for each in _COMMENT.finditer(text, start, end))


def _of_runs(document: Document, value: object) -> Iterator[Span]:
    """What steps give to used flows, but for the names in expressions."""
    for key, each in _items(value):
        if key == "with" and isinstance(value, dict):
            yield from _written(document, value, key)
        elif key == "run" and isinstance(each, dict):
            for name in [name for name, one in each.items() if isinstance(one, dict | list) or name == "with"]:
                yield from _written(document, each, name)
        else:
            yield from _of_runs(document, each)


def _written(document: Document, owner: Container, key: str | int) -> Iterator[Span]:
    """The same in one value, and in all that stands in it."""
    value = child(owner, key)
    if isinstance(value, dict | list):
        for each, _ in _items(value):
            yield from _written(document, value, each)
    elif not isinstance(value, bool | None):
        yield from _literals(document.source.text, document.value(owner, key).span)


def _items(value: object) -> Iterator[tuple[str | int, object]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())


def _literals(text: str, place: Span) -> Iterator[Span]:
    """A value but for its expressions, and of these all that is no name."""
    quotes = text[place.start] in "\"'"
    at, place = place.start + quotes, place._replace(end=place.end - quotes)
    while (start := text.find("{{", at, place.end)) >= 0:
        yield Span(at, start)
        end = text.find("}}", start, place.end)
        end = place.end if end < 0 else end
        for each in _WORD.finditer(text, start, end):
            if not _NAME.fullmatch(each[0]):
                yield Span(*each.span())
        at = min(end + len("}}"), place.end)
    yield Span(at, place.end)
