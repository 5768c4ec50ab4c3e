"""`flowc explain`: prints the page of a rule, of a word of flows or of an NCCO action, or lists all rules."""

from __future__ import annotations

from collections.abc import Iterator

import click

from .output import print_text


@click.command()
@click.argument("name", required=False)
def explain(name: str | None) -> None:
    """Print the page of a rule (by code or name), of a word of flows (a step, a field, a filter) or of an NCCO action;
    without a NAME, list all rules."""
    page = _table() if name is None else _rule_page(name) or _word_page(name)
    if page is None:
        raise click.UsageError(_unknown(name or ""))
    print_text(f"{page.rstrip()}\n")


def _table() -> str:
    from ..rules import all_rules

    rows = [(rule.code, rule.name, rule.page.split("\n\n")[0].replace("\n", " ")) for rule in all_rules()]
    width = max(len(name) for _, name, _ in rows)
    return "\n".join(f"{code}  {name:<{width}}  {line}" for code, name, line in rows)


def _rule_page(name: str) -> str | None:
    from ..rules import by_code, by_name

    rule = by_code().get(name.upper()) or by_name().get(name.lower())
    if rule is None:
        return None
    return f"{rule.severity}[{rule.code}] {rule.name}\n\n{rule.page}"


def _word_page(name: str) -> str | None:
    """All that a word means: in a flow, and in an NCCO."""
    from ..language.reference.pages import action_page
    from ..language.reference.word_pages import word_page

    pages = [page for page in (word_page(name), action_page(name)) if page is not None]
    return "\n".join(pages) or None


def _unknown(name: str) -> str:
    from ..language.explained.elsewhere import ACTIONS
    from ..text.nearest import nearest

    near = nearest(name, _known())
    meant = near if near is not None and near.lower() == name.lower() else ACTIONS.get(name.lower()) or near
    hint = f"did you mean `{meant}`?" if meant else "`flowc explain` lists the rules"
    return f"there is no rule, no word of flows and no action `{name}`: {hint}"


def _known() -> Iterator[str]:
    from ..language.reference.word_pages import words
    from ..language.schema.facts import ACTIONS, endpoints, withdrawn
    from ..rules import by_code, by_name

    yield from (*words(), *by_name(), *by_code(), *ACTIONS, *endpoints(), *withdrawn())
