"""What one who is called hears before the two are joined."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.linking.link import Linked
from .announced import announced
from .moment import part
from .registry import Check, Said, check

WHISPERED: list[Check] = []


@check("W329", "key-for-callee", WHISPERED)
def key_for_callee(linked: Linked) -> Iterator[Said]:
    """One who is called is told to press a key

    `onAnswer` is heard, and then the two are joined: no document of the platform says that one who is called can be
    asked, so nothing takes the key. Who does not want the call can only hang up.

    Say who calls, and take the key out.
    """
    for name in [each for each in linked.placed if each[-9:] == ".onAnswer"]:
        for each in linked.placed[name]:
            text, language = str(each.action.get("text", "")), str(each.action.get("language", "en-US"))
            for key, (start, end) in list(announced(text, language).items())[:1]:
                place = part(each.origin.at("text"), text, start, end)
                message = f"one who is called is told to press `{key}` here, and nothing takes it"
                yield Said(place, message, "say who calls; then the two are joined, and who does not want it hangs up")
