"""How fast and how big: reading PDF sheets, beside the tools that exist.

    python benchmarks/pdf.py [--rounds N] [--only NAME …] [FILE …]

Each contender runs in a process of its own, turn about with pypdfium2's bare text extraction of the
same files, so that both see the same machine; the best of all rounds counts. CPU time is that of
the reading alone: the interpreter is up and the libraries are loaded. What is remembered between
documents (labels, units, heads) is forgotten before each, and another sample is read instead: every
document is timed as it comes in a batch, for the first time, after others of its kind. Memory is the highest the
process ever held, less what it held before the first file.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
Reader = Callable[[Path], object]
NO_FASTER = 5.0
"""Seconds; a contender slower than this runs for one round only."""


@dataclass(frozen=True, slots=True)
class Result:
    """CPU seconds for all files once, of the contender and of bare text; megabytes on top."""

    name: str
    pages: int
    cpu: float
    bare: float
    megabytes: float

    @property
    def line(self) -> str:
        """One row of the printed table."""
        return (
            f"{self.name:<44}{self.pages / self.cpu:>10.1f}{self.cpu / self.bare:>10.2f}"
            f"{self.cpu * 1000 / self.pages:>10.2f}{self.megabytes:>10.1f}"
        )


def bare() -> Reader:
    """pypdfium2: open, load each page's text, take it as one string."""
    from pypdfium2 import PdfDocument

    def read(path: Path) -> None:
        pdf = PdfDocument(path.read_bytes())
        for page in pdf:
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
        pdf.close()

    return read


def ours() -> Reader:
    """Our reader: bytes to a Document of nested grids, lines and boxes."""
    from keikaku.extractors.pdf import read_pdf

    return lambda path: read_pdf(path.read_bytes(), name=path.name, document_id=path.name)


def whole_way() -> Reader:
    """From the PDF to its records in Parquet, one file a table."""
    import pyarrow.parquet as parquet
    from keikaku.pipeline.journey import Source, read_document
    from keikaku.pipeline.records import TABLES
    from keikaku.pipeline.store.rows import records_to_table

    folder = Path(tempfile.mkdtemp())

    def read(path: Path) -> None:
        records = read_document(Source(path.name, path.read_bytes()))
        tables = ((records.document,), records.observations, records.narratives, records.findings)
        for name, rows in zip(TABLES, tables, strict=True):
            parquet.write_table(
                records_to_table(TABLES[name], rows), folder / f"{name}.parquet", compression="zstd"
            )

    return read


def pdfplumber_tables() -> Reader:
    """pdfplumber: all tables of all pages."""
    import pdfplumber

    def read(path: Path) -> None:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()

    return read


def camelot_vector() -> Reader:
    """camelot 2, lattice by vector lines."""
    from camelot.io import read_pdf

    return lambda path: read_pdf(
        path, pages="all", flavor="lattice", engine="vector", suppress_stdout=True
    )


CONTENDERS: dict[str, tuple[str, Callable[[], Reader]]] = {
    "bare": ("pypdfium2, bare text", bare),
    "reader": ("keikaku reader, tables only", ours),
    "whole": ("keikaku, PDF to records in Parquet", whole_way),
    "camelot": ("camelot 2 lattice, engine=vector", camelot_vector),
    "pdfplumber": ("pdfplumber, extract_tables", pdfplumber_tables),
}


def megabytes_held() -> float:
    """The highest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cpu_of(reader: Reader, files: Sequence[Path]) -> float:
    """CPU seconds for all files once, each as if it were met for the first time."""
    total = 0.0
    for number, path in enumerate(files):
        if len(files) > 1:
            forget()
            reader(files[number - 1])
        start = time.process_time()
        reader(path)
        total += time.process_time() - start
    return total


def forget() -> None:
    """Empty the bounded memories of keikaku; those without a bound hold its vocabulary."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            bounded = thing.cache_parameters()["maxsize"] is not None
            if bounded and thing.__module__.startswith("keikaku."):
                thing.cache_clear()


def measure(key: str, files: Sequence[Path], rounds: int) -> Result:
    """Run one contender in this process."""
    from pypdfium2 import PdfDocument

    name, make = CONTENDERS[key]
    reader, plain = make(), bare()
    held = megabytes_held()
    for path in files:
        reader(path)
    peak = megabytes_held()
    best = cpu_of(reader, files)
    base = cpu_of(plain, files)
    for _ in range(1 if best > NO_FASTER else rounds):
        base = min(base, cpu_of(plain, files))
        best = min(best, cpu_of(reader, files))
    pages = sum(len(PdfDocument(path)) for path in files)
    return Result(name, pages, best, base, peak - held)


def measure_apart(key: str, files: Sequence[Path], rounds: int) -> Result:
    """Run one contender in a process of its own."""
    command = [sys.executable, __file__, "--inside", key, "--rounds", str(rounds), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Result(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", action="append", choices=list(CONTENDERS))
    parser.add_argument("--inside", choices=list(CONTENDERS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    files = options.files or sorted(SAMPLES.glob("*/*.pdf"))
    if options.inside:
        print(json.dumps(asdict(measure(options.inside, files, options.rounds))))
        return
    print(f"{'':<44}{'pages/s':>10}{'x bare':>10}{'ms/page':>10}{'MB':>10}")
    for key in options.only or CONTENDERS:
        print(measure_apart(key, files, options.rounds).line, flush=True)


if __name__ == "__main__":
    main()
