"""The report as SARIF 2.1.0, which code scanning services and editors read. Kept within what GitHub takes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from urllib.parse import quote

from ... import __version__
from ..diagnostics import Diagnostic, Rule
from ..source import Source, Span
from . import Findings, words
from .places import line_of, where

Json = dict[str, object]

RESULTS = 25_000
"""GitHub refuses a run with more results."""
RELATED = 100
"""GitHub shows no more places of one result."""
SHORT = 1_024
"""GitHub shows no more characters of a rule's description."""


def write(findings: Findings) -> str:
    """One log with one run: the rules that were broken, with their pages, and a result for every finding."""
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(findings.diagnostics)],
    }
    return json.dumps(log, indent=2) + "\n"


def _run(diagnostics: Collection[Diagnostic]) -> Json:
    kept = (
        sorted(diagnostics, key=lambda each: each.rule.severity)[:RESULTS]
        if len(diagnostics) > RESULTS
        else diagnostics
    )
    rules = list({each.rule.code: each.rule for each in kept}.values())
    index = {rule.code: number for number, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    return {
        "tool": {"driver": {"name": "flowc", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(diagnostics) - len(kept))],
        "results": [_result(each, index[each.rule.code], seen) for each in kept],
    }


def _invocation(left_out: int) -> Json:
    if not left_out:
        return {"executionSuccessful": True}
    said = f"{left_out} more findings are left out: a report holds {RESULTS}, errors first"
    notice = {"level": "warning", "message": {"text": said}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notice]}


def _rule(rule: Rule) -> Json:
    page = rule.page or rule.name
    return {
        "id": rule.code,
        "name": rule.name.title().replace("-", ""),
        "shortDescription": {"text": page.split("\n\n")[0].replace("\n", " ")[:SHORT]},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.name]},
    }


def _result(diagnostic: Diagnostic, index: int, seen: Counter[str]) -> Json:
    related = [
        {"id": number, "message": {"text": label.text}, **_location(label.source, label.span)}
        for number, label in enumerate(diagnostic.labels[:RELATED], 1)
    ]
    return {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": diagnostic.rule.severity,
        "message": {"text": words(diagnostic)},
        "locations": [_location(diagnostic.source, diagnostic.span)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(diagnostic, seen)},
    }


def _location(source: Source, span: Span) -> Json:
    at = where(source, span)
    region = {"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(source.name)}, "region": region}}


def _uri(name: str) -> str:
    path = quote(name.replace("\\", "/").removeprefix("./").encode("utf-8", "replace"))
    return f"file://{path}" if path.startswith("/") else path


def _fingerprint(diagnostic: Diagnostic, seen: Counter[str]) -> str:
    """The same for the same finding after lines were added above it; equal lines are counted."""
    line = line_of(diagnostic.source, where(diagnostic.source, diagnostic.span).line)
    text = "\0".join((diagnostic.source.name, diagnostic.rule.code, line.strip()))
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
