"""`docs/language.md` is true: its examples compile to what it shows, its calls are answered with what it shows, its
tables hold, and nothing is left out.
"""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest
from called import played
from examples import ANSWERS, CALLS, DOCUMENTS, EXAMPLES, PAGE, Block, blocks, code, compiled, rows

from flowc.compiler import compile
from flowc.hosting import HOSTS, unhosted
from flowc.language.explained import elsewhere, impossible
from flowc.language.expressions import tokens
from flowc.language.expressions.expression import EXPRESSIONS_LIMIT
from flowc.language.expressions.scope import CALL_PARTS, SINGLE
from flowc.language.linking import use
from flowc.language.linking.naming import RESERVED
from flowc.language.reading import patterns
from flowc.language.reading.params import TYPES
from flowc.language.reading.parse_questions import MOST_OPTIONS
from flowc.language.schema import facts, limits
from flowc.program import kinds, machine, needs
from flowc.program.automaton import MOST_STATES
from flowc.program.files import MOST_ACTIONS, MOST_BYTES, files
from flowc.program.filters import DATE_FORMATS, FILTERS
from flowc.rules import by_name
from flowc.text import characters, yaml
from flowc.text.source import Source

BASE_URL = "https://ivr.example.com"


def _line(block: Block) -> str:
    return f"line {block.line}"


# Examples


def test_every_block_is_a_kind_that_is_tested() -> None:
    parts = {" ".join(word for word in each.info if "=" not in word) for each in EXAMPLES}
    assert parts == {"yaml", "yaml steps", "yaml actions"}
    assert {each.info[0] for each in blocks()} == {"yaml", "json", "sh"}
    assert PAGE.count("```") == 2 * len([*blocks()])
    shown = [each for each in blocks() if each.info[0] == "json"]
    assert len(shown) == len(DOCUMENTS) + len(ANSWERS) and {each.call for each in ANSWERS} == {*CALLS}


@pytest.mark.parametrize("block", EXAMPLES, ids=_line)
def test_an_example_compiles_without_a_word_but_of_the_rule_that_it_shows(block: Block) -> None:
    said = {f"{each.rule.name}: {each.message}" for each in compiled(block).diagnostics}
    assert {each.partition(":")[0] for each in said} == ({block.rule} if block.rule else set()), said


@pytest.mark.parametrize("block", DOCUMENTS, ids=_line)
def test_a_document_is_what_compiles_from_the_example_before_it(block: Block) -> None:
    assert block.flow is not None
    _, name = block.info
    program = compiled(block.flow).program
    assert program is not None
    built = {each.name: each.json for each in files(program, BASE_URL)}
    assert _ordered(block.text) == _ordered(built[name].decode())


@pytest.mark.parametrize("block", ANSWERS, ids=_line)
def test_a_call_is_answered_with_what_is_shown_behind_it(block: Block) -> None:
    assert block.flow is not None and block.call is not None
    program = compiled(block.flow).program
    call = yaml.read(Source("call", block.call.text), pytest.fail)
    assert program is not None and call is not None and isinstance(call.data, dict)
    assert set(call.data) <= {"params", "from", "to", "at", "random", "given", "steps"}
    answers = [*played(program, BASE_URL, call.data)]
    assert _ordered(block.text) == _ordered(json.dumps(answers[-block.last]))


def _ordered(text: str) -> Any:
    """JSON with the order of its keys, and with each key that is there twice."""
    return json.loads(text, object_pairs_hook=tuple)


# Tables


def spoken(expression: str, form: str = "{}") -> str:
    """What a `talk` says whose text is an expression between braces."""
    text = json.dumps(form.format("{{ " + expression + " }}"), ensure_ascii=False)
    result = compile(f"flow: example\nsteps: {{main: {{talk: {text}}}}}\n")
    assert result.program is not None, result.diagnostics
    return str(result.program.documents["main"].actions[0]["text"])


@pytest.mark.parametrize(("expression", "gives"), rows("expression | gives"))
def test_an_expression_gives_what_the_table_says(expression: str, gives: str) -> None:
    assert spoken(expression.strip("`")) == gives.strip("`")


