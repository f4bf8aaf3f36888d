"""Links of an index page: where it leads to, and in which words."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

MOST_LINKS = 500
"""A page with more matching links than this is no list of plans: the pattern is too wide."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, absolute and without fragment, and its words."""

    url: str
    words: str


def find_links(page: str, base: str, pattern: re.Pattern[str]) -> tuple[Link, ...]:
    """The links that `pattern` is found in (address or words), each address once, in page order.

    >>> page = '<a href="r5.pdf">令和5年度 PDCA</a> <a href="map.pdf">地図</a>'
    >>> find_links(page, "https://www.example.jp/plan/", re.compile("PDCA"))
    (Link(url='https://www.example.jp/plan/r5.pdf', words='令和5年度 PDCA'),)
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    links: dict[str, Link] = {}
    for href, words in reader.found():
        url = _absolute(href, reader.base or "", base)
        if url is not None and (pattern.search(url) or pattern.search(words)):
            links.setdefault(url, Link(url, words))
    return tuple(links.values())


def _absolute(href: str, page_base: str, base: str) -> str | None:
    """An http address, or None for mailto:, javascript: and what is no address."""
    try:
        url = urllib.parse.urljoin(urllib.parse.urljoin(base, page_base), href.strip())
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return urllib.parse.urlunsplit(parts._replace(fragment=""))


@dataclass(slots=True)
class _Anchor:
    href: str
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers links with their words; a link that is not closed ends at the next."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base: str | None = None
        self._anchors: list[_Anchor] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "base" and self.base is None:
            self.base = href
        if tag == "a" and href is not None:
            self._anchors.append(_Anchor(href))
            self._is_open = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._is_open = False

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self._anchors[-1].words.append(data)

    def found(self) -> Iterator[tuple[str, str]]:
        return ((anchor.href, " ".join("".join(anchor.words).split())) for anchor in self._anchors)
