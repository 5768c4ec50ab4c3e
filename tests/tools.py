"""Test data that is not ours: npm packages, unpacked by `scripts/fetch-npm` and never run."""

from __future__ import annotations

from pathlib import Path

import pytest

NPM = Path(__file__).parents[1] / ".tools" / "npm"


def npm(name: str, version: str) -> Path:
    """The folder of an unpacked npm package; skips the test where it is not there."""
    folder = NPM / f"{name}-{version}"
    if not folder.is_dir():
        pytest.skip(f"{name} {version} is not there: run `scripts/fetch-npm {name} {version}`")
    return folder
