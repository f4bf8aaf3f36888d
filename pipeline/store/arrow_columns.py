"""Columns of values as Arrow arrays, laid out by hand: offsets, bits and bytes.

`pyarrow.array` would do the same, but it imports pandas to ask whether it was given a Series: 45 MB and
0.3 s for each worker, and for every user who only wants to write a file.
https://arrow.apache.org/docs/format/Columnar.html

>>> import pyarrow as pa
>>> to_arrow(["年度", None], pa.string()).to_pylist()
['年度', None]
"""

from __future__ import annotations

import datetime
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

_EPOCH = datetime.date(1970, 1, 1).toordinal()


def to_arrow(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values of one column, None where there is none; `kind` as `columns.arrow_schema` has it."""
    import pyarrow as pa

    if pa.types.is_list(kind):
        items = [item for value in values if value is not None for item in value]
        buffers = [_present(values), _offsets([len(value or ()) for value in values])]
        children = [to_arrow(items, kind.value_type)]
        return pa.Array.from_buffers(kind, len(values), buffers, children=children)
    return pa.Array.from_buffers(kind, len(values), [_present(values), *_data(values, kind)])


def _present(values: Sequence[Any]) -> pa.Buffer | None:
    """A bit a value: is there one? Nothing where all are there."""
    if None not in values:
        return None
    return _bits(np.array([value is not None for value in values], dtype=bool))


def _data(values: Sequence[Any], kind: pa.DataType) -> list[pa.Buffer]:
    import pyarrow as pa

    if pa.types.is_string(kind):
        encoded = [b"" if value is None else value.encode() for value in values]
        return [_offsets(list(map(len, encoded))), pa.py_buffer(b"".join(encoded))]
    if pa.types.is_boolean(kind):
        return [_bits(np.array([bool(value) for value in values], dtype=bool))]
    if pa.types.is_date32(kind):
        days = [0 if value is None else value.toordinal() - _EPOCH for value in values]
        return [pa.py_buffer(array("i", days))]
    number = np.int64 if pa.types.is_int64(kind) else np.float64
    numbers = [0 if value is None else value for value in values]
    return [pa.py_buffer(np.array(numbers, dtype=number))]


def _offsets(lengths: Sequence[int]) -> pa.Buffer:
    """Where each value begins, and where the last one ends."""
    import pyarrow as pa

    return pa.py_buffer(array("i", accumulate(lengths, initial=0)))


def _bits(flags: NDArray[np.bool_]) -> pa.Buffer:
    import pyarrow as pa

    return pa.py_buffer(np.packbits(flags, bitorder="little"))
