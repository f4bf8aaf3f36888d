"""Ingest a folder of hostile files in a process of its own, and say what it cost.

python ingest_weighed.py FOLDER OUTPUT SECONDS BYTES: limits of one document. The last line is JSON:
seconds, the peak memory of this process (MiB), documents ingested, and what became of each file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from keikaku.pipeline.batch.workers import Limits
from keikaku.pipeline.ingest import IngestOptions, ingest


def main(folder: str, output: str, seconds: str, max_memory: str) -> None:
    """Ingest with two workers."""
    limits = Limits(float(seconds), int(max_memory))
    report = ingest([folder], IngestOptions(output=output, limits=limits, workers=2))
    said = {
        "seconds": report.seconds,
        "parent_mib": _peak_kib() / 1024,
        "ingested": report.ingested,
        "files": {
            Path(doc.location).name: doc.error_class or "ingested" for doc in report.documents
        },
    }
    print(json.dumps(said))


def _peak_kib() -> int:
    """The largest resident size so far; getrusage would tell that of who started us."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
