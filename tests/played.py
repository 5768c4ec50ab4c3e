"""Calls through the platform double, for tests: an application that is a table, and what happened in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flowc.caller.platform.accept import accept_data
from flowc.caller.platform.application import Answer, Call, Exchange
from flowc.caller.platform.ncco import Ncco
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act
from flowc.caller.platform.transcript import Transcript
from flowc.caller.platform.webhook import Webhook

Answers = Mapping[str | None, object]


class Table:
    """An application whose NCCOs stand in a table: by the URL of the webhook, `answer` for the first."""

    events = True

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[Webhook] = []
        self.told: list[Webhook] = []

    def ask(self, webhook: Webhook) -> Answer:
        self.asked.append(webhook)
        data = self.answers.get("answer" if webhook.kind == "answer" else webhook.url)
        ncco = None if data is None else accept_data(data, str(webhook.url or "answer"))
        return Answer(ncco if isinstance(ncco, Ncco) else None, (Exchange(webhook, "asked"),))

    def tell(self, webhook: Webhook) -> Answer:
        self.told.append(webhook)
        return Answer(None, (Exchange(webhook, "told"),))


def played(actions: object, script: Iterable[Act] = (), /, **answers: object) -> tuple[Table, Transcript]:
    """A call whose first NCCO has these actions; further ones are named by their URLs' last part."""
    table = Table({"answer": actions, **{f"https://e.com/{name}": each for name, each in answers.items()}})
    return table, play(table, script, Call())


def happened(transcript: Transcript) -> list[tuple[str, str, float]]:
    """What happened to the caller, without webhooks."""
    return [
        (each.what, each.said, round(each.seconds, 2))
        for each in transcript.happened
        if each.what not in ("webhook", "event")
    ]


def said(transcript: Transcript, *whats: str) -> list[str]:
    """What was said in happenings of these kinds."""
    return [each.said for each in transcript.happened if each.what in whats]
