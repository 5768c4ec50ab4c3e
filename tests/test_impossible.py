"""What no NCCO can do is said by name, wherever an author reaches for it."""

from __future__ import annotations

import pytest
from call_time import compiled

CONNECT = "connect: {{phone: 447700900100, otherwise: sales, {}}}"
MENU = 'menu: {{prompt: "For sales, press 1.", options: {{1: sales}}, otherwise: sales, {}}}'
REACHED_FOR = [
    (CONNECT.format("onComplete: sales"), "the call ends when one side of a `connect` hangs up"),
    (CONNECT.format("onHangup: sales"), "the call ends when one side of a `connect` hangs up"),
    (CONNECT.format("survey: sales"), "the call ends when one side of a `connect` hangs up"),
    (CONNECT.format("accept: 1"), "nothing says that one who is called can be asked"),
    (CONNECT.format("press_to_accept: true"), "nothing says that one who is called can be asked"),
    (CONNECT.format("onAnswer: {menu: {prompt: A}}"), "nothing says that one who is called can be asked"),
    (CONNECT.format("onAnswer: {input: {prompt: A}}"), "nothing says that one who is called can be asked"),
    ("record: {endOnSilence: 3, save: message}", "no NCCO plays a recording"),
    ("playRecording: last", "no NCCO plays a recording"),
    ("branch: [{if: call.machine, goto: sales}, {otherwise: sales}]", "whoever makes this call asks for it"),
    ("detectMachine: true", "whoever makes this call asks for it"),
    (MENU.format("onHangup: sales"), "nothing follows when the caller hangs up"),
    ("onHangup: {talk: Goodbye.}", "nothing follows when the caller hangs up"),
    *[
        (CONNECT.format(f"{word}: sales"), "the call ends when one side of a `connect` hangs up")
        for word in ("action", "onFinish", "onSuccess", "done", "finally", "callback", "postCall", "wrapUp", "then")
    ],
    *[
        (CONNECT.format(f"when: {{{word}: sales}}"), "the call ends when one side of a `connect` hangs up")
        for word in ("hangup", "ended", "over", "finished", "done")
    ],
    (CONNECT.format("statusCallback: 'https://e.example.com'"), "the call ends when one side of a `connect` hangs up"),
    *[
        (CONNECT.format(f"{word}: true"), "nothing says that one who is called can be asked")
        for word in ("requireConfirmation", "gather", "confirm", "press1", "onAccept", "onReject", "humanConfirmation")
    ],
    (CONNECT.format("onAnswer: {goto: sales}"), "nobody is led anywhere from here"),
    (CONNECT.format("onAnswer: [{talk: Hi.}, {goto: sales}]"), "nobody is led anywhere from here"),
    *[
        (action, "no NCCO plays a recording")
        for action in (
            'stream: "{{ record.url }}"',
            'stream: "{{ vars.recording }}"',
            "stream: recording",
            "stream: {recording: last}",
            "play: {recording: x}",
            "playback: recording",
            'talk: "{{ recording.url }}"',
            'talk: "{{ call.recording }}"',
            "reviewRecording: true",
            *(f"record: {{endOnSilence: 3, {word}: x}}" for word in ("review", "name", "as", "saveAs", "into")),
        )
    ],
    *[
        (action, "whoever makes this call asks for it")
        for action in (
            "branch: [{if: call.voicemail, goto: sales}, {otherwise: sales}]",
            "branch: [{if: call.status == 'machine', goto: sales}, {otherwise: sales}]",
            "branch: [{if: vars.machine, goto: sales}, {otherwise: sales}]",
            "branch: [{if: answered_by == 'human', goto: sales}, {otherwise: sales}]",
            "onMachine: sales",
            "leaveVoicemail: Hello.",
            "waitForBeep: true",
            CONNECT.format("voicemailDetection: true"),
        )
    ],
    *[
        (f"{word}: {{talk: Goodbye.}}", "nothing follows when the caller hangs up")
        for word in ("finally", "on", "whenHangup", "cleanup", "atHangup", "onExit", "always", "teardown")
    ],
    (MENU.format("timeout: 30"), "it belongs in `dtmf`: write `dtmf: {timeOut: 10}` and give more `attempts`"),
    (MENU.format("dtmf: {timeOut: 30s}"), "no NCCO waits longer for a key: write `timeOut: 10`"),
    (MENU.format("dtmf: {timeOut: 30}"), "no NCCO waits longer for a key: write `timeOut: 10`"),
]


