"""`python -m benchmarks.serve`: how many webhooks one worker answers, against nginx and a handler by hand.

Needs `wrk`, an nginx (`scripts/fetch-nginx`), uvicorn[standard] and cryptography, and for the handler by hand a Python
that has fastapi, vonage-voice, uvicorn[standard] and PyJWT: `--peer PYTHON`. One server at a time has the first core,
wrk has the second; all in turn. Counted are answers for each second that the server has used its core, so that a busy
neighbour costs nobody anything; how long the slowest of a hundred answers takes; the time from a server's start to its
first answer; and its memory after all of them (`Pss`). A ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .servers import (
    API_KEY,
    APPLICATION,
    BODY,
    BY_HAND,
    BY_HAND_SIGNED,
    FILE,
    OWN,
    OWN_SIGNED,
    PORT,
    SECRET,
    SIGNED,
    TABLE,
    Server,
    servers,
)

CONNECTIONS, TOKENS = 32, 200_000


class Figures(NamedTuple):
    """Of one round: answers for a second of the core, the 99th percentile and the start in ms, memory in MB."""

    rate: float
    p99: float
    start: float
    memory: float


def main() -> None:
    """Measure, and print the table."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        measured = list(servers(Path(folder), options.peer))
        found: dict[str, list[Figures]] = {each.name: [] for each in measured}
        for _ in range(options.rounds):
            for each in measured:
                found[each.name].append(_measured(each, Path(folder), options))
        for line in _table(found):
            print(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default=sys.executable, help="the Python of the handler by hand")
    parser.add_argument("--wrk", default=shutil.which("wrk"), required=shutil.which("wrk") is None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    return parser.parse_args()


def _table(found: Mapping[str, Sequence[Figures]]) -> Iterator[str]:
    yield f"{'':<34}   answers/s   99 % ms   start ms   MB"
    for name, rounds in found.items():
        rate, p99, start, memory = (statistics.median(each) for each in zip(*rounds, strict=True))
        yield f"{name:<34} {rate:>11.0f} {p99:>9.2f} {start:>10.0f} {memory:>4.0f}"
    for what, ours, theirs, least, most in _TARGETS:
        pairs = zip(found[ours], found[theirs], strict=True)
        ratio = statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs)
        target = f"at most {most:g}" if most else f"at least {least:g}"
        missed = "" if least <= ratio <= (most or ratio) else "   MISSED"
        yield f"{what}: {ours} / {theirs}: {ratio:.2f} x, {target}{missed}"
    most_memory = max(each.memory for name, rounds in found.items() if name in _OURS for each in rounds)
    yield f"memory: {most_memory:.0f} MB, at most {MEMORY}{'' if most_memory <= MEMORY else '   MISSED'}"


MEMORY = 45
_OURS = (TABLE, SIGNED, OWN, OWN_SIGNED)
_TARGETS = [
    target
    for table, signed in ((TABLE, SIGNED), (OWN, OWN_SIGNED))
    for target in (
        ("rate", table, BY_HAND, 5.0, 0.0),
        ("rate", table, FILE, 0.5, 0.0),
        ("rate", signed, BY_HAND_SIGNED, 4.0, 0.0),
        ("p99", table, BY_HAND, 0.0, 0.35),
        ("p99", signed, BY_HAND_SIGNED, 0.0, 0.35),
        ("start", table, BY_HAND, 0.0, 0.3),
        ("start", signed, BY_HAND_SIGNED, 0.0, 0.3),
    )
]
"""What is held against what: at least, or at most, so many times as much."""


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


def _measured(server: Server, folder: Path, options: argparse.Namespace) -> Figures:
    """The figures of a server that has answered everything with 200."""
    script, tokens = folder / "ask.lua", folder / "tokens"
    script.write_text(f"BODY = [==[{BODY}]==]\nTOKENS = {json.dumps(str(tokens))}\n{_SCRIPTS[server.script]}")
    if server.signed:
        tokens.write_text("\n".join(_tokens(TOKENS)))
    with _running(server) as (pid, start):
        before = _seconds(pid)
        command = [options.wrk, "-t1", "--latency", f"-c{CONNECTIONS}", f"-d{options.seconds}s", "-s", str(script)]
        url = f"http://127.0.0.1:{PORT}{server.path}"
        done = subprocess.run(["taskset", "-c", "1", *command, url], capture_output=True, text=True, check=True)
        used, memory = _seconds(pid) - before, _megabytes(pid)
    found = re.search(r"([0-9]+) requests in", done.stdout)
    slow = re.search(r"99%\s+([0-9.]+)(us|ms|s)", done.stdout)
    if found is None or slow is None or "Non-2xx" in done.stdout:
        raise SystemExit(f"{server.name}: {done.stdout}")
    return Figures(int(found[1]) / used, float(slow[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slow[2]], start, memory)


# Whoever installs with pip has all modules compiled; who edits them may have told Python to compile anew at each start.
_ENVIRON = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _with_children(pid: int) -> list[str]:
    return [str(pid), *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _seconds(pid: int) -> float:
    """The time that a process and its children have run."""
    ticks = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:13] for each in _with_children(pid)]
    return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    """The memory of a process and its children, with its share of what it holds together with others."""
    held = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in _with_children(pid)]
    return sum(int(kb) for each in held for kb in re.findall(r"^Pss: +([0-9]+) kB", each, re.MULTILINE)) / 1000


@contextmanager
def _running(server: Server) -> Iterator[tuple[int, float]]:
    """A server: its process, and the milliseconds to its first answer."""
    began = time.perf_counter()
    process = subprocess.Popen(["taskset", "-c", "0", *server.command], env={**_ENVIRON, **server.environ})
    try:
        while process.poll() is None and not _answers(server):
            time.sleep(0.002)
        yield process.pid, (time.perf_counter() - began) * 1000
    finally:
        process.terminate()
        process.wait(20)


def _answers(server: Server) -> bool:
    """Whether a server answers what it will be asked."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {next(_tokens(1))}"}
    method, body = ("GET", None) if server.script == "get" else ("POST", BODY)
    connection = http.client.HTTPConnection("127.0.0.1", int(PORT), timeout=5)
    try:
        connection.request(method, server.path, body, headers)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _tokens(count: int) -> Iterator[str]:
    """Tokens for the same body, none of which has been seen."""
    head, now, salt = _part(b'{"alg":"HS256","typ":"JWT"}'), int(time.time()), time.time_ns()
    payload = hashlib.sha256(BODY.encode()).hexdigest()
    account = {"api_key": API_KEY, "application_id": APPLICATION}
    for n in range(count):
        claims = {"iat": now, "jti": f"{salt}-{n}", "iss": "Vonage", "payload_hash": payload, **account}
        signed = f"{head}.{_part(json.dumps(claims).encode())}"
        yield f"{signed}.{_part(hmac.digest(SECRET.encode(), signed.encode(), 'sha256'))}"


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


if __name__ == "__main__":
    main()
