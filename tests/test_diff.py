"""`flowc diff`: what two versions of a flow are different in for callers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from flowc.cli.group import run

OLD = """
flow: acme
steps:
  main:
    menu:
      prompt: For sales, press 1. For support, press 2.
      options: {1: sales, 2: support}
      noInput: Sorry?
      otherwise: support
  sales:
    connect: {phone: "447700900100", otherwise: support}
  support:
    talk: Please call again tomorrow.
"""
NEW = """
flow: acme
steps:
  main:
    menu:
      prompt: For sales, press 1. For billing, press 3.
      options: {1: sales, 3: billing}
      noInput: Pardon?
      otherwise: support
  sales:
    connect: {phone: "447700900200", otherwise: support}
  support:
    talk: Please call again tomorrow.
  billing:
    talk: Your bill is in the post. Goodbye.
"""

TOLD = """\
acme: billing
  + "Your bill is in the post. Goodbye."; the call ends
acme: main (question)
  - hears: "For sales, press 1. For support, press 2."
  + hears: "For sales, press 1. For billing, press 3."
  - press 2: leads to `support`
  + press 3: leads to `billing`
  - after silence 1: "Sorry?", and asks again
  + after silence 1: "Pardon?", and asks again
  - after silence 2: "Sorry?", and asks again
  + after silence 2: "Pardon?", and asks again
acme: sales (call)
  - waits: calls phone 447700900100
  + waits: calls phone 447700900200
"""


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.flow.yml").write_text(OLD)
    (tmp_path / "new.flow.yml").write_text(NEW)
    return tmp_path


def test_what_is_different_is_told_place_by_place(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.flow.yml", "new.flow.yml"]) == 0
    said = capsys.readouterr().out
    assert sorted(said.splitlines()) == sorted(TOLD.splitlines())


def test_the_same_is_no_difference(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.flow.yml", "old.flow.yml", "--exit-code"]) == 0
    assert capsys.readouterr().out == "no difference for callers\n"
    assert run(["diff", "old.flow.yml", "new.flow.yml", "--exit-code"]) == 1


def test_json_has_each_side(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["diff", "old.flow.yml", "new.flow.yml", "--format", "json"])
    changes = json.loads(capsys.readouterr().out)
    assert {
        "flow": "acme",
        "place": "main (question)",
        "aspect": "press 3",
        "old": None,
        "new": "leads to `billing`",
    } in changes


def test_markdown_is_a_block_of_changes(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["diff", "old.flow.yml", "new.flow.yml", "--format", "markdown"])
    said = capsys.readouterr().out
    assert "**acme: main (question)**\n\n```diff\n" in said and "\n+ press 3: leads to `billing`\n" in said


def test_a_build_and_a_revision_are_versions(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows = two / "flows"
    flows.mkdir()
    (flows / "acme.flow.yml").write_text(OLD)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "flows"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], check=True, cwd=two)
    (flows / "acme.flow.yml").write_text(NEW)
    (two / "old.flow.yml").unlink()
    (two / "new.flow.yml").unlink()
    for old in ("HEAD", "HEAD:flows", "HEAD:flows/acme.flow.yml"):
        assert run(["diff", old, "flows"]) == 0
        assert sorted(capsys.readouterr().out.splitlines()) == sorted(TOLD.splitlines())
    assert run(["build", "flows", "--target", "nginx", "--base-url", "https://ivr.example.com", "--quiet"]) == 0
    assert run(["diff", "HEAD", "build/nginx"]) == 0
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(TOLD.splitlines())
    assert run(["diff", "flows", "build/nginx", "--exit-code"]) == 0


@pytest.mark.parametrize("name", ["nowhere", "--upload-pack=x", "HEAD~99", ""])
def test_what_is_no_version_is_said(two: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "--", name, "old.flow.yml"]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_a_version_with_mistakes_is_said_and_not_compared(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "new.flow.yml").write_text(NEW.replace("3: billing}", "3: biling}"))
    assert run(["diff", "old.flow.yml", "new.flow.yml"]) == 1
    assert "did you mean `billing`?" in capsys.readouterr().out
