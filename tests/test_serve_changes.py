"""A changed program is taken over while calls go on; a broken one never is."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flowc.program.calendar import Calendar
from flowc.program.codec import encode
from flowc.program.program import Document, Failure, Program, Wait
from flowc.serve import ServeError, app, log
from tests.programs import acme, asks, talk
from tests.serve_host import ENVIRON, Hosted, running
from tests.serve_programs import bank
from tests.waiting import until

BASE = "https://ivr.example.com"
PRESSED = {"dtmf": {"digits": "1"}, "conversation_uuid": "CON-1"}


def desk(name: str, words: str) -> Program:
    """A menu, under a name, that says some words."""
    return Program(
        "desk",
        name,
        {name: Document((talk(words),), asks=name), "one": Document((talk(f"One, {words}."),))},
        {name: Wait("answer", (asks(),), {"1": "one"}, failures=(Failure("one", "one"),))},
    )


def write(path: Path, program: Program) -> None:
    write_text(path, json.dumps(encode(program)))


def write_text(path: Path, text: str) -> None:
    """A file as a build puts it in its place."""
    new = path.with_suffix(".new")
    new.write_text(text)
    os.replace(new, path)


def heard(host: Hosted, path: str) -> object:
    response = host.post(path, PRESSED)
    return json.loads(response.body)[0]["text"] if response.status == 200 else response.status


def test_a_changed_program_is_taken_over_and_a_broken_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "desk.program.json"
    write(file, desk("old", "first"))
    with running(app(tmp_path, base_url=BASE, environ=ENVIRON)) as host:
        assert heard(host, "/desk/old") == "One, first."
        write(file, desk("old", "second"))
        assert until(lambda: heard(host, "/desk/old") == "One, second.")
        write_text(file, '{"format": 2, "flow": "desk"')
        assert until(lambda: b'"changeRefused":true' in host.ask("GET", "/ready").body)
        assert heard(host, "/desk/old") == "One, second."
        write(file, desk("new", "third"))
        assert until(lambda: heard(host, "/desk/new") == "One, third.")
        # a call that stands in what is no more goes on there
        assert heard(host, "/desk/old") == "One, second."
        assert host.ask("GET", "/ready").body == b'{"status":"ok","flows":1,"changeRefused":false}\n'
        metrics = host.ask("GET", "/metrics").body.decode()
        assert 'flowc_reloads_total{result="taken"} 2' in metrics
        assert 'flowc_reloads_total{result="refused"} 1' in metrics


def test_numbers_that_are_gone_are_kept_until_they_are_built_anew(tmp_path: Path) -> None:
    """Without its file of the site, a build plays no flow for any number: every call would be lost."""
    write(tmp_path / "acme.program.json", acme())
    site = json.dumps({"base_url": BASE, "numbers": {"442079460000": "acme"}})
    (tmp_path / "site.json").write_text(site)
    call = {"to": "442079460000", "conversation_uuid": "CON-1"}
    with running(app([tmp_path], environ=ENVIRON)) as host:
        (tmp_path / "site.json").unlink()
        assert until(lambda: b'"changeRefused":true' in host.ask("GET", "/ready").body)
        assert host.post("/answer", call).status == 200
        write(tmp_path / "acme.program.json", acme()._replace(timezone="Europe/London"))
        again = b'flowc_reloads_total{result="refused"} 2'
        assert until(lambda: again in host.ask("GET", "/metrics").body)
        assert host.post("/answer", call).status == 200
        (tmp_path / "site.json").write_text(site)
        assert until(lambda: b'"changeRefused":false' in host.ask("GET", "/ready").body)
        assert host.post("/answer", call).status == 200


def test_no_call_is_dropped_while_programs_change(tmp_path: Path) -> None:
    file = tmp_path / "desk.program.json"
    write(file, desk("old", "0"))
    with running(app(tmp_path, base_url=BASE, environ=ENVIRON)) as host:
        said: set[object] = set()
        deadline = time.monotonic() + 20
        while len(said) < 3 and time.monotonic() < deadline:
            write(file, desk("old", str(len(said))))
            said.add(heard(host, "/desk/old"))
        assert said >= {"One, 0.", "One, 1.", "One, 2."}


def test_a_deleted_flow_takes_no_more_calls_and_ends_those_that_it_has(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("old", "first"))
    write(tmp_path / "shop.program.json", desk("main", "shop")._replace(flow="shop"))
    with running(app(tmp_path, base_url=BASE, environ=ENVIRON)) as host:
        assert heard(host, "/shop/main.json") == "shop"
        (tmp_path / "shop.program.json").unlink()
        assert until(lambda: heard(host, "/shop/main.json") == 404)
        assert heard(host, "/shop/main") == "One, shop."
        assert heard(host, "/desk/old") == "One, first."


def test_a_folder_of_a_build_says_where_it_is_served(tmp_path: Path) -> None:
    write(tmp_path / "acme.program.json", acme())
    write(tmp_path / "desk.program.json", desk("main", "desk"))
    site = {"base_url": "https://ivr.example.com/x", "numbers": {"442079460000": "desk", "442079460001": "acme"}}
    (tmp_path / "site.json").write_text(json.dumps(site))
    with running(app(environ={**ENVIRON, "FLOWC_PROGRAMS": str(tmp_path)})) as host:
        ncco = json.loads(host.post("/answer", {"to": "442079460000"}).body)
        assert ncco[0]["text"] == "desk"
        assert ncco[1]["eventUrl"] == ["https://ivr.example.com/x/desk/main"]
        assert json.loads(host.get("/x/answer", {"to": "+442079460001"}).body)[0]["text"].startswith("Thank you")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no program"),
        ("[]", "no object"),
        ('{"format": 99}', "newer format"),
        ("[" * 100_000, ""),
        ('{"format": 2, "flow": "desk", "start": "main", "documents": {}, "waits": {}}', "no document `main`"),
    ],
)
def test_a_broken_program_is_not_served(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "x.program.json").write_text(text)
    with pytest.raises(ServeError, match=r"x\.program\.json") as found:
        app(tmp_path, base_url=BASE, environ=ENVIRON)
    assert why in str(found.value) or text == "{"


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    opened = acme()._replace(documents={**acme().documents, "main": Document((), open=("agents",))})
    secret = acme()._replace(secrets=("crm_key",))
    for programs, numbers, why in [
        ([opened], {}, "--param agents"),
        ([secret], {}, "FLOWC_PARAM_CRM_KEY"),
        ([acme(), acme()], {}, "two programs"),
        ([acme()], {"442079460000": "shop"}, "`shop`"),
        ([acme()], {"x": "acme"}, "no phone number"),
        (tmp_path / "nothing", {}, "flowc build"),
    ]:
        with pytest.raises(ServeError, match=why):
            app(programs, base_url=BASE, numbers=numbers, environ=ENVIRON)  # type: ignore[arg-type]


def test_all_that_is_missing_is_said_at_once() -> None:
    secret = bank("https://crm.example.com")._replace(secrets=("crm_key", "more"))
    with pytest.raises(ServeError) as found:
        app([secret], base_url=BASE, environ={})
    names = ("FLOWC_SIGNATURE_SECRET", "FLOWC_SEAL_KEYS", "FLOWC_PARAM_CRM_KEY", "FLOWC_PARAM_MORE")
    lines = str(found.value).splitlines()
    assert [name in line for name, line in zip(names, lines, strict=True)] == [True] * 4


@pytest.mark.parametrize("url", ["localhost:6379", "http://x", "redis://localhost:port/0"])
def test_what_is_no_url_of_a_redis_is_said_at_the_start(url: str) -> None:
    pytest.importorskip("redis", reason="without the package, that is what is said")
    with pytest.raises(ServeError, match="FLOWC_REDIS_URL is no URL of a Redis"):
        app([acme()], base_url=BASE, environ={**ENVIRON, "FLOWC_REDIS_URL": url})


def test_a_secret_out_of_a_file_may_end_in_a_line_break() -> None:
    served = app([bank("http://127.0.0.1")], base_url=BASE, environ={**ENVIRON, "FLOWC_PARAM_CRM_KEY": "tok\n"})
    assert served.parts.programs.now.flows["bank"].program.params == {"crm_key": "tok"}


def test_a_flow_that_others_use_with_their_values_is_no_flow_to_be_called(caplog: pytest.LogCaptureFixture) -> None:
    box = Program("box", "box", {"box": Document((talk("{{ params.name }}"),), open=("name",))}, {})
    log.to_stderr("warning")
    with running(app([acme(), box], base_url="https://ivr.example.com", environ=ENVIRON, signed=False)) as hosted:
        assert hosted.get("/acme/main.json", {}).status == 200
        assert hosted.get("/box/box.json", {}).status == 404
    assert any(each.msg == "flow not served" for each in caplog.records)
    with pytest.raises(ServeError, match="its param `name` is open"):
        app([box], base_url="https://ivr.example.com", environ=ENVIRON, signed=False)


def test_it_is_told_a_year_before_that_holidays_are_no_longer_known(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    today = datetime.now(tz=UTC).date()
    for days, told in ((400, False), (100, True), (-1, True)):
        last = today + timedelta(days=days)
        office = Calendar("UTC", ((),) * 7, {}, frozenset({last}), last)
        write(tmp_path / "desk.program.json", desk("main", "first")._replace(hours={"office": office}))
        caplog.clear()
        log.LOGGER.addHandler(caplog.handler)
        try:
            with running(app(tmp_path, base_url=BASE, environ=ENVIRON)) as host:
                said = json.loads(host.ask("GET", "/ready").body)
        finally:
            log.LOGGER.removeHandler(caplog.handler)
        assert said.get("holidaysUntil") == (last.isoformat() if told else None)
        warned = {each.fields["until"] for each in caplog.records if each.msg == "holidays run out"}  # type: ignore[attr-defined]
        assert warned == ({last.isoformat()} if told else set())
