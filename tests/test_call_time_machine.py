"""What a call hears next, whatever happens: every way on of every construct, as tables."""

from __future__ import annotations

import pytest
from call_time import NOBODY, Call, answers, nobody, program

from flowc.program.machine import BUDGET, MOST_RETURNS, NOTHING, Ask, Position, Reply, Response, begin, failed, step
from flowc.program.understand import SILENCE, Event

ACCOUNT = """
flow: bank
failure: {talk: Sorry.}
steps:
  main:
    - input:
        prompt: Account?
        pattern: '\\d{4}'
        save: account
        noInput: Pardon?
        noMatch: No such account.
        otherwise: operator
    - request:
        url: "https://crm.example.com/{{ vars.account }}"
        save: customer
        expect: {type: object}
        when: {404: noMatch, 410: {hangup: Closed.}}
        otherwise: {hangup: No answer.}
    - branch:
        - {if: vars.customer.tier == 'gold', goto: {talk: You come first.}}
        - {if: vars.customer.tier, goto: continue}
        - otherwise: operator
    - hangup: "Hello {{ vars.customer.name | default('friend') }}."
  operator: {hangup: An operator.}
"""

LOOKUPS = [
    (Response(200, {"tier": "gold", "name": "Ada"}), ["You come first.", "Hello Ada."]),
    (Response(200, {"tier": "tin"}), ["Hello friend."]),
    (Response(299, {"tier": "tin"}), ["Hello friend."]),
    (Response(200, {}), ["An operator."]),
    (Response(200, []), ["An operator."]),
    (Response(200, None), ["An operator."]),
    (Response(200, {"tier": "gold"}, sound=False), ["No answer."]),
    (Response(302, {"tier": "gold"}), ["No answer."]),
    (Response(199, {"tier": "gold"}), ["No answer."]),
    (Response(410), ["Closed."]),
    (Response(500), ["No answer."]),
    (NOBODY, ["No answer."]),
    (Response(404), ["No such account.", "Account?", "input", "Sorry."]),
]


def test_a_pattern_of_a_program_from_elsewhere_takes_its_time_for_no_answer() -> None:
    bank = program(ACCOUNT)
    wait = bank.waits["main"]._replace(pattern="(1+)+")
    bank = bank._replace(waits={**bank.waits, "main": wait})
    assert Call(bank, answers({"tier": "tin"})).presses("1" * 40) == ["Hello friend."]
    assert Call(bank, answers({"tier": "tin"})).presses("1" * 40 + "*")[0] == "No such account."


@pytest.mark.parametrize("header", ["headers: {Tag: %}", "standardHeaders: {User-to-User: %}"])
@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "\0", "\x7f"])
def test_no_value_adds_a_header_to_a_call_by_sip(header: str, value: str) -> None:
    played = program(
        f"""
        flow: heads
        steps:
          main:
            - connect:
                sip: {{uri: "sip:desk@sip.example.com", {header.replace("%", '"{{ call.custom_data }}"')}}}
                when: {{failed: {{hangup: No line.}}}}
                otherwise: {{hangup: Bye.}}
        """
    )
    assert Call(played, custom_data=value).reply.actions[0] == {"action": "talk", "text": "No line."}
    (endpoint,) = Call(played, custom_data="a\tb é").reply.actions[0]["endpoint"]
    assert endpoint[header.partition(":")[0]] == {header[header.index("{") + 1 : -1].partition(":")[0]: "a\tb é"}


def test_a_websocket_is_told_any_text() -> None:
    played = program(
        """
        flow: told
        steps:
          main:
            - connect:
                websocket:
                  uri: wss://bot.example.com/
                  content-type: audio/l16;rate=8000
                  headers: {note: "{{ call.custom_data }}"}
        """
    )
    (endpoint,) = Call(played, custom_data="a\nb").reply.actions[0]["endpoint"]
    assert endpoint["headers"] == {"note": "a\nb"}


