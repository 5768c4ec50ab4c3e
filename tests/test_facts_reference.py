"""Every row of the platform's reference is a fact of ours, where the reference lies beside this checkout."""

from __future__ import annotations

import re

import pytest
from beside import REFERENCE

from flowc.language.schema import facts

FACTS = REFERENCE / "ncco-facts.md"


@pytest.fixture(scope="module")
def reference() -> str:
    if not FACTS.exists():
        pytest.skip("the reference of the platform does not lie beside this checkout")
    return FACTS.read_text(encoding="utf-8")


def section(reference: str, number: str) -> str:
    """The text of a section such as `1.13`."""
    return reference.split(f"\n### {number} ", 1)[1].split("\n### ", 1)[0]


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, without their heads."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [
        row for at, row in enumerate(cells) if row[0] != "---" and (at + 1 == len(cells) or cells[at + 1][0] != "---")
    ]


def numbers(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(",") if text != "–" else ():
        low, _, high = part.partition("-")
        found |= set(range(int(low), int(high or low) + 1))
    return frozenset(found)


def test_every_voice_of_the_reference_is_here(reference: str) -> None:
    table = {code: facts.Voice(name, *map(numbers, styles)) for code, name, *styles in rows(section(reference, "1.13"))}
    assert table == facts.voices()
    later = re.search(r"SDK enums: ([^.]+)\.", section(reference, "1.13"))
    assert later and set(later[1].split(", ")) == facts.later_voices()


def test_every_voice_name_of_the_reference_is_here(reference: str) -> None:
    table: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, code, style in re.findall(r"([A-Z][\w-]+)=([\w-]+)/(\d+)", section(reference, "1.14")):
        table[name] = (*table.get(name, ()), (code, int(style)))
    assert table == facts.voice_names()


def test_every_recognition_language_of_the_reference_is_here(reference: str) -> None:
    text = section(reference, "1.15").split("Note the differences")[0]
    assert frozenset(re.findall("`([^`]+)`", text)) == facts.asr_languages()


def test_every_ssml_tag_and_value_of_the_reference_is_here(reference: str) -> None:
    table = dict(rows(section(reference, "1.16")))
    assert {tag for tags in table for tag in tags.split(", ")} == facts.ssml().keys()
    for tag, said in table.items():
        for name, attribute in facts.ssml().get(tag, {}).get("attributes", {}).items():
            assert name in said
            assert not {each for each in attribute.get("enum", ()) if each[:2] != "x-"} - {
                *re.findall(r"[\w-]+", said),
                *("slow", "medium", "fast", "soft", "loud", "low", "high"),
            }


def test_every_field_of_the_reference_is_here(reference: str) -> None:
    titles = {"1.2": "talk", "1.3": "stream", "1.4": "input", "1.5": "record", "1.6": "conversation", "1.7": "connect"}
    for number, action in titles.items():
        for row in rows(section(reference, number)):
            for name in re.split(r" / ", row[0]):
                first, *inner = name.split(".")
                owner = {**facts.action(action)["properties"], **facts.action(action)["x-flowc"].get("legacy", {})}
                assert first in owner or facts.field(action, row[0].split(".")[0], name), f"{action}.{name}"
                assert not inner or facts.field(action, first, *inner)


def test_every_field_of_an_endpoint_of_the_reference_is_here(reference: str) -> None:
    kind = ""
    for name, fields, *_ in rows(section(reference, "1.8")):
        kind = name or kind
        for field in fields.split(", "):
            assert facts.field(kind, *field.split("."))


@pytest.mark.parametrize(
    ("number", "action", "fields"),
    [
        ("1.9", "notify", ("payload", "eventUrl", "eventMethod")),
        ("1.10", "wait", ("timeout",)),
        ("1.11", "transfer", ("conversationId", "canHear", "canSpeak", "mute")),
    ],
)
def test_every_field_of_the_reference_prose_is_here(
    reference: str, number: str, action: str, fields: tuple[str, ...]
) -> None:
    assert set(fields) == facts.action(action)["properties"].keys()
    assert all(field in section(reference, number) for field in fields)


def test_the_currencies_of_the_withdrawn_payment_are_those_of_the_reference(reference: str) -> None:
    said = re.search(r"default usd; ([a-z ]+)\)", section(reference, "1.12"))
    assert said and said[1].split() == facts.withdrawn()["pay"]["fields"]["currency"]["enum"]
