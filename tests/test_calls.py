"""Calls through a real nginx: what comes back is the document that the program names."""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import nginx
import pytest
from hosted import Hosted, build
from programs import acme, shop

from flowc.caller.platform import delivery
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, Presses, Waits
from flowc.caller.platform.transcript import told
from flowc.caller.walk import walk
from flowc.caller.web import Request, fetch
from flowc.caller.webhooks import keys_body, status_body
from flowc.compiler import compile as compile_flow
from flowc.hosting import HOSTS, refusals
from flowc.text.source import Source
from flowc.workspace import project

pytestmark = nginx.needs_nginx


@pytest.fixture(scope="module", params=["", "/ivr", "/a.b/c~d"])
def hosted(request: pytest.FixtureRequest) -> Iterator[Hosted]:
    """Two flows on one nginx, at the root and below a path."""
    with tempfile.TemporaryDirectory() as name:  # short: the path of a socket has 107 bytes
        folder = Path(name)
        folder.chmod(0o755)  # nginx, started by root, serves as another user
        port = nginx.free_port()
        base_url = f"http://127.0.0.1:{port}{request.param}"
        programs = [acme(), shop()]
        build(folder, base_url, programs, {"442079460000": "acme", "+442079460001": programs[1].flow})
        http = [folder / "nginx" / "hash.conf", folder / "nginx" / "http.conf"]
        conf = nginx.write_conf(folder / "run", port, http, [folder / "nginx" / "server.conf"])
        said = nginx.check(conf)
        assert "warn" not in said, said
        with nginx.running(conf, port):
            yield Hosted(base_url, programs)
        assert nginx.trouble(conf) == []


def test_every_answer_at_every_wait_gets_the_document_that_the_program_names(hosted: Hosted) -> None:
    for program in hosted.programs:
        steps = list(walk(program, hosted.base_url, fetch))
        assert len(steps) > 20
        assert [each for each in steps if each.wrong] == []
        assert {each.expected for each in steps} - {None} <= set(program.documents)


def test_a_walk_reaches_every_document_that_a_caller_can_reach(hosted: Hosted) -> None:
    program = hosted.programs[0]
    steps = list(walk(program, hosted.base_url, fetch))
    assert {each.expected for each in steps if not each.wait} == set(program.documents)
    answered = {each.expected for each in steps if each.wait} - {None}
    assert set(program.documents) - answered == {"sales.onAnswer", "failure"}


def test_a_walk_says_what_another_program_would_have_answered(hosted: Hosted) -> None:
    acme = hosted.programs[0]
    exits = {**acme.waits["main"].exits, "1": "bye"}
    other = acme._replace(waits={**acme.waits, "main": acme.waits["main"]._replace(exits=exits)})
    wrong = [each for each in walk(other, hosted.base_url, fetch) if each.wrong]
    assert {(each.wait, each.said, each.wrong) for each in wrong} == {
        (wait, "presses 1", "another document came back") for wait in ("main", "main~2", "main~3")
    }


@pytest.mark.parametrize(
    "path", ["/nobody/main", "/acme/nowhere", "/acme/main~9", "/acme/main~0", "/acme", "/x", "/acme/"]
)
def test_an_unknown_wait_gets_an_ncco_without_actions(hosted: Hosted, path: str) -> None:
    for response in (hosted.ask("GET", path + "?dtmf=1"), hosted.ask("POST", path, keys_body("1"))):
        assert (response.status, response.body) == (200, b"[]")
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cache-control"] == "no-store"


def test_a_wait_answers_whatever_the_case_of_its_url(hosted: Hosted) -> None:
    right = hosted.ask("POST", "/acme/main", keys_body("1"))
    assert hosted.ask("POST", "/ACME/Main", keys_body("1")).body == right.body
    assert hosted.ask("GET", "/ACME/MAIN?dtmf=1").body == right.body


def test_an_unknown_document_is_not_found(hosted: Hosted) -> None:
    assert hosted.ask("GET", "/acme/nothing.json").status == 404


