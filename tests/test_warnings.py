"""Warnings must be right: a golden file lists every one on the example projects and on clean real documents.

Its diff is reviewed: whoever changes a check sees here what it says of flows and documents that are in use.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from beside import NCCOS

from flowc.compiler import check
from flowc.text.source import Source

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"


def lines(path: Path, name: str) -> Iterator[str]:
    def used(name: str) -> str:
        return (path.parent / name).read_text(encoding="utf-8")

    for said in check(Source(path.name, path.read_text(encoding="utf-8")), read=used):
        line, column = said.source.position(said.span.start)
        yield f"{name}:{line}:{column}: {said.rule.code} {said.rule.name}: {said.message}\n"


def test_the_example_projects(golden: Callable[[Path, str], None]) -> None:
    paths = sorted((ROOT / "flows").rglob("*.flow.yml"))
    assert len(paths) > 20
    found = [line for path in paths for line in lines(path, path.relative_to(ROOT).as_posix())]
    golden(GOLDEN / "warnings-of-flows.txt", "".join(found))


@pytest.mark.skipif(not NCCOS.is_dir(), reason="the corpus of real NCCOs is not beside this checkout")
def test_clean_real_documents(golden: Callable[[Path, str], None]) -> None:
    with (NCCOS / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index, delimiter="\t"))
    clean = [
        row["file"] for row in rows if row["status"] == "valid" and row["fidelity"] == "strict-json" and not row["lint"]
    ]
    assert len(clean) > 90
    golden(
        GOLDEN / "warnings-of-real-documents.txt",
        "".join(line for file in clean for line in lines(NCCOS / file, file)),
    )
