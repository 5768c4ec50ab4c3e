"""Flows of several languages and used flows: words in each, and what is heard when the host does not answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from call_time import Call, compiled, findings, program

from flowc.program import codec
from flowc.program.files import files
from flowc.program.machine import failed
from flowc.program.program import Program
from flowc.program.understand import Event

SPOKEN = """
flow: shop
voice: [{{language: en-GB}}, {{language: fr-FR}}]
steps:
  welcome:
    menu: {{prompt: {{en-GB: "For French, press 2.", fr-FR: "-"}}, options: {{2: french}}, otherwise: main}}
  french: [{{language: fr-FR}}, {{goto: main}}]
  main: [{actions}]
  end: {{hangup: }}
"""


def heard_last(played: Program, name: str) -> list[str]:
    """What a caller hears behind a question whose answer nobody takes."""
    (file,) = [each for each in files(played, "https://ivr.example.com") if each.name == name]
    actions = json.loads(file.json)
    (at,) = [index for index, each in enumerate(actions) if each["action"] == "input"]
    return [each["text"] for each in actions[at + 1 :]]


def rules(actions: str) -> list[str]:
    found = [rule for rule, _ in findings(SPOKEN.format(actions=actions))]
    return [each for each in found if each not in ("dropped", "unreachable-step", "key-not-announced")]


LABELS = """
flow: labels
voice: [{language: en-GB}, {language: fr-FR}]
steps:
  main:
    menu:
      prompt: "{{ options }}"
      options:
        1: {label: {en-GB: sales, fr-FR: le service commercial}, goto: end}
        2: {label: {en-GB: English, fr-FR: français}, goto: [{language: fr-FR}, {goto: main}]}
      otherwise: end
  end: {connect: {phone: 447700900100}}
