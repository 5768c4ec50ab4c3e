"""`python -m flowc.serve` with several workers: under traffic, while programs change, workers die and it is ended."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("httptools", reason="`python -m flowc.serve` reads requests with httptools")

from flowc.serve.__main__ import main
from flowc.serve.metrics import metrics
from flowc.serve.settings import NAMES
from flowc.serve.tally import Tally
from tests.serve_host import Hosted, free_port
from tests.test_serve_changes import PRESSED, desk, until, write, write_text

BODY = json.dumps(PRESSED).encode()


class Workers(NamedTuple):
    """The command as it runs: the process that was started, and what it wrote."""

    host: Hosted
    process: subprocess.Popen[bytes]
    log: Path

    def pids(self) -> set[int]:
        """The workers that have begun to answer and are still there."""
        found = [json.loads(each) for each in self.log.read_text().splitlines() if each.startswith("{")]
        return {each["pid"] for each in found if each["event"] == "serving" and alive(each["pid"])}


def alive(pid: int) -> bool:
    """Whether a process is there, and no mere entry of one that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def started(folder: Path, workers: int, **environ: str) -> Iterator[Workers]:
    """The command, from when all its workers answer; what is left of it afterwards is ended."""
    port = free_port()
    log = folder / "log"
    settings = {"FLOWC_PROGRAMS": str(folder), "FLOWC_BASE_URL": "https://ivr.example.com", "FLOWC_SIGNED": "no"}
    settings["TMPDIR"] = str(folder)
    command = [sys.executable, "-m", "flowc.serve", "--port", str(port), "--workers", str(workers)]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    with log.open("wb") as err:
        process = subprocess.Popen(command, env={**clean, **settings, **environ}, stderr=err)
    found = Workers(Hosted(port), process, log)
    try:
        assert until(lambda: len(found.pids()) == workers), log.read_text()
        yield found
    finally:
        process.terminate()
        process.wait(30)
        assert until(lambda: not found.pids())


def said(host: Hosted) -> object:
    return json.loads(host.ask("POST", "/desk/main", BODY).body)[0]["text"]


@contextmanager
def traffic(port: int, heard: Counter[object]) -> Iterator[None]:
    """Calls, one after the other on each of four connections, until nobody takes a new one."""
    over = threading.Event()

    def calls() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        while not over.is_set():
            try:
                if connection.sock is None:
                    connection.connect()
            except ConnectionRefusedError:
                break
            try:
                connection.request("POST", "/desk/main", BODY, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                heard[json.loads(answer.read())[0]["text"] if answer.status == 200 else answer.status] += 1
            except Exception as fault:
                heard[type(fault).__name__] += 1
                connection.close()
        connection.close()

    threads = [threading.Thread(target=calls) for _ in range(4)]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in threads:
            each.join(30)


def test_programs_change_and_break_under_traffic_and_no_call_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "desk.program.json"
    write(file, desk("main", "first"))
    heard: Counter[object] = Counter()

    def comes(words: str) -> bool:
        """Whether from some moment on nothing else is heard."""
        assert until(lambda: heard[words] > 0)
        return until(lambda: {said(server.host) for _ in range(8)} == {words})

    with started(tmp_path, 2) as server, traffic(server.host.port, heard):
        assert comes("One, first.")
        write(file, desk("main", "second"))
        assert comes("One, second.")
        write_text(file, '{"format": 2, "flow": "desk"')
        assert until(lambda: server.log.read_text().count('"program refused"') == 2)
        assert comes("One, second.")
        write(file, desk("main", "third"))
        assert comes("One, third.")
    assert set(heard) == {"One, first.", "One, second.", "One, third."}


def test_a_hangup_signal_has_all_workers_look_for_changes(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, 2) as server:
        write(tmp_path / "desk.program.json", desk("main", "second"))
        server.process.send_signal(signal.SIGHUP)
        assert until(lambda: server.log.read_text().count('"program taken over"') == 2)
        assert said(server.host) == "One, second."
        assert server.process.poll() is None


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, 2) as server:
        before = server.pids()
        os.kill(min(before), signal.SIGKILL)
        assert until(lambda: '"worker replaced"' in server.log.read_text())
        assert until(lambda: len(server.pids()) == 2 and server.pids() != before)
        assert {said(server.host) for _ in range(8)} == {"One, first."}


