"""The commands of docs/first_hour.md and the answers printed below them.

A command stands in a ```bash block; its answer, a Markdown table, follows it directly.
`python tests/support/first_hour.py` ingests the samples and writes the answers anew.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

from ingested import ingested_samples
from keikaku.pipeline.cli import build_app

DOCUMENT = Path(__file__).parents[2] / "docs" / "first_hour.md"
SNIPPET = re.compile(
    r"```bash\n(?P<command>keikaku (?!ingest).*?)\n```\n(?P<answer>(?:\n*(?:\|.*\n)+)?)"
)


def snippets(text: str) -> list[tuple[str, str]]:
    """Each command with the answer printed below it."""
    return [(found["command"], found["answer"].strip()) for found in SNIPPET.finditer(text)]


def answer(command: str, folder: Path) -> str:
    """What a command prints over the tables of a folder."""
    printed = io.StringIO()
    arguments = [*shlex.split(command)[1:], "--data", str(folder)]
    with contextlib.redirect_stdout(printed):
        build_app()(arguments, standalone_mode=False)
    return printed.getvalue().strip()


def renewed(text: str, folder: Path) -> str:
    """The document with every answer written anew."""
    return SNIPPET.sub(
        lambda found: f"```bash\n{found['command']}\n```\n\n{answer(found['command'], folder)}\n",
        text,
    )


if __name__ == "__main__":
    text = renewed(DOCUMENT.read_text(encoding="utf-8"), ingested_samples())
    DOCUMENT.write_text(text, encoding="utf-8", newline="\n")
