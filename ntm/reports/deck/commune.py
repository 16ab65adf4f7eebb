"""What the sections of a commune's deck share: its row at the month."""

from __future__ import annotations

from typing import Any

from ntm.reports.deck.writing import Writer


def commune_row(w: Writer) -> dict[str, Any] | None:
    """Return the commune's row of query communes at the month; None for a unit that is no commune (xã) then."""
    unit = w.material.unit
    rows = w.read("communes", province=unit.province, district=None, month=w.month)
    rows = rows[rows["unit_code"] == unit.code]
    return {str(name): value for name, value in rows.iloc[0].items()} if len(rows) else None
