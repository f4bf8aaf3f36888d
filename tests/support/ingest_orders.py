"""Ingest a folder of orders in a process of its own, to be killed or starved by a test.

python ingest_orders.py FOLDER OUTPUT [WORKERS [BYTES]]: BYTES limits the size of any file written.
Prints the peak memory of this process (KiB) as its last line.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from batch_readers import read_orders
from keikaku.pipeline import ingest as batch
from keikaku.pipeline.errors import KeikakuError

PUBLISH_OFTEN = 7


def main(folder: str, output: str, workers: str = "1", file_bytes: str = "0") -> int:
    """Ingest, publishing often so that a kill meets a publication."""
    if int(file_bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(file_bytes), int(file_bytes)))
    batch.PUBLISH_AT_LEAST = PUBLISH_OFTEN
    options = batch.IngestOptions(output=output, workers=int(workers))
    try:
        report = batch.ingest([folder], options, reader=read_orders)
    except KeikakuError as error:
        print(f"error: {error.message}\n  next: {error.hint}", file=sys.stderr)
        return error.exit_code
    print(_peak_kib())
    return report.exit_code


def _peak_kib() -> int:
    """The largest resident size so far; getrusage would tell that of who started us."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
