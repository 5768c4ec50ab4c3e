"""Templates written back as the text that an author would write."""

from __future__ import annotations

import json
import re
from itertools import pairwise

from .evaluate import Expression
from .kinds import sound
from .values import Template


def written(template: Template | str) -> str:
    """A template as text: `{{ … }}` for an expression, `{{ '{{' }}` for a literal `{{`.

    What is read from it fills alike. A `str` is a text without expressions. Raises TypeError for a mapping within an
    expression, which has no spelling.
    """
    parts = (template,) if isinstance(template, str) else template.parts
    return "".join(_part(part, after) for part, after in pairwise((*parts, "")))


def spelt(expression: Expression) -> str:
    """An expression as text, with brackets around every part that is not simple."""
    match expression:
        case ["lit", value]:
            return _literal(value)
        case ["path", name, *keys]:
            return str(name) + "".join(_key(str(key)) for key in keys)
        case ["list", *parts]:
            return f"[{', '.join(map(_spelt, parts))}]"
        case ["if", test, yes, *no]:
            return f"{_operand(yes)} if {_operand(test)}" + "".join(f" else {_operand(each)}" for each in no)
        case ["and" | "or" | "~" as word, *parts]:
            return f" {word} ".join(map(_operand, parts)) if len(parts) > 1 else _operand(parts[0])
        case ["not" | "neg" | "pos" as word, operand]:
            return {"not": "not ", "neg": "-", "pos": "+"}[str(word)] + _operand(operand)
        case ["compare", first, *rest]:
            return _operand(first) + "".join(
                f" {str(word).replace('notin', 'not in')} {_operand(each)}"
                for word, each in zip(rest[::2], rest[1::2], strict=True)
            )
        case ["item", operand, key]:
            return f"{_operand(operand)}[{_spelt(key)}]"
        case ["slice", operand, *bounds]:
            return f"{_operand(operand)}[{':'.join('' if each == ('lit', None) else _spelt(each) for each in bounds)}]"
        case ["filter", name, operand, *arguments]:
            given = f"({', '.join(map(_spelt, arguments))})" if arguments else ""
            return f"{_operand(operand)} | {name}{given}"
        case [str(word), left, right]:
            return f"{_operand(left)} {word} {_operand(right)}"
    raise TypeError(f"no expression: {expression!r}")


def _part(part: str | Expression, after: str | Expression) -> str:
    if not isinstance(part, str):
        return f"{{{{ {spelt(part)} }}}}"
    # a `{` before an expression would join its braces
    braces = r"\{[{%#]|\{\Z" if not isinstance(after, str) else r"\{[{%#]"
    return re.sub(braces, lambda found: f"{{{{ '{found[0]}' }}}}", part)


def _spelt(expression: object) -> str:
    if not isinstance(expression, list | tuple):
        raise TypeError(f"no expression: {expression!r}")
    return spelt(expression)


def _operand(expression: object) -> str:
    text = _spelt(expression)
    simple = isinstance(expression, list | tuple) and expression[0] in ("path", "list", "lit") and text[0] != "-"
    return text if simple else f"({text})"


def _literal(value: object) -> str:
    match value:
        case str():
            return _quoted(value)
        case list() | tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case bool() | int() | float():
            return "none" if sound(value) is None else json.dumps(sound(value))
        case None:
            return "none"
    raise TypeError(f"no spelling for {value!r}")


def _quoted(value: str) -> str:
    escaped = (
        value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return "'" + re.sub("[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + "'"


def _key(key: str) -> str:
    return f".{key}" if re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", key) else f"[{_quoted(key)}]"
