"""Where an aligned table begins and ends: titles, sentences, goals and other heads that are no row of it."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.headings import unit_in_brackets
from keikaku.extractors.heads import (
    MEASURES,
    REVIEWS,
    TEXTS,
    Role,
    find_box,
    find_role,
    may_head,
    read_head,
)
from keikaku.extractors.lines.aligned_pieces import (
    Row,
    Split,
    are_years_below,
    is_head_piece,
)
from keikaku.extractors.lines.printed import Printed, tokens_of
from keikaku.extractors.lines.row_marks import chart_mark, is_chart_mark
from keikaku.extractors.words import is_caption, is_category, is_in_brackets, is_legend
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.plan_terms import find_plan_terms

_LONGEST_CELL = 44
_LONGEST_STATUS = 16
_ENDS_SENTENCE = regex.compile("。(?![)）])")
"""。, and not that of 設置（圏域設置を含む。）."""


def stands_below_more_heads(printed: Sequence[Printed], at: int, split: Split) -> bool:
    """A line of several pieces right above, without figures, that is no head as far as understood."""
    if at == 0 or printed[at - 1].group != printed[at].group:
        return False
    row = split(printed[at - 1])
    text = printed[at - 1].line.text
    if len(row) < 2 or "。" in text or is_legend(text):
        return False
    if is_title_with_remark(row) or is_numbered_title(row) or titles_with_unit(row):
        return False
    return not any(is_value_like(piece.line.text) for piece in row)


def is_title(item: Printed, row: Row) -> bool:
    """第７期障害福祉計画　進捗状況, be 進捗状況 a head elsewhere; Ⅰ   成果目標; 成果目標    ２　精神障害にも対応した…; 表１　移行の状況     （単位：人）."""
    return (
        bool(find_plan_terms(item.line.text))
        or is_numbered_title(row)
        or titles_with_unit(row)
        or find_goal_head(item.line.text, item.line.span) is not None
    )


def is_numbered_title(row: Row) -> bool:
    """``Ⅰ   成果目標``: a number and, set apart from it, the title."""
    if len(row) != 2:
        return False
    number, *title = (piece.line.text for piece in row)
    return split_marks(f"{number} {title[0]}").body == title[0]


def is_title_with_remark(row: Row) -> bool:
    """``２ 障害福祉サービスの利用状況      （令和７年３月利用分、単位：人）``: a numbered title and words in brackets that
    head no column; ``表１　地域生活への移行の状況      （単位：人）`` likewise."""
    titled = _titled(row)
    if not titled or is_head_piece(titled[0]):
        return False
    remarks = [piece.line.text for piece in titled[1:]]
    return all(is_in_brackets(text) and not may_head(text[1:-1]) for text in remarks)


_UNIT_OF_ALL = regex.compile(r"[(（]単位[\s　:：]*[^()（）]{1,10}[)）]")
_COUNTED_SO = regex.compile(
    r"単位|(?:[0-9０-９一](?:か|カ|ヶ|ヵ|箇|ケ|ヵ)?)?[月年日](?:当たり|あたり|当り|平均|間)"
)


def titles_with_unit(row: Row) -> bool:
    """``（２）障害児通所支援      （１か月当たり）``: the title of the next table, and beside it how its figures are counted;
    where it says 単位, the title needs no number."""
    titled = row if _says_unit_of_all(row) else _titled(row)
    if len(titled) != len(("title", "unit")):
        return False
    remark = titled[1].line.text
    return _COUNTED_SO.match(remark, 1) is not None or bool(unit_in_brackets(remark))


def _says_unit_of_all(row: Row) -> bool:
    return (
        len(row) == len(("title", "unit"))
        and _UNIT_OF_ALL.fullmatch(row[1].line.text) is not None
        and not is_head_piece(row[0])
        and not is_value_like(row[0].line.text)
    )


def _titled(row: Row) -> Row:
    """The row from its title on; empty where the title has no number (２, （２）, 表１)."""
    if len(row) > 1 and is_chart_mark(row[0].line.text):
        return row[1:]
    if not row:
        return row
    title = row[0].line
    is_numbered = split_marks(title.text).mark is not None or chart_mark(title)[0] is not None
    return row if is_numbered else row[:0]


def names_figures(rows: Sequence[Row]) -> bool:
    heads = [read_head(piece.line.text) for row in rows for piece in row]
    roles = {head.role for head in heads}
    if roles & (REVIEWS | {Role.PLAN_DO}) - {Role.EVALUATION}:
        return False
    named = [h for h in heads if h.year is not None or h.role in MEASURES | TEXTS]
    return len(named) >= 2 or (bool(named) and Role.LABEL in roles)


def are_heads(row: Row, *, is_first: bool) -> bool:
    """Are half of the words of a line heads, and none a value?"""
    known = [piece for piece in row if is_head_piece(piece)]
    if any(is_value_like(piece.line.text) for piece in row) or len(known) * 2 < len(row):
        return False
    return len(row) > 1 if is_first else len(row) > 1 or bool(known)


def are_heads_anew(row: Row) -> bool:
    """実　　績    見　込　量: heads, and the second no text of the row's, wherever it stands."""
    return len(row) > 1 and all(map(is_head_piece, row)) and names_figures([row])


