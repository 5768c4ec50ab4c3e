"""What is typed of a program that is hosted, and what calls say of themselves that the platform makes."""

from __future__ import annotations

import io
import json
import socket
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from dialled import FALLBACK, TALK, menu
from small_servers import answers, serving

from flowc.cli.group import run

HEARS = "flow: acme\ncalls:\n  - {name: a, steps: [hears: Hello, ended]}\n"


class Done(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


def _run(*arguments: str) -> Done:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    return Done(code, out.getvalue(), err.getvalue())


def _test(folder: Path, calls: str, *options: str) -> Done:
    (folder / "acme.calls.yml").write_text(calls, encoding="utf-8")
    return _run("test", str(folder), *options)


def test_every_url_is_asked_in_the_way_that_is_typed(tmp_path: Path) -> None:
    with serving(answers("")) as events, serving(answers("", 404)) as first, serving(answers(TALK)) as second:
        urls = ["--url", first.url, "--event-url", events.url, "--fallback-url", second.url]
        methods = ["--method", "post", "--event-method", "GET", "--fallback-method", "POST"]
        result = _test(tmp_path, HEARS, *urls, *methods)
        asked = [{each.line.split()[0] for each in server.asked} for server in (first, events, second)]
    assert (result.exit_code, asked) == (0, [{"POST"}, {"GET"}, {"POST"}])


def _hangs(link: socket.socket) -> None:
    link.settimeout(10)
    link.recv(1)


def test_a_server_has_the_time_that_is_typed(tmp_path: Path) -> None:
    with serving(_hangs) as hook, serving(answers(menu(hook.url))) as first:
        calls = "flow: acme\ncalls:\n  - {name: a, steps: [presses: 1, hears: Still here, took: {less than: 5s}]}\n"
        result = _test(tmp_path, calls, "--url", first.url, "--event-timeout", "1", "--connection-timeout", "0.3")
        assert len(hook.asked) == 2
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--event-method", "GET"], "--event-method goes with --url"),
        (["--fallback-url", "https://e.com"], "--fallback-url goes with --url"),
        (["--answer-timeout", "2"], "--answer-timeout goes with --url"),
        (["--signed"], "--signed goes with --url"),
        (["--url", "ftp://e.com"], "--url ftp://e.com: write a full URL"),
        (["--url", "example"], "--url example: write a full URL"),
        (["--url", "https://e.com", "--event-url", "events"], "--event-url events: write a full URL"),
        (["--url", "https://e.com", "--answer-timeout", "6"], "1.0<=x<=5.0"),
    ],
)
@pytest.mark.parametrize("which", ["test", "call"])
def test_what_cannot_be_asked_so_is_refused_before_anything_is(
    which: str, options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(which, *options, *(["acme"] if which == "call" and "--url" not in options else []))
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_server_that_hangs_is_waited_for_in_two_calls_of_all_files(tmp_path: Path) -> None:
    with serving(_hangs) as bad:
        for name in ("a", "b", "c", "d"):
            (tmp_path / f"{name}.calls.yml").write_text(HEARS, encoding="utf-8")
        result = _run("test", str(tmp_path), "--url", bad.url, "--answer-timeout", "1", "--jobs", "1")
        assert len(bad.asked) == 4
    assert result.exit_code == 1
    line = f"--url: GET {bad.url} gave no answer in time in 2 calls, so 2 more calls did not wait for it\n"
    assert line in result.stderr
    assert result.stderr.endswith("4 calls, 4 failed\n")
    assert result.stdout.count("not asked, as in 2 calls before") >= 2


FLOW = """
flow: acme
steps:
  main:
    - talk: Hello.
    - branch:
        - {if: 'call.to == "447700900123"', goto: known}
        - otherwise: {hangup: Who are you?}
  known: {hangup: Hello again.}
"""


def test_a_call_that_the_platform_makes_goes_to_the_usual_number(tmp_path: Path) -> None:
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    calls = """
flow: acme
calls:
  - {name: a, direction: outbound, steps: [hears: Hello again, ended]}
  - {name: b, direction: outbound, to: "447700900999", steps: [hears: Who are you, ended]}
  - {name: c, direction: outbound, outcome: machine, steps: [hears: Hello again, ended]}
  - {name: d, direction: outbound, outcome: busy, hears only: true, steps: [ended]}
  - {name: e, steps: [hears: Who are you, ended]}
"""
    result = _test(tmp_path, calls)
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("outcome: busy", "write `direction: outbound`"),
        ("direction: out", "did you mean `outbound`?"),
        ("direction: outbound, outcome: no answer", "unanswered"),
        ("direction: outbound, outcome: disconnected", "machine"),
    ],
)
def test_what_cannot_become_of_a_call_is_said(fields: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    result = _test(tmp_path, f"flow: acme\ncalls:\n  - {{name: a, {fields}, steps: [ended]}}\n")
    assert result.exit_code == 1
    assert said in result.stdout


def test_the_events_of_a_call_that_the_platform_makes_say_so(tmp_path: Path) -> None:
    calls = "flow: acme\ncalls:\n  - {name: a, direction: outbound, outcome: busy, steps: [ended]}\n"
    with serving(answers("")) as events, serving(answers(FALLBACK)) as first:
        result = _test(tmp_path, calls, "--url", first.url, "--event-url", events.url)
        told = [json.loads(each.body) for each in events.asked]
        assert first.asked == []
    assert result.exit_code == 0
    assert [(each["status"], each["direction"], each["to"]) for each in told] == [
        (status, "outbound", "447700900123") for status in ("started", "ringing", "busy")
    ]


def test_a_warning_of_a_call_is_allowed_where_its_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "acme.flow.yml").write_text(
        "flow: acme\nsteps:\n  main:\n    - menu: {prompt: 'Press 1.', options: {1: a}, otherwise: {hangup: Bye.}}\n"
        "  a: {hangup: Hello.}\n",
        encoding="utf-8",
    )
    calls = "flow: acme\nallow: [{}]\ncalls:\n  - {{name: a, steps: [presses: {}, hears: Hello, ended]}}\n"
    assert "lost-answer" in _test(tmp_path, calls.replace("allow: [{}]\n", "").format(12)).stdout
    assert _test(tmp_path, calls.format("lost-answer", 12)).stdout == ""
    assert "there is no `lost-answer` to allow" in _test(tmp_path, calls.format("lost-answer", 1)).stdout


