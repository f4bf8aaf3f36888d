"""Findings between documents of one municipality, found over an output folder when it is asked.

They are no rows of the published `findings`: each document's rows depend on its bytes alone, and
these on which other documents lie beside it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from keikaku.pipeline.checks import doubt_to_finding
from keikaku.pipeline.checks.between import check_baseline, check_editions
from keikaku.pipeline.checks.rule import Doubt, Rule
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.editions import read_observations
from keikaku.pipeline.records import Finding, SourceDocument
from keikaku.pipeline.store.rows import table_to_records

if TYPE_CHECKING:
    from keikaku.pipeline.query import Tables

EDITIONS = """
    with said as (
        select document_id, bit_xor(hash(goal_id, section, item, indicator, breakdown, measure,
               series, fiscal_year, value, unit, comparator, text)) as digest
        from observations where status in ('reported', 'qualitative') group by document_id)
    select distinct new.document_id, old.document_id
    from editions new join editions old
      on new.municipality_code = old.municipality_code and new.plan is not distinct from old.plan
     and new.plan_term is not distinct from old.plan_term
     and new.sheet is not distinct from old.sheet and old.edition = new.edition + 1
    join said s on s.document_id = new.document_id join said t on t.document_id = old.document_id
    where s.digest <> t.digest order by all
"""
"""Documents with a sheet in common, the later first, that do not say the same."""
TERMS = """
    select max_by(document_id, plan_term), list(distinct document_id order by document_id)
    from editions where municipality_code is not null and edition = 1
    group by municipality_code having count(distinct document_id) > 1
       and max(plan_term) filter (plan = 'disability_welfare')
           is distinct from min(plan_term) filter (plan = 'disability_welfare')
        or max(plan_term) filter (plan = 'child_disability_welfare')
           is distinct from min(plan_term) filter (plan = 'child_disability_welfare')
    order by municipality_code
"""
"""Municipalities with more than one term of a plan: the latest document, and all."""


def check_across(tables: Tables) -> tuple[Finding, ...]:
    """What contradicts what between two documents, in the order of their ids."""
    editions = tables.connection.execute(EDITIONS).fetchall()
    terms = tables.connection.execute(TERMS).fetchall()
    found = [
        *(f for new, old in editions for f in _findings(check_editions, tables, new, (new, old))),
        *(f for new, every in terms for f in _findings(check_baseline, tables, new, every)),
    ]
    return tuple({finding.finding_id: finding for finding in found}.values())


def _findings(
    checked: Rule, tables: Tables, newest: str, together: Iterable[str]
) -> Iterator[Finding]:
    documents = {name: _document(tables, name) for name in together}
    records = DocumentRecords(
        documents[newest],
        tuple(o for name in documents for o in read_observations(tables, name)),
    )
    for doubt in checked.check(records):
        concerned = tuple(dict.fromkeys(o.document_id for o in doubt.observations))
        if len(concerned) > 1:
            own = dataclasses.replace(records, document=documents[concerned[0]])
            named = _with_names(doubt, [documents[name].source_name for name in concerned])
            yield doubt_to_finding(named, checked, own)


def _document(tables: Tables, document_id: str) -> SourceDocument:
    table = tables.connection.sql(
        "select * from documents where document_id = $id", params={"id": document_id}
    ).to_arrow_table()
    document: SourceDocument = table_to_records(SourceDocument, table)[0]
    return document


def _with_names(doubt: Doubt, names: list[str]) -> Doubt:
    """A page number means nothing without its document."""
    return dataclasses.replace(
        doubt,
        english=f"{doubt.english} In {names[0]}, beside {', '.join(names[1:])}.",
        japanese=f"{doubt.japanese}（{names[0]}と{'、'.join(names[1:])}）",
    )
