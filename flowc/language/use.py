"""Used flows: how a `run` enters another flow, and what that one knows of the call."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..program.program import Set
from ..program.values import Template
from ..text import yaml
from ..text.diagnostics import Diagnostic, Rule, errors
from ..text.document import Document
from ..text.nearest import nearest
from ..text.source import Source
from . import shape
from .flow import Data, Flow, Run
from .lower import Lowering
from .params import Param, bind, declared
from .parse import parse
from .scope import Call
from .texts import Inside, Texts
from .variables import made

if TYPE_CHECKING:
    from .documents import Cursor, Documents

UNKNOWN_USE = Rule(
    "E275",
    "unknown-use",
    """A used flow that has no name here

`run: NAME` plays a flow that `use:` gives a name to. There is none of this name.

Correct the name, or add it: `use: {NAME: path/of.flow.yml}`.""",
)
USE_UNREADABLE = Rule(
    "E278",
    "used-flow-unreadable",
    """A used flow that cannot be had

The file is not there, is no flow, or has mistakes of its own, so a caller could not be led through it. Paths are seen
from the file that names them, and stay inside the project.

Correct the path, or mend that flow: `flowc check PATH`.""",
)
RUNS_ITSELF = Rule(
    "E279",
    "runs-itself",
    """A flow that runs itself

A used flow runs, straight or through others, a flow that is running already: every round would have to remember one
more way back, and there is no end to them.

Use `goto` for what is to be done again.""",
)
GIVEN_PARAM = Rule(
    "E280",
    "given-param",
    """Params that do not fit the used flow

`with` gives a used flow its params: each has to be one that it declares, and each that it declares without a default
has to be given.

Correct the name, give the value, or declare a default there.""",
)
TOO_MANY_RUNS = Rule(
    "E281",
    "too-many-runs",
    """Used flows within used flows, too deep

Each level of used flows stands in the names of its documents, which are parts of URLs: at most eight levels.

