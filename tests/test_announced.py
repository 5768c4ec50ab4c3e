"""Keys are read from prompts as callers hear them."""

from __future__ import annotations

import pytest

from flowc.checks.announced import announced, hash_ends, mentioned, suspected

OFFERS = [
    ("en", "Press 1 for sales.", "1"),
    ("en", "For sales, press 1. For support, press 2. To hear this again, press star.", "12*"),
    ("en", "To talk to Jane, please press 1, or, to talk to Joe, press 2.", "12"),
    ("en", "Press 1 for Jane, 2 for Joe", "12"),
    ("en", "For more info, press 1 for Chicago, 2 for San Francisco, and 3 for Austin. Or hang up.", "123"),
    ("en", "Press 1 to hear the current date or 2 to play audio. Press any other key to hear these options.", "12"),
    ("en", "Press 1 for sales. 2 for support. 3 for anything else.", "123"),
    ("en", "Press one for sales, two for support, or zero for the operator.", "120"),
    ("en", "Dial 2", "2"),
    ("en", "Press 1 or 2.", "12"),
    ("en", "Press 1, 2 or 3 now.", "123"),
    ("en", "Press 1 to 5 to rate us.", "12345"),
    ("en", "Press 1-3.", "123"),
    ("en", "Press the star key to go back, or the pound key to repeat.", "*#"),
    ("en", "To repeat, press #.", "#"),
    ("en", "Press 1 for sales, and press # to hear this again.", "1#"),
    ("en", "Press 'hash' for the operator.", "#"),
    ("en", "Say sales or press 1.", "1"),
    ("en", "Press or say 1.", "1"),
    ("en", "Press the number 4 for opening hours.", "4"),
    ("en", "Press 1 for maybe and 2 for not sure followed by the hash key", "12"),
    ("en", "To confirm receipt of this message, please press 1 followed by the pound sign", "1"),
    ("en", "Enter 1 for yes or 2 for no.", "12"),
    ("en", "Press 0 at any time to reach the operator.", "0"),
    ("en", "<speak>Press <emphasis>1</emphasis> for sales<break time='2s'/>, or 2 for support</speak>", "12"),
    ("en", "<speak>To repeat, press <say-as interpret-as='digits'>9</say-as>.</speak>", "9"),
    ("en", "<speak>To go back press &#42;.</speak>", "*"),
    ("fr", "Pour les ventes, appuyez sur le 1.", "1"),
    ("fr", "Tapez 1 pour les ventes, 2 pour le support, ou faites le 0 pour un conseiller.", "120"),
    ("fr", "Pour réécouter, appuyez sur la touche étoile ; pour terminer, appuyez sur dièse.", "*#"),
    ("fr", "Appuyez sur un pour continuer.", "1"),
    ("de", "Für den Vertrieb drücken Sie die 1, für den Support die 2.", "1"),
    ("de", "Drücken Sie bitte die 1 für Deutsch oder die 2 für Englisch.", "12"),
    ("de", "Wählen Sie 1 für den Vertrieb und 2 für den Support.", "12"),
    ("de", "Drücken Sie die Eins, um fortzufahren, sonst drücken Sie die Sterntaste.", "1*"),
    ("de", "Wenn Sie die 3 drücken, verbinden wir Sie.", "3"),
    ("de", "Um den Text zu hören, drücken Sie die Raute.", "#"),
    ("es", "Presione 1 para español", "1"),
    ("es", "Para ventas, pulse 1. Para soporte, marque el 2.", "12"),
    ("es", "Oprima uno para ventas, dos para soporte, o asterisco para repetir.", "12*"),
    ("it", "Per le vendite, premere 1; per l'assistenza, premere il tasto 2.", "12"),
    ("it", "Prema 3 per parlare con un operatore, oppure asterisco per riascoltare.", "3*"),
    ("it", "Digiti 1 per il reparto vendite, 2 per l'assistenza.", "12"),
    ("pt", "Para vendas, tecle 1. Para suporte, digite 2.", "12"),
    ("pt", "Prima 1 para vendas ou 2 para apoio.", "12"),
    ("pt", "Carregue na tecla 5 para voltar.", "5"),
    ("nl", "Voor verkoop, druk op 1. Voor service, toets 2.", "12"),
    ("nl", "Kies 1 voor verkoop, 2 voor service of 0 voor een medewerker.", "120"),
    ("nl", "Druk op het sterretje om terug te gaan.", "*"),
]

