"""`docs/language.md` is true: its examples compile to what it shows, its tables hold, and nothing is left out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from examples import DOCUMENTS, EXAMPLES, PAGE, Block, blocks, code, compiled, rows

from flowc.compiler import compile
from flowc.language import facts, limits, tokens
from flowc.language.expression import EXPRESSIONS_LIMIT
from flowc.language.naming import RESERVED
from flowc.language.params import TYPES
from flowc.language.scope import OF_A_CALL
from flowc.program import kinds
from flowc.program.files import MOST_ACTIONS, MOST_BYTES, files
from flowc.program.filters import DATE_FORMATS, FILTERS
from flowc.rules import by_name
from flowc.text import characters, yaml
from flowc.text.source import Source

NOT_YET = PAGE.partition("\n## Not yet\n")[2]
BASE_URL = "https://ivr.example.com"


def _line(block: Block) -> str:
    return f"line {block.line}"


# Examples


def test_every_block_is_a_kind_that_is_tested() -> None:
    parts = {" ".join(word for word in each.info if "=" not in word) for each in EXAMPLES}
    assert parts == {"yaml", "yaml steps", "yaml actions"}
    assert {each.info[0] for each in blocks()} == {"yaml", "json", "sh"}
    assert PAGE.count("```") == 2 * len([*blocks()])


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
]
"""A step, and the names of the table that it makes."""


@pytest.mark.parametrize(("step", "names"), PLACES)
def test_a_place_has_the_name_that_the_table_gives_it(step: str, names: set[str]) -> None:
    other = "" if step.startswith("main") else "  main: {talk: Hello.}\n"
    result = compile(f"flow: example\nfailure: {{talk: F}}\nsteps:\n  {step}\n{other}  end: {{talk: Goodbye.}}\n")
    assert result.program is not None, result.diagnostics
    assert names <= result.program.documents.keys()


def test_every_name_of_the_table_of_names_is_made() -> None:
    told = {name for cell, _ in rows("name | where it begins") for name in code(cell)}
    assert told == set().union(*(names for _, names in PLACES))


def test_the_limits_are_those_that_hold() -> None:
    held = {limits.MOST_DOCUMENTS, MOST_ACTIONS, characters.DEEPEST, characters.MOST_PIECES, kinds.NUMBER_LIMIT}
    held |= {kinds.TEXT_LIMIT, kinds.LIST_LIMIT, EXPRESSIONS_LIMIT, tokens.TOKEN_LIMIT, tokens.NESTING_LIMIT}
    told = " ".join(most for _, most in rows("what | at most"))
    assert {f"{each:,}" for each in held} <= set(re.findall(r"[0-9][0-9,]*[0-9]", told))
    assert f"{MOST_BYTES // 1024} kB" in told


# Nothing is left out


def parts() -> dict[str, dict[str, Any]]:
    return dict(facts.schema("flow")["$defs"])


def _shown(name: str) -> bool:
    """Whether an example that compiles has a key of this name."""
    return any(re.search(rf"(?<![\w-]){re.escape(name)}: ?", each.text) for each in EXAMPLES if each.rule is None)


def _words(part: str) -> list[str]:
    return [*parts()[part]["properties"]]


@pytest.mark.parametrize("name", [*_words("actions"), *_words("question"), *_words("input"), *_words("connect")])
def test_an_action_or_a_field_is_shown_or_stands_under_not_yet(name: str) -> None:
    assert _shown(name) or f"`{name}`" in NOT_YET or name in _OF_THE_REFERENCE


_OF_THE_REFERENCE = {"randomFromNumber", "limit", "machineDetection", "ringbackTone", "eventMethod"}
"""Fields of a `connect` and of a question that mean what the reference says: the page speaks of them as one."""


@pytest.mark.parametrize("name", facts.schema("flow")["properties"])
def test_a_key_at_the_top_is_in_the_table_of_keys_or_stands_under_not_yet(name: str) -> None:
    told = [each for cell, _ in rows("key | what it is") for each in code(cell)]
    assert name in told or f"`{name}`" in NOT_YET


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


# Not yet


def _refused() -> str:
    """All that is said of the examples under "Not yet"."""
    later = [each for each in EXAMPLES if each.rule == "not-yet"]
    assert all(each.text in NOT_YET for each in later)
    return "\n".join(diagnostic.message for each in later for diagnostic in compiled(each).diagnostics)


@pytest.mark.parametrize("row", [cell for cell, _ in rows("construct | what it will be")])
def test_a_construct_under_not_yet_is_refused(row: str) -> None:
    said = _refused()
    plain = {"a list in `voice`": "several languages", "a prompt in several languages": "a prompt in several languages"}
    assert all(re.search(rf"`{word}[`.]", said) for word in code(row)) if row not in plain else plain[row] in said


@pytest.mark.parametrize("name", sorted(OF_A_CALL))
def test_a_name_that_belongs_to_a_call_stands_under_not_yet(name: str) -> None:
    assert f"`{name}`" in "".join(line for line in NOT_YET.splitlines() if "in expressions" in line)


# The page itself


def test_every_rule_that_is_named_exists() -> None:
    known = by_name()
    assert {each.rule for each in EXAMPLES if each.rule} <= known.keys()
    assert {"endless-document", "endless", "unhosted-words", "not-yet"} <= known.keys()


def test_every_link_leads_to_a_heading() -> None:
    headings = {_anchor(found[1]) for found in re.finditer(r"^#+ (.+)$", PAGE, re.MULTILINE)}
    assert {found[1] for found in re.finditer(r"\]\(#([^)]+)\)", PAGE)} <= headings


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
