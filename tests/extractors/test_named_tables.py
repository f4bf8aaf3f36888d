"""Tables over which a key says what they count: サービス名 | 居宅介護."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　進捗状況\n\n２　障害福祉サービスの見込量と実績\n\n"
_SHEET = """\
{key}\t生活介護\t\t\t
区分\t{content}\t単位\t令和６年度\t令和７年度
見込量\t利用者数\t人／月\t41\t42
\t利用日数\t人日／月\t820\t840
実績\t利用者数\t人／月\t43\t
\t利用日数\t人日／月\t853\t
達成率\t利用者数\t％\t104.9\t
\t利用日数\t％\t104.0\t
評価\t３人が新たに利用を始めました。\t\t\t
今後の方針\t送迎の在り方を検討します。\t\t\t
"""
_NAME = "生活介護"


def _said(text: str, name: str = "sheet.txt") -> list[tuple[object, ...]]:
    found = read_document(Source(name, (_TITLE + text).encode())).observations
    return [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit)
        for o in found
        if o.value is not None
    ]


@pytest.mark.parametrize("key", ["サービス名", "事業名", "サービスの名称"])
@pytest.mark.parametrize("content", ["内容", "項目", ""])
def test_the_key_over_a_table_names_its_rows(key: str, content: str) -> None:
    said = _said(_SHEET.format(key=key, content=content))
    figures = [(measure, year, value, unit) for _, _, measure, year, value, unit in said]
    assert {str(indicator)[:4] for indicator, *_ in said} == {_NAME}
    assert figures == [
        ("projected", 2024, 41, "人/月"),
        ("projected", 2025, 42, "人/月"),
        ("projected", 2024, 820, "人日/月"),
        ("projected", 2025, 840, "人日/月"),
        ("actual", 2024, 43, "人/月"),
        ("actual", 2024, 853, "人日/月"),
        ("gap", 2024, 104.9, "%"),
        ("gap", 2024, 104.0, "%"),
    ]


def test_rates_of_two_counts_are_told_apart() -> None:
    said = _said(_SHEET.format(key="サービス名", content="内容"))
    names = [name[:2] for name in said if name[2] == "gap"]
    assert len(set(names)) == len(names) == 2


_TWO = """\
サービス名\t居宅介護\t\t
区分\t単位\t令和６年度\t令和７年度
見込量\t人\t18\t19
実績\t人\t16\t17
サービス名\t生活介護\t\t
{heads}見込量\t人\t41\t42
実績\t人\t43\t44
"""


@pytest.mark.parametrize(
    ("heads", "first"),
    [
        ("", 2024),
        ("区分\t単位\t令和６年度\t令和７年度\n", 2024),
        ("区分\t単位\t令和７年度\t令和８年度\n", 2025),
    ],
)
def test_each_key_ends_the_one_above(heads: str, first: int) -> None:
    said = [
        (name, measure, year, value)
        for name, _, measure, year, value, _ in _said(_TWO.format(heads=heads))
    ]
    assert said == [
        ("居宅介護", "projected", 2024, 18),
        ("居宅介護", "projected", 2025, 19),
        ("居宅介護", "actual", 2024, 16),
        ("居宅介護", "actual", 2025, 17),
        ("生活介護", "projected", first, 41),
        ("生活介護", "projected", first + 1, 42),
        ("生活介護", "actual", first, 43),
        ("生活介護", "actual", first + 1, 44),
    ]


_PIPES = """\
|事業名|地域生活支援の催し||
|---|---|---|
|区分|令和６年度|令和７年度|
|参加団体|4|5|
"""


def test_rows_with_names_of_their_own_are_of_what_the_key_says() -> None:
    ((indicator, breakdown, *_), *_) = _said(_PIPES, "sheet.md")
    assert (indicator, breakdown) == ("地域生活支援の催し", "参加団体")


def test_a_head_of_names_beside_another_head_is_no_key() -> None:
    text = "サービス名\t令和６年度\n居宅介護\t18\n生活介護\t41\n"
    assert [(name, value) for name, *_, value, _ in _said(text)] == [
        ("居宅介護", 18),
        ("生活介護", 41),
    ]