def _is_remark_beside_figures(row: Row) -> bool:
    """※施設入所者数の削減   実績値   97人   95人: below a name, beside the measure that takes its turn there."""
    if len(row) < 3 or find_role(row[1].line.text) not in MEASURES:
        return False
    return all(is_value_like(piece.line.text) for piece in row[2:])


def ends_table(item: Printed, row: Row) -> bool:
    if not row:
        return False
    text = item.line.text
    if (
        any(_ENDS_SENTENCE.search(piece.line.text) for piece in row)
        or (is_legend(text) and not _is_remark_beside_figures(row))
        or text.startswith(("＜", "<", "■", "◆", "《", "・"))
    ):
        return True
    if text.startswith("【") and (len(row) < 2 or is_caption(row[0].line.text)):
        return not is_category(text)
    if any(len(piece.line.text) > _LONGEST_CELL for piece in row):
        return True
    if (
        _is_key_of_text(row)
        or _heads_goal(row)
        or (is_title_with_remark(row) and titles_with_unit(row))
    ):
        return True
    if are_years_below(row) or _is_rest_beside_years(row):
        return False
    if len(row) < 2:
        return find_role(text) in REVIEWS | {Role.PLAN_DO}
    if find_role(row[0].line.text) in REVIEWS and not any(is_value_like(p.line.text) for p in row):
        return True
    heads = [piece for piece in row if is_head_piece(piece)]
    if len(heads) == len(row) and (names_figures([row]) or _head_reviews(row)):
        return True
    tokens = tokens_of(item.line)
    named = [token for token in tokens if _is_year_or_measure(token.text)]
    return len(named) > 2 and not any(is_value_like(token.text) for token in tokens)


_PART_MARK = regex.compile(r"第[0-9０-９一二三四五六七八九十]{1,2}[部編章節]")


def heads_section_left(row: Row, rows: Sequence[Row]) -> bool:
    """第５章    障がい者計画の推進, or ２    日中活動系サービス left of all names: a heading, its mark set apart by blanks."""
    if len(row) != len(("mark", "words")) or is_value_like(row[1].line.text):
        return False
    mark = row[0].line.text
    if _PART_MARK.fullmatch(mark) is not None:
        return True
    is_left = bool(rows) and row[0].left < min(other[0].left for other in rows)
    return is_left and split_marks(f"{mark} x").mark == mark


def _is_key_of_text(row: Row) -> bool:
    """取組状況  令和４年度は、…巡回相談を開始し、: a key, and the text that it opens."""
    if len(row) != len(("key", "text")):
        return False
    key, text = (piece.line.text for piece in row)
    is_key = find_role(key) in TEXTS or find_box(key) in (
        "result",
        "review",
        "review_text",
        "opinion",
    )
    return is_key and len(text) > _LONGEST_STATUS and not is_value_like(text)


def _is_rest_beside_years(row: Row) -> bool:
    """利用者数 （令和４年度末） （令和８年度末）, below figures and beside the rest of their name: no heads over names."""
    return are_years_below(row[1:]) and read_head(row[0].line.text).role not in (
        Role.LABEL,
        Role.UNIT,
        Role.GOAL,
    )


def _head_reviews(row: Row) -> bool:
    """``区分   評価（Ｃ）   協議会等意見   改善（Ａ）``: the boxes below the table."""
    return sum(find_role(piece.line.text) in REVIEWS for piece in row) > 1


def _heads_goal(row: Row) -> bool:
    """``成果目標５　障害児支援の提供体制の整備等    担当課：こども未来課``."""
    if len(row) < 2 or any(is_value_like(piece.line.text) for piece in row):
        return False
    return find_goal_head(row[0].line.text, row[0].line.span) is not None


def _is_year_or_measure(text: str) -> bool:
    head = read_head(text)
    return not is_value_like(text) and (head.year is not None or head.role in MEASURES)
