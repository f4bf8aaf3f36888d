"""What an ingest costs in memory, seen from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Peak:
    """The largest resident size of any descendant, in MiB."""

    worker_mib: float = 0.0


@contextmanager
def watched_workers() -> Iterator[Peak]:
    """Look at all descendants of this process every few milliseconds."""
    peak, done = Peak(), threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            peak.worker_mib = max([peak.worker_mib, *map(_resident_mib, _descendants())])

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _descendants() -> list[str]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[folder.name] = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
    found, layer = [], {Path("/proc/self").readlink().name}
    while layer:
        layer = {process for process, parent in parents.items() if parent in layer}
        found += layer
    return found


def _resident_mib(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    sizes = [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
    return sizes[0] / 1024 if sizes else 0.0
