"""Flows that are too much of what only a call knows: each is compiled or refused soon, with a word at its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from call_time import compiled, findings
from test_hostile_flows import command, main, steps

from flowc.language.reading import patterns

REQUEST = "request: {{url: 'https://a.example.com/', otherwise: main, {}}}"
BRANCH = "branch: [{if: random < 0.5, goto: continue}, {otherwise: continue}]"


def each(form: str, number: int) -> str:
    return ", ".join(form.replace("%", str(index)) for index in range(number))


def ladder(number: int) -> str:
    """Steps with two ways to the next, on one of which something is remembered, and a way back."""
    ways = "[{branch: [{if: random < 0.3, goto: s%+}, {if: random < 0.6, goto: s%-}, "
    ways += "{otherwise: [{set: {v%: 1}}, {goto: s%+}]}]}]"
    lines = [f"s{at}: " + ways.replace("%+", str(at + 1)).replace("%-", str(max(at - 1, 0))).replace("%", str(at))
             for at in range(number)]  # fmt: skip
    return steps(*lines, f"s{number}: {{talk: '{{{{ vars.v1 }}}}'}}")


FLOWS: Mapping[str, str] = {
    "branches": main(f"branch: [{each('{if: call.from == %, goto: main}', 10_000)}, {{otherwise: main}}]"),
    "branches in place": main(f"branch: [{each('{if: call.to == %, goto: {talk: a}}', 9_900)}, {{otherwise: main}}]"),
    "branches one after the other": main(*[BRANCH] * 9_000),
    "branches in each other": main("{branch: [{if: random < 0.5, goto: " * 14 + "main" + "}, {otherwise: main}]}" * 14),
    "branches too deep": main("{branch: [{if: random < 0.5, goto: " * 900 + "main" + "}, {otherwise: main}]}" * 900),
    "a test with many parts": main(
        f"branch: [{{if: \"{' or '.join(['call.from']) + ' or call.from' * 300}\", goto: main}}, {{otherwise: main}}]"
    ),
    "a round of choices": steps(
        *(
            f"s{at}: {{branch: [{{if: random < 1, goto: s{(at + 1) % 4000}}}, {{otherwise: s{at}}}]}}"
            for at in range(4000)
        )
    ),
    "cases": main(f"switch: {{value: call.from, cases: {{{each('c%: main', 40_000)}}}, otherwise: main}}"),
    "cases to nowhere": main(f"switch: {{value: call.from, cases: {{{each('c%: x%', 30_000)}}}, otherwise: main}}"),
    "cases of opening hours": main(
        *["switch: {value: hours.h, cases: {open: continue, closed: main, holiday: main}}"] * 5_000,
        top="timezone: UTC\nhours: {h: {open: {mon: 09:00-10:00}}}\n",
    ),
    "sets": main(*[f"set: {{v{at}: '{{{{ vars.v{max(at - 1, 0)} }}}}'}}" for at in range(9_000)]),
    "sets of what is not made": main(*[f"set: {{v{at}: '{{{{ vars.v{at + 1} }}}}'}}" for at in range(8_000)]),
    "one set": main(f"set: {{{each('v%: 1', 60_000)}}}"),
    "unknown variables": main(
        *[f"talk: '{{{{ vars.v{at} }}}}'" for at in range(9_000)], f"set: {{{each('w%: 1', 9_000)}}}"
    ),
    "ways on which nothing is made": ladder(2_400),
    "what is sent": main(REQUEST.format(f"json: [{each('{{ call.from }}'.join(chr(39) * 2), 40_000)}]")),
    "what is sent is deep": main(REQUEST.format("json: " + "[" * 900 + "]" * 900)),
    "what is sent is long": main(REQUEST.format(f"json: {'x' * 900_000}")),
    "what is expected": main(REQUEST.format(f"expect: {{enum: [{each('%', 150_000)}]}}")),
    "headers": main(REQUEST.format("headers: {" + each("h%: '{{ call.from }}'", 20_000) + "}")),
    "statuses": main(REQUEST.format(f"when: {{{each('%: main', 40_000)}}}")),
    "requests": main(*["request: {url: https://a.example.com/, save: x, otherwise: main}"] * 9_000),
    "patterns": main(*["input: {prompt: Hi., pattern: '\\d{8}', otherwise: main}"] * 1_600),
    "a long pattern": main(f"input: {{prompt: Hi., pattern: '{'(a|' * 60_000}', otherwise: main}}"),
    "a pattern of counts": main(f"input: {{prompt: Hi., pattern: '{'(?:' * 30}a{'){1,99}' * 22}', otherwise: main}}"),
    "changes of language": main(
        *["language: en-GB", "language: fr-FR"] * 9_000, top="voice: [{language: en-GB}, {language: fr-FR}]\n"
    ),
    "prompts without a translation": steps(
        *(f"s{at}: [{{language: fr-FR}}, {{talk: {{en-GB: Hello.}}}}]" for at in range(4_000)),
        top="voice: [{language: en-GB}, {language: fr-FR}]\n",
    ),
    "wrong answers": main(*["input: {prompt: Hi., otherwise: continue}", "goto: noMatch"] * 2_000),
    "wrong answers to nothing": main(
        *["branch: [{if: random < 1, goto: noMatch}, {otherwise: continue}]"] * 6_000
    ),
    "used flows that are not there": main(
        *[f"run: u{at}" for at in range(6_000)], top=f"use: {{{each('u%: u%.flow.yml', 6_000)}}}\n"
    ),
    "used flows without a name": main(
        *[f"run: v{at}" for at in range(6_000)], top=f"use: {{{each('u%: u%.flow.yml', 6_000)}}}\n"
    ),
    "ways that are never taken": main(*["branch: [{if: false, goto: {talk: a}}, {otherwise: continue}]"] * 4_500),
    "calls in texts": main(*["talk: '{{ call.from }} {{ now }} {{ hours }}'"] * 9_000),
}  # fmt: skip


@pytest.mark.parametrize("text", FLOWS.values(), ids=FLOWS.keys())
def test_a_flow_that_is_too_much_is_compiled_or_refused_within_limits(text: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.flow.yml").write_text(text, encoding="utf-8")
    command(tmp_path, "check", "bomb.flow.yml")
    command(
        tmp_path, "build", "bomb.flow.yml", "--target", "server", "--base-url", "https://x.example.com", "--out", "o"
    )


USES = "flow: bomb\nuse: {u: u.flow.yml}\nsteps:\n  main:\n    - run: u\n"
LARGE = "flow: u\nsteps:\n  main: {talk: Hi.}\n" + "".join(f"  s{at}: {{talk: Hello there.}}\n" for at in range(30_000))


def test_what_is_no_flow_is_used_by_none(tmp_path: Path) -> None:
    (tmp_path / "bomb.flow.yml").write_text(USES)
    used = tmp_path / "u.flow.yml"
    used.mkdir()
    assert "[E278]" in command(tmp_path, "check", "bomb.flow.yml")
    used.rmdir()
    for content in (b"\x7fELF\x00\xff" * 1_000, b"\xff\xfe\x00", b"a" * 2_000_000, b"[" * 900_000, b"", b"[]\n"):
        used.write_bytes(content)
        assert "error[" in command(tmp_path, "check", "bomb.flow.yml")
    used.unlink()
    used.symlink_to("/etc/passwd")
    assert "[E278]" in command(tmp_path, "check", "bomb.flow.yml")


def test_a_used_flow_of_a_mebibyte_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "bomb.flow.yml").write_text(USES + "    - run: u\n" * 150)
    (tmp_path / "u.flow.yml").write_text(LARGE)
    assert "no mistakes" in command(tmp_path, "check", "bomb.flow.yml")


def test_many_used_flows_of_a_mebibyte_are_refused(tmp_path: Path) -> None:
    names = [f"u{at}" for at in range(8)]
    for name in names:
        (tmp_path / f"{name}.flow.yml").write_text(LARGE)
    uses = ", ".join(f"{name}: {name}.flow.yml" for name in names)
    runs = "".join(f"    - run: {name}\n" for name in names)
    (tmp_path / "bomb.flow.yml").write_text(f"flow: bomb\nuse: {{{uses}}}\nsteps:\n  main:\n{runs}")
    assert "[E281]" in command(tmp_path, "check", "bomb.flow.yml")


def test_a_tree_of_used_flows_has_no_more_than_all_documents() -> None:
    used = {
        f"u{at}.flow.yml": f"flow: u{at}\nuse: {{next: u{at + 1}.flow.yml}}\nsteps:\n  main:\n"
        + "    - run: next\n" * 10
        for at in range(7)
    }
    used["u7.flow.yml"] = "flow: u7\nsteps:\n  main: {talk: Hi.}\n"
    text = "flow: tree\nuse: {next: u0.flow.yml}\nsteps:\n  main:\n" + "    - run: next\n" * 10
    assert [rule for rule, _ in findings(text, used)] == ["too-many-documents"]


PATTERNS = [
    (r"\d{8}", 8), ("[1-5]", 1), (r"\d{4,6}", 6), ("yes|no|maybe", 5), ("(ab|cd){3}", 6),
    (r"(\d{4}[ -]?){3}\d{4}", 19),
    ("(?i)ja|nein", 4), (r"(\d|x){8}", 8), ("(?:[0-9]{2}){2,4}", 8), ("a?b", 2),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "digits"), PATTERNS)
def test_a_plain_pattern_is_taken(pattern: str, digits: int) -> None:
    assert patterns.fault(pattern) is None and patterns.digits(pattern) == digits


@pytest.mark.parametrize("pattern", [r"\d+", r"\d*", r"\d{3,}", r"\w+\*\w+\*\w+", "(?>1+)2", r"\d+\d+\d+1"])
def test_a_pattern_without_an_end_collects_as_many_keys_as_there_can_be(pattern: str) -> None:
    flow = f"flow: a\nsteps:\n  main: {{input: {{prompt: Hi., pattern: '{pattern}', otherwise: main}}}}\n"
    played = compiled(flow).program
    assert played is not None and played.waits["main"].question[-1]["dtmf"] == {"maxDigits": 20}


SLOW = [
    r"(\d+)+", "(a|aa)+", "(a|a){1,50}", r"\d{0,100}" * 5, "a?" * 30, "(a|b|ab)" * 20, "(.*)*", "(a*)*b", r"(\w+\s?)*",
    "((a{0,9}){0,9}){0,9}", r"(a)\1", "(?=a)a", "(?<!a)b", "(?P<x>a)(?(x)b|c)", "(", "a{65536}{65536}",
    "x{99999999999}",
    "[", "(?", "\\", "(?P<1>a)", "a" * 201, r"\d+\d+\d+\d+x",
]  # fmt: skip


@pytest.mark.parametrize("pattern", SLOW)
def test_a_pattern_that_may_take_any_time_is_refused(pattern: str) -> None:
    assert patterns.fault(pattern) is not None
