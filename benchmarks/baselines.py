"""What flowc is measured against. Run as a script in the folder of the flows, with one word: parse, write or digest."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from pathlib import Path


def parse() -> None:
    """Load every flow with PyYAML's C loader."""
    import yaml

    for path in sorted(Path().glob("*.flow.yml")):
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def write() -> None:
    """Load every flow, then write the tree that stands in `build/` once more, beside it. Prints the seconds of both."""
    tree = {path: path.read_bytes() for path in Path("build").rglob("*") if path.is_file()}
    start = time.perf_counter()
    parse()
    for path, data in tree.items():
        target = "plain" / path
        os.makedirs(target.parent, exist_ok=True)
        target.write_bytes(data)
    print(time.perf_counter() - start)
    shutil.rmtree("plain")


def digest() -> None:
    """Stat, read and hash every flow."""
    for entry in os.scandir():
        if entry.name.endswith(".flow.yml"):
            entry.stat()
            with open(entry.path, "rb") as file:
                hashlib.sha256(file.read()).digest()


if __name__ == "__main__":
    {"parse": parse, "write": write, "digest": digest}[sys.argv[1]]()
