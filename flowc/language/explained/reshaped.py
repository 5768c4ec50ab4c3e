"""Parts of a flow that are written in the shape which they have elsewhere, in the shape that they have here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ...text.quoting import in_braces
from .spoken import voice_code
from .wording import typed

Hint = str | None


def written(name: str, value: object) -> Hint:
    """What to write for a part of that name; None where nothing of the value can be kept."""
    read = _PARTS.get(name)
    return read(value) if read is not None else None


def named_in(value: object) -> Iterator[str]:
    """The names that a `set` in any shape was meant to make."""
    for name, _ in _pairs(value):
        yield name


def _set(value: object) -> Hint:
    pairs = dict(_pairs(value))
    return f"write {typed('set', pairs, raw=False)}" if pairs else None


def _switch(value: object) -> Hint:
    if not isinstance(value, str):
        return None
    return f"write `switch: {{value: {in_braces(value)}, cases: {{VALUE: STEP}}, otherwise: STEP}}`"


def _branch(value: object) -> Hint:
    return f"write {typed('branch', _ways_of(value), raw=False)}" if isinstance(value, dict) else None


def _if(value: object) -> Hint:
    if not isinstance(value, dict) or len(value) != 1:
        return None
    [(left, right)] = value.items()
    return f"write `if: {left} == {repr(right) if isinstance(right, str) else right}`"


def _talk(value: object) -> Hint:
    return "write a `talk` for each: `- talk: …`" if isinstance(value, list) else None


def _connect(value: object) -> Hint:
    return _phone(value) or _with_its_field("connect", "phone", value)


def _request(value: object) -> Hint:
    return _with_its_field("request", "url", value)


def _expect(value: object) -> Hint:
    """The names that an answer has to have, where these alone are written."""
    names = value if isinstance(value, list) else [value]
    if isinstance(value, int) and not isinstance(value, bool):
        return "what comes of a status is said by `when`, as in `when: {404: STEP}`"
    if not names or not all(isinstance(each, str) and each for each in names):
        return None
    return f"write {typed('expect', {'type': 'object', 'required': names}, raw=False)}"


def _phone(value: object) -> Hint:
    several = isinstance(value, list)
    return "call one after the other: the first with `otherwise: STEP`, the next one in that step" if several else None


def _with_its_field(name: str, field: str, value: object) -> Hint:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    return f"write `{name}: {{{field}: {in_braces(str(value))}, otherwise: STEP}}`"


def _menu(value: object) -> Hint:
    return _question("menu", value, "options: {1: STEP}, ")


def _input(value: object) -> Hint:
    return _question("input", value, "")


def _question(name: str, value: object, given: str) -> Hint:
    if not isinstance(value, str) or not value:
        return None
    return f"write `{name}: {{prompt: {in_braces(value)}, {given}otherwise: STEP}}`"


def _voice(value: object) -> Hint:
    if isinstance(value, list):
        return f"write {typed('voice', [{'language': voice_code(each)} for each in value], raw=False)}"
    return f"write `voice: {{language: {in_braces(voice_code(value))}}}`" if isinstance(value, str) else None


def _use(value: object) -> Hint:
    files = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    named = {re.sub(r"(\.flow)?\.ya?ml$", "", each).rsplit("/", 1)[-1]: each for each in files if isinstance(each, str)}
    return f"write {typed('use', named, raw=False)}" if named else None


def _start(value: object) -> Hint:
    return f"write `start: {value[0]}`" if isinstance(value, list) and len(value) == 1 else None


def _steps(value: object) -> Hint:
    if not isinstance(value, list):
        return None
    first = next((next(iter(each)) for each in value if isinstance(each, dict) and each), "welcome")
    return f"make it a mapping, without dashes: `steps: {{{first}: …}}`"


def _options(value: object) -> Hint:
    return _mapped("options", value)


def _cases(value: object) -> Hint:
    return _mapped("cases", value)


def _mapped(name: str, value: object) -> Hint:
    ways = dict(_ways(value))
    return f"make it a mapping: {typed(name, ways, raw=False)}" if ways else None


def _ways_of(value: dict[str, object]) -> list[dict[str, object]]:
    """The ways in a `branch` that is one mapping: `{if: …, goto: …, otherwise: …}`, or tests with their targets."""
    other = next((value[name] for name in ("otherwise", "else", "default") if name in value), "STEP")
    if "if" in value:
        to = next((value[name] for name in ("goto", "then") if name in value), "STEP")
        return [{"if": value["if"], "goto": to}, {"otherwise": other}]
    tests = {test: to for test, to in value.items() if test not in ("otherwise", "else", "default")}
    return [*({"if": test, "goto": to} for test, to in tests.items()), {"otherwise": other}]


def _ways(value: object) -> Iterator[tuple[str, object]]:
    """Keys and targets in a list of them: `[{1: sales}]`, `[{key: 1, goto: sales}]`."""
    for each in value if isinstance(value, list) else ():
        if not isinstance(each, dict):
            return
        keys = [each[name] for name in ("key", "digit", "press", "digits", "value", "case", "option") if name in each]
        targets = [each[name] for name in ("goto", "to", "target", "next", "step") if name in each]
        if keys and targets:
            yield str(keys[0]), targets[0]
        elif len(each) == 1:
            yield from each.items()


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    """Names and values in what stands for a `set`: `x = 1`, `[{x: 1}]`, `[{name: x, value: 1}]`, `[x, 1]`."""
    match value:
        case str():
            for part in value.split(";"):
                if found := re.fullmatch(r"\s*(?:vars\.|\$)?([A-Za-z]\w*)\s*:?=\s*(.+?)\s*", part):
                    yield found[1], found[2]
        case [str(name), str() | int() | float() as single] if re.fullmatch(r"[A-Za-z]\w*", name):
            yield name, single
        case {"name": str(name), "value": single} | {"key": str(name), "value": single}:
            yield name, single
        case dict():
            yield from ((name, each) for name, each in value.items() if isinstance(name, str))
        case list():
            for each in value:
                yield from _pairs(each)


_PARTS: Mapping[str, Callable[[object], Hint]] = {
    "set": _set,
    "switch": _switch,
    "branch": _branch,
    "if": _if,
    "talk": _talk,
    "connect": _connect,
    "request": _request,
    "expect": _expect,
    "phone": _phone,
    "menu": _menu,
    "input": _input,
    "voice": _voice,
    "use": _use,
    "start": _start,
    "steps": _steps,
    "options": _options,
    "cases": _cases,
}