def test_a_call_in_the_terminal_that_nobody_answers_has_failed(tmp_path: Path) -> None:
    done = _run("call", "--url", "http://127.0.0.1:1/", "--save", str(tmp_path / "new.calls.yml"))
    assert done.exit_code == 1
    assert "the call ends: no NCCO answers it" in done.stdout
    assert not (tmp_path / "new.calls.yml").exists()


def test_a_call_in_the_terminal_says_which_keys_were_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = "flow: acme\nsteps:\n  main:\n    - menu: {prompt: Press 1., options: {1: a}, otherwise: {hangup: Bye.}}\n"
    (tmp_path / "acme.flow.yml").write_text(f"{flow}  a: {{hangup: Hello.}}\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("12\n"))
    done = _run("call", str(tmp_path / "acme.flow.yml"))
    assert "the key `2` is lost: a prompt follows that cannot be cut short\n" in done.stderr


@pytest.mark.parametrize(
    ("step", "hint"),
    [
        ("presses: {keys: 1, early: true}", "take `early` out, for the caller hears the prompt to its end"),
        ("says: hello", "write `presses: …`"),
        ('presses: "1#"', 'write `presses: "1"`'),
        ("says: {words: hello, early: true}", "take `early` out, for the caller hears the prompt to its end"),
    ],
)
def test_what_is_lost_has_a_fix(step: str, hint: str, tmp_path: Path) -> None:
    prompt = "{prompt: [{talk: {text: Press 1., bargeIn: false}}], options: {1: a}, otherwise: {hangup: Bye.}}"
    flow = f"flow: acme\nsteps:\n  main:\n    - menu: {prompt}\n  a: {{hangup: Hello.}}\n"
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    done = _test(tmp_path, f"flow: acme\ncalls:\n  - {{name: a, steps: [{step}, hangs up]}}\n")
    assert done.exit_code == 0
    assert "warning[W423] lost-answer: the " in done.stdout
    assert f"   = help: {hint}\n" in done.stdout


@pytest.mark.parametrize(("field", "hint"), [("endOnKey: 5, ", 'write `key: "5"`'), ("", "take `key` out")])
def test_a_key_that_does_not_end_a_recording_has_a_fix(field: str, hint: str, tmp_path: Path) -> None:
    steps = f"steps: {{main: [{{record: {{{field}endOnSilence: 3}}}}, {{talk: Bye.}}]}}"
    (tmp_path / "acme.flow.yml").write_text(f"flow: acme\n{steps}\n", encoding="utf-8")
    done = _test(tmp_path, 'flow: acme\ncalls:\n  - {name: a, steps: [records: {seconds: 5, key: "1"}, hears: Bye]}\n')
    assert done.exit_code == 0
    assert f"   = help: {hint}\n" in done.stdout
