"""From a flow to its program: which documents there are, what they are called, and what leads where."""

from __future__ import annotations

from textwrap import dedent

from flowc import compiler
from flowc.program.program import Failure, Program


def program(text: str) -> Program:
    result = compiler.compile(dedent(text))
    assert result.program is not None, [each.message for each in result.diagnostics]
    return result.program


def test_a_document_is_named_after_where_it_begins() -> None:
    found = program(
        """
        flow: acme
        steps:
          main:
            - menu:
                prompt: "{{ options }}"
                options:
                  1: [{talk: One.}]
                  "*": {label: two, goto: [{talk: Two.}]}
                  "#": {label: three, goto: [{talk: Three.}]}
                  12: {label: four, goto: [{talk: Four.}]}
                  "yes please": [{talk: Yes.}]
                  5: continue
                  6: end
                noInput: Pardon?
                otherwise: [{talk: Too bad.}]
            - talk: After the menu.
            - connect: {phone: 447700900100, when: {busy: [{talk: Busy.}]}, otherwise: end}
          end:
            - talk: Bye.
        """
    )
    assert set(found.documents) == {
        "main", "end", "main.press1", "main.star", "main.hash", "main.press12", "main.say-yes-please", "main.2",
        "main.otherwise", "main~2-noInput", "main~2-noMatch", "main~3-noInput", "main~3-noMatch", "main.3.busy",
    }  # fmt: skip
    assert set(found.waits) == {"main", "main.3"}
    assert found.waits["main"].exits == {
        "1": "main.press1", "*": "main.star", "#": "main.hash", "12": "main.press12",
        "yes please": "main.say-yes-please", "5": "main.2", "6": "end",
    }  # fmt: skip


def test_a_block_in_place_goes_on_behind_the_action_it_stands_in() -> None:
    found = program(
        """
        flow: acme
        steps:
          main:
            - menu:
                prompt: To hear the news, press 1.
                options:
                  1:
                    - input: {prompt: Your number?, attempts: 1, otherwise: continue}
                    - talk: Thank you.
                otherwise: continue
            - talk: Goodbye.
        """
    )
    assert found.documents["main.press1"].asks == "main.press1"
    assert found.waits["main.press1"].answered == "main.press1.2"
    assert found.documents["main.press1.2"].goes_on == "main.2"
    assert found.waits["main.press1"].failures == (Failure("main.press1.2", "main.press1.2"),)
    assert found.documents["main.2"].goes_on is None


def test_each_attempt_has_its_words_and_the_last_of_them_stay() -> None:
    found = program(
        """
        flow: acme
        input: {attempts: 4}
        steps:
          main:
            menu:
              prompt: For sales, press 1.
              options: {1: end}
              noInput: [First., Second.]
              noMatch: [{goto: end}]
              otherwise: end
          end: {talk: Bye.}
        """
    )
    texts = [found.documents[f"main~{attempt}-noInput"].actions[0]["text"] for attempt in (2, 3, 4)]
    assert texts == ["First.", "Second.", "Second."]
    assert [found.documents[f"main~{attempt}-noInput"].attempt for attempt in (2, 3, 4)] == [2, 3, 4]
    assert {failure.no_match for failure in found.waits["main"].failures} == {"end"}
    assert found.waits["main"].failures[-1].no_input == "end"


def test_an_input_takes_any_answer_and_the_block_goes_on() -> None:
    found = program(
        """
        flow: acme
        steps:
          main:
            - input: {prompt: Your order number?, options: {0: desk}, otherwise: desk}
            - talk: Thank you.
          desk: {talk: Hold on.}
        """
    )
    wait = found.waits["main"]
    assert (wait.exits, wait.answered) == ({"0": "desk"}, "main.2")
    assert wait.failures[0] == Failure("main~2-noInput", "main.2")


