"""Rows that begin with their year, and measures said one after the other, each with its year."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空区障害福祉計画　進行状況報告　読み上げ版\n\n２　サービスの利用状況\n"
_ORDER = "表３を読みます。列は、年度、計画値、実績値、進捗率の順です。\n\n"
_FIRST = (
    "行動援護、利用時間、単位は１か月当たりの時間。\n令和６年度、1,310、1,275、97.3パーセント。\n"
    "令和７年度、1,340、調査中、調査中。\n"
)
_SECOND = "\n自立生活援助、利用者数、単位、人。\n令和６年度、3、2、66.7パーセント。\n令和７年度、4、4、100パーセント。\n"


def _read(text: str):
    return read_document(Source("aloud.txt", (_TITLE + text).encode()))


def _said(text: str) -> list[tuple[object, ...]]:
    rows = _read(text).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in rows]


def _rules(text: str) -> list[str]:
    return [finding.rule for finding in _read(text).findings]


def test_the_title_names_the_rows_and_the_sentence_their_columns() -> None:
    assert _said(_ORDER + _FIRST + _SECOND) == [
        ("行動援護", "projected", 2024, 1310.0, "時間/月"),
        ("行動援護", "actual", 2024, 1275.0, "時間/月"),
        ("行動援護", "gap", 2024, 97.3, "%"),
        ("行動援護", "projected", 2025, 1340.0, "時間/月"),
        ("行動援護", "actual", 2025, None, None),
        ("行動援護", "gap", 2025, None, None),
        ("自立生活援助", "projected", 2024, 3.0, "人"),
        ("自立生活援助", "actual", 2024, 2.0, "人"),
        ("自立生活援助", "gap", 2024, 66.7, "%"),
        ("自立生活援助", "projected", 2025, 4.0, "人"),
        ("自立生活援助", "actual", 2025, 4.0, "人"),
        ("自立生活援助", "gap", 2025, 100.0, "%"),
    ]


@pytest.mark.parametrize(
    "order",
    [
        "以下、年度、計画値、実績値、進捗率の順に読み上げます。\n",
        "列は、左から年度、計画値、実績値、進捗率です。\n",
        "年度、計画値、実績値、進捗率\n",
    ],
)
def test_the_order_is_said_in_other_words(order: str) -> None:
    assert _said(order + _FIRST) == _said(_ORDER + _FIRST)


def test_a_name_alone_stands_over_several_quantities() -> None:
    text = (
        "短期入所\n利用者数、単位は人。\n令和６年度、11、9、81.8パーセント。\n"
        "利用日数、単位は人日。\n令和６年度、52、47、90.4パーセント。\n"
    )
    assert [figure[3:] for figure in _said(_ORDER + text)] == [
        (11.0, "人"),
        (9.0, "人"),
        (81.8, "%"),
        (52.0, "人日"),
        (47.0, "人日"),
        (90.4, "%"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1,310、1,275、", "1,275、"),
        ("1,310、1,275、", "1,310、1,310、1,275、"),
        ("1,310、1,275、", "1,310、ほぼ同じ、"),
    ],
)
def test_a_row_with_a_cell_too_few_or_too_many_is_reported(before: str, after: str) -> None:
    text = _ORDER + _FIRST.replace(before, after)
    assert {figure[2] for figure in _said(text)} == {2025}
    assert "unread_figures" in _rules(text)


@pytest.mark.parametrize(
    "second",
    [
        _SECOND.replace("自立生活援助、利用者数、単位、人。\n", ""),
        "次からは並びが変わり、実績が先です。" + _SECOND,
        "表３の読み上げを終わります。" + _SECOND,
    ],
)
def test_rows_whose_name_or_order_is_not_known_are_reported(second: str) -> None:
    text = _ORDER + _FIRST + second
    assert _said(text) == _said(_ORDER + _FIRST)
    assert _rules(text).count("unread_figures") >= 2


def test_rows_of_services_may_end_in_a_full_stop() -> None:
    rows = "令和６年度\n療養介護、6、5、83.3パーセント。\n短期入所、9、9、100パーセント。\n"
    said = _said("列は、サービス名、計画値、実績値、進捗率の順です。\n\n" + rows)
    assert [figure[:4] for figure in said[:2]] == [
        ("療養介護", "projected", 2024, 6.0),
        ("療養介護", "actual", 2024, 5.0),
    ]


_SAID = "福祉施設の入所者数の基準値は、令和４年度末、88人。{}実績は、令和７年度末、86人。"


def test_measures_are_said_one_after_the_other() -> None:
    said = _said(_SAID.format("目標値は、令和８年度末、83人以下。"))
    assert [figure[1:] for figure in said] == [
        ("baseline", 2022, 88.0, "人"),
        ("target", 2026, 83.0, "人"),
        ("actual", 2025, 86.0, "人"),
    ]


@pytest.mark.parametrize(
    "between",
    [
        "目標値は、令和８年度末、83人以下で、減らしていく。",
        "目標値は、83人以下。",
        "実績は、令和７年度末、87人。",
        "その後、",
    ],
)
def test_a_sentence_among_the_clauses_makes_them_prose(between: str) -> None:
    assert _said(_SAID.format(between)) == []
    assert "figures_in_prose" in _rules(_SAID.format(between) + "\n\n" + _ORDER + _FIRST)


def test_a_clause_is_no_part_of_a_name() -> None:
    said = _said("就労選択支援の利用者数の基準値は令和５年度の0人。目標値は令和８年度の12人以上。")
    assert [(name, value) for name, _, _, value, _ in said] == [
        ("就労選択支援の利用者数", 0.0),
        ("就労選択支援の利用者数", 12.0),
    ]
