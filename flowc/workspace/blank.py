"""An open document that is to be filled many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..language.reading.params import Layer, Param, bind
from ..text import json
from ..text.diagnostics import Diagnostic, errors
from ..text.document import Document, Place
from ..text.source import Source
from .templates import UNBOUND_PARAM, Owner, place_of, read_params, render
from .untyped import guessed


class Blank(NamedTuple):
    """An open document: its text, the params that its flow declares (None where that is not known), and what they are
    bound to for all rows. `line` is its line in the flow, where findings in it are to be said there.
    """

    source: Source
    declared: Mapping[str, Param] | None
    layers: Sequence[Layer]
    line: Place | None = None

    @property
    def owner(self) -> Owner:
        """Whose it is."""
        return Owner(self.declared)

    def params(self) -> dict[str, Param]:
        """The params that a row may give: those that it reads."""
        names = read_params(self.source.text)
        if self.declared is not None:
            return {name: self.declared[name] for name in names if name in self.declared}
        document = self.document()
        return {name: guessed(name, place_of(name, document), self.layers) for name in names} if document else {}

    def document(self) -> Document | None:
        """Its data; None where it is no JSON."""
        return json.read(self.source, lambda _: None)

    def faults(self) -> list[Diagnostic]:
        """Why it is no JSON."""
        said: list[Diagnostic] = []
        json.read(self.source, said.append)
        return said

    def filled(self, values: Mapping[str, object], said: list[Diagnostic]) -> str | None:
        """The NCCO, as JSON text, with the values of a row; None where there is an error."""
        return render(self.source, self.owner, [*self.layers, ("the row", values)], said.append)

    def unbound(self, params: Mapping[str, Param], columns: Sequence[str | None]) -> list[Diagnostic]:
        """What is wrong before any row is read: values that do not fit, and params that nothing will bind."""
        said: list[Diagnostic] = []
        bound = bind(params if self.declared is None else self.declared, self.layers, said.append)
        for name in params:
            if name not in bound and name not in columns and not errors(said):
                message = f"`{name}` has no value: it is no column, and nothing else binds it"
                hint = f"add the column `{name}`, or --param {name}=VALUE"
                said.append(UNBOUND_PARAM.at(params[name].place, message, hint))
        return said
