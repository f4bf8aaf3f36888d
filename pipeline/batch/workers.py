"""Guarded workers: each document is read in a process that may crash, hang or eat memory alone.

A worker has a limit on memory (private memory that it may map) and on time. One that breaks
a limit, or dies of a defect in a C library, ends its document's reading with a reason; the pool
starts another worker, and its neighbours lose nothing.
"""

from __future__ import annotations

import concurrent.futures
import ctypes
import itertools
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.jobs import Job, Outcome, Reader, Refusal, quarantined, read_job

if TYPE_CHECKING:
    from pebble import ProcessPool

GIB = 1 << 30
_PR_SET_PDEATHSIG = 1
_IN_FLIGHT_PER_WORKER = 3
_LEAST_ROOM = 64 << 20
_TASKS_PER_PROCESS = 100
"""A process is replaced after so many documents: what a reader leaks never adds up to the limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds of wall clock, bytes of memory."""

    max_seconds: float = 60.0
    max_memory: int = GIB


@dataclass(frozen=True, slots=True)
class Unread:
    """A document whose file could not be read at all now; nothing is committed of it."""

    job: Job
    reason: str


def read_all(
    jobs: Iterable[Job],
    reader: Reader,
    *,
    workers: int,
    limits: Limits,
    in_flight: int = _IN_FLIGHT_PER_WORKER,
) -> Generator[Outcome | Unread, None, None]:
    """Read jobs in `workers` processes; outcomes come as they are ready, in any order.

    A document whose process ran out of memory or died is read a second time in a new process, so
    that it never pays for what was read before it. `in_flight` jobs a worker are taken ahead.
    """
    waiting = iter(jobs)
    running: dict[concurrent.futures.Future[Outcome], Job] = {}
    with _pool(workers, reader, limits) as pool, _pool(1, reader, limits, 1) as second_pool:
        while True:
            for job in itertools.islice(waiting, workers * in_flight - len(running)):
                running[_schedule(pool, job, reader, limits)] = job
            if not running:
                return
            done, _ = concurrent.futures.wait(
                running, return_when=concurrent.futures.FIRST_COMPLETED
            )
            for finished in done:
                job = running.pop(finished)
                if _is_due_again(finished):
                    finished = _schedule(second_pool, job, reader, limits)
                    concurrent.futures.wait([finished])
                yield _outcome(job, finished, limits)


def _schedule(
    pool: ProcessPool, job: Job, reader: Reader, limits: Limits
) -> concurrent.futures.Future[Outcome]:
    future: concurrent.futures.Future[Outcome] = pool.schedule(
        read_job, args=(job, reader), timeout=limits.max_seconds
    )
    return future


def _is_due_again(finished: concurrent.futures.Future[Outcome]) -> bool:
    from pebble import ProcessExpired

    return isinstance(finished.exception(), MemoryError | ProcessExpired)


@contextmanager
def _pool(
    workers: int, reader: Reader, limits: Limits, max_tasks: int = _TASKS_PER_PROCESS
) -> Iterator[ProcessPool]:
    """A pool whose processes are forked from a server that has the reader loaded already.

    It starts with its first job. Mathematical libraries get one thread: a sheet is small, and each
    thread's buffers would count against the memory of the document.
    """
    from pebble import ProcessPool

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "pyarrow", reader.__module__])
    pool = ProcessPool(
        max_workers=workers,
        max_tasks=max_tasks,
        context=context,
        initializer=_guard_this_process,
        initargs=(limits.max_memory, dict(os.environ)),
    )
    try:
        yield pool
        pool.close()  # type: ignore[no-untyped-call]  # pebble types only a part of itself
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _guard_this_process(max_memory: int, environment: Mapping[str, str]) -> None:
    """Set up a worker: memory limit, no reaction to Ctrl-C, death with its parent.

    Its environment is the parent's of now, not that of the moment when the fork server started.
    """
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = max(max_memory, _data_size() + _LEAST_ROOM)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _data_size() -> int:
    """Bytes of private writable memory that this process has mapped already."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - no path object
            return int(statm.read().split()[5]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _outcome(
    job: Job, future: concurrent.futures.Future[Outcome], limits: Limits
) -> Outcome | Unread:
    from pebble import ProcessExpired

    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, OSError) and not isinstance(error, TimeoutError | ProcessExpired):
        return Unread(job, error.strerror or type(error).__name__)
    return quarantined(job, _refusal(error, limits))


def _refusal(error: BaseException, limits: Limits) -> Refusal:
    """Why the worker gave nothing, in words that do not depend on the machine."""
    from pebble import ProcessExpired

    if isinstance(error, TimeoutError):
        return Refusal("time_limit", f"not read within {limits.max_seconds:g} seconds")
    if isinstance(error, MemoryError):
        return Refusal(
            "memory_limit", f"reading it needs more than {limits.max_memory >> 20} MiB of memory"
        )
    if isinstance(error, ProcessExpired):
        return Refusal("crashed", f"the reading process died ({_death(error.exitcode)})")
    return Refusal("internal_error", f"{type(error).__name__}: {error}"[:500])


def _death(exit_code: int | None) -> str:
    """An exit code in words.

    >>> _death(-11), _death(3)
    ('SIGSEGV', 'exit code 3')
    """
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def default_workers() -> int:
    """One worker a processor that this process may use, but one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)