"""


def test_labels_are_announced_in_the_language_that_is_spoken() -> None:
    call = Call(program(LABELS))
    assert call.heard[:1] == ["For sales, press 1. For English, press 2."]
    assert call.presses("2")[:1] == ["Pour le service commercial, tapez 1. Pour français, tapez 2."]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("{label: {en-GB: sales, fr-FR: les ventes}, goto: end}", []),
        ("{label: {en-GB: sales}, goto: end}", [("not-translated", 9)]),
        ("{label: sales, goto: end}", [("not-translated", 9)]),
        ("end", [("not-translated", 9)]),
    ],
)
def test_an_option_has_a_label_in_each_language_that_announces_it(option: str, expected: list[tuple[str, int]]) -> None:
    text = f"""
        flow: labels
        voice: [{{language: en-GB}}, {{language: fr-FR}}]
        steps:
          main:
            menu:
              prompt: "{{{{ options }}}}"
              options:
                1: {option}
                2: {{label: {{en-GB: a, fr-FR: b}}, goto: [{{language: fr-FR}}, {{goto: main}}]}}
              otherwise: end
          end: {{connect: {{phone: 447700900100}}}}
        """
    assert findings(text) == expected


def test_words_are_listened_for_in_the_language_that_is_spoken() -> None:
    text = """
        flow: words
        voice: [{language: en-GB}, {language: fr-FR}]
        steps:
          main:
            menu:
              prompt: {en-GB: Sales or French?, fr-FR: Ventes ?}
              options:
                1: {say: {en-GB: [sales, buy], fr-FR: ventes}, goto: end}
                2: {say: [french, français], goto: [{language: fr-FR}, {goto: main}]}
              otherwise: end
          end: {connect: {phone: 447700900100}}
        """
    played = program(text)
    assert played.waits["main"].exits.keys() == {"1", "2", "sales", "buy", "french", "français"}
    assert played.waits["fr-FR/main"].exits.keys() == {"1", "2", "ventes", "french", "français"}
    hints = [wait.question[-1]["speech"] for wait in played.waits.values()]
    assert [each["context"] for each in hints if isinstance(each, dict)] == [
        ["sales", "buy", "french", "français"],
        ["ventes", "french", "français"],
    ]
    assert "not-translated" in [rule for rule, _ in findings(text.replace(", fr-FR: ventes", ""))]


def test_a_language_that_writes_its_own_sentence_needs_no_labels() -> None:
    text = LABELS.replace('"{{ options }}"', '{en-GB: "{{ options }}", fr-FR: "Tapez 1 ou 2."}')
    text = text.replace("{en-GB: sales, fr-FR: le service commercial}", "sales")
    assert findings(text) == []
    assert Call(program(text)).heard[:1] == ["For sales, press 1. For English, press 2."]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("talk: Goodbye.", ["not-translated"]),
        ("hangup: Goodbye.", ["not-translated"]),
        ('menu: {prompt: "Press 1.", options: {1: end}, otherwise: end}', ["not-translated"]),
        ("connect: {phone: 447700900100, onAnswer: A call.}", ["not-translated"]),
        ("talk: \"<speak>Goodbye <break time='1s'/></speak>\"", ["not-translated"]),
        ('talk: "Your number is {{ call.from | digits }}"', ["not-translated"]),
        ('talk: "{{ call.from | digits }}."', []),
        ("talk: \"<speak><say-as interpret-as='digits'>{{ call.from }}</say-as></speak>\"", []),
        ("talk: {text: Goodbye., language: en-GB}", []),
        ("talk: \"{{ 'Goodbye' if language == 'en-GB' else 'Au revoir' }}.\"", []),
        ("talk: {en-GB: Goodbye., fr-FR: Au revoir.}", []),
        ("talk: {en-GB: Goodbye.}", ["not-translated"]),
        ("stream: https://audio.example.com/jingle.mp3", []),
        (
            "switch: {value: language, cases: {en-GB: {talk: Goodbye.}, fr-FR: {talk: Au revoir.}}, otherwise: end}",
            ["way-never-taken"],
        ),
    ],
)
def test_a_text_that_is_heard_in_two_languages_has_words_in_both(actions: str, expected: list[str]) -> None:
    assert [each for each in rules(actions) if each != "way-never-taken"] == [
        each for each in expected if each != "way-never-taken"
    ]


def test_what_is_heard_in_one_language_alone_needs_words_in_no_other() -> None:
    text = """
        flow: apart
        voice: [{language: en-GB}, {language: fr-FR}]
        steps:
          welcome:
            menu:
              prompt: For English, press 1. For French, press 2.
              options: {1: english, 2: [{language: fr-FR}, {goto: french}]}
              otherwise: english
          english: {hangup: Goodbye.}
          french: [{talk: Au revoir.}, {hangup: {fr-FR: À bientôt.}}]
        """
    assert findings(text) == []


ONE = "flow: one\nvoice: {voice}\nsteps:\n  main: [{{talk: {words}}}]\n"


@pytest.mark.parametrize(
    ("voice", "words", "hint"),
    [
        ("{language: en-GB}", "{en-GB: Hello., fr-FR: Bonjour.}", None),
        ("{language: en-GB}", "{fr-FR: Bonjour.}", "add `en-GB: …`"),
        ("{language: en-GB}", "{en-gb: Hello.}", "write `en-GB` instead of `en-gb`"),
        ("{style: 1}", "{en-US: Hello.}", None),
        ("[{style: 1}, {language: fr-FR}]", "{en-US: Hello., fr-FR: Bonjour.}", None),
        ("[{style: 1}, {language: fr-FR}]", "{fr-FR: Bonjour.}", "add `en-US: …`"),
    ],
)
def test_a_mapping_of_words_has_those_of_the_first_language(voice: str, words: str, hint: str | None) -> None:
    result = compiled(ONE.format(voice=voice, words=words))
    assert [each.hint for each in result.diagnostics] == ([hint] if hint else [])
    assert result.program is None or Call(result.program).heard == ["Hello."]


def test_words_of_a_used_flow_are_asked_for_in_each_language_it_is_run_in() -> None:
    text = SPOKEN.format(actions="{run: bye}").replace("steps:", "use: {bye: bye.flow.yml}\nsteps:")
    used = {"bye.flow.yml": "flow: bye\nsteps:\n  main: {talk: Goodbye.}\n"}
    said = [each for each in compiled(text, used).diagnostics if each.rule.name == "not-translated"]
    assert [each.source.name for each in said] == ["bye.flow.yml"]


FAILING = """
flow: front
voice: [{language: en-GB}, {language: fr-FR}]
use: {vm: vm.flow.yml, plain: plain.flow.yml}
failure: {talk: {en-GB: Sorry., fr-FR: Pardon.}}
steps:
  main:
    - menu: {prompt: {en-GB: "Press 2.", fr-FR: "Tapez 2."}, options: {2: french}, otherwise: continue}
    - run: vm
    - run: plain
    - talk: {en-GB: Goodbye., fr-FR: Au revoir.}
  french: [{language: fr-FR}, {goto: main}]
