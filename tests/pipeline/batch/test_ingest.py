"""Ingest: nothing lost, nothing twice, the same bytes whatever the way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from batch_folders import MakeFolder, many_orders, table_bytes, tree_bytes
from batch_readers import read_orders
from keikaku.pipeline.batch import workers
from keikaku.pipeline.batch.report import RunReport
from keikaku.pipeline.batch.workers import Limits
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.store.ledger import Ledger
from keikaku.pipeline.store.reading import read_dataset


def run(folder: Path | list[Path], output: Path, **options: object) -> RunReport:
    paths = folder if isinstance(folder, list) else [folder]
    wanted = replace(IngestOptions(output=str(output)), **options)  # type: ignore[arg-type]
    return ingest([str(path) for path in paths], wanted, reader=read_orders)


def names(output: Path) -> dict[str, str]:
    return {
        records.document.source_name: records.document.status
        for records in read_dataset(output).documents
    }


def test_documents_become_rows(make_folder: MakeFolder, tmp_path: Path) -> None:
    report = run(make_folder(a="rows 3\nprose 2", b="rows 1\ndoubt 2"), tmp_path / "out")
    dataset = read_dataset(tmp_path / "out")
    assert report.exit_code == 0
    assert {
        records.document.source_name: (
            len(records.observations),
            len(records.narratives),
            len(records.findings),
        )
        for records in dataset.documents
    } == {"a.txt": (3, 2, 0), "b.txt": (1, 0, 2)}
    assert not Ledger(tmp_path / "out/.keikaku/ledger.sqlite").waiting()


def test_second_run_changes_no_byte(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(**many_orders(20))
    run(folder, tmp_path / "out")
    before = tree_bytes(tmp_path / "out")
    report = run(folder, tmp_path / "out")
    assert report.unchanged == 22
    assert not report.documents
    assert tree_bytes(tmp_path / "out") == before


def test_same_bytes_for_any_workers_order_and_shards(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(**many_orders(30))
    run(folder, tmp_path / "one", workers=1)
    run(folder, tmp_path / "two", workers=2)
    for file in sorted(folder.iterdir(), reverse=True)[:5]:
        run(file, tmp_path / "pieces")
    for shard in (3, 1, 2):
        run(folder, tmp_path / "pieces", shard=(shard, 3))
    one = table_bytes(tmp_path / "one")
    assert one
    assert table_bytes(tmp_path / "two") == one
    assert table_bytes(tmp_path / "pieces") == one


def test_publishing_on_the_way_gives_the_same_bytes(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(**many_orders(20))
    run(folder, tmp_path / "at_end")
    monkeypatch.setattr("keikaku.pipeline.ingest.PUBLISH_AT_LEAST", 3)
    run(folder, tmp_path / "on_the_way")
    assert table_bytes(tmp_path / "on_the_way") == table_bytes(tmp_path / "at_end")


def test_changed_document_replaces_its_own_rows(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(a="rows 3", b="rows 1", c="rows 2")
    run(folder, tmp_path / "out")
    make_folder(b="rows 7")
    report = run(folder, tmp_path / "out")
    run(folder, tmp_path / "fresh")
    assert (report.ingested, report.unchanged, len(report.withdrawn)) == (1, 2, 1)
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "fresh")


def test_removed_document_is_withdrawn_and_its_history_kept(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(a="rows 3", b="rows 1")
    run(folder, tmp_path / "out")
    (gone,) = (
        records.document.document_id
        for records in read_dataset(tmp_path / "out").documents
        if records.document.source_name == "b.txt"
    )
    (folder / "b.txt").unlink()
    report = run(folder, tmp_path / "out")
    run(folder, tmp_path / "fresh")
    events = [event for _, event in Ledger(tmp_path / "out/.keikaku/ledger.sqlite").history(gone)]
    assert report.withdrawn == (gone,)
    assert events == ["committed", "withdrawn"]
    assert table_bytes(tmp_path / "out") == table_bytes(tmp_path / "fresh")


def test_documents_of_other_folders_stay(make_folder: MakeFolder, tmp_path: Path) -> None:
    run(make_folder("first", a="rows 3"), tmp_path / "out")
    run(make_folder("second", b="rows 1"), tmp_path / "out")
    assert names(tmp_path / "out") == {"a.txt": "ingested", "b.txt": "ingested"}


def test_moved_folder_is_no_second_document(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(a="rows 3", b="rows 1")
    run(folder, tmp_path / "out")
    moved = folder.rename(tmp_path / "moved")
    before = table_bytes(tmp_path / "out")
    assert run(moved, tmp_path / "out").unchanged == 2
    assert table_bytes(tmp_path / "out") == before
    (moved / "b.txt").unlink()
    assert len(run(moved, tmp_path / "out").withdrawn) == 1


def test_copies_are_one_document_under_the_first_name(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(b="rows 3", c="rows 3")
    run(folder, tmp_path / "out")
    assert names(tmp_path / "out") == {"b.txt": "ingested"}
    make_folder(a="rows 3")
    run(folder, tmp_path / "out")
    assert names(tmp_path / "out") == {"a.txt": "ingested"}
    (folder / "a.txt").unlink()
    run(folder, tmp_path / "out")
    assert names(tmp_path / "out") == {"b.txt": "ingested"}


def test_copies_in_two_shards_are_one_document(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(**{f"copy{n}": "rows 3" for n in range(8)})
    run(folder, tmp_path / "whole")
    for shard in (4, 2, 3, 1):
        run(folder, tmp_path / "parts", shard=(shard, 4))
    assert table_bytes(tmp_path / "parts") == table_bytes(tmp_path / "whole")


def test_declared_municipality_reads_again(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(a="rows 3")
    run(folder, tmp_path / "out")
    run(folder, tmp_path / "out", municipality_code="132071")
    (records,) = read_dataset(tmp_path / "out").documents
    assert {row.municipality_code for row in records.observations} == {"132071"}


def test_refresh_reads_all_again_and_changes_nothing(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(a="rows 3", b="refuse")
    run(folder, tmp_path / "out")
    before = table_bytes(tmp_path / "out")
    report = run(folder, tmp_path / "out", refresh=True)
    assert len(report.documents) == 2
    assert table_bytes(tmp_path / "out") == before


def test_other_version_is_reported_and_read_on_refresh(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(a="rows 3")
    run(folder, tmp_path / "out")
    monkeypatch.setattr("keikaku.pipeline.ingest.software_version", lambda: "99")
    assert run(folder, tmp_path / "out").read_by_other_version == 1
    run(folder, tmp_path / "out", refresh=True)
    assert run(folder, tmp_path / "out").read_by_other_version == 0


@pytest.mark.parametrize(
    ("orders", "error_class", "message"),
    [
        ("refuse", "no_sheet", "no table and no goal"),
        ("defect", "internal_error", "ValueError: a defect of the reader"),
        ("hang", "time_limit", "not read within 2 seconds"),
        ("die", "crashed", "the reading process died (exit code 9)"),
        ("abort", "crashed", "the reading process died (SIGABRT)"),
        ("eat", "memory_limit", "reading it needs more than 512 MiB of memory"),
    ],
)
def test_misbehaving_document_costs_only_itself(
    make_folder: MakeFolder, tmp_path: Path, orders: str, error_class: str, message: str
) -> None:
    folder = make_folder(a="rows 3", b=orders, c="rows 1")
    report = run(folder, tmp_path / "out", limits=Limits(2.0, 512 << 20))
    refused = [
        (doc.source_name, doc.error_class, doc.error_message, doc.observation_count)
        for doc in (records.document for records in read_dataset(tmp_path / "out").documents)
        if doc.status == "quarantined"
    ]
    assert report.exit_code == 1
    assert report.ingested == 2
    assert refused == [("b.txt", error_class, message, 0)]
    assert run(folder, tmp_path / "out", limits=Limits(2.0, 512 << 20)).exit_code == 1


def test_quarantined_keeps_what_was_seen_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "list.txt").write_text(
        "架空市の報告\n\n・居宅介護22人・同行援護3人・生活介護43人\n", "utf-8"
    )
    ingest([str(folder)], IngestOptions(output=str(tmp_path / "out")))
    (records,) = read_dataset(tmp_path / "out").documents
    assert records.document.status == "quarantined"
    assert records.document.finding_count == len(records.findings) > 0
    assert all(finding.char_start == 8 for finding in records.findings)


def test_quarantined_is_read_again_with_more_room_or_a_password(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(b="refuse")
    run(folder, tmp_path / "out")
    assert not run(folder, tmp_path / "out").documents
    assert run(folder, tmp_path / "out", password="x").documents
    assert run(folder, tmp_path / "out", limits=Limits(max_seconds=90)).documents


def test_tables_removed_from_outside_are_made_again(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(**many_orders(10))
    run(folder, tmp_path / "out")
    before = table_bytes(tmp_path / "out")
    for file in (tmp_path / "out").glob("*/*.parquet"):
        file.unlink()
    run(folder, tmp_path / "out")
    assert table_bytes(tmp_path / "out") == before


def test_unreadable_published_file_is_named(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(a="rows 3")
    run(folder, tmp_path / "out")
    (file,) = (
        file for file in (tmp_path / "out/observations").iterdir() if not file.stem.endswith("-0")
    )
    file.write_bytes(b"rubbish")
    with pytest.raises(Exception, match=file.name):
        run(folder, tmp_path / "out", municipality_code="132071")


def test_vanished_file_is_reported_not_committed(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(a="rows 3", b="rows 1")
    hash_file = workers.Job  # the job is made after hashing: the file goes in between

    def vanish(*values: object) -> workers.Job:
        (folder / "b.txt").unlink(missing_ok=True)
        return hash_file(*values)  # type: ignore[arg-type]

    monkeypatch.setattr("keikaku.pipeline.batch.plan.Job", vanish)
    report = run(folder, tmp_path / "out")
    assert [Path(other.location).name for other in report.unread] == ["b.txt"]
    assert report.exit_code == 1
    assert names(tmp_path / "out") == {"a.txt": "ingested"}


def test_report_names_everything_passed_over(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(a="rows 3")
    (folder / "README.md").write_text("x")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    run(folder, tmp_path / "out", report=tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {Path(other["location"]).name: other["reason"] for other in report["passed_over"]} == {
        "README.md": "readme",
        "photo.jpg": "other_extension",
    }
    assert [document["observations"] for document in report["documents"]] == [3]


@pytest.mark.parametrize("bad", ["missing", "empty_folder"])
def test_bad_input_writes_nothing(tmp_path: Path, bad: str) -> None:
    (tmp_path / "empty_folder").mkdir()
    with pytest.raises(UsageError):
        run(tmp_path / bad, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_output_that_is_a_file_is_refused(make_folder: MakeFolder, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        run(make_folder(a="rows 3"), tmp_path / "out")


def test_output_inside_the_input_is_not_read(make_folder: MakeFolder) -> None:
    folder = make_folder(a="rows 3")
    run(folder, folder / "out")
    (folder / "out/notes.txt").write_text("rows 9")
    assert run(folder, folder / "out").unchanged == 1