@pytest.mark.parametrize("path", ["/../nginx/flows/acme.map", "/acme/../../nginx/http.conf", "/..%2fnginx%2fhttp.conf"])
def test_only_documents_are_published(hosted: Hosted, path: str) -> None:
    response = hosted.ask("GET", path)
    assert response.status in (400, 404) or response.body == b"[]"


@pytest.mark.parametrize("path", ["/events", "/acme/main", "/acme/main.json"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(hosted: Hosted, path: str, method: str) -> None:
    assert hosted.ask(method, path).status in (403, 405)


def test_no_failure_is_told_in_html(hosted: Hosted) -> None:
    long = b'{"x": "' + b"x" * 65_536 + b'"}'
    for status, response in (
        (404, hosted.ask("GET", "/acme/nothing.json")),
        (404, hosted.ask("POST", "/answer", b"{}")),
        (405, hosted.ask("PUT", "/acme/main.html")),
        (405, hosted.ask("DELETE", "/events")),
        (413, hosted.ask("POST", "/acme/main", long)),
        (413, hosted.ask("POST", "/acme/main.html", long)),
        (413, hosted.ask("POST", "/events", long)),
    ):
        assert (response.status, response.body) == (status, b"[]")
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cache-control"] == "no-store"


def test_nor_that_nginx_does_not_answer_itself() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), nginx.free_port()
        build(folder, f"http://127.0.0.1:{port}", [acme()], {})
        http = [folder / "nginx" / "hash.conf", folder / "nginx" / "http.conf"]
        with nginx.running(nginx.write_conf(folder / "run", port, http, [folder / "nginx" / "server.conf"]), port):
            (folder / "s.sock").unlink()
            response = fetch(Request("POST", f"http://127.0.0.1:{port}/acme/main", keys_body("1")))
            assert (response.status, response.body) == (502, b"[]")
            assert response.headers["content-type"] == "application/json"


def test_events_are_taken_in_both_ways(hosted: Hosted) -> None:
    for response in (
        hosted.ask("GET", "/events?status=ringing"),
        hosted.ask("POST", "/events", status_body("completed")),
    ):
        assert (response.status, response.body) == (200, b"[]")
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cache-control"] == "no-store"


def test_a_head_request_has_the_headers_of_a_document(hosted: Hosted) -> None:
    response = hosted.ask("HEAD", "/acme/main.json")
    assert (response.status, response.headers["content-type"], response.body) == (200, "application/json", b"")


@pytest.mark.parametrize("size", [1_000, 30_000, 60_000, 65_536])
def test_a_body_of_up_to_64_kilobytes_is_read(hosted: Hosted, size: int) -> None:
    body = b'{"speech": {"error": "%s"}, "dtmf": {"timed_out": false, "digits": "2"}}'
    body = body % (b"x" * (size - len(body) + 2))
    assert len(body) == size
    assert hosted.ask("POST", "/acme/main", body).data == hosted.ask("GET", "/acme/code.json").data


@pytest.mark.parametrize("path", ["/acme/main", "/events", "/answer", "/acme/main.json"])
def test_a_longer_body_is_refused(hosted: Hosted, path: str) -> None:
    assert hosted.ask("POST", path, b'{"dtmf": {"digits": "1"}, "x": "' + b"x" * 65_536 + b'"}').status == 413


def test_a_chunked_body_is_read(hosted: Hosted) -> None:
    body = keys_body("1")
    with socket.create_connection(("127.0.0.1", hosted.port), 10) as link:
        head = "Host: x\r\nConnection: close\r\nTransfer-Encoding: chunked"
        link.sendall(f"POST {hosted.path}/acme/main HTTP/1.1\r\n{head}\r\n\r\n".encode())
        for at in range(0, len(body), 7):
            part = body[at : at + 7]
            link.sendall(b"%x\r\n%s\r\n" % (len(part), part))
        link.sendall(b"0\r\n\r\n")
        answer = b"".join(iter(lambda: link.recv(65536), b""))
    assert json.loads(answer.partition(b"\r\n\r\n")[2]) == hosted.ask("GET", "/acme/sales.json").data


BODIES = [
    (b'{"dtmf":{"digits":"1"}}', "sales"),
    (b'{ "dtmf" : {\r\n "timed_out" : true ,\t"digits" : "1" } }', "sales"),
    (b'{"speech":{"results":[{"text":"\\"dtmf\\":{\\"digits\\":\\"2\\"}"}]},"dtmf":{"digits":"1"}}', "sales"),
    (b'{"speech":{"results":[{"text":"\\"dtmf\\":\\"2\\""}]}}', "main~2-noInput"),
    (b'{"dtmf":"2","timed_out":false}', "code"),
    (b'{"dtmf":{"digits":"*1#"}}', "sales.busy"),
    (b'{"dtmf":{"digits":"%2A"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":"11111111111111111111111111111111111111111111"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":"1a"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":"?"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":"-"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":"$uri"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":"1\\n"}}', "main~2-noMatch"),
    (b'{"dtmf":{"digits":1}}', "main~2-noInput"),
    (b'{"dtmf":{}}', "main~2-noInput"),
    (b'{"digits":"1"}', "main~2-noInput"),
    (b'{"status":"busy"}', "main~2-noInput"),
    (b"digits=1&dtmf=1", "main~2-noInput"),
]


@pytest.mark.parametrize(("body", "document"), BODIES)
def test_a_body_is_read_as_the_machine_reads_it(hosted: Hosted, body: bytes, document: str) -> None:
    assert hosted.ask("POST", "/acme/main", body).data == hosted.ask("GET", f"/acme/{document}.json").data


QUERIES = [
    ("", "main~2-noInput"),
    ("dtmf", "main~2-noInput"),
    ("dtmf=", "main~2-noInput"),
    ("dtmf=null", "main~2-noInput"),
    ("dtmf=%7B%22digits%22:null,%22timed_out%22:true%7D", "main~2-noInput"),
    ("dtmf=%7B%22digits%22:%22%22,%22timed_out%22:true%7D", "main~2-noInput"),
    ("dtmf=%7B%22timed_out%22:true%7D", "main~2-noInput"),
    ("digits=1", "main~2-noInput"),
    ("xdtmf=1", "main~2-noInput"),
    ("status=busy", "main~2-noInput"),
    ("speech=%7B%22results%22:[%7B%22text%22:%22%22digits%22:%221%22%22%7D]%7D", "main~2-noInput"),
    ("dtmf=1", "sales"),
    ("a=b&dtmf=1&c=d", "sales"),
    ("dtmf=12", "sales"),
    ("dtmf=%2A", "main"),
    ("dtmf=%2a", "main"),
    ("dtmf=*", "main"),
    ("dtmf=%23", "bye"),
    ("dtmf=%2A1%23", "sales.busy"),
    ("dtmf=*1%23", "sales.busy"),
    ("dtmf=0%2A", "bye"),
    ("dtmf[digits]=1", "sales"),
    ("dtmf%5Bdigits%5D=%23", "bye"),
    ("dtmf%5bdigits%5d=1", "sales"),
    ("dtmf.digits=1", "sales"),
    ("dtmf.digits=*", "main"),
    ("dtmfxdigits=1", "main~2-noInput"),
    ('dtmf={"digits":"1","timed_out":true}', "sales"),
    ('dtmf={"digits":"*"}', "main"),
    ("dtmf=%7B%22digits%22%3A%221%22%7D", "sales"),
    ("dtmf=%7B%22digits%22%3a+%22%2a1%23%22%7d", "sales.busy"),
    ("dtmf=%7b%22timed_out%22:true,%22digits%22:%22%23%22%7d", "bye"),
    ("dtmf=9", "main~2-noMatch"),
    ("dtmf=1x", "main~2-noMatch"),
    ("dtmf=../../main", "main~2-noMatch"),
    ("dtmf=%7B%22digits%22:%229%22%7D", "main~2-noMatch"),
    ("dtmf[digits]=9", "main~2-noMatch"),
    ("dtmf=1111111111111111111111111111111111111", "main~2-noMatch"),
]


@pytest.mark.parametrize(("query", "document"), QUERIES)
def test_a_query_is_read_in_every_spelling(hosted: Hosted, query: str, document: str) -> None:
    assert hosted.ask("GET", f"/acme/main?{query}").data == hosted.ask("GET", f"/acme/{document}.json").data


def test_what_a_request_says_of_itself_in_headers_counts_for_nothing(hosted: Hosted) -> None:
    link = HTTPConnection("127.0.0.1", hosted.port, timeout=10)
    headers = {"X-Flowc-Key": "1", "X-Flowc-To": "442079460000", "Range": "bytes=0-1", "If-None-Match": "*"}
    link.request("GET", f"{hosted.path}/acme/main", headers=headers)
    answer = link.getresponse()
    assert (answer.status, json.loads(answer.read())) == (200, hosted.ask("GET", "/acme/main~2-noInput.json").data)
    link.close()


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("to=442079460000&from=447700900123", b'{"to":"442079460000","from":"447700900123"}'),
        ("from=447700900123&to=%2B442079460000", b'{"from": "447700900123", "to" : "+442079460000"}'),
    ],
)
def test_the_number_called_leads_to_its_flow(hosted: Hosted, query: str, body: bytes) -> None:
    for response in (hosted.ask("GET", f"/answer?{query}"), hosted.ask("POST", "/answer", body)):
        assert response.data == hosted.ask("GET", "/acme/main.json").data
        assert response.headers["content-type"] == "application/json"
        assert response.headers["cache-control"] == "no-store"


