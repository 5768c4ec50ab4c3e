"""Actions in an order in which they do something else than they seem to."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

import pytest
from beside import CORPUS
from heard import INPUT, Action, asked, connect, diagnostics, findings, record, rules, stream, talk, without

from flowc.checks.sequences import look
from flowc.compiler import check
from flowc.language.linking.origin import Sequence
from flowc.language.reading.ncco import sequence
from flowc.text import json as reader
from flowc.text.source import Source

WEBSOCKET: Action = {
    "action": "connect",
    "endpoint": [{"type": "websocket", "uri": "wss://example.com/bot", "content-type": "audio/l16;rate=16000"}],
}


# Barge-in


def test_barge_in_with_no_input_after_it_is_said_at_its_value() -> None:
    assert findings(talk("Welcome", bargeIn=True), connect()) == [("barge-in-without-input", "true")]


def test_barge_in_at_the_end_of_a_call_is_said() -> None:
    assert findings(talk("Welcome", bargeIn="true")) == [("barge-in-without-input", '"true"')]


def test_barge_in_over_several_prompts_up_to_an_input_is_right() -> None:
    assert findings(talk("Welcome", bargeIn=True), stream(bargeIn=True), talk("Go on"), INPUT) == []


def test_barge_in_whose_input_may_follow_elsewhere_is_let_pass() -> None:
    document = reader.read(Source("x.json", json.dumps([talk("Welcome", bargeIn=True)])), [].append)
    assert document is not None
    part = sequence(document)
    assert list(look([Sequence(part.actions, raw=False, closed=False)])) == []


def test_barge_in_that_is_taken_back_stays_on() -> None:
    assert findings(talk("Welcome", bargeIn=True), talk("Listen", bargeIn=False), INPUT) == [
        ("barge-in-stays", "false")
    ]


def test_barge_in_that_begins_later_is_right() -> None:
    assert findings(talk("Listen", bargeIn=False), talk("Press a key", bargeIn=True), INPUT) == []


def test_an_input_ends_barge_in() -> None:
    assert findings(talk("One", bargeIn=True), INPUT, talk("Two", bargeIn=False), INPUT) == []


# Loops


def test_what_follows_an_endless_loop_is_never_reached() -> None:
    assert findings(stream(loop=0), talk("Goodbye")) == [("endless-loop", "0")]


def test_an_endless_loop_at_the_end_is_music_on_hold() -> None:
    assert findings(talk("Please hold"), stream(loop=0)) == []


def test_an_endless_loop_that_a_key_ends_is_right() -> None:
    assert findings(stream(loop=0, bargeIn=True), INPUT) == []


def test_an_endless_loop_that_no_key_ends_is_said_also_before_an_input() -> None:
    assert findings(stream(loop="0"), INPUT) == [("endless-loop", '"0"')]


def test_a_loop_that_ends_is_right() -> None:
    assert findings(stream(loop=3), talk("Goodbye")) == []


# Recordings


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "Please leave a message after the tone."),
        ("en-GB", "Leave your name and a short message."),
        ("fr-FR", "Laissez un message après le bip."),
        ("de-DE", "Bitte hinterlassen Sie eine Nachricht."),
        ("es-ES", "Deje su mensaje después de la señal."),
        ("it-IT", "Lasciate un messaggio dopo il segnale."),
        ("pt-BR", "Deixe sua mensagem após o sinal."),
        ("nl-NL", "Spreek een bericht in na de piep."),
    ],
)
def test_a_message_that_is_asked_for_is_waited_for(language: str, words: str) -> None:
    ask = talk(words, language=language)
    assert findings(ask, record(), talk("Thank you")) == [("record-does-not-wait", '"record"')]
    assert findings(ask, record(endOnSilence=3), talk("Thank you")) == []


def test_a_recording_that_ends_with_the_call_is_said_where_it_beeps() -> None:
    assert findings(record(beepStart=True)) == [("record-does-not-wait", '"record"')]


def test_a_recording_in_the_background_of_the_call_is_right() -> None:
    assert findings(talk("This call is recorded"), record(), connect()) == []


def test_a_recording_of_what_is_said_next_is_right() -> None:
    assert findings(record(), talk("Hello")) == []


def test_a_recording_that_is_over_before_the_call_begins_is_said() -> None:
    assert findings(record(endOnSilence=3), connect()) == [("record-holds-up-call", "3")]
    assert findings(record(endOnKey="#"), talk("x"), INPUT) == []


def test_where_the_sources_disagree_on_a_recording_the_message_says_so() -> None:
    (said,) = diagnostics(record(timeOut=30), connect())
    assert "disagree" in said.message


def test_a_name_that_is_recorded_before_connecting_is_right() -> None:
    assert findings(talk("Say your name after the tone"), record(beepStart=True, endOnSilence=3), connect()) == []
    assert findings(talk("Say your name after the beep"), record(endOnKey="#"), connect()) == []


MAIN_MENU = talk("Thank you for calling ACME. For sales, press 1. To leave a message, press 2.", bargeIn=True)


@pytest.mark.parametrize(
    "before",
    [
        [],
        [talk("Welcome to ACME.")],
        [talk("This call is recorded."), talk("We are open from nine to five.")],
        [talk("Cet appel est enregistré.", language="fr-FR")],
        [talk("Dieses Gespräch wird aufgezeichnet.", language="de-DE")],
        [talk("Esta llamada se graba.", language="es-ES")],
        [talk("Questa chiamata viene registrata.", language="it-IT")],
        [talk("Esta chamada é gravada.", language="pt-PT")],
        [talk("Dit gesprek wordt opgenomen.", language="nl-NL")],
    ],
)
def test_a_recording_that_is_over_before_a_menu_asks_is_said(before: list[Action]) -> None:
    assert findings(*before, record(endOnSilence=3), MAIN_MENU, INPUT) == [("record-holds-up-call", "3")]
    assert findings(*before, record(timeOut=60), talk("Welcome."), MAIN_MENU, INPUT) == [("record-holds-up-call", "60")]
    assert findings(*before, record(), MAIN_MENU, INPUT) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "For sales, press 1."),
        ("fr-FR", "Merci de votre appel. Pour les ventes, tapez 1. Pour laisser un message, tapez 2."),
        ("de-DE", "Vielen Dank für Ihren Anruf. Für den Vertrieb drücken Sie die 1."),
        ("es-ES", "Gracias por llamar. Para ventas, pulse 1. Para dejar su mensaje, pulse 2."),
        ("it-IT", "Grazie per aver chiamato. Per le vendite, premere 1."),
        ("pt-BR", "Obrigado por ligar. Para vendas, tecle 1."),
        ("nl-NL", "Bedankt voor het bellen. Voor verkoop, toets 1."),
    ],
)
def test_a_menu_that_speaks_of_no_recording_follows_none(language: str, words: str) -> None:
    menu = talk(words, language=language, bargeIn=True)
    assert findings(record(endOnSilence=3), menu, INPUT) == [("record-holds-up-call", "3")]


@pytest.mark.parametrize(
    ("ask", "settings"),
    [
        ("Please leave a message after the tone.", {"endOnSilence": 3}),
        ("Please tell us why you are calling.", {"endOnSilence": 3}),
        ("What can we do for you?", {"timeOut": 30}),
        ("Record your greeting, then press hash.", {"endOnSilence": 3}),
        ("Welcome.", {"endOnSilence": 3, "beepStart": True}),
        ("Welcome.", {"endOnKey": "#"}),
        ("{{ params.question }}", {"endOnSilence": 3}),
    ],
)
def test_a_message_that_is_asked_for_may_be_followed_by_any_menu(ask: str, settings: Action) -> None:
    assert "record-holds-up-call" not in rules(talk(ask), record(**settings), MAIN_MENU, INPUT)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "To keep your message, press 1. To record it again, press 2."),
        ("en-GB", "Thank you. For sales, press 1."),
        ("en-GB", "Press 1 to send, 2 to delete."),
        ("fr-FR", "Pour réécouter votre message, tapez 1. Pour l'effacer, tapez 2."),
        ("de-DE", "Um Ihre Nachricht zu behalten, drücken Sie die 1. Um neu aufzunehmen, drücken Sie die 2."),
        ("de-DE", "Vielen Dank. Für den Vertrieb drücken Sie die 1."),
        ("es-ES", "Para guardar su mensaje, pulse 1."),
        ("it-IT", "Per conservare il messaggio, premere 1."),
        ("pt-PT", "Para guardar a sua mensagem, prima 1."),
        ("nl-NL", "Om uw bericht te bewaren, toets 1."),
        ("sv-SE", "Tryck 1."),
    ],
)
def test_a_menu_about_what_was_recorded_follows_a_recording(language: str, words: str) -> None:
    assert findings(record(endOnSilence=3), talk(words, language=language, bargeIn=True), INPUT) == []


def test_what_an_audio_file_asks_for_is_not_known() -> None:
    assert findings(stream(), record(endOnSilence=3), MAIN_MENU, INPUT) == []
    assert findings(record(endOnSilence=3), stream(bargeIn=True), INPUT) == []


FLOW = """flow: acme
steps:
  main:
    - talk: This call is recorded.
    - record: {RECORD}
    - menu:
        prompt: PROMPT
        options: {1: bye, 2: bye}
        otherwise: bye
  bye: {talk: Goodbye.}
