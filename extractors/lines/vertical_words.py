"""A group's name set down the left edge, a letter a line (訪 / 問 / 系, 必 / 須 / 事 / 業), before the rows of the group:

    訪    居宅介護              人/月                12           12        11
    問                          時間/月              96          100        83
    系    同行援護              人/月                 1            1         1

The letters stand right of nothing and left of every name, and name no row. Where each of them says
something alone (身 知 精, 男 女), or figures follow them with no name or unit between, they stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.words import is_category
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_LETTER = regex.compile(r"(?P<letter>\p{Han}|[・ー～])(?=[ ]{2,}|[ ]*\u3000|$)")
_SET_WIDE = regex.compile(r"[ ]{2,}\p{L}(?: \p{L}){2,}(?=[ ]{2,})")
"""居 宅 介 護: a name, a blank between any two letters."""
_NUMERALS = frozenset("一二三四五六七八九十百千甲乙丙丁")
_OF_THEIR_OWN = frozenset("計男女身知精難児者新旧継他同有無小大幼公民官上下優良可不")
_SLACK = 1
_LEAST = 2
_LONGEST_UNIT = 4
_NEAREST = 2
"""Display columns between the letters and the names, at least."""
_FARTHEST = 4
"""Lines without a letter between two letters of a word."""

PlacedLine = tuple[str, int]
"""A line's text and the display column where it begins."""


def letters_down(lines: Sequence[PlacedLine]) -> dict[int, int]:
    """By the number of the line, how many characters at its beginning are a letter of such a word.

    >>> lines = [("訪  居宅介護  人", 2), ("問            人日", 2), ("系  同行援護  人", 2)]
    >>> letters_down(lines)
    {0: 1, 1: 1, 2: 1}
    """
    found = {n: m.end() for n, (text, _) in enumerate(lines) if (m := _letter(text)) is not None}
    told: dict[int, int] = {}
    for word in _words(lines, found):
        if _is_word(word, lines, found):
            told |= {n: found[n] for n in word}
    edges = {lines[n][1] for n in told}
    return told | {n: end for n, end in found.items() if _is_cut_off(n, edges, lines, found)}


def _is_cut_off(
    n: int, edges: set[int], lines: Sequence[PlacedLine], found: dict[int, int]
) -> bool:
    """A letter at the edge of the others, whose word a line between, or a lost one, has cut in two."""
    text, left = lines[n]
    if left not in edges or _heads_figures(text[found[n] :]):
        return False
    return text[: found[n]] not in _OF_THEIR_OWN or _is_named_alone(n, lines, found)


def _is_named_alone(n: int, lines: Sequence[PlacedLine], found: dict[int, int]) -> bool:
    """児 beside 医療的ケア児支援の協議の場, which no other row is called: a class among the others, and not one of several
    rows of a name."""
    names = [_name(text[found.get(m, 0) :]) for m, (text, _) in enumerate(lines)]
    return len(names[n]) > _LONGEST_UNIT and names.count(names[n]) == 1


def _name(rest: str) -> str:
    return (rest.split() or [""])[0]


def _letter(text: str) -> regex.Match[str] | None:
    """A letter alone, what stands beside it being no letter alone (区　分, 計　画)."""
    match = _LETTER.match(text)
    if match is None or match["letter"] in _NUMERALS:
        return None
    beside = regex.match(r"[ \u3000]*(\S+)", text[match.end() :])
    if beside is None or len(beside[1]) > 1 or not beside[1].isalpha():
        return match
    return match if _SET_WIDE.match(text, match.end()) is not None else None


def _words(lines: Sequence[PlacedLine], found: dict[int, int]) -> Iterator[list[int]]:
    """Letters under each other with nothing left of them or under them between."""
    word: list[int] = []
    for n in sorted(found):
        if word and not _goes_on(word[-1], n, lines):
            yield word
            word = []
        word.append(n)
    if word:
        yield word


def _goes_on(one: int, other: int, lines: Sequence[PlacedLine]) -> bool:
    left = lines[one][1]
    if abs(lines[other][1] - left) > _SLACK or other - one > _FARTHEST:
        return False
    return all(lines[n][1] >= left + _NEAREST for n in range(one + 1, other))


def _is_word(word: Sequence[int], lines: Sequence[PlacedLine], found: dict[int, int]) -> bool:
    letters = [lines[n][0][: found[n]] for n in word]
    if len(word) < _LEAST or any(_heads_figures(lines[n][0][found[n] :]) for n in word):
        return False
    if not any(lines[n][0][found[n] :].strip() for n in word):
        return all(_stands_over_rows(run, lines) for run in _runs(word))
    if spells_classes("".join(letters)):
        return True
    return len(set(letters)) > 1 and not _OF_THEIR_OWN & set(letters)


def _runs(word: Sequence[int]) -> list[list[int]]:
    """The letters on lines right under each other."""
    runs: list[list[int]] = []
    for n in word:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _stands_over_rows(letters: Sequence[int], lines: Sequence[PlacedLine]) -> bool:
    """居 / 住 / 系, each alone on its line, right over the rows of the class, which begin right of them."""
    below, left = letters[-1] + 1, lines[letters[0]][1]
    is_over = below < len(lines) and lines[below][1] >= left + _NEAREST
    return is_over and spells_classes("".join(lines[n][0].strip() for n in letters))


def _heads_figures(rest: str) -> bool:
    """Does a figure stand right behind the letter? Then it is all the name that the row has."""
    beside = rest.split()
    if not beside:
        return False
    is_unit = find_unit(beside[0]) is not None
    return is_value_like(beside[0]) and not is_unit


def spells_classes(letters: str) -> bool:
    """Do the letters spell one class of services after the other (訪問系日中活動系居住系)?"""
    if not letters:
        return True
    ends = range(len(letters), 1, -1)
    return any(is_category(letters[:end]) and spells_classes(letters[end:]) for end in ends)
