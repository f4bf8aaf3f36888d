"""Units: every spelling of the notes, and those that must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.normalizers.errors import UnknownUnit
from keikaku.normalizers.lexicon import (
    BrokenVocabulary,
    Lexicon,
    Spelling,
    load_lexicon,
    load_words,
)
from keikaku.normalizers.units import find_unit, parse_unit

SPELLINGS = {
    "人": ["人", "名", "（人）", "(人)", "単位：人", "（単位：人）", "[人]", " 人 ", "人数"],
    "人/月": [
        "人/月",
        "人／月",
        "人/か月",
        "人/1月",
        "実人/月",
        "月間利用者数",
        "1月当たりの実利用人数",
        "単位は１か月当たりの人",
        "1月あたり人",
    ],
    "人日/月": [
        "人日/月",
        "１か月当たりの人日",
        "人日／月",
        "人日分",
        "人日分/月",
        "日人",
        "延べ利用日数",
    ],
    "日/月": ["日/月", "日／月"],
    "時間/月": ["時間/月", "時間分"],
    "時間": ["時間"],
    "人/回": ["人/回"],
    "回/年": ["回/年", "回／年", "回/年度"],
    "回": ["回", "回数"],
    "件": ["件", "件数"],
    "件/年": ["件/年"],
    "か所": ["か所", "ヶ所", "ヵ所", "カ所", "ケ所", "ｶ所", "ｹ所", "箇所", "個所", "所", "箇所数"],
    "床": ["床"],
    "倍": ["倍"],
    "%": ["%", "％", "パーセント"],
    "%pt": ["ポイント", "pt", "％ポイント"],
    "日": ["日"],
    "人分": ["人分"],
    "円": ["円"],
    "千円": ["千円"],
    "百万円": ["百万円"],
    "戸": ["戸", "⼾"],
    "市町村": ["市町村"],
    "圏域": ["圏域"],
    "事業所": ["事業所"],
    "部会": ["部会"],
}
ROWS = [(printed, unit) for unit, forms in SPELLINGS.items() for printed in forms]


@pytest.mark.parametrize(("printed", "unit"), ROWS)
def test_spellings(printed: str, unit: str) -> None:
    assert parse_unit(printed) == unit


@pytest.mark.parametrize(
    "printed", ["割合", "か所目", "2か所", "単位", "", "目標値", "人/", "/月", "匹", "人人"]
)
def test_no_unit(printed: str) -> None:
    assert find_unit(printed) is None
    with pytest.raises(UnknownUnit) as caught:
        parse_unit(printed)
    assert (caught.value.text, caught.value.reason) == (printed, "unknown_unit")


@pytest.mark.parametrize("unit", SPELLINGS)
def test_a_canonical_unit_names_itself(unit: str) -> None:
    assert parse_unit(unit) == unit


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_none(text: str) -> None:
    unit = find_unit(text)
    assert unit is None or find_unit(unit) == unit


def test_a_spelling_with_two_meanings_is_an_error_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = '[units]\n"人" = ["人", "名"]\n"件" = ["名"]\n[empty]\n"人" = [""]\n'
    monkeypatch.setattr("keikaku.normalizers.lexicon.read_vocabulary", lambda _name: broken)
    with pytest.raises(BrokenVocabulary, match="名 means 人 and 件"):
        load_lexicon("units.toml", "units", str)
    with pytest.raises(BrokenVocabulary, match="empty spelling"):
        load_lexicon("units.toml", "empty", str)


def test_a_repeated_word_is_an_error_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "keikaku.normalizers.lexicon.read_vocabulary", lambda _name: 'words = ["ア", "ｱ"]'
    )
    with pytest.raises(BrokenVocabulary, match="repeated"):
        load_words("words.toml", "words", lambda word: word.replace("ｱ", "ア"))


def test_the_longest_spelling_comes_first() -> None:
    lexicon = Lexicon("units", (Spelling("人", "人"), Spelling("人日", "人日")))
    assert lexicon.pattern() == "人日|人"
