"""Reading what stands in a box of a sheet: captions, numbered headings, tables, notes, prose.

The blocks are walked in reading order. Captions (【実績】) say which section follows, numbered
headings (①…) name the item that the next tables belong to, a line such as (単位：人) gives units,
legends and footnotes govern tables. What is left is prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keikaku.extractors.box_state import (
    CAPTION_SECTIONS,
    CLOSING_BRACKET,
    BoxState,
    names_table_below,
    section_of_measures,
)
from keikaku.extractors.document import Block, Grid, Heading, Line, Notice, Prose
from keikaku.extractors.entries import Entry, Evidence, Note, Place, TextBox
from keikaku.extractors.grids import FIGURE_ROWS
from keikaku.extractors.headings import (
    CAPTION,
    UNIT_LINE,
    heads_part,
    heads_section,
    is_bare_date,
    name_and_unit,
    named_for_places,
    named_years,
    unit_in_brackets,
    unit_of_sentence,
    units_in,
)
from keikaku.extractors.heads import (
    MEASURES,
    REVIEWS,
    Head,
    Role,
    find_box,
    find_caption,
    find_role,
    measure_in,
    read_head,
)
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.notes import Governed, assign_notes, legend_in_heading
from keikaku.extractors.paragraphs import cover, one_line_each
from keikaku.extractors.shared_captions import Below, TablesBelow
from keikaku.extractors.stories import says_stories
from keikaku.extractors.tables import Column, TableContext, TableReading, read_table
from keikaku.extractors.term_words import TermWords
from keikaku.extractors.unread import (
    are_cells_apart,
    ends_in_quantity,
    figures_alone,
    holds_figure_of_table,
    holds_quantity,
    is_of_list,
    is_row_of_figures,
    is_status,
    table_follows,
)
from keikaku.extractors.words import (
    is_legend,
    is_sentence,
    is_spoken_legend,
    joined,
)
from keikaku.extractors.words_over import WordsOver, said_by
from keikaku.extractors.years_over import YearsOver
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext, search_fiscal_years
from keikaku.normalizers.folding import drop_blanks
from keikaku.normalizers.labels import clean_label, split_marks
from keikaku.normalizers.units import find_unit

_LONGEST_ITEM = 80
_LONGEST_NOTE = 160


@dataclass(frozen=True, slots=True)
class BoxContext:
    """Where a box stands and what its own head makes of the figures in it."""

    place: Place
    default_measure: Role | None
    years: YearContext
    measure_source: Evidence | None = None
    year: FiscalYear | None = None
    year_source: Evidence | None = None
    is_loose: bool = False
    reported: FiscalYear | None = None
    """The year that a title says the document reports on (令和４年度実績報告書)."""
    aimed: FiscalYear | None = None
    """The year that a title says the targets are for (令和８年度の成果目標)."""
    prose_section: str | None = "activity"
    """Section of prose in the box; None where prose outside tables is only text around sheets."""

    @property
    def first_year(self) -> int | None:
        """The first year that the plan, or a title, sets targets for."""
        return min(
            (*self.years.plan_years, *((self.aimed.year,) if self.aimed else ())), default=None
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What a box gave."""

    entries: tuple[Entry, ...]
    texts: tuple[TextBox, ...]
    notices: tuple[Notice, ...]


def read_contents(blocks: Sequence[Block], context: BoxContext, ledger: Ledger) -> Contents:
    """Read a box whole."""
    return _Reader(blocks, context, ledger).read()


