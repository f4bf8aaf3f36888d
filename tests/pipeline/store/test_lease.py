"""One run at a time writes to a remote output; a killed one blocks nobody for long."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator

import fsspec
import pytest
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.store.lease import Lease, Note, OutputBusy, Pace, leased
from keikaku.pipeline.store.publication import compact, open_store
from keikaku.pipeline.store.remote_folder import RemoteFolder

PACE = Pace(renewal=0.05, patience=0.4)
STATE = ".keikaku"


@pytest.fixture
def folder() -> Iterator[RemoteFolder]:
    folder = RemoteFolder.at(f"memory://lease-{uuid.uuid4()}/out")
    yield folder
    folder.filesystem.store.clear()


def left_behind(folder: RemoteFolder, number: int = 3) -> None:
    """The lease of a run that was killed."""
    folder.write(f"{STATE}/lease-{number:08}.json", Note("process 1", "yesterday", "x").to_bytes())


def test_second_run_is_refused_while_the_first_lives(folder: RemoteFolder) -> None:
    with leased(folder, STATE, PACE) as first:
        with pytest.raises(OutputBusy, match="another run writes to memory:"):
            leased(folder, STATE, PACE).__enter__()
        first.check()
    with leased(folder, STATE, PACE) as second:
        second.check()
    assert second.number == first.number + 1


def test_lease_of_a_killed_run_is_taken_over(folder: RemoteFolder) -> None:
    left_behind(folder)
    started = time.monotonic()
    with leased(folder, STATE, PACE) as lease:
        assert time.monotonic() - started >= PACE.patience
        assert lease.number == 4
        assert folder.names(STATE) == ("lease-00000004.json",)


def test_unreadable_lease_is_taken_over(folder: RemoteFolder) -> None:
    folder.write(f"{STATE}/lease-00000009.json", b"\x00 half a f")
    with leased(folder, STATE, PACE) as lease:
        assert lease.number == 10


def test_ended_run_leaves_a_released_lease(folder: RemoteFolder) -> None:
    with leased(folder, STATE, PACE):
        time.sleep(3 * PACE.renewal)
    (name,) = folder.names(STATE)
    left = json.loads(folder.read(f"{STATE}/{name}") or b"")
    assert left["released"]
    assert left["beat"] >= 1


def test_run_that_slept_too_long_stops_before_it_publishes(folder: RemoteFolder) -> None:
    left_behind(folder)
    asleep = Lease(folder, STATE, 3, Note("process 1", "yesterday", "x"), PACE)
    asleep.check()
    with leased(folder, STATE, PACE), pytest.raises(OutputBusy, match="another run took over"):
        asleep.check()


def test_of_many_only_one_holds_it(folder: RemoteFolder) -> None:
    """Ten at once: at no moment do two of them believe that they hold it."""
    left_behind(folder)
    holding, most, refused = [0], [0], [0]

    def try_it() -> None:
        try:
            with leased(folder, STATE, PACE) as lease:
                holding[0] += 1
                most[0] = max(most[0], holding[0])
                time.sleep(4 * PACE.renewal)
                lease.check()
                holding[0] -= 1
        except OutputBusy:
            refused[0] += 1

    threads = [threading.Thread(target=try_it) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert 1 <= refused[0] <= 9


def test_remote_output_is_described(folder: RemoteFolder) -> None:
    with open_store(folder.address):
        pass
    package = json.loads(folder.read("datapackage.json") or b"")
    assert next(resource["path"] for resource in package["resources"]) == [
        "documents/documents-0.parquet"
    ]


def test_place_without_ledger_is_left_alone_by_compact(folder: RemoteFolder) -> None:
    with pytest.raises(UsageError, match="no ledger"):
        compact(folder.address)
    assert not folder.names(STATE)


def test_place_that_cannot_be_written_is_a_usage_error() -> None:
    with (
        pytest.raises(UsageError, match="cannot be written"),
        open_store("http://127.0.0.1:9/out"),
    ):
        pass
    assert not fsspec.filesystem("memory").store
