"""`flowc test -j N` in process: several processes share the files, and the report is as with one."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from called_programs import play
from click.testing import CliRunner

from flowc.cli.test import test as command

FLOWS = Path(__file__).parents[1] / "flows"


@pytest.mark.parametrize("jobs", ["0", "-1", "101", "many"])
def test_a_number_of_calls_that_is_none_is_wrong_usage(jobs: str) -> None:
    assert CliRunner().invoke(command, ["-j", jobs, str(FLOWS / "acme")]).exit_code == 2


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Six files of calls of one flow."""
    shutil.copytree(FLOWS / "acme", tmp_path / "acme", ignore=shutil.ignore_patterns("build", ".flowc"))
    folder = tmp_path / "acme"
    written = (folder / "acme.calls.yml").read_text(encoding="utf-8")
    for number in range(2, 7):
        (folder / f"acme-{number}.calls.yml").write_text(written, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("jobs", "forks"), [(["-j", "1"], 0), ([], 0), (["-j", "3"], 3), (["-j", "50"], 5)], ids=["1", "unsaid", "3", "50"]
)
def test_files_are_shared_out_to_processes(
    files: Path, monkeypatch: pytest.MonkeyPatch, jobs: list[str], forks: int
) -> None:
    made: list[int] = []
    fork = os.fork

    def counting() -> int:
        process = fork()
        made.append(process)
        return process

    monkeypatch.setattr(os, "fork", counting)
    result = play(files, *jobs)
    assert (result.stderr, len(made)) == ("36 calls, all as they are to be\n", forks)


@pytest.mark.parametrize(
    "options",
    [
        ["--cover", "--cover-min", "100"],
        ["-k", "operator", "-v"],
        ["--format", "junit"],
        ["--cover-xml", "{out}"],
        ["--cover-html", "{out}"],
    ],
)
def test_options_do_with_several_processes_what_they_do_with_one(files: Path, options: list[str]) -> None:
    found = []
    for jobs in ("1", "4"):
        out = files / "out"
        result = play(files, *(each.format(out=out) for each in options), "-j", jobs)
        text = re.sub(r' timestamp="\d+"', "", out.read_text()) if out.exists() else ""  # when it was made
        found.append((result.stdout, result.stderr, result.return_value, text))
    assert found[0] == found[1]
    assert found[0][2] == 0


def test_missing_calls_are_written_once_however_many_processes_play(files: Path) -> None:
    for each in files.glob("*.calls.yml"):
        text = each.read_text(encoding="utf-8")
        each.write_text(re.sub(r"(?ms)\A(.*?\n  - name: .*?)\n  - name: .*", r"\1\n", text), encoding="utf-8")
    result = play(files, "--write", "--cover-min", "100", "-j", "4")
    assert (result.stdout, result.return_value) == ("", 0)
    assert len(re.findall("written$", result.stderr, re.MULTILINE)) == 1
