"""The same work on a Dask cluster that loses a worker, and on an S3-compatible store."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import fsspec
import pandas
import pytest
from batch_folders import MakeFolder, many_orders, table_bytes
from batch_readers import read_orders
from keikaku.pipeline.batch.report import RunReport
from keikaku.pipeline.batch.scheduler_dask import ClusterUnfit, SchedulerLost
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.store import lease
from keikaku.pipeline.store.publication import compact
from keikaku.pipeline.store.reading import read_dataset
from keikaku.pipeline.store.remote_folder import RemoteFolder

pytest.importorskip("distributed")
moto_server = pytest.importorskip("moto.server")
pytest.importorskip("s3fs")
pytestmark = pytest.mark.filterwarnings("default")  # what Dask and moto do inside is their affair


def run(source: object, output: object, **options: object) -> RunReport:
    wanted = replace(IngestOptions(output=str(output)), **options)  # type: ignore[arg-type]
    return ingest([str(source)], wanted, reader=read_orders)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket on a server of this machine."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    name = f"sheets-{uuid.uuid4()}"  # moto's buckets outlive its server
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(name)
    yield f"s3://{name}"
    fsspec.filesystem("s3").clear_instance_cache()
    server.stop()


def test_dask_with_a_worker_killed_half_way(make_folder: MakeFolder, tmp_path: Path) -> None:
    from distributed import LocalCluster

    orders = {name: f"nap\n{text}" for name, text in many_orders(60).items()}
    folder = make_folder(**orders, dying="die")
    run(folder, tmp_path / "here")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        first = next(iter(cluster.workers.values()))
        killer = threading.Thread(target=kill_when_busy, args=(first.pid, tmp_path / "there"))
        killer.start()
        report = run(folder, tmp_path / "there", scheduler=cluster.scheduler_address)
        killer.join()
    assert len(report.quarantined) == 7
    assert table_bytes(tmp_path / "there") == table_bytes(tmp_path / "here")


def kill_when_busy(process_id: int, output: Path) -> None:
    """Kill a worker once some documents are committed."""
    from keikaku.pipeline.store.ledger import Ledger

    while not (output / "documents/documents-0.parquet").exists():
        time.sleep(0.05)
    ledger = Ledger(output / ".keikaku/ledger.sqlite")
    while ledger.committed_count() < 10:
        time.sleep(0.05)
    ledger.close()
    os.kill(process_id, signal.SIGKILL)


@dataclass(frozen=True)
class Cluster:
    """A scheduler and a worker that were started by hand, as people do."""

    address: str
    scheduler: subprocess.Popen[bytes]


@pytest.fixture
def start_cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Cluster]]:
    """Start a cluster whose worker finds modules in the given path."""
    monkeypatch.setattr("keikaku.pipeline.batch.scheduler_dask._SECONDS_TO_CONNECT", 5)
    started: list[subprocess.Popen[bytes]] = []

    def start_dask(path: str, *arguments: str) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                env={**os.environ, "PYTHONPATH": path},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        return started[-1]

    def start(path: str) -> Cluster:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        address = f"tcp://127.0.0.1:{port}"
        scheduler = start_dask(path, "scheduler", "--host", "127.0.0.1", "--port", port)
        start_dask(path, "worker", address, "--no-nanny", "--nthreads", "1")
        _wait_for_answer(int(port))
        return Cluster(address, scheduler)

    yield start
    for process in started:
        process.kill()
        process.wait()


def _wait_for_answer(port: int) -> None:
    for _ in range(600):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def test_scheduler_that_dies_quarantines_nothing(
    make_folder: MakeFolder, tmp_path: Path, start_cluster: Callable[[str], Cluster]
) -> None:
    folder = make_folder(**{f"sheet{n}": f"nap\nrows 2\n#{n}" for n in range(300)})
    cluster = start_cluster(os.pathsep.join(sys.path))
    killer = threading.Thread(
        target=kill_when_busy, args=(cluster.scheduler.pid, tmp_path / "out"), daemon=True
    )
    killer.start()
    with pytest.raises(SchedulerLost, match="went away"):
        run(folder, tmp_path / "out", scheduler=cluster.address)
    done = read_dataset(tmp_path / "out").documents
    assert 10 <= len(done) < 300
    assert {records.document.status for records in done} == {"ingested"}


def test_worker_that_lacks_the_reader_quarantines_nothing(
    make_folder: MakeFolder, tmp_path: Path, start_cluster: Callable[[str], Cluster]
) -> None:
    cluster = start_cluster("")
    with pytest.raises(ClusterUnfit, match="a Dask worker cannot read documents"):
        run(make_folder(a="rows 1", b="rows 2"), tmp_path / "out", scheduler=cluster.address)
    assert not read_dataset(tmp_path / "out").documents


def test_worker_of_another_version_is_refused(
    make_folder: MakeFolder,
    tmp_path: Path,
    start_cluster: Callable[[str], Cluster],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cluster = start_cluster(os.pathsep.join(sys.path))
    monkeypatch.setattr("keikaku.pipeline.batch.scheduler_dask.software_version", lambda: "99")
    with pytest.raises(ClusterUnfit, match="there, 99 here"):
        run(make_folder(a="rows 1"), tmp_path / "out", scheduler=cluster.address)


def test_no_scheduler_is_a_usage_error(
    make_folder: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keikaku.pipeline.batch.scheduler_dask._SECONDS_TO_CONNECT", 1)
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        run(make_folder(a="rows 1"), tmp_path / "out", scheduler="tcp://127.0.0.1:9")


def test_from_s3_to_s3(bucket: str, make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(**many_orders(20))
    (folder / "source.toml").write_text('municipality_code = "132071"')
    store = fsspec.filesystem("s3")
    store.put(f"{folder}/", f"{bucket}/in/", recursive=True)
    run(folder, tmp_path / "here")
    report = run(f"{bucket}/in", f"{bucket}/out")
    store.get(f"{bucket}/out/", f"{tmp_path}/there/", recursive=True)
    assert len(report.documents) == 22
    assert table_bytes(tmp_path / "there") == table_bytes(tmp_path / "here")
    assert read_dataset(f"{bucket}/out") == read_dataset(tmp_path / "here")
    assert len(pandas.read_parquet(f"{bucket}/out/documents")) == 22


def test_second_run_on_s3_reads_nothing_and_uploads_nothing(
    bucket: str, make_folder: MakeFolder
) -> None:
    store = fsspec.filesystem("s3")
    store.put(f"{make_folder(a='rows 3', b='rows 1')}/", f"{bucket}/in/", recursive=True)
    run(f"{bucket}/in", f"{bucket}/out")
    before = upload_times(f"{bucket}/out")
    assert run(f"{bucket}/in", f"{bucket}/out").unchanged == 2
    assert upload_times(f"{bucket}/out") == before


def upload_times(output: str) -> dict[str, object]:
    """When each file was uploaded, but for the lease, which every run takes anew."""
    store = fsspec.filesystem("s3")
    store.invalidate_cache()
    found = store.find(output, detail=True)
    return {name: item["LastModified"] for name, item in found.items() if "/lease-" not in name}


def test_two_runs_at_once_on_s3(
    bucket: str, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is refused and changes nothing; after a kill, the next takes over and goes on."""
    monkeypatch.setattr(lease, "PACE", lease.Pace(renewal=0.2, patience=1.0))
    folder = make_folder(a="rows 3", b="rows 1")
    output = RemoteFolder.at(f"{bucket}/out")
    with lease.leased(output, ".keikaku"), pytest.raises(lease.OutputBusy, match="another run"):
        run(folder, output.address)
    assert output.names("documents") == ()
    output.write(".keikaku/lease-00000009.json", lease.Note("killed", "before", "x").to_bytes())
    run(folder, output.address)
    assert len(read_dataset(output.address).documents) == 2
    assert output.read("datapackage.json") is not None


def test_changed_and_removed_objects(bucket: str, make_folder: MakeFolder) -> None:
    store = fsspec.filesystem("s3")
    store.put(f"{make_folder(a='rows 3', b='rows 1')}/", f"{bucket}/in/", recursive=True)
    run(f"{bucket}/in", f"{bucket}/out")
    store.pipe_file(f"{bucket}/in/a.txt", b"rows 5")
    store.rm_file(f"{bucket}/in/b.txt")
    store.invalidate_cache()
    report = run(f"{bucket}/in", f"{bucket}/out")
    (records,) = read_dataset(f"{bucket}/out").documents
    assert (len(report.withdrawn), len(records.observations)) == (2, 5)
    assert compact(f"{bucket}/out").documents == 1


def test_missing_prefix_is_a_usage_error(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no document"):
        run(f"{bucket}/nothing", tmp_path / "out")
