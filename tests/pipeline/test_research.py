"""Tables for researchers: notebooks, SQL views, comparison, editions, over the ingested samples."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import keikaku
import pytest
from ingested import ingested_samples
from keikaku.pipeline.comparable import Figure, judge
from keikaku.pipeline.comparison import compare, read_indicator
from keikaku.pipeline.editions import changes, find_document, read_observations
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.query import Tables
from keikaku.pipeline.records import Observation


@pytest.fixture(scope="module")
def tables() -> Tables:
    return keikaku.open(ingested_samples())


def test_every_form_has_the_same_rows(tables: Tables) -> None:
    count = tables.observations.arrow().num_rows
    assert count > 700
    assert len(tables.observations.pandas()) == count
    assert tables.observations.polars().height == count
    assert len(tables.observations.duckdb().fetchall()) == count


def test_a_year_stays_an_integer_where_some_are_null(tables: Tables) -> None:
    years = tables.observations.pandas()["fiscal_year"]
    assert years.isna().any()
    assert str(years.dtype) == "int64[pyarrow]"


def test_an_empty_folder_opens_with_all_columns(tmp_path: Path) -> None:
    for name in ("documents", "observations", "narratives", "findings"):
        (tmp_path / name).mkdir()
    empty = keikaku.open(tmp_path)
    assert empty.latest.arrow().num_rows == 0
    assert {"value", "comparable", "reason"} <= set(empty.latest.arrow().column_names)


def test_a_folder_without_tables_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no tables") as raised:
        keikaku.open(tmp_path)
    assert "keikaku ingest" in raised.value.hint


def test_a_view_never_repeats_an_observation(tables: Tables) -> None:
    joined = tables.sql("select count(*) n from figures").arrow()["n"][0].as_py()
    assert joined == tables.observations.arrow().num_rows
    twice = "select observation_id from comparable group by all having count(*) > 1"
    assert tables.sql(twice).arrow().num_rows == 0


def test_two_editions_of_a_sheet_are_known_and_one_is_preferred(tables: Tables) -> None:
    found = tables.sql(
        "select municipality_code, sheet, count(*) editions, "
        "count(*) filter (edition = 1) latest from editions "
        "where municipality_code is not null and sheet is not null group by all"
    ).arrow()
    assert set(found["latest"].to_pylist()) == {1}
    assert max(found["editions"].to_pylist()) == 2


@pytest.mark.parametrize(
    ("indicator_id", "year", "city", "expected"),
    [
        ("facility_residents", 2022, "昭島市", {"actual": 74.0, "target": None, "met": None}),
        ("facility_residents", 2021, "品川区", {"actual": 269.0, "target": 271.0, "met": True}),
        ("community_transition_persons", 2023, "品川区",
         {"actual": 3.0, "target": 10.0, "achievement_percent": 30.0, "comparable": False}),
        ("employment_transitions", 2022, "昭島市",
         {"actual": 17.0, "target": 8.0, "also_printed": "14人 (summary)"}),
        ("group_home_users", 2022, "品川区", {"actual": 258.0, "projected": 218.0, "comparable": True}),
        ("group_home_users", 2022, "昭島市", {"actual": 153.0, "comparable": False}),
        ("mental_council_participants", 2022, "品川区", {"actual": 26.0, "comparable": False}),
    ],
)  # fmt: skip
def test_compare(
    tables: Tables, indicator_id: str, year: int, city: str, expected: dict[str, object]
) -> None:
    rows = [r for r in compare(tables, indicator_id, fiscal_year=year) if r.municipality == city]
    said = [{name: getattr(row, name) for name in expected} for row in rows]
    assert expected in said
    assert all(row.quote and row.source for row in rows)
    assert all(row.comparable or row.reason for row in rows)


def test_compare_takes_the_last_year_with_an_actual(tables: Tables) -> None:
    years = {row.municipality: row.fiscal_year for row in compare(tables, "facility_residents")}
    assert years == {"品川区": 2023, "昭島市": 2022}


def test_an_indicator_by_its_japanese_name() -> None:
    assert read_indicator("施設入所者数").indicator_id == "facility_residents"
    with pytest.raises(UsageError) as raised:
        read_indicator("facility_resident")
    assert "facility_residents" in raised.value.hint


FIGURE = Figure(
    indicator_id="group_home_users", indicator="共同生活援助", measure="actual", section="activity",
    series=None, plan_term=6, fiscal_year=2022, as_of=None, value=258.0, unit="人/月",
    status="reported", aggregation=None, comparator="eq", provisional=False, certainty="printed",
)  # fmt: skip


@pytest.mark.parametrize(
    ("difference", "reason"),
    [
        ({}, None),
        ({"unit": "人"}, "period_not_printed"),
        ({"unit": "人日/月"}, "unit_differs"),
        ({"indicator_id": None}, "indicator_unknown"),
        ({"value": None, "status": "not_reported"}, "no_number"),
        ({"measure": "gap"}, "difference"),
        ({"provisional": True}, "provisional"),
        ({"indicator_id": "mental_council_participants", "unit": "人"}, "meeting_basis"),
        ({"indicator_id": "mental_council_participants", "unit": "人/回"}, "per_meeting"),
        ({"indicator_id": "nursery_visit_support_visits", "unit": "日/月"}, None),
        ({"indicator_id": "mental_council_meetings", "unit": "回"}, None),
        ({"indicator_id": "community_transition_persons", "unit": "人"}, "cumulation_not_printed"),
        (
            {
                "indicator_id": "community_transition_persons",
                "unit": "人",
                "aggregation": "cumulative",
            },
            None,
        ),
        (
            {"indicator_id": "community_transition_persons", "unit": "人", "measure": "baseline"},
            "base_of_the_row",
        ),
        (
            {
                "indicator_id": "facility_residents_reduction",
                "unit": "人",
                "measure": "target",
                "comparator": "le",
            },
            "residents_under_reduction",
        ),
    ],
)
def test_comparability(difference: dict[str, object], reason: str | None) -> None:
    judged = judge(dataclasses.replace(FIGURE, **difference))  # type: ignore[arg-type]
    assert (judged.comparable, judged.reason) == (reason is None, reason)
    assert (judged.sentence is None) == (judged.sentence_ja is None) == (reason is None)


def test_an_edition_differs_from_another_in_what_was_changed(tables: Tables) -> None:
    name = "004_4cdc448c7186999f.txt"
    before = read_observations(tables, find_document(tables, name))
    assert changes(before, before) == ()
    stock = next(
        o for o in before if (o.indicator_id, o.fiscal_year) == ("facility_residents", 2022)
    )
    corrected = dataclasses.replace(stock, value=275.0, raw="275人")
    after = tuple(corrected if o is stock else o for o in before if o.indicator != "共同生活援助")
    found = changes(before, after)
    assert [(c.before, c.after) for c in found if c.kind == "changed"] == [("274人", "275人")]
    assert {c.indicator for c in found if c.kind == "removed"} == {"共同生活援助"}
    assert not [c for c in found if c.kind == "added"]


def test_a_dash_that_became_a_figure_is_a_change(tables: Tables) -> None:
    before = read_observations(tables, find_document(tables, "000_3fa8d1cbbd840f3a.txt"))
    dash = next(o for o in before if o.status == "not_reported" and o.indicator == "施設入所者数")
    after = tuple(
        dataclasses.replace(o, status="reported", value=73.0, unit="人", raw="73人")
        if o is dash
        else o
        for o in before
    )
    (change,) = changes(before, after)
    assert (change.kind, change.after) == ("changed", "73人")


def test_text_and_pdf_of_one_sheet_print_the_same_figures(tables: Tables) -> None:
    text, pdf = (
        read_observations(tables, find_document(tables, name))
        for name in ("004_4cdc448c7186999f.txt", "shinagawa_sheet.pdf")
    )
    assert changes(text, pdf) == ()


def test_what_the_text_edition_lost_is_all_that_differs(tables: Tables) -> None:
    """比較 prints — and a figure in one row: they are paired in page order."""
    text, pdf = (
        read_observations(tables, find_document(tables, name))
        for name in ("000_3fa8d1cbbd840f3a.txt", "akishima_sheet.pdf")
    )
    found = changes(text, pdf)
    assert [(c.kind, c.measure, c.before, c.after) for c in found] == [
        ("changed", "projected", "", "36人"),
        ("changed", "actual", "", "-"),
        ("changed", "actual", "", "-"),
        ("changed", "actual", "", "-"),
        ("added", "projected", None, "検討"),
        *[("added", "projected", None, "—")] * 3,
    ]


def test_a_document_is_found_by_id_beginning_and_name(tables: Tables) -> None:
    document_id = find_document(tables, "shinagawa_sheet.pdf")
    assert find_document(tables, document_id[:10]) == document_id
    with pytest.raises(UsageError):
        find_document(tables, "nowhere.pdf")
    with pytest.raises(UsageError):
        find_document(tables, document_id[:2])


def test_records_come_back_as_they_were_written(tables: Tables) -> None:
    (first, *_) = read_observations(tables, find_document(tables, "shinagawa_sheet.pdf"))
    assert isinstance(first, Observation)
    assert isinstance(first.flags, tuple)


def test_a_query_that_fails_is_no_traceback(tables: Tables) -> None:
    with pytest.raises(duckdb.Error):
        tables.sql("select nothing from nowhere").arrow()
