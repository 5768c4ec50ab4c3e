"""JSON bodies of webhooks, as a real nginx reads them: what stands at the top counts, and nothing else does."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import nginx
import pytest
from hosted import Hosted, build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programs import acme

from flowc.hosting.nginx_body import MOST_NESTED
from flowc.program.machine import Position, answered
from flowc.program.program import Program
from flowc.program.understand import SILENCE, Event, event_of

pytestmark = nginx.needs_nginx

NUMBER = "442079460000"
MOST_BYTES = 65_536


class Asked:
    """An nginx that is asked over one connection."""

    def __init__(self, hosted: Hosted) -> None:
        self.program = hosted.programs[0]
        self.link = HTTPConnection("127.0.0.1", hosted.port, timeout=10)

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        self.link.request("POST", path, body, {"Content-Type": "application/json"})
        answer = self.link.getresponse()
        return answer.status, answer.read()

    def document(self, name: str | None) -> bytes:
        return self.post(f"/acme/{name}.json", b"")[1] if name else b"[]"

    def answers(self, wait: str, body: bytes) -> None:
        """Asserts that a wait answers a body with the document that the program names."""
        expected = self.document(answered(self.program, Position(wait), event(body))[0])
        assert self.post(f"/acme/{wait}", body) == (200, expected), body[:2000]


def parsed(body: bytes) -> Any:
    """The JSON of a body, None where it is none."""
    try:
        return json.loads(body.decode(), parse_constant=float.fromhex)
    except (ValueError, RecursionError):
        return None


def event(body: bytes) -> Event:
    """What a body says. What has keys answers a question, whatever its status."""
    found = event_of(parsed(body))
    return found._replace(status="") if found.digits else found


def websocket() -> Program:
    """A program whose connect may also be told that a websocket was dropped."""
    program = acme()
    sales = program.waits["sales"]
    sales = sales._replace(exits={**sales.exits, "disconnected": "sales.otherwise"})
    return program._replace(waits={**program.waits, "sales": sales})


@pytest.fixture(scope="module", params=["pcre_jit off;", "pcre_jit on;"])
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    """Regular expressions are run by two machines, which have different limits."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), nginx.free_port()
        folder.chmod(0o755)
        base_url = f"http://127.0.0.1:{port}"
        build(folder, base_url, [websocket()], {NUMBER: "acme"})
        http = [folder / "nginx" / "hash.conf", folder / "nginx" / "http.conf"]
        server = [folder / "nginx" / "server.conf"]
        conf = nginx.write_conf(folder / "run", port, http, server, request.param)
        assert "warn" not in nginx.check(conf)
        with nginx.running(conf, port):
            asking = Asked(Hosted(base_url, [websocket()]))
            yield asking
            asking.link.close()
        assert nginx.trouble(conf) == []


ANSWERS = [
    (b'{"x":{"dtmf":{"digits":"2"}},"dtmf":{"digits":"1"}}', "sales"),
    (b'{"dtmf":{"digits":"1"},"x":{"dtmf":{"digits":"2"}}}', "sales"),
    (b'{"x":[{"dtmf":"2"}],"dtmf":"1"}', "sales"),
    (b'{"x":{"dtmf":{"digits":"1"}}}', "main~2-noInput"),
    (b'[{"dtmf":{"digits":"1"}}]', "main~2-noInput"),
    (b'{"dtmf":{"x":{"digits":"2"},"digits":"1"}}', "sales"),
    (b'{"dtmf":{"x":{"digits":"1"}}}', "main~2-noInput"),
    (b'{"dtmf":[{"digits":"1"}]}', "main~2-noInput"),
    (b'{"dtmf":[],"digits":"1"}', "main~2-noInput"),
    (b'{"dtmf":{},"x":{"digits":"1"}}', "main~2-noInput"),
    (b'{"dtmf":{"digits":null},"digits":"1"}', "main~2-noInput"),
    (b'{"speech":{"results":[{"text":"digits","x":"\\\\"}]},"dtmf":{"digits":"1"}}', "sales"),
    (b'{"speech":{"text":"\\\\"},"dtmf":{"digits":"1"}}', "sales"),
    (b'{"speech":{"text":"\\\\\\"},\\"dtmf\\":{\\"digits\\":\\"2\\"}"},"dtmf":{"digits":"1"}}', "sales"),
    (b'{"speech":{"text":"}],{["},"dtmf":{"digits":"1"}}', "sales"),
    ('{"speech":{"text":"„zwei“ \U0001f600"},"dtmf":{"digits":"1"}}'.encode(), "sales"),
    (b'{"dtmf":{"digits":"2"},"dtmf":{"digits":"2","digits":"9","digits":"1","x":2},"x":1}', "sales"),
    (b'{"dtmf":{"digits":"1"},"dtmf":[]}', "main~2-noInput"),
    (b'{"dtmf":"digits","x":"1"}', "main~2-noMatch"),
    (b'{"a":"dtmf","b":{"digits":"1"}}', "main~2-noInput"),
    (b'\n{ "timed_out" : [ ] , "x" : { } ,\r\n "dtmf"\t: { "y":-1.5e+3,"digits" : "1" } }\n', "sales"),
    (b'{"dtmf":{"digits":"1"}', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"}}}', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"}} x', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"},}', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"},"x":tru}', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"},"x":01}', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"},"x":"\n"}', "main~2-noInput"),
    (b'{"dtmf":{"digits":"1"},"x":[1}]', "main~2-noInput"),
    (b"{'dtmf':{'digits':'1'}}", "main~2-noInput"),
]


