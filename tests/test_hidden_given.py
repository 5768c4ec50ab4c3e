"""What is given for a secret is seen in no report: wherever it is given, under a wrong name, or in a broken text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_check_command import files, surroundings
from test_serve_command import started

from flowc.cli.group import run
from flowc.text.bound import is_flow
from flowc.text.hidden import hidden
from flowc.text.reports import FORMATS
from flowc.text.source import Source, Span, Values

S = "sEkRiT-9f8e7d6c5b"
LONG = "eyJhbGciOiJIUzI1NiJ9." * 5 + S

STEPS = """\
steps:
  main:
    - request: {url: "https://crm.example.com/a", headers: {A: "{{ params.k }}"}, save: r, otherwise: sorry}
    - talk: "{{ vars.r.x }}"
  sorry: {talk: Sorry.}
"""
DESK = f"flow: desk\nvoice: {{language: en-GB}}\nfailure: {{talk: Sorry.}}\nparams: {{k: {{type: secret}}}}\n{STEPS}"
SITES = 'flows: "*.flow.yml"\nsites:\n  p: {target: server, base_url: "https://ivr.example.com", params: %s}\n'
RUNS = """\
flow: desk
voice: {language: en-GB}
failure: {talk: Sorry.}
use: {u: used/u.flow.yml}
params: {k: {type: secret}}
steps:
  main:
    - run: {flow: u, with: %s}
    - hangup: Bye.
"""
USED = f"flow: u\nparams: {{key: {{type: secret}}}}\n{STEPS.replace('params.k', 'params.key')}"
CALLS = """\
flow: desk
params: %s
given: {"GET https://crm.example.com/a": {x: 1}}
calls:
  - {name: a, steps: [hears: "1", ended]}
"""

FILE = [
    f"k: {S}\nk: {S}\n",
    f"kk: {S}\n",
    f"k: {S}: x\n",
    f"k: {LONG}: x\n",
    f"k: &{S}\n",
    f"k: !{S} x\n",
    f"k: *{S}\n",
    f'k: "{S}\n',
    f"k: '{S}\nkk: 1\n",
    f"k: x #{S}\nkk: 1\n",
    f"k: abc\n{S}\nkk: 1\n",
    f"{{k: x #{S}}}\n",
    f"k: {{{S}: x\nkk: 1\n",
    f"k: >-\n  x\n {S}\n",
    f"- {S}\n",
    f"{S}\n",
    f"type: {S}: x\n",
    f"flow: x\nsteps: {{}}\nkk: {S}\n",
    f'{{"k":"{S}"}}\n{{',
    f"k: `{S}\n",
    f"k: x\n{LONG}\nkk: 1\n",
]
BOUND = [
    f"{{kk: {S}}}",
    f"{{k: {S}, k: {S}}}",
    f"{{k: x #{S}}}",
    f"{{k: {S}: x}}",
    f"{{k: &{S} }}",
    f"{{k: !{S} x}}",
    f'{{k: "{S}}}',
    f"\n      k: x #{S}\n      kk: 1",
    f"\n    k: {S}\n    kk: 1",
]
WITH = [
    f"{{key: {S}}}",
    f'{{key: "Bearer {S} {{{{ params.k }}}}"}}',
    f"{{key: \"{{{{ params.k | default('{S}') }}}}\"}}",
    f"{{key: \"{{{{ params.k ~ '{S}' }}}}\"}}",
    f'{{key: "{{{{ params.k ~ \\"{S}\\" }}}}"}}',
    f"{{key: '{{{{ params.k ~ ''{S}'' }}}}'}}",
    f'{{key: "{{{{ params.kk }}}} {S}"}}',
    f'{{key: "{{{{ {S} }}}}"}}',
    f'{{key: "{{{{ params.k {S}"}}',
    f"{{key: [{S}]}}",
    f"{{key: {{Bearer: {S}}}}}",
    f"{{kye: {S}}}",
    f"{{key: x, kex: {S}}}",
    f"[{S}]",
    f"{{key: Bearer: {S}}}",
    f'{{key: "{S}}}',
    f"{{key: &{S} }}",
    f"{{key: {S}, key: {S}}}",
    f"{{key: x #{S}}}",
    f"{S}",
]


def report(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says that finds something."""
    code = run(arguments)
    said = capfd.readouterr()
    assert code in (0, 1), said.err
    return said.out + said.err


