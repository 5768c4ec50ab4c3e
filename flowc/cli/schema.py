"""`flowc schema`: prints a schema in one self-contained piece, for editors and other tools."""

from __future__ import annotations

import click

from .output import print_text


@click.command()
@click.argument("name", type=click.Choice(["flow", "ncco", "project", "program", "calls"]))
def schema(name: str) -> None:
    """Print a schema: of a flow, an NCCO, a project file, a compiled program or rehearsed calls."""
    import json

    from ..language.schema.published import published

    print_text(json.dumps(published(name), indent=2, ensure_ascii=False) + "\n", exact=True)
