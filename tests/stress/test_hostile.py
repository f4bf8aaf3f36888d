"""The heavy promises: a thousand mutants of each kind, every bomb, ten limits, a full disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_folders import many_orders, table_bytes
from batch_kills import SCRIPT, run_ingest, start_ingest
from batch_readers import read_orders
from batch_watch import watched_workers
from bombs import BOMBS, SAMPLES, mutants
from keikaku.pipeline.batch.guard import PATIENCE
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.store.reading import read_dataset
from printed_quotes import unprinted

pytestmark = pytest.mark.stress
SECONDS, GIB = 10, 1 << 30
WEIGHED = SCRIPT.with_name("ingest_weighed.py")
SHARED_MIB = 160
"""Libraries mapped from files, shared by all workers, are in a process's resident size too."""


@pytest.mark.parametrize("suffix", [".pdf", ".txt"])
def test_a_thousand_mutants(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    samples = sorted(SAMPLES.rglob(f"*{suffix}"))
    for number, sample in enumerate(samples):
        for name, data in mutants(sample, 1000 // len(samples), seed=number).items():
            (folder / name).write_bytes(data)
    options = IngestOptions(output=str(tmp_path / "out"), workers=2)
    report = ingest([str(folder)], options)
    print(Counter(document.error_class or "read" for document in report.documents))
    print({doc.message for doc in report.documents if doc.error_class == "internal_error"})
    assert not report.unread
    assert len(report.documents) == len({file.read_bytes() for file in folder.iterdir()})
    assert not [doc for doc in report.quarantined if doc.error_class == "internal_error"]
    places = {document.document_id: Path(document.location) for document in report.documents}
    for records in read_dataset(tmp_path / "out").documents:
        made_up = unprinted(places[records.document.document_id], records)
        assert not made_up, f"{records.document.source_name}: {made_up}"


@pytest.mark.parametrize("name", BOMBS)
def test_bomb(tmp_path: Path, name: str) -> None:
    """Ten seconds of the processor, one GiB in the worker, 300 MiB in the parent."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(BOMBS[name]())
    (folder / "neighbour.txt").write_bytes(next(SAMPLES.rglob("*.txt")).read_bytes())
    command = [sys.executable, str(WEIGHED), str(folder), str(tmp_path / "out"), str(SECONDS)]
    with watched_workers() as peak:
        done = subprocess.run([*command, str(GIB)], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    print(f"{said}, largest worker {peak.worker_mib:.0f} MiB")
    assert said["files"]["neighbour.txt"] == "ingested"
    assert said["files"].keys() == {name, "neighbour.txt"}
    assert said["seconds"] < PATIENCE * SECONDS + 5, "by the clock, on a busy machine"
    assert said["parent_mib"] < 300
    assert peak.worker_mib < 1024 + SHARED_MIB


def test_parent_stays_small(tmp_path: Path) -> None:
    """A thousand documents more let the parent grow by less than 20 MiB; measured at its end."""
    peaks = []
    for count in (200, 1200):
        folder = tmp_path / f"in{count}"
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.txt").write_text(f"rows 200\nprose 100\n#{number}", "utf-8")
        with start_ingest(folder, tmp_path / f"out{count}", 2) as process:
            out, errors = process.communicate(timeout=900)
        assert process.returncode == 0, errors
        peaks.append(int(out.split()[-1]) / 1024)
    print(f"peak of the parent: {peaks[0]:.0f} MiB at 200 documents, {peaks[1]:.0f} at 1,200")
    assert peaks[1] - peaks[0] < 20
    assert peaks[1] < 300


def fill(folder: Path, names: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, orders in names.items():
        (folder / f"{name}.txt").write_text(orders, "utf-8")


@pytest.mark.parametrize(
    "file_bytes", [100, 1000, 5000, 9000, 20000, 35000, 50000, 70000, 90000, 120000]
)
def test_file_size_limit(tmp_path: Path, file_bytes: int) -> None:
    """The same run under ten limits on the size of a file: refused, and nothing lost."""
    folder, output = tmp_path / "in", tmp_path / "out"
    fill(folder, many_orders(20))
    run_ingest(folder, output)
    published = table_bytes(output)
    before = read_dataset(output).documents
    fill(folder, {"big": "rows 3000", "bigger": "rows 6000"})
    with start_ingest(folder, output, 1, file_bytes) as starved:
        _, errors = starved.communicate(timeout=300)
    assert starved.returncode == 3, errors
    assert "next: make room" in errors
    assert table_bytes(output).keys() >= published.keys()
    assert set(before) <= set(read_dataset(output).documents)
    run_ingest(folder, output)
    run_ingest(folder, tmp_path / "fresh")
    assert table_bytes(output) == table_bytes(tmp_path / "fresh")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one MiB; only root may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_full_disk(tmp_path: Path, small_disk: Path) -> None:
    folder, output = tmp_path / "in", small_disk / "out"
    fill(folder, many_orders(10))
    run_ingest(folder, output)
    before = read_dataset(output).documents
    fill(folder, {f"big{n}": f"rows {900 + n}" for n in range(60)})
    with start_ingest(folder, output) as process:
        _, errors = process.communicate(timeout=300)
    assert process.returncode == 3, errors
    assert set(before) <= set(read_dataset(output).documents)
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    run_ingest(folder, output)
    run_ingest(folder, tmp_path / "fresh")
    assert table_bytes(output) == table_bytes(tmp_path / "fresh")


def test_read_only_disk(tmp_path: Path, small_disk: Path) -> None:
    folder = tmp_path / "in"
    fill(folder, many_orders(5))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with start_ingest(folder, small_disk / "out") as process:
        _, errors = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "cannot be written" in errors
    assert not (small_disk / "out").exists()


def test_the_script_reads_orders() -> None:
    """What the other tests start is the ingest of the test reader."""
    assert read_orders.__module__ in SCRIPT.read_text("utf-8")
