"""Records by the thousand: classes whose every call is made in one step, where there is a C compiler.

A document of thirty pages becomes some 15,000 records. A frozen dataclass sets its fields one by one,
each by a call of `object.__setattr__`, and a NamedTuple is made by a function of Python; together that
was a tenth of the whole way to Parquet. The class stays what it says, in all but the way it is filled:

>>> @quickly_made
... class Quota(NamedTuple):
...     persons: int
...     unit: str = "人"
>>> Quota(277), Quota(unit="名", persons=3)
(Quota(persons=277, unit='人'), Quota(persons=3, unit='名'))
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

try:
    from keikaku.normalizers import _quickly_made
except ImportError:  # installed without a C compiler
    IS_COMPILED = False
else:
    IS_COMPILED = True

Kind = TypeVar("Kind", bound=type)


def quickly_made(kind: Kind) -> Kind:
    """The class itself: a NamedTuple, or a dataclass with slots. TypeError for a dataclass whose calls give
    more than the fields of its slots."""
    shape = _places_of(kind) if issubclass(kind, tuple) else _slots_of(kind)
    if IS_COMPILED:
        _quickly_made.make_quickly(kind, *shape)
    return kind


class _Shape(NamedTuple):
    """The fields that a call gives, in their order, and how those are filled that it does not give."""

    names: tuple[str, ...]
    defaults: dict[str, Any]
    factories: dict[str, Callable[[], Any]]
    is_named_only: bool = False


def _places_of(kind: Any) -> _Shape:
    return _Shape(kind._fields, kind._field_defaults, {})


def _slots_of(kind: Any) -> _Shape:
    """Of a dataclass. A field that no call gives is left to its `__post_init__`."""
    fields, missing = dataclasses.fields(kind), dataclasses.MISSING
    given = [field for field in fields if field.init]
    ways = {field.kw_only for field in given}
    defaults = {field.name: field.default for field in fields if field.default is not missing}
    made = {f.name: f.default_factory for f in fields if f.default_factory is not missing}
    names = tuple(field.name for field in given)
    is_plain = len(kind.__dataclass_fields__) == len(fields) and {*defaults, *made} <= {*names}
    if "__slots__" not in vars(kind) or not is_plain or len(ways) != 1:
        raise TypeError(f"{kind.__qualname__} is filled in more ways than @quickly_made knows")
    return _Shape(names, defaults, made, ways == {True})