class _Reader:
    def __init__(self, blocks: Sequence[Block], context: BoxContext, ledger: Ledger) -> None:
        self.blocks = one_line_each(blocks)
        self.context, self.ledger = context, ledger
        self.state = BoxState(
            context.place.section,
            context.default_measure,
            item=context.place.item,
            terms=TermWords.of(context.place.term_words),
            year=context.year,
            year_source=context.year_source,
        )
        self.governed: list[Governed] = []
        self.texts: list[TextBox] = []
        self.notices: list[Notice] = []
        self.columns: tuple[Column, ...] = ()
        self.over = WordsOver(context.default_measure, context.measure_source)
        self.shared = TablesBelow()

    def read(self) -> Contents:
        for at, block in enumerate(self.blocks):
            if isinstance(block, Grid):
                self._take_table(block, at)
                continue
            before = self.state.said
            self._take_lines(block, at)
            self.over.credit(before, self.state.said, (block,))
        self._end_prose()
        entries, notices = assign_notes(self.shared.settled(self.governed))
        return Contents(entries, tuple(self.texts), (*self.notices, *notices))

    # -- tables ----------------------------------------------------------------------------------

    def _take_table(self, grid: Grid, at: int) -> None:
        before, above = self.state.said, self.state.prose[::-1]
        self._take_table_title()
        self.over.credit(before, self.state.said, above)
        self._end_prose()
        self.state.before_head = None
        reading = read_table(grid, self._table_context(grid), self.ledger)
        self.columns = reading.columns
        if any(map(self._is_named_above, reading.entries)):
            self.state.named = self.state.item, self.state.heading
        self.notices.extend(reading.notices)
        entries = self.shared.own(self._below(reading), self.context.first_year)
        self.texts.extend(self._with_items(reading.texts))
        self.governed.append(Governed(at, entries, reading.columns, None))

    def _is_named_above(self, entry: Entry) -> bool:
        """Has the row no name of its own, or only 利用者数, and the item or the heading is what it counts?"""
        return not entry.labels or entry.place.item != self.state.item

    def _take_table_title(self) -> None:
        """Outside the forms, a short line right over a table is its title and may tell its year, its
        unit and its measure: 別表 サービスの利用状況（令和５年度・人/月）."""
        if not self.context.is_loose or not self.state.prose:
            return
        block = self.state.prose[-1]
        text = "" if isinstance(block, Grid) else joined(block.lines)
        if not text or len(drop_blanks(text)) > 60 or "。" in text or isinstance(block, Grid):
            self.state.take_title_over_sentences()
            self.state.heading = named_for_places(text) or self.state.heading
            return
        if says_stories(text) or holds_quantity(text) or holds_figure_of_table(text):
            return
        if is_row_of_figures(text):
            return
        self.state.prose.pop()
        self.ledger.claim(block.lines, Fate.LABEL, "title of the table")
        self.state.heading = self.state.name_over(text)
        self.state.title_measure = measure_in(text) or self.state.measure_over(text)
        if len(named_years(text)) == 1:
            self._take_heading_year(text, block.lines)
        self.state.units = units_in(text) or unit_in_brackets(text) or self.state.units

    def _table_context(self, grid: Grid) -> TableContext:
        is_series = grid.origin == FIGURE_ROWS and self.state.is_past
        return TableContext(
            place=self._place(),
            heading=self.state.heading,
            default_measure=self.state.title_measure
            or self.state.measure
            or (Role.ACTUAL if is_series else None),
            is_of_title=self.state.adds_nothing_to(self.context.default_measure),
            over=self.over.of(self.state.said),
            year=self.state.year,
            year_source=self.state.year_source,
            units=self.state.units,
            years=self.context.years,
            reported=self.context.reported,
            aimed=self.context.aimed,
            may_name_goals=self.context.is_loose,
            has_named=self.state.has_named,
            columns=self.columns,
        )

    def _below(self, reading: TableReading) -> Below:
        """A table's figures with the words that they stand below."""
        state, said = self.state, self.state.year_source
        return Below(
            self._with_sections(reading),
            (self._place(), state.measure, state.title_measure),
            state.heading,
            state.year.year if state.year and said and said.source == "caption" else None,
            self.state.adds_nothing_to(self.context.default_measure),
        )

    def _place(self) -> Place:
        state, around = self.state, self.context.place
        goal = None if state.has_left_goal else around.goal
        terms = state.terms.words
        return Place(goal, around.heading, state.section, state.item, state.caption, terms)

    def _with_sections(self, reading: TableReading) -> tuple[Entry, ...]:
        """A table outside any box is of the section that its own measures name."""
        if not self.context.is_loose or self.context.place.section == "summary":
            return reading.entries
        section = section_of_measures({e.measure for e in reading.entries}, self.state.section)
        return tuple(replace(e, place=replace(e.place, section=section)) for e in reading.entries)

    def _with_items(self, texts: Sequence[TextBox]) -> list[TextBox]:
        return [
            replace(text, year=text.year or year, item=self._text_item(text))
            for text in texts
            for year in [self.state.year if text.section == "rationale" else None]
        ]

    def _text_item(self, text: TextBox) -> str | None:
        if text.section == "activity" and text.item is not None and self.state.item is None:
            head = read_head(text.item, self.context.years)
            return None if head.says_something else text.item
        return self.state.item

    # -- lines -----------------------------------------------------------------------------------

    def _take_lines(self, block: Block, at: int) -> None:
        assert not isinstance(block, Grid)
        text = joined(block.lines)
        self.state.see(text, block)
        if self._take_caption(text, block.lines, at):
            return
        if (is_legend(text) and len(text) <= _LONGEST_NOTE) or is_spoken_legend(text):
            self._take_note(text, block.lines, at)
        elif (legend := legend_in_heading(text)) is not None:
            self._end_prose()
            self._take_note(legend, block.lines, at, is_over=True)
            self._take_measure_words(text)
            self.state.units = units_in(legend) or self.state.units
        elif self._take_head(text, block.lines) or self._take_forecast(text, block.lines, at):
            return
        elif self._follows_note(at):
            self.state.note_at = at
            self.ledger.claim(block.lines, Fate.LABEL, "note")
        elif self._is_item(block, text):
            self._take_item(text, block.lines)
        elif self.context.is_loose and names_table_below(text, self.blocks[at + 1 :]):
            self._end_prose()
            self.ledger.claim(block.lines, Fate.LABEL, "heading")
            self.state.item, self.state.item_number, self.state.heading = None, None, text
        elif isinstance(block, Heading) or heads_section(text) or heads_part(text):
            self._end_prose()
            if not isinstance(block, Heading) and self.context.is_loose:
                self.state.has_left_goal, self.state.measure = True, self.context.default_measure
            self._take_measure_words(text)
            self._take_heading_year(text, block.lines)
            self.ledger.claim(block.lines, Fate.LABEL, "heading")
            self.state.item, self.state.item_number = None, None
            self.state.heading = text
            level = block.level if isinstance(block, Heading) else 1
            self.state.take_heading_units(text, level)
        else:
            self.state.units = unit_of_sentence(text) or self.state.units
            self.state.prose.append(block)
            self.state.see_column(text)

    def _take_caption(self, text: str, lines: Sequence[Line], at: int) -> bool:
        caption = CAPTION.fullmatch(text)
        if caption is None:
            return False
        self._end_prose()
        self.state.title_measure = self.state.before_head = None
        if ends_in_quantity(caption["words"]):
            self._report_unread(lines[0])
        self.ledger.claim(lines, Fate.LABEL, "caption")
        if caption["legend"] is not None:
            self._take_note(caption["legend"], lines, at, is_over=True)
        if find_caption(caption["words"]) == "subset":
            return True
        state = self.state
        state.is_review = find_role(caption["words"]) in REVIEWS
        state.years_over = YearsOver()
        state.units = units_in(text)
        if self._numbering_goes_on(at):
            state.outer = (state.section, state.measure)
        else:
            state.item, state.item_number, state.outer = self.context.place.item, None, None
            state.heading = None
        state.caption = caption["words"]
        kind = state.kind_of_caption()
        role = find_role(state.caption)
        if role in MEASURES and self.context.is_loose:
            state.measure = role
        elif kind in CAPTION_SECTIONS:
            state.section, state.measure = CAPTION_SECTIONS[kind]
            if self.context.place.section == "summary":
                state.section = "summary"
            self._take_caption_year(lines)
        return True

    def _take_caption_year(self, lines: Sequence[Line]) -> None:
        years = search_fiscal_years(self.state.caption or "")
        if len({year.year for year in years}) == 1 and years[0].last is None:
            self.state.year = years[0]
            self.state.year_source = said_by("year", "caption", lines)
        else:
            self.state.year, self.state.year_source = self.context.year, self.context.year_source

    def _numbering_goes_on(self, at: int) -> bool:
        """A caption between point ② and point ③ belongs to point ②."""
        if self.state.item_number is None:
            return False
        for block in self.blocks[at + 1 :]:
            if isinstance(block, Grid):
                continue
            mark = split_marks(joined(block.lines))
            if mark.number is not None:
                return mark.number > self.state.item_number
        return False

    def _take_note(
        self, text: str, lines: Sequence[Line], at: int, *, is_over: bool = False
    ) -> None:
        self.ledger.claim(lines, Fate.LABEL, "note")
        note = Note(text, cover([line.span for line in lines]), is_over)
        self.state.note_at = at
        self.governed.append(Governed(at, (), (), note))

    def _follows_note(self, at: int) -> bool:
        """A line right below a note at the end of the box goes on with the note."""
        last = self.governed[-1].note if at and self.governed else None
        line = self.blocks[at]
        if last is None or last.is_over or at - 1 != self.state.note_at or isinstance(line, Grid):
            return False
        is_listed = any(is_of_list(each.text) for each in line.lines)
        return not (is_listed or any(isinstance(block, Grid) for block in self.blocks[at:]))

    def _take_head(self, text: str, lines: Sequence[Line]) -> bool:
        """A bare year, unit or head word over a table: 令和3年度, (単位：人)."""
        if len(text) > 40 or is_sentence(text):
            return False
        if UNIT_LINE.match(text) and (units := units_in(text)):
            self.ledger.claim(lines, Fate.LABEL, "unit")
            self.state.units = units
            return True
        head = read_head(text, self.context.years)
        if text.strip().isdecimal() or not (head.says_something or find_box(text) is not None):
            return False  # a page's number is no year, whatever the plan's years are
        self._end_prose()
        self.ledger.claim(lines, Fate.LABEL, "head")
        self.state.remember()
        self._apply_head(head, text, lines)
        if head.role is Role.LABEL and split_marks(text).number is not None:
            self._take_measure_words(text)
            self.state.item, self.state.item_number = self.context.place.item, None
        return True

    def _take_forecast(self, text: str, lines: Sequence[Line], at: int) -> bool:
        """…の必要な量の見込み(1か月当たり) right over a table that says no more of its measure."""
        words = "" if ends_in_quantity(text) else CLOSING_BRACKET.sub("", text)
        over_table = table_follows(self.blocks[at + 1 :])
        if len(text) > 60 or not over_table or "実績" in words or "見込" not in words:
            return False
        if find_caption(words) != "activity" or is_sentence(text) or measure_in(words) is Role.RATE:
            return False
        self._end_prose()
        self.ledger.claim(lines, Fate.LABEL, "heading of a forecast")
        self.state.measure, self.state.title_measure = Role.PROJECTED, None
        self.state.heading = text
        self.state.units = units_in(text) or self.state.units
        if named_years(text):
            self._take_heading_year(text, lines)
        return True

    def _apply_head(self, head: Head, text: str, lines: Sequence[Line]) -> None:
        if head.unit is not None:
            self.state.units = (head.unit,)
        if head.year is not None and not self.state.is_review and not is_bare_date(text):
            self.state.year = head.year
            self.state.year_source = said_by("year", "heading", lines)
        if head.role in MEASURES:
            self.state.measure, self.state.title_measure = head.role, None
        elif head.role is Role.PLAN_DO and self.context.is_loose:
            self.state.measure = self.state.title_measure = None

    def _is_item(self, block: Block, text: str) -> bool:
        """A numbered heading: a mark, a few words, no sentence."""
        if len(text) > _LONGEST_ITEM or "。" in text:
            return False
        if isinstance(block, Prose) and block.is_item:
            return False
        if find_unit(split_marks(text).body) is not None and is_value_like(text):
            return False  # 44 人: a figure
        return split_marks(text).number is not None and bool(clean_label(text))

    def _take_item(self, text: str, lines: Sequence[Line]) -> None:
        self._end_prose()
        is_row = is_row_of_figures(text) or holds_figure_of_table(clean_label(text))
        is_row = is_row or are_cells_apart(text)
        if is_row:
            self._report_unread(lines[0])
        self.ledger.claim(lines, Fate.LABEL, "numbered heading")
        for line in (each for each in lines if holds_figure_of_table(each.text)):
            self._report_unread(line)
        if self.state.outer is not None:
            self.state.section, self.state.measure = self.state.outer
            self.state.outer, self.state.caption = None, None
        self._take_measure_words(text)
        self._take_heading_year(text, lines, is_numbered=True)
        name, self.state.units = name_and_unit(text)
        self.state.item = None if is_row else name
        self.state.item_number = split_marks(text).number
        self.state.heading = None

    def _take_measure_words(self, text: str) -> None:
        """A heading outside the forms may say what the figures under it are (…の見込量)."""
        self.state.title_measure = self.state.before_head = None
        if self.context.is_loose:
            self.state.take_measure_words(text, may_foresee=self.context.default_measure is None)

    def _take_heading_year(
        self, text: str, lines: Sequence[Line], *, is_numbered: bool = False
    ) -> None:
        """A heading outside the forms that names one year is the year of the tables under it."""
        if self.context.is_loose:
            around = (self.context.year, self.context.year_source)
            self.state.take_heading_year(text, lines, around, is_numbered=is_numbered)

    def _pass_over(self, lines: Sequence[Line]) -> None:
        """Text around the sheets; figures among it are reported, not passed over."""
        for line in lines:
            if holds_figure_of_table(line.text):
                self.ledger.claim([line], Fate.FINDING, "unread_figures")
                self._report_unread(line)
            elif holds_quantity(line.text) or is_status(line.text):
                detail = f"「{line.text[:80]}」 stands outside the sheets and is not published"
                self.notices.append(Notice("figures_in_prose", "info", detail, line.span))
        self.ledger.claim(lines, Fate.IGNORED, "text outside the sheets")

    def _report_unread(self, line: Line) -> None:
        detail = f"figures in 「{line.text[:80]}」 were not read: no table was recognised"
        self.notices.append(Notice("unread_figures", "warning", detail, line.span))

    def _end_prose(self) -> None:
        blocks, self.state.prose = tuple(self.state.prose), []
        if not blocks:
            return
        lines = [line for block in blocks if not isinstance(block, Grid) for line in block.lines]
        if (alone := figures_alone(lines)) is not None:
            self._report_unread(alone)
        if self.context.prose_section is None:
            self._pass_over(lines)
            return
        for line in lines:
            if is_row_of_figures(line.text):
                self._report_unread(line)
        self.ledger.claim(lines, Fate.PROSE, "prose")
        section = self.state.section_of_prose(self.context.prose_section)
        year = self.state.year if section == "target" else self.context.year
        self.texts.append(
            TextBox(
                place=self._place(),
                section=section,
                blocks=blocks,
                span=cover([line.span for line in lines]),
                year=year,
                item=self.state.item,
            )
        )
