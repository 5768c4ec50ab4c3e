"""What of Jinja2's grammar is part of the language: its trees become ours, or are refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ...program.evaluate import Expression
from ...program.kinds import number
from ...text.diagnostics import Rule
from .certain import is_number, written_number
from .node import Node
from .numbers_meant import NO_NUMBER, Numbers
from .scope import Scope
from .tokens import EXPRESSION_TOO_LARGE, Complain, Token
from .words import FILTER_ARGUMENTS, check_filter, check_path

UNSUPPORTED = Rule(
    "E238",
    "unsupported-expression",
    """An expression that Jinja2 has and a flow has not

Calls, loops, tests with `is`, dictionaries, powers and the like could take any time, or reach what is no part of the
flow, so they are refused.

There are values, lists, names, comparison, `and` `or` `not` `in`, arithmetic, `~`, an inline `if`, and filters. Write
it with these, or bind the result as a param.""",
)
TREE_LIMIT = 24
"""Levels of a tree, so that what is written back in brackets can be read again."""

_COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "notin"}
_ARITHMETIC = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%"}
_PREFIXES = {"Not": "not", "Neg": "neg", "Pos": "pos"}
_REFUSED = {
    "Call": ("a call is not part of an expression here", None),
    "Test": (
        "a test with `is` is not part of an expression here",
        "compare, as in `vars.x == 'gold'` or `vars.x != none`",
    ),
    "Dict": ("a mapping in braces is not part of an expression here", None),
    "Tuple": ("several values with commas are no value", "write a list: `[1, 2]`"),
    "Pow": ("`**` is not part of an expression here", "multiply: `a * a`"),
}


class Grammar:
    """Reads the tree of one expression; holds its tokens, what it may read, and whom to tell."""

    def __init__(self, words: Sequence[Token], scope: Scope, complain: Complain) -> None:
        self.words = words
        self.scope = scope
        self.complain = complain
        self.numbers = Numbers(words, scope, complain)

    def tree(self, node: object, depth: int = 0) -> Expression:
        """The expression of a node. What is no part of the language is said; the tree is then not to be used."""
        assert isinstance(node, Node)
        fields = node.fields
        if depth > TREE_LIMIT or node.kind == "Deep":
            return self.refuse(
                node, EXPRESSION_TOO_LARGE, "this expression has too many levels", "bind the result as a param"
            )
        match node.kind:
            case "Const":
                return ("lit", self.constant(node))
            case "Name" | "Getattr" | "Getitem":
                return self.access(node, depth)
            case "List" | "Concat":
                parts = _list(fields["items" if node.kind == "List" else "nodes"])
                return ("list" if node.kind == "List" else "~", *(self.tree(each, depth + 1) for each in parts))
            case "And" | "Or":
                return (node.kind.lower(), *(self.tree(each, depth + 1) for each in _chain(node)))
            case "Compare":
                return self.compare(node, depth)
            case "CondExpr":
                branches = (fields[each] for each in ("test", "expr1", "expr2") if fields[each] is not None)
                return ("if", *(self.tree(each, depth + 1) for each in branches))
            case "Filter":
                return self.filter(node, depth)
        return self.calculation(node, depth)

    def calculation(self, node: Node, depth: int) -> Expression:
        """Arithmetic, a sign or `not`; all else is refused."""
        if node.kind in _PREFIXES:
            sides = [node.fields["node"]]
        elif node.kind in _ARITHMETIC:
            sides = [node.fields["left"], node.fields["right"]]
        else:
            message, hint = _REFUSED.get(node.kind, ("this is not part of an expression here", None))
            if node.kind == "Call":
                from .functions import instead_of

                hint = instead_of(self.words, min(max(node.word, 0), len(self.words) - 1))
            return self.refuse(node, UNSUPPORTED, message, hint)
        trees = [self.tree(each, depth + 1) for each in sides]
        if node.kind != "Not":
            texts = [tree for tree in trees if tree[0] == "~" or (tree[0] == "lit" and isinstance(tree[1], str))]
            for side, tree in zip(sides, trees, strict=True):
                if tree in texts[:1] or not texts:  # a text that is written out says what is meant by the sign
                    self.numbers.reckoned(side, tree)
        return (_PREFIXES.get(node.kind) or _ARITHMETIC[node.kind], *trees)

    def compare(self, node: Node, depth: int) -> Expression:
        """A comparison, which may go on: `1 < a <= 5`."""
        operands = [each for each in _list(node.fields["ops"]) if isinstance(each, Node)]
        rest = [
            part
            for each in operands
            for part in (_COMPARISONS[str(each.fields["op"])], self.tree(each.fields["expr"], depth + 1))
        ]
        sides = [node.fields["expr"], *(each.fields["expr"] for each in operands)]
        trees = [self.tree(sides[0], depth + 1), *rest[1::2]]
        if any(is_number(each, self.scope) for each in trees):
            number = next((found for each in trees if (found := written_number(each))), None)
            beside = next((str(each[2]) for each in trees if each[:2] == ("path", "params")), None)
            for side, tree in zip(sides, trees, strict=True):
                self.numbers.compared(side, tree, number, beside)
        if "in" not in rest and "notin" not in rest:
            self.numbers.beside_texts(sides, trees)
        for (at, left), sign, (_, right) in zip(enumerate(trees), rest[::2], enumerate(trees[1:]), strict=False):
            if sign in ("in", "notin"):
                self.numbers.member(sides[at], left, right)
        return ("compare", trees[0], *rest)

    def filter(self, node: Node, depth: int) -> Expression:
        """A filter with its arguments."""
        fields, name = node.fields, str(node.fields["name"])
        arguments = [self.tree(each, depth + 1) for each in _list(fields["args"])]
        if fields["kwargs"] or fields["dyn_args"] or fields["dyn_kwargs"]:
            return self.refuse(
                node, FILTER_ARGUMENTS, f"arguments of `{name}` have no names here", "write their values alone"
            )
        token = self.words[node.word]
        check_filter(name, arguments, (token.start, token.start + len(name)), self.complain)
        return ("filter", name, self.tree(fields["node"], depth + 1), *arguments)

    def access(self, node: Node, depth: int) -> Expression:
        """A name or a value with what follows it: `.attribute`, `['key']`, `[index]`, `[1:3]`."""
        steps: list[Node] = []
        while node.kind in ("Getattr", "Getitem"):
            steps.insert(0, node)
            owner = node.fields["node"]
            assert isinstance(owner, Node)
            node = owner
        if len(steps) + depth > TREE_LIMIT:
            return self.refuse(node, EXPRESSION_TOO_LARGE, "this expression has too many levels", None)
        if node.kind == "Name":
            keys = list(takewhile(lambda token: token is not None, map(self.key, steps)))
            found = check_path([self.words[node.word], *filter(None, keys)], self.scope, self.complain)
        else:
            keys, found = [], self.tree(node, depth + len(steps))
        for step in steps[len(keys) :]:
            found = self.step(found, step, depth)
        return found

    def key(self, step: Node) -> Token | None:
        """The token of a key that is written out; None for an index, a slice or a computed key."""
        named = step.kind == "Getattr" or (isinstance(step.fields["arg"], Node) and _is_text(step.fields["arg"]))
        return self.words[step.word + 1] if named else None

    def step(self, owner: Expression, step: Node, depth: int) -> Expression:
        """What follows a value."""
        if key := self.key(step):
            return ("item", owner, ("lit", key.value if key.kind == "text" else key.word))
        arg = step.fields["arg"]
        if isinstance(arg, Node) and arg.kind == "Slice":
            bounds = (arg.fields[each] for each in ("start", "stop", "step"))
            return ("slice", owner, *(("lit", None) if each is None else self.tree(each, depth + 1) for each in bounds))
        return ("item", owner, self.tree(arg, depth + 1))

    def constant(self, node: Node) -> object:
        """A value that is written out."""
        value = node.fields["value"]
        if isinstance(value, str):
            return self.words[int(value)].value
        return value if value is None or isinstance(value, bool) else number(value)

    def refuse(self, node: Node, rule: Rule, message: str, hint: str | None) -> Expression:
        """Say what is wrong at a node; what is returned only stands in."""
        token = self.words[min(max(node.word, 0), len(self.words) - 1)]
        self.complain(rule, token.start, token.end, message, hint)
        return ("lit", None)


def _is_text(node: object) -> bool:
    return isinstance(node, Node) and node.kind == "Const" and isinstance(node.fields["value"], str)


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _chain(node: Node) -> list[object]:
    # `a or b or c` comes as `(a or b) or c`
    parts: list[object] = []
    at: object = node
    while isinstance(at, Node) and at.kind == node.kind:
        parts.insert(0, at.fields["right"])
        at = at.fields["left"]
    return [at, *parts]


RULES = (UNSUPPORTED, NO_NUMBER)
