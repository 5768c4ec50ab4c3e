"""All commands under one name, each imported when it is called, and what becomes of a fault."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from .. import __version__
from . import CLEAN, COMMANDS, FAULT

INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes as of a process that a signal ended."""


class Commands(click.Group):
    """The commands of the table; the help is written without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command), f"{module}.{name} is no command"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A command by its name; of a misspelt one, the nearest is said."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            ctx.fail(_no_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands and what each does."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="flowc %(version)s")
def group() -> None:
    """Compile phone call flows into checked NCCO documents for the Vonage Voice API."""


def run(arguments: Sequence[str]) -> int:
    """Run the program and give its exit code. What a command returns is its code; nothing is clean."""
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")  # closed: nobody wants to hear
    try:
        code = group.main(list(arguments), prog_name="flowc", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else CLEAN
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
        return PIPE_CLOSED
    except Exception as fault:
        _say_fault(fault)
        return FAULT


_MEANT = {
    **dict.fromkeys(("lint", "validate", "verify"), "check"),
    **dict.fromkeys(("compile", "make", "deploy", "publish"), "build"),
    **dict.fromkeys(("start", "server", "dev"), "serve"),
    **dict.fromkeys(("simulate", "dial", "try"), "call"),
    **dict.fromkeys(("new", "create"), "init"),
    **dict.fromkeys(("help", "docs", "man"), "--help"),
    "version": "--version",
    "fill": "render",
}
"""What other programs call a command."""


def _no_command(name: str) -> str:
    """What to say of a word that is no command."""
    from ..text.nearest import nearest

    if name.endswith((".yml", ".yaml", ".json")) or os.path.exists(name):
        return f"there is no command `{name}`: did you mean `flowc check {name}`?"
    near = nearest(name, (*COMMANDS, *_MEANT))
    meant = _MEANT.get(name.lower()) or _MEANT.get(near or "", near)
    hint = f"did you mean `flowc {meant}`?" if meant else "`flowc --help` lists the commands"
    return f"there is no command `{name}`: {hint}"


def _silence() -> None:
    """Nobody reads our output any more; what is left in its buffer goes nowhere, without a complaint at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_fault(fault: Exception) -> None:
    """Say a fault of flowc in one line; the traceback is for those who ask for it."""
    if os.environ.get("FLOWC_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    if isinstance(fault, OSError):
        click.echo(f"flowc: {fault}", err=True)
        if fault.filename is None:
            _silence()
        return
    notes = "".join(f" {note}" for note in getattr(fault, "__notes__", ()))
    what = f"{type(fault).__name__}: {fault}".replace("\n", " ")[:300]
    advice = "please report this line with the flow; FLOWC_DEBUG=1 adds the traceback"
    click.echo(f"flowc {__version__}: this is a fault of flowc itself: {what}{notes}; {advice}", err=True)
