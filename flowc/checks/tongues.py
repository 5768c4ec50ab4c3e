"""The words with which prompts announce keys, one entry a language: pieces of regular expressions for small letters.

Spelled numbers stand in the order 0 to 12. A language that is not here is left alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Tongue(NamedTuple):
    """How one language speaks of keys. Letters are small when it is read: no `\\W` here.

    `press`: verbs after which a lone figure is a key. `choose`: weaker verbs; the figure counts only where the sentence
    goes on as after an option. `between`: words that may stand between verb and key. `after`: words that lead from a
    key to what it does. `joins`: and, or. `upto`: from 1 up to 5. `counted`: what makes of a figure an amount.
    `behind`: verbs that stand behind their key. `dial`: those of `press` that also call a number. `noun`: what a key
    is. `intro`: words before what an option is called. `little`: words that what it is called does not end in.
    `numbered`: things that have numbers themselves.
    `ends`: words that say that the hash key ends what is keyed in.
    `done`: what follows a hash key that ends what is keyed in. `closing`: "with the hash key" before such a verb.
    `longer`: words of more than one key.
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
    noun: str
    intro: str
    little: str
    numbered: str
    behind: str = ""
    dial: str = "(?!)"
    closing: str = ""


ENGLISH = Tongue(
    press="press|pressing|dial|dialing|dialling|push|touch",
    choose="enter|select|choose|hit|use|type|key in",
    between="or say|on|the|number(?! sign)|key|button|digit|option|either",
    numbers=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    star="star|asterisk",
    hash="hashtag|hash|pound|number sign|octothorpe|sharp",
    after="for|to|if|when|now|and you",
    joins="and|or",
    upto="to|through|thru",
    counted=r"digits?|numbers?|numerals?|characters?|letters?|keys|buttons|times|seconds?|minutes?|more|of|or more",
    ends=(
        r"followed by|and then|then|end(?:ing)? (?:it )?(?:with|in)|finish(?:ing)? (?:with|by)|"
        r"complete (?:it )?with|terminated by"
    ),
    done=(
        r"(?:when (?:you're|you are|you have|you've|done|finished|complete)|once you|to (?:finish|submit|end|confirm|"
        r"complete|send)(?! (?:the|this|your) call))"
    ),
    longer=r"digits?|codes?|pin|extension|account|passcode|zip|enter (?:your|the)|followed by|complete with",
    noun="key|button|sign|symbol",
    intro="for|to",
    little=r"at|in|on|by|from|until|till|to|over|under|of|than|before|after|between|about|with|and|or|the|an?|is|are",
    numbered=r"option|number|room|floor|line|gate|door|building|counter|desk|terminal|extension|level|exit|zone|page|step|channel|digit",
    dial="dial|dialing|dialling",
)
FRENCH = Tongue(
    press="appuyez|appuyer|appuie|tapez|taper|tape|composez|faites|pressez|presser|pesez",
    choose="choisissez|sélectionnez|entrez|saisissez|dites ou faites",
    between="sur|le|la|l'|touche|chiffre|numéro|bouton|soit",
    numbers=("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    star="étoile|etoile|astérisque|asterisque",
    hash="dièse|diese|carré|croisillon|hashtag",
    after="pour|si|afin|maintenant|s'il|svp",
    joins="et|ou",
    upto="à",
    counted="chiffres|numéros|touches|caractères|fois|secondes?|minutes?|des|de vos|ou plusieurs",
    ends=r"suivie?s? (?:de|du|par)|et puis|puis|ensuite|termine[rz] (?:par|avec)|validez (?:par|avec)",
    done=(
        r"(?:pour|quand|lorsque|une fois) (?:terminer|valider|confirmer|vous avez|que vous)"
        r"(?! (?:l'appel|cet appel|la communication))"
    ),
    longer=r"chiffres|code|poste|compte|numéro (?:de|d')|suivie?s?",
    noun="touche|bouton",
    intro="pour",
    little=r"à|au|aux|en|dans|sur|de|du|des|dès|avant|après|entre|avec|et|ou|le|la|les|une?|est|sont|moins|plus",
    numbered=r"option|numéro|bureau|étage|ligne|porte|bâtiment|guichet|terminal|poste|niveau|sortie|zone|rue|avenue|page|étape|chiffre",
    dial="composez|faites",
)
GERMAN = Tongue(
    press=(
        "drücken (?:oder sagen )?Sie|sagen oder drücken Sie|drücke|drück|drücken|druecken Sie|betätigen Sie|tippen Sie"
    ),
    choose="wählen Sie|wähle|waehlen Sie|geben Sie|mit|Taste|Ziffer",
    between="bitte|nun|jetzt|auf|die|der|den|das|entweder|Taste|Ziffer|Zahl|Nummer|Option",
    numbers=(
        "null",
        "eins",
        "zwei|zwo",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf|zwoelf",
    ),
    star="Sternchentaste|Sterntaste|Sternzeichen|Sternchen|Stern",
    hash="Rautezeichen|Rautentaste|Rautetaste|Rauten|Raute|Doppelkreuztaste|Doppelkreuz|Pfundtaste|Gattertaste|Hashtaste|Hash",
    after="für|fuer|um|wenn|falls|zum|zur|ein",
    joins="und|oder",
    upto="bis",
    counted=(
        r"stellige?n?|Ziffern|Tasten|Zeichen|Stellen|Mal|mal|Sekunden?|Minuten?|oder mehr|Uhr|Stock|Etage|Obergeschoss|"
        r"\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Stock|Etage)"
    ),
    ends=(
        r"gefolgt von|und dann|danach|dann|anschließend|(?:Bestätigung|Abschluss) mit|"
        r"(?:beenden|bestätigen|schließen) Sie (?!das Gespräch|den Anruf|das Telefonat)(?:\w+ ){0,3}(?:mit|durch)"
    ),
    done=(
        r"(?:wenn Sie fertig|zum (?:Bestätigen|Beenden|Abschließen)|um (?!das Gespräch|den Anruf|das Telefonat)"
        r"(?:\w+ ){0,3}(?:abzuschließen|zu bestätigen|zu beenden))"
    ),
    longer=r"\w*Ziffern|\w*stellige?n?|\w*Code|\w*PIN|Durchwahl|\w+nummer|Nummer ein|Geheimzahl|Eingabe|gefolgt",
    behind="drücken|wählen|druecken|waehlen",
    noun="Taste",
    intro="für|fuer|um|zum|zur",
    little=r"am|an|auf|ab|bis|von|vom|vor|nach|seit|in|im|um|über|unter|mit|und|oder|der|die|das|den|dem|eine?|ist|sind",
    numbered=r"Option|Nummer|Zimmer|Raum|Etage|Linie|Tor|Tür|Gebäude|Schalter|Terminal|Durchwahl|Ausgang|Zone|\w*straße|Seite|Zahl|Ziffer",
    closing=(
        r"\b(?:mit|durch|per) (?:\w+ ){0,2}?(?:(?:{hash})\b|#)(?:[\s-]+Taste)?(?:\s+\w+){0,3}?\s+"
        r"(?:beende\w*|bestätig\w*|abschließen|abschliessen|abzuschließen|absenden)"
    ),
)
SPANISH = Tongue(
    press="pulse|pulsa|pulsar|oprima|oprime|oprimir|presione|presiona|presionar|marque|marca|marcar|apriete",
    choose="digite|digita|teclee|teclea|elija|elige|seleccione|selecciona|escoja|toque",
    between="el|la|en|sobre|tecla(?: del?)?|número|opción|botón|dígito|o diga",
    numbers=("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    star="signo de asterisco|asterisco|estrellita|estrella",
    hash="signo de número|signo de libra|signo numeral|almohadilla|numeral|gato|michi|cuadradillo|hashtag",
    after="para|si|ahora|y",
    joins="y|e|o|ó|u",
    upto="al?",
    counted="dígitos|números|teclas|cifras|veces|segundos?|minutos?|de|o más",
    ends=r"seguid[oa]s? (?:de|por|del)|y luego|luego|y después|después|(?:termin|finaliz)(?:e|ando) con",
    done=r"(?:para|cuando|al) (?:terminar|finalizar|confirmar|termine|haya)(?! (?:la|esta) llamada)",
    longer=r"dígitos|código|clave|extensión|cuenta|pin|cifras|seguid[oa]s?",
    noun="tecla|botón|signo",
    intro="para",
    little=r"a|al|en|el|la|los|las|de|del|desde|hasta|por|sobre|con|y|o|una?|es|son|entre|antes|después|menos|más",
    numbered=r"opción|número|sala|piso|línea|puerta|edificio|mostrador|terminal|extensión|nivel|salida|zona|calle|avenida|página|paso|dígito",
    dial="marque|marca|marcar",
)
ITALIAN = Tongue(
    press="premere|prema|premi|premete|schiacciare|schiacci",
    choose="digitare|digiti|digita|digitate|comporre|componga|selezionare|selezioni|scegliere|scelga",
    between="il|lo|la|l'|su|sul|sull'|con|tasto|numero|pulsante|cifra|opzione|o dica",
    numbers=(
        "zero",
        "uno",
        "due",
        "tre",
        "quattro",
        "cinque",
        "sei",
        "sette",
        "otto",
        "nove",
        "dieci",
        "undici",
        "dodici",
    ),
    star="asterisco|stelletta|stellina|stella",
    hash="cancelletto|diesis|hashtag",
    after="per|se|ora|adesso",
    joins="e|ed|o|oppure",
    upto="a",
    counted="cifre|numeri|tasti|caratteri|volte|secondi|minuti|dei|delle|degli|o più",
    ends=r"seguit[oaie] d(?:a|al|alla)|e poi|poi|quindi|(?:terminando|terminare|confermare|concludere) con",
    done=r"(?:per|quando) (?:terminare|confermare|concludere|inviare|ha|hai|finito)(?! (?:la|questa) chiamata)",
    longer=r"cifre|codice|pin|interno|conto|seguit[oaie]",
    noun="tasto|pulsante",
    intro="per",
    little=r"a|al|alle|in|il|la|le|i|gli|di|del|dal|dalle|da|fino|per|su|con|e|o|una?|è|sono|tra|prima|dopo|meno|più",
    numbered=r"opzione|numero|stanza|piano|linea|porta|edificio|sportello|terminal|interno|livello|uscita|zona|via|viale|pagina|cifra",
)
PORTUGUESE = Tongue(
    press="tecle|teclar|pressione|pressionar|prima|carregue|aperte|disque|marque",
    choose="digite|digitar|selecione|escolha|insira",
    between="a|o|na|no|em|tecla(?: d[aeo])?|número|opção|botão|dígito|ou diga",
    numbers=(
        "zero",
        "um",
        "dois",
        "três",
        "quatro",
        "cinco",
        "seis|meia",
        "sete",
        "oito",
        "nove",
        "dez",
        "onze",
        "doze",
    ),
    star="asterisco|estrelinha|estrela",
    hash="jogo da velha|jogo-da-velha|cardinal|quadrado|sustenido|cerquilha|tralha|hashtag",
    after="para|se|agora",
    joins="e|ou",
    upto="a|até",
    counted="dígitos|números|teclas|algarismos|vezes|segundos?|minutos?|de|dos|das|ou mais",
    ends=r"seguid[oa]s? (?:de|da|do|pela|pelo)|e depois|depois|em seguida|(?:termin|finaliz)(?:e|ando) com",
    done=r"(?:para|quando|ao) (?:terminar|finalizar|confirmar|tiver)(?! (?:a|esta) (?:chamada|ligação))",
    longer=r"dígitos|código|senha|ramal|conta|pin|seguid[oa]s?",
    noun="tecla|botão",
    intro="para",
    little=r"à|às|ao|a|o|as|os|em|no|na|de|do|da|das|dos|desde|até|por|sobre|com|e|ou|uma?|é|são|entre|antes|depois|menos|mais",
    numbered=r"opção|número|sala|andar|linha|porta|prédio|balcão|terminal|ramal|nível|saída|zona|rua|avenida|página|dígito",
    dial="disque|marque",
)
DUTCH = Tongue(
    press="druk op|drukt u op|druk|drukt u|drukken op|toets|toetst u",
    choose="kies|kiest u|bel|gebruik|tik|voer",
    between="dan|nu|u|de|het|een|op|toets|cijfer|nummer|knop|optie",
    numbers=(
        "nul",
        "één|een",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "elf",
        "twaalf",
    ),
    star="sterretjestoets|sterretje|stertoets|sterteken|ster|asterisk",
    hash="hekjestoets|hekje|hashtoets|hashtag|hash",
    after="voor|om|als|indien|naar|in",
    joins="en|of",
    upto="tot(?: en met)?|t/m",
    counted="cijfers|nummers|toetsen|tekens|keer|seconden?|minuten|minuut|van|of meer",
    ends=r"gevolgd door|en dan|en daarna|daarna|dan|sluit (?:\w+ )?af met|afgesloten (?:met|door)|eindig met",
    done=r"(?:als u klaar|om (?:te bevestigen|af te sluiten|te beëindigen))",
    longer=r"cijfers|cijferige|code|pin|toestel|rekening|klantnummer|gevolgd",
    behind="drukken|kiezen|toetsen",
    noun="toets|knop",
    intro="voor|om",
    little=r"aan|op|in|om|van|vanaf|tot|bij|voor|na|over|onder|met|en|of|de|het|een|is|zijn|tussen|minder|meer",
    numbered=r"optie|nummer|kamer|verdieping|lijn|deur|gebouw|balie|terminal|toestel|niveau|uitgang|zone|\w*straat|pagina|cijfer",
    closing=(
        r"\b(?:met|door) (?:\w+ ){0,2}?(?:(?:{hash})\b|#)(?:[\s-]+toets)?(?:\s+\w+){0,3}?\s+"
        r"(?:beëindig\w*|bevestig\w*|afsluiten|af te sluiten|afronden)"
    ),
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
