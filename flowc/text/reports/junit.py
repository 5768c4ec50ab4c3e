"""The report as JUnit XML: one test case a file, so that a build server shows each file as passed or failed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..diagnostics import Diagnostic
from ..diagnostics import errors as errors_of
from . import Findings
from .text import frame

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {ord(char): f"&#{ord(char)};" for char in "&<>\"'\r"}
_IN_ATTRIBUTES = {**_ESCAPES, ord("\n"): "&#10;", ord("\t"): "&#9;"}


def write(findings: Findings) -> str:
    """A suite with a case for every file looked at; errors fail a case, warnings alone stand beside it."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in findings.files}
    for each in findings.diagnostics:
        by_file.setdefault(each.source.name, []).append(each)
    failures = sum(bool(errors_of(found)) for found in by_file.values())
    counts = f'name="flowc" tests="{len(by_file)}" failures="{failures}" errors="0"'
    cases = "".join(_case(name, found) for name, found in by_file.items())
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}\n<testsuites {counts}>\n<testsuite {counts}>\n{cases}</testsuite>\n</testsuites>\n"


def _case(name: str, found: Sequence[Diagnostic]) -> str:
    title = f'<testcase classname="flowc" name="{_attribute(name)}" file="{_attribute(name)}"'
    if not found:
        return f"{title}/>\n"
    said = _text("\n".join(map(frame, found)))
    errors = errors_of(list(found))
    if not errors:
        return f"{title}>\n<system-out>{said}</system-out>\n</testcase>\n"
    first = f'type="{errors[0].rule.code}" message="{_attribute(errors[0].message)}"'
    return f"{title}>\n<failure {first}>{said}</failure>\n</testcase>\n"


def _text(text: str) -> str:
    return _NOT_XML.sub("�", text).translate(_ESCAPES)


def _attribute(text: str) -> str:
    return _NOT_XML.sub("�", text).translate(_IN_ATTRIBUTES)