@pytest.mark.parametrize(("body", "document"), ANSWERS)
def test_keys_count_where_they_stand_at_the_top(asked: Asked, body: bytes, document: str) -> None:
    assert asked.post("/acme/main", body) == (200, asked.document(document))
    asked.answers("main", body)


OUTCOMES = [
    (b'{"uuid":"x","headers":{"status":"busy"},"status":"disconnected"}', "sales.otherwise"),
    (b'{"status":"busy","headers":{"status":"disconnected"}}', "sales.busy"),
    (b'{"headers":{"status":"busy"},"status":"answered"}', None),
    (b'{"headers":{"status":"busy"}}', None),
    (b'{"headers":["status","busy"]}', None),
    (b'{"x":"\\"status\\":\\"busy\\""}', None),
    (b'{"status":"busy"', None),
    (b'{"status":["busy"]}', None),
]


@pytest.mark.parametrize(("body", "document"), OUTCOMES)
def test_a_status_counts_where_it_stands_at_the_top(asked: Asked, body: bytes, document: str | None) -> None:
    assert asked.post("/acme/sales", body) == (200, asked.document(document))
    asked.answers("sales", body)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"headers":{"to":"1"},"to":"442079460000"}', 200),
        (b'{"to":"+442079460000","x":{"to":"1"}}', 200),
        (b'{"to":"1","headers":{"to":"442079460000"}}', 404),
        (b'{"headers":{"to":"442079460000"}}', 404),
        (b'{"to":{"to":"442079460000"}}', 404),
        (b'{"to":"442079460000"', 404),
    ],
)
def test_the_number_called_counts_where_it_stands_at_the_top(asked: Asked, body: bytes, status: int) -> None:
    code, answer = asked.post("/answer", body)
    assert (code, answer == asked.document("main")) == (status, status == 200)


KEYS = b'"dtmf":{"digits":"1"}'
PADDING = [
    b'"x":"%s"' % (b"x" * 60_000),
    b'"x":"%s"' % (rb"\"" * 30_000),
    b'"x":"%s"' % (b'\\"dtmf\\":{\\"digits\\":\\"2\\"},' * 2_200),
    b",".join([b'"dtmf":{"digits":"1"}'] * 2_800),
    b'"dtmf":{%s,"x":0}' % b",".join([b'"digits":"1"'] * 4_600),
    b'"x":[%s]' % b",".join([b'{"dtmf":{"digits":"2"}}'] * 2_600),
    b",".join(b'"k%d":%d' % (number, number) for number in range(4_400)),
    b'"x":[%s0]' % (b"[]," * 20_000),
    b'"x":0%s' % (b" " * 60_000),
    b'"x":%s' % (b"[" * 60_000),
    b'"x":%s%s' % (b"[" * 30_000, b"]" * 30_000),
    b'"x":%s' % (b'{"x":' * 12_000),
    b'"x":"' + b"x" * 60_000,
    b"[" * 60_000,
    b'"' * 60_000,
]


@pytest.mark.parametrize("padding", PADDING, ids=range(len(PADDING)))
def test_sixty_kilobytes_before_or_after_change_nothing_and_cost_little(asked: Asked, padding: bytes) -> None:
    for body in (b"{%s,%s}" % (padding, KEYS), b"{%s,%s}" % (KEYS, padding)):
        assert 50_000 < len(body) <= MOST_BYTES
        began = time.monotonic()
        asked.answers("main", body)
        assert time.monotonic() - began < 2


def test_a_body_may_be_nested_so_deep_and_no_deeper(asked: Asked) -> None:
    for depth, document in ((MOST_NESTED - 1, "sales"), (MOST_NESTED, "main~2-noInput")):
        body = b'{"x":%s%s,%s}' % (b"[" * depth, b"]" * depth, KEYS)
        assert asked.post("/acme/main", body) == (200, asked.document(document))


TEXTS = ["1", "2", "9", "*", "*1#", "", "busy", "disconnected", NUMBER, "digits", 'a"b', "\\", '\\"}', "é\n{"]
LEAVES = st.sampled_from([*TEXTS, None, True, False, 0, -1, 2.5, 1e30]) | st.text(max_size=8)
NAMES = st.sampled_from(["dtmf", "digits", "status", "to", "headers", "x", "", 'dtmf"', "\\dtmf"])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)
WAYS = st.sampled_from(
    [{}, {"indent": 1}, {"indent": "\t"}, {"separators": (",", ":")}, {"separators": (" ,\r\n", " : ")}]
)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """The body of a webhook, or nearly one."""
    data = draw(st.dictionaries(NAMES, VALUES, max_size=6) | VALUES)
    body = json.dumps(data, ensure_ascii=draw(st.booleans()), **draw(WAYS))
    at = draw(st.integers(0, len(body)))
    cut = draw(st.sampled_from([0, 0, 0, 1, 2, len(body)]))
    put = draw(st.sampled_from(["", "", "", *'{}[]",:\\ 1x\n\0']))
    return (body[:at] + put + body[at + cut :]).encode("utf-8", "replace")


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies())
def test_any_body_is_read_as_a_reader_of_json_reads_it(asked: Asked, body: bytes) -> None:
    asked.answers("main", body)
    asked.answers("sales", body)
    found = parsed(body)
    to = found.get("to") if isinstance(found, dict) else None
    assert asked.post("/answer", body)[0] == (200 if to in (NUMBER, f"+{NUMBER}") else 404)


def test_what_cannot_be_read_is_silence() -> None:
    assert event(b'{"dtmf":') == event(b"[]") == event(b"NaN") == SILENCE
