"""How a `run` enters a used flow, and what that one knows of the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ...program.evaluate import Expression
from ...program.folding import literal
from ...program.program import EMPTIED, Set
from ...program.values import Template
from ...text.diagnostics import Diagnostic
from ...text.document import Place
from ..explained.hints import Hints
from ..expressions.scope import Call
from ..expressions.texts import Filled, Inside, Texts
from ..expressions.variables import kinds, made
from ..flow import Data, Flow, Run, ToStep
from ..reading.params import Param, bind
from .complete import calendar_names, calendars
from .lower import Lowering, language_of
from .use_rules import GIVEN_PARAM, RULES, TOO_MANY_RUNS, passed_on
from .used_flows import Read, Used, UsedFlows

if TYPE_CHECKING:
    from ...program.calendar import Calendar
    from .cursor import Cursor
    from .documents import Documents

MOST_RUNS = 8
"""Used flows within each other."""

Report = Callable[[Diagnostic], None]


class Site(NamedTuple):
    """A flow on one way into it: its texts in any language, and where in `vars` it remembers.

    `files` are its own and those of the flows around it.
    """

    params: Mapping[str, Param]
    bound: Mapping[str, object]
    call: Call
    inside: Inside | None
    files: tuple[str, ...]

    def texts(self, report: Report, language: str | None) -> Texts:
        """The texts of the flow, in a language."""
        return Texts(self.params, self.bound, report, self.call, self.inside, language)


class Given(NamedTuple):
    """What a `with` gives: values that are known, those that only a call knows, and secrets by their names here."""

    known: dict[str, object]
    late: dict[str, Template]
    secrets: dict[str, str]


class Uses:
    """Opens the flow of a document and enters those that it uses.

    `reads` are the paths that were read, `hours` the calendars of used flows and `clocks` the time zones of those that
    name one, by the names they have in the program.
    """

    def __init__(self, root: Site, voice: object, read: Read | None, report: Report) -> None:
        self.voices = voice if isinstance(voice, list) else [voice]
        self.flows = UsedFlows(read, report)
        self.report = report
        self.sites: dict[str, Site] = {"": root}
        self.lowerings: list[Lowering] = []
        self.hours: dict[str, Calendar] = {}
        self.clocks: dict[str, str] = {}
        self.names: dict[str, str] = {}

    @property
    def reads(self) -> list[str]:
        """The paths that were read."""
        return self.flows.reads

    def lowering(self, path: str, _flow: Flow, language: str | None) -> Lowering:
        """What lowers a flow that a call came into on a path, in a language."""
        site = self.sites[path]
        voice = next((each for each in self.voices if isinstance(each, dict) and _speaks(each, language)), None)
        scope = site.inside.vars if site.inside is not None else ()
        made_here = Lowering(voice, site.texts(self.report, language or language_of(voice or {})), scope)
        self.lowerings.append(made_here)
        return made_here

    def enter(self, documents: Documents, cursor: Cursor, run: Run) -> tuple[tuple[Set, ...], str] | None:
        """What is remembered on the way into a used flow, and the document it begins with; None if it cannot run."""
        outer = self.sites[cursor.room.path]
        used = self.flows.used(cursor.room.flow, run, outer.files)
        if used is None:
            return None
        if len(outer.files) > MOST_RUNS:
            message = f"this is the {MOST_RUNS + 1}th flow within another"
            self.report(TOO_MANY_RUNS.at(run.origin.whole(), message, "make one flow of two"))
            return None
        path = f"{cursor.room.path}{cursor.name[len(cursor.room.prefix) :]}.{run.flow}/"
        given = self.given(run, used, cursor.room.lowering.texts)
        inside = _inside(cursor.room.lowering.scope, path, run, given)
        site = self.site(used, run, given, inside, outer)
        flow = self.flows.flow(used, site._replace(inside=None).texts(self.report, None), run)
        if flow is None:
            return None
        self.sites[path] = site
        room = documents.rooms.room(path, flow, cursor.room.language, cursor.next())
        late = [Set((*inside.params, each), value) for each, value in given.late.items()]
        place = used.document.value(used.data, "start" if "start" in used.data else "steps")
        start = documents.step(ToStep(flow.start, place), room)
        return (Set(inside.vars, EMPTIED), *late), start

    def site(self, used: Used, run: Run, given: Given, inside: Inside, outer: Site) -> Site:
        """A used flow on its way in."""
        early = {name: each for name, each in used.params.items() if name not in given.late and each.type != "secret"}
        bound: dict[str, object] = {}
        for name, each in early.items():
            bound |= bind({name: each}, [(f"`run: {run.flow}`", given.known)], partial(self.misfit, run, name))
        own, clock = self.calendars(used)
        if clock is None and outer.inside is not None:
            clock = outer.inside.clock
        known = cache(partial(kinds, used.data))
        call = Call(
            cache(partial(made, used.data)),
            {*self.sites[""].call.hours, *own},
            Hints(),
            lambda: known().texts,
            lambda: known().singles,
            lambda: known().numbers,
        )
        files = (*outer.files, used.document.source.name)
        return Site(used.params, bound, call, inside._replace(hours=own, clock=clock), files)

    def misfit(self, run: Run, name: str, said: Diagnostic) -> None:
        """Say of a value that it does not fit its param, where it is given."""
        self.report(said.rule.at(run.origin.at("with", name), said.message, said.hint))

    def calendars(self, used: Used) -> tuple[dict[str, str], str | None]:
        """The calendars of a used flow, by name, and its clock, if it has one: each with its name in the program."""
        if used.data.keys().isdisjoint(("hours", "timezone")):
            return {}, None
        file = used.document.source.name
        is_new = file not in self.names
        own = self.names.setdefault(file, self.name(str(used.data.get("flow"))))
        names = {name: f"{own}/{name}" for name in calendar_names(used.data)}
        if is_new:
            found = calendars(used.document, self.report)
            self.hours |= {names[name]: each for name, each in found.calendars.items() if name in names}
            self.clocks |= {own: found.zone} if "timezone" in used.data else {}
        return names, own if "timezone" in used.data else None

    def name(self, flow: str) -> str:
        """A name for a used flow in the program: two files may say that they are the same flow."""
        taken = {*self.names.values()}
        numbered = (f"{flow}~{number}" for number in range(2, len(taken) + 2))
        return flow if flow not in taken else next(each for each in numbered if each not in taken)

    def given(self, run: Run, used: Used, texts: Texts) -> Given:
        """What a `with` gives."""
        given = Given({}, {}, {})
        for name, value in run.given.items():
            if name in used.params:
                self.give(given, run, used.params[name], value, texts)
                continue
            near = self.flows.hints.near(name, used.params, used.document.source.name)
            hint = f"did you mean `{near}`?" if near else "take it out, or declare it there"
            self.report(GIVEN_PARAM.at(run.origin.key("with", name), f"`{run.flow}` has no param `{name}`", hint))
        for name in _missing(used.params, run.given):
            message = f"`{run.flow}` needs the param `{name}`"
            self.report(GIVEN_PARAM.at(run.origin.whole(), message, f"give it: `with: {{{name}: …}}`"))
        return given

    def give(self, given: Given, run: Run, param: Param, value: object, texts: Texts) -> None:
        """Give one param."""
        name = param.name
        place = run.origin.at("with", name)
        is_secret = param.type == "secret"
        filled = _filled(value, place, texts, is_secret)
        if is_secret:
            secret = _secret(filled, texts)
            if secret is not None:
                given.secrets[name] = secret
            elif filled.sound:
                message = f"`{name}` is a secret, which only a secret param of this flow can be"
                self.report(GIVEN_PARAM.at(place, message, passed_on(name, texts.secret)))
        elif filled.template is None:
            given.known[name] = filled.value
        elif param.type in ("url", "choice"):
            message = f"`{name}` is a {param.type}, which has to be known when the flow is built"
            self.report(GIVEN_PARAM.at(place, message, _HINTS[param.type].format(name)))
        elif isinstance(value, list) and param.type != "list":
            self.report(GIVEN_PARAM.at(place, f"`{name}` is a {param.type}, and this is a list", "give one value"))
        else:
            given.late[name] = _read(param.type, filled)


_ANY = {"type": ["string", "number", "boolean", "array"]}
_HINTS = {
    "url": "give a whole URL, and what only the call knows as a text: `{{{{ params.{0} }}}}/{{{{ params.part }}}}`",
    "choice": "give one of its choices; for a value that only the call knows, make `{0}` a text and `switch` on it",
}


def _filled(value: object, place: Place, texts: Texts, is_secret: bool) -> Filled:
    """A value of a `with` with what is known put in; of a list, its items."""
    if isinstance(value, list):
        items = [_filled(each, place, texts, is_secret) for each in value]
        if all(each.template is None for each in items):
            return Filled([each.value for each in items], sound=all(each.sound for each in items))
        return Filled(None, template=Template((("list", *map(_expression, items)),)))
    return texts.fill(value, place, _ANY, secrets=is_secret) if isinstance(value, str) else Filled(value)


def _read(kind: str, given: Filled) -> Template:
    """What only a call knows, read by the type of its param: what was keyed in is text, and may be a number."""
    if kind == "integer":
        return Template((("filter", "int", _expression(given)),))
    if kind == "number":
        return Template((("filter", "round", _expression(given), ("lit", 10)),))
    return given.template or Template((_expression(given),))


def _expression(filled: Filled) -> Expression:
    """What a text is filled with, as one expression."""
    if filled.template is None:
        return literal(filled.value)
    first, *more = [literal(each) if isinstance(each, str) else each for each in filled.template.parts]
    return ("~", first, *more) if more else first


def _inside(scope: tuple[str, ...], path: str, run: Run, given: Given) -> Inside:
    """Where a used flow keeps what it has. Names that no author can write keep it apart from what is around it."""
    keeps = (*scope, run.save or f"~{path}")
    return Inside(keeps, (*scope, f"~{path}with"), frozenset(given.late), given.secrets)


def _secret(filled: Filled, texts: Texts) -> str | None:
    """The secret param that a text is and nothing else, by its name in the program."""
    match filled.template:
        case Template((("path", "params", str(name)),)) if name in texts.secret | texts.passed_on:
            return name
    return None


def _missing(params: Mapping[str, Param], given: Mapping[str, object]) -> Iterator[str]:
    for name, param in params.items():
        if param.default is None and name not in given:
            yield name


def _speaks(voice: Data, language: str | None) -> bool:
    return language is None or language_of(voice) == language


__all__ = ["RULES", "Site", "Uses"]
