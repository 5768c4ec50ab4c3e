"""The same calls succeed against a flow itself, and against what a real nginx makes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import nginx
import pytest
from click.testing import CliRunner
from hosted import build

from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts
from flowc.compiler import compile as compile_flow
from flowc.serve import app
from flowc.text.source import Source

pytestmark = nginx.needs_nginx

FLOWS = Path(__file__).parents[1] / "flows"
STATIC = ("acme/acme", "failover/failover", "phone-tree/planets", "whisper/whisper", "voicemail/voicemail")


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Flows on one nginx."""
    sources = [FLOWS / f"{name}.flow.yml" for name in STATIC]
    results = [compile_flow(Source(each.name, each.read_text(encoding="utf-8"))) for each in sources]
    programs = [each.program for each in results if each.program is not None]
    assert len(programs) == len(STATIC)
    with tempfile.TemporaryDirectory() as name:  # short: the path of a socket has 107 bytes
        folder = Path(name)
        folder.chmod(0o755)  # nginx, started by root, serves as another user
        port = nginx.free_port()
        url = f"http://127.0.0.1:{port}"
        build(folder, url, programs, {})
        http = [folder / "nginx" / "hash.conf", folder / "nginx" / "http.conf"]
        conf = nginx.write_conf(folder / "run", port, http, [folder / "nginx" / "server.conf"])
        with nginx.running(conf, port):
            yield url


@pytest.mark.parametrize("name", STATIC)
def test_calls_on_every_way_succeed_inside_and_over_nginx(name: str, base_url: str, tmp_path: Path) -> None:
    flow = FLOWS / f"{name}.flow.yml"
    written = CliRunner().invoke(transcripts, [str(flow), "--calls"], standalone_mode=False).stdout
    (tmp_path / "all.calls.yml").write_text(written, encoding="utf-8")
    (tmp_path / flow.name).write_text(flow.read_text(encoding="utf-8"), encoding="utf-8")
    program = compile_flow(Source(flow.name, flow.read_text(encoding="utf-8"))).program
    assert program is not None
    url = f"{base_url}/{program.flow}/{program.start}.json"
    for options in ([], ["--url", url, "--event-url", f"{base_url}/events"]):
        result = CliRunner().invoke(command, [*options, str(tmp_path)], standalone_mode=False)
        assert result.stdout == ""
        assert result.stderr.endswith("all as they are to be\n")


SERVED = ("acme/acme", "hunt-list/hunt", "department-router/departments", "speech/speech-input", "failover/failover")


@pytest.mark.parametrize("name", SERVED)
def test_calls_on_every_way_succeed_at_the_server_that_checks_signatures(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_host = pytest.importorskip("tests.serve_host")
    flow = FLOWS / f"{name}.flow.yml"
    written = CliRunner().invoke(transcripts, [str(flow), "--calls"], standalone_mode=False).stdout
    (tmp_path / "all.calls.yml").write_text(written, encoding="utf-8")
    (tmp_path / flow.name).write_text(flow.read_text(encoding="utf-8"), encoding="utf-8")
    program = compile_flow(Source(flow.name, flow.read_text(encoding="utf-8"))).program
    assert program is not None
    for variable, value in serve_host.ENVIRON.items():
        monkeypatch.setenv(variable, value)
    port = nginx.free_port()
    base_url = f"http://127.0.0.1:{port}"
    application = app([program], base_url=base_url, environ=serve_host.ENVIRON)
    with serve_host.running(application, port):
        url = f"{base_url}/{program.flow}/{program.start}.json"
        result = CliRunner().invoke(command, ["--signed", "--url", url, str(tmp_path)], standalone_mode=False)
        assert result.stdout == ""
        assert result.stderr.endswith("all as they are to be\n")
        unsigned = CliRunner().invoke(command, ["--url", url, str(tmp_path)], standalone_mode=False)
        assert unsigned.return_value == 1
