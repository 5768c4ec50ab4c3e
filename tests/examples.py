"""The examples and tables of `docs/language.md`, read for the tests.

What stands behind the word `yaml` of a block says what it is: nothing, a whole flow; `steps`, steps of a flow;
`actions`, the first step of one; `call`, a call to the flow before it. Steps that such a part leads to and does not
hold are added. `rule=NAME` is the one rule that a block shows; without it there is nothing to say. A whole flow whose
first line is a comment with a path is the file of that path for flows that use it.

A block `json NAME` is the document NAME of the flow before it. Blocks `json` behind a call are the last of what answers
it: NCCOs, or a request that nothing in the call answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from flowc.compiler import Result, compile
from flowc.text import yaml
from flowc.text.source import Source

PAGE = (Path(__file__).parents[1] / "docs" / "language.md").read_text(encoding="utf-8")

STOCK = {
    name: f"{name}: {{talk: Goodbye.}}"
    for name in ("sales", "support", "operator", "voicemail", "colleague", "closing")
}
"""Steps that a part of a flow may lead to."""


class Block(NamedTuple):
    """A fenced block: the words behind its fence, its text, and the flow before it, where it is of one.

    `call` is the call before it, where it answers one, and `last` says which of its answers it is, from the end.
    """

    info: tuple[str, ...]
    text: str
    line: int
    flow: Block | None = None
    call: Block | None = None
    last: int = 0

    @property
    def rule(self) -> str | None:
        """The rule that a YAML block shows."""
        return next((word.removeprefix("rule=") for word in self.info if word.startswith("rule=")), None)


def blocks() -> Iterator[Block]:
    """All blocks of the page."""
    flow: Block | None = None
    call: Block | None = None
    for found in re.finditer(r"^```(\w.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE):
        line = PAGE.count("\n", 0, found.start()) + 1
        block = Block(tuple(found[1].split()), found[2], line, flow)
        if block.info == ("yaml", "call"):
            call = block
        elif block.info[0] == "yaml":
            flow, call = (block := block._replace(flow=None)), None
        yield block._replace(call=call) if block.info == ("json",) else block


_ALL = [*blocks()]
CALLS = [each for each in _ALL if each.info == ("yaml", "call")]
EXAMPLES = [each for each in _ALL if each.info[0] == "yaml" and each not in CALLS]
DOCUMENTS = [each for each in _ALL if each.info[0] == "json" and len(each.info) > 1]
ANSWERS = [
    block._replace(last=last)
    for call in CALLS
    for last, block in enumerate(reversed([each for each in _ALL if each.call == call]), 1)
]
FILES = {found[1]: each.text for each in EXAMPLES if (found := re.match(r"# (\S+\.yml)\n", each.text))}
"""The flows that others use, by path."""


def whole(block: Block) -> str:
    """The flow that a YAML block is, or is a part of."""
    if "steps" in block.info:
        return _around(block.text)
    return _around("main:\n" + indent(block.text, "  ")) if "actions" in block.info else block.text


def _around(steps: str) -> str:
    document = yaml.read(Source("steps", steps), lambda diagnostic: None)
    data = document.data if document is not None else {}
    assert isinstance(data, dict)
    used = set(_texts(data))
    stock = [step for name, step in STOCK.items() if name in used and name not in data]
    return "\n".join(
        ["flow: example", "voice: {language: en-GB}", "steps:", indent("\n".join([steps, *stock]), "  "), ""]
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(each)


@cache
def compiled(block: Block) -> Result:
    return compile(Source(f"language.md:{block.line}", whole(block)), read=FILES.__getitem__)


def rows(header: str, chapter: str = "") -> list[list[str]]:
    """The cells of the rows below the first such header, or the first in a chapter; without the marks of code."""
    page = PAGE.partition(f"\n## {chapter}\n")[2] if chapter else PAGE
    table = re.search(rf"^\| {re.escape(header)} \|\n\|[-|]+\|\n((?:\|.*\n)+)", page, re.MULTILINE)
    assert table is not None, header
    lines = (re.split(r"(?<!\\)\|", line.strip("| ")) for line in table[1].splitlines())
    return [[cell.strip().replace(r"\|", "|") for cell in cells] for cells in lines]


def code(cell: str) -> list[str]:
    """What stands between backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)
