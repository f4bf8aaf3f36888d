"""Head rows that lost their blank cells: the figures under them are refused, never guessed."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "架空市第7期障害福祉計画\n成果目標１　施設入所者の地域生活への移行\n"
_HEADING = "１　訪問系サービス\n（１）サービスの概要\n【実績と見込量】\n"
_GROUPS = "サービス名\t単位\t実績\t見込量"
_YEARS = "令和３年度\t令和４年度\t令和５年度\t令和６年度\t令和７年度\t令和８年度"
_ROWS = "居宅介護\t人/月\t412\t421\t433\t445\t457\t469\n同行援護\t人/月\t38\t36\t37\t38\t39\t40\n"


def _read(*lines: str):
    return read_document(Source("plan.txt", "\n".join(lines).encode()))


@pytest.mark.parametrize("heading", ["", _HEADING])
@pytest.mark.parametrize("lead", ["", "\t\t"])
def test_figures_under_heads_adrift_are_refused_with_a_reason(heading: str, lead: str) -> None:
    reading = _read(_TITLE + heading + _GROUPS, lead + _YEARS, _ROWS)
    assert not reading.observations
    refused = [finding.message for finding in reading.findings if finding.rule == "unknown_column"]
    for figure in ("421", "433", "469", "36", "40"):
        assert any(f"「{figure}」" in message for message in refused)


def test_heads_that_keep_their_blank_cells_are_read() -> None:
    groups = "サービス名\t単位\t実績\t\t\t見込量\t\t"
    reading = _read(_TITLE + _HEADING + groups, "\t\t" + _YEARS, _ROWS)
    read = [(o.indicator, o.measure, o.fiscal_year, o.value) for o in reading.observations]
    assert read[:4] == [
        ("居宅介護", "actual", 2021, 412.0),
        ("居宅介護", "actual", 2022, 421.0),
        ("居宅介護", "actual", 2023, 433.0),
        ("居宅介護", "projected", 2024, 445.0),
    ]


@pytest.mark.parametrize("between", ["", "※ 各年度とも３月の利用分です。\n", "【実績と見込量】\n"])
def test_rows_that_are_no_table_are_reported_wherever_they_stand(between: str) -> None:
    rows = ["生活介護 人/月 806 815 822 835 848 861", "就労選択支援 人/月 － － － － 20 44"]
    reading = _read(_TITLE + between + "\n".join(rows))
    assert not reading.observations
    reported = [finding.message for finding in reading.findings if finding.rule == "unread_figures"]
    for row in rows:
        assert any(row in message for message in reported), row


@pytest.mark.parametrize("head", ["R6ａ計画", "令和６年度＃実績", "R6注）計画"])
def test_a_head_of_figures_that_is_not_understood_heads_no_names(head: str) -> None:
    text = (
        f"                 {head}  R6実績  R7年度計画  R7年度実績\n"
        "就労継続支援Ｂ型  120       125     131\n就労継続支援Ａ型  20        25      31\n"
    )
    reading = _read(_TITLE + text)
    assert not reading.observations
    assert reading.findings
