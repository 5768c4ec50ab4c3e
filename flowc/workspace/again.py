"""Findings as plain data: for the way from a worker to its build, and to be said again when nothing changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from ..text.diagnostics import Diagnostic, Label, Rule
from ..text.source import Source, Span

Told = list[object]
"""A finding without the texts it speaks of: rule, file, place, words, labels."""


def told(diagnostic: Diagnostic) -> Told:
    """A finding as data that JSON holds."""
    rule, source, span, message, hint, labels = diagnostic
    return [
        *(rule.code, rule.name, source.name, span.start, span.end, message, hint),
        [[label.source.name, label.span.start, label.span.end, label.text] for label in labels],
    ]


def said(told: Sequence[object], source: Callable[[str], Source]) -> Diagnostic | None:
    """The finding again; `source` gives the text of a file by its name. None where the data is none of `told`.

    The rule has no page: who needs it asks the catalogue.
    """
    match told:
        case [str(code), str(name), str(file), int(start), int(end), str(message), str() | None as hint, list(labels)]:
            rule = Rule(code, name, "")
            around = tuple(_label(each, source) for each in labels)
            return Diagnostic(rule, source(file), Span(start, end), message, hint, tuple(filter(None, around)))
    return None


def _label(label: object, source: Callable[[str], Source]) -> Label | None:
    match label:
        case [str(file), int(start), int(end), str(text)]:
            return Label(source(file), Span(start, end), text)
    return None


def is_error(told: Sequence[object]) -> bool:
    """Whether a finding as data is an error."""
    return str(told[0]).startswith("E")


def rooted(diagnostic: Diagnostic, root: str) -> Diagnostic:
    """The finding with names of files from the root: where flowc is started may be another folder the next time."""
    labels = tuple(each._replace(source=_rooted(each.source, root)) for each in diagnostic.labels)
    return diagnostic._replace(source=_rooted(diagnostic.source, root), labels=labels)


def _rooted(source: Source, root: str) -> Source:
    if source.name.startswith("<"):  # no file: `<command line>`
        return source
    return source._replace(name=os.path.relpath(os.path.abspath(source.name), root))
