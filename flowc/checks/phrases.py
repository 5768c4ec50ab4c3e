"""What a prompt means, told by its words: that a message is asked for, or that nobody answered."""

from __future__ import annotations

import re
from functools import lru_cache

from ..language.origin import Placed
from ..text.document import Place
from .announced import base, heard
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
