"""Errata (正誤): where the paper itself is wrong, what it means, and how we know.

A sheet prints ``2,74人`` for 274人, and the same office's answer or another page says so. Such a
correction belongs to one city's paper and to nothing else; it stands in
``pipeline/municipalities/<code>_<romaji>.toml``, one table an erratum::

    [[errata]]
    document = "<the document's id: SHA-256 of its bytes>"
    char_start = 1200          # the place as the tables publish it; of a PDF: page and bbox
    char_end = 1205
    printed = "2,74人"          # exactly what is printed there, once
    meant = "274人"
    reason = "the comma stands a digit too far left"
    evidence = "page 3 of the same sheet prints 274人 for the year"

An erratum is used where document, place and print are exactly these, and the figure read from it is
marked `repaired` with the flag `erratum`, its quote left as printed. One that fits nothing changes
nothing, and the run says so (finding `erratum_without_match`); so does one that fits another edition.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from keikaku.extractors.document import Box, Notice, Span
from keikaku.extractors.entries import Entry
from keikaku.pipeline.errors import UsageError

FLAG = "erratum"
SAME_PLACE = 0.5
"""Points by which two boxes of one cell may differ: published boxes are rounded by people."""

_FILE_NAME = re.compile(r"[0-9]{6}_[a-z_]+\.toml")
_DOCUMENT_ID = re.compile(r"[0-9a-f]{64}")
_WORDS = ("document", "printed", "meant", "reason", "evidence")
_KEYS = {*_WORDS, "char_start", "char_end", "page", "bbox"}


@dataclass(frozen=True, slots=True)
class Erratum:
    """One correction of one printed place."""

    document: str
    span: Span
    printed: str
    meant: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Entries with the errata worked in, and what is to be said about it."""

    entries: tuple[Entry, ...]
    notices: tuple[Notice, ...]


def correct(entries: tuple[Entry, ...], errata: Sequence[Erratum], document_id: str) -> Corrected:
    """The entries of a document, those with an erratum read as it is meant."""
    corrected = list(entries)
    notices: list[Notice] = []
    for erratum in errata:
        fitting = [n for n, entry in enumerate(corrected) if _fits(erratum, entry)]
        if erratum.document != document_id:
            notices.extend([_of_another_edition(erratum)] if fitting else [])
        elif len(fitting) != 1:
            notices.append(_without_match(erratum, len(fitting)))
        else:
            corrected[fitting[0]] = _corrected(corrected[fitting[0]], erratum)
            notices.append(_applied(erratum))
    return Corrected(tuple(corrected), tuple(notices))


def _corrected(entry: Entry, erratum: Erratum) -> Entry:
    return replace(
        entry,
        text=entry.text.replace(erratum.printed, erratum.meant),
        certainty="repaired",
        flags=tuple(dict.fromkeys((*entry.flags, FLAG))),
    )


def _fits(erratum: Erratum, entry: Entry) -> bool:
    return _is_same_place(erratum.span, entry.span) and entry.text.count(erratum.printed) == 1


def _is_same_place(one: Span, other: Span) -> bool:
    if one.char_start is not None:
        return (one.char_start, one.char_end) == (other.char_start, other.char_end)
    return one.page == other.page and _is_same_box(one.bbox, other.bbox)


def _is_same_box(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= SAME_PLACE for a, b in zip(one, other, strict=True))


def _applied(erratum: Erratum) -> Notice:
    detail = f"「{erratum.printed}」 is read as 「{erratum.meant}」: {erratum.reason} ({erratum.evidence})"
    return Notice("erratum", "info", detail, erratum.span)


def _without_match(erratum: Erratum, count: int) -> Notice:
    detail = (
        f"the erratum 「{erratum.printed}」 for 「{erratum.meant}」 was not used: "
        f"{count} figures of this place print it so"
    )
    return Notice("erratum_without_match", "warning", detail, erratum.span)


