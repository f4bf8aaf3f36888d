"""Charts described line by line: a frame around the description, what is counted, then a measure and its years."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

FRAMES = [
    ("【グラフの説明　ここから】", "【グラフの説明　ここまで】"),
    ("（図の説明はじめ）", "（図の説明おわり）"),
]


@pytest.mark.parametrize(("begin", "end"), FRAMES)
def test_the_frame_of_a_description_says_nothing_of_its_figures(begin: str, end: str) -> None:
    text = f"""\
第6期架空市障害福祉計画

（２）地域生活支援拠点等が有する機能の充実
運用状況の検証及び検討の回数
　令和３年度 1回、令和４年度 1回

２　障害福祉サービスの見込量

（１）訪問系サービス

図４－１　居宅介護（１か月当たり）
{begin}
利用者数
　実績　令和元年度 318人、令和２年度 305人
　見込量　令和３年度 324人、令和４年度 330人
利用時間
　実績　令和元年度 4,262時間、令和２年度 4,026時間
{end}
"""
    read = read_document(Source("plan.txt", text.encode()))
    assert [(o.indicator, o.measure, o.fiscal_year, o.value) for o in read.observations] == [
        ("居宅介護", "actual", 2019, 318),
        ("居宅介護", "actual", 2020, 305),
        ("居宅介護", "projected", 2021, 324),
        ("居宅介護", "projected", 2022, 330),
        ("居宅介護", "actual", 2019, 4262),
        ("居宅介護", "actual", 2020, 4026),
    ]
