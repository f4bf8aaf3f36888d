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


_BRACKETS = "※[ ]内は精神障害者の内数\n区分\n単位\n令和３年度\n令和４年度\n見込\n実績\n見込\n実績\n共同生活援助\n人/月\n"
_CLOSE = "12\n18\n9\n14\n16\n24\n21\n33"
_TWO_UNITS = f"{_STACKED}就労継続支援\n人/月\n日/月\n"


@pytest.mark.parametrize(
    ("brackets", "is_read"),
    [
        ("98\n[59]\n94\n[66]\n101\n[62]\n99\n[75]\n", True),
        ("98\n（59）\n94\n（66）\n101\n（62）\n99\n（75）\n", True),
        ("98\n94\n101\n99\n[59]\n[66]\n[62]\n[75]\n", False),
        ("98\n94\n101\n99\n", False),
    ],
)
def test_brackets_below_their_figures_tell_that_cells_are_printed_one_by_one(
    brackets: str, is_read: bool
) -> None:
    users = [12.0, 9.0, 16.0, 21.0] if is_read else []
    found = read_document(
        Source("sheet.txt", (_TITLE + _BRACKETS + brackets + _TWO_UNITS + _CLOSE).encode())
    ).observations
    of_row = [o for o in found if o.indicator == "就労継続支援"]
    assert [o.value for o in of_row if o.unit == "人/月"] == users
    assert len(of_row) == 2 * len(users)


@pytest.mark.parametrize("heads", [_STACKED, _IN_LINES])
def test_a_dash_at_the_end_stands_for_both_units(heads: str) -> None:
    text = f"{heads}{_ROW}就労継続支援\n人/月\n日/月\n" + "98\n1,862\n94\n1,771\n101\n1,919\n－\n"
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    of_row = [o for o in found if o.indicator == "就労継続支援"]
    assert [o.value for o in of_row if o.unit == "人/月"][:3] == [98.0, 94.0, 101.0]
    assert [o.value for o in of_row if o.unit == "日/月"][:3] == [1862.0, 1771.0, 1919.0]
    assert {o.fiscal_year for o in of_row if o.value is None} == {2022}


_YEARS = "区分\n令和３年度\n令和４年度\n令和５年度\n"


@pytest.mark.parametrize("heads", [_YEARS, "区分 令和３年度 令和４年度 令和５年度\n"])
@pytest.mark.parametrize(
    "figures",
    [
        "検討\n0回\n設置\n１回\n設置\n2回",
        "設置\n4回\n設置\n5回\n設置\n6回",
        "未設置\n0回\n－\n－\n設置\n2回",
    ],
)
def test_names_in_one_cell_have_a_figure_each_in_every_place(heads: str, figures: str) -> None:
    text = f"【実績】\n{heads}協議の場の設置\n年間開催回数\n{figures}\n"
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    told = figures.translate(str.maketrans("１", "1")).split("\n")
    held = [o for o in found if (o.breakdown or o.indicator) == "年間開催回数"]
    assert [o.raw.translate(str.maketrans("１", "1")).split("\n")[-1] for o in held] == told[1::2]
    assert len(found) == len(told)


def test_names_in_one_cell_are_not_read_where_the_figures_may_be_of_either() -> None:
    text = f"【実績】\n{_YEARS}児童発達支援\n放課後等デイサービス\n1か所\n2か所\n1か所\n2か所\n1か所\n3か所\n"
    assert read_document(Source("sheet.txt", (_TITLE + text).encode())).observations == ()


def test_the_count_at_a_names_end_is_no_unit_where_no_column_of_units_stands() -> None:
    text = f"【実績】\n{_YEARS}①拠点の設置数\n1か所\n1か所\n2か所\n②運用状況の検証の実施\n回数\n0回\n1回\n1回\n"
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    assert [(o.value, o.unit) for o in found[3:]] == [(0.0, "回"), (1.0, "回"), (1.0, "回")]
