"""`python -m benchmarks`: a table of ratios, all taken in one run. README.md beside this file says how."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from . import baselines, corpus

PYTHON = sys.executable
FLOWC = [PYTHON, "-m", "flowc"]
PROJECT = 'flows: "*.flow.yml"\nsites:\n  production: {target: nginx, base_url: "https://ivr.example.com"}\n'
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1]), "NO_COLOR": "1"}


class Row(NamedTuple):
    """A line of the table: what was measured against what, the ratio (or megabytes) and what it may be at most."""

    name: str
    ours: float
    theirs: float | None
    limit: float

    @property
    def value(self) -> float:
        """The ratio; megabytes where there is nothing to compare with."""
        return self.ours / self.theirs if self.theirs else self.ours


def main() -> None:
    """Measure everything and print the table."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="flowc-benchmark-") as folder:
        for row in measure(Path(folder), arguments):
            unit = "x" if row.theirs else "MB"
            took = f"{row.ours:.3f} s / {row.theirs:.3f} s" if row.theirs else ""
            print(f"{row.name:<64} {row.value:7.2f} {unit:<2} (at most {row.limit:g}) {took}", flush=True)


def measure(folder: Path, arguments: argparse.Namespace) -> list[Row]:
    """All rows, in order."""
    small, large = folder / "small", folder / "large"
    one = _project(folder / "one", 1)
    _project(small, arguments.flows)
    rounds = arguments.rounds
    rows = [
        _pair(
            "check",
            lambda: _run([*FLOWC, "check"], small),
            lambda: _run([PYTHON, baselines.__file__, "parse"], small),
            rounds,
            1.5,
        ),
        _pair(
            "build for nginx", lambda: _build(small), lambda: _plain(small), rounds, 1.5, before=lambda: _clean(small)
        ),
        _pair(
            "cold check of one flow",
            lambda: _run([*FLOWC, "check"], one),
            lambda: _run([PYTHON, "-c", "import yaml, click"], one),
            7 * rounds,
            2,
        ),
        Row("peak memory of the build, all processes", _memory(small), None, 150),
    ]
    if arguments.large:
        _project(large, arguments.large)
        rows.append(Row(f"peak memory of a build of {arguments.large:,} flows", _memory(large), None, 150))
        rows.append(
            _pair(
                "build, nothing changed",
                lambda: _build(large),
                lambda: _run([PYTHON, baselines.__file__, "digest"], large),
                rounds,
                2,
            )
        )
    return rows


def _pair(
    name: str,
    ours: Callable[[], float],
    theirs: Callable[[], float],
    rounds: int,
    limit: float,
    before: Callable[[], None] | None = None,
) -> Row:
    """Medians of two things that are run in turn."""
    pairs = []
    for _ in range(rounds):
        if before:
            before()
        pairs.append((ours(), theirs()))
    return Row(name, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), limit)


def _run(command: list[str], folder: Path) -> float:
    """Seconds that a command takes, its start included."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def _build(folder: Path) -> float:
    return _run([*FLOWC, "build"], folder)


def _plain(folder: Path) -> float:
    """Seconds of a plain parse and a plain loop that writes the tree just built; reading it is not counted."""
    done = subprocess.run([PYTHON, baselines.__file__, "write"], cwd=folder, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _clean(folder: Path) -> None:
    shutil.rmtree(folder / "build", ignore_errors=True)
    shutil.rmtree(folder / ".flowc", ignore_errors=True)


def _memory(folder: Path) -> float:
    """Peak megabytes of a fresh build: of all its processes together, read while it runs."""
    _clean(folder)
    process = subprocess.Popen([*FLOWC, "build"], cwd=folder, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.01)
    if process.returncode:
        raise SystemExit(f"the build failed with {process.returncode}")
    return peak


def _family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *map(int, children)]


def _resident(pid: int) -> float:
    """Megabytes of a process that are its own (shared pages count by share)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _project(folder: Path, flows: int) -> Path:
    corpus.write(folder, flows)
    (folder / "flowc.yml").write_text(PROJECT)
    return folder


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--flows", type=int, default=1_000, help="flows of the checks and builds")
    parser.add_argument(
        "--large", type=int, default=10_000, help="flows of the build in which nothing changed; 0: leave it out"
    )
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn; the median counts")
    memory = Path("/dev/shm")
    parser.add_argument("--folder", default=str(memory) if memory.is_dir() else None, help="a memory file system")
    return parser.parse_args()


if __name__ == "__main__":
    main()
