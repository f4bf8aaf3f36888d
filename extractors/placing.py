"""Places of a print-out carried back onto their pages (印字位置), wherever a span is held."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from keikaku.extractors.document import Document, Span

Thing = TypeVar("Thing")


def placed(thing: Thing, place: Callable[[Span], Span]) -> Thing:
    """The same dataclasses and tuples with every Span in them put through `place`."""
    return _Placing(place).of(thing)  # type: ignore[no-any-return]


def on_pages(document: Document) -> Document:
    """The document, all of its places on its pages."""
    if document.print_out is None:
        return document
    place = document.print_out.place
    blocks, notices = placed((document.blocks, document.notices), place)
    return dataclasses.replace(document, blocks=blocks, notices=notices, print_out=None)


class _Placing:
    """What is held in many places (an evidence, a goal) is carried over once and stays one thing."""

    def __init__(self, place: Callable[[Span], Span]) -> None:
        self.place = place
        self.done: dict[int, tuple[Any, Any]] = {}

    def of(self, thing: Any) -> Any:
        if isinstance(thing, Span):
            return self.place(thing)
        if isinstance(thing, tuple | Mapping) or dataclasses.is_dataclass(thing):
            if id(thing) not in self.done:
                self.done[id(thing)] = (thing, self._within(thing))
            return self.done[id(thing)][1]
        return thing

    def _within(self, thing: Any) -> Any:
        if isinstance(thing, Mapping):
            return {self.of(key): self.of(value) for key, value in thing.items()}
        if isinstance(thing, tuple):
            parts = [self.of(part) for part in thing]
            return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
        fields = [field.name for field in dataclasses.fields(thing) if field.init]
        changed = {name: self.of(getattr(thing, name)) for name in fields}
        if all(value is getattr(thing, name) for name, value in changed.items()):
            return thing
        return dataclasses.replace(thing, **changed)
