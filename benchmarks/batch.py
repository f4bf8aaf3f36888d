"""Ten thousand documents: what the batch costs, from reading to a query over all of it.

    python benchmarks/batch.py [--documents 10000] [--keep FOLDER]

The corpus is made of the samples: each document is one of them with other figures and years, and a
code of its own, text and PDF mixed as 9 to 1 (a PDF gets a comment behind its end, since figures in
a PDF cannot be changed by replacing text). Figures depend on the machine; the promises do not: flat
cost a document, a second run under 10 s, a query under 0.5 s.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
import time
from pathlib import Path

from keikaku.pipeline.ingest import IngestOptions, ingest

SAMPLES = Path(__file__).parents[1] / "samples"
TEXTS_TO_ONE_PDF = 9
QUERY = """
    SELECT municipality_code, fiscal_year, avg(value)
    FROM read_parquet('{output}/observations/**/*.parquet', union_by_name=true)
    WHERE indicator = ? AND measure = 'actual' GROUP BY ALL
"""


def make_corpus(folder: Path, count: int) -> None:
    """Write `count` different documents, spread over folders of a hundred."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.rglob("*.txt"))]
    papers = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.pdf"))]
    for number in range(count):
        chance = random.Random(number)
        place = folder / f"{number // 100:03}"
        place.mkdir(parents=True, exist_ok=True)
        if number % (TEXTS_TO_ONE_PDF + 1) == TEXTS_TO_ONE_PDF and papers:
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


def timed_ingest(folder: Path, output: Path, workers: int) -> float:
    """Seconds of one ingest."""
    started = time.perf_counter()
    ingest([str(folder)], IngestOptions(output=str(output), workers=workers))
    return time.perf_counter() - started


def timed_query(output: Path) -> float:
    """Seconds of a query for one indicator, in a new connection."""
    import duckdb

    with duckdb.connect() as connection:
        started = time.perf_counter()
        connection.execute(QUERY.format(output=output), ["一般就労移行者数"])
        rows = connection.fetchall()
        seconds = time.perf_counter() - started
    print(f"  {len(rows)} rows")
    return seconds


def measure(work: Path, documents: int) -> None:
    """Print all figures."""
    sizes = [size for size in (100, 1_000, 10_000) if size < documents] + [documents]
    corpora = {size: work / f"corpus-{size}" for size in sizes}
    for size, folder in corpora.items():
        make_corpus(folder, size)
    for workers in (1, 2):
        seconds = timed_ingest(corpora[sizes[0]], work / f"first-{workers}", workers)
        print(f"{sizes[0]} documents, {workers} workers: {sizes[0] / seconds:.2f} a second")
    for size, folder in corpora.items():
        seconds = timed_ingest(folder, work / f"out-{size}", 2)
        print(f"{size} documents: {seconds:.1f} s, {1000 * seconds / size:.1f} ms each")
    output = work / f"out-{documents}"
    print(f"second run over {documents}: {timed_ingest(corpora[documents], output, 2):.2f} s")
    print(f"query for one indicator: {timed_query(output):.3f} s")
    for name in ("documents", "observations", "narratives", "findings", ".keikaku"):
        size = sum(file.stat().st_size for file in (output / name).rglob("*") if file.is_file())
        print(f"  {name:<14}{size / 1e6:8.1f} MB")


def main() -> None:
    """Make a corpus, measure, clean up."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="folder for corpus and output, kept")
    arguments = parser.parse_args()
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="keikaku-bench-"))
    try:
        measure(work, arguments.documents)
    finally:
        if arguments.keep is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
