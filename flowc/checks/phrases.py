"""What a prompt means, told by its words: that a message is asked for, or that nobody answered."""

from __future__ import annotations

import re
from functools import lru_cache

from ..language.linking.origin import Placed
from ..text.document import Place
from .announced import base, heard, visible
from .moment import part, voice, words

MESSAGE = {
    "en": r"leave (?:us |me )?(?:a |an |your )?(?:[a-z]+ ){0,4}message|(?:after|at) the (?:tone|beep|signal)",
    "fr": r"laissez[- ](?:nous |moi )?(?:un|votre) message|après le (?:bip|signal|ton)",
    "de": r"hinterlassen sie|hinterlasse (?:eine|deine)|nach dem (?:signalton|piepton|ton|signal)",
    "es": r"dej[ea] (?:un|su|tu) mensaje|después (?:del tono|de la señal|del pitido)",
    "it": r"lasci(?:a|ate|are)? (?:un|il suo|il tuo) messaggio|dopo il (?:segnale|bip)",
    "pt": r"deixe (?:uma|a sua|sua|a tua) mensagem|(?:após o|depois do) (?:sinal|bip|tom)",
    "nl": r"(?:spreek|laat) (?:[a-z]+ ){0,4}(?:bericht|boodschap)|na de (?:pieptoon|piep|toon)",
}
"""By language: words that ask the caller to leave a message."""

NO_ANSWER = {
    "en": r"\bsorry\b(?! (?:to|for) (?:keep|the (?:wait|delay)|mak|your wait))|unavailable|not available|no answer|"
    r"\bno(?:body| ?one) (?:is|was|could|can|answered)|did(?:n't| not) answer|voice ?mail|try again later|"
    r"(?:could not|couldn't|unable to|cannot|can't) (?:be reached|reach|connect|answer|take)|"
    r"(?:is|are|was) (?:[a-z]+ )?busy",
    "fr": r"désolée?s?|indisponible|pas disponible|ne répond|personne ne|(?:est|sont) (?:[a-z]+ )?occupé|messagerie",
    "de": r"\bleider\b|nicht (?:erreichbar|verfügbar|erreicht)|\bniemand\b|\bbesetzt\b|mailbox|tut (?:mir|uns) leid",
    "es": r"lo (?:siento|sentimos)|no (?:está|están) disponibles?|\bnadie\b|(?:está|están) ocupad[oa]s?|buzón",
    "it": r"spiacent[ei]|dispiace|non (?:è|sono) (?:[a-z]+ )?disponibil[ei]|nessuno|(?:è|sono) occupat|segreteria",
    "pt": r"desculpe|lamentamos|indisponíve(?:l|is)|não (?:está|estão) disponíve(?:l|is)|ninguém|"
    r"(?:está|estão) ocupad",
    "nl": r"\bhelaas\b|\bsorry\b|niet (?:beschikbaar|bereikbaar)|\bniemand\b|\bbezet\b|in gesprek|voicemail",
}
"""By language: words that only make sense where the call was not answered."""

SPEAK = {
    "en": r"\?|\b(?:say|speak|talk|tell|describe|state|explain|dictate|answer|reply|repeat|spell|sing|name|message|"
    r"voicemail|comments?|feedback|record (?:a|an|the|your)|after th(?:e|is)|when (?:you|done)|go ahead|press)\b",
    "fr": r"\?|\b(?:dites|parle[rz]|laisse[rz]|enregistre[rz]|donne[rz]|indique[rz]|décri\w+|explique[rz]|raconte[rz]|"
    r"épele[rz]|répond\w+|nom|message|avis|commentaire|après|appuyez|tapez)\b",
    "de": r"\?|\b(?:sagen|sprechen|nennen|hinterlassen|beschreiben|schildern|erzählen|geben sie|teilen sie|antworten|"
    r"buchstabieren|diktieren|nehmen sie|nachricht|namen|signalton|nach dem|drücken)\b",
    "es": r"\?|\b(?:diga|di|hable|habla|deje|deja|grabe|graba tu|nombre|describ[ae]|expli(?:que|ca)|indi(?:que|ca)|"
    r"cuéntenos|responda|deletree|mensaje|comentarios?|después|pulse|presione|marque)\b",
    "it": r"\?|\b(?:dica|dite|parl(?:i|a|ate)|lasci(?:a|ate)?|registr(?:i|a|ate)|descriv\w+|spieg\w+|indic\w+|nome|"
    r"raccont\w+|rispond\w+|messaggio|commento|dopo|prema|premere|premi)\b",
    "pt": r"\?|\b(?:diga|fale|deixe|grave|descreva|explique|informe|conte|responda|soletre|nome|mensagem|comentário|"
    r"após|depois|tecle|pressione|prima)\b",
    "nl": r"\?|\b(?:zegt?|spreekt?|laat|noem|beschrijf|vertel|geeft?|antwoord|leg|naam|bericht|na de|drukt?|toets)\b",
}
"""By language: words that may ask the caller to say something."""