def assert_unseen(said: str, *values: str) -> None:
    assert not [each for each in (S, S[3:12], LONG[:20], *values) if each in said], said


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize("text", FILE)
def test_no_value_in_a_file_of_params_is_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str], text: str) -> None:
    files(tmp_path, desk_flow_yml=DESK, p_yml=text, flowc_yml=SITES % "p.yml")
    for form in FORMATS:
        for options in (
            ["--site", "p"],
            ["--target", "server", "--base-url", "https://x.example.com", "--params", "p.yml"],
        ):
            (tmp_path / "flowc.yml").write_text(SITES % "p.yml" if options[1] == "p" else 'flows: "*.flow.yml"\n')
            said = report(capfd, "build", *options, "--format", form)
            assert "p.yml" in said
            assert_unseen(said)


@pytest.mark.parametrize("given", BOUND)
def test_no_value_that_a_site_or_a_project_binds_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], given: str
) -> None:
    files(tmp_path, desk_flow_yml=DESK)
    site = f"  p:\n    target: server\n    base_url: https://ivr.example.com\n    params: {given}\n"
    settings = f"params: {given}\n{SITES % '{}'}"
    misspelt = [settings.replace("params: {k", "parms: {k"), settings.replace("flows:", "flow:")]
    for text in (f'flows: "*.flow.yml"\nsites:\n{site}', settings, *misspelt):
        (tmp_path / "flowc.yml").write_text(text)
        for form in FORMATS:
            said = report(capfd, "build", "--site", "p", "--format", form)
            assert "flowc.yml" in said
            assert_unseen(said)


@pytest.mark.parametrize("given", [*BOUND, f"{{k: [{S}]}}", f"{{k: {{{S}: x}}}}", f"[{S}]"])
def test_no_value_that_rehearsed_calls_bind_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], given: str
) -> None:
    files(tmp_path, desk_flow_yml=DESK, desk_calls_yml=CALLS % given)
    for form in FORMATS:
        said = report(capfd, "test", "--format", form)
        assert "desk.calls.yml" in said
        assert_unseen(said)


@pytest.mark.parametrize("given", WITH)
def test_no_value_that_is_given_to_a_used_flow_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], given: str
) -> None:
    files(tmp_path, desk_flow_yml=RUNS % given, used__u_flow_yml=USED)
    for form in FORMATS:
        said = report(capfd, "check", "desk.flow.yml", "--format", form)
        assert "desk.flow.yml" in said
        assert_unseen(said)


def test_what_is_bound_for_a_param_of_a_misspelt_type_is_neither_shown_nor_unknown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = DESK.replace("type: secret", "type: secert")
    files(tmp_path, desk_flow_yml=wrong, desk_calls_yml=CALLS % f"{{k: {S}}}")
    for form in FORMATS:
        said = report(capfd, "test", "--format", form)
        assert "secert" in said and "E646" not in said
        assert_unseen(said)
    (tmp_path / "flowc.yml").write_text(f'flows: "*.flow.yml"\nparams: {{k: {S}}}\n')
    said = report(capfd, "diff", ".", ".")
    assert "secert" in said and "compile" not in said
    assert_unseen(said)
    (tmp_path / "flowc.yml").write_text(f'flows: "*.flow.yml"\nparams: {{k: &{S} }}\n')
    assert run(["diff", ".", "."]) == 2
    said = capfd.readouterr().err
    assert "cannot be read" in said
    assert_unseen(said)


