"""PDF files as municipalities publish them: bytes to a Document with page and box of every line.

Word, Excel, browsers and scanners make them; PDFium reads characters and strokes, our own lattice
finder the ruled forms. What a page cannot give is said in a Notice, never passed over.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as pdfium
from keikaku.extractors.document import Block, Document, Grid, Notice, Span
from keikaku.extractors.pdf.engine import (
    Strokes,
    TextLayer,
    count_characters,
    count_objects,
    handle_of,
)
from keikaku.extractors.pdf.errors import BrokenPdf, EncryptedPdf, TooLarge
from keikaku.extractors.pdf.fonts import no_fonts_of_the_machine
from keikaku.extractors.pdf.frame import Frame
from keikaku.extractors.pdf.headings import mark_headings
from keikaku.extractors.pdf.joining import join_pages
from keikaku.extractors.pdf.lattice import has_too_many_rules
from keikaku.extractors.pdf.limits import PdfLimits, Watch
from keikaku.extractors.pdf.others import failures, single_page
from keikaku.extractors.pdf.page import (
    PageReading,
    Picture,
    is_unexplained,
    read_page,
    take_picture,
)
from keikaku.extractors.pdf.print_out import (
    Letters,
    find_letters,
    is_read_as_text,
    may_hold_figures,
    print_out,
)
from keikaku.extractors.pdf.salvage import salvage
from keikaku.extractors.pdf.second import SecondReader, disagreeing_cells
from keikaku.extractors.pdf.stream import (
    Region,
    disagreeing_columns,
    find_regions,
    has_heads,
    holds_two_figures,
    is_drawn_by,
    read_columns,
)
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage
from pypdfium2.version import PYPDFIUM_INFO

WHOLE_PAGE = 0.8
"""A picture over more than this part of the page is the page: a scan."""
MOST_OPEN = 16
"""Pages loaded one after the other before they are read: PDFium is quicker when its own data are
still at hand."""
HEAVY = 20_000
"""Behind a page of more characters and objects than this no other is loaded ahead."""
EXTRACTOR = f"pypdfium2 {PYPDFIUM_INFO}"


def read_pdf(
    data: bytes,
    *,
    name: str,
    document_id: str,
    password: str | None = None,
    limits: PdfLimits = PdfLimits(),  # noqa: B008 - frozen
) -> Document:
    """Read a PDF. Raises EncryptedPdf, BrokenPdf or TooLarge when nothing of it can be given."""
    pdf, is_salvaged = _open(data, password)
    reading = _Reading(limits)
    try:
        page_count = len(pdf)
        if is_salvaged or b"%%EOF" not in data[-2048:]:
            reading.report("truncated_file", "error", None, _cut_off(page_count))
        with no_fonts_of_the_machine():
            pages = reading.pages(pdf)
    finally:
        pdf.close()
    blocks, dropped = join_pages([page.as_blocks() for page in pages])
    blocks = mark_headings(blocks, reading.sizes)
    printed = print_out(blocks, reading.letters)
    return Document(
        document_id=document_id,
        source_name=name,
        media_type="application/pdf",
        byte_size=len(data),
        page_count=page_count,
        text=None,
        blocks=blocks,
        extractor=EXTRACTOR,
        notices=(*reading.notices, *dropped),
        print_out=printed,
    )


def _cut_off(page_count: int) -> str:
    return f"the file ends before its end mark: {page_count} pages are left, more may be missing"


def _open(data: bytes, password: str | None) -> tuple[PdfDocument, bool]:
    """The file as PDFium opens it, or what can be salvaged of it (then true)."""
    try:
        return _with_pages(PdfDocument(data, password=password)), False
    except PdfiumError as error:
        refusal = _open_error(data, password, str(error))
        rest = None if isinstance(refusal, EncryptedPdf) else salvage(data)
        if rest is None:
            raise refusal from error
    try:
        return _with_pages(PdfDocument(rest)), True
    except PdfiumError as error:
        raise refusal from error


def _with_pages(pdf: PdfDocument) -> PdfDocument:
    if not len(pdf):
        pdf.close()
        raise BrokenPdf("The PDF has no page.", "Fetch the file again; it may have been cut off.")
    return pdf


def _open_error(data: bytes, password: str | None, reason: str) -> EncryptedPdf | BrokenPdf:
    if "assword" in reason:
        if password is None:
            return EncryptedPdf(
                "The PDF is encrypted and asks for a password.", "Give it with --password."
            )
        return EncryptedPdf(
            "The password does not open the PDF.", "Check the password given with --password."
        )
    if not data[:1024].lstrip().startswith(b"%PDF"):
        return BrokenPdf("This is no PDF: it does not begin with %PDF.", "Check the file's type.")
    return BrokenPdf(
        f"The PDF is damaged: {reason}", "Fetch the file again; it may have been cut off."
    )


class _Loaded(NamedTuple):
    """A page and its text, as far as PDFium could load them."""

    number: int
    page: PdfPage | None
    text_page: PdfTextPage | None

    @property
    def is_heavy(self) -> bool:
        """It holds so much that it should be open alone."""
        if self.page is None or self.text_page is None:
            return False
        characters = count_characters(handle_of(self.text_page.raw))
        return characters + count_objects(handle_of(self.page.raw)) > HEAVY

    def close(self) -> None:
        """Give back what PDFium holds for it; the text goes first."""
        for part in (self.text_page, self.page):
            if part is not None:
                part.close()


def _load(pdf: PdfDocument, number: int) -> _Loaded:
    page = None
    try:
        page = pdf[number - 1]
        return _Loaded(number, page, page.get_textpage())
    except PdfiumError:
        return _Loaded(number, page, None)


class _Reading:
    """One document being read: its pages one after the other, and what is to be reported."""

    def __init__(self, limits: PdfLimits) -> None:
        self.limits = limits
        self.watch = Watch(limits)
        self.notices: list[Notice] = []
        self.letters: dict[Span, Letters] = {}
        """Of the lines of the free pages, where a table may be among them."""
        self.sizes: dict[Span, float] = {}
        """The em of each line of upright pages, in points."""

    def pages(self, pdf: PdfDocument) -> list[PageReading]:
        """All pages that can be read."""
        if len(pdf) > self.limits.max_pages:
            raise TooLarge(
                f"The PDF has {len(pdf)} pages; the limit is {self.limits.max_pages}.",
                "Split the file, or raise max_pages if it is to be trusted.",
            )
        readings = [self._page(pdf, one) for few in self._loaded(pdf) for one in few]
        return [reading for reading in readings if reading is not None]

    def _loaded(self, pdf: PdfDocument) -> Iterator[list[_Loaded]]:
        """All pages, a few at a time; they are closed when the next are asked for."""
        few: list[_Loaded] = []
        for number in range(1, len(pdf) + 1):
            self.watch.check(number)
            few.append(_load(pdf, number))
            if len(few) == MOST_OPEN or few[-1].is_heavy or number == len(pdf):
                yield few
                for one in few:
                    one.close()
                few = []

    def _page(self, pdf: PdfDocument, loaded: _Loaded) -> PageReading | None:
        number, page, text_page = loaded
        self.watch.check(number)
        if page is None or text_page is None:
            what = "page" if page is None else "page's text"
            self.report("page_unreadable", "error", number, f"the {what} cannot be loaded")
            return None
        text_handle = handle_of(text_page.raw)
        count = count_characters(text_handle)
        if count > self.limits.max_characters:
            detail = f"{count} characters on one page; the limit is {self.limits.max_characters}"
            self.report("page_too_large", "error", number, detail)
            return None
        strokes = Strokes(handle_of(page.raw), self.limits.max_objects)
        if strokes.is_cut:
            detail = f"only the first {self.limits.max_objects} drawn objects were looked at"
            self.report("page_too_large", "error", number, detail)
        layer = TextLayer(text_handle)
        frame = _frame(page)
        picture = take_picture(number, frame, layer, strokes.segments)
        if has_too_many_rules(picture.rules):
            detail = "the page draws more rules than any form; its tables are left as lines"
            self.report("page_too_large", "warning", number, detail)
        if not len(picture.glyphs):
            if strokes.object_count:
                detail = "the page shows pictures or strokes but has no text"
                self.report("no_text_layer", "error", number, detail)
            return None
        if _is_picture(strokes, frame):
            detail = "the page is one picture; its text layer was added by recognition (OCR)"
            self.report("recognised_text", "warning", number, detail)
        if layer.unmapped:
            detail = f"{layer.unmapped} characters have no Unicode value and cannot be read"
            self.report("unmapped_characters", "warning", number, detail)
        reading = self._with_other_readers(pdf, picture, read_page(picture))
        self._note_places(picture, reading)
        return reading

    def _note_places(self, picture: Picture, reading: PageReading) -> None:
        """How large the letters of the lines are, and where those of the free lines stand, if a table may be
        among these."""
        if picture.frame.turns != picture.frame.shown_turns:
            return
        number = picture.number
        self.sizes |= {Span(None, None, number, line.box): line.em for line in reading.lines}
        if may_hold_figures(reading.free_lines):
            self.letters |= find_letters(picture.glyphs, reading.free_lines)

    def _with_other_readers(
        self, pdf: PdfDocument, picture: Picture, first: PageReading
    ) -> PageReading:
        """Camelot for tables without standing rules, pdfplumber where rules make no table."""
        regions = find_regions(first.lines, picture.loose.lying)
        if any(region.is_bare for region in regions):
            letters = find_letters(picture.glyphs, first.free_lines)
            regions = [
                region
                for region in regions
                if not (region.is_bare and is_read_as_text(region.box, first.blocks, letters))
            ]
        if not (regions or first.is_torn or is_unexplained(picture)):
            return first
        if self.watch.is_late:
            detail = "no time is left to ask another reader about this page"
            self.report("second_reader_failed", "warning", picture.number, detail)
            return first
        reading = first
        try:
            alone = single_page(pdf, picture.number)
            if regions:
                reading = self._with_columns(alone, picture, regions)
            if first.is_torn or is_unexplained(picture):
                reading = self._with_second(alone, picture, reading)
        except failures() as error:
            detail = f"another reader failed on this page, only the first is heard: {error!r:.120}"
            self.report("second_reader_failed", "warning", picture.number, detail)
        gc.collect(0)  # their pages hold themselves in cycles, and the collector may be at rest
        return reading

    def _with_second(self, alone: bytes, picture: Picture, reading: PageReading) -> PageReading:
        """The page with the tables that only pdfplumber sees, and its figures beside ours."""
        with SecondReader(alone, picture.number) as second:
            more = second.lattices(picture.frame) if is_unexplained(picture) else []
            if more:
                reading = read_page(picture, [*reading.more, *more])
            self.notices += disagreeing_cells(second, reading.blocks)
        return reading

    def _with_columns(
        self, alone: bytes, picture: Picture, regions: Sequence[Region]
    ) -> PageReading:
        """The page with what camelot finds where columns show without rules, as far as it is sure."""
        whole = [region for region in regions if not region.is_cut]
        found = read_columns(alone, picture.frame, whole)
        trial = list(_grids(read_page(picture, [one for one, _ in found]).blocks))
        sound = [
            (lattice, words)
            for lattice, words in found
            if all(
                has_heads(grid) and not holds_two_figures(grid)
                for grid in trial
                if is_drawn_by(grid, lattice)
            )
        ]
        if len(sound) < len(regions):
            detail = f"{len(regions) - len(sound)} tables without rules are left as lines"
            self.report("table_without_rules_unread", "warning", picture.number, detail)
        for lattice, words in sound:
            mine = [grid for grid in trial if is_drawn_by(grid, lattice)]
            self.notices += disagreeing_columns(words, mine)
        return read_page(picture, [lattice for lattice, _ in sound])

    def report(self, rule: str, severity: str, page: int | None, detail: str) -> None:
        """Add a Notice about a page, or about the whole file."""
        self.notices.append(Notice(rule, severity, detail, Span(page=page)))


def _is_picture(strokes: Strokes, frame: Frame) -> bool:
    """Does one image cover nearly all of the page?"""
    paper = frame.crop_width * frame.crop_height
    return any(
        abs((x1 - x0) * (y1 - y0)) > WHOLE_PAGE * paper for x0, y0, x1, y1 in strokes.image_boxes
    )


def _grids(blocks: Iterable[Block]) -> Iterator[Grid]:
    """All grids, those inside cells too."""
    for block in blocks:
        if isinstance(block, Grid):
            yield block
            for cell in block.cells:
                yield from _grids(cell.blocks)


def _frame(page: PdfPage) -> Frame:
    left, bottom, right, top = page.get_bbox()
    turns = pdfium.FPDFPage_GetRotation(page.raw) % 4
    return Frame(left, bottom, right - left, top - bottom, turns, turns)
