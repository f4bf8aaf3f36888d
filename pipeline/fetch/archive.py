"""The archive: every version of every page seen, by hash, and a folder of the current ones.

    DIR/documents/132071/3f2a…-sheet.pdf   what each address shows now: for keikaku ingest
    DIR/documents/132071/source.toml       where each of these came from
    DIR/snapshots/3f/3f2a….pdf             every version ever seen, never removed
    DIR/snapshots/3f/3f2a….json            its address, date and headers, when it was first seen
    DIR/.keikaku/fetch.sqlite              what to ask each server (ETag), and every visit

No name that a server gives becomes part of a path but its letters, digits and hyphens.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sqlite3
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.fetch.web import Answer
from keikaku.pipeline.fetch.wishlist import Wish
from keikaku.pipeline.sidecar import SIDECAR
from keikaku.pipeline.store.durable import write_whole

_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, sha256 TEXT NOT NULL, suffix TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS visit (
    at TEXT NOT NULL, url TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT
);
"""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive holds of an address."""

    etag: str | None
    last_modified: str | None
    sha256: str
    suffix: str

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that let the server answer 304."""
        wanted = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in wanted.items() if value is not None}


class Archive:
    """An open archive folder."""

    def __init__(self, folder: Path) -> None:
        self.documents = folder / "documents"
        self._snapshots = folder / "snapshots"
        try:
            for needed in (self.documents, self._snapshots, folder / ".keikaku"):
                needed.mkdir(parents=True, exist_ok=True)
            self._state = sqlite3.connect(folder / ".keikaku/fetch.sqlite", isolation_level=None)
            self._state.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(
                f"{folder} cannot be used as an archive: {error}",
                hint="give another folder: --into",
            ) from error

    def close(self) -> None:
        """Close the archive."""
        self._state.close()

    def has_documents(self) -> bool:
        """Whether any address shows a document now."""
        return any(file.name != SIDECAR for file in self.documents.glob("*/*"))

    def known(self, url: str) -> Known | None:
        """What is held of an address; None when nothing is, or its snapshot was removed."""
        row = self._state.execute(
            "SELECT etag, last_modified, sha256, suffix FROM page WHERE url = ?", (url,)
        ).fetchone()
        if row is None:
            return None
        known = Known(*row)
        return known if self._snapshot(known.sha256, known.suffix).exists() else None

    def body(self, known: Known) -> bytes:
        """The bytes of a known page."""
        return self._snapshot(known.sha256, known.suffix).read_bytes()

    def keep(self, url: str, answer: Answer, suffix: str) -> Known:
        """Keep what a server answered: snapshot and headers first, then the address."""
        sha256 = hashlib.sha256(answer.body).hexdigest()
        snapshot = self._snapshot(sha256, suffix)
        if not snapshot.exists():
            snapshot.parent.mkdir(exist_ok=True)
            first_seen = {"url": url, "final_url": answer.url, "at": _now()}
            about = {**first_seen, "headers": answer.headers}
            text = json.dumps(about, ensure_ascii=False, indent=1)
            write_whole(snapshot.with_suffix(".json"), text.encode())
            write_whole(snapshot, answer.body)
        known = Known(answer.header("etag"), answer.header("last-modified"), sha256, suffix)
        self._state.execute(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)",
            (url, known.etag, known.last_modified, sha256, suffix),
        )
        return known

    def note(self, url: str, outcome: str, detail: str | None = None) -> None:
        """Note a visit."""
        self._state.execute("INSERT INTO visit VALUES (?, ?, ?, ?)", (_now(), url, outcome, detail))

    def show(self, wish: Wish, known: Known) -> Path:
        """Put the current version of a document where ingest reads it."""
        folder = self.documents / (wish.municipality_code or "unknown")
        folder.mkdir(exist_ok=True)
        shown = folder / document_name(wish.url, known.suffix)
        snapshot = self._snapshot(known.sha256, known.suffix)
        if not shown.exists() or not shown.samefile(snapshot):
            new = shown.with_name(shown.name + ".part")
            new.unlink(missing_ok=True)
            _link_or_copy(snapshot, new)
            new.replace(shown)
        for former in folder.glob(f"{url_digest(wish.url)}*"):
            if former != shown:
                former.unlink()  # the address showed another type of file before
        return shown

    def write_sidecars(self, shown: Iterable[tuple[Wish, Path]]) -> None:
        """Declare in each folder where its documents came from; a folder's older ones stay."""
        by_folder: dict[Path, dict[str, Wish]] = {}
        for wish, path in shown:
            by_folder.setdefault(path.parent, {})[path.name] = wish
        for folder, wishes in by_folder.items():
            text = _sidecar(folder, wishes).encode()
            sidecar = folder / SIDECAR
            if not sidecar.exists() or sidecar.read_bytes() != text:
                write_whole(sidecar, text)

    def _snapshot(self, sha256: str, suffix: str) -> Path:
        return self._snapshots / sha256[:2] / f"{sha256}{suffix}"


def document_name(url: str, suffix: str) -> str:
    """The file name of an address: a hash that tells it from others, and its readable part.

    >>> document_name("https://www.example.jp/a/../../etc/R5%20sheet.pdf?x=1", ".pdf")
    'd15e1e56463c-R5-sheet.pdf'
    """
    path = urllib.parse.unquote(urllib.parse.urlsplit(url).path, errors="replace")
    stem = path.rpartition("/")[2].rpartition(".")[0]
    readable = re.sub(r"[^\w]+", "-", stem).strip("-_")[:_LONGEST_NAME]
    digest = url_digest(url)
    short = readable.encode("utf-8", "ignore")[:180].decode("utf-8", "ignore")
    return f"{digest}-{short}{suffix}" if short else f"{digest}{suffix}"


def url_digest(url: str) -> str:
    """Tells one address from another in a file name."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _sidecar(folder: Path, wishes: dict[str, Wish]) -> str:
    """The folder's sidecar text, with what it said of other documents kept."""
    from keikaku.pipeline.sidecar import read_sidecar

    declared = {
        name: (declaration.source_uri, declaration.licence)
        for name, declaration in read_sidecar(folder).of_one.items()
        if (folder / name).exists()
    }
    declared |= {name: (wish.url, wish.licence) for name, wish in wishes.items()}
    lines = ["# written by keikaku fetch: where these documents came from"]
    if folder.name != "unknown":
        lines.append(f"municipality_code = {_toml(folder.name)}")
    for name, (source_uri, licence) in sorted(declared.items()):
        lines.append(f"\n[documents.{_toml(name)}]")
        lines += [
            f"{key} = {_toml(value)}"
            for key, value in (("source_uri", source_uri), ("licence", licence))
            if value is not None
        ]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A TOML basic string: JSON's escapes are a part of TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _link_or_copy(snapshot: Path, new: Path) -> None:
    try:
        os.link(snapshot, new)
    except OSError:  # a file system without hard links
        new.write_bytes(snapshot.read_bytes())


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
