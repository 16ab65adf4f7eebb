"""Communes that a plan names to target_unit. Every planned year is kept: a later one shows slippage."""

from __future__ import annotations

from etl.clean.vocabulary import meanings
from etl.context import SheetContext
from etl.facts.records import items, standard_of, unit_of, word, year
from etl.facts.target import document_of


def read(context: SheetContext) -> None:
    """Read one list of named communes."""
    for row, group in items(context, "unit"):
        unit = unit_of(context, row, group)
        if unit is None:
            continue
        standard = standard_of(context, row)
        if standard is None:
            continue
        kind = word(context, row, "kind", meanings("target_kinds"))
        if kind is None:
            continue
        target_year = year(context, row, "target_year")
        if target_year is None:
            found = context.text(row, "target_year") or "…"
            context.reject("YEAR_UNREADABLE", row, "target_year", found=found)
            continue
        context.accept(row)
        context.reading.add(
            "target_unit",
            {
                "unit_code": unit.unit_code,
                "standard": standard,
                "target_year": target_year,
                "kind": kind,
                "document": document_of(context, row),
                **context.provenance(row, context.column("unit")),
            },
        )
