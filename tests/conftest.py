"""What all tests share: `--accept`, golden files that it rewrites, and a server for what flows ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.real_outside import Desk, serving

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite golden files with what is printed now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Holds a text against a golden file; with `--accept` the file becomes the text, and `git diff` is the review."""

    def hold(path: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"there is no {path.name} yet: run pytest --accept and review it"
        with path.open(encoding="utf-8", newline="") as file:
            assert text == file.read()

    return hold


@pytest.fixture(scope="module")
def desk() -> Desk:
    """What the flows of a module ask, set up for each call."""
    return Desk()


@pytest.fixture(scope="module")
def outside(desk: Desk) -> Iterator[str]:
    """Where the desk is."""
    with serving(desk) as url:
        yield url
