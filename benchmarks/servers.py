"""What `benchmarks.serve` measures: two flows, and the servers that answer their webhooks."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from flowc.program.codec import encode
from flowc.program.program import Document, Failure, Fill, Program, Wait
from flowc.program.values import Template

HERE = Path(__file__).parents[1]
NGINX = HERE / ".tools" / "nginx"
SECRET, API_KEY, APPLICATION = "a-signature-secret-for-benchmarks-alone", "abcd1234", "app-1"
PORT = "8137"
TABLE, SIGNED = "flowc on uvicorn, a table", "flowc on uvicorn, signed"
OWN, OWN_SIGNED = "flowc.serve, a table", "flowc.serve, signed"
BY_HAND, BY_HAND_SIGNED = "handler by hand", "handler by hand, signed"
FILE = "nginx, a file"


class Server(NamedTuple):
    """What is measured: the command of a server, its environment, the wrk script of its requests, their path."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    script: str
    path: str
    signed: bool = False


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


def servers(folder: Path, peer: str) -> Iterator[Server]:
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
    on_uvicorn = [sys.executable, "-m", "flowc.serve.uvicorn", "--port", PORT, "--log-level", "error"]
    own = [sys.executable, "-m", "flowc.serve", "--port", PORT]
    uvicorn = [sys.executable, "-m", "uvicorn", *_UVICORN]
    by_hand = [peer, "-m", "uvicorn", *_UVICORN, "--app-dir", str(HERE / "benchmarks")]
    bare = [*uvicorn, "--app-dir", str(HERE / "benchmarks"), "serve_bare:application"]
    unsigned = {**environ, "FLOWC_SIGNED": "no"}
    asgi = [*uvicorn, "--factory", "flowc.serve:app"]
    yield Server(FILE, _nginx(folder), environ, "get", "/acme/sales.json")
    yield Server(TABLE, on_uvicorn, unsigned, "post", "/acme/main")
    yield Server(OWN, own, unsigned, "post", "/acme/main")
    yield Server(BY_HAND, [*by_hand, "serve_peer:handler"], environ, "post", "/acme/main")
    yield Server(SIGNED, on_uvicorn, environ, "signed", "/code/code", signed=True)
    yield Server(OWN_SIGNED, own, environ, "signed", "/code/code", signed=True)
    yield Server(BY_HAND_SIGNED, [*by_hand, "serve_peer:verified"], environ, "signed", "/code/code", True)
    yield Server("uvicorn's connections, a table", asgi, unsigned, "post", "/acme/main")
    yield Server("uvicorn's connections, signed", asgi, environ, "signed", "/code/code", signed=True)
    yield Server("uvicorn, an app that does nothing", bare, environ, "post", "/acme/main")


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
        f"server {{ listen 127.0.0.1:{PORT}; root {folder}/public; }} }}",
    ]
    conf = folder / "nginx.conf"
    conf.write_text("\n".join(lines))
    return [str(NGINX / "usr/sbin/nginx"), "-p", str(folder), "-c", str(conf), "-e", f"{folder}/start.log"]


def _libraries() -> str:
    own = [str(each) for each in NGINX.glob("usr/lib/*-linux-gnu*")]
    return ":".join([*own, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])
