"""The report of rehearsed calls as JUnit XML: one test case a call, so that a build server shows each by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ...text.diagnostics import Diagnostic, errors
from ...text.reports.text import frame
from ..platform.transcript import lines
from .rehearse import Played

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(files: Sequence[tuple[str, Sequence[Played], Sequence[Diagnostic]]]) -> str:
    """The report: for each file its name, its calls, and what is wrong with the file itself."""
    suites = [_suite(*file) for file in files]
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    tests, failures, broken = (sum(each[n] for _, each in suites) for n in range(3))
    counts = f'tests="{tests}" failures="{failures}" errors="{broken}"'
    body = "".join(text for text, _ in suites)
    return f'{head}\n<testsuites name="flowc test" {counts}>\n{body}</testsuites>\n'


def _suite(name: str, played: Sequence[Played], said: Sequence[Diagnostic]) -> tuple[str, tuple[int, int, int]]:
    broken = errors(list(said))
    failed = sum(bool(errors(list(each.found))) for each in played)
    counts = (len(played) + bool(broken), failed, int(bool(broken)))
    cases = "".join(_case(name, each) for each in played)
    if broken:
        cases = f"<testcase classname={_quoted(name)} name={_quoted(name)}>{_said('error', broken)}</testcase>\n{cases}"
    cases += _out("\n".join(map(frame, _warnings(said))))
    head = f'<testsuite name={_quoted(name)} tests="{counts[0]}" failures="{counts[1]}" errors="{counts[2]}">'
    return f"{head}\n{cases}</testsuite>\n", counts


def _case(file: str, played: Played) -> str:
    call = played.transcript
    seconds = f' time="{call.seconds:.1f}"' if call else ""
    told = "\n".join([*map(frame, _warnings(played.found)), *(lines(call) if call else ())])
    wrong = errors(list(played.found))
    said = _said("failure", wrong) if wrong else ""
    title = f"<testcase classname={_quoted(file)} name={_quoted(played.name)} file={_quoted(file)}{seconds}>"
    return f"{title}\n{said}{_out(told)}</testcase>\n"


def _warnings(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What is said of a call, or of a file, and fails neither."""
    return [each for each in found if each.rule.severity != "error"]


def _out(text: str) -> str:
    return f"<system-out>{escape(_xml(text))}</system-out>\n" if text else ""


def _said(kind: str, found: Sequence[Diagnostic]) -> str:
    text = escape(_xml("\n".join(map(frame, found))))
    return f'<{kind} type="{found[0].rule.code}" message={_quoted(found[0].message)}>{text}</{kind}>\n'


def _quoted(text: str) -> str:
    return quoteattr(_xml(text), {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def _xml(text: str) -> str:
    return _NOT_XML.sub("�", text)
