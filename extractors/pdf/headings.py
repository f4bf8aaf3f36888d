"""Headings (見出し) of a PDF: lines of the free page set larger than the rest.

A word processor's styles and a browser's h1 to h6 show in the print by their size alone. What is set in
letters a tenth larger than most of the document is a heading, the larger the higher; a sentence is none.
The size is that of the letters (em): the height of a line's box is also the font's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from keikaku.extractors.document import Block, Grid, Heading, Line, Prose, Span

LARGER = 1.1
"""Times the size of most letters, those outside the tables or all: tables may be set larger or smaller."""
LONGEST = 60
"""Characters of a heading, at most."""
SAME_SIZE = 0.4
"""Points by which letters of one size differ."""


def mark_headings(blocks: Sequence[Block], sizes: Mapping[Span, float]) -> tuple[Block, ...]:
    """The blocks, headings among them marked as such, from level 1 for the largest letters. `sizes`
    gives the em of lines in points; a line of which it is not known is no heading."""
    return _Sizes(blocks, sizes).marked()


class _Sizes:
    def __init__(self, blocks: Sequence[Block], sizes: Mapping[Span, float]) -> None:
        self.sizes = sizes
        free = [line for block in blocks if isinstance(block, Prose) for line in block.lines]
        body = min(self._usual(_lines_of(blocks)), self._usual(free))
        self.least = LARGER * body
        self.blocks = [part for block in blocks for part in self._by_size(block)]

    def marked(self) -> tuple[Block, ...]:
        sizes = {id(block): size for block in self.blocks if (size := self._heading_size(block))}
        levels = _levels(sizes.values())
        return tuple(
            Heading(_level(sizes[id(block)], levels), block.lines)
            if isinstance(block, Prose) and id(block) in sizes
            else block
            for block in self.blocks
        )

    def _size(self, line: Line) -> float:
        return round(self.sizes.get(line.span, 0.0), 1)

    def _usual(self, lines: Iterable[Line]) -> float:
        """The size of most letters."""
        letters = Counter[float]()
        for line in lines:
            letters[self._size(line)] += len(line.text)
        del letters[0.0]
        half = sum(letters.values()) / 2
        for size, count in sorted(letters.items()):
            half -= count
            if half <= 0:
                return size
        return 0.0

    def _by_size(self, block: Block) -> Iterator[Block]:
        """A paragraph of lines of several sizes, headings among them, as one for each size."""
        if not isinstance(block, Prose) or max(map(self._size, block.lines)) <= self.least:
            yield block
            return
        run: list[Line] = []
        for line in block.lines:
            if run and abs(self._size(run[-1]) - self._size(line)) > SAME_SIZE:
                yield block._replace(lines=tuple(run))
                run = []
            run.append(line)
        yield block._replace(lines=tuple(run))

    def _heading_size(self, block: Block) -> float | None:
        """The size of a heading; None for what is none."""
        if not isinstance(block, Prose) or min(map(self._size, block.lines)) <= self.least:
            return None
        words = "".join(line.text for line in block.lines)
        if len(words) > LONGEST or words.endswith(("。", "．", "、", "，")) or words.isdecimal():
            return None
        return self._size(block.lines[0])


def _lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """All lines, those in cells too."""
    for block in blocks:
        if not isinstance(block, Grid):
            yield from block.lines
            continue
        for cell in block.cells:
            yield from _lines_of(cell.blocks)


def _levels(sizes: Iterable[float]) -> list[float]:
    """The sizes of which headings are, largest first."""
    levels: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not levels or levels[-1] - size > SAME_SIZE:
            levels.append(size)
    return levels


def _level(size: float, levels: Sequence[float]) -> int:
    return 1 + next(n for n, level in enumerate(levels) if level - size <= SAME_SIZE)
