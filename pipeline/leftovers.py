"""Leftovers: lines that no sheet took but that look like a row of figures.

Covers, page numbers, legends of grades and running heads stand outside the sheets and say nothing that
we publish. A row of a table that no layout knew stands there too: ``一般就労移行者数　15人　9人　12人``, or
``1架空市58 2仮想市21``. Such a line is reported, never passed over.

>>> looks_like_row("一般就労移行者数　15人　9人　12人"), looks_like_row("1架空市58 2仮想市21")
(True, True)
>>> looks_like_row("（ ９ ／ １ ６ ）"), looks_like_row("○：見込量の 90％以上　△：70％以上 90％未満　×：70％未満")
(False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from keikaku.extractors.document import Notice
from keikaku.extractors.ledger import Fate, LedgerRow
from keikaku.normalizers.cells import is_value_like

OUTSIDE = "text outside the sheets"
LONGEST_QUOTE = 80

_FEWEST_FIGURES = 2
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]")
_GLUED = re.compile(r"\d+[^\W\d_]+\d+")
"""A number in a list, a name and its figure without anything between them."""


def figures_outside(ledger: Iterable[LedgerRow]) -> Iterator[Notice]:
    """A notice for each line outside the sheets that looks like a row of figures."""
    for row in ledger:
        is_outside = row.fate is Fate.IGNORED and row.reason == OUTSIDE
        if is_outside and looks_like_row(row.text):
            detail = f"「{row.text[:LONGEST_QUOTE]}」 looks like a row of figures of no known table"
            yield Notice("figures_outside_sheets", "warning", detail, row.span)


def looks_like_row(text: str) -> bool:
    """Words and at least two figures behind them, or names and figures in turn; no sentence."""
    if "。" in text:
        return False
    tokens = text.split()
    if sum(_GLUED.fullmatch(token) is not None for token in tokens) >= _FEWEST_FIGURES:
        return True
    behind = tokens[-_FEWEST_FIGURES:]
    figures = all(_DIGIT.search(token) and is_value_like(token) for token in behind)
    names = len(tokens) > _FEWEST_FIGURES and _WORD.search(tokens[0]) is not None
    return figures and names and not is_value_like(tokens[0])
