"""`python -m benchmarks.serve`: how many webhooks one worker answers, against nginx and a handler by hand.

Needs `wrk`, an nginx (`scripts/fetch-nginx`), uvicorn[standard] and cryptography, and for the handler by hand a Python
that has fastapi, vonage-voice, uvicorn[standard] and PyJWT: `--peer PYTHON`. One server at a time has the first core,
wrk has the second; all in turn. Counted are answers for each second that the server has used its core, so that a busy
neighbour costs nobody anything; a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flowc.program.codec import encode
from flowc.program.program import Document, Failure, Fill, Program, Wait
from flowc.program.values import Template

HERE = Path(__file__).parents[1]
NGINX = HERE / ".tools" / "nginx"
SECRET, API_KEY, APPLICATION = "a-signature-secret-for-benchmarks-alone", "abcd1234", "app-1"
CONNECTIONS, TOKENS = 32, 200_000

_OURS = {"api_key": API_KEY, "application_id": APPLICATION}


class Server(NamedTuple):
    """What is measured: the command of a server, its environment, the wrk script of its requests, their path."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    script: str
    path: str
    signed: bool = False


def main() -> None:
    """Measure, and print the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        servers = list(_servers(Path(folder), options.peer))
        rates: dict[str, list[float]] = {each.name: [] for each in servers}
        for _ in range(options.rounds):
            for each in servers:
                rates[each.name].append(_rate(each, Path(folder), options))
        for line in _table(rates):
            print(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default=sys.executable, help="the Python of the handler by hand")
    parser.add_argument("--wrk", default=shutil.which("wrk"), required=shutil.which("wrk") is None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    return parser.parse_args()


def _table(rates: Mapping[str, Sequence[float]]) -> Iterator[str]:
    for name, found in rates.items():
        yield f"{name:<34} {statistics.median(found):>8.0f} answers for a second of its core"
    for ours, theirs, least in [
        ("flowc, a table", "handler by hand", 5),
        ("flowc, a table", "nginx, a file", 0.5),
        ("flowc, signed, two values", "handler by hand, signed", 4),
    ]:
        ratio = statistics.median(a / b for a, b in zip(rates[ours], rates[theirs], strict=True))
        yield f"{ours} / {theirs}: {ratio:.2f} x, at least {least:g}{'' if ratio >= least else '   MISSED'}"


# What is served


def desk() -> Program:
    """A menu whose answers are the same for every call."""
    connect: dict[str, object] = {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}]}
    connect |= {"from": "447700900000", "eventType": "synchronous"}
    return Program(
        "acme",
        "main",
        {
            "main": Document(({"action": "talk", "text": "Press 1."},), asks="main"),
            "sales": Document(({"action": "talk", "text": "Connecting you to sales."},), asks="sales"),
            "bye": Document(({"action": "talk", "text": "Goodbye."},)),
        },
        {
            "main": Wait("answer", ({"action": "input", "type": ["dtmf"]},), {"1": "sales"}, "bye", (_BYE,)),
            "sales": Wait("outcome", (connect,), {"busy": "bye"}),
        },
    )


def code() -> Program:
    """A question whose answer is said back, with the time."""
    said = Template(("You keyed in ", ("path", "vars", "code"), ", and it is ", ("path", "now"), ". Goodbye."))
    return Program(
        "code",
        "code",
        {
            "code": Document(asks="code"),
            "said": Document(({"action": "talk", "text": ""},), fills=(Fill((0, "text"), said),)),
            "bye": Document(({"action": "talk", "text": "Goodbye."},)),
        },
        {"code": Wait("answer", ({"action": "input", "type": ["dtmf"]},), {}, "said", (_BYE,), save=("code",))},
    )


_BYE = Failure("bye", "bye")

BODY = json.dumps(
    {
        "speech": {"error": "Speech was not enabled"},
        "dtmf": {"digits": "1", "timed_out": False},
        "from": "447700900123",
        "to": "442079460000",
        "uuid": "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
        "conversation_uuid": "CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
        "timestamp": "2030-01-01T12:00:00.000Z",
    },
    separators=(",", ":"),
)


def _servers(folder: Path, peer: str) -> Iterator[Server]:
    for program in (desk(), code()):
        (folder / f"{program.flow}.program.json").write_text(json.dumps(encode(program)))
    environ = {
        "FLOWC_PROGRAMS": str(folder),
        "FLOWC_BASE_URL": "https://ivr.example.com",
        "FLOWC_LOG": "warning",
        "FLOWC_SIGNATURE_SECRET": SECRET,
        "FLOWC_API_KEY": API_KEY,
        "FLOWC_APPLICATION_ID": APPLICATION,
        "FLOWC_SEAL_KEYS": "a-key-to-seal-with-for-benchmarks-alone",
        "PYTHONPATH": str(HERE),
        "LD_LIBRARY_PATH": _libraries(),
    }
    own = [sys.executable, "-m", "flowc.serve", "--port", PORT]
    uvicorn = [sys.executable, "-m", "uvicorn", *_UVICORN]
    by_hand = [peer, "-m", "uvicorn", *_UVICORN, "--app-dir", str(HERE / "benchmarks")]
    bare = [*uvicorn, "--app-dir", str(HERE / "benchmarks"), "serve_bare:application"]
    unsigned = {**environ, "FLOWC_SIGNED": "no"}
    asgi = [*uvicorn, "--factory", "flowc.serve:app"]
    yield Server("nginx, a file", _nginx(folder), environ, "get", "/acme/sales.json")
    yield Server("flowc, a table", own, unsigned, "post", "/acme/main")
    yield Server("handler by hand", [*by_hand, "serve_peer:handler"], environ, "post", "/acme/main")
    yield Server("flowc, signed, two values", own, environ, "signed", "/code/code", signed=True)
    yield Server("handler by hand, signed", [*by_hand, "serve_peer:verified"], environ, "signed", "/code/code", True)
    yield Server("flowc under uvicorn, a table", asgi, unsigned, "post", "/acme/main")
    yield Server("flowc under uvicorn, signed", asgi, environ, "signed", "/code/code", signed=True)
    yield Server("uvicorn, nothing done", bare, environ, "post", "/acme/main")


PORT = "8137"
_UVICORN = ["--host", "127.0.0.1", "--port", PORT, "--no-access-log", "--log-level", "error"]


def _nginx(folder: Path) -> list[str]:
    public = folder / "public" / "acme"
    public.mkdir(parents=True)
    phone = {"type": "phone", "number": "447700900100"}
    event = {"eventType": "synchronous", "eventUrl": ["https://ivr.example.com/acme/sales"], "eventMethod": "POST"}
    connect = {"action": "connect", "endpoint": [phone], "from": "447700900000", **event}
    talk = {"action": "talk", "text": "Connecting you to sales."}
    (public / "sales.json").write_text(json.dumps([talk, connect], separators=(",", ":")))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    lines = [
        f"worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;",
        "user root;" if os.geteuid() == 0 else "",
        "events { worker_connections 256; }",
        "http { access_log off; keepalive_requests 100000000; types { application/json json; }",
        *(f"{kind}_temp_path {folder}/{kind};" for kind in kinds),
        f"server {{ listen 127.0.0.1:8137; root {folder}/public; }} }}",
    ]
    conf = folder / "nginx.conf"
    conf.write_text("\n".join(lines))
    return [str(NGINX / "usr/sbin/nginx"), "-p", str(folder), "-c", str(conf), "-e", f"{folder}/start.log"]


def _libraries() -> str:
    own = [str(each) for each in NGINX.glob("usr/lib/*-linux-gnu*")]
    return ":".join([*own, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])


# How it is asked

_SCRIPTS = {
    "get": "",
    "post": 'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = BODY\n',
    "signed": """