def test_a_number_of_no_flow_is_not_found(hosted: Hosted) -> None:
    for query in ("", "to=1", "from=442079460000", "to=4420794600000"):
        assert hosted.ask("GET", f"/answer?{query}").status == 404
    for body in (b"", b'{"to":"1"}', b"to=442079460000"):
        assert hosted.ask("POST", "/answer", body).status == 404


def _call(hosted: Hosted, *script: Act) -> list[str]:
    """What happens in a call, without its webhooks and times."""
    setup = delivery.Setup(f"{hosted.base_url}/acme/main.json", event_url=f"{hosted.base_url}/events")
    happened = play(delivery.Hosted(setup), script).happened
    return [told(each._replace(seconds=0)) for each in happened if each.what not in ("webhook", "event", "asks")]


def test_a_call_is_told_as_its_caller_hears_it(hosted: Hosted) -> None:
    assert _call(hosted, Presses("9"), Waits(), Presses("2"), Presses("4711")) == [
        "caller hears: Thank you for calling ACME.",
        "caller hears: Press 1, 2, star or hash.",
        "caller presses 9",
        "caller hears: No such choice, 2.",
        "caller hears: Press 1, 2, star or hash.",
        "caller says nothing",
        "caller hears: Nothing heard, 3.",
        "caller hears: Press 1, 2, star or hash.",
        "caller presses 2",
        "caller hears: Your code?",
        "caller presses 4711",
        "caller hears: Thank you: “ÄÖÜ” \U0001f600",
        "the call ends: there is nothing more to play",
    ]


