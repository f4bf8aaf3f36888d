"""Forms of one grid: rows that hold nothing but a table, and the goal behind its word."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document
from keikaku.pipeline.records import Observation

_ABOVE = "# 第7期架空市障害福祉計画の評価\n\n## 3 福祉施設から一般就労への移行等\n\n"
_NESTED = (
    "<table><tr><th>活動指標</th><th>単位</th><th>R6計画</th><th>R6実績</th></tr>"
    "<tr><td>地域定着支援</td><td>人/月</td><td>4</td><td>6</td></tr></table>"
)
_FORM = (
    '<table><tr><td rowspan="2">計画（P）</td><td colspan="2">{0}</td></tr>'
    f'<tr><td colspan="2">{_NESTED}</td></tr>'
    "<tr><td>評価（C）</td><td>利用が伸びた。</td></tr></table>\n"
)


def _rows(goal: str) -> tuple[Observation, ...]:
    text = _ABOVE + "## 目標等管理シート\n\n" + _FORM.format(goal)
    return read_document(Source("sheet.md", text.encode())).observations


def test_a_row_of_nothing_but_a_table_is_read() -> None:
    for goal in (
        "目標：施設入所者の地域生活への移行",
        "成果目標１: 福祉施設の入所者の地域生活への移行",
    ):
        read = [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in _rows(goal)]
        assert read == [
            ("地域定着支援", "projected", 2024, 4.0, "人/月"),
            ("地域定着支援", "actual", 2024, 6.0, "人/月"),
        ]


def test_the_goal_that_the_form_names_is_not_the_one_above() -> None:
    assert {o.goal_id for o in _rows("目標：施設入所者の地域生活への移行")} == {
        "facility_to_community"
    }
    assert [o.goal_number for o in _rows("目標２：地域生活支援の充実")] == [2, 2]


def test_words_that_are_no_goal_name_none() -> None:
    assert {o.goal_title for o in _rows("目標：利用を増やす")} == {"福祉施設から一般就労への移行等"}
