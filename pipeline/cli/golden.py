"""`keikaku golden`: do the samples still read as they did when a person last looked?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    samples: Annotated[Path, typer.Option(help="Folder of the documents.")] = Path("samples"),
    golden: Annotated[Path, typer.Option(help="Folder of the goldens.")] = Path("tests/golden"),
    update: Annotated[
        bool, typer.Option("--update", help="Write what is read now, after printing the diff.")
    ] = False,
) -> None:
    """Compare every sample with its golden and print the difference (exit code 1 if any).

    Example: keikaku golden --update
    """
    from keikaku.pipeline import golden as goldens

    comparisons = goldens.compare(goldens.texts_of(samples, golden), golden)
    differing = tuple(comparison for comparison in comparisons if not comparison.is_equal)
    for comparison in differing:
        print(comparison.diff(), end="")
    if update:
        goldens.update(differing)
        print(f"{len(differing)} of {len(comparisons)} goldens written")
        return
    print(f"{len(comparisons) - len(differing)} of {len(comparisons)} goldens as they were")
    if differing:
        print("  next: read the diff beside the page, then: keikaku golden --update")
        raise typer.Exit(1)
