"""What a run refused or doubted: every cause is known, the worst stands first, one line settles it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import keikaku
import pytest
from ingested import ingested_samples
from keikaku.pipeline.causes import CAUSES, HIDES, cause_of, settle
from keikaku.pipeline.checks import RULES
from keikaku.pipeline.cli import build_app
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.ingest import IngestOptions, ingest
from keikaku.pipeline.query import open_tables
from keikaku.pipeline.review import Matter, review
from typer.testing import CliRunner

HOUSE = Path(next(iter(keikaku.__path__)))
SHEETS = {
    "one.md": """# 架空市 障害福祉計画 PDCAサイクル管理シート
成果目標 1 施設入所者の地域生活への移行

| 区分 | 単位 | 令和3年度実績 | 令和4年度実績 |
|---|---|---|---|
| 施設入所者数 | 人 | □2人 | 270 |
| 空想の支援 | | 3 | 4 |
""",
    "two.md": """# 仮想町 障害福祉計画 PDCAサイクル管理シート
成果目標 1 施設入所者の地域生活への移行

| 区分 | 単位 | 令和3年度実績 | 令和4年度実績 |
|---|---|---|---|
| 施設入所者数 | 人 | 90 | □8人 |
| 空想の支援 | | 5 | 6 |
""",
    "empty.txt": "",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    for name, text in SHEETS.items():
        (folder / name).write_text(text, encoding="utf-8")
    paths = [str(folder / name) for name in SHEETS]
    ingest(paths, IngestOptions(output=str(folder / "output"), workers=1))
    return folder / "output"


@pytest.fixture(scope="module")
def matters(output: Path) -> tuple[Matter, ...]:
    return review(open_tables(output))


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(build_app(), ["review", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def of(matters: tuple[Matter, ...], rule: str) -> list[Matter]:
    return [matter for matter in matters if matter.rule == rule]


def test_the_worst_stands_first(matters: tuple[Matter, ...]) -> None:
    ranks = [HIDES.index(matter.hides) for matter in matters]
    assert ranks == sorted(ranks)
    assert (matters[0].rule, matters[0].first.place.source_name) == ("empty", "empty.txt")


def test_what_one_line_settles_is_one_matter(matters: tuple[Matter, ...]) -> None:
    (label,) = of(matters, "unknown_label")
    assert (label.cases, label.documents, label.first.quote) == (4, 2, "空想の支援")
    assert "catalogue.csv" in label.settle


def test_figures_without_unit_are_one_matter_a_document(matters: tuple[Matter, ...]) -> None:
    bare = of(matters, "no_unit")
    assert [(matter.cases, matter.first.quote) for matter in bare] == [(2, "3"), (2, "5")]
    assert all("units.toml" in matter.settle for matter in bare)


def test_an_unknown_unit_is_settled_by_its_line() -> None:
    line = 'normalizers/vocabulary/units.toml, [units]: "人工" = ["人工"]'
    assert settle("unknown_unit", "人工", "").startswith(line)


def test_an_unread_cell_comes_with_its_erratum(matters: tuple[Matter, ...]) -> None:
    (cell,) = of(matters, "unread_cell")
    at = SHEETS["one.md"].index("□2人")
    assert (cell.cases, cell.documents, cell.first.place.char_start) == (2, 2, at)
    place = f'document = "{cell.first.place.document_id}", char_start = {at}, char_end = {at + 3}'
    assert f'{place}, printed = "□2人"' in cell.settle
    assert "document = " not in cell.settle_in_short


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        (
            "'□2人' is not read: a part of it is neither figure, unit, mark nor known word",
            "unread_cell",
        ),
        ("'3,0 4' is not read: two figures seem to be glued together (at '3,0')", "unsure_cell"),
        (
            "'一人' is not read: 一 before a unit is the number one or a dash (at '一')",
            "unsure_cell",
        ),
    ],
)
def test_what_no_word_settles_is_told_apart(message: str, rule: str) -> None:
    from keikaku.pipeline.review import _cell_rule

    assert _cell_rule("unread_cell", message) == rule
    assert _cell_rule("unknown_column", message) == "unknown_column"


def test_a_sentence_is_cut_in_the_settling_line() -> None:
    assert len(settle("unknown_column", "文" * 500, "")) < 250


def test_contradictions_on_the_paper_are_left_to_check(matters: tuple[Matter, ...]) -> None:
    assert {matter.rule for matter in matters}.isdisjoint(rule.slug for rule in RULES)


def test_every_refusal_and_doubt_of_the_samples_is_listed_once() -> None:
    tables = open_tables(ingested_samples())
    listed = sum(matter.cases for matter in review(tables))
    (wanted,) = tables.connection.execute(
        "select (select count(*) from findings where not list_contains($checks, rule)) "
        "+ (select count(*) from observations where certainty <> 'printed' "
        "   or list_contains(flags, 'year_inferred') or list_contains(flags, 'measure_inferred')) "
        "+ (select count(*) from observations where value is not null and unit is null "
        "   and measure <> 'gap') "
        "+ (select count(*) from observations where goal_id is null and goal_title is not null) "
        "+ (select count(*) from observations where indicator_id is null and measure <> 'gap') "
        "+ (select count(*) from documents where status = 'quarantined')",
        {"checks": [rule.slug for rule in RULES]},
    ).fetchone() or (None,)
    assert listed == wanted
    assert listed > 0


def test_one_document_alone(output: Path) -> None:
    everything = review(open_tables(output))
    chosen = {matter.first.place.document_id for matter in of(everything, "empty")}
    (only,) = review(open_tables(output), tuple(chosen))
    assert (only.rule, only.cases) == ("empty", 1)


def rules_in(path: Path) -> set[str]:
    """First arguments of what makes a notice or a fault, where they are written out."""
    makers = {"Notice", "Fault", "_doubt", "report", "_notice_once"}
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            texts = ast.walk(node.args[0])
            if name in makers:
                found |= {t.value for t in texts if isinstance(t, ast.Constant)}
    return {rule for rule in found if isinstance(rule, str)}


def test_every_rule_of_the_reading_has_a_cause() -> None:
    files = [*(HOUSE / "extractors").rglob("*.py"), *(HOUSE / "pipeline").glob("*.py")]
    used = set().union(*map(rules_in, files))
    assert {"unread_cell", "unknown_column", "no_text_layer", "short_row"} <= used
    assert used - {cause.rule for cause in CAUSES} == set()


def test_the_causes_are_told_apart() -> None:
    assert len({cause.rule for cause in CAUSES}) == len(CAUSES)
    assert {cause.hides for cause in CAUSES} == set(HIDES)


def test_every_file_that_would_settle_something_exists() -> None:
    import re

    told = " ".join(settle(cause.rule, "語", "an erratum", ("one",)) for cause in CAUSES)
    named = set(re.findall(r"[a-z]+/vocabulary/[a-z_]+\.(?:toml|csv)", told))
    assert "extractors/vocabulary/heads.toml" in named
    assert [name for name in sorted(named) if not (HOUSE / name).is_file()] == []


def test_a_rule_that_nobody_knows_counts_as_hiding_figures() -> None:
    assert cause_of("brand_new").hides == "figures"


def test_in_a_pipe_each_matter_is_one_line(output: Path, matters: tuple[Matter, ...]) -> None:
    code, printed, said = run(str(output), "--limit", "2")
    head, *lines = printed.splitlines()
    assert code == 0
    assert head.split("\t")[:4] == ["hides", "cause", "documents", "cases"]
    assert [line.split("\t")[1] for line in lines] == [matter.rule for matter in matters[:2]]
    assert said == f"{len(matters) - 2} more: --limit 0 shows all\n"


def test_all_as_json(output: Path, matters: tuple[Matter, ...]) -> None:
    _, printed, said = run(str(output), "--limit", "0", "--format", "json")
    assert [row["cause"] for row in json.loads(printed)] == [matter.rule for matter in matters]
    assert said == ""


def test_of_one_document(output: Path) -> None:
    _, printed, _ = run(str(output), "--document", "two.md", "--format", "json")
    assert {row["source_name"] for row in json.loads(printed)} == {"two.md"}


def test_on_a_terminal_it_is_a_table(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from keikaku.pipeline.cli.review import command

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    command(output, limit=0)
    printed = capsys.readouterr().out
    assert "worst first" in printed
    assert "□2人" in printed
    assert "\t" not in printed


@pytest.mark.parametrize("arguments", [("nowhere",), ("{output}", "--document", "nowhere.pdf")])
def test_wrong_usage(arguments: tuple[str, ...], output: Path) -> None:
    with pytest.raises(UsageError) as raised:
        run(*(argument.format(output=output) for argument in arguments))
    assert raised.value.hint


def test_help_has_an_example() -> None:
    code, printed, _ = run("--help")
    assert code == 0
    assert "keikaku review output" in printed
