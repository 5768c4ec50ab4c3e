"""What is written instead: of braces that are not closed, of statements of templates, of words that do not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .dialects import MOST, translated
from .scope import Scope


def closed(text: str, start: int, scope: Scope, is_sound: Callable[[str, Scope], bool]) -> str | None:
    """A text with the expression closed that begins at an offset with a name and is not."""
    found = re.compile(_UNCLOSED).match(text, start + 2, start + 2 + _SHOWN)
    right = translated(found[1], scope) if found is not None else None
    each = [found[1], *([right.text] if right is not None else [])] if found is not None else []
    meant = next((one for one in each if is_sound(one, scope)), None)
    if meant is None or found is None:
        return None
    whole = f"{text[:start]}{{{{ {meant} }}}}{'' if found[3] else found[2]}{text[found.end() :]}"
    return f"write `{whole}`" if len(whole) <= _SHOWN else f"write `{{{{ {meant} }}}}`"


_UNCLOSED = r"(?a)\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\s*\|\s*[a-z]+(?:\([^()]*\))?)*)(\s*)(\}\s+\}|\}(?!\}))?"
_SHOWN = 120
"""Characters of a text that are worth being shown again."""


class Block(NamedTuple):
    """What a `{%` begins: where it ends, and what is written here instead."""

    end: int
    hint: str


def block(text: str, start: int) -> Block:
    """The statement or comment of a template that begins at an offset."""
    if text.startswith("{#", start):
        return Block(max(text.find("#}", start), start) + 2, "leave it out; as a text: `{{ '{#' }}`")
    choice = re.compile(_IF).match(text, start, start + MOST)
    if choice is not None and "{%" not in choice[2] + (choice[3] or ""):
        yes, no = _joined(choice[2]), _joined(choice[3] or "")
        return Block(choice.end(), f"write `{{{{ {yes} if {choice[1]} else {no} }}}}`")
    statement = re.compile(_STATEMENT).match(text, start, start + MOST)
    if statement is None:
        return Block(start + 2, _INSTEAD[""])
    closing = re.compile(rf"\{{%[-+]?\s*end{statement[1]}\s*[-+]?%\}}").search(text, start, start + MOST)
    return Block((closing or statement).end(), _INSTEAD.get(statement[1], _INSTEAD[""]))


_IF = r"(?s)\{%[-+]?\s*if\s+(.*?)\s*[-+]?%\}(.*?)(?:\{%[-+]?\s*else\s*[-+]?%\}(.*?))?\{%[-+]?\s*endif\s*[-+]?%\}"
_STATEMENT = r"(?s)\{%[-+]?\s*(\w*).*?%\}"
_INSTEAD = {
    "set": "remember it in a step before: `set: {NAME: VALUE}`",
    "for": "a list is read with `join`: `{{ params.names | join(', ') }}`",
    "if": "choose within braces: `{{ 'one' if params.x else 'other' }}`",
    "": "as a text: `{{ '{%' }}`",
}


def _joined(text: str) -> str:
    """A text with values in it as one expression."""
    parts = re.split(r"\{\{\s*(.*?)\s*\}\}", text)
    return " ~ ".join(each if at % 2 else f"'{each}'" for at, each in enumerate(parts) if each) or "''"


_NO_OPERATORS = {
    **dict.fromkeys(
        ("like", "matches", "match", "regex", "regexp"),
        "a `pattern` is for the answer to an `input`; parts are compared as in `vars.x[:2] == '07'`",
    )
}


def unfit(words: Sequence[str], at: int) -> str:
    """What to do about the word of an expression that does not fit, or about one that ends too soon."""
    opened = words.count("(") - words.count(")")
    if at >= len(words):
        return "close the bracket with `)`" if opened > 0 and words[-1] not in _OPERATORS else "write a value behind it"
    word = words[at]
    if word.lower() in _NO_OPERATORS:
        return _NO_OPERATORS[word.lower()]
    if word == ")":
        return "take it out, or open it with `(`" if opened < 0 else "write a value before it"
    if word in _OPERATORS or at == 0:
        return "write a value before it, or take it out"
    return "write what is to be done with the two: `==`, `and`, `~`"


_SIGNS = ("==", "!=", "<", "<=", ">", ">=", "=", "+", "-", "*", "/", "~", "|", "%")
_OPERATORS = frozenset((*_SIGNS, "and", "or", "not", "in"))
