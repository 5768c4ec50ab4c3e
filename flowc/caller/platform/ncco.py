"""An NCCO as the platform has read it: its actions with all their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Hook(NamedTuple):
    """Where an action's webhook goes; `url` None: to the application's event URL, in the application's way."""

    url: str | None = None
    method: str = "POST"


class Talk(NamedTuple):
    """Words, and how long they take in seconds. `loop` 0: for ever."""

    text: str
    seconds: float
    barge_in: bool
    loop: int
    language: str


class Stream(NamedTuple):
    """Audio, and how long it is taken to last."""

    url: str
    seconds: float
    barge_in: bool
    loop: int


class Keys(NamedTuple):
    """How keys are collected."""

    timeout: float
    most: int
    submit: bool


class Words(NamedTuple):
    """How words are recognised."""

    start: float
    silence: float
    longest: float
    save: bool


class Input(NamedTuple):
    """A question. `old`: in the form of before 2020, whose webhook is another."""

    keys: Keys | None
    words: Words | None
    hook: Hook
    asynchronous: bool = False
    old: bool = False


class Record(NamedTuple):
    """A recording. Without `silence`, `key` and `longest` it goes on behind the next actions."""

    hook: Hook
    silence: float | None
    key: str
    longest: float | None
    beep: bool
    transcription: Hook | None


class Connect(NamedTuple):
    """A call to somebody else. `machine` says what is to be done with an answering machine."""

    kind: str
    to: str
    number_from: str
    hook: Hook
    synchronous: bool
    timeout: float
    limit: float
    machine: str
    whisper: str | None
    keys: str
    detecting: bool = False
    """Whether the call waits until it is known if a machine has answered."""
    headers: Mapping[str, object] = {}
    """What a websocket is told, and tells of itself in its events."""
    tone: float | None = None
    """For how long a machine's tone is waited for; None: not at all."""


class Conversation(NamedTuple):
    """A room. `waits`, it begins when a moderator comes; `music` is heard until then.

    `heard_by` and `hears` are the legs that hear its member, and that the member hears; None: all.
    """

    name: str
    waits: bool
    music: str | None
    ends: bool
    record: bool
    heard_by: tuple[str, ...] | None
    hears: tuple[str, ...] | None
    hook: Hook
    transcription: Hook | None = None


class Notify(NamedTuple):
    """Word to an application."""

    payload: object
    hook: Hook


class Wait(NamedTuple):
    """Silence."""

    seconds: float


class Transfer(NamedTuple):
    """The way into another conversation, and which legs hear its new member and are heard; None: all."""

    conversation: str
    heard_by: tuple[str, ...] | None = None
    hears: tuple[str, ...] | None = None


Action = Talk | Stream | Input | Record | Connect | Conversation | Notify | Wait | Transfer


class Ncco(NamedTuple):
    """What the platform plays: actions, the name that its application knows them by, and what reading them rests on."""

    name: str
    actions: tuple[Action, ...]
    remarks: tuple[str, ...] = ()


class Refused(NamedTuple):
    """Why the platform does not play what came back, in its words; what that rests on; and `where` it is wrong."""

    reason: str
    remark: str = ""
    where: str = ""
