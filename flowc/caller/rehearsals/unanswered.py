"""URLs that give no answer in time, as calls that are under way at once know of them: what hangs is waited for once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from ..platform.delivery import Hosted, Setup
from ..platform.wire import Trouble


class Unanswered:
    """What all calls to one application have met."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.hung: dict[str, dict[object, Trouble]] = {}
        """For each URL without its query: the calls, since it answered last, in which it did not answer in time."""
        self.unasked: dict[str, set[object]] = {}
        """For each that hung too often, by its method and its URL: the calls in which it was not asked."""
        self.mute: set[str | None] = set()
        """Event URLs that did not answer in time."""

    def hosted(self, setup: Setup, clock: Callable[[], float]) -> Hosted:
        """The application for one call, which knows at each request what any call has met by then."""
        hosted = Hosted(setup, clock)
        hosted.hung, hosted.unasked, hosted.mute = _Urls(self), self.unasked, self.mute
        return hosted

    def spared(self) -> dict[str, tuple[int, int]]:
        """For each URL that was not always asked: in how many calls it hung, and in how many nobody waited for it."""
        found = {}
        for asked, calls in self.unasked.items():
            hung = self.hung.get(asked.partition(" ")[2], {})
            if calls - hung.keys():
                found[asked] = len(hung), len(calls - hung.keys())
        return found


class _Urls(dict[str, dict[object, Trouble]]):
    """What all calls have met, for one of them to look up a URL in."""

    def __init__(self, all_calls: Unanswered) -> None:
        self.all_calls = all_calls

    def setdefault(self, url: str, _: object = None) -> dict[object, Trouble]:
        return _Calls(self.all_calls, url)


class _Calls(dict[object, Trouble]):
    """The calls in which a URL hung by now; what is added, or that it answers, all calls then know."""

    def __init__(self, all_calls: Unanswered, url: str) -> None:
        self.all_calls, self.url = all_calls, url
        with all_calls.lock:
            super().__init__(all_calls.hung.get(url, {}))

    def __setitem__(self, call: object, trouble: Trouble) -> None:
        super().__setitem__(call, trouble)
        with self.all_calls.lock:
            self.all_calls.hung.setdefault(self.url, {})[call] = trouble

    def clear(self) -> None:
        super().clear()
        with self.all_calls.lock:
            self.all_calls.hung.pop(self.url, None)
