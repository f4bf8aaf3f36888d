"""A row of two units, 人/月 over 日/月: each place holds a figure for each, where the text prints it cell by cell."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第６期架空区障害福祉計画\n成果目標４　福祉施設から一般就労への移行等\n\n【主な活動指標（サービス利用実績）】\n"
_STACKED = "区分\n単位\n令和３年度\n令和４年度\n見込\n実績\n見込\n実績\n"
_IN_LINES = "区分 単位\n令和３年度 令和４年度\n見込 実績 見込 実績\n"
_ROW = "生活介護\n人/月\n100\n98\n104\n99\n"


def _read(text: str) -> list[tuple[float | None, str | None]]:
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    assert [o.fiscal_year for o in found if o.indicator != "生活介護"] in (
        [],
        [2021, 2021, 2021, 2021, 2022, 2022, 2022, 2022],
    )
    return [(o.value, o.unit) for o in found if o.indicator == "就労継続支援"]


_BY_CELL = ["98", "1,862", "94", "1,771", "101", "1,919", "99", "1,850"]


@pytest.mark.parametrize("heads", [_STACKED, _IN_LINES])
@pytest.mark.parametrize("above", ["", _ROW])
@pytest.mark.parametrize(("one", "other"), [("人/月", "日/月"), ("人", "人日"), ("人", "時間")])
def test_days_are_never_fewer_than_the_users(heads: str, above: str, one: str, other: str) -> None:
    text = f"{heads}{above}就労継続支援\n{one}\n{other}\n"
    by_cell = _read(text + "\n".join(_BY_CELL))
    assert [value for value, unit in by_cell if unit == one] == [98.0, 94.0, 101.0, 99.0]
    assert [value for value, unit in by_cell if unit == other] == [1862.0, 1771.0, 1919.0, 1850.0]


@pytest.mark.parametrize("heads", [_STACKED, _IN_LINES])
@pytest.mark.parametrize(
    "figures",
    [
        "98\n99\n104\n109\n1,700\n1,800\n1,900\n1,950",
        "98\n94\n101\n99\n1,862\n1,771\n1,919\n1,850",
        "98 94 101 99\n1,862 1,771 1,919 1,850",
        "98\n1,862\n94\n1,771\n101\n1,919\n99",
        "1\n1\n2\n2\n3\n9\n9\n10",
    ],
)
def test_figures_that_may_be_of_either_unit_are_not_read(heads: str, figures: str) -> None:
    assert _read(f"{heads}{_ROW}就労継続支援\n人/月\n日/月\n{figures}\n") == []


def test_a_head_among_numbered_names_tells_that_they_are_no_list() -> None:
    text = "目標値\n【令和５年度末までの目標】\n"
    for mark, name, value in (
        ("①", "移行者数", "118人"),
        ("②", "定着者数", "11人"),
        ("③", "利用者の割合", "７割以上"),
    ):
        text += f"{mark}{name}\n目標値\n目標値設定の考え方\n{value}\n令和元年度（８人）の1.26倍以上とする。\n"
    found = read_document(Source("sheet.txt", (_TITLE.replace("活動", "") + text).encode()))
    assert [(o.indicator, o.value) for o in found.observations] == [
        ("移行者数", 118.0),
        ("定着者数", 11.0),
        ("利用者の割合", 70.0),
    ]