@pytest.mark.parametrize(("expression", "plain", "ssml"), rows("expression | in plain text | in SSML"))
def test_a_filter_gives_what_the_table_says(expression: str, plain: str, ssml: str) -> None:
    assert spoken(expression.strip("`")) == plain.strip("`")
    assert spoken(expression.strip("`"), "<speak>{}</speak>") == f"<speak>{ssml.strip('`')}</speak>"


@pytest.mark.parametrize(("written", "kind"), rows("written | read as"))
def test_a_value_is_read_as_the_table_says(written: str, kind: str) -> None:
    said: list[object] = []
    for value in code(written):
        document = yaml.read(Source("value", f"value: {value}\n"), said.append)
        assert document is not None and isinstance(document.data, dict) and not said
        assert _kind(document.data["value"]) in kind.split(", ")


def _kind(value: object) -> str:
    known = {bool: str(value).lower(), int: "a number", float: "a number", str: "text"}
    return known.get(type(value), "nothing")


PLACES = [
    (
        "sales: [{talk: A}, {connect: {phone: 447700900100, onAnswer: B, when: {busy: {talk: C}}, otherwise: main}}]",
        {"sales.2.onAnswer", "sales.2.busy"},
    ),
    ("sales: [{talk: A}, {connect: {phone: 447700900100, otherwise: {talk: B}}}]", {"sales.2.otherwise"}),
    (
        "main: {menu: {prompt: A, options: {1: {talk: B}, '*': {talk: C}, '#': {talk: D}}, otherwise: end}}",
        {"main", "main.press1", "main.star", "main.hash", "main~2-noInput", "main~2-noMatch"},
    ),
    (
        "main: {menu: {prompt: A, options: {'*9': {talk: B}, goodbye: {talk: C}}, otherwise: {talk: D}}}",
        {"main.pressstar9", "main.say-goodbye", "main.otherwise"},
    ),
    ("main: {menu: {prompt: A, options: {1: end}, noInput: {goto: {talk: B}}, otherwise: end}}", {"main.noInput"}),
    (
        "main: {menu: {prompt: A, options: {1: end}, noMatch: [B, {goto: {talk: C}}], otherwise: end}}",
        {"main~2.noMatch"},
    ),
    ("main: [{menu: {prompt: A, options: {1: continue}, otherwise: end}}, {talk: B}]", {"main.2"}),
    (
        "main: {menu: {prompt: A, options: {1: [{input: {prompt: B, otherwise: end}}, {talk: C}]}, otherwise: end}}",
        {"main.press1.2"},
    ),
    ("main: {goto: {talk: A}}", {"main.goto"}),
    ("main: {talk: A}", {"failure"}),
    ("main: {branch: [{if: random < 1, goto: {talk: A}}, {otherwise: end}]}", {"main.branch1"}),
    (
        "main: {switch: {value: call.to, cases: {1: end, 2: {talk: A}}, otherwise: {talk: B}}}",
        {"main.switch2", "main.otherwise"},
    ),
    (
        "account: [{talk: A}, {request: {url: 'https://example.com', when: {404: {talk: A}}, otherwise: main}}]",
        {"account.2", "account.2.404"},
    ),
    ("hello: [{language: fr-FR}, {goto: main}]", {"fr-FR/main", "fr-FR/failure"}),
    ("main: [{talk: A}, {run: vm}]", {"main.2.vm/ask", "main.2.vm/failure"}),
    ("main: {run: vm}", {"main.vm/ask"}),
]
"""A step, and the names of the table that it makes."""


@pytest.mark.parametrize(("step", "names"), PLACES)
def test_a_place_has_the_name_that_the_table_gives_it(step: str, names: set[str]) -> None:
    top = "flow: example\nfailure: {talk: {en-GB: F, fr-FR: F}}\nvoice: [{language: en-GB}, {language: fr-FR}]\n"
    top += "use: {vm: vm.flow.yml}\n"
    other = "" if step.startswith("main") else "  main: {talk: Hello.}\n"
    text = f"{top}steps:\n  {step}\n{other}  end: {{talk: Goodbye.}}\n"
    result = compile(text, read=lambda path: "flow: vm\nfailure: {talk: F}\nsteps: {ask: {talk: A}}\n")
    assert result.program is not None, result.diagnostics
    assert names <= result.program.documents.keys()


