"""What in the project's texts is generated: the tables of columns. `make dictionary` writes them.

A generated part of a README stands between ``<!-- columns: en -->`` and ``<!-- end of columns -->``.
"""

from __future__ import annotations

import re
from pathlib import Path

from keikaku.pipeline.dictionary import Language, dictionary_markdown, tables_markdown

ROOT = Path(__file__).parents[2]
PART = re.compile(r"(<!-- columns: (en|ja) -->\n).*?(<!-- end of columns -->)", re.DOTALL)


def texts() -> dict[Path, str]:
    """Each file that holds something generated, as it ought to be."""
    readmes = (ROOT / "README.md", ROOT / "README.ja.md")
    ought = {path: with_columns(path.read_text(encoding="utf-8")) for path in readmes}
    return ought | {ROOT / "output" / "README.md": dictionary_markdown()}


def with_columns(text: str) -> str:
    """The text with the tables of columns as they are now."""

    def now(part: re.Match[str]) -> str:
        return f"{part[1]}{tables_markdown(Language(part[2]))}{part[3]}"

    written, count = PART.subn(now, text)
    if count != 1:
        raise ValueError(f"{count} parts <!-- columns: … --> instead of one")
    return written


if __name__ == "__main__":
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)} written")