def test_a_call_that_nobody_answers_goes_the_way_of_its_outcome(hosted: Hosted) -> None:
    assert _call(hosted, Presses("1"), Connects("busy"), Connects("answered"))[3:] == [
        "caller hears: Connecting you to sales.",
        "caller is being connected to 447700900100",
        "the call to them is busy",
        "caller hears: They are all talking.",
        "caller hears: An operator will be with you.",
        "caller is being connected to 447700900199",
        "the call to them is answered",
        "they talk",
        "the call ends: the callee hangs up",
    ]


def test_a_caller_who_has_said_everything_hangs_up(hosted: Hosted) -> None:
    assert _call(hosted)[-1] == "the call ends: the caller hangs up"


def test_a_whisper_is_fetched_from_where_its_connect_says(hosted: Hosted) -> None:
    connect = hosted.ask("GET", "/acme/sales.json").data[1]
    url = connect["endpoint"][0]["onAnswer"]["url"]
    assert fetch(Request("GET", url)).data == [{"action": "talk", "text": "A call from the menu."}]


def test_a_document_of_nearly_64_kilobytes_comes_whole(hosted: Hosted) -> None:
    response = hosted.ask("POST", "/" + hosted.programs[1].flow + "/" + hosted.programs[1].start, keys_body("1"))
    assert len(response.body) > 60_000
    assert response.body.endswith(b"}]\n")


