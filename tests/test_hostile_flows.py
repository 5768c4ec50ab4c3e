"""Whatever a flow holds, every command ends soon, in bounded memory, with a word or with what was asked for."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import islice, product
from pathlib import Path

import pytest
from test_hostile_text import BOMBS

import flowc

SECONDS = 2
SLACK = 4
"""How much slower than the machine that the limit is meant for this one may be: others may be at work on it."""

MEGABYTES = 200
CHILD = """
import os, sys, time
from flowc.cli.group import run
code = run(sys.argv[1:])
sys.stdout.flush()
# Not `ru_maxrss`, which a process inherits from the one that forked it.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(f"used {time.process_time()} {int(peak.split()[1]) // 1024}", file=sys.stderr)
sys.exit(code)
"""


def steps(*lines: str, top: str = "") -> str:
    """A flow of steps, one a line."""
    return f"flow: bomb\n{top}steps:\n" + "".join(f"  {line}\n" for line in lines)


def main(*actions: str, top: str = "") -> str:
    """A flow of one step, an action a line."""
    return steps("main:", *(f"  - {each}" for each in actions), top=top)


def talk(text: str, top: str = "") -> str:
    return main(f'talk: "{text}"', top=top)


def prompts(number: int) -> str:
    named = "".join(f"  p{each}: [{{prompt: p{each + 1}}}, {{prompt: p{each + 1}}}]\n" for each in range(number))
    return f"prompts:\n{named}  p{number}: Hello.\n"


def menu(options: str, rest: str = "otherwise: main") -> str:
    return steps("main:", f"  menu: {{prompt: Hello., options: {{{options}}}, {rest}}}")


def nested(levels: int, inner: str = "{talk: Hello.}") -> str:
    before, after = "{menu: {prompt: Hello., otherwise: {hangup: Bye.}, attempts: 2, options: {1: ", "}}}"
    return steps(f"main: {before * levels}{inner}{after * levels}")


def params(default: str, kind: str = "text") -> str:
    return f"params:\n  x: {{type: {kind}, default: {default}}}\n"


CASES = [
    "".join(letters) for letters in islice(product(*(f"{each}{each.upper()}" for each in "abcdefghijklmn")), 10_000)
]

FLOWS: Mapping[str, str] = {
    "prompts": main("hangup: {prompt: p0}", top=prompts(30)),
    "prompts that no one plays": main("talk: Hello.", top=prompts(30)),
    "prompts of a question": steps(
        "main:", "  menu: {prompt: {prompt: p0}, options: {1: main}, otherwise: main}", top=prompts(12)
    ),
    "unknown steps": steps(*(f"s{number}: {{goto: unknown{number}}}" for number in range(15_000))),
    "unknown steps of options": menu(", ".join(f"{number}: unknown{number}" for number in range(15_000))),
    "unknown prompts": steps(*(f"s{number}: {{hangup: {{prompt: p{number}}}}}" for number in range(12_000))),
    "unknown fields": steps(*(f"s{number}: {{talk: {{text: a, f{number}: b}}}}" for number in range(12_000))),
    "unknown actions": steps(*(f"s{number}: {{a{number}: b}}" for number in range(15_000))),
    "unknown params": talk("{{ params.x }}" * 190, top="params: {y: {type: text, default: a}}\n"),
    "wrong values": steps(*(f"s{number}: {{wait: x{number}}}" for number in range(15_000))),
    "allowed names": main("talk: Hello.", top=f"allow: [{', '.join(f'n{number}' for number in range(20_000))}]\n"),
    "options": menu(", ".join(f"{number:05}: main" for number in range(20_000))),
    "words": menu(", ".join(f"word{number}: main" for number in range(20_000))),
    "words of an option": menu(f"1: {{say: [{', '.join(f'word{number}' for number in range(20_000))}], goto: main}}"),
    "keys everywhere": menu("1: main").replace(
        "steps:", f"keys: {{{', '.join(f'{each:05}: main' for each in range(20_000))}}}\nsteps:"
    ),
    "attempts": menu("1: main", "attempts: 1000, otherwise: main"),
    "attempts without end": menu("1: main", f"attempts: {'9' * 300}, otherwise: main"),
    "noInput for each time": menu("1: main", f"noInput: [{', '.join(['a.'] * 50_000)}], otherwise: main"),
    "questions": steps(
        *(
            f"s{number}: {{menu: {{prompt: Hi., options: {{1: s{number}, 2: s{number + 1}}}, otherwise: s{number}}}}}"
            for number in range(10_000)
        ),
        "s10000: {talk: Bye.}",
    ),
    "questions with ten attempts": steps(
        *(
            f"s{number}: {{menu: {{attempts: 10, prompt: Hi., options: {{1: s{number + 1}}}, otherwise: s{number}}}}}"
            for number in range(10_000)
        ),
        "s10000: {talk: Bye.}",
    ),
    "questions in one block": main(
        *["menu: {prompt: Hi., options: {1: continue, 2: main}, otherwise: continue}"] * 3_000
    ),
    "a mebibyte of steps": steps(*(f"s{number}: {{talk: Hello.}}" for number in range(38_000))),
    "a mebibyte of ways": steps(
        *(f"s{number}: [{{talk: Hi.}}, {{goto: s{number + 1}}}]" for number in range(21_000)), "s21000: {talk: Bye.}"
    ),
    "a mebibyte of actions": main(*["talk: Hello."] * 48_000),
    "a mebibyte of connects": main(*["connect: {phone: 447700900100, otherwise: continue}"] * 16_000),
    "a round without a question": steps(*(f"s{each}: {{goto: s{(each + 1) % 20_000}}}" for each in range(20_000))),
    "nesting": nested(12),
    "nesting at the limit": nested(15),
    "nesting past the limit": nested(40),
    "lists in lists": steps(f"main: {'[' * 48}{']' * 48}"),
    "names that collide by case": steps(*(f"{name}: {{talk: a.}}" for name in CASES)),
    "one name": steps(*["main: {talk: a.}"] * 30_000),
    "long names": steps(*(f"{'n' * 900}{number}: {{talk: a.}}" for number in range(1_000))),
    "a long text": talk("a" * 1_000_000),
    "texts": main(*[f'talk: "{"word " * 250}"'] * 700),
    "tags": talk("<speak>" + "<s>" * 100_000),
    "tags that are closed": talk("<speak>" + "<s>a</s>" * 100_000 + "</speak>"),
    "entities": talk("<speak>" + "&amp;" * 150_000 + "</speak>"),
    "laughs in SSML": talk("<!DOCTYPE s [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]><speak>&b;</speak>"),
    "announced keys": talk("press 1 " * 100_000),
    "announced keys of a question": menu("1: main").replace("Hello.", "for x press 1 " * 60_000),
    "digits in a text": talk("1 " * 400_000),
    "a long number": main(f"connect: {{phone: {'4' * 900_000}}}"),
    "a long URL": main(f"stream: https://a.example.com/{'a/' * 400_000}"),
    "dots in a URL": main(f"stream: https://{'a.' * 400_000}example.com/"),
    "a payload": main(f"notify: {{eventUrl: https://a.example.com/, payload: {{a: [{'1,' * 180_000}1]}}}}"),
    "headers": main(
        "connect: {websocket: {uri: wss://a.example.com/, content-type: audio/l16;rate=16000, headers: {"
        + ", ".join(f"h{number}: v" for number in range(60_000))
        + "}}}"
    ),
    "secrets": main(*[f"notify: {{eventUrl: https://a.example.com/, payload: {{key: {'a1B2' * 8}}}}}"] * 9_000),
    "a long value": talk("{{ params.x }}", params("a" * 1_000_000)),
    "a long value, often": talk("{{ params.x }}" * 190, params("a" * 900_000)),
    "a long list": talk("{{ params.x | join(', ') }}", params(f"[{'a,' * 90_000}a]", "list")),
    "a long number of a param": talk("{{ params.x * params.x }}", params("9" * 300, "integer")),
    "many params": talk("a", "params:\n" + "".join(f"  x{each}: {{type: text}}\n" for each in range(30_000))),
    "choices": talk("{{ params.x }}", f"params: {{x: {{type: choice, choices: [{'a,' * 90_000}a]}}}}\n"),
    "values joined": talk("{{ " + " ~ ".join(["params.x"] * 600) + " }}", params("a" * 5_000)),
    "lists joined": talk(
        "{{ params.x | join(params.x | join(params.x | join)) }}", params(f"[{'ab,' * 900}a]", "list")
    ),
    "a product": talk("{{ " + " * ".join(["9007199254740992"] * 600) + " }}"),
    "a power": talk("{{ 9 ** 9 ** 9 ** 9 }}"),
    "a text many times": talk("{{ 'aaaaaaaaaa' * 1000000000 }}"),
    "decimal places": talk("{{ 1 | number(1000000000) }} {{ 1.5 | round(99999999) }}"),
    "brackets": talk("{{ " + "(" * 200_000 + " }}"),
    "brackets at the limit": talk("{{ " + "(" * 30 + "1" + ")" * 30 + " }}"),
    "signs": talk("{{ " + "-" * 200_000 + "1 }}"),
    "not": talk("{{ " + "not " * 200_000 + "1 }}"),
    "else": talk("{{ " + "1 if 2 else " * 60_000 + "3 }}"),
    "sums": talk("{{ " + "1 + " * 200_000 + "1 }}"),
    "filters": talk("{{ 'a' " + "| upper " * 100_000 + "}}"),
    "indices": talk("{{ params.x" + "[0]" * 200_000 + " }}", params("a")),
    "a call": talk("{{ range(100000000000) | list }} {{ ''.__class__.__mro__ }}"),
    "braces": talk("{{" * 200_000),
    "braces with a quote": talk("{{ '" * 200_000),
    "statements": talk("{% for x in y %}" * 50_000),
    "literals": talk("{{ 'a' }}" * 100_000),
    "expressions": talk("{{ 1 + 1 }}" * 90_000),
    "escapes before braces": talk("\\\\" * 300_000 + "{{" * 100_000),
    "texts of expressions": main(*[f'talk: "{"{{ 1 + 1 }}" * 100}"'] * 900),
    "texts of different expressions": main(
        *(f'talk: "{"".join(f"{{{{ 1 + {number}{each} }}}}" for each in range(100))}"' for number in range(700))
    ),
    "wrong expressions": main(*[f'talk: "{"{{ 1 + }}" * 15}"'] * 6_000),
    "open expressions": main(
        *['talk: "{{ params.x ~ (params.x | upper) }}"'] * 18_000, top="params: {x: {type: text}}\n"
    ),
    "open params": main(*['talk: "{{ params.x }}"'] * 30_000, top="params: {x: {type: text}}\n"),
    "signs of comments": main("talk: press" + " #a" * 250_000),
    "commas": main(f"menu: {{prompt: [{'For sales, press 1., ' * 40_000}a], options: {{1: main}}, otherwise: main}}"),
}
"""Flows that are too much of something."""

TEMPLATES: Mapping[str, str] = {
    "expressions": '[{"action":"talk","text":"' + "{{ 1 + 1 }}" * 90_000 + '"}]',
    "texts of expressions": "[" + '{"action":"talk","text":"{{ 1 + 1 }}"},' * 25_000 + '{"action":"talk","text":"a"}]',
    "names": '[{"action":"talk","text":"' + "{{ params.x }}" * 70_000 + '"}]',
    "braces": '[{"action":"talk","text":"' + "{{" * 500_000 + '"}]',
    "brackets": "[" * 1_000_000,
    "objects": '{"a":' * 200_000,
    "nesting": '[{"action":"notify","eventUrl":["https://a.example.com"],"payload":'
    + '{"a":' * 60
    + "1"
    + "}" * 60
    + "}]",
    "actions": "[" + '{"action":"talk","text":"a"},' * 35_000 + '{"action":"talk","text":"a"}]',
    "unknown fields": "[" + ",".join(f'{{"action":"talk","text":"a","f{each}":1}}' for each in range(22_000)) + "]",
    "no actions": "[" + "1," * 90_000 + "1]",
    "joined": '[{"action":"talk","text":"{{ ' + " ~ ".join(["params.x"] * 600) + ' }}"}]',
}


def command(folder: Path, *arguments: str) -> str:
    """Run one command within limits, and give all that it wrote."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
    )
    said = done.stdout + done.stderr
    assert done.returncode in (0, 1, 2), said[-2_000:]
    assert "Traceback" not in said and "fault of flowc" not in said
    used = re.search(r"^used ([\d.]+) (\d+)$", done.stderr, re.MULTILINE)
    assert used is not None
    assert float(used[1]) < SECONDS * SLACK and int(used[2]) < MEGABYTES, f"{arguments[0]}: {used[0]}: {said[:500]}"
    if done.returncode:
        assert re.search(r"error\[[EW][0-9]{3}\]|Error: ", said), said[:2_000]
    return said


