"""Actions that need what only a call knows: choices, what is remembered, requests, languages, used flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...program.evaluate import Expression
from ...program.folding import is_closed
from ...program.values import Template
from ...text.diagnostics import Diagnostic, Rule
from ...text.document import Container, Document, Place
from ..expressions.texts import Texts
from ..flow import Action, Choose, Data, Remember, Request, Run, Speak, Target, Way
from ..linking.origin import FlowOrigin
from .prompts import suspicious
from .request_faults import RULES as REQUEST_RULES
from .request_faults import faults

OTHERWISE_NOT_LAST = Rule(
    "E270",
    "otherwise-not-last",
    """Ways behind the one that is always taken

`{otherwise: target}` is the way of a `branch` that is taken where no other is, so what stands behind it is never looked
at.

Make it the last of the list.""",
)
NO_OTHERWISE = Rule(
    "E271",
    "no-otherwise",
    """A choice that may lead nowhere

Where no way of a `branch` is true, or no case of a `switch` is the value, the call would end without a word.

Add `otherwise`. Only a `switch` with a case for all there is (`open`, `closed` and `holiday` of a calendar, `true` and
`false`, each of a param's `choices`) does without.""",
)

_TEXT = {"type": ["string", "number", "boolean", "array", "object", "null"]}
_UNREADABLE: Expression = ("path", "random")
"""Stands for a test with a mistake in it, of which nothing is known: where its ways lead is looked at all the same."""
_ALL_ELSE = frozenset(("default", "else", "other", "others", "otherwise", "*", "_", "any"))
_NO_TEXT = frozenset({"method", "save", "otherwise", "json", "expect"})
"""Fields of a `request` that hold no text of a flow's own."""
_OF_NUMBERS = (("path", "call", "from"), ("path", "call", "to"))
_NAMED = 3
"""So many values without a case are named; of more, it is `otherwise` that is missing."""

Report = Callable[[Diagnostic], None]


