"""Which year 今年度 is: said once where it is first named, 前年度（令和５年度）, 令和６年度（今年度）.

Heads such as 前年度実績 and 今年度見込量 are read by it. Where a document says nothing of the kind, or
contradicts itself, they name no year and their figures are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex
from keikaku.extractors.document import Block, Grid
from keikaku.extractors.words import joined
from keikaku.normalizers.fiscal_years import YearContext, find_fiscal_year

_NAMES = "前々年度|前年度|昨年度|今年度|本年度|当年度|当該年度|次年度|翌年度|来年度"
_YEAR = r"(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)年度|20[0-9]{2}年度"
_SAID = regex.compile(
    rf"(?P<name>{_NAMES})[\s　]*[(（](?P<year>{_YEAR})[)）]|(?P<year>{_YEAR})[\s　]*[(（](?P<name>{_NAMES})[)）]"
)
_ANCHOR = 2000


def find_current_year(blocks: Iterable[Block]) -> int | None:
    """The fiscal year that the document calls 今年度, None where it is not said or said twice."""
    found = {year for text in _texts(blocks) for year in _years_said(text)}
    return found.pop() if len(found) == 1 else None


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (joined(cell.lines) for cell in block.cells if cell.lines)
        else:
            yield joined(block.lines)


def _years_said(text: str) -> Sequence[int]:
    if "年度" not in text:
        return ()
    years = []
    for match in _SAID.finditer(text):
        named = find_fiscal_year(match["year"])
        offset = find_fiscal_year(match["name"], YearContext(current=_ANCHOR))
        if named is not None and offset is not None:
            years.append(named.year - (offset.year - _ANCHOR))
    return years
