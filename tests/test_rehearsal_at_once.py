"""`flowc test --url … -j N`: several calls at once at a host, and a report as if they were one after the other."""

from __future__ import annotations

import json
import signal
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier, Lock

import pytest
from called_programs import (
    LONG,
    Program,
    Request,
    asks,
    hosted,
    menu,
    play_at,
    pressing,
    running,
    talk,
    write_calls,
)
from click.testing import CliRunner
from nginx import free_port

from flowc.cli.calls.hosted import USUAL_JOBS
from flowc.cli.test import test as command


@pytest.mark.parametrize("options", [[], ["-j", "4"], ["--jobs", "4"]])
def test_calls_at_a_host_are_under_way_at_once(tmp_path: Path, options: list[str]) -> None:
    together = Barrier(USUAL_JOBS)

    def program(request: Request) -> object:
        if request.path == "/menu":
            together.wait(LONG)  # passed only by so many calls together
        return menu(request)

    write_calls(tmp_path, *pressing(*range(8)))
    with hosted(program) as url:
        result = play_at(url, tmp_path, *options)
    assert (result.stdout, result.stderr, result.return_value) == ("", "8 calls, all as they are to be\n", 0)


def test_the_report_is_that_of_calls_one_after_the_other(tmp_path: Path) -> None:
    for number in range(3):
        wrong = [each.replace("You pressed 5", "You pressed 6") for each in pressing(*range(10))]
        write_calls(tmp_path, *(wrong if number == 1 else pressing(*range(10))), name=f"menu{number}")
    with hosted(menu) as url:
        for form in ("text", "json", "junit", "github"):
            one, many = (play_at(url, tmp_path, "-v", "--format", form, "-j", jobs) for jobs in ("1", "8"))
            assert (many.stdout, many.return_value) == (one.stdout, 1)
            notes = [each for each in many.stderr.splitlines() if not each.startswith("--url: 8 calls at once")]
            assert notes == one.stderr.splitlines()
            assert one.stderr.endswith("30 calls, 1 failed\n")


def test_one_person_makes_one_call_after_the_other_in_the_order_of_the_files(tmp_path: Path) -> None:
    """A server may remember who has called: what it says in the second call shall be so however many are at once."""
    called, lock = Counter[object](), Lock()
    under_way = Counter[object]()

    def program(request: Request) -> object:
        caller = request.fields.get("from")
        with lock:
            if request.path == "/answer":
                called[caller] += 1
                under_way[caller] += 1
                again = called[caller] > 1
                assert under_way[caller] == 1
                return [talk("Welcome back." if again else "Welcome."), asks(f"{request.url}/menu")]
            if request.fields.get("status") == "completed":
                under_way[caller] -= 1
        return menu(request)

    people = [f'from: "44770090000{number}", ' for number in range(4)]
    first = [
        f"name: first {each}, {who}steps: [hears: {{exactly: Welcome.}}, presses: 1, ended]".replace(
            f"first {who}", "first"
        )
        for each, who in enumerate(people)
    ]
    second = [
        f"name: again {each}, {who}steps: [hears: Welcome back, presses: 2, ended]" for each, who in enumerate(people)
    ]
    third = [each.replace("again", "once more") for each in second]
    write_calls(tmp_path, *(each for person in zip(first, second, third, strict=True) for each in person))
    with hosted(program) as url:
        result = play_at(url, tmp_path, "-j", "8")
    assert (result.stdout, result.stderr) == ("", "12 calls, all as they are to be\n")


