"""Documents altered on purpose, and what may still be read of them: metamorphic tests need no new truth.

An alteration is a list of pieces: stretches of the old text, kept, moved, repeated or replaced. So the
place of every typed figure is known in the new text, and the truth of the old document holds there: a
figure keeps its year, measure, unit and indicator, or is refused. What an alteration takes away (a year
among the heads) is no longer asked for; what it leaves open (two heads swapped) may be read either way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import generated
from keikaku.extractors.decoding import decode
from keikaku.extractors.lines.aligned_pieces import width
from keikaku.pipeline.errors import DocumentError
from keikaku.pipeline.journey import Source, read_document

JUDGE = generated.layout_judge()
ANY = "?"
fold = JUDGE._fold


@dataclass(frozen=True, slots=True)
class Piece:
    """Old text from `start` to `end`, as it was or, with `words`, replaced by them."""

    start: int
    end: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """One altered document. `frees` says what of a typed row is left open."""

    kind: str
    what: str
    pieces: tuple[Piece, ...]
    frees: Callable[[Any], Any] = lambda row: row

    def text(self, old: str) -> str:
        """The altered text."""
        return "".join(_words(piece, old) for piece in self.pieces)

    def truth(self, old: str, rows: Sequence[Any]) -> list[Any]:
        """The typed rows at their new places; what is gone is left out, what is doubled is twice."""
        new, found = self.text(old), []
        for row in rows:
            for start, end in self._places(old, row.char_start, row.char_end):
                found.append(self.frees(replace(row, char_start=start, raw=new[start:end])))
        return sorted(found, key=lambda row: row.char_start)

    def _places(self, old: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where a stretch of the old text stands whole in the new."""
        at, first, reached = 0, 0, start
        for piece in self.pieces:
            length = len(_words(piece, old))
            is_gone = piece.words == "" and piece.end > piece.start
            reached = start if is_gone and piece.start < end and start < piece.end else reached
            is_inside = piece.start <= reached < piece.end and not is_gone
            if not is_inside and not is_gone and piece.end > piece.start:
                reached = start
                is_inside = piece.start <= reached < piece.end
            if is_inside:
                if reached == start:
                    first = at + (start - piece.start if piece.words is None else 0)
                reached = piece.end
                if reached >= end:
                    yield first, at + (length if piece.words is not None else end - piece.start)
                    reached = start
            at += length


def _words(piece: Piece, old: str) -> str:
    return old[piece.start : piece.end] if piece.words is None else piece.words


@dataclass(frozen=True, slots=True)
class Paper:
    """A typed document: its text, its truth, and which of its lines print figures."""

    path: Path
    text: str
    rows: tuple[Any, ...]

    @property
    def is_marked_up(self) -> bool:
        return self.path.suffix == ".html" or "<td" in self.text

    def lines(self) -> list[tuple[int, int]]:
        """Start and end (without the line break) of every line."""
        return [(match.start(), match.end()) for match in re.finditer(r"[^\r\n]+", self.text)]

    def figures_in(self, start: int, end: int) -> list[Any]:
        """The typed rows that stand within these places, in their order."""
        within = (row for row in self.rows if start <= row.char_start < end)
        return sorted(within, key=lambda row: row.char_start)


def paper_of(path: Path) -> Paper:
    """A layout document with its truth."""
    return Paper(path, decode(path.read_bytes()).text, JUDGE.read_truth(JUDGE.truth_of(path)))


# -- judging -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an alteration brought out: contradictions of the page, and figures that are gone without
    a word."""

    alteration: Alteration
    wrong: tuple[Any, ...]
    silent: tuple[Any, ...]


def read(paper: Paper, text: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Records and findings of an altered text; one that is refused whole has findings alone."""
    try:
        records = read_document(Source(paper.path.name, text.encode("utf-8")))
    except DocumentError as error:
        return (), error.findings
    return records.observations, records.findings


