"""状況 over ○ and △ heads grades, though the word alone means where things stand."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document


def test_grades_under_the_state_of_things_are_no_baseline() -> None:
    text = (
        "# 第７期架空市障害福祉計画の進捗状況\n\n## 成果目標１ 施設入所者の地域生活への移行\n\n"
        "| 指標 | 令和7年度実績 | 令和8年度目標 | 状況 |\n|---|---|---|---|\n"
        "| 地域生活移行者数 | 5人 | 12人 | △ |\n| 施設入所者数 | 88人 | 88人 | ○ |\n"
    )
    reading = read_document(Source("plan.md", text.encode()))
    assert "baseline" not in {o.measure for o in reading.observations}
    assert [o.text for o in reading.observations if o.status == "qualitative"] == ["△", "○"]
