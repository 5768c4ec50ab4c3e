"""Conversations with several callers: who waits for whom, who ends what, what is heard meanwhile, what is recorded."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from played import happened, played, said

from flowc.caller.platform import undecided
from flowc.caller.platform.script import HangsUp, Joins, Member
from flowc.caller.platform.transcript import Transcript
from flowc.caller.rehearsals.rooms import joins as read
from flowc.caller.rehearsals.rooms import written
from flowc.cli.call import call as call_by_hand
from flowc.cli.test import test as command
from flowc.language.schema.schemas import bundled
from flowc.text import yaml
from flowc.text.source import Source

MUSIC = "https://e.com/m.mp3"
LONGEST = "it has reached the longest time that a call may last"
MODERATOR = Member("Mo", 30, 630, ends=True)


def _room(**fields: object) -> dict[str, object]:
    return {"action": "conversation", "name": "weekly", **fields}


def _guest(**fields: object) -> dict[str, object]:
    return _room(startOnEnter=False, musicOnHoldUrl=[MUSIC], **fields)


def _in(room: dict[str, object], joins: Joins, *then: HangsUp) -> Transcript:
    return played([room, {"action": "talk", "text": "It is over."}], [joins, *then])[1]


def test_a_guest_hears_music_until_the_moderator_comes_and_goes_on_when_the_room_ends() -> None:
    call = _in(
        _guest(), Joins(1e9, others=(Member("Anna", starts=False), Member("Ben", 10, 20, starts=False), MODERATOR))
    )
    assert happened(call)[:-1] == [
        ("joins", "weekly (does not begin it)", 0.0),
        ("meets", "Anna is there", 0.0),
        ("holds", f"and hears {MUSIC}", 0.0),
        ("plays", MUSIC, 30.0),
        ("meets", "Ben comes", 0.0),
        ("meets", "Ben leaves", 0.0),
        ("meets", "Mo comes, and it begins", 0.0),
        ("meets", "Mo leaves, which ends it", 0.0),
        ("hears", "It is over.", 0.73),
    ]
    assert [each.at for each in call.happened if each.what == "meets"] == [0, 10, 20, 30, 630]
    assert call.remarks == (undecided.ROOM,)


@pytest.mark.parametrize(
    ("room", "joins", "music", "seconds", "ended"),
    [
        (_guest(), Joins(90, others=(Member("Anna", starts=False),)), [MUSIC], 90, "the caller hangs up"),
        (_guest(), Joins(90, others=(Member("Anna"),)), [], 90, "the caller hangs up"),
        (_guest(), Joins(50, others=(MODERATOR,)), [MUSIC], 80, "the caller hangs up"),
        (_guest(), Joins(50, hold=12), [MUSIC], 62, "the caller hangs up"),
        (_guest(), Joins(50), [MUSIC], 50, "the caller hangs up"),
        (_room(startOnEnter=False), Joins(50, hold=12), [], 62, "the caller hangs up"),
        (_room(musicOnHoldUrl=[MUSIC]), Joins(50, others=(MODERATOR,)), [], 50, "the caller hangs up"),
        (_room(endOnExit=True), Joins(5, others=(MODERATOR,)), [], 5, "the caller leaves the room, which ends it"),
        (_room(), Joins(9000, others=(Member("Mo", 0, 40),)), [], 7200, LONGEST),
    ],
)
def test_how_long_a_caller_waits_and_stays(
    room: dict[str, object], joins: Joins, music: list[str], seconds: float, ended: str
) -> None:
    call = _in(room, joins)
    assert (said(call, "plays"), call.seconds, call.ended) == (music, seconds, ended)


def test_whoever_comes_is_told_of_until_the_caller_leaves() -> None:
    call = _in(_room(), Joins(20, others=(Member("Anna", 10), Member("Ben", 30), Member("Cleo", 5, 25))))
    assert said(call, "meets") == ["Cleo comes", "Anna comes"]


def test_a_room_that_ends_leaves_it_to_the_caller_to_hang_up_afterwards() -> None:
    call = _in(_guest(), Joins(1e9, others=(MODERATOR,)), HangsUp())
    assert said(call, "hears") == ["It is over."]
    call = _in(_guest(), Joins(60, others=(MODERATOR,)), HangsUp())
    assert (said(call, "hears"), call.seconds, call.ended) == ([], 90, "the caller hangs up")


def test_that_a_room_goes_on_without_its_moderator_is_told() -> None:
    left = (Member("Mo", 30, 60),)
    assert undecided.BEGUN in _in(_guest(), Joins(600, others=left)).remarks
    assert undecided.BEGUN not in _in(_guest(), Joins(10, others=left)).remarks
    assert undecided.BEGUN not in _in(_room(), Joins(600, others=left)).remarks


@pytest.mark.parametrize(("count", "told"), [(31, False), (32, True)])
def test_more_members_than_all_sources_allow_are_told_of(count: int, told: bool) -> None:
    others = tuple(Member(f"member {number}") for number in range(count))
    assert (undecided.MEMBERS in _in(_room(), Joins(others=others)).remarks) == told


@pytest.mark.parametrize(
    ("fields", "manner"),
    [
        ({}, ""),
        ({"mute": True}, " (silent)"),
        ({"canSpeak": []}, " (silent)"),
        ({"canHear": []}, " (deaf)"),
        ({"canSpeak": ["a", "b"], "canHear": ["a"]}, " (heard by a and b alone, hears a alone)"),
        ({"record": "true", "endOnExit": "true"}, " (recorded, ends it by leaving)"),
        ({"startOnEnter": "false"}, " (does not begin it)"),
    ],
)
def test_how_a_caller_is_in_a_room_is_told(fields: dict[str, object], manner: str) -> None:
    assert said(played([_room(**fields)])[1], "joins") == [f"weekly{manner}"]


@pytest.mark.parametrize(
    ("script", "seconds"),
    [
        ([Joins(40)], 40),
        ([Joins(40, ends=True)], 40),
        ([Joins(30, hold=10)], 40),
        ([Joins(40), HangsUp()], 40),
        ([Joins(9e9)], 7200),
    ],
)
def test_a_recorded_room_tells_of_its_recording_and_its_transcription(script: list[Any], seconds: float) -> None:
    hook = {"eventUrl": ["https://e.com/recorded"], "transcription": {"eventUrl": ["https://e.com/text"]}}
    table, _ = played([_guest(record=True, **hook)], script)
    told = {each.kind: each for each in table.told if each.kind in ("record", "transcribed")}
    assert told["record"].data["size"] == seconds * 4000
    assert (told["record"].url, told["transcribed"].url) == ("https://e.com/recorded", "https://e.com/text")
    assert [each.kind for each in played([_guest(**hook)], script)[0].told if each.kind != "event"] == []


def test_music_may_be_a_list_or_a_text() -> None:
    call = _in(_room(startOnEnter=False, musicOnHoldUrl=MUSIC), Joins(hold=5))
    assert said(call, "plays") == [MUSIC]
    assert undecided.MUSIC in call.remarks
    assert undecided.MUSIC not in _in(_guest(), Joins(hold=5)).remarks


_members = st.builds(
    Member, st.just("x"), st.floats(0, 90), st.none() | st.floats(0, 900), st.booleans(), st.booleans()
)


@settings(deadline=None)
@given(
    st.sampled_from([_guest(), _guest(record=True), _room(), _room(endOnExit=True)]),
    st.builds(Joins, st.floats(0, 1e9), st.floats(0, 90), st.booleans(), st.lists(_members, max_size=5).map(tuple)),
    st.lists(st.just(HangsUp()), max_size=1),
)
def test_whoever_comes_and_goes_the_clock_never_goes_back(
    room: dict[str, object], joins: Joins, then: list[HangsUp]
) -> None:
    call = _in(room, joins, *then)
    times = [each.at for each in call.happened]
    assert times == sorted(times)
    assert 0 <= call.seconds <= 7200 and call.ended


MO = "{who: Mo, comes: 30, stays: 600, endOnExit: true}"
FLOW = """\
flow: pin
steps:
  main:
    - input:
        {prompt: "Your PIN, please.", dtmf: {maxDigits: 4}, pattern: '\\d{4}', save: pin, otherwise: {hangup: Goodbye.}}
    - branch:
        - {if: vars.pin == "1111", goto: moderator}
        - otherwise: guest
  guest:
    - conversation: {name: weekly, startOnEnter: false, mute: true, musicOnHoldUrl: "https://e.com/hold.mp3"}
    - talk: The conference is over.
  moderator:
    - conversation: {name: weekly, endOnExit: true, record: true}