def judged(paper: Paper, alteration: Alteration, known: frozenset[int]) -> Verdict:
    """Hold an altered document against its shifted truth; `known` are the old places of the figures
    that the document gives unaltered."""
    text = alteration.text(paper.text)
    observations, findings = read(paper, text)
    rows = alteration.truth(paper.text, paper.rows)
    score = JUDGE.score(observations, rows, findings)
    wrong = [detail for detail in score.details if detail.kind == "wrong"]
    were_read = alteration.truth(paper.text, [row for row in paper.rows if row.char_start in known])
    places = {row.char_start for row in were_read}
    unread = [detail.truth for detail in score.details if detail.kind == "unread"]
    kept = {record.char_start for record in observations}
    silent = [
        row
        for row in unread
        if row.char_start in places
        and row.value
        and row.char_start not in kept
        and observations + findings
        and not any(JUDGE._finding_covers(finding, row) for finding in findings)
    ]
    borrowed = list(_borrowed(alteration, observations, rows, paper.rows))
    return Verdict(alteration, (*wrong, *borrowed), tuple(silent))


def known_places(paper: Paper) -> frozenset[int]:
    """Old places of the figures that the unaltered document gives rightly."""
    observations, _ = read(paper, paper.text)
    return frozenset(row.char_start for row in JUDGE._answers(observations, paper.rows))


def _borrowed(
    alteration: Alteration, observations: Iterable[Any], rows: Sequence[Any], old: Sequence[Any]
) -> Iterator[Any]:
    """Figures that lost their label and stand under that of another row."""
    nameless = [row for row in rows if row.indicator == ANY]
    if not nameless or alteration.kind != "drop label":
        return
    typed = {row.char_start: row for row in old}
    names = {JUDGE._fold(row.indicator) for row in old}
    for record in observations:
        there = [row for row in nameless if JUDGE._at_same_place(record, row)]
        own = {JUDGE._fold(typed[int(row.note)].indicator) for row in there}
        if there and record.indicator and JUDGE._fold(record.indicator) in names - own:
            yield JUDGE.Detail(
                "wrong", f"label {record.indicator!r} of another row", there[0], record
            )


# -- alterations -----------------------------------------------------------------------------------

YEAR = r"(?:令和|平成|[RHＲＨ])\s?[元0-9０-９]{1,2}\s?年?度?末?|20[0-9]{2}\s?年度?|(?<![0-9０-９])[0-9０-９]{1,2}年度末?"
MEASURE = r"(?:見込み?[量値]?|計画[値量]?|目標値?|実績[値]?|基準値|達成率|進捗率|差(?![^\s|<、]))"
_YEAR, _MEASURE = re.compile(YEAR), re.compile(MEASURE)
_HEAD_WORD = re.compile(rf"{YEAR}|{MEASURE}")
_UNIT_LINE = re.compile(r"[^\n]{0,60}単位[^\n]{0,30}")
_CAPTION = re.compile(r"[\s　]*[【■◆〔《＜●◇□][^\n]{1,40}")


def alterations(paper: Paper, most: int) -> Iterator[Alteration]:
    """Up to `most` alterations of each kind, the same ones every time."""
    for kind, make in KINDS:
        found = list(make(paper))
        chosen = random.Random(f"{paper.path.stem} {kind}")
        for number in sorted(chosen.sample(range(len(found)), min(most, len(found)))):
            what, edits, frees = found[number]
            yield Alteration(kind, what, _pieces(paper.text, edits), frees)


Edit = tuple[int, int, "str | tuple[Piece, ...]"]
Made = tuple[str, Sequence[Edit], Callable[[Any], Any]]


def _pieces(text: str, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    """The text with stretches replaced: by words, or by pieces from elsewhere."""
    pieces, at = [], 0
    for start, end, instead in sorted(edits, key=lambda edit: edit[:2]):
        pieces.append(Piece(at, start))
        pieces += [Piece(start, end, instead)] if isinstance(instead, str) else instead
        at = end
    return tuple(
        p for p in (*pieces, Piece(at, len(text))) if p.words is not None or p.end > p.start
    )


def _as_typed(row: Any) -> Any:
    return row


def _cells(paper: Paper, start: int, end: int) -> list[tuple[int, int]]:
    """The printed pieces of a line between blanks, tabs, bars and tags."""
    line = re.sub(r"<[^<>]*>", lambda tag: " " * len(tag[0]), paper.text[start:end])
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\s　|、,，／/]+", line)]


def _rows(paper: Paper) -> list[tuple[int, int, list[Any]]]:
    """The lines that print two figures or more."""
    lines = [(start, end, paper.figures_in(start, end)) for start, end in paper.lines()]
    return [line for line in lines if len({row.char_start for row in line[2]}) > 1]


