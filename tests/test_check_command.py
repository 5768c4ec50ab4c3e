"""`flowc check`, run as a program: what it reads, what it prints, how it exits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SOUND = "flow: acme\nsteps:\n  main:\n    talk: Thank you for calling.\n"
BROKEN = "flow: acme\nsteps:\n  main:\n    - talk: Hello.\n    - goto: mian\n"
NCCO = '[{"action": "talk", "text": "Hello."}]'
LEGACY = '[{"action": "talk", "text": "Hello.", "voiceName": "Amy"}]'
ROOT = Path(__file__).parent.parent


class Ran:
    """What a run of the program came to."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        assert "Traceback" not in self.out + self.err


def flowc(folder: Path, *arguments: str, stdin: str | bytes = "", **environment: str) -> Ran:
    """Run the program in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "flowc", *arguments],
        cwd=folder,
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        env=surroundings(**environment),
        capture_output=True,
        timeout=60,
    )
    return Ran(subprocess.CompletedProcess((), done.returncode, done.stdout.decode(), done.stderr.decode()))


def surroundings(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "FLOWC_DEBUG")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def files(folder: Path, **texts: str) -> Path:
    """Write files; in their names `__` stands for a slash and `_` for a dot."""
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(ran: Ran) -> list[str]:
    """The rules of a JSON report."""
    return [each["name"] for each in json.loads(ran.out)]


def test_a_sound_flow_prints_nothing_but_the_count(tmp_path: Path) -> None:
    ran = flowc(files(tmp_path, a_flow_yml=SOUND), "check", "a.flow.yml")
    assert (ran.code, ran.out, ran.err) == (0, "", "no mistakes in 1 file\n")


def test_quiet_leaves_the_count_out(tmp_path: Path) -> None:
    ran = flowc(files(tmp_path, a_flow_yml=SOUND), "check", "-q", "a.flow.yml")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_mistake_is_said_with_its_place_line_caret_and_hint(tmp_path: Path) -> None:
    ran = flowc(files(tmp_path, a_flow_yml=BROKEN), "check", "a.flow.yml")
    lines = ran.out.splitlines()
    assert ran.code == 1
    assert lines[0].startswith("a.flow.yml:5:13: error[")
    assert lines[1:] == ["    5 |     - goto: mian", "      |             ^^^^", "   = help: did you mean `main`?"]
    assert ran.err == "1 error in 1 file\n"


def test_a_folder_stands_for_its_flows_and_nccos_at_any_depth(tmp_path: Path) -> None:
    files(
        tmp_path,
        a_flow_yml=BROKEN,
        deep__er__b_flow_yaml=BROKEN.replace("acme", "other"),
        c_ncco_json="[",
        other_json="[",
        d_yml="[",
        _git__x_flow_yml="[",
    )
    ran = flowc(tmp_path, "check", ".", "--format", "json")
    assert [each["file"] for each in json.loads(ran.out)] == ["a.flow.yml", "c.ncco.json", "deep/er/b.flow.yaml"]


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    files(tmp_path, raw_json="[", flow_yml=BROKEN)
    assert flowc(tmp_path, "check", "raw.json", "flow.yml").err == "2 errors in 2 files\n"


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=BROKEN)
    assert flowc(tmp_path, "check", "a.flow.yml", "./a.flow.yml", ".").err == "1 error in 1 file\n"


def test_without_a_path_the_flows_of_the_project_are_checked(tmp_path: Path) -> None:
    files(tmp_path, flowc_yml="flows: flows/*.flow.yml\n", flows__a_flow_yml=BROKEN, other__b_flow_yml=BROKEN)
    assert flowc(tmp_path, "check").out.startswith("flows/a.flow.yml:5:13: ")
    assert flowc(tmp_path / "other", "check").out.startswith("../flows/a.flow.yml:5:13: ")


def test_without_a_path_and_a_project_the_usage_is_wrong(tmp_path: Path) -> None:
    ran = flowc(tmp_path, "check")
    assert ran.code == 2
    assert "no project here" in ran.err


@pytest.mark.parametrize(("text", "code"), [(NCCO, 0), (f"\n  {NCCO}", 0), (SOUND, 0), (BROKEN, 1), ("[", 1)])
def test_what_comes_in_is_an_ncco_or_a_flow(tmp_path: Path, text: str, code: int) -> None:
    assert flowc(tmp_path, "check", "-", stdin=text).code == code


def test_what_comes_in_has_the_name_it_is_given(tmp_path: Path) -> None:
    assert flowc(tmp_path, "check", "-", stdin=BROKEN).out.startswith("<stdin>:5:13: ")
    named = flowc(tmp_path, "check", "-", "--stdin-filename", "flows/a.flow.yml", stdin=BROKEN)
    assert named.out.startswith("flows/a.flow.yml:5:13: ")


def test_warnings_alone_are_clean_unless_strict(tmp_path: Path) -> None:
    files(tmp_path, a_ncco_json=LEGACY)
    assert flowc(tmp_path, "check", "a.ncco.json").err == "1 warning in 1 file\n"
    assert flowc(tmp_path, "check", "a.ncco.json").code == 0
    assert flowc(tmp_path, "check", "a.ncco.json", "--strict").code == 1


def test_a_warning_can_be_allowed_by_name(tmp_path: Path) -> None:
    files(tmp_path, a_ncco_json=LEGACY)
    (name,) = names(flowc(tmp_path, "check", ".", "--format", "json"))
    ran = flowc(tmp_path, "check", ".", "--strict", "--allow", name)
    assert (ran.code, ran.out) == (0, "")


@pytest.mark.parametrize(
    ("name", "said"),
    [("unused-alow", "unknown-allow"), ("nothing-to-check", "unused-allow"), ("no-such-file", "allowed-error")],
)
def test_an_allow_that_does_nothing_is_said_where_it_was_typed(tmp_path: Path, name: str, said: str) -> None:
    files(tmp_path, a_flow_yml=SOUND)
    ran = flowc(tmp_path, "check", ".", "--allow", name, "--format", "json")
    (one,) = json.loads(ran.out)
    assert (one["name"], one["file"], one["column"]) == (said, "<command line>", 9)
    assert ran.code == 0


def test_an_error_cannot_be_allowed(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=BROKEN)
    (name,) = names(flowc(tmp_path, "check", ".", "--format", "json"))
    ran = flowc(tmp_path, "check", ".", "--format", "json", "--allow", name)
    assert (ran.code, names(ran)) == (1, [name, "allowed-error"])


def test_a_code_is_no_name_but_leads_to_it(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=SOUND)
    assert "did you mean `nothing-to-check`?" in flowc(tmp_path, "check", ".", "--allow", "W608").out


def test_the_project_allows_by_path(tmp_path: Path) -> None:
    files(tmp_path, old__a_ncco_json=LEGACY, new__b_ncco_json=LEGACY)
    (name, _) = names(flowc(tmp_path, "check", ".", "--format", "json"))
    files(tmp_path, flowc_yml=f'flows: "**/*.ncco.json"\nallow:\n  old/**: {name}\n')
    for path in ((), (".",)):
        (one,) = json.loads(flowc(tmp_path, "check", *path, "--format", "json").out)
        assert (one["file"], one["name"]) == ("new/b.ncco.json", name)
    assert names(flowc(tmp_path, "check", "old", "--format", "json")) == []
    named = flowc(tmp_path, "check", "-", "--stdin-filename", "old/a.ncco.json", "--format", "json", stdin=LEGACY)
    assert names(named) == []


def test_an_allow_of_the_project_that_does_nothing_is_said_when_all_is_checked(tmp_path: Path) -> None:
    files(tmp_path, flowc_yml="allow:\n  b*: [nothing-to-check]\n", a_flow_yml=SOUND)
    assert flowc(tmp_path, "check").out.startswith("flowc.yml:2:8: warning[W611] unused-allow: ")
    assert flowc(tmp_path, "check", ".").out == ""


def test_two_flows_of_one_name_are_said_at_both(tmp_path: Path) -> None:
    files(tmp_path, flowc_yml="{}", a_flow_yml=SOUND, b_flow_yml=SOUND)
    found = json.loads(flowc(tmp_path, "check", "--format", "json").out)
    assert [(each["file"], each["line"], each["column"], each["name"]) for each in found] == [
        ("a.flow.yml", 1, 7, "duplicate-flow"),
        ("b.flow.yml", 1, 7, "duplicate-flow"),
    ]


def test_two_flows_of_one_name_are_said_outside_a_project_as_well(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=SOUND, b_flow_yml=SOUND)
    for paths in (("a.flow.yml", "b.flow.yml"), (".",)):
        ran = flowc(tmp_path, "check", *paths, "--format", "json")
        assert (ran.code, names(ran)) == (1, ["duplicate-flow", "duplicate-flow"])


def test_a_file_in_two_spellings_is_checked_once(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=BROKEN, deep__b_flow_yml=SOUND)
    ran = flowc(tmp_path, "check", "deep/../a.flow.yml", str(tmp_path / "a.flow.yml"), "a.flow.yml")
    assert ran.err == "1 error in 1 file\n"


def test_a_name_for_what_comes_in_needs_something_that_does(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=SOUND)
    ran = flowc(tmp_path, "check", "a.flow.yml", "--stdin-filename", "b.flow.yml")
    assert ran.code == 2 and "there is no `-`" in ran.err


def test_a_pattern_that_names_no_flow_is_said_beside_one_that_does(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=SOUND)
    (tmp_path / "flowc.yml").write_text('flows: ["*.flow.yml", "gone/*.flow.yml"]\n')
    (found,) = json.loads(flowc(tmp_path, "check", "--format", "json").out)
    assert (found["name"], found["line"], found["column"]) == ("nothing-to-check", 1, 23)


@pytest.mark.parametrize(
    ("option", "begun", "offered"),
    [("--site", "st", {"staging"}), ("--target", "ng", {"nginx"}), ("--allow", "unused", {"unused-allow"})],
)
def test_a_shell_is_offered_values_of_options(tmp_path: Path, option: str, begun: str, offered: set[str]) -> None:
    (tmp_path / "flowc.yml").write_text('sites: {staging: {target: nginx, base_url: "https://ivr.example.com"}}\n')
    asked = {"_FLOWC_COMPLETE": "bash_complete", "COMP_WORDS": f"flowc build {option} {begun}", "COMP_CWORD": "3"}
    ran = flowc(tmp_path, **asked)
    assert offered <= {line.partition(",")[2] for line in ran.out.splitlines()}


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_format_for_programs_is_well_formed_when_all_is_well(tmp_path: Path, form: str) -> None:
    assert json.loads(flowc(files(tmp_path, a_flow_yml=SOUND), "check", ".", "--format", form).out) is not None


@pytest.mark.parametrize(
    ("option", "environment", "colored"),
    [
        ("auto", {}, False),
        ("always", {}, True),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "0"}, False),
    ],
)
def test_colour_comes_where_it_is_wanted(
    tmp_path: Path, option: str, environment: dict[str, str], colored: bool
) -> None:
    ran = flowc(files(tmp_path, a_flow_yml=BROKEN), "check", ".", "--color", option, **environment)
    assert ("\x1b[" in ran.out) is colored


def test_a_report_for_programs_is_never_coloured(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=BROKEN)
    assert "\x1b" not in flowc(tmp_path, "check", ".", "--format", "github", "--color", "always").out


def test_wrong_usage_exits_with_two(tmp_path: Path) -> None:
    for arguments in (("check", "--format", "xml"), ("chek",), ("check", "--alow", "x"), ("explain", "no-sch-rule")):
        assert flowc(tmp_path, *arguments).code == 2


def test_many_files_are_said_in_order_by_several_processes(tmp_path: Path) -> None:
    for number in range(60):
        text = BROKEN if number % 3 == 0 else SOUND
        (tmp_path / f"{number:02}.flow.yml").write_text(text.replace("acme", f"acme{number}"))
    ran = flowc(tmp_path, "check", ".", "--format", "json")
    assert [each["file"] for each in json.loads(ran.out)] == [f"{number:02}.flow.yml" for number in range(0, 60, 3)]
    assert ran.err == "20 errors in 60 files\n"


def test_a_fault_of_flowc_is_one_line_and_exit_three(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=SOUND)
    sabotage = "import flowc.compiler as c\ndef check(source): raise KeyError('x')\nc.check = check\n"
    (tmp_path / "sitecustomize.py").write_text(sabotage)
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    ran = flowc(tmp_path, "check", "a.flow.yml", PYTHONPATH=path)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert "fault of flowc" in ran.err
    assert "while `a.flow.yml` was checked" in ran.err
    debug = subprocess.run(
        [sys.executable, "-m", "flowc", "check", "."],
        cwd=tmp_path,
        env=surroundings(PYTHONPATH=path, FLOWC_DEBUG="1"),
        capture_output=True,
        text=True,
    )
    assert debug.returncode == 3
    assert "Traceback" in debug.stderr


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.flow.yml").write_text(BROKEN)
    command = f"{sys.executable} -m flowc check . | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=surroundings(), capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=BROKEN)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "flowc", "check", "."],
            cwd=tmp_path,
            env=surroundings(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 3
    assert done.stderr.endswith("No space left on device\n")
    assert "Traceback" not in done.stderr


def test_an_interrupt_ends_all_processes_without_a_word(tmp_path: Path) -> None:
    files(tmp_path, **{f"f{number}_flow_yml": SOUND for number in range(20)})
    slow = """
