"""The platform double plays NCCOs as the reference says: order, keys, words, recordings, calls, rooms, the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from played import happened, played, said

from flowc.caller.platform import listening, prompts, undecided
from flowc.caller.platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from flowc.caller.platform.transcript import WORDS, Transcript, lines

URL = "https://e.com/next"


def _talk(text: str = "One, two, three.", **fields: object) -> dict[str, object]:
    return {"action": "talk", "text": text, **fields}


def _asks(**dtmf: object) -> dict[str, object]:
    return {"action": "input", "type": ["dtmf"], "dtmf": dtmf, "eventUrl": [URL]}


def _keys(actions: list[dict[str, object]], *script: Act) -> tuple[object, object]:
    """The digits of the first question's webhook, and whether its time was over."""
    table, _ = played(actions, script)
    dtmf = next(each.data["dtmf"] for each in table.asked if each.kind == "input")
    assert isinstance(dtmf, dict)
    return dtmf["digits"], dtmf["timed_out"]


def test_actions_are_done_in_order_and_their_end_is_the_end_of_the_call() -> None:
    stream = {"action": "stream", "streamUrl": ["https://e.com/a.mp3"]}
    _, call = played([_talk("Hello there."), {"action": "wait", "timeout": 2}, stream])
    assert happened(call) == [
        ("hears", "Hello there.", 0.8),
        ("waits", "", 2.0),
        ("plays", "https://e.com/a.mp3", 5.0),
        ("ended", "there is nothing more to play", 0.0),
    ]
    assert call.seconds == pytest.approx(7.8)


@pytest.mark.parametrize(
    ("fields", "seconds", "sure"),
    [
        ({}, 10, True),
        ({"timeout": 0}, 0.1, False),
        ({"timeout": 1.5}, 1.5, False),
        ({"timeout": 60}, 60, True),
        ({"timeout": 9999}, 7200, False),
    ],
)
def test_a_wait_outside_of_its_range_is_moved_into_it(fields: dict[str, object], seconds: float, sure: bool) -> None:
    _, call = played([{"action": "wait", **fields}])
    assert call.seconds == pytest.approx(seconds)
    assert (undecided.WAIT not in call.remarks) == sure  # the sources agree from 2 to 60 s


def test_a_talk_is_heard_as_often_as_its_loop_says() -> None:
    _, call = played([_talk("Fifteen signs..", loop=3)])
    assert call.seconds == pytest.approx(3.0)


def test_an_endless_talk_ends_with_the_caller() -> None:
    _, call = played([_talk(loop=0), _talk("Never heard.")], [HangsUp()])
    assert said(call, "hears", "ended") == ["One, two, three.", "the caller hangs up"]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ('<speak>The <sub alias="World Wide Web">WWW</sub> &amp; more.</speak>', "The World Wide Web & more."),
        ("<speak><sub alias='five'>5</sub> <prosody rate='slow'>slow</prosody></speak>", "five slow"),
        ("Not all of it is <speak>SSML</speak>.", "Not all of it is <speak>SSML</speak>."),
        ("<speak>It has no end <break time='9s'/>", "<speak>It has no end <break time='9s'/>"),
    ],
)
def test_of_ssml_is_heard_what_it_stands_for_and_only_where_it_is_the_whole_text(text: str, heard: str) -> None:
    _, call = played([_talk(text)])
    assert said(call, "hears") == [heard]
    assert call.seconds == pytest.approx(len(heard) / 15)
    assert (undecided.TAGS in call.remarks) == ("<" in heard)


def test_ssml_is_heard_without_its_tags_and_its_breaks_take_time() -> None:
    _, call = played([_talk("<speak>Wait<break time='1500ms'/>here.</speak>")])
    assert happened(call)[0] == ("hears", "Wait here.", pytest.approx(10 / 15 + 1.5, abs=0.01))


