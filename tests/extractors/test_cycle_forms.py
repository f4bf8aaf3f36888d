"""Forms that go down the cycle (計画 実施 評価 改善): tables beside the first two, words beside the others."""

from __future__ import annotations

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

MARGINS = [
    ("計画（P）", "実施（D）", "評価（C）", "改善（A）"),
    ("計画", "実施", "評価", "改善"),
    ("P", "D", "C", "A"),
    ("Plan", "Do", "Check", "Action"),
    ("計画（Plan）", "実行（Do）", "評価（Check）", "見直し（Act）"),
]


def _read(steps: tuple[str, ...], names: str = "活動指標", aims: str = "項目") -> DocumentRecords:
    plan, do, check, act = steps
    rows = f"""
<tr><td rowspan="3">{plan}</td><td colspan="6">【目標設定の考え方】<br>国の指針を踏まえ、実情を勘案して設定する。</td></tr>
<tr><td colspan="2">{aims}</td><td colspan="2">目標値（令和8年度末）</td><td>令和6年度実績</td><td>令和7年度実績</td></tr>
<tr><td colspan="2">施設入所者数</td><td colspan="2">174人</td><td>182人</td><td>179人</td></tr>
<tr><td rowspan="4">{do}</td><td rowspan="2">{names}</td><td rowspan="2">単位</td><td colspan="2">令和6年度</td><td colspan="2">令和7年度</td></tr>
<tr><td>見込</td><td>実績</td><td>見込</td><td>実績</td></tr>
<tr><td>生活介護</td><td>人/月</td><td>412</td><td>405</td><td>420</td><td>417</td></tr>
<tr><td>共同生活援助</td><td>人/月</td><td>236</td><td>241</td><td>250</td><td>258</td></tr>
<tr><td>{check}</td><td colspan="6">移行者は3人にとどまり、進捗はやや遅れている。</td></tr>
<tr><td>{act}</td><td colspan="6">事業者への補助を続ける。</td></tr>"""
    page = f"# 第7期空想市障害福祉計画\n\n## 成果目標１　福祉施設の入所者の地域生活への移行\n\n<table>{rows}\n</table>\n"
    return read_document(Source("sheet.md", page.encode()))


def _told(read: DocumentRecords) -> list[tuple[object, ...]]:
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in read.observations]


FIGURES = [
    ("施設入所者数", "target", 2026, 174),
    ("施設入所者数", "actual", 2024, 182),
    ("施設入所者数", "actual", 2025, 179),
    ("生活介護", "projected", 2024, 412),
    ("生活介護", "actual", 2024, 405),
    ("生活介護", "projected", 2025, 420),
    ("生活介護", "actual", 2025, 417),
    ("共同生活援助", "projected", 2024, 236),
    ("共同生活援助", "actual", 2024, 241),
    ("共同生活援助", "projected", 2025, 250),
    ("共同生活援助", "actual", 2025, 258),
]


@pytest.mark.parametrize("steps", MARGINS)
def test_the_steps_down_the_side_hold_tables_and_words(steps: tuple[str, ...]) -> None:
    read = _read(steps)
    assert _told(read) == FIGURES
    assert [(n.section, n.goal_number, n.text) for n in read.narratives] == [
        ("rationale", 1, "国の指針を踏まえ、実情を勘案して設定する。"),
        ("evaluation", 1, "移行者は3人にとどまり、進捗はやや遅れている。"),
        ("improvement", 1, "事業者への補助を続ける。"),
    ]
    assert not [f for f in read.findings if f.severity == "warning"]


@pytest.mark.parametrize("names", ["主な活動指標", "活動内容", "指標", "サービス名"])
@pytest.mark.parametrize("aims", ["成果目標", "目標", "数値目標"])
def test_a_word_for_a_box_may_head_the_names(names: str, aims: str) -> None:
    assert _told(_read(MARGINS[0], names, aims)) == FIGURES


def test_measures_down_the_side_are_no_cycle() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{figure}</td></tr>"
        for name, figure in (
            ("計画", "12回"),
            ("実施", "10回"),
            ("評価", "Ｂ"),
            ("改善", "回数を増やす。"),
        )
    )
    page = (
        f"<h1>第7期空想市障害福祉計画</h1><h2>研修会の開催（令和6年度）</h2><table>{rows}</table>"
    )
    read = read_document(Source("page.html", page.encode()))
    quoted = {o.raw for o in read.observations} | {
        quote for quote in ("12回", "10回") for f in read.findings if quote in f.message
    }
    assert {"12回", "10回"} <= quoted
