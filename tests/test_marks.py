"""Where things stand is told of single members, and must be what a reading of the whole document finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import of_yaml

from flowc.text.document import Container, Document
from flowc.text.marks import TreeMarks
from flowc.text.reports.places import start, where
from flowc.text.source import Source, Span

FLOWS = sorted((Path(__file__).parent.parent / "flows").rglob("*.flow.yml"))
TEXTS = [
    "a:\nb: []\nc: {}\nd:\n  -\n  - x\n",
    "- |\n  hi\n  you\n\n- >-\n  a\n",
    "\ufeffa: {b: [1, {c: d}], e: }\n",
    "'a': \"b\"\nc:\n  d:\n    - e: f\n      g: [\n        h]\n",
    "just a text\n",
]


def containers(data: object) -> list[Container]:
    if not isinstance(data, dict | list):
        return []
    inside = data.values() if isinstance(data, dict) else data
    return [data, *(found for each in inside for found in containers(each))]


def read(text: str) -> Document:
    document = of_yaml(text).document
    assert document is not None
    return document


@pytest.mark.parametrize("text", [*TEXTS, *(path.read_text(encoding="utf-8") for path in FLOWS)])
def test_each_member_stands_where_all_spots_of_its_container_say(text: str) -> None:
    document = read(text)
    for owner in containers(document.data):
        assert isinstance(document.marks, TreeMarks)
        spots = document.marks.spots(owner)
        assert list(spots) == (list(owner) if isinstance(owner, dict) else list(range(len(owner))))
        for key, spot in spots.items():
            assert (document.marks.key(owner, key), document.marks.value(owner, key)) == (spot.key, spot.value)


def test_a_block_ends_where_its_last_member_does() -> None:
    text = "a:\n  b:\n    - c: d\n      e: [f,\n        g]\n    # end\n\nh: |\n  i\n\n"
    document = read(text)
    assert isinstance(document.data, dict)
    assert text[slice(*document.marks.value(document.data, "a"))] == "b:\n    - c: d\n      e: [f,\n        g]"
    assert text[slice(*document.marks.value(document.data, "h"))] == "|\n  i"
    assert document.marks.whole() == Span(0, len(text.rstrip()))


def test_a_key_that_is_there_twice_and_one_that_is_a_list_are_both_said() -> None:
    said = [each.rule.name for each in of_yaml("a: 1\na: 2\n? [b]\n: c\n").said]
    assert said == ["duplicate-key", "key-not-text"]


def test_the_beginning_of_a_place_is_where_the_place_begins() -> None:
    source = Source("a.flow.yml", "a: b\r\nc: é\n\nd: e\n")
    for offset in range(len(source.text)):
        span = Span(offset, offset + 1)
        assert start(source, span) == where(source, span)[:2]
