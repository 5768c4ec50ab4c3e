"""What a menu announces against what it handles, in flows as they are written."""

from __future__ import annotations

import pytest

from flowc.compiler import check
from flowc.text.source import Source

FLOW = """flow: acme
voice: {language: LANGUAGE}
steps:
  main:
    menu:
      prompt: "PROMPT"
      options: {OPTIONS}
      otherwise: bye
  bye: {talk: Goodbye.}
"""


def said(language: str, prompt: str, keys: str, more: str = "") -> list[tuple[str, str]]:
    """The code of each finding on a menu, with the words that it points at."""
    options = ", ".join(f'"{key}": bye' for key in keys.split()) + "}" + more
    text = FLOW.replace("LANGUAGE", language).replace("PROMPT", prompt).replace("OPTIONS}", options)
    return [(each.rule.code, text[slice(*each.span)]) for each in check(Source("acme.flow.yml", text))]


@pytest.mark.parametrize(
    ("language", "prompt", "handled", "not_handled"),
    [
        ("en-GB", "For sales press 1. Support, 2. Billing, 3.", "1 2", ["3"]),
        ("en-GB", "For sales press 1. Support, 2. Billing, 3.", "1", ["2", "3"]),
        ("en-US", "For sales, press 10. For support, press 11.", "10", ["11"]),
        ("en-US", "For sales, press 1. For support, press 10.", "1", ["10"]),
        ("de-DE", "Für den Vertrieb drücken Sie die 1, für den Support die 2.", "1", ["2"]),
        ("de-DE", "Für den Vertrieb drücken Sie die 1. Mit der Raute-Taste beenden.", "1", ["Raute"]),
        ("de-DE", "Für den Vertrieb drücken Sie die 1, zurück mit der Sterntaste.", "1", ["Sterntaste"]),
        ("it-IT", "Per le vendite, premere 1. Premere l'asterisco per riascoltare.", "1", ["asterisco"]),
    ],
)
def test_an_announced_key_that_is_not_handled_is_said_at_its_word(
    language: str, prompt: str, handled: str, not_handled: list[str]
) -> None:
    assert said(language, prompt, handled) == [("W306", word) for word in not_handled]


@pytest.mark.parametrize(
    ("language", "prompt", "handled"),
    [
        ("en-GB", "For sales press 1. Support, 2. Billing, 3.", "1 2 3"),
        ("en-GB", "For sales, press 1. We are open on 24 May, and from 9 to 5 on all other days.", "1"),
        ("en-GB", "Tickets are 12 pounds, or 10 for children. To order, press 1.", "1"),
        ("en-GB", "You are number 12 in the queue. To be called back, press 1. Otherwise hold for 10 minutes.", "1"),
        ("en-GB", "Press 1 or 2.", "1 2"),
        ("en-US", "For sales, press 10. For support, press 11.", "10 11"),
        ("en-US", "In an emergency, hang up and dial 911. For sales, press 1.", "1"),
        ("fr-FR", "En cas d'urgence, raccrochez et composez le 15. Pour les ventes, tapez 1.", "1"),
        ("de-DE", "Für Termine am 24. Mai drücken Sie die 1. Wir öffnen um 10 Uhr.", "1"),
        ("es-ES", "Abrimos de 9 a 14 horas. Para ventas, pulse 1.", "1"),
        ("it-IT", "Siamo aperti dalle 9 alle 18. Per le vendite, premere 1.", "1"),
        ("pt-PT", "Estamos abertos das 9 às 18. Para vendas, prima 1.", "1"),
        ("nl-NL", "Wij zijn open van 9 tot 17 uur. Voor verkoop, druk op 1.", "1"),
    ],
)
def test_figures_of_prices_dates_and_hours_are_no_keys(language: str, prompt: str, handled: str) -> None:
    assert said(language, prompt, handled) == []


def test_a_hash_key_that_ends_the_answer_needs_no_option() -> None:
    prompt = "Drücken Sie die 10 oder die 11. Mit der Rautetaste beenden."
    assert said("de-DE", prompt, "10 11", "\n      dtmf: {submitOnHash: true}") == []
    assert [code for code, _ in said("de-DE", prompt, "10 11")] == ["W306"]