def _head_lines(paper: Paper) -> list[tuple[int, int, list[re.Match[str]]]]:
    """The lines without figures that hold two head words or more."""
    found = []
    for start, end in paper.lines():
        is_sentence = "。" in paper.text[start:end] and "順" not in paper.text[start:end]
        if paper.figures_in(start, end) or is_sentence:
            continue
        words = list(_HEAD_WORD.finditer(paper.text, start, end))
        if len(words) > 1:
            found.append((start, end, words))
    return found


def _drop_value(paper: Paper) -> Iterator[Made]:
    for start, end, figures in _rows(paper):
        for row in figures:
            yield row.raw, [(row.char_start, row.char_end, "")], _as_typed
            if not paper.is_marked_up and "|" not in paper.text[start:end]:
                blanks = re.compile(r"[\s　]*").match(paper.text, row.char_end, end)
                assert blanks is not None
                frees = _moved_up(
                    paper.text[start:end], start, row.char_start, blanks.end(), figures
                )
                yield f"{row.raw}+blanks", [(row.char_start, blanks.end(), "")], frees


def _moved_up(
    line: str, start: int, dropped: int, behind: int, figures: Sequence[Any]
) -> Callable[[Any], Any]:
    """Where a figure is dropped with the blanks behind it, and each of those behind it comes to stand
    where the one before it stood (to a character), the page says that they are those: whose year and
    measure they were, nobody can see. Where one stands beside, it is held against its own column."""
    if "\t" in line:
        return _as_typed
    extents = sorted({(row.char_start, row.char_end) for row in figures})
    shift = width(line[dropped - start : behind - start])
    places = [
        (width(line[: first - start]), width(line[: last - start])) for first, last in extents
    ]
    behind_it = [n for n, (first, _) in enumerate(extents) if first >= behind]
    lands = bool(behind_it) and any(
        all(abs(places[n][edge] - shift - places[n - 1][edge]) <= 1 for n in behind_it)
        for edge in (0, 1)
    )
    if not lands:
        return _as_typed
    moved = {extents[n][0] - (behind - dropped) for n in behind_it}
    raws = {row.raw for row in figures}

    def free(row: Any) -> Any:
        is_moved = row.char_start in moved and row.raw in raws
        return replace(row, fiscal_year=ANY, measure=ANY) if is_moved else row

    return free


def _drop_head_word(paper: Paper) -> Iterator[Made]:
    for _, end, words in _head_lines(paper):
        for word in words:
            frees = _baseline_or_actual if word[0] == "基準値" else _as_typed
            yield word[0], [(word.start(), word.end(), "")], frees
            if not paper.is_marked_up and "|" not in paper.text[word.start() : end]:
                blanks = re.compile(r"[\s　、]*").match(paper.text, word.end(), end)
                assert blanks is not None
                yield f"{word[0]}+blanks", [(word.start(), blanks.end(), "")], frees


def _baseline_or_actual(row: Any) -> Any:
    """Without the word 基準値, what stood at the year that is left (平成28年度末) is an actual as well: the
    README of the layouts holds 現状 for both."""
    return replace(row, measure="baseline|actual") if row.measure == "baseline" else row


def _swap_head_words(paper: Paper) -> Iterator[Made]:
    for _, _, words in _head_lines(paper):
        for kind in (_YEAR, _MEASURE):
            some = [word for word in words if kind.fullmatch(word[0])]
            for one, other in pairwise(some):
                if one[0] != other[0]:
                    moved = (Piece(one.start(), one.end()),)
                    back = (Piece(other.start(), other.end()),)
                    edits = [(one.start(), one.end(), back), (other.start(), other.end(), moved)]
                    yield f"{one[0]}⇄{other[0]}", edits, _either(kind is _YEAR)


def _either(is_year: bool) -> Callable[[Any], Any]:
    """Swapped years leave the year open; swapped measures the measure, and with it the year: where none
    is printed it follows from the measure (a target is for the last year of its plan)."""
    if is_year:
        return lambda row: replace(row, fiscal_year=ANY)
    return lambda row: replace(row, fiscal_year=ANY, measure=ANY)


def _drop_head_line(paper: Paper) -> Iterator[Made]:
    if paper.is_marked_up:
        return
    for start, end, _ in _head_lines(paper):
        yield paper.text[start:end], [(start, end + 1, "")], _as_typed