@pytest.mark.parametrize("name", ["braces", "braces with a quote", "literals", "sums", "signs of comments"])
def test_a_text_full_of_signs_takes_a_part_of_a_second(name: str) -> None:
    began = time.process_time()
    assert flowc.compile(FLOWS[name]).diagnostics
    assert time.process_time() - began < 1


BUILD = ("--target", "nginx", "--base-url", "https://x.example.com", "--out")


@pytest.mark.parametrize("text", FLOWS.values(), ids=FLOWS.keys())
def test_a_flow_that_is_too_much_is_checked_and_built_or_refused_within_limits(text: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.flow.yml").write_text(text, encoding="utf-8")
    command(tmp_path, "check", "bomb.flow.yml")
    said = command(tmp_path, "build", "bomb.flow.yml", *BUILD, "out")
    if "error" in said:
        assert not (tmp_path / "out" / "public").exists()


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_file_that_is_too_much_is_refused_by_every_command_within_limits(text: str, tmp_path: Path) -> None:
    bomb: str = eval(text)
    for name in ("bomb.flow.yml", "bomb.ncco.json", "bomb.ncco.tmpl.json"):
        (tmp_path / name).write_text(bomb, encoding="utf-8", newline="")
    for arguments in (
        ("check", "bomb.flow.yml"),
        ("check", "bomb.ncco.json"),
        ("build", "bomb.flow.yml", *BUILD, "out"),
        ("render", "bomb.ncco.tmpl.json"),
    ):
        assert "error[" in command(tmp_path, *arguments)


@pytest.mark.parametrize("text", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_a_template_that_is_too_much_is_filled_or_refused_within_limits(text: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.ncco.tmpl.json").write_text(text, encoding="utf-8")
    (tmp_path / "params.yml").write_text(f"x: {'a' * 1_000_000}\n", encoding="utf-8")
    command(tmp_path, "render", "bomb.ncco.tmpl.json", "--param", "x=a")
    command(tmp_path, "render", "bomb.ncco.tmpl.json", "--params", "params.yml")


@pytest.mark.parametrize(
    "value", ["a" * 1_000_000, "[" + "a, " * 90_000 + "a]", "{a: b}", "9" * 5_000, '"{{ params.x }}"']
)
def test_a_param_with_a_value_that_is_too_much_is_bound_or_refused_within_limits(value: str, tmp_path: Path) -> None:
    for kind in ("text", "number", "phone", "url", "list", "boolean"):
        flow = talk("Hello {{ params.x }}{{ params.x }}", f"params: {{x: {{type: {kind}}}}}\n")
        (tmp_path / "bomb.flow.yml").write_text(flow, encoding="utf-8")
        (tmp_path / "params.yml").write_text(f"x: {value}\n", encoding="utf-8")
        command(tmp_path, "build", "bomb.flow.yml", "--params", "params.yml", *BUILD, "out")