"""
QUESTION = "menu: {prompt: {en-GB: Press 1., fr-FR: Tapez 1.}, options: {1: continue}, otherwise: continue}"
USED = {
    "vm.flow.yml": f"flow: vm\nfailure: lost\nsteps:\n  ask: {{{QUESTION}}}\n"
    "  lost: [{talk: {en-GB: Your message is lost., fr-FR: Message perdu.}}, {goto: bye}]\n"
    "  bye: {talk: {en-GB: Bye., fr-FR: Salut.}}\n",
    "plain.flow.yml": f"flow: plain\nsteps:\n  ask: {{{QUESTION}}}\n",
}


def test_a_failure_is_heard_in_the_language_and_of_the_flow_where_it_comes() -> None:
    played = program(FAILING, USED)
    assert heard_last(played, "main") == ["Sorry."]
    assert heard_last(played, "fr-FR/main") == ["Pardon."]
    assert heard_last(played, "main.2.vm/ask") == ["Your message is lost.", "Bye."], "its end is not the way back"
    assert heard_last(played, "fr-FR/main.2.vm/ask~2-noInput") == ["Message perdu.", "Salut."]
    assert heard_last(played, "main.3.plain/ask") == ["Sorry."]
    assert heard_last(played, "fr-FR/main.3.plain/ask") == ["Pardon."]


def test_the_machine_follows_the_same_failures_as_the_files() -> None:
    call = Call(program(FAILING, USED))
    assert call.heard[-1] == "Sorry."
    call.presses("2")
    assert call.heard[-1] == "Pardon."
    call.presses("9"), call.presses("9"), call.presses("9")
    assert call.heard[-2:] == ["Message perdu.", "Salut."]
    call.presses("1")
    assert call.heard[-1] == "Pardon."


def test_where_the_host_fails_the_nearest_failure_is_said_and_a_program_keeps_them() -> None:
    played = program(FAILING, USED)
    read = codec.decode(json.loads(json.dumps(codec.encode(played))))
    for each in (played, read):
        said = [failed(each, Event(now=0), at) for at in ("", "fr-FR/main~2", "main.2.vm/ask", "main.3.plain/ask.json")]
        assert [reply.document for reply in said if reply] == [
            *("failure", "fr-FR/failure", "main.2.vm/failure", "failure")
        ]


def test_a_failure_in_plain_words_is_said_once_in_the_first_language() -> None:
    played = program(FAILING.replace("{talk: {en-GB: Sorry., fr-FR: Pardon.}}", "{talk: Sorry.}"), USED)
    assert "fr-FR/failure" not in played.documents
    assert heard_last(played, "fr-FR/main") == ["Sorry."]


def test_so_is_that_of_a_used_flow() -> None:
    used = {**USED, "vm.flow.yml": f"flow: vm\nfailure: {{talk: Lost.}}\nsteps:\n  ask: {{{QUESTION}}}\n"}
    played = program(FAILING, used)
    assert heard_last(played, "fr-FR/main.2.vm/ask") == ["Lost."]
    assert heard_last(played, "fr-FR/main.2.vm/ask~2-noInput") == ["Lost."]
    assert {played.documents["main.2.vm/failure"].actions[0]["language"]} == {"en-GB"}
    assert "fr-FR/main.2.vm/failure" not in played.documents
    call = Call(played)
    call.presses("2")
    call.presses("9"), call.presses("9"), call.presses("9")
    assert call.heard[-1] == "Lost."


def test_the_failure_of_a_used_flow_needs_no_host_either() -> None:
    used = {**USED, "vm.flow.yml": USED["vm.flow.yml"].replace("{goto: bye}", "{run: x}")}
    used["vm.flow.yml"] = used["vm.flow.yml"].replace("{run: x}", "{set: {x: 1}}")
    said = [each for each in compiled(FAILING, used).diagnostics if each.rule.name == "failure-waits"]
    assert {each.source.name for each in said} == {"vm.flow.yml"}


CLOCK = "flow: {name}\n{zone}use: {{inner: inner.flow.yml}}\nsteps:\n  main: [{{talk: '{{{{ now | time }}}}'}}{more}]\n"


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (("Europe/London", "Asia/Tokyo", ""), ["01:30", "09:30", "09:30"]),
        (("Europe/London", "", "Asia/Tokyo"), ["01:30", "01:30", "09:30"]),
        (("Asia/Tokyo", "UTC", ""), ["09:30", "00:30", "00:30"]),
        (("", "", ""), ["00:30", "00:30", "00:30"]),
    ],
)
def test_a_used_flow_has_its_own_clock_else_that_of_the_flow_around_it(
    zones: tuple[str, ...], expected: list[str]
) -> None:
    first, second, third = (f"timezone: {each}\n" if each else "" for each in zones)
    texts = {
        "outer.flow.yml": CLOCK.format(name="outer", zone=second, more=", {run: inner}"),
        "inner.flow.yml": f"flow: inner\n{third}steps:\n  main: {{talk: '{{{{ now | time }}}}'}}\n",
    }
    text = CLOCK.format(name="first", zone=first, more=", {run: outer}").replace("inner: inner", "outer: outer")
    played = program(text, texts)
    from flowc.program.machine import begin

    july = 1_783_643_400.0  # 2026-07-10T00:30:00Z: an hour later in London
    reply = begin(played, {}, Event(now=july))
    assert [each["text"] for each in reply.actions] == expected  # type: ignore[union-attr]
    assert codec.decode(json.loads(json.dumps(codec.encode(played)))).clocks == played.clocks


def test_two_files_that_say_they_are_one_flow_keep_their_own_hours() -> None:
    used = (
        "flow: desk\ntimezone: UTC\nhours: {{h: {{open: {{mon-sun: {span}}}}}}}\n"
        "steps:\n  main: {{talk: '{{{{ hours.h }}}}'}}\n"
    )
    text = "flow: f\nuse: {a: a/desk.flow.yml, b: b/desk.flow.yml}\nsteps:\n  main: [{run: a}, {run: b}]\n"
    files_ = {
        "a/desk.flow.yml": used.format(span="00:00-12:00"),
        "b/desk.flow.yml": used.format(span="12:00-24:00"),
    }
    assert Call(program(text, files_)).heard == ["open", "closed"]


GIVEN = """
flow: given
params:
  days: {type: list, default: [Monday]}
  kind: {type: choice, choices: [a, b], default: a}
  base: {type: url, default: "https://a.example.com"}
  most: {type: number, default: 1}
  name: {type: text, default: Jo}
