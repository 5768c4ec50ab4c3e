"""Variables that are read before they are made: where that is said, and where it is not."""

from __future__ import annotations

import pytest
from call_time import compiled, findings

RULE = "not-remembered-yet"
ASK = "input: {prompt: Number?, save: x, otherwise: end}"
REQUEST = 'request: {url: "https://e.example.com/", save: x, when: {404: continue}, otherwise: end}'
SAY = 'talk: "{{ vars.x }}"'

RIGHT = [
    ["set: {x: 1}", SAY],
    ["set: {x: null}", SAY],
    ["set: {x: 1, y: '{{ vars.x }}'}", 'talk: "{{ vars.y }}"'],
    [ASK, SAY],
    ["set: {x: 1}", "input: {prompt: Number?, save: x, otherwise: continue}", SAY],
    [ASK, "goto: {talk: Hi.}", SAY],
    ["menu: {prompt: Press 1., options: {1: {set: {x: 1}}}, otherwise: {set: {x: 2}}}", SAY],
    ["menu: {prompt: Press 1., options: {1: {set: {x: 1}}, 2: end}, otherwise: end}", SAY],
    ["branch: [{if: random < 0.5, goto: {set: {x: 1}}}, {otherwise: {set: {x: 2}}}]", SAY],
    ["switch: {value: call.to, cases: {1: {set: {x: 1}}}, otherwise: end}", SAY],
    ['request: {url: "https://e.example.com/", save: x, otherwise: end}', SAY],
    ['request: {url: "https://e.example.com/", save: x, otherwise: end}', 'talk: "{{ vars.x.a.b }}"'],
    ['request: {url: "https://e.example.com/", save: x, otherwise: {set: {x: 1}}}', SAY],
    ['request: {url: "https://e.example.com/", save: x, when: {404: {set: {x: 1}}}, otherwise: end}', SAY],
    ["talk: \"{{ vars.x | default('') }}\"", ASK],
    ["talk: \"{{ vars.x | default('') | upper }}\"", ASK],
    ["talk: \"{{ vars.x or 'nobody' }}\"", ASK],
    ["branch: [{if: (vars.x | default(0)) < 3, goto: continue}, {otherwise: end}]", "set: {x: 1}"],
    ["set: {x: \"{{ (vars.x | default(0)) + 1 }}\"}", SAY],
    [ASK, "switch: {value: vars.x, cases: {1: noMatch}, otherwise: continue}", SAY],
    ["input: {prompt: Number?, save: x, noMatch: 'Not {{ vars.x }}.', otherwise: end}",
     "switch: {value: vars.x, cases: {1: noMatch}, otherwise: continue}"],
    ["set: {x: 1}", "connect: {phone: 447700900100, onAnswer: 'For {{ vars.x }}.', otherwise: end}"],
    [ASK, "language: en-GB", SAY],
]  # fmt: skip

WRONG = [
    [SAY, "set: {x: 1}"],
    ["set: {x: '{{ vars.x }}'}"],
    ["set: {y: '{{ vars.x }}', x: 1}"],
    ["input: {prompt: Number?, save: x, otherwise: continue}", SAY],
    ["input: {prompt: Number?, save: x, options: {0: continue}, otherwise: end}", SAY],
    ["input: {prompt: Number?, save: x, noInput: '{{ vars.x }}?', otherwise: end}"],
    ["menu: {prompt: Press 1., options: {1: {set: {x: 1}}}, otherwise: continue}", SAY],
    ["menu: {prompt: Press 1., options: {1: {set: {x: 1}}, 2: continue}, otherwise: end}", SAY],
    ["branch: [{if: random < 0.5, goto: {set: {x: 1}}}, {otherwise: continue}]", SAY],
    ["switch: {value: call.to, cases: {1: {set: {x: 1}}}, otherwise: continue}", SAY],
    [REQUEST, SAY],
    ['request: {url: "https://e.example.com/", save: x, otherwise: continue}', SAY],
    ['request: {url: "https://e.example.com/{{ vars.x }}", save: x, otherwise: end}'],
    ["connect: {phone: 447700900100, onAnswer: 'For {{ vars.x }}.', otherwise: end}", ASK],
    ["connect: {phone: 447700900100, onAnswer: 'For {{ vars.x }}.'}", ASK],
    ["branch: [{if: vars.x == '1', goto: end}, {otherwise: continue}]", ASK],
    ["switch: {value: vars.x, cases: {1: end}, otherwise: continue}", ASK],
    ["talk: \"{{ call.from or vars.x }}\"", ASK],
    ["talk: \"{{ 'a' | default(vars.x) }}\"", ASK],
]  # fmt: skip


def flow(actions: list[str], more: str = "") -> str:
    voice = "voice: [{language: en-GB}, {language: fr-FR}]\n" if any("language:" in each for each in actions) else ""
    lines = "".join(f"    - {each}\n" for each in actions)
    return f"flow: vars\n{voice}{more}steps:\n  main:\n{lines}    - goto: end\n  end: {{talk: Bye.}}\n"


