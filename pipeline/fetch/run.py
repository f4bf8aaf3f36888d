"""A fetch from above: read the list, ask each server, keep what is new, show what is current."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from keikaku.pipeline.fetch.archive import Archive, Known
from keikaku.pipeline.fetch.links import MOST_LINKS, Link, find_links
from keikaku.pipeline.fetch.web import Answer, Refused, Web
from keikaku.pipeline.fetch.wishlist import Wish

_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
}
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one address: new, changed, unchanged, or a reason why it was not taken."""

    url: str
    outcome: str
    detail: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether nothing could be taken."""
        return self.outcome not in ("new", "changed", "unchanged")


@dataclass(slots=True)
class FetchReport:
    """What a fetch did, and whether the archive now shows any document."""

    visits: list[Visit] = field(default_factory=list)
    has_documents: bool = False

    @property
    def exit_code(self) -> int:
        """0 all taken, 1 some refused."""
        return int(any(visit.is_refused for visit in self.visits))

    def counts(self) -> dict[str, int]:
        """Number of addresses by outcome."""
        return dict(sorted(Counter(visit.outcome for visit in self.visits).items()))


def fetch(
    wishes: Iterable[Wish], folder: Path, web: Web, tell: Callable[[Visit], None]
) -> FetchReport:
    """Fetch all documents of a list into an archive folder, each address once."""
    report = FetchReport()
    with contextlib.closing(Archive(folder)) as archive:
        run = _Run(archive, web, report, tell)
        shown = [
            (wish, archive.show(wish, known))
            for wish in run.documents(wishes)
            if (known := run.take(wish)) is not None
        ]
        archive.write_sidecars(shown)
        report.has_documents = archive.has_documents()
    return report


@dataclass(slots=True)
class _Run:
    archive: Archive
    web: Web
    report: FetchReport
    tell: Callable[[Visit], None]
    seen: set[str] = field(default_factory=set)

    def documents(self, wishes: Iterable[Wish]) -> Iterator[Wish]:
        """Every document to fetch: those listed, and those that index pages link to."""
        for wish in wishes:
            pages = [wish] if wish.kind == "document" else self._linked(wish)
            for page in pages:
                if page.url not in self.seen:
                    self.seen.add(page.url)
                    yield page

    def _linked(self, index: Wish) -> Iterator[Wish]:
        known = self.take(index)
        if known is None or index.links is None:
            return
        links = find_links(_decode(self.archive.body(known)), index.url, index.links)
        if len(links) > MOST_LINKS:
            self._note(
                index.url, "too_many_links", f"{len(links)} links match {index.links.pattern!r}"
            )
            return
        for link in links:
            yield _document_wish(index, link)

    def take(self, wish: Wish) -> Known | None:
        """Ask for a page; gives what the archive holds of it now, None when it holds nothing."""
        known = self.archive.known(wish.url)
        try:
            answer = self.web.get(wish.url, known.conditions if known else {})
            if answer.status == 304 and known is not None:
                self._note(wish.url, "unchanged")
                return known
            suffix = _suffix(answer)
        except Refused as refusal:
            self._note(wish.url, refusal.reason, refusal.detail)
            return known
        kept = self.archive.keep(wish.url, answer, suffix)
        is_same = known is not None and known.sha256 == kept.sha256
        self._note(wish.url, "unchanged" if is_same else "changed" if known else "new")
        return kept

    def _note(self, url: str, outcome: str, detail: str | None = None) -> None:
        visit = Visit(url, outcome, detail)
        self.archive.note(url, outcome, detail)
        self.report.visits.append(visit)
        self.tell(visit)


def _document_wish(index: Wish, link: Link) -> Wish:
    return replace(index, url=link.url, kind="document", links=None)


def _suffix(answer: Answer) -> str:
    """The extension of what was answered; what is no document is refused."""
    if answer.status != 200:
        raise Refused("http_error", f"{answer.url}: HTTP {answer.status}")
    if not answer.body:
        raise Refused("empty", f"{answer.url}: no content")
    said = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    if answer.body.startswith(b"%PDF-"):
        return ".pdf"
    suffix = _SUFFIXES.get(said)
    if suffix is None and said in _UNSAID:
        raise Refused("unknown_type", f"{answer.url}: no type is said, and it opens as no PDF")
    if suffix is None or suffix == ".pdf":
        raise Refused("unwanted_type", f"{answer.url}: {said}, which keikaku does not read")
    return suffix


def _decode(page: bytes) -> str:
    """An index page's text: its charset as it says itself, UTF-8 otherwise."""
    said = _CHARSET.search(page[:2048])
    try:
        return page.decode(said[1].decode("ascii") if said else "utf-8", "replace")
    except LookupError:
        return page.decode("utf-8", "replace")
