"""Placeholders of other languages in texts, which a caller would hear as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Document, Place
from ...text.nearest import nearest
from ..expressions.scope import CALL_PARTS, SINGLE
from ..expressions.variables import made
from ..reading.prompts import suspicious

PLACEHOLDER_IN_TEXT = Rule(
    "W271",
    "placeholder-in-text",
    """A placeholder that nothing fills in

`${name}`, `{name}`, `%s` and the like stand for a value in other languages. Here they are text: a caller would hear the
signs, and a server would be asked for them.

Write `{{ params.NAME }}` for a value of the flow's params, `{{ vars.NAME }}` for one that the call has made. What is
meant as it stands is written between quotes in braces: `{{ '${name}' }}`.""",
)

ADDRESS_SAID = Rule(
    "W274",
    "address-said",
    """An address where words are said

The whole of a spoken text is a URL: a caller would hear it letter by letter. Most likely a recording is meant.

Write `stream: https://…` to play it.""",
)

Report = Callable[[Diagnostic], None]

_NAME = r"\s*(?:[A-Za-z_][\w.]*)?\s*"
_SURE = rf"""(?xa)
    \$\{{ (?P<shell>{_NAME}) \}} | \#\{{ (?P<ruby>{_NAME}) \}} | <%=? (?P<erb>{_NAME}) %> | %\( (?P<python>\w+) \)[sd]
    | (?<!\{{) \{{ (?P<braces>{_NAME}|\d) \}}{{1,2}} | %(?P<windows>[A-Za-z_]\w+)% | (?<![\w%]) %[sd] (?!\w)"""
_BY_NAME = r"""(?xa)
    (?<![\w$]) \$ (?P<dollar>[A-Za-z_][\w.]*[\w]|[A-Za-z_]) | \[\s*(?P<brackets>[A-Za-z_][\w.]*)\s*\]
    | (?<![\w.$]) (?P<bare>(?:params|vars)\.[A-Za-z_]\w*)"""
_FILLED = r"(?s)\{\{.*?\}\}"
_BETWEEN = r"(?:[-+*/%~()|\[\],<>=! ]|\b(?:and|or|not|in|if|else|none|true|false|int|round|length)\b)*"
_OF_THE_CALL = {"caller": "from", "callerid": "from", "caller_id": "from", "called": "to"}


class Hole(NamedTuple):
    """A placeholder in a text: its offsets, and what was most likely meant."""

    start: int
    end: int
    word: str
    right: str | None


def unfilled(text: str, place: Place) -> Iterator[Diagnostic]:
    """What is said of the placeholders in a text of a flow, as its author wrote it."""
    for hole in holes(text, place.document) if suspicious(text) else ():
        message = f"`{hole.word}` is text here, nothing is put in its place"
        hint = f"write `{{{{ {hole.right} }}}}`" if hole.right else _hint(hole.word, place.document)
        yield PLACEHOLDER_IN_TEXT.at(place.within(hole.start, hole.end), message, hint)


def address(text: str, place: Place) -> Iterator[Diagnostic]:
    """What is said of a spoken text that is the URL of a recording, or of anything."""
    if re.fullmatch(r"\s*https?://\S+\s*", text):
        message = "a caller would hear this address spelt out"
        yield ADDRESS_SAID.at(place, message, f'to play it, write `{{stream: "{text.strip()}"}}`')


def all_holes(document: Document) -> Iterator[Hole]:
    """The placeholders in all texts of a flow."""
    pending = [document.data]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield from holes(value, document) if suspicious(value) else ()
        elif isinstance(value, dict | list):
            pending += value.values() if isinstance(value, dict) else value


def holes(text: str, document: Document) -> Iterator[Hole]:
    """The placeholders in a text; what could be plain words only where it is a name of the flow."""
    data = document.data if isinstance(document.data, dict) else {}
    plain = re.sub(_FILLED, lambda found: " " * len(found[0]), text)
    if not suspicious(plain) or re.search(r"\{[{%#]", plain):  # the latter is said by itself
        return
    taken: list[range] = []
    for pattern, sure in ((_SURE, True), (_BY_NAME, False)):
        for found in re.finditer(pattern, plain):
            name = (next(filter(None, found.groups()), None) or "").strip()
            right = meant(name, data)
            if (right is None and not sure) or any(found.start() in span for span in taken):
                continue
            taken.append(range(*found.span()))
            yield Hole(*found.span(), found[0], right)


def meant(name: str, data: Mapping[str, object]) -> str | None:
    """The value that a name of a flow stands for, as an expression reads it; None where nothing is called so."""
    owner, _, last = name.rpartition(".")
    params, variables = data.get("params"), made(dict(data))
    names = {
        "params": frozenset(params) if isinstance(params, dict) else frozenset(),
        "vars": variables,
        "call": frozenset(CALL_PARTS),
        "hours": _keys(data.get("hours")),
    }
    if owner in names:
        return name if last in names[owner] else None
    if owner and (owner.split(".")[0] in variables or (name.startswith("vars.") and name.split(".")[1] in variables)):
        return name if name.startswith("vars.") else f"vars.{name}"
    for root in ("params", "vars"):
        if name in names[root]:
            return f"{root}.{name}"
    if name.lower() in _OF_THE_CALL:
        return f"call.{_OF_THE_CALL[name.lower()]}"
    return name if name in SINGLE and name in ("now", "today") else None


def _keys(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, dict) else frozenset()


def _hint(word: str, document: Document) -> str:
    """What to write for a placeholder that is no name of the flow."""
    data = document.data if isinstance(document.data, dict) else {}
    found = re.search(r"[A-Za-z_][\w.]*", word.removeprefix("%s").removeprefix("%d"))
    last = found[0].rpartition(".")[2] if found else "NAME"
    known = {**{name: f"vars.{name}" for name in made(data)}, **_read_as("params", data), **_read_as("hours", data)}
    if found and (near := nearest(last, known)):
        return f"did you mean `{{{{ {known[near]} }}}}`?"
    return f"write `{{{{ params.{last} }}}}` for a param, `{{{{ vars.{last} }}}}` for what the call has made"


def _read_as(root: str, data: Mapping[str, object]) -> dict[str, str]:
    return {name: f"{root}.{name}" for name in _keys(data.get(root))}


def in_values(owner: dict[str, object], document: Document, report: Report) -> None:
    """Look at values that are remembered: for placeholders, and for expressions that were meant to be reckoned."""
    for name, value in owner.items():
        if not isinstance(value, str):
            continue
        place = document.value(owner, name)
        if "{{" not in value and (right := value_of_call(value, document)):
            message = f"this is text here: `{name}` would hold it as it is written"
            report(PLACEHOLDER_IN_TEXT.at(place, message, f'write `{name}: "{{{{ {right} }}}}"`'))
        else:
            for each in unfilled(value, place):
                report(each)


def value_of_call(text: str, document: Document) -> str | None:
    """The expression that a whole text is but for its braces: names of the flow in it, and no words of a sentence."""
    data = document.data if isinstance(document.data, dict) else {}
    if counted := re.fullmatch(r"\s*([A-Za-z]\w*)(\s*[-+*]\s*\d+)\s*", text):
        right = meant(counted[1], data)
        return right and right + counted[2]
    if not re.match(r"[\w(]*(?:params|vars|call|hours)\.\w", text) or "{{" in text:
        return None
    names = re.findall(r"(?:params|vars|call|hours)\.[A-Za-z_]\w*", text)
    words = re.sub(r"'[^']*'|\"[^\"]*\"|(?:params|vars|call|hours)\.[\w.]*|\d+", " ", text)
    return text if re.fullmatch(_BETWEEN, words) is not None and all(meant(name, data) for name in names) else None
