"""Entry and TextBox: one cell in context, still as printed strings.

An Entry is a cell that holds a figure, a mark or a status word, with everything on the page that
says what it is: the labels of its row, the year and the measure and which words gave them, its
printed unit, the notes that govern it. A TextBox is a cell or a run of lines that holds prose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from keikaku.extractors.document import Block, Line, Span
from keikaku.extractors.heads import Role
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.values import Standing


class Evidence(NamedTuple):
    """Which words at which place gave an entry its year, measure, unit, label or note."""

    what: str
    source: str
    quote: str
    span: Span

    @property
    def is_over_table(self) -> bool:
        """Words over a table or a box: they speak of all figures below them, and not of this one alone. Nor do
        heads that say it only together, or a label that says what is counted."""
        return self.source in _OVER_TABLE


_OVER_TABLE = frozenset(
    ("heading", "caption", "title", "head of the box", "all heads", "what is counted")
)


class GoalHead(NamedTuple):
    """The goal as printed: 成果目標 | 1 施設入所者の地域生活への移行. A tuple: the frame of every figure is looked up
    by its goal."""

    number: int | None
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its sheet something stands. `heading` is the nearest heading that names a plan."""

    goal: GoalHead | None
    heading: str | None
    section: str
    item: str | None = None
    caption: str | None = None
    term_words: str | None = None
    """A heading that names a term of the plan without its name: 第６期計画の実績."""


@dataclass(frozen=True, slots=True)
class Label:
    """One row label, outermost first in a path; `lines` as printed, joined in `text`."""

    text: str
    lines: tuple[str, ...]
    span: Span
    is_place: bool = False
    """Does it stand in a column of places (圏域), whatever it is called?"""


@dataclass(frozen=True, slots=True)
class Note:
    """A legend or footnote: ※[ ]内は…の内数, *各年度3月末時点."""

    text: str
    span: Span
    is_over: bool = False
    """Is it printed in the heading of what it governs?"""


@dataclass(frozen=True, slots=True)
class BracketMeaning:
    """Year, measure and series of the figure in a cell's brackets, and which brackets are meant; no
    measure where the legend says something that is not understood."""

    standing: Standing
    year: int | None
    measure: Role | None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with a figure, a mark or a status word, in context."""

    place: Place
    text: str
    """What is to be read: the cell's words, a year printed with the figure left out."""
    span: Span
    raw: str = ""
    """The cell's words exactly as printed."""
    labels: tuple[Label, ...] = ()
    series: str | None = None
    measure: Role | None = None
    year: FiscalYear | None = None
    units: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    bracket: BracketMeaning | None = None
    """What a second figure in brackets is, where a legend of the document says so."""
    struck: bool = False
    missing: bool = False
    pending: bool = False
    """未 in the column of a year of which nothing is reported yet."""
    certainty: str = "printed"
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def measure_beside(self) -> Evidence | None:
        """The head or label beside the figure that says its measure; None where only words over the table do."""
        return next((e for e in self.evidence if e.what == "measure" and not e.is_over_table), None)


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box of prose: its blocks as printed, and what it is about. `section` as published."""

    place: Place
    section: str
    blocks: tuple[Block, ...]
    span: Span
    year: FiscalYear | None = None
    item: str | None = None
    struck: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the box."""
        return tuple(
            line for block in self.blocks if hasattr(block, "lines") for line in block.lines
        )
