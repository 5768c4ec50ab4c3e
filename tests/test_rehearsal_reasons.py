"""What is said at the end of `flowc test --url` where calls failed: why that may be, and what to do."""

from __future__ import annotations

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier

import pytest
from called_programs import (
    LONG,
    Request,
    asks,
    hosted,
    menu,
    play,
    play_at,
    pressing,
    talk,
    write_calls,
)

REASONS = {
    "no connection": (None, "does it run, and is that its port?"),
    "HTTP 404": (404, "nothing is there: write the answer URL"),
    "HTTP 405": (405, "it is asked in another way: --method GET"),
    "HTTP 302": (302, "a redirect is not followed: write the URL that it leads to"),
    "HTTP 401": (401, "if it checks signatures, let them be signed: --signed"),
    "HTTP 403": (403, "if it checks signatures, see whether secret, key and application are those of the server"),
}


@pytest.mark.parametrize("why", REASONS)
def test_why_no_call_begins_is_said_once_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    status, advice = REASONS[why]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status or 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    write_calls(tmp_path, *pressing(1, 2, 3))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    if status is None:
        server.shutdown()
        server.server_close()
    for name in ("SIGNATURE_SECRET", "API_KEY", "APPLICATION_ID"):
        monkeypatch.setenv(f"FLOWC_{name}", "a-secret-of-this-test")
    result = play(tmp_path, "--url", url, "--method", "POST", *(["--signed"] if status == 403 else []))
    if status is not None:
        server.shutdown()
        server.server_close()
    (note,) = [each for each in result.stderr.splitlines() if each.startswith("--url: ")]
    assert note.startswith(f"--url: no call gets an NCCO to begin with: POST {url}: {why} ({advice}")


def test_what_may_be_why_some_calls_failed_is_said(tmp_path: Path) -> None:
    write_calls(tmp_path, *pressing(1), "name: other, steps: [presses: 2, hears: Hello there]")
    write_calls(tmp_path, *pressing(2), name="other")
    write_calls(tmp_path, "name: a, steps: [hears: Hello there]", "name: b, steps: [hears: Hello there]", name="begun")
    with hosted(menu) as url:
        many, one = (play_at(url, tmp_path, "-j", jobs).stderr for jobs in ("3", "1"))
        alone, begun = (play_at(url, tmp_path / f"{name}.calls.yml").stderr for name in ("menu", "begun"))
    flows = "--url: the calls are of 3 flows, and all were made to one URL: name the files of calls of its flow\n"
    number = (
        "--url: {} calls at once came from one number: if the program tells calls by that, give each its own `from`"
    )
    assert flows in many and flows in one and "flows" not in alone
    assert number.format(3) in many and number.format(2) in alone
    assert "at once" not in one  # they were not
    assert "at once" not in begun  # it is wrong before the program had to tell it from another


def test_a_program_that_tells_calls_by_their_number_is_tested_with_numbers_or_one_after_the_other(
    tmp_path: Path,
) -> None:
    """Of such a program, what is said about failures is enough to have it tested."""
    at, together = Counter[object](), Barrier(2)

    def program(request: Request) -> object:
        caller = request.fields.get("from")
        if request.path == "/answer":
            at[caller] = 0
            if is_at_once:
                together.wait(LONG)
            return [talk("Welcome."), asks(f"{request.url}/menu")]
        if request.path == "/menu":
            at[caller] += 1
            return [talk(f"Step {at[caller]}."), *([asks(f"{request.url}/menu")] if at[caller] < 2 else [])]
        return []

    steps = "steps: [presses: 1, hears: Step 1, presses: 1, hears: Step 2, ended]"
    with hosted(program) as url:
        for jobs, who, fails in (("2", "", True), ("2", 'from: "4477009000{}", ', False), ("1", "", False)):
            is_at_once = jobs == "2"
            write_calls(tmp_path, *(f"name: call {each}, {who.format(each)}{steps}" for each in (10, 20)))
            result = play_at(url, tmp_path, "-j", jobs)
            assert result.return_value == int(fails)
            assert ("give each its own `from`, or play one after the other with -j 1" in result.stderr) == fails
