"""Line layouts: tables that are printed as bare lines, made into Grids.

Each module of this folder knows one way in which a municipality (or the tool that made the text)
prints a table without drawing one: a cell a line, values behind a sentence that names their order,
year and value in pairs. It offers `LAYOUTS`, functions that are asked at each line of a run of bare
lines. Exactly one layout may claim a line; when two do, none gets it and the tie is reported.
What a layout gives is a Grid whose cells are pieces of the printed lines, so the table reader reads
it like any other: a layout decides shape, never meaning.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from keikaku.extractors.lines.printed import Layout


@cache
def all_layouts() -> tuple[Layout, ...]:
    """The layouts of every module in this folder."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    ]
    return tuple(layout for module in modules for layout in getattr(module, "LAYOUTS", ()))
