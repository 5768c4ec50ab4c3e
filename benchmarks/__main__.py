"""`python -m benchmarks`: a table of ratios, all taken in one run. README.md beside this file says how."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from . import baselines, corpus
from .memory import peak

PYTHON = sys.executable
FLOWC = [PYTHON, "-c", "from flowc.cli import main; main()"]
"""The program as the script of an installed one starts it."""

PROJECT = 'flows: "*.flow.yml"\nsites:\n  production: {target: nginx, base_url: "https://ivr.example.com"}\n'

Measure = Callable[[], float]


class Row(NamedTuple):
    """A line of the table: a ratio or megabytes, what it may be at most, and the seconds that a ratio is of."""

    name: str
    value: float
    limit: float
    seconds: tuple[float, float] | None = None

    def __str__(self) -> str:
        took = f"   {self.seconds[0]:.3f} s / {self.seconds[1]:.3f} s" if self.seconds else ""
        verdict = "" if self.value <= self.limit else "   MISSED"
        return f"{self.name:<58} {self.value:7.2f} {'x ' if took else 'MB'}  at most {self.limit:g}{took}{verdict}"


class Bench(NamedTuple):
    """Where it is measured, and how often."""

    folder: Path
    flows: int
    large: int
    rounds: int

    def rows(self) -> Iterator[Row]:
        """All rows, each as soon as it is known."""
        small, one = self.project("small", self.flows), self.project("one", 1)
        yield self.pair("check", lambda: self.flowc("check", small), lambda: self.plain("parse", small), 1.5)
        yield self.pair("build for nginx", lambda: self.fresh_build(small), lambda: self.plain("write", small), 1.5)
        yield self.pair("cold check of one flow", lambda: self.flowc("check", one), self.imports, 2, often=7)
        yield Row("peak memory of a build, all processes", self.memory(small), 150)
        shutil.rmtree(small)
        if self.large:
            yield from self.large_rows()

    def large_rows(self) -> Iterator[Row]:
        """The rows of many flows."""
        large = self.project("large", self.large)
        yield Row(f"peak memory of a build of {self.large:,} flows", self.memory(large), 150)
        yield self.pair(
            f"build of {self.large:,} flows, nothing changed",
            lambda: self.flowc("build", large),
            lambda: self.plain("digest", large),
            2,
            often=3,
        )
        shutil.rmtree(large)
        faulty = self.project("faulty", self.large, faulty=True)
        yield Row(f"peak memory of a build of {self.large:,} flows with warnings", self.memory(faulty), 150)

    def pair(self, name: str, ours: Measure, theirs: Measure, limit: float, often: int = 1) -> Row:
        """Two things in turn, first this one first, then that one; the median of the ratios of the rounds.

        A round before them, which does not count, compiles modules and fills the caches of the system.
        """
        ours(), theirs()
        pairs = []
        for number in range(self.rounds * often):
            if number % 2:
                second = theirs()
                pairs.append((ours(), second))
            else:
                pairs.append((ours(), theirs()))
        ratio = statistics.median(a / b for a, b in pairs)
        medians = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
        return Row(name, ratio, limit, medians)

    def flowc(self, command: str, folder: Path) -> float:
        """Seconds of a command of flowc."""
        return self.run([*FLOWC, command], folder)[0]

    def fresh_build(self, folder: Path) -> float:
        """Seconds of a build where nothing has been built before."""
        _clean(folder)
        return self.flowc("build", folder)

    def plain(self, work: str, folder: Path) -> float:
        """Seconds of a baseline, without those that it says do not count."""
        shutil.rmtree(folder / baselines.COPY, ignore_errors=True)
        seconds, printed = self.run([PYTHON, baselines.__file__, work], folder)
        return seconds - float(printed)

    def imports(self) -> float:
        """Seconds that Python takes to start with the two libraries that flowc cannot do without."""
        return self.run([PYTHON, "-c", "import yaml, click"], self.folder)[0]

    def memory(self, folder: Path) -> float:
        """Peak megabytes of a fresh build."""
        _clean(folder)
        return peak([*FLOWC, "build"], folder, self.environment())

    def run(self, command: list[str], folder: Path) -> tuple[float, str]:
        """Seconds that a command takes, its start included, and what it prints."""
        start = time.perf_counter()
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=self.environment())
        return time.perf_counter() - start, done.stdout

    def environment(self) -> dict[str, str]:
        """The environment of all commands: compiled modules are kept, in the folder of the benchmark."""
        root = str(Path(__file__).resolve().parents[1])
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "FLOWC"))}
        return {**kept, "PYTHONPATH": root, "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"), "NO_COLOR": "1"}

    def project(self, name: str, flows: int, *, faulty: bool = False) -> Path:
        """A project with so many flows."""
        folder = self.folder / name
        corpus.write(folder, flows, faulty=faulty)
        (folder / "flowc.yml").write_text(PROJECT)
        return folder


def main() -> None:
    """Measure everything and print the table."""
    arguments = _arguments()
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="flowc-benchmark-") as folder:
        for row in Bench(Path(folder), arguments.flows, arguments.large, arguments.rounds).rows():
            print(row, flush=True)


def _clean(folder: Path) -> None:
    for name in ("build", ".flowc", baselines.COPY):
        shutil.rmtree(folder / name, ignore_errors=True)


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    load = os.getloadavg()[0]
    return f"{datetime.date.today()}, {cores} cores, {memory:.0f} GiB, {python}, load {load:.1f} before the run"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--flows", type=int, default=1_000, help="flows of the checks and builds")
    parser.add_argument("--large", type=int, default=10_000, help="flows of the large builds; 0: leave them out")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each, in turn; the median counts")
    memory = Path("/dev/shm")
    parser.add_argument("--folder", default=str(memory) if memory.is_dir() else None, help="a memory file system")
    return parser.parse_args()


if __name__ == "__main__":
    main()
