"""What is shown of very many findings, and the words for those that are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from ..diagnostics import Diagnostic, Rule

SHOWN = 500
"""More than this nobody reads: one mistake in a template of flows is found thousands of times."""
_RULES = 10


def few(diagnostics: Collection[Diagnostic], write: Callable[[Diagnostic], str]) -> tuple[list[str], str]:
    """At most `SHOWN` findings, written, in their order, and what is left out (empty where nothing is).

    No warning takes the place of an error. The findings are looked at once, for each may come with a text of its own
    that is read then; of those beyond the most nothing is kept but their rules.
    """
    if len(diagnostics) <= SHOWN:
        return [write(each) for each in diagnostics], ""
    written: dict[str, list[tuple[int, Rule, str]]] = {"error": [], "warning": []}
    left: Counter[Rule] = Counter()
    for number, each in enumerate(diagnostics):
        alike = written[each.rule.severity]
        if len(alike) < SHOWN:
            alike.append((number, each.rule, write(each)))
        else:
            left[each.rule] += 1
    room = SHOWN - len(written["error"])
    left.update(rule for _, rule, _ in written["warning"][room:])
    kept = sorted([*written["error"], *written["warning"][:room]])
    return [text for _, _, text in kept], f"{left.total()} more are not shown: {', '.join(_by_rule(left))}"


def _by_rule(left: Counter[Rule]) -> Iterator[str]:
    """How many of each rule, the most frequent first: `300 W306 announced-key-not-handled`."""
    most = sorted(left.items(), key=lambda each: (-each[1], each[0].code))
    yield from (f"{count} {rule.code} {rule.name}" for rule, count in most[:_RULES])
    if others := sum(count for _, count in most[_RULES:]):
        yield f"{others} of other rules"
