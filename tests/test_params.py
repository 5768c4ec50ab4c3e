"""Params: what a flow declares, and what the project, the environment and the command line bind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import data

from flowc.language.reading.bindings import Unfit, read
from flowc.language.reading.params import RULES, TYPES, Param, bind, declared, from_environment, strays
from flowc.program.kinds import TEXT_LIMIT, Url
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source


def declare(text: str) -> tuple[dict[str, Param], list[Diagnostic]]:
    said: list[Diagnostic] = []
    document = yaml.read(Source("f.flow.yml", "params:\n" + text), said.append)
    assert document is not None
    return declared(document, said.append), said


def seen(diagnostic: Diagnostic) -> tuple[str, str, str, str | None]:
    """Code, the characters it points at, message and hint."""
    start, end = diagnostic.span
    return diagnostic.rule.code, diagnostic.source.text[start:end], diagnostic.message, diagnostic.hint


@pytest.mark.parametrize(
    ("kind", "given_value", "value"),
    [
        ("text", "Hello", "Hello"),
        ("text", "", ""),
        ("text", 20, "20"),
        ("text", 2.5, "2.5"),
        ("number", "2.5", 2.5),
        ("number", "-2", -2),
        ("number", "1e3", 1000),
        ("number", 7, 7),
        ("integer", "20", 20),
        ("integer", " 20 ", 20),
        ("integer", "+20", 20),
        ("integer", 20.0, 20),
        ("integer", "007", 7),
        ("boolean", "true", True),
        ("boolean", "False", False),
        ("boolean", True, True),
        ("phone", "447700900100", "447700900100"),
        ("phone", 447700900100, "447700900100"),
        ("phone", "+44 7700 900100", "447700900100"),
        ("phone", "+1-212-555-0100", "12125550100"),
        ("url", "https://example.com", "https://example.com"),
        ("url", "http://example.com:8080/a?b=c#d", "http://example.com:8080/a?b=c#d"),
        ("url", "wss://example.com/bot", "wss://example.com/bot"),
        ("url", "https://$HOST/a", "https://$HOST/a"),
        ("url", "https://bücher.example/ü", "https://bücher.example/ü"),
        ("choice", "red", "red"),
        ("choice", 7, "7"),
        ("list", "a, b,c", ["a", "b", "c"]),
        ("list", "", []),
        ("list", '["a, b", 2, true]', ["a, b", 2, True]),
        ("list", ["a", 1], ["a", 1]),
        ("secret", "hush", "hush"),
    ],
)
def test_a_value_is_read_by_the_type_of_its_param(kind: str, given_value: object, value: object) -> None:
    found = read(kind, ("red", "7"), given_value)
    assert found == value
    assert type(found) is (Url if kind == "url" else type(value))


UNFIT = [
    ("text", True, "is true, not a text", "put it in quotes"),
    ("text", ["a"], "is a list, not a text", None),
    ("text", "\ud800", "holds bytes that are no text", "write it in UTF-8"),
    ("text", "x" * (TEXT_LIMIT + 1), "is longer than 6,000 characters", "write it into the flow, as several texts"),
    ("number", "many", "is `many`, not a number", "such as `20` or `2.5`"),
    ("number", "1e999", "is `1e999`, not a number", "such as `20` or `2.5`"),
    ("number", True, "is `true`, not a number", "such as `20` or `2.5`"),
    ("number", "", "is empty, not a number", "such as `20` or `2.5`"),
    ("number", "٣", "is `٣`, not a number", "such as `20` or `2.5`"),
    ("integer", "2.5", "is `2.5`, not a whole number", "such as `20`"),
    ("integer", "9" * 400, f"is `{'9' * 37}…`, not a whole number", "such as `20`"),
    ("boolean", "yes", "is `yes`, neither true nor false", "write `true` or `false`"),
    ("boolean", 1, "is `1`, neither true nor false", "write `true` or `false`"),
    (
        "phone",
        "07700 900100",
        "is `07700 900100`, not a phone number",
        "begin with the country code in place of the `0`, such as `447700900100`",
    ),
    ("phone", "00447700900100", "is `00447700900100`, not a phone number", "without the `00`: `447700900100`"),
    ("phone", "44 7700 900100", "is `44 7700 900100`, not a phone number", "write `447700900100`"),
    ("phone", "+44 (0)7700 900100", "is `+44 (0)7700 900100`, not a phone number", "such as `447700900100`"),
    ("phone", "٤٤٧٧٠٠٩٠٠١٠٠", "is `٤٤٧٧٠٠٩٠٠١٠٠`, not a phone number", "such as `447700900100`"),
    ("phone", "999", "is `999`, not a phone number", "such as `447700900100`"),
    ("url", "example.com/a", "is `example.com/a`, not a full URL", "write `https://example.com/a`"),
    ("url", "ftp://example.com", "is `ftp://example.com`, not a full URL", "such as `https://example.com/`"),
    ("url", "https:///a", "is `https:///a`, not a full URL", "such as `https://example.com/`"),
    ("url", "https://a b", "is `https://a b`, not a full URL", "such as `https://example.com/`"),
    (
        "url",
        "https://a\n",
        "is a text with characters that cannot be seen, not a full URL",
        "such as `https://example.com/`",
    ),
    (
        "url",
        "https://h:99999",
        "is `https://h:99999`: `:99999` is no port",
        "write `https://h/`, or a port from 1 to 65535",
    ),
    (
        "url",
        "https://jo:pw@h..",
        "is no URL of a server: `h..` is no host: nothing stands before one of its dots",
        "write `https://h`",
    ),
    ("url", 3, "is a number, not a URL", "such as `https://example.com/`"),
    ("choice", "green", "is `green`, none of its choices", "one of `red`, `7`"),
    ("list", 3, "is `3`, not a list", "such as `[a, b]`, or on a command line `a,b`"),
    ("list", "[1,", "is `[1,`, not a list", "such as `[a, b]`, or on a command line `a,b`"),
    ("list", [["a"]], "holds a list, which is no item of a list", None),
    ("list", [None], "holds nothing, which is no item of a list", None),
    ("list", ["x"] * 1001, "has more than 1,000 items", None),
    ("secret", "", "is no text that could be a secret", "put it in quotes"),
    ("secret", 12345, "is no text that could be a secret", "put it in quotes"),
]


@pytest.mark.parametrize(("kind", "given_value", "why", "hint"), UNFIT)
def test_a_value_that_does_not_fit_is_told_why(kind: str, given_value: object, why: str, hint: str | None) -> None:
    assert read(kind, ("red", "7"), given_value) == Unfit(why, hint)


def test_every_type_is_in_both_tables() -> None:
    assert {kind for kind, *_ in UNFIT} == set(TYPES)


@given(st.sampled_from(TYPES), data | st.text())
def test_any_value_fits_or_does_not(kind: str, value: object) -> None:
    fitted = read(kind, ("a",), value)
    if not isinstance(fitted, Unfit):
        assert read(kind, ("a",), fitted) == fitted


def test_params_are_declared_with_their_places() -> None:
    params, said = declare(
        "  agents: {type: phone, default: 447700900100, description: who answers}\n"
        "  greeting: {default: 1.10}\n"
        "  team: {type: choice, choices: [red, 7], default: 7}\n"
        "  site: {type: url, default: https://example.com}\n"
        "  open: {type: list}\n"
    )
    assert not said
    assert [(each.name, each.type, each.default) for each in params.values()] == [
        ("agents", "phone", "447700900100"),
        ("greeting", "text", "1.10"),
        ("team", "choice", "7"),
        ("site", "url", "https://example.com"),
        ("open", "list", None),
    ]
    assert isinstance(params["site"].default, Url)
    assert params["team"].choices == ("red", "7")
    assert params["agents"].description == "who answers"
    assert params["agents"].place.span == (10, 16)


@pytest.mark.parametrize("text", ["", "flow: x", "params: 3", "params:", "- a"])
def test_what_declares_no_params_declares_none(text: str) -> None:
    document = yaml.read(Source("f", text or "a: 1"), lambda _: None)
    assert document is not None
    assert declared(document, lambda _: None) == {}


DECLARED_WRONG = [
    ("  a: {type: choice}", ("E251", "choice", "`a` is a choice of nothing", "add `choices: [a, b]`")),
    ("  a: {type: choice, choices: []}", ("E251", "choice", "`a` is a choice of nothing", "add `choices: [a, b]`")),
    (
        "  a: {type: text, choices: [x]}",
        ("E251", "choices", "`a` is of type `text`, for which choices mean nothing", "write `type: choice`"),
    ),
    (
        "  a: {type: integer, default: soon}",
        ("E252", "soon", "the default of `a` is `soon`, not a whole number", "such as `20`"),
    ),
    (
        "  a: {type: choice, choices: [x], default: y}",
        ("E252", "y", "the default of `a` is `y`, none of its choices", "one of `x`"),
    ),
    (
        "  a: {type: secret, default: hush}",
        ("W250", "hush", "whoever reads the flow reads the secret `a`", "bind it from outside: `FLOWC_PARAM_A`"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), DECLARED_WRONG)
def test_a_wrong_declaration_is_said_at_its_place(text: str, expected: tuple[str, str, str, str]) -> None:
    params, said = declare(text)
    assert [seen(each) for each in said] == [expected]
    assert all(each.default in (None, "hush") for each in params.values())


def test_every_rule_about_params_has_a_table_here() -> None:
    assert {rule.code for rule in RULES} - {"E253"} == {expected[0] for _, expected in DECLARED_WRONG}


PARAMS = "  a: {type: text, default: d}\n  n: {type: integer}\n  key: {type: secret}\n"


def test_the_last_layer_that_binds_a_param_wins() -> None:
    params, _ = declare(PARAMS)
    said: list[Diagnostic] = []
    assert bind(params, [], said.append) == {"a": "d"}
    layers = [
        ("the project file", {"a": "p", "n": 1}),
        ("the site", {"n": 2, "other": 3}),
        ("`--param`", {"a": "c", "n": None}),
    ]
    assert bind(params, layers, said.append) == {"a": "c", "n": 2}
    assert not said


def test_a_value_that_does_not_fit_is_said_at_the_param_with_where_it_comes_from() -> None:
    params, _ = declare(PARAMS)
    said: list[Diagnostic] = []
    bound = bind(params, [("`--param`", {"n": "soon", "key": 12345})], said.append)
    assert bound == {"a": "d"}
    assert {seen(each) for each in said} == {
        ("E253", "n", "the value of `n` from `--param` is `soon`, not a whole number", "such as `20`"),
        ("E253", "key", "the value of `key` from `--param` is no text that could be a secret", "put it in quotes"),
    }


@pytest.mark.parametrize("value", [12345678, ["hush-hush"], "hush-hush\ud800", "hush-hush" * 1000, {"hush-hush": 1}])
def test_the_value_of_a_secret_is_never_said(value: object) -> None:
    params, _ = declare(PARAMS)
    said: list[Diagnostic] = []
    bind(params, [("`--param`", {"key": value})], said.append)
    assert said
    assert not any("hush" in f"{each.message}{each.hint}" or "1234" in each.message for each in said)


def test_values_for_params_that_no_flow_declares_are_told() -> None:
    params, _ = declare(PARAMS + "  agents: {type: phone}\n")
    told = list(strays(params, [("the site `staging`", {"agent": 1, "a": 2}), ("`--param`", {"zzzzzz": "x"})]))
    assert told == [
        ("there is no param `agent`, which the site `staging` binds", "did you mean `agents`?"),
        ("there is no param `zzzzzz`, which `--param` binds", None),
    ]


def test_the_environment_binds_params_by_their_names_in_either_case() -> None:
    environ = {
        "FLOWC_PARAM_CALLER_ID": "1",
        "FLOWC_PARAM_n": "2",
        "FLOWC_PARAM_N": "3",
        "FLOWC_PARAM_TYPO": "4",
        "FLOWC_DEBUG": "1",
        "PATH": "/bin",
    }
    assert from_environment(environ, {"caller_id": None, "n": None}) == {
        "caller_id": "1",
        "n": "2",
        "N": "3",
        "TYPO": "4",
    }
