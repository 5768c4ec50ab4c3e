"""What the platform needs of an application: an NCCO for a webhook, and an ear for events."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from .ncco import Ncco
from .webhook import Webhook


class Exchange(NamedTuple):
    """One request to an application: the webhook, what came of it in a few words, and how many seconds it took."""

    webhook: Webhook
    outcome: str
    seconds: float = 0.0


class Answer(NamedTuple):
    """What an application made of a webhook.

    `ncco` None: the NCCO that is being played goes on. `exchanges` are the requests in their order, and `remarks` is
    what their outcome rests on.
    """

    ncco: Ncco | None
    exchanges: tuple[Exchange, ...] = ()
    remarks: tuple[str, ...] = ()


class Application(Protocol):
    """A program that answers webhooks. `events`: it also wants to hear of everything that happens to legs."""

    @property
    def events(self) -> bool: ...

    def ask(self, webhook: Webhook) -> Answer:
        """What comes back for a webhook that may be answered with an NCCO."""

    def tell(self, webhook: Webhook) -> Answer:
        """What becomes of a webhook whose answer is not looked at."""


class Call(NamedTuple):
    """A call that comes in. `started` is the moment of its answer in seconds since the epoch: an ordinary Wednesday."""

    caller: str = "447700900123"
    to: str = "442079460000"
    started: float = 1_893_585_600.0
    uuid: str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
    conversation: str = "CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
    endpoint: str = "phone"
    region: str = "https://api-eu-3.vonage.com"
    user: str = ""
    custom: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def answer_data(self) -> dict[str, object]:
        """What an answer webhook says (reference, answer webhook): a user of the app has a name and no number."""
        said: dict[str, object] = {"to": self.to}
        said |= {"from_user": self.user} if self.user else {"from": self.caller}
        said |= {"conversation_uuid": self.conversation, "uuid": self.uuid}
        said |= {"region_url": self.region, "endpoint_type": self.endpoint}
        said |= {"custom_data": self.custom} if self.custom else {}
        return said | {f"SipHeader_{name}": value for name, value in self.headers}
