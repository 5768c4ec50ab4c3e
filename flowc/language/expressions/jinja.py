"""The door to Jinja2: its parser reads the tokens of an expression.

Jinja2 is imported when the first expression comes that is more than a name with a filter.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .grammar import TREE_LIMIT
from .node import Node
from .tokens import Token

if TYPE_CHECKING:
    from jinja2 import Environment, nodes


def read(found: list[Token]) -> tuple[Node | None, int]:
    """The tree of tokens, or the index of the token at which they stop being an expression."""
    # a line for each token, so that a line is a place; texts are named by their tokens
    lines = [repr(str(index)) if each.kind == "text" else each.word for index, each in enumerate(found)]
    return _parsed(tuple(lines))


@lru_cache(maxsize=1024)
def _parsed(lines: tuple[str, ...]) -> tuple[Node | None, int]:
    """The same of lines; an author who writes something once writes it again."""
    from jinja2 import TemplateSyntaxError, nodes
    from jinja2.parser import Parser

    try:
        # not `Environment.parse`, which takes as long again to dress up an error for people
        read = Parser(_environment(), "\n".join(("{{", *lines, "}}"))).parse()
    except TemplateSyntaxError as error:
        return None, error.lineno - 2
    output = read.body[0]
    assert isinstance(output, nodes.Output)
    return _plain(output.nodes[0]), 0


@cache
def _environment() -> Environment:
    from jinja2 import Environment

    return Environment(autoescape=True)


def _plain(node: nodes.Node, depth: int = 0) -> Node:
    from jinja2.nodes import Node as JinjaNode

    def field(value: object) -> object:
        if isinstance(value, JinjaNode):
            return _plain(value, depth + 1)
        return [field(each) for each in value] if isinstance(value, list) else value

    word = (node.lineno or 2) - 2
    if depth > 2 * TREE_LIMIT:
        return Node("Deep", word, {})
    return Node(type(node).__name__, word, {name: field(value) for name, value in node.iter_fields()})
