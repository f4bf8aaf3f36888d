"""Names half-way beside rows that repeat the same measures from service to service."""

from __future__ import annotations

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第６期架空町障害福祉計画　サービスの利用状況\n\n"
_HEADS = "    サービス名        単位        区分         令和４年度    令和５年度\n"


def _row(left: str, measure: str, first: str, second: str) -> str:
    """A line whose measure begins in column 34 and whose figures end in columns 54 and 68."""
    pad = " " * (30 - sum(2 if ord(c) > 255 else 1 for c in left))
    wide = 2 * len(measure)
    return f"    {left}{pad}{measure}{first:>{20 - wide}}{second:>14}\n"


def _read(*rows: str) -> DocumentRecords:
    return read_document(Source("plan.txt", (_TITLE + _HEADS + "".join(rows)).encode()))


def _said(*rows: str) -> list[tuple[object, ...]]:
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in _read(*rows).observations
    ]


_SHORT_STAY = (
    _row("", "計画値", "61", "64"),
    "    短期入所          人日／月\n",
    _row("", "実績値", "58", "70"),
)


def _as_told(name: str, unit: str, *values: float) -> list[tuple[object, ...]]:
    told = [("projected", 2022), ("projected", 2023), ("actual", 2022), ("actual", 2023)]
    return [(name, *what, value, unit) for what, value in zip(told, values, strict=True)]


def test_a_name_half_way_between_its_plan_and_its_result() -> None:
    assert _said(*_SHORT_STAY) == _as_told("短期入所", "人日/月", 61, 64, 58, 70)


@pytest.mark.parametrize(
    ("first", "second", "name", "unit"),
    [
        ("療養介護", "（人／月）", "療養介護", "人/月"),
        ("居宅訪問型", "児童発達支援", "居宅訪問型児童発達支援", None),
        ("発達障害者の", "家族支援", "発達障害者の家族支援", None),
        ("もくもく作業", "あすなろ", "もくもく作業あすなろ", None),
    ],
)
def test_a_name_in_two_lines_beside_its_two_rows(
    first: str, second: str, name: str, unit: str | None
) -> None:
    rows = (_row(first, "計画値", "3", "4"), _row(second, "実績値", "2", "5"))
    said = _said(*_SHORT_STAY, *rows)[4:]
    assert [told[:4] for told in said] == [told[:4] for told in _as_told(name, "", 3, 4, 2, 5)]
    assert {told[4] for told in said} == {unit}


def test_two_lines_that_nothing_shows_to_be_one_name_are_refused() -> None:
    rows = (_row("もくもく作業", "計画値", "3", "4"), _row("あすなろ", "実績値", "2", "5"))
    assert _said(*rows) == []
    assert _read(*rows).findings


def test_a_group_that_lost_its_name_has_none() -> None:
    nameless = (_row("", "計画値", "3", "4"), _row("", "実績値", "2", "5"))
    assert {said[0] for said in _said(*_SHORT_STAY, *nameless)} == {"短期入所"}
    assert len(_said(*_SHORT_STAY, *nameless)) == 4


def test_a_name_in_the_middle_one_of_three_rows() -> None:
    rows = (
        _row("", "計画値", "9", "9"),
        _row("同行援護          人／月", "実績値", "8", "7"),
        _row("", "達成率", "88.9%", "77.8%"),
    )
    assert [(said[0], said[3]) for said in _said(*rows)] == [
        ("同行援護", value) for value in (9, 9, 8, 7, 88.9, 77.8)
    ]


@pytest.mark.parametrize(
    "between", ["    【居住系サービス】\n", "\n           － 23 －\n\n", "    居住系\n"]
)
def test_what_stands_between_names_no_row(between: str) -> None:
    other = (
        _row("", "計画値", "3", "4"),
        "    共同生活援助      人／月\n",
        _row("", "実績値", "2", "5"),
    )
    said = _said(*_SHORT_STAY, between, *other)
    assert said[4:] == _as_told("共同生活援助", "人/月", 3, 4, 2, 5)


def test_two_units_under_one_name_are_refused() -> None:
    rows = (
        _row("", "計画値", "3", "4"), "                      人／月\n", _row("", "実績値", "2", "5"),
        "    行動援護\n",
        _row("", "計画値", "30", "40"), "                      時間／月\n", _row("", "実績値", "20", "50"),
    )  # fmt: skip
    assert _said(*rows) == []
    assert _read(*rows).findings


