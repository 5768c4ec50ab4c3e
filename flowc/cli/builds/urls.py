"""What is typed into the platform's dashboard, and what is left to do by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ...hosting import Host, Site
from ...workspace.record import Entry

Filling = Callable[[str, Sequence[str]], Iterator[tuple[str, Sequence[str]]]]
"""How open documents of a flow are filled: commands, each with the documents that it fills."""


def urls(flows: Sequence[Entry], host: Host, site: Site, waiting: Mapping[str, str], filling: Filling) -> Iterator[str]:
    """The lines of each flow: its answer, fallback and event URL with their methods, and what stays open.

    `waiting` has the numbers that no document answers yet, with the flows that they are to play.
    """
    method = "POST" if "answer" in host.can else "GET"
    event = f"{method}  {site.base_url}/events" if "answer" in host.can else f"none: `{host.name}` takes no events"
    if (site.numbers or waiting) and host.answer:
        none_yet = [f"  none yet  {number}: the answer of `{flow}` stays open" for number, flow in waiting.items()]
        yield "\n".join(("all numbers", f"  answer    {method}  {site.base_url}{host.answer}", *none_yet))
    for flow in flows:
        lines = _lines(flow, site.base_url, method)
        yield "\n".join((f"{flow.flow}  ({flow.path})", *lines, f"  event     {event}", *_open(flow, filling)))


def _lines(flow: Entry, base_url: str, method: str) -> Iterator[str]:
    is_open = {str(name) for name, _ in flow.open}
    for word, name in (("answer  ", flow.start), ("fallback", flow.failure)):
        if name is None:
            yield f"  {word}  none: the flow has no `failure`"
        elif name in is_open:
            yield f"  {word}  none yet: `{name}` stays open"
        else:
            yield f"  {word}  {method}  {base_url}/{flow.flow}/{name}.json"


def _open(flow: Entry, filling: Filling) -> Iterator[str]:
    """The documents that stay open, by the params that are wanted."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, params in flow.open:
        wanted = tuple(map(str, params)) if isinstance(params, list) else ()
        groups.setdefault(wanted, []).append(str(name))
    for wanted, documents in groups.items():
        values = " ".join(f"--param {each}=VALUE" for each in wanted)
        for command, filled in filling(flow.flow, documents):
            yield f"  open      {', '.join(filled)}: {command} {values}"


def notes(host: Host, site: Site) -> Iterator[str]:
    """What the host's owner has to do, under the host's name."""
    yield f"{host.name}:"
    for line in host.notes(site):
        yield f"  {line}"
