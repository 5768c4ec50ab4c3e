"""`flowc build`, `flowc render` and `flowc init`, run as programs."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = """\
sites:
  test: {target: nginx, base_url: "https://test.example.com/ivr", params: {agents: 447700900101}}
  live: {target: nginx, base_url: "https://ivr.example.com", params: env/live.yml}
numbers:
  442079460000: acme
"""
ACME = """\
flow: acme
voice: {language: en-GB}
params:
  agents: {type: phone, default: 447700900100}
  caller_id: {type: phone}
failure: {talk: Something went wrong on our side. Please call again.}
steps:
  main:
    menu:
      prompt: For sales, press 1. To hear this again, press star.
      options: {1: sales, "*": main}
      otherwise: voicemail
  sales:
    - talk: Connecting you to sales.
    - connect: {phone: "{{ params.agents }}", from: "{{ params.caller_id }}", timeout: 20, otherwise: voicemail}
  voicemail:
    - talk: Please leave a message after the tone.
    - record: {beepStart: true, endOnSilence: 3, timeOut: 120}
    - talk: Thank you. Goodbye.
"""
BELL = "flow: bell\nsteps:\n  ring:\n    - talk: Ding.\n    - connect: {phone: 447700900123, from: 447700900100}\n"


class Ran:
    """What a run of the program came to."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        assert "Traceback" not in self.out + self.err and "fault of flowc" not in self.err, self.err

    def rules(self) -> list[str]:
        """The names of the rules in a text report, which `render` prints beside its document."""
        return re.findall(r"(?:error|warning)\[[EW][0-9]+\] ([a-z0-9-]+):", self.out + self.err)