local tokens = {}
for line in io.lines(TOKENS) do tokens[#tokens + 1] = line end
local at = 0
request = function()
  at = at % #tokens + 1
  local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. tokens[at]}
  return wrk.format("POST", nil, headers, BODY)
end
""",
}


def _rate(server: Server, folder: Path, options: argparse.Namespace) -> float:
    """Answers, all with status 200, for each second that the server has used its core."""
    script, tokens = folder / "ask.lua", folder / "tokens"
    script.write_text(f"BODY = [==[{BODY}]==]\nTOKENS = {json.dumps(str(tokens))}\n{_SCRIPTS[server.script]}")
    if server.signed:
        tokens.write_text("\n".join(_tokens(TOKENS)))
    with _running(server) as pid:
        before = _seconds(pid)
        command = [options.wrk, "-t1", f"-c{CONNECTIONS}", f"-d{options.seconds}s", "-s", str(script)]
        url = f"http://127.0.0.1:8137{server.path}"
        done = subprocess.run(["taskset", "-c", "1", *command, url], capture_output=True, text=True, check=True)
        used = _seconds(pid) - before
    found = re.search(r"([0-9]+) requests in", done.stdout)
    if found is None or "Non-2xx" in done.stdout:
        raise SystemExit(f"{server.name}: {done.stdout}")
    return int(found[1]) / used


def _seconds(pid: int) -> float:
    """The time that a process and its children have run."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:13] for each in (pid, *children)]
    return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(server: Server) -> Iterator[int]:
    process = subprocess.Popen(["taskset", "-c", "0", *server.command], env={**os.environ, **server.environ})
    try:
        while process.poll() is None and not _listens():
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _listens() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 8137)) == 0


def _tokens(count: int) -> Iterator[str]:
    """Tokens for the same body, none of which has been seen."""
    head, now, salt = _part(b'{"alg":"HS256","typ":"JWT"}'), int(time.time()), time.time_ns()
    payload = hashlib.sha256(BODY.encode()).hexdigest()
    for n in range(count):
        claims = {"iat": now, "jti": f"{salt}-{n}", "iss": "Vonage", "payload_hash": payload, **_OURS}
        signed = f"{head}.{_part(json.dumps(claims).encode())}"
        yield f"{signed}.{_part(hmac.digest(SECRET.encode(), signed.encode(), 'sha256'))}"


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


if __name__ == "__main__":
    main()
