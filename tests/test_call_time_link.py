"""Used flows, languages, and choices that are decided: what they are linked to, and what is said of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from call_time import Call, compiled, findings, nobody, program, told

import flowc
from flowc.cli.group import run
from flowc.language.linking.used_flows import MOST_TEXT
from flowc.program.files import files
from flowc.program.machine import Reply, begin
from flowc.program.needs import needs
from flowc.program.understand import Event

# Languages

TONGUES = """
flow: tongues
voice: [{language: en-GB, style: 1}, {language: fr-FR}]
prompts: {bye: {en-GB: Goodbye., fr-FR: Au revoir.}}
steps:
  main:
    - menu:
        prompt: {en-GB: For English press 1., fr-FR: Pour le français appuyez sur 2.}
        options: {1: continue, 2: {language: fr-FR}}
        noInput: {en-GB: Sorry?, fr-FR: Pardon ?}
        otherwise: end
    - talk: {en-GB: Welcome., fr-FR: Bienvenue.}
    - menu:
        prompt: ["{{ language }}", {en-GB: "For sales, press 1.", fr-FR: "Pour les ventes, tapez 1."}]
        options: {1: end}
        noInput: {prompt: again}
        otherwise: end
    - goto: end
  end: {hangup: {prompt: bye}}
"""
TONGUES = TONGUES.replace("prompts: {", "prompts: {again: {en-GB: Again., fr-FR: Encore.}, ")


def test_a_flow_in_two_languages_is_plain_files() -> None:
    result = compiled(TONGUES)
    assert result.program is not None, [told(each) for each in result.diagnostics]
    assert {each.need for each in needs(result.program)} == {"file", "answer"}
    assert list(flowc.refusals(result, flowc.hosts["nginx"])) == []
    made = {each.name: json.loads(each.json) for each in files(result.program, "https://e.example.com")}
    french = made["fr-FR/main.2"]
    assert [each.get("text") for each in french] == ["Bienvenue.", "fr-FR", "Pour les ventes, tapez 1.", None]
    assert {each["language"] for each in french[:3]} == {"fr-FR"} and "style" not in french[0]
    assert french[-1]["eventUrl"] == ["https://e.example.com/tongues/fr-FR/main.3"]
    assert made["main.3~2-noInput"][0]["text"] == "Again." and made["fr-FR/main.3~2-noInput"][0]["text"] == "Encore."


def test_the_language_of_a_call_stays_through_steps_and_attempts() -> None:
    call = Call(program(TONGUES))
    assert call.presses("2")[:2] == ["Bienvenue.", "fr-FR"]
    assert call.is_silent()[:2] == ["Encore.", "fr-FR"]
    assert call.presses("1") == ["Au revoir."]
    assert Call(program(TONGUES)).presses("1")[:2] == ["Welcome.", "en-GB"]


def test_a_file_alone_serves_a_flow_that_only_changes_its_language() -> None:
    result = compiled(
        """
        flow: greetings
        voice: [{language: en-GB}, {language: fr-FR}]
        prompts: {hello: {en-GB: Hello., fr-FR: Bonjour.}}
        steps:
          main: [hangup: {prompt: hello}]
          both: [{talk: {en-GB: Hello.}}, {language: fr-FR}, {hangup: {prompt: hello}}]
        """.replace("flow: greetings", "flow: greetings\n        start: both")
    )
    assert result.program is not None and {each.need for each in needs(result.program)} == {"file"}
    assert Call(result.program).heard == ["Hello.", "Bonjour."]


MISSING = [
    ("{talk: {en-GB: Hello.}}", []),
    ("{language: fr-FR}, {talk: {en-GB: Hello.}}", ["not-translated"]),
    ("{language: fr-FR}, {hangup: {en-GB: Hello.}}", ["not-translated"]),
    ("{language: fr-FR}, {stream: {en-GB: 'https://e.example.com/a.mp3'}}", ["not-translated"]),
    ("{language: fr-FR}, {goto: other}", ["not-translated"]),
    ("{language: fr-FR}, {run: used}", ["not-translated"]),
    ("{language: fr}", ["unknown-language"]),
    ("{language: de-DE}", ["unknown-language"]),
    ("{language: fr-FR}, {language: en-GB}, {talk: {en-GB: Hello.}}", []),
]


@pytest.mark.parametrize(("actions", "rules"), MISSING)
def test_what_is_heard_in_a_language_has_words_in_it(actions: str, rules: list[str]) -> None:
    text = f"""
        flow: missing
        voice: [{{language: en-GB}}, {{language: fr-FR}}]
        use: {{used: used.flow.yml}}
        steps:
          main: [{actions}, {{goto: end}}]
          other: {{talk: {{en-GB: Hello.}}}}
          end: {{hangup: }}
        """
    used = {"used.flow.yml": "flow: used\nsteps:\n  main: {talk: {en-GB: Hello.}}\n"}
    found = [rule for rule, _ in findings(text, used) if rule not in ("unreachable-step", "dropped")]
    assert [each for each in found if each not in ("unreachable-action", "flow-never-run")] == rules


# Used flows

MAIL = """
flow: mail
params:
  greeting: {type: text, default: Leave a message.}
  who: {type: text}
  most: {type: integer, default: 60}
