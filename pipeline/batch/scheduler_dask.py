"""Reading on a Dask cluster: the same jobs, the same outcomes, on many machines.

Only places and packed rows travel. A worker that is lost gives its documents back to the scheduler;
a document that takes its worker down again and again is quarantined like one that crashes here.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.helper import read_in_helper
from keikaku.pipeline.batch.jobs import Job, Outcome, Reader, Refusal, quarantined
from keikaku.pipeline.batch.workers import Limits, Unread
from keikaku.pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from distributed import Client

_TRIES = 5
_IN_FLIGHT_PER_THREAD = 3
_SECONDS_TO_CONNECT = 20


def read_on_dask(
    address: str, jobs: Iterable[Job], reader: Reader, limits: Limits
) -> Generator[Outcome | Unread, None, None]:
    """Read jobs on the cluster whose scheduler is at `address`."""
    from distributed import as_completed

    client = _connect(address)
    with client:
        waiting, running = iter(jobs), as_completed(raise_errors=False)  # type: ignore[no-untyped-call]  # distributed types itself in part
        of_future: dict[object, Job] = {}
        while True:
            threads = max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
            room = threads * _IN_FLIGHT_PER_THREAD - len(of_future)
            for job in itertools.islice(waiting, max(0, room)):
                future = client.submit(
                    read_in_helper, job, reader, limits, pure=False, retries=_TRIES
                )
                of_future[future.key] = job
                running.add(future)  # type: ignore[no-untyped-call]
            if not of_future:
                return
            finished = next(running)
            job = of_future.pop(finished.key)
            yield finished.result() if finished.status == "finished" else _lost(job)


def _lost(job: Job) -> Outcome:
    return quarantined(job, Refusal("crashed", "the reading process died on the cluster"))


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask", hint="pip install 'keikaku[dask]', here and on every worker"
        ) from error
    try:
        return Client(address, timeout=_SECONDS_TO_CONNECT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address}: {error}",
            hint="start one with: dask scheduler; its first lines print the address",
        ) from error
