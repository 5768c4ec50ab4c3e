"""Regular expressions are looked at in time that the text alone bounds, and mean what Python's mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowc.program.automaton import Machine
from flowc.program.regular import compiled, fault
from flowc.program.work import TooMuchError, Work

PIECES = ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\W", "^", "$", r"\b", r"\B", r"\A", r"\Z", "(?i:A)", "[0-4]", "é"]
TEXTS = st.text(alphabet="aAb1 \né", max_size=9)
PATTERNS = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: (
        st.tuples(inner, inner).map("".join)
        | st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})")
        | st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "{2}", "{0,2}", "{1,}"])).map(
            lambda two: f"({two[0]}){two[1]}"
        )
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=400)
@given(pattern=PATTERNS, text=TEXTS)
def test_all_ways_at_once_lead_where_pythons_engine_gets_to(pattern: str, text: str) -> None:
    machine = Machine(re._parser.parse(pattern))  # type: ignore[attr-defined]
    assert machine.runs(text, Work(), whole=True) is (re.fullmatch(pattern, text) is not None)
    assert machine.runs(text, Work(), whole=False) is (re.search(pattern, text) is not None)


@pytest.mark.parametrize("pattern", ["(?is)a.B", "(?m)^a$", "(?a)\\w\\b", "a|", "(a|ab)(c|bcd)", "(?:)*", "x{0}a"])
@pytest.mark.parametrize("text", ["a\nb", "b\na\nb", "é", "A\nb", "abcd", "", "xa"])
def test_flags_and_empty_ways_mean_the_same(pattern: str, text: str) -> None:
    machine = Machine(re._parser.parse(pattern))  # type: ignore[attr-defined]
    assert machine.runs(text, Work(), whole=True) is (re.fullmatch(pattern, text) is not None)
    assert machine.runs(text, Work(), whole=False) is (re.search(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^(a+)+$", "a" * 40 + "!", False),
        ("^(a+)+$", "a" * 100_000, True),
        ("^(a|aa)+$", "a" * 50_000 + "!", False),
        ("(x+x+)+y", "x" * 100_000, False),
        (".*a.*b.*c.*d", "a" * 100_000, False),
        (r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", "someone@" + "mail." * 2_000 + "example", True),
        (r"^\d+$", "1" * 200_000, True),
    ],
)
def test_no_text_takes_any_time(pattern: str, text: str, found: bool) -> None:
    work = Work()
    assert compiled(pattern).search(text, work) is found
    assert work.left > 0


def test_what_takes_too_much_work_is_given_up() -> None:
    with pytest.raises(TooMuchError):
        compiled("[a-z]{1,1000}z").search("a" * 5_000, Work())
    assert not compiled("[a-z]{1,1000}z").occurs("a" * 5_000)
    assert not compiled("(a?){40}([ab]{1,900}c)*").fits("b" * 6_000)
    assert not compiled(r"(a)\1").fits("aa")


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"(a)\1", "a reference to a group"),
        ("(?=a)b", "looking ahead or behind"),
        ("(?<!a)b", "looking ahead or behind"),
        ("a++", "gives nothing back"),
        ("(?>a)b", "not gone back into"),
        ("(", "no regular expression"),
        ("a{9000}", "parts"),
        ("a|" * 400_000, "800,000 characters"),
        ("(" * 60 + "a" + ")" * 60, "groups in each other"),
        ("(" * 2_000 + "a" + ")" * 2_000, "too large"),
        ("a{99999999999}", "too large"),
    ],
)
def test_a_pattern_that_cannot_be_looked_at_is_refused(pattern: str, why: str) -> None:
    assert why in (fault(pattern) or "")


@pytest.mark.parametrize("pattern", [r"^\d{4}-\d{2}$", "^(a+)+$", "(?i)yes|no", "[^@]+@[^@]+", "", "a{4000}"])
def test_all_others_are_taken(pattern: str) -> None:
    assert fault(pattern) is None