def _drop_caption(paper: Paper) -> Iterator[Made]:
    if paper.is_marked_up:
        return
    for start, end in paper.lines():
        line = paper.text[start:end]
        if (_CAPTION.fullmatch(line) or _UNIT_LINE.fullmatch(line)) and not paper.figures_in(
            start, end
        ):
            yield line, [(start, end + 1, "")], _without_name(paper, start, end + 1)


_NAMING = re.compile(r"[\s　]*[■◆●◇□][\s　]*(?P<name>[^\n]{2,40})")


def _without_name(paper: Paper, start: int, end: int) -> Callable[[Any], Any]:
    """■ 重症心身障がい児の支援 over 児童発達支援事業所　１か所: such a line is a part of the names below it, and
    without it they go on with the one above, as any reader would read them. Their names are left open;
    what a caption says of measure, year or unit is not."""
    line = _NAMING.fullmatch(paper.text[start : end - 1])
    if line is None or _HEAD_WORD.search(line["name"]) or "単位" in line["name"]:
        return _as_typed
    marks = (at for at, to in paper.lines() if at >= end and _NAMING.fullmatch(paper.text[at:to]))
    until = next(marks, len(paper.text))
    below = {(row.char_start - (end - start), row.raw) for row in paper.figures_in(end, until)}

    def free(row: Any) -> Any:
        if (row.char_start, row.raw) not in below:
            return row
        return replace(row, indicator=ANY, breakdown=ANY)

    return free


def _drop_label(paper: Paper) -> Iterator[Made]:
    for start, _, figures in _rows(paper):
        cells = _cells(paper, start, figures[0].char_start)
        if not cells or _HEAD_WORD.search(paper.text, start, figures[0].char_start):
            continue
        at, to = cells[0]
        if paper.text[at:to] in JUDGE_UNITS:
            continue
        yield paper.text[at:to], [(at, to, "")], _without_label(paper.text[at:to], figures)


JUDGE_UNITS = frozenset(
    ("人", "人/月", "人日/月", "時間", "時間/月", "回", "か所", "件", "日", "人日", "％", "%")
)


def _without_label(dropped: str, figures: Sequence[Any]) -> Callable[[Any], Any]:
    """Figures behind a dropped label, nearer to the beginning by its length, are judged by all but it;
    `note` keeps the old place. A name that stands on two lines, with figures on both, has lost a part of
    itself: 自立訓練 without （生活訓練） is all that the page says of either line."""
    old = {row.char_start - len(dropped): row for row in figures}
    shared = {row.indicator for row in figures if fold(dropped) not in ("", fold(row.indicator))}

    def free(row: Any) -> Any:
        was = old.get(row.char_start)
        if was is None and row.indicator in shared and fold(dropped) in fold(row.indicator):
            rest = fold(row.indicator).replace(fold(dropped), "")
            return replace(row, aliases="|".join(filter(None, (row.aliases, rest))))
        if was is None or (was.raw, was.indicator) != (row.raw, row.indicator):
            return row
        return replace(row, indicator=ANY, breakdown=ANY, note=str(was.char_start))

    return free


def _merge_lines(paper: Paper) -> Iterator[Made]:
    rows = _rows(paper)
    for (_, end, _), (start, _, _) in pairwise(rows):
        if paper.text[end:start] == "\n" and not paper.is_marked_up:
            yield paper.text[end - 20 : end], [(end, start, "  ")], _as_typed


def _break_line(paper: Paper) -> Iterator[Made]:
    if paper.is_marked_up:
        return
    for start, end, figures in _rows(paper):
        if "|" in paper.text[start:end]:
            continue
        for blank in re.compile(r"(?<=[^\s　])[ \t　]{2,}(?=[^\s　])|\t").finditer(
            paper.text, start, end
        ):
            if not any(
                row.char_start < blank.end() and blank.start() < row.char_end for row in figures
            ):
                yield (
                    paper.text[blank.start() - 8 : blank.end() + 8],
                    [(blank.start(), blank.end(), "\n")],
                    _as_typed,
                )


def _between_rows(paper: Paper) -> Iterator[int]:
    rows = _rows(paper)
    for (_, end, _), (start, _, _) in pairwise(rows):
        if paper.text[end:start] == "\n" and not paper.is_marked_up:
            yield start


def _insert_page_number(paper: Paper) -> Iterator[Made]:
    for start in _between_rows(paper):
        for words in ("- 12 -\n", "12\n", "\n　　　　　　　　－ 63 －\n\n", "\f"):
            yield words, [(start, start, words)], _as_typed


