"""Expressions as other languages write them, and as they are written here. Asked only where one cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .scope import CALL_PARTS, OF_A_CALL, Scope
from .tokens import BRACES


class Change(NamedTuple):
    """A word that another language has: its offsets, and what stands here instead."""

    start: int
    end: int
    right: str


class Translated(NamedTuple):
    """A whole expression as it is written here, and the words that were changed in it."""

    text: str
    changes: tuple[Change, ...]

    def change_at(self, at: int) -> Change | None:
        """The change of the word at an offset, where that word alone is another one here."""
        there = (each for each in self.changes if each.start <= at < each.end)
        return next((each for each in there if f" {each.right} " in f" {self.text}"), None)


MOST = 500
"""Characters; a longer expression is nobody's slip."""


_WORDS = rf"""(?xsa)
    (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<braces>{BRACES})
    |(?P<shell>\$\{{\s*[A-Za-z_][\w.]*\s*\}}|[$@\#][A-Za-z_][\w.]*|\{{\s*[A-Za-z_][\w.]*\s*\}})
    |(?P<sign>&&|\|\||===|!==|<>|==|!=|<=|>=|=>|=<|=|!|&|\^)
    |(?P<name>(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
    |(?P<space>\s+)|(?P<other>.)"""
_SIGNS = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "===": "==",
    "=": "==",
    "!==": "!=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "!": "not",
}
_KEYWORDS = {
    **dict.fromkeys(("null", "nil", "undefined", "nothing"), "none"),
    **{word: word for word in ("and", "or", "not", "in", "if", "else", "is", "true", "false", "none")},
    **dict.fromkeys(("eq", "equals"), "=="),
    **dict.fromkeys(("ne", "neq"), "!="),
    **dict.fromkeys(("ge", "gte"), ">="),
    **dict.fromkeys(("le", "lte"), "<="),
    "gt": ">",
    "lt": "<",
}
_OWNERS = {
    **dict.fromkeys(("var", "variable", "variables", "flow.variables", "set", "answers", "answer", "session"), "vars"),
    **dict.fromkeys(("param", "parameter", "parameters", "args", "config", "env"), "params"),
}
_OF_THE_CALL = {
    **dict.fromkeys(("caller", "callerid", "caller_id", "from", "ani", "trigger.call.from"), "call.from"),
    **dict.fromkeys(("called", "callee", "to", "dnis", "did", "exten", "trigger.call.to"), "call.to"),
}
_ORDER = r"[<>]=?|[=!]="
_CLOCK = r"'[0-2]?\d:[0-5]\d'"
_PATH = r"[A-Za-z_][\w.]*(?:\[[^\[\]]*\])*"
_TEXT = r"'[^'\\]*'|\"[^\"\\]*\""
_FILTERS = {
    **dict.fromkeys(("length", "len", "size", "count", "strlen"), "length"),
    **dict.fromkeys(("lower", "tolowercase", "downcase"), "lower"),
    **dict.fromkeys(("upper", "touppercase", "upcase"), "upper"),
    **dict.fromkeys(("trim", "strip"), "trim"),
    **dict.fromkeys(("int", "parseint", "number", "integer", "toint"), "int"),
    "round": "round",
}


def translated(text: str, scope: Scope) -> Translated | None:
    """An expression with all that is known from other languages put as it is here; None where nothing is."""
    if len(text) > MOST:
        return None
    changes: list[Change] = []
    made = "".join(_translated(text.translate(_QUOTES), scope, changes))
    for pattern, right in _FORMS:
        made = re.sub(pattern, right, made)
    made = re.sub(r"\s+(?=[,)\]])|(?<=[(\[])\s+", "", " ".join(_outside_texts(made))).strip()
    return Translated(made, tuple(changes)) if made and made != text else None


_QUOTES = {**dict.fromkeys(map(ord, "\u201c\u201d\u201e"), '"'), **dict.fromkeys(map(ord, "\u2018\u2019\u201a`"), "'")}


def _outside_texts(text: str) -> Iterator[str]:
    """The words of a text, in which spaces between quotes stay."""
    for found in re.finditer(rf"(?:{_TEXT}|[^\s'\"]|['\"])+", text):
        yield found[0]


