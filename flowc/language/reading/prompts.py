"""The sentence that `{{ options }}` stands for: "For sales, press 1. For support, press 2." """

from __future__ import annotations

import re
from collections.abc import Mapping

from ..flow import Block, Option, Question, ToStep

_SENTENCES = {
    "en": ("For {label}, press {key}.", "star", "hash"),
    "fr": ("Pour {label}, tapez {key}.", "étoile", "dièse"),
    "de": ("Für {label} drücken Sie die {key}.", "Sterntaste", "Rautetaste"),
    "es": ("Para {label}, pulse {key}.", "asterisco", "almohadilla"),
    "it": ("Per {label}, premere {key}.", "asterisco", "cancelletto"),
    "pt": ("Para {label}, prima {key}.", "asterisco", "cardinal"),
    "nl": ("Voor {label}, toets {key}.", "sterretje", "hekje"),
}
"""How a menu announces an option, and what its star and hash keys are called, by language."""

_REGIONAL = {
    "en-US": ("For {label}, press {key}.", "star", "pound"),
    "pt-BR": ("Para {label}, tecle {key}.", "asterisco", "sustenido"),
}


_OPTIONS = re.compile(r"\{\{\s*options\s*\}\}")


def made_of_options(text: str) -> bool:
    """Whether a text holds `{{ options }}`."""
    return "{{" in text and _OPTIONS.search(text) is not None


def with_options(text: str, question: Question, language: str) -> str:
    """A text with the sentence in place of `{{ options }}`; what of it is not known yet stays a template."""
    made = sentence(question, language)
    if text.lstrip().startswith("<speak"):
        made = "".join(_ESCAPED.get(each, each) for each in made) if "{{" not in made else made
    return _OPTIONS.sub(lambda _: made, text)


_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def speaks(language: str) -> bool:
    """Whether `{{ options }}` can be said in a language."""
    return language.split("-")[0] in _SENTENCES


def sentence(question: Question, language: str) -> str:
    """The options of a question that have a key, announced one after another in the order in which they are written.

    Keys of the flow's `keys:` are not among them: they are there for those who know them.
    """
    form, star, hash_ = _REGIONAL.get(language) or _SENTENCES.get(language.split("-")[0]) or _SENTENCES["en"]
    spoken = {"*": star, "#": hash_}
    own = question.fields.get("options")
    return " ".join(
        form.replace("{label}", label(key, question.options[key], language)).replace(
            "{key}", "".join(spoken.get(each, each) for each in key)
        )
        for key in question.keys
        if isinstance(own, dict) and key in own
    )


_MOST = 5_000
"""Characters of a text that are looked through: a longer one is too long to be said."""


def suspicious(text: str) -> bool:
    """Whether a text is worth a look for placeholders of other languages; few are, and this is asked of every one."""
    found = "{" in text or "$" in text or "%" in text or "[" in text or "params." in text or "vars." in text
    return (found or text[:4] == "http") and len(text) <= _MOST


def label(key: str, option: Option, language: str) -> str:
    """What an option is called in a language: its label, else its first word, else the step it leads to."""
    if isinstance(option.label, Mapping):
        return option.label.get(language, "")
    if option.label:
        return option.label
    if option.words:
        return option.words[0]
    if isinstance(option.target, ToStep):
        return option.target.name.replace("_", " ").replace("-", " ")
    return "" if isinstance(option.target, Block) else key
