"""What is told of the words of a flow beside their descriptions in the schema: an example of each, and its sense."""

from __future__ import annotations

STEPS = {
    "talk": "talk: Please wait.",
    "stream": "stream: https://audio.example.com/notice.mp3",
    "record": "record: {beepStart: true, endOnSilence: 3}",
    "conversation": "conversation: weekly",
    "connect": """connect:
  phone: 447700900100
  timeout: 20
  when: {busy: voicemail}
  otherwise: operator""",
    "input": """input:
  prompt: Please key in your order number.
  pattern: '\\d{3,10}'
  save: order
  noMatch: That is no order number.
  otherwise: operator""",
    "menu": """menu:
  prompt: For sales, press 1. For support, press 2.
  options: {1: sales, 2: support}
  otherwise: voicemail""",
    "goto": "goto: sales",
    "hangup": "hangup: Thank you. Goodbye.",
    "notify": "notify: {payload: {reached: end}, eventUrl: https://crm.example.com/notes}",
    "wait": "wait: 1.5",
    "transfer": "transfer: CON-00000000-0000-0000-0000-000000000000",
    "branch": """branch:
  - {if: hours.office == 'closed', goto: voicemail}
  - {if: call.from == '447700900123' and vars.tries < 3, goto: sales}
  - {otherwise: continue}""",
    "switch": """switch:
  value: hours.office
  cases: {open: sales, holiday: voicemail}
  otherwise: operator""",
    "set": """set: {tries: "{{ vars.tries + 1 }}", language: en}""",
    "request": """request:
  url: "https://shop.example.com/orders/{{ vars.number }}"
  save: answer
  when: {404: operator}
  otherwise: operator""",
    "language": "language: de-DE",
    "run": "run: {flow: payment, with: {amount: 20}, save: paid}",
}
"""A step of each kind. They stand in one flow: see the tests."""

KEYS = {
    "flow": "flow: acme",
    "title": "title: The office line",
    "description": "description: Who calls the office hears this.",
    "voice": "voice: {language: en-GB, style: 2}",
    "input": "input: {attempts: 2, noInput: 'Sorry, I did not hear anything.', otherwise: operator}",
    "params": "params: {agents: {type: phone, default: 447700900100}}",
    "prompts": "prompts: {closed: We are closed.}",
    "timezone": "timezone: Europe/London",
    "hours": 'hours: {office: {open: {mon-fri: "09:00-17:30"}, holidays: [GB]}}',
    "use": "use: {payment: payment.flow.yml}",
    "start": "start: welcome",
    "keys": "keys: {0: operator}",
    "failure": "failure: {talk: Something went wrong. Please call again.}",
    "allow": "allow: [key-not-announced]",
    "steps": "steps: {welcome: {talk: Hello.}}",
}
"""Keys at the top of a flow."""

TARGETS = {
    "continue": ("On with what follows the action that this target stands in.", "options: {1: continue, 2: sales}"),
    "noMatch": (
        "The answer that was given last in this block was a wrong one after all: the caller hears `noMatch` and is "
        "asked again, with one attempt less.",
        "branch: [{if: confidence < 0.5, goto: noMatch}, {otherwise: continue}]",
    ),
}
"""Words that stand for a target."""

NAMES = {
    "params": ("A value that is bound when the flow is built.", "talk: Welcome to {{ params.company }}."),
    "vars": (
        "What a `save` or a `set` has remembered before in this call; nothing, where nothing has.",
        "talk: Your order is {{ vars.order.status }}.",
    ),
    "call": (
        "Who calls whom: `call.from` and `call.to` (digits, as text), `call.user`, `call.uuid`, "
        "`call.conversation_uuid`, `call.endpoint_type`, `call.sip`, `call.custom_data`.",
        "branch: [{if: call.from == '447700900123', goto: sales}, {otherwise: operator}]",
    ),
    "hours": (
        "Whether the calendar of that name is `open`, `closed` or on `holiday` at this moment.",
        "branch: [{if: hours.office == 'open', goto: sales}, {otherwise: voicemail}]",
    ),
    "now": (
        "The moment, as `2026-12-25T17:30:00+00:00`, in the time zone of the flow.",
        "talk: It is {{ now | time }}.",
    ),
    "today": ("The day, as `2026-12-25`, in the time zone of the flow.", "talk: Today is {{ today | date('dmy') }}."),
    "random": (
        "A number from 0 up to 1.",
        "branch: [{if: random < 0.2, goto: operator}, {otherwise: sales}]",
    ),
    "confidence": (
        "How sure the words of the last answer were, from 0 to 1.",
        "branch: [{if: confidence < 0.5, goto: noMatch}, {otherwise: continue}]",
    ),
    "language": (
        "The language that is spoken here.",
        "switch: {value: language, cases: {de-DE: operator}, otherwise: sales}",
    ),
    "options": (
        "In the texts of a question: the sentence that announces its options.",
        "menu: {prompt: 'Welcome. {{ options }}', options: {1: sales}, otherwise: operator}",
    ),
}
"""Names that an expression reads."""