def test_two_sites_and_odd_folders_fit_into_one_nginx() -> None:
    with tempfile.TemporaryDirectory() as name:
        port = nginx.free_port()
        folders = [Path(name) / "a; b's é", Path(name) / "c#d"]
        urls = [f"http://127.0.0.1:{port}/one", f"http://127.0.0.1:{port}/two"]
        for folder, url in zip(folders, urls, strict=True):
            build(folder, url, [acme()], {}, str(Path(name) / f"{url[-3:]}.sock"))
            for each in (folder, folder.parent):
                each.chmod(0o755)
        http = [folders[0] / "nginx" / "hash.conf", *[each / "nginx" / "http.conf" for each in folders]]
        conf = nginx.write_conf(Path(name) / "run", port, http, [each / "nginx" / "server.conf" for each in folders])
        nginx.check(conf)
        with nginx.running(conf, port):
            for url in urls:
                assert [each for each in walk(acme(), url, fetch) if each.wrong] == []


@pytest.mark.parametrize("query", ["dtmf=#", "dtmf=#&x=y", 'dtmf={"digits":"#"}', "dtmf[digits]=#"])
def test_a_hash_may_come_as_it_is(hosted: Hosted, query: str) -> None:
    with socket.create_connection(("127.0.0.1", hosted.port), 10) as link:
        link.sendall(f"GET {hosted.path}/acme/main?{query} HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: link.recv(65536), b""))
    assert json.loads(answer.partition(b"\r\n\r\n")[2]) == hosted.ask("GET", "/acme/bye.json").data


FLOWS = sorted((Path(__file__).parents[1] / "flows").glob("*/*.flow.yml"))


def test_every_example_that_nginx_can_host_answers_as_its_program_says() -> None:
    results = {path: compile_flow(Source(str(path), _text(path)), read=_text) for path in FLOWS}
    hosted = {
        path: each.program
        for path, each in results.items()
        if each.program and not list(refusals(each, HOSTS["nginx"]))
    }
    targets = {path: _targets(path) for path in FLOWS}
    assert {path for path in FLOWS if targets[path] & {"static", "nginx"}} <= hosted.keys()
    assert {path for path in hosted if targets[path] == {"server"}} == set()
    programs = [*hosted.values()]
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), nginx.free_port()
        folder.chmod(0o755)
        base_url = f"http://127.0.0.1:{port}"
        build(folder, base_url, programs, {})
        http = [folder / "nginx" / "hash.conf", folder / "nginx" / "http.conf"]
        with nginx.running(nginx.write_conf(folder / "run", port, http, [folder / "nginx" / "server.conf"]), port):
            for program in programs:
                assert [each for each in walk(program, base_url, fetch) if each.wrong] == [], program.flow


def _text(path: str | Path) -> str:
    return Path(path).read_text(encoding="utf-8")


def _targets(flow: Path) -> set[str]:
    """The hosts that the project of a flow is built for."""
    found, said = project.read(flow.parent / project.FILE)
    assert found is not None and said == []
    return {each.target for each in found.sites.values()}
