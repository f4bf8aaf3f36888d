"""The year that a numbered heading names holds for the headings within it, and for no others."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第４期架空県障害福祉計画の実績\n\n"
TABLE = "サービス種別\n{a}\n{b}\n単位\n人\n人\n見込量\n39\n52\n実績\n36\n51\n"
HEAD = "２　障害福祉サービスの見込量と実績（平成29年度）\n"
ONE = TABLE.format(a="生活介護", b="療養介護")
OTHER = TABLE.format(a="計画相談支援", b="地域移行支援")


def years(text: str) -> list[int | None]:
    found = read_document(Source("report.txt", (TITLE + text).encode())).observations
    return [o.fiscal_year for o in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（１）日中活動系サービス", "（２）相談支援"),
        ("① 日中活動系サービス", "② 相談支援"),
        ("ア　日中活動系サービス", "イ　相談支援"),
    ],
)
def test_a_year_holds_for_the_numbers_within(one: str, other: str) -> None:
    assert years(f"{HEAD}{one}\n{ONE}{other}\n{OTHER}") == [2017] * 8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（１）日中活動系サービス", "３　相談支援"),
        ("（１）日中活動系サービス", "（１）相談支援"),
        ("（１）日中活動系サービス", "（２）相談支援（平成28年度、平成29年度）"),
    ],
)
def test_a_year_ends_with_its_heading(one: str, other: str) -> None:
    assert years(f"{HEAD}{one}\n{ONE}{other}\n{OTHER}") == [2017] * 4 + [None] * 4
