"""What is wrong with a value: its type, its range, its form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ...text.diagnostics import Diagnostic, Rule
from ...text.nearest import nearest
from ..schema import faults, faults_raw
from ..schema.schemas import types
from .case import Case
from .forms import LEAST, MOST, Say, phone, sip, slug, url, variable, websocket
from .impossible import asks_for_a_recording
from .instead import milliseconds, param, seconds, within, word
from .placeholders import is_placeholder
from .spoken import voice_code
from .whole import whole
from .wording import LONG, either, example, is_a, shown, span_of, takes, typed

_YES = {"yes": True, "on": True, "y": True, "true": True, "no": False, "off": False, "n": False, "false": False}


def wrong_type(case: Case) -> Iterator[Diagnostic]:
    """A value of a type that the field does not take."""
    if case.raw and isinstance(case.value, str):
        found = list(_in_quotes(case))
        if found:
            yield from found
            return
    if not case.raw and case.path[:1] == ("voice",) and len(case.path) == 2 and isinstance(case.value, str):
        yield from _voices(case)
        return
    kinds = types(case.fault.schema, case.root)
    if kinds == {"array"} and _fits_inside(case) and not (case.name == "branch" and not case.raw):
        yield from _not_in_a_list(case)
        return
    name = f"`{case.name}`" if case.path else "the file"
    message = f"{name} is {is_a(case.value, raw=case.raw)}, it takes {takes(case.fault.schema, raw=case.raw)}"
    yield faults.WRONG_TYPE.at(case.where.value(case.path), message, _right_type(case, kinds))


def _voices(case: Case) -> Iterator[Diagnostic]:
    """Languages in a list of voices, said once for all of them."""
    flow = case.where.value(()).document.data
    voices = flow.get("voice") if isinstance(flow, dict) else None
    if isinstance(voices, list) and case.path[-1] == next(
        at for at, each in enumerate(voices) if isinstance(each, str)
    ):
        meant = [{"language": voice_code(each)} if isinstance(each, str) else each for each in voices]
        message = f"a voice is fields, such as `language`, this is {is_a(case.value, raw=False)}"
        hint = f"write {typed('voice', meant, raw=False)}"
        yield faults.WRONG_TYPE.at(case.where.value(case.path), message, hint)


def _in_quotes(case: Case) -> Iterator[Diagnostic]:
    """In a raw NCCO: a placeholder, or a number or truth value in quotes."""
    if is_placeholder(case.value):
        yield placeholder(case)
        return
    value = _unquoted(case.value, types(case.fault.schema, case.root))
    if value is None:
        return
    wrong = [each._replace(path=(*case.path, *each.path)) for each in case.check(case.fault.schema, value)]
    if not wrong:
        message = f"`{case.name}` is {shown(case.value)} in quotes, it takes {takes(case.fault.schema, raw=True)}"
        hint = f"write {typed(case.name, value, raw=True)}"
        yield faults_raw.VALUE_AS_TEXT.at(case.where.value(case.path), message, hint)
    for each in wrong:
        if each.kind in ("minimum", "maximum"):
            yield from range_(case._replace(fault=each))


def _unquoted(text: str, kinds: frozenset[str]) -> float | bool | None:
    """The number or truth value that stands in a text, where one is asked for."""
    if kinds == {"boolean"} and text.strip().lower() in ("true", "false"):
        return text.strip().lower() == "true"
    if kinds & {"integer", "number"} and re.fullmatch(r"\s*-?[0-9]{1,15}(\.[0-9]{1,15})?\s*", text):
        return float(text.strip()) if "." in text else int(text.strip())
    return None


def placeholder(case: Case) -> Diagnostic:
    """A value that is still to be put in."""
    message = f"{shown(case.value)} is a placeholder: `{case.name}` takes {takes(case.fault.schema, raw=True)}"
    return faults_raw.PLACEHOLDER.at(case.where.value(case.path), message, "put the value in before a call uses it")


def _fits_inside(case: Case) -> bool:
    """Whether the value is of the type of the items of the list that is asked for."""
    items = case.fault.schema.get("items")
    if items is None or case.value is None:
        return False
    return not any(fault.kind == "type" and not fault.path for fault in case.check(items, case.value))


def _not_in_a_list(case: Case) -> Iterator[Diagnostic]:
    """One thing where a list of them is taken, and what is wrong with the thing itself."""
    from .explain import diagnostics

    message = f"`{case.name}` is {is_a(case.value, raw=case.raw)}, it takes {takes(case.fault.schema, raw=case.raw)}"
    found = [
        each._replace(path=(*case.path, *each.path)) for each in case.check(case.fault.schema["items"], case.value)
    ]
    hint = f"write {typed(case.name, [case.value], raw=case.raw)}"
    if isinstance(case.value, dict) or found:
        hint = "put brackets around it: " + (f'`"{case.name}": […]`' if case.raw else f"`{case.name}: […]`")
    yield faults.NOT_IN_A_LIST.at(case.where.value(case.path), message, hint)
    yield from diagnostics(found, case.where, case.root, case.check)


def _right_type(case: Case, kinds: frozenset[str]) -> str | None:
    """The value as it is most likely meant, as text to type."""
    value = case.value
    if isinstance(value, str) and kinds == {"boolean"} and value.lower() in _YES:
        return f"write {typed(case.name, _YES[value.lower()], raw=case.raw)}"
    if isinstance(value, str) and kinds & {"integer", "number"}:
        time = seconds(value, whole="number" not in kinds)
        found = re.match(r"\s*([0-9]+)", value)
        number = int(found[1][:15]) if found and time is None else time
        return None if number is None else _fitting(case, number)
    if isinstance(value, bool | int | float) and kinds == {"string"} and case.path != ("timezone",):
        return f"write `{json.dumps(str(json.dumps(value)))}`, in quotes"
    if not case.raw and case.path[:1] == ("params",) and len(case.path) == 2 and (form := param(case.name, value)):
        return form
    if not case.raw and case.path[:1] == ("hours",) and len(case.path) == 2:
        spans = value if isinstance(value, str) and re.fullmatch(r"[\d:]+-[\d:]+", value) else "09:00-17:30"
        return f'write `{case.name}: {{open: {{mon-fri: "{spans}"}}}}`'
    if value is True and case.name in ("dtmf", "speech") and not case.raw:
        return f"write `{case.name}: {{}}`"
    is_step_wanted = str(case.facts.get("takes", "")).startswith("the name of a step")
    if not case.raw and value is None and is_step_wanted:
        return f"write `{case.name}: STEP`"
    if not case.raw and is_step_wanted and isinstance(value, int) and LEAST <= len(str(value)) <= MOST:
        return f"write `{case.name}: {{connect: {{phone: {value}}}}}`"
    if not case.raw and case.path[-2:-1] == ("set",):
        if isinstance(value, list):
            return f'write `{case.name}: "{{{{ {shown(value).strip("`")} }}}}"`'
        inner = next(iter(value), "NAME") if isinstance(value, dict) else "NAME"
        return f"write each as a name of its own: `{case.name}_{inner}: …`"
    if not case.raw and case.path and (form := whole(case.name, value)):
        return form
    if value is None and kinds == {"object"}:
        return f"write {typed(case.name, {}, raw=case.raw)}"
    return None


def _fitting(case: Case, number: float) -> str:
    """What to write for a number that stands as a text: the nearest that the field takes."""
    fit = within(number, case.fault.schema)
    written = f"write {typed(case.name, fit, raw=case.raw)}"
    if fit == number:
        return written
    if not case.raw and case.path[-2:] == ("dtmf", "timeOut") and number > fit:
        return f"no NCCO waits longer for a key: {written}, and give more `attempts`"
    return f"{written}, or a number within: it takes {span_of(case.fault.schema)}"


def range_(case: Case) -> Iterator[Diagnostic]:
    """A number outside of its range."""
    message = f"`{case.name}` is {case.value}, it takes {span_of(case.fault.schema)}"
    end = case.fault.schema[case.fault.kind]
    hint = f"write {typed(case.name, end, raw=case.raw)}, or a number within"
    if (meant := milliseconds(case.value, case.fault.schema)) is not None:
        hint = f"it is in seconds: write {typed(case.name, meant, raw=case.raw)}"
    elif not case.raw and case.fault.kind == "maximum" and case.path[-2:] == ("dtmf", "timeOut"):
        hint = f"no NCCO waits longer for a key: write {typed(case.name, end, raw=False)}, and give more `attempts`"
    if case.facts.get("clamped"):
        message = f"{message}: the platform makes it {end}"
        yield faults_raw.CLAMPED.at(case.where.value(case.path), message, hint)
    else:
        yield faults.OUT_OF_RANGE.at(case.where.value(case.path), message + _disputed(case), hint)


def one_of(case: Case) -> Iterator[Diagnostic]:
    """A word that is none of those allowed."""
    if case.raw and is_placeholder(case.value):
        yield placeholder(case)
        return
    words = case.fault.schema.get("enum") or [case.fault.schema.get("const")]
    message = f"`{case.name}` is {shown(case.value)}, it takes {either(f'`{word}`' for word in words)}"
    near = nearest(case.value, words) if isinstance(case.value, str) and case.value.isalpha() else None
    only = f"write {typed(case.name, words[0], raw=case.raw)}" if len(words) > 1 else f"take `{case.name}` out"
    near = word(case.name, case.value, list(map(str, words))) or near
    hint = f"did you mean `{near}`?" if near else only
    yield faults.NOT_ONE_OF.at(case.where.value(case.path), message + _disputed(case), hint)


def _disputed(case: Case) -> str:
    return "; the platform's own sources disagree here" if "disagree" in case.facts else ""


def length(case: Case) -> Iterator[Diagnostic]:
    """A text that is too long or too short."""
    if case.fault.kind == "minLength" and not case.value:
        message = f"`{case.name}` is an empty text"
        hint = f"write {typed(case.name, example(case.fault.schema), raw=case.raw)}"
    else:
        least, most = case.fault.schema.get("minLength", 0), case.fault.schema.get("maxLength")
        bound = f"at most {most}" if case.fault.kind == "maxLength" else f"at least {least}"
        message, hint = f"`{case.name}` has {len(case.value)} characters, it takes {bound}", None
    yield faults.WRONG_LENGTH.at(case.where.value(case.path), message, hint)


def empty(case: Case) -> Iterator[Diagnostic]:
    """A list or a mapping with nothing in it."""
    what = "no actions" if case.facts.get("of") == "actions" or not case.path else "nothing"
    name = f"`{case.name}`" if case.path else "this NCCO"
    hint = f"write {typed(case.name, example(case.fault.schema), raw=case.raw)}" if case.raw and case.path else None
    yield faults.EMPTY.at(case.where.value(case.path), f"{name} holds {what}", hint)


def too_many(case: Case) -> Iterator[Diagnostic]:
    """More in a list than it takes."""
    most = case.fault.schema["maxItems"]
    message = f"`{case.name}` holds {len(case.value)} items, it takes {most if most > 1 else 'one'}"
    hint = None
    if case.name == "endpoint":
        hint = 'call the next from the outcome of this one: `"eventType": "synchronous"` and an `eventUrl`'
    yield faults.TOO_MANY.at(case.where.value((*case.path, most)), message, hint)


def pattern(case: Case) -> Iterator[Diagnostic]:
    """A text that has not the form of its field."""
    if case.raw and is_placeholder(case.value, words=True):
        yield placeholder(case)
        return
    kind = case.facts.get("kind")
    place = case.where.value(case.path)
    if kind in _FORMS:
        rule, say = _FORMS[kind]
        message, instead = say(case.value[:LONG])
        instead = (asks_for_a_recording(case.value) if case.name in ("stream", "streamUrl") else None) or instead
        yield rule.at(place, message, instead if len(case.value) <= LONG else None)
        return
    if kind == "slug":
        yield faults.BAD_NAME.at(
            place, f"{shown(case.value)} is no name for a flow", f"write `{slug(case.value[:LONG])}`"
        )
        return
    if kind in _VARIABLE:
        hint = f"write `{variable(case.value)}`"
        message = f"{shown(case.value)} is no name: letters, digits and `_`, a letter first"
        yield faults.BAD_NAME.at(place, message, hint)
        return
    words = str(case.fault.schema.get("description", "")).split(". ")[0].rstrip(".")
    message = f"`{case.name}` is {shown(case.value)}, which is not of the form it takes"
    yield faults.BAD_FORM.at(place, message, f"`{case.name}`: {words[:1].lower()}{words[1:]}" if words else None)


def bad_name(case: Case) -> Iterator[Diagnostic]:
    """A key that is no name."""
    signs = "`_`" if case.fault.detail in _WORDLIKE else "`_` and `-`"
    message = f"{shown(case.path[-1])} is no name: a name is letters, digits, {signs}, and begins with a letter"
    name = str(case.path[-1])
    hint = f"write `{variable(name) if case.fault.detail in _WORDLIKE else slug(name[:LONG], lower=False)}`"
    yield faults.BAD_NAME.at(case.where.key(case.path), message, hint)


_VARIABLE = ("var-name",)
_WORDLIKE = ("param-name", *_VARIABLE)
"""Kinds of names that are read in expressions, where `-` is a minus."""

_FORMS: dict[str, tuple[Rule, Say]] = {
    "phone": (faults.BAD_PHONE_NUMBER, phone),
    "url": (faults.BAD_URL, url),
    "websocket-url": (faults.BAD_WEBSOCKET_URL, websocket),
    "sip-uri": (faults.BAD_SIP_URI, sip),
}
