"""Values of which all are known: the states of a calendar, the choices of a param, true and false, the languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ...program.evaluate import Expression, evaluate
from ...program.folding import is_closed
from ...program.kinds import text as spelled
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Place
from ...text.nearest import nearest
from ..explained.spoken import language_meant
from ..reading.params import Param

NEVER_THE_VALUE = Rule(
    "W270",
    "never-the-value",
    """A case that the value never is

All values are known that this can have: `open`, `closed` and `holiday` of a calendar, `true` and `false`, the `choices`
of a param, the languages of a flow. Or it is known how it is written: the number of a caller is its digits alone, with
the country code first, and the first three characters of a text are three. This is none of them, so no caller ever goes
this way, and some go another way than they should.

Correct the spelling, or take the case out.""",
)

Report = Callable[[Diagnostic], None]

TRUTHS = ("true", "false")
"""The values of a test."""

_STATES = ("open", "closed", "holiday")
_AS_TRUTHS = {**dict.fromkeys(("yes", "on", "1", "y"), "true"), **dict.fromkeys(("no", "off", "0", "n"), "false")}


def possible(value: Expression | None, params: Mapping[str, Param], data: object) -> tuple[str, ...]:
    """All values that an expression can have, as texts; none where they are many, or not known. `data` is the flow."""
    match value:
        case ["path", "hours", str()]:
            return _STATES
        case ["path", "params", str(name)]:
            return params[name].choices if params[name].type == "choice" else _truths(params[name].type == "boolean")
        case ["path", "language"]:
            return tuple(_languages(data))
        case ["compare" | "not", *_]:
            return TRUTHS
        case None:
            return ()
    return (spelled(evaluate(value, {})),) if is_closed(value) else ()


def slips(known: Sequence[str], cases: Collection[str]) -> dict[str, str]:
    """The cases that are none of the known values, each with a value without a case that was meant by it."""
    missing = [each for each in known if each not in cases]
    meant = {case: meant_by(case, missing) for case in cases if case not in known} if missing else {}
    return {case: each for case, each in meant.items() if each is not None}


def never(case: str, known: Sequence[str], value: str, place: Place, report: Report) -> None:
    """Say so where a case is none of the values that are possible."""
    if not known or case in known:
        return
    meant = meant_by(case, known)
    hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(f'`{each}`' for each in known)}"
    report(NEVER_THE_VALUE.at(place, f"`{value}` is never `{case}`", hint))


def _truths(is_boolean: bool) -> tuple[str, ...]:
    return TRUTHS if is_boolean else ()


def _languages(data: object) -> Iterator[str]:
    """The languages of a flow that has several."""
    voices = data.get("voice") if isinstance(data, dict) else None
    for voice in voices if isinstance(voices, list) and len(voices) > 1 else ():
        yield str(voice.get("language"))


def meant_by(case: str, known: Sequence[str]) -> str | None:
    """The value that was meant."""
    as_truth = _AS_TRUTHS.get(case.lower())
    if as_truth in known:
        return as_truth
    return nearest(case, known) or (language_meant(case, known) if any("-" in each for each in known) else None)


RULES = (NEVER_THE_VALUE,)
