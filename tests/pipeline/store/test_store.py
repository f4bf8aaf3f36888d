"""The store: what goes in comes out, and the files are a function of the documents alone."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow.dataset
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NonInteractiveExampleWarning
from keikaku.pipeline.columns import arrow_schema, columns_of
from keikaku.pipeline.dataset import Dataset, DocumentRecords
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.records import TABLES, Finding, Narrative, Observation, SourceDocument
from keikaku.pipeline.store import buckets
from keikaku.pipeline.store.ledger import Entry, Identity, Ledger, LedgerUnreadable, Place
from keikaku.pipeline.store.publication import Store, open_store
from keikaku.pipeline.store.reading import read_dataset
from keikaku.pipeline.store.rows import pack, unpack

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXT,
    "int": st.integers(-(2**63), 2**63 - 1),
    "double": st.floats(allow_nan=False),
    "bool": st.booleans(),
    "date": st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)),
    "list<string>": st.lists(TEXT, max_size=3).map(tuple),
    "list<double>": st.lists(st.floats(allow_nan=False), max_size=4).map(tuple),
}


def rows_of(record_type: type, document_id: str) -> st.SearchStrategy[Any]:
    """Records of any content; fields that may be null sometimes are."""
    hints = record_type.__annotations__
    fields = {
        name: VALUES[declared.kind] | st.none()
        if hints[name].endswith("| None")
        else VALUES[declared.kind]
        for name, declared in columns_of(record_type).items()
    }
    return st.builds(record_type, **{**fields, "document_id": st.just(document_id)})


def documents_of(document_id: str) -> st.SearchStrategy[DocumentRecords]:
    return st.builds(
        DocumentRecords,
        document=rows_of(SourceDocument, document_id),
        observations=st.lists(rows_of(Observation, document_id), max_size=4).map(tuple),
        narratives=st.lists(rows_of(Narrative, document_id), max_size=3).map(tuple),
        findings=st.lists(rows_of(Finding, document_id), max_size=3).map(tuple),
    )


DATASETS = (
    st.sets(st.integers(0, 15 * 16 + 15), max_size=4)
    .map(lambda numbers: sorted(f"{number:02x}" + "0" * 62 for number in numbers))
    .flatmap(lambda ids: st.tuples(*map(documents_of, ids)))
    .map(Dataset)
)


def commit(store: Store, documents: Iterable[DocumentRecords]) -> None:
    for records in documents:
        document_id, rows = records.document.document_id, pack(records)
        identity = Identity(document_id)
        entry = Entry(document_id, identity, "ingested", None, "1", "1", 60.0, 1, rows.digest)
        store.ledger.commit(entry, rows, [Place(document_id, document_id, identity)])


def withdraw(store: Store, documents: Iterable[DocumentRecords]) -> None:
    store.ledger.update_places([], [records.document.document_id for records in documents])


def files(output: Path) -> dict[str, bytes]:
    return {str(file.relative_to(output)): file.read_bytes() for file in output.glob("*/*.parquet")}


def example(count: int, rows: int) -> tuple[DocumentRecords, ...]:
    """Documents of made-up content, spread over all buckets."""
    made = []
    for number in range(count):
        document_id = f"{number * 37 % 256:02x}" + f"{number:062x}"
        observation = rows_of(Observation, document_id)
        made.append(
            DocumentRecords(
                rows_of(SourceDocument, document_id).example(),
                tuple(observation.example() for _ in range(rows)),
            )
        )
    return tuple(sorted(made, key=lambda records: records.document.document_id))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dataset=DATASETS)
def test_dataset_to_parquet_to_dataset(
    tmp_path_factory: pytest.TempPathFactory, dataset: Dataset
) -> None:
    output = tmp_path_factory.mktemp("out")
    with open_store(str(output)) as store:
        commit(store, dataset.documents)
        assert read_dataset(output) == dataset, "waiting in the ledger"
        store.publish()
    assert read_dataset(output) == dataset, "in the files"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records=documents_of("a" * 64))
def test_packing_is_exact_and_repeatable(records: DocumentRecords) -> None:
    assert unpack(pack(records)) == records
    assert pack(unpack(pack(records))) == pack(records)


@pytest.fixture(scope="module")
def documents() -> tuple[DocumentRecords, ...]:
    with pytest.warns(NonInteractiveExampleWarning):
        return example(12, 5)


def test_files_depend_on_documents_alone(
    tmp_path: Path, documents: tuple[DocumentRecords, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "ROW_GROUP_ROWS", 3)
    with open_store(str(tmp_path / "at_once")) as store:
        commit(store, documents)
        store.publish()
    with open_store(str(tmp_path / "one_by_one")) as store:
        for records in reversed(documents):
            commit(store, [records])
            store.publish()
    with open_store(str(tmp_path / "withdrawn")) as store:
        commit(store, documents[:5])
        store.publish()
        withdraw(store, documents[:5])
        store.publish()
        commit(store, documents)
        store.publish()
    at_once = files(tmp_path / "at_once")
    assert files(tmp_path / "one_by_one") == at_once
    assert files(tmp_path / "withdrawn") == at_once


def test_withdrawing_all_leaves_an_empty_table(
    tmp_path: Path, documents: tuple[DocumentRecords, ...]
) -> None:
    with open_store(str(tmp_path / "never")):
        pass
    with open_store(str(tmp_path / "out")) as store:
        commit(store, documents)
        store.publish()
        withdraw(store, documents)
        store.publish()
    assert files(tmp_path / "out") == files(tmp_path / "never")


def test_row_groups_have_a_fixed_size(
    tmp_path: Path, documents: tuple[DocumentRecords, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "ROW_GROUP_ROWS", 4)
    same_bucket = [records for records in documents if records.document.document_id[0] == "0"]
    with open_store(str(tmp_path)) as store:
        commit(store, same_bucket)
        store.publish()
    metadata = pyarrow.parquet.read_metadata(tmp_path / "observations/observations-0.parquet")
    sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
    assert sum(sizes) == 5 * len(same_bucket)
    assert set(sizes[:-1]) <= {4}


@pytest.mark.parametrize("is_empty", [True, False])
@pytest.mark.parametrize("table_name", TABLES)
def test_every_reader_sees_the_published_schema(
    tmp_path: Path, documents: tuple[DocumentRecords, ...], table_name: str, is_empty: bool
) -> None:
    with open_store(str(tmp_path)) as store:
        commit(store, () if is_empty else documents)
        store.publish()
    folder = tmp_path / table_name
    names = list(columns_of(TABLES[table_name]))
    for file in folder.iterdir():
        schema, expected = pyarrow.parquet.read_schema(file), arrow_schema(TABLES[table_name])
        assert schema.equals(expected)
        assert schema.metadata == expected.metadata
        assert [field.metadata for field in schema] == [field.metadata for field in expected]
    assert pyarrow.dataset.dataset(folder, partitioning="hive").schema.names == names
    assert list(pandas.read_parquet(folder).columns) == names
    query = f"DESCRIBE FROM read_parquet('{folder}/**/*.parquet', union_by_name=true)"
    assert [row[0] for row in duckdb.execute(query).fetchall()] == names


def test_no_run_writes_a_file_that_readers_of_parquet_take(
    tmp_path: Path, documents: tuple[DocumentRecords, ...]
) -> None:
    with open_store(str(tmp_path)) as store:
        commit(store, documents)
        store.publish()
    assert not list((tmp_path / ".keikaku").rglob("*.parquet"))


def test_stray_parts_are_swept(tmp_path: Path) -> None:
    with open_store(str(tmp_path)):
        pass
    stray = tmp_path / ".keikaku/parts/observations-3.parquet.part"
    stray.write_bytes(b"half")
    with open_store(str(tmp_path)):
        pass
    assert not stray.exists()


def test_what_was_committed_and_not_published_is_published_by_the_next_run(
    tmp_path: Path, documents: tuple[DocumentRecords, ...]
) -> None:
    with open_store(str(tmp_path)) as store:
        commit(store, documents)
    assert read_dataset(tmp_path).documents == documents
    with open_store(str(tmp_path)) as store:
        assert not store.ledger.waiting()
    assert pandas.read_parquet(tmp_path / "documents").shape[0] == len(documents)


def test_reading_mixes_no_halves(tmp_path: Path, documents: tuple[DocumentRecords, ...]) -> None:
    """A run killed between two renames: the ledger's rows stand over those of the files."""
    with open_store(str(tmp_path)) as store:
        commit(store, documents)
        (tmp_path / "before").mkdir()
        store.publish()
        withdraw(store, documents[:2])
        for file in (tmp_path / "observations").iterdir():
            file.unlink()
        commit(store, documents[2:])
    assert [records.document.document_id for records in read_dataset(tmp_path).documents] == [
        records.document.document_id for records in documents[2:]
    ]


