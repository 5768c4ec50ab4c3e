"""How nginx reads the JSON body of a webhook: regular expressions of PCRE2.

Every loop is possessive and nesting has an end, so that no body costs more than a look at each of its characters, nor
the stack of a compiled expression (`pcre_jit on`). They stand in single quotes: no `'`, and a backslash is `\\x5c`.
"""

from __future__ import annotations

MOST_NESTED = 24
"""How deep a body may be nested: one past it is taken for broken, as is every body that is no JSON."""

_SPACE = r"[\x09\x0a\x0d\x20]*+"
_STRING = r'"(?:[^\x00-\x1f"\x5c]++|\x5c(?:["/\x5cbfnrt]|u[0-9A-Fa-f]{4}))*+"'
_NUMBER = r"-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[Ee][-+]?+[0-9]++)?+"

_PIECE = r'([^][{}",]++|"(?:[^"\x5c]++|\x5c.)*+"|[[{](?:(?1)|,)*+[]}])'
"""A piece of a body that is known to be JSON: a string, all that is in brackets, or what stands between such."""


def json() -> str:
    """The whole of a body that is JSON.

    Groups: 1 white space, 2 a string, 3 a key with its colon, 4 a value without brackets; each after these is a value
    that is nested one deeper than the last.
    """
    groups = [rf"({_SPACE})", rf"({_STRING})", r"((?1)(?2)(?1):)", rf"((?1)(?>(?2)|{_NUMBER}|true|false|null)(?1))"]
    groups += [_nested(f"(?{inner})") for inner in range(4, 4 + MOST_NESTED)]
    return rf"^(?(DEFINE){''.join(groups)})(?{len(groups)})\z"


def _nested(inner: str) -> str:
    """A list or an object of values that match `inner`, or a value without brackets."""
    items, members = rf"{inner}(?:,{inner})*+", rf"(?3){inner}(?:,(?3){inner})*+"
    return rf"((?>(?1)(?:\[(?>{items}|(?1))\]|\{{(?>{members}|(?1))\}})(?1)|(?4)))"


def member(name: str) -> str:
    """A body that is JSON, up to the value of its own member of that name: what lies deeper is no member of it."""
    return rf"^(?(DEFINE){_PIECE}{_members(name, 2)}){_SPACE}\{{{_last(2)}"


def keys() -> str:
    """A body that is JSON, up to its keys: `{"dtmf": {"digits": "1"}}`, or in the old form `{"dtmf": "1"}`."""
    groups = f"{_PIECE}{_members('dtmf', 2)}{_members('digits', 4)}"
    return rf"^(?(DEFINE){groups}){_SPACE}\{{{_last(2)}(?:\{{{_last(4)})?+"


def _members(name: str, group: int) -> str:
    """Two groups, of which `group` is the first: a key with its colon, and all members before the next such key."""
    return rf'({_SPACE}"{name}"{_SPACE}:{_SPACE})((?:(?!(?{group}))(?1)++,)*+)'


def _last(group: int) -> str:
    """All before the value of a key, by the groups of `_members`. Of a key that stands twice the last one counts."""
    key, before = f"(?{group})", f"(?{group + 1})"
    return f"(?:{before}{key}(?1)++,(?={before}{key}))*+{before}{key}"
