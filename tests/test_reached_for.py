"""What cannot be done, is never so, or is lacking in a language: each is said once, at its line, with what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_hints import MESSAGES, Golden, listed, of_a_flow, of_steps


@pytest.mark.parametrize(("name", "say"), [("reach", of_steps), ("never", of_steps), ("tongues", of_a_flow)])
def test_it_is_said_by_name_with_what_there_is(name: str, say: Callable[[str], Iterator[str]], golden: Golden) -> None:
    cases = Path(MESSAGES / "hints" / f"{name}.yml").read_text(encoding="utf-8")
    golden(MESSAGES / "hints" / f"{name}.txt", listed(say, cases))
