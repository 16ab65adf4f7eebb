"""Biểu 04, mechanisms and policies that localities issued, to policy: one fact for a document."""

from __future__ import annotations

from etl.context import SheetContext
from etl.facts.list_cells import decision_of, needed
from etl.facts.records import items
from etl.named_units import communes_named, districts_named
from ntm.geo.units import Unit


def read(context: SheetContext) -> None:
    """Read one Biểu 04. Group rows (kinds of documents) only order it; a document needs its subject and its number."""
    for item in items(context, "subject", under_districts=False):
        row = item.row
        subject = needed(context, row, "subject")
        number = needed(context, row, "decision_no") if subject else None
        if subject is None or number is None:
            continue
        decision = decision_of(context, row)
        context.accept(row)
        context.reading.add(
            "policy",
            {
                "unit_code": _issuer(context, row).unit_code,
                "document_kind": context.text(row, "document_kind") or None,
                "document_no": decision.number,
                "issued_date": decision.day,
                "subject": subject,
                "aim": context.text(row, "aim") or None,
                "content": context.text(row, "content") or None,
                **context.provenance(row, context.column("subject")),
            },
        )


def _issuer(context: SheetContext, row: int) -> Unit:
    """Return the unit whose council or committee issued a document ('UBND huyện Vị Thủy'), else whoever reports."""
    register, texts = context.reference.register, [context.text(row, "unit")]
    districts = districts_named(register, texts, context.day, context.province)
    communes = communes_named(register, texts, context.day, context.province, districts)
    named = communes or districts
    return named[0] if len(named) == 1 else context.unit
