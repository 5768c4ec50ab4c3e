"""What single words of an expression may be: paths of names, and filters with their arguments."""

from __future__ import annotations

from collections.abc import Sequence

from ...program.evaluate import Expression
from ...program.filters import DATE_FORMATS, FILTERS
from ...text.diagnostics import Rule
from ...text.nearest import nearest
from .path_faults import fault
from .scope import Scope
from .tokens import Complain, Token

UNKNOWN_FILTER = Rule(
    "E239",
    "unknown-filter",
    """A filter that does not exist

A filter is what follows a `|`. There is none of this name, so the value could not be put into what a caller hears.

Correct the name.""",
)
FILTER_ARGUMENTS = Rule(
    "E240",
    "filter-arguments",
    """A filter that is given what it cannot use

It would make nothing, and a caller would hear nothing in its place.

Give it what it takes; arguments have no names.""",
)


def check_path(words: Sequence[Token], scope: Scope, complain: Complain) -> Expression:
    """The expression that names, with what is wrong about them said."""
    path = tuple(each.value if each.kind == "text" else each.word for each in words)
    wrong = fault(path, scope)
    if wrong is not None:
        complain(wrong.rule, words[wrong.first].start, words[wrong.last].end, wrong.message, wrong.hint)
    return ("path", *path)


def check_filter(name: str, arguments: Sequence[Expression], span: tuple[int, int], complain: Complain) -> None:
    """Say what is wrong with the name or the arguments of a filter that stands at a span."""
    known = FILTERS.get(name)
    if known is None:
        near = _KNOWN_AS.get(name.lower()) or nearest(name, FILTERS)
        listed = f"there are {', '.join(f'`{each}`' for each in FILTERS)}"
        hint = f"did you mean `{near}`?" if near else _INSTEAD.get(name.lower(), listed)
        complain(UNKNOWN_FILTER, *span, f"there is no filter `{name}`", hint)
    elif not known.least <= len(arguments) <= known.most:
        most = {0: "no argument", 1: "one argument at most"}.get(known.most, f"{known.most} arguments at most")
        complain(FILTER_ARGUMENTS, *span, f"`{name}` takes {most}", None)
    elif arguments and (wrong := _unfit(name, arguments[0])):
        complain(FILTER_ARGUMENTS, *span, *wrong)


_INSTEAD = {
    "first": "write `[0]` behind the value",
    "last": "write `[-1]` behind the value",
    **dict.fromkeys(("truncate", "substr", "substring", "slice", "left"), "write `[:3]` behind the value, for three"),
    "right": "write `[-3:]` behind the value, for three",
    **dict.fromkeys(("string", "str", "tostring"), "join it with a text: `'' ~ vars.x`"),
    **dict.fromkeys(("tojson", "json", "dump"), "`json:` of a `request` writes JSON by itself"),
    **dict.fromkeys(("escape", "e", "safe", "urlencode", "urlquote"), "take it out: what is put in is escaped"),
    "e164": "take it out: a number is dialled without its `+`",
}
"""What is written in place of filters that there are elsewhere."""

_KNOWN_AS = {
    **dict.fromkeys(("uppercase", "upcase", "toupper", "ucase"), "upper"),
    **dict.fromkeys(("lowercase", "downcase", "tolower", "lcase"), "lower"),
    **dict.fromkeys(("strip", "trim_spaces"), "trim"),
    **dict.fromkeys(("len", "count", "size"), "length"),
    **dict.fromkeys(("say_as", "sayas", "digit"), "digits"),
    **dict.fromkeys(("characters", "spell_out", "letters"), "spell"),
    **dict.fromkeys(("cardinal", "num", "float", "decimal"), "number"),
    **dict.fromkeys(("currency", "price", "amount"), "money"),
    **dict.fromkeys(("telephone", "tel"), "phone"),
    **dict.fromkeys(("integer", "to_int", "toint"), "int"),
    **dict.fromkeys(("strftime", "dateformat", "format_date"), "date"),
    **dict.fromkeys(("or_else", "fallback", "ifempty"), "default"),
}
"""Filters under names that they have elsewhere."""


def _unfit(name: str, argument: Expression) -> tuple[str, str] | None:
    match name, argument:
        case "date", ["lit", form] if form not in DATE_FORMATS:
            return "this is no format of a date", f"one of {', '.join(f'`{each}`' for each in DATE_FORMATS)}"
        case "number" | "round", ["neg", *_]:
            return f"`{name}` takes a count of decimal places, 0 to 10", f"`{name}(2)`"
        case "number" | "round", ["lit", places] if type(places) is not int or not 0 <= places <= 10:
            return f"`{name}` takes a count of decimal places, 0 to 10", f"`{name}(2)`"
        case "money", ["lit", currency] if not isinstance(currency, str):
            return "`money` takes a currency as a text", "`money('EUR')`"
    return None


RULES = (UNKNOWN_FILTER, FILTER_ARGUMENTS)
