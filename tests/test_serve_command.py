"""`flowc serve` answers calls from the flows of a folder while they are written."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from tests.serve_host import ENVIRON, Hosted, free_port
from tests.waiting import until

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


def saved(path: Path, text: str) -> None:
    """Save a file as one step: nobody sees half of it."""
    part = path.with_suffix(".part")
    part.write_text(text)
    part.replace(path)


def refused(host: Hosted) -> bool:
    return bool(json.loads(host.ask("GET", "/ready").body)["changeRefused"])


def test_while_there_is_a_mistake_it_is_said_once_and_by_those_who_watch(tmp_path: Path) -> None:
    flow, project = tmp_path / "desk.flow.yml", tmp_path / "flowc.yml"
    flow.write_text(FLOW)
    project.write_text("flows: '*.flow.yml'\n")
    with started(tmp_path, "--unsigned") as command:
        assert not refused(command.host)
        for mistaken, words in [
            (flow.unlink, "no-flows"),
            (lambda: saved(flow, FLOW.replace("1: sales", "1: sale")), "there is no step `sale`"),
            (lambda: saved(project, "flow: '*.flow.yml'\n"), "there is no setting `flow`"),
        ]:
            mistaken()
            assert [pressed(command.host, "1") for _ in range(5)] == ["This is sales."] * 5
            assert refused(command.host)
            assert command.says(words)
            assert sum(words in each for each in command.lines) == 1
            saved(project, "flows: '*.flow.yml'\n")
            saved(flow, FLOW)
            assert pressed(command.host, "1") == "This is sales."
            assert not refused(command.host)
        assert sum("the flows as they were" in each for each in command.lines) == 3
        metrics = command.host.ask("GET", "/metrics").body.decode()
        assert 'flowc_reloads_total{result="refused"} 3' in metrics


def test_a_site_that_is_gone_is_said_and_the_flows_go_on(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    project = tmp_path / "flowc.yml"
    text = 'sites: {live: {target: server, base_url: "https://ivr.example.com"}}\n'
    project.write_text(text)
    with started(tmp_path, "--unsigned", "--site", "live") as command:
        project.write_text(text.replace("live", "late"))
        assert pressed(command.host, "1") == "This is sales."
        assert command.says("--site live: there is no such site; the project has late")
        assert b'"changeRefused":true' in command.host.ask("GET", "/ready").body
        project.unlink()
        assert pressed(command.host, "1") == "This is sales."
        assert command.says("--site live: there is no project here")
        project.write_text(text)
        assert pressed(command.host, "1") == "This is sales."
        assert b'"changeRefused":false' in command.host.ask("GET", "/ready").body
    assert not any("request failed" in each or "Traceback" in each for each in command.lines)


def test_a_param_that_is_opened_meanwhile_is_said_with_what_is_typed_for_it(tmp_path: Path) -> None:
    flow = tmp_path / "desk.flow.yml"
    flow.write_text(FLOW)
    with started(tmp_path, "--unsigned", "desk.flow.yml") as command:
        flow.write_text(OPEN)
        assert pressed(command.host, "1") == "This is sales."
        assert command.says("its param `name` is open: bind it: `flowc serve --param name=…`")
        assert refused(command.host)


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
            assert command.says("desk/pin: an answer, or silence, that is not shown → …")
            command.host.ask("GET", "/nothing")
            assert command.says("/nothing")
        lines = "".join(command.lines)
        assert "0815" not in lines
        assert ("4711" in lines) == bool(options)
        assert lines.count("an answer, or silence, that is not shown → …") == 2


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


def test_a_param_that_a_build_left_open_is_bound_by_a_build(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(OPEN)
    build = [sys.executable, "-m", "flowc", "build", "desk.flow.yml", "--target", "server", "--out", "out"]
    subprocess.run([*build, "--base-url", "https://ivr.example.com"], cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run([*COMMAND, "--unsigned", "out"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "bind it where the flow is built: `flowc build --param name=…`" in done.stderr


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


SECRET = """\
flow: desk
voice: {language: en-GB}
failure: {talk: Something went wrong.}
params: {shop_code: {type: secret}}
steps:
  main:
    - request:
        url: https://shop.example.com/
        headers: {Authorization: "{{ params.shop_code }}"}
        otherwise: {hangup: Goodbye.}
    - hangup: Goodbye.
"""


def test_a_secret_that_is_given_in_a_file_is_said_at_its_line_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRON, "FLOWC_PARAM_SHOP_CODE", "from the environment")
    (tmp_path / "desk.flow.yml").write_text(SECRET)
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nparams:\n  # not here\n  shop_code: 4711-closed\n")
    (tmp_path / "values.yml").write_text("shop_code: 4711-open\n")
    with started(tmp_path, "--unsigned", "--params", "values.yml") as command:
        assert command.says("flowc.yml:4:3: warning[W609] secret-typed: `shop_code` is a secret, which the project fil")
        assert command.says("values.yml:1:1: warning[W609] secret-typed: `shop_code` is a secret, which `values.yml` d")
        assert command.says("set it in the environment: `FLOWC_PARAM_SHOP_CODE`; take it out here, and have another i")
        (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nparams:\n  shop_code:\n")
        (tmp_path / "values.yml").write_text("{}\n")
        assert command.host.ask("GET", "/nothing").status == 404
        assert command.says("/nothing")
    assert not any("4711" in each for each in command.lines)
    assert sum("W609" in each for each in command.lines) == 2


def test_what_is_a_secret_in_one_flow_may_be_given_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENVIRON, "FLOWC_PARAM_SHOP_CODE", "from the environment")
    (tmp_path / "desk.flow.yml").write_text(SECRET)
    other = OPEN.replace("flow: desk", "flow: shop").replace("name", "shop_code")
    (tmp_path / "shop.flow.yml").write_text(other)
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\nparams: {shop_code: open}\n")
    with started(tmp_path, "--unsigned") as command:
        assert command.host.ask("POST", "/shop/main.json", b"{}").status == 200
        assert command.says("shop/main.json: asked for")
    assert not any("W609" in each for each in command.lines)


@pytest.mark.parametrize(
    ("text", "environ", "words"),
    [
        (FLOW.replace("1: sales", "1: sale"), ENVIRON, "there is no step `sale`"),
        (FLOW, {}, "or say `--unsigned`"),
        (OPEN, ENVIRON, "its param `name` is open: bind it: `flowc serve --param name=…`"),
        (
            OPEN.replace("params: {", "params: {town: {type: text}, ").replace("}}'", "}} {{ params.town }}'"),
            ENVIRON,
            "its params `name`, `town` are open: bind them: `flowc serve --param name=… --param town=…`",
        ),
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


def test_a_port_that_is_taken_is_said_before_any_url(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "--unsigned", "desk.flow.yml", "--port", port],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 2
    assert f"--host 127.0.0.1 --port {port}: Address already in use" in done.stderr
    assert done.stdout == ""


def test_a_flow_that_is_left_out_is_said_with_what_is_typed_for_it(tmp_path: Path) -> None:
    (tmp_path / "desk.flow.yml").write_text(FLOW)
    (tmp_path / "shop.flow.yml").write_text(OPEN.replace("flow: desk", "flow: shop"))
    (tmp_path / "flowc.yml").write_text("flows: '*.flow.yml'\n")
    with started(tmp_path, "--unsigned") as command:
        assert pressed(command.host, "1") == "This is sales."
        why = "its param `name` is open: bind it: `flowc serve --param name=…`"
        assert command.says(f"shop: flow not served: {why}")
