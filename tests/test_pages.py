"""The page of an action, as a person reads it."""

from __future__ import annotations

import re

import pytest

from flowc.language.reference import pages
from flowc.language.schema import facts

WAIT = """\
wait: an action

Waits in silence.

In an NCCO
  {"action": "wait", "timeout": 1.5}

Fields
  timeout  number 0.1 to 7200, s; default 10
      How long. Note: values outside are not refused but moved to the nearer end. The sources
      disagree: a comment in NET: 2 to 60. [REF25]

What follows
  - the next action begins when it is done

Good to know
  - It sends no webhook; put a `notify` after it for one. [REF25]
  - New after July 2022. [REF25]

Sources
  REF25  the platform's NCCO reference, as of 2025
  NET    the .NET SDK, 2026
"""


def test_the_page_of_an_action_reads_well() -> None:
    assert pages.action_page("wait") == WAIT


@pytest.mark.parametrize("name", [*facts.ACTIONS, *facts.endpoints()])
def test_a_page_names_every_field_and_explains_every_source(name: str) -> None:
    page = pages.action_page(name)
    assert page is not None
    assert all(f"\n  {field} " in page for field in facts.definition(name)["properties"])
    body, _, legend = page.partition("\nSources\n")
    for cited in re.findall(r"\[([A-Za-z][\w ,;]*)\]", " ".join(body.split())):
        tags = set(re.sub(r" \d+|; .*", "", cited).split(", "))
        assert cited == "dtmf" or all(re.search(rf"^  {tag} ", legend, re.M) for tag in tags), cited
    assert all(len(line) <= 110 for line in page.splitlines())


def test_a_page_shows_old_forms_exclusions_and_what_is_not_known() -> None:
    page = pages.action_page("talk") or ""
    assert "`voiceName`: write `language` and `style`" in page
    assert "which neither action lists" in page
    assert "`from` and `randomFromNumber` do not go together" in (pages.action_page("connect") or "")
    assert "`channels` needs `split: conversation`" in (pages.action_page("record") or "")
    assert "no `type`: write `type: [dtmf]`" in (pages.action_page("input") or "")
    assert "`onAnswer.ringback`: write `ringbackTone`" in (pages.action_page("phone") or "")


@pytest.mark.parametrize(
    ("name", "instead"), [("pay", "payment link"), ("hangup", "after the last action"), ("rtc", "`app`")]
)
def test_what_does_not_exist_has_a_page_that_says_what_to_do(name: str, instead: str) -> None:
    page = pages.action_page(name)
    assert page is not None and instead in page


def test_other_words_have_no_page() -> None:
    assert pages.action_page("frobnicate") is None
