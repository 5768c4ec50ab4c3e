"""Which field was meant by a name that is none, and how it is typed."""

from __future__ import annotations

import re

from ...text.nearest import nearest
from ..schema import facts
from .case import Case
from .elsewhere import ACTIONS
from .fitting import is_time, out_of_range, taken_at
from .impossible import asks_for_a_recording
from .instead import endpoint
from .misspelt import listed
from .spoken import language_meant, languages_of, voice_code
from .wording import either, nested, typed

_DAY = r"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*([-–](mon|tue|wed|thu|fri|sat|sun)[a-z]*)?|\d{4}-\d\d-\d\d"


def field_hint(case: Case, name: str) -> str | None:
    """The field that is meant, as text to type, or where the setting belongs."""
    value = case.value[name]
    if "connect" in case.path[-2:] and not case.raw and (call := endpoint(name, value)):
        return call
    if name == "voice" and "talk" in case.path[-2:] and (voice := old_voice(value, raw=case.raw)):
        return voice
    path = stands_for(case, name)
    if case.facts.get("of") == "prompt" and (action := ACTIONS.get(name.lower())) in ("talk", "stream"):
        return f"write {typed(action, value, raw=False)}"
    if path is None:
        return None
    if " " in path:
        return path
    if path == "otherwise" and "if" in case.value:
        return f"make it the last way of the list: {typed('- otherwise', value, raw=False)}"
    if "." not in path:
        return _misspelt(case, path, name)
    action, *rest = path.split(".")
    here = action == case.value.get("action") or action in case.fault.schema["properties"]
    here = here or (action == "input" and "menu" in case.path[-2:])
    if not here and action in facts.ACTIONS and action not in case.path:
        inner = typed(*nested(rest, value), raw=case.raw)
        return f"it belongs in an action `{action}`: {inner}"
    way = [action, *rest] if action in case.fault.schema["properties"] else rest
    return f"it belongs in `{way[0]}`: {taken_at(case, way, value)}"


def there_are(case: Case) -> str | None:
    """The fields that there are, where a name is near to none of them."""
    known = list(case.fault.schema.get("properties", ()))
    return f"there are {', '.join(f'`{each}`' for each in known)}" if 0 < len(known) <= _FEW else None


_FEW = 16
"""So many names are worth reading."""


def _misspelt(case: Case, path: str, name: str) -> str | None:
    """The right name, with its value where that has to be another one too."""
    value = case.value[name]
    if path == "voice" and not case.raw and isinstance(value, str | list):
        codes = [value] if isinstance(value, str) else value
        if all(isinstance(each, str) for each in codes):
            voices = [{"language": each} for each in codes]
            return f"write {typed('voice', voices[0] if len(voices) == 1 else voices, raw=False)}"
    if isinstance(value, int | float) and out_of_range(case, path, value):
        return taken_at(case, [path], value)
    if value is True and case.field(path).get("type") == "object":
        return f"write {typed(path, {}, raw=case.raw)}"
    return f"did you mean `{path}`?" if path != name else None


def stands_for(case: Case, name: str) -> str | None:
    """The field that a wrong name most likely stands for; with dots, a field of another place."""
    known = case.fault.schema.get("properties", ())
    found = case.facts.get("misspelt", {}).get(name) or (None if case.raw else listed(case.fault.schema, name))
    if not case.raw and str(found).endswith("dtmf.timeOut") and not is_time(case.value[name]):
        found = "noInput"
    found = found or nearest(name, known)
    return str(found) if found else None


def holder(case: Case, name: str) -> str | None:
    """The field under which a key belongs that stands beside it: a case of a `switch`, a day of a calendar."""
    known = case.fault.schema.get("properties", ())
    if case.raw or stands_for(case, name) is not None:
        return None
    if "cases" in known:
        return "cases"
    return "open" if "holidays" in known and re.fullmatch(_DAY, name) else None


def language_hint(case: Case, name: str) -> str | None:
    """What to write for a key that means the language of the words behind it."""
    if case.raw or (case.facts.get("of") != "prompt" and case.path[-2:-1] not in (("talk",), ("stream",))):
        return None
    codes = languages_of(case.where.value(()).document.data)
    meant = language_meant(name, codes) or language_meant(name, tuple(facts.voices()))
    return f"write {typed(meant, case.value[name], raw=False)}" if meant else None


def voices_hint(case: Case) -> str | None:
    """What to write for voices that stand under their languages: `voice: {en-GB: {style: 1}}`."""
    voices = case.value if case.path[:-1] == ("voice",) and not case.raw else None
    if not isinstance(voices, dict) or not all(re.fullmatch(_CODE, each) for each in voices):
        return None
    listed = [
        {"language": voice_code(code), **(each if isinstance(each, dict) else {})} for code, each in voices.items()
    ]
    return f"write {typed('voice', listed, raw=False)}"


_CODE = r"(?!asr)[a-z]{2,3}([-_][A-Z]{2})?"


def supplies(case: Case, wrong: str, name: str) -> bool:
    """Whether an unknown field of the same fields is a wrong or old name for this one, or belongs below it."""
    old = case.facts.get("legacy", {}).get(wrong)
    if old:
        return bool(old.get("moved") == [name])
    if name in ("text", "streamUrl") and (language_hint(case, wrong) or asks_for_a_recording(wrong)):
        return True
    meant = stands_for(case, wrong)
    return meant == name or holder(case, wrong) == name or str(meant).startswith(f"write `{name}: ")


def old_voice(name: object, *, raw: bool) -> str | None:
    """The language and style that an old voice is now."""
    names = facts.voice_names()
    now = names.get(str(name)) or names.get(facts.known("discontinuedVoiceNames").get(str(name), ""))
    if not now:
        return None
    ways = (f"{typed('language', code, raw=raw)[:-1]}, {typed('style', style, raw=raw)[1:]}" for code, style in now)
    return f"write {either(ways)}"


def day(name: str) -> str:
    """A day or a range of days by its short names."""
    return re.sub(r"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*", lambda found: found[1].lower(), name)
