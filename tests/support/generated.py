"""What in the project's texts is generated: tables of columns, output of examples, layout scores.

``make generated`` writes them; `tests/test_readme.py` and `tests/layouts/test_bars.py` fail where they
are out of step. In a README
the tables of columns stand between ``<!-- columns: en -->`` and ``<!-- end of columns -->``; the block
of ``text`` after a block of ``python`` is what that program prints, run in a folder where ``output/``
holds the ingested samples. The tables of docs/layouts.md stand between ``<!-- layout scores -->`` and
``<!-- end of layout scores -->``.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from keikaku.pipeline.dictionary import Language, dictionary_markdown, tables_markdown
from keikaku.pipeline.ingest import IngestOptions, ingest

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.ja.md")
LAYOUTS = ROOT / "docs" / "layouts.md"
DICTIONARY = ROOT / "output" / "README.md"
COLUMNS = re.compile(r"(<!-- columns: (en|ja) -->\n).*?(<!-- end of columns -->)", re.DOTALL)
SCORES = re.compile(r"(<!-- layout scores -->\n).*?(<!-- end of layout scores -->)", re.DOTALL)
EXAMPLE = re.compile(r"```python\n(?P<program>.*?)```\n\n```text\n(?P<prints>.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LayoutScores:
    """How the layout documents are read now: one by one, and added up by family."""

    documents: tuple[tuple[Path, Any], ...]
    families: dict[str, Any]


@cache
def layout_judge() -> ModuleType:
    """`tests/layouts/score.py`, a script in a folder that is no package."""
    path = ROOT / "tests" / "layouts" / "score.py"
    spec = importlib.util.spec_from_file_location("layout_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["layout_score"] = module
    spec.loader.exec_module(module)
    return module


@cache
def layout_scores() -> LayoutScores:
    """Every layout document read and judged, once a process (seconds)."""
    judge = layout_judge()
    scored = tuple((path, judge.score_document(path)) for path in judge.documents())
    return LayoutScores(scored, judge.by_family(scored))


def with_scores(text: str) -> str:
    """The text with the layout scores as they are now, by family and by document."""
    judge, scores = layout_judge(), layout_scores()
    by_document = judge.table((path.stem, score) for path, score in scores.documents)
    tables = f"{judge.table(scores.families.items())}\n\n{by_document}\n"
    written, count = SCORES.subn(lambda part: f"{part[1]}{tables}{part[2]}", text)
    if count != 1:
        raise ValueError(f"{count} parts <!-- layout scores --> instead of one")
    return written


def with_columns(text: str) -> str:
    """The text with the tables of columns as they are now."""

    def now(part: re.Match[str]) -> str:
        return f"{part[1]}{tables_markdown(Language(part[2]))}{part[3]}"

    written, count = COLUMNS.subn(now, text)
    if count != 1:
        raise ValueError(f"{count} parts <!-- columns: … --> instead of one")
    return written


def with_output(text: str, folder: Path) -> str:
    """The text with what its programs print when they are run in `folder`."""

    def now(example: re.Match[str]) -> str:
        program = example["program"]
        return f"```python\n{program}```\n\n```text\n{printed_by(program, folder)}```"

    return EXAMPLE.sub(now, text)


def printed_by(program: str, folder: Path) -> str:
    """What a program prints; blanks at line ends, which tables leave, are dropped."""
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"},
        check=False,
    )
    if result.returncode != 0:
        raise RuntimeError(f"an example fails:\n{program}\n{result.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.strip("\n").splitlines())


def ingest_samples(folder: Path) -> None:
    """The samples as the examples expect them, in ``output/`` of an empty folder."""
    ingest([str(ROOT / "samples")], IngestOptions(output=str(folder / "output"), workers=2))


def main() -> None:
    """Write everything that is generated."""
    with TemporaryDirectory() as folder:
        ingest_samples(Path(folder))
        for readme in READMES:
            text = with_output(with_columns(readme.read_text(encoding="utf-8")), Path(folder))
            readme.write_text(text, encoding="utf-8", newline="\n")
    scored = with_scores(LAYOUTS.read_text(encoding="utf-8"))
    LAYOUTS.write_text(scored, encoding="utf-8", newline="\n")
    DICTIONARY.write_text(dictionary_markdown(), encoding="utf-8", newline="\n")
    print(*(path.relative_to(ROOT) for path in (*READMES, LAYOUTS, DICTIONARY)), "written")


if __name__ == "__main__":
    main()
