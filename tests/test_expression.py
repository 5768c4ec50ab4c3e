"""Expressions in texts: what is read, what is refused and where, and that nothing in a text is lost or breaks out."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import bindings, modes, templates

from flowc.language.explained.hints import Hints
from flowc.language.expressions.expression import RULES, parse
from flowc.language.expressions.scope import OF_A_CALL, Call, Scope
from flowc.language.reading.params import Param, Type
from flowc.program.filters import FILTERS
from flowc.program.spelling import written
from flowc.program.values import Template, fill, fold, open_params
from flowc.text.diagnostics import Diagnostic
from flowc.text.document import Container, Document, Place
from flowc.text.source import Source, Span


class _Marks:
    """A document that is one text: the offsets of the text are those of the source."""

    def __init__(self, text: str) -> None:
        self.span = Span(0, len(text))

    def key(self, owner: Container, key: str | int) -> Span:
        return self.span

    def value(self, owner: Container, key: str | int) -> Span:
        return self.span

    def whole(self) -> Span:
        return self.span

    def inside(self, owner: Container, key: str | int, start: int, end: int) -> Span:
        return Span(start, end)


def place(text: str) -> Place:
    data: dict[str, object] = {"text": text}
    return Document(Source("<text>", text), data, _Marks(text)).value(data, "text")


def param(name: str, kind: Type) -> Param:
    return Param(name, kind, None, (), None, place(name))


PARAMS = {
    each.name: each
    for each in (
        param("a", "text"),
        param("agents", "phone"),
        param("n", "integer"),
        param("l", "list"),
        param("on", "boolean"),
        param("key", "secret"),
    )
}
SCOPE = Scope(PARAMS)
BOUND = {"params": {"a": "x<y", "agents": "447700900100", "n": 3, "l": ["a", "b"], "on": True}}


def read(text: str, scope: Scope = SCOPE, *, bare: bool = False) -> tuple[Template | None, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return parse(text, place(text), scope, said.append, bare=bare), said


def filled(text: str, names: dict[str, object] | None = None, **mode: bool) -> object:
    template, said = read(text)
    assert not said
    assert template is not None
    return fill(template, BOUND if names is None else names, **mode)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no braces", "no braces"),
        ("", ""),
        ("{ a } b }} c }", "{ a } b }} c }"),
        ("{{ params.a }}", "x<y"),
        ("{{params.a}}!", "x<y!"),
        ("{{ params.n }}", 3),
        ("{{ params.n }} ", "3 "),
        ("{{ params.agents | digits }}", "4 4 7 7 0 0 9 0 0 1 0 0"),
        ("{{ params.a|upper }}{{ params.n }}", "X<Y3"),
        ("{{ params['a'] }}", "x<y"),
        ('{{ params["a"] }}', "x<y"),
        ("{{ params.l[0] }}{{ params.l[-1] }}", "ab"),
        ("{{ params.l[params.n - 3] }}", "a"),
        ("{{ params.agents[:2] }}-{{ params.agents[-3:] }}-{{ 'abcd'[::2] }}", "44-100-ac"),
        ("{{ [1, 'b', none, true, params.n] | join('-') }}", "1-b--true-3"),
        ("{{ 1 }}", 1),
        ("{{ 2.50 }}", 2.5),
        ("{{ 1e3 }}", 1000),
        ("{{ 'it\\'s\\n\\u00e9 \"q\"' }}", 'it\'s\né "q"'),
        ("{{ '}}' }} {{ '{{' }} {{ '{%' }}", "}} {{ {%"),
        ("{{ true }}", True),
        ("{{ none }}", None),
        ("{{ params.n + 1 }}", 4),
        ("{{ 1 + 2 * 3 - 8 / 4 }}", 5),
        ("{{ 7 // 2 }} {{ 7 % 4 }} {{ -params.n }} {{ +1 }}", "3 3 -3 1"),
        ("{{ (1 + 2) * 3 }}", 9),
        ("{{ params.a ~ ' and ' ~ params.n }}", "x<y and 3"),
        ("{{ params.n > 2 and not params.on }}", False),
        ("{{ params.n == 3 or false }}", True),
        ("{{ 1 < params.n <= 3 != 4 >= 2 }}", True),
        ("{{ 'a' in params.l }} {{ 'z' not in params.l }}", "true true"),
        ("{{ 'y' if params.on else 'n' }}", "y"),
        ("{{ 'y' if not params.on }}", None),
        ("{{ 'a' if 0 else 'b' if 0 else 'c' }}", "c"),
        ("{{ params.a | default('z') | upper | length }}", 3),
        ("{{ params\n.a }}", "x<y"),
        ("{{\tparams.a\r\n}}", "x<y"),
    ],
)
def test_an_expression_is_read(text: str, value: object) -> None:
    found = filled(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_filter_is_read_with_and_without_the_parser(name: str) -> None:
    assert read(f"{{{{ params.a | {name} }}}}")[0] == read(f"{{{{ (params.a) | {name} }}}}")[0]


FILTERS = (
    "there are no functions; filters are `digits`, `spell`, `number`, `money`, `date`, `time`, `phone`, `upper`, "
    "`lower`, `trim`, `default`, `length`, `round`, `int`, `join`"
)
HOW = "read it as `params.NAME`; a text stands in quotes: `'{}'`"

REFUSED = [
    # text, code, what is underlined, hint
    ("a {{ b", "E230", "{{", "close it with `}}`, or as a text: `{{ '{{' }}`"),
    ("{{ params.a } }", "E230", "{{", "write `{{ params.a }}`"),
    ("Hi {{ params.a, how are you?", "E230", "{{", "write `Hi {{ params.a }}, how are you?`"),
    ("Hi {{ params.a, it's {{ params.n }}", "E230", "{{", "write `Hi {{ params.a }}, it's {{ params.n }}`"),
    ("a {{ 'b }} c", "E231", "'", "close it with `'`"),
    ("a {{ }} c", "E231", " }}", "write one, such as `params.name`"),
    ("{{ params.a params.n }}", "E231", "params", "write what is to be done with the two: `==`, `and`, `~`"),
    ("{{ 1 + }}", "E231", "+", "write a value behind it"),
    ("{{ (1 }}", "E231", "1", "close the bracket with `)`"),
    ("{{ 1) }}", "E231", ")", "take it out, or open it with `(`"),
    ("{{ * 2 }}", "E231", "*", "write a value before it, or take it out"),
    ("{{ 'a' 'b' }}", "E231", "'b'", "join them with `~`"),
    ("{{ 0123 }}", "E231", "0123", "as a text: `'0123'`"),
    ("{{ 12345678901234567890 }}", "E231", "12345678901234567890", "as a text: `'12345678901234567890'`"),
    ("{{ 1e400 }}", "E231", "1e400", "as a text: `'1e400'`"),
    ("{{ $x }}", "E231", "$", None),
    ("{{ params.a | }}", "E231", "|", "write a value behind it"),
    ("{{ params.ä }}", "E231", "ä", None),
    ("{{ '\\d' }}", "E231", "\\d", "for a `\\` write `\\\\`"),
    ("{{ '\\ud800' }}", "E231", "\\ud800", "for a `\\` write `\\\\`"),
    ("{{ " + "(" * 33 + "1" + ")" * 33 + " }}", "E232", "(" * 33 + "1" + ")" * 33, "bind the result as a param"),
    ("a {% if x %} b", "E233", "{%", "choose within braces: `{{ 'one' if params.x else 'other' }}`"),
    ("a {% if params.a %}{{ params.a }}!{% endif %}", "E233", "{%", "write `{{ params.a ~ '!' if params.a else '' }}`"),
    ("a {# b #}", "E233", "{#", "leave it out; as a text: `{{ '{#' }}`"),
    ("{{ nobody }}", "E234", "nobody", HOW.format("nobody")),
    ("{{ param.a }}", "E234", "param", "did you mean `params`?"),
    ("{{ agents }}", "E234", "agents", "write `{{ params.agents }}`"),
    ("{{ options }}", "E234", "options", "write the options out"),
    ("{{ loop.index | int }}", "E234", "loop", HOW.format("loop")),
    ("{{ params.agent }}", "E235", "agent", "did you mean `agents`?"),
    ("{{ params.zzzzz }}", "E235", "zzzzz", "declare it: `params: {zzzzz: {type: text}}`"),
    ("{{ params['agnets'] }}", "E235", "'agnets'", "did you mean `agents`?"),
    ("{{ params }}", "E235", "params", "say which one: `params.a`"),
    ("{{ params[params.a] }}", "E235", "params", "say which one: `params.a`"),
    ("{{ params.a.b }}", "E236", "b", "write `params.a`"),
    ("{{ params.a.b.c | upper }}", "E236", "b.c", "write `params.a`"),
    ("{{ params.__class__ }}", "E236", "__class__", None),
    ("{{ params.a['__class__'] }}", "E236", "'__class__'", None),
    ("Bearer {{ params.key }}", "E237", "params.key", "a secret may only go into the headers of a `request`"),
    ("{{ 'x' if params.key else 'y' }}", "E237", "params.key", "a secret may only go into the headers of a `request`"),
    ("{{ params['key'][0] }}", "E237", "params['key'", "a secret may only go into the headers of a `request`"),
    ("{{ f(1) }}", "E238", "(", FILTERS),
    ("{{ params.a() }}", "E238", "(", FILTERS),
    ("{{ params.a.upper() }}", "E238", "(", "write `{{ params.a | upper }}`"),
    ("{{ params.a is defined }}", "E238", "is", "write `{{ params.a != none }}`"),
    ("{{ {'a': 1} }}", "E238", "{", None),
    ("{{ (1, 2) }}", "E238", ",", "write a list: `[1, 2]`"),
    ("{{ 9 ** 9 }}", "E238", "9", "multiply: `a * a`"),
    ("{{- params.a }}", "E238", "{{-", "write `{{`, or for a sign `{{ -`"),
    ("{{ params.a | uper }}", "E239", "uper", "did you mean `upper`?"),
    ("{{ (params.a) | attr('x') }}", "E239", "attr", None),
    ("{{ params.l | join('a', 'b') }}", "E240", "join", None),
    ("{{ params.a | upper(1) }}", "E240", "upper", None),
    ("{{ params.a | default(value='x') }}", "E240", "default", "write their values alone"),
    ("{{ params.n | round('up') }}", "E240", "round", "`round(2)`"),
    ("{{ params.n | money(3) }}", "E240", "money", "`money('EUR')`"),
    ("{{ 'a' + params.n }}", "E241", "'a'", "join texts with `~`"),
    ("{{ 2 * params.a }}", "E241", "params.a", "declare it as `integer` or `number`, or join texts with `~`"),
    ("{{ call.from }}", "E242", "call.from", "leave it out, or use a param: `params.NAME`"),
    ("Hi {{ vars['x'].y | upper }}", "E242", "vars['x'].y", "leave it out, or use a param: `params.NAME`"),
]


@pytest.mark.parametrize(("text", "code", "underlined", "hint"), REFUSED)
def test_what_is_not_an_expression_is_said_at_its_place(
    text: str, code: str, underlined: str, hint: str | None
) -> None:
    template, said = read(text)
    assert template is None
    first = next(each for each in said if each.rule.code == code)
    assert text[slice(*first.span)] == underlined
    assert first.hint == hint or (hint is None and code == "E239")


def test_every_rule_about_expressions_has_a_refusal_here() -> None:
    assert {rule.code for rule in RULES} <= {code for _, code, _, _ in (*REFUSED, *IN_CALLS)}


@pytest.mark.parametrize(("text", "message"), [(text, code) for text, code, _, _ in REFUSED])
def test_messages_are_in_words_of_our_own(text: str, message: str) -> None:
    for each in read(text)[1]:
        assert each.message[0] in "`U" or each.message[0].islower()
        assert not each.message.endswith(".")
        assert not any(word in each.message for word in ("token", "template", "expected", "print statement", "object"))


@pytest.mark.parametrize("name", sorted(OF_A_CALL))
def test_what_belongs_to_a_call_is_not_known_to_a_template(name: str) -> None:
    _, said = read(f"{{{{ {name} }}}}")
    assert [(each.rule.name, each.message.split()[0]) for each in said] == [("known-in-a-call", f"`{name}`")]


IN_A_CALL = Scope(PARAMS, call=Call(lambda: ("account", "customer", "age"), ("office",), Hints(), lambda: ("age",)))

_NO_SUM = "a date is compared, and said with `| date`; a server can reckon with it: `request`"
IN_CALLS = [
    # text, code, what is underlined, hint
    ("{{ vars.acount }}", "E243", "acount", "did you mean `account`?"),
    ("{{ vars.zzz }}", "E243", "zzz", "make it: `set: {zzz: …}`, or `save: zzz`"),
    ("{{ vars }}", "E236", "vars", "say which one: `vars.NAME`"),
    ("{{ hours.ofice }}", "E244", "ofice", "did you mean `office`?"),
    ("{{ hours.office.open }}", "E236", "open", "write `hours.office == 'open'`"),
    ("{{ call.form }}", "E236", "form", "did you mean `from`?"),
    ("{{ call.from.x }}", "E236", "x", "write `call.from`"),
    ("{{ call }}", "E236", "call", "say which one: `call.NAME`"),
    ("{{ now.year }}", "E236", "year", "write `today | date('y')`"),
    ("{{ call._x }}", "E236", "_x", None),
    ("{{ vars.age + 1 }}", "E241", "vars.age", "`vars.age | int`"),
    ("{{ today + 1 }}", "E241", "today", _NO_SUM),
    ("{{ 60 + now }}", "E241", "now", _NO_SUM),
    ("{{ now | time + 1 }}", "E241", "time", "reckon first: `(…) | time`"),
    ("{{ 'x' if 18 <= vars.age else 'y' }}", "E241", "vars.age", "`vars.age | int`"),
    ("{{ office }}", "E234", "office", "write `{{ hours.office }}`"),
    ("{{ account }}", "E234", "account", "write `{{ vars.account }}`"),
]


@pytest.mark.parametrize(("text", "code", "underlined", "hint"), IN_CALLS)
def test_a_wrong_name_of_a_call_is_said_at_its_place(text: str, code: str, underlined: str, hint: str | None) -> None:
    template, (said,) = read(text, IN_A_CALL)
    assert template is None and said.rule.code == code
    assert (text[slice(*said.span)], said.hint) == (underlined, hint)


@pytest.mark.parametrize("path", ["vars.account", "vars.customer.tier", "call.from", "call.sip['X-A']", "hours.office"])
def test_what_a_call_knows_is_read(path: str) -> None:
    template, said = read(f"{{{{ {path} }}}}", IN_A_CALL)
    assert not said and template is not None and template.whole


def test_braces_that_are_not_closed_end_where_the_next_ones_begin() -> None:
    _, said = read("{{ params.a {{ params.b }} {{ params.n }}")
    assert [(each.rule.code, each.span.start) for each in said] == [("E230", 0), ("E235", 22)]


def test_each_mistake_in_a_text_is_said() -> None:
    _, said = read("{{ params.b }} {{ nobody }} {{ params.a | uper }} {% {{ 1 + }} {{ params.n }}")
    assert [each.rule.code for each in said] == ["E235", "E234", "E239", "E233", "E231"]


def test_a_secret_may_be_read_where_secrets_may_go() -> None:
    template, said = read("Bearer {{ params.key }}", Scope(PARAMS, secrets=True))
    assert not said
    assert template == Template(("Bearer ", ("path", "params", "key")))


def test_further_names_stand_for_single_values() -> None:
    scope = Scope(PARAMS, frozenset({"options"}))
    template, said = read("Choose. {{ options }}", scope)
    assert not said
    assert template is not None
    assert fill(template, {"options": "For sales, press 1."}) == "Choose. For sales, press 1."
    assert read("{{ options.x }}", scope)[1][0].rule.code == "E236"


def test_any_param_is_known_where_none_are_declared() -> None:
    template, said = read("{{ params.whatever }} {{ params.other | digits }}", Scope(None))
    assert not said
    assert template is not None
    assert list(open_params(template)) == ["whatever", "other"]


def test_a_bare_expression_has_no_braces() -> None:
    template, said = read("params.n == 3", bare=True)
    assert not said
    assert template is not None
    assert template.whole
    assert fill(template, BOUND) is True
    assert read("", bare=True)[1][0].rule.code == "E231"
    assert read("params.n }} x", bare=True)[1][0].rule.code == "E231"
    assert read("{{ params.n }}", bare=True)[0] is None


INJECTIONS = [
    'x"},{"action":"connect"',
    "</speak><audio src='http://169.254.169.254/'/>",
    "<speak><break time='3600s'/></speak>",
    "{{ params.key }}",
    "{{ params.a }}",
    "{% raw %}",
    "{#",
    "\x00\x1b\x7f\u2028\ufffe",
    "\ud83d",
    "\\u007b",
    "}} {{",
    "' ~ params.key ~ '",
    "https://evil.example/",
]


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize(
    "text", ["{{ params.a }}", "a {{ params.a }} {{ params.open }}", "<speak>{{ params.a }}{{ params.open }}"]
)
def test_a_value_is_never_read_as_a_template(text: str, value: str) -> None:
    params = PARAMS | {"open": param("open", "text")}
    template = read(text, Scope(params))[0]
    assert template is not None
    at_once = fill(template, {"params": {"a": value, "key": "hush"}})
    folded = fold(template, {"params": {"a": value}})
    if isinstance(folded, Template):
        again = read(written(folded), Scope(params))[0]
        assert again is not None
        assert "key" not in set(open_params(again))
        folded = fill(again, {"params": {"key": "hush"}})
    assert folded == at_once
    assert "hush" not in str(at_once)


@given(st.text())
def test_any_text_is_read_in_full_or_refused(text: str) -> None:
    template, said = read(text)
    assert (template is None) == bool(said)
    if "{{" not in text and template is not None:
        assert fill(template, {}) == text or "{" in text


SIGNS = "{{ }} {% {# { } params.a params . a | upper ( ) [ ] ' \" \\ 1 0 not if else in is and ~ + * ** == < , : = é -"
pieces = st.sampled_from([*SIGNS.split(), " ", "\n", "\ud800"])


@given(st.lists(pieces, max_size=20).map("".join))
def test_any_mixture_of_signs_is_read_or_refused(text: str) -> None:
    for bare in (False, True):
        template, said = read(text if bare else "{{ " + text, bare=bare)
        assert (template is None) == bool(said)
        for each in said:
            assert 0 <= each.span.start <= each.span.end <= len(text) + 5


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), modes)
def test_any_text_can_be_written_so_that_it_is_read_as_itself(text: str, mode: dict[str, bool]) -> None:
    template, said = read(written(text))
    assert not said
    assert template in (Template((text,)), Template(()))
    assert filled(written(text), **mode) == text


@given(templates, bindings, bindings, modes)
def test_an_open_template_survives_being_written(
    template: Template, early: dict[str, object], late: dict[str, object], mode: dict[str, bool]
) -> None:
    late = {name: value for name, value in late.items() if name not in early}
    folded = fold(template, {"params": early}, **mode)
    if not isinstance(folded, Template):
        return
    # refused is only what random trees hold and texts cannot: numbers with too many digits, arithmetic with texts
    again, said = read(written(folded), Scope(None))
    if again is not None:
        assert repr(fill(again, {"params": late}, **mode)) == repr(fill(folded, {"params": late}, **mode))
    assert {each.rule.code for each in said} <= {"E231", "E240", "E241"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 100_000,
        "{{ " + "not " * 50_000 + "1 }}",
        "{{ " + "-" * 100_000 + "1 }}",
        "{{ " + "1+" * 900 + "1 }}",
        "{{ " + "1~" * 900 + "1 }}",
        "{{ " + "1 if 1 else " * 30 + "1 }}",
        "{{ " + "1 if 1 else " * 400 + "1 }}",
        "{{ params.a" + "[0]" * 600 + " }}",
        "{{ params" + ".a" * 900 + " }}",
        "{{ params.a" + "|upper" * 900 + " }}",
        "{{ " + "[" * 31 + "]" * 31 + " }}",
        "{{ '" + "x" * 100_000 + "' }}",
        "{{ '" + "\\" * 100_000,
        "{{ '" + "\\'" * 100_000,
        "{{ '" + "\\'" * 100_000 + "}}",
        "{{" * 100_000,
        "{%" * 100_000,
        "{{ params.a }}" * 50_000,
        "{{ (params.a) }}" * 50_000,
        "{{ 9" + "0" * 100_000 + " }}",
        "{{ " + "(1)," * 499 + "1 }}",
    ],
    ids=lambda text: text[:12],
)
def test_a_huge_expression_takes_bounded_time(text: str) -> None:
    start = time.process_time()
    template, said = read(text)
    assert template is not None or said
    assert time.process_time() - start < 2


def test_names_with_filters_need_no_parser() -> None:
    code = (
        "import sys; from test_expression import read;"
        "assert read('{{ params.a }} and {{params.n | digits}} }} {{ params.b }}')[1];"
        "assert 'jinja2' not in sys.modules; read('{{ 1 }}'); assert 'jinja2' in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