@pytest.mark.parametrize(("response", "heard"), LOOKUPS)
def test_a_request_leads_on_by_what_came_of_it(response: Response, heard: list[str]) -> None:
    call = Call(program(ACCOUNT), answers(response))
    assert call.presses("1234") == heard
    assert [each.data["url"] for each in call.asked] == ["https://crm.example.com/1234"]


ANSWERS = [
    (["1234"], "1234"),
    (["12", "123", "1234"], "1234"),
    (["", "1234"], "1234"),
    (["12345", "", "0000"], "0000"),
    (["1", "2", "3"], None),
    (["", "", ""], None),
    (["12a4", "*", "123#"], None),
]


@pytest.mark.parametrize(("keys", "account"), ANSWERS)
def test_an_answer_is_remembered_if_the_pattern_describes_all_of_it(keys: list[str], account: str | None) -> None:
    call = Call(program(ACCOUNT), nobody)
    for each in keys:
        call.presses(each)
    assert call.vars.get("account") == account
    assert bool(call.asked) == (account is not None)


@pytest.mark.parametrize(("silent", "left"), [(0, 3), (1, 2), (2, 1)])
def test_a_wrong_answer_takes_an_attempt_of_those_that_are_left(silent: int, left: int) -> None:
    call = Call(program(ACCOUNT), answers(404))
    for _ in range(silent):
        assert call.is_silent()[0] == "Pardon?"
    for number in range(left):
        heard = call.presses("1234")
        assert heard == (
            ["An operator."] if number == left - 1 else ["No such account.", "Account?", "input", "Sorry."]
        )


def test_any_answer_of_an_input_may_be_a_wrong_one_after_all() -> None:
    played = program("""
        flow: any
        steps:
          main:
            - input: {prompt: Number?, save: number, noMatch: [No., Not that., Never.], otherwise: bye}
            - switch: {value: vars.number, cases: {1: noMatch}, otherwise: continue}
            - hangup: "{{ vars.number }}"
          bye: {hangup: Bye.}
        """)
    call = Call(played)
    assert [call.presses("1")[0], call.presses("1")[0], call.presses("1")[0]] == ["No.", "Not that.", "Bye."]
    call = Call(played)
    call.is_silent()
    call.presses("1")
    assert call.presses("7") == ["7"]


def test_an_answer_is_wrong_only_once_when_all_attempts_are_over() -> None:
    call = Call(program("""
        flow: over
        failure: {hangup: Sorry.}
        steps:
          main:
            - set: {n: 0}
            - input: {prompt: Number?, save: n, attempts: 2, noMatch: No., otherwise: continue}
            - request: {url: "https://e.example.com/{{ vars.n }}", when: {404: noMatch}, otherwise: main}
        """), answers(404))  # fmt: skip
    assert call.presses("1")[0] == "No."
    assert call.is_silent() == ["Sorry."] and len(call.asked) == 3


WORDS = """
flow: words
steps:
  main:
    menu:
      prompt: Sales or support? Press 1 or 2.
      options:
        1: {say: [sales, "don't know"], goto: {hangup: Sales.}}
        2: {say: support, goto: {hangup: Support.}}
        sales support: {hangup: Both.}
        Straße: {hangup: Road.}
        café: {hangup: Tea.}
        हाँ: {hangup: Yes.}
      noMatch: None of these.
      noInput: Pardon?
      otherwise: {hangup: Bye.}
"""

