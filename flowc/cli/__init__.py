"""The program `flowc`: one module a command. Only this room prints and exits."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from .. import __version__

COMMANDS: dict[str, tuple[str, str, str]] = {
    "check": ("flowc.cli.check", "check", "Say every mistake in flows and NCCOs."),
    "build": ("flowc.cli.build", "build", "Compile flows into what a host serves."),
    "render": ("flowc.cli.render", "render", "Fill the documents of a flow with values of open params."),
    "serve": ("flowc.cli.serve", "serve", "Answer calls from flows while they are written."),
    "test": ("flowc.cli.test", "test", "Play rehearsed calls."),
    "call": ("flowc.cli.call", "call", "Call a flow in the terminal."),
    "transcripts": ("flowc.cli.transcripts", "transcripts", "Print every way through a flow."),
    "diff": ("flowc.cli.diff", "diff", "Tell what two versions of flows are different in for callers."),
    "explain": ("flowc.cli.explain", "explain", "Print the page of a rule, of a word of flows or of an NCCO action."),
    "schema": ("flowc.cli.schema", "schema", "Print a schema in one self-contained piece."),
    "init": ("flowc.cli.init", "init", "Make a project that builds."),
    "completion": ("flowc.cli.completion", "completion", "Print the completion script of a shell."),
}
"""Each command's module, the name of the command in it, and its line in the help: known without importing it."""

CLEAN, ERRORS, USAGE, FAULT = 0, 1, 2, 3
"""Exit codes: nothing wrong, mistakes found, wrong usage, a fault of flowc itself."""


def main() -> None:
    """Run the program on the arguments of this process, and exit."""
    if sys.argv[1:] == ["--version"]:
        print(f"flowc {__version__}")
        return
    # Modules are many small things that stay: looking through them for what is unused finds nothing.
    gc.set_threshold(100_000)
    from .group import run

    code = run(sys.argv[1:])
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # Taking apart what the system frees at once would cost a short run a tenth of its time.
    os._exit(code)