def test_every_name_of_the_table_of_names_is_made() -> None:
    told = {name for cell, _ in rows("name | where it begins") for name in code(cell)}
    assert told == set().union(*(names for _, names in PLACES))


def test_the_limits_are_those_that_hold() -> None:
    held = {limits.MOST_DOCUMENTS, MOST_ACTIONS, characters.DEEPEST, characters.MOST_PIECES, kinds.NUMBER_LIMIT}
    held |= {kinds.TEXT_LIMIT, kinds.LIST_LIMIT, EXPRESSIONS_LIMIT, tokens.TOKEN_LIMIT, tokens.NESTING_LIMIT}
    held |= {MOST_OPTIONS, use.MOST_RUNS, int(machine.BUDGET), machine.MOST_RETURNS + 1, MOST_STATES}
    told = " ".join(most for _, most in rows("what | at most"))
    assert {f"{each:,}" for each in held} <= set(re.findall(r"[0-9][0-9,]*[0-9]|[0-9]", told))
    (pattern,) = [most for what, most in rows("what | at most") if what.startswith("a pattern")]
    longest = int(pattern.removesuffix(" characters"))
    assert patterns.fault("1" * longest) is None and patterns.fault("1" * (longest + 1)) is not None
    assert f"{MOST_BYTES // 1024} kB" in told


# Nothing is left out


def parts() -> dict[str, dict[str, Any]]:
    return dict(facts.schema("flow")["$defs"])


def _shown(name: str) -> bool:
    """Whether an example that compiles has a key of this name."""
    return any(re.search(rf"(?<![\w-]){re.escape(name)}: ?", each.text) for each in EXAMPLES if each.rule is None)


def _words(part: str) -> list[str]:
    return [*parts()[part]["properties"]]


_FIELDS = [name for part in ("actions", "question", "input", "connect") for name in _words(part)]


@pytest.mark.parametrize("name", dict.fromkeys(_FIELDS))
def test_an_action_or_a_field_is_shown(name: str) -> None:
    assert _shown(name) or name in _OF_THE_REFERENCE


_OF_THE_REFERENCE = {"randomFromNumber", "limit", "machineDetection", "ringbackTone", "eventMethod"}
"""Fields of a `connect` and of a question that mean what the reference says: the page speaks of them as one."""

_OF_FLOWC = {
    "switch": parts()["actions"]["properties"]["switch"]["properties"],
    "run": parts()["actions"]["properties"]["run"]["oneOf"][1]["properties"],
    **{part: parts()[part]["properties"] for part in ("way", "calendar", "voice")},
}
"""Fields of what flowc has and NCCOs have not."""


@pytest.mark.parametrize(("part", "name"), [(part, name) for part, names in _OF_FLOWC.items() for name in names])
def test_a_field_of_what_is_flowcs_own_is_shown(part: str, name: str) -> None:
    assert _shown(name), part


@pytest.mark.parametrize("name", ["prompt", *_words("question"), *_words("input"), "options"])
def test_a_field_of_a_question_is_in_its_table(name: str) -> None:
    told = [each for cell, _ in rows("field | what it is") for each in code(cell)]
    assert (name in told) is (name not in ("mode", "eventUrl"))  # these ask nothing


@pytest.mark.parametrize("name", _words("request"))
def test_a_field_of_a_request_is_in_its_table(name: str) -> None:
    told = [each for cell, _ in rows("field | what it is", "Requests") for each in code(cell)]
    assert name in told


@pytest.mark.parametrize("name", facts.schema("flow")["properties"])
def test_a_key_at_the_top_is_in_the_table_of_keys(name: str) -> None:
    assert name in [each for cell, _ in rows("key | what it is") for each in code(cell)]


