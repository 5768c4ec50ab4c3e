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
    ("de", "Für den Vertrieb drücken Sie die 1, für den Support die 2.", "12"),
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

ELLIPTIC = [
    ("en", "For sales press 1. Support, 2. Billing, 3.", "1 2 3"),
    ("en", "For sales, press 1; support, 2; billing, 3.", "1 2 3"),
    ("en", "For sales press 1, support 2, billing 3.", "1 2 3"),
    ("en", "For sales press 1, support 2, billing 3, or press 0 for the operator.", "1 2 3 0"),
    ("en", "Sales, press 1. Support, 2. And for anything else, 0.", "1 2 0"),
    ("en", "For sales, press 1. For support, 2.", "1 2"),
    ("en", "For sales, press 1, for support 2.", "1 2"),
    ("en", "For sales, press 1, for support, 2, and for billing, 3.", "1 2 3"),
    ("en", "For sales press one. Support, two. Billing, three.", "1 2 3"),
    ("en", "For sales, press 1. Support: 2. Billing: 3. Thank you.", "1 2 3"),
    ("en", "For sales, press 1. Support - 2. Billing - 3.", "1 2 3"),
    ("en", "To hear your balance, press 1. To make a payment, 2. To go back, star.", "1 2 *"),
    ("en", "For sales press 1. Support, 2. Billing, 3. For the operator, press 0.", "1 2 3 0"),
    ("en", "For {{ params.first }} press 1. {{ params.second }}, 2. {{ params.third }}, 3.", "1 2 3"),
    ("en", "<speak>For sales press 1.<break time='1s'/> Support, 2. Billing, 3.</speak>", "1 2 3"),
    ("fr", "Pour les ventes, tapez 1. Pour le support, 2. Pour la facturation, 3.", "1 2 3"),
    ("fr", "Pour les ventes, appuyez sur 1, le support, 2, la facturation, 3.", "1 2 3"),
    ("de", "Für den Vertrieb drücken Sie die 1, für den Support die 2, für die Buchhaltung die 3.", "1 2 3"),
    ("de", "Für den Vertrieb drücken Sie die Taste 1, für den Support die Taste 2.", "1 2"),
    ("fr", "Pour les ventes, appuyez sur la touche 1, pour le support sur la touche 2.", "1 2"),
    ("es", "Para ventas, pulse la tecla 1; para soporte, la tecla 2.", "1 2"),
    ("es", "Pulse 1, 2, 3 ó 4.", "1 2 3 4"),
    ("en", "For sales, press 1. For support, 3. For billing, 5.", "1 3 5"),
    ("de", "Vertrieb: Drücken Sie die 1. Support: 2. Buchhaltung: 3.", "1 2 3"),
    ("de", "Wenn Sie zum Vertrieb möchten, die 1 drücken, für den Support die 2.", "1 2"),
    ("es", "Para ventas pulse 1, para soporte 2, para facturación 3.", "1 2 3"),
    ("es", "Para ventas, pulse 1. Soporte, 2. Facturación, 3.", "1 2 3"),
    ("it", "Per le vendite premere 1. Per l'assistenza, 2. Per la contabilità, 3.", "1 2 3"),
    ("pt", "Para vendas, tecle 1. Para suporte, 2. Financeiro, 3.", "1 2 3"),
    ("nl", "Voor verkoop, druk op 1. Voor service, 2. Voor facturen, 3.", "1 2 3"),
    ("nl", "Voor verkoop toets 1, voor service de 2.", "1 2"),
    ("de", "Drücken Sie für den Vertrieb die 1, für den Support die 2.", "1 2"),
    ("de", "Drücken Sie bitte für weitere Optionen die Raute-Taste.", "#"),
    ("de", "Drücken oder sagen Sie 2.", "2"),
    ("de", "Wählen Sie für den Vertrieb die 1 oder für den Support die 2.", "1 2"),
    ("nl", "Druk voor verkoop op 1, voor service op 2.", "1 2"),
    ("en", "Press one for orders, 2 for returns.", "1 2"),
]

