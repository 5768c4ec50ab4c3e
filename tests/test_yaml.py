"""Reading YAML: scalars, places, and each mistake in flowc's words at its place."""

from __future__ import annotations

import pytest
from conftest import Golden
from reading import MESSAGES, listed, of_yaml, place, short, written

from flowc.text.diagnostics import errors

SCALARS: list[tuple[str, object]] = [
    ("+447700900000", "+447700900000"),
    ("447700900000", 447700900000),
    ("0123", "0123"),
    ("010", "010"),
    ("0", 0),
    ("-5", -5),
    ("-0", 0),
    ("1.50", 1.5),
    ("1e3", 1000.0),
    ("1E-2", 0.01),
    ("1.", "1."),
    (".5", ".5"),
    ("0x1f", "0x1f"),
    ("0o17", "0o17"),
    ("1_000", "1_000"),
    ("10:30", "10:30"),
    ("190:20:30", "190:20:30"),
    ("2026-12-25", "2026-12-25"),
    ("09:00-17:30", "09:00-17:30"),
    ("on", "on"),
    ("no", "no"),
    ("NO", "NO"),
    ("y", "y"),
    ("~", "~"),
    ("Null", "Null"),
    ("True", "True"),
    ("true", True),
    ("false", False),
    ("null", None),
    ("", None),
    (".nan", ".nan"),
    (".inf", ".inf"),
    ("-1a", "-1a"),
    ("١٢", "١٢"),
    ('"1"', "1"),
    ("'true'", "true"),
    ('""', ""),
    ("|\n  1", "1\n"),
    (">-\n  one\n  two", "one two"),
    ("Sorry! You & me", "Sorry! You & me"),
    ("Hi. {{ params.name }}", "Hi. {{ params.name }}"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_a_scalar_is_read_as_json_reads_it(text: str, value: object) -> None:
    data = of_yaml(f"a: {text}\n").data
    assert isinstance(data, dict)
    assert (data["a"], type(data["a"])) == (value, type(value))


def test_keys_are_text_in_their_own_spelling() -> None:
    text = "1: a\n07: b\ntrue: c\nnull: d\n1.50: e\n'*': f\n\"#\": g\non: h\n? long\n: i\n"
    assert of_yaml(text).data == dict(
        zip(["1", "07", "true", "null", "1.50", "*", "#", "on", "long"], "abcdefghi", strict=True)
    )


def test_only_a_yaml_1_2_line_may_stand_before_the_document() -> None:
    assert of_yaml("%YAML 1.2\n---\na: 1\n").data == {"a": 1}
    assert of_yaml("# note\n--- # begins\na: 1\n...\n").data == {"a": 1}


FLOW = """\
voice: {language: en-GB, "style": 2}
steps:
  main:
    - talk: Hello there
    - menu:
        options: {1: sales, "*": main}
        prompt: |
          One.
          Two.

      # a comment

  sales: []
"""


def test_keys_and_values_have_places_with_exclusive_ends() -> None:
    document = of_yaml(FLOW).document
    assert document is not None and isinstance(document.data, dict)
    root = document.data
    menu = root["steps"]["main"][1]["menu"]
    assert written(document, root, "voice") == ("voice", '{language: en-GB, "style": 2}')
    assert written(document, root["voice"], "style") == ('"style"', "2")
    assert written(document, root["steps"]["main"], 0) == ("talk: Hello there", "talk: Hello there")
    assert written(document, root["steps"]["main"][0], "talk") == ("talk", "Hello there")
    assert written(document, menu["options"], "*") == ('"*"', "main")
    assert written(document, menu, "prompt") == ("prompt", "|\n          One.\n          Two.")
    assert written(document, root["steps"], "sales") == ("sales", "[]")


def test_a_block_ends_where_its_last_child_ends() -> None:
    document = of_yaml(FLOW).document
    assert document is not None and isinstance(document.data, dict)
    steps = document.data["steps"]
    assert written(document, steps["main"][1], "menu")[1].endswith("Two.")
    assert written(document, document.data, "steps")[1].endswith("sales: []")
    assert FLOW[slice(*document.whole().span)] == FLOW.rstrip()


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize("before", ["", "\ufeff", "# 😀 \U00020000\n", "\ufeff# é\r\n"])
def test_places_count_characters_whatever_stands_before_them(before: str, pure: bool) -> None:
    document = of_yaml(f"{before}😀: 'é'\nlast: 👍🏽 x\n", pure=pure).document
    assert document is not None and isinstance(document.data, dict)
    assert written(document, document.data, "😀") == ("😀", "'é'")
    assert written(document, document.data, "last") == ("last", "👍🏽 x")


def test_an_empty_value_stands_behind_its_colon() -> None:
    document = of_yaml("a:\nb: 1\n").document
    assert document is not None and isinstance(document.data, dict)
    assert place(document.source, document.value(document.data, "a").span) == "1:3-3"


INSIDE = [
    ("plain", "see {{ x }} here", "{{ x }}", "{{ x }}"),
    ("single", "'it''s {{ x }}'", "{{ x }}", "{{ x }}"),
    ("quote", "'it''s {{ x }}'", "'", "''"),
    ("double", '"a\\tb\\u00e9 {{ x }}"', "{{ x }}", "{{ x }}"),
    ("escape", '"a\\tb\\u00e9 {{ x }}"', "é", "\\u00e9"),
    ("literal", "|\n    one\n    two {{ x }}", "{{ x }}", "{{ x }}"),
    ("line", "|\n    one\n    two {{ x }}", "two", "two"),
    ("folded", ">-\n    one\n    two {{ x }}", "one two", "one\n    two"),
    ("several", "one\n    two {{ x }}", "{{ x }}", "{{ x }}"),
    ("cut", '"one \\\n    two {{ x }}"', "{{ x }}", "{{ x }}"),
]


@pytest.mark.parametrize(("value", "part", "expected"), [each[1:] for each in INSIDE], ids=[each[0] for each in INSIDE])
def test_a_part_of_a_text_is_found_in_its_spelling(value: str, part: str, expected: str) -> None:
    document = of_yaml(f"a: {value}\n").document
    assert document is not None and isinstance(document.data, dict)
    start = document.data["a"].index(part)
    span = document.value(document.data, "a").within(start, start + len(part)).span
    assert document.source.text[slice(*span)] == expected


def test_a_part_that_is_not_there_is_the_whole_value() -> None:
    document = of_yaml("a: text\n").document
    assert document is not None and isinstance(document.data, dict)
    assert document.value(document.data, "a").within(2, 99).span == document.value(document.data, "a").span


REFUSED = [
    # what stands without quotes
    "a: b: c",
    "talk: Press 1: x # no",
    "- talk: He said: hi",
    "*: main",
    "options: {*: main}",
    "a: {{ x }}",
    "a: {{ x }} hello",
    "- {{ x }}",
    "a: [ {{ x }}, 2 ]",
    "a: {b: {{ x }}}",
    "a: {% if x %}",
    "a: @foo bar",
    "a: %x",
    "a: `x`",
    "a: &",
    "a: & co",
    "a: &x b",
    "a: *x",
    "a: {b: *x y, c: 1}",
    "a: !x b",
    "a: !!set {b}",
    "a: !e!b c",
    "a: {talk: Hello, please hold}",
    "{1: a, #: b}\n",
    "a: [b, #5]\nc: 1",
    "{talk: Thank you, goodbye: now}",
    "{talk: Hello there, dear caller, bye bye, loop: 1}",
    # a comment in a text of several lines
    "talk: Multi\n line #5\n text",
    "a:\n  - talk: Press\n      #5 now\n      for sales\n",
    "- a\n- one # two\n\n  three\n- b",
    "talk:\n  Multi\n  line #5\n  text\n",
    "a: |\n   one #5\n  two",
    'a: "one" #5\n  two',
    "a: one #5\ntwo",
    "a: one #5\n  b: c",
    # keys
    "a: 1\na: 2",
    '1: a\n"1": b',
    "a: {b: 1, b: 2}",
    "<<: {a: b}",
    "[a]: b",
    "? {a: b}\n: c",
    ": a",
    "{a: b, : c}",
    # numbers
    "a: 1e999",
    f"a: {'9' * 5000}",
    # characters
    "a: x\x00",
    "a: \x1b[0m",
    "é: a\u2028b",
    "a: \ud800",
    'a: "\\ud83d\\ude00"',
    'a: "x\\ud800"',
    'a: "\\U00110000"',
    'a: "\\q"',
    'a: "\\xzz"',
    # tabs
    "a:\n\tb: 1",
    "a:\n  b: 1\n \tc: 2",
    "-\ta",
    'a: "x\n\ty"',
    # quotes and brackets
    'a: "abc\nb: 1',
    "a: 'abc",
    "a: 'it's'",
    'a: "x" y',
    "a: [b] c",
    "[a] b",
    'a: "x"#y',
    "a: {b: c",
    "a: [b, c\nd: 1",
    'a: [1 2, "3" 4]',
    "a: ]",
    "a: [, b]",
    "a: [-, b]",
    "a: [b,\nc]",
    'a: "b\nc"',
    # lines
    "a: 1\n b: 2",
    "key\nfoo: 1",
    "a: b\nfoo\nc: d",
    "- a\nb: 1",
    "a: 1\n- b",
    "a:\n   - b: 1\n  - c: 2",
    "a:\n  - b\n c: 1",
    " - a\n- b",
    "a: - b",
    "a: |x\n  b",
    "a: >\n \n   \n # b\n",
    f"{'k' * 1100}: v",
    # documents
    "a: 1\n---\nb: 2",
    "a: 1\n...\nb: 2",
    "%YAML 1.1\n---\na: 1",
    "%TAG ! x\n---\na: 1",
    "%YAML 1.2\na: 1",
    "",
    "\ufeff",
    "# only this\n",
    "---\n...\n",
    "[" * 51,
    "a" * 2_000_000,
]


def test_each_mistake_is_said_in_these_words(golden: Golden) -> None:
    golden(MESSAGES / "yaml-refused.txt", listed(of_yaml, REFUSED))


@pytest.mark.parametrize("text", REFUSED, ids=short)
def test_a_mistake_is_said_once_and_in_the_same_words_by_both_parsers(text: str) -> None:
    outcome = of_yaml(text)
    assert len(outcome.lines) == 1
    assert outcome.document is None and errors(outcome.said)
    assert outcome.lines == of_yaml(text, pure=True).lines


def test_all_repeated_keys_are_said_and_then_the_fault_that_stops() -> None:
    said = of_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\nd: [\n").lines
    assert [each.split(" ")[:2] for each in said] == [["2:1-2", "E006"], ["3:11-12", "E006"], ["4:4-5", "E010"]]


WARNED = [
    "talk: Press #5 to go on",
    "text: To end press # then 5",
    "1: For sales dial  # 5",
    "prompt: Drücken Sie #",
    "prompt: Appuyez sur #",
    "talk: #5",
    "noInput:\n  - Press #\n  - Hello",
    "o:\n  1: a\n  #: operator",
    "#: operator\n1: a",
    "noInput: [Sorry, I did not hear you]",
    "noMatch: [For sales press 1, for support press 2]",
    "prompt: [For sales, press 1.]",
    "prompt: [Welcome., 'For a, b', For sales, marketing or help, press 1.]",
    "prompt: [For help in German, French or Spanish, press 2., Bye.]",
    "prompt: [Press 1, 2, or 3.]",
    "noInput: [Sorry, try again, Last chance]",
    "noInput: [sorry, i did not hear you]",
    "noInput: [[For help,\n  press 2.], Bye.]",
    f"prompt: [Hello, {'very ' * 30}good morning.]",
    "a: x\u202ey",
    'a: "x\\0"',
    'a: "x\\u0007"',
]


def test_what_yaml_takes_away_is_said_in_these_words(golden: Golden) -> None:
    golden(MESSAGES / "yaml-warned.txt", listed(of_yaml, WARNED))


@pytest.mark.parametrize("text", WARNED, ids=short)
def test_what_yaml_takes_away_is_said_once_and_the_rest_is_read(text: str) -> None:
    outcome = of_yaml(text)
    assert len(outcome.lines) == 1
    assert outcome.document is not None and not errors(outcome.said)


PEACEFUL = [
    "key: value # a normal comment",
    "voice: {language: en-GB, style: 2}     # default for every talk",
    "timeOut: 10 #seconds",
    "1: sales #was marketing",
    "talk: Hello there. # greeting",
    "talk: 'Press #5'",
    'talk: "Press #5" # five',
    "talk: |\n  Press #5 and # then\n  #: this\n",
    "talk: >\n  #: not an option\n  x #y\n",
    "text: C# is a language",
    "# a comment\n#another\n##\n#!shebang\na: 1 # x",
    "steps: # all of them\n  a: [] # none",
    "steps:\n  # 1: sales\n  #2: support\n  a: []",
    "noInput: [Please try again., This is the last time.]",
    "noInput: [Hello?, are you still there]",
    "noInput: [Please try again, Last chance]",
    "noInput: ['Sorry, I did not hear you', Try again]",
    "noInput: [Sorry., Please try again., Last chance.]",
    "noInput: [Please try again, Last chance.]",
    "noInput: [try again, last chance]",
    "noInput: [Try 1, Try 2]",
    "talk: {text: One moment, loop: 2}",
    "talk: {text: One moment, langauge: en-GB}",
    "{prompt: For sales press 1, options: {1: sales}}",
    "payload: {talk: Thank you, goodbye: now}",
    "prompts: {prompt: Thank you, goodbye: now}",
    '{talk: Thank you, "goodbye": now}',
    "options: {talk: agents, goodbye: closing}",
    "allow: [unreachable-step, endless]",
    "say: [yes please, that is right, sure]",
    "choices: [dark blue, light green and red]",
    "holidays: [2026-12-25, 2026-12-26]",
    "options: {1: sales, 2: support, '#': end, \"*#\": x}",
    'keys: {"#": end}',
    "params: {\n  a: {type: phone},\n  b: {type: text}\n}",
    "talk: 'one\n  two'",
    "text: Hello, please hold",
]


@pytest.mark.parametrize("text", PEACEFUL, ids=short)
def test_good_yaml_is_read_without_a_word(text: str) -> None:
    assert of_yaml(text).lines == []


def test_each_text_that_commas_cut_is_said_as_it_was_meant() -> None:
    assert [each.split(" = ")[1] for each in of_yaml("prompt: [For sales, press 1., For help, press 2.]").lines] == [
        'write `"For sales, press 1."`',
        'write `"For help, press 2."`',
    ]


def test_a_round_file_is_read_whole() -> None:
    text = "".join(f"k{number}: Press {number}, then 'x'\n" for number in range(20_000))
    data = of_yaml(text).data
    assert isinstance(data, dict) and len(data) == 20_000


def test_more_than_two_hundred_thousand_pieces_are_too_many() -> None:
    assert of_yaml("[" + "a, " * 300_000 + "]").lines == [
        "1:599990-599991 E001 there is more in this file than is read: over 200,000 keys and values = split it"
    ]
