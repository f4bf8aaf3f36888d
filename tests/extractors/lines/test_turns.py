"""Names beside measures that take turns: in pieces on both lines, on the first alone, or on neither."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画　進捗状況\n\n"


def _read(rows: str) -> dict[str, list[tuple[str, int | None, float | None]]]:
    text = f"{TITLE}区分 令和６年度 令和７年度\n{rows}"
    found: dict[str, list[tuple[str, int | None, float | None]]] = {}
    for o in read_document(Source("report.txt", text.encode())).observations:
        found.setdefault(o.indicator, []).append((o.measure, o.fiscal_year, o.value))
    return found


@pytest.mark.parametrize(
    ("plan", "done"), [("見込量", "実績値"), ("計画", "実績"), ("計画値", "実績値")]
)
def test_a_name_in_pieces_beside_both_measures(plan: str, done: str) -> None:
    rows = (
        f"自立訓練（機能訓練・生活 {plan} 12人 13人\n訓練）の利用者数 {done} 9人 11人\n"
        f"地域移行支援・地域定着支 {plan} 3人 4人\n援の利用者数 {done} 1人 2人\n"
        f"生活介護の利用者数 {plan} 210人 212人\n{done} 208人 －\n"
        f"施設入所支援の利用者数 {plan} 74人 72人\n※施設入所者数の削減 {done} 75人 72人\n"
    )
    found = _read(rows)
    assert list(found) == [
        "自立訓練(機能訓練・生活訓練)の利用者数",
        "地域移行支援・地域定着支援の利用者数",
        "生活介護の利用者数",
        "施設入所支援の利用者数",
    ]
    assert found["地域移行支援・地域定着支援の利用者数"] == [
        ("projected", 2024, 3.0),
        ("projected", 2025, 4.0),
        ("actual", 2024, 1.0),
        ("actual", 2025, 2.0),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "生活介護 見込量 12人 13人\n短期入所 実績値 9人 11人\n",
        "生活介護 見込量 12人 13人\n実績値 9人 11人\n短期入所 実績値 3人 4人\n見込量 1人 2人\n",
    ],
)
def test_pieces_that_may_be_two_names_are_not_read(rows: str) -> None:
    assert _read(rows) == {}


def test_a_numbered_name_that_breaks_is_one() -> None:
    rows = (
        "①児童発達支援センターの設置 1か所 1か所\n②主に重症心身障害児を支援する放課\n"
        "後等デイサービス事業所の確保 2か所 3か所\n③コーディネーターの配置 1人 2人\n"
    )
    text = f"{TITLE}実績\n\n区分 令和６年度 令和７年度\n{rows}"
    found = read_document(Source("report.txt", text.encode())).observations
    assert [o.indicator for o in found if o.fiscal_year == 2024] == [
        "児童発達支援センターの設置",
        "主に重症心身障害児を支援する放課後等デイサービス事業所の確保",
        "コーディネーターの配置",
    ]
    assert not any(o.breakdown for o in found)