FILTERS = {
    "digits": ("Reads letters and digits one by one, and leaves out the rest.", "'A-12' | digits", "A 1 2"),
    "spell": ("Reads every sign by itself.", "'A-12' | spell", "A - 1 2"),
    "number": ("A number, with so many decimal places.", "1234.5 | number(2)", "1234.50"),
    "date": ("A day, in one of the orders that `say-as` has.", "'2026-12-25' | date('dmy')", "25-12-2026"),
    "time": ("The time of a moment.", "'17:30:00' | time", "17:30"),
    "phone": (
        "Reads the digits of a phone number in groups.",
        "'447700900100' | phone",
        "4 4 7, 7 0 0, 9 0 0, 1 0 0",
    ),
    "money": ("An amount of a currency.", "12.5 | money('GBP')", "£12.50"),
    "upper": ("All in capitals.", "'acme' | upper", "ACME"),
    "lower": ("All in small letters.", "'ACME' | lower", "acme"),
    "trim": ("Without the spaces around it.", "'  acme ' | trim", "acme"),
    "default": (
        "Something else where there is nothing; with `true` behind it, where there is an empty text too.",
        "none | default('nobody')",
        "nobody",
    ),
    "length": ("How many characters a text has, or items a list.", "'acme' | length", "4"),
    "round": ("A number rounded to so many decimal places.", "2.345 | round(2)", "2.35"),
    "int": ("The whole number that a text or a number begins with.", "'12.9' | int", "12"),
    "join": ("The items of a list as one text.", "['Monday', 'Friday'] | join(' and ')", "Monday and Friday"),
}
"""Filters: what each makes, an expression, and what it gives in plain text."""

OPERATORS = {
    "==": ("The two are equal. A number and a text never are.", "2 == 2.0", "true"),
    "!=": ("The two are not equal.", "2 != 3", "true"),
    "<": ("Less; between a number and a text never so.", "1 < 2", "true"),
    "<=": ("Less or equal.", "1 < 2 <= 2", "true"),
    ">": ("More; between a number and a text never so.", "'b' > 'a'", "true"),
    ">=": ("More or equal.", "3 >= 4", "false"),
    "in": ("One is a part of a text, or an item of a list.", "'ell' in 'hello'", "true"),
    "and": ("Both are so.", "1 < 2 and 2 < 3", "true"),
    "or": ("One of them is so. For a default: the first that is something.", "'' or 'nobody'", "nobody"),
    "not": ("It is not so.", "not 3 in [1, 2]", "true"),
    "if": ("One of two values.", "'open' if 9 > 8 else 'closed'", "open"),
    "~": ("Texts joined.", "'room ' ~ 12", "room 12"),
    "+": ("Added; texts are joined with `~`.", "2 + 3", "5"),
    "-": ("Taken away.", "7 - 2", "5"),
    "*": ("Multiplied.", "3 * 4", "12"),
    "/": ("Divided.", "7 / 2", "3.5"),
    "//": ("Divided, as a whole number.", "7 // 2", "3"),
    "%": ("What is left of a division.", "7 % 2", "1"),
    "none": (
        "Nothing: in a text nothing is said in its place, and it is equal to itself alone.",
        "none == none",
        "true",
    ),
}
"""Signs and words between values."""

TYPES = {
    "text": "any text; a number is its spelling",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "phone": "a phone number with its country code",
    "url": "a full URL",
    "choice": "one of its `choices`",
    "list": "a list; from a command line `a,b`",
    "secret": "a text that no document may hold: it may only go into the headers of a `request`",
}
"""Types of params."""
