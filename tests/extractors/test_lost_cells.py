"""A line that lost a cell among lines that keep their empty ones."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document

_TITLE = "## 第7期空想市障害福祉計画の評価\n\n## 1 施設入所者の地域生活への移行\n\n"
TABLE = (
    "項目\t基準値\t区分\t令和6年度\t令和7年度\t令和8年度\t備考\n"
    "地域生活移行者数\t52人\t目標値\t—\t—\t4人\t\n"
    "\t\t実績値\t1人\t2人\t—\t\n"
    "施設入所者の削減数\t52人\t実績値\t3人\t4人\t—\t退所による\n"
)


def _read(table: str) -> tuple[set[tuple[str, int | None, float | None]], list[str]]:
    records = read_document(Source("sheet.md", (_TITLE + table).encode()))
    figures = {
        (o.measure, o.fiscal_year, o.value) for o in records.observations if o.value is not None
    }
    return figures, [f.rule for f in records.findings]


def test_the_figures_of_the_line_are_refused_and_no_others() -> None:
    whole, _ = _read(TABLE)
    figures, rules = _read(TABLE.replace("実績値\t1人\t2人", "実績値\t2人"))
    assert whole - figures == {("actual", 2024, 1.0), ("actual", 2025, 2.0)}
    assert figures < whole
    assert rules.count("shifted_row") >= 1


def test_nothing_under_heads_that_lost_one() -> None:
    figures, _ = _read(TABLE.replace("令和6年度\t", ""))
    assert not {figure for figure in figures if figure[1] is not None and figure[0] != "baseline"}


def test_lines_that_drop_their_empty_cells_are_whole() -> None:
    dropped = TABLE.replace("\t\n", "\n")
    assert _read(dropped)[0] == _read(TABLE)[0]


def test_a_dash_in_a_place_for_names_names_nothing() -> None:
    table = "| 項目 | 内訳 | 令和6年度実績 |\n|---|---|---|\n| 一般就労移行者数 | ― | 9人 |\n| 就労定着率 | A型 | 8人 |\n"
    records = read_document(Source("sheet.md", (_TITLE + table).encode()))
    assert [(o.indicator, o.breakdown) for o in records.observations] == [
        ("一般就労移行者数", None),
        ("就労定着率", "A型"),
    ]
