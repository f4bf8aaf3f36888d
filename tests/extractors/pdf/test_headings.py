"""What is set larger than the text is a heading, the larger the higher."""

from __future__ import annotations

from keikaku.extractors.document import Heading, Line, Prose, Span
from keikaku.extractors.pdf.headings import mark_headings

TEXT = "本書は、計画の進捗をまとめたものである。" * 3


def prose(*lines: tuple[str, float]) -> Prose:
    """Lines with the size of their letters."""
    return Prose(tuple(Line(words, Span(page=1, bbox=(0, 0, 99, size))) for words, size in lines))


def levels(*blocks: Prose) -> list[tuple[int, str]]:
    """Level and first line of the headings."""
    spans = [line.span for block in blocks for line in block.lines]
    marked = mark_headings(blocks, {span: span.bbox[3] for span in spans if span.bbox})
    return [(b.level, b.lines[0].text) for b in marked if isinstance(b, Heading)]


def test_the_larger_the_higher() -> None:
    blocks = [
        prose(("第７期計画の進捗", 20.9)),
        prose(("成果目標１", 15.7)),
        prose((TEXT, 10.5)),
        prose(("活動指標", 12.2)),
        prose(("成果目標２", 15.6)),
    ]
    assert levels(*blocks) == [
        (1, "第７期計画の進捗"), (2, "成果目標１"), (3, "活動指標"), (2, "成果目標２")
    ]  # fmt: skip


def test_a_title_over_a_heading_is_another_size() -> None:
    assert levels(prose(("進捗管理シート", 20.9), ("成果目標４", 15.7)), prose((TEXT, 10.5))) == [
        (1, "進捗管理シート"),
        (2, "成果目標４"),
    ]


def test_a_sentence_a_number_and_small_differences_are_no_headings() -> None:
    blocks = [
        prose((TEXT, 10.5)),
        prose(("大きな字で述べる。", 14)),
        prose(("12", 14)),
        prose(("注", 11)),
    ]
    assert levels(*blocks) == []
