"""What the platform needs of an application: an NCCO for a webhook, and an ear for events."""

from __future__ import annotations

import json
import uuid
from typing import NamedTuple, Protocol

from .ncco import Ncco
from .webhook import Webhook, leg


class Exchange(NamedTuple):
    """One request to an application: the webhook, what came of it in a few words, and how many seconds it took."""

    webhook: Webhook
    outcome: str
    seconds: float = 0.0


class Answer(NamedTuple):
    """What an application made of a webhook.

    `ncco` None: the NCCO that is being played goes on. `exchanges` are the requests in their order, `remarks` is what
    their outcome rests on, and `trouble` what failed in them: each URL, and why.
    """

    ncco: Ncco | None
    exchanges: tuple[Exchange, ...] = ()
    remarks: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()


class Application(Protocol):
    """A program that answers webhooks. `events`: it also wants to hear of everything that happens to legs."""

    @property
    def events(self) -> bool: ...

    def ask(self, webhook: Webhook) -> Answer:
        """What comes back for a webhook that may be answered with an NCCO."""

    def tell(self, webhook: Webhook) -> Answer:
        """What becomes of a webhook whose answer is not looked at."""


class Custom(NamedTuple):
    """Custom data that is an object, as its JSON: so calls can be told apart by it."""

    json: str

    def __str__(self) -> str:
        return self.json


def custom(data: object) -> str | Custom:
    """Custom data of a call: a text, or an object."""
    return data if isinstance(data, str) else Custom(json.dumps(data, ensure_ascii=False))


class Call(NamedTuple):
    """A call that comes in, or that the platform makes (`outbound`), whose caller is then who is called.

    `caller` is the number that calls and `to` the one that is called. `started` is the moment of the answer in seconds
    since the epoch: an ordinary Wednesday. `outcome` is what becomes of a call that is made: a status of its leg, of
    which `human` and `machine` are told where somebody listens for machines. `supposed` names what is taken otherwise
    than usual (see `options`).
    """

    caller: str = "447700900123"
    to: str = "442079460000"
    started: float = 1_893_585_600.0
    uuid: str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
    conversation: str = "CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
    endpoint: str = "phone"
    region: str = "https://api-eu-3.vonage.com"
    user: str = ""
    custom: str | Custom = ""
    headers: tuple[tuple[str, str], ...] = ()
    outbound: bool = False
    outcome: str = "answered"
    supposed: frozenset[str] = frozenset()

    def made(self) -> Call:
        """The same call the other way round: one that the platform makes from the number that is called."""
        return self._replace(caller=self.to, to=self.caller, outbound=True)

    @property
    def direction(self) -> str:
        """Which way it goes, as the events of its leg say."""
        return "outbound" if self.outbound else "inbound"

    @property
    def custom_data(self) -> object:
        """The custom data as an application is told it."""
        return json.loads(self.custom.json) if isinstance(self.custom, Custom) else self.custom

    @property
    def ours(self) -> str:
        """The number of the application, under which it calls others."""
        return self.caller if self.outbound else self.to

    def leg(self, status: str) -> dict[str, object]:
        """What an event webhook says of the caller's leg."""
        said = leg((self.uuid, self.conversation), (self.caller, self.to), status, self.direction)
        if self.user:
            del said["from"]
            said["from_user"] = self.user
        return said

    @property
    def answer_data(self) -> dict[str, object]:
        """What an answer webhook says (reference, answer webhook): a user of the app has a name and no number."""
        said: dict[str, object] = {"to": self.to}
        said |= {"from_user": self.user} if self.user else {"from": self.caller}
        said |= {"conversation_uuid": self.conversation, "uuid": self.uuid}
        said |= {"region_url": self.region, "endpoint_type": self.endpoint}
        said |= {"custom_data": self.custom_data} if self.custom else {}
        return said | {f"SipHeader_{name}": value for name, value in self.headers if _is_told(name)}


def _is_told(header: str) -> bool:
    """Whether an application hears of a SIP header (reference, answer webhook)."""
    name = header.lower()
    return name == "user-to-user" or (name.startswith("x-") and not name.startswith("x-nexmo"))


def of_its_own(call: Call) -> Call:
    """A call with ids that no other call has, for programs that keep what they know of calls by them."""
    return call._replace(uuid=str(uuid.uuid4()), conversation=f"CON-{uuid.uuid4()}")
