"""What holds of any input, not only of the sheets we know.

Tables are drawn as bytes and read back; records are written and read back. A counterexample that
hypothesis finds belongs into the tests of the module that failed, with its text.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from keikaku.extractors.document import Block, Cell, Grid, Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.ledger import Fate, Ledger, units_of
from keikaku.extractors.text import read_text

PRINTED = "令和3年度見込実績人月か所 　[]（）▲-—①0123456789"
WORDS = st.text(PRINTED, min_size=1, max_size=6).map(lambda text: " ".join(text.split()))
SPANS = st.integers(min_value=1, max_value=4)
PRINTED_CELLS = st.builds(
    PrintedCell, st.just(()), st.just(Span()), row_span=SPANS, column_span=SPANS
)
PRINTED_ROWS = st.lists(st.lists(PRINTED_CELLS, max_size=5), min_size=1, max_size=6)
TEXTS = st.text(PRINTED + "\n\n\t|<>#・、。", max_size=200)


def places(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


@given(PRINTED_ROWS)
def test_the_expanded_grid_loses_no_cell(rows: list[list[PrintedCell]]) -> None:
    grid = lay_out(rows, "html", Span())
    assert [sum(cell.row == n for cell in grid.cells) for n in range(len(rows))] == [
        len(row) for row in rows
    ]
    by_row = [sorted((c.column, c.column_span) for c in row) for row in grid.rows()]
    assert [[span for _, span in row] for row in by_row] == [
        [cell.column_span for cell in row] for row in rows
    ]


@given(PRINTED_ROWS)
def test_every_cell_starts_where_no_earlier_cell_stands(rows: list[list[PrintedCell]]) -> None:
    grid = lay_out(rows, "html", Span())
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells:
        assert (cell.row, cell.column) not in taken
        assert cell.row + cell.row_span <= grid.row_count
        assert cell.column + cell.column_span <= grid.column_count
        taken.update(places(cell))


@st.composite
def html_tables(draw: st.DrawFn, depth: int = 0) -> tuple[str, list[str]]:
    """A table with every printed text in it, nested tables among them."""
    source, printed = ["<table>"], []
    for _ in range(draw(st.integers(1, 3))):
        source.append("<tr>")
        for _ in range(draw(st.integers(1, 3))):
            words = draw(WORDS)
            rows, columns = draw(SPANS), draw(SPANS)
            source.append(f'<td rowspan="{rows}" colspan="{columns}">{html.escape(words)}')
            printed.append(words)
            if depth < 2 and draw(st.integers(0, 5)) == 0:
                inner, inner_printed = draw(html_tables(depth + 1))
                source.append(inner)
                printed += inner_printed
            source.append("</td>")
        source.append("</tr>")
    source.append("</table>")
    return "\n".join(source), printed


def inked(texts: list[str]) -> Counter[str]:
    """How often each text is printed, blanks aside."""
    return Counter("".join(text.split()) for text in texts if text.strip())


@given(html_tables())
def test_every_text_of_an_html_table_is_read_once(drawn: tuple[str, list[str]]) -> None:
    source, printed = drawn
    read = [text for text, _ in units_of(read_text(source)) if text]
    assert inked(read) == inked(printed)


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for block in blocks:
        if not isinstance(block, Grid):
            yield from block.lines
            continue
        for cell in (*block.cells, *block.echoes):
            yield from lines_of(cell.blocks)


@given(TEXTS)
def test_every_quote_stands_at_its_span(source: str) -> None:
    for line in lines_of(read_text(source)):
        assert line.span.char_start is not None
        quote = source[line.span.char_start : line.span.char_end]
        assert quote == line.text or "&" in quote or "<" in quote


@given(st.lists(st.one_of(WORDS, st.lists(WORDS, min_size=2, max_size=5)), max_size=12))
def test_no_inked_character_of_a_plain_text_is_lost(parts: list[str | list[str]]) -> None:
    """Lines of words and lines of tab-separated cells, in any order."""
    printed = [part if isinstance(part, str) else "\t".join(part) for part in parts]
    read = "".join(line.text for line in lines_of(read_text("\n".join(printed))))
    assert Counter(read.replace(" ", "").replace("　", "")) == Counter(
        "".join("".join(line.split()) for line in printed)
    )


@given(TEXTS)
def test_an_unread_text_is_all_findings(source: str) -> None:
    """What no stage has claimed is a finding, but for empty cells, in which nothing is printed."""
    blocks = read_text(source)
    rows = Ledger().close(blocks)
    assert [(row.text, row.span) for row in rows] == list(units_of(blocks))
    assert {row.fate for row in rows if row.text} <= {Fate.FINDING}