def test_measures_of_two_units_are_one_cycle() -> None:
    heads = "                      区分            令和４年度    令和５年度\n"
    rows = [
        "                      計画（人／月）        12            14\n",
        "    {0}          実績（人／月）        11            15\n",
        "                      計画（時間／月）     120           140\n",
        "                      実績（時間／月）     118           133\n",
    ]
    text = _TITLE + heads.replace(" " * 22, "    サービス名        ", 1)
    for name in ("行動援護", "移動介護"):
        text += "".join(rows).format(name)
    records = read_document(Source("plan.txt", text.encode())).observations
    units = ["人/月"] * 4 + ["時間/月"] * 4
    assert [(o.indicator, o.unit) for o in records] == [
        *(("行動援護", unit) for unit in units),
        *(("移動介護", unit) for unit in units),
    ]


def _kept(text: str) -> list[tuple[object, ...]]:
    source = Source("plan.txt", (_TITLE + "１　施設入所者の地域生活への移行\n" + text).encode())
    found = read_document(source).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found if o.value is not None]


_BASELINE = """\
    項　目              基準値    区分            第　６　期              比較
                                             Ｒ３     Ｒ４     Ｒ５
                                  {plan}      —        —      6人        —
    地域生活移行者数    86人
                                  {actual}     1人       3人      —     ▲ 3人
"""


@pytest.mark.parametrize(
    ("plan", "actual"),
    [("目標値", "実績値"), ("目標  ", "実績  "), ("目標値", "移行者数"), ("計画値", "実績値")],
)
def test_a_figure_beside_a_name_half_way_is_of_both_rows(plan: str, actual: str) -> None:
    said = _kept(_BASELINE.format(plan=plan, actual=actual))
    name = "地域生活移行者数"
    assert [told[0] for told in said] == [name] * 5
    assert said[0][1:] == ("baseline", None, 86.0)
    assert said[1][1] in ("target", "projected")
    assert [(name, "actual", 2021, 1.0), (name, "actual", 2022, 3.0)] == said[2:4]
    assert said[4][1:] == ("gap", None, -3.0)


def test_two_figures_beside_a_name_half_way_are_not_told() -> None:
    rows = _BASELINE.format(plan="目標値", actual="実績値").replace("86人", "86人  85人")
    assert all(value != 85.0 for *_, value in _kept(rows))


_NO_HEAD = """\
    {label}                                令和４年度    令和５年度
                                    {plan}    86人          81人
    施設入所支援の利用者数
                                    {actual}    85人          80人
    共同生活援助（グループホーム）の  {plan}   172人         200人
    利用者数                        {actual}   181人         203人
"""


@pytest.mark.parametrize("label", ["区　分", "項目  ", "サービス"])
@pytest.mark.parametrize(("plan", "actual"), [("見込量", "実績値"), ("計画値", "実績値")])
def test_measures_beside_the_names_need_no_head(label: str, plan: str, actual: str) -> None:
    text = _NO_HEAD.format(label=label, plan=plan, actual=actual)
    first, second = "施設入所支援の利用者数", "共同生活援助(グループホーム)の利用者数"
    assert [(name, year, value) for name, _, year, value in _kept(text)] == [
        (first, 2022, 86.0),
        (first, 2023, 81.0),
        (first, 2022, 85.0),
        (first, 2023, 80.0),
        (second, 2022, 172.0),
        (second, 2023, 200.0),
        (second, 2022, 181.0),
        (second, 2023, 203.0),
    ]
    assert {measure for _, measure, _, _ in _kept(text)} == {"projected", "actual"}


def test_words_that_are_no_measures_need_a_head() -> None:
    assert _kept(_NO_HEAD.format(label="区　分", plan="男　性", actual="女　性")) == []


_YEARS = "    サービス名                  年度         見込量        実績      差引      利用率\n"
_FORMULAS = (
    "                                            （Ａ）      （Ｂ）  （Ｂ－Ａ） （Ｂ／Ａ）\n"
)


