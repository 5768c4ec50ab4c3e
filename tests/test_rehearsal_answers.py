"""Several answers of a server to one request: one after the other, or told apart by what is sent."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from nginx import free_port

from flowc.caller.rehearsals.given import Given
from flowc.caller.rehearsals.given_server import answering
from flowc.cli.call import call
from flowc.cli.test import test as command
from flowc.program.machine import Response
from flowc.text import yaml
from flowc.text.source import Source

FLOW = """\
flow: shop
failure: {talk: Something went wrong.}
steps:
  ask:
    - input: {prompt: Your order?, dtmf: {maxDigits: 1}, save: number, otherwise: closed}
    - request:
        method: POST
        url: https://shop.example.com/orders
        json: {number: "{{ vars.number }}"}
        save: order
        when: {503: later}
        otherwise: closed
    - talk: It is {{ vars.order.status }}.
    - goto: ask
  later:
    - talk: One moment.
    - goto: ask
  closed: {talk: We are closed.}
"""
REQUEST = "POST https://shop.example.com/orders"
TURNS, BODIES = "{in turn: [503, {NAME: VALUE}]}", "{by body: [{body: {NAME: VALUE}, answer: …}]}"
WHOLE = "or `{status: 200, body: …}` for a body that says this"


def _test(folder: Path, given: str, steps: str) -> Result:
    (folder / "shop.flow.yml").write_text(FLOW, encoding="utf-8")
    calls = f"flow: shop\ncalls:\n  - name: a call\n    given:\n      {REQUEST}:\n        {given}\n    steps: {steps}\n"
    (folder / "shop.calls.yml").write_text(calls, encoding="utf-8")
    return CliRunner().invoke(command, [str(folder)], standalone_mode=False)


def test_answers_in_turn_are_given_one_after_the_other_and_the_last_one_stays(tmp_path: Path) -> None:
    steps = (
        "[presses: 1, hears: One moment, presses: 1, hears: It is packed, presses: 1, hears: It is sent, "
        "presses: 1, hears: It is sent, hangs up]"
    )
    result = _test(tmp_path, "in turn: [503, {status: 200, body: {status: packed}}, {status: sent}]", steps)
    assert (result.stdout, result.return_value) == ("", 0)


def test_answers_by_body_are_told_apart_by_what_is_sent(tmp_path: Path) -> None:
    given = 'by body: [{body: {number: "1"}, answer: {status: packed}}, {body: {number: "2"}, answer: 503}]'
    result = _test(tmp_path, given, "[presses: 2, hears: One moment, presses: 1, hears: It is packed, hangs up]")
    assert (result.stdout, result.return_value) == ("", 0)


def test_a_body_that_no_answer_is_for_is_not_given(tmp_path: Path) -> None:
    given = 'by body: [{body: {number: "1"}, answer: {status: packed}}]'
    result = _test(tmp_path, given, "[presses: 3, hears: We are closed]")
    told = f'the flow asks `{REQUEST}` with a body that no answer is for: `{{"number": "3"}}`'
    assert f"[E417] unexpected-request: {told}\n" in result.stdout
    assert 'help: add under `by body`: `- {body: {"number": "3"}, answer: …}`\n' in result.stdout
    assert result.return_value == 1


@pytest.mark.parametrize(
    ("given", "at", "hint"),
    [
        ("by body: [{bdy: {}, answer: 404}]", "6:19", "write `{body: {…}, answer: …}`"),
        ("by body: [{body: {}, answer: no anser}]", "6:38", "did you mean `no answer`?"),
        ("in turn: [404, 777]", "6:24", "write one such as `404`"),
        ("{in turn: []}", "6:9", f"write `{TURNS}`, {WHOLE}"),
        ("{in turn: 404}", "6:9", f"write `{TURNS}`, {WHOLE}"),
        ("{in turn: [404], status: packed}", "6:9", f"write `{TURNS}`, {WHOLE}"),
        ("{by body: []}", "6:9", f"write `{BODIES}`, {WHOLE}"),
        ("{by body: {number: 1}}", "6:9", f"write `{BODIES}`, {WHOLE}"),
        ("in turn: [404, {in turn: [404]}]", "6:24", "write all of them in one list"),
        (f"in turn: [404, {BODIES}]", "6:24", "write `in turn` as an answer of `by body`"),
        (f"by body: [{{body: {{}}, answer: {BODIES}}}]", "6:38", "write both bodies as one: `{body: {…}, answer: …}`"),
    ],
)
def test_a_mistake_in_one_of_several_answers_is_said_there(tmp_path: Path, given: str, at: str, hint: str) -> None:
    result = _test(tmp_path, given, "[hangs up]")
    assert f"shop.calls.yml:{at}: error[E406]" in result.stdout
    assert f"help: {hint}\n" in result.stdout


def test_a_body_that_has_such_a_key_is_written_out(tmp_path: Path) -> None:
    given = "{status: 200, body: {in turn: [404], status: packed}}"
    result = _test(tmp_path, given, "[presses: 1, hears: It is packed, hangs up]")
    assert (result.stdout, result.return_value) == ("", 0)


def test_a_call_by_hand_with_two_answers_to_one_request_is_saved_and_is_the_same_again(tmp_path: Path) -> None:
    (tmp_path / "shop.flow.yml").write_text(FLOW, encoding="utf-8")
    saved = tmp_path / "mine.calls.yml"
    typed = '1\n503\n1\n{"status": "sent"}\nh\n'
    made = CliRunner().invoke(call, [str(tmp_path / "shop.flow.yml"), "--save", str(saved)], input=typed)
    assert "1 call written" in made.stderr
    assert '"POST https://shop.example.com/orders": {in turn: [503,{"status": 200,' in saved.read_text(encoding="utf-8")
    again = CliRunner().invoke(command, [str(saved)], standalone_mode=False)
    assert (again.stdout, again.return_value) == ("", 0)
    replayed = CliRunner().invoke(call, [str(tmp_path / "shop.flow.yml"), "--replay", str(saved)], input="")
    assert "caller hears: It is sent." in replayed.stdout


def test_a_program_that_is_hosted_has_answers_in_turn_and_by_body_too() -> None:
    document = yaml.read(Source("given", "{}"), pytest.fail)
    assert document is not None
    place = document.whole()
    bodies = (({"kind": "bill"}, Given(Response(200, 1), place)), ({"kind": "cut"}, Given(Response(503), place)))
    given = {
        "GET https://e.com/a": Given(Response(404), place, (Response(200, "b"),)),
        "POST https://e.com/b": Given(Response(None), place, (), bodies),
    }
    asked = [("GET", "/a", None), ("GET", "/a", None), ("GET", "/a", None)]
    sent = [("POST", "/b", {"kind": "cut", "id": 7}), ("POST", "/b", {"kind": "bill"}), ("POST", "/b", {"kind": "x"})]
    with answering("127.0.0.1", port := free_port()) as server:
        call = server.begins(given)
        came = []
        for method, path, body in (*asked, *sent):
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(method, path, json.dumps(body).encode() if body is not None else None)
            answer = connection.getresponse()
            came.append((answer.status, json.loads(answer.read())))
            connection.close()
        assert came == [(404, None), (200, "b"), (200, "b"), (503, None), (200, 1), (404, None)]
        assert (call.unexpected, call.unfit) == ([], [("POST https://e.com/b", {"kind": "x"})])