@pytest.mark.parametrize(
    ("dtmf", "script", "digits"),
    [
        ({"maxDigits": 1}, [Presses("2")], ("2", False)),
        ({"maxDigits": 1}, [Waits()], ("", True)),
        ({"maxDigits": 1}, [Waits(2.9), Presses("2")], ("2", False)),
        ({"maxDigits": 1}, [Waits(3.1), Presses("2")], ("", True)),
        ({"maxDigits": 4}, [Presses("12")], ("12", True)),
        ({"maxDigits": 4}, [Presses("12345")], ("1234", False)),
        ({}, [Presses("12345")], ("1234", False)),
        ({"maxDigits": 8, "submitOnHash": True}, [Presses("12#")], ("12", False)),
        ({"maxDigits": 8, "submitOnHash": True}, [Presses("#")], ("", False)),
        ({"maxDigits": 8}, [Presses("1#2")], ("1#2", True)),
        ({"maxDigits": 8, "timeOut": 2}, [Presses("123", pause=2.5)], ("1", True)),
        ({"maxDigits": 3, "timeOut": 2}, [Presses("123", pause=1.5)], ("123", False)),
        ({"maxDigits": "1", "submitOnHash": "true"}, [Presses("12")], ("1", False)),
        ({"maxDigits": 1, "timeOut": 1}, [Presses("3")], ("3", False)),
        ({"maxDigits": 2, "timeOut": 10}, [Presses("34", pause=9.9)], ("34", False)),
        ({"maxDigits": 2}, [Presses("*0")], ("*0", False)),
    ],
)
def test_keys_are_collected_as_the_question_says(
    dtmf: dict[str, object], script: list[Act], digits: tuple[str, bool]
) -> None:
    assert _keys([_talk(), _asks(**dtmf)], *script) == digits


def test_an_answer_replaces_what_follows_and_none_lets_it_go_on() -> None:
    menu = [_talk("Press."), _asks(maxDigits=1), _talk("Still here.")]
    assert said(played(menu, [Presses("1")], next=[_talk("Sales.")])[1], "hears") == ["Press.", "Sales."]
    assert said(played(menu, [Presses("1")])[1], "hears") == ["Press.", "Still here."]


def test_a_caller_who_does_nothing_more_hangs_up_at_the_next_question() -> None:
    table, call = played([_talk(), _asks()])
    assert call.ended == "the caller hangs up"
    assert [each.kind for each in table.asked] == ["answer"]


def test_an_early_key_cuts_a_prompt_that_may_be_cut_and_all_up_to_the_question() -> None:
    menu = [_talk("Welcome to all of you.", bargeIn=True), _talk("Long.", bargeIn=False), _asks(maxDigits=1)]
    _, call = played(menu, [Presses("1", early=True)])
    assert happened(call)[:3] == [
        ("hears", "Welcome to all of you.", prompts.CUT_AFTER),
        ("asks", "keys", 0.0),
        ("presses", "1", 0.0),
    ]
    assert [each.cut for each in call.happened if each.what == "hears"] == [True]


def test_barge_in_stays_on_up_to_the_next_question_and_no_further() -> None:
    menu = [_talk("May.", bargeIn=True), _talk("May too."), _asks(maxDigits=1)]
    _, call = played(menu, [Presses("1"), Presses("2", early=True)], next=[_talk("May not."), _asks(maxDigits=1)])
    heard = [(each.said, each.cut) for each in call.happened if each.what == "hears"]
    assert heard[:3] == [("May.", False), ("May too.", False), ("May not.", False)]


def test_early_words_cut_a_prompt_short_too_and_count_where_words_are_asked_for() -> None:
    prompt = _talk("Welcome to all of you.", bargeIn=True)
    for asks, words in ((_hears(), ["sales"]), (_asks(), None)):
        table, call = played([prompt, _talk("A menu."), asks], [Says("sales", early=True)])
        assert [(each.said, each.cut) for each in call.happened if each.what == "hears"] == [(prompt["text"], True)]
        speech = table.asked[1].data["speech"]
        assert isinstance(speech, dict)
        assert [each["text"] for each in speech["results"]] == words if words else speech == listening.OFF


