"""Work that is shared by processes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

GIVEN_UP = """
from itertools import islice
from flowc.workspace.workers import results
made = results(range(200), lambda piece: bytes(300_000), 4)
print(len(list(islice(made, 5))))
made.close()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no processes to share work with")
def test_who_wants_no_more_results_does_not_wait_for_them() -> None:
    """Workers that write into full pipes end when nobody reads; none of them may keep another's pipe open."""
    done = subprocess.run([sys.executable, "-c", GIVEN_UP], capture_output=True, text=True, timeout=60)
    assert done.stdout == "5\n"