HEARD = [
    (Event(words=(("sales", 0.5),)), "Sales."),
    (Event(words=(("I want SALES, please!", 0.5),)), "Sales."),
    (Event(words=(("the sales support team", 0.5),)), "Both."),
    (Event(words=(("support sales", 0.5),)), "Support."),
    (Event(words=(("wholesales", 0.5),)), "None of these."),
    (Event(words=(("sale s", 0.5),)), "None of these."),
    (Event(words=(("sales", 0.2), ("support", 0.8))), "Support."),
    (Event(words=(("sales", 0.8), ("support", 0.8))), "Sales."),
    (Event(words=(("nothing", 0.9), ("support", 0.1))), "None of these."),
    (Event(words=(("I don’t know", 0.5),)), "Sales."),
    (Event(words=(("I don't know", 0.5),)), "Sales."),
    (Event(words=(("STRASSE", 0.5),)), "Road."),
    (Event(words=(("cafe\u0301", 0.5),)), "Tea."),
    (Event(words=(("जी हाँ", 0.5),)), "Yes."),
    (Event(words=(("ह", 0.5),)), "None of these."),
    (Event("2", words=(("sales", 0.9),)), "Support."),
    (Event("9", words=(("sales", 0.9),)), "None of these."),
    (Event(words=(("", 0.9),)), "None of these."),
    (Event(words=(("\ud800", 0.9),)), "None of these."),
    (Event(words=(("?!", 0.9),)), "None of these."),
    (SILENCE, "Pardon?"),
    (Event(status="busy"), "Pardon?"),
]


@pytest.mark.parametrize(("event", "heard"), HEARD)
def test_words_are_compared_as_people_say_them(event: Event, heard: str) -> None:
    call = Call(program(WORDS))
    call.sends(event)
    assert call.heard[0] == heard


@pytest.mark.parametrize("said", ["", "anything", "?!"])
def test_an_option_without_a_word_in_it_is_said_by_nobody(said: str) -> None:
    call = Call(
        program("""
        flow: signs
        steps:
          main:
            menu:
              prompt: Say it.
              options: {"?!": {hangup: Signs.}, sales: {hangup: Sales.}}
              noMatch: No.
              otherwise: {hangup: Bye.}
        """)
    )
    assert call.says(said)[0] == "No."


def test_an_answer_in_words_is_remembered_with_how_sure_it_was() -> None:
    played = program("""
        flow: sure
        steps:
          main:
            - input: {prompt: Name?, save: name, speech: {}, dtmf: {}, otherwise: bye}
            - branch: [{if: confidence < 0.5, goto: noMatch}, {otherwise: bye}]
          bye: {hangup: "{{ vars.name | default('') }} {{ confidence }}"}
        """)
    assert played.keeps == ("confidence",)
    assert Call(played).says(("Ada", 0.7)) == ["Ada 0.7"]
    assert Call(played).presses("12") == ["12 1"]
    call = Call(played)
    assert call.says(("Ada", 0.4))[-1] == "input"
    assert call.says(("Ida", 0.5)) == ["Ida 0.5"]
    assert Call(program(ACCOUNT)).reply.state.confidence is None


OUTCOMES = """
flow: dial
steps:
  main:
    - talk: One moment.
    - connect: {phone: 447700900100, when: {busy: {talk: Busy.}, machine: continue}, machineDetection: continue}
    - talk: Later, then.
  other:
    - connect: {phone: 447700900100, when: {busy: {talk: Busy.}}, otherwise: continue}
    - talk: Later, then.
"""

LED = [
    ("main", "busy", ["Busy.", "Later, then."]),
    ("main", "machine", ["Later, then."]),
    ("main", "timeout", None),
    ("main", "answered", None),
    ("main", "", None),
    ("other", "busy", ["Busy.", "Later, then."]),
    ("other", "timeout", ["Later, then."]),
    ("other", "rejected", ["Later, then."]),
    ("other", "failed", ["Later, then."]),
    ("other", "unanswered", ["Later, then."]),
    ("other", "machine", None),
    ("other", "completed", None),
]


@pytest.mark.parametrize(("start", "status", "heard"), LED)
def test_an_outcome_without_a_target_changes_nothing(start: str, status: str, heard: list[str] | None) -> None:
    call = Call(program(OUTCOMES.replace("steps:", f"start: {start}\nsteps:", 1)))
    reply = call.sends(Event(status=status))
    assert (None if reply is None else call.heard) == heard


def test_what_does_not_stand_where_a_webhook_says_is_answered_by_nothing() -> None:
    played = program(ACCOUNT)
    for position in (Position("nowhere"), Position("main", 4), Position("main", 0), Position("operator")):
        assert step(played, position, Call(played).reply.state, SILENCE) is None