def test_an_endless_prompt_is_cut_by_a_key_where_it_may_be() -> None:
    music = {"action": "stream", "streamUrl": ["https://e.com/m.mp3"], "loop": 0}
    _, call = played([{**music, "bargeIn": True}, _asks(maxDigits=1)], [Presses("1")], next=[_talk("Next.")])
    assert said(call, "hears") == ["Next."]
    _, call = played([music, _asks(maxDigits=1)], [Presses("1")], next=[_talk("Next.")])
    assert (said(call, "hears"), call.ended) == ([], "it has reached the longest time that a call may last")


@pytest.mark.parametrize(
    ("behind", "rests"),
    [
        ([_asks(maxDigits=1)], False),
        ([_talk("More."), _asks(maxDigits=1)], False),
        ([{"action": "record", "endOnSilence": 3}, _asks(maxDigits=1)], True),
        ([{"action": "wait"}], True),
        ([], True),
    ],
)
def test_a_prompt_that_may_be_cut_and_that_no_question_follows_is_told_of(
    behind: list[dict[str, object]], rests: bool
) -> None:
    _, call = played([_talk("Welcome.", bargeIn=True), *behind], [Waits(), Waits()])
    assert (undecided.BARGE_IN in call.remarks) == rests


def test_keys_beyond_the_last_one_go_into_the_next_question_where_its_prompt_may_be_cut() -> None:
    again = [_talk("Again.", bargeIn=True), _asks(maxDigits=1)]
    _, call = played([_asks(maxDigits=1)], [Presses("12")], next=again)
    assert said(call, "hears") == ["Again."]  # by the third question
    assert said(call, "presses") == ["1", "2"]


def test_keys_beyond_the_last_one_are_lost_under_a_prompt_that_may_not() -> None:
    again = [_talk("Again."), _asks(maxDigits=1)]
    _, call = played([_asks(maxDigits=1)], [Presses("12")], next=again)
    assert said(call, "presses") == ["1"]
    assert undecided.LOST in call.remarks


def _hears(**speech: object) -> dict[str, object]:
    return {"action": "input", "type": ["speech"], "speech": speech, "eventUrl": [URL]}


@pytest.mark.parametrize(
    ("action", "script", "speech"),
    [
        (_hears(), Says("sales"), ("end_on_silence_timeout", ["sales"])),
        (_hears(), Waits(), ("start_timeout", [])),
        (_hears(maxDuration=1), Says("a sentence that is longer than a second"), ("max_duration", None)),
        (_hears(), Presses("1"), ("start_timeout", [])),
        (_asks(), Says("sales"), None),
    ],
)
def test_words_are_recognised_where_they_are_asked_for(
    action: dict[str, object], script: Act, speech: tuple[str, list[str] | None] | None
) -> None:
    table, _ = played([action], [script])
    found = table.asked[1].data["speech"]
    assert isinstance(found, dict)
    if speech is None:
        assert found == listening.OFF
        return
    assert found["timeout_reason"] == speech[0]
    if speech[1] is not None:
        assert [each["text"] for each in found["results"]] == speech[1]


def test_confidence_is_a_text_and_a_key_overrides_words() -> None:
    both = {**_asks(maxDigits=1), "type": ["dtmf", "speech"], "speech": {}}
    table, _ = played([both, both], [Says("sales", confidence=0.94), Presses("1")])
    assert [each.data["speech"] for each in table.asked[1:]] == [
        {"timeout_reason": "end_on_silence_timeout", "results": [{"confidence": "0.94", "text": "sales"}]},
        listening.OVERRIDDEN,
    ]


def test_a_question_of_before_2020_is_answered_in_its_old_form() -> None:
    old = {"action": "input", "maxDigits": 2, "timeOut": 5, "eventUrl": [URL]}
    table, call = played([old], [Presses("12")])
    assert table.asked[1].data["dtmf"] == "12"
    assert "speech" not in table.asked[1].data
    assert undecided.OLD_INPUT in call.remarks


def test_a_question_that_does_not_wait_sends_each_key_while_the_call_goes_on() -> None:
    single = {"action": "input", "type": ["dtmf"], "mode": "asynchronous", "eventUrl": [URL]}
    table, call = played([single, _talk("A long talk.")], [Presses("12")])
    assert [each.data["dtmf"]["digits"] for each in table.told if each.kind == "input"] == ["1", "2"]  # type: ignore[index]
    assert undecided.SINGLE in call.remarks