def _insert_running_head(paper: Paper) -> Iterator[Made]:
    for start in _between_rows(paper):
        for words in (
            "第５章　サービスの提供体制\n",
            "資料３\n",
            "\n　　　　　　　　　　資料編\n\n",
        ):
            yield words, [(start, start, words)], _as_typed


def _double_row(paper: Paper) -> Iterator[Made]:
    for start, end, _ in _rows(paper):
        if paper.text[end : end + 1] != "\n":
            continue
        if paper.is_marked_up and not re.fullmatch(r"\s*<tr.*</tr>\s*", paper.text[start:end]):
            continue
        copy = (Piece(start, end + 1),)
        printed = paper.text[start:end]
        yield printed, [(end + 1, end + 1, copy)], _doubled(printed)


def _doubled(printed: str) -> Callable[[Any], Any]:
    """One line of a name that stands on two (自立訓練 over （生活訓練）) cannot be told twice: of such rows
    the part that the line prints is a name as well."""
    words = [fold(word) for word in printed.split()[:1]]

    def free(row: Any) -> Any:
        part = next(
            (w for w in words if w != fold(row.indicator) and w in fold(row.indicator)), None
        )
        return row if part is None else replace(row, aliases="|".join((row.aliases, part)))

    return free


def _add_column(paper: Paper) -> Iterator[Made]:
    """A last column that no typed head knows: with and without a head, of words and of figures."""
    if paper.is_marked_up:
        return
    rows = _rows(paper)
    for head_start, head_end, _ in _head_lines(paper):
        below = [row for row in rows if row[0] > head_end]
        run = []
        for row in below:
            if run and row[0] - run[-1][1] > 2:
                break
            run.append(row)
        if not run or run[0][0] - head_end > 200:
            continue
        bar = "|" in paper.text[head_start:head_end]
        tab = "\t" in paper.text[run[0][0] : run[0][1]]
        gap, close = ("", " |") if bar else ("\t" if tab else "    ", "")
        for head, cell in (
            ("備考", "増加傾向"),
            ("出典", "窓口集計"),
            ("", "増加傾向"),
            ("", "15"),
            ("備考", "15"),
            ("出典", "p.3"),
        ):
            edits: list[Edit] = [(head_end, head_end, f"{gap if head or bar else ''}{head}{close}")]
            edits += [(end, end, f"{gap}{cell}{close}") for _, end, _ in run]
            yield f"{head}/{cell}", edits, _as_typed


def _other_blanks(paper: Paper) -> Iterator[Made]:
    if paper.is_marked_up:
        return
    inside = [(row.char_start, row.char_end) for row in paper.rows]
    for what, pattern, instead in (
        ("runs of blanks to one", r"(?<=\S)[ 　]{2,}(?=\S)", " "),
        ("runs of blanks to a full-width one", r"(?<=\S)[ 　]{2,}(?=\S)", "　"),
        ("tabs to a blank", r"\t", " "),
        ("tabs to four blanks", r"\t", "    "),
        ("blanks of line ends", r"[ 　]+(?=\n)", ""),
        ("blanks of line beginnings", r"(?<=\n)[ 　]+(?=\S)", ""),
        ("blank lines", r"(?<=\n)[ 　]*\n", ""),
        ("CRLF", r"(?<!\r)\n", "\r\n"),
    ):
        edits = [
            (m.start(), m.end(), instead)
            for m in re.finditer(pattern, paper.text)
            if not any(start < m.end() and m.start() < end for start, end in inside)
        ]
        if edits:
            yield what, edits, _as_typed


def _other_eras(paper: Paper) -> Iterator[Made]:
    inside = [(row.char_start, row.char_end) for row in paper.rows]
    found = [
        m
        for m in re.finditer(r"令和\s?([0-9０-９]{1,2}|元)\s?年度", paper.text)
        if not any(start < m.end() and m.start() < end for start, end in inside)
    ]
    for what, spell in (
        ("R6年度", lambda number: f"R{number}年度"),
        ("R6", lambda number: f"R{number}"),
        ("2024年度", lambda number: f"{2018 + number}年度"),
        ("令和6年度（2024年度）", lambda number: f"令和{number}年度（{2018 + number}年度）"),
        ("6年度", lambda number: f"{number}年度"),
    ):
        numbers = [1 if m[1] == "元" else int(m[1]) for m in found]
        if found:
            yield (
                what,
                [(m.start(), m.end(), spell(n)) for m, n in zip(found, numbers, strict=True)],
                _as_typed,
            )


