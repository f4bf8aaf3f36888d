"""Heads that name a year and what is counted in it, and no measure: 令和４年度修了者数, 令和４年度末の児童発達支援センターの設置数.

Beside a head of what was planned or aimed at (令和４年度見込み, 令和５年度末の目標) such a count is how many there were;
alone it may be either.

>>> find_counted_head("令和4年度末の児童発達支援センターの設置数(括弧内は前年度末)").counted
'児童発達支援センターの設置数'
>>> find_counted_head("令和4年度修了者数").year.year, find_counted_head("令和4年度実績数")
(2022, None)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex
from keikaku.extractors.heads import measure_in, read_head
from keikaku.normalizers.fiscal_years import FiscalYear, find_fiscal_year
from keikaku.normalizers.folding import fold

_COUNTED = regex.compile(
    r"(?P<year>(?:令和|平成|[RH令平]|20)[0-9元]{1,2}(?:年度?)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
    r"(?:末|中)?(?:時点|現在)?)の?"
    r"(?P<counted>[^()年]{2,30}数)(?:\((?:括弧|カッコ|かっこ)(?:内|書き)は[^()]+\))?"
)
_BARE = regex.compile(
    r"(?:延べ?|実)?(?:利用|入所|移行|参加|開催|設置|配置|支給|相談|実施|対象|登録|受講|修了|退所|就労|就職|支援|養成|派遣|申請|検討|指定)"
    r"(?:者|児童|児|人|回|件|日|時間|人員|箇所|か所|カ所|事業所|施設)?数"
)


@dataclass(frozen=True, slots=True)
class CountedHead:
    """The year of a count, and what is counted: 児童発達支援センターの設置数."""

    year: FiscalYear
    counted: str

    @property
    def is_named(self) -> bool:
        """Does it say of what it is the count? 修了者数 and 設置数 do not."""
        return _BARE.fullmatch(self.counted) is None


@lru_cache(maxsize=2_048)
def find_counted_head(printed: str) -> CountedHead | None:
    """The head as a year and a count, None where it says a measure or anything else."""
    folded = fold(printed)
    match = _COUNTED.fullmatch(folded)
    year = find_fiscal_year(match["year"]) if match is not None else None
    if match is None or year is None or year.last is not None:
        return None
    if read_head(folded).says_something or measure_in(match["counted"]) is not None:
        return None
    return CountedHead(year, match["counted"])
