"""The report for a program: one array, one object a finding."""

from __future__ import annotations

import json

from ..diagnostics import Diagnostic
from . import Findings
from .places import where


def write(findings: Findings) -> str:
    """An array of objects with the fields of `_object`, whatever is found; `[]` for nothing."""
    return json.dumps([_object(each) for each in findings.diagnostics], indent=2) + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    rule = diagnostic.rule
    return {
        "file": diagnostic.source.name,
        **where(diagnostic.source, diagnostic.span)._asdict(),
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }
