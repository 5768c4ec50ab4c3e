"""What a `talk` says and with which voice, and in which language callers are understood."""

from __future__ import annotations

import time

import pytest
from heard import INPUT, Action, diagnostics, findings, record, rules, talk

from flowc.checks import ssml


def test_a_text_may_be_as_long_as_the_reference_says() -> None:
    assert findings(talk("a" * 1500)) == []
    (said,) = diagnostics(talk("a" * 1501))
    assert (said.rule.name, said.message.split()[0]) == ("text-too-long", "1501")


def test_tags_and_entities_do_not_count_towards_the_length() -> None:
    assert findings(talk("<speak>" + "<break time='1s'/>" * 100 + "a" * 1499 + "&amp;</speak>")) == []
    assert rules(talk("<speak>" + "a" * 1500 + "&amp;</speak>")) == {"text-too-long"}


@pytest.mark.parametrize("text", ["", "  \n", "<speak></speak>", "<speak><p> </p></speak>"])
def test_a_talk_says_something(text: str) -> None:
    assert rules(talk(text)) == {"nothing-to-say"}


@pytest.mark.parametrize(
    "text", [".", "<speak><break time='2s'/></speak>", "{{ params.greeting }}", "<speak>Hi</speak>"]
)
def test_a_pause_or_a_value_is_something(text: str) -> None:
    assert rules(talk(text)) == set()


# Voices


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("en-UK", "did you mean `en-GB`?"),
        ("en-gb", "did you mean `en-GB`?"),
        ("en_US", "did you mean `en-US`?"),
        ("fr-BE", "there are `fr-CA`, `fr-FR`"),
        ("xx", None),
    ],
)
def test_a_language_without_a_voice_is_said_with_the_one_that_was_meant(language: str, hint: str | None) -> None:
    (said,) = diagnostics(talk("Hello", language=language))
    assert (said.rule.name, said.hint) == ("unknown-voice-language", hint)
    assert said.source.text[slice(*said.span)] == f'"{language}"'


@pytest.mark.parametrize("language", ["en-GB", "ar", "cy-GB", "en-IE", "${language}", "{{ params.language }}"])
def test_a_language_that_is_known_or_not_yet_known_is_right(language: str) -> None:
    assert findings(talk("Hello", language=language, style=0)) == []


def test_a_style_belongs_to_its_language() -> None:
    assert findings(talk("Hello", language="en-GB", style=8)) == [("unknown-style", "8")]
    assert findings(talk("Hello", language="en-GB", style=9)) == []
    assert findings(talk("Hello", style=23)) == []
    assert findings(talk("Hello", language="en-IE", style=40)) == []
    assert findings(talk("Hello", style="24")) == [("unknown-style", '"24"')]


def test_premium_is_for_styles_that_have_it() -> None:
    assert findings(talk("Hello", language="en-GB", style=2, premium=True)) == []
    assert findings(talk("Hello", language="en-GB", premium=True)) == [("style-without-premium", "true")]
    assert findings(talk("Hello", language="gu-IN", style=0, premium=True)) == []
    (said,) = diagnostics(talk("Hello", language="cy-GB", premium="true"))
    assert said.hint == "take `premium` out"


def test_ssml_is_for_styles_that_read_it() -> None:
    text = "<speak>Hello</speak>"
    assert rules(talk(text, language="en-US", style=16)) == {"style-without-ssml"}
    assert rules(talk(text, language="en-US", style=2)) == set()
    assert rules(talk("Hello", language="en-US", style=16)) == set()
    assert rules(talk(text, voiceName="Tian-Tian")) == {"style-without-ssml"}
    assert rules(talk(text, voiceName="Amy")) == set()
    assert rules(talk(text, voiceName="Nobody")) == set()


@pytest.mark.parametrize("language", ["en-GB", "EN-gb", "zh", "cmn-Hans-CN", "yue-hant-HK"])
def test_a_language_of_recognition_is_compared_without_case(language: str) -> None:
    assert findings({**INPUT, "type": ["speech"], "speech": {"language": language}}) == []


def test_a_language_that_recognition_does_not_know_is_said() -> None:
    listens: Action = {**INPUT, "type": ["speech"], "speech": {"language": "ar"}}
    assert findings(listens) == [("unknown-speech-language", '"ar"')]
    assert findings(record(transcription={"language": "en-UK"})) == [("unknown-speech-language", '"en-UK"')]
    conversation: Action = {
        "action": "conversation",
        "name": "a",
        "record": True,
        "transcription": {"language": "pa-IN"},
    }
    (said,) = diagnostics(conversation)
    assert said.hint == "did you mean `pa-guru-IN`?"


# SSML


