"""Names of groups set down the left edge, a letter a line or a few letters a row."""

from __future__ import annotations

import pytest
from keikaku.extractors.lines.vertical_words import letters_down, spells_classes
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空町障がい福祉計画　進捗状況\n\n"
_TABLE = """
      サービス名               単位        令和６年度    令和７年度
 {0}    重度訪問介護             人/月            5             6
 {1}                             時間/月        310           344
 {2}    同行援護                 人/月            9             8
"""


def _said(table: str) -> list[tuple[object, ...]]:
    records = read_document(Source("plan.txt", (_TITLE + table).encode())).observations
    return [(o.indicator, o.breakdown, o.fiscal_year, o.value, o.unit) for o in records]


@pytest.mark.parametrize("letters", ["訪問系", "相談支", "居宅等"])
def test_letters_down_the_side_name_no_row(letters: str) -> None:
    assert _said(_TABLE.format(*letters)) == [
        ("重度訪問介護", None, 2024, 5.0, "人/月"),
        ("重度訪問介護", None, 2025, 6.0, "人/月"),
        ("重度訪問介護", None, 2024, 310.0, "時間/月"),
        ("重度訪問介護", None, 2025, 344.0, "時間/月"),
        ("同行援護", None, 2024, 9.0, "人/月"),
        ("同行援護", None, 2025, 8.0, "人/月"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [("男  18歳未満  3人", 2), ("女  18歳未満  4人", 2)],  # each letter says something
        [("身    142   138", 2), ("療    31    33", 2)],  # all the name that the row has
        [("ア  相談支援  3人", 2), ("イ  移動支援  4人", 2)],  # a list mark
        [("一  相談支援  3人", 2), ("二  移動支援  4人", 2)],
        [("区　分   令和６年度", 2), ("計　画   12", 2)],  # a word that is spaced out
        [("訪  居宅介護  3人", 2), ("（１）必須事業", 0), ("問  移動支援  4人", 2)],
        [("訪  居宅介護  3人", 2)],
    ],
)
def test_letters_that_are_no_word_down_the_side(lines: list[tuple[str, int]]) -> None:
    assert letters_down(lines) == {}


def test_a_line_further_left_ends_a_word() -> None:
    lines = [("必  相談  人", 2), ("須", 2), ("（２）任意事業", 0), ("任  入浴  人", 2), ("意", 2)]
    assert letters_down(lines) == {0: 1, 1: 1, 3: 1, 4: 1}


def test_classes_one_after_the_other() -> None:
    assert spells_classes("訪問系日中活動系居住系")
    assert not spells_classes("訪問系日")


def test_pieces_of_a_class_beside_the_names_are_one_label() -> None:
    said = _said(
        "   区分      サービス名     単位    令和６年度   令和７年度\n"
        "   日中      生活介護       人/月       31           33\n"
        "   活動系    療養介護       人/月        2            2\n"
    )
    assert said == [
        ("生活介護", None, 2024, 31.0, "人/月"),
        ("生活介護", None, 2025, 33.0, "人/月"),
        ("療養介護", None, 2024, 2.0, "人/月"),
        ("療養介護", None, 2025, 2.0, "人/月"),
    ]


def test_a_letter_cut_off_from_its_word_stands_at_the_edge_of_the_others() -> None:
    lines = [
        ("必  相談  人", 1),
        ("第５章　地域生活", 0),
        ("須  入浴  人", 1),
        ("事", 1),
        ("業", 1),
    ]
    assert letters_down(lines) == {0: 1, 2: 1, 3: 1, 4: 1}


@pytest.mark.parametrize(
    ("letter", "name", "told"),
    [
        ("児", "医療的ケア児支援の協議の場", True),  # a class of one row among the others
        ("児", "相談", False),  # 者 and 児 of one name
        ("計", "人", False),  # a row of its own: a unit behind it
    ],
)
def test_a_letter_that_may_say_something_beside_a_name_of_its_own(
    letter: str, name: str, told: bool
) -> None:
    lines = [("地  相談  3人", 1), ("域  拠点  4人", 1), ("（２）障がい児", 0)]
    lines.append((f"{letter}  {name}  5人", 1))
    assert letters_down(lines) == {0: 1, 1: 1} | ({3: 1} if told else {})


def test_words_beside_a_table_are_read_by_no_stream() -> None:
    rows = "      {}項目          目標     令和６年度   令和７年度\n"
    body = " 地   移行者数      26人      3人          9人\n 域   拠点の数      3か所     1か所        2か所\n"
    for title in ("", "１　成果目標\n\n"):
        names = {told[0] for told in _said(title + rows.format("") + body)}
        assert names <= {"移行者数", "拠点の数"}


_ROWS = """
                               令和６年度                令和７年度
      サービス名      単位     計画        実績          計画        実績
{}      共同生活援助    人         84          81            90          92
      施設入所支援    人        170         171           166         168
{}      放課後等デイ    人      1,150       1,284         1,210       1,496
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("居\n住\n系\n", ""),
        ("居\n住\n系\n", "障\n害\n児\n"),
        (" 居\n 住\n 系\n", " 児\n 童\n 系\n"),
    ],
)
def test_letters_each_on_a_line_of_its_own_over_the_rows_of_a_class(
    first: str, second: str
) -> None:
    found = _said(_ROWS.format(first, second))
    assert [(name, value) for name, _, _, value, _ in found] == [
        *(("共同生活援助", value) for value in (84.0, 81.0, 90.0, 92.0)),
        *(("施設入所支援", value) for value in (170.0, 171.0, 166.0, 168.0)),
        *(("放課後等デイ", value) for value in (1150.0, 1284.0, 1210.0, 1496.0)),
    ]


@pytest.mark.parametrize("letters", ["居\n宅\n", "計\n", "男\n女\n"])
def test_letters_that_spell_no_class_stay(letters: str) -> None:
    lines = [(letter, 0) for letter in letters.split()]
    assert letters_down([*lines, ("共同生活援助    人    84", 6)]) == {}


def test_a_letter_stands_beside_a_name_set_wide() -> None:
    lines = [
        ("訪    居 宅 介 護      時間", 0),
        ("重 度 訪 問 介 護   時間", 6),
        ("系    行 動 援 護   時間", 0),
    ]
    assert letters_down(lines) == {0: 1, 2: 1}
