"""The plan of a run: which of the found documents are to be read, and which are gone.

A document is its bytes. The same bytes may lie in several places; the smallest of their identities
(name, then what is declared) gives the rows, so the order of input plays no part.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.jobs import Job
from keikaku.pipeline.sources import FoundFile, FoundSources, is_remote, key_of
from keikaku.pipeline.store.ledger import Entry, Identity, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from keikaku.pipeline.batch.workers import Limits


@dataclass(frozen=True, slots=True)
class HashedFile:
    """A found file with its hash and size."""

    file: FoundFile
    document_id: str
    byte_size: int

    @property
    def identity(self) -> Identity:
        """Name and declaration."""
        return Identity.of(self.file.name, self.file.declaration)

    @property
    def place(self) -> Place:
        """As the ledger notes it."""
        return Place(
            key_of(self.file.location), self.document_id, self.identity, self.file.fingerprint
        )


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read; the places to note when it is committed, and those that it left."""

    job: Job
    places: tuple[Place, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. `moved` are places of unchanged documents that the ledger lacks."""

    tasks: tuple[Task, ...]
    unchanged: tuple[Entry, ...]
    moved: tuple[Place, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants beyond new and changed documents."""

    limits: Limits
    refresh: bool = False
    password: str | None = None


def make_plan(
    files: Iterable[HashedFile],
    gone: Collection[str],
    entries: Mapping[str, Entry],
    places: Mapping[str, Place],
    wish: Wish,
) -> Plan:
    """Compare what was found with what is committed."""
    by_document: dict[str, list[HashedFile]] = defaultdict(list)
    for file in files:
        by_document[file.document_id].append(file)
    left = _left_places(gone, places)
    elsewhere = _identities_elsewhere(by_document, places, frozenset(gone))
    tasks: list[Task] = []
    unchanged: list[Entry] = []
    moved: list[Place] = []
    for document_id, copies in sorted(by_document.items()):
        first = min(copies, key=lambda copy: (copy.identity, copy.file.location))
        noted = tuple(copy.place for copy in copies)
        entry = entries.get(document_id)
        if entry is None or _is_due(entry, first.identity, elsewhere[document_id], wish):
            job = _job(first, elsewhere[document_id], wish)
            tasks.append(Task(job, noted, tuple(left[document_id])))
        else:
            unchanged.append(entry)
            moved.extend(place for place in noted if places.get(place.location) != place)
    return Plan(tuple(tasks), tuple(unchanged), tuple(moved), tuple(sorted(gone)))


def _left_places(gone: Iterable[str], places: Mapping[str, Place]) -> dict[str, list[str]]:
    left: dict[str, list[str]] = defaultdict(list)
    for location in sorted(gone):
        left[places[location].document_id].append(location)
    return left


def _job(first: HashedFile, elsewhere: set[Identity], wish: Wish) -> Job:
    return Job(
        first.file.location,
        first.document_id,
        first.byte_size,
        min({first.identity} | elsewhere),
        wish.password,
    )


def _is_due(entry: Entry, found: Identity, elsewhere: set[Identity], wish: Wish) -> bool:
    """Whether a committed document is to be read again."""
    if wish.refresh or entry.is_lost or entry.identity != min({found} | elsewhere):
        return True
    has_more_room = (
        wish.limits.max_seconds > entry.max_seconds or wish.limits.max_memory > entry.max_memory
    )
    return entry.status == "quarantined" and (has_more_room or wish.password is not None)


def _identities_elsewhere(
    found: Mapping[str, list[HashedFile]], places: Mapping[str, Place], gone: frozenset[str]
) -> dict[str, set[Identity]]:
    """Identities of the found documents at places that this run did not look at."""
    elsewhere: dict[str, set[Identity]] = defaultdict(set)
    looked_at = {key_of(copy.file.location) for copies in found.values() for copy in copies}
    for place in places.values():
        if place.document_id in found and place.location not in looked_at | gone:
            elsewhere[place.document_id].add(place.identity)
    return elsewhere


def find_gone(sources: FoundSources, places: Iterable[Place]) -> tuple[str, ...]:
    """The places under the walked folders, or local anywhere, where no document lies any more."""
    seen = {key_of(file.location) for file in sources.files}
    seen |= {other.location for other in sources.passed_over if other.reason == "other_format"}
    names = {file.name for file in sources.files}
    return tuple(
        place.location
        for place in places
        if place.location not in seen
        and (
            _is_under(place.location, sources.folders)
            or (place.identity.source_name in names and _has_vanished(place.location))
        )
    )


def _is_under(location: str, folders: Iterable[str]) -> bool:
    return any(location.startswith(folder.rstrip("/") + "/") for folder in folders)


def _has_vanished(location: str) -> bool:
    """Whether a place outside the walked folders is gone too: its folder was moved or renamed."""
    return not is_remote(location) and not os.path.lexists(location)