@pytest.mark.parametrize(
    "text",
    [
        "<speak>Hello</speak>",
        "  <speak>Hello</speak>\n",
        "<speak><p>One.</p><s>Two.</s></speak>",
        "<speak>R&amp;D &lt; 5 &#38; &quot;x&quot;</speak>",
        "<speak>One<break/> two<break time='500ms'/> three<break time='1.5s' strength='x-strong'/></speak>",
        "<speak><prosody rate='x-slow' pitch='+10%' volume='-6dB'>Slow</prosody></speak>",
        "<speak><lang xml:lang='it-IT'>Ciao</lang></speak>",
        "<speak><say-as interpret-as='date' format='dmy'>1.2.2026</say-as></speak>",
        "<speak><sub alias='World Wide Web'>WWW</sub> <phoneme alphabet='ipa' ph='x'>y</phoneme></speak>",
        "<speak>{{ params.name }}<break time='{{ params.pause }}'/></speak>",
        "<speak><emphasis level='strong'>Très</emphasis> bien 😀</speak>",
    ],
)
def test_ssml_that_the_platform_names_is_right(text: str) -> None:
    assert findings(talk(text)) == []


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("<speak>Smith & Sons</speak>", "&", "`&` has a meaning of its own in SSML"),
        ("<speak>Smith &Sons</speak>", "&", "`&` has a meaning of its own in SSML"),
        ("<speak>é😀 &nbsp;</speak>", "&nbsp;", "SSML knows no `&nbsp;`"),
        ("<speak>Press < 5</speak>", "<", "a `<` that begins no tag"),
        ("<speak>Hello", "<speak", "`<speak>` is not closed"),
        ("<speak>Hello<break></speak>", "<break", "`<break>` is not closed before `</speak>`"),
        ("<speak><p>Hello</speak>", "<p", "`<p>` is not closed before `</speak>`"),
        ("<speak>Hello</speak> and more", "a", "something stands after `</speak>`"),
        ("<speak>Hello<break time=1s/></speak>", "1", "this is no SSML"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><speak>&a;</speak>", None, None),
    ],
)
def test_ssml_that_is_not_well_formed_is_said_at_its_place(text: str, at: str | None, message: str | None) -> None:
    said = diagnostics(talk(text))
    if at is not None:
        assert [(each.rule.name, each.message) for each in said] == [("ssml-malformed", message)]
        assert said[0].source.text[slice(*said[0].span)] == at
    else:
        assert [each.rule.name for each in said] == ["tag-outside-speak"]


def test_ssml_with_a_document_type_is_refused() -> None:
    assert [fault.message for fault in ssml.faults("<speak><!DOCTYPE x></speak>")] == ["this is no SSML"]
    declared = "<?xml version='1.0'?><!DOCTYPE speak [<!ENTITY a 'aaaaaaaaaa'>]><speak>&a;</speak>"
    assert [fault.message for fault in ssml.faults(declared)] == ["SSML takes no document type"]


def test_ssml_that_the_platform_does_not_name_is_said_with_what_was_meant() -> None:
    cases = [
        ("<speak><brek time='1s'/></speak>", "ssml-unknown-tag", "<brek", "did you mean `<break>`?"),
        ("<speak><break times='1s'/></speak>", "ssml-unknown-tag", "times", "did you mean `time`?"),
        ("<speak><p lang='x'>a</p></speak>", "ssml-unknown-tag", "lang", "take it out"),
        ("<speak><prosody rate='fats'>a</prosody></speak>", "ssml-unknown-value", "rate", "did you mean `fast`?"),
        ("<speak><lang xml:lang='fr'>a</lang></speak>", "ssml-unknown-value", "xml:lang", "write it like `it-IT`"),
    ]
    for text, name, at, hint in cases:
        (said,) = diagnostics(talk(text))
        assert (said.rule.name, said.source.text[slice(*said.span)], said.hint) == (name, at, hint)


def test_a_long_text_of_many_tags_is_read_in_bounded_time() -> None:
    began = time.perf_counter()
    for text in ("<speak>" + "<p/>" * 200_000 + "</speak>", "<speak>" + "<x>" * 200_000, "<speak>" + "&" * 200_000):
        assert len(ssml.faults(text)) < 40
    assert time.perf_counter() - began < 10


# Plain text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Welcome <break time='1s'/> to ACME", "<break time='1s'/>"),
        ("Hello <name>", "<name>"),
        ("Hello. <speak>More</speak>", "<speak>"),
        ("Press < 5", "<"),
    ],
)
def test_markup_outside_speak_is_said_at_its_place(text: str, at: str) -> None:
    assert findings(talk(text)) == [("tag-outside-speak", at)]


def test_an_entity_in_plain_text_is_said() -> None:
    assert findings(talk("Smith &amp; Sons")) == [("entity-in-plain-text", "&amp;")]


@pytest.mark.parametrize("text", ["R&D", "Smith & Sons", "Q&A; questions", "AT&T; hello"])
def test_an_ampersand_in_plain_text_is_read_nobody_knows_how(text: str) -> None:
    assert findings(talk(text)) == [("sign-in-plain-text", "&")]


@pytest.mark.parametrize("text", ["5 > 3", "100 %", "a {b} c"])
def test_signs_of_plain_text_are_right(text: str) -> None:
    assert findings(talk(text)) == []
