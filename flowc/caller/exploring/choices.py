"""What can be done, or become of it, at each place of a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...program.machine import Ask, Response
from ...program.program import Program, Wait
from ...program.understand import good
from ..platform.ncco import Action, Connect, Conversation, Input, Record
from ..platform.outcome import can_be
from ..platform.script import Act, Connects, HangsUp, Joins, Presses, Records, Says, Waits
from .decisive import Decisive, TooLongError
from .examples import LookedFor, Where, examples, in_pairs, of_pattern, with_others

UNSURE = 0.3
"""How sure words are that the platform is not sure of."""

Values = Mapping[Where, Sequence[object]]
"""For each path the values that a program compares it with."""

Fits = Callable[[object, object], bool]
"""Whether data is as a JSON Schema says."""

MOST_BODIES = 24
"""Good answers of a server up to which two values at a time are tried in one."""

PAIRS_LEFT = f"{MOST_BODIES} answers of a server, two of whose values make a difference"
"""The bound that `responses` reaches where more pairs of values make a difference than are tried."""

_DIGITS = "12345678901234567890"
_TRIED = (*_DIGITS[:1], "9", "8", "7", "0", "*", "99", *(_DIGITS[:length] for length in range(2, 21)), "1200", "0101")
"""Keys of which some are an answer that is no option, and some a wrong one, as a rule."""


def acts(action: Action, wait: Wait | None, values: Values) -> Iterator[Act]:
    """What can be done at an action, each kind once."""
    match action:
        case Input():
            yield from _answers(action, wait, values)
        case Connect():
            yield Connects()
            yield from [Connects(each) for each in _outcomes(action, wait)]
        case Record():
            yield Records(key=action.key)
        case Conversation():
            yield Joins(ends=True)
        case _:
            yield HangsUp()


def responses(program: Program, ask: Ask, fits: Fits, values: Values) -> tuple[list[Response], bool]:
    """What a server may answer: each status that leads somewhere, good answers, nothing; and whether that is all."""
    request = program.documents[ask.step].requests
    found = [Response(int(status)) for status in (request.when if request is not None else ()) if status.isdigit()]
    saved = ("vars", *request.save) if request is not None and request.save else None
    looked_for = _looked_for(saved, values) if saved is not None else []
    bodies, is_all = _bodies(program, ask, looked_for, lambda body: fits(ask.expect, body))
    return [*found, *(Response(200, body) for body in bodies), Response(None)], is_all


def _looked_for(saved: Where, values: Values) -> list[tuple[Where, Sequence[object]]]:
    """The values that a program looks for in an answer which it saves there."""
    return [(path[len(saved) :], found) for path, found in values.items() if found and path[: len(saved)] == saved]


def _bodies(
    program: Program, ask: Ask, looked_for: LookedFor, sound: Callable[[object], bool]
) -> tuple[list[object], bool]:
    """Good answers: examples, with each value that the program looks for in them; with several where that leads on
    otherwise; and whether that is all."""
    found = {repr(body): body for body in examples(ask.expect, looked_for)}
    found = {key: body for key, body in found.items() if sound(body)}
    document = program.documents[ask.step]
    if len(looked_for) < 2 or document.requests is None or document.goes_on is None:
        return [*found.values()], True
    most, values = with_others(ask.expect, looked_for)
    deciding = Decisive(program, ("vars", *(document.requests.save or ())), most, values)
    try:
        for body in deciding.bodies([document.goes_on], sound):
            found.setdefault(repr(body), body)
        for body in deciding.told_apart(found.values(), filter(sound, in_pairs(ask.expect, looked_for))):
            if len(found) >= MOST_BODIES:
                return [*found.values()], False
            found[repr(body)] = body
    except TooLongError:
        return [*found.values()], False
    return [*found.values()], True


def _answers(action: Input, wait: Wait | None, values: Values) -> Iterator[Act]:
    """The answers that a question tells apart: each option, good ones that are none, a wrong one, silence."""
    submit, exits = _submit(action), wait.exits if wait is not None else {}
    for answer in exits:
        yield Presses(answer + submit) if _is_keys(answer) and action.keys is not None else Says(answer)
    words = [each for each in exits if not _is_keys(each)]
    yield from [Says(each, UNSURE) for each in words[:1] if action.words is not None]
    yield from _further(action, wait, values)
    yield Waits()


def _submit(action: Input) -> str:
    """The key that ends an answer at once, where there is one."""
    return "#" if action.keys is not None and action.keys.submit else ""


def _further(action: Input, wait: Wait | None, values: Values) -> Iterator[Act]:
    """Answers that are no option: good ones that the program looks for, another good one, and a wrong one."""
    submit, exits = _submit(action), wait.exits if wait is not None else {}
    most = action.keys.most if action.keys is not None else 0
    saved = ("vars", *wait.save) if wait is not None and wait.save else None
    wanted = [str(each) for each in values.get(saved, ()) if not isinstance(each, bool)] if saved is not None else []
    described = of_pattern(wait.pattern) if wait is not None and wait.pattern is not None else []
    wanted += described if saved in values else []
    if action.keys is not None:
        fit = [each for each in wanted if _is_keys(each) and len(each) <= most and each not in exits]
        yield from [Presses(each + submit) for each in dict.fromkeys(fit)]
    tried = [each for each in _TRIED if len(each) <= most and each not in exits and each not in wanted]
    open_ = wait is not None and wait.answered is not None
    keys = [each for each in described if _is_keys(each) and len(each) <= most]
    others = (*tried, *keys) if not (keys and saved in values) else ()
    fine = next((each for each in others if wait is not None and open_ and good(wait, each)), None)
    wrong = next((each for each in tried if wait is None or not open_ or not good(wait, each)), None)
    yield from [Presses(each + submit) for each in (fine, wrong) if each is not None]
    if action.words is not None:
        yield from [Says(each) for each in wanted if each.strip() and not _is_keys(each) and each not in exits]
        yield from [Says("something else")] if action.keys is None else []


def _is_keys(answer: str) -> bool:
    return bool(answer) and not answer.strip("0123456789*#")


def _outcomes(action: Connect, wait: Wait | None) -> Iterator[str]:
    """One outcome for each document that outcomes lead to which the call can have."""
    seen: set[str] = set()
    for status, to in wait.exits.items() if wait is not None else ():
        if to not in seen and can_be(action, status):
            seen.add(to)
            yield status