def _translated(text: str, scope: Scope, changes: list[Change]) -> Iterator[str]:
    before = ""
    for found in re.finditer(_WORDS, text):
        kind, word = found.lastgroup or "", found[0]
        right = word
        if kind == "braces":
            right = " "
        elif kind == "sign":
            right = f" {_SIGNS.get(word, word)} " if word in _SIGNS else word
        elif kind == "shell":
            right = _name(word.strip("${}@# \t\n"), scope, before)
        elif kind == "name" and text[found.end() :].lstrip().startswith("("):
            owner, dot, method = word.rpartition(".")
            right = f"{_name(owner, scope, before)}.{method}" if dot else word
        elif kind == "name" and not before.endswith("|"):
            right = _name(word, scope, before)
        if kind in ("sign", "name") and right.strip() != word:
            changes.append(Change(*found.span(), right.strip()))
        if kind != "space":
            before = right.strip() or before
        yield right


def _name(word: str, scope: Scope, before: str) -> str:
    """A name, or a word between names, as it is here."""
    if word.lower() in _KEYWORDS and word not in ("True", "False", "None"):
        return _KEYWORDS[word.lower()]
    root, dot, rest = word.partition(".")
    if root in (*OF_A_CALL, "params", *scope.names, "True", "False", "None"):
        return _OF_THE_CALL.get(word.lower(), word)
    if word.lower() in _OF_THE_CALL and scope.call is not None and root not in (scope.params or ()):
        return word if root in scope.call.made() else _OF_THE_CALL[word.lower()]
    owner, _, last = word.rpartition(".")
    if owner.lower() in _OWNERS:
        return f"{_OWNERS[owner.lower()]}.{last}"
    if root in (scope.params or ()):
        return f"params.{word}"
    if scope.call is not None and root in scope.call.made():
        return f"vars.{word}"
    if scope.call is not None and root in scope.call.hours:
        return f"hours.{word}"
    if scope.call is not None and not dot and root in CALL_PARTS:
        return f"call.{root}"
    # a word alone beside a comparison is a text whose quotes were forgotten
    is_text = before in ("==", "!=") or (before == "is" and word in ("open", "closed", "holiday"))
    return f"'{word}'" if is_text and not rest else word


def _as_filter(found: re.Match[str]) -> str:
    name = _FILTERS.get(found["name"].lower())
    return f"{found['of']} | {name}" if name else found[0]


def _counted(found: re.Match[str]) -> str:
    return re.sub(r"\s*([-+*/])\s*==\s*", r" \1 ", found[0])


def _moment(found: re.Match[str]) -> str:
    """A time of day, where it stands by itself, between quotes."""
    return found[0] if found["text"] else f"'{found['hour'].zfill(2)}:{found['minute']}'"


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _now(found: re.Match[str]) -> str:
    """The moment beside a time of day: its time is meant."""
    sign = found["sign"] or _MIRRORED.get(found["before"], found["before"])
    time = (found["time"] or found["first"]).strip("'").zfill(5)
    return f"(now | time) {sign} '{time}'"


def _got(found: re.Match[str]) -> str:
    other = f" | default({found['other']})" if found["other"] else ""
    return f"{found['of']}[{found['part']}]{other}"


def _share(found: re.Match[str]) -> str:
    return f"{float(found['share']) / 100:g}"


def _is_like(found: re.Match[str]) -> str:
    return f"{found['of']}[:{len(found['word'])}] == '{found['word']}'"


def _as_text(found: re.Match[str]) -> str:
    return found["of"] or found["it"]


def _cut(found: re.Match[str]) -> str:
    first, last = int(found["first"]), int(found["last"] or 0)
    if found["name"] == "charAt":
        return f"{found['of']}[{first}]"
    if found["name"] == "substr":
        last += first if last else 0
    return f"{found['of']}[{first or ''}:{last or ''}]"


def _begins(found: re.Match[str]) -> str:
    part = found["part"]
    if found["of"] in ("call.from", "call.to"):  # whose numbers have no plus
        part = part[0] + part[1:].lstrip("+")
    size = len(part) - 2
    cut = f"[-{size}:]" if found["name"].lower().startswith("ends") else f"[:{size}]"
    return f"{found['of']}{cut} == {part}"


