"""The report as workflow commands: each finding becomes a note at its line of a pull request on GitHub."""

from __future__ import annotations

from ..diagnostics import Diagnostic
from . import Findings, words
from .display import safe
from .excess import few
from .places import start, where


def write(findings: Findings) -> str:
    """One `::error …::message` or `::warning …::message` a finding; behind very many a notice of those left out."""
    commands, rest = few(findings.diagnostics, _command)
    return "".join(f"{each}\n" for each in [*commands, *([f"::notice::{_data(rest)}"] if rest else [])])


def _command(diagnostic: Diagnostic) -> str:
    rule, at = diagnostic.rule, where(diagnostic.source, diagnostic.span)
    # GitHub drops the columns of a note over several lines, with a complaint in the log.
    columns = {"col": at.column, "endColumn": at.end_column} if at.line == at.end_line else {"endLine": at.end_line}
    fields = {"file": diagnostic.source.name, "line": at.line, **columns, "title": f"{rule.code} {rule.name}"}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items())
    return f"::{rule.severity} {properties}::{_data(_words(diagnostic))}"


def _words(diagnostic: Diagnostic) -> str:
    """The message and the hint, and the other places that it is about: a note stands at one place alone."""
    labels = [f"{each.source.name}:{start(each.source, each.span)[0]}: {each.text}" for each in diagnostic.labels]
    return "\n".join([words(diagnostic), *labels])


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    return safe(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
