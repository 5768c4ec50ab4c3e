"""What a `talk` says: its length, and its SSML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.linking.origin import Placed
from ..language.schema import facts
from . import ssml
from .announced import visible
from .moment import part, words
from .registry import Check, Said, check

SPEAKS: list[Check] = []
"""Checks of a `talk`."""

MARKS_UP: list[Check] = []
"""Checks of a `talk` whose text holds `<` or `&`."""

_TAG = r"</?([A-Za-z][\w:.-]*)[^<>]*>"
_SPEAK = r"\s*<speak\b"
_ENTITY = r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);"
_SILENT = frozenset({"speak", "p", "s"})


@check("W350", "text-too-long", SPEAKS)
def text_too_long(placed: Placed) -> Iterator[Said]:
    """More than one `talk` may say

    The reference allows a certain number of characters in one `talk`, SSML tags not counted (an older schema and an SDK
    count the tags too). What happens to a longer text is not said: callers may hear nothing. Split it into several.
    """
    text, most = words(placed), int(facts.limit("spokenText"))
    if len(text) > most:
        length = len(_spoken(text))
        if length > most:
            message = f"{length} characters, and one `talk` may say {most} (SSML tags are not counted)"
            yield Said(placed.origin.at("text"), message, "split it into several `talk`")


@check("W351", "nothing-to-say", SPEAKS)
def nothing_to_say(placed: Placed) -> Iterator[Said]:
    """A `talk` that says nothing

    The text is empty, or there are only tags in it. The reference does not say whether that is a pause or a mistake.
    Take the action out; for a pause, use `wait`.
    """
    text = placed.action.get("text")
    if isinstance(text, str) and (not text.strip() or ("<" in text and _is_silent(text))):
        yield Said(
            placed.origin.at("text"), "there is nothing to say here", "take this `talk` out; for a pause, use `wait`"
        )


@check("W356", "ssml-malformed", MARKS_UP)
def ssml_malformed(placed: Placed) -> Iterator[Said]:
    """SSML that is not well-formed

    SSML is XML: every tag is closed, attributes stand in quotes, and `&` and `<` are written `&amp;` and `&lt;`. With a
    text that is none of that, speech engines refuse the whole of it, and callers hear nothing.
    """
    yield from _in_ssml(placed, ssml.FORM)


@check("W357", "ssml-unknown-tag", MARKS_UP)
def ssml_unknown_tag(placed: Placed) -> Iterator[Said]:
    """A tag or an attribute that the platform does not name

    The platform's list of SSML has no such tag, or the tag no such attribute: it has no effect, or the whole text is
    refused. `flowc explain talk` names those that there are.
    """
    yield from _in_ssml(placed, ssml.TAG)


@check("W358", "ssml-unknown-value", MARKS_UP)
def ssml_unknown_value(placed: Placed) -> Iterator[Said]:
    """A value that the platform does not name for an SSML attribute

    The attribute exists and this value of it is not in the platform's list: it has no effect, or the whole text is
    refused.
    """
    yield from _in_ssml(placed, ssml.VALUE)


@check("W359", "tag-outside-speak", MARKS_UP)
def tag_outside_speak(placed: Placed) -> Iterator[Said]:
    """Tags in plain text

    A text is SSML only if it is wholly inside `<speak>` and `</speak>`. Whether tags elsewhere are read out or make
    the platform refuse the text, the reference does not say. Enclose the whole text, or take the tags out.
    """
    text = _literal(words(placed))
    if "<" not in text or is_ssml(text) or "<%" in text:
        return
    found = re.search(_TAG, text) or re.search("<", text)
    assert found is not None
    if found.group() == "<":
        message, hint = "`<` in plain text: the platform's documents do not say what becomes of it", "write it in words"
    elif found.group(1) == "speak":
        message, hint = "`<speak>` does not enclose the whole text", "begin the text with it"
    else:
        message = f"`{found.group()}` outside `<speak>`: the platform's documents do not say what becomes of it"
        hint = "enclose the whole text in `<speak>` and `</speak>`" if found.group(1) in facts.ssml() else "take it out"
        document = placed.origin.at("text").document
        if found.group(1) not in facts.ssml() and isinstance(document.data, dict):
            from ..language.linking.unfilled import meant

            right = meant(found.group(1), document.data)
            hint = f"write `{{{{ {right} }}}}`" if right else hint
    yield Said(part(placed.origin.at("text"), text, *found.span()), message, hint)


@check("W360", "entity-in-plain-text", MARKS_UP)
def entity_in_plain_text(placed: Placed) -> Iterator[Said]:
    """`&amp;` in plain text

    Only in SSML is `&` written `&amp;`. In plain text callers hear it spelled out. Write the sign itself.
    """
    text = _literal(words(placed))
    if "&" in text and not is_ssml(text) and (found := re.search(_ENTITY, text)):
        place = part(placed.origin.at("text"), text, *found.span())
        yield Said(place, f"`{found.group()}` in plain text is read as it is written", "write the sign itself")


@check("W362", "sign-in-plain-text", MARKS_UP)
def sign_in_plain_text(placed: Placed) -> Iterator[Said]:
    """`&` in plain text

    In SSML a bare `&` makes the text malformed; how a voice reads it in plain text, no document of the platform says.
    A text that is put inside `<speak>` one day breaks with it. Write the word.
    """
    text = _literal(words(placed))
    found = None if "<" in text else re.search(rf"(?!{_ENTITY})&", text)
    if found is not None:
        place = part(placed.origin.at("text"), text, *found.span())
        message = "`&` in plain text: the platform's documents do not say how it is read"
        yield Said(place, message, "write the word, such as `and`")


def _literal(text: str) -> str:
    """A text with what stands between `{{` and `}}` blanked: its signs are those of an expression."""
    return re.sub(r"\{\{.*?\}\}", lambda found: " " * len(found.group()), text) if "{{" in text else text


def is_ssml(text: str) -> bool:
    """Whether a text means to be SSML: it begins with `<speak`."""
    return "<" in text and re.match(_SPEAK, text) is not None


def _spoken(text: str) -> str:
    """The text without tags, and with one character for each entity."""
    return re.sub(_ENTITY, "&", re.sub(_TAG, "", text)) if is_ssml(text) else text


def _is_silent(text: str) -> bool:
    return not visible(text).strip() and all(found in _SILENT for found in re.findall(_TAG, text))


def _in_ssml(placed: Placed, kind: str) -> Iterator[Said]:
    text = words(placed)
    if is_ssml(text):
        lead = len(text) - len(text.lstrip())
        for fault in ssml.faults(text.strip()):
            if fault.kind == kind:
                place = part(placed.origin.at("text"), text, fault.start + lead, fault.end + lead)
                yield Said(place, fault.message, fault.hint)
