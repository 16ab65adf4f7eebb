"""Communes that a plan names to target_unit. Every planned year is kept: a later one shows slippage."""

from __future__ import annotations

from etl.context import SheetContext
from etl.facts.records import commune_of, items, word, year
from etl.facts.target import document_of


def read(context: SheetContext) -> None:
    """Read one list of named communes."""
    column = context.recognised.column("unit") or context.table.ordinal_column
    for row, group in items(context, "unit"):
        unit = commune_of(context, row, group)
        if unit is None:
            continue
        standard = word(context, row, "standard", "standards")
        if standard is None:
            continue
        kind = word(context, row, "kind", "target_kinds")
        if kind is None:
            continue
        target_year = year(context, row, "target_year")
        if target_year is None:
            context.reject(
                "YEAR_UNREADABLE", row, "target_year", found=context.text(row, "target_year") or "…"
            )
            continue
        context.reading.rows_loaded += 1
        context.reading.add(
            "target_unit",
            {
                "unit_code": unit.unit_code,
                "standard": standard,
                "target_year": target_year,
                "kind": kind,
                "document": document_of(context, row),
                **context.provenance(row, column),
            },
        )