TWO_FIGURES = [
    ("en", "For sales, press 10.", "10"),
    ("en", "Press 10 for sales, 11 for support or 12 for billing.", "10 11 12"),
    ("en", "Press 8 for tea, 9 for coffee, and 10 for cake.", "8 9 10"),
    ("en", "Press 10 for sales, 20 for support.", "10 20"),
    ("en", "For sales, press ten. For support, press eleven.", "10 11"),
    ("en", "Press nine for tea, ten for cake.", "9 10"),
    ("fr", "Pour les ventes, tapez dix.", "10"),
    ("de", "Drücken Sie die Zwölf für den Vertrieb.", "12"),
    ("es", "Pulse diez para ventas.", "10"),
    ("it", "Prema dieci per le vendite.", "10"),
    ("pt", "Tecle dez para vendas.", "10"),
    ("nl", "Druk op tien voor verkoop.", "10"),
    ("en", "Press 1-12 for the month.", "1 2 3 4 5 6 7 8 9 10 11 12"),
    ("en", "Press 1 to 12 for the month.", "1 2 3 4 5 6 7 8 9 10 11 12"),
    ("en", "For A press 9. For B, 10. For C, 11.", "9 10 11"),
    ("fr", "Pour les ventes, appuyez sur le 10.", "10"),
    ("de", "Für den Vertrieb drücken Sie die 10.", "10"),
    ("de", "Wenn Sie die 12 drücken, verbinden wir Sie.", "12"),
    ("es", "Para ventas, pulse 10.", "10"),
    ("it", "Per le vendite, premere il tasto 10.", "10"),
    ("pt", "Para vendas, tecle 10.", "10"),
    ("nl", "Voor verkoop, druk op 10.", "10"),
]

SIGNS = [
    ("de", "Mit der Raute-Taste beenden.", "#"),
    ("de", "Für Vertrieb drücken Sie die 1. Mit der Raute-Taste beenden.", "1 #"),
    ("de", "Mit der Rautetaste beenden Sie das Gespräch.", "#"),
    ("de", "Beenden Sie das Gespräch mit der Rautetaste.", "#"),
    ("de", "Mit der Sterntaste kommen Sie zurück.", "*"),
    ("de", "Zurück mit der Stern-Taste.", "*"),
    ("de", "Drücken Sie die Stern Taste.", "*"),
    ("de", "Drücken Sie die #-Taste oder die *-Taste.", "# *"),
    ("de", "Um zu wiederholen, die Rautentaste drücken.", "#"),
    ("de", "Drücken Sie die Taste Stern.", "*"),
    ("de", "Drücken Sie die 1-Taste.", "1"),
    ("de", "Drücken Sie das Doppelkreuz, um zu wiederholen.", "#"),
    ("en", "Use the star key to go back.", "*"),
    ("en", "Press the number sign to hear this again.", "#"),
    ("en", "Press the pound sign for help.", "#"),
    ("en", "Press hashtag to repeat.", "#"),
    ("en", "Press # to end the call.", "#"),
    ("en", "Press the star (*) key to go back.", "*"),
    ("en", "Press the star key or the pound key.", "* #"),
    ("fr", "Appuyez sur l'étoile pour réécouter.", "*"),
    ("fr", "Appuyez sur la touche * pour revenir.", "*"),
    ("fr", "Tapez dièse pour répéter.", "#"),
    ("fr", "Appuyez sur carré pour revenir.", "#"),
    ("fr", "Appuyez sur l'astérisque.", "*"),
    ("es", "Pulse la tecla de asterisco para volver.", "*"),
    ("es", "Presione el signo de número para repetir.", "#"),
    ("es", "Oprima gato para volver.", "#"),
    ("es", "Pulse la tecla almohadilla para repetir.", "#"),
    ("it", "Premere l'asterisco per ripetere.", "*"),
    ("it", "Prema il tasto cancelletto per riascoltare.", "#"),
    ("it", "Premi cancelletto per tornare indietro.", "#"),
    ("pt", "Tecle jogo da velha para voltar.", "#"),
    ("pt", "Pressione a tecla asterisco para repetir.", "*"),
    ("pt", "Pressione a tecla estrela para repetir.", "*"),
    ("pt", "Prima cardinal para voltar.", "#"),
    ("nl", "Druk op het hekje om te herhalen.", "#"),
    ("nl", "Druk op de sterretjestoets om terug te gaan.", "*"),
    ("nl", "Druk op de *-toets.", "*"),
    ("nl", "Toets hekje om terug te gaan.", "#"),
]

