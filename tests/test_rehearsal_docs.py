"""`docs/calls.md` is true: its calls succeed, its tables hold, and nothing is left out."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from flowc.caller.exploring.beginnings import MOST_LOOKED_AT, MOST_STARTS
from flowc.caller.exploring.choices import MOST_BODIES
from flowc.caller.exploring.explore import MOST_HERE, MOST_PLACES, MOST_STATES, MOST_TOLD, MOST_WAYS
from flowc.caller.platform import spoken, undecided
from flowc.caller.platform.options import OPTIONS
from flowc.caller.rehearsals.shape import check
from flowc.cli.call import call
from flowc.cli.diff import diff
from flowc.cli.serve import serve
from flowc.cli.test import test as command
from flowc.cli.transcripts import transcripts
from flowc.language.schema.schemas import bundled
from flowc.text import yaml
from flowc.text.diagnostics import Diagnostic
from flowc.text.source import Source
from flowc.workspace.workers import ENOUGH

PAGE = (Path(__file__).parents[1] / "docs" / "calls.md").read_text(encoding="utf-8")
DEFS = bundled("calls")["$defs"]


def _blocks(info: str) -> list[str]:
    return re.findall(rf"^```yaml{info}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def _rows(heading: str) -> list[str]:
    """The first column of the table under a heading."""
    part = PAGE.partition(f"\n{heading}\n")[2].partition("\n\n## ")[0]
    return re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)


def test_the_calls_of_the_page_succeed(tmp_path: Path) -> None:
    for name in ("acme.flow.yml", "acme.calls.yml"):
        (text,) = _blocks(f" file={re.escape(name)}")
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.stderr) == ("", "2 calls, all as they are to be\n")
    told = CliRunner().invoke(command, ["-v", str(tmp_path)], standalone_mode=False).stderr
    assert "rests on" not in told  # nothing on the page needs to be explained that the platform's documents leave open


def test_every_step_has_its_row() -> None:
    rows = [re.split(r"[:`]", row)[1] for row in _rows("## Steps")]
    words = DEFS["step"]["oneOf"][0]["enum"]
    assert sorted(rows) == sorted({*DEFS["fields"]["properties"], *words})
    assert re.findall(r"`(\w+)`", PAGE.partition("`connects: busy`")[2].partition("; `{")[0]) == DEFS["outcome"]["enum"]


def test_every_key_has_its_row() -> None:
    rows = " ".join(_rows("## The file"))
    keys = {*bundled("calls")["properties"], *DEFS["call"]["properties"]}
    assert set(re.findall(r"`(.*?)`", rows)) == keys - {"name", "steps"}


def test_the_answers_of_servers_are_read() -> None:
    (given,) = _blocks(r"(?=\ngiven)")
    calls = f"flow: acme\n{given}calls: [{{name: a, steps: [hangs up]}}]\n"
    said: list[Diagnostic] = []
    document = yaml.read(Source("page", calls), said.append)
    assert document is not None
    check(document, said.append)
    assert said == []


def test_what_is_undecided_is_all_there() -> None:
    listed = re.findall(r"^- (.*)$", PAGE.partition("## What the outcome rests on")[2], re.MULTILINE)
    taken = [value for name, value in vars(undecided).items() if name.isupper()]
    assert sorted(listed) == sorted(taken)


def test_every_option_has_its_row() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", PAGE.partition("## What the outcome rests on")[2], re.MULTILINE)
    assert rows == [(name, each.other) for name, each in OPTIONS.items()]


def test_the_estimates_are_those_of_the_page() -> None:
    assert f"{spoken.CHARACTERS_A_SECOND:g} characters a second, {spoken.AUDIO_SECONDS:g} seconds" in PAGE


def test_every_option_of_the_page_exists() -> None:
    named = set(re.findall(r"--[a-z][a-z-]+", PAGE))
    options = {
        name for each in (command, call, transcripts, diff, serve) for param in each.params for name in param.opts
    }
    assert named <= options


def test_the_bounds_are_those_of_the_page() -> None:
    page = " ".join(PAGE.split())
    assert f"{MOST_PLACES:,} places in all (`--most`), of which {MOST_HERE:,} begin with one document" in page
    assert f"at most {MOST_STATES} that lead on differently and {MOST_TOLD} that lead on alike" in page
    assert f"{MOST_WAYS} ways on from one place; {MOST_STARTS} kinds of calls that begin" in page
    assert f"found in at most {MOST_LOOKED_AT:,} steps; {MOST_BODIES} good answers of a server" in page
    assert f"From {ENOUGH} files on" in page
