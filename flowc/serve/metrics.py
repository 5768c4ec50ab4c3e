"""Counts what the server does, in the text format of Prometheus. Labels are names from programs, never from callers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

Labels = tuple[str, ...]

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""The upper bounds of times, in seconds."""


class Counter:
    """How often something happened, by labels."""

    def __init__(self, name: str, help: str, labels: Sequence[str]) -> None:  # noqa: A002 - the format's own word
        self.name, self.help, self.labels = name, help, tuple(labels)
        self.counts: dict[Labels, int] = {}

    def add(self, *labels: str) -> None:
        """Count one more."""
        self.counts[labels] = self.counts.get(labels, 0) + 1

    def data(self) -> list[object]:
        """What was counted, as JSON data."""
        return [[labels, count] for labels, count in self.counts.copy().items()]

    def join(self, data: Iterable[Any]) -> None:
        """Add what another process has counted, as it gave it."""
        for labels, count in data:
            self.counts[tuple(labels)] = self.counts.get(tuple(labels), 0) + count

    def lines(self) -> Iterator[str]:
        """The counter, as it is scraped."""
        yield from _head(self.name, self.help, "counter")
        for labels, count in self.counts.items():
            yield f"{self.name}{_labels(self.labels, labels)} {count}"


class _Times:
    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.total = 0.0


class Histogram:
    """How long something took, by labels."""

    def __init__(self, name: str, help: str, labels: Sequence[str]) -> None:  # noqa: A002 - the format's own word
        self.name, self.help, self.labels = name, help, tuple(labels)
        self.times: dict[Labels, _Times] = {}

    def add(self, seconds: float, *labels: str) -> None:
        """One more, which took some seconds."""
        times = self.times.setdefault(labels, _Times())
        times.buckets[bisect_left(BOUNDS, seconds)] += 1
        times.total += seconds

    def data(self) -> list[object]:
        """What was measured, as JSON data."""
        return [[labels, times.buckets, times.total] for labels, times in self.times.copy().items()]

    def join(self, data: Iterable[Any]) -> None:
        """Add what another process has measured, as it gave it."""
        for labels, buckets, total in data:
            times = self.times.setdefault(tuple(labels), _Times())
            times.buckets = [one + other for one, other in zip(times.buckets, buckets, strict=True)]
            times.total += total

    def lines(self) -> Iterator[str]:
        """The histogram, as it is scraped."""
        yield from _head(self.name, self.help, "histogram")
        for labels, times in self.times.items():
            count = 0
            for bound, here in zip((*map(str, BOUNDS), "+Inf"), times.buckets, strict=True):
                count += here
                yield f"{self.name}_bucket{_labels((*self.labels, 'le'), (*labels, bound))} {count}"
            yield f"{self.name}_sum{_labels(self.labels, labels)} {times.total:.6f}"
            yield f"{self.name}_count{_labels(self.labels, labels)} {count}"


class Metrics(NamedTuple):
    """All that is counted by one process."""

    documents: Counter
    exits: Counter
    lookups: Histogram
    failures: Counter
    refused: Counter
    events: Counter
    reloads: Counter

    def text(self) -> bytes:
        """Everything, as it is scraped."""
        return "".join(f"{line}\n" for each in self for line in each.lines()).encode()


def metrics() -> Metrics:
    """Counters at nought."""
    return Metrics(
        Counter("flowc_documents_total", "Documents served.", ("flow", "document")),
        Counter("flowc_exits_total", "Ways that calls took from a wait.", ("flow", "wait", "document")),
        Histogram("flowc_lookup_seconds", "Time of requests to the outside.", ("flow", "step", "status")),
        Counter("flowc_failures_total", "Webhooks answered with the failure of a flow.", ("flow", "why")),
        Counter("flowc_refused_total", "Requests that were refused.", ("status", "why")),
        Counter("flowc_events_total", "What the platform told of calls.", ("status",)),
        Counter("flowc_reloads_total", "Changed programs that were taken over, or refused.", ("result",)),
    )


def _head(name: str, text: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"


def _labels(names: Labels, values: Labels) -> str:
    pairs = ",".join([f'{name}="{_escaped(value)}"' for name, value in zip(names, values, strict=True)])
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
