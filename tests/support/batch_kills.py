"""Kill an ingest at random moments, and see what a reader would find each time."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet
from batch_folders import many_orders, table_bytes
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.ledger import Ledger
from keikaku.pipeline.store.reading import read_dataset

SCRIPT = Path(__file__).with_name("ingest_orders.py")


@dataclass(frozen=True)
class Toll:
    """What the kills gave: how many hit a running ingest, and how many plain files were split."""

    kills: int
    split_moments: int


def start_ingest(*arguments: object) -> subprocess.Popen[str]:
    """Start an ingest in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run_ingest(*arguments: object) -> None:
    """An ingest from start to end; the refused documents give exit code 1."""
    with start_ingest(*arguments) as process:
        _, errors = process.communicate(timeout=600)
    assert process.returncode == 1, errors


def kill_often(work: Path, *, kills: int, documents: int, seed: int) -> Toll:
    """Ingest a changing folder, killed `kills` times; fails when anything is lost or split."""
    chance = random.Random(seed)
    folder, output = work / "in", work / "out"
    folder.mkdir()
    for name, orders in many_orders(documents).items():
        (folder / f"{name}.txt").write_text(f"nap\n{orders}", "utf-8")
    longest = span = _seconds(folder, work / "measured")
    hit = split = 0
    committed: set[str] = set()
    while hit < kills:
        with start_ingest(folder, output, 1 + hit % 2) as process:
            time.sleep(chance.uniform(0.2, span))
            was_running = process.poll() is None
            process.send_signal(signal.SIGKILL)
            process.communicate()
        hit += was_running
        # a run that has little left to read is over sooner than the first was: aim at where it is
        span = min(longest, span * 1.1) if was_running else max(3.0, span * 0.8)
        split += count_split(output)
        lying_there = {hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
        committed = check_committed(output, committed & lying_there)
        if not was_running or hit % 10 == 0:
            _change_some(folder, chance)
    run_ingest(folder, output)
    run_ingest(folder, work / "unkilled")
    assert table_bytes(output) == table_bytes(work / "unkilled")
    return Toll(hit, split)


def check_committed(output: Path, before: set[str]) -> set[str]:
    """Every committed document is whole in all four tables; none of `before` was lost."""
    if not (output / ".keikaku/lock").exists():
        return set()
    dataset = read_dataset(output)
    for records in dataset.documents:
        document = records.document
        assert document.observation_count == len(records.observations)
        assert document.narrative_count == len(records.narratives)
        assert document.finding_count == len(records.findings)
    committed = {records.document.document_id for records in dataset.documents}
    ledger = Ledger(output / ".keikaku/ledger.sqlite")
    assert committed == set(ledger.entries())
    ledger.close()
    assert before <= committed
    return committed


def count_split(output: Path) -> int:
    """1 when the plain files, read without the ledger, show a document in some tables only."""
    if not (output / "documents").exists():
        return 0
    tables = {
        name: pyarrow.parquet.read_table(output / name, columns=["document_id"])["document_id"]
        for name in TABLES
        if any((output / name).glob("*.parquet"))
    }
    if not tables:
        return 0
    listed = pyarrow.parquet.read_table(output / "documents") if "documents" in tables else None
    found = tables["observations"].value_counts().to_pylist() if "observations" in tables else []
    counted = {pair["values"]: pair["counts"] for pair in found}
    declared = {
        row["document_id"]: row["observation_count"]
        for row in (listed.to_pylist() if listed is not None else [])
        if row["observation_count"]
    }
    return int(counted != declared)


def _change_some(folder: Path, chance: random.Random) -> None:
    """Change a few documents and remove one, as a publisher does."""
    files = sorted(folder.iterdir())
    for file in chance.sample(files, 10):
        file.write_text(file.read_text("utf-8") + f"\nrows 1\n#{chance.random()}", "utf-8")
    chance.choice(files).unlink()


def _seconds(folder: Path, output: Path) -> float:
    started = time.monotonic()
    run_ingest(folder, output)
    return time.monotonic() - started
