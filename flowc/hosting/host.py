"""What a host is: what it can do, and the files that make it answer calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from ..program.program import Program
from ..text.document import Place

Tree = dict[str, bytes]
"""Files by their path below the folder of a build, with `/`."""


_URL = re.compile(r"(?i:https?)://(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]\\]+)(?::[0-9]{1,5})?(?:/[^\s?#\\]*)?")


class Compiled(Protocol):
    """A flow's program, and where each of its parts (a document NAME, a `wait:NAME`) stands in the flow."""

    @property
    def program(self) -> Program | None: ...

    @property
    def places(self) -> Mapping[str, Place]: ...


class Site(NamedTuple):
    """Flows that are hosted together.

    `base_url` is where the platform finds them, without a slash at the end. `root` is the absolute path of the build's
    folder on the machine that serves it. `starts` leads from a flow to the document its calls begin with, `numbers`
    from a phone number to a flow. `socket` is the path of the unix socket that a host may need; one is made up.
    """

    base_url: str
    root: str
    starts: Mapping[str, str]
    numbers: Mapping[str, str]
    socket: str | None = None


class Host(NamedTuple):
    """A way to host flows.

    `can` is what it can do of `file`, `caller`, `answer`, `outcome` and `words`. `files` gives the files of one flow,
    `site` those that stand once, `notes` what is left to do by hand, a line each. `files` and `site` raise ValueError,
    with a sentence, for a URL, a path or a name that cannot be written into this host's files. `events` is the path
    that takes what the platform tells of a call, `answer` the one that answers by the number called, if there are any.
    """

    name: str
    can: frozenset[str]
    files: Callable[[Program, str], Tree]
    site: Callable[[Site], Tree]
    notes: Callable[[Site], tuple[str, ...]]
    events: str | None = None
    answer: str | None = None

    def emit(self, result: Compiled, base_url: str) -> Tree:
        """The files of a compiled flow by their path: `public/…` is what may be published.

        `base_url` is where the platform finds them, an absolute http or https URL; a slash at its end does not matter.
        Raises ValueError, with a sentence, for any other URL, for a flow with errors, which has no program, and for one
        that this host cannot serve (`flowc.refusals` has all the places).
        """
        from .unhosted import refusal  # a check only reads what a host can do

        if not _URL.fullmatch(base_url):
            raise ValueError(f"`{base_url}` cannot be a base URL: write `https://HOST` or `https://HOST/PATH`")
        if result.program is None:
            raise ValueError("a flow with errors has no files: its `diagnostics` say what is wrong")
        refused = refusal(result, self)
        if refused is not None:
            raise ValueError(refused)
        return self.files(result.program, base_url.rstrip("/"))


def documents(program: Program, base_url: str) -> Tree:
    """The files of a flow's documents: those to publish, and below `program/` the templates of the open ones."""
    from ..program.files import files  # a check only reads what a host can do

    flow = program.flow
    return {
        f"program/{flow}/{name}.ncco.tmpl.json" if is_open else f"public/{flow}/{name}.json": data
        for name, data, is_open in files(program, base_url)
    }
