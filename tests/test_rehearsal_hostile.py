"""Whatever a file of calls holds: they are played, or a clear diagnostic says why not, in bounded time and memory."""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from flowc.caller.rehearsals.pattern import LONGEST, Pattern, PatternError

SECONDS, MEGABYTES = 30, 1_000
"""What a process of its own may take; on an idle machine the most is a third of it."""

FLOW = """\
flow: acme
steps:
  main:
    - talk: Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, hello.
    - menu: {prompt: For sales press 1., options: {1: main}, attempts: 2, otherwise: main}
"""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def _tested(tmp_path: Path, calls: str) -> subprocess.CompletedProcess[str]:
    """What `flowc test` says of calls, in a process of its own that may not take more than the limits."""
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    (tmp_path / "acme.calls.yml").write_text(calls, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "flowc", "test", "acme.calls.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_limited,
    )


def _of(*steps: str) -> str:
    return "flow: acme\ncalls:\n  - name: a\n    steps:\n" + "".join(f"      - {each}\n" for each in steps)


REFUSED = {
    "larger than a file may be": ("flow: acme\n#" + "x" * (1 << 20), "E001|E0"),
    "nested deep": ("flow: acme\ncalls: " + "[" * 100_000, "E0"),
    "steps nested deep": (_of("{hears: " * 5_000 + "}" * 5_000), "E0|E4"),
    "a pattern with endless repetitions": (_of("hears: /(a{1000}){1000}/"), "E405"),
    "a pattern that looks ahead": (_of("hears: /(?=a)(?!b)/"), "E405"),
    "a pattern that refers to a group": (_of(r"hears: /(a+)\1/"), "E405"),
    "a pattern that is very long": (_of(f"hears: /{'a?' * 5_000}/"), "E405"),
    "a moment before time": (_of("ended").replace("    steps", "    at: 0000-00-00T00:00+00:00\n    steps"), "E404"),
    "steps that are none": (_of(*["nonsense"] * 50_000), "E400"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_played_is_said(tmp_path: Path, name: str) -> None:
    calls, codes = REFUSED[name]
    done = _tested(tmp_path, calls)
    assert done.returncode == 1, done.stderr[-500:]
    found = re.findall(r"^acme\.calls\.yml.*: error\[(E\d+)\]", done.stdout, re.MULTILINE)
    assert found and all(re.match(codes, each) for each in found)
    assert len(found) <= 500
    assert "fault of flowc" not in done.stderr


FAILED = {
    "a pattern that takes for ever elsewhere": _of("hears: /(a+)+$/"),
    "many patterns that take for ever elsewhere": _of("hears: /(a|aa)+z/", "hears: /(.*)*(.*)*(.*)*z/"),
    "very many steps": _of(*["hears: hello"] * 40_000),
    "very many keys": _of(f"presses: '{'1' * 500_000}'", "hears: nothing like it"),
    "a text that is very long": _of(f"hears: {'x' * 900_000}"),
}


@pytest.mark.parametrize("name", FAILED)
def test_what_fails_is_said_once(tmp_path: Path, name: str) -> None:
    done = _tested(tmp_path, FAILED[name])
    assert done.returncode == 1, done.stderr[-500:]
    assert len(re.findall(r": error\[E41\d\]", done.stdout)) == 1
    assert done.stderr.startswith("1 call, 1 failed") or "rests on" in done.stderr


PLAYED = {
    "a pattern nested deep": _of(f"hears: /{'(' * 400}{')' * 400}/"),
    "rounds of silence": _of(*["waits"] * 90_000),
    "rounds of keys": _of(*["presses: 1"] * 60_000),
    "endless seconds": _of("waits: 1.0e+300", "hangs up"),
    "a last moment": _of("ended").replace("    steps", "    at: 9999-12-31T23:59:59+00:00\n    steps"),
    "a first moment": _of("hangs up").replace("    steps", "    at: 0001-01-01T00:00:00+14:00\n    steps"),
}


@pytest.mark.parametrize("name", PLAYED)
def test_what_is_odd_is_played_or_said(tmp_path: Path, name: str) -> None:
    done = _tested(tmp_path, PLAYED[name])
    assert done.returncode in (0, 1), done.stderr[-500:]
    assert len(re.findall(r": error\[E4\d\d\]", done.stdout)) <= 1


def test_many_calls_and_many_answers_are_not_multiplied(tmp_path: Path) -> None:
    given = "".join(f"  GET https://e.com/{n}: 404\n" for n in range(10_000))
    calls = "".join(f"  - {{name: a{n}, steps: [hangs up]}}\n" for n in range(10_000))
    done = _tested(tmp_path, f"flow: acme\ngiven:\n{given}calls:\n{calls}")
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stderr == "10000 calls, all as they are to be\n"
    assert done.stdout.endswith("9500 more are not shown: 9500 W418 unused-answer\n")


PATTERNS = [
    "a",
    "press",
    "1.*press",
    "2",
    "^x",
    "x$",
    "(a|b)+c",
    "a{2,3}b",
    "[a-c]+\\d",
    "\\bcat\\b",
    "(?i)HeLLo",
    "[^a]b",
    "a??b",
    "(ab|a)*c",
    "\\w+\\s\\w+",
    "x*",
    "()",
    "a|",
    "\\Bat",
    "(?s).",
    "[^\\d\\s]z",
    "a{0}b",
    "(?:a(?:b|c){2})+",
    "\\Aab\\Z",
    "(?i:a)B",
    "[A-Z]+",
    "\\D\\W\\S",
    "(?m)^l$",
    "a{,2}c",
    "(|a)+b",
    "\\.x",
]


@pytest.mark.parametrize("written", PATTERNS)
def test_a_pattern_finds_what_a_regular_expression_finds(written: str) -> None:
    chance = random.Random(written)
    pattern, expression = Pattern(written), re.compile(written)
    for _ in range(400):
        text = "".join(chance.choice("abcx12 thelHELOzAB.\n") for _ in range(chance.randint(0, 12)))
        assert pattern.search(text) == (expression.search(text) is not None), text


def test_a_pattern_has_a_longest() -> None:
    assert Pattern("a" * LONGEST).search("a" * LONGEST)
    with pytest.raises(PatternError):
        Pattern("a" * (LONGEST + 1))
