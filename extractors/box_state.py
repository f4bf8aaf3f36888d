"""What the captions, headings and lines of a box, read so far, say of the tables and words below them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

import regex
from keikaku.extractors.document import Block, Grid, Heading, Line
from keikaku.extractors.entries import Evidence
from keikaku.extractors.headings import named_for_places, named_years, units_in
from keikaku.extractors.heads import Role, find_caption, find_role, is_order, measure_in
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.term_words import TermWords
from keikaku.extractors.words import heads_past, is_quantity, joined
from keikaku.extractors.words_over import Said
from keikaku.extractors.years_over import Told, YearsOver
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.labels import clean_label

_STATE = regex.compile(r"(?:状況|現状|現況)(?:について)?\Z")
_STATE_OF_USE = regex.compile(r"(?:利用状況|利用実績|実績|実施状況)(?:[(（][^()（）]*[)）])?\Z")
_MOST_SENTENCES, _LONGEST_TITLE = 3, 40
_ANNOUNCES = regex.compile(
    r"[^。]{1,80}(?:(?:次|以下|下記)の(?:とおり|通り|ように)|[次下]の表の?(?:とおり|通り|ように)?|下表の?(?:とおり|通り|ように)?)[^。、]{0,14}。"
)
"""…の見込量を次のとおり設定します。: a sentence that says what the table right below it is of."""
_AIMS = (Role.TARGET, Role.PROJECTED)
"""What figures under 圏域別の状況 need not be, whatever the title above it announces."""
CLOSING_BRACKET = regex.compile(r"[(（][^()（）]*[)）][ 　]*$")
_DIGIT = regex.compile(r"[0-9０-９]")
_ACTIVITY = regex.compile(r"(?:主な)?活動指標(?:等|一覧)?")

CAPTION_SECTIONS: dict[str | None, tuple[str, Role]] = {
    "target": ("target", Role.TARGET),
    "actual": ("actual", Role.ACTUAL),
    "activity": ("activity", Role.PROJECTED),
}
"""What a caption makes of the figures below it: their section and their measure."""


@dataclass(slots=True)
class BoxState:
    """What the lines of a box so far say about what follows."""

    section: str
    measure: Role | None
    title_measure: Role | None = None
    """What the title right over a table says; the next title may say nothing."""
    caption: str | None = None
    item: str | None = None
    item_number: int | None = None
    year: FiscalYear | None = None
    year_source: Evidence | None = None
    years_over: YearsOver = field(default_factory=YearsOver)
    """The years of the numbered headings over a line."""
    units: tuple[str, ...] = ()
    unit_level: int | None = None
    """Level of the heading that gave the units; None where something else did."""
    is_review: bool = False
    """Below a caption such as 【評価(C)】: a year alone is that of the words below it."""
    heading: str | None = None
    """The heading or title right above: the name of a table whose rows have none."""
    has_left_goal: bool = False
    """Below the title of another part of the plan (第２節　サービスの見込量): no more under the goal above it."""
    terms: TermWords = field(default_factory=TermWords)
    """The headings that name a term of the plan without its name: 第６期計画の実績."""
    is_past: bool = False
    """Under a heading such as 現状と課題."""
    outer: tuple[str, Role | None] | None = None
    """Section and measure to go back to when the point that a nested caption belongs to ends."""
    named: tuple[str | None, str | None] | None = None
    """The item and the heading that gave a table without names its name."""
    prose: list[Block] = field(default_factory=list)
    note_at: int = -1
    """Number of the block that is a note, or goes on with one, last."""
    before_head: tuple[Role | None, FiscalYear | None, Evidence | None, tuple[str, ...]] | None = (
        None
    )
    """Measure, year and units as they were before the bare heads right above (令和８年度, 目標)."""

    @property
    def said(self) -> Said:
        """What the lines so far say of the figures below them."""
        return Said(self.title_measure or self.measure, self.units, self.item or self.heading)

    def section_of_prose(self, usual: str) -> str:
        """What the words of the box are: 【目標設定の考え方】 over them says it, or the box."""
        if self.caption is not None and find_role(self.caption) is Role.RATIONALE:
            return "rationale"
        return "target" if self.section == "target" else usual

    def kind_of_caption(self) -> str | None:
        """What the caption announces; 【成果目標の実績】, and among targets 【実績の推移】, is of actuals."""
        kind = find_caption(self.caption or "")
        if kind == "target" or (kind is None and self.measure in (Role.TARGET, None)):
            return "actual" if measure_in(self.caption or "") is Role.ACTUAL else kind
        return kind

    def see(self, text: str, block: Block) -> None:
        """A line that may be a heading over the past, or over a term of the plan, or end what such a one said."""
        past = heads_past(text)
        self.is_past = self.is_past if past is None else past
        self.terms = self.terms.below(text, block.level if isinstance(block, Heading) else None)

    def remember(self) -> None:
        """Bare heads begin: what they say may be of the figures right below them alone."""
        if self.before_head is None:
            self.before_head = (self.measure, self.year, self.year_source, self.units)

    def see_column(self, text: str) -> None:
        """目標, and below it 514人, a line each: the head is that of their column, and of no table behind it."""
        if self.before_head is not None and _DIGIT.search(text) and is_known_value(text):
            self.measure, self.year, self.year_source, self.units = self.before_head
            self.before_head = None

    @property
    def has_named(self) -> bool:
        """Did item and heading name a table without names already?"""
        return self.named == (self.item, self.heading)

    def adds_nothing_to(self, measure: Role | None) -> bool:
        """Does nothing nearer than the titles over the box, which say this, say what the figures are?"""
        bare = self.caption is None and self.title_measure is None
        return bare and self.measure is measure

    def take_measure_words(self, text: str, *, may_foresee: bool) -> None:
        """What a heading says of the figures under it. Indicators of activity are foreseen where the titles
        say nothing else."""
        if (role := measure_in(text)) is not None:
            self.measure = role
        elif may_foresee and _ACTIVITY.fullmatch(clean_label(text)):
            self.measure = Role.PROJECTED
        elif self.measure in _AIMS and _STATE.search(clean_label(text)):
            self.measure = None

    def take_title_over_sentences(self) -> None:
        """障害福祉サービスの利用状況, then ○ … 増加している。, then the table: where nothing nearer says what its figures
        are, the title does, or the sentence right over it (…の見込量を次のとおり設定します。)."""
        if self.measure is not None or self.title_measure is not None:
            return
        texts = ["" if isinstance(b, Grid) else joined(b.lines) for b in reversed(self.prose)]
        if texts and _ANNOUNCES.fullmatch(texts[0]):
            self.title_measure = measure_in(texts[0])
            return
        title = next((text for text in texts[:_MOST_SENTENCES] if "。" not in text), "")
        if 0 < len(title) <= _LONGEST_TITLE and _STATE_OF_USE.search(title) is not None:
            self.title_measure = measure_in(title)

    def name_over(self, title: str) -> str | None:
        """圏域名、見込量、実績の順 names no rows; the sentence over it may: …の圏域別の状況は次のとおりです。"""
        if not is_order(title):
            return title
        above = self.prose[-1] if self.prose else None
        if above is None or isinstance(above, Grid):
            return None
        return named_for_places(joined(above.lines))

    def measure_over(self, text: str) -> Role | None:
        """延べ利用時間（月平均） under 訪問系サービスの利用実績: words that only say what is counted leave it to the
        title over them to say what the figures are."""
        above = self.prose[-1] if self.prose else None
        is_bare = is_quantity(CLOSING_BRACKET.sub("", text))
        if above is None or isinstance(above, Grid) or not is_bare:
            return None
        title = joined(above.lines)
        return measure_in(title) if len(title) <= 60 and "。" not in title else None

    def take_heading_year(
        self, text: str, lines: Sequence[Line], around: Told, *, is_numbered: bool
    ) -> None:
        """The one year that a heading names; below a numbered one it is that of the numbers within as well."""
        years = named_years(text)
        own: Told = (None, None)
        if len(years) == 1:
            evidence = Evidence("year", "heading", text, cover([line.span for line in lines]))
            own = (years[0], evidence)
        if is_numbered:
            own = self.years_over.take(text, own, names_several=len(years) > 1)
        else:
            self.years_over = YearsOver()
        self.year, self.year_source = own if own[0] is not None else around

    def take_heading_units(self, text: str, level: int) -> None:
        """## 表１　利用者数（令和７年度、単位：人）: a unit for the tables below, up to the next such heading."""
        if units := units_in(text):
            self.units, self.unit_level = units, level
        elif self.unit_level is not None and level <= self.unit_level:
            self.units, self.unit_level = (), None


def section_of_measures(measures: Set[Role | None], around: str) -> str:
    """Of which section a table outside any box is, by the measures that it names."""
    if Role.PROJECTED in measures:
        return "activity"
    if Role.ACTUAL in measures:
        return around if around != "target" else "actual"
    return "target" if measures & {Role.TARGET, Role.BASELINE} else around


def names_table_below(text: str, below: Sequence[Block]) -> bool:
    """自立生活援助 alone on its line, right over a table: what its rows without names are about."""
    is_over = bool(below) and isinstance(below[0], Grid)
    return is_over and bool(indicators_named(clean_label(text)))
