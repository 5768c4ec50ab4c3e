"""The arrows and the doors of the house: who may import whom, and which one module imports an outside library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "flowc"

BELOW = {
    "text": set[str](),
    "program": set[str](),
    "serve": {"program"},
    "language": {"text", "program"},
    "checks": {"language", "text", "program"},
    "hosting": {"text", "program"},
    "rules": {"checks", "text"},
    "compiler": {"checks", "language", "text", "program", "rules"},
    "caller": {"language", "text", "program"},
    "workspace": {"compiler", "hosting", "checks", "language", "text", "program", "rules"},
    "cli": {"workspace", "caller", "compiler", "serve", "hosting", "checks", "language", "text", "program", "rules"},
}
"""The rooms that each room may import, beside itself. `rules` and `compiler` are rooms of one module."""

DOORS = {
    "yaml": "flowc.text.yaml",
    "jsonschema": "flowc.language.schema.shape",
    "jinja2": "flowc.language.expressions.jinja",
    "click": "flowc.cli",
    "phonenumbers": "flowc.checks.numbers",
    "holidays": "flowc.language.calendar.countries",
    "cryptography": "flowc.serve.seal",
    "h11": "flowc.serve.lookup",
    "redis": "flowc.serve.store",
    "opentelemetry": "flowc.serve.tracing",
    "orjson": "flowc.serve.reading",
    "httptools": "flowc.serve.incoming",
    "uvloop": "flowc.serve.listener",
    "uvicorn": "flowc.serve.uvicorn",
    "uvicorn_worker": "flowc.serve.gunicorn",
}
"""The one module, or room, that imports each outside library."""

IMPORTED_WITH_THEIR_ROOM = {"click", "uvicorn_worker"}
"""Doors that import at once: who opens `cli` wants a command line, and a worker of gunicorn's is of its class."""


class Import:
    """An import as written in a module."""

    def __init__(self, module: str, target: str, *, at_once: bool, line: int) -> None:
        self.module, self.target, self.at_once, self.line = module, target, at_once, line

    def __repr__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def modules() -> dict[str, Path]:
    return {".".join(("flowc", *_parts(path))): path for path in sorted(PACKAGE.rglob("*.py"))}


def _parts(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


MODULES = modules()


def imports(module: str) -> Iterator[Import]:
    """All imports of a module: also those in functions and those for types alone."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    # What a function imports is imported at its first call; what types need, never.
    later = {id(inner) for node in ast.walk(tree) if _is_later(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        for target in _targets(module, node):
            yield Import(module, target, at_once=id(node) not in later, line=getattr(node, "lineno", 0))


def _is_later(node: ast.AST) -> bool:
    types_only = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return types_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _targets(module: str, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _base(module, node)
        for alias in node.names:
            whole = f"{base}.{alias.name}"
            yield whole if whole in MODULES else base


def _base(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    here = module.split(".")
    up = node.level - (MODULES[module].name == "__init__.py")
    return ".".join(filter(None, (*here[: len(here) - up], node.module)))


EVERY = [each for module in MODULES for each in imports(module)]


def room(module: str) -> str:
    """The room of a module; none for the package itself."""
    return ([*module.split("."), ""])[1]


def test_there_is_a_house() -> None:
    assert len(MODULES) > 40
    assert len(EVERY) > 200


def test_arrows_point_down() -> None:
    own = [each for each in EVERY if each.target.startswith("flowc.") and room(each.module) in BELOW]
    assert [each for each in own if room(each.target) not in {room(each.module), *BELOW[room(each.module)]}] == []


def test_every_room_has_its_arrows() -> None:
    assert {room(module) for module in MODULES} - BELOW.keys() <= {"", "__main__"}


@pytest.mark.parametrize("library", DOORS)
def test_an_outside_library_has_one_door(library: str) -> None:
    users = {each.module for each in EVERY if each.target.split(".")[0] == library}
    assert {
        user for user in users if user != DOORS[library] and room(user) != DOORS[library].partition(".")[2]
    } == set()


def test_no_library_comes_in_without_a_door() -> None:
    outside = {each.target.split(".")[0] for each in EVERY} - set(sys.stdlib_module_names) - {"flowc"}
    assert outside <= DOORS.keys()


def test_a_door_opens_at_first_use() -> None:
    outside = [each for each in EVERY if each.target.split(".")[0] in DOORS.keys() - IMPORTED_WITH_THEIR_ROOM]
    assert [each for each in outside if each.at_once] == []


def test_no_modules_import_each_other() -> None:
    graph = {
        module: {each.target for each in EVERY if each.module == module and each.at_once and each.target in MODULES}
        - {module}
        for module in MODULES
    }
    # A package is imported before what is in it, and gives its own names only: `__version__`.
    without_packages = {module: {to for to in targets if not _inside(module, to)} for module, targets in graph.items()}
    try:
        TopologicalSorter(without_packages).prepare()
    except CycleError as cycle:
        pytest.fail(" → ".join(cycle.args[1]))


def _inside(module: str, package: str) -> bool:
    return module.startswith(f"{package}.")
