"""Where a text asks for an answer of any kind: any key, or a word such as yes. One entry a language."""

from __future__ import annotations

import re

_ASKED = {
    "en": (
        r"(?:press|push|hit|dial|touch|tap)(?:ing)? (?:any|a|one|some) (?:\w+ )?(?:key|button|digit)\b|"
        r"(?:say|speak|answer|reply)(?: with)? [\"'“‘]?(?:yes|yeah|okay|ok|accept)\b|"
        r"(?:say|answer) [\"'“‘]?no\b(?=[\"'”’]?(?: to\b| if\b| or\b|[.,;!]|$))|"
        r"to (?:accept|take|refuse|reject|decline)(?: it| this| the call| this call)?,? (?:please )?say\b"
    ),
    "fr": (
        r"(?:appuyez|appuyer|pressez) sur (?:une|n'importe quelle) touche\b|"
        r"(?:dites|répondez)(?: par)? [«\"']?\s*oui\b"
    ),
    "de": (
        r"drücken Sie (?:eine|irgendeine)(?: beliebige)? Taste\b|eine (?:beliebige )?Taste drücken\b|"
        r"sagen Sie [„\"']?ja\b"
    ),
    "es": (
        r"(?:pulse|pulsa|presione|oprima|marque) (?:cualquier|una) (?:tecla|botón)\b|"
        r"(?:diga|responda) [«\"']?sí\b"
    ),
    "it": r"(?:prema|premere|premi) (?:un|qualsiasi|un qualsiasi) tasto\b|(?:dica|dire|risponda) [«\"']?sì\b",
    "pt": (
        r"(?:prima|pressione|tecle|carregue em|aperte) (?:qualquer|uma) tecla\b|"
        r"(?:diga|responda) [«\"']?sim\b"
    ),
    "nl": r"(?:druk|drukt u) op een (?:willekeurige )?toets\b|(?:zeg|zegt u|antwoord) [\"']?ja\b",
}


def answer_asked(text: str, language: str) -> tuple[int, int] | None:
    """Where a text in a language first asks for a key of any kind, or for a word; None where it does not."""
    pattern = _ASKED.get(language.split("-")[0])
    found = re.search(rf"\b(?:{pattern})", text, re.IGNORECASE) if pattern is not None else None
    return found.span() if found is not None else None
