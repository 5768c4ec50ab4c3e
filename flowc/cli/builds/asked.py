"""What was asked of `flowc render` about the rows of a table."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import click

from ...workspace.tables import ENDINGS

Command = TypeVar("Command", bound=Callable[..., object])


class Asked(NamedTuple):
    """What was asked about the rows of a table."""

    data: str | None
    data_format: str | None
    key: str | None
    ignored: tuple[str, ...]
    bad_rows: str | None

    def unused(self) -> str | None:
        """An option that was given and means nothing without a table."""
        given = ((self.data_format, "--data-format"), (self.key, "--key"), (self.ignored, "--ignore-column"))
        return next((name for value, name in (*given, (self.bad_rows, "--bad-rows")) if value), None)

    def kind(self) -> str:
        """Of what kind the table is. Raises UsageError where that cannot be told."""
        told = self.data_format or ENDINGS.get(os.path.splitext(self.data or "")[1].lower())
        if told is None:
            raise click.UsageError(f"--data {self.data}: of what kind is it? --data-format csv, tsv or jsonl")
        return told

    @property
    def skips(self) -> bool:
        """Whether rows with mistakes are left out."""
        return self.bad_rows == "skip"

    @property
    def name(self) -> str:
        """The name of the table in findings."""
        return "<stdin>" if self.data == "-" else str(self.data)


class Manner(NamedTuple):
    """How findings are written."""

    form: str
    color: str


def data_options(command: Command) -> Command:
    """The options about the rows of a table."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--data", metavar="TABLE", help="Fill a document for each row: .csv, .tsv or .jsonl; - for stdin."),
    click.option("--data-format", type=click.Choice(["csv", "tsv", "jsonl"]), help="The kind of a table on stdin."),
    click.option("--key", metavar="COLUMN", help='Name each document: {"COLUMN": …, "ncco": […]}, or its file.'),
    click.option(
        "--ignore-column", "ignored", multiple=True, metavar="NAME", help="A column of the table that is no param."
    ),
    click.option("--bad-rows", type=click.Choice(["stop", "skip"]), help="At a row with a mistake (stop)."),
)
