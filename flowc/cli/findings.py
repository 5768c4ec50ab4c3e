"""What a build has to say: findings from the record or a worker, with their texts, and without what is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from ..checks.allow import allowed
from ..text.diagnostics import Diagnostic, Rule
from ..text.source import Source
from ..workspace import again
from ..workspace.again import Told
from ..workspace.file import shown
from ..workspace.job import Job
from ..workspace.job import names as file_names
from ..workspace.unread import Unread, UnreadValues
from .builds.hosting import Hosting
from .calls.typed import COMMAND_LINE, allows, bound


class Findings:
    """Turns what a build tells into findings. `names` are rules that `--allow` quiets.

    `before` was found before the build. `whole` says that all flows of the project are built.
    """

    def __init__(
        self, job: Job, place: Hosting, names: Sequence[str], before: Sequence[Diagnostic], *, whole: bool
    ) -> None:
        self.job, self.names, self.before, self.whole = job, names, before, whole
        self.project, self.params, self.binding = place.project, place.typed.params, place.binding()
        self.source = lru_cache(maxsize=64)(self._source)

    @cached_property
    def paths(self) -> dict[str, str]:
        """The paths as they were typed, by the name from the root."""
        return dict(zip(file_names(self.job), self.job.files, strict=True))

    def of(self, told: Sequence[Told], *, looked: bool = True) -> list[Diagnostic]:
        """The findings, with what the project and the command line allow taken out.

        `looked` says that all flows were looked at: then an allow that quiets nothing is said.
        """
        looked = looked and self.whole
        if not told and not self.names and not (looked and self.project and self.project.allow):
            return list(self.before)
        # what is wrong in a used flow is found in it, and again in every flow that runs it
        once = {tuple(map(str, each)): each for each in told}
        found = [said for each in once.values() if (said := again.said(each, self.source)) is not None]
        return allowed([*self.before, *self._settled(found, looked=looked)], allows(self.names), _rules)

    def _settled(self, found: list[Diagnostic], *, looked: bool) -> Iterator[Diagnostic]:
        """The findings without what the project file allows for their files."""
        from ..workspace.inspection import Checked, permitted
        from ..workspace.runs import as_run

        files: dict[str, list[Diagnostic]] = {}
        for each in found:
            files.setdefault(each.source.name, []).append(each)
        checked = [Checked(Path(name), name, mine) for name, mine in files.items()]
        checked = as_run(checked, self.project, self.job.files)
        if self.project is not None:
            checked, said = permitted(checked, self.project, whole=looked)
            yield from said
        for file in checked:
            yield from file.found

    def _source(self, name: str) -> Source:
        """A file by its name from the root, under the name by which its author knows it, without its text."""
        if name == COMMAND_LINE:
            return bound(self.params)
        if name.startswith("<"):
            return Source(name, "")
        path = os.path.join(self.job.root, name)
        unread = UnreadValues if os.path.realpath(path) in self.binding else Unread
        return unread(shown(self.paths.get(name) or os.path.relpath(path)), "")


def with_pages(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings with the pages of their rules, which the record does not keep."""
    from ..rules import by_code

    return [each._replace(rule=by_code().get(each.rule.code, each.rule)) for each in found]


def _rules() -> Mapping[str, Rule]:
    from ..rules import by_name

    return by_name()
