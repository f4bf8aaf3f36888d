"""Fetch against a server of this machine: asked once, asked politely, taken whole or not at all."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.fetch.archive import document_name
from keikaku.pipeline.fetch.run import FetchReport, fetch
from keikaku.pipeline.fetch.web import Manners, Web
from keikaku.pipeline.fetch.wishlist import Wish, read_wishlist
from keikaku.pipeline.sidecar import read_declaration

PDF = b"%PDF-1.7 a sheet"


@dataclass
class Page:
    """What the server answers to a path."""

    body: bytes = PDF
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/pdf"})
    etag: str | None = None
    cut: int = 0
    """Bytes that the server promises and does not send."""


@dataclass
class Site:
    """A server, its pages, and what was asked of it."""

    address: str
    pages: dict[str, Page]
    asked: list[tuple[str, int]]

    def paths(self, status: int | None = None) -> list[str]:
        return [path for path, answered in self.asked if status in (None, answered)]


@pytest.fixture
def site() -> Iterator[Site]:
    pages: dict[str, Page] = {}
    asked: list[tuple[str, int]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = pages.get(self.path, Page(b"", 404, {}))
            is_known = page.etag is not None and self.headers["If-None-Match"] == page.etag
            status = 304 if is_known else page.status
            asked.append((self.path, status))
            body = b"" if status == 304 else page.body
            self.send_response(status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.etag is not None:
                self.send_header("ETag", page.etag)
            self.send_header("Content-Length", str(len(body) + page.cut))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = bool(page.cut)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", pages, asked)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(tmp_path: Path, site: Site) -> Callable[..., FetchReport]:
    def go(*paths: str, **manners: float) -> FetchReport:
        wishes = [Wish(site.address + path, "132071", licence="CC BY") for path in paths]
        polite = Manners(**{"delay": 0.0, "pause": 0.01, "timeout": 5.0, **manners})  # type: ignore[arg-type]
        web = Web(polite)
        try:
            return fetch(wishes, tmp_path / "archive", web, ignore)
        finally:
            web.close()

    return go


def ignore(_: object) -> None:
    """Nobody is told."""


def outcomes(report: FetchReport) -> list[str]:
    return [visit.outcome for visit in report.visits]


def shown(folder: Path) -> dict[str, bytes]:
    """What ingest would read: names without the hash of the address."""
    return {
        file.name.partition("-")[2]: file.read_bytes()
        for file in (folder / "archive/documents").rglob("*")
        if file.is_file() and file.name != "source.toml"
    }


def test_second_run_only_asks_whether_anything_changed(
    site: Site, run: Callable[..., FetchReport], tmp_path: Path
) -> None:
    site.pages["/plan/sheet.pdf"] = Page(etag='"1"')
    assert outcomes(run("/plan/sheet.pdf")) == ["new"]
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "archive/documents").rglob("*")}
    site.asked.clear()
    assert outcomes(run("/plan/sheet.pdf")) == ["unchanged"]
    assert site.asked == [("/robots.txt", 404), ("/plan/sheet.pdf", 304)]
    after = {file: file.stat().st_mtime_ns for file in (tmp_path / "archive/documents").rglob("*")}
    assert after == before
    (document,) = (tmp_path / "archive/documents/132071").glob("*.pdf")
    declared = read_declaration(document)
    assert declared.source_uri == site.address + "/plan/sheet.pdf"
    assert (declared.municipality_code, declared.licence) == ("132071", "CC BY")


def test_last_modified_is_asked_for_too(site: Site, run: Callable[..., FetchReport]) -> None:
    modified = "Wed, 01 Apr 2026 00:00:00 GMT"
    site.pages["/a.pdf"] = Page(
        headers={"Content-Type": "application/pdf", "Last-Modified": modified}
    )
    run("/a.pdf")
    assert outcomes(run("/a.pdf")) == ["unchanged"], "same bytes, though the server answers 200"


def test_changed_document_takes_the_place_and_the_former_version_is_kept(
    site: Site, run: Callable[..., FetchReport], tmp_path: Path
) -> None:
    site.pages["/sheet.pdf"] = Page(PDF + b" 1", etag='"1"')
    run("/sheet.pdf")
    site.pages["/sheet.pdf"] = Page(PDF + b" 2", etag='"2"')
    assert outcomes(run("/sheet.pdf")) == ["changed"]
    assert shown(tmp_path) == {"sheet.pdf": PDF + b" 2"}
    kept = {file.read_bytes() for file in (tmp_path / "archive/snapshots").rglob("*.pdf")}
    assert kept == {PDF + b" 1", PDF + b" 2"}


def test_index_page_finds_new_files(site: Site, tmp_path: Path) -> None:
    html = {"Content-Type": "text/html"}
    links = '<base href="/files/"><a href="r5.pdf">令和5年度</a><a href="map.pdf">地図</a>'
    site.pages["/plan/"] = Page(links.encode(), headers=html, etag='"1"')
    site.pages["/files/r5.pdf"] = Page(etag='"1"')
    site.pages["/files/r6.pdf"] = Page(etag='"1"')
    wish = Wish(f"{site.address}/plan/", "132071", "index", re.compile("年度"))

    def go() -> list[str]:
        web = Web(Manners(delay=0.0))
        report = fetch([wish, wish], tmp_path / "archive", web, ignore)
        web.close()
        return outcomes(report)

    assert go() == ["new", "new", "unchanged"]
    assert go() == ["unchanged", "unchanged", "unchanged"]
    more = (links + '<a href="r6.pdf">令和6年度</a>').encode()
    site.pages["/plan/"] = Page(more, headers=html, etag='"2"')
    assert go() == ["changed", "unchanged", "new", "unchanged"]
    assert set(shown(tmp_path)) == {"r5.pdf", "r6.pdf"}
    assert "/files/map.pdf" not in site.paths()


def test_disallowed_paths_are_never_asked(site: Site, run: Callable[..., FetchReport]) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/", headers={})
    site.pages["/private/a.pdf"] = Page()
    site.pages["/moved.pdf"] = Page(b"", 302, {"Location": "/private/a.pdf"})
    assert outcomes(run("/private/a.pdf", "/moved.pdf")) == ["robots", "robots"]
    assert site.paths() == ["/robots.txt", "/moved.pdf"]


def test_nothing_is_asked_when_robots_txt_fails(
    site: Site, run: Callable[..., FetchReport]
) -> None:
    site.pages["/robots.txt"] = Page(b"", 503)
    site.pages["/a.pdf"] = Page()
    assert outcomes(run("/a.pdf")) == ["robots_unreachable"]
    assert "/a.pdf" not in site.paths()


def test_crawl_delay_is_kept(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7", headers={})
    site.pages["/a.pdf"] = site.pages["/b.pdf"] = Page()
    pauses: list[float] = []
    web = Web(Manners(delay=0.0), sleep=pauses.append)
    wishes = [Wish(site.address + path) for path in ("/a.pdf", "/b.pdf")]
    fetch(wishes, tmp_path, web, ignore)
    web.close()
    assert [round(pause) for pause in pauses] == [7, 7]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(PDF, cut=5), "truncated"),
        (Page(b"x" * 3000), "too_large"),
        (Page(b"", 404), "http_error"),
        (Page(b""), "empty"),
        (Page(b"", 302, {"Location": "/page.pdf"}), "redirect_loop"),
        (Page(b"", 302, {"Location": "file:///etc/passwd"}), "bad_redirect"),
        (Page(b"", 302, {}), "bad_redirect"),
        (Page(b"\xff\xd8", headers={"Content-Type": "image/jpeg"}), "unwanted_type"),
        (Page(b"MZ", headers={"Content-Type": "application/octet-stream"}), "unknown_type"),
        (Page(b"<html>login", headers={"Content-Type": "application/pdf"}), "unwanted_type"),
        (Page(b"", 500), "server_error"),
        (Page(b"", 429, {"Retry-After": "0"}), "server_error"),
    ],
)
def test_what_is_not_taken(
    site: Site, run: Callable[..., FetchReport], tmp_path: Path, page: Page, reason: str
) -> None:
    site.pages["/page.pdf"] = page
    site.pages["/good.pdf"] = Page()
    report = run("/page.pdf", "/good.pdf", max_bytes=2000)
    assert outcomes(report) == [reason, "new"]
    assert report.exit_code == 1
    assert set(shown(tmp_path)) == {"good.pdf"}


def test_long_redirect_chain_is_refused(site: Site, run: Callable[..., FetchReport]) -> None:
    for n in range(20):
        site.pages[f"/{n}"] = Page(b"", 302, {"Location": f"/{n + 1}"})
    assert outcomes(run("/0")) == ["redirect_loop"]
    assert len(site.paths()) < 10


def test_busy_server_is_asked_again(
    site: Site, run: Callable[..., FetchReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/a.pdf"] = Page(b"", 503, {"Retry-After": "0"})
    pauses = []

    def recover(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            site.pages["/a.pdf"] = Page()

    monkeypatch.setattr("time.sleep", recover)
    assert outcomes(run("/a.pdf")) == ["new"]
    assert [status for path, status in site.asked if path == "/a.pdf"] == [503, 503, 200]


def test_server_that_stays_busy_is_given_up(site: Site, run: Callable[..., FetchReport]) -> None:
    site.pages["/a.pdf"] = Page(b"", 503)
    assert outcomes(run("/a.pdf")) == ["server_error"]
    assert site.paths(503) == ["/a.pdf"] * Manners().tries


def test_failing_server_leaves_the_last_version(
    site: Site, run: Callable[..., FetchReport], tmp_path: Path
) -> None:
    site.pages["/a.pdf"] = Page()
    run("/a.pdf")
    site.pages["/a.pdf"] = Page(b"", 500)
    assert outcomes(run("/a.pdf")) == ["server_error"]
    assert shown(tmp_path) == {"a.pdf": PDF}


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e%2f%2e%2e%2fx.pdf", "/%00.pdf", "/" + "x" * 400, "/が%2F..pdf"],
)
def test_hostile_addresses_write_nothing_outside(path: str) -> None:
    name = document_name("http://example.jp" + path, ".pdf")
    assert re.fullmatch(r"[0-9a-f]{12}(-[\w-]+)?\.pdf", name)
    assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "lists no source"),
        ("[[source]]\nurl = 'ftp://x/'", "no http"),
        ("[[source]]\nurl = 'http://x/'\nkind = 'page'", "kind 'page'"),
        ("[[source]]\nurl = 'http://x/'\nkind = 'index'", "needs `links`"),
        ("[[source]]\nurl = 'http://x/'\nlinks = '('\nkind = 'index'", "is no pattern"),
        ("[[source]]\nurl = 'http://x/'\nmunicipality_code = '999999'", "source 1"),
        ("[[source]]\nurl = 'http://x/'\ncolour = 'red'", "unknown key 'colour'"),
        ("[[source]]\nurl = 3", "text in quotes"),
        ("x = = 3", "Invalid value"),
    ],
)
def test_wrong_lists_are_named(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(UsageError, match=re.escape(reason)):
        read_wishlist(tmp_path / "sources.toml")
