"""Whether a document has the shape of rehearsed calls, and if not, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from ...language.explained.explain import diagnostics
from ...language.explained.wording import either, example, shown, typed
from ...language.schema.fault import Fault, Written
from ...language.schema.schemas import Schema, bundled, flat, takes
from ...language.schema.shape import MOST, faults
from ...text.diagnostics import Diagnostic
from ...text.document import Document
from .rules import BAD_ANSWER, MISSING_CALL_KEY, SEVERAL_CALL_STEPS, UNKNOWN_CALL_KEY, UNKNOWN_CALL_STEP
from .words import DIRECTIONS, KEYS, OUTCOMES, STEPS, meant, value

NAME = "calls"
"""The schema of rehearsed calls."""

ALONE = ("hangs up", "waits", "ended")
"""The steps that are words by themselves."""

Report = Callable[[Diagnostic], None]


def check(document: Document, report: Report) -> None:
    """Report what is wrong with the shape of rehearsed calls, in the order of the text."""
    where = Written(document, raw=False)
    found = list(islice(faults(NAME, _shortened(document.data)), MOST))
    misspelt = {(fault.path[:-1], _meant(fault)) for fault in found if fault.kind == "unknown"}
    found = [each for each in found if each.kind != "required" or (each.path, each.detail) not in misspelt]
    said = [each for fault in found for each in (_own(fault, where) if _is_own(fault) else _other(fault, where))]
    for each in sorted(dict.fromkeys(said), key=lambda each: each.span):
        report(each)


def _shortened(data: object) -> object:
    """The same calls with a word in the place of each step that is plainly right: most are, and there are thousands."""
    if not isinstance(data, dict) or not isinstance(data.get("calls"), list):
        return data
    return {**data, "calls": [_with_words(each) for each in data["calls"]]}


def _with_words(call: object) -> object:
    if not isinstance(call, dict) or not isinstance(call.get("steps"), list):
        return call
    return {**call, "steps": [ALONE[0] if _is_plain(each) else each for each in call["steps"]]}


def _is_plain(step: object) -> bool:
    """Whether a step is right at a glance: words that are heard or said, or keys."""
    if not isinstance(step, dict) or len(step) != 1:
        return False
    ((name, value),) = step.items()
    if name == "presses":
        return isinstance(value, str) and value != "" and not value.strip(_KEYS)
    return name in _WORDS and isinstance(value, str) and value != ""


_KEYS = "0123456789*#"
_WORDS = ("hears", "callee hears", "says")


def _other(fault: Fault, where: Written) -> Iterator[Diagnostic]:
    """A fault in the words of the language, with what is meant in those of calls."""
    name = next((each for each in reversed(fault.path) if isinstance(each, str)), "")
    hint: str | None = None
    if not fault.path:
        hint = "write `flow: NAME`, and below it `calls:`"
    elif name in ("connects", "and"):
        outcomes = bundled(NAME)["$defs"]["outcome"]["enum"]
        word = meant(fault.value, outcomes, OUTCOMES) if isinstance(fault.value, str | int) else None
        hint = f"did you mean `{word}`?" if word else "write `connects: answered`" if fault.kind == "type" else None
    elif name in ("outcome", "direction") and fault.kind == "enum":
        word = meant(fault.value, fault.schema["enum"], OUTCOMES if name == "outcome" else DIRECTIONS)
        hint = f"did you mean `{word}`?" if word else None
    elif fault.kind != "excludes":
        hint = value(name, fault.value)
    for each in diagnostics([fault], where, bundled(NAME), _against):
        yield each._replace(hint=hint or each.hint)


def _against(schema: Schema, value: object) -> Iterator[Fault]:
    """Whether a value is of a type that a piece of the schema takes."""
    if not takes(schema, bundled(NAME), value):
        yield Fault("type", (), schema, value)


def _is_step(path: tuple[str | int, ...]) -> bool:
    return len(path) == 4 and path[2] == "steps"


def _is_own(fault: Fault) -> bool:
    """Whether a fault has words of its own: keys of the file and of calls, and which step it is."""
    if fault.kind in ("unknown", "required", "name"):
        return True
    return _is_step(fault.path) and fault.kind in ("enum", "maxProperties", "minProperties", "type")


def _own(fault: Fault, where: Written) -> Iterator[Diagnostic]:
    if not _is_own(fault):
        return
    if fault.kind == "required":
        yield _missing(fault, where)
    elif fault.kind == "name":
        written = str(fault.path[-1])
        yield BAD_ANSWER.at(where.key(fault.path), f"{shown(written)} is no request", _as_request(written))
    elif fault.kind == "unknown":
        yield _unknown(fault, where)
    elif fault.kind == "maxProperties":
        yield _several(fault, where)
    else:
        yield _no_step(fault, where)


def _as_request(written: str) -> str:
    """A request as it is most likely meant."""
    method, _, url = written.strip().rpartition(" ")
    if method.strip().upper() in ("GET", "POST", ""):
        return f"write `{method.strip().upper() or 'GET'} {url}`" if "://" in url else "write `GET https://…`"
    return "flows ask with GET and POST alone: write `GET https://…` or `POST https://…`"


def _meant(fault: Fault) -> str | None:
    """The key that is meant by one that does not exist."""
    path, name = fault.path[:-1], str(fault.detail)
    known = fault.schema["properties"]
    if _is_step(path):
        return meant(name, [*known, *ALONE], STEPS)
    owner = "call" if len(path) == 2 else next((each for each in reversed(path) if isinstance(each, str)), "")
    return meant(name, known, KEYS.get(owner, {}))


def _unknown(fault: Fault, where: Written) -> Diagnostic:
    name, known = str(fault.detail), list(fault.schema["properties"])
    known += [each for each in ALONE if _is_step(fault.path[:-1]) and each not in known]
    near = _meant(fault)
    hint = f"did you mean `{near}`?" if near and near != name else f"there are {either(f'`{each}`' for each in known)}"
    if not _is_step(fault.path[:-1]):
        message = f"{_owner(fault.path[:-1])} has no `{name}`"
        return UNKNOWN_CALL_KEY.at(where.key(fault.path), message, hint)
    if near in ALONE:
        hint = _alone(str(near))
    if name in ALONE:
        return UNKNOWN_CALL_STEP.at(where.key(fault.path), f"`{name}` is a step by itself, without a value", hint)
    return UNKNOWN_CALL_STEP.at(where.key(fault.path), f"there is no step `{name}` of a call", hint)


def _missing(fault: Fault, where: Written) -> Diagnostic:
    name = str(fault.detail)
    field = flat(fault.schema["properties"][name], bundled(NAME))
    value = field["examples"][0] if "examples" in field else example(field)
    hint = f"add {typed(name, value, raw=False)}"
    return MISSING_CALL_KEY.at(where.value(fault.path), f"{_owner(fault.path)} has no `{name}`", hint)


def _owner(path: tuple[str | int, ...]) -> str:
    """What keys at a path belong to."""
    if not path:
        return "a file of calls"
    return "a call" if len(path) == 2 else f"`{next(each for each in reversed(path) if isinstance(each, str))}`"


def _several(fault: Fault, where: Written) -> Diagnostic:
    first, second = list(fault.value)[:2] if isinstance(fault.value, dict) else ("", "")
    place, cause = where.key((*fault.path, second)), (where.key((*fault.path, first)), "the first")
    hint = f"write `- {second}: …`, an item of its own"
    return SEVERAL_CALL_STEPS.at(place, f"`{first}` and `{second}` are two steps in one", hint, cause)


def _no_step(fault: Fault, where: Written) -> Diagnostic:
    """Something that is no step: a word that is none, nothing, a number."""
    written = fault.value
    place = where.value(fault.path)
    if not isinstance(written, str):
        return UNKNOWN_CALL_STEP.at(place, "this is no step of a call", "write one, such as `hears: …`")
    return UNKNOWN_CALL_STEP.at(place, f"{shown(written)} is no step of a call", _as_step(written))


def _as_step(written: str) -> str:
    """What is most likely meant by a text that stands for a step."""
    names = [*ALONE, *flat({"$ref": "#/$defs/fields"}, bundled(NAME))["properties"]]
    near = meant(written, names, STEPS)
    if near in ALONE and not re.search(r"\d", written):
        return f"did you mean `{near}`?"
    for count in (2, 1):  # `callee hears` is of two words
        words = written.split(maxsplit=count)
        name = meant(" ".join(words[:count]).rstrip(":"), names, STEPS)
        if name is not None and len(words) > count:
            numbered = name == "waits" and words[count].isdigit()
            return f"write `{name}: {words[count]}`" if name not in ALONE or numbered else _alone(name)
    if near is not None:
        return f"write `{near}: …`"
    return f"write `hears: {written}` for what is to be heard"


def _alone(name: str) -> str:
    return f"write `- {name}`, with nothing behind it"
