"""The example projects' own calls: all ways of their flows, in this process, at the server and on nginx over HTTP.

Over HTTP, projects are built and called in a copy, in which a server of ours has the place of every server they name.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from types import SimpleNamespace

import nginx
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from flowc.caller.platform.application import Call
from flowc.caller.rehearsals.parse import parse
from flowc.caller.rehearsals.rehearsal import Rehearsals, Rehearsed
from flowc.cli.build import build
from flowc.cli.test import test as command
from flowc.language.schema.published import published
from flowc.serve.sources import read
from flowc.text import yaml
from flowc.text.source import Source
from flowc.workspace import project
from tests.real_outside import LATE, Answer, Desk

FLOWS = Path(__file__).parents[1] / "flows"
PROJECTS = sorted(each.name for each in FLOWS.iterdir() if each.is_dir())
CALLS = sorted(str(each.relative_to(FLOWS)) for each in FLOWS.glob("*/*.calls.yml"))

LEAST = {
    # The request before it lets nothing through but the two cases.
    "account-line": ("97", "`otherwise` of a `switch` at `unfinished`"),
}
"""The projects of whose flows a part cannot be called: how much of them is taken at least, in percent, and the rest."""

SITES = {"call-tracking": "newspaper", "environments": "staging", "speech": ""}
"""The sites that are called where they are not `production`; `""`, where a project has none."""

SECRETS = {"shop_key": "a-key-for-rehearsals", "codes_key": "a-key-for-rehearsals"}


def _targets(name: str) -> set[str]:
    found, said = project.read(FLOWS / name / project.FILE)
    assert found is not None and said == []
    return {each.target for each in found.sites.values()}


FOR_NGINX = [each for each in PROJECTS if _targets(each) & {"static", "nginx"}]
CALLS_FOR_NGINX = [each for each in CALLS if each.partition("/")[0] in FOR_NGINX]


def test_every_flow_that_can_be_called_has_calls() -> None:
    flows = {str(each.relative_to(FLOWS)) for each in FLOWS.glob("*/*.flow.yml")}
    assert {each.replace(".calls.", ".flow.") for each in CALLS} == flows
    assert {each.partition("/")[0] for each in CALLS} == set(PROJECTS)


@pytest.mark.parametrize("name", PROJECTS)
def test_the_calls_of_a_project_take_every_way_of_its_flows(name: str) -> None:
    _as_they_are_to_be(_run(str(FLOWS / name), "--cover-min", LEAST.get(name, ("100", ""))[0]))


@pytest.mark.parametrize("name", LEAST)
def test_what_no_call_takes_is_what_no_call_can_take(name: str) -> None:
    left = [line for line in _run(str(FLOWS / name), "--cover").stdout.splitlines() if "no call takes" in line]
    assert [line.partition(": no call takes ")[2] for line in left] == [LEAST[name][1]]


@pytest.mark.parametrize("file", CALLS)
def test_a_call_says_in_its_name_what_it_shows(file: str) -> None:
    names = [each.name for each in _calls(FLOWS / file).calls]
    assert [each for each in names if len(each.split()) < 2] == []
    assert [each for each in names if sum(each.lower() in other.lower() for other in names) > 1] == []  # for `-k`


@pytest.mark.parametrize("file", CALLS)
def test_an_editor_has_nothing_to_say_of_the_calls(file: str) -> None:
    text = (FLOWS / file).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/calls.schema.json\n")
    document = yaml.read(Source(file, text), pytest.fail)
    assert document is not None
    assert [each.message for each in Draft202012Validator(published("calls")).iter_errors(document.data)] == []


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=False)


def _as_they_are_to_be(result: Result) -> None:
    assert result.stdout == ""
    assert result.stderr.endswith("all as they are to be\n")
    assert result.return_value == 0


def _calls(file: Path) -> Rehearsals:
    document = yaml.read(Source(str(file), file.read_text("utf-8")), pytest.fail)
    assert document is not None
    return parse(document, pytest.fail)


# Built in a copy


def _copied(name: str, folder: Path, target: str, base_url: str, outside: str) -> Path:
    """A copy of a project for another host, to which all servers that it names lie behind the URL `outside`."""
    copy = shutil.copytree(FLOWS / name, folder / name, ignore=shutil.ignore_patterns("build", ".flowc"))
    for file in copy.rglob("*.yml"):
        text = re.sub(r"https://(\w+)\.example\.com", rf"{outside}/\1", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    settings = copy / project.FILE
    text = settings.read_text("utf-8")
    if not SITES.get(name, "production"):
        text += f'sites: {{production: {{target: server, base_url: "{base_url}"}}}}\n'
    text = re.sub(r'base_url: "[^"]*"', f'base_url: "{base_url}"', re.sub(r"target: \w+", f"target: {target}", text))
    settings.write_text(text, "utf-8")
    return copy


def _built(copy: Path) -> Path:
    """What `flowc build` writes for the site of a project that is called."""
    site = SITES.get(copy.name) or "production"
    with chdir(copy):
        result = CliRunner().invoke(build, ["--site", site], standalone_mode=False, catch_exceptions=False)
    assert result.return_value == 0, result.output
    return copy / "build" / site


def _answer_url(copy: Path, base_url: str, flow: str) -> str:
    (path,) = copy.glob(f"build/*/program/{flow}.program.json")
    return f"{base_url}/{flow}/{read(path).start}.json"


# At the server


@pytest.fixture(scope="module")
def served(outside: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """All projects at one server: the folder of their copies, and its URL."""
    host = pytest.importorskip("tests.serve_host", reason="the server needs what `flowc[serve]` brings")
    pytest.importorskip("cryptography", reason="seals are made with cryptography")
    from flowc.serve import app

    folder, port = tmp_path_factory.mktemp("served"), nginx.free_port()
    base_url = f"http://127.0.0.1:{port}"
    programs = [_built(_copied(each, folder, "server", base_url, outside)) / "program" for each in PROJECTS]
    environ = {**host.ENVIRON, **{f"FLOWC_PARAM_{name.upper()}": value for name, value in SECRETS.items()}}
    application = app(programs, base_url=base_url, networks=["127.0.0.0/8"], environ=environ)
    with host.running(application, port), pytest.MonkeyPatch.context() as patch:
        for name, value in host.ENVIRON.items():
            patch.setenv(name, value)
        yield folder, base_url


@pytest.mark.parametrize("file", CALLS)
def test_the_same_calls_are_as_they_are_to_be_at_the_server(
    file: str, served: tuple[Path, str], desk: Desk, outside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, base_url = served
    rehearsals = _calls(folder / file)
    url = _answer_url((folder / file).parent, base_url, rehearsals.flow)
    options = ("--signed", "--method", "POST", "--url", url, "--event-url", f"{base_url}/events")
    for each in rehearsals.calls:
        desk.set_up(_answers(each, outside))
        if each.call.started != Call().started:
            _set_clock(each.call.started, monkeypatch)
        result = _run(*options, "-k", each.name, str(folder / file))
        *_, said = result.stderr.splitlines()
        assert (result.stdout, said) == ("", "1 call, all as they are to be")
        monkeypatch.undo()


def _answers(call: Rehearsed, outside: str) -> Mapping[str, Answer | list[Answer]]:
    """What the desk answers in a call: what the call has as given. Webhooks that only tell something come there too."""
    responses = {request.replace(outside, ""): each.response for request, each in call.given.items()}
    return {key: LATE if each.status is None else (each.status, each.body) for key, each in responses.items()}


def _set_clock(now: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server takes it that all of a call happens at one moment."""
    clock = SimpleNamespace(time=lambda: now, monotonic=time.monotonic)
    monkeypatch.setattr("flowc.serve.responder.time", clock)