import pathlib, time, flowc.compiler as c
def check(source, read=None):
    pathlib.Path("begun").touch()
    time.sleep(1)
    return []
c.check = check
"""
    (tmp_path / "sitecustomize.py").write_text(slow)
    running = subprocess.Popen(
        [sys.executable, "-m", "flowc", "check", "."],
        cwd=tmp_path,
        env=surroundings(PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}"),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where these tests run in the background, the signal is ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not (tmp_path / "begun").exists():
        assert running.poll() is None
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=10)
    assert running.returncode == 130
    assert "Traceback" not in err


def test_the_version_is_told_without_importing_anything_else(tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['flowc', '--version']\nfrom flowc.cli import main\nmain()\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=surroundings(), capture_output=True, text=True, check=True)
    version, loaded = done.stdout.splitlines()
    assert version.startswith("flowc ")
    assert {"click", "yaml", "json", "flowc.compiler"}.isdisjoint(loaded.split())


def test_a_sound_flow_imports_no_validator_no_catalogue_and_no_template_engine(tmp_path: Path) -> None:
    files(tmp_path, a_flow_yml=SOUND, flowc_yml="flows: a.flow.yml\n")
    code = "import sys\nfrom flowc.cli.group import run\nassert run(['check']) == 0\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=surroundings(), capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "yaml" in loaded
    assert {"jsonschema", "jinja2", "flowc.rules", "phonenumbers"}.isdisjoint(loaded)


ASKS = """\
flow: ask
steps:
  main:
    input: {prompt: Key in a number., pattern: '[1-5]', save: n, otherwise: {set: {n: null}}}
