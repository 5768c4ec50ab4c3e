"""Call scripts with a mistake: one finding each, at the place of the mistake, with the text to type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from flowc.cli.test import test as command

FLOW = """\
flow: acme
voice: {language: en-GB}
params: {desk: {type: phone, default: 447700900100}}
failure: {talk: Something went wrong.}
steps:
  main:
    menu:
      prompt: For sales, press 1.
      options: {1: sales}
      attempts: 1
      otherwise: closed
  sales:
    - connect: {phone: "{{ params.desk }}", otherwise: closed}
  closed: {talk: We are closed.}
"""


def _step(step: str) -> str:
    return f"flow: acme\ncalls:\n  - name: a call\n    steps:\n      - presses: 1\n      - {step}\n"


def _key(line: str) -> str:
    return f"flow: acme\ncalls:\n  - name: a call\n    {line}\n    steps: [hangs up]\n"


def _top(line: str) -> str:
    return f"flow: acme\n{line}\ncalls:\n  - name: a call\n    steps: [hangs up]\n"


BAD = {
    # the text: line and column, code, hint
    _step("connects: engaged"): ("6:19", "E113", "did you mean `busy`?"),
    _step("connects: no answer"): ("6:19", "E113", "did you mean `unanswered`?"),
    _step("connects: declined"): ("6:19", "E113", "did you mean `rejected`?"),
    _step("connects: answerd"): ("6:19", "E113", "did you mean `answered`?"),
    _step("connects: 486"): ("6:19", "E110", "did you mean `busy`?"),
    _step('connects: {to: "447700900100", and: voicemail}'): ("6:45", "E113", "did you mean `machine`?"),
    _step('connects: {number: "447700900100"}'): ("6:20", "E402", "did you mean `to`?"),
    _step('connects: {to: "447700900100", status: busy}'): ("6:40", "E402", "did you mean `and`?"),
    _step("press: 1"): ("6:9", "E400", "did you mean `presses`?"),
    _step("dials: 1"): ("6:9", "E400", "did you mean `presses`?"),
    _step("expects: Goodbye"): ("6:9", "E400", "did you mean `hears`?"),
    _step("hears Goodbye"): ("6:9", "E400", "write `hears: Goodbye`"),
    _step("hangup"): ("6:9", "E400", "did you mean `hangs up`?"),
    _step("wait 5"): ("6:9", "E400", "write `waits: 5`"),
    _step("waits: soon"): ("6:16", "E110", "write `- waits`, with nothing behind it, or `waits: 5` for five seconds"),
    _step("waits: 5s"): ("6:16", "E110", "write `waits: 5`"),
    _step("{waits}"): ("6:15", "E110", "write `- waits`, with nothing behind it"),
    _step("hangs up: true"): ("6:9", "E400", "write `- hangs up`, with nothing behind it"),
    _step("end: true"): ("6:9", "E400", "write `- ended`, with nothing behind it"),
    _step("presses: one"): ("6:18", "E119", 'write `presses: "1"`'),
    _step("presses: 1 2 star"): ("6:18", "E119", 'write `presses: "12*"`'),
    _step("presses: [1, 2]"): ("6:18", "E110", 'write `presses: "12"`'),
    _step("presses: sales"): ("6:18", "E119", "write `says: sales` for words that are said"),
    _step("presses: {key: 1}"): ("6:19", "E402", "did you mean `keys`?"),
    _step("says: {text: sales}"): ("6:16", "E402", "did you mean `words`?"),
    _step("hears: {exact: Goodbye}"): ("6:17", "E402", "did you mean `exactly`?"),
    _step("hears: [one, two]"): ("6:16", "E110", "write each as a step of its own: `- hears: …`"),
    _step("joins: {name: weekly}"): ("6:17", "E402", "did you mean `room`?"),
    _step("notified: {body: {a: 1}}"): ("6:20", "E402", "did you mean `payload`?"),
    _step("took: 40s"): ("6:15", "E110", "write `took: {less than: 40s}`"),
    _step("took: {less: 40s}"): ("6:16", "E402", "did you mean `less than`?"),
    _step("took: {less than: 2 m}"): ("6:27", "E119", "write `less than: 2min`"),
    _key('callerid: "447700900123"'): ("4:5", "E402", "did you mean `from`?"),
    _key("hears_only: true"): ("4:5", "E402", "did you mean `hears only`?"),
    _key("from: +44 7700 900123"): ("4:11", "E115", 'write `from: "447700900123"`'),
    _key("at: 2026-03-02"): ("4:9", "E404", "write `2026-03-02T12:00+00:00` for UTC"),
    _key("at: 2026-03-02+00:00"): ("4:9", "E404", "write `2026-03-02T12:00+00:00`"),
    _key("at: 2026-03-02T10:00"): ("4:9", "E404", "write `2026-03-02T10:00+00:00` for UTC"),
    _key("at: tomorrow"): ("4:9", "E404", "write `2026-03-02T10:00+00:00`"),
    _key("headers: {Account: 7}"): ("4:15", "E402", "write `X-Account`"),
    _key("given: {'https://e.com/': 404}"): ("4:13", "E406", "write `GET https://e.com/`"),
    _key("given: {'get https://e.com/': 404}"): ("4:13", "E406", "write `GET https://e.com/`"),
    _key("given: {'GET https://e.com/': no anwser}"): ("4:35", "E406", "did you mean `no answer`?"),
    _key("given: {'GET https://e.com/': {status: '404'}}"): ("4:35", "E406", "write `status: 404`, without quotes"),
    _key("given: {'GET https://e.com/': {status: 404, bdy: {}}}"): ("4:35", "E406", "did you mean `body`?"),
    _key("given: {'GET https://e.com/': 4040}"): ("4:35", "E406", "write one such as `404`"),
    _key("given: {'POST e.com/t': 200}"): ("4:13", "E406", "write `POST https://e.com/t`"),
    _key("given: {GET /t: 200}"): ("4:13", "E406", "write `GET https://…/t`"),
    _step("presses: ''"): (
        "6:18",
        "E119",
        'write `presses: 1`; the hash key in quotes, for it begins a comment: `"#"`',
    ),
    _step("joins: {others: []}"): ("6:25", "E101", "write `others: [NAME]`, or take it out if nobody else is there"),
    _step("joins: {others: 3}"): ("6:25", "E110", "write `others: [NAME]`, or take it out if nobody else is there"),
    # what does not go together, or can never be so
    _step("hears: {exactly: We are closed., part: closed}"): ("6:42", "E108", "leave `exactly` or `part` out"),
    _step("hears: {part: closed, language: english}"): ("6:41", "E119", "write its code, such as `language: en-GB`"),
    _step("connects: {and: busy, seconds: 5}"): ("6:40", "E424", "take `seconds` out"),
    _step("connects: {and: busy, hangs up: caller}"): ("6:41", "E424", "take `hangs up` out"),
    _step("connects: {and: busy, detail: foo}"): ("6:39", "E424", "take `detail` out"),
    _step("connects: {and: rejected, detail: cannot_route}"): (
        "6:43",
        "E424",
        "it is one of `failed`: write `and: failed`, or take it out",
    ),
    _step("connects: {and: rejected, detail: rude}"): (
        "6:43",
        "E424",
        "there are `invalid_number`, `restricted` or `declined`",
    ),
    _step("connects: {and: ringing, hangs up: caller}"): (
        "6:44",
        "E424",
        "take it out, and write the step `- hangs up` behind this one",
    ),
    _step("connects: {and: ringing}\n      - hears: closed\n      - connects: busy"): (
        "8:19",
        "E424",
        "write `- hangs up` before it",
    ),
    _step("took: {less than: 10s, more than: 20s}"): (
        "6:27",
        "E424",
        "write `took: {more than: 10s, less than: 20s}`",
    ),
    _key("user: jamie\n    from: 447700900199"): ("4:5", "E108", "leave `from` or `user` out"),
    _key("from: abc"): ("4:11", "E115", "write the country code and the number, digits alone: `447700900123`"),
    _key("from: 07700900123"): ("4:11", "E115", "write the country code and the number, digits alone: `447700900123`"),
    _key("from: ''"): ("4:11", "E115", "write the country code and the number, digits alone: `447700900123`"),
    _key("to: 00447700900123"): ("4:9", "E115", 'write `to: "447700900123"`'),
    # fixes that are right when they are typed
    _key("headers: [a]"): ("4:14", "E110", "write `headers: {X-NAME: VALUE}`"),
    _key("at: 20260302"): ("4:9", "E110", "write `at: 2026-03-02T10:00+00:00`"),
    _key('at: "20260302"'): ("4:9", "E404", "write `2026-03-02T12:00+00:00` for UTC"),
    _key("data: [a]"): ("4:11", "E110", "write `data: TEXT` or `data: {NAME: VALUE}`"),
    _step("connects:"): ("6:18", "E110", "write `connects: answered`"),
    _step("records: long"): ("6:18", "E110", "write `records: 5`"),
    _step("presses: {keys: 12, pause: long}"): ("6:36", "E110", "write `pause: 4`"),
    _top("params: {dsk: 447700900199}"): ("2:10", "E646", "did you mean `desk`?"),
    _top("params: {desk: abc}"): ("2:16", "E253", None),
    _top("mocks: {}"): ("2:1", "E402", "did you mean `given`?"),
    "flow: acme\ntests:\n  - name: a call\n    steps: [hangs up]\n": ("2:1", "E402", "did you mean `calls`?"),
    "- name: a call\n  steps: [hangs up]\n": ("1:1", "E110", "write `flow: NAME`, and below it `calls:`"),
}


@pytest.mark.parametrize("calls", BAD, ids=range(len(BAD)))
def test_a_mistake_is_said_once_at_its_place_with_the_text_to_type(
    calls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    (tmp_path / "acme.calls.yml").write_text(calls, encoding="utf-8")
    result = CliRunner().invoke(command, [], standalone_mode=False)
    at, code, hint = BAD[calls]
    found = [line for line in result.stdout.splitlines() if ": error[" in line or ": warning[" in line]
    assert [line.partition("]")[0] for line in found] == [f"acme.calls.yml:{at}: error[{code}"]
    if hint is not None:
        assert f"   = help: {hint}\n" in result.stdout
    assert result.return_value == 1


def test_an_error_that_is_allowed_by_its_code_is_not_led_on_to_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To write its name would be as wrong."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    for allow in ("E410", "e410"):
        (tmp_path / "acme.calls.yml").write_text(_top(f"allow: [{allow}]"), encoding="utf-8")
        result = CliRunner().invoke(command, [], standalone_mode=False)
        said = f"acme.calls.yml:2:9: warning[W612] allowed-error: `{allow}` is `not-heard`, an error"
        assert result.stdout.startswith(said)
        assert "did you mean" not in result.stdout
        assert "= help: take it out\n" in result.stdout


HEARD = ["Press 1: sales", "is it # one", "{2}", "a, b", "yes", "12", "/all/", 'it\'s "so"', "- no", "[x]", "Hello."]


@pytest.mark.parametrize("said", HEARD)
def test_what_is_proposed_for_a_step_reads_as_what_was_heard(said: str, tmp_path: Path) -> None:
    """Wherever it stands: also between the brackets of a list of steps."""
    flow = f"flow: acme\nsteps:\n  main:\n    - talk: {json.dumps(said)}\n"
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    for step in ("hears: nothing like it", "hears: {exactly: nothing like it}"):
        calls = f"flow: acme\ncalls:\n  - name: a call\n    steps: [{step}]\n"
        (tmp_path / "acme.calls.yml").write_text(calls, encoding="utf-8")
        found = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False).stdout
        fix = found.partition("help: write `")[2].partition("` if the flow is right")[0]
        (tmp_path / "acme.calls.yml").write_text(calls.replace(step, fix), encoding="utf-8")
        result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
        assert (result.stdout, result.return_value) == ("", 0)


@pytest.mark.parametrize("step", ["/closed", "/closed/i"])
def test_what_looks_like_a_pattern_and_is_none_is_said_to_be_so(step: str, tmp_path: Path) -> None:
    (tmp_path / "acme.flow.yml").write_text(FLOW, encoding="utf-8")
    calls = f"flow: acme\ncalls:\n  - name: a call\n    steps: [presses: 2, hears: {step}]\n"
    (tmp_path / "acme.calls.yml").write_text(calls, encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert "help: for a pattern, write `/closed/`: between slashes, and nothing behind the second\n" in result.stdout


def test_calls_of_what_is_hosted_are_said_to_want_its_url(tmp_path: Path) -> None:
    (tmp_path / "a.calls.yml").write_text(_key("").replace("flow: acme", "flow: hosted"), encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert "help: these calls are of a program that is hosted: give its answer URL" in result.stdout


def test_bodies_that_look_like_answers_are_bodies(tmp_path: Path) -> None:
    """A body may say `status` itself; only what hardly is a body is said."""
    bodies = (
        '{"status": "open"}',
        '{"status": "404", "id": 7}',
        '{"status": 200, "items": [], "id": 1}',
        "yes",
        "true",
    )
    flow = (
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main:\n"
        "    - request: {url: https://e.com/, save: found, otherwise: closed}\n"
        "    - talk: Found.\n  closed: {talk: We are closed.}\n"
    )
    (tmp_path / "acme.flow.yml").write_text(flow, encoding="utf-8")
    calls = "".join(
        f"  - name: call {number}\n    given: {{'GET https://e.com/': {body}}}\n    steps: [hears: Found]\n"
        for number, body in enumerate(bodies)
    )
    (tmp_path / "acme.calls.yml").write_text(f"flow: acme\ncalls:\n{calls}", encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.stderr) == ("", "5 calls, all as they are to be\n")
