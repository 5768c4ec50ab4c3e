"""The whole way from a text to a program, on one screen. Pure: nothing here touches the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from .checks import allow, menus, reach, remembered, sequences, whispers
from .checks.heard import heard
from .checks.registry import run
from .checks.ways import ways
from .language.explained.hints import Hints
from .language.explained.left import Left, left
from .language.expressions.scope import Call
from .language.expressions.variables import kinds, made
from .language.linking.complete import calendars, completed
from .language.linking.link import Linked, link
from .language.linking.taken import taken
from .language.linking.use import Site, Uses
from .language.reading.names import names
from .language.reading.ncco import sequence
from .language.reading.params import UNDECLARED_PARAM, bind, declared, strays
from .language.reading.parse import parse
from .language.schema import shape
from .language.schema.limits import TOO_MANY_DOCUMENTS, limits
from .program.program import Program
from .text import json, yaml
from .text.diagnostics import Diagnostic, Rule, errors
from .text.document import Document, Place
from .text.source import Source

Read = Callable[[str], str]
Report = Callable[[Diagnostic], None]
Layers = Iterable[tuple[str, Mapping[str, object]]]


class Result(NamedTuple):
    """What a compilation gives: a program where there is no error, all there is to say, and what was read.

    `places` leads from the name of a document, and from `wait:NAME`, to its place in the flow.
    """

    program: Program | None
    diagnostics: list[Diagnostic]
    reads: tuple[str, ...]
    places: Mapping[str, Place]


def compile(
    source: str | Source, *, params: Mapping[str, object] = {}, read: Read | None = None, layers: Layers = ()
) -> Result:
    """Compile a flow. Mistakes in it are diagnostics, never exceptions.

    `params` binds the flow's params by name; what nothing binds stays open. `layers` are further bindings, each with
    the name of where it comes from, weaker than `params`; a later one wins. `read` gives the text of another file
    that the flow names.
    """
    said: list[Diagnostic] = []
    source = source if isinstance(source, Source) else Source("<flow>", source)
    document = yaml.read(source, said.append)
    looked = None if document is None else left(document, shape.flow(document, said.append))
    linked, reads = (None, ()) if looked is None else _linked(looked, layers, params, read, said)
    if linked is not None:
        said += _checked(linked, sound=not errors(said))
    program = None
    if linked is not None and not errors(said):
        program = taken(linked.program, linked.untaken, linked.flow.steps)
    told = _settled(said if looked is None else looked.told(said), document)
    return Result(program, told, reads, linked.places if linked is not None else {})


def check(source: Source, *, read: Read | None = None) -> list[Diagnostic]:
    """All there is to say of a flow, or of a raw NCCO (its name ends in `.json`, or its text begins with `[`)."""
    if not is_ncco(source):
        return compile(source, read=read).diagnostics
    said: list[Diagnostic] = []
    document = json.read(source, said.append)
    if document is not None:
        shape.ncco(document, said.append)
        said += [] if errors(said) else sequences.look([sequence(document)])
    return _settled(said, None)


def is_ncco(source: Source) -> bool:
    """Whether a source is a raw NCCO, not a flow."""
    return source.name.endswith(".json") or source.text.lstrip("\ufeff \t\r\n").startswith("[")


def _linked(
    looked: Left, layers: Layers, given: Mapping[str, object], read: Read | None, said: list[Diagnostic]
) -> tuple[Linked | None, tuple[str, ...]]:
    """What is linked of a flow, also with mistakes in it (all there are shall be said at once), and the files read.

    What has a wrong shape is left out.
    """
    report, document = said.append, looked.document
    assert isinstance(document.data, dict), "of anything else nothing is left"
    params = declared(document, report)
    own = ("the call of compile", given)
    bound = bind(params, [*layers, own], report)
    for stray in strays({**params, **dict.fromkeys(looked.names)}, [own]):
        report(UNDECLARED_PARAM.at(document.whole(), *stray))
    hours = calendars(document, report)
    known = cache(partial(kinds, document.data))
    site = Site(
        params,
        bound,
        Call(
            cache(partial(made, document.data)),
            hours.calendars,
            Hints(),
            lambda: known().texts,
            lambda: known().singles,
            lambda: known().numbers,
        ),
        None,
        (document.source.name,),
    )
    texts = site.texts(report, None)
    flow = parse(document, texts, report, looked.unsound)
    said += names(flow)
    uses = Uses(site, flow.data.get("voice"), read, report)
    linked = link(flow, uses.lowering, uses, report, frozenset(texts.read))
    linked = linked._replace(program=completed(linked.program, hours.with_more(uses.hours), params))
    folded = [each for lowering in uses.lowerings for each in lowering.touched if not each.fills]
    shape.ncco_actions([each.action for each in folded], [each.origin for each in folded], report)
    past = list(limits(linked))
    said += past
    return None if any(each.rule is TOO_MANY_DOCUMENTS for each in past) else linked, tuple(uses.reads)


def _checked(linked: Linked, *, sound: bool) -> Iterator[Diagnostic]:
    """What the checks say of a flow. Where it leads is known only where every target is."""
    if sound:
        yield from run(reach.REACH, ways(linked))
        yield from run(remembered.REMEMBERED, linked)
    yield from run(whispers.WHISPERED, linked)
    for asked in menus.questions(linked):
        yield from run(menus.QUESTIONS, asked)
    yield from sequences.look(heard(linked), whole=linked.flow.whole)


def _settled(said: list[Diagnostic], document: Document | None) -> list[Diagnostic]:
    """One finding for one place, without what the flow allows, in the order of the text."""
    left = list(dict.fromkeys(said))
    if document is not None:
        left = allow.allowed(left, allow.written(document), _rules)
    return sorted(left, key=lambda each: (each.source.name, each.span, each.rule.code))


def _rules() -> Mapping[str, Rule]:
    """The catalogue, which imports every room: asked only about names that nothing is known of."""
    from .rules import by_name

    return by_name()
