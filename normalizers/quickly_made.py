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
from typing import Any, NamedTuple, TypeVar

try:
    from keikaku.normalizers import _quickly_made
except ImportError:  # installed without a C compiler
    IS_COMPILED = False
else:
    IS_COMPILED = True

Kind = TypeVar("Kind", bound=type)


def quickly_made(kind: Kind) -> Kind:
    """The class itself: a NamedTuple, or a frozen dataclass with slots. TypeError for one that does
    more than set its slots: it has a `__post_init__`, or fields that a factory fills."""
    shape = _places_of(kind) if issubclass(kind, tuple) else _slots_of(kind)
    if IS_COMPILED:
        _quickly_made.make_quickly(kind, *shape)
    return kind


class _Shape(NamedTuple):
    """The fields of a class in their order, and how a call gives them."""

    names: tuple[str, ...]
    defaults: dict[str, Any]
    is_named_only: bool = False


def _places_of(kind: Any) -> _Shape:
    return _Shape(kind._fields, kind._field_defaults)


def _slots_of(kind: Any) -> _Shape:
    fields, missing = dataclasses.fields(kind), dataclasses.MISSING
    is_plain = all(field.init and field.default_factory is missing for field in fields)
    ways = {field.kw_only for field in fields}
    is_closed = "__slots__" in vars(kind) and not hasattr(kind, "__post_init__")
    if not is_closed or not is_plain or len(ways) != 1:
        raise TypeError(f"{kind.__qualname__} does more than set its slots: not for @quickly_made")
    defaults = {field.name: field.default for field in fields if field.default is not missing}
    return _Shape(tuple(field.name for field in fields), defaults, ways == {True})
