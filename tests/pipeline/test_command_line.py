"""The command line as a person and a shell meet it: quick help, plain errors, known exit codes."""

from __future__ import annotations

import os
import pkgutil
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from keikaku.pipeline import cli

KEIKAKU = (sys.executable, "-c", "from keikaku.pipeline.cli import main; main()")
COMMANDS = sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(cli.__path__))
HEAVY = ("camelot", "duckdb", "numpy", "pandas", "pdfplumber", "polars", "pyarrow", "pypdfium2")


def keikaku(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KEIKAKU, *arguments], capture_output=True, encoding="utf-8", cwd=cwd, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = keikaku(command, "--help")
    assert result.returncode == 0, result.stderr
    assert f"keikaku {command}" in result.stdout.partition("Example")[2]


def test_help_lists_every_command() -> None:
    shown = keikaku("--help").stdout
    assert [command for command in COMMANDS if command not in shown] == []


def test_help_is_quick() -> None:
    """Under 0.4 s: of the processor, best of five, so that a busy machine does not fail it."""
    took = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        keikaku("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < 0.4


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from keikaku.pipeline.cli import build_app; build_app();"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-command",), "No such command"),
        (("golden", "--no-such-option"), "No such option"),
        (("golden", "--samples", "no/such/folder"), "error: no folder of samples"),
    ],
)
def test_wrong_usage_is_exit_code_2_without_a_traceback(
    arguments: tuple[str, ...], said: str
) -> None:
    result = keikaku(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_an_error_says_what_to_do_next(tmp_path: Path) -> None:
    result = keikaku("golden", cwd=tmp_path)
    assert result.stdout == ""
    assert result.stderr.splitlines()[1].startswith("  next: ")


def test_a_closed_pipe_ends_quietly() -> None:
    """`keikaku dictionary | head -0`: exit code 141, as of any command that SIGPIPE ends."""
    with subprocess.Popen(
        [*KEIKAKU, "dictionary"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (141, b"")


def test_an_interrupt_is_exit_code_130(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(typer.Exit) as ended:
        cli._ending_well(interrupted)()
    assert ended.value.exit_code == 130
    assert "next: " in capsys.readouterr().err


def test_an_unforeseen_file_error_is_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def app() -> None:
        raise PermissionError(13, "Permission denied", "samples/a.txt")

    monkeypatch.setattr(cli, "build_app", lambda: app)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("error: samples/a.txt: Permission denied\n  next: ")


def test_ctrl_c_while_the_workers_load_ends_in_plain_lines(tmp_path: Path) -> None:
    """The keys reach every process of the terminal, the fork server too."""
    (tmp_path / "sheet.txt").write_text("第6期障害福祉計画", "utf-8")
    command = [*KEIKAKU, "ingest", str(tmp_path), "--output", str(tmp_path / "out")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1 documents to read, 0 unchanged\n"
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        said, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (130, "")
    assert "interrupted: what was read is kept" in said


@pytest.mark.parametrize("report", ["missing/report.json", ".", "/"])
def test_report_that_cannot_be_written_is_said_before_the_run(tmp_path: Path, report: str) -> None:
    (tmp_path / "sheet.txt").write_text("第6期障害福祉計画", "utf-8")
    result = keikaku("ingest", "sheet.txt", "--report", report, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("error: --report")
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest", "s3://nobody-has-this/in"),
        ("ingest", "sheet.txt", "--output", "s3://nobody-has-this/out"),
        ("ingest", "sheet.txt", "--output", "http://127.0.0.1:9/out"),
        ("ingest", "http://127.0.0.1:9/sheet.pdf"),
        ("compact", "s3://nobody-has-this/out"),
        ("fetch", "missing.toml"),
        ("fetch", "sheet.txt"),
    ],
)
def test_places_that_cannot_be_reached_are_plain_errors(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("s3fs")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    (tmp_path / "sheet.txt").write_text("第6期障害福祉計画", "utf-8")
    result = keikaku(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"sheet.txt"}
