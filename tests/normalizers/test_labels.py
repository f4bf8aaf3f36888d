"""Labels, their list marks and their note marks, as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.normalizers.labels import clean_label, clean_prose, split_marks

MARKED = [
    ("(00) 施設入所者数", "(00)", None, "施設入所者数", ()),
    ("ア。施設入所者数", "ア。", 1, "施設入所者数", ()),
    ("１－① 施設入所者数", "１－①", None, "施設入所者数", ()),
    ("②施設入所者数", "②", 2, "施設入所者数", ()),
    ("指標②　施設入所者数", "指標②", 2, "施設入所者数", ()),
    ("活動指標１：相談件数", "活動指標１：", 1, "相談件数", ()),
    ("① 地域生活支援拠点等設置数（※１）", "①", 1, "地域生活支援拠点等設置数", ("（※１）",)),
    ("(1)　目標値", "(1)", 1, "目標値", ()),
    ("（１）令和元年度末", "（１）", 1, "令和元年度末", ()),
    ("１．地域生活", "１．", 1, "地域生活", ()),
    ("５. 地域の体制づくり", "５.", 5, "地域の体制づくり", ()),
    ("１）相談", "１）", 1, "相談", ()),
    ("1、相談", "1、", 1, "相談", ()),
    ("1 施設入所者の地域生活への移行", "1", 1, "施設入所者の地域生活への移行", ()),
    ("１ 施設入所者の地域生活への移行", "１", 1, "施設入所者の地域生活への移行", ()),
    ("１　施設入所者", "１", 1, "施設入所者", ()),
    ("12 その他", "12", 12, "その他", ()),
    ("<1>地域生活移行者数", "<1>", 1, "地域生活移行者数", ()),
    ("@A地域生活移行者数", "@A", 1, "地域生活移行者数", ()),
    ("⑴ 目標", "⑴", 1, "目標", ()),
    ("㉑その他", "㉑", 21, "その他", ()),
    ("1の2　放課後等デイサービス", "1の2", 2, "放課後等デイサービス", ()),
    ("１－２ 児童発達支援", "１－２", 2, "児童発達支援", ()),
    ("3行目　短期入所", "3行目", None, "短期入所", ()),
    ("・相談支援", "・", None, "相談支援", ()),
    ("･相談支援", "･", None, "相談支援", ()),
    ("○計画期間", "○", None, "計画期間", ()),
    ("○人材の確保", "○", None, "人材の確保", ()),
    ("◯件数", "◯", None, "件数", ()),
    ("○箇所数の確保", "○", None, "箇所数の確保", ()),
    ("・かかりつけ医", "・", None, "かかりつけ医", ()),
    ("● 取組", "●", None, "取組", ()),
    ("■目標", "■", None, "目標", ()),
    ("- 取組", "-", None, "取組", ()),
    ("R3年度*¹", None, None, "R3年度", ("*¹",)),
    ("3か所※２", None, None, "3か所", ("※２",)),
    ("利用者数※", None, None, "利用者数", ("※",)),
    ("利用者数(注１)", None, None, "利用者数", ("(注１)",)),
    ("④地域生活支援 *² の数", "④", 4, "地域生活支援 の数", ("*²",)),
]
UNMARKED = [
    "1の2倍以上",
    "指標②の達成率",
    "指標１",
    "成果目標１ 地域",
    "2行目に実績値",
    "2-3 4人",
    "5つの機能",
    "2か所目の整備",
    "65歳未満",
    "（P）",
    "（障害児）",
    "第6期",
    "3年後",
    "1.5倍",
    "10人",
    "１地域生活",
    "12 34",
    "○",
    "○人",
    "〇か所以上",
    "○人／月",
    "〇件程度",
    "計画 (P)",
    "24時間365日",
    "2-②",
    "施設入所支援の利用者数 ※施設入所者数の削減",
]


@pytest.mark.parametrize(("text", "mark", "number", "body", "notes"), MARKED)
def test_marks(
    text: str, mark: str | None, number: int | None, body: str, notes: tuple[str, ...]
) -> None:
    found = split_marks(text)
    assert (found.mark, found.number, found.body, found.notes) == (mark, number, body, notes)
    assert text[found.body_start] == body[0]


@pytest.mark.parametrize("text", UNMARKED)
def test_no_mark(text: str) -> None:
    found = split_marks(text)
    assert (found.mark, found.number, found.notes, found.body) == (None, None, (), text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("②施設入所者数", "施設入所者数"),
        ("①地域生活移行者数(累計値)", "地域生活移行者数(累計値)"),
        ("（１）　⽬標値（※１）", "目標値"),
        ("区 分", "区分"),
        ("R3年度*¹", "R3年度"),
        ("就労継続支援Ｂ型\n利用者数", "就労継続支援B型利用者数"),
        ("共同生活援助（グループホーム）の利用者数", "共同生活援助(グループホーム)の利用者数"),
        ("5つの機能", "5つの機能"),
        ("⑶ ⻑期入院者", "長期入院者"),
        ("\ufeff①\u200b協議の場", "協議の場"),
        ("施設入所支援の利用者数 ※施設入所者数の削減", "施設入所支援の利用者数※施設入所者数の削減"),
        ("", ""),
        ("①のうち就労移行支援", "1のうち就労移行支援"),
        ("まる２　まる１のうち就労移行支援", "まる1のうち就労移行支援"),
    ],
)
def test_published_labels(text: str, label: str) -> None:
    assert clean_label(text) == label


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("・ 初期相談は\n市役所窓口", "初期相談は市役所窓口"),
        ("①訪問を行う。", "訪問を行う。"),
        ("令和 5 年度は３人（※１）。", "令和5年度は3人(※1)。"),
        ("65歳未満の者", "65歳未満の者"),
        ("7 月と1月に開催した。", "7月と1月に開催した。"),
        ("3 人が移行した。", "3人が移行した。"),
        ("1 年度末の見込", "1年度末の見込"),
        ("1 月平均利用者数", "月平均利用者数"),
        ("1　人の確保", "人の確保"),
        ("  段落。 ", "段落。"),
    ],
)
def test_published_prose(text: str, prose: str) -> None:
    assert clean_prose(text) == prose


@given(st.text(max_size=60))
def test_any_text_has_a_label(text: str) -> None:
    found = split_marks(text)
    assert found.mark is None or found.mark in text
    assert not any(character.isspace() for character in clean_label(text))


@given(
    st.sampled_from(["①", "(1)", "１．", "1 ", "・", "○", "<1>", "@A"]),
    st.sampled_from([text for text in UNMARKED if not text[0].isdigit() and text != "○"]),
)
def test_a_mark_before_a_label_changes_nothing(mark: str, label: str) -> None:
    assert clean_label(mark + label) == clean_label(label)
