"""Plain text and OCR markdown as Blocks: what a PDF-to-text tool, an OCR tool or an editor saved.

Lines with tabs are rows of a table, as are markdown pipe rows and comma rows; `#` starts a heading;
HTML is read where it stands. All other lines stay as printed: lines that follow each other without
a blank line between them form one Prose. A whole HTML page is read as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from keikaku.extractors.delimited import (
    comma_blocks,
    comma_count,
    is_rule_line,
    pipe_grid,
    tab_blocks,
)
from keikaku.extractors.document import Block, Heading, Line, Prose, Span
from keikaku.extractors.html import MARKUP, read_html
from keikaku.extractors.one_line_pages import unfold_page
from keikaku.extractors.one_line_tables import unfold_table
from keikaku.extractors.quoted_cells import with_quoted_whole

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+|\r\n|\n|\r|\f|[\v\x85\u2028\u2029]")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_RULED = re.compile(
    r"[ \u3000─━═┄┅┈┉┌┐└┘├┤┬┴┼┏┓┗┛]*[─━═┄┅┈┉]{5,}[ \u3000─━═┄┅┈┉┌┐└┘├┤┬┴┼┏┓┗┛]*"
    r"|[ \u3000+*]*(?:-{5,}|={5,}|_{5,}|＝{5,}|＿{5,})[ \u3000+*=_＝＿-]*"
)
"""A line drawn with characters: nothing is printed in it."""
_BOLD = re.compile(r"(?P<mark>\*\*|__)\s*(?P<words>(?:(?!\*\*|__).)*\S)\s*(?P=mark)")
"""A line that markdown sets bold as a whole."""
_OTHER = re.compile("[、／]")
_FREE_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")
"""A comma that is no thousands separator (``居宅介護、6,820、6,701`` holds none)."""
_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html\b)", re.IGNORECASE)
_TABLE_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_ALIGNED = re.compile(r"\S[ \u3000]{2,}\S+(?: \S+)*[ \u3000]{2,}\S")
"""Cells set apart by blanks: the commas of such a line are inside its numbers."""
_GLUED = re.compile(r"[^0-9,]*[^0-9,\s][0-9]{1,3}(?:,[0-9]{3,6})*,[0-9]{3}")
"""Figures run into one another and their label: the commas are those of their thousands."""
_CAPTION_OVER_ORDER = re.compile(
    r"(?P<caption>[【〔《][^【】〔〕《》]{1,30}[】〕》])[\s　]*(?P<order>[^\s　【〔《][^【】]*の順(?!位)[^【】]*)"
)
_TABLE_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)


def read_text(source: str) -> tuple[Block, ...]:
    """All blocks of a decoded source, in reading order; every line of it lands in one of them."""
    if is_html_page(source):
        return read_html(source)
    return tuple(_Reader(source).blocks())


def is_html_page(source: str) -> bool:
    """Does the text begin as an HTML page does?"""
    return _PAGE.match(source) is not None


def printed_lines(source: str) -> Iterator[Line | None]:
    """Each printed line, trimmed of outer blanks unless it holds tabs; None for a blank line."""
    for match in _LINE.finditer(source):
        text = match[0]
        if text in ("\n", "\r\n", "\r", "\v", "\x85", "\u2028", "\u2029"):
            if _ends_blank(source, match.start()):
                yield None
        elif text == "\f" or _RULED.fullmatch(text):
            yield None
        elif text.strip() and "\t" in text:
            yield Line(text, Span(match.start(), match.end()))
        elif text.strip():
            lead = len(text) - len(text.lstrip())
            start = match.start() + lead
            stripped = text.strip()
            if (
                len(stripped) > 2
                and stripped[0] == stripped[-1] == '"'
                and stripped.count('"') == 2
            ):
                start, stripped = start + 1, stripped[1:-1]
            if (bold := _BOLD.fullmatch(stripped)) is not None:
                start, stripped = start + bold.start("words"), bold["words"]
            yield Line(stripped, Span(start, start + len(stripped)))


def _unfold(line: Line) -> tuple[Line | None, ...]:
    """The lines that a page or a table printed on one line had."""
    page = unfold_page(line)
    return page if len(page) > 1 else unfold_table(line)


def _caption_apart(line: Line) -> tuple[Line, ...]:
    """【実績値】 「以下は、区分 令和3年度 令和4年度の順」: the caption, and the order of the rows below it, as two lines."""
    match = _CAPTION_OVER_ORDER.fullmatch(line.text)
    if match is None:
        return (line,)
    return (_part(line, *match.span("caption")), _part(line, *match.span("order")))


def _ends_blank(source: str, break_at: int) -> bool:
    """Is the line that this break ends empty or only blanks?"""
    before = max(source.rfind("\n", 0, break_at), source.rfind("\r", 0, break_at)) + 1
    return not source[before:break_at].strip()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = [
            part
            for line in with_quoted_whole(source, list(printed_lines(source)))
            for whole in (_unfold(line) if line is not None else (None,))
            for part in (_caption_apart(whole) if whole is not None else (None,))
        ]
        self.at = 0

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line is None:
                self.at += 1
                continue
            yield from self._block(line)

    def _block(self, line: Line) -> Iterator[Block]:
        if "\t" in line.text:
            yield from tab_blocks(self.source, self._run(lambda text: "\t" in text))
        elif self._starts_pipes():
            yield pipe_grid(self.source, self._run(lambda text: "|" in text))
        elif (commas := comma_count(line.text)) >= 2 and self._starts_commas(commas):
            yield from comma_blocks(
                self.source, self._run(lambda text: comma_count(text) == commas)
            )
        elif _TABLE_OPEN.search(line.text) or MARKUP.match(line.text):
            yield from self._markup(line)
        elif heading := _HEADING.match(line.text):
            self.at += 1
            yield Heading(len(heading[1]), (_part(line, heading.start(2), heading.end(2)),))
        else:
            yield Prose(tuple(self._run(self._is_prose)))

    def _is_prose(self, text: str) -> bool:
        return not (
            "\t" in text
            or _HEADING.match(text)
            or _TABLE_OPEN.search(text)
            or MARKUP.match(text)
            or self._starts_pipes()
            or ((commas := comma_count(text)) >= 2 and self._starts_commas(commas))
        )

    def _run(self, belongs: object) -> list[Line]:
        """The lines from here on that belong together, up to a blank line or one that does not."""
        assert callable(belongs)
        run: list[Line] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line is None or (run and not belongs(line.text)):
                break
            run.append(line)
            self.at += 1
        return run

    def _starts_pipes(self) -> bool:
        line = self.lines[self.at]
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if line is None or "|" not in line.text:
            return False
        return line.text.startswith("|") or (following is not None and is_rule_line(following.text))

    def _starts_commas(self, commas: int) -> bool:
        line = self.lines[self.at]
        if line is not None and (_ALIGNED.search(line.text) or _GLUED.fullmatch(line.text)):
            return False
        if line is not None and _OTHER.search(line.text) and not _FREE_COMMA.search(line.text):
            return False
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        return following is not None and comma_count(following.text) == commas

    def _markup(self, line: Line) -> Sequence[Block]:
        """HTML from this line to the end of its table, or of the run of lines that begin a tag."""
        start = line.span.char_start or 0
        depth = 0
        end = start
        while self.at < len(self.lines):
            current = self.lines[self.at]
            if current is None and depth <= 0:
                break
            if current is not None:
                if depth <= 0 and end > start and not MARKUP.match(current.text):
                    break
                depth += len(_TABLE_OPEN.findall(current.text))
                depth -= len(_TABLE_CLOSE.findall(current.text))
                end = current.span.char_end or end
            self.at += 1
        return read_html(self.source, start, end)


def _part(line: Line, start: int, end: int) -> Line:
    offset = line.span.char_start or 0
    return Line(line.text[start:end], Span(offset + start, offset + end))
