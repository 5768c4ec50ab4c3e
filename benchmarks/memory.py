"""The memory of a command and of the processes that it starts, read while they run (Linux)."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

EVERY = 0.01
"""Seconds between two looks."""


def peak(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """The most megabytes that a command and its processes had at one time."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(EVERY)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    return most


def _family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *map(int, children)]


def _resident(pid: int) -> float:
    """Megabytes that a process has in memory; of what it shares with others, its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
