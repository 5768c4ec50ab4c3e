"""Did you mean: which word of a list a mistyped one stands for."""

from __future__ import annotations

import pytest

from flowc.text.nearest import nearest

FIELDS = ["bargeIn", "endOnSilence", "timeOut", "timeout", "maxDigits", "sales", "support", "from", "to", "pay"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sale", "sales"),
        ("slaes", "sales"),
        ("suport", "support"),
        ("supprots", "support"),
        ("bargein", "bargeIn"),
        ("barge_in", "bargeIn"),
        ("end-on-silence", "endOnSilence"),
        ("timeout", "timeOut"),
        ("max_digit", "maxDigits"),
        ("form", "from"),
        ("fro", "from"),
        ("too", "to"),
        ("x", None),
        ("", None),
        ("_", None),
        ("completely", None),
        ("s" * 10_000, None),
    ],
)
def test_the_nearest_word_is_found_or_none(word: str, meant: str | None) -> None:
    assert nearest(word, FIELDS) == meant


def test_of_equally_near_words_the_first_is_named() -> None:
    assert nearest("mainn", ["maine", "main", "maina"]) == "maine"
    assert nearest("Main", ["man", "main"]) == "main"
    assert nearest("main", []) is None
