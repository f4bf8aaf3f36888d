"""Half a name on the line of the figures, the other half on the line above: refused, whatever took the row."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画\n\n２　障害福祉サービスの利用状況\n\n"
_TABLE = "以下、サービス名、単位、令和６年度計画値、令和６年度実績値、計画比の順に記載。\n\n"
_FIRST = "生活介護、人、210、208、99.0％\n"


def _read(text: str) -> tuple[set[str], set[str]]:
    records = read_document(Source("plan.txt", (_TITLE + text).encode()))
    return {o.indicator for o in records.observations}, {f.rule for f in records.findings}


@pytest.mark.parametrize(
    "text",
    [
        "放課後等デ\nイサービス、人、98、101、103.1％\n短期入所、人、40、38、95.0％\n",
        "就労定\n　着支援、人、98、101、103.1％\n",
        "ペアレントトレーニング\nを受けた者の数、人、98、101、103.1％\n",
        "架空移動\n支援金、人、98、101、103.1％\n\n※架空移動支援金は市の事業です。\n",
    ],
)
def test_half_a_name_is_none(text: str) -> None:
    names, rules = _read(_TABLE + _FIRST + text)
    assert not names & {"イサービス", "着支援", "を受けた者の数", "支援金"}
    assert "生活介護" in names
    assert "displaced_values" in rules


@pytest.mark.parametrize(
    "above", ["訪問系サービス", "■ 児童発達支援センター", "（１）日中活動系サービス", "■ 訪問系"]
)
def test_what_stands_over_a_whole_name_is_no_half_of_it(above: str) -> None:
    names, _ = _read(f"{_TABLE}{above}\n{_FIRST}短期入所、人、40、38、95.0％\n")
    assert {"生活介護", "短期入所"} <= names


def test_a_name_goes_on_over_no_other_numbered_name() -> None:
    text = (
        "第７期架空市障害福祉計画　進捗状況\n\n○実績\n"
        "指　　標                            令和６年度      令和７年度      令和８年度\n"
        "①保健、医療及び福祉関係者による          ２回            ３回              －\n"
        "  協議の場の開催回数\n"
        "②協議の場への関係者の参加者数            21人            25人              －\n"
        "③精神病床における１年以上長期           127人                        －\n"
        "  入院患者数\n"
    )
    names, _ = _read(text)
    assert not any("参加者数入院患者数" in name for name in names)