NO_MORE = [
    ("en", "For sales press 1. We open at 2.", "1"),
    ("en", "For sales press 1. We are open from 9 to 2.", "1"),
    ("en", "For sales, press 1. Support, 3.", "1"),
    ("en", "For sales, press 3. For support, 1.", "3"),
    ("en", "For tickets press 1. Adults, 5. Children, 2.", "1"),
    ("en", "For tickets press 1. Adults, 2 pounds. Children, 3 pounds.", "1"),
    ("en", "For tickets press 1. Adults 2.50. Children 3.", "1"),
    ("en", "For sales press 1. Closed on May 2.", "1"),
    ("en", "For sales press 1. Visit us in building 2.", "1"),
    ("en", "For returns press 1, or bring it to counter 2.", "1"),
    ("en", "For sales press 1, for returns go to counter 2.", "1"),
    ("en", "To open the gate, press 1, and go to lift 2.", "1"),
    ("en", "For Terminal 1, press 1, Terminal 2, press 3.", "1 3"),
    ("en", "For form 1, press 1. For form 2, press 3.", "1 3"),
    ("en", "For zone 1 press 1. Zones 2, 3 and 4 press 5.", "1 5"),
    ("en", "For accounts ending in 1, press 1. Ending in 2, 3 or 4, press 5.", "1 5"),
    ("en", "For adults, press 1. For children under 2, press 3.", "1 3"),
    ("en", "For sales press 1. For orders over 2, we ship free.", "1"),
    ("en", "Press 1 to keep it. You chose option 2.", "1"),
    ("en", "For sales press 1. If you chose option 2, hang up.", "1"),
    ("en", "For sales press 1. Our lines close at 2, thank you.", "1"),
    ("en", "Press 1 - 24 hour service. Press 2 - sales.", "1 2"),
    ("en", "Press 1 to 24 times.", "1"),
    ("en", "To confirm, press 1. Your appointment is at two.", "1"),
    ("en", "To confirm, press 1. Your balance is 2.", "1"),
    ("en", "To confirm, press 1. See you on Tuesday, 2 o'clock.", "1"),
    ("en", "To go back, press 0. You are in room 1.", "0"),
    ("en", "To go back, press star. Option 1.", "*"),
    ("en", "For English, press 1. Room, 2, is closed.", "1"),
    ("fr", "Pour les ventes, tapez 1. Venez nous voir rue de la Paix, 2.", "1"),
    ("en", "For sales press 1. For those who chose option 2.", "1"),
    ("en", "For sales press 1, for help with number 2.", "1"),
    ("de", "Für den Vertrieb drücken Sie die 1, für Fragen zur Option 2.", "1"),
    ("de", "Für den Vertrieb drücken Sie die 1, für das Zimmer Nummer 2.", "1"),
    ("fr", "Pour les ventes, tapez 1, pour la ligne numéro 2.", "1"),
    ("es", "Para ventas, pulse 1, para la opción número 2.", "1"),
    ("en", "Press 1 or 2.", "1 2"),
    ("en", "Press 1 for orders over 20, or 2 for others.", "1 2"),
    ("en", "Press one for orders over ten, or two for others.", "1 2"),
    ("en", "Press 1 for tables of 10 or 20 for parties.", "1"),
    ("en", "Press 1 for the sale of 24 May. 25 for the next.", "1"),
    ("en", "Press 1 if you paid 2,50 for it.", "1"),
    ("fr", "Pour les ventes, tapez 1. Nous ouvrons à 2.", "1"),
    ("fr", "Pour les ventes, tapez 1. Ouvert du lundi au vendredi, 9 à 18 heures.", "1"),
    ("de", "Für Termine am 1. Mai drücken Sie die 1, für den 2. Mai drücken Sie die 3.", "1 3"),
    ("de", "Für Termine drücken Sie die 1. Wir öffnen am 2. Mai.", "1"),
    ("de", "Für den Vertrieb drücken Sie die 1, wir sind im 2. Stock.", "1"),
    ("de", "Für den Vertrieb drücken Sie die 1. Unsere Adresse ist Hauptstraße 2.", "1"),
    ("en", "Press one for orders over 20, 30 for others.", "1"),
    ("es", "Para ventas pulse 1. Visítenos en calle Mayor, 2.", "1"),
    ("es", "Para ventas pulse 1. Abrimos a las 2.", "1"),
    ("it", "Per le vendite premere 1. Siamo in via Roma, 2.", "1"),
    ("pt", "Para vendas tecle 1. Rua Augusta, 2.", "1"),
    ("nl", "Voor verkoop druk op 1. Wij zijn open tot 2.", "1"),
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
    ("en", "Dial 10 for the time."),
    ("en", "Enter 10 for the month."),
    ("en", "Press 10 times."),
    ("en", "Press ten times."),
    ("en", "Dial ten for help."),
    ("en", "Press to hear the 1, 2 and 3 day forecasts."),
    ("es", "Marque once para ayuda."),
    ("en", "Press 24/7 for help"),
    ("en", "Press 10.30 for"),
    ("en", "Press 10 30."),
    ("en", "Press 911."),
    ("en", "Please press one button."),
    ("en", "Press star 6."),
    ("en", "Press star six."),
    ("en", "We close at 9 sharp."),
    ("en", "Enter your code, then press the number sign."),
    ("en", "Press # to end."),
    ("fr", "En cas d'urgence, composez le 15 ou faites le 18."),
    ("de", "Drücken Sie für Termine ab der 1, oder legen Sie auf."),
    ("de", "Wählen Sie 12 für die Auskunft."),
    ("de", "Geben Sie Ihre PIN ein. Mit der Raute-Taste beenden."),
    ("de", "Geben Sie Ihre Kundennummer ein und bestätigen Sie mit der Rautetaste."),
    ("de", "Geben Sie Ihre Kundennummer ein, Bestätigung mit Raute."),
    ("de", "Eingabe mit der Rautetaste abschließen."),
    ("es", "Marque el 12 para información."),
    ("es", "Pulse 10 veces."),
    ("pt", "Disque 10 para emergências."),
    ("nl", "Toets uw code in en met het hekje bevestigen."),
    ("sv", "Tryck 1 för försäljning."),
    ("ja", "1を押してください。"),
]