NOTIFIED = """
flow: told
failure: {talk: Sorry.}
steps:
  main:
    - talk: One moment.
    - request: {url: "https://e.example.com/1", save: a, timeout: 2, otherwise: bye}
    - request: {url: "https://e.example.com/2", save: b, timeout: 2, otherwise: bye}
    - request: {url: "https://e.example.com/3", save: c, timeout: 1.5, otherwise: bye}
    - hangup: "{{ vars.a.x }}{{ vars.b.x }}{{ vars.c.x }}"
  bye: {hangup: Bye.}
"""


def test_a_call_comes_back_for_what_is_asked_behind_words_and_for_what_takes_too_long() -> None:
    call = Call(program(NOTIFIED), answers({"x": 1}, {"x": 2}, {"x": 3}))
    assert call.heard == ["One moment.", "notify", "Sorry."]
    assert call.actions[1]["payload"] == {"step": "main.2"}
    assert (call.reply.waits, call.reply.at, call.asked) == (Position("main.2"), 1, [])
    assert call.is_silent() == ["notify", "Sorry."]
    assert call.reply.waits == Position("main.4", 2)
    assert [each.timeout for each in call.asked] == [2, 2] and sum(each.timeout for each in call.asked) <= BUDGET
    assert call.vars == {"a": {"x": 1}, "b": {"x": 2}}
    assert call.is_silent() == ["123"]
    assert call.reply.waits is None


UNUSABLE = [
    ("connect: {phone: %, when: {failed: {hangup: No line.}}, otherwise: bye}", "x", ["Hi.", "No line."]),
    ("connect: {phone: %, otherwise: bye}", "447700900100\n", ["Hi.", "Bye."]),
    ("connect: {phone: %, otherwise: bye}", "00447700900100", ["Hi.", "Bye."]),
    ("connect: {phone: %, otherwise: bye}", None, ["Hi.", "Bye."]),
    ("connect: {phone: %, when: {busy: bye}}", "x", ["Hi.", "Sorry."]),
    ("connect: {phone: %}", "x", ["Hi.", "Sorry."]),
    ("connect: {phone: 447700900100, timeout: %}", "x", ["Hi.", "Sorry."]),
    ("connect: {phone: 447700900100, timeout: %}", 2.5, ["Hi.", "Sorry."]),
    ("connect: {phone: 447700900100, timeout: %}", 0, ["Hi.", "Sorry."]),
    ("connect: {phone: 447700900100, timeout: %}", True, ["Hi.", "Sorry."]),
    ("stream: {streamUrl: 'https://e.example.com/a.mp3', level: %}", 2, ["Hi.", "Sorry."]),
    ("talk: %", "x" * 1501, ["Hi.", "Sorry."]),
    ("talk: {text: Hello., bargeIn: %}", "maybe", ["Hi.", "Sorry."]),
    ("input: {prompt: Number?, dtmf: {maxDigits: %}, otherwise: bye}", 21, ["Hi.", "Bye."]),
    ("input: {prompt: Number?, options: {failed: main}, dtmf: {maxDigits: %}, otherwise: bye}", 21, ["Hi.", "Bye."]),
]

FITTING = [
    ("connect: {phone: %, otherwise: bye}", 447700900100, ["Hi.", "connect"]),
    ("connect: {phone: 447700900100, timeout: %}", "30", ["Hi.", "connect", "End."]),
    ("talk: %", ["a", 1, True], ["Hi.", "a, 1, true", "End."]),
    ("talk: %", {"a": 1}, ["Hi.", "End."]),
    ("talk: %", 1.50, ["Hi.", "1.5", "End."]),
    ("talk: %", ["<speak>x</speak>"], ["Hi.", "speak>x</speak>", "End."]),
    ("talk: {text: Hello., bargeIn: %}", "false", ["Hi.", "Hello.", "End."]),
]

FROM_OUTSIDE = """
flow: outside
failure: {talk: Sorry.}
steps:
  main:
    - request: {url: "https://e.example.com/", save: got, otherwise: bye}
    - talk: Hi.
    - ACTION
    - talk: End.
  bye: {hangup: Bye.}
"""


