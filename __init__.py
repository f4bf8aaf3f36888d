"""keikaku (計画): goal-management sheets of Japanese municipalities as typed, traceable records.

>>> callable(open)
True
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keikaku.pipeline.query import Tables


def open(folder: str | Path = "output") -> Tables:  # noqa: A001 - read as keikaku.open("output")
    """Open an output folder: its tables as pandas, polars, Arrow or DuckDB.

    `keikaku.open("output").observations.pandas()`; see `keikaku.pipeline.query` for the views.
    """
    from keikaku.pipeline.query import open_tables

    return open_tables(folder)