Use `goto`, or make one flow of two.""",
)
MOST_RUNS = 8

Read = Callable[[str], str]
Report = Callable[[Diagnostic], None]


class Site(NamedTuple):
    """A flow on one way into it: its texts in any language, and where in `vars` it remembers."""

    params: Mapping[str, Param]
    bound: Mapping[str, object]
    call: Call
    inside: Inside | None
    files: tuple[str, ...]

    def texts(self, report: Report, language: str | None) -> Texts:
        """The texts of the flow, in a language."""
        return Texts(self.params, self.bound, report, self.call, self.inside, language)


class Uses:
    """Opens the flow of a document and enters those that it uses. `reads` are the paths that were read."""

    def __init__(self, document: Document, root: Site, voice: object, read: Read | None, report: Report) -> None:
        self.document = document
        self.voices = voice if isinstance(voice, list) else [voice]
        self.read = read
        self.report = report
        self.sites: dict[str, Site] = {"": root}
        self.known: dict[str, Document | None] = {}
        self.reads: list[str] = []
        self.lowerings: list[Lowering] = []

    def lowering(self, path: str, _flow: Flow, language: str | None) -> Lowering:
        """What lowers a flow that a call came into on a path, in a language."""
        site = self.sites[path]
        voice = next((each for each in self.voices if isinstance(each, dict) and _speaks(each, language)), None)
        scope = site.inside.vars if site.inside is not None else ()
        spoken = language or (str(voice["language"]) if voice and "language" in voice else "en-US")
        made_here = Lowering(voice, site.texts(self.report, spoken), scope)
        self.lowerings.append(made_here)
        return made_here

    def enter(self, documents: Documents, cursor: Cursor, run: Run) -> tuple[tuple[Set, ...], str] | None:
        """What is remembered on the way into a used flow, and the document it begins with; None if it cannot run."""
        outer = self.sites[cursor.room.path]
        document = self.used(cursor.room.flow, run, outer)
        if document is None or not isinstance(document.data, dict):
            return None
        name = document.source.name
        path = f"{cursor.name[len(cursor.room.prefix) :]}.{run.flow}/"
        path = f"{cursor.room.path}{path}"
        if len(outer.files) >= MOST_RUNS:
            message = f"this is the {MOST_RUNS + 1}th flow within another"
            self.report(TOO_MANY_RUNS.at(run.origin.whole(), message, "make one flow of two"))
            return None
        params = declared(document, self.report)
        known, late = self.given(run, params, cursor.room.lowering.texts)
        keep = (*cursor.room.lowering.scope, run.save or f"~{path}")
        kept = (*cursor.room.lowering.scope, f"~{path}with")
        inside = Inside(keep, kept, frozenset(late))
        bound = bind(
            {key: each for key, each in params.items() if key not in late}, [(f"`run: {run.flow}`", known)], self.report
        )
        calendars = self.sites[""].call.hours
        site = Site(params, bound, Call(partial(made, document.data), calendars), inside, (*outer.files, name))
        self.sites[path] = site
        flow = parse(document, site.texts(self.report, None), self.report)
        room = documents.rooms.room(path, flow, cursor.room.language, cursor.next())
        if flow.start not in flow.steps:
            return None
        empty: list[Set] = [Set(keep, Template((("lit", None),)))]
        return (*empty, *[Set((*kept, each), value) for each, value in late.items()]), documents.begin(room, flow.start)

    def given(
        self, run: Run, params: Mapping[str, Param], texts: Texts
    ) -> tuple[dict[str, object], dict[str, Template]]:
        """What a `with` gives: values that are known, and those that only a call knows."""
        known: dict[str, object] = {}
        late: dict[str, Template] = {}
        for name, value in run.given.items():
            place = run.origin.at("with", name)
            if name not in params:
                near = nearest(name, params)
                hint = f"did you mean `{near}`?" if near else "take it out, or declare it there"
                self.report(GIVEN_PARAM.at(run.origin.key("with", name), f"`{run.flow}` has no param `{name}`", hint))
                continue
            filled = texts.fill(value, place, _ANY) if isinstance(value, str) else None
            if filled is not None and filled.template is not None:
                late[name] = filled.template
            else:
                known[name] = value if filled is None else filled.value
        for name in _missing(params, known, late):
            message = f"`{run.flow}` needs the param `{name}`"
            self.report(GIVEN_PARAM.at(run.origin.whole(), message, f"give it: `with: {{{name}: …}}`"))
        return known, late

    def used(self, flow: Flow, run: Run, outer: Site) -> Document | None:
        """The document of a used flow, if it can be had and is sound."""
        uses = flow.data.get("use")
        uses = uses if isinstance(uses, dict) else {}
        place = run.origin.at("flow")
        if run.flow not in uses:
            near = nearest(run.flow, uses)
            hint = f"did you mean `{near}`?" if near else f"add it: `use: {{{run.flow}: path/of.flow.yml}}`"
            self.report(UNKNOWN_USE.at(place, f"there is no used flow `{run.flow}`", hint))
            return None
        file = posixpath.normpath(posixpath.join(posixpath.dirname(flow.document.source.name), str(uses[run.flow])))
        if file in outer.files:
            message = f"`{run.flow}` is `{file}`, which is running already"
            self.report(RUNS_ITSELF.at(place, message, "use `goto` for what is to be done again"))
            return None
        if file not in self.known:
            self.known[file] = self.loaded(file, flow, run.flow)
        return self.known[file]

    def loaded(self, file: str, flow: Flow, name: str) -> Document | None:
        """A file as a sound flow. What is wrong with it is said in it; why it cannot be read, where it is named."""
        uses = flow.data["use"]
        assert isinstance(uses, dict)
        place = flow.document.value(uses, name)
        if self.read is None:
            message = f"`{file}` cannot be read here: nothing gives the text of other files"
            self.report(USE_UNREADABLE.at(place, message, "give `read` to the compiler"))
            return None
        try:
            text = self.read(file)
        except (OSError, ValueError, LookupError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.report(
                USE_UNREADABLE.at(place, f"`{file}` cannot be read: {why[:1].lower()}{why[1:]}", "correct the path")
            )
            return None
        self.reads.append(file)
        said: list[Diagnostic] = []
        document = yaml.read(Source(file, text), said.append)
        if document is not None:
            shape.flow(document, said.append)
        for each in said:
            self.report(each)
        return None if errors(said) else document


_ANY = {"type": ["string", "number", "boolean", "array"]}


def _missing(params: Mapping[str, Param], known: Mapping[str, object], late: Mapping[str, object]) -> Iterator[str]:
    for name, param in params.items():
        if param.default is None and name not in known and name not in late:
            yield name


def _speaks(voice: Data, language: str | None) -> bool:
    return language is None or voice.get("language") == language


RULES = (UNKNOWN_USE, USE_UNREADABLE, RUNS_ITSELF, GIVEN_PARAM, TOO_MANY_RUNS)
