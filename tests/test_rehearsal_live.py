"""Calls by hand in a terminal and over a pipe, saved and done again; calls that are written; files that are watched."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_servers import answers, serving
from test_rehearsal_ways import ACME

from flowc.cli.call import call
from flowc.cli.test import test as command
from flowc.text import yaml
from flowc.text.source import Source

PATIENCE = 20
"""Seconds after which something is taken for broken; nothing takes a tenth of it."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.flow.yml").write_text(ACME, encoding="utf-8")
    return tmp_path


class _Terminal:
    """A program in a pseudo-terminal of its own, and all that it has printed."""

    def __init__(self, *arguments: str) -> None:
        self.process, self.end = pty.fork()
        if self.process == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # where these tests run in the background it is ignored
            os.execv(sys.executable, [sys.executable, "-m", "flowc", *arguments])
        self.printed = ""

    def until(self, words: str) -> str:
        """What is printed up to these words, which then count as read."""
        begun = time.monotonic()
        while words not in self.printed and time.monotonic() < begun + PATIENCE:
            if not select.select([self.end], [], [], 1)[0]:
                continue
            try:
                self.printed += os.read(self.end, 1 << 16).decode()
            except OSError:  # how a terminal says that nobody is there any more
                break
        before, found, self.printed = self.printed.partition(words)
        assert found, f"{words} is not printed, but {before}"
        return before

    def types(self, keys: str) -> None:
        time.sleep(0.5)  # a question is printed a moment before its answer is listened for
        os.write(self.end, keys.encode())

    def code(self) -> int:
        """The exit code."""
        begun = time.monotonic()
        with contextlib.suppress(OSError):  # what is not read would keep it
            while not select.select([self.end], [], [], 1)[0] or os.read(self.end, 1 << 16):
                if time.monotonic() > begun + PATIENCE:
                    os.kill(self.process, signal.SIGKILL)
        status = os.waitpid(self.process, 0)[1]
        os.close(self.end)
        return os.waitstatus_to_exitcode(status)


@pytest.mark.usefixtures("here")
def test_a_person_calls_in_a_terminal() -> None:
    terminal = _Terminal("call", "acme.flow.yml")
    assert "caller hears: For sales, press 1. (1.3 s)  [acme.flow.yml:5]" in terminal.until("hang up)> ")
    terminal.types("1\r")
    assert "being connected to 447700900100  [acme.flow.yml:11]" in terminal.until("(nothing: answered)> ")
    terminal.types("rejected\r")
    terminal.until("hang up)> ")
    terminal.types("\x04")  # Ctrl-D
    terminal.until("the call ends: the caller hangs up")
    terminal.until("of which prompts take 2.9 s by estimate")
    assert terminal.code() == 0


@pytest.mark.usefixtures("here")
def test_ctrl_c_ends_a_call() -> None:
    terminal = _Terminal("call", "acme.flow.yml")
    terminal.until("hang up)> ")
    terminal.types("\x03")
    terminal.until("^C")
    assert terminal.code() == 130


def test_a_call_over_a_pipe_is_saved_and_tested_and_done_again(here: Path) -> None:
    flowc = [sys.executable, "-m", "flowc"]
    arguments = ["call", "acme.flow.yml", "--save", "mine.calls.yml"]
    done = subprocess.run([*flowc, *arguments], input="1\nrejected\n7\n", capture_output=True, text=True, check=True)
    assert "caller hears: Thank you. (0.7 s)  [acme.flow.yml:14]" in done.stdout
    assert done.stderr.endswith("mine.calls.yml: 1 call written\n")
    again = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "mine.calls.yml:a call", "--save", "mine.calls.yml"])
    assert "caller hears: Thank you." in again.stdout
    assert "hang up)>" not in again.stdout
    result = CliRunner().invoke(command, ["mine.calls.yml"], standalone_mode=False)
    assert (result.stdout, result.stderr) == ("", "2 calls, all as they are to be\n")
    assert (here / "mine.calls.yml").read_text(encoding="utf-8").count("- name: ") == 2


def test_a_replayed_call_goes_on_by_hand(here: Path) -> None:
    calls = "flow: acme\ncalls:\n  - name: busy\n    steps: [{presses: 1}]\n"
    (here / "acme.calls.yml").write_text(calls, encoding="utf-8")
    done = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "acme.calls.yml"], input="busy\n")
    assert done.stdout.count(")> ") == 1
    assert "We are closed." in done.stdout
    for wrong in ("nowhere", "acme.calls.yml:nobody", "acme.flow.yml"):
        assert CliRunner().invoke(call, ["acme.flow.yml", "--replay", wrong]).exit_code == 2


def test_what_servers_answer_is_saved_and_given_again(here: Path) -> None:
    (here / "acme.flow.yml").write_text(
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main:\n"
        "    - request: {url: https://crm.example.com/, save: found, otherwise: closed}\n"
        '    - talk: "Hello {{ vars.found.name }}."\n  closed: {talk: We are closed.}\n',
        encoding="utf-8",
    )
    CliRunner().invoke(call, ["acme.flow.yml", "--save", "acme.calls.yml"], input='{"name": "Jo"}\n')
    again = CliRunner().invoke(call, ["acme.flow.yml", "--replay", "acme.calls.yml"])
    assert "Hello Jo." in again.stdout
    assert CliRunner().invoke(command, ["."], standalone_mode=False).stderr == "1 call, all as they are to be\n"


