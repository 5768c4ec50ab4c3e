"""An application on any web server: webhooks over HTTP, with the platform's retries and fallback (reference, 2.6 f)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import undecided
from .application import Answer, Exchange
from .ncco import Ncco
from .options import supposed
from .sending import brings_ncco, followed, named, request_of
from .signing import Key
from .verdict import Verdict, Wanted, verdict
from .webhook import Webhook
from .wire import Limits, Response, Trouble, exchange

TRIES = 2
"""How often a URL is asked in all, where it is tried again (reference, failures)."""

CONNECTION_SECONDS, ANSWER_SECONDS, EVENT_SECONDS = (0.3, 1.0), (1.0, 5.0), (1.0, 10.0)
"""How long a connection, an answer or fallback URL, and any other URL may take as the owner of an application sets it
up: the least, and the most, which is what is usual (reference, timeouts)."""

SILENCE = 0.5
"""The real seconds that a caller hears nothing from which on they count; less would make each call another one."""

MOST_SECONDS = 300.0
"""How many real seconds the servers of one call may take. A limit of ours, so that every call comes to its end."""

HUNG = 2
"""In how many calls a URL may give no answer in time. In later ones it is taken to do so again, and nobody waits."""

TIRED = f"not asked: the call has taken more than {MOST_SECONDS:g} s already"


class Setup(NamedTuple):
    """The webhooks of an application as its owner has set them up, and the key that signs them.

    `supposed` names what the platform is taken to do otherwise than usual (see `options`).
    """

    answer_url: str
    answer_method: str = "GET"
    event_url: str | None = None
    event_method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "GET"
    answer_limits: Limits = Limits(CONNECTION_SECONDS[1], ANSWER_SECONDS[1])
    event_limits: Limits = Limits(CONNECTION_SECONDS[1], EVENT_SECONDS[1])
    key: Key | None = None
    supposed: frozenset[str] = frozenset()


class _Tried(NamedTuple):
    """What became of a URL: the verdict, every request, what that rests on, and what failed in the end."""

    verdict: Verdict
    exchanges: tuple[Exchange, ...]
    remarks: tuple[str, ...]
    trouble: tuple[str, ...]


class Hosted:
    """An application behind URLs."""

    events = True

    def __init__(self, setup: Setup, clock: Callable[[], float] = time.time) -> None:
        self.setup, self.clock = setup, clock
        self.supposed = supposed(setup.supposed)
        self.spent = 0.0
        """The real seconds that servers have taken in this call; how long a person thinks is not counted."""
        self.hung: dict[str, dict[object, Trouble]] = {}
        """For each URL without its query: the calls, since it answered last, in which it did not answer in time."""
        self.unasked: dict[str, set[object]] = {}
        """For each that hung too often, by its method and its URL: the calls in which it was not asked."""
        self.mute: set[str | None] = set()
        """Event URLs that did not answer in time: nobody's call depends on them, so nobody waits for them again."""

    def ask(self, webhook: Webhook) -> Answer:
        """The NCCO for a webhook: of its own URL, else of the fallback URL."""
        meant = self._addressed(webhook)
        if webhook.kind == "answer":
            self.spent = 0.0
        if meant.url is None:
            why = "nowhere: the application has no event URL"
            return Answer(
                None,
                (Exchange(webhook, why),),
                trouble=(f"the webhook of `{webhook.kind}` goes {why}, which `--event-url` would say",),
            )
        if self._is_tired():
            tired = f"{named(meant)}: {TIRED}"
            return Answer(None, (Exchange(meant, tired),), trouble=(tired,))
        tried = self._tries(meant)
        found = tried.verdict
        if found.ncco is not None or found.goes_on:
            return Answer(found.ncco, tried.exchanges, tried.remarks)
        exchanges, remarks, trouble = tried.exchanges, tried.remarks, tried.trouble
        if self.setup.fallback_url is not None:
            second = self._tries(self._fallback(meant, found.why))
            exchanges, remarks, found = exchanges + second.exchanges, remarks + second.remarks, second.verdict
            trouble += second.trouble
        ncco = found.ncco
        if ncco is None and not found.goes_on and not found.again and webhook.kind != "answer":
            remarks += (self.supposed.get(undecided.GOES_ON, undecided.GOES_ON),)
            ncco = Ncco("", ()) if undecided.GOES_ON in self.supposed else None  # which ends the call
        return Answer(ncco, exchanges, remarks, trouble)

    def tell(self, webhook: Webhook) -> Answer:
        """Send a webhook; what comes back changes nothing."""
        meant = self._addressed(webhook)
        if meant.url is None:
            return Answer(None)
        if meant.url in self.mute or self._is_tired():
            return Answer(None, (Exchange(meant, f"{named(meant)}: not sent, it does not answer"),))
        found = self._request(meant, self.setup.event_limits)
        if isinstance(found, Trouble):
            if found.seconds:
                self.mute.add(meant.url)
            return Answer(None, (Exchange(meant, f"{named(meant)}: {found.why}"),))
        rests = _UNPLAYED.get(webhook.kind) if brings_ncco(found) else None
        return Answer(None, (Exchange(meant, f"{named(meant)}: HTTP {found.status}"),), (rests,) if rests else ())

    def _is_tired(self) -> bool:
        """Whether a call has taken so long that its servers are asked no more."""
        return self.spent > MOST_SECONDS

    def _addressed(self, webhook: Webhook) -> Webhook:
        """A webhook with its URL: its own, or the one of the application."""
        setup = self.setup
        if webhook.kind == "answer":
            return webhook._replace(url=setup.answer_url, method=setup.answer_method)
        if webhook.url is None:
            return webhook._replace(url=setup.event_url, method=setup.event_method)
        return webhook

    def _tries(self, webhook: Webhook) -> _Tried:
        """A URL that is asked once, or twice where the first failure may pass."""
        exchanges: list[Exchange] = []
        found = Verdict()
        for _ in range(TRIES):
            found, seconds = self._once(webhook)
            count = len(found.ncco.actions) if found.ncco else 0
            outcome = found.why or f"{count} action{'s' * (count != 1)}"
            where = f" ({found.where})" if found.where else ""
            exchanges.append(Exchange(webhook, f"{named(webhook)}: {outcome}{where}", seconds))
            if not found.again:
                break
        if found.invalid:
            exchanges += self._error(webhook, found.why).exchanges
        failed = () if found.ncco is not None or found.goes_on else (f"{named(webhook)}: {outcome}{where}",)
        return _Tried(found, tuple(exchanges), tuple(filter(None, (found.remark, *self._by_get(webhook)))), failed)

    def _by_get(self, webhook: Webhook) -> Iterator[str]:
        """What a webhook rests on that goes out as a GET."""
        if webhook.method == "GET" and "?" in str(webhook.url):
            yield undecided.QUERY
        if webhook.method == "GET" and isinstance(webhook.data.get("custom_data"), dict):
            yield undecided.CUSTOM
        if webhook.method == "GET" and self.setup.key is not None:
            yield undecided.SIGNED_GET

    def _once(self, webhook: Webhook) -> tuple[Verdict, float]:
        first = webhook.kind == "answer"
        setup = self.setup
        limited = first or webhook.url == setup.fallback_url
        limits = setup.answer_limits if limited else setup.event_limits
        name, call = str(webhook.url).partition("?")[0], webhook.data.get("conversation_uuid")
        hung = self.hung.setdefault(name, {})
        if len(hung.keys() - {call}) >= HUNG:
            last = [*hung.values()][-1]
            self.unasked.setdefault(f"{webhook.method} {name}", set()).add(call)
            return Verdict(why=last.why, again=True, where=f"not asked, as in {HUNG} calls before"), last.seconds
        began = time.monotonic()
        response = self._request(webhook, limits)
        took = time.monotonic() - began
        if isinstance(response, Trouble):
            if response.seconds:
                hung[call] = response
            remark = undecided.DRIPS if response.begun else ""
            return Verdict(why=response.why, again=response.again, remark=remark), response.seconds
        hung.clear()
        fallback = setup.fallback_url is not None and webhook.url != setup.fallback_url
        found = verdict(response, name, Wanted(first, fallback, self.supposed))
        return found, took if took >= SILENCE else 0.0

    def _fallback(self, webhook: Webhook, why: str) -> Webhook:
        """The request to the fallback URL: what the first one said, why that failed, and which it was."""
        original = {"url": webhook.url, "type": "answer" if webhook.kind == "answer" else "event"}
        data = {**webhook.data, "reason": why, "original_request": original}
        return webhook._replace(url=self.setup.fallback_url, method=self.setup.fallback_method, data=data)

    def _error(self, webhook: Webhook, why: str) -> Answer:
        """The event that tells of an invalid NCCO (reference, NCCO)."""
        data = {"conversation_uuid": webhook.data.get("conversation_uuid"), "reason": why}
        return self.tell(Webhook("error", None, "POST", data, webhook.at))

    def _request(self, webhook: Webhook, limits: Limits) -> Response | Trouble:
        """A request, whose time is counted."""
        began = time.monotonic()
        request = request_of(webhook, self.setup.key, self.clock())
        response = exchange(request, limits)
        if undecided.REDIRECT in self.supposed:
            response = followed(response, request, limits)
        self.spent += time.monotonic() - began
        return response


_UNPLAYED = {"connect": undecided.NOT_PLAYED, "input": undecided.SINGLE_ANSWER}
"""For webhooks whose NCCO is not played, what that rests on; of all others the documents say that none is."""
