"""Every rule, shown: a folder with one mistake, and the report of it exactly as seen.

A case is checked with `flowc check .` in its folder, or run with the arguments in its file `command` (one command a
line). `prepare.sh`, where there is one, makes what cannot be kept under version control.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from flowc.cli.group import run

CASES = Path(__file__).parent / "cases" / "bad"
NOT_INPUT = ("expected.txt", "command", "prepare.sh")


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_bad_case_is_said_as_it_is_kept(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[Path, str], None],
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(case, folder, symlinks=True, ignore=shutil.ignore_patterns(*NOT_INPUT))
    if (case / "prepare.sh").exists():
        subprocess.run(["sh", str(case / "prepare.sh")], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR", "FLOWC_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for command in _commands(case):
        run(shlex.split(command))
    said, summary = capsys.readouterr()
    assert "Traceback" not in summary
    code, _, name = case.name.partition("-")
    assert f"[{code}] {name}: " in said + summary
    golden(case / "expected.txt", (said + ("\n" if said and summary else "") + summary).replace(str(folder), "FOLDER"))


def _commands(case: Path) -> list[str]:
    file = case / "command"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else ["check ."]
