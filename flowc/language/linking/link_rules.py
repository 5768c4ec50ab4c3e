"""What linking a flow can find wrong."""

from __future__ import annotations

from ...text.diagnostics import Rule

UNKNOWN_STEP = Rule(
    "E204",
    "unknown-step",
    """A step that does not exist

A target names a step, and the flow has no step of that name: the call could not go on there.

Correct the name, or write the step under `steps:`.""",
)
MISSING_OTHERWISE = Rule(
    "E205",
    "missing-otherwise",
    """A question with no way out

After the last attempt of a `menu` or an `input` a caller who pressed nothing, or nothing that fits, must go
somewhere: `otherwise` says where. Without it the call would end in the middle of a question.

Write `otherwise: STEP` in the question, or once for all questions under `input:` at the top of the flow.""",
)
WHISPER_NEEDS_PHONE = Rule(
    "E206",
    "whisper-needs-phone",
    """A whisper to what is no phone

`onAnswer` is what the called person hears before the call is joined. The platform has it for phone endpoints only.

Take it out, or connect to a `phone`.""",
)
NOTHING_TO_GO_ON_WITH = Rule(
    "E213",
    "nothing-to-go-on-with",
    """A `continue` where nothing follows

`continue` goes on with what follows the action it stands in, and `failure` stands in none: a caller would hear nothing
at all.

Write a step, or what is to be said.""",
)
TWO_WHISPERS = Rule(
    "E214",
    "two-whispers",
    """Two things to hear before a call is joined

`onAnswer` beside the endpoint is a prompt, for which flowc makes the document; `onAnswer` inside the phone is the URL
of a document of yours. The one who is called can hear only one of them.

Take one of them out.""",
)
NOTHING_ASKED = Rule(
    "E276",
    "nothing-asked",
    """A wrong answer to no question

The target `noMatch` says that the answer just given was a wrong one: its words are said and the question is asked
again, with one attempt less. Before it in this block there is no `input` or `menu`.

Ask first, in the same block, or name a step.""",
)
FAILURE_WAITS = Rule(
    "E207",
    "failure-waits",
    """A failure that needs the host

`failure` is what a caller hears when the host of the flow does not answer, so it must not need the
host itself: the caller would hear nothing.

Write `talk`, `stream`, `record`, `conversation`, `hangup`, or a `connect` without `otherwise` and `when`.""",
)
