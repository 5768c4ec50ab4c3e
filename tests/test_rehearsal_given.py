"""`flowc test --url … --given-at …`: calls at a program that asks over HTTP for what they have as given."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from installed import surroundings
from nginx import free_port
from waiting import until

pytest.importorskip("tests.serve_host", reason="the server needs what `flowc[serve]` brings")

from flowc.caller.platform.application import Call, of_its_own
from flowc.caller.rehearsals.given import Given
from flowc.caller.rehearsals.given_server import answering
from flowc.cli.test import test as command
from flowc.program.machine import Response
from flowc.serve import app
from flowc.serve.sources import read
from flowc.text import yaml
from flowc.text.source import Source
from tests.serve_host import ENVIRON, running

FLOWS = Path(__file__).parents[1] / "flows"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, int]]:
    """The project of the orders at a server that asks a port of this machine: its folder, answer URL, and that port."""
    project = tmp_path_factory.mktemp("shop") / "order-lookup"
    shutil.copytree(FLOWS / "order-lookup", project, ignore=shutil.ignore_patterns("build", ".flowc"))
    port, asked = free_port(), free_port()
    base_url = f"http://127.0.0.1:{port}"
    options = ["--target", "server", "--base-url", base_url, "--param", f"shop=http://127.0.0.1:{asked}"]
    built = subprocess.run(
        [sys.executable, "-m", "flowc", "build", *options],
        cwd=project,
        env=surroundings(project.parent),
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    program = next(project.glob("build/*/program/*.program.json"))
    environ = {**ENVIRON, "FLOWC_PARAM_SHOP_KEY": "a-key-for-rehearsals"}
    with running(app([program], base_url=base_url, networks=["127.0.0.0/8"], environ=environ), port):
        yield project, f"{base_url}/orders/{read(program).start}.json", asked


def _test(shop: tuple[Path, str, int], *options: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    project, url, asked = shop
    arguments = ["--signed", "--url", url, "--given-at", str(asked), *options, str(project)]
    return CliRunner().invoke(command, arguments, standalone_mode=False)


def test_calls_are_as_they_are_to_be_with_what_they_have_as_given(
    shop: tuple[Path, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = _test(shop, monkeypatch=monkeypatch)
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "--url: `params` is not used (6 calls): the program has its own",
        "6 calls, all as they are to be",
    ]


def test_what_is_not_given_is_said(shop: tuple[Path, str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    calls = shop[0] / "orders.calls.yml"
    written = calls.read_text("utf-8")
    calls.write_text(written.replace("/orders/", "/order/"), "utf-8")
    try:
        result = _test(shop, "--format", "json", monkeypatch=monkeypatch)
    finally:
        calls.write_text(written, "utf-8")
    found = [each for each in json.loads(result.stdout) if each["code"] == "E417"]
    assert found
    assert all(each["message"].startswith("the program asks `GET /orders/") for each in found)
    assert all(each["hint"].startswith("the call has `GET /order/") for each in found)


def test_requests_that_differ_in_their_server_alone_are_refused(
    shop: tuple[Path, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = shop[0] / "orders.calls.yml"
    written = calls.read_text("utf-8")
    first, second = (f"GET https://{name}.example.com/orders/123" for name in ("shop", "other"))
    given = f'{{"{first}": {{status: shipped, since: 2036-11-24}}'
    assert f"{given}}}" in written
    calls.write_text(written.replace(f"{given}}}", f'{given}, "{second}": 404}}'), "utf-8")
    try:
        result = _test(shop, "--format", "json", monkeypatch=monkeypatch)
    finally:
        calls.write_text(written, "utf-8")
    (found,) = json.loads(result.stdout)
    assert found["code"] == "E406"
    assert found["message"].endswith(f"`{second}` cannot be told from `{first}`: the first would win")


def test_a_request_of_which_no_answer_is_for_its_body_is_said_so(
    shop: tuple[Path, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = shop[0] / "orders.calls.yml"
    written, answer = calls.read_text("utf-8"), "{status: shipped, since: 2036-11-24}"
    by_body = f"{{by body: [{{body: {{number: 1}}, answer: {answer}}}]}}"
    calls.write_text(written.replace(answer, by_body, 1), "utf-8")
    try:
        result = _test(shop, "--format", "json", "-k", "that was all", monkeypatch=monkeypatch)
    finally:
        calls.write_text(written, "utf-8")
    found = next(each for each in json.loads(result.stdout) if each["code"] == "E417")
    asked = "GET https://shop.example.com/orders/123"
    assert found["message"] == f"the program asks `{asked}` without a body, and each answer is for one"
    assert found["hint"] == "write the answer itself, without `by body`"


def _given(answers: dict[str, Response]) -> dict[str, Given]:
    document = yaml.read(Source("given", "{}"), pytest.fail)
    assert document is not None
    return {request: Given(response, document.whole()) for request, response in answers.items()}


@pytest.mark.parametrize(
    ("method", "target", "status", "body"),
    [
        ("GET", "/orders/7", 200, {"status": "shipped"}),
        ("GET", "/shop/orders/7", 200, {"status": "shipped"}),
        ("GET", "/orders?of=me", 404, None),
        ("POST", "/orders", 201, {"id": 7}),
        ("POST", "/orders/7", 404, None),
        ("GET", "/orders/77", 404, None),
    ],
)
def test_a_request_is_told_by_its_method_and_its_path(method: str, target: str, status: int, body: object) -> None:
    with answering("127.0.0.1", port := free_port()) as server:
        asked = server.begins(
            _given(
                {
                    "GET https://shop.example.com/orders/7": Response(200, {"status": "shipped"}),
                    "GET https://shop.example.com/orders?of=me": Response(404),
                    "POST https://shop.example.com/orders": Response(201, {"id": 7}),
                }
            )
        )
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request(method, target, b"{}" if method == "POST" else None)
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())) == (status, body)
        connection.close()
        is_given = (method, target) not in (("POST", "/orders/7"), ("GET", "/orders/77"))
        assert asked.unexpected == ([] if is_given else [f"{method} {target}"])


@pytest.mark.parametrize(
    ("target", "header", "body", "answer"),
    [
        ("/who", "{anna}", "", "Anna"),
        ("/who", "call={BEN}; a=b", "", "Ben"),
        ("/who", "00-{anna}-01", '{{"conversation": "{anna_con}"}}', "Anna"),
        ("/v1/{ben_con}/who", "-", "", "Ben"),
        ("/who", "-", '{{"of": ["{ben_con}"]}}', "Ben"),
        ("/who", "{other}", "", None),
        ("/who", "-", "", None),
        ("/who", "{anna} {ben}", "", None),
    ],
)
def test_of_several_calls_a_request_is_for_the_one_that_it_names(
    target: str, header: str, body: str, answer: str | None
) -> None:
    anna, ben, other = (of_its_own(Call()) for _ in range(3))
    names = {"anna": anna.uuid, "anna_con": anna.conversation, "BEN": ben.uuid.upper(), "ben": ben.uuid}
    names |= {"ben_con": ben.conversation, "other": other.uuid}
    with answering("127.0.0.1", port := free_port(), several=True) as server:
        said = {
            who: server.begins(_given({"POST https://crm.example.com/who": Response(200, name)}), who)
            for who, name in ((anna, "Anna"), (ben, "Ben"))
        }
        said[anna].over.set()  # what a program asks behind the end of a call is of that call all the same
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", target.format(**names), body.format(**names), {"X-Call": header.format(**names)})
        came = connection.getresponse()
        assert (came.status, json.loads(came.read())) == ((200, answer) if answer else (404, None))
        connection.close()
    assert server.unnamed == ([] if answer else ["POST /who"])
    assert not [each for asked in said.values() for each in asked.unexpected]


def test_an_answer_that_does_not_come_is_waited_for_until_the_call_is_over() -> None:
    with answering("127.0.0.1", port := free_port()) as server:
        asked = server.begins(_given({"GET https://shop.example.com/": Response(None)}))
        with socket.create_connection(("127.0.0.1", port), timeout=20) as link:
            link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            link.settimeout(0.3)
            with pytest.raises(TimeoutError):
                link.recv(1)
            asked.over.set()
            link.settimeout(20)
            assert link.recv(1) == b""


@pytest.mark.parametrize("written", ["0", "port", "127.0.0.1:", "70000"])
def test_what_is_no_address_is_wrong_usage(written: str) -> None:
    arguments = ["--url", "http://127.0.0.1:1/", "--given-at", written, str(FLOWS / "acme")]
    result = CliRunner().invoke(command, arguments)
    assert (result.exit_code, f"--given-at {written}: write a port" in result.stderr) == (2, True)


def test_an_address_that_is_taken_is_wrong_usage_and_without_a_url_it_is_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        arguments = ["--url", "http://127.0.0.1:1/", "--given-at", port, str(FLOWS / "acme")]
        result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 2
    assert "--given-at 127.0.0.1:" in result.stderr
    assert CliRunner().invoke(command, ["--given-at", "8001", str(FLOWS / "acme")]).exit_code == 2


def test_the_commands_of_the_documents_do_what_they_say(tmp_path: Path) -> None:
    """As they are typed in the folder of the orders, but for their ports."""
    page = (FLOWS.parent / "docs" / "calls.md").read_text("utf-8")
    serve, play = re.findall(
        r"^    (.*flowc (?:serve|test) .*:8001$|flowc test .*--given-at 8001)$", page, re.MULTILINE
    )
    project = tmp_path / "order-lookup"
    shutil.copytree(FLOWS / "order-lookup", project, ignore=shutil.ignore_patterns("build", ".flowc"))
    ports = {"8000": str(free_port()), "8001": str(free_port())}
    serve, play = (re.sub(r"8000|8001", lambda found: ports[found[0]], each) for each in (serve, play))
    told = {"cwd": project, "env": surroundings(tmp_path), "text": True}
    with subprocess.Popen(
        ["sh", "-c", f"exec env {serve} --port {ports['8000']}"], stderr=subprocess.PIPE, **told
    ) as server:
        try:
            assert server.stderr is not None
            assert any("anybody is taken for the platform" in line for line in server.stderr)
            assert until(lambda: is_open(int(ports["8000"])))
            result = subprocess.run(["sh", "-c", play], capture_output=True, check=False, **told)
        finally:
            server.terminate()
    assert (result.stdout, result.returncode) == ("", 0)
    assert result.stderr.endswith(" calls, all as they are to be\n")


def is_open(port: int) -> bool:
    """Whether somebody listens at a port of this machine."""
    with socket.socket() as link:
        return link.connect_ex(("127.0.0.1", port)) == 0
