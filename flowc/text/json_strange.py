"""What stands in a text that should be JSON and is no piece of JSON: comments, odd quotes, odd spaces, bare words."""

from __future__ import annotations

import re

from . import json_rules as rules
from .fault import Fault
from .quoting import code
from .source import Span


def strange(text: str, at: int) -> Fault:
    """What to say of the characters at a place where no piece of JSON begins."""
    found = _STRANGE.match(text, at)
    if found is None or found.lastgroup is None:
        return _sign(text, at)
    span, written = Span(*found.span()), found[0]
    match found.lastgroup:
        case "text":
            return _text(text, at)
        case "comment":
            return Fault(rules.COMMENT, span, "a comment stands here, and JSON has none", "delete it")
        case "smart":
            return Fault(rules.SMART_QUOTES, span, f"{code(written)} is a typographic quote", 'write `"`')
        case "single":
            return Fault(rules.SINGLE_QUOTES, span, "JSON knows only double quotes", _in_double(written))
        case "space":
            return Fault(rules.ODD_SPACE, span, f"U+{ord(written[0]):04X} is no space to JSON", "write a space")
        case "placeholder":
            hint = f"write {code(chr(34) + written + chr(34))}"
            return Fault(rules.PLACEHOLDER, span, f"the placeholder {code(written)} stands without quotes", hint)
        case "number":
            return Fault(rules.NOT_A_NUMBER, span, f"{code(written)} is no number in JSON", _number(written))
        case _:
            return Fault(rules.BARE_WORD, span, f"{code(written)} stands without quotes", _word(written))


_STRANGE = re.compile(
    r"""(?P<text>")
    |(?P<comment>//[^\n]*|/\*[^*]*+(?:\*(?!/)[^*]*+)*(?:\*/)?|\#[^\n]*|<!--[^\n]*)
    |(?P<smart>[\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2033])
    |(?P<single>'[^'\\\n]*+(?:\\.[^'\\\n]*+)*'?|`[^`\n]*`?)
    |(?P<space>[\x0b\x0c\x1c-\x1f\x85\u00a0\u1680\u180e\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+)
    |(?P<placeholder>\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|\{\{|\{%|\$\{[^}\n]*\}?|<%[^\n]*?%>|<[\w .:-]+>|%[sd]\b|\$\w+)
    |(?P<number>[-+]?(?:NaN|[Ii]nf(?:inity)?|nan)\b|[-+]?\.?[0-9][\w.+-]*|[-+])
    |(?P<word>[^\W\d][\w.$-]*)""",
    re.VERBOSE,
)


def placeholder(text: str, at: int) -> Fault | None:
    """What to say of a `{{` or `{%`, which begins with a sign that JSON knows."""
    return strange(text, at) if text[at : at + 2] in ("{{", "{%") else None


def _in_double(written: str) -> str:
    inner = written.strip("'`").replace('"', '\\"')
    return f"write {code(chr(34) + inner + chr(34))}" if len(inner) <= 40 else 'write `"` for each of them'


def _number(written: str) -> str:
    if written.strip("+-").lower().startswith(("nan", "inf")):
        return "write `null`, or a number"
    return f"write {code(chr(34) + written + chr(34))} if it is a text, such as a number to dial"


def _word(written: str) -> str:
    constant = {"true": "true", "false": "false", "none": "null", "null": "null", "nil": "null", "undefined": "null"}
    meant = constant.get(written.lower())
    return f"write `{meant}`" if meant else f"write {code(chr(34) + written[:40] + chr(34))}"


def _sign(text: str, at: int) -> Fault:
    sign = text[at]
    shown = code(sign) if sign.isprintable() and not sign.isspace() else f"U+{ord(sign):04X}"
    return Fault(rules.JSON_SYNTAX, Span(at, at + 1), f"{shown} cannot stand here", f"delete {shown}")


def _text(text: str, at: int) -> Fault:
    """A text in double quotes that is none: not closed, or with something in it that JSON does not take."""
    sound = _SOUND.match(text, at)
    stop = sound.end() if sound else at + 1
    sign = text[stop : stop + 1]
    if sign == "\\":
        escape = _ESCAPE.match(text, stop)
        written = escape[0] if escape else sign
        message = f"{code(written)} means nothing in a text"
        return Fault(rules.BAD_ESCAPE, Span(stop, stop + len(written)), message, "write `\\\\` for a backslash")
    if sign in ("\n", "\r", ""):
        if smart := _CLOSING.search(text, at, stop):
            message = "the text ends in a typographic quote"
            return Fault(rules.SMART_QUOTES, Span(*smart.span()), message, 'write `"`')
        hint = 'close it with `"`; a line break inside is written `\\n`'
        return Fault(rules.UNCLOSED_TEXT, Span(at, stop), "this text is not closed on its line", hint)
    shown = "a tab" if sign == "\t" else f"U+{ord(sign):04X}"
    return Fault(
        rules.CONTROL_IN_TEXT,
        Span(stop, stop + 1),
        f"{shown} stands in a text as it is",
        f"write `{json_escape(sign)}`",
    )


# No possessive group: Python before 3.11.4 leaves one at the wrong place after half a match.
_SOUND = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*')
_ESCAPE = re.compile(r"\\(?:u\w{0,4}|x\w{0,2}|.)?")
_CLOSING = re.compile("[\u201c\u201d\u201e\u00ab\u00bb](?=\\s*[,}\\]:]?\\s*\\Z|\\s*[,}\\]:])")


def json_escape(sign: str) -> str:
    """A control character as JSON writes it."""
    return "\\t" if sign == "\t" else f"\\u{ord(sign):04x}"
