"""The rows of a line table that ends with a column of sentences (目標値 | 目標値設定の考え方).

The longest run of lines that reads as a value is the value, and the sentences after it are its text;
without values (区分 | 内容) each numbered line is a label and what follows it the text. Rows that
cannot be told apart for certain are not given at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Line
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import Role, find_box, find_caption
from keikaku.extractors.lines.head_lines import Shape, read_head_row, value_and_reason
from keikaku.extractors.lines.known_values import reads_without_free_words
from keikaku.extractors.lines.printed import Printed, cell_of, merge_pieces, tokens_of
from keikaku.extractors.lines.valued_texts import read_valued_rows
from keikaku.extractors.words import is_legend
from keikaku.normalizers.labels import split_marks


def read_text_rows(
    printed: Sequence[Printed], at: int, shape: Shape
) -> tuple[list[list[PrintedCell]], int]:
    end = _end_of_text_table(printed, at)
    body = printed[at:end]
    if not body:
        return [], at
    if shape.values > 1:
        rows, count = read_valued_rows(body, shape)
        return rows, at + count
    if shape.values == 0:
        return _labelled_texts(body, shape), end
    return _valued_texts(body, shape), end


def _end_of_text_table(printed: Sequence[Printed], at: int) -> int:
    """A table of sentences ends at a caption, a numbered heading over a table, a legend or a head."""
    end = at
    while end < len(printed):
        text = printed[end].line.text
        if find_caption(text) != "subset" and (
            text.startswith(("【", "《", "■", "◆")) or is_legend(text) or find_box(text) is not None
        ):
            break
        if end > at and _is_heading_over_table(printed, end):
            break
        head = read_head_row(printed[end].line)
        if head is not None and (len(head.heads) > 1 or head.heads[0].role is Role.GOAL):
            break
        end += 1
    return end


def _is_heading_over_table(printed: Sequence[Printed], at: int) -> bool:
    """A numbered line (①…) right before a line of table heads."""
    if split_marks(printed[at].line.text).number is None:
        return False
    if value_and_reason(printed, at + 1) is not None:
        return True
    for item in printed[at + 1 : at + 4]:
        row = read_head_row(item.line)
        if row is not None and len(row.heads) > 1:
            return True
    return False


def _labelled_texts(body: Sequence[Printed], shape: Shape) -> list[list[PrintedCell]]:
    """区分 | 内容: each numbered line is a label, what follows it is its text."""
    starts = [n for n, item in enumerate(body) if split_marks(item.line.text).number is not None]
    if not starts or starts[0] != 0 or shape.labels != 1:
        return []
    rows = []
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        text = [item.line for item in body[start + 1 : end]]
        if not text:
            return []
        rows.append([cell_of([body[start].line]), cell_of(text)])
    return rows


def _valued_texts(body: Sequence[Printed], shape: Shape) -> list[list[PrintedCell]]:
    """(区分 |) 目標値 | 考え方: find each value; the words before it are its label."""
    if not shape.labels:
        split = _value_and_text(body)
        return [split] if split else []
    values = _find_values(body)
    if not values or values[0][0] == 0:
        return []
    rows: list[list[PrintedCell]] = []
    label_start = 0
    for number, (start, end) in enumerate(values):
        following = values[number + 1][0] if number + 1 < len(values) else len(body)
        cut = len(body) if number + 1 == len(values) else _text_end(body, end, following)
        labels = body[label_start:start]
        group = [item for item in labels if find_caption(item.line.text) == "subset"]
        rows += [[cell_of([item.line], 1, shape.labels + 2)] for item in group]
        own = [item.line for item in labels if item not in group]
        text = [item.line for item in body[end:cut]]
        if not own or not text:
            return []
        rows.append(
            [
                cell_of(own, 1, shape.labels),
                cell_of([item.line for item in body[start:end]]),
                cell_of(text),
            ]
        )
        label_start = cut
    return rows


def _find_values(body: Sequence[Printed]) -> list[tuple[int, int]]:
    """Runs of lines that together read as one figure cell, longest first at each place."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(body):
        end = _value_end(body, at)
        if end is None or at == 0:
            at += 1
            continue
        found.append((at, end))
        at = end
    return found


def _value_end(body: Sequence[Printed], at: int) -> int | None:
    for end in range(min(at + 4, len(body)), at, -1):
        if _reads_as_value([item.line for item in body[at:end]]):
            return end
    return None


def _reads_as_value(lines: Sequence[Line]) -> bool:
    text = "\n".join(line.text for line in lines)
    if "。" in text or sum(len(line.text) for line in lines) > 40:
        return False
    return reads_without_free_words(text)


def _text_end(body: Sequence[Printed], start: int, following: int) -> int:
    """Where the sentences of a row end and the label of the next row begins: the first paragraph
    that ends; a 【内訳】 between them decides too."""
    for at in range(start, following):
        if find_caption(body[at].line.text) == "subset":
            return at
    for at in range(start, following - 1):
        if body[at].line.text.endswith("。") or body[at].ends_paragraph:
            return at + 1
    return following - 1


def _value_and_text(body: Sequence[Printed]) -> list[PrintedCell] | None:
    """目標値 | 考え方: whole lines that read as a value, or the first word of the first line."""
    end = _value_end(body, 0)
    if end is not None and end < len(body):
        return [
            cell_of([item.line for item in body[:end]]),
            cell_of([item.line for item in body[end:]]),
        ]
    tokens = tokens_of(body[0].line)
    for count in range(len(tokens) - 1, 0, -1):
        value = merge_pieces(tokens[:count], body[0].line)
        if _reads_as_value([value]):
            rest = merge_pieces(tokens[count:], body[0].line)
            text = [rest, *(item.line for item in body[1:])]
            return [cell_of([value]), cell_of(text)]
    return None
