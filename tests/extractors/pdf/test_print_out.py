"""Reports without ruled tables: a PDF of them says what the text says, each figure with its box."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from keikaku.extractors.decoding import decode
from keikaku.extractors.document import Grid, Line, Prose, Span
from keikaku.extractors.pdf import read_pdf
from keikaku.extractors.pdf.print_out import print_out
from keikaku.extractors.readers import read_source
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document
from printed_pages import as_pdf
from printed_quotes import unprinted

LAYOUTS = Path(__file__).parents[2] / "layouts"
PRINTED = [
    "0_11_pdf_text_full_sheets_long",
    "A_02_readaloud_year_blocks_kakko",
    "A_06_readaloud_three_parts_long",
    "B_04_narrative_long_with_reference_rates",
    "C_04_term8_dates_as_years",
    "D_05_sections_order_sentences_long",
    "E_01_chart_readaloud_series",
    "F_02_sogo_keikaku_kpi_blocks",
    "H_01_cell_per_line_row_major",
    "I_01_no_delimiter_list",
    "K_02_radicals_welfare_sheet",
    "L_02_glued_numbers",
    "M_01_labels_after_values",
]


def facts(read: DocumentRecords) -> Counter[tuple[object, ...]]:
    """Each observation without its place; blanks that a text prints about its words apart."""
    return Counter(
        (
            o.plan, o.goal_number, o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit,
            o.comparator, o.status, o.certainty, "".join(o.raw.split()),
        )
        for o in read.observations
    )  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_the_print_says_what_the_text_says(name: str, tmp_path: Path) -> None:
    data = (LAYOUTS / f"{name}.txt").read_bytes()
    text = read_document(Source(f"{name}.txt", data))
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(as_pdf(decode(data).text))
    pdf = read_document(Source(file.name, file.read_bytes()))
    assert facts(pdf) == facts(text)
    assert not unprinted(file, pdf)
    assert all(row.page and row.bbox and row.char_start is None for row in pdf.observations)
    assert all(row.page and row.char_start is None for row in pdf.findings if row.bbox)


SHEET = """\
第６期架空市障害福祉計画
成果目標１ 施設入所者の地域生活への移行
サービス名          令和３年度   令和４年度
                  見込   実績   見込   実績
居宅介護           12人   11人   13人   14人
生活介護           20人   22人   21人   23人
"""


def test_a_figure_has_its_own_box() -> None:
    read = read_document(Source("sheet.pdf", as_pdf(SHEET)))
    (figure,) = (row for row in read.observations if row.raw == "11人")
    assert (figure.measure, figure.fiscal_year, figure.value) == ("actual", 2021, 11)
    left = (
        40 + (SHEET.splitlines()[4].index("11人") + 5) * 4.5
    )  # five letters take two columns each
    assert figure.bbox is not None
    assert figure.bbox[::2] == pytest.approx((left, left + 18), abs=1)


def test_a_page_without_figures_has_no_print_out() -> None:
    assert (
        read_pdf(
            as_pdf("令和３年度\n第１章 計画の策定に当たって\n- 1 -"), name="x", document_id="x"
        ).print_out
        is None
    )


def test_lines_in_which_no_table_is_found_stay_as_they_are_drawn() -> None:
    words = "会議は３回、延べ４５人の参加により開催した。"
    (block,) = read_source(as_pdf(words), "x.pdf").blocks
    assert not isinstance(block, Grid)
    assert block.lines[0].span.page == 1
    assert block.lines[0].span.char_start is None


def test_letters_drawn_one_on_the_other_are_laid_out_all_the_same() -> None:
    """A damaged file: no letter stands beside another, and one line stands far out."""
    spot = tuple((40.0, 49.0) for _ in "移行者 12人")
    spans = [Span(page=1, bbox=(40, top, 49, top + 9)) for top in (40, 60)]
    far = Span(page=1, bbox=(9e6, 80, 9e6 + 9, 89))
    lines = [Line("移行者 12人", span) for span in spans] + [Line("12", far)]
    letters = dict.fromkeys(spans, spot) | {far: ((9e6, 9e6 + 4), (9e6 + 4, 9e6 + 9))}
    printed = print_out([Prose(tuple(lines))], letters)
    assert printed is not None
    assert printed.text.count("移行者") == 2
    assert len(printed.text) < 2_000
