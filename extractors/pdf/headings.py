"""Headings (見出し) of a PDF: lines of the free page set larger than the rest.

A word processor's styles and a browser's h1 to h6 show in the print by their size alone. What is set in
letters a tenth larger than most of the document is a heading, the larger the higher; a sentence is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from keikaku.extractors.document import Block, Grid, Heading, Line, Prose

LARGER = 1.1
"""Times the height of most letters, those outside the tables or all: tables may be set larger or smaller."""
LONGEST = 60
"""Characters of a heading, at most."""
SAME_SIZE = 0.4
"""Points by which heights of one size differ."""


def mark_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, headings among them marked as such, from level 1 for the largest letters."""
    free = [line for block in blocks if isinstance(block, Prose) for line in block.lines]
    body = min(_usual_height(_lines_of(blocks)), _usual_height(free))
    blocks = [part for block in blocks for part in _by_size(block, body)]
    large = [block for block in blocks if isinstance(block, Prose) and _is_heading(block, body)]
    if not large:
        return tuple(blocks)
    sizes = _sizes(map(_height, large))
    levels = {id(block): _level(_height(block), sizes) for block in large}
    return tuple(
        Heading(levels[id(block)], block.lines)
        if isinstance(block, Prose) and id(block) in levels
        else block
        for block in blocks
    )


def _by_size(block: Block, body: float) -> Iterator[Block]:
    """A paragraph of lines of several sizes, headings among them, as one for each size."""
    if not isinstance(block, Prose) or _tallest(block.lines) <= LARGER * body:
        yield block
        return
    run: list[Line] = []
    for line in block.lines:
        if run and abs(_line_height(run[-1]) - _line_height(line)) > SAME_SIZE:
            yield block._replace(lines=tuple(run))
            run = []
        run.append(line)
    yield block._replace(lines=tuple(run))


def _tallest(lines: Iterable[Line]) -> float:
    return max(map(_line_height, lines))


def _lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """All lines, those in cells too."""
    for block in blocks:
        if not isinstance(block, Grid):
            yield from block.lines
            continue
        for cell in block.cells:
            yield from _lines_of(cell.blocks)


def _usual_height(lines: Iterable[Line]) -> float:
    """Of most letters of the document."""
    letters = Counter[float]()
    for line in lines:
        letters[_line_height(line)] += len(line.text)
    half = sum(letters.values()) / 2
    for height, count in sorted(letters.items()):
        half -= count
        if half <= 0:
            return height
    return 0.0


def _is_heading(block: Prose, body: float) -> bool:
    words = "".join(line.text for line in block.lines)
    return (
        _height(block) > LARGER * body
        and len(words) <= LONGEST
        and not words.endswith(("。", "．", "、", "，"))
        and not words.isdecimal()
    )


def _height(block: Prose) -> float:
    return min(_line_height(line) for line in block.lines)


def _line_height(line: Line) -> float:
    _, top, _, bottom = line.span.bbox or (0.0, 0.0, 0.0, 0.0)
    return round(bottom - top, 1)


def _sizes(heights: Iterable[float]) -> list[float]:
    """The sizes of which headings are, largest first."""
    sizes: list[float] = []
    for height in sorted(heights, reverse=True):
        if not sizes or sizes[-1] - height > SAME_SIZE:
            sizes.append(height)
    return sizes


def _level(height: float, sizes: Sequence[float]) -> int:
    return 1 + next(n for n, size in enumerate(sizes) if size - height <= SAME_SIZE)