@pytest.mark.parametrize(("action", "value", "heard"), [*UNUSABLE, *FITTING])
def test_a_value_that_breaks_a_limit_takes_the_way_of_a_failure(action: str, value: object, heard: list[str]) -> None:
    played = program(FROM_OUTSIDE.replace("ACTION", action.replace("%", '"{{ vars.got.x }}"')))
    call = Call(played, answers({"x": value}))
    assert call.heard == heard
    assert bool(call.reply.unusable) == ((action, value, heard) in UNUSABLE)


UNASKABLE = [
    ("url: 'https://e.example.com/a/{{ vars.got }}/b'", "..", None),
    ("url: 'https://e.example.com/a/{{ vars.got }}'", ".", None),
    ("url: 'https://e.example.com/a/{{ vars.got }}'", "../admin?x=1#", "https://e.example.com/a/..%2Fadmin%3Fx%3D1%23"),
    ("url: 'https://e.example.com/a/{{ vars.got }}'", "a.b", "https://e.example.com/a/a.b"),
    ("url: 'https://e.example.com/a?x={{ vars.got }}'", "..&y=é\ud800", "https://e.example.com/a?x=..%26y%3D%C3%A9"),
    ("url: 'https://e.example.com/', headers: {A: '{{ vars.got }}'}", "a\n", None),
    ("url: 'https://e.example.com/', headers: {A: '{{ vars.got }}'}", "a\r\nB: c", None),
    ("url: 'https://e.example.com/', headers: {A: '{{ vars.got }}'}", "a" * 4001, None),
    ("url: 'https://e.example.com/', headers: {A: '{{ vars.got }}'}", [1, "é"], "https://e.example.com/"),
]


@pytest.mark.parametrize(("fields", "value", "url"), UNASKABLE)
def test_what_cannot_be_asked_is_not_asked(fields: str, value: object, url: str | None) -> None:
    played = program(f"""
        flow: asks
        steps:
          main:
            - request: {{url: "https://e.example.com/", save: got, otherwise: bye}}
            - request: {{{fields}, otherwise: bye}}
            - hangup: Asked.
          bye: {{hangup: Bye.}}
        """)
    call = Call(played, answers(value))
    assert [each.data["url"] for each in call.asked[1:]] == ([] if url is None else [url])
    assert call.heard == (["Bye."] if url is None else ["Asked."])


def test_what_is_heard_before_what_cannot_be_done_stays() -> None:
    played = program("""
        flow: cut
        steps:
          main:
            - talk: "Hello {{ call.from }}."
            - talk: One moment.
            - connect: {phone: "{{ call.custom_data.agent }}"}
            - talk: Nobody hears this.
        """)
    call = Call(played, **{"from": "4477", "custom_data": {}})
    assert call.heard == ["Hello 4477.", "One moment."]
    ((at, field, reads, why),) = call.reply.unusable
    assert (at, field, reads) == ("main", "connect endpoint.number", "call.custom_data.agent")
    assert why == "it is empty, where it takes a phone number"
    assert Call(played, custom_data={"agent": "447700900100"}).heard[2:] == ["connect", "Nobody hears this."]


def test_a_round_of_numbers_that_cannot_be_dialled_ends() -> None:
    call = Call(
        program("""
        flow: dead
        failure: {hangup: Sorry.}
        steps:
          main: {connect: {phone: "{{ call.custom_data.agent }}", otherwise: main}}
        """)
    )
    assert call.heard == ["Sorry."]


def test_a_round_of_requests_that_cannot_be_asked_ends() -> None:
    call = Call(program("""
        flow: dead
        failure: {hangup: Sorry.}
        steps:
          main: {request: {url: "https://e.example.com/{{ call.to }}/x", otherwise: main}}
        """), to="..")  # fmt: skip
    assert call.heard == ["Sorry."] and not call.asked


