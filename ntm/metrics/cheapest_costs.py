"""What it is known to cost to close a criterion of a commune."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from ntm.metrics.exact import exact


def costs_of(needs: pd.DataFrame) -> dict[tuple[str, str], Decimal]:
    """Return the need of money of each commune and criterion, in million đồng; `needs` is query cheapest_costs.

    What no workbook states is not there: it is unknown, not zero.
    """
    costs: dict[tuple[str, str], Decimal] = {}
    for unit, number, value in zip(needs["unit_code"], needs["criterion_no"], needs["amount_vnd_million"], strict=True):
        if (amount := exact(value)) is not None:
            costs[str(unit), str(number)] = costs.get((str(unit), str(number)), Decimal(0)) + amount
    return costs
