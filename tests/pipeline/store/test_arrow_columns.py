"""Arrow columns laid out by hand: what pyarrow's own constructor would give, without pandas."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.pipeline.store.arrow_columns import to_arrow

SCALARS: dict[pa.DataType, st.SearchStrategy[Any]] = {
    pa.string(): st.text(),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(allow_nan=False),
    pa.bool_(): st.booleans(),
    pa.date32(): st.dates(datetime.date(1868, 1, 25)),
}
COLUMNS = list(SCALARS.items()) + [
    (pa.list_(kind), st.lists(SCALARS[kind], max_size=4).map(tuple))
    for kind in (pa.string(), pa.float64())
]


@pytest.mark.parametrize(("kind", "values"), COLUMNS, ids=[str(kind) for kind, _ in COLUMNS])
def test_the_same_array_as_pyarrow_makes(kind: pa.DataType, values: st.SearchStrategy[Any]) -> None:
    @given(st.lists(st.none() | values, max_size=20))
    def check(column: list[Any]) -> None:
        made = to_arrow(column, kind)
        made.validate(full=True)
        assert made.equals(pa.array(column, type=kind))

    check()


def test_pandas_is_not_imported_to_write_a_document() -> None:
    program = (
        "import sys, pyarrow as pa\n"
        "from keikaku.pipeline.store.arrow_columns import to_arrow\n"
        "to_arrow(['a'], pa.string())\n"
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
