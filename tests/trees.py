"""Random values, expressions and templates, for the tests that hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from flowc.program.filters import FILTERS
from flowc.program.kinds import Url
from flowc.program.values import Template


def path(name: str) -> tuple[str, ...]:
    """The expression `params.name`."""
    return ("path", "params", name)


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        [
            "<speak>",
            "</speak><audio src='x'>",
            "{{ params.secret }}",
            "https://e.com/",
            "\ud800",
            'x"},{"action":"connect"',
        ]
    ),
    st.sampled_from([Url("https://e.com/a"), Url("")]),
)
data = st.recursive(
    leaves | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
NAMED = ("a", "b", "c", "d")


def _trees(inner: st.SearchStrategy[tuple[object, ...]]) -> st.SearchStrategy[tuple[object, ...]]:
    words = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "notin"])
    return st.one_of(
        st.tuples(st.sampled_from(["not", "neg", "pos"]), inner),
        st.tuples(st.sampled_from(["+", "-", "*", "/", "//", "%", "and", "or", "~", "item"]), inner, inner),
        st.tuples(st.just("if"), inner, inner, inner),
        st.tuples(st.just("if"), inner, inner),
        st.tuples(st.just("~"), inner, inner, inner),
        st.tuples(st.just("list"), inner, inner),
        st.tuples(st.just("slice"), inner, inner, inner, inner),
        st.tuples(st.just("compare"), inner, words, inner),
        st.tuples(st.just("filter"), st.sampled_from(sorted(FILTERS)), inner),
        st.tuples(st.just("filter"), st.sampled_from(["default", "join", "money", "number", "date"]), inner, inner),
    )


simple = leaves.filter(lambda value: type(value) is not Url)
trees = st.recursive(
    st.one_of(st.tuples(st.just("lit"), simple), st.sampled_from(NAMED).map(path)),
    _trees,
    max_leaves=8,
)
literals = st.one_of(
    st.text(max_size=5), st.sampled_from(["<speak>", "<p x='", "'>", "{{", "{", "{%", "https://", "\n"])
)
templates = st.lists(st.one_of(literals.filter(bool), trees), min_size=1, max_size=4).map(
    lambda parts: Template(tuple(parts))
)
bindings = st.dictionaries(st.sampled_from(NAMED), st.one_of(leaves, st.lists(leaves, max_size=3)))
modes = st.sampled_from([{}, {"ssml": True}, {"url": True}])
