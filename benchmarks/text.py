"""From text to records, against one bare html.parser pass over the same bytes; and memory.

usage: python benchmarks/text.py [ROUNDS]

CPU seconds of this process, best of ROUNDS (default 5), start-up and imports aside. The bare pass
does nothing but tokenize: what is above 1.0 is the price of knowing what the figures mean.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from keikaku.pipeline.journey import Source, read_document

SAMPLES = Path(__file__).parents[1] / "samples"


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Least CPU seconds of several runs."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def peak_memory(work: Callable[[], object]) -> float:
    """MiB allocated by Python at most while `work` runs."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def bare_pass(text: str) -> None:
    """What html.parser needs for the same text."""
    parser = HTMLParser()
    parser.feed(text)
    parser.close()


def main() -> None:
    """One line a text sample, tab-separated."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("document\tfigures\tbare pass ms\trecords ms\tratio\tpeak MiB")
    for path in sorted(SAMPLES.rglob("*.txt")):
        source = Source(path.name, path.read_bytes())
        text = source.data.decode("utf-8")
        figures = len(read_document(source).observations)  # the first run loads the vocabulary
        bare = best_of(rounds * 4, lambda text=text: bare_pass(text))
        ours = best_of(rounds, lambda source=source: read_document(source))
        memory = peak_memory(lambda source=source: read_document(source))
        times = f"{bare * 1000:.1f}\t{ours * 1000:.1f}\t{ours / bare:.1f}"
        print(f"{path.parent.name}/{path.name}\t{figures}\t{times}\t{memory:.1f}")


if __name__ == "__main__":
    main()
