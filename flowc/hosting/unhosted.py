"""What a host cannot do, said at the line that needs it."""

from __future__ import annotations

from collections.abc import Iterator

from ..program.needs import Need, needs, only_listens
from ..program.program import Program
from ..text.diagnostics import Diagnostic, Rule
from .host import Compiled, Host

UNHOSTED_ANSWER = Rule(
    "E501",
    "unhosted-answer",
    """A question that this host cannot answer

After a `menu` or an `input` the platform sends the keys that were pressed, and the host must choose what the caller
hears next. A host of plain files sends the same file whatever was pressed, or refuses the request: callers would all
go one way, or hear nothing more. Build for a host that can choose, or take the question out.""",
)
UNHOSTED_OUTCOME = Rule(
    "E502",
    "unhosted-outcome",
    """A call whose outcome this host cannot answer

A `connect` with `otherwise` or `when` asks the host what to do when nobody answers. A host of plain files cannot tell a
busy line from one that was answered: callers would be dropped or interrupted. Build for a host that can choose, or take
`otherwise` and `when` out.""",
)
UNHOSTED_WORDS = Rule(
    "E503",
    "unhosted-words",
    """Words that this host cannot understand

An answer in words comes as a list of guesses, of which the best has to be searched for the words of the options. A
table in a web server cannot do that: callers who speak would be taken for silent. Ask for keys on this host: take
`say`, options that are words, and `speech` out.""",
)

UNHOSTED_CALL = Rule(
    "E504",
    "unhosted-call",
    """Something of the call that this host does not know

Who calls, and what else is known of a call, comes with its first webhook. Files, and a table in a web server, are the
same for every caller: there would be a gap in what is heard. Build for a host that makes each document anew, or take
`call.…` out.""",
)
UNHOSTED_CLOCK = Rule(
    "E505",
    "unhosted-clock",
    """A clock that this host has not

Opening hours, the time and chance are different from call to call, and what a host of files sends is not. Callers would
all hear what was so when the flow was built. Build for a host that makes each document anew, or take it out.""",
)
UNHOSTED_STATE = Rule(
    "E506",
    "unhosted-state",
    """Something to remember, on a host that remembers nothing

What a call has said before (`save`, `set`, a pattern to compare with, `noMatch` as a target) has to be carried from
webhook to webhook. Files and tables carry nothing. Build for a host that does, or choose with keys alone.""",
)
UNHOSTED_OUTSIDE = Rule(
    "E507",
    "unhosted-outside",
    """A request that this host cannot make

`request` asks a server of yours while the caller waits. A host of files asks nobody. Build for a host that can, or take
the request out.""",
)

_RULES = {
    "answer": (UNHOSTED_ANSWER, "choose by the keys that a caller presses"),
    "outcome": (UNHOSTED_OUTCOME, "choose by how a call went"),
    "words": (UNHOSTED_WORDS, "choose by the words that a caller says"),
    "call": (UNHOSTED_CALL, "put in what only the call knows"),
    "clock": (UNHOSTED_CLOCK, "tell the time, or throw dice"),
    "state": (UNHOSTED_STATE, "remember what a call said before"),
    "outside": (UNHOSTED_OUTSIDE, "ask other servers"),
}


def refusals(result: Compiled, host: Host, hosts: tuple[Host, ...]) -> Iterator[Diagnostic]:
    """What of a flow a host cannot do, each once for a place; `hosts` are those that could be named instead."""
    seen = set()
    for need in _unmet(result.program, host) if result.program else ():
        rule, act = _RULES[need.need]
        place = result.places[f"wait:{need.by}" if need.document is None else need.document]
        said = rule.at(place, f"`{host.name}` cannot {act}", _instead(need.need, hosts))
        if said not in seen:
            seen.add(said)
            yield said


def refusal(result: Compiled, host: Host) -> str | None:
    """The first of a flow's places that a host cannot serve, as a sentence, if there is one."""
    first = min(refusals(result, host, ()), key=lambda each: (each.source.name, each.span), default=None)
    if first is None:
        return None
    return f"{first.source.name}:{first.source.position(first.span.start).line}: {first.message}"


def _unmet(program: Program, host: Host) -> Iterator[Need]:
    """What the waits of a program need and a host has not. A question for words alone needs no keys."""
    for each in needs(program):
        if each.need in host.can or each.need == "file":
            continue
        if each.by is None or each.need != "answer" or not only_listens(program.waits[each.by]):
            yield each


def _instead(need: str, hosts: tuple[Host, ...]) -> str:
    """What to do where a host cannot do something."""
    able = [f"`--target {each.name}`" for each in hosts if need in each.can]
    if able:
        return f"build for a host that can: {' or '.join(able)}"
    return "no host can yet: ask for keys" if need == "words" else "no host can yet"