steps:
  main:
    - talk: "{{ params.greeting }} {{ params.who }}"
    - input: {prompt: Your number?, save: number, options: {9: gone, 8: back}, otherwise: gone}
    - record: {timeOut: "{{ params.most }}", eventUrl: https://e.example.com/r}
    - set: {done: "{{ vars.number }} of {{ params.who }}"}
  back: {talk: Back.}
  gone: {hangup: Bye.}
"""

SHOP = """
flow: shop
use: {vm: common/mail.flow.yml}
steps:
  main:
    - set: {who: "{{ call.from }}"}
    - run: {flow: vm, with: {who: "{{ vars.who }}"}, save: box}
    - talk: "First {{ vars.box.done | default('nothing') }}."
    - run: {flow: vm, with: {who: Ada, greeting: Again.}, save: box}
    - hangup: "Then {{ vars.box.done | default('nothing') }}, {{ vars.who }}."
"""
USED = {"common/mail.flow.yml": MAIL}


def test_a_used_flow_is_played_and_the_call_goes_on() -> None:
    call = Call(program(SHOP, USED), **{"from": "4477"})
    assert call.heard == ["Leave a message. 4477", "Your number?", "input"]
    assert call.reply.waits is not None and call.reply.waits.at == "main.2.vm/main.2"
    assert call.presses("12") == ["record", "First 12 of 4477.", "Again. Ada", "Your number?", "input"]
    assert call.presses("8") == ["Back.", "Then nothing, 4477."]


def test_a_hangup_in_a_used_flow_ends_the_call() -> None:
    call = Call(program(SHOP, USED))
    assert call.presses("9") == ["Bye."] and call.reply.waits is None


def test_what_two_runs_remember_lies_apart() -> None:
    call = Call(program(SHOP, USED), **{"from": "4477"})
    call.presses("1")
    assert call.vars["box"] == {} and call.vars["who"] == "4477"
    assert call.presses("2")[-1] == "Then 2 of Ada, 4477."


def nest(levels: int) -> tuple[str, Mapping[str, str]]:
    used = {f"u{number}.flow.yml": f"""
        flow: u{number}
        use: {{next: u{number + 1}.flow.yml}}
        params: {{x: {{type: text}}}}
        steps:
          main:
            - set: {{x: "{number}{{{{ params.x }}}}"}}
            - run: {{flow: next, with: {{x: "{{{{ vars.x }}}}"}}, save: inner}}
            - set: {{said: "{{{{ vars.inner.said }}}}{{{{ vars.x }}}} "}}
        """ for number in range(levels - 1)}  # fmt: skip
    last = "flow: last\nparams: {x: {type: text}}\nsteps:\n  main:\n    - set: {said: '!'}\n"
    text = (
        "flow: nest\nuse: {next: u0.flow.yml}\nsteps:\n  main:\n    - run: {flow: next, with: {x: a}, save: inner}\n"
        "    - talk: '{{ vars.inner.said }}'\n"
    )
    return text, {**used, f"u{levels - 1}.flow.yml": last}


def test_eight_levels_of_used_flows_are_the_most() -> None:
    text, used = nest(8)
    assert Call(program(text, used)).heard == ["!6543210a 543210a 43210a 3210a 210a 10a 0a "]
    text, used = nest(9)
    assert findings(text, used) == [("too-many-runs", 8)]


def test_paths_are_seen_from_the_file_that_names_them() -> None:
    used = {
        "a/one.flow.yml": "flow: one\nuse: {two: b/two.flow.yml}\nsteps:\n  main: {run: two}\n",
        "a/b/two.flow.yml": "flow: two\nuse: {three: ../../three.flow.yml}\nsteps:\n  main: {run: three}\n",
        "three.flow.yml": "flow: three\nsteps:\n  main: {talk: Three.}\n",
    }
    text = "flow: paths\nuse: {one: ./a/one.flow.yml}\nsteps:\n  main: {run: one}\n"
    result = compiled(text, used)
    assert result.program is not None and Call(result.program).heard == ["Three."]
    assert result.reads == ("a/one.flow.yml", "a/b/two.flow.yml", "three.flow.yml")


def use(file: str, action: str = "run: vm") -> str:
    return f"flow: uses\nuse: {{vm: {file}}}\nsteps:\n  main: {{{action}}}\n"


def itself(path: str) -> Mapping[str, str]:
    return {"again.flow.yml": f"flow: again\nuse: {{vm: {path}}}\nsteps:\n  main: {{run: vm}}\n"}


BAD = [
    (use("mail.flow.yml"), {}, [("used-flow-unreadable", 2)]),
    (use("../../outside.flow.yml"), {}, [("used-flow-unreadable", 2)]),
    (use("again.flow.yml"), itself("again.flow.yml"), [("runs-itself", 4)]),
    (use("again.flow.yml"), itself("./x/../again.flow.yml"), [("runs-itself", 4)]),
    (use("again.flow.yml"), itself("main.flow.yml"), [("runs-itself", 4)]),
    (use("mail.flow.yml"), {"mail.flow.yml": "\x00"}, None),
    (use("mail.flow.yml"), {"mail.flow.yml": "flow: mail\nsteps: {}\n"}, None),
    (use("mail.flow.yml"), {"mail.flow.yml": "flow: mail\nsteps:\n  main: {tlak: Hi.}\n"}, [("unknown-action", 3)]),
    (use("mail.flow.yml"), {"mail.flow.yml": "flow: m\nsteps:\n  main: {goto: nowhere}\n"}, [("unknown-step", 3)]),
    (use("mail.flow.yml"), {"mail.flow.yml": "flow: m\nstart: x\nsteps: {main: {talk: Hi.}}\n"}, [("unknown-step", 2)]),
    (use("m.flow.yml"), {"m.flow.yml": "flow: m\nsteps:\n  Main: {goto: main}\n  main: {talk: Hi.}\n"},
     [("steps-collide", 4)]),
    (use("m.flow.yml", "run: vmm"), {"m.flow.yml": MAIL}, [("unknown-use", 4)]),
    (use("m.flow.yml"), {"m.flow.yml": MAIL}, [("given-param", 4)]),
    (use("m.flow.yml", "run: {flow: vm, with: {who: a, whom: b}}"), {"m.flow.yml": MAIL}, [("given-param", 4)]),
    (use("m.flow.yml", "run: {flow: vm, with: {who: a, most: many}}"), {"m.flow.yml": MAIL}, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "used", "found"), BAD)
def test_what_is_wrong_with_a_used_flow_is_said(
    text: str, used: Mapping[str, str], found: list[tuple[str, int]] | None
) -> None:
    result = compiled(text, used)
    assert result.program is None
    errors = [(each.rule.name, each.source.position(each.span.start).line) for each in result.diagnostics
              if each.rule.severity == "error"]  # fmt: skip
    assert errors if found is None else errors == found


GIVEN = """
flow: given
params:
  name: {type: text, default: nobody}
  line: {type: choice, choices: [a, b], default: a}
  base: {type: url, default: "https://e.example.com"}
  key: {type: secret}
  days: {type: list, default: [Monday]}
steps:
  main:
    - talk: "{{ params.name }}{{ params.days | join(' and ') if params.days | length > 1 else '' }}"
    - request: {url: "{{ params.base }}/x", headers: {Key: "{{ params.key }}"}, save: x, otherwise: main}
    - switch: {value: params.line, cases: {a: {talk: A.}, b: {talk: B.}}}
    - talk: "{{ vars.x.y }}"
"""

WITH = [
    ('key: "{{ params.crm }}"', []),
    ('key: "{{ params.crm }}", name: "{{ vars.v }}"', []),
    ('key: "{{ params.crm }}", line: b, base: "https://x.example.com"', []),
    ('key: "{{ params.crm }}", days: [a, "{{ 1 + 1 }}"], name: ""', []),
    ('key: "{{ params.crm }}", days: [a, "{{ vars.v }}"]', []),
    ('key: "{{ params.crm }}", base: "https://{{ params.open }}.example.com"', ["given-param"]),
    ('key: "{{ params.crm }}", line: "{{ vars.v }}"', ["given-param"]),
    ('key: "{{ params.crm }}", base: "{{ vars.v }}"', ["given-param"]),
    ('key: "{{ params.crm }}", name: "{{ params.crm }}"', ["secret-in-document"]),
    ('key: "x{{ params.crm }}"', ["given-param"]),
    ("key: hunter2", ["given-param"]),
    ('key: "{{ vars.v }}"', ["given-param"]),
    ("name: x", ["given-param"]),
]


@pytest.mark.parametrize(("given", "rules"), WITH)
def test_a_run_gives_what_the_used_flow_can_take(given: str, rules: list[str]) -> None:
    text = f"""
        flow: gives
        use: {{used: u.flow.yml}}
        params: {{crm: {{type: secret}}, open: {{type: text}}}}
        steps:
          main:
            - set: {{v: "{{{{ call.from }}}}"}}
            - run: {{flow: used, with: {{{given}}}}}
        """
    result = compiled(text, {"u.flow.yml": GIVEN})
    assert [each.rule.name for each in result.diagnostics if each.rule.severity == "error"] == rules
    if result.program is not None:
        assert result.program.secrets == ("crm",)
        played = result.program._replace(params={"crm": "s3cret"})
        call = Call(played, nobody, **{"from": "4477"})
        days = "a and 2" if "1 + 1" in given else "nobodya and 4477"
        expected = days if "days" in given else "4477" if "name" in given else "nobody"
        assert call.heard[0] == expected
        call.is_silent()
        assert call.asked[0].data["headers"] == {"Key": "s3cret"}
        assert "hunter" not in str(result) and "s3cret" not in str(call.reply)


SECRETS = [
    ("crm: {type: secret}", 'pass it on: `key: "{{ params.crm }}"`'),
    ("key: {type: secret}, crm: {type: secret}", 'pass it on: `key: "{{ params.key }}"`'),
    ("keys: {type: secret}, crm: {type: secret}", 'pass it on: `key: "{{ params.keys }}"`'),
    ("one: {type: secret}, two: {type: secret}", 'pass one on, as in `key: "{{ params.one }}"`'),
    ("one: {type: text}",
     'declare it here, `params: {key: {type: secret}}`, and pass it on: `key: "{{ params.key }}"`'),
]  # fmt: skip


@pytest.mark.parametrize(("params", "hint"), SECRETS)
def test_a_secret_is_passed_on_by_the_name_that_it_has_here(params: str, hint: str) -> None:
    text = (
        f"flow: gives\nuse: {{used: u.flow.yml}}\nparams: {{{params}}}\nsteps:\n"
        "  main:\n    - run: {flow: used, with: {key: hunter2}}\n"
    )
    result = compiled(text, {"u.flow.yml": GIVEN})
    assert [each.hint for each in result.diagnostics if each.rule.name == "given-param"] == [hint]


def test_a_flow_that_is_run_often_is_parsed_once_and_with_too_many_values_refused() -> None:
    used = "flow: u\nparams: {x: {type: text, default: a}}\nsteps:\n  main: {talk: '{{ params.x }}'}\n"
    used += "".join(f"  s{number}: {{talk: {'Hello. ' * 100}}}\n" for number in range(600))
    alike = "flow: a\nuse: {u: u.flow.yml}\nsteps:\n  main:\n" + "    - run: u\n" * 100
    assert compiled(alike, {"u.flow.yml": used}).program is not None
    each = "".join(f"    - run: {{flow: u, with: {{x: v{number}}}}}\n" for number in range(MOST_TEXT // len(used) + 1))
    different = f"flow: a\nuse: {{u: u.flow.yml}}\nsteps:\n  main:\n{each}"
    assert [rule for rule, _ in findings(different, {"u.flow.yml": used})] == ["too-many-runs"]


LANGUAGE_OF_RUNS = """
flow: outer
voice: [{language: en-GB}, {language: fr-FR}]
use: {ask: ask.flow.yml}
steps:
  main:
    - run: ask
    - talk: {en-GB: Thanks., fr-FR: Merci.}
    - run: ask
    - hangup: {en-GB: Bye., fr-FR: Au revoir.}
"""
ASK = """
flow: ask
voice: {language: de-DE, style: 3}
steps:
  main:
    - menu: {prompt: {en-GB: Press 2., fr-FR: Tapez 1.}, options: {1: {language: en-GB}, 2: {language: fr-FR}}, otherwise: end}
  end: {hangup: "{{ language }}"}
"""  # noqa: E501


def test_a_language_goes_into_a_used_flow_and_comes_out_of_it() -> None:
    call = Call(program(LANGUAGE_OF_RUNS, {"ask.flow.yml": ASK}))
    assert call.heard == ["Press 2.", "input"] and call.actions[0]["language"] == "en-GB"
    assert call.presses("2") == ["Merci.", "Tapez 1.", "input"]
    assert call.presses("1") == ["Bye."]
    call = Call(program(LANGUAGE_OF_RUNS, {"ask.flow.yml": ASK}))
    assert call.presses("1") == ["Thanks.", "Press 2.", "input"]
    assert [call.presses("2"), call.reply.waits] == [["Au revoir."], None]


# noMatch, names, continue

WHERE = [
    "menu: {prompt: Press 1., options: {1: noMatch}, otherwise: end}",
    "menu: {prompt: Press 1., options: {1: {label: one, goto: noMatch}}, otherwise: end}",
    "menu: {prompt: Press 1., options: {1: {goto: noMatch}}, otherwise: end}",
    "menu: {prompt: Press 1., options: {1: [{talk: Hm.}, {goto: noMatch}]}, otherwise: end}",
    "input: {prompt: Number?, otherwise: end}|goto: noMatch",
    "input: {prompt: Number?, otherwise: end}|goto: {goto: noMatch}",
    "input: {prompt: Number?, otherwise: end}|connect: {phone: 447700900100, otherwise: noMatch}",
    "input: {prompt: Number?, otherwise: end}|branch: [{if: random < 2, goto: noMatch}, {otherwise: end}]",
    "input: {prompt: Number?, otherwise: end}|branch: [{if: random > 2, goto: end}, {otherwise: noMatch}]",
    "input: {prompt: Number?, otherwise: end}|switch: {value: 1, cases: {1: noMatch}, otherwise: end}",
    "input: {prompt: Number?, otherwise: end}|request: {url: 'https://e.example.com/', otherwise: noMatch}",
    "input: {prompt: Number?, otherwise: end}|branch: [{otherwise: [{set: {a: 1}}, {goto: noMatch}]}]",
]


@pytest.mark.parametrize("actions", WHERE)
def test_a_wrong_answer_can_be_told_wherever_a_target_stands(actions: str) -> None:
    lines = "".join(f"    - {each}\n" for each in actions.split("|"))
    flow = f"flow: again\ninput: {{noMatch: Wrong., attempts: 2}}\nsteps:\n  main:\n{lines}  end: {{hangup: End.}}\n"
    call = Call(program(flow))
    for expected in ("Wrong.", "End."):
        heard = call.presses("1")
        if call.heard[-1] == "connect":
            heard = call.is_told("busy")
        elif call.heard[-1] == "notify":
            heard = call.is_silent()
        assert expected in heard


NOTHING_ASKED = [
    "goto: noMatch",
    "request: {url: 'https://e.example.com/', when: {404: noMatch}, otherwise: end}",
    "menu: {prompt: Press 1., options: {1: end}, otherwise: noMatch}",
    "menu: {prompt: Press 1., options: {1: end}, otherwise: [{talk: Hm.}, {goto: noMatch}]}",
    "menu: {prompt: Press 1., options: {1: end}, noMatch: {goto: noMatch}, otherwise: end}",
]


@pytest.mark.parametrize("action", NOTHING_ASKED)
def test_an_answer_to_no_question_cannot_be_wrong(action: str) -> None:
    flow = f"flow: a\nsteps:\n  main:\n    - {action}\n    - goto: end\n  end: {{hangup: End.}}\n"
    assert "nothing-asked" in dict(findings(flow))


def test_documents_are_named_after_where_they_begin() -> None:
    played = program("""
        flow: names
        use: {vm: vm.flow.yml}
        steps:
          main:
            - talk: Hi.
            - request: {url: "https://e.example.com/", when: {404: {talk: a}}, otherwise: [{talk: b}, {goto: end}]}
            - branch: [{if: call.from, goto: {talk: c}}, {if: call.to, goto: end}, {otherwise: {talk: d}}]
            - switch: {value: call.to, cases: {1: {talk: e}, two: {talk: f}}, otherwise: continue}
            - set: {a: 1}
            - run: vm
          end: {hangup: Bye.}
        """, {"vm.flow.yml": "flow: vm\nsteps:\n  ask: {talk: g}\n"})  # fmt: skip
    assert set(played.documents) == {
        "main", "main.2", "main.2.404", "main.2.otherwise", "main.3", "main.3.branch1", "main.3.otherwise",
        "main.4", "main.4.switch1", "main.4.switch2", "main.5", "main.6", "main.6.vm/ask", "end",
    }  # fmt: skip


def test_continue_in_a_block_in_place_goes_on_behind_the_action_it_stands_in() -> None:
    call = Call(
        program("""
        flow: on
        steps:
          main:
            - branch:
                - if: random < 2
                  goto:
                    - branch: [{if: random < 2, goto: continue}, {otherwise: end}]
                    - talk: Inner.
                    - goto: continue
                    - talk: Innermost.
                - otherwise: end
            - talk: Outer.
            - switch: {value: 1, cases: {1: continue}, otherwise: end}
          end: {hangup: Bye.}
        """)
    )
    assert call.heard == ["Inner.", "Innermost.", "Outer."]


# What is known is decided

LINES = """
flow: lines
params: {line: {type: choice, choices: [office, mobile], default: office}, loud: {type: boolean, default: true}}
steps:
  main:
    - switch: {value: params.line, cases: {office: continue, mobile: dial}}
    - branch: [{if: not params.loud, goto: {talk: "{{ now }}"}}, {if: params.loud, goto: end}, {otherwise: ask}]
  dial: {connect: {phone: 447700900100, otherwise: ask}}
  ask:
    - request: {url: "https://e.example.com/{{ call.from }}", save: x, otherwise: end}
    - talk: "{{ vars.x }}"
  end: {hangup: "{{ 'Loud' if params.loud else now }}."}
"""


def test_a_flow_all_of_whose_choices_are_decided_is_files() -> None:
    played = program(LINES)
    assert {each.need for each in needs(played)} == {"file"}
    assert set(played.documents) == {"main", "main.2", "end"} and not played.waits and not played.keeps
    assert Call(played).heard == ["Loud."]
    assert list(flowc.refusals(compiled(LINES), flowc.hosts["static"])) == []


def test_what_is_decided_the_other_way_is_there_instead() -> None:
    played = program(LINES, line="mobile")
    assert {each.need for each in needs(played)} >= {"outcome", "outside", "call", "state"}
    assert played.keeps == ("from",) and "main.2" not in played.documents


UNTAKEN = [
    ("{goto: nowhere}", "unknown-step"),
    ("[{connect: {phone: 447700900100, timeout: 500, otherwise: end}}]", "out-of-range"),
    ("[{talk: '<speak>open'}]", "ssml-malformed"),
    ("[{talk: '{{ vars.nothing }}'}]", "unknown-variable"),
    ("[{menu: {prompt: Press 1., options: {1: end}}}]", "missing-otherwise"),
]


@pytest.mark.parametrize(("target", "rule"), UNTAKEN)
@pytest.mark.parametrize("ways", ["{if: false, goto: %}, {otherwise: end}", "{if: true, goto: end}, {otherwise: %}",
                                  "{if: true, goto: end}, {if: call.to, goto: %}, {otherwise: end}"])  # fmt: skip
def test_the_mistakes_of_a_way_that_is_never_taken_are_said(ways: str, target: str, rule: str) -> None:
    flow = f"flow: a\nsteps:\n  main:\n    - branch: [{ways.replace('%', target)}]\n  end: {{hangup: End.}}\n"
    assert rule in dict(findings(flow))


COMPLETE = [
    ("hours.office", "{open: end, closed: end, holiday: end}", True),
    ("hours.office", "{open: end, closed: end}", False),
    ("params.line", "{office: end, mobile: end}", True),
    ("params.line", "{office: end}", False),
    ("params.open_line", "{office: end, mobile: end}", True),
    ("params.loud", "{true: end, false: end}", True),
    ("params.loud", "{true: end}", False),
    ("call.to == '1'", "{true: end, false: end}", True),
    ("not call.to", "{true: end, false: end}", True),
    ("call.to", "{true: end, false: end}", False),
    ("1 + 1", "{2: end}", True),
    ("1 + 1", "{3: end}", False),
]


@pytest.mark.parametrize(("value", "cases", "complete"), COMPLETE)
@pytest.mark.parametrize("line", ["office", "mobile"])
def test_a_switch_needs_no_otherwise_where_its_cases_are_all_there_are(
    value: str, cases: str, complete: bool, line: str
) -> None:
    text = f"""
        flow: complete
        timezone: UTC
        hours: {{office: {{open: {{mon-fri: 09:00-17:30}}}}}}
        params:
          line: {{type: choice, choices: [office, mobile]}}
          open_line: {{type: choice, choices: [office, mobile]}}
          loud: {{type: boolean, default: true}}
        steps:
          main: {{switch: {{value: "{value}", cases: {cases}}}}}
          end: {{hangup: Bye.}}
        """
    assert ("no-otherwise" not in dict(findings(text, line=line))) is complete


def test_a_choice_on_a_param_that_nothing_binds_is_open() -> None:
    played = program("""
        flow: open
        params: {x: {type: text}}
        steps:
          main:
            - talk: "A literal {{ '{{' }} stays."
            - branch: [{if: params.x == '1', goto: end}, {otherwise: end}]
          end: {hangup: Bye.}
        """)
    assert (played.documents["main"].open, played.documents["main.2"].open) == ((), ("x",))
    assert played.documents["main"].actions[0]["text"] == "A literal {{ stays."
    assert {each.need for each in needs(played)} == {"file", "call"}


def test_too_many_documents_are_told_with_what_multiplies() -> None:
    ask = "menu: {prompt: {en-GB: Press 1., fr-FR: Tapez 1.}, options: {1: continue}, otherwise: end, attempts: 10}"
    used = "flow: u\nsteps:\n  main:\n" + f"    - {ask}\n" * 30 + "  end: {hangup: }\n"
    text = (
        "flow: many\nvoice: [{language: en-GB}, {language: fr-FR}]\nuse: {u: u.flow.yml}\nsteps:\n  main:\n"
        "    - branch: [{if: random < 0.5, goto: {language: fr-FR}}, {otherwise: continue}]\n" + "    - run: u\n" * 20
    )
    (said,) = compiled(text, {"u.flow.yml": used}).diagnostics
    assert said.rule.name == "too-many-documents"
    assert "2 languages, times " in said.message and " runs of used flows, times " in said.message
    assert "up to 10 attempts" in said.message


NEEDY = [
    ("branch: [{if: random < 1, goto: end}, {otherwise: end}]", "unhosted-clock"),
    ("switch: {value: call.to, cases: {1: end}, otherwise: end}", "unhosted-call"),
    ("set: {x: 1}", "unhosted-state"),
    ("request: {url: 'https://e.example.com/', otherwise: end}", "unhosted-outside"),
    ("talk: '{{ now }}'", "unhosted-clock"),
    ("talk: '{{ call.from }}'", "unhosted-call"),
    ("connect: {phone: 447700900100, otherwise: end}", "unhosted-outcome"),
    ("menu: {prompt: Press 1., options: {1: end}, otherwise: end}", "unhosted-answer"),
    ("menu: {prompt: Say yes., options: {'yes': end}, otherwise: end}", "unhosted-words"),
    ("input: {prompt: Number?, save: x, dtmf: {}, otherwise: end}", "unhosted-state"),
]


@pytest.mark.parametrize(("action", "rule"), NEEDY)
def test_what_a_host_cannot_do_is_said_at_the_line_that_needs_it(action: str, rule: str) -> None:
    result = compiled(f"""flow: needy
steps:
  main:
    - talk: Hello.
    - talk: Well.
    - {action}
    - goto: end
  end: {{hangup: Bye.}}
""")
    assert result.program is not None, [told(each) for each in result.diagnostics]
    said = flowc.refusals(result, flowc.hosts["static"])
    lines = {each.rule.name: each.source.position(each.span.start).line for each in said}
    assert lines[rule] == (4 if action.startswith("talk") else 6)


def test_explain_prints_each_need_of_each_document_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "needy.flow.yml").write_text("""flow: needy
timezone: UTC
hours: {office: {open: {mon: 09:00-10:00}}}
steps:
  main:
    - talk: "Hello {{ call.from }}."
    - switch: {value: hours.office, cases: {open: ask, closed: main, holiday: plain}}
  ask:
    - input: {prompt: Number?, save: n, dtmf: {}, otherwise: plain}
    - request: {url: "https://e.example.com/{{ vars.n }}", otherwise: plain}
    - connect: {phone: 447700900100, otherwise: plain}
  plain: {hangup: Bye.}
""")
    monkeypatch.chdir(tmp_path)
    target = ["--target", "server", "--base-url", "https://ivr.example.com", "--explain", "--out", "out"]
    assert run(["build", "needy.flow.yml", *target]) == 0
    lines = [re.sub("  +", "  ", each).strip() for each in capsys.readouterr().out.splitlines()]
    table = lines[lines.index("needy  needs  because of") + 1 :]
    assert table[: table.index("")] == [
        "main  who calls  needy.flow.yml:6",
        "a clock, or chance  needy.flow.yml:7",
        "main.2  a clock, or chance  needy.flow.yml:7",
        "ask~2-noInput  what the call said before  needy.flow.yml:9",
        "the key that is pressed  needy.flow.yml:9",
        "ask~3-noInput  what the call said before  needy.flow.yml:9",
        "the key that is pressed  needy.flow.yml:9",
        "ask  what the call said before  needy.flow.yml:9",
        "the key that is pressed  needy.flow.yml:9",
        "plain  a file",
        "ask.2  what the call said before  needy.flow.yml:10",
        "an answer from a server  needy.flow.yml:10",
        "ask.3  the outcome of a call  needy.flow.yml:11",
    ]


BEGINS = [
    ("https://crm.example.com/{{ vars.v }}", True),
    ("{{ params.base }}/{{ vars.v }}", True),
    ("{{ params.open }}/{{ vars.v }}", True),
    ("{{ 'https://crm.example.com/' }}{{ vars.v }}", True),
    ("{{ vars.v }}", False),
    ("{{ vars.v }}/x", False),
    ("{{ params.text }}/{{ vars.v }}", False),
    ("{{ params.open_text }}/x", False),
    ("/{{ vars.v }}", False),
    ("https://{{ vars.v }}/x", False),
    ("https://crm.example.com{{ vars.v }}/x", False),
    ("https://user@{{ vars.v }}/x", False),
    ("https://{{ params.text }}{{ vars.v }}/x", False),
    ("https://{{ params.open_text }}.example.com/{{ vars.v }}", True),
    ("https://crm.example.com?{{ vars.v }}", True),
    ("{{ params.base }}{{ vars.v }}", False),
    ("{{ params.open }}{{ vars.v }}/x", False),
    ("{{ params.open }}?{{ vars.v }}", True),
    ("https://{{ params.open_text }}", True),
]


@pytest.mark.parametrize(("url", "fine"), BEGINS)
def test_a_request_goes_to_a_place_that_its_author_chose(url: str, fine: bool) -> None:
    text = f"""
        flow: begins
        params:
          base: {{type: url, default: "https://crm.example.com"}}
          open: {{type: url}}
          text: {{type: text, default: x}}
          open_text: {{type: text}}
        steps:
          main:
            - set: {{v: 1}}
            - request: {{url: "{url}", otherwise: end}}
            - goto: end
          end: {{hangup: Bye.}}
        """
    assert ("bad-url" not in dict(findings(text))) is fine


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://crm.example.com/t?b=ä", "https://crm.example.com/t?b=%C3%A4"),
        ("https://crm.example.com/t?c={{ vars.v }}&b=ä", "https://crm.example.com/t?c={{ vars.v }}&b=%C3%A4"),
        ("https://crm.example.com/a b?n=1%20#x", "https://crm.example.com/a%20b?n=1%20#x"),
        ("https://bücher.example.com/ü", "https://xn--bcher-kva.example.com/%C3%BC"),
        ("https://crm.example.com/{{ vars.v | default('ä b') }}", None),
        ("https://crm.example.com/%C3%A4?a=~b+c&d[]=(e)", None),
    ],
)
def test_a_request_has_nothing_in_its_url_that_no_server_is_asked_with(url: str, right: str | None) -> None:
    text = f"""
        flow: asks
        steps:
          main:
            - set: {{v: 1}}
            - request: {{url: "{url}", otherwise: end}}
            - goto: end
          end: {{hangup: Bye.}}
        """
    found = compiled(text).diagnostics
    wrong = [(each.message[:12], each.hint) for each in found if each.rule.name == "bad-url"]
    assert wrong == ([("a URL has no", f"write `{right}`")] if right is not None else [])


@pytest.mark.parametrize(
    ("url", "host", "fine"),
    [
        ("https://{{ params.host }}/a", "crm.example.com", True),
        ("https://{{ params.host }}/a", "crm..example.com", False),
        ("https://{{ params.host }}/{{ call.from }}", "crm.example.com", True),
        ("https://{{ params.host }}/{{ call.from }}", "crm.example.com:0", False),
        ("https://{{ params.host }}/{{ call.from }}", "", False),
        ("https://joe:sesame@{{ params.host }}/", "crm.example.com", False),
        ("https://joe@{{ params.host }}/", None, False),
        ("https://{{ params.host }}/a", None, True),
        ("https://{{ params.host }}:70000/a", None, False),
    ],
)
def test_the_server_of_a_request_can_be_asked_with_the_params_put_in(url: str, host: str | None, fine: bool) -> None:
    text = f"""
        flow: asks
        params: {{host: {{type: text}}}}
        steps:
          main:
            - request: {{url: "{url}", otherwise: end}}
            - goto: end
          end: {{hangup: Bye.}}
        """
    found = [name for name, _ in findings(text, **({} if host is None else {"host": host}))]
    assert ("bad-url" not in found) is fine


@pytest.mark.parametrize(
    ("step", "fine"),
    [
        ('stream: "https://a.example.com{{ call.from }}.mp3"', False),
        ('stream: "https://a.example.com/{{ call.from }}.mp3"', True),
        ('connect: {websocket: {uri: "wss://{{ call.from }}/x", content-type: audio/l16;rate=16000}}', False),
    ],
)
def test_where_any_url_leads_is_not_for_a_call_to_say(step: str, fine: bool) -> None:
    text = f"flow: leads\nsteps:\n  main:\n    - {step}\n    - hangup: Bye.\n"
    assert ("bad-url" not in dict(findings(text))) is fine


def test_which_trunk_is_called_is_not_for_a_call_to_say() -> None:
    for domain, fine in (("trunk", True), ("{{ params.trunk }}", True), ("{{ call.custom_data }}", False)):
        text = f"""
            flow: leads
            params: {{trunk: {{type: text}}}}
            steps:
              main:
                - connect: {{sip: {{user: "{{{{ call.from }}}}", domain: "{domain}"}}, otherwise: {{hangup: Bye.}}}}
            """
        assert ("bad-sip-uri" not in dict(findings(text))) is fine, domain


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ('headers: {Tag: "a\\r\\nb"}', "write it in one line: `Tag: a b`"),
        ('headers: {Tag: "{{ call.from }}\\nX: b"}', "write it in one line: `Tag: {{ call.from }} X: b`"),
        ('headers: {Caller Tag: "a"}', "write `Caller-Tag`"),
        ('standardHeaders: {User-to-User: "a\\nb"}', "write it in one line: `User-to-User: a b`"),
        ('headers: {Tag: "a\\tb", Caller_2: "{{ call.from }}"}', None),
    ],
)
def test_a_header_of_sip_is_a_word_and_one_line(header: str, hint: str | None) -> None:
    text = f"""
        flow: heads
        steps:
          main:
            - connect: {{sip: {{uri: "sip:desk@sip.example.com", {header}}}, otherwise: {{hangup: Bye.}}}}
        """
    wrong = [each.hint for each in compiled(text).diagnostics if each.rule.name == "bad-header"]
    assert wrong == ([hint] if hint is not None else [])


@pytest.mark.parametrize(
    ("action", "fine"),
    [
        ('request: {url: "https://crm.example.com/", headers: {Tag: "a{{ params.tag }}"}, otherwise: end}', False),
        ('connect: {sip: {uri: "sip:a@sip.example.com", headers: {Tag: "{{ params.tag }}"}}, otherwise: end}', False),
        ('connect: {sip: {uri: "sip:a@sip.example.com", headers: {Tag: "{{ params.tag | upper }}"}}}', False),
        ('request: {url: "https://crm.example.com/", json: {tag: "{{ params.tag }}"}, otherwise: end}', True),
    ],
)
def test_a_param_makes_no_second_line_of_a_header(action: str, fine: bool) -> None:
    text = f"""
        flow: heads
        params: {{tag: {{type: text}}}}
        steps:
          main:
            - {action}
            - goto: end
          end: {{hangup: Bye.}}
        """
    found = findings(text, tag="a\nX-Evil: b")
    assert [name for name, _ in found if name == "bad-header"] == ([] if fine else ["bad-header"])


@pytest.mark.parametrize(
    ("uri", "fine"),
    [
        ("sip:{{ call.from }}@sip.example.com", True),
        ("sip:desk-{{ call.from }}@sip.example.com:5060", True),
        ("sip:{{ call.from }}@{{ params.host }}", True),
        ("sip:desk@sip.example.com;line={{ call.from }}", True),
        ("sip:desk@sip.example.com?X-From={{ call.from }}", True),
        ("sip:sip.example.com;line={{ call.from }}", True),
        ("sip:{{ call.from }}", False),
        ("sip:desk@{{ call.from }}", False),
        ("sip:desk@{{ call.from }}.example.com", False),
        ("sips:desk@sip.example.com{{ call.from }}", False),
        ("{{ params.uri }}{{ call.from }}", False),
        ("sip:{{ params.user }}{{ call.from }}", False),
    ],
)
def test_where_a_sip_address_leads_is_not_for_a_call_to_say(uri: str, fine: bool) -> None:
    text = f"""
        flow: leads
        params: {{host: {{type: text}}, uri: {{type: text}}, user: {{type: text}}}}
        steps:
          main:
            - connect: {{sip: "{uri}", otherwise: {{hangup: Bye.}}}}
        """
    assert ("bad-sip-uri" not in dict(findings(text))) is fine


@pytest.mark.parametrize(
    ("number", "fine"),
    [("+44{{ vars.n }}", False), ("44 {{ vars.n }}", False), ("44{{ vars.n }}", True), ("{{ vars.n }}", True)],
)
def test_what_is_written_of_a_number_is_digits(number: str, fine: bool) -> None:
    text = f"""
        flow: number
        steps:
          main:
            - set: {{n: "7700900123"}}
            - connect: {{phone: "{number}", otherwise: end}}
          end: {{hangup: Bye.}}
        """
    assert ("bad-phone-number" not in dict(findings(text))) is fine


def test_a_used_flow_has_opening_hours_of_its_own() -> None:
    inner = """
        flow: inner
        hours: {desk: {open: {mon-sun: "09:00-17:00"}, timezone: Asia/Kolkata}}
        steps:
          main: {talk: "The other desk is {{ hours.desk }}."}
        """
    text = """
        flow: outer
        hours: {desk: {open: {mon-sun: "20:00-21:00"}, timezone: Europe/London}}
        use: {inner: inner.flow.yml}
        steps:
          main:
            - talk: Our desk is {{ hours.desk }}.
            - run: inner
        """
    found = program(text, {"inner.flow.yml": inner})
    assert list(found.hours) == ["desk", "inner/desk"]
    reply = begin(found, {}, Event(now=5 * 3600.0))  # 10:30 in Kolkata
    assert isinstance(reply, Reply)
    assert [each["text"] for each in reply.actions] == ["Our desk is closed.", "The other desk is open."]


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        (r"pattern: '\d{20}'", None),
        (r"pattern: '\d{21}'", "ask for it in two steps"),
        (r"pattern: '\d{21}', speech: {}", None),
        (r"pattern: '\d{6,8}', dtmf: {maxDigits: 6}", None),
        (r"pattern: '\d{6,8}', dtmf: {maxDigits: 4}", "write `dtmf: {maxDigits: 6}`"),
    ],
)
def test_a_good_answer_has_no_more_keys_than_are_collected(fields: str, hint: str | None) -> None:
    text = f"""
        flow: long
        steps:
          main: [{{input: {{prompt: Your number?, {fields}, otherwise: end}}}}, {{goto: end}}]
          end: {{connect: {{phone: 447700900100}}}}
        """
    said = [each for each in compiled(text).diagnostics if each.rule.name == "bad-pattern"]
    assert [each.hint for each in said] == ([hint] if hint else [])
