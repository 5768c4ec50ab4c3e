"""The tree of an expression as its parser has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Node(NamedTuple):
    """A node of Jinja2's tree as plain data; `word` is the index of the token at which it was read."""

    kind: str
    word: int
    fields: Mapping[str, object]


def first(node: Node) -> Node:
    """The node that a node begins with."""
    owner = node.fields.get("node")
    return first(owner) if isinstance(owner, Node) else node
