"""The files of a program: pieces put together, in the words that go to the platform."""

from __future__ import annotations

import json

import pytest
from programs import acme, asks, shop, talk

from flowc.program.files import MOST_ACTIONS, MOST_BYTES, chain, files
from flowc.program.program import Document, Failure, Program, Wait

BASE = "https://ivr.example.com"


def texts(program: Program) -> dict[str, str]:
    return {each.name: each.json.decode() for each in files(program, BASE)}


def program(documents: dict[str, Document], failure: str | None = None, **waits: Wait) -> Program:
    return Program("acme", next(iter(documents)), documents, waits, failure)


def test_every_document_is_a_file_in_the_order_of_the_program() -> None:
    assert list(texts(acme())) == list(acme().documents)


def test_a_file_is_own_actions_then_the_question_then_the_failure() -> None:
    assert texts(acme())["main~2-noMatch"] == (
        '[{"action":"talk","text":"No such choice, 2."},'
        '{"action":"talk","text":"Press 1, 2, star or hash."},'
        '{"action":"input","type":["dtmf"],"eventUrl":["https://ivr.example.com/acme/main~2"],"eventMethod":"POST"},'
        '{"action":"talk","text":"Something went wrong on our side."}]\n'
    )


def test_the_first_attempt_has_the_url_of_its_wait_alone() -> None:
    assert '"eventUrl":["https://ivr.example.com/acme/main"]' in texts(acme())["main"]


def test_no_failure_follows_a_call_to_somebody_else() -> None:
    last = json.loads(texts(acme())["sales"])[-1]
    assert last["action"] == "connect"
    assert last["eventUrl"] == ["https://ivr.example.com/acme/sales"]


def test_a_whisper_gets_the_url_of_its_document() -> None:
    endpoint = json.loads(texts(acme())["sales"])[-1]["endpoint"][0]
    assert endpoint["onAnswer"] == {"url": "https://ivr.example.com/acme/sales.onAnswer.json"}
    assert acme().waits["sales"].question[0]["endpoint"] != [endpoint]


def test_a_whisper_of_the_authors_own_keeps_its_url() -> None:
    whisper = {"url": "https://example.com/whisper"}
    action = {"action": "connect", "endpoint": [{"type": "phone", "number": "1", "onAnswer": whisper}]}
    assert json.loads(texts(program({"main": Document((action,))}))["main"]) == [action]


def test_documents_go_on_with_others() -> None:
    made = texts(
        program(
            {
                "a": Document((talk("A"),), goes_on="b"),
                "b": Document((), goes_on="c"),
                "c": Document((talk("C"),), asks="w", attempt=3),
            },
            w=Wait("answer", (asks(),), {}),
        )
    )
    assert [each.get("text") for each in json.loads(made["a"])] == ["A", "C", None]
    assert [each.get("text") for each in json.loads(made["b"])] == ["C", None]
    assert json.loads(made["b"])[-1]["eventUrl"] == [f"{BASE}/acme/w~3"]


def test_no_file_is_ever_empty() -> None:
    made = texts(program({"a": Document(goes_on="b"), "b": Document()}))
    assert set(made.values()) == {'[{"action":"wait","timeout":0.1}]\n'}


def test_text_of_other_languages_is_written_as_it_is() -> None:
    assert "“ÄÖÜ” \U0001f600" in texts(acme())["code.2"]


def test_documents_that_go_on_for_ever_are_refused_with_their_names() -> None:
    round_trip = program({"a": Document(goes_on="b"), "b": Document(goes_on="c"), "c": Document(goes_on="b")})
    with pytest.raises(ValueError, match="a → b → c → b"):
        texts(round_trip)


def test_ten_thousand_documents_in_a_row_take_no_time() -> None:
    row = {f"d{n}": Document(goes_on=f"d{n + 1}") for n in range(10_000)}
    assert len(texts(program({**row, "d10000": Document((talk("End."),))}))) == 10_001


def test_too_many_actions_are_refused_by_name() -> None:
    full = Document((talk("x"),) * MOST_ACTIONS)
    assert len(texts(program({"a": full}))) == 1
    with pytest.raises(ValueError, match=r"`b` has 201 actions"):
        texts(program({"b": Document((talk("y"),), goes_on="a"), "a": full}))


def test_too_many_bytes_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"`a` has \d+ bytes"):
        texts(program({"a": Document((talk("é" * (MOST_BYTES // 2)),))}))


def test_a_document_with_an_open_piece_is_a_template() -> None:
    made = {
        each.name: each
        for each in files(
            program(
                {
                    "main": Document((talk('Braces: {{ {% {# "{{" } '),), asks="w"),
                    "fixed": Document((talk("{{"), {"action": "talk", "{{": 1})),
                },
                w=Wait("answer", (talk("{{ params.x }} {{ '{{' }}"), asks()), {}, open=("x",)),
            ),
            BASE,
        )
    }
    assert made["main"].open
    assert [each.get("text") for each in json.loads(made["main"].json)] == [
        "Braces: {{ '{{' }} {{ '{%' }} {{ '{#' }} \"{{ '{{' }}\" } ",
        "{{ params.x }} {{ '{{' }}",
        None,
    ]
    assert not made["fixed"].open
    assert json.loads(made["fixed"].json)[0]["text"] == "{{"


def test_a_key_of_an_object_is_no_template() -> None:
    headers = {"action": "talk", "text": "x", "{{ k }}": "{{"}
    both = program({"a": Document((headers,), goes_on="b"), "b": Document((talk("{{ params.y }}"),), open=("y",))})
    assert json.loads(texts(both)["a"])[0] == {"action": "talk", "text": "x", "{{ k }}": "{{ '{{' }}"}


def test_the_same_program_gives_the_same_bytes() -> None:
    assert list(files(shop(), BASE)) == list(files(shop(), BASE))


def test_a_chain_ends_where_the_call_waits_or_ends() -> None:
    assert [name for name, _ in chain(acme(), "sales.busy")] == ["sales.busy", "operator"]


def test_a_failure_that_goes_on_follows_as_a_whole() -> None:
    made = program(
        {
            "main": Document(asks="w"),
            "failure": Document((talk("Sorry."),), goes_on="bye"),
            "bye": Document((talk("Bye."),)),
        },
        "failure",
        w=Wait("answer", (asks(),), {}, failures=(Failure("bye", "bye"),)),
    )
    assert [each.get("text") for each in json.loads(texts(made)["main"])] == [None, "Sorry.", "Bye."]
