"""Words that are no steps and stand for something else where a target should be."""

from __future__ import annotations

import re

_ENDS = frozenset(["hangup", "end", "exit", "quit", "bye", "disconnect", "stop", "terminate", "finish", "done"])
_GOES_ON = frozenset(["next", "fallthrough", "proceed", "pass", "none", "null", "noop", "go_on", "goon", "skip"])
_AGAIN = frozenset(["repeat", "again", "retry", "self", "replay", "loop", "restart"])
_WRONG = frozenset(["nomatch", "no-match", "no_match", "invalid", "wrong", "invalid_input"])


def target_hint(name: str) -> str:
    """What to write for a target that is the name of no step, and near to none."""
    plain = name.strip().lower()
    if plain in _ENDS:
        return "write `{hangup: Goodbye.}`, or `{hangup: }` for no words"
    if plain in _GOES_ON or plain == "continue":
        return "write `continue`"
    if plain in _AGAIN:
        return "write the name of the step that is to come again"
    if plain in _WRONG:
        return "write `noMatch`"
    if re.fullmatch(r"\S+\.ya?ml", name):
        return "name the file under `use:`, and write `{run: NAME}`"
    if goes := re.fullmatch(r"(?:goto|go to|->|=>)\s*:?\s*([A-Za-z][\w-]*)", name.strip()):
        return f"write `{goes[1]}`"
    if "{{" in name:
        return "a target is the name of a step: choose between steps with a `switch`"
    if re.fullmatch(r"\+?\d{7,15}", plain):
        return f"write `{{connect: {{phone: {plain.lstrip('+')}}}}}`"
    if place := re.fullmatch(r"([A-Za-z][\w-]*)\.\d+", name):
        return f"a target is a whole step: begin a step of its own there, and lead to it, or to `{place[1]}`"
    return f"write the step: `{name}:` under `steps:`"