_FORMS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"(\|\s*[a-z]+\()(?!true\)|false\)|none\))([A-Za-z_]\w*)\)", r"\1'\2')"),
    (rf"^(?P<of>{_PATH})\s*(?P<sign>[-+])(?P=sign)$", r"\g<of> \g<sign> 1"),
    (rf"^{_PATH}\s*[-+*/]\s*==\s*\S+$", _counted),
    (r"==\s*==", "=="),
    (rf"(?P<of>{_PATH})\s+between\s+(?P<low>\S+)\s+and\s+(?P<high>\S+)", r"\g<low> <= \g<of> <= \g<high>"),
    (rf"(?P<of>{_PATH})\s+exists\b", r"\g<of> != none"),
    (r"\bcall\.sip\.([A-Za-z]\w*(?:-\w+)+)", r"call.sip['\1']"),
    (r"\bis\s+not\s+(?:none|empty|blank)\b", "!= none"),
    (r"\bis\s+not\s+defined\b", "== none"),
    (r"\bis\s+defined\b", "!= none"),
    (r"\bis\s+(?:none|empty|blank)\b", "== none"),
    (rf"(?P<of>{_PATH})\s+is\s+not\s+(?:a\s+)?(?:number|integer|numeric)\b", r"\g<of> | int == none"),
    (rf"(?P<of>{_PATH})\s+is\s+(?:a\s+)?(?:number|integer|numeric)\b", r"\g<of> | int != none"),
    (r"\bis\s+not\s+equal\s+to\b|\bis\s+not\b", "!="),
    (r"\bis\s+equal\s+to\b|\bis\b", "=="),
    (r"\b(?:Math\.|random\.)?(now|today|random|confidence|language)\(\s*\)", r"\1"),
    (rf"\b(?:str|string|String|text)\((?P<of>{_PATH})\)|(?P<it>{_PATH})\.to_?[sS](?:tring)?\(\)", _as_text),
    (
        rf"(?P<of>{_PATH})\.(?P<name>substring|substr|slice|charAt)\((?P<first>\d{{1,4}})(?:,\s*(?P<last>\d{{1,4}}))?\)",
        _cut,
    ),
    (rf"(?P<of>{_PATH})\.get\(\s*(?P<part>{_TEXT})\s*(?:,\s*(?P<other>{_TEXT}|\w+)\s*)?\)", _got),
    (rf"(?P<text>{_TEXT})|(?<![\w.:\[])(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?![\w:\]])", _moment),
    (
        rf"\bnow\s*(?P<sign>{_ORDER})\s*(?P<time>{_CLOCK})|(?P<first>{_CLOCK})\s*(?P<before>{_ORDER})\s*now\b(?!\s*\|)",
        _now,
    ),
    (rf"(?P<of>{_PATH})\s+(?P<name>(?:starts|begins|ends)[_ ]?[wW]ith)\s+(?P<part>{_TEXT})", _begins),
    (rf"(?P<of>{_PATH})\s*==\s*~\s*'\^(?:\\?\+)?(?P<word>\w+)(?:\.\*)?\$?'", _is_like),
    (rf"(?P<of>{_PATH})\s+like\s+'\+?(?P<word>\w+)%'", _is_like),
    (r"(?<![\w.])(?P<share>\d{1,3}(?:\.\d+)?)\s*%(?=\s*(?:$|\)|and\b|or\b))", _share),
    (rf"(?P<of>{_PATH})\.(?P<name>starts_?[wW]ith|ends_?[wW]ith)\((?P<part>{_TEXT})\)", _begins),
    (rf"(?P<of>{_PATH})\.(?:includes|contains|has)\((?P<part>{_TEXT}|{_PATH})\)", r"\g<part> in \g<of>"),
    (rf"(?P<of>{_PATH})\s+(?:contains|includes)\s+(?P<part>{_TEXT}|{_PATH})", r"\g<part> in \g<of>"),
    (rf"(?P<of>{_PATH})\.(?P<name>\w+)\(\)", _as_filter),
    (rf"\b(?P<name>\w+)\((?P<of>{_PATH})\)", _as_filter),
    (
        rf"^(?P<test>[^?'\"]*(?:(?:{_TEXT})[^?'\"]*)*)\?(?P<yes>[^?:]*):(?P<no>[^?:]*)$",
        lambda found: f"{found['yes'].strip()} if {found['test'].strip()} else {found['no'].strip()}",
    ),
)
"""Whole forms of other languages, after their words have been changed."""
