"""A secret's default is seen in no report, whatever is said of its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_check_command import files, flowc

from flowc.text.hidden import hidden
from flowc.text.reports import FORMATS
from flowc.text.source import Source

PARAMS = """\
flow: acme
params:
  a: {type: secret, default: 4711-open}
  b: {default: "very 'secret', so", "type": "secret"}
  c:
    type: secret
    default: >-
      of two
      lines
  shown: {type: text, default: not hidden}
"""
STEPS = "steps:\n  main:\n    - talk: Hello.\n"
SECRETS = ("4711", "very", 'so"', "of two", "lines")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", ["check", "build"])
def test_no_report_shows_the_default_of_a_secret(tmp_path: Path, command: str, form: str) -> None:
    project = 'sites: {here: {target: static, base_url: "https://ivr.example.com"}}\n'
    files(tmp_path, acme_flow_yml=PARAMS + STEPS, flowc_yml=project)
    for again in range(2 if command == "build" else 1):  # the second build says what the record has
        ran = flowc(tmp_path, command, "--format", form)
        assert "W250" in ran.out and "W318" in ran.out, again
        assert not [each for each in SECRETS if each in ran.out + ran.err]


def test_in_many_files_no_report_shows_the_default_of_a_secret(tmp_path: Path) -> None:
    texts = {f"f{at}_flow_yml": PARAMS.replace("acme", f"f{at}") + STEPS for at in range(3)}
    ran = flowc(files(tmp_path, **texts), "check", ".")
    assert ran.out.count("W250") == 9
    assert not [each for each in SECRETS if each in ran.out + ran.err]


def test_what_is_covered_has_its_place_and_the_rest_its_text() -> None:
    covered = hidden(Source("acme.flow.yml", PARAMS + STEPS)).source.text
    assert len(covered) == len(PARAMS + STEPS)
    assert "  a: {type: secret, default: *********}\n" in covered
    assert "  shown: {type: text, default: not hidden}\n" in covered
    plain = Source("acme.flow.yml", "flow: acme\nparams: {a: {type: text, default: secret}}\n" + STEPS)
    assert hidden(plain).source == plain


def test_where_nothing_can_be_read_every_default_may_be_a_secret() -> None:
    broken = Source("acme.flow.yml", "params:\n  a: {type: secret, default: 4711-open, }}\n  b: {default: 'x, y'}\n")
    assert hidden(broken).source.text == "params:\n  a: {type: secret, default: *********, }}\n  b: {default: '** *'}\n"


@pytest.mark.parametrize("default", ["*4711-open", "4711-open: x", "&4711-open", "!4711-open y", "{{ 4711-open }}"])
def test_no_hint_repeats_a_secret_that_is_written_wrongly(tmp_path: Path, default: str) -> None:
    text = f"flow: acme\nparams:\n  a:\n    type: secret\n    default: {default}\n{STEPS}"
    ran = flowc(files(tmp_path, acme_flow_yml=text), "check", "acme.flow.yml")
    assert ran.code == 1 and "4711" not in ran.out + ran.err, ran.out
