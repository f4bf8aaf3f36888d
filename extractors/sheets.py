"""From a Document to Sheets: whose goal, which plan, which box each block belongs to.

A sheet comes as a ruled form (one or more grids), as bare lines in which the form's heads stand
(成果目標 １ …, 目標値, 主な内容, 区分 評価(C) …, 令和3年度), or loosely: headings that name a goal
with tables under them, as in a summary of results or a report. All three are gathered into the same
Sheets, so that everything after this stage reads boxes and does not know what drew them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex
from keikaku.extractors.document import Block, Document, Grid, Heading, Line, Notice, Prose, Span
from keikaku.extractors.entries import Evidence, GoalHead
from keikaku.extractors.forms import Box, is_form, unfold
from keikaku.extractors.goal_ends import GoalEnds, heads_class_beside
from keikaku.extractors.goal_sections import GoalSections
from keikaku.extractors.goals import (
    as_printed_heading,
    find_goal_head,
    goal_below,
    goal_in_lines,
    goal_of_form,
    goes_on_behind,
    names_goal,
    national_goal,
    same_goal,
)
from keikaku.extractors.headings import (
    UNIT_LINE,
    head_towards,
    heads_part,
    heads_part_of_plan,
    heads_section,
)
from keikaku.extractors.heads import REVIEWS, Role, find_box, find_role, read_head
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.lines.head_lines import read_head_line
from keikaku.extractors.loose_goals import LooseGoals
from keikaku.extractors.paper_titles import (
    ends_as_paper,
    is_number_of_paper,
    is_page_number,
    is_title_of_paper,
    stands_among_figures,
)
from keikaku.extractors.paragraphs import cover, span_of
from keikaku.extractors.term_words import TermWords
from keikaku.extractors.words import joined
from keikaku.extractors.words_over import said_by
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.folding import fold
from keikaku.normalizers.goals import find_goal
from keikaku.normalizers.labels import clean_label, split_marks
from keikaku.normalizers.plan_terms import find_plan_terms, name_other_periods, name_other_plans

_ANNEX = regex.compile(
    r"[【(（]?(?:別(?:表|紙|添)[ 　]*[0-9０-９]{0,2}|(?:参考)?資料[ 　]*[0-9０-９]{1,2}(?=[ 　]+[^0-9０-９ 　])|第[0-9０-９一二三四五六七八九十]{1,2}[部編章](?=[ 　:：]))[】)）]?[ 　:：]*"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One goal's sheet. `heading` is the nearest title that names a plan; `is_form` as against a
    loose run of headings and tables."""

    goal: GoalHead | None
    heading: str | None
    is_form: bool
    boxes: tuple[Box, ...]
    title: str | None = None
    """The nearest heading over the sheet, whether it names a plan or not."""
    term_words: str | None = None
    """The heading over the sheet that names a term of the plan without its name."""
    part: str | None = None
    """The title of the part of the paper that it stands in (第５章　サービスの必要な量の見込み)."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets of a document, its title lines, and what was doubtful."""

    sheets: tuple[Sheet, ...]
    titles: tuple[Line, ...]
    notices: tuple[Notice, ...]


def gather_sheets(document: Document, ledger: Ledger) -> Sheets:
    """All sheets of a document in reading order."""
    builder = _Builder(ledger, document.blocks)
    for number, block in enumerate(document.blocks):
        builder.take(block, document.blocks[number + 1 : number + 3])
    return builder.finish()


@dataclass(slots=True)
class _OpenBox:
    kind: str
    blocks: list[Block] = field(default_factory=list)
    role: Role | None = None
    year: FiscalYear | None = None
    head: Evidence | None = None

    def ends_at(self, block: Block) -> bool:
        """A review in lines goes on to the next table or heading."""
        return self.kind == "review_text" and not isinstance(block, Prose)


