"""What in the project's texts is generated: tables of columns and the output of examples.

``make generated`` writes them; `tests/test_readme.py` fails where they are out of step. In a README
the tables of columns stand between ``<!-- columns: en -->`` and ``<!-- end of columns -->``; the block
of ``text`` after a block of ``python`` is what that program prints, run in a folder where ``output/``
holds the ingested samples.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from keikaku.pipeline.dictionary import Language, dictionary_markdown, tables_markdown
from keikaku.pipeline.ingest import IngestOptions, ingest

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.ja.md")
DICTIONARY = ROOT / "output" / "README.md"
COLUMNS = re.compile(r"(<!-- columns: (en|ja) -->\n).*?(<!-- end of columns -->)", re.DOTALL)
EXAMPLE = re.compile(r"```python\n(?P<program>.*?)```\n\n```text\n(?P<prints>.*?)```", re.DOTALL)


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
    DICTIONARY.write_text(dictionary_markdown(), encoding="utf-8", newline="\n")
    print(*(path.relative_to(ROOT) for path in (*READMES, DICTIONARY)), "written")


if __name__ == "__main__":
    main()