def flowc(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run the program in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "flowc", *arguments],
        cwd=folder,
        env={**surroundings(), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Ran(done)


def surroundings() -> dict[str, str]:
    left_out = ("NO_COLOR", "FORCE_COLOR", "FLOWC_DEBUG")
    kept = {
        key: value for key, value in os.environ.items() if key not in left_out and not key.startswith("FLOWC_PARAM")
    }
    return {**kept, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "env").mkdir()
    (tmp_path / "flowc.yml").write_text(PROJECT)
    (tmp_path / "env/live.yml").write_text("agents: 447700900102\ncaller_id: 447700900103\n")
    (tmp_path / "acme.flow.yml").write_text(ACME)
    (tmp_path / "bell.flow.yml").write_text(BELL)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, but for what the lock and the stamp are."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def document(folder: Path, path: str) -> list[dict[str, object]]:
    actions: list[dict[str, object]] = json.loads((folder / path).read_text())
    return actions


@pytest.mark.parametrize("command", ["build", "serve", "check"])
def test_without_a_path_and_a_project_flows_that_are_here_are_to_be_named(command: str, tmp_path: Path) -> None:
    (tmp_path / "acme.flow.yml").write_text("flow: acme\nsteps: {main: {talk: Hello.}}\n", encoding="utf-8")
    done = flowc(tmp_path, command)
    assert done.code == 2 and "no `flowc.yml` in this folder or above it): name a PATH" in done.err


def test_a_build_prints_what_is_typed_into_the_dashboard(project: Path) -> None:
    ran = flowc(project, "build", "--site", "test")
    assert ran.code == 0, ran.out
    lines = [re.sub(r"\s+", " ", line).strip() for line in ran.out.splitlines()]
    assert lines[:11] == [
        "all numbers",
        "answer POST https://test.example.com/ivr/answer",
        "acme (acme.flow.yml)",
        "answer POST https://test.example.com/ivr/acme/main.json",
        "fallback POST https://test.example.com/ivr/acme/failure.json",
        "event POST https://test.example.com/ivr/events",
        "open sales: flowc render acme --site test --param caller_id=VALUE",
        "bell (bell.flow.yml)",
        "answer POST https://test.example.com/ivr/bell/ring.json",
        "fallback none: the flow has no `failure`",
        "event POST https://test.example.com/ivr/events",
    ]
    assert "nginx:" in lines
    assert "http { }" in ran.out and "server { }" in ran.out
    assert ran.err == "2 flows, 2 of them compiled, in build/test\n"


def test_a_static_host_is_asked_with_get_and_takes_no_events(project: Path) -> None:
    (project / "acme.flow.yml").unlink()
    arguments = ("bell.flow.yml", "--target", "static", "--base-url", "https://files.example.com/")
    ran = flowc(project, "build", *arguments)
    assert "answer    GET  https://files.example.com/bell/ring.json" in ran.out
    assert "none: `static` takes no events" in ran.out
    assert (project / "build/static/public/bell/ring.json").exists()


def test_what_waits_is_an_error_on_a_static_host_and_nothing_is_written(project: Path) -> None:
    ran = flowc(project, "build", "--target", "static", "--base-url", "https://files.example.com")
    assert ran.code == 1
    assert {"unhosted-answer", "unhosted-outcome"} == set(ran.rules())
    assert not (project / "build").exists() or not list((project / "build").rglob("*.json"))


def test_public_holds_only_what_may_be_published(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    built = tree(project / "build/test")
    public = {path for path in built if path.startswith("public/")}
    assert public == {path for path in public if path.endswith(".json")}
    assert "program/acme/sales.ncco.tmpl.json" in built and "public/acme/sales.json" not in built
    assert json.loads(built["program/acme.program.json"])["flow"] == "acme"
    lines = json.loads(built["program/acme.map.json"])
    assert (lines["file"], lines["lines"]["sales"][0]) == ("acme.flow.yml", 14)


def test_params_come_from_the_weakest_to_the_strongest(project: Path, tmp_path: Path) -> None:
    (project / "values.yml").write_text("agents: 447700900104\n")

    def called(*arguments: str, **environment: str) -> object:
        assert flowc(project, "build", "--site", "live", "--quiet", *arguments, **environment).code == 0
        return document(project, "build/live/public/acme/sales.json")[1]["endpoint"]

    assert called() == [{"type": "phone", "number": "447700900102"}]
    from_file = ("--params", "values.yml")
    assert called(*from_file) == [{"type": "phone", "number": "447700900104"}]
    from_environment = {"FLOWC_PARAM_AGENTS": "447700900105"}
    assert called(*from_file, **from_environment) == [{"type": "phone", "number": "447700900105"}]
    typed = ("--param", "agents=447700900106")
    assert called(*from_file, *typed, **from_environment) == [{"type": "phone", "number": "447700900106"}]


def test_an_unchanged_build_says_its_warnings_and_its_urls_again(project: Path) -> None:
    (project / "bell.flow.yml").write_text(BELL + "  lonely:\n    - talk: Nobody comes here.\n")
    first = flowc(project, "build", "--site", "test")
    second = flowc(project, "build", "--site", "test")
    assert "unreachable-step" in first.rules()
    assert second.out == first.out
    assert second.err == "2 flows, none of them changed, in build/test\n"


def test_a_build_from_a_folder_inside_says_the_same_with_other_paths(project: Path) -> None:
    (project / "bell.flow.yml").write_text(BELL + "  lonely:\n    - talk: Nobody comes here.\n")
    flowc(project, "build", "--site", "test")
    inside = flowc(project / "env", "build", "--site", "test")
    assert inside.err == "2 flows, none of them changed, in ../build/test\n"
    assert "../bell.flow.yml:6:3: warning" in inside.out and "lonely:" in inside.out


def test_warnings_are_allowed_or_counted_as_wanted(project: Path) -> None:
    (project / "bell.flow.yml").write_text(BELL + "  lonely:\n    - talk: Nobody comes here.\n")
    strict = flowc(project, "build", "--site", "test", "--strict")
    assert strict.code == 1
    assert not (project / "build/test").exists()
    allowed = flowc(project, "build", "--site", "test", "--strict", "--allow", "unreachable-step")
    assert (allowed.code, allowed.rules()) == (0, [])
    (project / "flowc.yml").write_text(PROJECT + "allow:\n  bell.flow.yml: unreachable-step\n")
    assert flowc(project, "build", "--site", "test", "--strict").code == 0


def test_check_exits_with_1_where_a_file_would_change_and_writes_nothing(project: Path) -> None:
    first = flowc(project, "build", "--site", "test", "--check")
    assert first.code == 1 and "would change: build/test/public/bell/ring.json" in first.out
    assert not (project / "build").exists() and not (project / ".flowc").exists()
    flowc(project, "build", "--site", "test")
    clean = flowc(project, "build", "--site", "test", "--check")
    assert (clean.code, clean.out, clean.err) == (0, "", "2 flows: nothing would change\n")
    (project / "build/test/public/bell/ring.json").write_text("edited")
    before = tree(project)
    edited = flowc(project, "build", "--site", "test", "--check")
    assert (edited.code, edited.out) == (1, "would change: build/test/public/bell/ring.json\n")
    assert tree(project) == before


def test_force_writes_what_was_edited_by_hand(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    built = tree(project / "build")
    (project / "build/test/public/bell/ring.json").write_text("edited")
    assert flowc(project, "build", "--site", "test").code == 0
    assert tree(project / "build") != built
    assert flowc(project, "build", "--site", "test", "--force").code == 0
    assert tree(project / "build") == built


def test_explain_prints_what_each_document_needs_and_why(project: Path) -> None:
    ran = flowc(project, "build", "--site", "test", "--explain")
    lines = [re.sub(r"  +", "  ", line) for line in ran.out.splitlines()]
    assert "acme  needs  because of" in lines
    assert "main  the key that is pressed  acme.flow.yml:9" in lines
    assert "sales  the outcome of a call; params caller_id  acme.flow.yml:15" in lines
    assert "voicemail  a file" in lines
    assert "ring  a file  bell.flow.yml:4: the call ends if nobody answers" in lines


def test_explain_prints_it_of_a_flow_that_the_host_refuses_as_well(project: Path) -> None:
    ran = flowc(
        project, "build", "acme.flow.yml", "--target", "static", "--base-url", "https://a.example.com", "--explain"
    )
    lines = [re.sub(r"  +", "  ", line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert "unhosted-answer" in ran.err + ran.out
    assert "main  the key that is pressed  acme.flow.yml:9" in lines
    assert not (project / "build/static").exists()


def test_explain_names_the_file_of_a_used_flow(project: Path) -> None:
    (project / "parts").mkdir()
    (project / "parts/ask.flow.yml").write_text(
        "flow: ask\nsteps:\n  main:\n    - talk: Hello.\n"
        "    - input: {prompt: Key in a number., save: n, otherwise: {hangup: Bye.}}\n"
    )
    (project / "twice.flow.yml").write_text(
        "flow: twice\nuse: {ask: parts/ask.flow.yml}\nsteps:\n  main:\n"
        '    - run: {flow: ask, save: a}\n    - talk: "You said {{ vars.a.n }}."\n'
    )
    command = ("build", "twice.flow.yml", "--target", "server", "--base-url", "https://a.example.com", "--explain")
    lines = [re.sub(r"  +", "  ", line).strip() for line in flowc(project, *command).out.splitlines()]
    assert "main  what the call said before  twice.flow.yml:5" in lines
    assert lines[lines.index("main  what the call said before  twice.flow.yml:5") + 1] == (
        "the key that is pressed  parts/ask.flow.yml:5"
    )
    assert "main.ask/main  what the call said before  parts/ask.flow.yml:5" in lines
    assert "main.2  what the call said before  twice.flow.yml:6" in lines


def test_findings_are_written_in_other_formats(project: Path) -> None:
    (project / "bell.flow.yml").write_text(BELL + "  lonely:\n    - talk: Nobody comes here.\n")
    for _ in range(2):
        as_json = json.loads(flowc(project, "build", "--site", "test", "--format", "json").out)
        assert [(each["file"], each["line"], each["name"]) for each in as_json] == [
            ("bell.flow.yml", 6, "unreachable-step")
        ]
        sarif = json.loads(flowc(project, "build", "--site", "test", "--format", "sarif").out)
        assert len(sarif["runs"][0]["tool"]["driver"]["rules"][0]["help"]["text"]) > 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--site test or --site live"),
        (("--site", "tets"), "did you mean `test`?"),
        (("--target", "nginks", "--base-url", "https://a.example.com"), "did you mean `nginx`?"),
        (("--target", "nginx"), "--base-url"),
        (("--target", "nginx", "--base-url", "ivr.example.com"), "not absolute"),
        (("--site", "test", "--param", "agents"), "NAME=VALUE"),
    ],
)
def test_wrong_usage_is_said_with_what_to_type(project: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = flowc(project, "build", *arguments)
    assert ran.code == 2 and words in ran.err


def test_a_flow_without_a_project_is_built_in_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "bell.flow.yml").write_text(BELL)
    assert "where are the flows hosted?" in flowc(tmp_path, "build", "bell.flow.yml").err
    ran = flowc(tmp_path, "build", "bell.flow.yml", "--target", "nginx", "--base-url", "https://ivr.example.com")
    assert ran.code == 0
    assert (tmp_path / "build/nginx/public/bell/ring.json").exists()
    assert (tmp_path / ".flowc").is_dir()


def test_two_sites_are_built_and_remembered_apart(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    flowc(project, "build", "--site", "live")
    assert flowc(project, "build", "--site", "test").err.startswith("2 flows, none of them changed")
    assert flowc(project, "build", "--site", "live").err.startswith("2 flows, none of them changed")
    assert len(list((project / ".flowc").glob("*.record"))) == 2


def test_values_that_nothing_declares_are_said(project: Path) -> None:
    assert flowc(project, "build", "--site", "test").code == 0
    ran = flowc(project, "build", "--site", "test", "--param", "agent=447700900107")
    assert (ran.code, ran.rules()) == (1, ["undeclared-param"])
    assert "did you mean `agents`?" in ran.out


def test_a_secret_is_neither_in_the_outputs_nor_in_the_record(project: Path) -> None:
    (project / "bell.flow.yml").write_text("flow: bell\nparams: {key: {type: secret}}\n" + BELL.partition("\n")[2])
    assert flowc(project, "build", "--site", "live", "--param", "key=s3cr3t-value").code == 0
    assert b"447700900102" in b"".join(tree(project / ".flowc").values())
    assert b"s3cr3t" not in b"".join(tree(project).values())


def test_render_fills_a_document_and_holds_it_to_the_check(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    template = "build/test/program/acme/sales.ncco.tmpl.json"
    ran = flowc(project, "render", template, "--param", "caller_id=447700900107")
    assert ran.code == 0
    talk, connect = json.loads(ran.out)
    assert talk["text"] == "Connecting you to sales."
    assert (connect["from"], connect["endpoint"][0]["number"]) == ("447700900107", "447700900101")
    wrong = flowc(project, "render", template, "--param", "caller_id=0044", "--out", "sales.json")
    assert wrong.code == 1 and wrong.rules() == ["value-does-not-fit"]
    assert not (project / "sales.json").exists()


def test_render_gives_a_whole_leaf_the_type_of_its_field(project: Path) -> None:
    talk = {
        "action": "talk",
        "text": "{{ params.n }} {{ '{{' }}",
        "level": "{{ params.level }}",
        "loop": "{{ params.n }}",
    }
    stream = {"action": "stream", "streamUrl": ["{{ params.base }}/a.mp3"]}
    (project / "t.ncco.tmpl.json").write_text(json.dumps([talk, stream]))
    values = ("--param", "n=2", "--param", "level=0.5", "--param", "base=https://a.example.com/x")
    ran = flowc(project, "render", "t.ncco.tmpl.json", *values)
    assert json.loads(ran.out) == [
        {"action": "talk", "text": "2 {{", "level": 0.5, "loop": 2},
        {"action": "stream", "streamUrl": ["https://a.example.com/x/a.mp3"]},
    ]
    refused = flowc(project, "render", "t.ncco.tmpl.json", *values, "--param", "level=7")
    assert refused.code == 1 and refused.rules() == ["out-of-range"]


def test_what_is_wrong_in_a_used_flow_is_said_once(project: Path) -> None:
    (project / "ask.flow.yml").write_text(
        "flow: ask\nsteps:\n  main:\n    - input: {prompt: Key in a number., save: n, otherwise: {hangup: Bye.}}\n"
        '    - talk: "You said {{ vars.n }}."\n'
    )
    (project / "twice.flow.yml").write_text(
        "flow: twice\nuse: {ask: ask.flow.yml}\nsteps:\n  main:\n"
        "    - run: {flow: ask}\n    - run: {flow: ask}\n    - talk: Bye.\n"
    )
    ran = flowc(project, "build", "--site", "test")
    said = re.findall(r"^(\S+): error\[(E\d+)\]", ran.out, re.MULTILINE)
    assert ("ask.flow.yml:4:7", "E506") in said
    assert len(said) == len(set(said)), said


def test_render_of_a_flow_fills_all_its_open_documents(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    bound = ("--site", "test", "--param", "caller_id=447700900107")
    assert list(json.loads(flowc(project, "render", "acme", *bound).out)) == ["sales"]
    assert flowc(project, "render", "acme", *bound, "--out", "filled").code == 0
    assert document(project, "filled/sales.json")[1]["from"] == "447700900107"
    assert flowc(project, "render", "acme", "--site", "test").rules() == ["unbound-param"]


def test_render_says_of_a_flow_without_open_documents_whether_it_is_misspelt_or_not_built(project: Path) -> None:
    unbuilt = flowc(project, "render", "acme", "--site", "test")
    assert unbuilt.rules() == ["nothing-open"]
    assert "build it first: flowc build --site test" in unbuilt.err
    flowc(project, "build", "--site", "test")
    assert "there is no flow `acne`" in (misspelt := flowc(project, "render", "acne", "--site", "test")).err
    assert "did you mean `acme`?" in misspelt.err
    assert "it is built, and waits for no param" in flowc(project, "render", "bell", "--site", "test").err


def test_what_a_render_says_stands_beside_its_document_in_any_format(project: Path) -> None:
    template = [
        {"action": "talk", "text": "{{ params.a }}"},
        {"action": "talk", "text": "Hi", "loop": "{{ params.n }}"},
    ]
    (project / "t.ncco.tmpl.json").write_text(json.dumps(template, indent=1))
    values = ("--param", "a=", "--param", "n=-1", "--param", "z=2")
    ran = flowc(project, "render", "t.ncco.tmpl.json", *values, "--format", "json")
    assert (ran.code, ran.out) == (1, "")
    said = [(each["name"], each["file"], each["line"]) for each in json.loads(ran.err)]
    assert ("undeclared-param", "<command line>", 1) in said
    assert ("out-of-range", "t.ncco.tmpl.json", 9) in said


def test_render_of_a_flow_says_mistakes_at_the_flow(project: Path) -> None:
    flow = (
        "flow: bell\nparams: {n: {type: integer}}\nsteps:\n  ring:\n    - talk: {text: Ding., loop: '{{ params.n }}'}\n"
    )
    (project / "bell.flow.yml").write_text(flow)
    flowc(project, "build", "--site", "live")
    ran = flowc(project, "render", "bell", "--site", "live", "--param", "n=-1", "--format", "json")
    assert [(each["file"], each["line"]) for each in json.loads(ran.err)] == [("bell.flow.yml", 5)]
    ran = flowc(project, "render", "bell", "--site", "live", "--param", "m=1", "--format", "json")
    assert {each["name"] for each in json.loads(ran.err)} == {"undeclared-param", "unbound-param"}


def test_render_of_a_file_alone_calculates_and_leaves_out_what_says_nothing(project: Path) -> None:
    (project / "alone").mkdir()
    talks = [
        {"action": "talk", "text": "{{ params.n + 1 }} of {{ params.n }}", "loop": "{{ params.n + 1 }}"},
        {"action": "talk", "text": "{{ params.e }}"},
        {"action": "talk", "text": "{{ 'yes' if params.b else 'no' }} {{ params.v }}"},
    ]
    (project / "alone/t.ncco.tmpl.json").write_text(json.dumps(talks))
    values = [each for pair in ("n=20", "e=", "b=false", "v=1.10") for each in ("--param", pair)]
    ran = flowc(project, "render", "alone/t.ncco.tmpl.json", *values)
    assert json.loads(ran.out) == [
        {"action": "talk", "text": "21 of 20", "loop": 21},
        {"action": "talk", "text": "no 1.10"},
    ]


def test_render_writes_neither_over_its_template_nor_into_a_folder_that_is_not_there(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    template = "build/test/program/acme/sales.ncco.tmpl.json"
    bound = ("--param", "caller_id=447700900107")
    ran = flowc(project, "render", template, *bound, "--out", f"./{template}")
    assert ran.code == 2 and "the template itself" in ran.err
    assert flowc(project, "render", template, *bound, "--out", "no/sales.json").rules() == ["missing-out-parent"]
    flow = flowc(project, "render", "acme", "--site", "test", *bound, "--out", "no/filled")
    assert flow.rules() == ["missing-out-parent"] and not (project / "no").exists()


def printed(ran: Ran) -> list[str]:
    """The commands that fill open documents, with a value in them."""
    commands = re.findall(r"open .*: flowc (render .*)", ran.out)
    return [each.replace("=VALUE", "=447700900107") for each in commands]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--site", "test"),
        ("--target", "nginx", "--base-url", "https://ivr.example.com"),
        ("--site", "test", "--out", "my site"),
    ],
)
def test_the_command_that_a_build_prints_fills_the_open_documents(project: Path, arguments: tuple[str, ...]) -> None:
    (command,) = printed(flowc(project, "build", *arguments))
    ran = flowc(project, *shlex.split(command))
    assert ran.code == 0 and "447700900107" in ran.out


def test_a_document_of_which_only_a_host_can_make_a_file_is_not_left_out_in_silence(project: Path) -> None:
    (project / "greet.flow.yml").write_text(
        "flow: greet\nfailure: {talk: Sorry.}\nparams: {name: {type: text}}\nsteps:\n"
        "  main:\n    - talk: 'Hello {{ params.name }}, who calls from {{ call.from }}.'\n"
        "    - menu: {prompt: Press 1., options: {1: bye}, otherwise: bye}\n"
        "  bye: {talk: 'Goodbye, {{ params.name }}.'}\n"
    )
    (project / "rows.csv").write_text("name\nJo\n")
    server = ("--target", "server", "--base-url", "https://a.example.com")
    built = flowc(project, "build", "greet.flow.yml", *server)
    template = "build/server/program/greet/bye.ncco.tmpl.json"
    assert f"open      main: flowc build {' '.join(server)} --param name=VALUE" in built.out
    assert f"open      bye: flowc render {template} --param name=VALUE" in built.out
    for more in (("--param", "name=Jo"), ("--data", "rows.csv")):
        ran = flowc(project, "render", "greet", *server, *more)
        assert ran.code == 2 and ran.out == ""
        assert "`main` of `greet` cannot be filled: it is made for each call, by a host" in ran.err
        assert f"  flowc build {' '.join(server)} --param name=VALUE\n  flowc render {template}" in ran.err
    ran = flowc(project, "render", template, "--data", "rows.csv")
    assert json.loads(ran.out) == [{"action": "talk", "text": "Goodbye, Jo."}]


def test_the_command_that_a_build_prints_runs_where_the_build_ran(project: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent
    (command,) = printed(flowc(outside, "build", str(project), "--site", "test"))
    assert "447700900107" in flowc(outside, *shlex.split(command)).out


def test_a_number_whose_answer_stays_open_is_said_and_has_no_line_in_the_table(project: Path) -> None:
    text = (project / "flowc.yml").read_text()
    (project / "flowc.yml").write_text(text + "  442079460001: bell\n")
    (project / "bell.flow.yml").write_text(
        "flow: bell\nparams: {n: {type: text}}\nsteps:\n  ring: {talk: 'Hi {{ params.n }}'}\n"
    )
    ran = flowc(project, "build", "--site", "test")
    assert "none yet  442079460001: the answer of `bell` stays open" in ran.out
    assert (project / "build/test/nginx/numbers.map").read_text().splitlines()[1:] == ["442079460000 /acme/main.json;"]


def test_a_number_that_is_added_is_built_though_no_flow_changed(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    text = (project / "flowc.yml").read_text()
    (project / "flowc.yml").write_text(text + "  442079460001: acme\n")
    assert flowc(project, "build", "--site", "test").code == 0
    assert "442079460001" in (project / "build/test/nginx/numbers.map").read_text()


def test_a_site_may_be_served_by_another_machine(project: Path) -> None:
    site = 'far: {target: nginx, base_url: "https://ivr.example.com", root: /srv/ivr/, socket: /run/ivr.sock}'
    (project / "flowc.yml").write_text(f"sites:\n  {site}\n")
    ran = flowc(project, "build")
    assert 'include "/srv/ivr/nginx/server.conf";' in ran.out
    http = (project / "build/far/nginx/http.conf").read_text()
    assert 'root "/srv/ivr/public";' in http and "listen unix:/run/ivr.sock;" in http
    assert str(project) not in http


@pytest.mark.parametrize("out", [".", "flows"])
def test_an_output_folder_that_holds_the_flows_is_refused_and_not_marked(project: Path, out: str) -> None:
    (project / "flows").mkdir()
    (project / "acme.flow.yml").rename(project / "flows/acme.flow.yml")
    before = tree(project)
    for more in ((), ("--check",)):
        ran = flowc(project, "build", "--site", "test", "--out", out, *more)
        assert (ran.code, ran.rules()) == (1, ["out-holds-flows"])
    assert tree(project) == before


@pytest.mark.parametrize("fault", ["twins", "host"])
def test_a_first_build_that_fails_leaves_nothing_behind(project: Path, fault: str) -> None:
    if fault == "twins":
        (project / "b.flow.yml").write_text(BELL)
    before = sorted(project.rglob("*"))
    host = ("--site", "test") if fault == "twins" else ("--target", "static", "--base-url", "https://a.example.com")
    for out in ((), ("--out", "site")):
        assert flowc(project, "build", *host, *out).code == 1
        assert sorted(project.rglob("*")) == before


def test_a_site_named_after_a_path_is_refused_by_build_and_check(project: Path) -> None:
    (project / "flowc.yml").write_text('sites: {"../../evil": {target: nginx, base_url: "https://a.example.com"}}\n')
    assert flowc(project, "build", "--site", "../../evil").rules() == ["bad-site-name"]
    assert flowc(project, "check").rules() == ["bad-site-name"]


def test_an_allow_of_the_project_that_quiets_nothing_is_said_by_build_as_by_check(project: Path) -> None:
    (project / "flowc.yml").write_text(PROJECT + 'allow: {"*.flow.yml": [unreachable-step]}\n')
    assert "unused-allow" in flowc(project, "build", "--site", "live").rules()
    assert "unused-allow" in flowc(project, "check").rules()


def test_what_a_killed_build_staged_is_no_file_that_would_change(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    (project / "build/test/.flowc-stage/new").mkdir(parents=True)
    ran = flowc(project, "build", "--site", "test", "--check")
    assert (ran.code, ran.err) == (0, "2 flows: nothing would change\n")


def test_a_stray_param_is_said_where_it_is_written(project: Path) -> None:
    (project / "p.yml").write_text("agents: 447700900107\nagent: 447700900107\n")
    typed = flowc(project, "build", "--site", "test", "--param", "agent=1", "--format", "json")
    assert [(each["file"], each["column"]) for each in json.loads(typed.out)] == [("<command line>", 9)]
    filed = flowc(project, "build", "--site", "test", "--params", "p.yml", "--format", "json")
    assert [(each["file"], each["line"]) for each in json.loads(filed.out)] == [("p.yml", 2)]


def test_init_makes_a_project_that_builds_and_overwrites_nothing(tmp_path: Path) -> None:
    made = flowc(tmp_path, "init", "shop")
    assert made.code == 0 and made.out.count("made ") == 7
    assert made.out.endswith("\nnow: cd shop && flowc test && flowc build\n")
    folder = tmp_path / "shop"
    flow = (folder / "flows/hello.flow.yml").read_text()
    modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", flow)
    assert modeline is not None
    assert json.loads((folder / "flows" / modeline[1]).read_text())["$schema"]
    built = flowc(folder, "build", "--strict")
    assert (built.code, built.rules()) == (0, [])
    assert flowc(folder, "check", "--strict").code == 0
    tested = flowc(folder, "test", "--cover-min", "100")
    assert (tested.code, tested.out, tested.err) == (0, "", "3 calls, all as they are to be\n")
    calls = folder / "flows/hello.calls.yml"
    modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", calls.read_text())
    assert modeline is not None and (calls.parent / modeline[1]).is_file()
    calls.write_text(calls.read_text().replace("nine to five", "nine to six"))
    assert flowc(folder, "test").code == 1
    (folder / "flows/hello.flow.yml").write_text("mine")
    again = flowc(folder, "init", ".")
    assert again.out.count("kept ") == 7
    assert (folder / "flows/hello.flow.yml").read_text() == "mine"


def test_init_says_when_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("a file")
    ran = flowc(tmp_path, "init", "shop")
    assert (ran.code, ran.rules()) == (1, ["out-not-a-folder"])


def test_a_flow_that_cannot_be_read_is_said_and_changes_nothing(project: Path) -> None:
    flowc(project, "build", "--site", "test")
    before = tree(project / "build")
    (project / "bell.flow.yml").unlink()
    (project / "bell.flow.yml").mkdir()
    (project / "dangling.flow.yml").symlink_to("nowhere")
    ran = flowc(project, "build", "--site", "test")
    assert ran.code == 1 and "no-such-file" in ran.rules()
    assert tree(project / "build") == before


def test_the_flows_of_a_build_are_not_looked_for_in_what_it_wrote(project: Path) -> None:
    (project / "build/test").mkdir(parents=True)
    flowc(project, "build", "--site", "test")
    shutil.copy(project / "bell.flow.yml", project / "build/test/copy.flow.yml")
    assert flowc(project, "build", "--site", "test").code == 0


def test_a_long_build_shows_how_far_it_is_to_a_person(tmp_path: Path) -> None:
    program = (
        "import flowc.cli.builds.progress as p, time; p.WAIT = p.EVERY = 0; line = p.watched();"
        "[line(n, 3) for n in (1, 2, 3)]; line.end()"
    )
    main, other = pty.openpty()
    with os.fdopen(other, "wb") as terminal:
        subprocess.run([sys.executable, "-c", program], stderr=terminal, env=surroundings(), check=True, timeout=60)
    written = os.read(main, 4096).decode()
    os.close(main)
    assert "\r1 of 3 flows\r2 of 3 flows\r3 of 3 flows" in written
    assert written.rstrip("\r").endswith("\r" + " " * len("3 of 3 flows"))
