"""The report for a program: one array, one object a finding."""

from __future__ import annotations

import json

from ..diagnostics import Diagnostic, Label
from . import Findings
from .places import where


def write(findings: Findings) -> str:
    """An array of objects with the fields of `_object`, whatever is found; `[]` for nothing."""
    return json.dumps([_object(each) for each in findings.diagnostics], indent=2) + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, object]:
    rule = diagnostic.rule
    return {
        "file": diagnostic.source.name,
        **where(diagnostic.source, diagnostic.span)._asdict(),
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "labels": [_label(each) for each in diagnostic.labels],
    }


def _label(label: Label) -> dict[str, object]:
    """Another place that a finding is about, such as the line of the flow in a finding of a rehearsed call."""
    return {"file": label.source.name, **where(label.source, label.span)._asdict(), "text": label.text}