@pytest.mark.parametrize(("language", "text", "keys"), OFFERS)
def test_a_prompt_offers_these_keys(language: str, text: str, keys: str) -> None:
    assert "".join(announced(text, language)) == keys


@pytest.mark.parametrize(("language", "text", "keys"), [*ELLIPTIC, *TWO_FIGURES, *SIGNS])
def test_a_prompt_offers_keys_also_without_a_verb_of_two_figures_and_by_the_names_of_signs(
    language: str, text: str, keys: str
) -> None:
    assert " ".join(announced(text, language)) == keys


@pytest.mark.parametrize(("language", "text", "keys"), NO_MORE)
def test_a_figure_behind_an_option_is_no_key_unless_it_is_said_as_one(language: str, text: str, keys: str) -> None:
    assert " ".join(announced(text, language)) == keys


@pytest.mark.parametrize(("language", "text", "keys"), [*ELLIPTIC, *TWO_FIGURES, *SIGNS, *NO_MORE])
def test_every_key_that_a_prompt_offers_is_suspected_at_a_glance(language: str, text: str, keys: str) -> None:
    assert suspected(text, language) >= set(keys.split())


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
        ("de", "Geben Sie Ihre PIN ein. Mit der Raute-Taste beenden."),
        ("de", "Eingabe mit der Rautetaste abschließen."),
        ("de", "Geben Sie Ihre PIN ein und drücken Sie anschließend die #-Taste."),
        ("de", "Geben Sie die Nummer ein, danach die Rautentaste."),
        ("en", "Press # to end."),
        ("en", "Enter your code, then press the number sign."),
        ("fr", "Saisissez votre code puis la touche #."),
        ("es", "Marque su clave y después la tecla numeral."),
        ("it", "Digiti il codice e poi il tasto cancelletto."),
        ("pt", "Digite a senha e depois a tecla jogo da velha."),
        ("nl", "Toets uw code in en met het hekje bevestigen."),
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
        ("en", "Press # to end the call."),
        ("fr", "Appuyez sur dièse pour terminer l'appel."),
        ("de", "Mit der Raute-Taste beenden."),
        ("de", "Beenden Sie das Gespräch mit der Rautetaste."),
        ("de", "Drücken Sie die Rautetaste, um das Gespräch zu beenden."),
        ("en", "To finish what you began, hang up. To repeat, press #."),
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
