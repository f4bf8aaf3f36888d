"""From Sheets to Entries and TextBoxes: every box of every sheet read under its goal.

`read_sheets` is the extractors' last step: what leaves here are printed strings in context, notices
of what was not understood, and the closed ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from keikaku.extractors.bracket_legends import find_bracket_legend, with_bracket_legend
from keikaku.extractors.contents import BoxContext, read_contents
from keikaku.extractors.current_year import find_current_year
from keikaku.extractors.document import Block, Document, Grid, Notice, Prose, Span
from keikaku.extractors.ended_terms import find_ended_term, is_of_plan
from keikaku.extractors.entries import Entry, Evidence, Place, TextBox
from keikaku.extractors.eras import without_unknown_eras
from keikaku.extractors.forms import Box
from keikaku.extractors.heads import Role, aimed_year_in, measure_in, reported_year_in
from keikaku.extractors.ledger import Fate, Ledger, LedgerRow
from keikaku.extractors.passed_over import with_passed_over
from keikaku.extractors.placing import placed
from keikaku.extractors.preface_legends import with_preface_legend
from keikaku.extractors.sheets import Sheet, Sheets, gather_sheets
from keikaku.extractors.signs import without_loose_signs
from keikaku.extractors.stories import find_story_legend, with_stories
from keikaku.extractors.tables import Column, TableContext, read_table
from keikaku.extractors.torn_names import without_torn_names
from keikaku.extractors.words import is_caption, is_legend, joined
from keikaku.extractors.words_over import find_title
from keikaku.normalizers.catalogue import OPEN_GOALS
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext
from keikaku.normalizers.goals import find_goal
from keikaku.normalizers.plan_terms import find_plan_terms


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the pages of one document say, as printed."""

    sheets: Sheets
    entries: tuple[Entry, ...]
    texts: tuple[TextBox, ...]
    notices: tuple[Notice, ...]
    ledger: tuple[LedgerRow, ...]


def read_sheets(document: Document) -> Reading:
    """Read every sheet of a document."""
    ledger = Ledger()
    sheets = gather_sheets(document, ledger)
    current_year = find_current_year(document.blocks)
    ended_term = find_ended_term(document.blocks)
    has_forms = any(sheet.is_form for sheet in sheets.sheets)
    entries: list[Entry] = []
    texts: list[TextBox] = []
    notices = [*document.notices, *sheets.notices]
    for sheet in sheets.sheets:
        reader = _SheetReader(sheet, has_forms, (current_year, ended_term), document.blocks, ledger)
        reader.read()
        entries.extend(reader.entries)
        texts.extend(reader.texts)
        notices.extend(reader.notices)
    whole, torn = without_torn_names(entries, document.words, ledger)
    signed, doubts = without_loose_signs(whole, document.words, ledger)
    dated, undated = without_unknown_eras(signed, document.blocks, ledger)
    rows = ledger.close(document.blocks)
    told = with_stories(dated, find_story_legend(document.blocks))
    known = with_bracket_legend(told, find_bracket_legend(document.blocks))
    legible = with_preface_legend(known, document.blocks)
    noticed = with_passed_over(rows, (*notices, *torn, *doubts, *undated))
    reading = Reading(sheets, legible, tuple(texts), noticed, rows)
    return reading if document.print_out is None else placed(reading, document.print_out.place)


def _is_note(block: Block) -> bool:
    return not isinstance(block, Grid) and is_legend(joined(block.lines))