def test_a_call_of_what_is_hosted_is_saved(here: Path) -> None:
    with serving(answers('[{"action": "talk", "text": "Hello."}]')) as server:
        CliRunner().invoke(call, ["--url", server.url, "--save", "hosted.calls.yml"])
        result = CliRunner().invoke(command, ["--url", server.url, "hosted.calls.yml"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert '- hears: "Hello."' in (here / "hosted.calls.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_nothing_that_is_no_file_of_calls_is_written_over() -> None:
    result = CliRunner().invoke(call, ["acme.flow.yml", "--save", "acme.flow.yml"], standalone_mode=False)
    assert result.return_value == 1
    assert "not saved" in result.stderr
    assert Path("acme.flow.yml").read_text(encoding="utf-8") == ACME


WRITTEN = {
    "block": "flow: acme\ncalls:\n  - name: mine # kept\n    steps: [{presses: 1}, {connects: busy}, hangs up]\n",
    "flush": "calls:\n- name: mine\n  steps: [hangs up]\n",
    "flow style": "flow: acme\ncalls: [{name: mine, steps: [hangs up]}]\n",
    "not last": "calls:\n  - {name: mine, steps: [hangs up]}\nflow: acme\n",
    "no line break at the end": "flow: acme\ncalls:\n    - {name: mine, steps: [hangs up]}",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_missing_calls_stand_behind_those_of_a_person(here: Path, name: str) -> None:
    text = WRITTEN[name] if "flow:" in WRITTEN[name] else f"flow: acme\n{WRITTEN[name]}"
    (here / "acme.calls.yml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    kept = (here / "acme.calls.yml").read_text(encoding="utf-8")
    assert kept.startswith(text.rstrip())
    assert (here / "acme-2.calls.yml").exists() is (name in ("flow style", "not last"))
    names = [each["name"] for file in here.glob("*.calls.yml") for each in _calls(file)]
    assert len(names) == len(set(names))
    before = {file: file.read_text(encoding="utf-8") for file in here.glob("*.calls.yml")}
    assert CliRunner().invoke(command, ["--write"], standalone_mode=False).return_value == 0
    assert {file: file.read_text(encoding="utf-8") for file in here.glob("*.calls.yml")} == before


def _calls(file: Path) -> Iterator[dict[str, object]]:
    document = yaml.read(Source(str(file), file.read_text(encoding="utf-8")), lambda _: None)
    assert document is not None
    yield from document.data["calls"]  # type: ignore[index]


def test_the_first_calls_of_a_flow_are_written(here: Path) -> None:
    assert CliRunner().invoke(command, ["acme.flow.yml"]).exit_code == 2
    result = CliRunner().invoke(command, ["--write", "--cover-min", "100", "acme.flow.yml"], standalone_mode=False)
    assert (result.stdout, result.return_value) == ("", 0)
    assert CliRunner().invoke(command, ["acme.flow.yml"], standalone_mode=False).return_value == 0


def test_a_way_to_which_no_call_is_found_is_said(here: Path) -> None:
    flow = ACME.replace("closed: {talk", "lost: {talk: Never.}\n  closed: {talk").replace("  main:", "  main:", 1)
    (here / "acme.flow.yml").write_text(flow, encoding="utf-8")
    result = CliRunner().invoke(command, ["--write", "acme.flow.yml"], standalone_mode=False)
    assert "acme.flow.yml:15: no call was found that takes step `lost`" in result.stderr


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("options", [["-k", "a"], ["--url", "http://localhost"]])
def test_calls_are_not_written_where_not_all_is_known(options: list[str]) -> None:
    assert CliRunner().invoke(command, ["--write", *options, "acme.flow.yml"]).exit_code == 2


def test_many_files_are_played_by_several_processes_as_by_one(here: Path) -> None:
    for number in range(20):
        keys = "1" if number % 2 else "2"
        text = f"flow: acme\ncalls:\n  - name: call {number}\n    steps: [{{presses: {keys}}}, {{hears: closed}}]\n"
        (here / f"n{number:02}.calls.yml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(command, ["--cover", "-v"], standalone_mode=False)
    assert result.stderr.endswith("20 calls, 10 failed\n")
    assert result.stdout.count("not-heard") == 10
    assert result.stderr.count("caller hears: For sales, press 1.") == 20
    few = CliRunner().invoke(command, ["--cover", "n00.calls.yml", "n01.calls.yml"], standalone_mode=False)
    assert result.stdout.splitlines()[-5:] == few.stdout.splitlines()[-5:]


def test_flows_and_calls_are_watched_until_ctrl_c(here: Path) -> None:
    (here / "acme.calls.yml").write_text("flow: acme\ncalls: [{name: a, steps: [{presses: 1}]}]\n", encoding="utf-8")
    terminal = _Terminal("test", "--watch")
    terminal.until("1 call, all as they are to be")
    terminal.until("Ctrl-C ends")
    (here / "acme.flow.yml").write_text(ACME.replace("1: sales", "1: salse"), encoding="utf-8")
    terminal.until("did you mean `sales`?")
    terminal.until("Ctrl-C ends")
    (here / "acme.calls.yml").unlink()
    terminal.until("there are no rehearsed calls here")
    terminal.until("Ctrl-C ends")
    os.kill(terminal.process, signal.SIGINT)
    assert terminal.code() == 0
