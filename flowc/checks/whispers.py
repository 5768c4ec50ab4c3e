"""What one who is called hears before the two are joined."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.linking.link import Linked
from .announced import announced
from .answers_asked import answer_asked
from .moment import part
from .registry import Check, Said, check

WHISPERED: list[Check] = []


@check("W329", "key-for-callee", WHISPERED)
def key_for_callee(linked: Linked) -> Iterator[Said]:
    """One who is called is told to press a key, or to say a word

    `onAnswer` is heard, and then the two are joined: no document of the platform says that one who is called can be
    asked, so nothing takes a key or a word. Who does not want the call can only hang up.

    Say who calls, and take the question out.
    """
    for name in [each for each in linked.placed if each[-9:] == ".onAnswer"]:
        for each in linked.placed[name]:
            text, language = str(each.action.get("text", "")), str(each.action.get("language", "en-US"))
            keys = announced(text, language)
            key, span = next(iter(keys.items()), (None, answer_asked(text, language)))
            if span is not None:
                asked = f"told to press `{key}` here" if key is not None else f"asked: `{text[slice(*span)]}`"
                message = f"one who is called is {asked}, and nothing takes it"
                hint = "say who calls; then the two are joined, and who does not want it hangs up"
                yield Said(part(each.origin.at("text"), text, *span), message, hint)
