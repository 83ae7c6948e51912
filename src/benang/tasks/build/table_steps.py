"""The tables of a review as CSV, and `evidence.json`, which opens their numbers."""

from __future__ import annotations

import json

from benang.files import write_bytes
from benang.locale import Language
from benang.review.plan import AnyTable, AssociationPlan, CaseMatrixPlan, CodeTablePlan, Plan, PrintedTablePlan
from benang.synthesis import csv_tables
from benang.synthesis.association_tables import association_csv, mentions_csv
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording
from benang.tasks.build.association_steps import NO_ASSOCIATIONS, Associations
from benang.tasks.build.cache import Cache, key_of


def write_tables(
    plan: Plan, findings: Findings, language: Language, cache: Cache, associations: Associations = NO_ASSOCIATIONS
) -> None:
    """Write every table of the plan that has changed."""
    for table in plan.tables:
        data = table_bytes(table, findings, language, associations)
        _keep(cache, f"tables/{table.name}.csv", data)


def table_bytes(
    table: AnyTable, findings: Findings, language: Language, associations: Associations = NO_ASSOCIATIONS
) -> bytes:
    """Return a table of the plan as the bytes of its CSV file."""
    if isinstance(table, CodeTablePlan):
        return csv_tables.code_table_csv(findings, table.codes, language)
    if isinstance(table, PrintedTablePlan):
        return csv_tables.printed_table_csv(findings, table.table, language)
    if isinstance(table, CaseMatrixPlan):
        return csv_tables.matrix_csv(findings, table.codes)
    if isinstance(table, AssociationPlan):
        return _associated(table, findings, language, associations)
    if table.kind == "cases":
        return csv_tables.cases_csv(findings, language)
    if table.kind == "frameworks":
        return csv_tables.matrix_csv(findings, "frameworks")
    return csv_tables.checks_csv(findings)


def _associated(table: AssociationPlan, findings: Findings, language: Language, associations: Associations) -> bytes:
    if table.kind == "association":
        return association_csv(associations.association(table), language)
    return mentions_csv(associations.mention(table), language, Wording(findings, language))


def write_evidence(findings: Findings, cache: Cache) -> None:
    """Write `evidence.json`: every number and every passage, by id."""
    _keep(cache, "evidence.json", as_json(findings.evidence.as_json()))


def as_json(value: object) -> bytes:
    """Return JSON for people and for git: indented, in UTF-8, with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write_json(cache: Cache, name: str, value: object) -> None:
    """Write a JSON file of the output where its content has changed."""
    _keep(cache, name, as_json(value))


def _keep(cache: Cache, name: str, data: bytes) -> None:
    cache.make(name, key_of(name, data.decode("utf-8")), [name], lambda places: write_bytes(places[name], data))
