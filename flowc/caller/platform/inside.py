"""A compiled flow as an application, without a host and without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ...program.files import wait_name
from ...program.machine import MOST_RETURNS, Ask, Position, Reply, Response, State, begin, played, resume, step
from ...program.program import Program
from ...program.understand import Event, event_of
from . import ncco as actions
from .accept import accept_data
from .application import Answer, Exchange
from .ncco import Action, Hook, Ncco
from .webhook import Webhook

BASE_URL = "https://flow.invalid"
"""Where a program's webhooks seem to go: a name that is nobody's, so what goes elsewhere is told apart."""

ELSEWHERE = "taken as answered without an NCCO"

Lookup = Callable[[Ask], Response]
"""What comes of a request that a program makes."""


class Taken(NamedTuple):
    """A way that a call took: from a position (`""`: from outside) with what was answered there, to a document."""

    position: Position
    event: Event
    document: str | None


class OpenError(Exception):
    """A call needs a document that is a template: params of it are not bound, and `args` names them."""


class Inside:
    """A program that answers its own webhooks, one call after the other.

    `taken` has the ways that calls took, in order. `chance` is what `random` is in expressions.
    """

    events = False

    def __init__(self, program: Program, lookup: Lookup = lambda _: Response(None), chance: float = 0.5) -> None:
        self.program, self.lookup, self.chance = program, lookup, chance
        self.taken: list[Taken] = []
        self.state = State()
        self.positions = dict(_positions(program))
        self.known: dict[int, tuple[object, Ncco]] = {}
        """What the platform reads of an action that is the same in all calls, by the identity of its data."""
        for action in _constant(program):
            self.known[id(action)] = action, _read(action)
        self.open = any(each.open for each in program.documents.values()) or any(w.open for w in program.waits.values())

    def ask(self, webhook: Webhook) -> Answer:
        """The NCCO that the program has for a webhook; none for one that goes elsewhere."""
        said = event_of(webhook.data)._replace(now=webhook.at, random=self.chance)
        if webhook.kind == "answer":
            return self._answer(webhook, Position(""), said, begin(self.program, _call(webhook.data), said))
        whispered = str(webhook.url).removeprefix(f"{BASE_URL}/")
        if webhook.kind == "whisper" and whispered in self.program.documents:
            return self._whisper(webhook, whispered, said)
        position = self.positions.get(str(webhook.url))
        if position is None:
            return Answer(None, (Exchange(webhook, f"{_named(webhook)}: {ELSEWHERE}"),))
        return self._answer(webhook, position, said, step(self.program, position, self.state, said))

    def tell(self, webhook: Webhook) -> Answer:
        """Nobody answers what is only told; that a call was answered is a way that it took."""
        position = self.positions.get(str(webhook.url))
        if position is not None:
            self.taken.append(Taken(position, event_of(webhook.data), None))
            return Answer(None)
        return Answer(None, (Exchange(webhook, _named(webhook)),))

    def _answer(self, webhook: Webhook, position: Position, event: Event, said: Reply | Ask | None) -> Answer:
        exchanges: tuple[Exchange, ...] = ()
        while isinstance(said, Ask):
            response = self.lookup(said)
            asked = Webhook("request", str(said.data.get("url")), said.method, {"step": said.step}, webhook.at)
            exchanges += (Exchange(asked, _came(response)),)
            said = resume(self.program, said, response)
        self.taken.append(Taken(position, event, said.document if said else None))
        if said is None:
            return Answer(None, (*exchanges, Exchange(webhook, "no NCCO")))
        self.state = said.state
        return Answer(self._ncco(said), (*exchanges, Exchange(webhook, said.document)))

    def _whisper(self, webhook: Webhook, name: str, event: Event) -> Answer:
        """What a callee hears; the call that it is heard in remembers what it remembered."""
        said = played(self.program, name, self.state, event)
        if not isinstance(said, Reply):
            return Answer(None, (Exchange(webhook, "no NCCO: it asks the outside"),))
        return Answer(self._ncco(said), (Exchange(webhook, name),))

    def _ncco(self, reply: Reply) -> Ncco:
        """A reply as the platform reads it, its webhooks under URLs of their own. It is never empty, as with a host."""
        wanted = [each for each in _wanted(self.program, reply) if each not in self.program.params] if self.open else []
        if wanted:
            raise OpenError(*dict.fromkeys(wanted))
        read = [self._read(each) for each in reply.actions]
        found = [each.actions[0] for each in read]
        remarks = dict.fromkeys(remark for each in read if each.remarks for remark in each.remarks)
        if reply.waits is not None and reply.at is not None:
            found[reply.at] = _hooked(found[reply.at], _url(self.program, reply.waits))
        return Ncco(reply.document, tuple(found) or (actions.Wait(0.1),), tuple(remarks))

    def _read(self, data: Mapping[str, object]) -> Ncco:
        known = self.known.get(id(data))
        return known[1] if known is not None and known[0] is data else _read(data)


def _constant(program: Program) -> Iterator[Mapping[str, object]]:
    """The actions that are the same in all calls."""
    for document in program.documents.values():
        yield from () if document.fills or document.open else document.actions
    for wait in program.waits.values():
        yield from () if wait.fills or wait.open else wait.question


def _wanted(program: Program, reply: Reply) -> Iterator[str]:
    """The params that a reply wants and nothing binds, as far as it can be told from where it began."""
    seen: set[str | None] = set()
    at: str | None = reply.document
    while at is not None and at not in seen:
        seen.add(at)
        document = program.documents.get(at)  # not looked at as one that is played, which is counted elsewhere
        if document is None:
            return
        yield from document.open
        if document.asks is not None:
            yield from program.waits[document.asks].open
        at = document.goes_on


def _positions(program: Program) -> list[tuple[str, Position]]:
    """Each place of a program that a webhook may belong to, by its URL."""
    asking = [name for name, each in program.documents.items() if each.requests is not None]
    found = [Position(name, returns + 1) for name in asking for returns in range(MOST_RETURNS)]
    for name, wait in program.waits.items():
        found += [Position(name, attempt + 1) for attempt in range(max(len(wait.failures), 1))]
    return [(_url(program, each), each) for each in found]


def _url(program: Program, position: Position) -> str:
    return f"{BASE_URL}/{program.flow}/{wait_name(*position)}"


def _hooked(action: Action, url: str) -> Action:
    """The action that waits, with where its webhook goes."""
    if isinstance(action, actions.Input | actions.Connect | actions.Notify):
        return action._replace(hook=Hook(url, action.hook.method))
    return action


def _read(data: Mapping[str, object]) -> Ncco:
    """An NCCO of one action, as the platform reads it. Raises ValueError for one that it would refuse."""
    found = accept_data([_hosted(data)], "")
    if not isinstance(found, Ncco):
        raise ValueError(f"the platform would refuse this action: {dict(data)}")
    return found


def _hosted(data: Mapping[str, object]) -> Mapping[str, object]:
    """An action with the URLs that only a host would give it, as far as it cannot do without."""
    match data:
        case {"action": "notify"}:
            return {"eventUrl": [BASE_URL], **data}
        case {"action": "connect", "endpoint": [{"onAnswer": {"url": str(url), **more}, **endpoint}]} if ":" not in url:
            return {**data, "endpoint": [{**endpoint, "onAnswer": {**more, "url": f"{BASE_URL}/{url}"}}]}
    return data


def _call(data: Mapping[str, object]) -> dict[str, object]:
    """What an answer webhook says of a call, by the names that a flow has for it."""
    known = {key: each for key, each in data.items() if not key.startswith("SipHeader_") and key != "region_url"}
    if "from_user" in known:
        known["user"] = known.pop("from_user")
    sip = {key.removeprefix("SipHeader_"): each for key, each in data.items() if key.startswith("SipHeader_")}
    return {**known, "sip": sip} if sip else known


def _named(webhook: Webhook) -> str:
    """A webhook that goes elsewhere."""
    return f"{webhook.kind} to {webhook.url or 'the event URL of the application'}"


def _came(response: Response) -> str:
    return "no answer" if response.status is None else f"HTTP {response.status}"