def _swap_columns(paper: Paper) -> Iterator[Made]:
    """Two columns of a piped table change places, heads and all, where every row has as many cells."""
    run: list[tuple[int, int]] = []
    for start, end in [*paper.lines(), (len(paper.text), len(paper.text))]:
        line = paper.text[start:end]
        if line.count("|") > 3 and (
            not run or line.count("|") == paper.text[slice(*run[0])].count("|")
        ):
            run.append((start, end))
            continue
        yield from _swapped(paper, run)
        run = []


def _swapped(paper: Paper, run: Sequence[tuple[int, int]]) -> Iterator[Made]:
    if len(run) < 3 or not re.fullmatch(r"[\s|:-]+", paper.text[slice(*run[1])]):
        return
    bars = [[m.start() for m in re.compile(r"\|").finditer(paper.text, *line)] for line in run]
    head = [paper.text[a + 1 : b].strip() for a, b in zip(bars[0], bars[0][1:], strict=False)]
    for one in range(len(head) - 1):
        if not (_HEAD_WORD.search(head[one]) and _HEAD_WORD.search(head[one + 1])):
            continue
        edits: list[Edit] = []
        for places in bars:
            left, middle, right = places[one] + 1, places[one + 1], places[one + 2]
            edits.append((left, middle, (Piece(middle + 1, right),)))
            edits.append((middle + 1, right, (Piece(left, middle),)))
        yield f"{head[one]}⇄{head[one + 1]}", edits, _as_typed


def _mark_head(paper: Paper) -> Iterator[Made]:
    for _, _, words in _head_lines(paper):
        for word in words:
            for mark in ("※", "※1", "（注1）", "*", "＊２", "注）"):
                yield f"{word[0]}{mark}", [(word.end(), word.end(), mark)], _as_typed


_WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")
_NARROW = str.maketrans("０１２３４５６７８９，．％", "0123456789,.%")


def _other_widths(paper: Paper) -> Iterator[Made]:
    tags = [(m.start(), m.end()) for m in re.finditer(r"<[^<>]*>|&#?\w+;", paper.text)]
    for what, pattern, table in (
        ("wide digits", r"[0-9][0-9,.]*%?", _WIDE),
        ("narrow digits", r"[０-９][０-９，．]*％?", _NARROW),
    ):
        edits = [
            (m.start(), m.end(), m[0].translate(table))
            for m in re.finditer(pattern, paper.text)
            if not any(start <= m.start() < end for start, end in tags)
        ]
        if edits:
            yield what, edits, _as_typed


def _other_signs(paper: Paper) -> Iterator[Made]:
    for old, new in (
        ("△", "▲"),
        ("▲", "△"),
        ("人/月", "人／月"),
        ("人／月", "人/月"),
        ("か所", "箇所"),
        ("―", "－"),
        ("（", "("),
        ("：", ":"),
    ):
        edits = [(m.start(), m.end(), new) for m in re.finditer(re.escape(old), paper.text)]
        if edits:
            yield f"{old}→{new}", edits, _respelled(old, new)


def _respelled(old: str, new: str) -> Callable[[Any], Any]:
    """A name is published as printed: what is spelled otherwise on the page is so in the name too."""

    def free(row: Any) -> Any:
        names = (row.indicator, row.breakdown, row.aliases)
        indicator, breakdown, aliases = (name.replace(old, new) for name in names)
        return replace(row, indicator=indicator, breakdown=breakdown, aliases=aliases)

    return free


KINDS: tuple[tuple[str, Callable[[Paper], Iterator[Made]]], ...] = (
    ("drop value", _drop_value),
    ("drop head word", _drop_head_word),
    ("swap head words", _swap_head_words),
    ("drop head line", _drop_head_line),
    ("drop caption", _drop_caption),
    ("drop label", _drop_label),
    ("merge lines", _merge_lines),
    ("break line", _break_line),
    ("insert page number", _insert_page_number),
    ("insert running head", _insert_running_head),
    ("double row", _double_row),
    ("add column", _add_column),
    ("other blanks", _other_blanks),
    ("other eras", _other_eras),
    ("swap columns", _swap_columns),
    ("mark head", _mark_head),
    ("other widths", _other_widths),
    ("other signs", _other_signs),
)
