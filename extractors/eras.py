"""Years without their era (６年度実績, 現状（４年度末）) in a paper that names an era nowhere.

Where a paper speaks of 令和６年度, R6 or 第７期, ６年度 is of that era too: no such plan is as old as 平成６年度
(`YearContext.of_a_plan`). Where nothing names an era, the figures of such years are not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex
from keikaku.extractors.document import Block, Grid, Notice
from keikaku.extractors.entries import Entry
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.words import joined

_WITHOUT_ERA = regex.compile(r"[\s　(（]*(?:[0-9０-９]{1,2}|元)[\s　]*年度")
_NAMES_ERA = regex.compile(
    r"(?:令和|平成|(?<![A-Za-zＡ-Ｚａ-ｚ])[RHＲＨ])[\s　]*(?:元|[0-9０-９])|第[\s　]*[0-9０-９一二三四五六七八九十]{1,3}[\s　]*期"
)


def without_unknown_eras(
    entries: Sequence[Entry], blocks: Iterable[Block], ledger: Ledger
) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """The entries but for those of a year whose era nothing in the paper names, and a notice for each of these."""
    bare = [e for e in entries if e.year is not None and _WITHOUT_ERA.match(e.year.printed)]
    if not bare or any(_NAMES_ERA.search(text) for text in _texts(blocks)):
        return tuple(entries), ()
    notices: list[Notice] = []
    for entry in bare:
        ledger.claim_again(entry.span, Fate.FINDING, "unknown_year")
        year = entry.year.printed if entry.year is not None else ""
        detail = f"nothing says of which era 「{year}」 is: 「{entry.text[:60]}」 is not published"
        notices.append(Notice("unknown_year", "warning", detail, entry.span))
    lost = set(map(id, bare))
    return tuple(entry for entry in entries if id(entry) not in lost), tuple(notices)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                yield joined(cell.lines)
                yield from _texts(b for b in cell.blocks if isinstance(b, Grid))
        else:
            yield joined(block.lines)
