"""一人 where a document writes its figures in kanji, and where it does not."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = (
    "第七期架空村障害福祉計画　成果目標の評価\n\n成果目標四　福祉施設から一般就労への移行等\n\n"
)
_HEAD = "項目／令和四年度（基準値）／令和八年度（目標値）／令和六年度実績\n"
ROWS = "一般就労移行者数／二十一人／二十七人（1.28倍）／十八人\n　うち就労継続支援Ａ型／０人／一人（一倍）／一人\n"


def _read(rows: str) -> list[tuple[str, float | None]]:
    records = read_document(Source("braille.txt", (_TITLE + _HEAD + rows).encode()))
    return [(o.status, o.value) for o in records.observations if o.raw.startswith("一")]


def test_it_is_one() -> None:
    assert _read(ROWS) == [("reported", 1.0), ("not_reported", None), ("reported", 1.0)]


@pytest.mark.parametrize(
    ("printed", "instead"),
    [("十八人", "18人"), ("二十一人", "21人"), ("二十七人（1.28倍）／十八人", "―／―")],
)
def test_it_may_be_a_dash_beside_figures_in_digits_or_beside_few(
    printed: str, instead: str
) -> None:
    assert _read(ROWS.replace(printed, instead)) == []


def test_a_stroke_without_a_unit_is_no_figure() -> None:
    assert ("reported", 1.0) not in _read(ROWS.replace("一人（一倍）／一人", "一／一"))
