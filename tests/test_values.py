"""Values: what expressions make of them, and how they stand in a text, in SSML and in a URL."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import bindings, data, leaves, modes, path, templates

from flowc.language.schema import facts
from flowc.program.evaluate import STEP_LIMIT, evaluate
from flowc.program.filters import DATE_FORMATS, FILTERS, Filter, apply
from flowc.program.kinds import LIST_LIMIT, TEXT_LIMIT, Spoken, Url, holds, less, number, same, text
from flowc.program.spelling import written
from flowc.program.values import Template, fill, fit, fold, open_params

NAMES = {"params": {"a": "x", "n": 3, "f": 2.5, "t": True, "l": ["a", 1, None], "m": {"k": {"j": 7}}, "z": 0, "e": ""}}


def lit(value: object) -> tuple[object, ...]:
    return ("lit", value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (lit(None), None),
        (lit("a"), "a"),
        (path("n"), 3),
        (path("missing"), None),
        (("path", "nobody", "x"), None),
        (("path", "params", "m", "k", "j"), 7),
        (("path", "params", "a", "b"), None),
        (("list", lit(1), path("a")), [1, "x"]),
        (("item", path("l"), lit(0)), "a"),
        (("item", path("l"), lit(-2)), 1),
        (("item", path("l"), lit(9)), None),
        (("item", path("l"), lit(True)), None),
        (("item", path("m"), lit("k")), {"j": 7}),
        (("item", path("a"), lit(0)), "x"),
        (("slice", lit("abcdef"), lit(1), lit(3), lit(None)), "bc"),
        (("slice", lit("abc"), lit(None), lit(None), lit(-1)), "cba"),
        (("slice", lit("abc"), lit(None), lit(None), lit(0)), None),
        (("slice", path("n"), lit(0), lit(1), lit(1)), None),
        (("if", path("t"), lit("y"), lit("n")), "y"),
        (("if", path("z"), lit("y")), None),
        (("and", path("t"), path("n")), 3),
        (("and", path("z"), path("n")), 0),
        (("or", path("e"), path("missing"), lit("last")), "last"),
        (("not", path("missing")), True),
        (("neg", path("n")), -3),
        (("pos", lit("x")), None),
        (("+", path("n"), lit(4)), 7),
        (("+", lit("a"), lit("b")), None),
        (("+", path("t"), lit(1)), None),
        (("-", lit(1), path("missing")), None),
        (("*", lit("ab"), lit(1000)), None),
        (("*", lit(2**40), lit(2**40)), None),
        (("/", lit(6), lit(2)), 3),
        (("/", lit(1), lit(0)), None),
        (("//", lit(7), lit(2)), 3),
        (("%", lit(-7), lit(3)), 2),
        (("%", lit(7), lit(0.0)), None),
        (("~", lit("a"), lit(1), lit(None), lit(True)), "a1true"),
        (("**", lit(9), lit(9)), None),
        (("nonsense",), None),
        ([], None),
        (42, None),
        (["filter", "upper", ["lit", "a"]], "A"),
        (("filter", "nobody", lit("a")), None),
        (("filter", "upper", lit("a"), lit("too many")), None),
    ],
)
def test_an_expression_has_a_value(expression: object, value: object) -> None:
    found = evaluate(expression, NAMES)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("left", "word", "right", "holds_true"),
    [
        (1, "==", 1.0, True),
        (1, "==", "1", False),
        (1, "==", True, False),
        (None, "==", None, True),
        (None, "==", "", False),
        (None, "!=", 0, True),
        (None, "<", 1, False),
        (None, ">=", None, False),
        (1, "<=", 1, True),
        (2, "<", 10, True),
        ("2", "<", "10", False),
        ("2", "<", 10, False),
        (True, "<", 2, False),
        ([1], "<", [2], False),
        ([1, "a"], "==", [1, "a"], True),
        ([1], "==", [True], False),
        ({"a": [1]}, "==", {"a": [1]}, True),
        ("a", "in", "bar", True),
        (None, "in", "none", False),
        (1, "in", [True, "1"], False),
        (None, "in", [None], True),
        ("k", "in", {"k": 0}, True),
        ("x", "notin", "bar", True),
        ("x", "is", "x", False),
    ],
)
def test_a_comparison_holds_or_not(left: object, word: str, right: object, holds_true: bool) -> None:
    assert evaluate(("compare", lit(left), word, lit(right)), {}) is holds_true


def test_a_comparison_goes_on() -> None:
    assert evaluate(("compare", lit(1), "<", path("n"), "<=", lit(3)), NAMES) is True
    assert evaluate(("compare", lit(1), "<", path("n"), "<", lit(3)), NAMES) is False


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        (None, ""),
        (True, "true"),
        (3, "3"),
        (3.0, "3"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (10**400, ""),
        (float("nan"), ""),
        (float("inf"), ""),
        (["a", 1, None, [2]], "a, 1, , 2"),
        ({"a": 1}, ""),
        ("a\ud800b", "ab"),
    ],
)
def test_a_value_stands_in_a_text(value: object, spelt: str) -> None:
    assert text(value) == spelt


def _say(kind: str, content: str, form: str = "") -> str:
    return f'<say-as interpret-as="{kind}"{form}>{content}</say-as>'


SPOKEN = [
    ("digits", "0123", [], "0 1 2 3", _say("digits", "0123")),
    ("digits", 447, [], "4 4 7", _say("digits", "447")),
    ("digits", "+44 (0)20-7", [], "4 4 0 2 0 7", _say("digits", "440207")),
    ("digits", "AB1", [], "A B 1", _say("digits", "AB1")),
    ("digits", " - ", [], None, None),
    ("spell", "A-1 <", [], "A - 1 <", _say("character", "A-1&lt;")),
    ("spell", "", [], None, None),
    ("number", "0042", [], "42", _say("cardinal", "42")),
    ("number", 2.0, [], "2", _say("cardinal", "2")),
    ("number", 2.345, [2], "2.35", _say("cardinal", "2.35")),
    ("number", -0.001, [2], "0.00", _say("cardinal", "0.00")),
    ("number", "many", [], None, None),
    ("number", 1, ["x"], None, None),
    ("date", "2026-12-25", [], "2026-12-25", _say("date", "20261225", ' format="yyyymmdd"')),
    ("date", "2026-12-25T09:00", ["dmy"], "25-12-2026", _say("date", "25-12-2026", ' format="dmy"')),
    ("date", "2026-02-30", [], None, None),
    ("date", "tomorrow", [], None, None),
    ("date", "2026-12-25", ["nobody"], None, None),
    ("time", "17:30:59", [], "17:30", _say("time", "17:30")),
    ("time", "2026-12-25T07:05:00Z", [], "07:05", _say("time", "07:05")),
    ("time", "25:00", [], None, None),
    ("phone", "447700900100", [], "4 4 7, 7 0 0, 9 0 0, 1 0 0", _say("telephone", "447700900100")),
    ("phone", "nobody", [], None, None),
]


@pytest.mark.parametrize(("name", "value", "arguments", "plain", "ssml"), SPOKEN)
def test_a_speaking_filter_has_two_forms(
    name: str, value: object, arguments: list[object], plain: str | None, ssml: str | None
) -> None:
    made = apply(name, value, arguments)
    assert made == plain
    assert (made.ssml if isinstance(made, Spoken) else None) == ssml


@pytest.mark.parametrize(
    ("name", "value", "arguments", "made"),
    [
        ("money", 12.5, ["GBP"], "£12.50"),
        ("money", "3", ["€"], "€3.00"),
        ("money", 3, ["CHF"], "3.00 CHF"),
        ("money", 3.456, [], "3.46"),
        ("money", -3, ["USD"], "-$3.00"),
        ("money", 1200, ["JPY"], "¥1200"),
        ("money", "lots", [], None),
        ("money", 1, [1], None),
        ("upper", "straße", [], "STRASSE"),
        ("lower", "ÀB", [], "àb"),
        ("upper", 3, [], "3"),
        ("trim", "  a b\n", [], "a b"),
        ("default", None, ["x"], "x"),
        ("default", None, [], ""),
        ("default", "", ["x"], ""),
        ("default", "", ["x", True], "x"),
        ("default", 0, [7, True], 7),
        ("length", "abc", [], 3),
        ("length", [1, 2], [], 2),
        ("length", {"a": 1}, [], 1),
        ("length", 3, [], None),
        ("round", 2.5, [], 3),
        ("round", -2.5, [], -3),
        ("round", 2.675, [2], 2.68),
        ("round", "2.4", [], 2),
        ("round", 1, [99], None),
        ("int", "0042", [], 42),
        ("int", -2.9, [], -2),
        ("int", "2.9", [], 2),
        ("int", "x", [], None),
        ("int", "9" * 5000, [], None),
        ("join", ["a", 1, None], ["-"], "a-1-"),
        ("join", "abc", ["-"], "abc"),
        ("join", 3, [], "3"),
    ],
)
def test_a_filter_makes_a_value(name: str, value: object, arguments: list[object], made: object) -> None:
    found = apply(name, value, arguments)
    assert (found, type(found)) == (made, type(made))


@pytest.mark.parametrize("name", [each for each in FILTERS if each != "default"])
def test_none_stays_none_in_every_filter_but_default(name: str) -> None:
    assert apply(name, None, []) is None


def test_speaking_filters_speak_as_the_facts_say() -> None:
    attributes = facts.ssml()["say-as"]["attributes"]
    spoken = [ElementTree.fromstring(ssml).attrib for *_, ssml in SPOKEN if ssml]
    assert {each["interpret-as"] for each in spoken} <= set(attributes["interpret-as"]["enum"])
    assert set(DATE_FORMATS) == set(attributes["format"]["enum"])


def test_every_filter_is_in_a_table_here_and_has_words() -> None:
    assert {each[0] for each in SPOKEN} | {"money", "upper", "lower", "trim", "default", "length"} | {
        "round",
        "int",
        "join",
    } == set(FILTERS)
    assert all(isinstance(each, Filter) for each in FILTERS.values())


def test_what_grows_is_cut() -> None:
    long = "x" * TEXT_LIMIT
    assert len(str(evaluate(("~", lit(long), lit(long)), {}))) == TEXT_LIMIT
    assert len(text([long] * 1000)) == TEXT_LIMIT
    assert len(str(apply("join", ["ab"] * 10**6, ["-"]))) <= TEXT_LIMIT
    assert len(str(apply("digits", "1" * 10**6, []))) <= TEXT_LIMIT
    assert len(str(apply("upper", "ß" * TEXT_LIMIT, []))) == TEXT_LIMIT
    found = evaluate(("slice", lit(list(range(10**5))), lit(None), lit(None), lit(None)), {})
    assert isinstance(found, list)
    assert len(found) == LIST_LIMIT


def test_a_tree_that_shares_its_branches_ends() -> None:
    tree: tuple[object, ...] = lit(1)
    for _ in range(60):
        tree = ("+", tree, tree)
    assert evaluate(tree, {}) is None
    assert STEP_LIMIT < 10**6


def test_a_whole_template_keeps_the_type_of_its_value() -> None:
    assert fill(Template((path("n"),)), NAMES) == 3
    assert fill(Template((path("t"),)), NAMES) is True
    assert fill(Template((path("missing"),)), NAMES) is None
    assert fill(Template((path("l"),)), NAMES) == ["a", 1, None]
    assert fill(Template((path("n"), " ")), NAMES) == "3 "
    assert type(fill(Template((("filter", "digits", path("n")),)), NAMES)) is str


def test_values_in_ssml_are_escaped() -> None:
    template = Template(("<speak>Hi ", path("x"), "</speak>"))
    evil = "</speak><audio src='http://169.254.169.254/'>&\x00\x1b\uffff\ud800"
    assert fill(template, {"params": {"x": evil}}, ssml=True) == (
        "<speak>Hi &lt;/speak&gt;&lt;audio src='http://169.254.169.254/'&gt;&amp;</speak>"
    )


@pytest.mark.parametrize(
    ("before", "after", "filled"),
    [
        ('<break time="', '"/>', "&quot;&gt;&lt;x y=&#39;1&#39;/"),
        ("<break time='", "'/>", "&quot;&gt;&lt;x y=&#39;1&#39;/"),
        ("<break ", "/>", ""),
        ("<", "/>", ""),
        ('<p a="\'>">', "</p>", "\"&gt;&lt;x y='1'/"),
    ],
)
def test_a_value_in_a_tag_stays_within_its_quotes(before: str, after: str, filled: str) -> None:
    template = Template((before, path("x"), after))
    assert fill(template, {"params": {"x": "\"><x y='1'/"}}, ssml=True) == before + filled + after


def test_speaking_filters_speak_in_content_only() -> None:
    digits = ("filter", "digits", path("n"))
    template = Template(("<speak><p x='", digits, "'>", ("~", lit("no "), digits), "</p></speak>"))
    filled = fill(template, NAMES, ssml=True)
    assert filled == "<speak><p x='3'>no <say-as interpret-as=\"digits\">3</say-as></p></speak>"
    assert fill(template, NAMES) == "<speak><p x='3'>no 3</p></speak>"


@pytest.mark.parametrize("value", ["<speak>x</speak>", " \n<SPEAK>x", "<speak"])
def test_a_value_does_not_make_a_plain_text_ssml(value: str) -> None:
    for template in (Template((path("x"),)), Template((path("x"), " tail")), Template((" ", path("x")))):
        filled = fill(template, {"params": {"x": value}})
        assert isinstance(filled, str)
        assert not filled.lstrip().lower().startswith("<speak")


def test_the_author_may_write_ssml_in_a_plain_text() -> None:
    assert fill(Template(("<speak>", path("a"))), NAMES) == "<speak>x"


URL = {"params": {"base": Url("https://e.com/a?b=c"), "text": "https://evil/ ü&=", "n": 5}}


@pytest.mark.parametrize(
    ("parts", "filled"),
    [
        (("https://e.com/", path("text")), "https://e.com/https%3A%2F%2Fevil%2F%20%C3%BC%26%3D"),
        ((path("base"), "/x"), "https://e.com/a?b=c/x"),
        ((path("base"),), "https://e.com/a?b=c"),
        ((path("text"),), "https%3A%2F%2Fevil%2F%20%C3%BC%26%3D"),
        (("/", path("base")), "/https%3A%2F%2Fe.com%2Fa%3Fb%3Dc"),
        ((path("missing"), path("base")), "https%3A%2F%2Fe.com%2Fa%3Fb%3Dc"),
        ((("filter", "default", path("missing"), lit("https://e.com")), "/x"), "https://e.com/x"),
        ((("~", path("base"), lit("")), "/x"), "https://e.com/a?b=c/x"),
        ((("~", path("base"), path("text")), "/x"), None),
        (("https://e.com/", path("n")), "https://e.com/5"),
    ],
)
def test_values_in_a_url_are_percent_encoded(parts: tuple[object, ...], filled: str | None) -> None:
    made = fill(Template(parts), URL, url=True)
    assert made == filled if filled else not str(made).startswith("https:")


@pytest.mark.parametrize(
    ("value", "types", "fitted"),
    [
        ("20", ("integer",), 20),
        ("20", ("string",), "20"),
        ("20", ("integer", "string"), "20"),
        ("2.5", ("number",), 2.5),
        ("2.5", ("integer",), "2.5"),
        ("007", ("integer",), "007"),
        ("true", ("boolean",), True),
        ("yes", ("boolean",), "yes"),
        (447700900100, ("string",), "447700900100"),
        (True, ("string",), "true"),
        (True, ("boolean", "string"), True),
        (3, ("integer",), 3),
        (None, ("string",), None),
        (["a"], ("string",), ["a"]),
        ("x", (), "x"),
        (1, (), 1),
    ],
)
def test_a_value_takes_the_type_of_its_field(value: object, types: tuple[str, ...], fitted: object) -> None:
    found = fit(value, types)
    assert (found, type(found)) == (fitted, type(fitted))


@pytest.mark.parametrize(
    ("parts", "spelt"),
    [
        (("a {{ b",), "a {{ '{{' }} b"),
        (("{", path("a")), "{{ '{' }}{{ params.a }}"),
        (("{{{%",), "{{ '{{' }}{{ '{%' }}"),
        (("{",), "{"),
        ((lit("it's\n}} \\"),), "{{ 'it\\'s\\n}} \\\\' }}"),
        ((("path", "params", "a b", "c"),), "{{ params['a b'].c }}"),
        ((("*", ("+", lit(1), lit(2)), lit(-3)),), "{{ (1 + 2) * (-3) }}"),
        (
            (("filter", "digits", ("filter", "default", path("a"), lit("x"))),),
            "{{ (params.a | default('x')) | digits }}",
        ),
        ((("if", path("t"), path("a")),), "{{ params.a if params.t }}"),
        ((("compare", lit(1), "<", path("n"), "notin", ("list", lit(2))),), "{{ 1 < params.n not in [2] }}"),
        ((("slice", path("l"), lit(1), lit(None), lit(None)),), "{{ params.l[1::] }}"),
        ((("not", ("or", path("a"), path("t"))),), "{{ not (params.a or params.t) }}"),
    ],
)
def test_a_template_is_written_as_text(parts: tuple[object, ...], spelt: str) -> None:
    assert written(Template(parts)) == spelt


def test_folding_drops_branches_that_are_no_longer_possible() -> None:
    known = {"params": {"t": True, "a": "x"}}
    assert fold(Template((("if", path("t"), path("a"), path("open")),)), known) == "x"
    assert fold(Template((("or", path("a"), path("open")),)), known) == "x"
    left = fold(Template(("a ", ("and", path("t"), path("open")))), known)
    assert isinstance(left, Template)
    assert list(open_params(left)) == ["open"]
    assert written(left) == "a {{ params.open }}"


# Properties


@given(st.recursive(leaves | st.sampled_from(["lit", "path", *FILTERS]), lambda inner: st.lists(inner, max_size=5)))
def test_any_tree_has_a_value(tree: object) -> None:
    json.dumps(fill(Template((tree if isinstance(tree, list) else ["lit", tree],)), {}), default=str)


@given(data, data)
def test_any_values_compare(left: object, right: object) -> None:
    assert same(left, right) is same(right, left)
    assert not (less(left, right) and less(right, left))
    assert holds([left], left) is same(left, left)
    assert len(text(left)) <= TEXT_LIMIT


@given(st.sampled_from(sorted(FILTERS)), data, st.lists(data, max_size=3))
def test_any_filter_takes_any_value(name: str, value: object, arguments: list[object]) -> None:
    made = apply(name, value, arguments)
    if isinstance(made, Spoken):
        ElementTree.fromstring(made.ssml)


def _strict(value: object) -> object:
    # equality that tells 1 from true, and none of whose numbers is unequal to itself
    return repr(value)


@given(templates, bindings, bindings, modes)
def test_folding_first_changes_nothing(
    template: Template, early: dict[str, object], late: dict[str, object], mode: dict[str, bool]
) -> None:
    late = {name: value for name, value in late.items() if name not in early}
    at_once = fill(template, {"params": early | late}, **mode)
    folded = fold(template, {"params": early}, **mode)
    assert not set(open_params(folded)) & set(early) if isinstance(folded, Template) else True
    in_steps = fill(folded, {"params": late}, **mode) if isinstance(folded, Template) else folded
    assert _strict(in_steps) == _strict(at_once)


@given(st.text(), st.text())
def test_no_value_breaks_ssml(one: str, two: str) -> None:
    template = Template(
        ("<speak><p x='", path("a"), "'>", path("b"), " ", ("filter", "spell", path("b")), "</p></speak>")
    )
    filled = fill(template, {"params": {"a": one, "b": two}}, ssml=True)
    root = ElementTree.fromstring(str(filled))
    assert {each.tag for each in root.iter()} <= {"speak", "p", "say-as"}


@given(st.text())
def test_no_value_leaves_its_part_of_a_url(value: str) -> None:
    filled = str(fill(Template(("https://e.com/", path("a"), "/b")), {"params": {"a": value}}, url=True))
    assert filled.isascii()
    assert not set(filled.removeprefix("https://e.com/").removesuffix("/b")) & set('/?#&="<> \\')


@given(data)
def test_a_number_is_one_that_json_holds(value: object) -> None:
    known = number(value)
    assert known is None or json.loads(json.dumps(known)) == known
