"""`flowc completion`: prints the script by which a shell completes flowc's commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from .output import print_text


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell: bash, zsh or fish.

    For bash, for example: flowc completion bash > ~/.local/share/bash-completion/completions/flowc
    """
    from .group import group

    made = get_completion_class(shell)
    assert made is not None, shell
    print_text(made(group, {}, "flowc", "_FLOWC_COMPLETE").source() + "\n")
