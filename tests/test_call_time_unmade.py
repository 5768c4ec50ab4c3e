"""What may stand for a variable that some way has not made: text to type, which is then taken."""

from __future__ import annotations

import re

import pytest
from call_time import Call, compiled, findings, program

RULE = "not-remembered-yet"
UNMADE = """
flow: vars
steps:
  main:
    - branch: [{if: random < 0.5, goto: {set: {x: "{{ call.custom_data }}"}}}, {otherwise: continue}]
    - ACTION
    - goto: end
  end: {talk: Bye.}
"""
TEST = 'branch: [{if: "READ", goto: continue}, {otherwise: end}]'
SET = 'set: {n: "{{ READ }}"}'

STANDS = [
    (SET, "vars.x", "vars.x | default('')"),
    (SET, "vars.x + 1", "vars.x | default(0)"),
    (SET, "1 - vars.x * 2", "vars.x | default(0)"),
    (SET, "-vars.x", "(vars.x | default(0))"),
    (SET, "vars.x | int", "vars.x | default(0)"),
    (SET, "vars.x | money('EUR')", "vars.x | default(0)"),
    (SET, "(vars.x | round) + 1", "vars.x | default(0)"),
    (SET, "vars.x[:3]", "(vars.x | default(''))"),
    (SET, "vars.x | upper", "vars.x | default('')"),
    (SET, "vars.x | join(', ')", "vars.x | default([])"),
    (SET, "vars.x ~ '!'", "vars.x | default('')"),
    (SET, "'a' if vars.x else 'b'", "vars.x | default(false)"),
    (SET, "'a' if call.from == '1' else vars.x", "vars.x | default('')"),
    (TEST, "vars.x", "vars.x | default('')"),
    (TEST, "not vars.x", "vars.x | default(false)"),
    (TEST, "vars.x > 3", "vars.x | default(0)"),
    (TEST, "3 <= vars.x", "vars.x | default(0)"),
    (TEST, "vars.x > random", "vars.x | default(0)"),
    (TEST, "vars.x == true", "vars.x | default(false)"),
    (TEST, "vars.x == 'gold'", "vars.x | default('')"),
    (TEST, "vars.x in ['a', 'b']", "vars.x | default('')"),
    (TEST, "call.from in vars.x", "vars.x | default([])"),
    ("switch: {value: READ, cases: {1: end}, otherwise: continue}", "vars.x", "vars.x | default('')"),
    ('talk: "<speak>{{ READ }}</speak>"', "vars.x | date", "vars.x | default('')"),
    ('request: {url: "https://e.example.com/{{ READ }}", otherwise: end}', "vars.x", "vars.x | default('')"),
    ('input: {prompt: "Not {{ READ }}?", otherwise: end}', "vars.x", "vars.x | default('')"),
]


@pytest.mark.parametrize(("action", "read", "stands"), STANDS)
def test_what_may_stand_for_a_variable_can_be_typed_where_it_is_read(action: str, read: str, stands: str) -> None:
    (said,) = compiled(UNMADE.replace("ACTION", action.replace("READ", read))).diagnostics
    assert said.rule.name == RULE
    found = re.search(r"or write `(.*)`$", said.hint or "")
    assert found is not None and found[1] == stands
    assert findings(UNMADE.replace("ACTION", action.replace("READ", read.replace("vars.x", stands)))) == []


