"""Builds of flows whose calendars rest on more than files: on the day, and on the package that knows of holidays."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flowc.program.calendar import Calendar
from flowc.program.program import Document, Program
from flowc.workspace.moving import rests_on

needs_holidays = pytest.mark.skipif(importlib.util.find_spec("holidays") is None, reason="`holidays` is not installed")

ON_DAY = """\
import datetime, sys

class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls({year}, {month}, {day})

datetime.date = Day
from flowc.cli import main
sys.argv = ["flowc", "build"]
main()
"""
FLOW = """\
flow: office
timezone: Europe/London
hours: {{office: {{open: {{mon-fri: 09:00-17:30}}, holidays: {holidays}}}}}
steps:
  main:
    - branch: [{{if: hours.office == 'open', goto: {{talk: We are here.}}}}, {{otherwise: {{hangup: We are closed.}}}}]
    - connect: {{phone: 447700900100}}
"""
PLAIN = "flow: bell\nsteps:\n  ring: {talk: Ding.}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "flowc.yml").write_text('sites: {live: {target: server, base_url: "https://ivr.example.com"}}\n')
    (tmp_path / "bell.flow.yml").write_text(PLAIN)
    return tmp_path


def built(project: Path, day: str = "2026-11-26", path: Path | None = None) -> str:
    """What a build on a day says; `path` is looked at first for packages."""
    year, month, of = day.split("-")
    script = ON_DAY.format(year=int(year), month=int(month), day=int(of))
    here = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*([str(path)] if path else []), here])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@needs_holidays
def test_holidays_of_a_country_are_worked_out_anew_in_another_year(project: Path) -> None:
    (project / "office.flow.yml").write_text(FLOW.format(holidays="[GB]"))
    program = project / "build/live/program/office.program.json"
    assert "2 of them compiled" in built(project)
    assert '"2036-12-25"' not in program.read_text()
    assert "none of them changed" in built(project, "2026-12-31")
    assert "1 of them compiled" in built(project, "2027-01-01"), "the flow without a calendar stays as it is"
    assert '"2036-12-25"' in program.read_text()
    assert "none of them changed" in built(project, "2027-01-02")


@needs_holidays
def test_another_edition_of_the_package_makes_its_flows_new(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (project / "office.flow.yml").write_text(FLOW.format(holidays="[GB]"))
    built(project)
    other = tmp_path_factory.mktemp("packages")
    (other / "holidays-999.0.dist-info").mkdir()
    (other / "holidays-999.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: holidays\nVersion: 999.0\n"
    )
    assert "1 of them compiled" in built(project, path=other)
    assert "none of them changed" in built(project, path=other)


def test_a_build_in_which_nothing_changed_says_when_the_last_of_the_dates_is_over(project: Path) -> None:
    (project / "office.flow.yml").write_text(FLOW.format(holidays="[2026-12-25, 2026-12-26]"))
    assert "past-dates" not in built(project)
    assert "past-dates" not in built(project, "2026-12-26")
    assert "past-dates" in built(project, "2026-12-27")
    said = built(project, "2026-12-28")
    assert "past-dates" in said and "none of them changed" in said


def test_a_program_without_holidays_rests_on_files_alone() -> None:
    program = Program("bell", "ring", {"ring": Document()}, {})
    assert [*rests_on(program)] == []
    always = Calendar("UTC", ((),) * 7, {}, frozenset())
    assert [*rests_on(program._replace(hours={"office": always}))] == []
