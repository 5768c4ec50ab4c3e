"""`python -m benchmarks.campaign`: a document for each row of a table, against the same with the PyPI package
`vonage-voice`. README.md beside this file says how.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import subprocess
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from .__main__ import FLOWC, Bench, Row, _machine
from .memory import peak

PACKAGE = "vonage-voice==1.5.1"
FACTOR, MEMORY, MILLION = 5, 60, 1_000_000
"""At a million rows flowc is to be so many times as fast, in at most so many megabytes."""

TEMPLATE = [
    {
        "action": "talk",
        "text": "Hello {{ params.patient }}. This is Northside Clinic. We are calling about your appointment on "
        "{{ params.day }} at {{ params.time }}.",
        "language": "en-GB",
    },
    {
        "action": "connect",
        "endpoint": [{"type": "phone", "number": "{{ params.desk }}"}],
        "from": "447700900100",
        "timeout": 20,
        "eventUrl": ["https://clinic.example.com/events?visit={{ params.visit }}"],
    },
]

SCRIPT = """\
import csv, json, sys
from vonage_voice.models import Connect, PhoneEndpoint, Talk

with open("people.csv", newline="", encoding="utf-8") as table, open("theirs.jsonl", "w", encoding="utf-8") as out:
    for row in csv.DictReader(table):
        text = (
            f"Hello {row['patient']}. This is Northside Clinic. We are calling about your appointment on "
            f"{row['day']} at {row['time']}."
        )
        ncco = [
            Talk(text=text, language="en-GB"),
            Connect(
                endpoint=[PhoneEndpoint(number=row["desk"])],
                from_="447700900100",
                timeout=20,
                eventUrl=[f"https://clinic.example.com/events?visit={row['visit']}"],
            ),
        ]
        data = [action.model_dump(mode="json", by_alias=True, exclude_none=True) for action in ncco]
        out.write(json.dumps(data, ensure_ascii=False) + "\\n")
"""
"""What is measured against: build the models of a row, dump them, write them as JSON."""

COMMAND = [*FLOWC, "render", "t.ncco.tmpl.json", "--data", "people.csv", "--out", "ours.jsonl"]


def main() -> None:
    """Measure and print the ratio and the peak memory."""
    arguments = _arguments()
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="flowc-benchmark-") as name:
        folder = Path(name)
        write(folder, arguments.rows)
        python = arguments.python or str(install(folder))
        for row in rows(Bench(folder, 0, 0, arguments.rounds), python, arguments.rows):
            print(row, flush=True)


def rows(bench: Bench, python: str, count: int) -> Iterator[str]:
    """The rows of the table, each as soon as it is known."""
    pairs = []
    for number in range(bench.rounds + 1):
        steps = [lambda: bench.run(COMMAND, bench.folder)[0], lambda: theirs(bench, python)]
        took = [step() for step in (steps if number % 2 else reversed(steps))]
        pairs.append(took if number % 2 else took[::-1])
        if number == 0:
            compare(bench.folder)
    ours, their = (statistics.median(column) for column in zip(*pairs[1:], strict=True))
    ratio = statistics.median(slow / fast for fast, slow in pairs[1:])
    verdict = f"   at least {FACTOR}{'' if ratio >= FACTOR else ': MISSED'}" if count >= MILLION else ""
    name = f"{count:,} rows against {PACKAGE}"
    yield f"{name:<58} {ratio:7.2f} x   {ours:.3f} s / {their:.3f} s{verdict}"
    yield str(Row(f"peak memory of {count:,} rows", peak(COMMAND, bench.folder, bench.environment()), MEMORY))


def theirs(bench: Bench, python: str) -> float:
    """Seconds of the script with the package."""
    return bench.run([python, "theirs.py"], bench.folder)[0]


def compare(folder: Path) -> None:
    """Hold the two files against each other: the same documents, line by line."""
    with (
        (folder / "ours.jsonl").open(encoding="utf-8") as ours,
        (folder / "theirs.jsonl").open(encoding="utf-8") as other,
    ):
        for number, (mine, their) in enumerate(itertools.zip_longest(ours, other, fillvalue="null"), 1):
            if json.loads(mine) != json.loads(their):
                raise SystemExit(f"line {number} differs:\n{mine}{their}")


def write(folder: Path, count: int) -> None:
    """Write the table, the open document and the script."""
    (folder / "t.ncco.tmpl.json").write_text(json.dumps(TEMPLATE), encoding="utf-8")
    (folder / "theirs.py").write_text(SCRIPT, encoding="utf-8")
    chance = random.Random(7)
    first, last = ("Ada", "Zoë", "José", "Maria", "John", "Fatima", "Åsa"), ("Smith", "O'Neil", "García", "Okafor")
    with (folder / "people.csv").open("w", encoding="utf-8") as file:
        file.write("visit,patient,day,time,desk\n")
        for number in range(count):
            day, hour, desk = chance.randint(1, 28), chance.randint(8, 17), chance.randint(0, 999)
            name = f"{chance.choice(first)} {chance.choice(last)}"
            file.write(f"V{number:07},{name},2026-12-{day:02},{hour:02}:30,447700900{desk:03}\n")


def install(folder: Path) -> Path:
    """An environment with the package, in the folder of the benchmark; its Python."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE], check=True)
    return python


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.campaign")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the table")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each, in turn; the median counts")
    parser.add_argument("--python", help="a Python that has the package; without it, it is installed")
    memory = Path("/dev/shm")
    parser.add_argument("--folder", default=str(memory) if memory.is_dir() else None, help="a memory file system")
    return parser.parse_args()


if __name__ == "__main__":
    main()
