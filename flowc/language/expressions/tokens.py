"""The words of an expression and where they stand: read before the grammar, so that all that is wrong has its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from ...text.diagnostics import Rule

NOT_AN_EXPRESSION = Rule(
    "E231",
    "not-an-expression",
    """What stands between `{{` and `}}` cannot be read

It is no expression: a sign is missing, or there is one too many, so nobody can say what a caller should hear.

Correct it. Where braces are meant as text, write `{{ '{{' }}`.""",
)
EXPRESSION_TOO_LARGE = Rule(
    "E232",
    "expression-too-large",
    """An expression, or the count of them in one text, is larger than any flow needs

It could not be read in bounded time while others wait.

Write it in several texts, or bind the result as a param.""",
)

TOKEN_LIMIT = 2000
NESTING_LIMIT = 32
_NUMBER_LENGTH = 17
_SHORT = 8


class Token(NamedTuple):
    """A word of an expression: its kind (`name`, `number`, `text`, `sign`), its place, and for a text what it holds."""

    kind: str
    start: int
    end: int
    word: str
    value: str = ""


Complain = Callable[[Rule, int, int, str, str | None], None]
"""Says what is wrong between two offsets: rule, start, end, message, hint."""

BRACES = r"\{\{[-+]?|-?\}\}"
"""Braces where none belong."""

# patterns are compiled at first use: most flows need none of them
_TOKEN = r"""(?xsa)
    (?P<space>\s+)|(?P<name>[A-Za-z_]\w*)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<text>'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")
    |(?P<sign>//|\*\*|==|!=|<=|>=|[-+*/%~<>()\[\]{},.:|=])"""
_BRACES = r"""(?s)'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"|\{\{|}}|['"]"""
_ESCAPE = r"(?s)\\(u[0-9a-fA-F]{4}|.)"
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"', "/": "/"}
_PREFIXES = ("not", "-", "+")


def closing(text: str, start: int) -> int:
    """The offset of the `}}` that closes braces: the first outside quotes, or of all where a quote does not end.

    Of braces that are not closed, the offset of the next `{{`, else the end of the text.
    """
    for match in re.compile(_BRACES).finditer(text, start):
        if match[0] in ("{{", "}}"):
            return match.start()
        if len(match[0]) == 1:
            break
    first = re.compile("{{|}}").search(text, start)
    return first.start() if first else len(text)


def tokens(text: str, start: int, end: int, complain: Complain) -> list[Token] | None:
    """The tokens between two offsets; None where something in them is wrong, which is then said."""
    found: list[Token] = []
    at = start
    pattern = re.compile(_TOKEN)
    while at < end:
        match = pattern.match(text, at, end)
        if match is None:
            _say_stray(text, at, complain)
            return None
        at = match.end()
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup or "", match.start(), at, match[0]))
        if len(found) > TOKEN_LIMIT:
            _say_large(start, end, "is longer than 2,000 words", complain)
            return None
    return _checked(found, complain) if _bounded(found, complain) else None


def _say_stray(text: str, at: int, complain: Complain) -> None:
    sign = text[at]
    if sign in "'\"":
        message = f"the text that begins with this `{sign}` does not end"
        complain(NOT_AN_EXPRESSION, at, at + 1, message, f"close it with `{sign}`")
        return
    shown = f"`{sign}`" if sign.isprintable() and not "\ud800" <= sign <= "\udfff" else f"U+{ord(sign):04X}"
    complain(NOT_AN_EXPRESSION, at, at + 1, f"{shown} does not belong in an expression", None)


def _bounded(found: list[Token], complain: Complain) -> bool:
    depth = deepest = run = 0
    for token in found:
        if token.kind != "text":
            depth += (token.word in "([{") - (token.word in ")]}")
        run = run + 1 if token.word in _PREFIXES else 0
        deepest = max(deepest, depth + run)
    deepest += sum(token.word == "else" for token in found)
    if deepest > NESTING_LIMIT:
        _say_large(found[0].start, found[-1].end, "has more than 32 levels", complain)
    return deepest <= NESTING_LIMIT


def _say_large(start: int, end: int, what: str, complain: Complain) -> None:
    complain(EXPRESSION_TOO_LARGE, start, end, f"this expression {what}", "bind the result as a param")


def _checked(found: list[Token], complain: Complain) -> list[Token] | None:
    checked = [_text(each, complain) if each.kind == "text" else _number(each, complain) for each in found]
    for before, each in pairwise(found):
        if before.kind == each.kind == "text":
            complain(NOT_AN_EXPRESSION, each.start, each.end, "two texts stand side by side", "join them with `~`")
            return None
    sound = [each for each in checked if each is not None]
    return sound if len(sound) == len(found) else None


def _number(token: Token, complain: Complain) -> Token | None:
    word = token.word
    if token.kind != "number":
        return token
    if word[0] == "0" and word[1:2].isdigit():
        text = word[2:] if word[:2] == "00" and len(word) > _SHORT else word  # a phone number has no 00 in front
        complain(NOT_AN_EXPRESSION, token.start, token.end, f"`{word}` is no number", f"as a text: `'{text}'`")
    elif len(word) > _NUMBER_LENGTH or float(word) > 2**53:
        complain(
            NOT_AN_EXPRESSION, token.start, token.end, "this number has too many digits", f"as a text: `'{word[:40]}'`"
        )
    else:
        return token
    return None


def _text(token: Token, complain: Complain) -> Token | None:
    inside, wrong = token.word[1:-1], False

    def unescaped(match: re.Match[str]) -> str:
        nonlocal wrong
        code = match[1]
        point = int(code[1:], 16) if len(code) == 5 else None
        if code not in _ESCAPES and (point is None or 0xD800 <= point <= 0xDFFF):
            wrong = True
            start = token.start + 1 + match.start()
            complain(
                NOT_AN_EXPRESSION, start, start + len(match[0]), "this escape means nothing", r"for a `\` write `\\`"
            )
        return _ESCAPES[code] if point is None and code in _ESCAPES else chr(point or 32)

    value = re.sub(_ESCAPE, unescaped, inside)
    return None if wrong else token._replace(value=value)


RULES = (NOT_AN_EXPRESSION, EXPRESSION_TOO_LARGE)
