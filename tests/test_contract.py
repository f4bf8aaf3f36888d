"""The published tables load everywhere as declared, and the same bytes give the same files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import generated
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest
from keikaku.pipeline.columns import SCHEMA_VERSION, arrow_schema, columns_of
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.journey import read_document
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.sidecar import read_source
from keikaku.pipeline.sources import find_sources
from keikaku.pipeline.store.reading import read_dataset

SAMPLES = Path(__file__).parents[1] / "samples"
POLARS_TYPES = {
    "string": pl.String(),
    "int": pl.Int64(),
    "double": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "list<string>": pl.List(pl.String()),
    "list<double>": pl.List(pl.Float64()),
}
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "int": "BIGINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "list<string>": "VARCHAR[]",
    "list<double>": "DOUBLE[]",
}
BINDING_OBSERVATIONS = (
    "observation_id document_id municipality_code municipality prefecture plan plan_term goal_number "
    "goal_title goal_id section item indicator indicator_id breakdown measure series fiscal_year as_of "
    "value unit comparator status text aggregation provisional raw page bbox char_start char_end "
    "certainty flags"
)
BINDING_NARRATIVES = (
    "narrative_id document_id municipality_code municipality prefecture plan plan_term goal_number "
    "goal_title goal_id item fiscal_year section position text status raw page bbox char_start char_end"
)
BINDING_FINDINGS = (
    "finding_id document_id municipality_code rule severity message observation_ids narrative_ids "
    "expected found page"
)
BINDING_DOCUMENTS = (
    "document_id source_name source_uri media_type byte_size page_count municipality_code municipality "
    "prefecture municipality_basis title first_fiscal_year last_fiscal_year reported_through extractor "
    "software_version schema_version observation_count narrative_count finding_count status"
)


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def kinds(table: str) -> dict[str, str]:
    return {name: column.kind for name, column in columns_of(TABLES[table]).items()}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("observations", BINDING_OBSERVATIONS),
        ("narratives", BINDING_NARRATIVES),
        ("findings", BINDING_FINDINGS),
        ("documents", BINDING_DOCUMENTS),
    ],
)
def test_the_columns_that_researchers_join_on_are_there(name: str, columns: str) -> None:
    """Named here a second time on purpose: a renamed column breaks other people's work."""
    assert [column for column in columns.split() if column not in kinds(name)] == []


def test_pyarrow(ingested_samples: Path, table: str) -> None:
    dataset = pyarrow.dataset.dataset(ingested_samples / "output" / table, partitioning="hive")
    declared = arrow_schema(TABLES[table])
    assert dataset.schema.equals(declared)
    for file in dataset.files:
        of_file = pa.parquet.read_schema(file)
        assert of_file.equals(declared)
        assert of_file.metadata[b"keikaku.schema_version"].decode() == SCHEMA_VERSION
        descriptions = [of_file.field(name).metadata[b"description"] for name in of_file.names]
        assert all(descriptions)


def test_pandas(ingested_samples: Path, table: str) -> None:
    frame = pd.read_parquet(ingested_samples / "output" / table, dtype_backend="pyarrow")
    declared = arrow_schema(TABLES[table])
    assert list(frame.columns) == declared.names
    assert [frame.dtypes[name].pyarrow_dtype for name in frame.columns] == declared.types


def test_polars(ingested_samples: Path, table: str) -> None:
    frame = pl.read_parquet(ingested_samples / "output" / table)
    assert dict(frame.schema) == {name: POLARS_TYPES[kind] for name, kind in kinds(table).items()}


def test_duckdb(ingested_samples: Path, table: str) -> None:
    files = ingested_samples / "output" / table / "**" / "*.parquet"
    described = duckdb.sql(
        f"describe select * from read_parquet('{files}', hive_partitioning=true, union_by_name=true)"
    ).fetchall()
    assert {row[0]: row[1] for row in described} == {
        name: DUCKDB_TYPES[kind] for name, kind in kinds(table).items()
    }


def test_the_dataset_read_back_is_what_was_read(ingested_samples: Path) -> None:
    read = sorted(
        (
            read_document(read_source(Path(file.location)))
            for file in find_sources([str(SAMPLES)]).files
        ),
        key=lambda records: records.document.document_id,
    )
    assert read_dataset(str(ingested_samples / "output")).documents == tuple(read)


def test_keys_are_unique(ingested_samples: Path, table: str) -> None:
    (key,) = [name for name, column in columns_of(TABLES[table]).items() if column.key]
    keys = pl.read_parquet(ingested_samples / "output" / table)[key]
    assert keys.null_count() == 0
    assert keys.is_unique().all()


def digests(output: Path) -> dict[str, str]:
    """Every published file; the ledger is the ingest's own."""
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.relative_to(output).parts[0].startswith((".", "_"))
    }


def test_the_same_bytes_give_the_same_files(ingested_samples: Path, tmp_path: Path) -> None:
    once = digests(ingested_samples / "output")
    assert len(once) >= len(TABLES)
    generated.ingest_samples(tmp_path)
    assert digests(tmp_path / "output") == once
    ingest([str(SAMPLES)], IngestOptions(output=str(tmp_path / "output"), refresh=True))
    assert digests(tmp_path / "output") == once