def test_calls_that_are_replayed_show_nothing_of_what_they_bind(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files(tmp_path, desk_flow_yml=DESK, desk_calls_yml=CALLS % f"{{k: &{S} }}")
    assert run(["call", "desk.flow.yml", "--replay", "desk.calls.yml"]) == 2
    said = capfd.readouterr().err
    assert "anchor" in said
    assert_unseen(said)


def test_the_server_shows_no_value_of_what_is_saved_meanwhile(tmp_path: Path) -> None:
    plain = "flow: desk\nsteps: {main: {talk: Hello.}}\n"
    files(tmp_path, desk_flow_yml=plain, p_yml="{}", flowc_yml=SITES % "p.yml")
    with started(tmp_path, "--site", "p", "--unsigned") as command:
        for at, (text, words) in enumerate(((f"kk: {S}\n", "E646"), (f"k: &{S}\n", "E012"), (f"k: {S}: x\n", "E020"))):
            (tmp_path / "p.yml").write_text(text * (at + 1))
            command.host.ask("GET", "/answer?to=442079460000")
            assert command.says(words)
        assert_unseen("".join(command.lines))


def test_what_people_need_of_a_line_is_still_shown() -> None:
    flow = RUNS % '{greeting: "Hello {{ vars.nmae | upper }}", to: "{{ params.k }}"}'
    assert hidden(Source("desk.flow.yml", flow)).source.text == flow.replace("Hello", "*****")
    assert hidden(Source("desk.flow.yml", flow), is_sound=True).source.text == flow
    declared = "flow: desk\nparams: {a: {type: text, default: open}}\nsteps: {main: {talk: Hello.}}\n"
    assert hidden(Source("desk.flow.yml", declared)).source.text == declared
    calls = CALLS % "{agents: [1, 2], # two\n  name: Anna}"
    assert hidden(Source("desk.calls.yml", calls)).source.text == calls.replace("[1, 2]", "*** **").replace(
        "# two", "* ***"
    ).replace("Anna", "****")


def test_a_word_that_can_be_read_in_what_is_shown_is_not_covered() -> None:
    about = hidden(Values("p.yml", "crm_key: my crm_key, mine\n  other: x\n"))
    assert about.of("the key `crm_key` is given twice", Span(0, 7)) == "the key `crm_key` is given twice"
    assert about.of('write `"my crm_key, mi…"`', Span(9, 12)) == 'write `"** ******** ***"`'


def test_only_what_binds_is_taken_for_it() -> None:
    assert is_flow(Source("a.yml", "flow: a\nsteps: {}\n")) and is_flow(Source("a.flow.yml", "params: {"))
    assert not is_flow(Source("flowc.yml", "params: {}\n")) and not is_flow(Source("a.yml", "flow: a\ncalls: []\n"))
    assert not is_flow(Source("a.calls.yml", "flow: a\n")) and not is_flow(Values("a.yml", "flow: a\n"))


@pytest.mark.parametrize(
    "text",
    [
        "k: [\n" + "a" * 500_000,
        "".join(f"p{at}: x{at}\n" for at in range(50_000)),
        "".join(f"p{at}: x{at}\n" for at in range(50_000)) + "}",
        "{{" * 250_000,
        "- " * 250_000 + "with: {",
        "'" * 250_000,
    ],
)
def test_a_large_text_that_binds_is_looked_at_in_its_length(text: str) -> None:
    """In its square it would not end."""
    for source in (
        Values("p.yml", text),
        Source("flowc.yml", f"params: {{a: {text}"),
        Source("a.flow.yml", RUNS % text),
    ):
        about = hidden(source)
        assert len(about.source.text) == len(source.text)
        end = len(source.text)
        for _ in range(50):
            about.of("there is no param `x`", Span(end - 1, end))


def test_the_program_itself_shows_none(tmp_path: Path) -> None:
    files(tmp_path, desk_flow_yml=DESK, desk_calls_yml=CALLS % f"{{kk: {S}}}")
    done = subprocess.run(
        [sys.executable, "-m", "flowc", "test"], cwd=tmp_path, env=surroundings(), capture_output=True, timeout=60
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 1 and "E646" in said
    assert_unseen(said)
