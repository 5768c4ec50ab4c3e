"""What is taken for a number in an expression, and is text for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...program.evaluate import Expression
from ...text.diagnostics import Rule
from .certain import TEXTS, is_number, number_for_certain, numbers, quoted, text_for_certain, written_number
from .node import Node, first
from .scope import CALL_TEXTS, Scope
from .tokens import Complain, Token

NO_NUMBER = Rule(
    "E241",
    "text-in-arithmetic",
    """A text where a number is meant, or a number where a text is

A text is no number: what is reckoned with it is nothing, and a caller would hear nothing in its place. And no text is
equal to a number, so a test of it would never be true: `call.from`, and what was keyed in, are text.

Texts are joined with `~`; a number written as a text is read with `| int`. A phone number in a comparison or in a list
stands in quotes: `'447700900100'`.""",
)

_MAKES_TEXT = frozenset({"digits", "spell", "number", "money", "date", "time", "phone", "upper", "lower", "join"})


class Numbers:
    """Looks at the sides of calculations and comparisons."""

    def __init__(self, words: Sequence[Token], scope: Scope, complain: Complain) -> None:
        self.words = words
        self.scope = scope
        self.complain = complain

    def reckoned(self, side: object, tree: Expression) -> None:
        """Say so where a side of a calculation is a text for certain."""
        assert isinstance(side, Node)
        if tree[0] == "path" and tree[1] in ("today", "now") and self.scope.call is not None:
            hint = "a date is compared, and said with `| date`; a server can reckon with it: `request`"
            self.say(side, f"`{tree[1]}` is text, which cannot be reckoned with", hint)
            return
        if tree[:2] == ("path", "call") and self.scope.call is not None and tree[2] in CALL_TEXTS:
            name = f"call.{tree[2]}"
            hint = f"as a number it is `{name} | int`; texts are joined with `~`"
            self.say(side, f"`{name}` is text, which cannot be reckoned with", hint)
            return
        self.compared(side, tree)
        match tree:
            case ["lit", str()] | ["~", *_]:
                self.at(side, "this is a text, not a number", "join texts with `~`")
            case ["filter", str(name), *_] if name in _MAKES_TEXT:
                message = f"`| {name}` makes a text, not a number"
                self.at(side, message, f"reckon first: `(…) | {name}`")
            case ["path", "params", str(name)] if self.scope.params and name in self.scope.params:
                kind = self.scope.params[name].type
                if kind in TEXTS:
                    message = f"`params.{name}` is of type `{kind}`, not a number"
                    hint = "declare it as `integer` or `number`, or join texts with `~`"
                    self.say(side, message, hint)

    def member(self, side: object, tree: Expression, among: Expression) -> None:
        """Say so where a text is looked for in a list that holds numbers alone: it is never in there."""
        text = text_for_certain(tree, self.scope)
        if text is None:
            return
        match among:
            case ["list", *items] if items and all(
                isinstance(each, tuple) and is_number(each, self.scope) for each in items
            ):
                message = f"`{text}` is text, and never in a list of numbers"
                written = [written_number(each) or "…" for each in items if isinstance(each, tuple)]
                self.say(side, message, quoted(written, "'"))
            case ["path", "params", str(name)] if found := numbers(name, self.scope):
                message = f"`{text}` is text, and `params.{name}` holds numbers: it is never one of them"
                self.say(side, message, quoted(found, '"'))

    def beside_texts(self, sides: Sequence[object], trees: Sequence[Expression]) -> None:
        """Say so where a text that is written out is compared with what is a number for certain."""
        texts = [at for at, each in enumerate(trees) if each[0] == "lit" and isinstance(each[1], str)]
        if not texts or not any(number_for_certain(each, self.scope) for each in trees):
            return
        written = str(trees[texts[0]][1])
        hint = "compare it with a number" if written else "nothing is `none`"
        if re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", written):
            hint = f"take the quotes off: `{written}`"
        self.at(sides[texts[0]], "this is a text, and what it is compared with is a number: they are never equal", hint)

    def compared(self, side: object, tree: Expression, number: str | None = None, param: str | None = None) -> None:
        """Say so where what is taken for a number is text: what was keyed in or said, or is known of the call.

        It stands beside a number that is written out, or beside a param.
        """
        match tree:
            case ["path", "today" | "now" as name] if self.scope.call is not None:
                message = f"`{name}` is text, which no number is equal to, or less or more than"
                self.say(side, message, "put a date in quotes: `'2026-12-24'`")
            case ["path", "call", str(part)] if part in CALL_TEXTS and self.scope.call is not None:
                hint = f"put the number in quotes: `'{number}'`" if number else "compare it with a text"
                if number is None and param is not None and self.scope.params and param in self.scope.params:
                    kind = "phone" if part in ("from", "to") else "text"
                    hint = f"`params.{param}` is a number: declare it as `{param}: {{type: {kind}}}`"
                self.say(side, f"`call.{part}` is text, which no number is equal to", hint)
            case ["path", "vars", str(name)] if self.scope.call is not None and name in self.scope.call.texts():
                message = f"`vars.{name}` is kept as text, and is not a number"
                self.say(side, message, f"`vars.{name} | int`")
            case ["filter", str(name), *_] if name in _MAKES_TEXT and number is not None:
                message = f"`| {name}` makes a text, which no number is equal to, or less or more than"
                self.at(side, message, f"put the number in quotes: `'{number}'`")
            case ["slice", owner, *_] | ["item", owner, _] if number is not None and isinstance(owner, tuple):
                text = text_for_certain(owner, self.scope)
                if text is not None:
                    message = f"a part of `{text}` is text, which no number is equal to"
                    self.at(side, message, f"put the number in quotes: `'{number}'`")

    def say(self, side: object, message: str, hint: str) -> None:
        """Say that a name is no number."""
        assert isinstance(side, Node)
        last = side.word + (side.kind in ("Getattr", "Getitem"))
        self.complain(NO_NUMBER, self.words[first(side).word].start, self.words[last].end, message, hint)

    def at(self, side: object, message: str, hint: str) -> None:
        """Say the same of a value that is no name."""
        assert isinstance(side, Node)
        token = self.words[min(max(side.word, 0), len(self.words) - 1)]
        self.complain(NO_NUMBER, token.start, token.end, message, hint)
