"""Damage of the print that is undone before anything is read, where it is certain.

Four things that a text layer does to the characters themselves: radicals for ideographs (⽬ for 目), letters for
circled digits (``@`` for ①, ``A`` for ②), a fake bold that prints each character two to five times over
(``合合合合計計計計``), and words set wide, a blank between any two characters (``1 2 6 人``). The repaired text has the length of the printed one: what is
taken out leaves a word joiner in its place, which folding drops, so every offset still holds and the
printed characters can be quoted (`as_printed`).

A figure is undone only beside words that prove the damage: ``333355557777`` in the row of ``合合合合計計計計``.
Where a figure may be printed over or plain (``1111``) it is blotted out, so that it is refused. ``6 2 0`` may be three
figures; it is one where its unit is set wide behind it as behind the others of its line, or where the line, cells set
far apart, has as many as the line of heads over it.

>>> repair_print("合合合合計計計計  11112222").replace(JOINER, "")
'合計  12'
>>> repair_print("移 行 者 数　　1 2 6 人　　3 4 3 6").replace(JOINER, "")
'移行者数　　126人　　3 4 3 6'
>>> repair_print("@移行者数：3人　A入所者数：120人")
'①移行者数：3人　②入所者数：120人'
>>> repair_print("計 1111 22223333")
'計 1111 22223333'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.circled import circled_marks_restored
from keikaku.normalizers.folding import repair_radicals

JOINER = "\u2060"
"""Stands where a character was taken out; folding drops it."""
BLOT = "\ufffd"
"""Stands where a character cannot be told: nothing that holds it is read as a figure."""

_LINE = regex.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_PIECE = regex.compile(r"[^\s\u3000]+")
_WIDE_PIECE = regex.compile(r"(?<!\S)[^\s\u3000](?: [^\s\u3000])+(?!\S)")
_MARK = regex.compile(r"[○〇◯◎△▲×✕―—－‐–-]")
_FEWEST_WIDE = 5
_DIGIT = regex.compile(r"\p{Nd}")
_COUNTED = regex.compile(r"[\p{Nd}.,，．][\p{Nd}.,，． ]*(?: [^\p{Nd}\s\u3000]){1,6}")
_LOST_DIGIT = regex.compile(
    r"[□\ufffd][0-9０-９]{1,4}[人件回％%]|[0-9０-９,][□■\ufffd?？][0-9０-９人件回％%]"
)
"""The stand-in of a digit that was not recognised."""
_GLYPH = regex.compile(r"\(cid:[0-9]+\)")
"""One character, of which the text layer knows no more than its number."""
_HOLE = regex.compile(
    r"(?<=\p{Nd})(?P<hole> {3}| {5})(?P<unit>[人件回日％%])(?=[ \u3000]{2,}|[ \u3000]*\Z)"
)
_FEWEST_BESIDE = 2
_MAY_BE_LOST = regex.compile(r"(?<=[ \u3000][0-9０-９,]{1,7}) (?=[人件回日％%])")
_CELL = regex.compile(r"[^\s\u3000]+(?: [^\s\u3000]+)*")
_SIDE_LETTER = regex.compile(r"\p{Han}")
_FIGURE = regex.compile(r"[△▲+＋-]? ?\p{Nd}")
_YEAR = regex.compile(r"[年期月RＲHＨ]")
_WIDE_COUNT = regex.compile(r"\p{Nd}(?: [\p{Nd}.,，．])*(?: [^\p{Nd}\s\u3000.,]){1,3}")
_WIDE_FIGURE = regex.compile(r"(?:[△▲+＋-] ?)?\p{Nd}(?: [\p{Nd}.,，．])+")
_CLOSE_FIGURE = regex.compile(r"[△▲+＋-]?\p{Nd}[\p{Nd}.,，．]+[^\p{Nd}]{0,3}")
_MAY_BE_WIDE = regex.compile(r"[ \u3000]{2}[△▲+＋-]? ?\p{Nd} [\p{Nd}\p{L}％%]")
_FARTHEST = 20
"""Lines below a line of heads that it may still stand over."""
_FEWEST = {2: 3, 3: 2, 4: 2, 5: 2}
"""How many characters a word needs, each printed so many times over, to be no accident."""
_MAY_BE_BOLD = regex.compile(r"(\S)\1(\S)\2(\S)\3|(\S)\4\4(\S)\5\5")
"""Three characters twice over or two three times: no text without them has such a word."""


@lru_cache(maxsize=1)
def repair_print(text: str) -> str:
    """`text` with certain damage undone, character for character at its place."""
    plain = circled_marks_restored(_losses_shown(repair_radicals(text)))
    if _MAY_BE_BOLD.search(plain) is not None:
        plain = _LINE.sub(lambda line: _bold_undone(line[0]), plain)
    plain = _LINE.sub(lambda line: _wide_undone(line[0]), plain)
    return _wide_figures_undone(plain) if _MAY_BE_WIDE.search(plain) is not None else plain


def as_printed(raw: str, repaired: str, printed: str, start: int) -> str:
    """The printed characters behind `raw`, whose lines stand in `repaired` from `start` on."""
    lines = []
    for line in raw.split("\n"):
        at = repaired.find(line, start)
        if at < 0:
            return raw
        start = at + len(line)
        lines.append(printed[at:start])
    return "\n".join(lines)


# -- lost characters -----------------------------------------------------------------------------


def _losses_shown(text: str) -> str:
    """In a text that lost digits, a blank between a figure and its unit may be one: ``41 人``."""
    if _LOST_DIGIT.search(text) is None:
        return text
    return _LINE.sub(lambda line: _unit_shown(line[0]), text)


def _unit_shown(line: str) -> str:
    """2 7 8 人 beside 2 9 0 人: blanks between all characters are none of a lost digit."""
    return line if len(_counted_wide(_cells(line))) > 1 else _MAY_BE_LOST.sub(BLOT, line)


# -- fake bold ---------------------------------------------------------------------------------


def _bold_undone(line: str) -> str:
    times = next((n for n in (5, 4, 3, 2) if any(_is_bold_word(p, n) for p in _pieces(line))), None)
    if times is None:
        return line
    figures = [piece for piece in _pieces(line) if _DIGIT.search(piece)]
    fitting = [piece for piece in figures if _is_repeated(piece, times)]
    telling = [piece for piece in fitting if len(set(piece)) > 1]
    undo = len(fitting) == len(figures) and bool(telling)
    doubtful = set(telling) if len(fitting) < len(figures) else set(fitting)

    def repair(match: regex.Match[str]) -> str:
        piece = match[0]
        if _is_bold_word(piece, times) or (undo and piece in fitting):
            return _once(piece, times)
        return BLOT * len(piece) if piece in doubtful else piece

    return _PIECE.sub(repair, line)


def _pieces(line: str) -> list[str]:
    return _PIECE.findall(line)


def _is_repeated(piece: str, times: int) -> bool:
    return len(piece) % times == 0 and all(
        len(set(piece[at : at + times])) == 1 for at in range(0, len(piece), times)
    )


def _is_bold_word(piece: str, times: int) -> bool:
    """A word of which every character is printed `times` times over."""
    if len(piece) < times * _FEWEST[times] or not _is_repeated(piece, times):
        return False
    once = piece[::times]
    letters = {character for character in once if character.isalpha()}
    neighbours_differ = all(a != b for a, b in pairwise(once))
    return len(letters) > 1 and (times > 2 or neighbours_differ)


def _once(piece: str, times: int) -> str:
    return "".join(character + JOINER * (times - 1) for character in piece[::times])


# -- words set wide ----------------------------------------------------------------------------


def _wide_undone(line: str) -> str:
    """Blanks between single characters go where most of the line is set so; between digits only
    where a unit ends the piece: ``3 4 3 6`` alone may be one figure or four."""
    line = _holes_shown(line)
    wide = [match[0] for match in _WIDE_PIECE.finditer(line)]
    letters = sum(1 for piece in wide for character in piece if character.isalpha())
    spread = sum(len(piece) // 2 + 1 for piece in wide)
    printed = sum(len(piece) for piece in _pieces(_GLYPH.sub(BLOT, line)))
    if letters < _FEWEST_WIDE or spread * 5 < printed * 4:
        return line
    return _WIDE_PIECE.sub(_closed_up, line)


def _holes_shown(line: str) -> str:
    """``1 6   人`` beside ``1 6 2 人`` and ``1 7 1 人``: a blank stands in the place of a digit."""
    cells = (match[0] for match in _CELL.finditer(line))
    units = [cell[-1] for cell in cells if _WIDE_COUNT.fullmatch(cell)]

    def show(match: regex.Match[str]) -> str:
        if units.count(match["unit"]) < _FEWEST_BESIDE:
            return match[0]
        return " " + f"{BLOT} " * (len(match["hole"]) // 2) + match["unit"]

    return _HOLE.sub(show, line)


def _closed_up(match: regex.Match[str]) -> str:
    piece = match[0]
    is_counted = _COUNTED.fullmatch(piece) is not None
    if _MARK.search(piece) or (_DIGIT.match(piece) and not is_counted):
        return piece
    return piece.replace(" ", JOINER)


def _wide_figures_undone(text: str) -> str:
    """Blanks between the digits of figures, in lines whose words are not set wide, go where one figure is sure."""
    heads: tuple[int, int] | None = None
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        cells = _cells(line)
        if len(cells) > 1 and _may_be_heads(cells):
            count = _counts_heads(cells)
            heads = (number, count) if count else None
            continue
        sure = _counted_wide(cells)
        if len(sure) < 2:
            sure = []
        is_under = heads is not None and number - heads[0] <= _FARTHEST
        if heads is not None and is_under and len(cells) == heads[1] and _are_all_wide(cells):
            sure = [cell for cell in cells if _WIDE_FIGURE.fullmatch(cell[0])]
        for cell in reversed(sure):
            start, end = cell.span()
            line = line[:start] + cell[0].replace(" ", JOINER) + line[end:]
        lines[number] = line
    return "".join(lines)


def _cells(line: str) -> list[regex.Match[str]]:
    """The cells of a line, parted by wide gaps; a letter of a word set down the side is none."""
    cells = list(_CELL.finditer(line))
    return cells[1:] if cells and _SIDE_LETTER.fullmatch(cells[0][0]) else cells


def _counted_wide(cells: Sequence[regex.Match[str]]) -> list[regex.Match[str]]:
    """The figures set wide with their units, 2 7 8 人 and 3 人 beside it, where all figures of the line are."""
    figures = [cell for cell in cells if _FIGURE.match(cell[0]) is not None]
    counted = [cell for cell in figures if _WIDE_COUNT.fullmatch(cell[0])]
    return counted if len(counted) == len(figures) else []


def _may_be_heads(cells: Sequence[regex.Match[str]]) -> bool:
    """Words, or years, without a figure below them?"""
    return all(_YEAR.search(cell[0]) or not _FIGURE.match(cell[0]) for cell in cells)


def _counts_heads(cells: Sequence[regex.Match[str]]) -> int:
    """How many heads a line holds, each in one piece or set wide; 0 where one cell may be more (Ｒ３ Ｒ４)."""
    for words in (cell[0].split() for cell in cells):
        if len(words) > 1 and any(len(word) > 1 for word in words):
            return 0
    return len(cells)


def _are_all_wide(cells: Sequence[regex.Match[str]]) -> bool:
    """Is every number of a line of two or more digits set wide?"""
    wide = [cell for cell in cells if _WIDE_FIGURE.fullmatch(cell[0])]
    close = [cell for cell in cells if _CLOSE_FIGURE.fullmatch(cell[0])]
    return len(wide) > 1 and not close