@pytest.mark.parametrize("actions", RIGHT)
def test_what_is_made_on_every_way_may_be_read(actions: list[str]) -> None:
    assert RULE not in dict(findings(flow(actions)))
    assert compiled(flow(actions)).program is not None


@pytest.mark.parametrize("actions", WRONG)
def test_what_is_not_made_on_some_way_is_said_where_it_is_read(actions: list[str]) -> None:
    assert RULE in dict(findings(flow(actions)))


def test_a_round_is_entered_before_it_makes_what_it_reads() -> None:
    round_ = """
        flow: round
        steps:
          main:
            - branch: [{if: random < 0.1, goto: end}, {otherwise: continue}]
            - set: {n: 1}
            - goto: main
          end: {talk: "{{ vars.n }}"}
        """
    assert findings(round_) == [(RULE, 8)]
    assert findings(round_.replace("main:\n", "main:\n            - set: {n: 0}\n", 1)) == []


def test_the_shortest_way_is_told_and_a_place_is_said_once() -> None:
    (said,) = compiled("""
        flow: ways
        steps:
          main:
            - talk: Hello.
            - menu:
                prompt: Press 1 or 2.
                options: {1: {set: {x: 1}}, 2: continue}
                otherwise: continue
            - menu: {prompt: "Press 1 for {{ vars.x }}.", options: {1: main}, attempts: 5, otherwise: {hangup: Bye.}}
        """).diagnostics
    assert said.message.endswith("on the way `main` → `main.3`")
    assert said.hint == "make it on that way too, or write `vars.x | default('')`"


def test_nothing_is_remembered_where_the_host_has_failed() -> None:
    text = flow(["set: {x: 1}", ASK], more='failure: {talk: "{{ vars.x }}"}\n')
    assert {"failure-waits"} <= {rule for rule, _ in findings(text)}


USED = {
    "mail.flow.yml": """
        flow: mail
        params: {who: {type: text, default: you}}
        steps:
          main:
            - input: {prompt: "Your name, {{ params.who }}?", save: name, otherwise: later}
            - set: {asked: true}
          later: {hangup: Bye.}
        """,
    "half.flow.yml": """
        flow: half
        steps:
          main:
            - menu: {prompt: Press 1., options: {1: {set: {name: Ada}}}, otherwise: continue}
        """,
    "early.flow.yml": """
        flow: early
        steps:
          main:
            - talk: "{{ vars.name }}"
            - set: {name: Ada}
        """,
}  # fmt: skip

RUN = """
        flow: runs
        use: {mail: mail.flow.yml, half: half.flow.yml, early: early.flow.yml}
        steps:
          main:
            - set: {late: "{{ call.from }}"}
            - ACTION
            - talk: "READ"
            - goto: SOMEWHERE
          end: {talk: Bye.}
        """

RUNS = [
    ("run: {flow: mail, save: box}", "{{ vars.box.name }}", "end", []),
    ("run: {flow: mail, save: box}", "{{ vars.box.asked }} {{ vars.late }}", "end", []),
    ("run: {flow: mail, save: box, with: {who: '{{ vars.late }}'}}", "{{ vars.box.name }}", "main", []),
    ("run: {flow: mail, save: box}", "{{ vars.box.other }}", "end", [8]),
    ("run: {flow: mail, save: box, with: {who: '{{ vars.late }}'}}", "{{ vars.box.other }}", "end", [8]),
    ("run: {flow: half, save: box}", "{{ vars.box.name }}", "end", [8]),
    ("run: {flow: half, save: box}", "{{ vars.box.name }}", "main", [8]),
    ("run: {flow: half, save: box}", "{{ vars.box.name | default('') }}", "main", []),
    ("run: {flow: early, save: box}", "{{ vars.box.name }}", "end", [5]),
    ("run: {flow: early, save: box}", "{{ vars.box.name }}", "main", [5]),
    ("run: early", "{{ vars.late }}", "end", [5]),
]


@pytest.mark.parametrize(("action", "read", "then", "lines"), RUNS)
def test_a_used_flow_begins_with_nothing_and_leaves_what_it_made(
    action: str, read: str, then: str, lines: list[int]
) -> None:
    text = RUN.replace("ACTION", action).replace("READ", read).replace("SOMEWHERE", then)
    assert [line for rule, line in findings(text, USED) if rule == RULE] == lines


def test_a_variable_of_a_used_flow_is_called_as_it_is_written_there() -> None:
    for action in ("run: early", "run: {flow: early, save: box}"):
        text = RUN.replace("ACTION", action).replace("READ", "Hi.").replace("SOMEWHERE", "end")
        (said,) = [each for each in compiled(text, USED).diagnostics if each.rule.name == RULE]
        assert said.message.startswith("`vars.name` is read here") and said.source.name == "early.flow.yml"
