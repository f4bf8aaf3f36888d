"""Read-aloud editions (読み上げ用テキスト): the sheet's tables written out line by line.

Four ways of saying which figure is of which year, mixed within one document: a sentence that names
the order (「以下は、区分 平成30年度 令和元年度 令和2年度の順」) and rows of as many figures; the year as a
heading over rows that name their measures (見込量:317人、実績:300人); the year before each figure, in
brackets or glued to it; and one target behind its word (目標値:41人). The row's name stands at the head
of the line or alone on the line above. Source: 福岡市, 品川区, 札幌市, 北海道, 調布市.

A row of more or fewer figures than the sentence names years is taken, but not read: it is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from keikaku.extractors.document import Line
from keikaku.extractors.heads import (
    REVIEWS,
    Role,
    find_box,
    find_caption,
    find_role,
    split_unit,
)
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures, unread_line
from keikaku.extractors.lines.key_value_blocks import find_block
from keikaku.extractors.lines.ordered_rows import find_rows as find_ordered
from keikaku.extractors.lines.orders import order_over, read_order
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.quantities import (
    bare_quantity,
    name_and_unit,
    quantity_in_brackets,
    says_quantity,
)
from keikaku.extractors.lines.row_blocks import (
    RowBlock,
    ascends,
    fits,
    goes_on,
    holds_every_line,
    is_given,
    is_next_measure,
    is_of_nothing,
    is_plain_row,
    is_row,
    refuses_twice,
    rows_of,
    whole_line,
)
from keikaku.extractors.lines.row_marks import bare_name, chart_mark, is_page_number, without_mark
from keikaku.extractors.lines.said_measures import find_clauses
from keikaku.extractors.lines.spoken_texts import ends_text, parted_at_text, read_text
from keikaku.extractors.lines.statements import (
    Figure,
    Statement,
    is_name,
    is_year,
    read_counted,
    read_statement,
    sentences_of,
    tokens_in,
    under_target,
    without_label_word,
)
from keikaku.extractors.lines.titles import (
    chart_title,
    head_above,
    head_year_and_measure,
    name_and_remark,
    names_measures,
    opens_goal,
    title_with_unit,
)
from keikaku.extractors.lines.topic_lines import reads_by_itself
from keikaku.extractors.words import is_caption, is_legend, is_unspecific
from keikaku.normalizers.labels import clean_label, split_marks
from keikaku.normalizers.plan_terms import find_plan_terms
from keikaku.normalizers.units import find_unit

_LONGEST_LABEL = 60
_LONGEST_TEXT = 8
_LONGEST_BLOCK = 200


@lru_cache(maxsize=32)
def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """Rows of figures that begin, with the heads right over them, at line `at`."""
    if find_clauses(printed, at) is not None or find_block(printed, at) is not None:
        return None
    block = RowBlock(printed, end=at)
    block.order = order_over(printed, at)
    block.head = head_above(printed, at)
    block.year = _year_above(block, at)
    block.measure = _measure_above(block, at)
    here = at
    while here < len(printed) and (taken := _take(block, here)):
        here += taken
    if not block.rows:
        return _refuse_row(block, at)
    if not holds_every_line(block, at):
        return None
    table = Found(lay_figures(block.rows, block.titles, printed[at : block.end]), block.end)
    return refuses_twice(block, at) or table


def _take(block: RowBlock, at: int) -> int:
    """How many lines from `at` on the block takes; 0 ends it."""
    for step in _STEPS if block.part_of is None else (_take_part,):
        if taken := step(block, at):
            return taken
    return 0


# -- heads ---------------------------------------------------------------------------------------


def _take_order(block: RowBlock, at: int) -> int:
    """A sentence that names the order of the years, right over its rows."""
    if block.rows:
        return 0
    order = read_order(block.printed, at)
    if order is None or order.is_general:
        return 0
    block.order, block.head, block.label, block.year = order, (), None, None
    block.titles = list(order.titles)
    return order.line_count


def _take_heads(block: RowBlock, at: int) -> int:
    """A year alone, or 目標値(令和5年度末), over rows of figures."""
    line = block.printed[at].line
    head = head_year_and_measure(line) if not is_caption(line.text) else None
    is_head = head is not None or is_year(line)
    if not is_head or not _goes_on_in_figures(block, at + 1):
        return 0
    if head is not None:
        if block.rows:
            return 0
        block.head, block.year = head, None
    else:
        block.year = line
    block.label = None
    return 1


def _goes_on_in_figures(block: RowBlock, at: int) -> bool:
    """Is the next line, or the one after a name, a row of figures?"""
    for line in (item.line for item in block.printed[at : at + 2]):
        statement = _statement(block, line)
        if statement is not None and (statement.measures or statement.has_years or block.order):
            return True
        if statement is None and (not _is_label(line) or is_year(line)):
            return False
        if statement is not None and statement.label is not None:
            return True
    return False


def _year_above(block: RowBlock, at: int) -> Line | None:
    """令和3年度 over the rows above a page number that parts them from this one."""
    for back in range(at - 1, max(at - _LONGEST_BLOCK, -1), -1):
        line = block.printed[back].line
        if is_year(line):
            return line
        statement = _statement(block, line)
        is_row = statement is not None and bool(statement.measures) and not statement.has_years
        if not is_row and not is_page_number(line.text):
            return None
    return None


def _measure_above(block: RowBlock, at: int) -> Line | None:
    """目標値 or 実績 alone on a line, nothing but rows and the reasons of targets below it."""
    for back in range(at - 1, max(at - _LONGEST_BLOCK, -1), -1):
        line = block.printed[back].line
        if find_role(line.text) in (Role.TARGET, Role.ACTUAL) and find_box(line.text) is not None:
            return line
        statement = _statement(block, line)
        if (
            not is_plain_row(statement)
            and read_text(line) is None
            and not is_page_number(line.text)
        ):
            return None
    return None


def _take_title(block: RowBlock, at: int) -> int:
    """1. 訪問系サービス 利用者数 単位 人: what the rows below are about, and their unit."""
    if block.rows or block.titles:
        return 0
    line = block.printed[at].line
    if chart_mark(line)[0] is None and _names_all(block, at):
        return 0
    pieces = title_with_unit(line) or _title_of_chart(block, at)
    if not pieces or not _rows_follow(block, at + 1):
        return 0
    block.titles = pieces
    return 1


def _names_all(block: RowBlock, at: int) -> bool:
    """Have the rows below the line no name but it?"""
    below = [_statement(block, item.line) for item in block.printed[at + 1 : at + 2]]
    return any(statement is not None and statement.label is None for statement in below)


def _title_of_chart(block: RowBlock, at: int) -> list[Line]:
    """図4 …の推移(各年度3月)。 over the rows of its series, which have names of their own."""
    line = block.printed[at].line
    following = block.printed[at + 1 : at + 2]
    below = _statement(block, following[0].line) if following else None
    if below is None or below.label is None or not below.has_years:
        return []
    return chart_title(line)


def _rows_follow(block: RowBlock, at: int) -> bool:
    return at < len(block.printed) and (
        _statement(block, block.printed[at].line) is not None or _names_rows(block, at)
    )


# -- names ---------------------------------------------------------------------------------------


def _take_label(block: RowBlock, at: int) -> int:
    """A name alone on its line, its figures on the lines below."""
    if not _names_rows(block, at):
        return 0
    mark, line = chart_mark(block.printed[at].line)
    if mark is not None and block.rows:
        return 0
    told = name_and_unit(without_label_word(part_of(line, 0, len(line.text.rstrip("。")))))
    if told is None:
        return 0
    line, block.unit = told
    if mark is not None:
        line, *remark = name_and_remark(line)
        block.titles += [mark, *remark]
    if _names_quantities(block, at):
        block.item, block.label, block.last = (
            Printed(
                bare_name(line, letters=False),
                block.printed[at].group,
                ends_paragraph=False,
                indent=block.printed[at].indent,
            ),
            None,
            (),
        )
        return 1
    if not _is_of_item(block, at, line):
        if quantity_in_brackets(block.printed[at].line) is not None:
            return 0
        block.item = None
    block.label = bare_name(line, letters=block.order is not None)
    block.last = ()
    return 1


def _names_rows(block: RowBlock, at: int) -> bool:
    line = block.printed[at].line
    if not _is_label(line) or at + 1 >= len(block.printed):
        return False
    if _names_quantities(block, at):
        return True
    below = _statement(block, block.printed[at + 1].line)
    if below is None or below.label is not None or is_row(_statement(block, line)):
        return False
    is_apart = block.printed[at].group != block.printed[at + 1].group
    if is_apart and split_marks(line.text).mark is None:
        return False
    return fits(block, below, named=True)


def _names_quantities(block: RowBlock, at: int) -> bool:
    """居宅介護 over rows that say what is counted of it: 利用者数（人／月）　見込量　…."""
    this, below = block.printed[at : at + 2]
    if this.group != below.group or says_quantity(this.line.text) or not _is_label(this.line):
        return False
    if is_row(_statement(block, this.line)):
        return False
    statement = _statement(block, below.line)
    if statement is None:
        return is_unspecific(bare_quantity(below.line.text)) and _names_rows(block, at + 1)
    if statement.label is None or not fits(block, statement):
        return False
    deeper = below.indent > this.indent and split_unit(clean_label(statement.label.text))
    return is_unspecific(bare_quantity(statement.label.text)) or bool(deeper)


def _is_of_item(block: RowBlock, at: int, label: Line | None) -> bool:
    """Does a row, or the label of rows, say what is counted of the item above it?"""
    if block.item is None or label is None:
        return block.item is not None
    if split_marks(label.text).mark is not None or is_given(block, at, label):
        return False
    return says_quantity(label.text) or block.printed[at].indent > block.item.indent


def _is_label(line: Line) -> bool:
    text = line.text.rstrip("。 ")
    if not 0 < len(text) <= _LONGEST_LABEL or "。" in text or is_legend(text) or is_caption(text):
        return False
    if find_role(text) is not None or find_box(text) is not None or is_year(line):
        return False
    if is_page_number(text) or names_measures(text):
        return False
    if find_unit(text) is not None and not is_unspecific(bare_quantity(text)):
        return False
    if find_role(text.split()[0]) is Role.GOAL or opens_goal(text) or find_plan_terms(text):
        return False
    return is_name(line)


def _take_text(block: RowBlock, at: int) -> int:
    """目標値設定の考え方:… behind the target it explains; it may go on over lines."""
    text = read_text(block.printed[at].line)
    if text is None or not block.rows or not block.last or not text[1].text:
        return 0
    if find_role(text[0].text) in REVIEWS:
        return 0
    count = 1
    while not ends_text(block.printed[at + count - 1].line) and at + count < len(block.printed):
        if count > _LONGEST_TEXT or _opens_other(block, at + count):
            break
        count += 1
    more = tuple(item.line for item in block.printed[at + 1 : at + count])
    label, quantity, _ = block.last
    block.rows.append(FigureRow(text[1], label, quantity, text[0], more=more))
    block.end = at + count
    return count


def _take_row_and_text(block: RowBlock, at: int) -> int:
    """＜1＞開催回数　目標値：4回　目標値設定の考え方：全体会を年2回…: the row, and behind it on its line the text."""
    whole = block.printed[at].line
    line = parted_at_text(whole)
    statement = _statement(block, line[0]) if line is not None else None
    if line is None or statement is None or not statement.measures or not fits(block, statement):
        return 0
    block.rows += rows_of(block, statement, ())
    label, quantity, _ = block.last
    block.rows.append(FigureRow(line[2], label, quantity, line[1]))
    block.end = at + 1
    return 1


def _opens_other(block: RowBlock, at: int) -> bool:
    """Does something else than the rest of a text begin here?"""
    line = block.printed[at].line
    if block.printed[at].group != block.printed[at - 1].group or is_caption(line.text):
        return True
    return split_marks(line.text).mark is not None or _names_rows(block, at)


def _take_parts(block: RowBlock, at: int) -> int:
    """【内訳】 below a target: the rows below it list its parts, one figure each."""
    line = block.printed[at].line
    if find_caption(line.text) != "subset" or not block.rows or not block.last:
        return 0
    measure = block.last[2]
    if measure is None or at + 1 >= len(block.printed) or not _is_part(block, at + 1):
        return 0
    block.rows.append(FigureRow(line, is_group=True))
    block.part_of = measure
    return 1


def _is_part(block: RowBlock, at: int) -> bool:
    statement = _statement(block, block.printed[at].line)
    return (
        statement is not None
        and statement.label is not None
        and split_marks(statement.label.text).mark is None
        and len(statement.figures) == 1
        and not statement.measures
        and not statement.has_years
    )


def _take_part(block: RowBlock, at: int) -> int:
    if block.part_of is None or not _is_part(block, at):
        return 0
    statement = _statement(block, block.printed[at].line)
    assert statement is not None
    label, value = statement.label, statement.figures[0].value
    block.rows.append(FigureRow(value, label, statement.quantity, block.part_of))
    block.end = at + 1
    return 1


# -- rows ----------------------------------------------------------------------------------------


def _statement(block: RowBlock, line: Line) -> Statement | None:
    letters = block.order is not None or bool(block.head)
    statement = read_statement(line, letters=letters)
    if statement is None and block.order is not None:
        return read_counted(without_mark(line, letters=letters), len(block.order.years))
    if block.measure is not None and statement is not None and not statement.measures:
        return under_target(statement, block.measure, line)
    return statement


def _take_row(block: RowBlock, at: int) -> int:
    printed_line, count = whole_line(block, at)
    mark, line = chart_mark(printed_line)
    statement = _statement(block, line)
    if statement is None or (mark is not None and block.rows):
        return 0
    if count == 1 and (whole := _with_next_line(block, statement, at)) is not None:
        statement, count = whole, 2
    if not _is_of_item(block, at, statement.label):
        block.item = None
    if block.item is None and is_of_nothing(block, statement):
        return 0
    block.take_year(statement, at)
    if statement.label is None and not statement.measures and goes_on(block, statement):
        rows = rows_of(block, statement, block.last)
    elif is_next_measure(block, statement, at):
        block.label = block.last[0]
        rows = rows_of(block, statement, ())
    elif fits(block, statement):
        rows = rows_of(block, statement, ())
    else:
        return 0
    block.titles += [mark] if mark is not None else []
    block.rows.extend(rows)
    block.end = at + count
    return count


def _take_series(block: RowBlock, at: int) -> int:
    """A chart with all its series on one line: 図4 …の推移。A型は、令和元年度 48人、…。B型は、…。"""
    sentences = sentences_of(block.printed[at].line)
    if block.rows or len(sentences) < 2:
        return 0
    titles = chart_title(sentences[0])
    named = sentences[1:] if titles else sentences
    statements = [read_statement(sentence) for sentence in named]
    if not all(s and s.label and s.is_paired and ascends(s) and not s.measures for s in statements):
        return 0
    block.titles += titles
    block.rows = [row for s in statements if s for row in rows_of(block, s, ())]
    block.end = at + 1
    return 1


def _with_next_line(block: RowBlock, statement: Statement, at: int) -> Statement | None:
    """A row of an order that is broken over two lines: together as many figures as years."""
    below = block.printed[at + 1 : at + 2]
    if block.order is None or not below or statement.has_years or len(statement.measures) > 1:
        return None
    tokens = tokens_in(below[0].line)
    if not tokens or any(token.kind != "figure" for token in tokens):
        return None
    measure = statement.figures[-1].measure
    figures = (*statement.figures, *(Figure(token.piece, measure) for token in tokens))
    if len(figures) != len(block.order.years) or (statement.label is None and block.label is None):
        return None
    return Statement(statement.label, statement.quantity, figures)


def _refuse_row(block: RowBlock, at: int) -> Found | None:
    """A row with more or fewer figures than the order over it names years, or without a name."""
    line = block.printed[at].line
    statement = _statement(block, line)
    if statement is None or reads_by_itself(block.printed, at) or find_ordered(block.printed, at):
        return None
    if is_of_nothing(block, statement):
        return Found(unread_line(line), at + 1)
    if statement.has_years:
        sure = statement.is_paired and bool(statement.measures) and len(statement.figures) > 1
        return Found(unread_line(line), at + 1) if sure and statement.label is None else None
    groups = [statement.of(measure) for measure in statement.measures] or [statement.figures]
    if block.order is None:
        unsure = statement.label is not None and (statement.measures or statement.year is not None)
        return Found(unread_line(line), at + 1) if unsure or block.measure is not None else None
    if statement.label is None or max(len(group) for group in groups) < 2:
        return None
    return Found(unread_line(line), at + 1)


_STEPS = (
    _take_order,
    _take_heads,
    _take_row,
    _take_row_and_text,
    _take_series,
    _take_text,
    _take_parts,
    _take_title,
    _take_label,
)
LAYOUTS = (find_rows,)
