"""Where a call can get to: what no caller comes to, and what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.expressions.variables import members
from ..language.flow import Connect
from .endings import ENDS
from .registry import Check, Said, check
from .rounds import ROUNDS
from .ways import Ways

REACH: list[Check] = []


@check("W301", "unreachable-step", REACH)
def unreachable_step(ways: Ways) -> Iterator[Said]:
    """A step nobody can reach

    No option, `otherwise`, `goto` or other target leads to this step, so no caller ever hears it: it is left over,
    or the target that should lead here names another step.

    Lead to it, or take it out.
    """
    flow = ways.linked.flow
    reached = ways.reached | {_in_first(name, ways.linked.languages) for name in ways.reached}
    for name, block in flow.steps.items():
        if name not in reached:
            from ..language.explained.impossible import handler  # few flows have such a step

            hint = handler(name) or "lead to it, or take it out"
            yield Said(block.place, f"nothing leads to the step `{name}`", hint)


@check("W314", "unreachable-action", REACH)
def unreachable_action(ways: Ways) -> Iterator[Said]:
    """An action nobody gets to

    The action before it leads away (a `goto`, a `hangup`, a `menu`, or a `connect` with `otherwise`), and no `continue`
    or block in place comes back here: no caller ever hears it. Behind a `connect` that is so also when the call was a
    good one: it ends when one side hangs up, and no NCCO goes on then.

    Lead here with `continue`, put it before, or take it out.
    """
    for place in ways.linked.unreached:
        if place in ways.linked.after_calls:
            message = "no caller gets here: a call that was answered ends when one side hangs up, and never comes back"
            hint = "for those who were not put through, lead here with `otherwise: continue`; else take it out"
        else:
            message = "no caller gets here: the action before it leads away"
            hint = "lead here with `continue`, or take it out"
        yield Said(place, message, hint)


@check("W315", "unused-prompt", REACH)
def unused_prompt(ways: Ways) -> Iterator[Said]:
    """A prompt that nothing plays

    The prompt is defined under `prompts:` and no `prompt: NAME` plays it, so no caller ever hears it, and what is wrong
    in it is not found.

    Play it, or take it out.
    """
    flow = ways.linked.flow
    prompts = flow.data.get("prompts")
    if not isinstance(prompts, dict):
        return
    for name in prompts:
        if name not in flow.prompts_played:
            yield Said(
                flow.document.key(prompts, name), f"nothing plays the prompt `{name}`", "play it, or take it out"
            )


@check("W318", "unused-param", REACH)
def unused_param(ways: Ways) -> Iterator[Said]:
    """A param that nothing reads

    The flow declares the param, and no text of it reads `params.NAME`: whatever it is bound to, no call is any
    different. Perhaps a text should read it and holds a fixed value instead.

    Read it, or take it out.
    """
    flow = ways.linked.flow
    params = flow.data.get("params")
    if not isinstance(params, dict):
        return
    unread = [name for name in params if name not in ways.linked.params_read]
    meant = _meant(ways) if unread else frozenset()
    for name in unread:
        if f"params.{name}" not in meant:  # else a placeholder is said to mean it
            yield Said(flow.document.key(params, name), f"nothing reads `params.{name}`", "read it, or take it out")


def _meant(ways: Ways) -> frozenset[str | None]:
    """What the placeholders in the texts of a flow stand for, most likely."""
    from ..language.linking.unfilled import all_holes

    return frozenset(hole.right for hole in all_holes(ways.linked.flow.document))


@check("W319", "flow-never-run", REACH)
def flow_never_run(ways: Ways) -> Iterator[Said]:
    """A used flow that nothing runs

    `use:` names another flow, and no `run` plays it: no caller is ever led through it, and whether its file is there is
    not looked at.

    Run it, or take it out.
    """
    flow = ways.linked.flow
    use = flow.data.get("use")
    if not isinstance(use, dict):
        return
    # a step may be called `run` as well, so what stands there may be anything
    runs = [each for key, each in members(flow.data) if key == "run"]
    run = {str(each.get("flow") if isinstance(each, dict) else each) for each in runs}
    for name in use:
        if name not in run:
            yield Said(flow.document.key(use, name), f"nothing runs the flow `{name}`", "run it, or take it out")


@check("W316", "way-never-taken", REACH)
def way_never_taken(ways: Ways) -> Iterator[Said]:
    """A way that no call takes

    A `connect` has the outcome `machine` only with `machineDetection` or `advancedMachineDetection`, and `disconnected`
    only with a `websocket`: nothing else reports it, so the call never goes this way.

    Ask for the detection, or take the way out.
    """
    for written in ways.linked.questions.values():
        if not isinstance(written, Connect):
            continue
        if "machine" in written.ways and not _DETECTIONS & written.fields.keys():
            place = written.origin.key("when", "machine")
            yield Said(place, "nothing detects a machine in this call", "add `machineDetection: continue`")
        if "disconnected" in written.ways and written.endpoint != "websocket":
            place = written.origin.key("when", "disconnected")
            yield Said(place, f"a call to `{written.endpoint}` is never `disconnected`", "take this way out")


_DETECTIONS = frozenset({"machineDetection", "advancedMachineDetection"})


def _in_first(name: str, languages: tuple[str, ...]) -> str:
    """The name that a document has where the first language is spoken."""
    language, _, rest = name.partition("/")
    return rest if language in languages else name


REACH += [*ENDS, *ROUNDS]
