"""How fast and how big: reading PDF sheets, beside the tools that exist.

    python benchmarks/pdf.py [--rounds N] [--only NAME …] [FILE …]

Each contender runs in a process of its own, turn about with pypdfium2's bare text extraction of the
same files, so that both see the same machine; the best of all rounds counts. CPU time is that of
the reading alone: the interpreter is up and the libraries are loaded. The whole way ends as a run of
`keikaku ingest` does, with the records of all files in one Parquet file a table.

Read again: the same files time after time in one process, as every benchmark does it. First met: what
is remembered between documents (labels, units, heads) is forgotten before each, and another of the files is read
instead; so a document of words never seen comes in a batch. Memory is the highest the process ever
held, less what it held before the first file.
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


def no_end() -> None:
    """Nothing is left to be done after the last file."""


@dataclass(frozen=True, slots=True)
class Contender:
    """What reads one file, and what is done once after the last."""

    read: Reader
    end: Callable[[], None] = no_end


NO_FASTER = 5.0
"""Seconds; a contender slower than this runs for one round only."""


@dataclass(frozen=True, slots=True)
class Result:
    """CPU seconds for all files once: of the contender reading them again and meeting them first,
    and of bare text; megabytes on top."""

    name: str
    pages: int
    again: float
    first: float
    bare: float
    megabytes: float

    @property
    def line(self) -> str:
        """One row of the printed table."""
        return (
            f"{self.name:<38}{self.pages / self.again:>9.1f}{self.again / self.bare:>9.2f}"
            f"{self.first / self.bare:>11.2f}{self.again * 1000 / self.pages:>10.2f}"
            f"{self.megabytes:>8.1f}"
        )


def bare() -> Contender:
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

    return Contender(read)


def ours() -> Contender:
    """Our reader: bytes to a Document of nested grids, lines and boxes."""
    from keikaku.extractors.pdf import read_pdf

    return Contender(
        lambda path: read_pdf(path.read_bytes(), name=path.name, document_id=path.name)
    )


def whole_way() -> Contender:
    """From the PDFs to their records in Parquet, one file a table."""
    import pyarrow.parquet as parquet
    from keikaku.pipeline.dataset import DocumentRecords
    from keikaku.pipeline.journey import Source, read_document
    from keikaku.pipeline.records import TABLES
    from keikaku.pipeline.store.rows import records_to_table

    folder = Path(tempfile.mkdtemp())
    read_so_far: list[DocumentRecords] = []

    def read(path: Path) -> None:
        read_so_far.append(read_document(Source(path.name, path.read_bytes())))

    def write() -> None:
        tables = {
            "documents": [one.document for one in read_so_far],
            "observations": [row for one in read_so_far for row in one.observations],
            "narratives": [row for one in read_so_far for row in one.narratives],
            "findings": [row for one in read_so_far for row in one.findings],
        }
        for name, rows in tables.items():
            table = records_to_table(TABLES[name], rows)
            with (folder / f"{name}.parquet").open("wb", buffering=1 << 20) as sink:
                parquet.write_table(table, sink, compression="zstd")
        read_so_far.clear()

    return Contender(read, write)


def pdfplumber_tables() -> Contender:
    """pdfplumber: all tables of all pages."""
    import pdfplumber

    def read(path: Path) -> None:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.close()

    return Contender(read)


def camelot_vector() -> Contender:
    """camelot 2, lattice by vector lines."""
    from camelot.io import read_pdf

    return Contender(
        lambda path: read_pdf(
            path, pages="all", flavor="lattice", engine="vector", suppress_stdout=True
        )
    )


CONTENDERS: dict[str, tuple[str, Callable[[], Contender]]] = {
    "bare": ("pypdfium2, bare text", bare),
    "reader": ("keikaku reader, tables only", ours),
    "whole": ("keikaku, PDF to records in Parquet", whole_way),
    "camelot": ("camelot 2 lattice, engine=vector", camelot_vector),
    "pdfplumber": ("pdfplumber, extract_tables", pdfplumber_tables),
}


def megabytes_held() -> float:
    """The highest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cpu_of(contender: Contender, files: Sequence[Path]) -> float:
    """CPU seconds for all files once."""
    start = time.process_time()
    for path in files:
        contender.read(path)
    contender.end()
    return time.process_time() - start


def cpu_of_first_meeting(contender: Contender, files: Sequence[Path]) -> float:
    """CPU seconds for all files once, each as if it were met for the first time.

    The end is that of all that was read, the files in between too.
    """
    total = 0.0
    for number, path in enumerate(files):
        forget()
        contender.read(files[number - 1])
        total += cpu_of(Contender(contender.read), [path])
    return total + cpu_of(contender, [])


def forget() -> None:
    """Empty the bounded memories of keikaku; those without a bound hold its vocabulary."""
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            bounded = thing.cache_parameters()["maxsize"] is not None
            if bounded and thing.__module__.startswith("keikaku."):
                thing.cache_clear()


def measure(key: str, files: Sequence[Path], rounds: int) -> Result:
    """Run one contender in this process, turn about with bare text; the best rounds count."""
    from pypdfium2 import PdfDocument

    name, make = CONTENDERS[key]
    contender, plain = make(), bare()
    held = megabytes_held()
    again = cpu_of(contender, files)
    peak = megabytes_held()
    base, first = cpu_of(plain, files), cpu_of_first_meeting(contender, files)
    for _ in range(1 if again > NO_FASTER else rounds):
        again = min(again, cpu_of(contender, files))
        base = min(base, cpu_of(plain, files))
        first = min(first, cpu_of_first_meeting(contender, files))
    pages = sum(len(PdfDocument(path)) for path in files)
    return Result(name, pages, again, first, base, peak - held)


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
    print(f"{'':<38}{'pages/s':>9}{'x bare':>9}{'first met':>11}{'ms/page':>10}{'MB':>8}")
    for key in options.only or CONTENDERS:
        print(measure_apart(key, files, options.rounds).line, flush=True)


if __name__ == "__main__":
    main()
