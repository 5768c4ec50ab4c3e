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
    pytest.importorskip("httptools", reason="flowc serves with httptools")
    port = free_port()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    environ = {**clean, **ENVIRON, "PYTHONUNBUFFERED": "1"}
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


def test_the_next_request_after_a_save_is_answered_by_what_was_saved(tmp_path: Path) -> None:
    flow = tmp_path / "desk.flow.yml"
    flow.write_text(FLOW)
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nnumbers: {442079460000: desk}\n")
    with started(tmp_path, "--unsigned") as command:
        ncco = json.loads(command.host.ask("GET", "/answer?to=442079460000").body)
        assert ncco[1]["eventUrl"] == [f"http://127.0.0.1:{command.host.port}/desk/main"]
        assert command.says("answer, plays desk: asked for → main")
        command.host.ask("POST", "/events", b'{"status": "completed", "conversation_uuid": "CON-1"}')
        assert command.says("CON-1         event: completed")
        assert pressed(command.host, "1") == "This is sales."
        for words in ("Sales is listening.", "Sales once more.", "Sales for good."):
            flow.write_text(FLOW.replace("This is sales.", words))
            assert pressed(command.host, "1") == words
        assert command.says("taken over: desk")
        flow.write_text(FLOW.replace("1: sales", "1: sale"))
        assert pressed(command.host, "1") == "Sales for good."
        assert command.says("there is no step `sale`")
        assert command.says("the flows as they were before go on")
        assert sum("there is no step `sale`" in each for each in command.lines) == 1
        flow.write_text(FLOW.replace("This is sales.", "Back again."))
        assert pressed(command.host, "1") == "Back again."


def test_new_and_deleted_flows_count_at_once(tmp_path: Path) -> None:
    (tmp_path / "flowc.yml").write_text("flows: '**/*.flow.yml'\n")
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    shop = tmp_path / "more" / "shop.flow.yml"
    with started(tmp_path, "--unsigned") as command:
        assert command.host.ask("POST", "/shop/main.json", b"{}").status == 404
        shop.parent.mkdir()
        shop.write_text(FLOW.replace("flow: desk", "flow: shop"))
        assert command.host.ask("POST", "/shop/main.json", b"{}").status == 200
        assert command.says(f"answer    POST  http://127.0.0.1:{command.host.port}/shop/main.json")
        assert command.says("taken over: shop (new)")
        shop.unlink()
        assert command.host.ask("POST", "/shop/main.json", b"{}").status == 404
        assert command.host.ask("POST", "/shop/main", b"{}").status == 404
        assert pressed(command.host, "1") == "This is sales."
        assert command.says("taken over: shop (gone)")


def test_whatever_a_flow_is_made_from_counts_when_it_is_saved(tmp_path: Path) -> None:
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nparams: values.yml\n")
    (tmp_path / "desk.flow.yml").write_text(OPEN)
    values = tmp_path / "values.yml"
    values.write_text("name: Ada\n")
    with started(tmp_path, "--unsigned") as command:
        assert pressed(command.host, "1") == "Ada"
        values.write_text("name: Bob\n")
        assert pressed(command.host, "1") == "Bob"
        (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nparams: {name: Eve}\n")
        assert pressed(command.host, "1") == "Eve"
        (tmp_path / "flowc.yml").write_text("flows: [\n")
        assert pressed(command.host, "1") == "Eve"
        assert pressed(command.host, "1") == "Eve"
        assert command.says("flowc.yml:")
        assert sum("the flows as they were" in each for each in command.lines) == 1
        (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nparams: {name: Joe}\n")
        assert pressed(command.host, "1") == "Joe"


def test_its_urls_are_those_that_a_build_prints(tmp_path: Path) -> None:
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nnumbers: {442079460000: desk}\n")
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    base = ["--base-url", "https://ivr.example.com/calls"]
    build = [sys.executable, "-m", "flowc", "build", "--target", "server", *base, "--out", "out"]
    said = subprocess.run(build, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    wanted = said.partition("server:")[0].splitlines(keepends=True)
    assert [each.split()[0] for each in wanted] == ["all", "answer", "desk", "answer", "fallback", "event"]
    with started(tmp_path, "--unsigned", *base) as command:
        assert command.says(wanted[-1].strip())
        first = command.lines.index(wanted[0])
        assert command.lines[first : first + len(wanted)] == wanted


def test_what_leads_nowhere_is_printed_with_what_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    with started(tmp_path, "--unsigned", "desk.flow.yml") as command:
        url = f"http://127.0.0.1:{command.host.port}"
        for asked, meant in [
            ("/desk/mian.json", "/desk/main.json"),
            ("/desk", "/desk/main.json"),
            ("/answers", "/answer"),
            ("/quite/something", "/desk/main.json"),
        ]:
            assert command.host.ask("GET", asked).status == 404
            assert command.says(f"GET {asked}: 404, nothing is served there")
            assert f"{url}{meant}" in next(each for each in command.lines if f"GET {asked}:" in each)
        assert command.host.ask("PUT", "/desk/main").status == 405
        assert command.says("PUT /desk/main: 405, webhooks come by POST or GET")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"digits=4711&from=447700900123", "a form (`name=value`)"),
        (b"4711 is what I said", "no JSON"),
        (b'{"dtmf": {"digits": "4711"', "JSON with a mistake, or cut off"),
        (b"<Digits>4711</Digits>", "XML or HTML"),
        (b'["4711"]', "an array"),
        (b"", "the body is empty"),
    ],
)
def test_a_body_that_is_no_webhook_is_said_and_counts_as_silence(tmp_path: Path, body: bytes, words: str) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    with started(tmp_path, "--unsigned", "desk.flow.yml") as command:
        response = command.host.ask("POST", "/desk/main", body)
        assert response.status == 200
        assert json.loads(response.body)[1]["eventUrl"][0].endswith("/desk/main~2")
        assert command.says("no webhook")
        (line,) = [each for each in command.lines if "no webhook" in each]
        assert "desk/main" in line
        assert words in line
    assert not any("4711" in each or "0123" in each for each in command.lines)