"""


def _test(tmp_path: Path, joins: str, *steps: str, pin: str = "2222") -> Result:
    (tmp_path / "pin.flow.yml").write_text(FLOW, encoding="utf-8")
    rows = [f'presses: "{pin}"', f"joins: {joins}", *steps]
    calls = "flow: pin\ncalls:\n  - name: a call\n    steps:\n" + "".join(f"      - {row}\n" for row in rows)
    (tmp_path / "pin.calls.yml").write_text(calls, encoding="utf-8")
    return CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)


@pytest.mark.parametrize(
    ("pin", "joins", "steps"),
    [
        ("2222", "{room: weekly, mute: true, startOnEnter: false, record: false, endOnExit: false, canHear: []}", None),
        ("2222", "weekly", []),
        ("2222", "weekly", ["hears: hold.mp3", "hangs up"]),
        ("2222", "{room: weekly, seconds: 20}", ["hears: hold.mp3", "hangs up"]),
        ("2222", "{hold: 30, seconds: 5}", ["hears: hold.mp3", "hangs up", "took: {more than: 35s}"]),
        ("2222", "{mute: true, startOnEnter: false, record: false, endOnExit: false, others: [Anna, Ben]}", ["ended"]),
        (
            "2222",
            f"{{room: weekly, others: [{{who: Anna, startOnEnter: false}}, {MO}]}}",
            ["hears: hold.mp3", "hears: The conference is over", "took: {more than: 630s, less than: 640s}", "ended"],
        ),
        ("2222", f"{{others: [{MO}], seconds: 20}}", ["took: {less than: 60s}", "ended"]),
        (
            "1111",
            "{room: weekly, record: true, endOnExit: true, startOnEnter: true, mute: false, others: [Anna]}",
            ["ended"],
        ),
    ],
)
def test_calls_say_who_else_is_in_a_room_and_what_part_the_caller_has(
    tmp_path: Path, pin: str, joins: str, steps: list[str] | None
) -> None:
    result = _test(tmp_path, joins, *(steps or []), pin=pin)
    if steps is None:
        assert "in `weekly` the caller hears all" in result.stdout
    else:
        assert (result.stdout, result.return_value) == ("", 0)


@pytest.mark.parametrize(
    ("pin", "joins", "message", "hint"),
    [
        ("2222", "{mute: false}", "in `weekly` the caller is silent", "write `mute: true` if the flow is right"),
        ("1111", "{mute: true}", "in `weekly` the caller is heard", "write `mute: false`"),
        ("1111", "{endOnExit: false}", "the caller ends it by leaving", "write `endOnExit: true`"),
        (
            "2222",
            "{endOnExit: true}",
            "the caller does not end the conversation by leaving",
            "write `endOnExit: false`",
        ),
        ("2222", "{startOnEnter: true}", "the caller does not begin it", "write `startOnEnter: false`"),
        ("1111", "{startOnEnter: false}", "the caller begins the conversation", "write `startOnEnter: true`"),
        ("2222", "{record: true}", "the caller is not recorded", "write `record: false`"),
        ("1111", "{record: false}", "the caller is recorded", "write `record: true`"),
        ("2222", "{canSpeak: [a]}", "the caller is heard by nobody", "E421"),
        ("1111", "{canSpeak: [a]}", "the caller is heard by all", "E421"),
        ("1111", "{canHear: [a]}", "the caller hears all", "E421"),
        ("2222", "{room: monthly, mute: false}", "not to `monthly`", "E413"),
        ("2222", "{others: []}", "`others`", "E"),
        ("2222", "{others: [{name: Anna}]}", "has no `who`", "E"),
        ("2222", "{others: [1]}", "a name or `{who: …, comes: 30}`", "E"),
        ("2222", "{others: Anna}", "`others`", "E"),
        ("2222", "{others: [{who: Anna, comes: -1}]}", "`comes`", "E"),
        ("2222", "{others: [{who: Anna, leaves: 5}]}", "has no `leaves`", "E"),
    ],
)
def test_another_part_and_what_cannot_be_read_are_said(
    tmp_path: Path, pin: str, joins: str, message: str, hint: str
) -> None:
    result = _test(tmp_path, joins, pin=pin)
    assert result.return_value == 1
    assert message in result.stdout and hint in result.stdout


PAGE = (Path(__file__).parents[1] / "docs" / "calls.md").read_text(encoding="utf-8")


def test_the_calls_of_the_page_succeed(tmp_path: Path) -> None:
    for name in ("pin.flow.yml", "pin.calls.yml"):
        (block,) = re.findall(rf"^```yaml file={re.escape(name)}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
        (tmp_path / name).write_text(block, encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert (result.stdout, result.stderr) == ("", "3 calls, all as they are to be\n")


def test_every_key_of_joins_has_its_row() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE.partition("| key of `joins` |")[2].partition("\n\n")[0], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    fields = bundled("calls")["$defs"]["fields"]["properties"]["joins"]["oneOf"][1]["properties"]
    assert named == set(fields)


@pytest.mark.parametrize(
    "joins",
    [
        Joins(ends=True),
        Joins(90, hold=12),
        Joins(others=(Member("Anna"), Member('"Ben"', 5, 15.5, starts=False, ends=True)), seconds=20),
        Joins(math.inf, others=(MODERATOR,)),
    ],
)
def test_what_goes_on_in_a_room_is_written_as_it_is_read(joins: Joins) -> None:
    document = yaml.read(Source("joins", f"joins: {written(joins, 'weekly: 2')}"), pytest.fail)
    assert document is not None
    assert read(document.data["joins"]) == (joins, "weekly: 2", ())


def test_a_call_that_is_done_again_and_saved_has_the_others_in_it(tmp_path: Path) -> None:
    assert _test(tmp_path, f"{{others: [{MO}]}}", "hears: hold.mp3", "ended").return_value == 0
    files = [str(tmp_path / f"{name}.calls.yml") for name in ("pin", "saved")]
    options = [str(tmp_path / "pin.flow.yml"), "--replay", files[0], "--save", files[1]]
    assert CliRunner().invoke(call_by_hand, options, input="").exit_code == 0
    assert "stays: 600" in Path(files[1]).read_text(encoding="utf-8")
    assert CliRunner().invoke(command, [files[1]], standalone_mode=False).return_value == 0
