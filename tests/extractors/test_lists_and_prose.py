"""Figures in lists under a caption, in sentences with は, under a heading alone; and those nobody reads."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "架空市第7期障害福祉計画\n"
_GOAL = "１　福祉施設の入所者の地域生活への移行\n\n"


def _read(*lines: str):
    return read_document(Source("plan.txt", "\n".join(lines).encode()))


def _said(reading) -> list[tuple[object, ...]]:
    return [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in reading.observations]


def test_a_list_under_a_caption_is_of_its_measure() -> None:
    reading = _read(
        _TITLE + _GOAL + "【基準値】",
        "○令和５年度末時点の施設入所者数　312人（Ａ）",
        "【目標値】",
        "○地域生活移行者数　19人　（Ａ）の６％以上",
        "○令和８年度末時点の施設入所者数　302人（Ｂ）",
    )
    assert _said(reading) == [
        ("施設入所者数", "baseline", 2023, 312.0, "人"),
        ("地域生活移行者数", "target", 2026, 19.0, "人"),
        ("施設入所者数", "target", 2026, 302.0, "人"),
    ]


def test_what_the_nation_asks_is_no_target_of_the_city() -> None:
    reading = _read(_TITLE + _GOAL + "【国の目標値】", "○地域生活移行者数　６％以上")
    assert not reading.observations


def test_the_title_may_say_for_which_year_targets_are() -> None:
    reading = _read(
        "第３章　令和８年度の成果目標\n\n" + _GOAL + "【目標値】", "○地域生活移行者数　19人"
    )
    assert _said(reading) == [("地域生活移行者数", "target", 2026, 19.0, "人")]


def test_a_measure_may_be_the_topic_of_its_figure() -> None:
    reading = _read(
        _TITLE + "成果目標1　地域生活への移行\n活動指標",
        "令和6年度　自立生活援助。見込量は6人、実績は3人。",
        "令和7年度　自立生活援助。見込量は7人、実績は未定。",
    )
    assert [(said[1:4]) for said in _said(reading)] == [
        ("projected", 2024, 6.0),
        ("actual", 2024, 3.0),
        ("projected", 2025, 7.0),
        ("actual", 2025, None),
    ]


def test_years_as_rows_are_of_the_heading_over_the_table() -> None:
    reading = _read(
        _TITLE + _GOAL + "(1) 就労定着支援事業の利用者数（単位：人）\n",
        "| 年度 | 目標 | 実績 | 達成率(%) |",
        "|---|---|---|---|",
        "| 令和3年度 | 20 | 17 | 85.0 |",
    )
    assert _said(reading) == [
        ("就労定着支援事業の利用者数", "target", 2021, 20.0, "人"),
        ("就労定着支援事業の利用者数", "actual", 2021, 17.0, "人"),
        ("就労定着支援事業の利用者数", "gap", 2021, 85.0, "%"),
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("令和６年度の利用者数は14人で、前計画の目標21人を下回りました。", "figures_in_prose"),
        ("協議の場の開催　年３回", "unread_figures"),
        ("就労移行支援では、見込量は28人、実績は31人", "unknown_column"),
    ],
)
def test_figures_in_text_around_the_sheets_are_reported(line: str, rule: str) -> None:
    reading = _read(_TITLE + _GOAL, line)
    assert not reading.observations
    assert any(finding.rule == rule and line in finding.message for finding in reading.findings)


def test_words_without_figures_are_not_reported() -> None:
    reading = _read(_TITLE + _GOAL, "令和６年度は、支援の体制を整えました。")
    assert not [f for f in reading.findings if f.rule in ("figures_in_prose", "unread_figures")]


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("短期入所について。計画の欄、33。実績の欄、29。", "29"),
        ("短期入所のうち福祉型　開設の有無　有　無　有", "有"),
        ("協議の場の設置　R2　未設置　めざす姿　設置", "未設置"),
        ("判定Ｂ　11、14、18", "18"),
        ("定着率は、目標が8割以上、実績が七割でした。", "8割以上"),
    ],
)
def test_cells_in_a_shape_that_nobody_knows_are_reported(line: str, quoted: str) -> None:
    reading = _read(_TITLE + _GOAL + "これから述べます。", line)
    assert not reading.observations
    found = [f for f in reading.findings if f.rule in ("unread_figures", "figures_in_prose")]
    assert any(quoted in f.message for f in found)


def test_a_paper_of_a_plan_without_any_table_reports_its_figures() -> None:
    reading = _read(_TITLE, "図1の数値は左から順です。", "相談の件数　120、133、141")
    assert {f.rule for f in reading.findings} >= {"unread_figures"}
    assert reading.document.observation_count == 0


def test_a_number_and_its_unit_alone_are_a_figure_and_no_heading() -> None:
    reading = _read(_TITLE + _GOAL + "実績", "", "44 人", "", "12 か所")
    assert not reading.observations
    said = " ".join(finding.message for finding in reading.findings)
    assert "44 人" in said
    assert "12 か所" in said