POLL = """
flow: poll
failure: {talk: Sorry.}
steps:
  main:
    - goto: look
  look:
    - request: {url: "https://e.example.com/job", timeout: SECONDS, save: job, otherwise: look}
    - branch: [{if: vars.job.done | default(false), goto: done}, {otherwise: again}]
  again: [BETWEEN, {goto: look}]
  done: {talk: Done.}
"""


def polled(seconds: object, between: str, *bodies: object) -> Call:
    text = POLL.replace("SECONDS", str(seconds)).replace("BETWEEN", between)
    return Call(program(text), answers(*bodies))


@pytest.mark.parametrize("seconds", [0.1, 1, 4])
@pytest.mark.parametrize(
    "between", ["{goto: continue}", "{notify: {payload: {a: 1}, eventUrl: https://e.example.com/}}"]
)
@pytest.mark.parametrize("body", [{}, 500])
def test_a_round_of_requests_that_never_ends_comes_to_the_failure(seconds: object, between: str, body: object) -> None:
    call = polled(seconds, between, body)
    webhooks = 1
    while call.reply.waits is not None:
        assert call.reply.waits == Position(call.reply.waits.at, webhooks)
        before = len(call.asked)
        call.is_silent()
        assert 1 <= len(call.asked) - before <= 10
        webhooks += 1
    assert call.heard[-1] == "Sorry." and call.reply.endless == "look"
    assert webhooks == MOST_RETURNS + 1 and len(call.asked) <= 10 * webhooks


def test_a_round_of_requests_ends_when_the_answer_is_there() -> None:
    call = polled(1, "{goto: continue}", *[{}] * 9, {"done": True})
    while call.reply.waits is not None:
        call.is_silent()
    assert call.heard == ["Done."] and len(call.asked) == 10 and call.reply.endless is None


@pytest.mark.parametrize("between", ["{talk: One moment.}", "{wait: 2}"])
def test_a_round_in_which_the_caller_hears_or_waits_goes_on(between: str) -> None:
    call = polled(2, between, {})
    for _ in range(3 * MOST_RETURNS):
        assert call.reply.waits == Position("look", 1)
        call.is_silent()
    assert len(call.asked) == 3 * MOST_RETURNS + 1


def test_nothing_answers_for_a_call_that_came_back_too_often() -> None:
    played = program(POLL.replace("SECONDS", "1").replace("BETWEEN", "{goto: continue}"))
    for returns in (0, -1, MOST_RETURNS + 1):
        assert step(played, Position("look", returns), Call(played).reply.state, SILENCE) is None
    assert step(played, Position("look", MOST_RETURNS), Call(played).reply.state, SILENCE) is not None


ENDLESS = [
    ("branch: [{if: random < 2, goto: main}, {otherwise: end}]", []),
    ("branch: [{if: random > 2, goto: end}, {otherwise: main}]", []),
    ("branch: [{if: random < 2, goto: {talk: Round.}}, {otherwise: end}]", ["Round."]),
]


@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize(("action", "_"), ENDLESS)
def test_a_round_of_choices_that_never_ends_comes_to_the_failure(action: str, _: list[str], words: bool) -> None:
    call = Call(
        program(f"""
        flow: round
        failure: {{talk: Sorry.}}
        steps:
          main:
            {"- talk: Again." if words else ""}
            - {action}
            - goto: main
          end: {{hangup: End.}}
        """)
    )
    assert call.heard[-1] == "Sorry." and call.reply.endless
    assert len(call.actions) <= 200


EMPTY = [
    "talk: \"{{ call.user }}\"",
    "talk: \"  {{ call.user }} \"",
    "set: {a: 1}",
    "goto: continue",
    "branch: [{if: call.user, goto: {hangup: x}}, {otherwise: continue}]",
]  # fmt: skip


@pytest.mark.parametrize("action", EMPTY)
def test_an_ncco_is_never_empty(action: str) -> None:
    played = program(f'flow: empty\nsteps:\n  main:\n    - {action}\n    - talk: "{{{{ call.user }}}}"\n')
    assert Call(played).actions == (NOTHING,)
    assert Call(program(f"flow: empty\nfailure: {{hangup: }}\nsteps:\n  main: {{{action}}}\n")).actions == (NOTHING,)


