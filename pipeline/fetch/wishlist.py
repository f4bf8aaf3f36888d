"""The list of what to fetch, `sources.toml`: pages and files by municipality.

[[source]]
municipality_code = "132071"
url = "https://www.example.jp/plan/sheet.pdf"
licence = "…"

[[source]]
municipality_code = "131091"
url = "https://www.example.jp/plan/"
kind = "index"               # a page that links to documents
links = 'PDCA.*\\.pdf$'      # which of its links: found in the URL or in the words of the link
"""

from __future__ import annotations

import re
import tomllib
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keikaku.pipeline.errors import UsageError

KINDS = ("document", "index")
_KEYS = frozenset({"municipality_code", "url", "kind", "links", "licence", "note"})


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of the list. `links` selects the links of an index page."""

    url: str
    municipality_code: str | None = None
    kind: str = "document"
    links: re.Pattern[str] | None = None
    licence: str | None = None


def read_wishlist(path: Path) -> tuple[Wish, ...]:
    """Read the list; what cannot be used is a UsageError that names the entry."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", hint="check the path of the list"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}", hint="give a TOML file in UTF-8") from error
    entries = content.get("source")
    if set(content) - {"source"} or not isinstance(entries, list) or not entries:
        raise UsageError(f"{path} lists no source", hint="write one [[source]] table for each")
    return tuple(_wish(entry, f"{path}, source {n}") for n, entry in enumerate(entries, start=1))


def _wish(entry: Any, place: str) -> Wish:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise _refusal(place, "every value must be a text in quotes")
    if unknown := sorted(set(entry) - _KEYS):
        raise _refusal(place, f"unknown key {unknown[0]!r}")
    kind = entry.get("kind", "document")
    if kind not in KINDS:
        raise _refusal(place, f"kind {kind!r} is none of {', '.join(KINDS)}")
    if (kind == "index") != ("links" in entry):
        raise _refusal(place, "an index needs `links`, a document has none")
    return Wish(
        _url(entry.get("url", ""), place),
        _code(entry.get("municipality_code"), place),
        kind,
        _pattern(entry.get("links"), place),
        entry.get("licence"),
    )


def _url(url: str, place: str) -> str:
    try:
        parts = urllib.parse.urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise _refusal(place, f"url {url!r} is no http or https address")
    return url


def _code(code: str | None, place: str) -> str | None:
    from keikaku.normalizers import municipalities

    try:
        return None if code is None else municipalities.by_code(code).code
    except municipalities.UnknownMunicipality as error:
        raise _refusal(place, str(error)) from error


def _pattern(links: str | None, place: str) -> re.Pattern[str] | None:
    try:
        return None if links is None else re.compile(links)
    except re.error as error:
        raise _refusal(place, f"links {links!r} is no pattern: {error}") from error


def _refusal(place: str, reason: str) -> UsageError:
    return UsageError(f"{place}: {reason}", hint="correct this entry and run again")