@pytest.mark.parametrize(("action", "why"), REACHED_FOR)
def test_what_no_ncco_can_do_is_said_where_it_is_reached_for(action: str, why: str) -> None:
    text = f"flow: f\nsteps:\n  main:\n    - {action}\n  sales: {{connect: {{phone: 447700900100}}}}\n"
    hints = [each.hint or "" for each in compiled(text).diagnostics if each.rule.severity == "error"]
    assert [each for each in hints if each.startswith(why)], hints


@pytest.mark.parametrize("word", ["onHangup", "hangup", "on", "finally", "cleanup", "atHangup", "whenHangup", "end"])
def test_a_flow_has_no_handler_of_its_end(word: str) -> None:
    said = compiled(f"flow: f\n{word}: {{talk: Goodbye.}}\nsteps: {{main: {{talk: Hello.}}}}\n").diagnostics
    assert [(each.hint or "").partition(":")[0] for each in said] == ["nothing follows when the caller hangs up"]


@pytest.mark.parametrize("word", ["events", "eventUrl", "webhook", "statusCallback"])
def test_a_flow_has_no_event_url(word: str) -> None:
    said = compiled(f"flow: f\n{word}: https://e.example.com\nsteps: {{main: {{talk: Hello.}}}}\n").diagnostics
    assert [(each.hint or "")[:22] for each in said] == ["events are sent to the"]


def test_a_good_call_never_comes_back() -> None:
    text = """
        flow: f
        steps:
          main:
            - connect: {phone: 447700900100, otherwise: nobody}
            - talk: How did you like our service?
          nobody: {talk: Nobody is there.}
        """
    (said,) = compiled(text).diagnostics
    assert said.rule.name == "unreachable-action"
    assert said.message.endswith("a call that was answered ends when one side hangs up, and never comes back")


def test_one_who_is_called_is_told_to_press_nothing() -> None:
    text = """
        flow: f
        steps:
          main: {connect: {phone: 447700900100, onAnswer: SAYS, otherwise: nobody}}
          nobody: {talk: Nobody is there.}
        """
    for words in (
        "A call. To accept it, press 1.",
        "To accept, say yes.",
        "Press any key.",
        "A call; say no to refuse it.",
    ):
        asked = compiled(text.replace("SAYS", f"'{words}'")).diagnostics
        assert [each.rule.name for each in asked] == ["key-for-callee"], words
    for words in ("A call for room 1.", "A caller who will say no name.", "Please say hello to the caller."):
        assert compiled(text.replace("SAYS", words)).diagnostics == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr-FR", "Appuyez sur une touche."),
        ("fr-FR", "Pour accepter, dites oui."),
        ("de-DE", "Drücken Sie eine beliebige Taste."),
        ("de-DE", "Zum Annehmen sagen Sie ja."),
        ("es-ES", "Pulse cualquier tecla."),
        ("it-IT", "Prema un tasto qualsiasi."),
        ("pt-PT", "Prima qualquer tecla."),
        ("nl-NL", "Druk op een willekeurige toets."),
    ],
)
def test_so_is_one_who_is_called_in_another_language(language: str, words: str) -> None:
    whisper = f"onAnswer: {{talk: {{text: {words}, language: {language}}}}}"
    text = f"flow: f\nsteps:\n  main: {{connect: {{phone: 447700900100, {whisper}}}}}\n".replace(
        f"text: {words}", f'text: "{words}"'
    )
    assert [each.rule.name for each in compiled(text).diagnostics] == ["key-for-callee"]


def test_one_who_is_called_is_led_nowhere() -> None:
    text = "flow: f\nsteps:\n  main: {connect: {phone: 447700900100, onAnswer: operator, otherwise: operator}}\n"
    text += "  operator: {hangup: operator}\n"
    said = compiled(text).diagnostics
    assert [(each.rule.name, (each.hint or "")[:14]) for each in said] == [
        ("step-name-said", "say who calls:"),
        ("step-name-said", "to lead there,"),
    ]