def _of_another_edition(erratum: Erratum) -> Notice:
    detail = (
        f"the erratum 「{erratum.printed}」 for 「{erratum.meant}」 was not used: it was written for "
        f"document {erratum.document[:12]}, and this one prints the same"
    )
    return Notice("erratum_without_match", "warning", detail, erratum.span)


# -- the files -----------------------------------------------------------------------------------


@cache
def errata_of(municipality_code: str | None) -> tuple[Erratum, ...]:
    """The errata of a municipality; none for one that is not known."""
    if municipality_code is None:
        return ()
    return read_errata(municipality_code, files("keikaku.pipeline.municipalities"))


def read_errata(municipality_code: str, folder: Traversable) -> tuple[Erratum, ...]:
    """The errata of one municipality's file in a folder. Raises UsageError for a broken file."""
    found = [file for file in errata_files(folder) if file.name.startswith(f"{municipality_code}_")]
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise UsageError(f"two files of errata for one municipality: {names}", hint="make them one")
    return tuple(
        erratum for file in found for erratum in parse_errata(file.read_bytes(), file.name)
    )


def errata_files(folder: Traversable) -> tuple[Traversable, ...]:
    """The files of a folder, by name; a misnamed one is an error, since nobody would read it."""
    named = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    for file in named:
        if _FILE_NAME.fullmatch(file.name) is None:
            raise UsageError(
                f"{file.name}: not named for a municipality",
                hint="name it <code>_<romaji>.toml, the code with its check digit: 131091_shinagawa",
            )
    return tuple(sorted(named, key=lambda file: file.name))


def parse_errata(data: bytes, place: str) -> tuple[Erratum, ...]:
    """Read a file's bytes; `place` is named when they are wrong."""
    try:
        declared = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refusal(place, str(error)) from None
    tables = declared.pop("errata", [])
    if declared or not isinstance(tables, list):
        raise _refusal(place, "it holds something else than tables [[errata]]")
    return tuple(_erratum(table, f"{place}, erratum {n}") for n, table in enumerate(tables, 1))


def _erratum(table: object, place: str) -> Erratum:
    if not isinstance(table, dict):
        raise _refusal(place, "it is no table")
    if unknown := sorted(table.keys() - _KEYS):
        raise _refusal(place, f"unknown: {', '.join(unknown)}")
    words = dict(_words(table, place))
    if _DOCUMENT_ID.fullmatch(words["document"]) is None:
        raise _refusal(place, "document is no document_id of 64 digits")
    if words["printed"] == words["meant"]:
        raise _refusal(place, "what is meant is what is printed")
    return Erratum(span=_span(table, place), **words)


def _words(table: dict[str, object], place: str) -> Iterator[tuple[str, str]]:
    for key in _WORDS:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise _refusal(place, f"{key} is missing or empty")
        yield key, value


def _span(table: dict[str, object], place: str) -> Span:
    """Characters, or page and box; never both, never neither."""
    start, end, page = (table.get(key) for key in ("char_start", "char_end", "page"))
    box = _box(table.get("bbox"))
    if isinstance(start, int) and isinstance(end, int) and "page" not in table:
        return Span(char_start=start, char_end=end)
    if isinstance(page, int) and box is not None and start is None and end is None:
        return Span(page=page, bbox=box)
    raise _refusal(place, "the place is neither char_start and char_end nor page and bbox")


def _box(value: object) -> Box | None:
    edges = value if isinstance(value, list) else []
    numbers = [float(edge) for edge in edges if isinstance(edge, int | float)]
    if len(edges) != 4 or len(numbers) != 4:
        return None
    return (numbers[0], numbers[1], numbers[2], numbers[3])


def _refusal(place: str, reason: str) -> UsageError:
    hint = (
        "correct it; an erratum holds document, printed, meant, reason, evidence, and char_start "
        "with char_end or page with bbox (CONTRIBUTING.md)"
    )
    return UsageError(f"{place}: {reason}", hint=hint)
