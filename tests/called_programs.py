"""Programs that are called over HTTP while `flowc test` plays calls at them, and the calls."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner, Result

from flowc.cli.test import test as command

LONG = 60
"""Seconds after which a test that waits for others has failed."""


class Request(NamedTuple):
    """What a program is asked: the path, the fields of the webhook, and the URL of the server itself."""

    path: str
    fields: dict[str, object]
    url: str


Program = Callable[[Request], object]
"""What answers a request, as JSON; None: nothing, until whoever asks has hung up."""


@contextmanager
def hosted(program: Program) -> Iterator[str]:
    """A program at a server that answers as many requests at once as come; its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path, url = self.path, f"http://127.0.0.1:{self.server.server_address[1]}"
            answer = program(Request(path, json.loads(body), url))
            if answer is None:
                with suppress(OSError):
                    self.connection.recv(1)
                return
            data = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 100

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(LONG)


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A flowc of its own, which is gone in the end."""
    process = subprocess.Popen([sys.executable, "-m", "flowc", *arguments], stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait(LONG)


def talk(text: str) -> dict[str, object]:
    return {"action": "talk", "text": text}


def asks(url: str) -> dict[str, object]:
    return {"action": "input", "type": ["dtmf"], "dtmf": {"maxDigits": 1}, "eventUrl": [url]}


def menu(request: Request) -> object:
    """A program of one menu."""
    if request.path == "/answer":
        return [talk("Welcome."), asks(f"{request.url}/menu")]
    if request.path == "/menu":
        dtmf = request.fields["dtmf"]
        assert isinstance(dtmf, dict)
        return [talk(f"You pressed {dtmf['digits']}.")]
    return []


def play(folder: Path, *options: str) -> Result:
    """What comes of the calls in a folder."""
    return CliRunner().invoke(command, [*options, str(folder)], standalone_mode=False)


def play_at(url: str, folder: Path, *options: str) -> Result:
    """What comes of them at a program that is hosted."""
    urls = ("--url", f"{url}/answer", "--method", "POST", "--event-url", f"{url}/events")
    return play(folder, *urls, *options)


def write_calls(folder: Path, *calls: str, name: str = "menu") -> None:
    """A file of calls, each of which is written as one line without its braces."""
    text = f"flow: {name}\ncalls:\n" + "".join(f"  - {{{each}}}\n" for each in calls)
    (folder / f"{name}.calls.yml").write_text(text, encoding="utf-8")


def pressing(*keys: int) -> list[str]:
    """Calls that are right at the program of one menu, each with a key of its own."""
    return [
        f"name: key {key}, steps: [hears: Welcome, presses: {key}, hears: You pressed {key}, ended]" for key in keys
    ]
