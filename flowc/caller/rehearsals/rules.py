"""The rules about rehearsed calls: how they are written, and what in a call is not as it was to be."""

from __future__ import annotations

from ...text.diagnostics import Rule

UNKNOWN_CALL_STEP = Rule(
    "E400",
    "unknown-call-step",
    """A step of a rehearsed call that does not exist

flowc does not know what the caller is to do or to hear there, so the call cannot be played, and what it was to show
about the flow stays open. Write one of the steps that there are; `flowc schema calls` describes each.""",
)
SEVERAL_CALL_STEPS = Rule(
    "E401",
    "several-call-steps",
    """Two steps of a rehearsed call in one

Steps happen one after the other, and a mapping has no order that counts. Give each a dash of its own.""",
)
UNKNOWN_CALL_KEY = Rule(
    "E402",
    "unknown-call-key",
    """A key of a file of rehearsed calls that does not exist

It does nothing: the caller, the moment or the answer that it was meant to set stays as it was, and the call shows
something else than its author thinks. Correct the spelling, or take it out.""",
)
MISSING_CALL_KEY = Rule(
    "E403",
    "missing-call-key",
    """A key of a file of rehearsed calls that has to be there

Without the flow there is nothing to call, and without steps and a name a call shows nothing. Add it.""",
)
BAD_MOMENT = Rule(
    "E404",
    "bad-moment",
    """The moment of a rehearsed call cannot be read

Opening hours depend on it, so it is a date, a time and the difference to UTC: without the difference it would be
another moment on another machine. Write it as `2026-03-02T10:00+00:00`.""",
)
UNREADABLE_PATTERN = Rule(
    "E405",
    "unreadable-pattern",
    """A pattern of a rehearsed call that cannot be used

Text between slashes is a regular expression. One that cannot be read fits nothing, so the step would always fail; one
that refers to its groups or looks around may take for ever, and is refused. Put a backslash before signs that stand for
themselves, or write words without slashes.""",
)
BAD_ANSWER = Rule(
    "E406",
    "bad-answer",
    """What a server answers in a rehearsed call cannot be read

A request is written as its method and its URL, and the answer is JSON, a status, both, or `no answer`. With anything
else flowc does not know what the flow is to be told.""",
)
NO_SUCH_FLOW = Rule(
    "E407",
    "no-such-flow",
    """The rehearsed calls are of a flow that is not there

Nothing is called, so nothing is shown, and a build server would take that for a success. Write the name that stands
behind `flow:` in the flow's file, or the path of that file.""",
)
NOT_HEARD = Rule(
    "E410",
    "not-heard",
    """A caller did not hear what was to be heard

The call took another way than its author thinks, or the words have changed. The report shows what was heard instead,
and the line of the flow that said it. Correct the flow, or the call if the flow is right.""",
)
HEARD_MORE = Rule(
    "E411",
    "heard-more",
    """A caller heard something that no step of the call names

The call says `hears only: true`, so each prompt has to be one that is expected. Take the words out of the flow, or add
a `hears` for them.""",
)
NOT_DONE = Rule(
    "E412",
    "not-done",
    """A caller could not do what the call says

Nobody asked the caller, called somebody else, or recorded anything at that point, or the call had ended before, or
never begun. The report shows what happened instead. Correct the flow, or the call if the flow is right.""",
)
ANOTHER_CALLEE = Rule(
    "E413",
    "another-callee",
    """The caller was led to somebody else

A wrong number is reached by every caller who takes this way. Correct it in the flow, or in the call if the flow is
right.""",
)
NOT_ENDED = Rule(
    "E414",
    "not-ended",
    """The call went on where it was to end

A caller who expects the end hears something more, or waits in silence. Correct the flow, or leave `ended` out.""",
)
NOT_NOTIFIED = Rule(
    "E415",
    "not-notified",
    """An application was not notified, or not of this

What rests on it, such as a record in a customer's file, does not happen. Correct the `notify` of the flow, or the call
if the flow is right.""",
)
ANOTHER_DURATION = Rule(
    "E416",
    "another-duration",
    """The call lasted longer, or shorter, than it was to

Callers who wait too long hang up. How long words take is an estimate, so leave some room; shorten the prompts, or give
the step another time.""",
)
UNEXPECTED_REQUEST = Rule(
    "E417",
    "unexpected-request",
    """The flow asks a server, and the call does not say what that answers

A rehearsal never asks a real server: the answer would be another one each day. Write under `given` what it answers, or
correct the URL that the flow asks.""",
)
UNUSED_ANSWER = Rule(
    "W418",
    "unused-answer",
    """A server's answer that no request of the call asked for

The request was not made, or is spelt in another way, so the call does not show what its author thinks. Correct the
method and the URL, or take the answer out.""",
)
TOO_LITTLE_TAKEN = Rule(
    "E420",
    "too-little-taken",
    """The rehearsed calls take less of a flow than was asked for

What no call takes, nobody has heard before a caller does. Add calls that take the ways which the report names, or ask
for less with `--cover-min`.""",
)
OPEN_IN_CALL = Rule(
    "E419",
    "open-in-call",
    """A param that the call needs is not bound

A document whose param is open is a template, and no caller can hear it. Bind it under `params` of the file of calls,
or give it a default in the flow.""",
)
SAME_CALL_NAME = Rule(
    "W422",
    "same-call-name",
    """Two rehearsed calls of a file with one name

Of the two, `flowc call --replay FILE:NAME` finds the first alone, `-k` plays both, and a build server shows one for the
other: a call that fails may be looked for in the wrong place. Give each a name of its own.""",
)
IMPOSSIBLE_STEP = Rule(
    "E424",
    "impossible-step",
    """A step of a rehearsed call that no call can be like

What it says does not go together, or cannot become of this call: nobody talks in a call that is busy, only a websocket
is ever disconnected, and a machine is told only where the flow listens for one. So the step would count for nothing, or
always fail, and the call would show something else than its author thinks. Take out what the report names, or correct
the flow if such calls are to be heard there.""",
)
LOST_ANSWER = Rule(
    "W423",
    "lost-answer",
    """A caller answers, and nobody listens.

The keys or words are lost: they come during a prompt that cannot be cut short, they are more than the question takes,
or it asks for something else. The call goes on as if the caller had done nothing, so it does not show what its author
thinks. Correct the call, or the flow if callers are to be heard there; `allow: [lost-answer]` if it is meant so.""",
)