def test_prompts_can_be_interrupted_unless_words_are_listened_for_or_the_author_says_otherwise() -> None:
    def prompt(more: str) -> dict[str, object]:
        menu = f"{{prompt: {{talk: {{text: 'For sales, press 1.'}}}}, options: {{1: end}}, otherwise: end{more}}}"
        return (
            program(f"flow: a\nsteps:\n  main: [{{menu: {menu}}}]\n  end: {{talk: Bye.}}\n").waits["main"].question[0]
        )

    assert prompt("")["bargeIn"] is True
    assert "bargeIn" not in prompt(", speech: {}")


def test_what_an_input_listens_for_follows_from_its_options() -> None:
    found = program(
        """
        flow: acme
        voice: {language: de-DE, style: 2}
        steps:
          main:
            menu:
              prompt: "{{ options }}"
              options:
                1: {say: [Verkauf, kaufen], label: den Verkauf, goto: end}
                2: {label: Hilfe, goto: end}
              otherwise: end
          end: {talk: Auf Wiederhören.}
        """
    )
    talk, waits = found.waits["main"].question
    assert talk["text"] == "Für den Verkauf drücken Sie die 1. Für Hilfe drücken Sie die 2."
    assert waits == {
        "action": "input",
        "type": ["dtmf", "speech"],
        "dtmf": {"maxDigits": 1},
        "speech": {"language": "de-DE", "context": ["Verkauf", "kaufen"]},
    }
    assert found.waits["main"].exits == {"1": "end", "Verkauf": "end", "kaufen": "end", "2": "end"}


def test_keys_of_the_flow_are_options_of_every_question_that_does_not_bind_them() -> None:
    found = program(
        """
        flow: acme
        keys: {"*": main, 0: desk}
        steps:
          main:
            menu: {prompt: For help press 0., options: {0: help}, otherwise: help}
          help:
            menu: {prompt: For sales press 1., options: {1: desk}, otherwise: desk}
          desk: {talk: Hold on.}
        """
    )
    assert found.waits["main"].exits == {"0": "help", "*": "main"}
    assert found.waits["help"].exits == {"1": "desk", "*": "main", "0": "desk"}


def test_a_call_that_is_not_answered_takes_the_way_of_its_outcome() -> None:
    found = program(
        """
        flow: acme
        steps:
          main:
            - talk: One moment.
            - connect: {phone: 447700900100, onAnswer: A call from the site., otherwise: end, when: {machine: main}}
            - talk: Never reached by a good call.
          end: {talk: Nobody is there.}
        """
    )
    wait = found.waits["main.2"]
    failures = dict.fromkeys(("busy", "unanswered", "timeout", "rejected", "failed"), "end")
    assert wait.exits == {"machine": "main", **failures}
    assert wait.question[0]["eventType"] == "synchronous"
    assert wait.question[0]["endpoint"] == [
        {"type": "phone", "number": "447700900100", "onAnswer": {"url": "main.2.onAnswer"}}
    ]
    assert found.documents["main.2.onAnswer"].actions[0]["text"] == "A call from the site."


def test_the_voice_of_the_flow_speaks_unless_a_talk_has_a_language_of_its_own() -> None:
    found = program(
        """
        flow: acme
        voice: {language: en-GB, style: 2, premium: true}
        steps:
          main:
            - talk: Hello.
            - talk: {text: Bonjour., language: fr-FR}
            - talk: {text: Again., style: 3}
            - hangup: Bye.
        """
    )
    assert found.documents["main"].actions == (
        {"action": "talk", "text": "Hello.", "language": "en-GB", "style": 2, "premium": True},
        {"action": "talk", "text": "Bonjour.", "language": "fr-FR"},
        {"action": "talk", "text": "Again.", "style": 3, "language": "en-GB", "premium": True},
        {"action": "talk", "text": "Bye.", "language": "en-GB", "style": 2, "premium": True},
    )


