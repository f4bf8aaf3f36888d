"""What happens to outputs and inputs in real life: damage, disorder, two runs at once, odd files."""

from __future__ import annotations

import datetime
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from batch_folders import MakeFolder, many_orders, table_bytes
from batch_kills import start_ingest
from batch_readers import read_orders
from keikaku.pipeline.batch.report import RunReport
from keikaku.pipeline.errors import KeikakuError
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.store import ledger
from keikaku.pipeline.store.reading import read_dataset

LEDGER = ".keikaku/ledger.sqlite"
COMPACT = "import sys; from keikaku.pipeline.store.publication import compact; compact(sys.argv[1])"


def run(folder: Path, output: Path, **options: object) -> RunReport:
    wanted = replace(IngestOptions(output=str(output), workers=1), **options)  # type: ignore[arg-type]
    return ingest([str(folder)], wanted, reader=read_orders)


def overwrite(file: Path) -> None:
    file.write_bytes(b"rubbish" * 2000)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def drop_table(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("DROP TABLE place")
    connection.close()


def forget_version(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 0")
    connection.close()


@pytest.mark.parametrize("damage", [overwrite, cut, drop_table, forget_version])
def test_damaged_ledger_is_said(
    make_folder: MakeFolder, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = make_folder(a="rows 3", b="rows 1")
    run(folder, tmp_path / "out")
    before = table_bytes(tmp_path / "out")
    damage(tmp_path / "out" / LEDGER)
    with pytest.raises(KeikakuError, match="is damaged") as refusal:
        run(folder, tmp_path / "out")
    assert refusal.value.exit_code == 3
    assert "ingest all documents again" in refusal.value.hint
    assert table_bytes(tmp_path / "out") == before


@pytest.mark.parametrize("is_emptied", [True, False])
def test_tables_without_their_ledger_are_refused(
    make_folder: MakeFolder, tmp_path: Path, is_emptied: bool
) -> None:
    run(make_folder(a="rows 3"), tmp_path / "out")
    before = table_bytes(tmp_path / "out")
    (tmp_path / "out" / LEDGER).unlink()
    if is_emptied:
        (tmp_path / "out" / LEDGER).touch()
    with pytest.raises(KeikakuError, match="holds tables, but their ledger"):
        run(make_folder("other", b="rows 1"), tmp_path / "out")
    assert table_bytes(tmp_path / "out") == before


def test_table_that_is_cut_off_is_named_even_when_nothing_is_to_do(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(**many_orders(10))
    run(folder, tmp_path / "out")
    before = table_bytes(tmp_path / "out")
    file = max((tmp_path / "out/observations").iterdir())
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(KeikakuError, match=file.name) as refusal:
        run(folder, tmp_path / "out")
    assert "remove this file and run again" in refusal.value.hint
    with pytest.raises(KeikakuError, match=file.name):
        read_dataset(tmp_path / "out")
    file.unlink()
    run(folder, tmp_path / "out")
    assert table_bytes(tmp_path / "out") == before


def test_clock_that_goes_back_changes_nothing(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(a="rows 3", b="rows 1")
    run(folder, tmp_path / "out")
    make_folder(b="rows 2")

    class LongAgo(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> LongAgo:
            return cls(1999, 1, 1, tzinfo=tz)

    monkeypatch.setattr(ledger.datetime, "datetime", LongAgo)
    os.utime(folder / "b.txt", (0, 0))
    assert (run(folder, tmp_path / "out").ingested, run(folder, tmp_path / "out").unchanged) == (
        1,
        2,
    )
    run(folder, tmp_path / "fresh")
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "fresh")


def test_three_runs_at_once_on_one_output(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(**{name: f"nap\n{text}" for name, text in many_orders(40).items()})
    at_once = [start_ingest(folder, tmp_path / "out") for _ in range(3)]
    ends = [process.communicate(timeout=300)[1] for process in at_once]
    assert [process.returncode for process in at_once] == [1, 1, 1], ends
    run(folder, tmp_path / "alone")
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "alone")
    assert run(folder, tmp_path / "out").unchanged == 44


def test_kills_while_compacting(make_folder: MakeFolder, tmp_path: Path) -> None:
    """Compacting what a killed run left, itself killed at random moments, ends as if undisturbed."""
    folder = make_folder(**{name: f"nap\n{text}" for name, text in many_orders(60).items()})
    chance, output = random.Random(4), tmp_path / "out"
    with start_ingest(folder, output) as process:
        while not (output / LEDGER).exists() or committed(output) < 30:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    kept = read_dataset(output)
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", COMPACT, str(output)]) as compacting:
            time.sleep(chance.uniform(0.1, 1.5))
            compacting.send_signal(signal.SIGKILL)
        assert read_dataset(output) == kept
    subprocess.run([sys.executable, "-c", COMPACT, str(output)], check=True)
    assert read_dataset(output) == kept
    run(folder, output)
    run(folder, tmp_path / "undisturbed")
    assert table_bytes(output) == table_bytes(tmp_path / "undisturbed")


def committed(output: Path) -> int:
    opened = ledger.Ledger(output / LEDGER)
    try:
        return opened.committed_count()
    finally:
        opened.close()


def test_file_that_changes_while_the_batch_runs_is_read_by_the_next(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(a="rows 3", b="rows 1")
    make_plan = ingest.__globals__["make_plan"]

    def change_first(*values: object) -> object:
        make_folder(b="rows 5")
        return make_plan(*values)

    monkeypatch.setitem(ingest.__globals__, "make_plan", change_first)
    report = run(folder, tmp_path / "out")
    assert [other.reason for other in report.unread] == [
        "it was changed while the batch was running"
    ]
    monkeypatch.undo()
    assert run(folder, tmp_path / "out").ingested == 1
    run(folder, tmp_path / "fresh")
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "fresh")


def test_pipes_and_sockets_are_passed_over(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(a="rows 3")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "endless.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to("loop.txt")
    report = run(folder, tmp_path / "out", follow_symlinks=True)
    assert report.ingested == 1
    assert {Path(other.location).name: other.reason for other in report.passed_over} == {
        "pipe.txt": "no_regular_file",
        "pipe.pdf": "no_regular_file",
        "endless.txt": "no_regular_file",
        "loop.txt": "broken_link",
    }