def test_a_hangup_signal_does_no_harm_to_a_worker_that_begins(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, 2) as server:
        before = server.pids()
        os.kill(min(before), signal.SIGKILL)

        def comes() -> bool:
            server.process.send_signal(signal.SIGHUP)
            return len(server.pids()) == 2 and server.pids() != before

        assert until(comes)
        assert server.log.read_text().count('"worker replaced"') == 1
        assert {said(server.host) for _ in range(8)} == {"One, first."}


@pytest.mark.parametrize("workers", [1, 3])
def test_it_ends_with_all_its_workers(tmp_path: Path, workers: int) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, workers) as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(30) == 0
        assert not server.pids()


@pytest.mark.parametrize("workers", [1, 2])
def test_no_call_is_dropped_where_it_ends(tmp_path: Path, workers: int) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    heard: Counter[object] = Counter()
    with started(tmp_path, workers) as server, traffic(server.host.port, heard):
        assert until(lambda: heard["One, first."] > 100)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(30) == 0
    assert set(heard) == {"One, first."}


def test_no_worker_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, 2) as server:
        server.process.kill()
        server.process.wait(30)
        assert until(lambda: not server.pids())


def test_a_worker_that_dies_while_a_program_is_broken_is_replaced_when_it_is_mended(tmp_path: Path) -> None:
    file = tmp_path / "desk.program.json"
    write(file, desk("main", "first"))
    with started(tmp_path, 2) as server:
        write_text(file, "{")
        os.kill(min(server.pids()), signal.SIGKILL)
        assert until(lambda: server.log.read_text().count('"worker failed"') >= 6)
        assert {said(server.host) for _ in range(8)} == {"One, first."}
        write(file, desk("main", "second"))
        assert until(lambda: len(server.pids()) == 2)
        assert until(lambda: {said(server.host) for _ in range(8)} == {"One, second."})


def test_it_gives_up_where_no_worker_can_serve(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, 2) as server:
        write_text(tmp_path / "desk.program.json", "{")
        for pid in server.pids():
            os.kill(pid, signal.SIGKILL)
        assert server.process.wait(60) == 1
        assert '"workers cannot serve"' in server.log.read_text()


def counted(host: Hosted) -> Callable[[], int]:
    """How many ways were taken, by whichever worker is asked."""

    def total() -> int:
        lines = host.ask("GET", "/metrics").body.decode()
        return sum(int(each) for each in re.findall(r"^flowc_exits_total\{.*\} (\d+)$", lines, re.MULTILINE))

    return total


