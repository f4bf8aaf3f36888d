"""Numbered names and figures with nothing between them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空障がい福祉計画における成果目標一覧（令和８年度末、町村合計）\n"


def read(text: str, title: str = TITLE) -> tuple[list[tuple[str, int | None, float | None]], str]:
    try:
        records = read_document(Source("list.txt", (title + text).encode()))
    except NoSheet:
        return [], text
    rows = [(o.indicator, o.fiscal_year, o.value) for o in records.observations]
    return rows, " ".join(f.message for f in records.findings if f.severity == "warning")


LIST = "1地域生活への移行者数57人2施設入所者の削減数49人\n3入院後3か月時点の退院率68.9%4検証及び検討年1回以上\n"


def test_each_number_opens_a_name_and_its_figure() -> None:
    assert read(LIST)[0] == [
        ("地域生活への移行者数", 2026, 57.0),
        ("施設入所者の削減数", 2026, 49.0),
        ("入院後3か月時点の退院率", 2026, 68.9),
        ("検証及び検討", 2026, 1.0),
    ]


def test_the_year_of_the_title_is_taken_whatever_the_term_says() -> None:
    rows, findings = read(LIST, TITLE.replace("令和８年度末", "令和５年度末"))
    assert {year for _, year, _ in rows} == {2023}
    assert "outside the plan term" in findings


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("49人", "人"),
        LIST.replace("2施設", "3施設"),
        LIST.replace("3入院後3か月", "4入院後3か月"),
        LIST.replace("68.9%4検証", "68.9%4検証\n"),
        LIST.replace("57人", "38人57人").replace("49人", "40人49人"),
        LIST.replace("57人2", "572"),
    ],
)
def test_a_list_that_is_not_told_apart_is_refused_under_a_finding(text: str) -> None:
    rows, findings = read(text)
    assert rows == []
    assert any(name in findings for name in ("地域生活", "退院率"))


@pytest.mark.parametrize("word", ["設置", "未設置", "設置済み"])
def test_a_word_in_the_place_of_a_figure_ends_its_item(word: str) -> None:
    text = LIST + f"5児童発達支援センターの設置{word}6基幹相談支援センターの設置4か所\n"
    assert read(text)[0][-1] == ("基幹相談支援センターの設置", 2026, 4.0)
    assert len(read(text)[0]) >= 6


def test_a_line_of_figures_not_yet_counted_goes_on_with_the_count() -> None:
    text = "1地域生活への移行者数57人2施設入所者の削減数49人\n3入院後3か月時点の退院率集計中\n4検証及び検討年1回以上\n"
    assert [value for _, _, value in read(text)[0]] == [57.0, 49.0, None, 1.0]


@pytest.mark.parametrize("lost", ["", "検討会", "関係機関と協議"])
def test_a_name_that_holds_the_next_number_is_two_items(lost: str) -> None:
    rows, _ = read(LIST + f"5児童発達支援センターの設置{lost}6基幹相談支援センターの設置4か所\n")
    assert not any("児童発達" in str(name) for name, _, _ in rows)


def test_a_note_below_the_list_is_none_of_its_items() -> None:
    assert len(read(LIST + "※3から4までは、国から令和8年3月に提供される予定です。\n")[0]) == 4


@pytest.mark.parametrize("word", ["集計中", "調整中", "未設置", "未実施", "なし"])
def test_a_word_that_ends_no_name_stands_for_a_figure(word: str) -> None:
    text = LIST.replace("2施設入所者の削減数49人", f"2児童発達支援センター{word}")
    rows, _ = read(text)
    assert ("児童発達支援センター", 2026, None) in rows
    assert len(rows) == 4


def test_a_word_that_may_end_the_name_is_not_published() -> None:
    text = LIST.replace("2施設入所者の削減数49人", "2強度行動障害の支援体制整備")
    rows, findings = read(text)
    assert [value for _, _, value in rows] == [57.0, 68.9, 1.0]
    assert "支援体制整備" in findings


@pytest.mark.parametrize("per", ["１か月当たりの平均", "月あたり平均", "１月当たりの平均値"])
def test_the_mean_of_a_month_beside_a_measure_leaves_it_the_measure(per: str) -> None:
    lists = "1児童発達支援{}人日 2保育所等訪問支援{}人日 3障がい児相談支援{}人\n"
    text = f"令和６年度見込量（１か月当たり）\n{lists.format(42, 2, 19)}"
    text += f"令和６年度実績（{per}）\n{lists.format(57, 3, 21)}"
    records = read_document(Source("list.txt", f"架空町第７期障害福祉計画\n\n{text}".encode()))
    told = [(o.measure, o.fiscal_year, o.value) for o in records.observations]
    assert told == [
        *(("projected", 2024, value) for value in (42.0, 2.0, 19.0)),
        *(("actual", 2024, value) for value in (57.0, 3.0, 21.0)),
    ]