@pytest.mark.parametrize(
    ("fields", "script", "seconds", "ended"),
    [
        ({"endOnSilence": 3}, [Records(4)], 7.0, "there is nothing more to play"),
        ({"endOnSilence": 3, "timeOut": 5}, [Records(4)], 5.0, "there is nothing more to play"),
        ({"endOnKey": "#"}, [Records(4, "#")], 4.0, "there is nothing more to play"),
        ({"endOnKey": "#"}, [Presses("#")], 1.0, "there is nothing more to play"),
        ({"timeOut": 9}, [Records(4)], 9.0, "there is nothing more to play"),
        ({"endOnSilence": 3}, [HangsUp()], 0.0, "the caller hangs up"),
        ({}, [Records(4)], 0.0, "there is nothing more to play"),
    ],
)
def test_a_recording_that_has_an_end_is_waited_for(
    fields: dict[str, object], script: list[Act], seconds: float, ended: str
) -> None:
    table, call = played([{"action": "record", "eventUrl": [URL], **fields}], script)
    assert (call.seconds, call.ended) == (pytest.approx(seconds), ended)
    (told,) = [each for each in table.told if each.kind == "record"]
    assert told.data["size"] == round(seconds * 4000)
    assert list(told.body) == [
        "start_time", "recording_url", "size", "recording_uuid", "end_time", "conversation_uuid", "timestamp",
    ]  # fmt: skip
    assert (undecided.TIME_ALONE in call.remarks) == (list(fields) == ["timeOut"])


def test_a_recording_without_an_end_goes_on_to_the_end_of_the_call() -> None:
    actions = [{"action": "record", "transcription": {}}, _talk("Fifteen signs..", loop=5)]
    table, _ = played(actions)
    assert [each.kind for each in table.told][-3:] == ["record", "transcribed", "event"]
    assert next(each.data["size"] for each in table.told if each.kind == "record") == 20000
    transcribed = next(each for each in table.told if each.kind == "transcribed")
    assert list(transcribed.body) == [
        "conversation_uuid", "type", "recording_uuid", "status", "transcription_url",
    ]  # fmt: skip


def _connects(**fields: object) -> dict[str, object]:
    return {"action": "connect", "endpoint": [{"type": "phone", "number": "447700900100"}], **fields}


def test_a_notify_goes_on_unless_an_ncco_takes_over() -> None:
    notify = {"action": "notify", "payload": {"a": [1]}, "eventUrl": [URL], "eventMethod": "GET"}
    table, call = played([notify, _talk("On.")])
    assert said(call, "hears") == ["On."]
    assert table.asked[1].method == "GET"
    assert list(table.asked[1].body) == ["payload", "conversation_uuid", "timestamp"]
    assert said(played([notify, _talk("On.")], next=[_talk("Other.")])[1], "hears") == ["Other."]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "CON-1"),
        ({"mute": True}, "CON-1 (silent)"),
        ({"canHear": []}, "CON-1 (deaf)"),
        ({"canSpeak": ["leg-1"], "canHear": ["leg-2"]}, "CON-1 (heard by leg-1 alone, hears leg-2 alone)"),
    ],
)
def test_a_transfer_says_whom_the_caller_hears_and_who_hears_the_caller(fields: dict[str, Any], told: str) -> None:
    _, call = played([{"action": "transfer", "conversationId": "CON-1", **fields}])
    assert said(call, "transferred") == [told]


def test_a_transfer_is_the_end_and_is_told() -> None:
    for key in ("conversationId", "conversation_id"):
        table, call = played([{"action": "transfer", key: "CON-1"}, _talk()], [Joins(90)])
        assert (call.ended, call.seconds, said(call, "hears")) == ("the caller is in another conversation", 90, [])
        assert next(each.data["conversation_uuid_to"] for each in table.told if "type" in each.data) == "CON-1"
        assert table.told[-1].data["disconnected_by"] == "user"  # the leg goes on elsewhere, to its own end