PROVEN = [
    "branch: [{if: vars.x != none, goto: continue}, {otherwise: end}]",
    "branch: [{if: none == vars.x, goto: end}, {otherwise: continue}]",
    "branch: [{if: vars.x | default('') != '', goto: {talk: 'You keyed in {{ vars.x }}.'}}, {otherwise: end}]",
    "branch: [{if: vars.x == none, goto: end}, {if: vars.x > 3, goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    "branch: [{if: vars.x != none and vars.x > 3, goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    "branch: [{if: not (vars.x == none or vars.x > 3), goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    "branch: [{if: vars.x == none or vars.x > 3, goto: end}, {otherwise: {talk: '{{ vars.x }}'}}]",
    "branch: [{if: (vars.x | default(0)) > 3, goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    "switch: {value: vars.x | default(''), cases: {1: {talk: '{{ vars.x }}'}}, otherwise: end}",
    'talk: "{{ vars.x if vars.x != none else 5 }}."',
    'talk: "{{ 5 if vars.x == none else vars.x + 1 }}."',
    "talk: \"{{ ('No ' ~ vars.x if vars.x != none else 'none') | upper }}.\"",
]


@pytest.mark.parametrize("action", PROVEN)
def test_what_a_test_has_found_to_be_there_may_be_read(action: str) -> None:
    assert findings(UNMADE.replace("ACTION", action)) == []


UNPROVEN = [
    "branch: [{if: vars.x != none, goto: end}, {otherwise: {talk: '{{ vars.x }}'}}]",
    "branch: [{if: vars.x != none or random < 0.5, goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    "branch: [{if: (vars.x | default('')) == '', goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    "branch: [{if: (vars.x | default(9)) > 3, goto: {talk: '{{ vars.x }}'}}, {otherwise: end}]",
    'talk: "{{ 5 if vars.x != none else vars.x }}."',
    'talk: "{{ vars.x if call.to != none else 5 }}."',
]


@pytest.mark.parametrize("action", UNPROVEN)
def test_what_no_test_has_found_to_be_there_is_said(action: str) -> None:
    assert [rule for rule, _ in findings(UNMADE.replace("ACTION", action))] == [RULE]


def test_whether_a_variable_is_there_may_be_asked_as_the_hint_for_other_languages_says() -> None:
    test = "branch: [{if: TEST, goto: continue}, {otherwise: end}]"
    (said,) = compiled(UNMADE.replace("ACTION", test.replace("TEST", "vars.x is defined"))).diagnostics
    assert said.hint == "write `vars.x != none`"
    assert findings(UNMADE.replace("ACTION", test.replace("TEST", "vars.x != none"))) == []


USED = {
    "mail.flow.yml": """
        flow: mail
        steps:
          main: [{set: {ticket: 1, topic: sales}}]
        """,
    "mute.flow.yml": """
        flow: mute
        steps:
          main: {talk: Hello.}
        """,
}
RUN = """
flow: runs
use: {FILE: FILE.flow.yml}
steps:
  main:
    - run: {flow: FILE, save: box}
    - talk: "{{ READ }}"
"""
NEVER = [
    ("mail", "vars.box.tikcet", "did you mean `vars.box.ticket`?"),
    ("mail", "vars.box.tikcet | default('')", "did you mean `vars.box.ticket`?"),
    ("mail", "'yes' if vars.box.tikcet != none else 'no'", "did you mean `vars.box.ticket`?"),
    ("mail", "vars.box.other", "there are `vars.box.ticket`, `vars.box.topic`"),
    ("mute", "vars.box.ticket", "make it in the flow that is run: `set: {ticket: …}`, or `save: ticket`"),
]


@pytest.mark.parametrize(("file", "read", "hint"), NEVER)
def test_a_misspelt_variable_of_a_used_flow_is_said_with_the_nearest(file: str, read: str, hint: str) -> None:
    (said,) = compiled(RUN.replace("FILE", file).replace("READ", read), USED).diagnostics
    name = re.search(r"vars[\w.]+", read)
    assert name is not None
    assert (said.message, said.hint) == (f"`{name[0]}` is read here, and nothing ever makes it", hint)


COUNTER = """
flow: counter
steps:
  main:
    - set: {n: "{{ COUNT }}"}
    - talk: This is number {{ vars.n }}.
    - menu: {prompt: "For one more, press 1.", options: {1: main}, otherwise: {hangup: Goodbye.}}
"""


def test_a_counter_with_what_the_hint_says_counts() -> None:
    (said,) = compiled(COUNTER.replace("COUNT", "vars.n + 1")).diagnostics
    assert (said.hint or "").endswith("or write `vars.n | default(0)`")
    call = Call(program(COUNTER.replace("COUNT", "vars.n | default(0) + 1")))
    heard = [call.heard[0], call.presses("1")[0], call.presses("1")[0]]
    assert heard == [f"This is number {number}." for number in (1, 2, 3)]
