"""A mistake at the top of a flow does not keep the others back, and nothing that follows from it is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.test_hints import MESSAGES, listed, of_a_flow

Golden = Callable[[Path, str], None]


def test_other_mistakes_are_said_beside_one_at_the_top(golden: Golden) -> None:
    cases = (MESSAGES / "hints" / "left.yml").read_text(encoding="utf-8")
    golden(MESSAGES / "hints" / "left.txt", listed(of_a_flow, cases))