@pytest.mark.parametrize("actions", [None, {"action": "talk"}, [{"action": "tlak"}], [{"action": "talk", "text": 1}]])
def test_a_call_without_an_ncco_is_over_at_once(actions: object) -> None:
    _, call = played(actions)
    assert call.ended == "no NCCO answers it (asked): the caller hears nothing"


def test_programs_that_lead_round_and_round_are_ended() -> None:
    notify = {"action": "notify", "payload": {}, "eventUrl": [URL]}
    _, call = played([notify], next=[notify])
    assert call.ended.startswith("it goes round and round")
    _, call = played([_talk(), _asks()], iter(lambda: Waits(), None), next=[_talk(), _asks()])
    assert call.ended == "it has reached the longest time that a call may last"


def test_a_script_may_listen_before_it_acts() -> None:
    def listens() -> Iterator[Act]:
        yield Presses("1")
        heard.append(len(table_asked))
        yield HangsUp()

    heard: list[int] = []
    table, _ = played([_asks(maxDigits=1)])
    table_asked = table.asked
    _, call = played([_talk(), _asks(maxDigits=1)], listens(), next=[_talk(), _asks()])
    assert heard == [1]
    assert call.ended == "the caller hangs up"


_acts = st.one_of(
    st.builds(Presses, st.text("0123456789*#", min_size=1, max_size=6), st.booleans(), st.floats(0, 5)),
    st.builds(Says, st.text(max_size=20), st.floats(0, 1), st.booleans()),
    st.builds(Waits, st.none() | st.floats(0, 50)),
    st.just(HangsUp()),
    st.builds(
        Connects,
        st.sampled_from(["answered", "busy", "timeout", "machine", "cancelled", "disconnected"]),
        st.just(""),
        st.floats(0, 10_000),
        st.sampled_from(["callee", "caller"]),
    ),
    st.builds(Records, st.floats(0, 100), st.sampled_from(["", "#"])),
    st.builds(Joins, st.floats(0, 100), st.floats(0, 10), st.booleans()),
)
_actions = st.sampled_from(
    [
        _talk(),
        _talk(bargeIn=True),
        _talk(loop=0),
        _asks(maxDigits=1),
        _asks(maxDigits=6, submitOnHash=True),
        _hears(),
        {"action": "input", "type": ["dtmf"], "mode": "asynchronous"},
        {"action": "record", "endOnSilence": 3},
        {"action": "record"},
        _connects(eventType="synchronous", eventUrl=[URL]),
        _connects(machineDetection="hangup"),
        {"action": "conversation", "name": "a"},
        {"action": "notify", "payload": {}, "eventUrl": [URL]},
    ]
)


@settings(deadline=None)
@given(st.lists(_actions, max_size=5), st.lists(_acts, max_size=6), st.lists(_actions, max_size=4) | st.none())
def test_every_call_ends_and_its_clock_never_goes_back(
    first: list[dict[str, object]], script: list[Act], then: list[dict[str, object]] | None
) -> None:
    _, call = played(first, script, next=then)
    assert call.ended
    times = [each.at for each in call.happened]
    assert times == sorted(times)
    assert all(each.what in WORDS for each in call.happened)
    assert len(list(lines(call))) == len(call.happened) + len(call.remarks)
    assert 0 <= call.seconds <= 7200


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("One < two.", (undecided.TAGS,)),
        ("Say <break/> this.", (undecided.TAGS,)),
        ("<speak>One.</speak>", ()),
        ("x" * 1501, (undecided.LONG_TEXT,)),
    ],
)
def test_texts_of_which_nobody_knows_how_they_are_heard_are_told_of(text: str, remarks: tuple[str, ...]) -> None:
    assert played([_talk(text)])[1].remarks == remarks


def test_a_late_start_of_words_is_told_of_where_it_counts() -> None:
    assert undecided.LATE_START in played([_hears(startTimeout=30)], [Waits()])[1].remarks
    assert undecided.LATE_START not in played([_hears(startTimeout=30)], [Says("sales")])[1].remarks


def test_two_calls_with_one_script_are_the_same() -> None:
    def call() -> Transcript:
        return played([_talk(), _asks(maxDigits=1)], [Presses("1")], next=[_connects()])[1]

    assert call() == call()
