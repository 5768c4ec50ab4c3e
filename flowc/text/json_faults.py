"""What is wrong with a text that is no JSON, or none that all readers read alike: at its place and with the fix."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from . import json_rules as rules
from .characters import CONTROL_ESCAPE, EMPTY_FILE, LONE_SURROGATE
from .diagnostics import Diagnostic, Label
from .fault import Fault
from .json_strange import placeholder, strange
from .number import number, too_large
from .quoting import code
from .source import Source, Span
from .yaml_rules import DUPLICATE_KEY

_MOST = 20
"""So many findings are said before the one that stops the reading."""


def faults(source: Source) -> Iterator[Diagnostic]:
    """What is wrong, in the order of writing, up to the first place where reading cannot go on."""
    reading = _Reading(source)
    at = 1 if source.text.startswith("\ufeff") else 0
    stop = None
    while stop is None:
        token = _token(source.text, at)
        stop = reading.take(token)
        at = token.span.end
        if token.kind == "end":
            break
    yield from reading.noted[:_MOST]
    if stop is not None:
        yield stop.of(source)


class _Token(NamedTuple):
    """A piece of JSON (a sign by itself, `string`, `number`, `word`), something `strange`, or the `end`."""

    kind: str
    span: Span


_TOKENS = re.compile(
    r"""[ \t\n\r]*+(?:
    (?P<string>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-]))
    |(?P<word>(?:true|false|null)(?![\w.$-]))
    |(?P<sign>[\[\]{}:,])
    |(?P<end>\Z)
    |(?P<strange>.))""",
    re.VERBOSE | re.DOTALL,
)


def _token(text: str, at: int) -> _Token:
    found = _TOKENS.match(text, at)
    kind = (found and found.lastgroup) or "end"
    span = Span(*found.span(kind)) if found else Span(at, at)
    return _Token(text[span.start] if kind == "sign" else kind, span)


class _Open:
    """A list or object whose end has not come yet, with the keys it has."""

    def __init__(self, sign: str, span: Span) -> None:
        self.sign = sign
        self.closing = "]" if sign == "[" else "}"
        self.span = span
        self.keys: dict[str, Span] = {}


class _Reading:
    """The grammar of JSON, one token at a time: `state` is what comes next."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.source = source
        self.noted: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.state = "value"
        self.before = _Token("start", Span(0, 0))

    def take(self, token: _Token) -> Fault | None:
        """The next token; what is wrong with it if reading cannot go on."""
        stop = self._ended() if token.kind == "end" else self._refused(token) or self._next(token)
        self.before = token
        return stop

    def _refused(self, token: _Token) -> Fault | None:
        """What is wrong with a token whatever comes next."""
        if token.kind == "strange":
            return self._strange(token.span.start)
        return placeholder(self.text, token.span.start) if token.kind == "{" else None

    def _next(self, token: _Token) -> Fault | None:
        match self.state:
            case "value" | "item":
                return self._value(token)
            case "key" | "first":
                return self._key(token)
            case "colon":
                return self._colon(token)
            case "more":
                return self._more(token)
        return self._after(token.span)

    def _value(self, token: _Token) -> Fault | None:
        kind, span = token
        if kind in ("[", "{"):
            self.open.append(_Open(kind, span))
            self.state = "item" if kind == "[" else "first"
        elif kind in ("string", "number", "word"):
            self._look(token)
            self._done()
        elif kind == "]" and self.state == "item":
            return self._close(token)
        else:
            return self._no_value(token)
        return None

    def _key(self, token: _Token) -> Fault | None:
        kind, span = token
        if kind == "string":
            self._look(token)
            self._name(span)
            self.state = "colon"
            return None
        if kind == "}" and self.state == "first":
            return self._close(token)
        if kind in ("number", "word"):
            written = self.text[span.start : span.end]
            return Fault(rules.BARE_WORD, span, "a key stands without quotes", f'write `"{written}"`')
        return self._no_value(token)

    def _colon(self, token: _Token) -> Fault | None:
        if token.kind == ":":
            self.state = "value"
            return None
        key = self.before.span
        message = f"there is no `:` after the key {code(self.text[key.start : key.end])}"
        return Fault(rules.JSON_SYNTAX, key, message, "write `:` and a value")

    def _more(self, token: _Token) -> Fault | None:
        if token.kind == ",":
            self.state = "value" if self.open[-1].sign == "[" else "key"
            return None
        if token.kind in ("]", "}"):
            return self._close(token)
        if token.kind == ":":
            return Fault(rules.JSON_SYNTAX, token.span, "a `:` stands after a value", "write `,`")
        return Fault(rules.MISSING_COMMA, token.span, "there is no `,` before this", "write `,`")

    def _close(self, token: _Token) -> Fault | None:
        opened = self.open[-1]
        if token.kind != opened.closing:
            message = f"`{token.kind}` stands where the `{opened.sign}` has to be closed"
            cause = (opened.span, "opened here")
            return Fault(rules.JSON_SYNTAX, token.span, message, f"write `{opened.closing}`", cause)
        self.open.pop()
        self._done()
        return None

    def _done(self) -> None:
        self.state = "more" if self.open else "end"

    def _no_value(self, token: _Token) -> Fault:
        """A sign stands where a value or a key should."""
        kind, before = token.kind, self.before
        if before.kind == "," and kind in ("]", "}"):
            return Fault(rules.TRAILING_COMMA, before.span, f"a comma stands before the closing `{kind}`", "delete it")
        if before.kind == ":":
            return Fault(rules.JSON_SYNTAX, before.span, "there is no value after this `:`", "write a value")
        if kind == ",":
            return Fault(rules.JSON_SYNTAX, token.span, "there is nothing before this `,`", "delete it")
        if kind in ("[", "{"):
            message = "a list or an object cannot be a key"
            return Fault(rules.JSON_SYNTAX, token.span, message, "write a text in double quotes")
        return Fault(rules.JSON_SYNTAX, token.span, f"`{kind}` cannot stand here", "delete it")

    def _after(self, span: Span) -> Fault:
        text = self.text
        if text[span.start] in "]}":
            message = f"there is nothing that this `{text[span.start]}` closes"
            return Fault(rules.JSON_SYNTAX, span, message, "delete it")
        actions = text.lstrip("\ufeff \t\r\n").startswith("{")
        hint = "put all of them into one list: `[{…}, {…}]`" if actions else "delete it"
        return Fault(rules.AFTER_THE_END, span, "this stands after the end of the document", hint)

    def _ended(self) -> Fault | None:
        if self.open:
            sign, closing, span = self.open[-1].sign, self.open[-1].closing, self.open[-1].span
            return Fault(rules.JSON_SYNTAX, span, f"this `{sign}` is not closed", f"close it with `{closing}`")
        if self.state == "value":
            return Fault(EMPTY_FILE, Span(0, 0), "there is nothing in this file")
        return None

    def _strange(self, at: int) -> Fault:
        found = strange(self.text, at)
        loose = found.rule in (rules.BARE_WORD, rules.NOT_A_NUMBER, rules.JSON_SYNTAX)
        if self.state == "end" and loose:
            return self._after(found.span)
        if self.state == "more" and loose and self.before.kind == "string":
            message = "there is something after the closing quote of a text"
            hint = 'write `,`; a double quote inside a text is written `\\"`'
            return Fault(rules.MISSING_COMMA, found.span, message, hint)
        return found

    def _name(self, span: Span) -> None:
        """A key has been read; its like may be there already."""
        key, keys = json.loads(self.text[span.start : span.end]), self.open[-1].keys
        first = keys.setdefault(key, span)
        if first != span:
            label = Label(self.source, first, "first given here")
            message = f"the key {code(key)} is given twice"
            self.noted.append(Diagnostic(DUPLICATE_KEY, self.source, span, message, "delete one of them", (label,)))

    def _look(self, token: _Token) -> None:
        """A value has been read that all readers should read alike."""
        written = self.text[token.span.start : token.span.end]
        if token.kind == "number" and number(written) is None:
            self.noted.append(too_large(self.source, token.span))
        if "\\u" not in written:
            return
        for escape in _ESCAPES.finditer(self.text, token.span.start, token.span.end):
            if escape["half"]:
                message = f"{code(escape[0])} is one half of a character"
                hint = "write the character itself, or both halves"
                self.noted.append(Diagnostic(LONE_SURROGATE, self.source, Span(*escape.span()), message, hint))
            elif escape["control"]:
                message = f"{code(escape[0])} is a character that nobody can hear"
                self.noted.append(Diagnostic(CONTROL_ESCAPE, self.source, Span(*escape.span()), message, "delete it"))


_ESCAPES = re.compile(
    r"""\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}
    |(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})
    |(?P<control>u00(?!0[9aAdD])[01][0-9a-fA-F]|u007[fF])
    |.)""",
    re.VERBOSE,
)