def _of_years(names: tuple[str, str, str], years: tuple[str, str, str], *figures: str) -> str:
    lines = ""
    for name, year, told in zip(names, years, figures, strict=True):
        pad = " " * (26 - sum(2 if ord(c) > 255 else 1 for c in name))
        gap = " " * (16 - sum(2 if ord(c) > 255 else 1 for c in year))
        lines += f"    {name}{pad}{year}{gap}{told}\n"
    return lines


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "years",
    [
        ("令和３年度", "令和４年度", "令和５年度"),
        ("R3", "R4", "R5"),
        ("2021年度", "2022年度", "2023年度"),
    ],
)
def test_a_name_beside_the_same_years_of_each_service(
    place: int, years: tuple[str, str, str]
) -> None:
    def beside(name: str) -> tuple[str, str, str]:
        return tuple(name if n == place else "" for n in range(3))  # type: ignore[return-value]

    first = ("124         117        ▲7    94.4％", "130         136         6   104.6％")
    second = (" 24          25         1   104.2％", " 25          27         2   108.0％")
    rows = _of_years(
        beside("居宅介護（時間）"), years, *first, "136         151        15   111.0％"
    )
    rows += _of_years(
        beside("短期入所（人）"), years, *second, " 26          31         5   119.2％"
    )
    text = _TITLE + _YEARS + _FORMULAS + rows
    found = {
        (o.indicator, o.measure, o.series, o.fiscal_year): o.value
        for o in read_document(Source("plan.txt", text.encode())).observations
    }
    assert len(found) == 24
    assert {key[0] for key in found} == {"居宅介護", "短期入所"}
    values = [value for key, value in found.items() if key[0] == "短期入所" and key[3] == 2022]
    assert values == [25, 27, 2, 108.0]


_SUMMARY = """第６期架空市障害福祉計画における成果目標の評価

３ 福祉施設から一般就労への移行等
    項　目                              基準値     区分                  第 6 期                 比較
                                                              R 3        R 4        R 5
"""
_WHOLE = """                                                   目標値      —         —       17人          —
    年間一般就労移行者数                 13人
                                                   実績値    11人       15人       19人         2人
"""
_IN_TWO_LINES = """    就労移行支援事業による年間一般                 目標値      —         —       13人          —
                                         10人
    就労移行者数                                   実績値     9人       12人       12人        ▲ 1人
"""
_SHARE = """                                                   目標値      —         —        70%          —
    就労定着支援事業の利用率             —
                                                   実績値     45%        60%        63%        ▲ 7%
"""


def _summary(*rows: str) -> list[tuple[str | None, int | None, float | None]]:
    found = read_document(Source("plan.txt", (_SUMMARY + "".join(rows)).encode())).observations
    return [(o.measure, o.fiscal_year, o.value) for o in found if o.value is not None]


@pytest.mark.parametrize("order", [(_WHOLE, _IN_TWO_LINES), (_IN_TWO_LINES, _WHOLE)])
def test_a_base_half_way_beside_a_name_in_two_lines(order: tuple[str, str]) -> None:
    told = _summary(*order)
    assert len(told) == 12
    assert {10.0, 13.0} == {value for measure, _, value in told if measure == "baseline"}
    assert {("target", 2023, 13.0), ("actual", 2021, 9.0), ("actual", 2023, 12.0)} <= set(told)


def test_a_base_that_no_other_shows_to_be_one_is_refused() -> None:
    assert _summary(_IN_TWO_LINES) == []


def test_a_base_beside_another_column_is_refused() -> None:
    assert (None, None) not in {(m, y) for m, y, _ in _summary(_WHOLE, _IN_TWO_LINES)}
    moved = _IN_TWO_LINES.replace(" " * 41 + "10人", " " * 83 + "10人")
    assert 10.0 not in {value for _, _, value in _summary(_WHOLE, moved)}


def test_a_share_beside_dashes_is_in_its_place() -> None:
    assert [(m, y, v) for m, y, v in _summary(_SHARE) if m in ("target", "actual")] == [
        ("target", 2023, 70.0),
        ("actual", 2021, 45.0),
        ("actual", 2022, 60.0),
        ("actual", 2023, 63.0),
    ]


def test_shares_of_which_one_is_lost_are_not_read() -> None:
    lost = _SHARE.replace(
        "実績値     45%        60%        63%        ▲ 7%", "実績値     60%        63%        ▲ 7%"
    )
    assert "actual" not in {measure for measure, _, _ in _summary(lost)}


@pytest.mark.parametrize("remark", ["※入所者数", "＊令和５年度から", "*入所者数"])
def test_a_remark_below_a_name_beside_the_measure_that_takes_its_turn(remark: str) -> None:
    rows = (_row("施設入所支援", "計画値", "3", "4"), _row(remark, "実績値", "2", "5"))
    told = _said(*_SHORT_STAY, *rows)
    assert told[:4] == _as_told("短期入所", "人日/月", 61, 64, 58, 70)
    assert [value for *_, value, _ in told[4:]] in ([3.0, 4.0, 2.0, 5.0], [])


def test_a_legend_below_the_rows_ends_the_table() -> None:
    told = _said(*_SHORT_STAY, "※実績値は各年度３月末の数値  12月は推計\n")
    assert told == _as_told("短期入所", "人日/月", 61, 64, 58, 70)