class _SheetReader:
    def __init__(
        self,
        sheet: Sheet,
        has_forms: bool,
        years: tuple[int | None, FiscalYear | None],
        blocks: Sequence[Block],
        ledger: Ledger,
    ) -> None:
        self.sheet, self.has_forms, self.ledger = sheet, has_forms, ledger
        self.blocks = blocks
        self.current_year, self.ended_term = years
        self.entries: list[Entry] = []
        self.texts: list[TextBox] = []
        self.notices: list[Notice] = []
        self.review_columns: tuple[Column, ...] = ()

    def read(self) -> None:
        for box in self._with_page_notes(self.sheet.boxes):
            if box.kind == "review":
                self._read_review(box)
            elif box.kind == "review_text":
                self._read_review_text(box)
            else:
                self._read_contents(box)

    def _with_page_notes(self, boxes: Sequence[Box]) -> list[Box]:
        """Notes that a page prints below a review govern the tables above: they go to that box."""
        result: list[Box] = []
        for box in boxes:
            notes: list[Block] = []
            blocks = list(box.blocks)
            while box.kind == "review_text" and blocks and _is_note(blocks[-1]):
                notes.insert(0, blocks.pop())
            result.append(replace(box, blocks=tuple(blocks)) if notes else box)
            tables = [n for n, other in enumerate(result) if other.kind == "result"]
            if notes and tables:
                above = result[tables[-1]]
                result[tables[-1]] = replace(above, blocks=(*above.blocks, *notes))
            elif notes:
                result[-1] = box
        return result

    def _place(self, section: str) -> Place:
        return Place(self.sheet.goal, self.sheet.heading, section, term_words=self.sheet.term_words)

    def _context(self, box: Box) -> BoxContext:
        years = YearContext(
            current=self.current_year, plan_years=self._plan_years(), of_a_plan=True
        )
        if box.kind == "target":
            place = self._place("target")
            return BoxContext(place, Role.TARGET, years, box.head, prose_section="target")
        if box.kind == "result":
            return BoxContext(self._place("actual"), Role.ACTUAL, years, box.head)
        if self.has_forms and not self.sheet.is_form:
            return BoxContext(
                self._place("summary"), None, years, is_loose=True, prose_section=None
            )
        measure, source = self._title_measure()
        return BoxContext(
            self._place("actual"),
            measure,
            years,
            source,
            is_loose=True,
            reported=self._year_in_titles(reported_year_in) or self._ended_term(),
            aimed=self._year_in_titles(aimed_year_in),
            prose_section=None,
        )

    def _plan_years(self) -> tuple[int, ...]:
        """The years of the one period that the heading over the sheet names."""
        named = find_plan_terms(self.sheet.heading) if self.sheet.heading else ()
        periods = {term.years for term in named}
        return periods.pop() if len(periods) == 1 else ()

    def _title_measure(self) -> tuple[Role | None, Evidence | None]:
        """What the titles over a loose sheet say its figures are, nearest title first."""
        goal = self.sheet.goal
        opening = goal.title if goal is not None and goal.number is None else None
        part = self.sheet.part if self._is_of_services() else None
        for title in (opening, self.sheet.title, self.sheet.heading, part):
            if title is not None and (role := measure_in(title)) is not None:
                return role, Evidence("measure", "title", title, self._find_title(title))
        return None, None

    def _find_title(self, title: str) -> Span:
        goal = self.sheet.goal
        if goal is not None and goal.title == title:
            return goal.span
        return find_title(title, self.blocks)

    def _is_of_services(self) -> bool:
        """地域生活支援事業 is numbered among the goals, but is a part of the services."""
        goal = find_goal(self.sheet.goal.title) if self.sheet.goal is not None else None
        return goal is not None and goal.goal_id in OPEN_GOALS

    def _year_in_titles(self, find: Callable[[str], FiscalYear | None]) -> FiscalYear | None:
        """The one year whose results, or whose targets, the titles over a loose sheet announce."""
        for title in (self.sheet.title, self.sheet.heading):
            if title is not None and (year := find(title)) is not None:
                return year
        return None

    def _ended_term(self) -> FiscalYear | None:
        """The years that a report on a whole term tells of, where the titles name no other plan."""
        term = self.ended_term
        return term if term is not None and is_of_plan(term, self._plan_years()) else None

    def _read_contents(self, box: Box) -> None:
        contents = read_contents(box.blocks, self._context(box), self.ledger)
        self.entries.extend(contents.entries)
        self.texts.extend(contents.texts)
        self.notices.extend(contents.notices)

    def _read_review(self, box: Box) -> None:
        grid = box.blocks[0]
        assert isinstance(grid, Grid)
        context = TableContext(self._place("actual"), columns=self.review_columns)
        reading = read_table(grid, context, self.ledger)
        if reading.columns:
            self.review_columns = reading.columns
        self.entries.extend(reading.entries)
        self.texts.extend(replace(text, item=None) for text in reading.texts)
        self.notices.extend(reading.notices)

    def _read_review_text(self, box: Box) -> None:
        blocks = self._without_captions(box.blocks)
        section = str(box.role or Role.EVALUATION_IMPROVEMENT)
        lines = [line for block in blocks if not isinstance(block, Grid) for line in block.lines]
        self.ledger.claim(lines, Fate.PROSE, "prose")
        self.texts.append(TextBox(self._place("actual"), section, blocks, box.span, box.year))

    def _without_captions(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        kept: list[Block] = []
        for block in blocks:
            if isinstance(block, Prose) and is_caption(joined(block.lines)):
                self.ledger.claim(block.lines, Fate.LABEL, "caption")
            else:
                kept.append(block)
        return tuple(kept)
