"""Expressions: a closed subset of Jinja2's grammar, read with Jinja2's own parser and refused outside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

from ...program.evaluate import Expression
from ...program.values import Template
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Place
from .grammar import RULES as GRAMMAR_RULES
from .grammar import UNSUPPORTED, Grammar
from .jinja import read
from .scope import RULES as SCOPE_RULES
from .scope import Scope
from .tokens import BRACES, EXPRESSION_TOO_LARGE, NOT_AN_EXPRESSION, Token, closing, tokens
from .tokens import RULES as TOKEN_RULES
from .words import RULES as WORD_RULES
from .words import check_filter, check_path

UNCLOSED_BRACES = Rule(
    "E230",
    "unclosed-braces",
    """A `{{` that is never closed

`{{` begins an expression, and there is no `}}` after it, so nobody can say what a caller should hear.

Close it, or write `{{ '{{' }}` where two braces are meant as text.""",
)
TEMPLATE_BLOCK = Rule(
    "E233",
    "template-block",
    """A `{%` or `{#` in a text

In a template these begin a statement or a comment. A text here holds values only, and a caller would hear the braces,
so they are refused.

Choose with an inline `if`: `{{ 'a' if params.x else 'b' }}`. Where the signs are meant as text, write `{{ '{%' }}` or
`{{ '{#' }}`.""",
)

EXPRESSIONS_LIMIT = 200
_MOST_FAULTS = 10
"""So much is said of one text; what is wrong more often than that has one cause."""

_OPENING = r"\{[{%#]"
_LITERAL = r"\{\{ *'([^'\\]*)' *\}\}"
_SIMPLE = r"(?a)\{\{ *([a-z]+(?:\.[A-Za-z_]\w*)+|options) *(?:\| *([a-z]+) *)?\}\}"
Report = Callable[[Diagnostic], None]


def parse(text: str, place: Place, scope: Scope, report: Report, *, bare: bool = False) -> Template | None:
    """The template of a text, or with `bare` of a text that is an expression without braces.

    What is wrong is reported at its place inside the text, and there is no template then. A `}}` without `{{` is text,
    and so is an expression that is a text between quotes: `{{ '{{' }}`.
    """
    if bare:
        return _Reader(text, place, scope, report).bare()
    if "{" not in text or not re.search(_OPENING, text):
        return Template((text,))
    return _Reader(text, place, scope, report).template()


class _Said(NamedTuple):
    """What is wrong with a part of a text, before it is reported."""

    rule: Rule
    start: int
    end: int
    message: str
    hint: str | None


class _Reader:
    """Reads one text; holds what every part of it needs: the text, its place, the scope, and whom to tell."""

    def __init__(self, text: str, place: Place, scope: Scope, report: Report) -> None:
        self.text = text
        self.place = place
        self.scope = scope
        self.report = report
        self.said: list[_Said] = []
        self.found = 0

    def complain(self, rule: Rule, start: int, end: int, message: str, hint: str | None = None) -> None:
        self.said.append(_Said(rule, start, end, message, hint))

    def tell(self) -> None:
        """Report all that was complained of."""
        for rule, start, end, message, hint in self.said:
            self.report(rule.at(self.place.within(start, end), message, hint))

    def bare(self) -> Template | None:
        end, text = len(self.text), self.text
        if "{{" in text:
            text = re.sub(BRACES, lambda braces: " " * len(braces[0]), text)
            message = "this is an expression by itself, and stands without braces"
            self.complain(NOT_AN_EXPRESSION, 0, end, message, f"write `{' '.join(text.split())}`")
        found = tokens(text, 0, end, self.complain)
        tree = self.tree(found, end) if found is not None else None
        if not self.said and tree is not None:
            return Template((tree,))
        self.mend(0, 0, end, "write `{}`")
        self.tell()
        return None

    def mend(self, first: int, start: int, end: int, form: str) -> None:
        """Where the whole expression is known from another language, say it once as it is written here."""
        written = self.text[start:end]
        start += len(written) - len(written.lstrip())
        from .dialects import translated  # few expressions are wrong

        right = translated(written.strip(), self.scope)
        if right is None or not _is_sound(right.text, self.scope):
            return
        said = self.said[first]._replace(hint=form.format(right.text))
        change = right.change_at(said.start - start)
        if change is not None and said.rule is NOT_AN_EXPRESSION:
            message = f"`{written.strip()[change.start : change.end]}` is written `{change.right}` here"
            said = said._replace(start=start + change.start, end=start + change.end, message=message)
        self.said[first:] = [said]

    def template(self) -> Template | None:
        made = self.filled()
        self.tell()
        return made

    def filled(self) -> Template | None:
        parts: list[str | Expression] = []
        at = 0
        while opening := re.compile(_OPENING).search(self.text, at):
            parts.append(self.text[at : opening.start()])
            tree, at = self.part(opening)
            if tree is not None:
                # a text between quotes is the author's own words, as `{{ '{{' }}` is
                parts.append(tree[1] if tree[0] == "lit" and isinstance(tree[1], str) else tree)
            if self.found > EXPRESSIONS_LIMIT or len(self.said) > _MOST_FAULTS:
                self.many(opening)
                return None
        parts.append(self.text[at:])
        return None if self.said else Template(_joined(parts))

    def many(self, opening: re.Match[str]) -> None:
        if not self.said:
            message = "this text holds more than 200 expressions"
            self.complain(EXPRESSION_TOO_LARGE, *opening.span(), message, "write several texts")

    def part(self, opening: re.Match[str]) -> tuple[Expression | None, int]:
        """What an opening begins, and where it ends."""
        start, inside = opening.span()
        if opening[0] != "{{":
            return None, self.statement(opening[0], start)
        if literal := re.compile(_LITERAL).match(self.text, start):
            return ("lit", literal[1]), literal.end()
        self.found += 1
        if simple := re.compile(_SIMPLE).match(self.text, start):
            return self.simple(simple), simple.end()
        return self.between(start, inside)

    def statement(self, opening: str, start: int) -> int:
        """Say what is written here for a statement or a comment of a template; where it ends."""
        what = "statement" if opening == "{%" else "comment"
        from .remedies import block

        found = block(self.text, start)
        message = f"`{opening}` begins a {what}, and a text holds values only"
        self.complain(TEMPLATE_BLOCK, start, start + 2, message, found.hint)
        return found.end

    def between(self, start: int, inside: int) -> tuple[Expression | None, int]:
        """What stands between braces, and where it ends; `inside` is where it begins."""
        if self.text[inside : inside + 1] in ("-", "+"):
            sign = self.text[inside]
            message = f"`{{{{{sign}` cuts spaces away in Jinja2; here they stay as they are written"
            self.complain(UNSUPPORTED, start, inside + 1, message, f"write `{{{{`, or for a sign `{{{{ {sign}`")
            inside += 1
        end = closing(self.text, inside)
        if not self.text.startswith("}}", end):
            from .remedies import closed

            hint = closed(self.text, start, self.scope, _is_sound) or "close it with `}}`, or as a text: `{{ '{{' }}`"
            self.complain(UNCLOSED_BRACES, start, start + 2, "this `{{` is never closed", hint)
            return None, end
        before = len(self.said)
        found = tokens(self.text, inside, end, self.complain)
        tree = self.tree(found, end) if found is not None else None
        if len(self.said) > before:
            self.mend(before, inside, end, "write `{{{{ {} }}}}`")
        return tree, end + 2

    def simple(self, found: re.Match[str]) -> Expression:
        """`params.name` or `params.name | filter`, without the parser."""
        words, at, name = [], found.start(1), found[2]
        for word in found[1].split("."):
            words.append(Token("name", at, at + len(word), word))
            at += len(word) + 1
        path = check_path(words, self.scope, self.complain)
        if not name:
            return path
        check_filter(name, (), found.span(2), self.complain)
        return ("filter", name, path)

    def tree(self, found: list[Token], end: int) -> Expression | None:
        """The tree of an expression's tokens; `end` is where they end."""
        if not found:
            hint = "write one, such as `params.name`"
            self.complain(NOT_AN_EXPRESSION, max(end - 1, 0), end + 2, "there is no expression here", hint)
            return None
        node, wrong = read(found)
        if node is None:
            token = found[min(wrong, len(found) - 1)]
            message = f"`{token.word[:40]}` does not fit here" if wrong < len(found) else "the expression ends too soon"
            from .remedies import unfit

            hint = unfit([each.word for each in found], wrong)
            self.complain(NOT_AN_EXPRESSION, token.start, token.end, message, hint)
            return None
        return Grammar(found, self.scope, self.complain).tree(node)


def _is_sound(text: str, scope: Scope) -> bool:
    """Whether an expression has no mistake."""
    said: list[Rule] = []

    def complain(rule: Rule, _start: int, _end: int, _message: str, _hint: str | None) -> None:
        said.append(rule)

    found = tokens(text, 0, len(text), complain)
    node = read(found)[0] if found else None
    if node is not None and found:
        Grammar(found, scope, complain).tree(node)
    return node is not None and not said


def _joined(parts: list[str | Expression]) -> tuple[str | Expression, ...]:
    """The parts with texts that stand side by side as one."""
    joined: list[str | Expression] = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        side_by_side = list(run)
        if is_text:
            side_by_side = ["".join(map(str, side_by_side))]
        joined += filter(None, side_by_side)
    return tuple(joined)


RULES = (UNCLOSED_BRACES, TEMPLATE_BLOCK, *TOKEN_RULES, *SCOPE_RULES, *WORD_RULES, *GRAMMAR_RULES)
