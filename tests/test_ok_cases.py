"""Every action, shown: a folder with a sound flow, and what is compiled of it exactly as it is kept.

`pytest --accept` writes the expectations anew. Where a host of files can serve the flow, its files stand in them too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import flowc
from flowc.language.schema.published import published
from flowc.program.codec import encode
from flowc.text.source import Source

CASES = Path(__file__).parent / "cases" / "ok"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_an_ok_case_is_compiled_as_it_is_kept(case: Path, golden: Callable[[Path, str], None]) -> None:
    text = (case / "acme.flow.yml").read_text("utf-8")
    result = flowc.compile(Source("acme.flow.yml", text), read=lambda used: (case / used).read_text("utf-8"))
    assert result.diagnostics == [] and result.program is not None
    files = {}
    if not list(flowc.refusals(result, flowc.hosts["nginx"])):
        emitted = flowc.hosts["nginx"].emit(result, "https://ivr.example.com")
        files = {path: json.loads(data) for path, data in emitted.items() if path.endswith(".json")}
    golden(case / "expected.json", json.dumps({"program": encode(result.program), "files": files}, indent=1) + "\n")


def test_every_action_has_an_ok_case() -> None:
    assert {each.name for each in CASES.iterdir()} == set(published("flow")["$defs"]["actions"]["properties"])
