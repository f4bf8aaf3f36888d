"""A bracket behind a name that says what is counted and in which unit: （実利用者数・人）."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Span
from keikaku.extractors.entries import Label
from keikaku.extractors.tables.printed_labels import counted_behind


def _label(text: str) -> Label:
    return Label(text, (text,), Span(0, len(text)))


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("移動支援（延べ利用者数・人）", ("移動支援", "延べ利用者数", "人")),
        ("日中一時支援（利用回数：回）", ("日中一時支援", "利用回数", "回")),
        ("訪問入浴サービス [実利用者数、人]", ("訪問入浴サービス", "実利用者数", "人")),
    ],
)
def test_the_bracket_says_what_is_counted_and_its_unit(
    printed: str, said: tuple[str, str, str]
) -> None:
    found = counted_behind(_label(printed))
    assert found is not None
    assert (found[0].text, found[1], found[2]) == said


@pytest.mark.parametrize(
    "printed",
    [
        "短期入所（福祉型・医療型）",
        "就労継続支援（Ａ型・Ｂ型）",
        "協議の場（保健・医療）",
        "移動支援（人）",
    ],
)
def test_another_bracket_is_part_of_the_name_or_a_bare_unit(printed: str) -> None:
    assert counted_behind(_label(printed)) is None
