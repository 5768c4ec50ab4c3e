"""`--suppose`: calls are played with what the platform may do otherwise, in process, at a host, and by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_servers import answers, serving

from flowc.cli.call import call
from flowc.cli.test import test as command

FLOW = "flow: acme\nsteps: {main: [{connect: {phone: 447700900100}}, {talk: After that.}]}\n"
NCCO = """[
  {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}]},
  {"action": "talk", "text": "After that."}
]"""


def _test(folder: Path, heard: str, *options: str) -> Result:
    (folder / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    calls = f"flow: acme\ncalls:\n  - {{name: a, hears only: true, steps: [connects: busy, {heard}ended]}}\n"
    (folder / "acme.calls.yml").write_text(calls, encoding="utf-8")
    return CliRunner().invoke(command, [str(folder), *options], standalone_mode=False)


@pytest.mark.parametrize("is_hosted", [False, True])
def test_calls_are_played_as_is_supposed(is_hosted: bool, tmp_path: Path) -> None:
    with serving(answers(NCCO)) as first:
        at = ["--url", first.url] if is_hosted else []
        assert _test(tmp_path, "hears: After that, ", *at).return_value == 0
        assert _test(tmp_path, "", *at).return_value == 1
        assert _test(tmp_path, "", *at, "--suppose", "failed-ends").return_value == 0
        failed = _test(tmp_path, "hears: After that, ", *at, "--suppose", "failed-ends")
    assert failed.return_value == 1
    assert "`a` rests on: a plain `connect` that nobody answers ends the call\n" in failed.stderr


def test_the_report_names_the_option_of_what_it_rests_on(tmp_path: Path) -> None:
    told = "goes on with the next action (otherwise with `--suppose failed-ends`)\n"
    assert told in _test(tmp_path, "", "-v").stderr
    assert told in _test(tmp_path, "").stderr


def test_an_answer_is_taken_as_is_supposed(tmp_path: Path) -> None:
    extra = '[{"action": "talk", "text": "After that.", "txet": ""}]'
    calls = "flow: acme\ncalls:\n  - {name: a, steps: [hears: After that, ended]}\n"
    (tmp_path / "acme.calls.yml").write_text(calls, encoding="utf-8")
    with serving(answers(extra)) as first:
        arguments = [str(tmp_path), "--url", first.url]
        assert CliRunner().invoke(command, arguments, standalone_mode=False).return_value == 0
        refused = CliRunner().invoke(command, [*arguments, "--suppose", "extra-refused"], standalone_mode=False)
    assert refused.return_value == 1
    assert "a field that an action has not makes the NCCO invalid" in refused.stderr


def test_a_call_by_hand_is_made_as_is_supposed(tmp_path: Path) -> None:
    file = tmp_path / "acme.flow.yml"
    file.write_text(FLOW, encoding="utf-8")
    usual, supposed = (CliRunner().invoke(call, [str(file), *options], input="busy\n") for options in _BOTH)
    assert "After that." in usual.output
    assert "After that." not in supposed.output


_BOTH: list[list[str]] = [[], ["--suppose", "failed-ends"]]
"""By hand, without and with an option."""
