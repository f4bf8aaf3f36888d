"""`keikaku fetch`: bring what municipalities publish."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer


def command(
    sources: Annotated[Path, typer.Argument(metavar="SOURCES.TOML", help="What to fetch.")],
    into: Annotated[Path, typer.Option(metavar="DIR", help="Archive folder.")] = Path("fetched"),
    output: Annotated[
        str | None, typer.Option(metavar="DIR", help="Then ingest what is current into this.")
    ] = None,
    delay: Annotated[
        float, typer.Option(min=0, help="Seconds between two requests to one host, at least.")
    ] = 1.0,
    max_mib: Annotated[int, typer.Option(min=1, help="Largest document, MiB.")] = 100,
) -> None:
    """Fetch publication pages and files, politely, and keep every version seen.

    SOURCES.TOML holds a table `source` for each (docs/batch.md shows one): url and municipality_code;
    for a page that links to documents also kind = "index", and links, a pattern of those to take.
    Pages are asked for with ETag and Last-Modified, robots.txt and crawl delay are honoured, and no
    host is asked twice at a time. Exit code: 0 all taken, 1 some not (each is named), 2 wrong usage.

    Examples:

      keikaku fetch sources.toml

      keikaku fetch sources.toml --into archive --output output
    """
    from keikaku.pipeline.batch.terminal import run_and_tell
    from keikaku.pipeline.fetch.run import Visit, fetch
    from keikaku.pipeline.fetch.web import Manners, Web, quiet_libraries
    from keikaku.pipeline.fetch.wishlist import read_wishlist
    from keikaku.pipeline.ingest import IngestOptions

    def tell(visit: Visit) -> None:
        print(f"{visit.outcome} {visit.url}" + (f": {visit.detail}" if visit.detail else ""))

    quiet_libraries()
    wishes = read_wishlist(sources)
    web = Web(Manners(delay=delay, max_bytes=max_mib << 20))
    with contextlib.closing(web):
        report = fetch(wishes, into, web, tell)
    print(", ".join(f"{count} {outcome}" for outcome, count in report.counts().items()))
    print(f"documents: {into / 'documents'}")
    exit_code = report.exit_code
    if output is not None and not report.has_documents:
        print("nothing to ingest yet")
    elif output is not None:
        ingested = run_and_tell([str(into / "documents")], IngestOptions(output=output))
        exit_code = max(exit_code, ingested)
    raise typer.Exit(exit_code)