# On nginx


@pytest.fixture(scope="module")
def on_nginx(outside: str) -> Iterator[tuple[Path, str]]:
    """The projects that are built for files, each a site of one nginx: the folder of their copies, and its URL."""
    with tempfile.TemporaryDirectory() as name:  # not of pytest: nginx, started by root, serves as another user
        folder, port = Path(name), nginx.free_port()
        folder.chmod(0o755)
        base_url = f"http://127.0.0.1:{port}"
        sites = [_built(_copied(each, folder, "nginx", f"{base_url}/{each}", outside)) / "nginx" for each in FOR_NGINX]
        http = [sites[0] / "hash.conf", *(each / "http.conf" for each in sites)]
        conf = nginx.write_conf(folder / "run", port, http, [each / "server.conf" for each in sites])
        with nginx.running(conf, port):
            yield folder, base_url
        assert nginx.trouble(conf) == []


@nginx.needs_nginx
@pytest.mark.parametrize("file", CALLS_FOR_NGINX)
def test_the_same_calls_are_as_they_are_to_be_on_nginx(file: str, on_nginx: tuple[Path, str], desk: Desk) -> None:
    folder, base_url = on_nginx
    desk.set_up({})
    copy = (folder / file).parent
    base_url = f"{base_url}/{copy.name}"
    url = _answer_url(copy, base_url, _calls(folder / file).flow)
    _as_they_are_to_be(_run("--url", url, "--event-url", f"{base_url}/events", str(folder / file)))
