"""Captions and titles that hold a figure: taken as a title, the figure would be gone."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第４章　令和８年度の成果目標（第７期架空市障害福祉計画）\n\n（１）施設入所者の地域生活への移行\n"


@pytest.mark.parametrize(
    "text",
    [
        "①地域生活への移行者数\n　【令和３年度から令和５年度までの実績　９人】\n",
        "　移行者数　【令和３年度から令和５年度まで　９人】\n　入所者数　【令和３年度から令和５年度までの累計　未定】\n",
        "　地域生活への移行者数　【累計　９人（６．１％）】\n",
        "　地域生活への移行者数　【令和３年度から令和５年度までの実績　９人】\n",
    ],
)
def test_it_is_reported(text: str) -> None:
    records = read_document(Source("plan.txt", (TITLE + text).encode()))
    assert not [o for o in records.observations if o.value is not None]
    assert "９人" in " ".join(f.message for f in records.findings if f.severity == "warning")


def test_what_is_added_up_over_years_is_of_the_last() -> None:
    text = "　地域生活への移行者数　【令和６年度から令和８年度までの累計　９人（６．１％）】\n"
    records = read_document(Source("plan.txt", (TITLE + text).encode()))
    found = [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]
    name = "地域生活への移行者数"
    assert found == [(name, "target", 2026, 9.0), (name, "target", 2026, 6.1)]
