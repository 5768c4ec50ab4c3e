"""The catalogue of rules: each has a code and a name of its own, a page, and a case that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flowc.rules import ROOMS, all_rules, by_code, by_name
from flowc.text.diagnostics import Rule

CASES = Path(__file__).parent / "cases" / "bad"
PACKAGE = Path(__file__).parent.parent / "flowc"
RULES = all_rules()

STAGES = {
    "0": ("text",),
    "1": ("language",),
    "2": ("language",),
    "3": ("checks",),
    "4": ("caller",),
    "5": ("hosting",),
    "6": ("workspace", "checks", "hosting", "language"),
}
"""The rooms in which rules of each stage may stand, by the first digit of their codes."""


def test_there_are_rules_of_every_stage() -> None:
    assert {rule.code[1] for rule in RULES} == STAGES.keys()


def test_codes_and_names_belong_to_one_rule_each() -> None:
    codes, names = [rule.code for rule in RULES], [rule.name for rule in RULES]
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert by_code().keys() == set(codes)
    assert by_name().keys() == set(names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.code}-{rule.name}")
def test_a_rule_has_a_code_a_name_and_a_page(rule: Rule) -> None:
    assert re.fullmatch(r"[EW][0123456][0-9]{2}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    paragraphs = [part for part in rule.page.split("\n\n") if part.strip()]
    assert len(paragraphs) >= 2, "a page begins with what is wrong in a line of its own"
    assert len(rule.page.split()) >= 20, "a page also says why it hurts a caller, and what to do"
    assert rule.page[0].isupper() or rule.page[0] in '`"'
    assert rule.page.rstrip()[-1] in ".:`)"
    assert max(map(len, rule.page.splitlines())) <= 120


def test_the_catalogue_misses_no_rule() -> None:
    """A code that stands in the text of a module is the code of a rule that the catalogue has."""
    written = {
        code: path.name
        for path in PACKAGE.rglob("*.py")
        for code in re.findall(r"""(?:Rule|check)\(\s*["']([EW][0-9]{3})["']""", path.read_text(encoding="utf-8"))
    }
    assert {code: file for code, file in written.items() if code not in by_code()} == {}
    assert set(ROOMS) <= {path.name for path in PACKAGE.iterdir()}


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_the_digit_of_a_code_is_its_stage(stage: str) -> None:
    rooms = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        if re.search(rf"""(?:Rule|check)\(\s*["'][EW]{stage}[0-9]{{2}}["']""", path.read_text(encoding="utf-8"))
    }
    assert rooms <= set(STAGES[stage])


def test_every_rule_has_a_bad_case() -> None:
    shown = {folder.name for folder in CASES.iterdir()}
    missing = [name for rule in RULES if (name := f"{rule.code}-{rule.name}") not in shown]
    assert not missing, (
        f"{len(missing)} of {len(RULES)} rules without a case under tests/cases/bad: {', '.join(missing)}"
    )


def test_every_bad_case_shows_a_rule() -> None:
    names = {f"{rule.code}-{rule.name}" for rule in RULES}
    assert sorted(folder.name for folder in CASES.iterdir() if folder.name not in names) == []
