"""Words by which an author says that a param is a secret: ours, those of other systems, and either of them misspelt."""

from __future__ import annotations

import re

from .nearest import nearest

SECRET = "secret"
"""The type of such a param."""

TYPES = ("password", "passwd", "token", "key", "apikey", "credential", "credentials", "sensitive", "private", "masked")
"""Types of other systems that stand for it."""

_LONGEST = 64
_FLAGS = frozenset({"secret", "secrets", "sensitive", "private", "confidential", "masked", "hidden", "encrypted"})
_NAMES = (
    r"(?i)(?:.*[_-])?(?:key|api[_-]?key|secrets?|token|password|passwd|pwd|pin|passcode|credentials?|authorization"
    r"|auth)(?:[_-].*)?"
)
_WORD = r"(?<![\w-])([\w-]{1,64})"
"""A word; a longer one is none of these, and a look at each of its ends would take its square."""

_TYPE = r"""\b(?:type|typ|kind)["']?[ \t]{0,9}:[ \t]{0,9}["'!\[]{0,9}([\w-]{1,64})"""
_FLAG = (
    rf"""(?m){_WORD}["']?[ \t]{{0,9}}:[ \t]{{0,9}}(?:true|yes|on)\b"""
    r"""|^["']?(\w{1,64})["']?[ \t]{0,9}:[ \t]{0,9}(?:\{|#|$)"""
)
_SAID = r"""\bsecret["']?[ \t]{0,9}:|:[ \t]{0,9}["']?secret\b"""
_NAMED = rf"""{_WORD}["']?[ \t]{{0,9}}:[ \t]{{0,9}}[^\s\[{{]"""
_PLAIN = frozenset(
    {"text", "number", "integer", "boolean", "phone", "url", "choice", "list", "object", "string", "array"}
)


def declares(text: str) -> bool:
    """Whether a text may say of a param that it is a secret: a look at its words, before it is read."""
    types = (each[1] for each in re.finditer(_TYPE, text) if each[1] not in _PLAIN)
    flags = (is_flag(each[1] or each[2]) for each in re.finditer(_FLAG, text))
    return re.search(_SAID, text) is not None or any(map(is_type, types)) or any(flags)


def names(text: str) -> bool:
    """Whether a text has a value whose name lets one think that it is a secret."""
    return any(is_name(each[1]) for each in re.finditer(_NAMED, text))


def is_type(word: object) -> bool:
    """Whether a word is the type `secret`, is meant for it, or is a misspelt one."""
    return isinstance(word, str) and (word.lower() in TYPES or _is_near(word))


def is_flag(word: str) -> bool:
    """Whether the name of a field says so: `secret: true`."""
    return word.lower() in _FLAGS or _is_near(word)


def is_name(word: str) -> bool:
    """Whether the name of a value lets one think that it is a secret: `crm_key`."""
    return len(word) <= _LONGEST and re.fullmatch(_NAMES, word) is not None


def _is_near(word: str) -> bool:
    return nearest(word, (SECRET,)) is not None