class Calls:
    """Reads the actions of one flow that need what only a call knows. `target` reads what a way leads to."""

    READS = frozenset({"branch", "switch", "set", "request", "language", "run"})

    def __init__(
        self, document: Document, texts: Texts, target: Callable[[Container, str | int], Target], report: Report
    ) -> None:
        self.document = document
        self.texts = texts
        self.target = target
        self.report = report

    def action(self, owner: Data, name: str) -> Action:
        """One of `READS`."""
        place = self.document.key(owner, name)
        value: Any = owner[name]
        match name:
            case "branch":
                return self.branch(value, place)
            case "switch":
                return self.switch(value, place)
            case "set":
                return Remember(tuple(self.values(value)), place)
            case "request":
                return self.request(owner, value)
            case "language":
                return Speak(str(value), self.document.value(owner, name))
        fields: Data = value if isinstance(value, dict) else {"flow": value}
        given, save = fields.get("with", {}), fields.get("save")
        origin = FlowOrigin(self.document, owner, "run", "run")
        return Run(
            str(fields["flow"]), given if isinstance(given, dict) else {}, save if save is None else str(save), origin
        )

    def branch(self, ways: list[Any], place: Place) -> Choose:
        """A `branch`: ways with a test, then one without."""
        tests = []
        otherwise = None
        for at, way in enumerate(ways):
            if otherwise is not None:
                message = "`otherwise` is always taken, so this is never looked at"
                self.report(OTHERWISE_NOT_LAST.at(self.document.value(ways, at), message, "make `otherwise` the last"))
                break
            if "otherwise" in way:
                otherwise = self.target(way, "otherwise")
            else:
                test = self.test(way, "if")
                target = self.target(way, "goto")
                tests.append(Way(_UNREADABLE if test is None else test, target))
        return self.choice(Choose("branch", tuple(tests), otherwise, place), all_there=False)

    def switch(self, fields: Data, place: Place) -> Choose:
        """A `switch`: the value is compared, as text, with each case."""
        value = self.test(fields, "value")
        cases: Any = fields["cases"]
        ways = [(case, self.target(cases, case)) for case in cases]
        otherwise = self.target(fields, "otherwise") if "otherwise" in fields else None
        text: Expression = ("~", ("lit", ""), value or _UNREADABLE)
        tests = [Way(("compare", text, "==", ("~", ("lit", ""), ("lit", case))), target) for case, target in ways]
        from ..expressions.callers_compared import number_meant  # few flows choose
        from ..expressions.possible import NEVER_THE_VALUE, never, possible, slips

        known = possible(value, self.texts.params, self.document.data)
        complete = value is None or (bool(known) and set(known) <= set(cases))
        meant = slips(known, cases)
        if not complete and otherwise is None and len(meant) == len({*known} - {*cases}) and meant:
            stray, case = next(iter(meant.items()))
            message = f"`{stray}` is no value of `{fields['value']}`, and `{case}` has no way"
            self.report(NO_OTHERWISE.at(self.document.key(cases, stray), message, f"did you mean `{case}`?"))
            return Choose("switch", tuple(tests), otherwise, place)
        if value is not None and not is_closed(value):
            for case in cases:
                place_of = self.document.key(cases, case)
                never(case, known, str(fields["value"]), place_of, self.report)
                if tuple(value) in _OF_NUMBERS and (number := number_meant(case, sign="")):
                    said = f"`{fields['value']}` is never `{case}`: {number.why}"
                    self.report(NEVER_THE_VALUE.at(place_of, said, number.hint))
        missing = [each for each in known if each not in cases]
        choose = Choose("switch", tuple(tests), otherwise, place)
        return self.choice(choose, all_there=complete, cases=cases, missing=missing)

    def choice(
        self, choose: Choose, *, all_there: bool, cases: Data | None = None, missing: Sequence[str] = ()
    ) -> Choose:
        """A choice that leads somewhere whatever is so. `missing` are the values that a `switch` has no case for."""
        if choose.otherwise is not None or not choose.ways:
            return choose
        if all_there:
            return choose._replace(ways=choose.ways[:-1], otherwise=choose.ways[-1].target)
        place = choose.place
        if choose.name == "branch":
            message, hint = (
                "this `branch` has no `otherwise`: where no way is true, the call ends",
                "add `- otherwise: STEP`",
            )
        else:
            message, hint = "this `switch` has no `otherwise`: other values end the call", "add `otherwise: STEP`"
            meant = next((case for case in cases or () if case.lower() in _ALL_ELSE), None)
            if cases is not None and meant is not None:
                place = self.document.key(cases, meant)
                message = f"the case `{meant}` is that value alone, and this `switch` has no `otherwise`"
                hint = f"write `otherwise` for `{meant}`, beside `cases`"
            elif 0 < len(missing) <= _NAMED:
                listed = " and ".join(f"`{each}`" for each in missing)
                message = f"this `switch` has no way for {listed}: with such a value the call ends"
                hint = f"add `{missing[0]}: STEP` to its `cases`, or `otherwise: STEP` beside them"
        self.report(NO_OTHERWISE.at(place, message, hint))
        return choose

    def test(self, owner: Data, key: str) -> Expression | None:
        """An expression that stands without braces."""
        value = owner[key]
        if not isinstance(value, str):
            return ("lit", value)
        place = self.document.value(owner, key)
        test = self.texts.test(value, place)
        if test is not None and key == "if":
            from ..expressions.always import Test, look_at  # few flows choose
            from ..expressions.callers_compared import bound_compared

            look_at(Test(test, value, place), self.texts.params, self.document.data, self.report)
            for each in bound_compared(Test(test, value, place), self.texts.bound) if "params." in value else ():
                self.report(each)
        return test

    def values(self, values: Data) -> Iterator[tuple[str, Template]]:
        """What is remembered."""
        from ..linking.unfilled import in_values  # few flows remember anything

        in_values(values, self.document, self.report)
        for name, value in values.items():
            if not isinstance(value, str) or "{" not in value:
                yield name, Template((("lit", value),))
                continue
            filled = self.texts.fill(value, self.document.value(values, name), _TEXT)
            yield name, filled.template or Template((("lit", filled.value),))

    def request(self, owner: Data, fields: Data) -> Request:
        """A `request`."""
        headers = fields.get("headers")
        for holder in (fields, headers if isinstance(headers, dict) else {}):
            for name, value in holder.items():
                if isinstance(value, str) and name not in _NO_TEXT and suspicious(value):
                    from ..linking.unfilled import unfilled

                    for each in unfilled(value, self.document.value(holder, name)):
                        self.report(each)
        for each in faults(fields, self.document):
            self.report(each)
        when: Any = fields.get("when", {})
        origin = FlowOrigin(self.document, owner, "request", "request")
        ways = {status: self.target(when, status) for status in when}
        return Request(fields, origin, ways, self.target(fields, "otherwise"))


RULES = (OTHERWISE_NOT_LAST, NO_OTHERWISE, *REQUEST_RULES)