steps:
  main: {talk: "{{ params.days | join(' and ') }} {{ params.days | length }}"}
"""


def run_with(given: str) -> str:
    head = "flow: f\nuse: {g: given.flow.yml}\nsteps:\n  main:\n    - set: {q: 7}\n"
    return f"{head}    - run: {{flow: g, with: {{{given}}}}}\n"


def test_items_of_a_list_may_be_what_only_the_call_knows() -> None:
    played = program(run_with('days: ["{{ vars.q }}", Friday, "{{ call.from }}!"]'), {"given.flow.yml": GIVEN})
    assert Call(played, **{"from": "4477"}).heard == ["7 and Friday and 4477! 3"]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ('base: "{{ vars.q }}"', "given-param"),
        ('kind: "{{ vars.q }}"', "given-param"),
        ('name: ["{{ vars.q }}"]', "given-param"),
        ("most: seven", "value-does-not-fit"),
        ("kind: c", "value-does-not-fit"),
        ("base: nowhere", "value-does-not-fit"),
        ('days: ["{{ vars.nothing }}"]', "unknown-variable"),
    ],
)
def test_what_does_not_fit_a_param_of_a_used_flow_is_said_where_it_is_given(given: str, rule: str) -> None:
    said = compiled(run_with(given), {"given.flow.yml": GIVEN}).diagnostics
    assert [(each.rule.name, each.source.name) for each in said] == [(rule, "main.flow.yml")]
    assert said[0].source.position(said[0].span.start).line == 6


def test_the_server_says_the_failure_of_where_it_failed() -> None:
    from flowc.serve.flows import served

    flow = served([program(FAILING, USED)], "https://ivr.example.com", {}, {}).flows["front"]
    said = [flow.failed(at) for at in ("main~2", "fr-FR/main", "main.2.vm/ask~3", "fr-FR/main.3.plain/ask")]
    texts = [[each["text"] for each in json.loads(body)] for body in said if body is not None]
    assert texts == [["Sorry."], ["Pardon."], ["Your message is lost.", "Bye."], ["Pardon."]]


@pytest.mark.parametrize(
    ("kind", "keyed", "expected"),
    [("integer", "7", "8 true"), ("number", "7", "8 true"), ("integer", "*", " false")],
)
def test_digits_that_are_given_to_a_number_are_one(kind: str, keyed: str, expected: str) -> None:
    used = f"flow: g\nparams: {{n: {{type: {kind}}}}}\nsteps:\n"
    used += "  main: {talk: '{{ params.n + 1 }} {{ params.n > 3 }}'}\n"
    text = """
        flow: f
        use: {g: g.flow.yml}
        steps:
          main:
            - input: {prompt: "How many?", save: n, otherwise: end}
            - run: {flow: g, with: {n: "{{ vars.n }}"}}
          end: {hangup: Goodbye.}
        """
    played = compiled(text, {"g.flow.yml": used}).program
    assert played is not None
    assert Call(played).presses(keyed) == [expected]


def test_the_open_documents_of_every_language_are_filled_in(tmp_path: Path) -> None:
    (tmp_path / "news.flow.yml").write_text(
        "flow: news\nvoice: [{language: en-GB}, {language: fr-FR}]\nparams: {who: {type: text}}\nsteps:\n"
        "  main: {menu: {prompt: {en-GB: '2 for French.', fr-FR: '-'}, options: {2: french}, otherwise: greet}}\n"
        "  french: [{language: fr-FR}, {goto: greet}]\n"
        "  greet: {talk: {en-GB: 'Hello {{ params.who }}.', fr-FR: 'Bonjour {{ params.who }}.'}}\n"
    )
    for arguments in (["build", "--base-url", "https://ivr.example.com"], ["render", "news", "--param", "who=Jo"]):
        more = ["--target", "nginx", *(["news.flow.yml"] if arguments[0] == "build" else ["--out", "filled"])]
        done = subprocess.run(
            [sys.executable, "-m", "flowc", *arguments, *more], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
    said = {str(path.relative_to(tmp_path / "filled")): path for path in (tmp_path / "filled").rglob("*.json")}
    assert [each["text"] for each in json.loads(said["greet.json"].read_text())] == ["Hello Jo."]
    assert [each["text"] for each in json.loads(said["fr-FR/greet.json"].read_text())] == ["Bonjour Jo."]


ANNOUNCED = """
flow: shop
{voice}
steps:
  main:
    menu: {{prompt: "{{{{ options }}}}", options: {{1: {{label: {label}, goto: end}}}}, attempts: 2, otherwise: end}}
  end: {{hangup: Bye.}}
"""


@pytest.mark.parametrize(
    ("voice", "label", "said"),
    [
        ("", "{en-GB: help}", [("not-translated", 6)]),
        ("voice: {language: de-DE}", "{en-GB: help}", [("not-translated", 6)]),
        ("voice: {language: en-GB}", "{en-GB: help}", []),
    ],
)
def test_a_label_has_words_in_the_one_language_that_is_spoken(
    voice: str, label: str, said: list[tuple[str, int]]
) -> None:
    assert findings(ANNOUNCED.format(voice=voice, label=label)) == said


def test_a_label_without_words_of_its_own_is_the_same_in_every_language() -> None:
    options = '{1: {label: "{{ call.from | digits }}", goto: end}}'
    heard = "{en-GB: '{{ options }}', fr-FR: '{{ options }}'}"
    menu = f"menu: {{prompt: {heard}, options: {options}, otherwise: end}}"
    assert "not-translated" not in rules(menu)
