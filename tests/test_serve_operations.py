"""What those who run the server see of it: counters, log lines, spans."""

from __future__ import annotations

import json
import logging
import re
import socket
from typing import Any

import pytest

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.serve import Limits, app, log
from flowc.serve.metrics import Counter, Histogram
from tests.serve_crm import crm
from tests.serve_host import listening, running
from tests.serve_programs import bank
from tests.test_serve_calls import BASE, CALL, SECRETS, Caller


def test_what_is_counted() -> None:
    with crm() as outside:
        application = app([bank(outside.url)], base_url=BASE, networks=["127.0.0.0/8"], environ=SECRETS)
        with running(application) as host:
            caller = Caller([host])
            caller.rings("bank")
            caller.presses("1111")
            caller.is_told("busy")
            caller.url = f"{BASE}/bank/gold/" + "A" * 60
            caller.is_told("failed")
            host.post("/events", {"status": "completed", **CALL})
            host.post("/events", {"status": "447700900123", **CALL})
            host.ask("POST", "/bank/code", b"{}")
            response = host.ask("GET", "/metrics")
    lines = response.body.decode().splitlines()
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in [
        'flowc_documents_total{flow="bank",document="main"} 1',
        'flowc_documents_total{flow="bank",document="gold.otherwise"} 1',
        'flowc_exits_total{flow="bank",wait="gold",document="gold.otherwise"} 1',
        'flowc_exits_total{flow="bank",wait="code",document=""} 1',
        'flowc_lookup_seconds_count{flow="bank",step="code.2",status="200"} 1',
        'flowc_failures_total{flow="bank",why="SealError"} 1',
        'flowc_refused_total{status="401",why="signature"} 1',
        'flowc_events_total{status="completed"} 1',
        'flowc_events_total{status="other"} 1',
    ]:
        assert line in lines


def test_what_is_refused_before_it_leads_anywhere_is_counted() -> None:
    pytest.importorskip("httptools", reason="requests are read with httptools")
    with listening(app([bank("http://x")], base_url=BASE, environ=SECRETS, limits=Limits(read=0.3))) as host:
        assert host.ask("POST", "/bank/code", b"x" * 70_000).status == 413
        assert host.ask("GET", "/bank/code", headers={f"x-{n}": "y" * 1000 for n in range(20)}).status == 431
        assert host.ask("GET", f"/bank/{'code' * 3000}").status == 414
        for sent, status in ((b"nonsense\r\n\r\n", b"400"), (b"GET /bank/code HTTP/1.1\r\n", b"408")):
            with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
                connection.sendall(sent)
                assert connection.makefile("rb").readline().split()[1] == status
        lines = host.ask("GET", "/metrics").body.decode().splitlines()
    for status, why in ((413, "size"), (431, "size"), (414, "size"), (400, "form"), (408, "body")):
        assert f'flowc_refused_total{{status="{status}",why="{why}"}} 1' in lines


def test_prometheus_can_read_it() -> None:
    parser = pytest.importorskip("prometheus_client.parser", reason="Prometheus' own reader says what it can read")
    times = Histogram("t_seconds", "Times.", ("a",))
    for each in (0.001, 0.3, 9.0):
        times.add(each, 'x"\\\n')
    counter = Counter("c_total", "Count.", ())
    counter.add()
    text = "\n".join([*times.lines(), *counter.lines(), ""])
    families = {each.name: each for each in parser.text_string_to_metric_families(text)}
    samples = {(each.name, each.labels.get("le")): each.value for each in families["t_seconds"].samples}
    assert samples["t_seconds_bucket", "0.5"] == 2
    assert samples["t_seconds_bucket", "+Inf"] == samples["t_seconds_count", None] == 3
    assert families["t_seconds"].samples[0].labels["a"] == 'x"\\\n'
    assert families["c"].samples[0].value == 1


def test_a_line_is_one_json_object(caplog: pytest.LogCaptureFixture) -> None:
    log.LOGGER.addHandler(caplog.handler)
    try:
        try:
            raise ValueError("a secret that stands in an exception")
        except ValueError as fault:
            name = log.failure("it went wrong", fault, flow="acme", why="line\nbreak 447700900123", at="main")
    finally:
        log.LOGGER.removeHandler(caplog.handler)
    (record,) = [each for each in caplog.records if getattr(each, "fields", {}).get("id") == name][:1]
    text = log.Lines().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("fault")[0] == "ValueError"
    assert line == {
        "level": "error",
        "event": "it went wrong",
        "id": name,
        "flow": "acme",
        "why": "line?break …0123",
        "at": "main",
    }
    assert logging.getLogger("flowc.serve") is log.LOGGER


@pytest.fixture(scope="module")
def spans() -> Any:
    """Where spans go; there can be one such place in a process."""
    trace = pytest.importorskip("opentelemetry.trace", reason="spans are made with opentelemetry")
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="the SDK of opentelemetry shows what was traced")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


@pytest.mark.parametrize("serving", [running, listening])
def test_a_request_of_the_outside_is_a_span_in_that_of_its_webhook(
    spans: Any, serving: Any, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("httptools", reason="requests are read with httptools")
    spans.clear()
    with crm() as outside:
        application = app([bank(outside.url)], base_url=BASE, networks=["127.0.0.0/8"], tracing=True, environ=SECRETS)
        with serving(application) as host:
            for _ in range(2):
                caller = Caller([host])
                caller.rings("bank")
                caller.presses("1111")
        asked = outside.asked[-1]
    found = spans.get_finished_spans()
    lookup = next(each for each in reversed(found) if each.name == "flowc lookup")
    webhook = next(each for each in found if each.context == lookup.parent)
    assert [each.parent for each in found if each.name == "flowc webhook"] == [None] * 4
    assert not [each for each in caplog.records if each.name.startswith("opentelemetry")]
    assert dict(lookup.attributes) == {"flowc.flow": "bank", "flowc.step": "code.2"}
    assert webhook.name == "flowc webhook"
    assert dict(webhook.attributes) == {"flowc.flow": "bank", "flowc.at": "code"}
    assert f"{lookup.context.trace_id:032x}-{lookup.context.span_id:016x}" in asked.headers["traceparent"]
