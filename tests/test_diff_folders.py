"""`flowc diff` in a folder of a project: the project's own file is looked for from there upwards, in each version."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from flowc.cli.group import run

PROJECT = """\
flows: "flows/*.flow.yml"
params: shared/desk.yml
sites:
  one: {target: server, base_url: "https://ivr.example.com"}
"""
FLOW = """\
flow: acme
voice: {language: en-GB}
params: {desk: {type: phone}}
steps:
  main: {connect: {phone: "{{ params.desk }}", otherwise: bye}}
  bye: {talk: Goodbye.}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that git keeps in a folder of its own; since then its params are bound to another value."""
    root = tmp_path / "phone"
    for name, text in (
        ("flowc.yml", PROJECT),
        ("shared/desk.yml", "desk: 447700900100\n"),
        ("flows/acme.flow.yml", FLOW),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=tmp_path)
    (root / "shared" / "desk.yml").write_text("desk: 447700900200\n")
    return root


@pytest.mark.parametrize(
    ("here", "versions"),
    [
        (".", ["HEAD"]),
        ("flows", ["HEAD"]),
        ("flows", ["HEAD:acme.flow.yml", "acme.flow.yml"]),
        ("flows", ["HEAD:./acme.flow.yml", "acme.flow.yml"]),
        ("shared", ["HEAD:../flows", "../flows"]),
        ("..", ["HEAD:phone/flows/acme.flow.yml", "phone/flows/acme.flow.yml"]),
    ],
)
def test_a_revision_has_the_params_of_the_project_that_its_flows_lie_in(
    here: str, versions: list[str], project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project / here)
    assert run(["diff", *versions]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[1:] == ["  - calls: phone 447700900100", "  + calls: phone 447700900200"]
    assert said.err == ""
    assert run(["diff", *versions, "--param", "desk=447700900300"]) == 0
    assert capsys.readouterr().out == "no difference for callers\n"


SHOP = """\
flow: shop
use: {hours: ../common/hours.flow.yml}
steps: {main: [{run: hours}, {talk: Bye.}]}
"""
HOURS = "flow: hours\nsteps: {main: [{talk: We are open.}]}\n"
CHANGED = ['  - hears: "We are open."', '  + hears: "We are closed."']


@pytest.mark.parametrize(
    ("here", "versions"),
    [
        ("phone", ["HEAD"]),
        ("phone/flows", ["HEAD"]),
        (".", ["HEAD:phone", "phone"]),
        (".", ["HEAD", "phone"]),
        (".", ["HEAD", "."]),
    ],
)
def test_of_a_project_in_a_revision_only_its_own_flows_are_compared(
    here: str, versions: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "phone"
    hours = root / "common" / "hours.flow.yml"
    for file, text in (
        (root / "flowc.yml", 'flows: "flows/*.flow.yml"\n'),
        (root / "flows" / "shop.flow.yml", SHOP),
        (hours, HOURS),
        (root / "drafts" / "new.flow.yml", "flow: new\nsteps: {main: [{tlak: Hello.}]}\n"),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=tmp_path)
    hours.write_text(HOURS.replace("open", "closed"))
    monkeypatch.chdir(tmp_path / here)
    assert run(["diff", *versions]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[1:] == CHANGED
    assert said.err == ""