def test_a_caller_s_keys_are_shown_where_they_are_an_option_or_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(KEYS)
    for options, typed in (((), "4 keys"), (("--show-digits",), "keys 4711")):
        with started(tmp_path, "--unsigned", "desk.flow.yml", *options) as command:
            for at, digits in (("main", "1"), ("main", "9"), ("number", "4711"), ("pin", "0815"), ("pin", "0")):
                body = json.dumps({"dtmf": {"digits": digits}, "conversation_uuid": "CON-1"}).encode()
                assert command.host.ask("POST", f"/desk/{at}", body).status == 200
            assert command.says("CON-1         desk/main: key 1 → number")
            one = "key 9" if options else "1 key"
            assert command.says(f"desk/main: {one} (no option; there is 1) → main~2-noMatch")
            assert command.says(f"desk/number: {typed} → number.2")
            assert command.says("desk/pin: an answer that is not shown → …")
            command.host.ask("GET", "/nothing")
            assert command.says("/nothing")
        lines = "".join(command.lines)
        assert "0815" not in lines
        assert ("4711" in lines) == bool(options)
        assert lines.count("an answer that is not shown → …") == 2


KEYS = """\
flow: desk
voice: {language: en-GB}
failure: {talk: Something went wrong.}
steps:
  main:
    menu:
      prompt: For orders, press 1.
      options: {1: number}
      otherwise: {hangup: Goodbye.}
  number:
    - input: {prompt: Your number?, dtmf: {maxDigits: 4}, save: number, otherwise: {hangup: Goodbye.}}
    - talk: Thank you.
  pin:
    - input:
        prompt: Your PIN? Press 0 to leave.
        dtmf: {maxDigits: 4}
        save: pin
        sensitive: true
        options: {0: main}
        otherwise: {hangup: Goodbye.}
    - talk: Thank you.
"""


def test_only_the_platform_is_answered_unless_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    with started(tmp_path, "desk.flow.yml") as command:
        assert command.host.ask("POST", "/desk/main", b"{}").status == 401
        assert command.host.post("/desk/main", {"dtmf": {"digits": "1"}}).status == 200


def test_what_a_build_wrote_is_served_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    build = [sys.executable, "-m", "flowc", "build", "desk.flow.yml", "--target", "server", "--out", "out"]
    subprocess.run([*build, "--base-url", "https://ivr.example.com"], cwd=tmp_path, check=True, capture_output=True)
    for path in ("out", "out/program", "out/program/desk.program.json"):
        with started(tmp_path, "--unsigned", "--base-url", "https://ivr.example.com", path) as command:
            assert pressed(command.host, "1") == "This is sales."


def test_a_param_that_no_flow_has_is_said_as_a_build_says_it(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(OPEN)
    done = subprocess.run(
        [*COMMAND, "desk.flow.yml", "--unsigned", "--port", str(free_port()), "--param", "nmae=Ada"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "there is no param `nmae`, which `--param` binds" in done.stderr


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


def test_a_number_that_plays_no_flow_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    (tmp_path / "flowc.yml").write_text("numbers: {442079460001: nower}\n")
    done = subprocess.run(
        [*COMMAND, "--unsigned", "--port", str(free_port())],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert (done.stdout + done.stderr).count("there is no flow `nower`") == 1
