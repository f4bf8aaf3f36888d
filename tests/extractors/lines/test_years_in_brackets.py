"""A year in brackets before each figure, glued to the name: 相談件数（令和6年度）150件（令和7年度）調査中."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空市 第7期障がい福祉計画 成果目標の状況\n\n成果目標5 相談支援体制の充実・強化等\n\n"


def read(text: str) -> tuple[list[tuple[str, str, int | None, float | None]], str]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]
    return rows, " ".join(f.message for f in records.findings)


@pytest.mark.parametrize(
    "line",
    [
        "助言の件数（令和6年度）1,150件（令和7年度）調査中",
        "助言の件数 （2024年度）1,150件、（2025年度）―",
        "助言の件数［R6］1,150件［R7］集計中",
    ],
)
def test_each_figure_is_of_the_year_before_it(line: str) -> None:
    assert read(f"実績値\n{line}\n")[0] == [
        ("助言の件数", "actual", 2024, 1150.0),
        ("助言の件数", "actual", 2025, None),
    ]


def test_measures_may_stand_on_one_line() -> None:
    line = "計画相談支援 見込量（令和6年度）486人（令和7年度）498人 実績（令和6年度）493人（令和7年度）511人"
    assert read(f"活動指標\n{line}\n")[0] == [
        ("計画相談支援", "projected", 2024, 486.0),
        ("計画相談支援", "projected", 2025, 498.0),
        ("計画相談支援", "actual", 2024, 493.0),
        ("計画相談支援", "actual", 2025, 511.0),
    ]


def test_one_year_alone_needs_the_measure_right_above() -> None:
    rows = "設置数（令和8年度末）2か所\n助言の件数（令和6年度）19件（令和7年度）20件\n拠点数（令和8年度末）1か所\n"
    assert [row[:3] for row in read(f"目標値\n{rows}")[0]] == [
        ("設置数", "target", 2026),
        ("助言の件数", "target", 2024),
        ("助言の件数", "target", 2025),
        ("拠点数", "target", 2026),
    ]
    assert read("設置数（令和8年度末）2か所\n")[0] == []


@pytest.mark.parametrize(
    "line",
    [
        "助言件数（令和6年度）150件（令和7年度）160件（令和8年度）",
        "移行者数 12人（令和6年度）8人（令和7年度）",
        "移行者数 12人（令和6年度）8人",
        "相談の件数（令和6年度）1,900件2,000件（令和7年度）調査中",
        "相談の件数（令和6年度）（令和7年度）2,000件",
        "相談の件数（令和6年度）1,900件（令和6年度）2,000件",
        "相談者の数（令和6年度）486人で、（令和7年度）498人でした",
    ],
)
def test_what_is_not_sure_is_refused_under_a_finding(line: str) -> None:
    rows, findings = read(f"実績値\n{line}\n")
    assert rows == []
    assert line in findings
