"""Guarded workers: each document is read in a process that may crash, hang or eat memory alone.

A worker that breaks a limit, or dies of a defect in a C library, ends its document's reading with a
reason; another takes its place, and its neighbours lose nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import wait

from keikaku.pipeline.batch.guard import (
    MEMORY_LIMIT,
    TIME_LIMIT,
    Answer,
    Death,
    Limits,
    Unread,
    Worker,
    start_worker,
)
from keikaku.pipeline.batch.jobs import Job, Outcome, Reader, Refusal, quarantined
from keikaku.pipeline.errors import KeikakuError

__all__ = ["Limits", "Unread", "default_workers", "read_all"]

_TASKS_PER_PROCESS = 100
"""A process is replaced after so many documents: what a reader leaks never adds up to the limit."""


class WorkersCannotStart(KeikakuError):
    """A worker process ended before it was ready to read anything."""

    exit_code = 3


def read_all(
    jobs: Iterable[Job], reader: Reader, *, workers: int, limits: Limits
) -> Generator[Outcome | Unread, None, None]:
    """Read jobs in `workers` processes; outcomes come as they are ready, in any order.

    A document whose process ran out of memory or died is read a second time in a new process,
    unless that one was new: it never pays for what was read before it. A job is taken from `jobs`
    when a worker is free for it, not before.
    """
    crew = _Crew(reader, limits, workers)
    try:
        yield from crew.read(iter(jobs))
    finally:
        crew.end()


class _Crew:
    """The workers of a run."""

    def __init__(self, reader: Reader, limits: Limits, size: int) -> None:
        self._reader, self._limits = reader, limits
        self._workers = [start_worker(reader, limits) for _ in range(size)]
        self._again: list[Job] = []

    def read(self, waiting: Iterator[Job]) -> Iterator[Outcome | Unread]:
        """Give out jobs and take answers until both run dry."""
        while True:
            self._give_out(waiting)
            if all(worker.is_idle for worker in self._workers):
                return
            self._wait()
            for place, worker in enumerate(self._workers):
                yield from self._take(place, worker)

    def end(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()

    def _give_out(self, waiting: Iterator[Job]) -> None:
        for worker in self._workers:
            if worker.is_idle:
                job = self._again.pop() if self._again else next(waiting, None)
                if job is not None:
                    worker.give(job)

    def _wait(self) -> None:
        """Sleep until a worker says something or its time is over."""
        left = min(worker.deadline for worker in self._workers) - time.monotonic()
        timeout = None if left == float("inf") else max(left, 0.0)
        wait([worker.connection for worker in self._workers], timeout)

    def _take(self, place: int, worker: Worker) -> Iterator[Outcome | Unread]:
        job, was_new = worker.job, worker.tasks <= 1
        answer = worker.take()
        if answer is None:
            return
        if job is None:
            raise WorkersCannotStart(
                f"a worker process ended before it read anything: {answer}",
                hint="look at the lines above; a Python caller needs `if __name__ == '__main__':`",
            )
        is_spent = isinstance(answer, Death) or _says(answer, MEMORY_LIMIT)
        if is_spent or _says(answer, TIME_LIMIT) or worker.tasks >= _TASKS_PER_PROCESS:
            worker.end()
            self._workers[place] = start_worker(self._reader, self._limits)
        if is_spent and not was_new:
            self._again.append(job)
        else:
            yield _outcome(job, answer)


def _says(answer: Answer, error_class: str) -> bool:
    return isinstance(answer, Refusal) and answer.error_class == error_class


def _outcome(job: Job, answer: Answer) -> Outcome | Unread:
    if isinstance(answer, Death):
        return quarantined(job, Refusal("crashed", f"the reading process died ({answer.cause})"))
    if isinstance(answer, Refusal):
        return quarantined(job, answer)
    return answer


def default_workers() -> int:
    """One worker a processor that this process may use, but one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)
