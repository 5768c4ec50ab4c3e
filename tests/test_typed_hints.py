"""What a hint says to type is typed: then nothing is wrong any more."""

from __future__ import annotations

import pytest
from test_hints import AROUND, BEHIND, findings

TEST = 'branch: [{{if: "{}", goto: continue}}, {{otherwise: sales}}]'
SAY = 'talk: "{{{{ {} }}}}."'
COUNT = 'set: {{n: "{{{{ {} }}}}"}}'
MENU = 'menu: {{prompt: "For sales, press 1.", options: {{1: sales}}, otherwise: {}}}'
INPUT = "input: {{prompt: Your PIN?, save: code, otherwise: sales, {}}}"
ASK = "request: {{url: https://a.example.com/, expect: {{{}}}, save: order, otherwise: sales}}"
CALL = "connect: {{phone: 447700900100, otherwise: sales, {}}}"

TYPED = [
    # how it is written by habit, the piece of it that is wrong, and what the hint has for that
    (TEST, "vars.pin is defined", "vars.pin is defined", "vars.pin != none"),
    (TEST, "vars.pin is a number", "vars.pin is a number", "vars.pin | int != none"),
    (COUNT, "call.from + 1", "call.from", "call.from | int"),
    (SAY, "now()", "now()", "now"),
    (SAY, "Math.random()", "Math.random()", "random"),
    (SAY, "random(1, 6)", "random(1, 6)", "((random * 6) | int) + 1"),
    (SAY, "now().strftime('%H')", "now().strftime('%H')", "now | time"),
    (SAY, "today().isoformat()", "today().isoformat()", "today"),
    (SAY, "uuid()", "uuid()", "call.uuid"),
    (SAY, "str(vars.pin)", "str(vars.pin)", "vars.pin"),
    (SAY, "vars.pin.toString()", "vars.pin.toString()", "vars.pin"),
    (SAY, "vars.pin.substring(0, 3)", "vars.pin.substring(0, 3)", "vars.pin[:3]"),
    (SAY, "vars.pin.substr(2, 3)", "vars.pin.substr(2, 3)", "vars.pin[2:5]"),
    (SAY, "vars.pin.charAt(0)", "vars.pin.charAt(0)", "vars.pin[0]"),
    (SAY, "max(vars.tries, 3)", "max(vars.tries, 3)", "vars.a if vars.a < vars.b else vars.b"),
    (SAY, "caller.number", "caller.number", "call.from"),
    (SAY, "locale", "locale", "language"),
    (SAY, "call.time", "call.time", "now"),
    (SAY, "call.headers['X-A']", "call.headers['X-A']", "call.sip['X-NAME']"),
    (SAY, "vars.tries.count", "vars.tries.count", "vars.tries"),
    (SAY, "vars.tries | round(-1)", "round(-1)", "round(2)"),
    (TEST, "call.from == '+44 7700 900123'", "'+44 7700 900123'", "'447700900123'"),
    (TEST, "call.from[:3] == '+44'", "call.from[:3] == '+44'", "call.from[:2] == '44'"),
    (TEST, "call.from[0:3] == '44'", "call.from[0:3] == '44'", "call.from[:2] == '44'"),
    (TEST, "call.from[-4:] == '123'", "call.from[-4:] == '123'", "call.from[-3:] == '123'"),
    (TEST, "call.to[3:5] == '7'", "call.to[3:5] == '7'", "call.to[3:4] == '7'"),
    (TEST, "vars.pin is not a number", "vars.pin is not a number", "vars.pin | int == none"),
    (TEST, "hours.office is open", "hours.office is open", "hours.office == 'open'"),
    (TEST, "call.from.startsWith('+44')", "call.from.startsWith('+44')", "call.from[:2] == '44'"),
    (TEST, "call.from like '+44%'", "call.from like '+44%'", "call.from[:2] == '44'"),
    (TEST, "call.from == +447700900123", "+447700900123", "'447700900123'"),
    (TEST, "call.from == 00447700900123", "00447700900123", "'447700900123'"),
    (TEST, "vars.tries > '3'", "'3'", "3"),
    (TEST, "vars.pin | length == '4'", "'4'", "4"),
    (TEST, "confidence > '0.5'", "'0.5'", "0.5"),
    (TEST, "vars.pin | upper == 'abc'", "'abc'", "'ABC'"),
    (TEST, "'9:00' <= (now | time) < '17:00'", "'9:00'", "'09:00'"),
    (TEST, "random < 50%", "random < 50%", "random < 0.5"),
    (TEST, "random > 30", "random > 30", "random > 0.3"),
    (TEST, "50 <= confidence", "50 <= confidence", "confidence >= 0.5"),
    (TEST, "hours.office == true", "hours.office == true", "hours.office == 'open'"),
    (TEST, "hours.office in ['opn', 'holiday']", "opn", "open"),
    (TEST, "(now | time) < '9:00'", "'9:00'", "'09:00'"),
    (TEST, "(now | time) >= '5pm'", "'5pm'", "'17:00'"),
    (TEST, "today == '2035-1-5'", "'2035-1-5'", "'2035-01-05'"),
    (TEST, "today == '2035-12'", "today == '2035-12'", "today[:7] == '2035-12'"),
    (TEST, "call.from() == '447700900123'", "call.from()", "call.from"),
    (TEST, "today[8:] == '1'", "'1'", "'01'"),
    (TEST, "today[5:7] in ['1', '12']", "'1'", "'01'"),
    (TEST, "now[11:13] == '9'", "'9'", "'09'"),
    (TEST, "call.from == '07700900123'", "'07700900123'", "'447700900123'"),
    (ASK, "type: [object, nul]", "type: [object, nul]", "type: [object, 'null']"),
    (ASK, "type: [object, null]", "type: [object, null]", "type: [object, 'null']"),
    (ASK, "type: [strin, 'null']", "type: [strin, 'null']", "type: [string, 'null']"),
    (ASK, "type: null", "type: null", "type: 'null'"),
    (ASK, "type: string, nullable: true", "type: string, nullable: true", "type: [string, 'null']"),
    (ASK, "properties: {a: nil}", "a: nil", "a: {type: 'null'}"),
    (ASK, "dependentRequired: {a: [b], c: [d]}", "dependentRequired: {a: [b], c: [d]}",
     "allOf: [{if: {required: [a]}, then: {required: [b]}}, {if: {required: [c]}, then: {required: [d]}}]"),
    (MENU, "Bye bye.", "Bye bye.", "{hangup: Bye bye.}"),
    (MENU, '"Sorry, nobody is there"', '"Sorry, nobody is there"', '{hangup: "Sorry, nobody is there"}'),
    (MENU, "https://audio.example.com/a.mp3", "https://audio.example.com/a.mp3", "{stream: https://audio.example.com/a.mp3}"),
    (MENU, "sip:desk@example.com", "sip:desk@example.com", "{connect: {sip: sip:desk@example.com}}"),
    (INPUT, "dtmf: {timeOut: 15s}", "timeOut: 15s", "timeOut: 10"),
    (INPUT, "dtmf: {timeOut: 1 minute}", "timeOut: 1 minute", "timeOut: 10"),
    (INPUT, "timeout: 30", "timeout: 30", "dtmf: {timeOut: 10}"),
    (INPUT, "timeout: 30s", "timeout: 30s", "dtmf: {timeOut: 10}"),
    (INPUT, "timeout: 5000", "timeout: 5000", "dtmf: {timeOut: 5}"),
    (INPUT, "maxDigits: 30", "maxDigits: 30", "dtmf: {maxDigits: 20}"),
    (INPUT, "save: vars.a", "vars.a", "a"),
    (CALL, "timeout: 5m", "timeout: 5m", "timeout: 120"),
    ("record: {{beepStart: true, {}}}", "endOnSilence: 1s", "endOnSilence: 1s", "endOnSilence: 3"),
    ("wait: {}", "3h", "wait: 3h", "wait: 7200"),
]  # fmt: skip


def wrong(step: str) -> list[tuple[str, str | None]]:
    """What is said of an action in the middle of a sound flow."""
    first = AROUND.count("\n") + 1
    text = f"{AROUND}    - {step}\n    - record: {{endOnSilence: 3}}{BEHIND}"
    return [(each.rule.name, each.hint) for _, _, each in findings(text, first, first)]


@pytest.mark.parametrize(("form", "written", "piece", "typed"), TYPED)
def test_what_a_hint_says_can_be_typed(form: str, written: str, piece: str, typed: str) -> None:
    step = form.format(written)
    said = [hint for _, hint in wrong(step.replace("save: code, ", "") if "save:" in written else step)]
    assert len(said) == 1 and typed in (said[0] or ""), said
    filled = typed.replace("vars.a", "vars.tries").replace("vars.b", "3").replace("X-NAME", "X-A")
    filled = typed if piece == "vars.a" else filled
    right = step.replace(piece, filled)
    assert wrong(right.replace("save: code, ", "") if "save:" in written else right) == []
