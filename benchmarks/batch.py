"""Ten thousand documents: what the batch costs, from reading to a query over all of it.

    python benchmarks/batch.py [--documents 10000] [--keep FOLDER] [--without-reading]

The corpus is made of the samples: each text is one of them with other figures and years, each
folder of a hundred is declared to be another municipality's, text and PDF are mixed as 9 to 1 (a
PDF gets a comment behind its end, since figures in a PDF cannot be changed by replacing text).

`--without-reading` gives each document the rows of a sample in place of reading it: what is left is
the cost of the batch itself, in minutes rather than hours.

Wall clock and processor time are both printed. The processor time, of this process and of all
workers, is what a document costs also where other programs use the machine. Figures depend on the
machine; the promises do not: flat cost a document, a second run under 10 s, a query under 0.5 s.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from typing import TypeVar

from keikaku.normalizers.municipalities import all_municipalities
from keikaku.pipeline.batch.jobs import Reader
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.journey import Source, read_document
from keikaku.pipeline.records import Finding, Narrative, Observation

Row = TypeVar("Row", Observation, Narrative, Finding)
SAMPLES = Path(__file__).parents[1] / "samples"
TEXTS_TO_ONE_PDF = 9
TO_A_FOLDER = 100
SIZES = (100, 1_000, 10_000)
QUERIES = 3
"""The first also brings the files into memory."""
QUERY = """
    SELECT municipality_code, fiscal_year, avg(value)
    FROM read_parquet('{output}/observations/**/*.parquet', union_by_name=true)
    WHERE indicator_id = ? AND measure = 'actual' GROUP BY ALL
"""
INDICATOR = "community_transition_persons"


def make_corpus(folder: Path, count: int) -> None:
    """Write `count` different documents, a hundred to a folder, each folder of a municipality."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.rglob("*.txt"))]
    papers = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.pdf"))]
    codes = [place.code for place in all_municipalities() if place.kind != "prefecture"]
    for number in range(count):
        chance = random.Random(number)
        hundred = number // TO_A_FOLDER
        place = folder / f"{hundred:03}"
        if number % TO_A_FOLDER == 0:
            place.mkdir(parents=True)
            (place / "source.toml").write_text(f'municipality_code = "{codes[hundred]}"\n')
        if number % (TEXTS_TO_ONE_PDF + 1) == TEXTS_TO_ONE_PDF:
            data = chance.choice(papers) + b"\n%% variant %d\n" % number
            (place / f"{number:05}.pdf").write_bytes(data)
        else:
            text = _variant(chance.choice(texts), chance)
            (place / f"{number:05}.txt").write_text(f"{text}\n{number}\n", "utf-8")


def _variant(text: str, chance: random.Random) -> str:
    """The text with other figures before 人 and か所, and all its years moved by the same number."""
    by = chance.randint(-3, 3)
    moved = re.sub(
        r"(令和 ?)([0-9]+)(?= ?年)", lambda year: f"{year[1]}{max(1, int(year[2]) + by)}", text
    )
    return re.sub(r"[0-9]+(?=人|か所)", lambda _: str(chance.randint(0, 999)), moved)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall clock, and of the processors: here and in the workers."""

    wall: float
    here: float
    workers: float

    def line(self, documents: int) -> str:
        """The cost, all of it and of one document."""
        each = 1000 * (self.here + self.workers) / documents
        return (
            f"{self.wall:8.1f} s, {documents / self.wall:6.2f} a second;"
            f" processors: {each:6.1f} ms each, {1000 * self.here / documents:5.2f} of them here"
        )


def cost_of(deed: Callable[[], object]) -> Cost:
    """What a deed costs."""
    wall, here, workers = time.perf_counter(), time.process_time(), _worker_seconds()
    deed()
    return Cost(time.perf_counter() - wall, time.process_time() - here, _worker_seconds() - workers)


def _worker_seconds() -> float:
    """Processor time of the fork server and of all workers that it has buried."""
    process_id = forkserver._forkserver._forkserver_pid  # nobody else tells
    if process_id is None:
        return 0.0
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def run(folder: Path, output: Path, workers: int, reader: Reader) -> Cost:
    """Ingest a folder."""
    options = IngestOptions(output=str(output), workers=workers)
    return cost_of(lambda: ingest([str(folder)], options, reader=reader))


def give_rows(source: Source) -> DocumentRecords:
    """The rows of a sample as this document's: a reader that costs next to nothing."""
    document_id = hashlib.sha256(source.data).hexdigest()

    def own(rows: tuple[Row, ...], key: str) -> tuple[Row, ...]:
        return tuple(
            replace(row, document_id=document_id, **{key: f"{document_id[:16]}-{key[0]}{n}"})
            for n, row in enumerate(rows)
        )

    sample = _sample_rows()
    return DocumentRecords(
        replace(sample.document, document_id=document_id, source_name=source.name),
        own(sample.observations, "observation_id"),
        own(sample.narratives, "narrative_id"),
        own(sample.findings, "finding_id"),
    )


@cache
def _sample_rows() -> DocumentRecords:
    sample = min(SAMPLES.rglob("*.txt"))
    return read_document(Source(sample.name, sample.read_bytes()))


def query(output: Path) -> tuple[float, int]:
    """Seconds of a query for one indicator, in a new connection, and its rows."""
    import duckdb

    with duckdb.connect() as connection:
        started = time.perf_counter()
        connection.execute(QUERY.format(output=output), [INDICATOR])
        rows = connection.fetchall()
        return time.perf_counter() - started, len(rows)


def measure(work: Path, documents: int, reader: Reader) -> None:
    """Print all figures."""
    sizes = [size for size in SIZES if size < documents] + [documents]
    for size in sizes:
        make_corpus(work / f"corpus-{size}", size)
    middle = sizes[len(sizes) // 2]
    print(f"{middle:6} documents, 1 worker: ", flush=True, end="")
    print(run(work / f"corpus-{middle}", work / "out-1-worker", 1, reader).line(middle), flush=True)
    for size in sizes:
        print(f"{size:6} documents, 2 workers:", flush=True, end="")
        print(run(work / f"corpus-{size}", work / f"out-{size}", 2, reader).line(size), flush=True)
    output = work / f"out-{documents}"
    again = run(work / f"corpus-{documents}", output, 2, reader)
    print(f"second run over {documents}: {again.wall:.2f} s, {again.here:.2f} s of the processor")
    for _ in range(QUERIES):
        seconds, rows = query(output)
        print(f"query for one indicator: {seconds:.3f} s, {rows} rows")
    print_sizes(output)


def print_sizes(output: Path) -> None:
    """Print what lies on the disk, and how large this process has become."""
    for name in ("documents", "observations", "narratives", "findings", ".keikaku"):
        size = sum(file.stat().st_size for file in (output / name).rglob("*") if file.is_file())
        print(f"  {name:<14}{size / 1e6:8.1f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest size of this process: {peak:.0f} MiB")


def main() -> None:
    """Make a corpus, measure, clean up."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=SIZES[-1])
    parser.add_argument("--keep", type=Path, help="a new folder for corpus and output, kept")
    parser.add_argument("--without-reading", action="store_true", help="the batch's own cost")
    arguments = parser.parse_args()
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="keikaku-bench-"))
    try:
        reader = give_rows if arguments.without_reading else read_document
        measure(work, arguments.documents, reader)
    finally:
        if arguments.keep is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
