"""Rounds in which nothing changes are warned of; those that count, go on to the next, or are heard, are not."""

from __future__ import annotations

import pytest
from call_time import findings

ASK = "request: {url: 'https://crm.example.com/x', save: r, otherwise: %}"
TEST = "branch: [{if: vars.r.done | default(false), goto: end}, {otherwise: %}]"
NUMBERED = "request: {url: 'https://crm.example.com/{{ vars.page }}', save: r, otherwise: end}"

SILENT = {
    "asked again": f"main: [{{goto: look}}]\n  look: [{{{ASK.replace('%', 'end')}}}, {{{TEST.replace('%', 'look')}}}]",
    "asked again where nobody answers": f"main: [{{{ASK.replace('%', 'main')}}}, {{hangup: Bye.}}]",
    "over a notify": (
        f"main: [{{{ASK.replace('%', 'end')}}}, {{{TEST.replace('%', 'told')}}}]\n"
        "  told: [{notify: {payload: {a: 1}, eventUrl: https://crm.example.com/}}, {goto: main}]"
    ),
    "something else is set": f"main: [{{set: {{n: 1}}}}, {{{ASK.replace('%', 'main')}}}, {{hangup: '{{{{vars.n}}}}'}}]",
    "the same choice": "main: {branch: [{if: random < 0.5, goto: main}, {otherwise: end}]}",
    "the same choice, with words": "main: [{talk: Hi.}, {branch: [{if: random < 0.5, goto: main}, {otherwise: end}]}]",
    "the same choice, over a wait": "main: [{wait: 1}, {branch: [{if: random < 0.5, goto: main}, {otherwise: end}]}]",
    "choices in each other": (
        "main: {branch: [{if: random < 0.5, goto: other}, {otherwise: end}]}\n"
        "  other: {branch: [{if: random < 0.2, goto: end}, {otherwise: main}]}"
    ),
}

FINE = {
    "with words": f"main: [{{talk: One moment.}}, {{{ASK.replace('%', 'main')}}}, {{hangup: Bye.}}]",
    "with a wait": f"main: [{{wait: 2}}, {{{ASK.replace('%', 'main')}}}, {{hangup: Bye.}}]",
    "with a question": (
        "main: {input: {prompt: Code?, save: code, otherwise: end}}\n"
        f"  look: [{{{ASK.replace('%', 'main')}}}, {{hangup: Bye.}}]"
    ).replace("otherwise: end}}", "otherwise: look}}"),
    "counted": (
        "main: [{set: {n: 0}}, {goto: look}]\n"
        f"  look: [{{set: {{n: '{{{{ vars.n + 1 }}}}'}}}}, {{{ASK.replace('%', 'again')}}}, {{hangup: Bye.}}]\n"
        "  again: {branch: [{if: vars.n < 3, goto: look}, {otherwise: end}]}"
    ),
    "counted without a request": (
        "main: [{set: {n: 0}}, {goto: look}]\n"
        "  look: [{set: {n: '{{ vars.n + 1 }}'}}, {branch: [{if: vars.n < 3, goto: look}, {otherwise: end}]}]"
    ),
    "the next page": (
        f"main: [{{set: {{page: 1}}}}, {{goto: look}}]\n  look: [{{{NUMBERED}}}, "
        "{set: {page: '{{ vars.r.next | default(0) }}'}}, "
        "{branch: [{if: vars.page > 0, goto: look}, {otherwise: end}]}]"
    ),
    "asked once": f"main: [{{{ASK.replace('%', 'end')}}}, {{{TEST.replace('%', 'end')}}}]",
    "a choice that leads out": (
        "main: {branch: [{if: random < 0.5, goto: other}, {otherwise: end}]}\n  other: {goto: end}"
    ),
}


def said(steps: str) -> list[tuple[str, int]]:
    found = findings(f"flow: a\nfailure: {{talk: Sorry.}}\nsteps:\n  {steps}\n  end: {{hangup: Bye.}}\n")
    return [each for each in found if each[0] == "silent-round"]


@pytest.mark.parametrize("name", SILENT)
def test_a_round_in_which_nothing_changes_is_said_once(name: str) -> None:
    assert len(said(SILENT[name])) == 1


@pytest.mark.parametrize("name", FINE)
def test_any_other_round_is_let_pass(name: str) -> None:
    assert said(FINE[name]) == []


def test_a_long_way_of_choices_is_looked_at_soon() -> None:
    steps = "".join(
        f"s{at}: {{branch: [{{if: random < 0.5, goto: s{at + 1}}}, {{otherwise: s{max(at - 1, 0)}}}]}}\n  "
        for at in range(3000)
    )
    assert said(f"{steps}s3000: {{goto: end}}") == [("silent-round", 4)]
