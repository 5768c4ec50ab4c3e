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


MEANT = [
    "{type: secrt, default: 4711-open}",
    "{type: Secret, default: 4711-open}",
    "{type: password, default: 4711-open}",
    "{type: secret, choices: [4711-open, other]}",
    "{type: secret, defualt: 4711-open}",
    "{type: secret, value: 4711-open}",
    "{type: secret, default: {4711: x}}",
    "{type: [secret], default: 4711-open}",
    "{type: secret, description: of the shop, example: 4711}",
    "{secret: true, default: 4711-open}",
    "{secrt: true, default: 4711-open}",
    "{sensitive: true, default: 4711-open}",
    "{kind: secret, default: 4711-open}",
    "{type: !secret 4711-open}",
    "{type: secret, deafult: 4711-open",
    "{type: secret, choices: [4711-open]",
    '{type: secret, default: "4711-open}',
    "\n    type: secret\n    default: |\n      4711-open\n     4711",
    "\n    type: secret\n    choices: [4711, x\n",
]


@pytest.mark.parametrize("param", MEANT)
def test_a_param_that_is_meant_to_be_secret_is_covered_like_one(tmp_path: Path, param: str) -> None:
    ran = flowc(files(tmp_path, acme_flow_yml=f"flow: acme\nparams:\n  a: {param}\n{STEPS}"), "check", "acme.flow.yml")
    assert ran.code == 1 and "acme.flow.yml:" in ran.out
    assert "4711" not in ran.out + ran.err, ran.out


def test_what_declares_no_secret_is_shown() -> None:
    question = "    - input: {prompt: Your PIN?, sensitive: true, save: pin, otherwise: main}\n"
    others = "flow: acme\nparams: {a: {type: text, default: open}, key: {type: choice, choices: [a, b]}}\n"
    plain = Source("acme.flow.yml", others + STEPS + question)
    assert hidden(plain).source == plain


def test_what_settings_bind_is_covered_whatever_its_name() -> None:
    settings = "params: {k: 4711-open, agents: [4711]}\nsites: {here: {target: nginx, params: {token: 4711-open}}}\n"
    covered = hidden(Source("flowc.yml", settings)).source.text
    assert covered == settings.replace("4711-open", "*********").replace("[4711]", "******")
    path = Source("flowc.yml", "params: values.yml\nsites: {here: {target: nginx, params: here.yml}}\n")
    assert hidden(path).source == path


def test_what_stands_under_secrets_is_covered(tmp_path: Path) -> None:
    ran = flowc(
        files(tmp_path, acme_flow_yml=f"flow: acme\nsecrets:\n  crm: 4711-open\n{STEPS}"), "check", "acme.flow.yml"
    )
    assert ran.code == 1 and "`secrets`" in ran.out
    assert "4711" not in ran.out + ran.err


@pytest.mark.parametrize(
    "text",
    [
        "{flow: acme, params: {a: {type: secret, default: 4711-open}}, steps: {main: [{talk: Hello.}",
        " flow: acme\n params: {a: {type: secret, default: 4711-open}}\n steps: {main: {talk: Hello.}\n",
        '"params": {a: {type: secret, default: 4711-open}\n',
    ],
)
def test_a_text_of_another_shape_that_cannot_be_read_is_covered_too(text: str) -> None:
    assert "4711" not in hidden(Source("acme.flow.yml", text)).source.text


@pytest.mark.parametrize("text", ["1" * 500_000, "type: secret\n" + "a: b\n" * 100_000 + "{", "a_" * 250_000 + ": b"])
def test_a_large_text_is_looked_at_in_its_length(text: str) -> None:
    """In its square it would not end."""
    assert len(hidden(Source("acme.flow.yml", text)).source.text) == len(text)


def test_what_is_given_for_the_secret_of_a_used_flow_is_covered(tmp_path: Path) -> None:
    inner = "flow: vm\nparams: {crm_key: {type: secret}}\nsteps: {main: {request: {url: 'https://a.example.com/'"
    inner += ", headers: {A: '{{ params.crm_key }}'}, otherwise: {hangup: Bye.}}}}\n"
    outer = "flow: acme\nuse: {vm: vm.flow.yml}\nsteps:\n  main:\n    - run: {flow: vm, with: {crm_key: 4711-open}}\n"
    ran = flowc(files(tmp_path, acme_flow_yml=outer, vm_flow_yml=inner), "check", "acme.flow.yml")
    assert ran.code == 1 and "E280" in ran.out
    assert "4711" not in ran.out + ran.err
