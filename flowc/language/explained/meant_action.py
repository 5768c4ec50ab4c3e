"""Which step was meant by a name that is none, and what is written in its place."""

from __future__ import annotations

import re

from ...text.nearest import nearest
from ..schema import facts
from .case import Case
from .elsewhere import ACTIONS, meant
from .impossible import asks_for_a_recording, resembling
from .whole import as_typed
from .wording import LONG, Path, typed

_WRAPPERS = frozenset({"step", "name", "to", "target", "id", "next", "state", "label"})
_NAME = r"[a-z][\w-]*"
_OF_A_QUESTION = frozenset({"options", "attempts", "noInput", "noMatch", "otherwise", "pattern", "save"})
_WAYS = frozenset({"then", "else", "elif", "goto", "otherwise", "do"})


def action_hint(case: Case, name: str, known: list[str]) -> str | None:
    """What to write for an action of a flow that does not exist."""
    value = case.value[name]
    if len(str(value)) > LONG:
        value = None
    plain = re.sub(r"[ _-]", "", name).lower()
    if name.lower() == "if" and isinstance(value, str | bool):
        return _choice(case.value)
    if plain in ("read", "background", "waitexten") or (plain == "prompt" and isinstance(value, dict)):
        return "write `menu:` to choose, or `input:` to take any keys"
    if plain == "prompt" and (told := _prompt(case, value)):
        return told
    if ACTIONS.get(plain) == "stream" and (why := asks_for_a_recording(value)):
        return why
    return _wrapped(name, value, case.path) or _with_value(name, plain, value) or _other(name, known)


def is_said_beside(case: Case, name: str) -> bool:
    """Whether this is said by what stands beside it: `if: …`, `then: …` as one action, `prompt: …`, `options: …`."""
    return (name.lower() in _WAYS and "if" in case.value) or (name in _OF_A_QUESTION and "prompt" in case.value)


def _choice(fields: dict[str, object]) -> str:
    """An `if` that is written as an action of its own, as a `branch`."""
    to, other = fields.get("goto", fields.get("then")), fields.get("else", fields.get("otherwise"))
    first = f"{{if: {as_typed(fields['if'])}, goto: {to if isinstance(to, str) else '…'}}}"
    return f"write `branch: [{first}, {{otherwise: {other if isinstance(other, str) else '…'}}}]`"


def _prompt(case: Case, value: object) -> str | None:
    """A `prompt` where an action should be: a question without its name, or a prompt by its name. None for words."""
    if "options" in case.value:
        return f"write {typed('menu', {'prompt': value, **case.value, 'otherwise': 'STEP'}, raw=False)}"
    flow = case.where.value(()).document.data
    prompts = flow.get("prompts") if isinstance(flow, dict) else None
    words = prompts.get(value) if isinstance(prompts, dict) and isinstance(value, str) else None
    if isinstance(words, str):
        written = typed("talk", words, raw=False)
        return f"only a question and a `hangup` play a prompt by its name: write its words, {written}"
    return meant("prompt", raw=False) if isinstance(value, str) and re.fullmatch(_NAME, value) else None


def _wrapped(name: str, value: object, path: Path) -> str | None:
    """A target that is wrapped as if it were an action: `goto: {step: sales}`."""
    if name not in _WRAPPERS or not isinstance(value, str):
        return None
    if path[-2:-1] == ("goto",) or name == "next":
        return f"write `goto: {value}`"
    return f"write `{value}` alone, or `goto: {value}`"


def _with_value(name: str, plain: str, value: object) -> str | None:
    """An action of another system with the value that it has there, where it means the same here."""
    action = ACTIONS.get(name.lower()) or ACTIONS.get(plain)
    if action == "connect" and isinstance(value, int):
        return f"write {typed('connect', {'phone': value}, raw=False)}"
    if action in ("talk", "stream", "conversation", "wait") and isinstance(value, str | int | float):
        if action == "stream" and "://" not in str(value):
            return "write `stream: https://…`, the URL of the file"
        return f"write `{action}: {as_typed(value)}`" if not isinstance(value, bool) else None
    return None


def _other(name: str, known: list[str]) -> str | None:
    hint = meant(name, raw=False)
    if hint is not None:
        return hint
    near = nearest(name, known)
    steps = "`talk`, `menu`, `input`, `connect`, `branch`, `set`, `request`, `goto`, `hangup`"
    if near is None and (why := resembling(name, "action")):
        return why
    return f"did you mean `{near}`?" if near else field_of(name) or f"steps are {steps} and more: see `flowc explain`"


def field_of(name: str) -> str | None:
    """The action that a field belongs to, where it is a field of one alone."""
    owners = [action for action in facts.ACTIONS if name in facts.action(action)["properties"]]
    return f"`{name}` is a field of `{owners[0]}`" if len(owners) == 1 else None
