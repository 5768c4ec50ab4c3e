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
