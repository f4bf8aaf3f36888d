"""Python's collector of cyclic garbage, and when it has nothing to do.

One document's journey makes tuples and frozen records by the ten thousand and hardly a cycle, while
the collector would go through them, and through all vocabularies, again and again: some 6 % of the
time. It rests for the length of one document. The readers of other libraries do leave cycles
behind; `keikaku.extractors.pdf.reader` sweeps after each.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No collection until the block ends; whoever had switched it off finds it off again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
