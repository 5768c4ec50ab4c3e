"""Words that are no steps and stand for something else where a target should be."""

from __future__ import annotations

import re

from ...text.quoting import in_braces
from ..flow import Data
from .forms import slug
from .wording import LONG

_ENDS = frozenset(["hangup", "end", "exit", "quit", "bye", "disconnect", "stop", "terminate", "finish", "done"])
_GOES_ON = frozenset(["next", "fallthrough", "proceed", "pass", "none", "null", "noop", "go_on", "goon", "skip"])
_AGAIN = frozenset(["repeat", "again", "retry", "self", "replay", "loop", "restart"])
_WRONG = frozenset(["nomatch", "no-match", "no_match", "invalid", "wrong", "invalid_input"])


def other_name(name: str, flow: Data) -> str | None:
    """What to write for a target that is the name of something else in its flow."""
    uses, prompts = flow.get("use"), flow.get("prompts")
    if isinstance(uses, dict) and name in uses:
        return f"write `{{run: {name}}}`"
    if isinstance(prompts, dict) and name in prompts:
        return f"write `{{hangup: {{prompt: {name}}}}}`, which says it and ends the call"
    if name == "failure":  # which is no name of a step
        return "it is played when the host does not answer: write a step with the same words, and lead to it"
    return None


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
    if re.match(r"https?://", plain) and " " not in plain:
        return f"write `{{stream: {in_braces(name)}}}`"
    if plain.startswith(("sip:", "sips:")):
        return f"write `{{connect: {{sip: {in_braces(name)}}}}}`"
    if re.search(_WORDS, name) and len(name) <= LONG:
        return f"write `{{hangup: {in_braces(name)}}}`, which says it and ends the call"
    step = name if re.fullmatch(_STEP, name) else slug(name[:LONG], lower=False)
    return f"write the step: `{step}:` under `steps:`" + (f", and lead to `{step}`" if step != name else "")


_WORDS = r"[.!?,;:]\s|[.!?]$|\s\S+\s|^[A-Z]\S*\s"
"""What is said, and no name: signs of a sentence, three words, or two of which the first begins with a capital."""

_STEP = r"[A-Za-z][A-Za-z0-9_-]*"
