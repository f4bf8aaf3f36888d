"""Keys of which the front matter says the year."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空市障害者プラン　事業評価シート\n\n"
BLOCK = """
事業名　　　福祉施設から一般就労への移行
指標　　　　一般就労への移行者数
計画目標　　３５人
令和６年度実績　３４人
"""


SECOND = """指標②　　　　就労定着支援の利用者数
計画目標　　４５人
令和６年度実績　４１人
"""


def targets(text: str) -> list[tuple[int | None, float | None]]:
    found = read_document(Source("sheet.txt", (TITLE + text).encode())).observations
    return [(o.fiscal_year, o.value) for o in found if o.measure == "target"]


@pytest.mark.parametrize(
    "legend",
    [
        "　計画目標　　　計画期間の最終年度（令和８年度）の目標です。\n",
        "計画目標：令和８年度末の目標値\n",
        "※計画目標は、令和８年度の値です。\n",
    ],
)
def test_a_key_is_of_the_year_that_explains_it(legend: str) -> None:
    assert targets(legend + BLOCK) == [(2026, 35.0)]


@pytest.mark.parametrize(
    "text",
    [
        "計画目標　令和６年度の国の指針により定めた目標です。\n" + BLOCK,
        "計画目標　令和８年度の目標です。\n計画目標　令和11年度の目標です。\n" + BLOCK,
        "計画値　令和８年度の目標です。\n" + BLOCK,
        BLOCK + "\n計画目標　令和８年度の目標です。\n",
    ],
)
def test_a_year_of_other_words_is_not_that_of_the_key(text: str) -> None:
    assert targets(text) == [(None, 35.0)]


def test_the_second_indicator_of_a_block_has_the_same_years() -> None:
    text = "計画目標　令和８年度の目標です。\n" + BLOCK.replace("指標　", "指標①") + SECOND
    assert targets(text) == [(2026, 35.0), (2026, 45.0)]


def test_a_value_with_its_own_year_keeps_it() -> None:
    text = "計画目標　令和８年度の目標です。\n" + BLOCK.replace("３５人", "３５人（令和７年度末）")
    assert 2026 not in {year for year, _ in targets(text)}
