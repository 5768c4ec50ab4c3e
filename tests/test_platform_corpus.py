"""Real NCCOs, played: each comes to an end or to a stated error."""

from __future__ import annotations

import pytest
from beside import NCCOS
from played import Table

from flowc.caller.platform.accept import SYNTAX, accept
from flowc.caller.platform.application import Answer, Exchange
from flowc.caller.platform.ncco import Ncco, Refused
from flowc.caller.platform.play import play
from flowc.caller.platform.script import Act, Connects, HangsUp, Joins, Member, Presses, Records, Says, Waits
from flowc.caller.platform.webhook import Webhook

pytestmark = pytest.mark.skipif(not NCCOS.is_dir(), reason="the corpus of real NCCOs is not beside this checkout")

SCRIPTS: list[list[Act]] = [
    [],
    [Waits()] * 20,
    [Presses("1234#", early=True), Says("sales"), Connects("busy"), Records(), Joins(ends=True), HangsUp()],
    [Connects("timeout")] * 9 + [Joins(ends=True)] * 9,
    [Connects(), Connects(by="caller"), HangsUp()],
    [Joins(1e9, others=(Member("a", 5, starts=False), Member("b", 9, 90, ends=True)))] * 3,
    [Connects("machine"), Connects("disconnected"), Says("yes", early=True), HangsUp()],
]
ENDS = {
    "there is nothing more to play",
    "the callee hangs up",
    "the caller hangs up",
    "the caller leaves the room, which ends it",
    "the time for the call is over",
    "the caller is in another conversation",
    "it has reached the longest time that a call may last",
}


class _First(Table):
    """An application that has one NCCO, for the first webhook."""

    def __init__(self, ncco: Ncco) -> None:
        super().__init__({})
        self.ncco = ncco

    def ask(self, webhook: Webhook) -> Answer:
        assert webhook.body
        return Answer(self.ncco if webhook.kind == "answer" else None, (Exchange(webhook, "asked"),))


def test_every_real_ncco_is_played_to_an_end_or_refused_with_a_reason() -> None:
    refused = 0
    files = sorted(NCCOS.glob("*.json"))
    assert len(files) > 400
    for file in files:
        ncco = accept(file.read_bytes(), file.name)
        if isinstance(ncco, Refused):
            assert ncco.reason in (SYNTAX, "what came back is no JSON")
            refused += 1
            continue
        for script in SCRIPTS:
            call = play(_First(ncco), script)
            assert call.ended in ENDS, file.name
            assert call.seconds <= 7200
    assert refused < 60
