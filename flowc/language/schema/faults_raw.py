"""The rules of what an NCCO may hold that a flow may not: old forms, placeholders, values in quotes."""

from __future__ import annotations

from ...text.diagnostics import Rule

UNRECOGNISED_FIELD = Rule(
    "W100",
    "unrecognised-field",
    """A field that the platform's reference does not have

Whether the platform ignores or refuses it is unknown. If it is a slip of the pen, the caller gets the default where
something else was meant. Correct the spelling, or take the field out.""",
)
LEGACY_FORM = Rule(
    "W101",
    "legacy-form",
    """An old form

The platform once took this and has replaced it. It may still work and may stop working without notice. Where it is not
known which of two forms is right, because the platform's own documents and libraries disagree, the message says so:
then the hint has the one that most of them use. Write what the hint says.""",
)
INPUT_WITHOUT_TYPE = Rule(
    "W102",
    "input-without-type",
    """An input that does not say what it listens to

Since 2021 an `input` must say whether it takes keys (`dtmf`), words (`speech`) or both. Older documents left it out,
and whether the platform still accepts that is not documented. Add `type`.""",
)
VALUE_AS_TEXT = Rule(
    "W103",
    "value-as-text",
    """A number or a truth value in quotes

The platform has tolerated it; programs that read NCCOs by their types do not. Take the quotes away.""",
)
PLACEHOLDER = Rule(
    "W104",
    "placeholder",
    """A placeholder that has not been filled in

This stands for a value that is still to be put in. As it is, no call can be made with it. Fill it in before the
document is used; or write a flow with `params`, which flowc fills in and checks.""",
)
WITHDRAWN_ACTION = Rule(
    "W105",
    "withdrawn-action",
    """An action that is gone from the platform's reference

It was an action once. What the platform does with it today is not documented; most likely the call ends here. Do what
the hint says instead.""",
)
REFUSED_BY_CLIENTS = Rule(
    "W106",
    "refused-by-clients",
    """Fields that the platform's own libraries do not accept together

The reference does not forbid it, but the platform's client libraries do, so it does not do what it seems to say. Change
it as the hint says.""",
)
CLAMPED = Rule(
    "W107",
    "clamped-value",
    """A number that the platform moves into its range

The platform does not refuse a value outside of the range but takes the nearer end of it: the caller gets something else
than what is written. Write the number that is meant.""",
)
RETIRED_ENDPOINT = Rule(
    "W108",
    "retired-endpoint",
    """An endpoint under its old name

The type was renamed. The old name is gone from the reference, and whether it still works is not documented. Write the
new one.""",
)