@dataclass(slots=True)
class _OpenSheet:
    goal: GoalHead | None
    heading: str | None
    is_form: bool
    title: str | None = None
    boxes: list[Box] = field(default_factory=list)
    term_words: str | None = None
    level: int | None = None
    """Level of the heading that names the goal, where one does."""
    part: str | None = None


class _Builder:
    def __init__(self, ledger: Ledger, blocks: Sequence[Block]) -> None:
        self.ledger = ledger
        self.sheets: list[_OpenSheet] = []
        self.box: _OpenBox | None = None
        self.heading: str | None = None
        self.title: str | None = None
        self.terms = TermWords()
        self.part: str | None = None
        self.level_above: int | None = None
        self.goals = LooseGoals(blocks)
        self.sections = GoalSections()
        self.ends = GoalEnds(blocks)
        self.titles: list[Line] = []
        self.notices: list[Notice] = []
        self.review: Role | None = None
        self.review_year: FiscalYear | None = None

    def _new(self, goal: GoalHead | None, *, is_form: bool = False) -> None:
        words = self.terms.words
        self.sheets.append(
            _OpenSheet(goal, self.heading, is_form, self.title, term_words=words, part=self.part)
        )

    def finish(self) -> Sheets:
        self._end_box()
        sheets = tuple(
            Sheet(s.goal, s.heading, s.is_form, tuple(s.boxes), s.title, s.term_words, s.part)
            for s in self.sheets
        )
        return Sheets(sheets, tuple(self.titles), tuple(self.notices))

    def take(self, block: Block, following: Sequence[Block]) -> None:
        if isinstance(block, Grid):
            self._take_grid(block)
            return
        self._see_part(block.lines)
        if isinstance(block, Heading):
            self._take_heading(block, following)
        else:
            self._take_prose(block, following)

    def _see_part(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if heads_part(line.text) or heads_section(line.text):
                self.part = line.text

    # -- grids -----------------------------------------------------------------------------------

    def _take_grid(self, grid: Grid) -> None:
        if not is_form(grid):
            self._push(grid)
            return
        self._end_box()
        for part in unfold(grid, self.ledger):
            if part.goal is not None:
                self._open_form(part.goal)
            elif not self.sheets:
                self._new(None, is_form=True)
            self.sheets[-1].boxes.extend(part.boxes)

    def _open_form(self, goal: GoalHead) -> None:
        """A form that repeats the goal of the sheet under way goes on with it."""
        if self.sheets and self.sheets[-1].is_form and same_goal(self.sheets[-1].goal, goal):
            return
        self._new(goal, is_form=True)

    # -- lines -----------------------------------------------------------------------------------

    def _take_heading(self, heading: Heading, following: Sequence[Block]) -> None:
        text = joined(heading.lines)
        if self._take_plan_title(text, heading.lines):
            return
        self.level_above = heading.level
        self.terms = self.terms.below(text, heading.level)
        goal = self.goals.find(text, heading.lines)
        if goal is not None:
            self._start_loose(goal, heading.lines, heading.level)
        elif self._leaves_goal(heading):
            self._end_box()
            self._new(None)
            self._push(heading)
        elif self._heads_table(following) or (self.sheets and not self.sheets[-1].is_form):
            self._push(heading)
        else:
            self.title = text
            self.ledger.claim(heading.lines, Fate.LABEL, "heading")
            self.titles.extend(heading.lines if not self.sheets else ())

    def _leaves_goal(self, heading: Heading) -> bool:
        """サービスの利用量 above the level of the goals' headings, or 地域生活支援事業 on it: what stands under it is
        of none of them."""
        level = self.sheets[-1].level if self.sheets else None
        if level is None or heading.level > level:
            return False
        text = joined(heading.lines)
        is_next = goes_on_behind(text, self.sheets[-1].goal, self.goals.style)
        return heading.level < level or is_next or heads_part_of_plan(split_marks(text).body)

    def _heads_table(self, following: Sequence[Block]) -> bool:
        """Does a heading below the title stand right over the first table of all, or over its caption?"""
        has_title = self.title is not None or self.heading is not None
        rest = following[1:] if following and _may_be_caption(following[0]) else following
        return has_title and not self.sheets and isinstance(next(iter(rest), None), Grid)

    def _take_plan_title(self, text: str, lines: Sequence[Line]) -> bool:
        """A line that names a plan and its term, and is no sentence: the sheets below are of it."""
        if len(text) > 80 or "。" in text:
            return False
        if not find_plan_terms(text):
            return self._take_first_title(text, lines)
        if split_marks(text).number is not None and find_goal(split_marks(text).body) is not None:
            return False
        self._end_box()
        is_other = bool(self.sheets) and name_other_periods(self.sheets[-1].heading, text)
        self.heading, self.title, self.terms = text, text, TermWords()
        if is_other and not self._in_form() and self.sheets[-1].goal is None:
            self._new(None)
        self.sections.see(text, in_goal=False)
        self.titles.extend(lines)
        self.ledger.claim(lines, Fate.LABEL, "title naming a plan")
        return True

    def _take_first_title(self, text: str, lines: Sequence[Line]) -> bool:
        """A title at the top of the document that names its plan without a term and says what its
        figures are: 障害福祉計画の進捗（令和３～５年度）."""
        if self.sheets or self.title is not None or not is_title_of_paper(text):
            return False
        self.title = text
        self.titles.extend(lines)
        self.ledger.claim(lines, Fate.LABEL, "title")
        return True

    def _start_loose(self, goal: GoalHead, lines: Sequence[Line], level: int | None = None) -> None:
        """A goal outside the forms; one in a line without a level is one level below the heading over it."""
        self._end_box()
        self.ledger.claim(lines, Fate.LABEL, "goal")
        self.ends.open_goal()
        self._new(goal)
        self.sheets[-1].level = level or (self.level_above and self.level_above + 1)
        self.review = None

    def _take_prose(self, prose: Prose, following: Sequence[Block]) -> None:
        if len(prose.lines) > 1 and self._take_title_over_goal(prose.lines):
            prose = Prose(prose.lines[1:])
        text = joined(prose.lines)
        if self._take_group(text, prose, following):
            return
        if prose.is_item or prose.is_paragraph:
            if not self._take_paragraph(text, prose.lines):
                self._push(prose)
            return
        at = 0
        while at < len(prose.lines):
            taken = self._take_goal_lines(prose.lines[at:]) or self._take_goal_below(
                prose.lines[at : at + 5]
            )
            if not taken and self._take_line(prose.lines[at]):
                taken = 1
            if not taken:
                self._push(Prose((prose.lines[at],)))
            at += taken or 1

    def _take_title_over_goal(self, lines: tuple[Line, ...]) -> bool:
        """A title naming a plan, a goal's heading right below it: two heads, not one over two lines."""
        below = find_goal_head(lines[1].text, lines[1].span)
        return below is not None and self._take_plan_title(lines[0].text, lines[:1])

    def _take_paragraph(self, text: str, lines: tuple[Line, ...]) -> bool:
        """A whole paragraph of the source that names a goal."""
        if len(lines) > 3 or self._take_goal_lines(lines):
            return len(lines) <= 3
        goal = self.goals.find(text, lines) if not self._in_form() else None
        if goal is not None:
            self._start_loose(goal, lines)
        return goal is not None

    def _take_group(self, text: str, prose: Prose, following: Sequence[Block]) -> bool:
        """A whole group of lines that is one head: a stacked label, a title over two lines."""
        lines = prose.lines
        if is_number_of_paper(text):
            self.ledger.claim(lines, Fate.IGNORED, "number of the paper")
            return True
        if len(lines) == 1 and is_page_number(text) and not stands_among_figures(following):
            self.ledger.claim(lines, Fate.IGNORED, "page number")
            return True
        if find_role(text) is Role.PLAN_DO and self._in_form():
            self.ledger.claim(lines, Fate.LABEL, "計画(P) 実施(D)")
            return True
        if len(lines) <= 2 and self._take_plan_title(text, lines):
            return True
        return bool(self._in_form() and len(text) <= 30 and self._take_box_head(text, lines))

    def _in_form(self) -> bool:
        return bool(self.sheets) and self.sheets[-1].is_form

    def _take_goal_lines(self, lines: Sequence[Line]) -> int:
        """成果目標 １ … as bare lines; how many lines it takes."""
        found = goal_in_lines(lines) or (goal_of_form(lines[0]) if self._in_form() else None)
        if found is None:
            return 0
        goal, count = found
        self._end_box()
        self.ledger.claim(lines[:count], Fate.LABEL, "goal")
        self._open_form(goal)
        self.review = None
        return count

    def _take_goal_below(self, lines: Sequence[Line]) -> int:
        """成果目標４, or 成果目標 over ７, alone on its line, the words of the national goal below it."""
        below = goal_below(lines) if not self._in_form() else None
        if below is None:
            return 0
        goal = self.goals.find(below.text, lines[: below.line_count], is_said=below.is_said)
        if goal is None:
            return 0
        self._start_loose(goal, lines[: below.line_count])
        return below.line_count

    def _take_box_head(self, text: str, lines: Sequence[Line]) -> bool:
        kind = find_box(text)
        if kind is None or fold(text).startswith("【"):
            return False
        self.ledger.claim(lines, Fate.LABEL, "head of a box")
        if self.box is not None and self.box.kind == kind:
            return True
        self._end_box()
        self.box = _OpenBox(kind, head=said_by("measure", "head of the box", lines))
        self.review = None
        return True

    def _take_line(self, line: Line) -> bool:
        text = as_printed_heading(line.text)
        if len(text) > 60 or "。" in text:
            return False
        if self._take_review_head(line):
            return True
        if heads_part(text) or heads_section(text):
            self.terms = self.terms.below(text)
        if is_number_of_paper(text):
            self.ledger.claim([line], Fate.IGNORED, "number of the paper")
            return True
        if self.review is not None and not self._ends_review(line):
            self.sections.see(text, in_goal=True)
            return self._take_review_year(line)
        if self._is_first_title(text) or self._heads_other_plan(text):
            return self._take_plan_title(text, [line])
        if _ANNEX.match(text):
            self._start_annex(line)
            return False
        goal = self.goals.find(text, [line]) if not self._in_form() else None
        if goal is not None:
            self._start_loose(goal, [line])
            return True
        self._see_section(line)
        return False

    def _see_section(self, line: Line) -> None:
        """２　サービスの利用状況 behind the goals of １　成果目標: what stands below is of no goal any more."""
        has_goal = bool(self.sheets) and self.sheets[-1].goal is not None
        in_goal = has_goal or self.review is not None
        ends = in_goal and not self._in_form() and self._ends_goals(line)
        if ends:
            self._start_annex(line)
        elif in_goal:
            self.ends.see(line.text)
        self.sections.see(line.text, in_goal=in_goal and not ends)

    def _ends_goals(self, line: Line) -> bool:
        """Does a line count on from the headings over the goals, or head services?"""
        goal, style = self.sheets[-1].goal if self.sheets else None, self.goals.style
        is_end = self.sections.is_next(line.text) or self.ends.is_end(line, goal, style)
        return is_end or heads_class_beside(line.text, goal, style)

    def _is_first_title(self, text: str) -> bool:
        """A line among others at the top of the document that is the title of a plan's paper."""
        is_top = not self.sheets and self.heading is None
        return is_top and bool(find_plan_terms(text)) and ends_as_paper(text)

    def _heads_other_plan(self, text: str) -> bool:
        """１ 第６期計画の成果目標 in a paper on the seventh: a numbered heading that names another term."""
        is_numbered = not self._in_form() and split_marks(text).number is not None
        return is_numbered and name_other_periods(self.heading, text)

    def _ends_review(self, line: Line) -> bool:
        """成果目標4 …, named as such or numbered as the goal before it, ends that one's words, as １ … does below the
        title of another plan; so does the next heading of those over the goals, and that of a part: 第２部 …."""
        text, here = line.text, self.sheets[-1].goal if self.sheets else None
        if self._in_form() or heads_part(text) or names_goal(text) or self._ends_goals(line):
            return not self._in_form()
        goal = self.goals.find(text, [line])
        if goal is None or here is None or (goal.number or 0) > (here.number or 99):
            return goal is not None and here is not None
        return name_other_plans(self.sheets[-1].heading, self.heading)

    def _start_annex(self, line: Line) -> None:
        """別表 …, 第2部 …: what stands after the goals' own pages; its title may name another."""
        self._end_box()
        title = split_marks(_ANNEX.sub("", line.text, count=1)).body
        goal = GoalHead(None, title, line.span) if national_goal(clean_label(title)) else None
        self._new(goal)
        self.review = None

    def _take_review_head(self, line: Line) -> bool:
        heads = read_head_line(line)
        roles = [head.role for head in heads]
        reviews = [role for role in roles if role in REVIEWS]
        if not heads and self.review is not None:
            return self._take_next_year_head(line)
        if not reviews or not self.sheets:
            return False
        if len(reviews) > 1:
            detail = f"the columns of 「{line.text}」 are printed into each other"
            self.notices.append(Notice("mixed_columns", "warning", detail, line.span))
        self._end_box()
        self.ledger.claim([line], Fate.LABEL, "head of the review")
        self.review = reviews[0] if len(reviews) == 1 else Role.EVALUATION_IMPROVEMENT
        years = [head.year for head in heads if head.year is not None]
        if years:
            self.review_year = years[0] if len(years) == 1 else None
        if len(years) == len(reviews) == 1:
            self.box = _OpenBox("review_text", [], self.review, years[0])
        return True

    def _take_next_year_head(self, line: Line) -> bool:
        """改善　令和7年度に向けて: what follows from the year reviewed right above."""
        if (role := find_role(head_towards(line.text) or "")) not in REVIEWS:
            return False
        year = self.box.year if self.box is not None else None
        self._end_box()
        self.ledger.claim([line], Fate.LABEL, "head of the review")
        self.review = role
        if year is not None:
            self.box = _OpenBox("review_text", [], role, year)
        return True

    def _take_review_year(self, line: Line) -> bool:
        head = read_head(line.text)
        if head.year is None or head.role is not None:
            return False
        self._end_box()
        self.ledger.claim([line], Fate.LABEL, "year of the review")
        self.box = _OpenBox("review_text", [], self.review, head.year)
        return True

    # -- boxes -----------------------------------------------------------------------------------

    def _push(self, block: Block) -> None:
        if self.box is not None and self.box.ends_at(block):
            self._end_box()
            self.review = None
        if self.box is None:
            if not self.sheets or (isinstance(block, Grid) and self._has_boxes(self.sheets[-1])):
                self._new(None)
            if self.review is not None and not isinstance(block, Grid):
                self.box = _OpenBox("review_text", [], self.review, self.review_year)
            else:
                self.box = _OpenBox("loose")
        self.box.blocks.append(block)

    def _has_boxes(self, sheet: _OpenSheet) -> bool:
        """A form whose boxes are read; a table behind them is none of its own."""
        return sheet.is_form and any(box.kind != "loose" for box in sheet.boxes)

    def _end_box(self) -> None:
        box, self.box = self.box, None
        if box is None or not (box.blocks or box.kind == "review_text"):
            return
        span = cover(list(map(span_of, box.blocks))) if box.blocks else Span()
        self.sheets[-1].boxes.append(
            Box(box.kind, tuple(box.blocks), span, box.role, box.year, box.head)
        )


def _may_be_caption(block: Block) -> bool:
    """（単位：人／月） between a heading and its table."""
    return not isinstance(block, Grid) and UNIT_LINE.match(joined(block.lines)) is not None
