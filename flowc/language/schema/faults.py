"""The rules of a document's shape: what is written, against what an NCCO or a flow file may hold."""

from __future__ import annotations

from ...text.diagnostics import Rule

NOT_AN_ARRAY = Rule(
    "E100",
    "ncco-not-an-array",
    """An NCCO that is no array

An NCCO is a JSON array of actions, also where there is only one. The platform refuses anything else as a syntax error,
without a second try: the caller hears nothing and the call is dropped. Put brackets around it: `[{"action": …}]`.""",
)
EMPTY = Rule(
    "E101",
    "empty",
    """A list or a mapping with nothing in it

Here at least one thing is needed: a block without actions, a question without options or a list without its URL leads
a caller nowhere. Write what belongs there, or leave the field out.""",
)
NOT_AN_ACTION = Rule(
    "E102",
    "not-an-action",
    """Something else where an action is expected

An action is a mapping: in a flow with one key, the action's name (`talk: Hello`), in an NCCO with a field `action`. The
platform refuses a whole NCCO for one thing that is none. Write the action's name in front.""",
)
ACTION_WITHOUT_NAME = Rule(
    "E103",
    "action-without-name",
    """An action that does not say which one it is

Without its name nobody knows what is to be done, and the platform refuses the whole NCCO: the caller hears nothing of
it. Name the action.""",
)
SEVERAL_ACTIONS = Rule(
    "E104",
    "several-actions",
    """Several actions in one

An action is a mapping with one key. With two keys in it there is no order between them, and a caller might hear them
the wrong way round. Mostly a `-` is missing: write each action as an item of its own.""",
)
UNKNOWN_ACTION = Rule(
    "E105",
    "unknown-action",
    """An action that does not exist

The platform knows a fixed set of actions. One that it does not know makes the whole NCCO a syntax error: not even the
actions before it are done, and the caller hears nothing. Use one that exists; `flowc explain NAME` describes each.""",
)
ACTION_WITHDRAWN = Rule(
    "E106",
    "action-withdrawn",
    """An action that the platform has taken back

It was an action once and is gone from the platform's reference. A flow that is built today must not rest on it: the
call may end at this place. Do what the hint says instead.""",
)
UNKNOWN_FIELD = Rule(
    "E107",
    "unknown-field",
    """A field that does not exist here

What the platform does with a field it does not know is not documented; most likely it ignores it, and the caller gets
the default where something else was meant. So a flow may hold only fields that exist. Correct the spelling, or move the
field to the place that the hint names.""",
)
NOT_TOGETHER = Rule(
    "E108",
    "not-together",
    """Fields that exclude each other

Both together have no meaning, and the platform refuses them or does something that nobody chose. Leave one of them
out.""",
)
LEGACY_FIELD = Rule(
    "E109",
    "legacy-field",
    """An old form, in a flow

The platform once took this and has replaced it. A flow is compiled to the form of today, so it is written in that form;
where the platform's own documents and libraries disagree on a form, which the message then says, in that which most of
them use. Write what the hint says.""",
)
WRONG_TYPE = Rule(
    "E110",
    "wrong-type",
    """A value of the wrong kind

A field takes a text, a number, `true` or `false`, a list or fields of its own. A value of another kind makes the
platform refuse the NCCO: the call is dropped. In a flow, `yes` and `on` are texts; write `true`.""",
)
MISSING_FIELD = Rule(
    "E111",
    "missing-field",
    """A field that must be there is not

Without it nobody knows what to say, whom to call or where to go on, and the platform refuses the whole NCCO. Add the
field.""",
)
OUT_OF_RANGE = Rule(
    "E112",
    "out-of-range",
    """A number outside of its range

The platform documents the range of this field and refuses values outside of it, or quietly takes another. Choose a
number within the range.""",
)
NOT_ONE_OF = Rule(
    "E113",
    "not-one-of",
    """A word that is none of those allowed

The field takes one of a few words, spelt as they are here. Another one is refused, or ignored so that the default
counts. Choose one of those that the message lists.""",
)
WRONG_LENGTH = Rule(
    "E114",
    "wrong-length",
    """A text that is too long or too short

The platform documents the length of this text. One that is too long is cut off or refused; an empty one says nothing.
Shorten it, or fill it in.""",
)
BAD_PHONE_NUMBER = Rule(
    "E115",
    "bad-phone-number",
    """A phone number in the wrong spelling

The platform takes a number as digits with the country code in front, without `+`, without `00` and without spaces:
`447700900000`. With anything else the call is not made, and the caller waits in vain. Write the digits alone.""",
)
BAD_URL = Rule(
    "E116",
    "bad-url",
    """A URL that cannot be asked

The platform fetches URLs from outside, so it needs the whole of one, with `https://` and the host. A path or a bare
host name cannot be fetched: the audio is not played, or the answer of the caller gets lost. Write the whole URL,
with a host as it is looked up and, where one is needed, a port from 1 to 65535. A user or a password in the URL of a
request is never sent: write a header, from a `secret` param.

What only a call knows may stand behind the host alone. In it, or with no `/` before it, a caller or the answer of
another server could lead the platform, or a request with its secrets, to any other place.

What an author writes of a request's URL is sent as it is written, and no server is asked with a space or with letters
such as `ä` in it: write them percent-encoded. Values are encoded as they are put in.""",
)
BAD_WEBSOCKET_URL = Rule(
    "E117",
    "bad-websocket-url",
    """A websocket with the wrong kind of URL

A websocket is reached by `ws://` or, encrypted, by `wss://`. With another scheme the connection fails and the caller
is left alone. Write the URL with `wss://`.""",
)
BAD_SIP_URI = Rule(
    "E118",
    "bad-sip-uri",
    """A SIP address without its scheme, or to any host

A SIP address begins with `sip:` or `sips:`. Without it the call cannot be made. Write the scheme in front.

What only a call knows may be its user, or stand behind its host. As a part of the host, a caller or the answer of
another server could lead the call to any place: `sip:{{ vars.desk }}@sip.example.com`. So could it as a `domain`,
which is the name of a trunk of yours.""",
)
BAD_FORM = Rule(
    "E119",
    "bad-form",
    """A text that has not the form of this field

The field takes texts of a certain form only, such as one key of a telephone. The platform refuses others. Write it as
the hint describes.""",
)
NOT_IN_A_LIST = Rule(
    "E120",
    "not-in-a-list",
    """One thing where a list is taken

The field takes a list even where it holds a single thing. The platform answers with "invalid type" and refuses the
whole NCCO. Put brackets around it.""",
)
TOO_MANY = Rule(
    "E121",
    "too-many",
    """More in a list than it takes

The platform takes a limited number of things here, mostly one. Of several endpoints none is called. To call one after
the other, go on from the outcome of the first `connect`.""",
)
NEEDS_ANOTHER = Rule(
    "E122",
    "needs-another",
    """A field that only works with another one

Alone the field has no effect, or the platform refuses it. Add the field that it needs, or leave it out.""",
)
UNKNOWN_ENDPOINT = Rule(
    "E123",
    "unknown-endpoint",
    """An endpoint that does not exist

A `connect` leads to a phone, a SIP address, a user of the app, an extension or a websocket. Nothing else can be called,
and the platform refuses the NCCO. Choose one of these.""",
)
WRITTEN_BY_FLOWC = Rule(
    "E124",
    "written-by-flowc",
    """A field that flowc writes itself

What a question listens to and where its answer goes follow from the flow: flowc writes these fields, so that the answer
comes back to the right place. A value of your own would lead it elsewhere, and the caller's key would do nothing. Take
the field out.""",
)
BAD_NAME = Rule(
    "E125",
    "bad-name",
    """A name in a spelling that names have not

Names of steps become names of files and parts of URLs, and names of params stand in expressions. So they are made of
letters, digits and a few signs. Spell it as the hint does.""",
)
