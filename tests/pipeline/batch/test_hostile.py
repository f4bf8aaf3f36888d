"""Hostile input and hostile disks, in short; the long forms are in tests/stress."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from batch_folders import MakeFolder, many_orders, table_bytes, tree_bytes
from batch_kills import run_ingest, start_ingest
from batch_readers import read_orders
from bombs import BOMBS, SAMPLES, flate_bomb, mutants
from keikaku.pipeline.batch.report import RunReport
from keikaku.pipeline.batch.workers import Limits
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.store.reading import read_dataset
from printed_quotes import unprinted

QUICK_BOMBS = ("page_tree_loop.pdf", "page_count.pdf", "nested_divs.html", "spans.html")


def run(folder: Path, output: Path, **options: object) -> RunReport:
    wanted = replace(IngestOptions(output=str(output)), **options)  # type: ignore[arg-type]
    return ingest([str(folder)], wanted)


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_bombs_end_with_a_row_each(tmp_path: Path) -> None:
    bombs = {name: BOMBS[name]() for name in QUICK_BOMBS}
    bombs["flate.pdf"] = flate_bomb(layers=2, size=600 << 20)
    bombs["long_line.txt"] = b"1" * (9 << 20)
    report = run(fill(tmp_path / "in", bombs), tmp_path / "out", limits=Limits(10, 512 << 20))
    assert not report.unread
    assert len(read_dataset(tmp_path / "out").documents) == len(bombs)
    assert {document.error_class for document in report.quarantined} <= {
        "crashed",
        "memory_limit",
        "no_sheet",
        "too_large",
        "unreadable",
    }


@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
def test_mutants_are_read_or_quarantined(tmp_path: Path, suffix: str) -> None:
    sample = sorted(SAMPLES.rglob(f"*{suffix}"))[0]
    made = mutants(sample, 6, seed=5)
    report = run(fill(tmp_path / "in", made), tmp_path / "out")
    assert not report.unread
    assert len(report.documents) == 6
    assert not [doc for doc in report.quarantined if doc.error_class == "internal_error"]
    for records in read_dataset(tmp_path / "out").documents:
        assert not unprinted(tmp_path / "in" / records.document.source_name, records)


def test_hostile_names_write_nothing_outside_the_output(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = [
        "..%2f..%2fup.txt",  # hidden by its dot
        "a..txt",
        "~.txt",
        "-rf.txt",
        "$(touch x).txt",
        "a\nb.txt",
        "か\u3099.txt",
        "x" * 250 + ".txt",
        "CON.txt",
        "a;b'c\"d.txt",
        os.fsdecode(b"\x8f\xba.txt"),
    ]
    for number, name in enumerate(names):
        (folder / name).write_text(f"rows {number}")
    (tmp_path / "secret.txt").write_text("rows 99")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    before = tree_bytes(folder), {path.name for path in tmp_path.iterdir()}
    report = ingest([str(folder)], IngestOptions(output=str(tmp_path / "out")), reader=read_orders)
    after = tree_bytes(folder), {path.name for path in tmp_path.iterdir()} - {"out"}
    assert after == before
    assert report.ingested == len(names) - 1, "a leading dot pair hides a file"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        ".keikaku",
        "datapackage.json",
        "documents",
        "observations",
        "narratives",
        "findings",
    }


@pytest.mark.parametrize("file_bytes", [20_000, 70_000])
def test_file_size_limit_leaves_the_last_state(
    make_folder: MakeFolder, tmp_path: Path, file_bytes: int
) -> None:
    folder = make_folder(**many_orders(20))
    run_ingest(folder, tmp_path / "out")
    published = table_bytes(tmp_path / "out")
    make_folder(big="rows 3000", bigger="rows 6000")
    with start_ingest(folder, tmp_path / "out", 1, file_bytes) as starved:
        _, errors = starved.communicate(timeout=120)
    assert starved.returncode == 3, errors
    assert "next: make room" in errors
    assert table_bytes(tmp_path / "out").keys() >= published.keys()
    assert len(read_dataset(tmp_path / "out").documents) >= 22
    run_ingest(folder, tmp_path / "out")
    run_ingest(folder, tmp_path / "unstarved")
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "unstarved")
