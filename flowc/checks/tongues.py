"""The words with which prompts announce keys, one entry a language: pieces of regular expressions for small letters.

Spelled numbers stand in the order 0 to 9. A language that is not here is left alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Tongue(NamedTuple):
    """How one language speaks of keys.

    `press`: verbs after which a lone figure is a key. `choose`: weaker verbs; the figure counts only where the sentence
    goes on as after an option. `between`: words that may stand between verb and key. `after`: words that lead from a
    key to what it does. `joins`: and, or. `upto`: from 1 up to 5. `counted`: what makes of a figure an amount.
    `behind`: verbs that stand behind their key. `ends`: words that say that the hash key ends what is keyed in.
    `done`: what follows a hash key that ends what is keyed in. `longer`: words of more than one key.
    """

    press: str
    choose: str
    between: str
    numbers: tuple[str, ...]
    star: str
    hash: str
    after: str
    joins: str
    upto: str
    counted: str
    ends: str
    done: str
    longer: str
    behind: str = ""


ENGLISH = Tongue(
    press="press|pressing|dial|dialing|dialling|push|touch",
    choose="enter|select|choose|hit|use|type|key in",
    between="or say|on|the|number|key|button|digit|option|either",
    numbers=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    star="star|asterisk",
    hash="hash|pound",
    after="for|to|if|when|now|and you",
    joins="and|or",
    upto="to|through|thru",
    counted=r"digits?|numbers?|numerals?|characters?|letters?|keys|buttons|times|seconds?|minutes?|more|of|or more",
    ends=(
        r"followed by|and then|then|end(?:ing)? (?:it )?(?:with|in)|finish(?:ing)? (?:with|by)|"
        r"complete (?:it )?with|terminated by"
    ),
    done=(
        r"when (?:you're|you are|you have|you've|done|finished|complete)|once you|to (?:finish|submit|end|"
        r"confirm|complete|send)"
    ),
    longer=r"digits?|codes?|pin|extension|account|passcode|zip|enter (?:your|the)|followed by|complete with",
)
FRENCH = Tongue(
    press="appuyez|appuyer|appuie|tapez|taper|tape|composez|faites|pressez|presser|pesez",
    choose="choisissez|sélectionnez|entrez|saisissez|dites ou faites",
    between="sur|le|la|touche|chiffre|numéro|bouton|soit",
    numbers=("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    star="étoile|astérisque",
    hash="dièse|carré",
    after="pour|si|afin|maintenant|s'il|svp",
    joins="et|ou",
    upto="à",
    counted="chiffres|numéros|touches|caractères|fois|secondes?|minutes?|des|de vos|ou plusieurs",
    ends=r"suivie?s? (?:de|du|par)|et puis|puis|ensuite|termine[rz] (?:par|avec)|validez (?:par|avec)",
    done=r"(?:pour|quand|lorsque|une fois) (?:terminer|valider|confirmer|vous avez|que vous)",
    longer=r"chiffres|code|poste|compte|numéro (?:de|d')|suivie?s?",
)
GERMAN = Tongue(
    press="drücken Sie|drücke|drück|drücken|druecken Sie|betätigen Sie|tippen Sie",
    choose="wählen Sie|wähle|waehlen Sie|geben Sie|mit|Taste|Ziffer",
    between="bitte|nun|jetzt|auf|die|der|den|das|entweder|Taste|Ziffer|Zahl|Nummer|Option",
    numbers=("null", "eins", "zwei|zwo", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    star="Sternchentaste|Sterntaste|Sternchen|Stern",
    hash="Rautezeichen|Rautetaste|Raute-Taste|Raute|Doppelkreuz",
    after="für|fuer|um|wenn|falls|zum|zur|ein",
    joins="und|oder",
    upto="bis",
    counted="stellige?n?|Ziffern|Tasten|Zeichen|Stellen|Mal|mal|Sekunden?|Minuten?|oder mehr",
    ends=r"gefolgt von|und dann|danach|dann|anschließend|(?:beenden|bestätigen|schließen) Sie (?:\w+ ){0,3}mit",
    done=(
        r"(?:wenn Sie fertig|um (?:\w+ ){0,3}(?:abzuschließen|zu bestätigen|zu beenden)|zum (?:Bestätigen|"
        r"Beenden|Abschließen))"
    ),
    longer=r"Ziffern|stellige?n?|Code|PIN|Durchwahl|Kundennummer|Nummer ein|gefolgt",
    behind="drücken|wählen|druecken|waehlen",
)
SPANISH = Tongue(
    press="pulse|pulsa|pulsar|oprima|oprime|oprimir|presione|presiona|presionar|marque|marca|marcar|apriete",
    choose="digite|digita|teclee|teclea|elija|elige|seleccione|selecciona|escoja|toque",
    between="el|la|en|sobre|tecla|número|opción|botón|dígito|o diga",
    numbers=("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    star="asterisco|estrella",
    hash="almohadilla|numeral|gato|michi|cuadradillo",
    after="para|si|ahora|y",
    joins="y|o",
    upto="al?",
    counted="dígitos|números|teclas|cifras|veces|segundos?|minutos?|de|o más",
    ends=r"seguid[oa]s? (?:de|por|del)|y luego|luego|y después|después|(?:termin|finaliz)(?:e|ando) con",
    done=r"(?:para|cuando|al) (?:terminar|finalizar|confirmar|termine|haya)",
    longer=r"dígitos|código|clave|extensión|cuenta|pin|cifras|seguid[oa]s?",
)
ITALIAN = Tongue(
    press="premere|prema|premi|premete|schiacciare|schiacci",
    choose="digitare|digiti|digita|digitate|comporre|componga|selezionare|selezioni|scegliere|scelga",
    between="il|lo|la|su|sul|tasto|numero|pulsante|cifra|opzione|o dica",
    numbers=("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
    star="asterisco|stella",
    hash="cancelletto|diesis",
    after="per|se|ora|adesso",
    joins="e|ed|o|oppure",
    upto="a",
    counted="cifre|numeri|tasti|caratteri|volte|secondi|minuti|dei|delle|degli|o più",
    ends=r"seguit[oaie] d(?:a|al|alla)|e poi|poi|quindi|(?:terminando|terminare|confermare|concludere) con",
    done=r"(?:per|quando) (?:terminare|confermare|concludere|inviare|ha|hai|finito)",
    longer=r"cifre|codice|pin|interno|conto|seguit[oaie]",
)
PORTUGUESE = Tongue(
    press="tecle|teclar|pressione|pressionar|prima|carregue|aperte|disque|marque",
    choose="digite|digitar|selecione|escolha|insira",
    between="a|o|na|no|em|tecla|número|opção|botão|dígito|ou diga",
    numbers=("zero", "um", "dois", "três", "quatro", "cinco", "seis|meia", "sete", "oito", "nove"),
    star="asterisco|estrela",
    hash="jogo da velha|cardinal|quadrado|sustenido|cerquilha",
    after="para|se|agora",
    joins="e|ou",
    upto="a|até",
    counted="dígitos|números|teclas|algarismos|vezes|segundos?|minutos?|de|dos|das|ou mais",
    ends=r"seguid[oa]s? (?:de|da|do|pela|pelo)|e depois|depois|em seguida|(?:termin|finaliz)(?:e|ando) com",
    done=r"(?:para|quando|ao) (?:terminar|finalizar|confirmar|tiver)",
    longer=r"dígitos|código|senha|ramal|conta|pin|seguid[oa]s?",
)
DUTCH = Tongue(
    press="druk op|drukt u op|druk|drukt u|drukken op|toets|toetst u",
    choose="kies|kiest u|bel|gebruik|tik|voer",
    between="dan|nu|u|de|het|een|op|toets|cijfer|nummer|knop|optie",
    numbers=("nul", "één|een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
    star="sterretje|ster",
    hash="hekje",
    after="voor|om|als|indien|naar|in",
    joins="en|of",
    upto="tot(?: en met)?|t/m",
    counted="cijfers|nummers|toetsen|tekens|keer|seconden?|minuten|minuut|van|of meer",
    ends=r"gevolgd door|en dan|en daarna|daarna|dan|sluit (?:\w+ )?af met|afgesloten (?:met|door)|eindig met",
    done=r"(?:als u klaar|om (?:te bevestigen|af te sluiten|te beëindigen))",
    longer=r"cijfers|cijferige|code|pin|toestel|rekening|klantnummer|gevolgd",
    behind="drukken|kiezen|toetsen",
)

TONGUES = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": GERMAN,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "nl": DUTCH,
}
