"""Flows of real systems, ported: whole calls through the machine, and the same calls through the server over HTTP."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from installed import surroundings

pytest.importorskip("cryptography", reason="seals are made with cryptography")

from flowc.compiler import Result, compile
from flowc.hosting import HOSTS, refusals
from flowc.serve import app
from flowc.serve.sources import read
from flowc.text.source import Source
from tests.real_calls import CALLS, Call
from tests.real_lines import Machine, Served, call
from tests.real_outside import Desk
from tests.serve_host import ENVIRON, Hosted, running

FLOWS = Path(__file__).parents[1] / "flows"
BASE = "https://ivr.example.com"
SECRETS = {"shop_key": "canary-of-the-shop", "codes_key": "canary-of-the-codes"}
FILES = sorted({each.file for each in CALLS})


def compiled(file: str) -> Result:
    """A flow as it lies in its project."""
    path = FLOWS / file
    return compile(Source(str(path), path.read_text("utf-8")), read=lambda used: Path(used).read_text("utf-8"))


def built(file: str, outside: str, folder: Path) -> Path:
    """The program of a flow as `flowc build` writes it; the servers that it asks lie behind a URL, by their names."""
    project = shutil.copytree((FLOWS / file).parent, folder / Path(file).parent, ignore=shutil.ignore_patterns("build"))
    urls = re.findall(r"^  (\w+): +\{type: url", (FLOWS / file).read_text("utf-8"), re.MULTILINE)
    options = [word for name in urls for word in ("--param", f"{name}={outside}/{name}")]
    command = [sys.executable, "-m", "flowc", "build", "--site", "production", *options]
    ended = subprocess.run(command, cwd=project, env=surroundings(folder), capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return next((project / "build" / "production" / "program").glob("*.program.json"))


@pytest.fixture(scope="module")
def programs(outside: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the programs, by their flows' files."""
    folder = tmp_path_factory.mktemp("projects")
    return {file: built(file, outside, folder) for file in FILES}


@pytest.fixture(scope="module")
def host(programs: dict[str, Path]) -> Iterator[Hosted]:
    environ = {**ENVIRON, **{f"FLOWC_PARAM_{name.upper()}": value for name, value in SECRETS.items()}}
    with running(app([*programs.values()], base_url=BASE, networks=["127.0.0.0/8"], environ=environ)) as hosted:
        yield hosted


@pytest.mark.parametrize("file", FILES)
def test_a_flow_has_no_warning_and_a_server_can_host_it(file: str) -> None:
    result = compiled(file)
    assert [each.message for each in result.diagnostics] == []
    assert [each.message for each in refusals(result, HOSTS["server"])] == []


@pytest.mark.parametrize("file", FILES)
def test_a_flow_needs_more_than_files(file: str) -> None:
    assert list(refusals(compiled(file), HOSTS["nginx"])) != []


def test_every_flow_is_called_twice_at_least() -> None:
    assert min(Counter(each.file for each in CALLS).values()) >= 2


@pytest.mark.parametrize("made", CALLS, ids=lambda each: f"{each.file.partition('/')[0]}: {each.name}")
def test_a_call_is_the_same_in_the_machine_and_over_http(
    made: Call, programs: dict[str, Path], host: Hosted, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = read(programs[made.file])
    known = {each: SECRETS[each] for each in program.secrets}
    bearers = {f"Bearer {each}" for each in known.values()} or {""}
    machine = Machine(program._replace(params={**program.params, **known}), BASE, desk, made.when.timestamp())
    desk.set_up(made.outside)
    assert list(call(machine, BASE, made.fields, made.lines)) == made.lines
    asked = desk.asked
    assert {each.authorization for each in asked} <= bearers
    desk.set_up(made.outside)
    clock = SimpleNamespace(time=made.when.timestamp, monotonic=time.monotonic)
    monkeypatch.setattr("flowc.serve.responder.time", clock)
    assert list(call(Served(program, host), BASE, made.fields, made.lines)) == made.lines
    assert desk.asked == asked
    assert [each[:2] for each in asked] == [*made.asks]
