"""The paths that an expression is, or whose value it may be."""

from __future__ import annotations

from collections.abc import Iterator

from .examples import Where


def plain(tree: object) -> Where | None:
    """The path that an expression is, be it as a text."""
    match tree:
        case ["~", ["lit", ""], inner]:
            return path_of(inner)
    return path_of(tree)


def path_of(tree: object) -> Where | None:
    """The path that an expression is."""
    match tree:
        case ["path", *keys]:
            return tuple([str(each) for each in keys])
        case ["item", inner, key] if (owner := path_of(inner)) is not None:
            return (*owner, key[1] if isinstance(key, list | tuple) and key[0] == "lit" else 0)
    return None


def targets(tree: object, depth: int = 0) -> Iterator[Where]:
    """The paths whose value an expression may be; of a list, an item that only a call knows is taken for its first."""
    if not isinstance(tree, list | tuple) or not tree or tree[0] in ("lit", "compare", "not") or depth > 64:
        return
    if tree[0] == "filter" and tree[1] == "length":
        return
    path = path_of(tree)
    if path is not None:
        yield path
        return
    for each in tree[2 if tree[0] == "if" else 1 :]:
        yield from targets(each, depth + 1)
