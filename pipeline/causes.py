"""Why a printed thing was refused or is doubtful, and which one line would settle it.

A cell that says ``3人くらい`` is refused for one word, a column without a known head hides a figure in
every row: each cause of a reading's findings stands here once, with what it hides and with the
vocabulary line, or else the erratum (正誤), that a person would write. A rule that is not here has
no cause: `tests/pipeline/test_review.py` holds the table against every rule that the program has.

>>> settle("unknown_unit", "人工", "").split(":")[0]
'normalizers/vocabulary/units.toml, [units]'
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

HIDES = ("documents", "figures", "meaning", "names", "nothing")
"""What a cause hides, worst first: whole documents or pages; figures; the year, unit or certainty of
published figures; what they are called; nothing (said for the record)."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One rule. `by_word`: the same printed words in many documents are settled by one line.

    In `settle`, ``{word}`` is the quote and ``{erratum}`` the erratum that a person completes.
    """

    rule: str
    hides: str
    settle: str
    by_word: bool = False


LONGEST_WORD = 40
"""Of a longer quote the settling line shows the beginning: it is a sentence, and no word."""

_HEADS = "extractors/vocabulary/heads.toml"
_SHAPE = (
    "a shape that is not read: docs/layouts.md says how to add one, from a small document of it"
)
_ROW = "compare the row with the page; where the print itself is wrong: {erratum}"
_PAGE = "fetch a copy with text (no scan, not cut off), or type the page"

CAUSES = (
    # quarantined documents, by their error class
    Cause("empty", "documents", "fetch the file again"),
    Cause("unknown_encoding", "documents", "save the file as UTF-8"),
    Cause("unknown_format", "documents", "save it as PDF, HTML or text"),
    Cause("no_sheet", "documents", "if it is a sheet, its shape: docs/layouts.md"),
    Cause("encrypted", "documents", "give its password: keikaku ingest --password"),
    Cause("damaged", "documents", "fetch the file again"),
    Cause("too_large", "documents", "split the file, or raise the limits of keikaku ingest"),
    # parts of documents
    Cause("truncated_file", "documents", "fetch the file again: it is cut off"),
    Cause("page_unreadable", "documents", _PAGE),
    Cause("page_too_large", "documents", "split the page's drawing, or fetch the text edition"),
    Cause("no_text_layer", "documents", _PAGE),
    Cause("table_too_large", "figures", "split the table in the source"),
    Cause("table_without_rules_unread", "figures", "fetch the text or HTML edition of this page"),
    Cause("mixed_columns", "figures", "fetch the PDF: in the text two columns run into each other"),
    # figures that were not published
    Cause("unread_cell", "figures",
          "if it is Japanese: its word in normalizers/vocabulary/ (units, marks, words, qualifiers "
          ".toml); if the print is wrong: {erratum}", by_word=True),
    Cause("unsure_cell", "figures",
          "no word settles it: compare with the page; where the print is wrong: {erratum}",
          by_word=True),
    Cause("unknown_measure", "figures",
          f"{_HEADS}: the word that heads 「{{word}}」 under [roles.target], [roles.projected] or "
          "[roles.actual]", by_word=True),
    Cause("unknown_column", "figures",
          f"{_HEADS}: the word over 「{{word}}」 under its [roles.…]; docs/layouts.md where the column "
          "has no word", by_word=True),
    Cause("bracket_without_legend", "figures",
          "extractors/vocabulary/words.toml, [legends]: how the note begins that explains 「{word}」; "
          "where nothing is printed it stays unread", by_word=True),
    Cause("no_indicator", "figures", f"{_HEADS}, [roles.label]: the head of the column of names"),
    Cause("ambiguous_layout", "figures", _SHAPE),
    Cause("unclaimed", "figures", _SHAPE),
    Cause("unread_figures", "figures", _SHAPE),
    Cause("figures_in_prose", "meaning", "nothing, where it is prose; a list or table: docs/layouts.md"),
    Cause("displaced_values", "figures", _SHAPE),
    Cause("uneven_cells", "figures", _SHAPE),
    Cause("undecided_order", "figures", _SHAPE),
    Cause("undecided_columns", "figures", _SHAPE),
    Cause("sign_apart", "figures", "only the page tells whether the sign is a minus: {erratum}"),
    Cause("heads_not_understood", "figures", _SHAPE),
    Cause("glued_figures", "figures", "only the page tells where to cut: read the PDF edition"),
    Cause("erratum_without_match", "figures",
          "pipeline/municipalities/: correct or drop the erratum, the document no longer says so"),
    # figures that were published with a doubt
    Cause("unknown_unit", "meaning",
          'normalizers/vocabulary/units.toml, [units]: "{word}" = ["{word}"], or beside its unit',
          by_word=True),
    Cause("no_unit", "meaning",
          "normalizers/vocabulary/units.toml, [units]: the unit that the cell, its row, column or caption "
          "prints; where none is printed it stays empty"),
    Cause("unknown_year", "meaning",
          f"the year's spelling in normalizers/vocabulary/eras.toml, or its head in {_HEADS}, "
          "[roles.term]; where none is printed the year stays empty"),
    Cause("conflicting_years", "meaning", _ROW),
    Cause("readers_disagree", "meaning", _ROW),
    Cause("short_row", "meaning", _ROW),
    Cause("shifted_row", "meaning", _ROW),
    Cause("lost_column", "meaning", _ROW),
    Cause("rowspan_too_small", "meaning", _ROW),
    Cause("recognised_text", "meaning", "compare with the page: the text is by machine recognition"),
    Cause("unmapped_characters", "meaning", "fetch the text edition: characters have no code"),
    Cause("second_reader_failed", "meaning", "compare with the page: only one reader read it"),
    Cause("repaired", "meaning", _ROW),
    Cause("inferred", "meaning",
          f"compare with the page; if a head says it, that word in {_HEADS}"),
    # what hides names
    Cause("unknown_label", "names",
          "normalizers/vocabulary/catalogue.csv: 「{word}」 among the aliases_ja of its indicator, or a "
          "row of its own", by_word=True),
    Cause("ambiguous", "names",
          "normalizers/vocabulary/label_ambiguities.csv: a row that says when 「{word}」 is which of "
          "{candidates}", by_word=True),
    Cause("other_goal", "names",
          "normalizers/vocabulary/label_ambiguities.csv: 「{word}」 under this goal, of {candidates}",
          by_word=True),
    Cause("other_unit", "names",
          "normalizers/vocabulary/catalogue.csv: an indicator of this unit beside {candidates}",
          by_word=True),
    Cause("unknown_subset", "names",
          "normalizers/vocabulary/indicator_siblings.csv: what this part of {candidates} is called",
          by_word=True),
    Cause("unknown_goal", "names",
          "normalizers/vocabulary/goals.csv: 「{word}」 as an alias of its goal", by_word=True),
    Cause("unknown_plan", "names",
          "normalizers/vocabulary/plan_kinds.toml: the plan's name as its title prints it"),
    Cause("ambiguous_municipality", "names",
          "declare it: --municipality CODE, or municipality_code in a source.toml beside the document"),
    Cause("note_governs_nothing", "names",
          "compare the note with the tables around it; docs/layouts.md where it belongs to one"),
    Cause("repeated_head", "nothing", "nothing to settle"),
    Cause("erratum", "nothing", "nothing to settle: applied from pipeline/municipalities/"),
)  # fmt: skip


@cache
def _by_rule() -> dict[str, Cause]:
    return {cause.rule: cause for cause in CAUSES}


def cause_of(rule: str) -> Cause:
    """The cause behind a rule; one that the table does not know counts as hiding figures."""
    return _by_rule().get(rule, Cause(rule, "figures", _SHAPE))


def settle(rule: str, word: str, erratum: str, candidates: tuple[str, ...] = ()) -> str:
    """The line that would settle it, with what is printed filled in."""
    word = word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…"
    named = ", ".join(candidates) or "its indicators"
    return cause_of(rule).settle.format(word=word, erratum=erratum, candidates=named)