"""
RUNS = """\
flow: front
use: {q: parts/ask.flow.yml}
steps:
  main:
    - run: {flow: q, save: a}
    - talk: "Thank you for {{ vars.a.n | default('calling') }}."
"""


def test_the_end_of_a_flow_that_another_one_runs_is_a_way_back(tmp_path: Path) -> None:
    project = 'sites: {here: {target: server, base_url: "https://ivr.example.com"}}\n'
    files(tmp_path, parts__ask_flow_yml=ASKS)
    assert names(flowc(tmp_path, "check", ".", "--format", "json")) == ["dropped", "dropped"]
    files(tmp_path, front_flow_yml=RUNS)
    assert names(flowc(tmp_path, "check", ".", "--format", "json")) == []
    files(tmp_path, flowc_yml=project)
    for command in (["check"], ["check", "parts/ask.flow.yml"], ["build"], ["build", "--strict", "--force"]):
        ran = flowc(tmp_path, *command, "--format", "json")
        assert (names(ran), ran.code) == ([], 0), command
    files(tmp_path, front_flow_yml=RUNS.replace("parts/ask", "parts/other"))
    assert "dropped" in names(flowc(tmp_path, "check", "--format", "json"))


def test_what_is_wrong_with_a_used_flow_is_said_once(tmp_path: Path) -> None:
    inner = "flow: inner\nsteps:\n  main: {connect: {phone: '+447700900100', otherwise: end}}\n  end: {hangup: Bye.}\n"
    outer = "flow: outer\nuse: {inn: inner.flow.yml}\nsteps:\n  main: [{run: inn}, {hangup: Bye.}]\n"
    ran = flowc(files(tmp_path, **{"inner.flow.yml": inner, "outer.flow.yml": outer}), "check", ".", "--format=json")
    assert names(ran) == ["bad-phone-number"]
