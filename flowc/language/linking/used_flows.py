"""The used flows of a flow: each file is read once, and each flow parsed once for all that run it alike."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ...text import yaml
from ...text.diagnostics import Diagnostic, errors
from ...text.document import Document, Place
from ...text.source import Source
from ..explained.hints import Hints
from ..expressions.texts import Texts
from ..flow import Data, Flow, Run
from ..reading.names import names
from ..reading.params import Param, declared
from ..reading.parse import parse
from ..schema import shape
from .use_rules import RUNS_ITSELF, TOO_MANY_RUNS, UNKNOWN_USE, USE_UNREADABLE

MOST_TEXT = 4 * 1024 * 1024
"""Characters of used flows that are looked at for one flow: once as they are read, once for all that run one alike."""

Read = Callable[[str], str]
Report = Callable[[Diagnostic], None]


class Used(NamedTuple):
    """A used flow as it was read: its document, what is in it, and its params."""

    document: Document
    data: Data
    params: Mapping[str, Param]


class UsedFlows:
    """Reads used flows. `reads` are the paths that were read."""

    def __init__(self, read: Read | None, report: Report) -> None:
        self.read = read
        self.report = report
        self.reads: list[str] = []
        self.known: dict[str, Used | None] = {}
        self.parsed: dict[tuple[str, str], Flow] = {}
        self.hints = Hints()
        self.text = 0

    def used(self, flow: Flow, run: Run, running: tuple[str, ...]) -> Used | None:
        """The flow that a `run` plays, if it can be had and is sound. `running` are the files of those around it."""
        uses = flow.data.get("use")
        uses = uses if isinstance(uses, dict) else {}
        place = run.origin.at("flow")
        if run.flow not in uses:
            near = self.hints.near(run.flow, uses, flow.document.source.name)
            hint = f"did you mean `{near}`?" if near else _named(run.flow, uses)
            hint = f"write `goto: {run.flow}`, which is a step" if run.flow in flow.steps else hint
            self.report(UNKNOWN_USE.at(place, f"there is no used flow `{run.flow}`", hint))
            return None
        file = posixpath.normpath(posixpath.join(posixpath.dirname(flow.document.source.name), str(uses[run.flow])))
        if file in map(posixpath.normpath, running):
            message = f"`{run.flow}` is `{file}`, which is running already"
            self.report(RUNS_ITSELF.at(place, message, "use `goto` for what is to be done again"))
            return None
        if file not in self.known:
            self.known[file] = self.loaded(file, flow, uses, run.flow)
        return self.known[file]

    def loaded(self, file: str, flow: Flow, uses: Data, name: str) -> Used | None:
        """A file as a sound flow. What is wrong with it is said in it; why it cannot be read, where it is named."""
        place = flow.document.value(uses, name)
        text = self.text_of(file)
        if not isinstance(text, str):
            self.report(USE_UNREADABLE.at(place, f"`{file}` cannot be read: {text[0]}", text[1]))
            return None
        if self.is_too_much(text, place):
            return None
        said: list[Diagnostic] = []
        document = yaml.read(Source(file, text), said.append)
        if document is not None:
            shape.flow(document, said.append)
        for each in said:
            self.report(each)
        if document is None or not isinstance(document.data, dict) or errors(said):
            return None
        return Used(document, document.data, declared(document, self.report))

    def text_of(self, file: str) -> str | tuple[str, str]:
        """The text of a file, or why there is none and what to do."""
        if self.read is None:
            return "nothing gives the text of other files here", "give `read` to the compiler"
        try:
            text = self.read(file)
        except (OSError, ValueError, LookupError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            return f"{why[:1].lower()}{why[1:]}", "correct the path"
        self.reads.append(file)
        return text

    def flow(self, used: Used, texts: Texts, run: Run) -> Flow | None:
        """A used flow, parsed with the values that it is given; None for more of them than is parsed."""
        source = used.document.source
        key = source.name, json.dumps(texts.known, default=str)
        if key not in self.parsed and not self.is_too_much(source.text, run.origin.whole()):
            self.parsed[key] = flow = parse(used.document, texts, self.report)
            for each in names(flow):
                self.report(each)
        return self.parsed.get(key)

    def is_too_much(self, text: str, place: Place) -> bool:
        """Whether a text is more than we look at, with all that has been looked at before. That is said once."""
        before = self.text
        self.text += len(text)
        if before <= MOST_TEXT < self.text:
            message = f"with all the values that they are run with, used flows are over {MOST_TEXT >> 20} MiB of text"
            self.report(TOO_MANY_RUNS.at(place, message, "run fewer of them, or with fewer different values"))
        return self.text > MOST_TEXT


def _named(flow: str, uses: Mapping[str, object]) -> str:
    """What to write for a flow that is run and is not among those that are used: it may be named by its file."""
    if "/" not in flow and not flow.endswith((".yml", ".yaml")):
        return f"add it: `use: {{{flow}: path/of.flow.yml}}`"
    known = next(
        (name for name, file in uses.items() if posixpath.normpath(str(file)) == posixpath.normpath(flow)), None
    )
    name = known or posixpath.basename(flow).split(".")[0] or "NAME"
    return f"write `run: {name}`" if known else f"name the file: `use: {{{name}: {flow}}}`, and write `run: {name}`"
