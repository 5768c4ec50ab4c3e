"""Flows of every construct, put together by chance: whatever compiles, all that it answers is a valid NCCO."""

from __future__ import annotations

import json

from call_time import Call, compiled, refused
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowc.program.carried import carried, only
from flowc.program.codec import decode, encode
from flowc.program.machine import Ask, Response
from flowc.program.needs import needs
from flowc.program.understand import Event

Data = dict[str, object]
STEPS = ("one", "two", "three")
NAMES = st.sampled_from(["a", "b", "c"])

EXPRESSIONS = st.sampled_from(
    ["vars.a | default('x')", "vars.b | default(1)", "vars.c.x | default(none)", "call.from", "call.custom_data.x",
     "call.sip['X-A']", "now", "today", "random", "language", "confidence", "hours.office", "params.known",
     "params.line", "vars.a or 'y'", "'x' ~ call.to", "random < 0.5", "not call.user", "1 + 1", "[1, call.from]"]
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(["Hello.", "Press 1.", "<speak>Hi <break/></speak>", ""]),
    EXPRESSIONS.map(lambda each: f"{{{{ {each} }}}}"),
    EXPRESSIONS.map(lambda each: f"It is {{{{ {each} }}}}."),
    EXPRESSIONS.map(lambda each: f"<speak>It is {{{{ {each} }}}}.</speak>"),
)
LEVELS = st.sampled_from([1, 0.5, "{{ vars.c | default(0) }}"])
TALKS = st.one_of(
    TEXTS.map(lambda text: {"talk": text or "Hm."}),
    st.tuples(TEXTS, TEXTS).map(lambda both: {"talk": {"en-GB": both[0] or "A.", "fr-FR": both[1] or "B."}}),
    st.builds(lambda text, level: {"talk": {"text": text or "Hm.", "level": level}}, TEXTS, LEVELS),
)  # fmt: skip
URLS = st.sampled_from(
    ["https://e.example.com/a", "https://e.example.com/{{ call.from }}/b", "https://e.example.com/?x={{ vars.a }}"]
)  # fmt: skip
PHONES = st.sampled_from(["447700900100", "{{ call.custom_data.x }}", "{{ vars.a | default('447700900100') }}"])


def targets(blocks: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.sampled_from([*STEPS, "continue", "continue", "noMatch"]), blocks)