def test_new_column_is_added_to_every_file(
    tmp_path: Path, documents: tuple[DocumentRecords, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files written before a column was there are written again with it, empty."""

    def older(record_type: type) -> Any:
        schema = arrow_schema(record_type)
        return (
            schema.remove(schema.get_field_index("error_message"))
            if (record_type is SourceDocument)
            else schema
        )

    with monkeypatch.context() as patch:
        for module in ("rows", "buckets", "publication"):
            patch.setattr(f"keikaku.pipeline.store.{module}.arrow_schema", older)
        with open_store(str(tmp_path)) as store:
            commit(store, documents)
            store.publish()
    with open_store(str(tmp_path)):
        pass
    for file in (tmp_path / "documents").iterdir():
        assert pyarrow.parquet.read_schema(file).equals(arrow_schema(SourceDocument))


def test_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    import sqlite3

    with open_store(str(tmp_path)):
        pass
    connection = sqlite3.connect(tmp_path / ".keikaku/ledger.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LedgerUnreadable, match="99"):
        Ledger(tmp_path / ".keikaku/ledger.sqlite")


def test_a_folder_without_ledger_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ledger"):
        read_dataset(tmp_path)


def test_rows_come_in_order_of_documents(
    tmp_path: Path, documents: tuple[DocumentRecords, ...]
) -> None:
    with open_store(str(tmp_path)) as store:
        commit(store, reversed(documents))
        store.publish()
    column = pandas.read_parquet(tmp_path / "observations")["document_id"]
    ids = [document_id for document_id, _ in itertools.groupby(column)]
    assert ids == [records.document.document_id for records in documents]
