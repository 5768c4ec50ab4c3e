"""What is said of a flow as if it were called, and is not so where another flow runs it: its end is a way back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..text import yaml
from ..text.source import Source
from .file import load
from .inspection import ENDS_SILENTLY, Checked
from .project import Project
from .selection import whole

_USES = r"""(?m)^["']?use["']?[ \t]*:"""


def as_run(checked: list[Checked], project: Project | None, others: Sequence[str] = ()) -> list[Checked]:
    """Checked files, without what is said of the end of those that another flow runs.

    Looked at are these files, others that are named, and all flows of the project.
    """
    if not any(found.rule.name == ENDS_SILENTLY for each in checked for found in each.found):
        return checked
    flows = [str(each.path) for each in checked] + [*others, *(whole(project)[0] if project else ())]
    run = {os.path.realpath(used) for path in dict.fromkeys(flows) for used in _used_by(Path(path))}
    return [_without(each) if os.path.realpath(each.path) in run else each for each in checked]


def _used_by(path: Path) -> Iterator[str]:
    """The files that a flow uses. Few use any, and only those are read in full."""
    source = load(path)
    if isinstance(source, Source) and re.search(_USES, source.text):
        document = yaml.read(source, lambda _: None)
        data = document.data if document is not None else None
        uses = data.get("use") if isinstance(data, dict) else None
        yield from [os.path.join(path.parent, str(file)) for file in uses.values()] if isinstance(uses, dict) else ()


def _without(file: Checked) -> Checked:
    return file._replace(found=[each for each in file.found if each.rule.name != ENDS_SILENTLY])
