"""What a heading says behind its words: the unit of the table below it and what brackets in it hold."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_PAPER = """第７期架空市障害福祉計画　実績

○活動指標（{remark}）

| サービス名 | 令和６年度見込 | 令和６年度実績 |
|---|---|---|
| 生活介護 | 210［31］ | 214［35］ |
"""


def _said(remark: str) -> list[tuple[object, ...]]:
    records = read_document(Source("sheet.md", _PAPER.format(remark=remark).encode()))
    return [(o.measure, o.breakdown, o.value, o.unit) for o in records.observations]


@pytest.mark.parametrize(
    "remark",
    [
        "単位：人／月。［　］内は65歳以上の内数",
        "［　］内は、65歳以上の再掲。単位：人／月",
    ],
)
def test_a_heading_gives_the_unit_and_the_part_in_brackets(remark: str) -> None:
    assert _said(remark) == [
        ("projected", None, 210.0, "人/月"),
        ("projected", "65歳以上", 31.0, "人/月"),
        ("actual", None, 214.0, "人/月"),
        ("actual", "65歳以上", 35.0, "人/月"),
    ]


def test_brackets_of_another_kind_are_not_the_legends() -> None:
    assert [said[2] for said in _said("単位：人／月。（　）内は65歳以上の内数")] == [210.0, 214.0]


@pytest.mark.parametrize("mark", ["※", " ＊", "　※"])
def test_a_caption_with_a_legend_behind_it_is_both(mark: str) -> None:
    paper = _PAPER.replace("○活動指標（{remark}）", f"【活動指標】{mark}［　］内は精神障害者の内数")
    records = read_document(Source("sheet.md", paper.encode()))
    assert [(o.measure, o.breakdown, o.value) for o in records.observations] == [
        ("projected", None, 210.0),
        ("projected", "精神障害者", 31.0),
        ("actual", None, 214.0),
        ("actual", "精神障害者", 35.0),
    ]
