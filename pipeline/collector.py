"""Python's collector of cyclic garbage, and when it has nothing to do.

One document's journey makes tuples and frozen records by the ten thousand and hardly a cycle, while
the collector would go through them, and through all vocabularies, again and again: a sixth of the
time. It rests for the length of one document, and what the document made then counts as old: left
young, all of it would be gone through at once when the collector wakes. Old garbage is swept after
so many documents. The readers of other libraries do leave cycles behind;
`keikaku.extractors.pdf.reader` sweeps after each.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from contextlib import contextmanager

_DOCUMENTS_A_SWEEP = 64
_documents = itertools.count(1)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No collection until the block ends; whoever had switched it off finds it off again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _wake()


def _wake() -> None:
    if next(_documents) % _DOCUMENTS_A_SWEEP == 0:
        gc.collect()
    elif not gc.get_freeze_count():
        gc.freeze()  # young and old alike, and back again as old: neither looks at an object
        gc.unfreeze()
    gc.enable()