def test_an_empty_talk_is_left_out_and_the_others_stay() -> None:
    played = program("""
        flow: gaps
        steps:
          main:
            - talk: "{{ call.user }}"
            - talk: "<speak>{{ call.user }}</speak>"
            - menu:
                prompt: ["{{ call.user }}", Press 1.]
                options: {1: main}
                noInput: "{{ call.user }}"
                otherwise: {hangup: Bye.}
        """)
    call = Call(played)
    assert call.heard == ["<speak></speak>", "Press 1.", "input"] and call.reply.at == 2
    assert call.is_silent() == ["Press 1.", "input"] and call.reply.at == 1


def test_what_is_behind_a_question_is_the_failure_as_it_is_now() -> None:
    played = program(ACCOUNT)
    assert Call(played).heard == ["Account?", "input", "Sorry."]
    reply = failed(played, SILENCE)
    assert reply is not None and [each["text"] for each in reply.actions] == ["Sorry."]
    assert failed(program(OUTCOMES), SILENCE) is None


def test_what_was_remembered_can_be_remembered_anew() -> None:
    call = Call(
        program("""
        flow: sets
        steps:
          main:
            - set: {n: 1, m: "{{ vars.n + 1 }}", text: "n is {{ vars.n }}", yes: true, none: null}
            - set: {list: "{{ [1, 'a'] }}", n: "{{ vars.n + vars.m }}"}
            - input: {prompt: "{{ vars.text }}", save: n, otherwise: main}
            - hangup: "{{ vars.n }} {{ vars.m }}"
        """)
    )
    expected = {"n": 3, "m": 2, "text": "n is 1", "yes": True, "none": None, "list": [1, "a"]}
    assert call.vars == expected
    assert call.presses("77") == ["77 2"]


def test_only_what_some_document_reads_is_kept_of_a_call() -> None:
    played = program("""
        flow: keeps
        steps:
          main:
            - menu: {prompt: Press 1., options: {1: continue}, otherwise: continue}
            - hangup: "{{ call.from }} {{ call.sip['X-Tier'] }}"
        """)
    call = Call(played, **{"from": "4477", "to": "4420", "sip": {"X-Tier": "gold"}, "uuid": "u"})
    assert call.reply.state.call == {"from": "4477", "sip": {"X-Tier": "gold"}}
    assert call.presses("1") == ["4477 gold"]


def test_a_whisper_carries_what_it_reads() -> None:
    played = program("""
        flow: whisper
        steps:
          main:
            - set: {who: "{{ call.from }}"}
            - connect: {phone: 447700900100, onAnswer: "A call from {{ vars.who }}.", otherwise: bye}
          bye: {hangup: Bye.}
        """)
    call = Call(played, **{"from": "4477"})
    (connect,) = call.actions
    endpoint = connect["endpoint"][0]  # type: ignore[index]
    assert endpoint["onAnswer"]["url"] in played.documents
    whisper = played._replace(start=endpoint["onAnswer"]["url"])
    said = step(whisper._replace(waits={" ": played.waits["main.2"]._replace(exits={"": whisper.start})}),
                Position(" "), call.reply.state, SILENCE)  # fmt: skip
    assert isinstance(said, Reply) and [each["text"] for each in said.actions] == ["A call from 4477."]


def test_a_secret_is_read_by_a_header_alone() -> None:
    played = program("""
        flow: secret
        params: {crm_key: {type: secret}}
        steps:
          main:
            - request: {url: "https://e.example.com/", headers: {Key: "k {{ params.crm_key }}"}, otherwise: end}
            - goto: end
          end: {hangup: Bye.}
        """)
    assert played.secrets == ("crm_key",)
    asked = begin(played._replace(params={"crm_key": "s3cret"}), {}, SILENCE)
    assert isinstance(asked, Ask) and asked.data["headers"] == {"Key": "k s3cret"}
