"""The facts of the platform can be asked for: voices, languages, fields, and what follows an action."""

from __future__ import annotations

import pytest

from flowc.language.reference import pages
from flowc.language.schema import facts


def test_voices_have_the_gaps_of_the_table() -> None:
    voices = facts.voices()
    assert len(voices) == 59
    assert voices["en-GB"].styles == {0, 1, 2, 3, 4, 5, 6, 7, 9}
    assert voices["en-GB"].without_ssml == {9}
    assert voices["nl-BE"].styles == {0, 2}
    assert voices["gu-IN"].standard == set() and voices["gu-IN"].premium == {0, 1}
    assert "no-NO" in facts.later_voices() and not facts.later_voices() & voices.keys()


def test_styles_without_ssml_are_styles() -> None:
    assert all(voice.without_ssml <= voice.styles for voice in facts.voices().values())


def test_old_voice_names_lead_to_voices() -> None:
    names = facts.voice_names()
    assert names["Amy"] == (("en-GB", 0),)
    assert names["Henrik"] == (("no-NO", 1), ("nb-NO", 7))
    for code, style in (voice for found in names.values() for voice in found):
        assert code in facts.later_voices() or style in facts.voices()[code].styles
    assert set(facts.known("discontinuedVoiceNames").values()) <= names.keys()


def test_recognition_knows_other_codes_than_speech() -> None:
    codes = facts.asr_languages()
    assert len(facts.known("asrLanguages")["codes"]) == 127
    assert {"zh", "cmn-hans-cn", "yue-hant-HK", "en-GB"} <= codes
    assert not {"ar", "cmn-CN", "pa-IN"} & codes


@pytest.mark.parametrize(
    ("name", "path", "known"),
    [
        ("input", ("dtmf", "timeOut"), {"default": 3, "minimum": 0, "maximum": 10}),
        ("input", ("dtmf", "maxDigits"), {"default": 4, "maximum": 20}),
        ("input", ("speech", "endOnSilence"), {"default": 2.0, "minimum": 0.4, "maximum": 10}),
        ("input", ("speech", "startTimeout"), {"default": 10, "minimum": 1, "maximum": 60}),
        ("record", ("timeOut",), {"minimum": 3, "maximum": 7200}),
        ("connect", ("timeout",), {"default": 60, "minimum": 1, "maximum": 120}),
        ("connect", ("advancedMachineDetection", "beep_timeout"), {"minimum": 45, "maximum": 120}),
        ("connect", ("eventUrl",), {"type": "array", "minItems": 1, "maxItems": 1}),
        ("connect", ("ringbackTone",), {"type": "string"}),
        ("connect", ("endpoint", 0, "phone", "number"), {"pattern": "^[1-9][0-9]{6,14}$"}),
        ("connect", ("endpoint", "phone", "onAnswer", "url"), {"type": "string"}),
        ("websocket", ("authorization", "value"), {"maxLength": 8191}),
        ("wait", ("timeout",), {"default": 10, "minimum": 0.1, "maximum": 7200}),
    ],
)
def test_a_field_is_found_by_its_path(name: str, path: tuple[str | int, ...], known: dict[str, object]) -> None:
    assert known.items() <= facts.field(name, *path).items()


@pytest.mark.parametrize("path", [("talk", "txt"), ("connect", "endpoint", "fax"), ("phone", "user"), ("pay",)])
def test_a_field_that_does_not_exist_is_not_found(path: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        facts.field(*path)


def test_every_rule_of_what_follows_is_reached_and_has_words() -> None:
    for name in facts.ACTIONS:
        rules = facts.action(name)["x-flowc"]["then"]
        assert all("if" in rule for rule in rules[:-1]) and "if" not in rules[-1]
        assert all(rule["then"] in pages.FOLLOWS for rule in rules)
        assert all(rule.get("for") in ("answer", "outcome") for rule in rules if rule["then"] == "waits")
