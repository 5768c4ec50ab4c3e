"""How much a flow may unroll to. The limits are ours: the platform states none."""

from __future__ import annotations

from collections.abc import Iterator

from ...program.chains import along
from ...program.files import MOST_ACTIONS, MOST_BYTES
from ...program.program import Document, Program
from ...text.diagnostics import Diagnostic, Rule
from ..flow import Question
from ..linking.documents import MOST_DOCUMENTS
from ..linking.link import Linked

TOO_MANY_DOCUMENTS = Rule(
    "E210",
    "too-many-documents",
    """A flow that unrolls to too many files

Every question is a document for each attempt and each way of failing it, all of it again in each language that is
spoken, and a used flow again for each `run`. Together they are more than 10,000.

Fewer `attempts`, or two flows, keep it small.""",
)
DOCUMENT_TOO_LONG = Rule(
    "E211",
    "document-too-long",
    """A document that is too long

What a caller hears from here to the next question is more than 200 actions or 64 kB. Nobody listens to that, and the
platform states no size that it takes for certain.

Ask something in between, or say less.""",
)


def limits(linked: Linked) -> Iterator[Diagnostic]:
    """What of a flow is past the limits."""
    documents = linked.program.documents
    if len(documents) > MOST_DOCUMENTS:
        yield TOO_MANY_DOCUMENTS.at(
            linked.flow.document.value(linked.flow.data, "flow"),
            f"the flow unrolls to more than {MOST_DOCUMENTS:,} documents: {_multiplied(linked)}",
            "write fewer `attempts`, or make two flows of it",
        )
    elif not _surely_short(linked):
        yield from _long(linked)


def _surely_short(linked: Linked) -> bool:
    """Whether no document can be too long: all actions together are few, and the text they come from is small.

    A document has each thing once that is written once, at most four bytes a character; what flowc adds to an action
    (voice, spelling) stays under 200 bytes. A prompt of `prompts:` or a long param may be there many times.
    """
    actions = sum([len(each) for each in linked.placed.values()]) + sum([len(each) for each in linked.asked.values()])
    small = 4 * len(linked.flow.document.source.text) + 200 * actions <= MOST_BYTES
    return small and actions <= MOST_ACTIONS and "prompts" not in linked.flow.data and "params" not in linked.flow.data


def _multiplied(linked: Linked) -> str:
    """What makes so many documents: attempts, languages and runs multiply each other."""
    questions = [each for each in linked.questions.values() if isinstance(each, Question)]
    runs = {name.rpartition("/")[0] for name in linked.program.documents if "/" in name} - {*linked.languages}
    causes = [f"{len(linked.languages)} languages"] if len(linked.languages) > 1 else []
    causes += [f"{len(runs):,} runs of used flows"] if runs else []
    if questions:
        most = max(each.attempts for each in questions)
        causes.append(f"each question has up to {most} attempts, each with silence and a wrong answer")
    return ", times ".join(causes) or f"{len(linked.flow.steps):,} steps"


def _long(linked: Linked) -> Iterator[Diagnostic]:
    """The documents that are too long: those of the first in each chain would be said again for the others."""
    program = linked.program
    behind = {name: _sum(program, program.documents[name]) for name in program.failing if name in program.documents}

    def own(document: Document) -> tuple[int, int]:
        failure = program.failure_at(document.asks) if document.asks is not None else None
        return _add(_sum(program, document), behind.get(failure or "", (0, 0)))

    for name, (count, size) in along(program.documents, own, _add, (0, 0)).items():
        if count > MOST_ACTIONS:
            message = f"the document that begins here has {count:,} actions, more than {MOST_ACTIONS}"
        elif size > MOST_BYTES:
            message = f"the document that begins here has about {size // 1024:,} kB, more than {MOST_BYTES // 1024}"
        else:
            continue
        yield DOCUMENT_TOO_LONG.at(linked.places[name], message, "ask something in between, or say less")


def _sum(program: Program, document: Document) -> tuple[int, int]:
    """How many actions a document has with its question, and about how many bytes they are."""
    actions = document.actions + (program.waits[document.asks].question if document.asks is not None else ())
    return len(actions), sum(map(_size, actions))


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _size(value: object) -> int:
    """About how many bytes of JSON a value is, from above."""
    if isinstance(value, str):
        return len(value.encode()) + 8
    if isinstance(value, dict):
        return sum(len(key) + 8 + _size(each) for key, each in value.items())
    return sum(map(_size, value)) + 2 if isinstance(value, list) else 16