NOTHING = [
    ("en", "Please press any key to continue."),
    ("en", "You pressed 1. Goodbye."),
    ("en", "Call us at 1-800-555-0199 or dial 911 in an emergency."),
    ("en", "Dial 1 800 555 0199."),
    ("en", "Please enter your 4 digit code."),
    ("en", "Enter 4 digits, please."),
    ("en", "Press one of the keys you hear."),
    ("en", "Press one or more keys."),
    ("en", "Using the numbers on your phone, enter your order number followed by the pound sign"),
    ("en", "Enter your account number, then press pound."),
    ("en", "Enter your account number and press hash."),
    ("en", "Press the hash key when you are finished."),
    ("en", "Press star 6 to mute yourself."),
    ("en", "Press *9 to raise your hand."),
    ("en", "We are open from 9 to 5, and on Saturdays from 10 to 2."),
    ("en", "Choose 1 of our 3 offers."),
    ("en", "In 2024 we moved to 5 new offices."),
    ("en", "Dial 9 followed by the number you want to call."),
    ("en", "Press {{ params.key }} for sales."),
    ("en", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11."),
    ("en", "You are number 3 in the queue."),
    ("fr", "Tapez un numéro de client."),
    ("fr", "Entrez votre code à 4 chiffres suivi de la touche dièse."),
    ("de", "Geben Sie Ihre 4-stellige PIN ein, gefolgt von der Raute."),
    ("de", "Drücken Sie eine Taste."),
    ("es", "Marque los 4 dígitos de su clave seguidos de la tecla numeral."),
    ("es", "Presione uno de los números."),
    ("it", "Digiti le 6 cifre del suo codice."),
    ("pt", "Digite um número."),
    ("nl", "Druk op een toets."),
    ("nl", "Voer uw 4 cijferige code in."),
    ("sv", "Tryck 1 för försäljning."),
    ("ja", "1を押してください。"),
]


@pytest.mark.parametrize(("language", "text", "keys"), OFFERS)
def test_a_prompt_offers_these_keys(language: str, text: str, keys: str) -> None:
    assert "".join(announced(text, language)) == keys


@pytest.mark.parametrize(("language", "text", "keys"), OFFERS)
def test_what_a_prompt_offers_is_suspected_at_a_glance(language: str, text: str, keys: str) -> None:
    assert suspected(text, language) >= set(keys)


def test_a_prompt_without_a_key_in_it_is_not_suspected() -> None:
    assert suspected("Thank you for calling. We open at 9:30 on 24 May.", "en-GB") <= {"9"}
    assert suspected("Press 1.", "pl-PL") == set()


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_a_prompt_that_speaks_of_figures_offers_no_key(language: str, text: str) -> None:
    assert announced(text, language) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Press 1 for maybe and 2 for not sure followed by the hash key"),
        ("en", "Enter your bin ID followed by the hash key"),
        ("en", "Enter your order number followed by the pound sign"),
        ("en", "Please key in your PIN, then press #."),
        ("en", "Enter your code and press hash."),
        ("en", "Complete with #."),
        ("en", "Press pound when you are done."),
        ("fr", "Entrez votre code suivi de la touche dièse."),
        ("fr", "Saisissez votre numéro, puis appuyez sur dièse."),
        ("de", "Geben Sie Ihre PIN ein, gefolgt von der Raute."),
        ("de", "Bestätigen Sie Ihre Eingabe mit der Rautetaste."),
        ("es", "Marque su clave seguida de la tecla numeral."),
        ("it", "Digiti il codice seguito dal tasto cancelletto."),
        ("pt", "Digite sua senha seguida da tecla jogo da velha."),
        ("nl", "Toets uw klantnummer in, gevolgd door een hekje."),
    ],
)
def test_a_prompt_asks_for_the_hash_key_at_the_end(language: str, text: str) -> None:
    found = hash_ends(text, language)
    assert found is not None
    assert "#" not in announced(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Press 1 for sales, and press # to hear this again."),
        ("en", "To repeat, press #."),
        ("en", "For sales press 1, for support press 2, or press pound for the operator."),
        ("en", "Press 1, 2 or #."),
        ("de", "Um den Text zu hören, drücken Sie die Raute."),
        ("es", "Pulse 1 para ventas y pulse almohadilla para repetir."),
    ],
)
def test_a_hash_key_that_is_an_option_ends_nothing(language: str, text: str) -> None:
    assert hash_ends(text, language) is None


def test_a_key_is_found_where_it_is_said_also_behind_tags() -> None:
    text = "<speak>Press <emphasis>2</emphasis> for support</speak>"
    assert {key: text[start:end] for key, (start, end) in announced(text, "en-GB").items()} == {"2": "2"}


def test_a_spelled_key_is_found_with_its_word() -> None:
    text = "Press star, or zero for help."
    assert {key: text[start:end] for key, (start, end) in announced(text, "en-US").items()} == {
        "*": "star",
        "0": "zero",
    }


def test_a_looser_reading_misses_no_key() -> None:
    text = "Für den Vertrieb drücken Sie die 1, für den Support die 2, sonst Stern."
    assert mentioned(text, "de-DE") == {"1", "2", "*"}


def test_a_language_that_is_not_read_could_mention_every_key() -> None:
    assert mentioned("Tryck 1", "sv-SE") == set("0123456789*#")