KEPT = {
    "en": r"(?<!leave )\b(?:your|the|this|that) (?:message|recording)|\bre-?record|\brecord (?:it|again|over|another)|"
    r"\b(?:it|keep|save|send|submit|delete|discard|erase|review)\b|"
    r"\bthank(?:s| you)(?! for (?:your call|calling|holding|waiting|choosing))",
    "fr": r"(?<!laisser )\b(?:votre|le|ce|cet|l') ?(?:message|enregistrement)|réenregistrer|réécouter (?:le|votre)|"
    r"\b(?:garder|conserver|sauvegarder|envoyer|supprimer|effacer|valider|recommencer|l')\b|"
    r"\bmerci(?! (?:de votre appel|de nous|d'avoir|de patienter|pour votre appel))",
    "de": r"\b(?:ihre|die|diese) (?:nachricht|aufnahme|aufzeichnung)|(?:neu|erneut|nochmals?) auf\w+|"
    r"\b(?:anhören|behalten|speichern|löschen|senden|absenden|abschicken|verwerfen)\b|"
    r"\b(?:vielen )?dank\w*(?! für (?:ihren anruf|ihre geduld))\b",
    "es": r"(?<!dejar )\b(?:su|el|tu|este) mensaje|\b(?:la|su) grabación|regrabar|grabar(?:lo| de nuevo| otra)|"
    r"\b(?:conservar|guardar|enviar|borrar|eliminar)(?:l[oa])?\b|\bgracias(?! por (?:llamar|su llamada|esperar))",
    "it": r"(?<!lasciare )\b(?:il|suo|tuo|questo) messaggio|\b(?:la|sua|tua) registrazione|\briascoltarl|registrare di|"
    r"\b(?:conserva|salva|invia|elimina)\w*|\bcancella\w*|\bgrazie(?! (?:per aver|di aver|per la))",
    "pt": r"(?<!deixar )\b(?:sua|a|esta|tua) (?:mensagem|gravação)|regravar|gravar (?:de novo|novamente|outra)|"
    r"\b(?:guardar|salvar|manter|enviar|apagar|excluir)\b|\bobrigad[oa](?! por (?:ligar|sua|telefonar))",
    "nl": r"\b(?:uw|het|dit|de|je) (?:bericht|opname|boodschap)|opnieuw op\w*|"
    r"\b(?:bewaren|opslaan|verzenden|versturen|wissen|verwijderen|beluisteren)\b|"
    r"\b(?:bedankt|dank u)(?! voor (?:het|uw (?:telefoontje|oproep|geduld)))",
}
"""By language: words that may speak of what the caller has said, after it was recorded."""


def could_say(placed: Placed, phrases: dict[str, str]) -> bool:
    """Whether a `talk` or `stream` may say one of the phrases: surely not only where all it says can be read."""
    text = words(placed)
    pattern = phrases.get(base(voice(placed.action)[0]))
    if pattern is None or not any(map(str.isalpha, visible(text))):
        return True
    return _search(pattern, text) is not None


def spoken_in(placed: Placed, phrases: dict[str, str]) -> Place | None:
    """Where a `talk` says one of the phrases of its language; None for all other actions."""
    text = words(placed)
    pattern = phrases.get(base(voice(placed.action)[0])) if text else None
    found = _search(pattern, text) if pattern is not None else None
    return part(placed.origin.at("text"), text, *found) if found is not None else None


@lru_cache(maxsize=4096)
def _search(pattern: str, text: str) -> tuple[int, int] | None:
    found = re.search(pattern, heard(text))
    return found.span() if found else None