def test_short_forms_are_written_out() -> None:
    found = program(
        """
        flow: acme
        steps:
          main:
            - stream: https://example.com/a.mp3
            - wait: 2
            - record: {timeOut: 30, eventUrl: "https://example.com/r"}
            - connect: {websocket: "wss://example.com/s"}
            - conversation: room
        """
    )
    stream, wait, record, connect, conversation = found.documents["main"].actions
    assert stream == {"action": "stream", "streamUrl": ["https://example.com/a.mp3"]}
    assert wait == {"action": "wait", "timeout": 2}
    assert record == {"action": "record", "timeOut": 30, "eventUrl": ["https://example.com/r"]}
    endpoint = {"type": "websocket", "uri": "wss://example.com/s", "content-type": "audio/l16;rate=16000"}
    assert connect == {"action": "connect", "endpoint": [endpoint]}
    assert conversation == {"action": "conversation", "name": "room"}


def test_a_number_where_text_is_wanted_keeps_its_spelling() -> None:
    found = program("flow: acme\nsteps:\n  main: [{talk: 1.50}, {talk: 10}]\n")
    assert [each["text"] for each in found.documents["main"].actions] == ["1.50", "10"]


def test_a_param_that_nothing_binds_leaves_its_document_open() -> None:
    text = dedent(
        """
        flow: acme
        params: {hotline: {type: phone}, ring: {type: integer, default: 20}}
        steps:
          main:
            - talk: "Braces {{ '{{' }} stay."
            - connect: {phone: "{{ params.hotline }}", timeout: "{{ params.ring }}"}
        """
    )
    opened = program(text).documents["main"]
    assert opened.open == ("hotline",)
    assert opened.actions[0]["text"] == "Braces {{ '{{' }} stay."
    assert opened.actions[1]["endpoint"] == [{"type": "phone", "number": "{{ params.hotline }}"}]
    assert opened.actions[1]["timeout"] == 20
    closed = compiler.compile(text, params={"hotline": 447700900100}).program
    assert closed is not None
    assert closed.documents["main"].open == ()
    assert closed.documents["main"].actions[0]["text"] == "Braces {{ stay."
    assert closed.documents["main"].actions[1]["endpoint"] == [{"type": "phone", "number": "447700900100"}]


def test_what_a_param_makes_of_a_field_is_checked_as_the_field() -> None:
    text = (
        "flow: a\nparams: {ring: {type: integer}}\nsteps:\n"
        "  main: [{connect: {phone: 447700900100, timeout: '{{ params.ring }}'}}]\n"
    )
    assert compiler.compile(text, params={"ring": 30}).program is not None
    (said,) = compiler.compile(text, params={"ring": 300}).diagnostics
    assert (said.rule.name, said.source.position(said.span.start)) == ("out-of-range", (4, 51))


def test_the_failure_of_the_host_is_a_document() -> None:
    found = program(
        "flow: acme\nfailure: {talk: Sorry.}\nsteps:\n  main: [{input: {prompt: 'Your name?', otherwise: main}}]\n"
    )
    assert found.failure == "failure"
    assert found.documents["failure"].actions == ({"action": "talk", "text": "Sorry."},)


def test_one_place_gets_one_finding_however_many_documents_it_is_in() -> None:
    text = dedent(
        """
        flow: acme
        steps:
          main:
            menu:
              prompt: {talk: {text: "For sales, press 1.", style: 99}}
              options: {1: end}
              attempts: 5
              otherwise: end
          end: {talk: Bye.}
        """
    )
    assert [each.rule.name for each in compiler.compile(text).diagnostics] == ["unknown-style"]


def test_an_input_that_sends_each_key_asks_nothing() -> None:
    flow = (
        "flow: keys\nsteps:\n  main:\n    - input: {mode: asynchronous, eventUrl: 'https://keys.example.com/each'}\n"
        "    - talk: Press keys while you hear this.\n"
    )
    found = program(flow)
    assert not found.waits
    assert found.documents["main"].actions[0] == {
        "action": "input",
        "type": ["dtmf"],
        "mode": "asynchronous",
        "eventUrl": ["https://keys.example.com/each"],
    }
