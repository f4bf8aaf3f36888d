"""`keikaku check`: what contradicts what, printed like a linter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from keikaku.pipeline.export import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keikaku.pipeline.query import Tables

LEVELS = ("error", "warning", "info")
COLUMNS = (
    "document_id", "source_name", "municipality_code", "municipality", "severity", "rule", "page",
    "char_start", "message", "message_ja", "expected", "found", "raw", "finding_id",
)  # fmt: skip


def command(
    document: Annotated[
        list[str] | None, typer.Argument(help="Only these: id, its beginning, or source name.")
    ] = None,
    level: Annotated[str, typer.Option(help="Least severity shown: error, warning or info.")] = (
        "warning"
    ),
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule; may be repeated.")] = None,
    japanese: Annotated[bool, typer.Option("--ja", help="Sentences in Japanese.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules and stop.")] = False,
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write into a file instead.")] = None,
    data: Annotated[Path, typer.Option("--data", "--output", help="Folder of the tables.")] = Path(
        "output"
    ),
) -> None:
    """Show where documents contradict themselves, with both quotes and both places.

    Editions of one sheet and terms of one plan that lie in the same folder are laid beside each
    other too.

    Exit code 0: no error found; 1: at least one finding of severity error; 2: wrong usage.

    Examples:

      keikaku check

      keikaku check --level error --ja

      keikaku check --format csv --out findings.csv
    """
    if rules:
        _list_rules(form, out)
        return
    from keikaku.pipeline.editions import find_document
    from keikaku.pipeline.export import Rows
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.screen import show

    shown = _levels(level)
    tables = open_tables(data)
    _require_rules(rule or [], tables)
    ids = [find_document(tables, name) for name in document or []]
    found = tables.connection.execute(
        f"select {', '.join(_qualified(COLUMNS))} from ({_every_finding(tables)}) f join documents d "
        "using (document_id) where list_contains($levels, f.severity) "
        "and (len($ids) = 0 or list_contains($ids, document_id)) "
        "and (len($rules) = 0 or list_contains($rules, f.rule)) "
        "order by d.source_name, document_id, f.page nulls first, f.char_start nulls first, f.rule, "
        "finding_id",
        {"levels": shown, "ids": ids, "rules": rule or []},
    ).fetchall()
    if out is not None or form not in {None, Format.TABLE}:
        show(Rows(COLUMNS, tuple(found)), form, out)
    else:
        _print_findings(found, shown, japanese=japanese)
    errors = sum(row[COLUMNS.index("severity")] == "error" for row in found)
    raise typer.Exit(1 if errors else 0)


def _every_finding(tables: Tables) -> str:
    """Of the published findings and those between documents."""
    return f"{tables.findings.query} union all by name {tables.across.query}"


def _qualified(columns: tuple[str, ...]) -> Iterator[str]:
    """Two tables have a municipality_code: the document's is meant."""
    for name in columns:
        yield "d.municipality_code" if name == "municipality_code" else name


def _levels(least: str) -> list[str]:
    from keikaku.pipeline.errors import UsageError

    if least not in LEVELS:
        raise UsageError(f"no level {least!r}", hint=f"choose of {', '.join(LEVELS)}")
    return list(LEVELS[: LEVELS.index(least) + 1])


def _require_rules(named: list[str], tables: Tables) -> None:
    """A rule of a check, of the reader, or one that the tables hold."""
    import difflib

    from keikaku.pipeline.checks import RULES
    from keikaku.pipeline.errors import UsageError
    from keikaku.pipeline.findings import READER_RULES

    held = tables.connection.execute("select distinct rule from findings").fetchall()
    known = {*(r.slug for r in RULES), *READER_RULES, *(row[0] for row in held)}
    for slug in named:
        if slug not in known:
            near = difflib.get_close_matches(slug, sorted(known), n=3, cutoff=0.4)
            hint = f"did you mean {', '.join(near)}? " if near else ""
            raise UsageError(
                f"no rule {slug!r}", hint=f"{hint}list them with: keikaku check --rules"
            )


def _print_findings(found: list[tuple[Any, ...]], shown: list[str], *, japanese: bool) -> None:
    from keikaku.pipeline.screen import print_lines

    print_lines(_lines(found, shown, japanese=japanese))


def _lines(
    found: list[tuple[Any, ...]], shown: list[str], *, japanese: bool
) -> Iterator[tuple[str, str]]:
    from keikaku.pipeline.screen import COLOURS

    last = None
    for values in found:
        row = dict(zip(COLUMNS, values, strict=True))
        if row["document_id"] != last:
            last = row["document_id"]
            place = f" {row['municipality']}" if row["municipality"] else ""
            yield f"\n{row['source_name']}{place} ({last[:12]})", "bold"
        where = f"p. {row['page']}" if row["page"] is not None else f"char {row['char_start']}"
        yield f"  {where}: {row['severity']} [{row['rule']}]", COLOURS[row["severity"]]
        yield f"    {row['message_ja' if japanese else 'message']}", ""
    counts = ", ".join(
        f"{sum(values[COLUMNS.index('severity')] == level for values in found)} {level}"
        for level in shown
    )
    less = "" if shown == list(LEVELS) else f"; less grave ones with --level {LEVELS[len(shown)]}"
    yield f"\n{counts}{less}", "bold"


def _list_rules(form: Format | None, out: Path | None) -> None:
    from keikaku.pipeline.checks import RULES
    from keikaku.pipeline.export import Rows
    from keikaku.pipeline.screen import show

    rows = tuple((r.family, r.slug, r.severity, r.summary) for r in RULES)
    show(Rows(("family", "rule", "severity", "relation"), rows), form, out)