@pytest.mark.parametrize("name", [*facts.ACTIONS, "connect"])
def test_an_action_of_the_nccos_is_in_the_table_of_actions(name: str) -> None:
    assert name in [each for row in rows("action | short form | what comes after it") for each in code(row[0])]


@pytest.mark.parametrize("name", ["phone", "sip", "app", "vbc", "websocket"])
def test_an_endpoint_is_in_the_table_of_endpoints_and_shown(name: str) -> None:
    assert name in [each for row in rows("endpoint | short form | at length") for each in code(row[0])]
    assert _shown(name)


@pytest.mark.parametrize("status", parts()["connect"]["properties"]["when"]["properties"])
def test_an_outcome_of_a_connect_is_told(status: str) -> None:
    assert f"`{status}`" in PAGE.partition("\n## Connect\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_of_params_is_in_the_table_of_types_and_shown(kind: str) -> None:
    assert kind in [each for cell, _ in rows("type | its values") for each in code(cell)]
    assert any(f"type: {kind}" in each.text for each in EXAMPLES if each.rule is None)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_is_in_the_table_of_filters(name: str) -> None:
    assert any(f"| {name}" in row[0] for row in rows("expression | in plain text | in SSML"))


def test_every_format_of_a_date_is_told() -> None:
    assert set(DATE_FORMATS) <= set(code(next(line for line in PAGE.splitlines() if line.startswith("- `date` takes"))))


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_name_that_no_step_may_have_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("are no names of steps")[0].rpartition("\n\n")[2]


# What only a call knows


def _read() -> list[str]:
    """The names of the table of names."""
    return [each for cell, _ in rows("name | what it is") for each in code(cell)]


@pytest.mark.parametrize("name", [*(f"call.{each}" for each in CALL_PARTS), "vars", "hours", *SINGLE])
def test_a_name_of_a_call_is_in_the_table_of_names(name: str) -> None:
    assert any(re.match(rf"{re.escape(name)}\b", each) for each in _read())


@pytest.mark.parametrize("name", _read())
def test_a_name_of_the_table_can_be_read_in_a_call(name: str) -> None:
    hours = "timezone: UTC\nhours: {NAME: {open: {mon: 09:00-17:00}}}\n"
    result = compile(f'flow: a\n{hours}steps: {{main: [{{set: {{NAME: 1}}}}, {{talk: "A {{{{ {name} }}}}"}}]}}\n')
    assert result.diagnostics == []


@pytest.mark.parametrize(("days", "what"), rows("in `open` | what it is"))
def test_a_form_of_opening_hours_is_one(days: str, what: str) -> None:
    for each in [*code(days), *(form for form in code(what) if form == "[]")]:
        form = f"mon: {each}" if ":" in each or each in ("closed", "[]") else f"{each}: 09:00-10:00"
        hours = f"hours: {{a: {{open: {{{form}, 2035-12-01: 09:00-10:00}}}}}}"
        result = compile(f"flow: a\ntimezone: UTC\n{hours}\nsteps: {{main: {{talk: A}}}}\n")
        assert result.diagnostics == [], each


# Hosts

_HOSTED = rows(f"needed | for | {' | '.join(f'`{name}`' for name in HOSTS)} | rule")
_NEEDS = {rule.name: need for need, (rule, _) in unhosted._RULES.items()}


@pytest.mark.parametrize("row", _HOSTED, ids=lambda row: str(row[0]))
def test_a_host_can_what_the_table_says(row: list[str]) -> None:
    *_, rule = row
    need = "file" if rule == "none" else _NEEDS[rule.strip("`")]
    assert row[2:-1] == ["yes" if need in host.can else "no" for host in HOSTS.values()]


def test_every_need_is_in_the_table() -> None:
    assert {rule.strip("`") for *_, rule in _HOSTED} - {"none"} == set(_NEEDS)
    assert {*_NEEDS.values(), "file"} == set(get_args(needs.Kind))


_FOR = {
    "talk": "{talk: A}",
    "stream": '{stream: "https://example.com/a.mp3"}',
    "record": "{record: {endOnSilence: 3}}",
    "conversation": "{conversation: a}",
    "connect": "{connect: {phone: 447700900100}}",
    "onAnswer": "{connect: {phone: 447700900100, onAnswer: A}}",
    "notify": "{notify: {payload: {}, eventUrl: https://example.com}}",
    "language": "[{language: fr-FR}, {talk: A}]",
    "menu": "{menu: {prompt: A, options: {1: end}, otherwise: end}}",
    "input": "{input: {prompt: A, otherwise: end}}",
    "otherwise": "{connect: {phone: 447700900100, otherwise: end}}",
    "when": "{connect: {phone: 447700900100, when: {busy: end}}}",
    "say": "{menu: {prompt: A, options: {1: {say: one, goto: end}}, otherwise: end}}",
    "speech": "{input: {prompt: A, speech: {}, otherwise: end}}",
    "call.*": '{talk: "{{ call.from }}"}',
    "hours.*": '{talk: "{{ hours.a }}"}',
    "now": '{talk: "{{ now }}"}',
    "today": '{talk: "{{ today }}"}',
    "random": '{talk: "{{ random }}"}',
    "vars.*": '[{set: {a: 1}}, {talk: "{{ vars.a }}"}]',
    "save": "[{input: {prompt: A, save: a, otherwise: end}}, {talk: A}]",
    "set": "[{set: {a: 1}}, {talk: A}]",
    "pattern": "[{input: {prompt: A, pattern: '1', otherwise: end}}, {talk: A}]",
    "confidence": '{talk: "{{ confidence }}"}',
    "noMatch": "[{input: {prompt: A, otherwise: end}}, {goto: noMatch}]",
    "run": "[{run: vm}, {talk: A}]",
    "request": "[{request: {url: https://example.com, otherwise: end}}, {talk: A}]",
}
"""A step in which each of the constructs of the table stands."""


def test_each_construct_of_the_table_is_tried() -> None:
    assert [each for row in _HOSTED for each in code(row[1])] == [*_FOR]


@pytest.mark.parametrize(("construct", "step"), _FOR.items())
def test_a_construct_needs_what_the_table_says(construct: str, step: str) -> None:
    top = "flow: a\nvoice: [{language: en-GB}, {language: fr-FR}]\nuse: {vm: vm.flow.yml}\n"
    hours = "timezone: UTC\nhours: {a: {open: {mon: 09:00-17:00}}}\n"
    text = f"{top}{hours}steps:\n  main: {step}\n  end: {{talk: A}}\n"
    result = compile(text, read=lambda path: "flow: vm\nsteps: {main: {talk: A}}\n")
    assert result.program is not None, result.diagnostics
    (rule,) = [row[-1].strip("`") for row in _HOSTED if construct in code(row[1])]
    wanted = {each.need for each in needs.needs(result.program)}
    assert _NEEDS[rule] in wanted if rule != "none" else wanted == {"file"}


# What cannot be done


@pytest.mark.parametrize(
    ("words", "instead"), [(words, told) for _, words, told in rows("wish | words | what there is")]
)
def test_who_types_such_a_word_is_told_what_there_is(words: str, instead: str) -> None:
    for word in code(words):
        hints = [elsewhere.meant(word, raw=raw) for raw in (False, True)]
        assert hints[0] is not None and hints[0] == hints[1] and set(code(instead)) <= set(code(hints[0])), word


def test_every_word_for_what_cannot_be_done_is_told() -> None:
    told = {each for _, words, _ in rows("wish | words | what there is") for each in code(words)}
    for words, why in impossible.WORDS.items():
        assert any(elsewhere.meant(each, raw=True) == why for each in told), words


# The page itself


def test_every_rule_that_is_named_exists() -> None:
    known = by_name()
    assert {each.rule for each in EXAMPLES if each.rule} <= known.keys()
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", prose))
    assert named - known.keys() == {"mon-fri", "sat-mon", "say-as"}


def test_every_link_leads_to_a_heading() -> None:
    headings = {_anchor(found[1]) for found in re.finditer(r"^#+ (.+)$", PAGE, re.MULTILINE)}
    assert {found[1] for found in re.finditer(r"\]\(#([^)]+)\)", PAGE)} <= headings


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