"""
SALES = "For sales, press 1. For support, press 2."


@pytest.mark.parametrize(
    ("settings", "prompt", "said"),
    [
        ("endOnSilence: 3", SALES, ["W334"]),
        ("timeOut: 7200", SALES, ["W334"]),
        ("endOnSilence: 3, beepStart: false", SALES, ["W334"]),
        ("endOnSilence: 3, beepStart: true", SALES, []),
        ("endOnSilence: 3", "To keep it, press 1. To do it again, press 2.", []),
        ("format: mp3", SALES, []),
    ],
)
def test_a_recording_before_a_menu_of_a_flow(settings: str, prompt: str, said: list[str]) -> None:
    found = check(Source("acme.flow.yml", FLOW.replace("RECORD", settings).replace("PROMPT", prompt)))
    assert [each.rule.code for each in found] == said
    assert all("before the caller is asked anything" in each.message for each in found)


@pytest.mark.parametrize(("first", "said"), [("record", ["W334"]), ("ask", [])])
def test_a_menu_that_leads_to_a_recording_may_have_asked_for_it(first: str, said: list[str]) -> None:
    record_ = "  record:\n    - record: {endOnSilence: 3}\n    - goto: menu\n"
    ask = "  ask: {menu: {prompt: 'Press 1 and speak.', options: {1: record}, otherwise: bye}}\n"
    menu = f"  menu: {{menu: {{prompt: '{SALES}', options: {{1: bye, 2: ask}}, otherwise: bye}}}}\n"
    flow = f"flow: acme\nstart: {first}\nsteps:\n{record_}{ask}{menu}  bye: {{talk: Goodbye.}}\n"
    assert [each.rule.code for each in check(Source("acme.flow.yml", flow))] == said


def test_what_follows_a_switch_is_not_known() -> None:
    switch = "{switch: {value: call.to, cases: {'447700900123': sales}, otherwise: {hangup: }}}"
    record_ = "{record: {beepStart: true}}"
    sales = "{connect: {phone: 447700900100}}"
    flow = f"flow: acme\nsteps:\n  main: [{record_}, {switch}]\n  sales: {sales}\n"
    assert check(Source("acme.flow.yml", flow)) == []
    assert [each.rule.code for each in check(Source("acme.flow.yml", flow.replace(f", {switch}", "")))] == [
        "W333",
        "W301",
    ]


# After a connect


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "Sorry, nobody is available."),
        ("en-US", "All our agents are busy."),
        ("en-GB", "The person you called is unavailable. Please try again later."),
        ("en-US", "Please leave a message after the tone."),
        ("fr-FR", "Désolé, personne ne peut vous répondre."),
        ("de-DE", "Leider ist niemand erreichbar."),
        ("es-ES", "Lo sentimos, no hay nadie."),
        ("it-IT", "Siamo spiacenti, non è disponibile nessuno."),
        ("pt-PT", "Lamentamos, ninguém atendeu."),
        ("nl-NL", "Helaas is er niemand beschikbaar."),
    ],
)
def test_words_for_when_nobody_answers_are_heard_by_both_after_a_plain_connect(language: str, words: str) -> None:
    assert rules(connect(), talk(words, language=language)) == {"no-answer-after-connect"}
    assert rules(connect(eventType="synchronous"), talk(words, language=language)) == set()


def test_a_voicemail_after_a_plain_connect_is_said_once() -> None:
    voicemail = [talk("Please leave a message."), record(beepStart=True, endOnSilence=3), talk("Sorry we missed you")]
    assert findings(connect(), *voicemail) == [("no-answer-after-connect", "leave a message")]


def test_a_recording_with_a_beep_after_a_plain_connect_is_said() -> None:
    assert findings(connect(), record(beepStart=True, endOnSilence=3)) == [("no-answer-after-connect", '"record"')]


@pytest.mark.parametrize(
    "after",
    [
        [talk("You are connected")],
        [record()],
        [connect("447700900001"), connect("447700900002")],
        [talk("Sorry to keep you waiting.")],
        [],
    ],
)
def test_what_both_parties_may_well_hear_after_a_connect_is_right(after: list[Action]) -> None:
    assert findings(connect(), *after) == []


def test_what_follows_a_websocket_that_failed_is_right() -> None:
    assert findings(WEBSOCKET, talk("Sorry, the assistant is unavailable.")) == []


def test_an_input_while_the_call_is_connected_is_said_at_the_input() -> None:
    assert findings(WEBSOCKET, INPUT) == [("input-after-connect", '"input"')]
    assert findings(connect(), talk("Rate us"), INPUT) == [("input-after-connect", '"input"')]


def test_an_input_after_a_synchronous_connect_is_let_pass() -> None:
    assert findings({**WEBSOCKET, "eventType": "synchronous"}, INPUT) == []


# Input, transfer, conversation


def test_an_input_that_nothing_follows_is_said() -> None:
    assert findings(without(INPUT, "eventUrl")) == [("input-leads-nowhere", '"input"')]
    assert findings(without(INPUT, "eventUrl"), talk("Thank you")) == []
    assert findings(INPUT) == []
    assert findings({"action": "input", "type": ["dtmf"], "mode": "asynchronous"}) == []


def test_what_follows_a_transfer_is_never_reached() -> None:
    transfer: Action = {"action": "transfer", "conversationId": "CON-1"}
    assert findings(transfer, talk("Goodbye")) == [("action-after-transfer", '"talk"')]
    assert findings(talk("One moment"), transfer) == []


def test_what_is_meant_to_happen_in_a_conversation_is_said_where_it_comes_after_it() -> None:
    conversation: Action = {"action": "conversation", "name": "team"}
    assert findings(conversation, connect()) == [("action-after-conversation", '"connect"')]
    assert findings(conversation, record()) == [("action-after-conversation", '"record"')]
    assert findings(conversation, talk("The conference is over")) == []


# Keys


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "Enter your order number followed by the pound sign"),
        ("fr-FR", "Entrez votre code suivi de la touche dièse"),
        ("de-DE", "Geben Sie Ihre PIN ein, gefolgt von der Raute"),
    ],
)
def test_a_hash_key_that_is_asked_for_needs_submit_on_hash(language: str, words: str) -> None:
    ask = talk(words, language=language)
    assert findings(ask, asked(maxDigits=8)) == [("hash-does-not-submit", '{"maxDigits": 8}')]
    assert findings(ask, asked(maxDigits=8, submitOnHash=False)) == [("hash-does-not-submit", "false")]
    assert findings(ask, asked(maxDigits=8, submitOnHash=True)) == []


def test_submit_on_hash_counts_also_where_it_stood_once() -> None:
    ask = talk("Enter your number followed by the hash key")
    assert findings(ask, {**without(INPUT, "type", "dtmf"), "submitOnHash": "true", "maxDigits": "8"}) == []


def test_a_menu_of_single_keys_collects_one() -> None:
    ask = talk("Press 1 for Jane, 2 for Joe", bargeIn=True)
    assert findings(ask, without(INPUT, "dtmf")) == [("one-key-of-four", '"input"')]
    assert findings(ask, asked(timeOut=5)) == [("one-key-of-four", '{"timeOut": 5}')]
    assert findings(ask, asked(maxDigits=1)) == []


@pytest.mark.parametrize(
    "words",
    [
        "Please key in your account number.",
        "Enter the extension, or press 0 for the operator.",
        "Press 1 for maybe and 2 for not sure followed by the hash key",
        "Please enter the 4 digit code, or press 9.",
        "Press 10 for Jane, 11 for Joe",
        "Press 1 to 12 for the month",
        "Welcome.",
    ],
)
def test_a_question_for_more_than_one_key_collects_more(words: str) -> None:
    assert "one-key-of-four" not in rules(talk(words), asked(timeOut=5))


def test_words_are_no_keys() -> None:
    speech: Action = {"action": "input", "type": ["speech"], "eventUrl": ["https://example.com/asr"]}
    assert findings(talk("Say sales, or press 1"), speech) == []


def test_the_voice_name_of_old_says_the_language() -> None:
    assert rules(talk("Drücken Sie die 1.", voiceName="Marlene"), asked()) == {"one-key-of-four"}


# One action in several sequences


def test_an_action_that_several_sequences_share_is_looked_into_once() -> None:
    document = reader.read(Source("x.json", json.dumps([talk(" "), talk("Hello")])), [].append)
    assert document is not None
    whole = sequence(document)
    assert [each.rule.name for each in look([whole, whole])] == ["nothing-to-say"]


# Real documents


def real() -> Iterator[tuple[str, object, bool]]:
    if not (CORPUS / "ncco").is_dir():
        pytest.skip("the corpus of real documents is not beside the project")
    with (CORPUS / "ncco" / "INDEX.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            clean = (row["status"], row["fidelity"], row["lint"]) == ("valid", "strict-json", "")
            yield row["file"], json.loads((CORPUS / "ncco" / row["file"]).read_text(encoding="utf-8")), clean


def test_real_documents_that_are_right_get_these_warnings_and_no_error() -> None:
    said = {
        (file[:4], each.rule.name)
        for file, actions, clean in real()
        if clean and isinstance(actions, list)
        for each in diagnostics(*actions)
    }
    assert {rule for _, rule in said if rule != "plain-http"} == {
        "record-holds-up-call",  # 0003: it stops after three seconds of silence, and then connects
        "published-secret",  # 0032: the key of a cloud account as a header
        "ssml-unknown-value",  # 0159: `fr`, where a country is wanted
    }
    assert all(each.rule.severity == "warning" for _, actions, _ in real() for each in diagnostics(*actions))


MINE = {
    "B04": "hash-does-not-submit",
    "C02": "caller-id-no-number",
    "C10": "tag-outside-speak",
    "D03": "input-leads-nowhere",
    "D05": "record-does-not-wait",
    "D06": "input-after-connect",
    "D08": "endless-loop",
    "D14": "one-key-of-four",
}


def test_known_mistakes_are_found_and_their_corrections_are_not() -> None:
    file = CORPUS / "mistakes.jsonl"
    if not file.exists():
        pytest.skip("the list of known mistakes is not beside the project")
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["kind"] == "ncco":
            assert rules(*entry["good"]) == set()
            found[entry["id"]] = rules(*entry["bad"])
    assert {mistake: said for mistake, said in found.items() if said} == {key: {name} for key, name in MINE.items()}