def _asking(port: int, *, named: bool) -> Program:
    """A program that asks a server whom a call is for, and says the name; three calls are always under way."""
    together = Barrier(3)

    def program(request: Request) -> object:
        if request.path != "/answer":
            return []
        together.wait(LONG)
        connection = HTTPConnection("127.0.0.1", port, timeout=LONG)
        headers = {"X-Call": str(request.fields["uuid"])} if named else {}
        connection.request("GET", "/who", headers=headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return [talk(f"Hello {answer['name']}." if answer else "Hello.")]

    return program


def _people(*names: str) -> list[str]:
    return [
        f'name: {name}, given: {{"GET https://crm.example.com/who": {{name: {name}}}}}, steps: [hears: Hello {name}.]'
        for name in names
    ]


def test_a_request_that_names_its_call_has_the_answer_of_that_call(tmp_path: Path) -> None:
    write_calls(tmp_path, *_people("Anna", "Ben", "Carl"))
    with hosted(_asking(port := free_port(), named=True)) as url:
        result = play_at(url, tmp_path, "--given-at", str(port), "-j", "3")
    assert (result.stdout, result.stderr) == ("", "3 calls, all as they are to be\n")


def test_a_request_that_is_not_given_fails_the_call_that_it_names_alone(tmp_path: Path) -> None:
    write_calls(tmp_path, *_people("Anna", "Ben"), "name: nobody, steps: [hears: Hello.]")
    with hosted(_asking(port := free_port(), named=True)) as url:
        result = play_at(url, tmp_path, "--given-at", str(port), "-j", "3", "--format", "json")
    (found,) = json.loads(result.stdout)
    assert found["message"] == "the program asks `GET /who`"
    assert found["line"] == 5


def test_a_request_that_names_none_of_several_calls_is_no_matter_of_chance(tmp_path: Path) -> None:
    write_calls(tmp_path, *_people("Anna", "Ben", "Carl"))
    with hosted(_asking(port := free_port(), named=False)) as url:
        result = CliRunner().invoke(
            command,
            ["--url", f"{url}/answer", "--method", "POST", "--given-at", str(port), "-j", "3", str(tmp_path)],
        )
    assert result.exit_code == 2
    assert "`GET /who` does not say for which of several calls it asks: leave -j out" in result.stderr


def test_with_what_is_given_calls_are_one_after_the_other_unless_said_otherwise(tmp_path: Path) -> None:
    write_calls(tmp_path, *_people("Anna", "Ben", "Carl"))
    at_work = Lock()

    def program(request: Request) -> object:
        if request.path != "/answer":
            return []
        assert at_work.acquire(blocking=False)
        connection = HTTPConnection("127.0.0.1", port, timeout=LONG)
        connection.request("GET", "/who")
        answer = json.loads(connection.getresponse().read())
        connection.close()
        at_work.release()
        return [talk(f"Hello {answer['name']}.")]

    port = free_port()
    with hosted(program) as url:
        result = play_at(url, tmp_path, "--given-at", str(port))
    assert (result.stdout, result.stderr) == ("", "3 calls, all as they are to be\n")


def test_a_server_that_hangs_is_waited_for_in_all_calls_at_once_and_then_no_more(tmp_path: Path) -> None:
    together, asked, lock = Barrier(4), list[object](), Lock()

    def program(request: Request) -> object:
        if request.path != "/answer":
            return []
        with lock:
            asked.append(request.fields["uuid"])
            number = len({*asked})
            is_first = asked.count(asked[-1]) == 1
        if is_first and number <= 4:
            together.wait(LONG)
        return None

    write_calls(tmp_path, *pressing(*range(9)))
    with hosted(program) as url:
        result = play_at(url, tmp_path, "-j", "4", "--answer-timeout", "1")
    assert result.return_value == 1
    assert result.stderr.endswith("9 calls, 9 failed\n")
    assert 4 <= len({*asked}) < 9
    spared = 9 - len({*asked})
    calls = "call" if spared == 1 else "calls"
    assert f"calls, so {spared} more {calls} did not wait for it\n" in result.stderr
    assert f"no call gets an NCCO to begin with: POST {url}/answer: no answer in time\n" in result.stderr


def test_an_interrupt_ends_all_calls_at_once(tmp_path: Path) -> None:
    """Nobody waits for the servers of calls that nobody wants any more."""
    together, asked = Barrier(5), list[str]()

    def program(request: Request) -> object:
        if request.path == "/answer":
            asked.append(request.path)
            together.wait(LONG)
            return None
        return []

    write_calls(tmp_path, *pressing(*range(9)))
    with hosted(program) as url:
        arguments = ["--url", f"{url}/answer", "--method", "POST", "-j", "4", str(tmp_path)]
        with running("test", *arguments) as process:
            together.wait(LONG)  # four calls are under way
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=LONG)
    assert process.returncode == 130
    assert said.strip() == ""
    assert len(asked) == 4  # none was tried a second time, and no further call was begun


def test_what_is_hosted_is_called_again_after_each_change_until_ctrl_c(tmp_path: Path) -> None:
    write_calls(tmp_path, *pressing(1, 2, 3))
    with hosted(menu) as url:
        arguments = ["--url", f"{url}/answer", "--method", "POST", "-j", "3", "-k", "key 2", "--watch", str(tmp_path)]
        with running("test", *arguments) as process:
            assert process.stderr is not None
            assert process.stderr.readline() == "1 call, all as they are to be\n"
            assert process.stderr.readline() == "waiting for a change; Ctrl-C ends\n"
            write_calls(
                tmp_path, *pressing(1, 2, 3), *(f"name: key 2{x}, steps: [presses: 2, hears: You]" for x in "ab")
            )
            said = [process.stderr.readline() for _ in range(2)]
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=LONG)
    assert said == ["3 calls, all as they are to be\n", "waiting for a change; Ctrl-C ends\n"]
    assert process.returncode == 0