def test_whichever_worker_is_asked_it_has_counted_what_all_have(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    with started(tmp_path, 3) as server:
        total = counted(server.host)
        for _ in range(40):
            said(server.host)
        assert until(lambda: total() == 40)
        assert [total() for _ in range(12)] == [40] * 12
        os.kill(min(server.pids()), signal.SIGKILL)
        assert until(lambda: len(server.pids()) == 3)
        assert [total() for _ in range(12)] == [40] * 12


def test_what_processes_count_is_added_up(tmp_path: Path) -> None:
    one, other = Tally(*metrics()), metrics()
    one.share(tmp_path)
    one.exits.add("desk", "main", "one")
    one.lookups.add(0.3, "desk", "ask", "200")
    other.exits.add("desk", "main", "one")
    other.exits.add("desk", "main", "two")
    other.lookups.add(9.0, "desk", "ask", "200")
    theirs = {each.name: each.data() for each in other}
    (tmp_path / "1.counts.json").write_text(json.dumps(theirs))
    (tmp_path / "2.counts.json").write_text("{")
    lines = one.text().decode().splitlines()
    for line in [
        'flowc_exits_total{flow="desk",wait="main",document="one"} 2',
        'flowc_exits_total{flow="desk",wait="main",document="two"} 1',
        'flowc_lookup_seconds_bucket{flow="desk",step="ask",status="200",le="0.5"} 1',
        'flowc_lookup_seconds_bucket{flow="desk",step="ask",status="200",le="+Inf"} 2',
        'flowc_lookup_seconds_sum{flow="desk",step="ask",status="200"} 9.300000',
        'flowc_lookup_seconds_count{flow="desk",step="ask",status="200"} 2',
    ]:
        assert line in lines


def test_workers_that_end_by_themselves_leave_their_figures_in_one_file(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    counts = tmp_path / "counts"
    with started(tmp_path, 2, FLOWC_METRICS=str(counts)) as server:
        total = counted(server.host)
        for ended in range(1, 3):
            for _ in range(10):
                said(server.host)
            before = server.pids()
            os.kill(min(before), signal.SIGTERM)
            assert until(lambda: len(server.pids()) == 2 and server.pids() != before)  # noqa: B023 - it is asked at once
            assert until(lambda: total() == 10 * ended)  # noqa: B023 - as above
            assert {each.name for each in counts.glob("*.counts.json")} == {
                "ended.counts.json",
                *(f"{pid}.counts.json" for pid in server.pids()),
            }
        assert [total() for _ in range(12)] == [20] * 12
    assert {each.name for each in counts.glob("*.counts.json")} == {"ended.counts.json"}


def test_what_a_process_has_left_is_not_counted_twice(tmp_path: Path) -> None:
    one = Tally(*metrics())
    one.share(tmp_path)
    one.exits.add("desk", "main", "one")
    one.leave()
    one.end()
    one.leave()
    other = Tally(*metrics())
    other.share(tmp_path)
    other.exits.add("desk", "main", "one")
    assert 'flowc_exits_total{flow="desk",wait="main",document="one"} 2' in other.text().decode().splitlines()
    for each in tmp_path.iterdir():
        each.unlink()
    tmp_path.rmdir()
    assert 'flowc_exits_total{flow="desk",wait="main",document="one"} 1' in other.text().decode().splitlines()


def test_the_help_names_every_variable_that_is_read() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flowc.serve", "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    page = (Path(__file__).parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")
    named = set(re.findall(r"FLOWC_[A-Z_]+", page))
    assert {each for each in named if each not in done.stdout} == set()
    assert named == set(re.findall(r"FLOWC_[A-Z_]+", done.stdout))
    assert named - {"FLOWC_PARAM_NAME"} == NAMES
    assert "usage: python -m flowc.serve" in done.stdout


def test_where_no_folder_can_be_made_to_count_in_one_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    settings = {"FLOWC_PROGRAMS": str(tmp_path), "FLOWC_BASE_URL": "https://ivr.example.com", "FLOWC_SIGNED": "no"}
    for name, value in {**settings, "FLOWC_METRICS": ""}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nothing"))
    assert main(["--workers", "2", "--port", "0"]) == 2
    assert "set FLOWC_METRICS to a folder" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_served(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    (tmp_path / "file").write_text("")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    settings = {"FLOWC_PROGRAMS": str(tmp_path), "FLOWC_BASE_URL": "https://ivr.example.com", "FLOWC_SIGNED": "no"}
    settings |= {"FLOWC_METRICS": str(tmp_path / "file" / "counts"), "FLOWC_LOG": "error"}
    for workers in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "flowc.serve", "--port", str(free_port()), "--workers", workers],
            env={**clean, **settings},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"python -m flowc.serve: FLOWC_METRICS: nothing can be written into {tmp_path}/file/co")
        assert "name a folder that can be written to" in line


def test_a_folder_that_was_left_is_taken_away_by_the_next_and_one_in_use_is_not(tmp_path: Path) -> None:
    others = tmp_path / "flowc-metrics-of-another"
    others.mkdir()
    for each in ("one", "two", "three"):
        (tmp_path / each).mkdir()
        write(tmp_path / each / "desk.program.json", desk("main", "first"))

    def folders() -> set[Path]:
        return set(tmp_path.glob("flowc-metrics-*")) - {others}

    with started(tmp_path / "one", 2, TMPDIR=str(tmp_path)) as one:
        used = folders()
        assert len(used) == 1
        with started(tmp_path / "two", 2, TMPDIR=str(tmp_path)) as killed:
            left = folders() - used
            assert len(left) == 1
            killed.process.kill()
            killed.process.wait(30)
            assert until(lambda: not killed.pids())
        assert folders() == used | left
        with started(tmp_path / "three", 2, TMPDIR=str(tmp_path)):
            assert len(folders()) == 2
            assert used <= folders()
            assert not left & folders()
        assert folders() == used
        assert one.process.poll() is None
    assert not folders()
    assert others.is_dir()


def test_what_it_lacks_is_said_in_words_of_its_environment(tmp_path: Path) -> None:
    write(tmp_path / "desk.program.json", desk("main", "first"))
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FLOWC_")}
    settings = {"FLOWC_PROGRAMS": str(tmp_path), "FLOWC_BASE_URL": "https://ivr.example.com"}
    for workers in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "flowc.serve", "--port", str(free_port()), "--workers", workers],
            env={**clean, **settings},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 2
        assert "set FLOWC_SIGNED=no to take requests from anybody" in done.stderr
        assert "Traceback" not in done.stderr
