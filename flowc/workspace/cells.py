"""The cells of a row as values of params, as `params.bind` binds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..language.reading.bindings import Unfit, read
from ..language.reading.params import Param
from ..program.values import Template, open_params
from ..text.document import Place
from .untyped import needed

Values = Callable[[Sequence[str]], dict[str, object] | None]

_URL = re.compile(r"(?:https?|wss?)://")


class Cells:
    """Binds cells. `bound` are the values for all rows; not `typed`, a cell is of the type that it seems to have."""

    def __init__(self, params: Mapping[str, Param], bound: Mapping[str, object], *, typed: bool) -> None:
        self.params, self.bound, self.typed = params, bound, typed

    def values(self, columns: tuple[str, ...], wanted: Mapping[str, str]) -> Values:
        """Binds the cells of columns; None where one does not fit, or nothing is given and nothing bound."""
        readers = [(name, self._reader(name), name in self.bound) for name in columns]

        def bind(cells: Sequence[str]) -> dict[str, object] | None:
            bound = dict(self.bound)
            for (name, reader, there), cell in zip(readers, cells, strict=True):
                value = reader(cell) if cell else None
                if isinstance(value, Unfit) or not (cell or there):
                    return None
                if cell:
                    bound[name] = value
            if wanted:
                _need(bound, wanted)
            return bound

        return bind

    def wanted(self, text: str, place: Place, template: Template) -> dict[str, str]:
        """What the params of a text are needed as, where they have no types: a number, or true or false.

        Told by what `needed` makes of values that could be both.
        """
        found: dict[str, str] = {}
        for kind, spelling in () if self.typed else (("number", "1"), ("boolean", "true")):
            probe = dict.fromkeys(open_params(template), spelling)
            _, values = needed(text, place, self.params, probe)
            found.update({name: kind for name, value in values.items() if value != spelling})
        return found

    def is_text(self, name: str | None) -> bool:
        """Whether the value of a param is a text as it is."""
        return name is not None and (not self.typed or self.params[name].type in ("text", "phone", "url", "choice"))

    def kind(self, name: str) -> str:
        """The type of a param."""
        return self.params[name].type if self.typed else "text"

    def _reader(self, name: str) -> Callable[[str], object]:
        if not self.typed:
            return lambda cell: read("url" if _URL.match(cell) else "text", (), cell)
        kind, choices = self.params[name].type, self.params[name].choices
        return lambda cell: read(kind, choices, cell)


def _need(bound: dict[str, object], wanted: Mapping[str, str]) -> None:
    for name, kind in wanted.items():
        value = read(kind, (), bound[name]) if isinstance(bound.get(name), str) else None
        if value is not None and not isinstance(value, Unfit):
            bound[name] = value
