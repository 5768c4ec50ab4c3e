"""`flowc serve` answers calls from the flows of a folder while they are written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from tests.serve_host import ENVIRON, Hosted, free_port

RUN = """
import sys
from flowc.cli import COMMANDS
COMMANDS.setdefault("serve", ("flowc.cli.serve", "serve", ""))
from flowc.cli.group import run
sys.exit(run(["serve", *sys.argv[1:]]))
"""
COMMAND = [sys.executable, "-c", RUN]

FLOW = """\
flow: desk
voice: {language: en-GB}
failure: {talk: Something went wrong.}
steps:
  main:
    menu:
      prompt: For sales, press 1.
      options: {1: sales}
      otherwise: {hangup: Goodbye.}
  sales: {talk: This is sales.}
"""

OPEN = FLOW.replace("steps:", "params: {name: {type: text}}\nsteps:").replace("This is sales.", "'{{ params.name }}'")


class Command(NamedTuple):
    """The command as it runs, and the lines that it has printed."""

    host: Hosted
    lines: list[str]

    def says(self, words: str) -> bool:
        return until(lambda: any(words in each for each in self.lines))


def until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not (found := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


@contextmanager
def started(folder: Path, *options: str) -> Iterator[Command]:
    port = free_port()
    environ = {**os.environ, **ENVIRON, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*COMMAND, *options, "--port", str(port)],
        cwd=folder,
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # where these tests run in the background, the signal is ignored, and that is inherited
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    lines: list[str] = []
    out = process.stdout
    assert out is not None
    reader = threading.Thread(target=_read, args=(out, lines))
    reader.start()
    try:
        command = Command(Hosted(port), lines)
        assert until(lambda: process.poll() is not None or _answers(command.host)), lines
        yield command
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        reader.join(10)
        out.close()


def _read(out: IO[str], lines: list[str]) -> None:
    for each in out:
        lines.append(each)


def _answers(host: Hosted) -> bool:
    try:
        return host.ask("GET", "/health").status == 200
    except OSError:
        return False


def pressed(host: Hosted, digits: str) -> object:
    body = json.dumps({"dtmf": {"digits": digits}, "conversation_uuid": "CON-1"}).encode()
    return json.loads(host.ask("POST", "/desk/main", body).body)[0]["text"]


def test_a_flow_answers_while_it_is_written(tmp_path: Path) -> None:
    pytest.importorskip("httptools", reason="flowc serves with httptools")
    flow = tmp_path / "desk.flow.yml"
    flow.write_text(FLOW)
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nnumbers: {442079460000: desk}\n")
    with started(tmp_path, "--unsigned") as command:
        assert command.says(f"answer    GET   http://127.0.0.1:{command.host.port}/desk/main.json")
        assert command.says("fallback")
        ncco = json.loads(command.host.ask("GET", "/answer?to=442079460000").body)
        assert ncco[1]["eventUrl"] == [f"http://127.0.0.1:{command.host.port}/desk/main"]
        assert pressed(command.host, "1") == "This is sales."
        assert command.says("CON-1         desk/main: key 1 → sales")
        pressed(command.host, "4711")
        assert command.says("desk/main: keys **** → main~2-noMatch")
        flow.write_text(FLOW.replace("This is sales.", "Sales is listening."))
        assert until(lambda: pressed(command.host, "1") == "Sales is listening.")
        flow.write_text(FLOW.replace("1: sales", "1: sale"))
        assert command.says("there is no step `sale`")
        assert pressed(command.host, "1") == "Sales is listening."
        flow.write_text(FLOW.replace("This is sales.", "Back again."))
        assert until(lambda: pressed(command.host, "1") == "Back again.")
    assert not any("4711" in each for each in command.lines)


def test_only_the_platform_is_answered_unless_it_is_said(tmp_path: Path) -> None:
    pytest.importorskip("httptools", reason="flowc serves with httptools")
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    with started(tmp_path, "desk.flow.yml") as command:
        assert command.host.ask("POST", "/desk/main", b"{}").status == 401
        assert command.host.post("/desk/main", {"dtmf": {"digits": "1"}}).status == 200


def test_what_a_build_wrote_is_served_as_it_is(tmp_path: Path) -> None:
    pytest.importorskip("httptools", reason="flowc serves with httptools")
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    build = [sys.executable, "-m", "flowc", "build", "desk.flow.yml", "--target", "server", "--out", "out"]
    subprocess.run([*build, "--base-url", "https://ivr.example.com"], cwd=tmp_path, check=True, capture_output=True)
    for path in ("out/program", "out/program/desk.program.json"):
        with started(tmp_path, "--unsigned", "--base-url", "https://ivr.example.com", path) as command:
            assert pressed(command.host, "1") == "This is sales."


@pytest.mark.parametrize(
    ("text", "environ", "words"),
    [
        (FLOW.replace("1: sales", "1: sale"), ENVIRON, "there is no step `sale`"),
        (FLOW, {}, "or say `--unsigned`"),
        (OPEN, ENVIRON, "param `name` is open"),
    ],
)
def test_what_cannot_be_served_is_said(tmp_path: Path, text: str, environ: dict[str, str], words: str) -> None:
    (tmp_path / "desk.flow.yml").write_text(text)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    done = subprocess.run(
        [*COMMAND, "desk.flow.yml", "--port", str(free_port())],
        cwd=tmp_path,
        env={**clean, **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert words in done.stdout + done.stderr
