"""Why something cannot be done in a call, and what there is instead (reference, actions and webhooks)."""

from __future__ import annotations

HANGUP = "nothing follows when the caller hangs up: it is sent to the event URL of the application, and that is all"
EVENTS = (
    "events are sent to the event URL of the application, which no flow sets: `flowc build` prints what to type there"
)
AFTER = (
    "the call ends when one side of a `connect` hangs up: bring both into a `conversation`, and move them with "
    "the Voice API"
)
CALLEE = (
    "nothing says that one who is called can be asked: `onAnswer` of a `connect` is heard, and then the two are joined"
)
LED = "nobody is led anywhere from here: one who is called hears this, and then the two are joined"
MACHINE = (
    "whoever makes this call asks for it, with the Voice API; for a call that is made here, `connect` has "
    "`advancedMachineDetection`"
)
STATUS = "how a call goes is sent to the event URL of the application, and nothing in the call knows it"
RECORDING = "no NCCO plays a recording: the `eventUrl` of the `record` is told of it, and fetching it needs a token"
KEYS = "no NCCO sends keys into a call: only `dtmfAnswer` of a `phone`, when it answers"
ON = "take it out: the block goes on behind it"

MESSAGES = "no NCCO sends messages: a server of yours does, told by a `notify`, with the Messages API"
ANSWERED = "take it out: after a good answer the block goes on"
CONFIRM = 'say it back and ask: `menu: {prompt: "To confirm, press 1.", options: {1: continue}, otherwise: STEP}`'