def some(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[Data]:
    """A mapping with some of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def questions(target: st.SearchStrategy[object]) -> st.SearchStrategy[Data]:
    options = st.dictionaries(
        st.sampled_from(["1", "2", "*", "yes", "not now"]),
        st.one_of(target, target.map(lambda each: {"say": ["hm"], "label": "it", "goto": each})),
        min_size=1,
        max_size=3,
    )
    says = st.one_of(TALKS, st.lists(TALKS, max_size=2), target.map(lambda each: {"goto": each}))
    asked = st.fixed_dictionaries(
        {"prompt": st.lists(TALKS, min_size=1, max_size=2), "otherwise": target},
        optional={"attempts": st.integers(1, 3), "noInput": says, "noMatch": says, "speech": st.just({})},
    )
    more = some(pattern=st.sampled_from([r"\d{2}", r"\d+|x", "[a-z ]+"]), save=NAMES, sensitive=st.booleans())
    return st.one_of(
        st.builds(lambda one, two: {"menu": {**one, "options": two}}, asked, options),
        st.builds(lambda one, two: {"input": {**one, **two}}, asked, more),
        st.builds(lambda one, two, three: {"input": {**one, **two, "options": three}}, asked, more, options),
    )


def actions(blocks: st.SearchStrategy[object]) -> st.SearchStrategy[Data]:
    target = targets(blocks)
    way = st.builds(lambda test, to: {"if": test, "goto": to}, EXPRESSIONS, target)
    statuses = st.dictionaries(st.sampled_from(["200", "404", "500"]), target, min_size=1, max_size=2)
    outcomes = st.dictionaries(st.sampled_from(["busy", "failed", "timeout"]), target, min_size=1, max_size=2)
    request = st.fixed_dictionaries(
        {"url": URLS, "otherwise": target},
        optional={
            "save": NAMES, "when": statuses, "timeout": st.sampled_from([0.1, 2, 4]), "expect": st.just(True),
            "json": st.dictionaries(NAMES, TEXTS), "headers": st.just({"K": "{{ params.key }}", "F": "{{ now }}"}),
        },
    )  # fmt: skip
    connect = st.fixed_dictionaries(
        {"phone": PHONES}, optional={"otherwise": target, "when": outcomes, "onAnswer": TALKS}
    )
    return st.one_of(
        TALKS,
        questions(target),
        st.builds(lambda ways, to: {"branch": [*ways, {"otherwise": to}]}, st.lists(way, max_size=3), target),
        st.builds(
            lambda value, cases, to: {"switch": {"value": value, "cases": cases, "otherwise": to}},
            EXPRESSIONS,
            st.dictionaries(st.sampled_from(["open", "x", "1", "true"]), target, min_size=1, max_size=3),
            target,
        ),
        st.dictionaries(NAMES, st.one_of(TEXTS, st.just(1), st.none()), min_size=1).map(lambda each: {"set": each}),
        request.map(lambda each: {"request": each}),
        connect.map(lambda each: {"connect": each}),
        st.sampled_from(["en-GB", "fr-FR"]).map(lambda each: {"language": each}),
        st.builds(
            lambda given, save: {"run": {"flow": "used", "with": given, **save}},
            st.fixed_dictionaries({"key": st.just("{{ params.key }}")}, optional={"who": TEXTS}),
            some(save=NAMES),
        ),
        target.map(lambda each: {"goto": each}),
        TALKS.map(lambda each: {"hangup": each}),
    )  # fmt: skip


BLOCKS = st.recursive(
    st.lists(TALKS, min_size=1, max_size=2),
    lambda inner: st.lists(actions(inner), min_size=1, max_size=3),
    max_leaves=6,
)
TOP: Data = {
    "voice": [{"language": "en-GB", "style": 1}, {"language": "fr-FR"}],
    "timezone": "Europe/London",
    "hours": {"office": {"open": {"mon-fri": "09:00-17:30"}}},
    "params": {
        "known": {"type": "text", "default": "kn"},
        "key": {"type": "secret"},
        "line": {"type": "choice", "choices": ["open", "x"], "default": "x"},
    },
    "failure": {"talk": "Sorry."},
}
INSIDE: Data = {
    "params": {
        "who": {"type": "text", "default": "you"},
        "key": {"type": "secret"},
        "known": {"type": "text", "default": "k"},
        "line": {"type": "text", "default": "l"},
    }
}


def flows(name: str, top: Data, blocks: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    begins = [{"set": {"a": "4477", "b": 1, "c": None}}, {"goto": "one"}]
    steps = st.fixed_dictionaries(dict.fromkeys(STEPS, blocks))
    return steps.map(lambda each: json.dumps({"flow": name, **top, "steps": {"zero": begins, **each}}))


USED = flows("used", INSIDE, st.lists(TALKS, min_size=1, max_size=2))
VALUES = st.one_of(st.text(max_size=8), st.sampled_from(["447700900100", "..", '"}]', "<speak>x", "\ud800", "{{ x }}"]))
JSON = st.recursive(
    st.one_of(VALUES, st.none(), st.booleans(), st.floats(), st.integers()),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["x", "y"]), inner, max_size=2),
    max_leaves=4,
)
RESPONSES = st.builds(Response, st.sampled_from([200, 200, 201, 404, 500, None]), JSON, st.booleans())
EVENTS = st.builds(
    Event,
    st.sampled_from(["", "", "1", "2", "*", "12", "99"]),
    st.sampled_from(["", "busy", "failed", "timeout", "answered"]),
    st.lists(st.tuples(st.sampled_from(["yes", "not now", "x", "hm", "\ud800"]), st.floats(0, 1)), max_size=2).map(
        tuple
    ),
    st.floats(0, 2e9),
    st.floats(0, 0.99),
)
SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(flows("main", TOP, BLOCKS), USED, st.data())
def test_what_compiles_answers_every_event_with_a_valid_ncco(text: str, used: str, drawn: st.DataObject) -> None:
    top = json.loads(text)
    top["use"] = {"used": "used.flow.yml"}
    result = compiled(json.dumps(top), {"used.flow.yml": used})
    if result.program is None:
        assert any(each.rule.severity == "error" for each in result.diagnostics)
        return
    written = json.loads(json.dumps(encode(result.program)))
    assert decode(written) == result.program and list(needs(result.program))
    played = result.program._replace(params={"key": "hunter2"})

    def outside(ask: Ask) -> Response:
        json.dumps(ask.data, ensure_ascii=False).encode()
        return drawn.draw(RESPONSES)

    call = Call(played, outside, **{"from": drawn.draw(VALUES), "to": "4420", "custom_data": {"x": drawn.draw(JSON)}})
    for _ in range(8):
        assert refused(call.reply) == []
        assert "hunter2" not in json.dumps([call.actions, call.reply.state])
        if call.reply.waits is None:
            break
        call.sends(drawn.draw(EVENTS))


@SLOW
@given(flows("main", TOP, BLOCKS), USED, st.data())
def test_a_call_that_carries_only_what_is_still_read_is_answered_alike(
    text: str, used: str, drawn: st.DataObject
) -> None:
    top = json.loads(text)
    top["use"] = {"used": "used.flow.yml"}
    result = compiled(json.dumps(top), {"used.flow.yml": used})
    if result.program is None:
        return
    played, told = result.program._replace(params={"key": "hunter2"}), {}

    def outside(ask: Ask) -> Response:
        return told.setdefault(json.dumps([len(heard), ask[:-1]]), drawn.draw(RESPONSES))

    heard: list[object] = []
    ring = {"from": drawn.draw(VALUES), "to": "4420", "custom_data": {"x": drawn.draw(JSON)}}
    whole, light = Call(played, outside, **ring), Call(played, outside, **ring)
    read = carried(played)
    for _ in range(8):
        assert (whole.reply.actions, whole.reply.waits) == (light.reply.actions, light.reply.waits)
        if whole.reply.waits is None:
            break
        light.reply = light.reply._replace(state=only(light.reply.state, read.at(whole.reply.waits.at)))
        event = drawn.draw(EVENTS)
        heard.append(event)
        assert (whole.sends(event) is None) == (light.sends(event) is None)
