"""What flowc is measured against. Run as a script in the folder of the flows, with one word: parse, write or digest.

Each does its work in the plainest way. What it prints are seconds that do not count.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

COPY = "copy"
"""The folder that `write` writes into."""


def parse() -> float:
    """Load every flow with PyYAML's C loader."""
    import yaml

    for path in sorted(Path().glob("*.flow.yml")):
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return 0.0


def write() -> float:
    """Load every flow, then write the tree that stands in `build/` once more; to learn that tree does not count."""
    start = time.perf_counter()
    tree = {os.path.join(COPY, path): path.read_bytes() for path in Path("build").rglob("*") if path.is_file()}
    learnt = time.perf_counter() - start
    parse()
    made: set[str] = set()
    for path, data in tree.items():
        folder = os.path.dirname(path)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        with open(path, "wb") as file:
            file.write(data)
    return learnt


def digest() -> float:
    """Stat, read and hash every flow."""
    for entry in os.scandir():
        if entry.name.endswith(".flow.yml"):
            entry.stat()
            with open(entry.path, "rb") as file:
                hashlib.sha256(file.read()).digest()
    return 0.0


if __name__ == "__main__":
    print({"parse": parse, "write": write, "digest": digest}[sys.argv[1]](), flush=True)
    os._exit(0)  # taking apart what was loaded is no work of these
