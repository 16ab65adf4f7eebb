"""The rows of a map as every file shows them: headings in their order, with the class that each unit is in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from ntm.formatting import UNKNOWN
from ntm.i18n import Translator
from ntm.reports.map_sheet import MapSheet
from ntm.reports.values import is_year, plain_value


def shown_table(sheet: MapSheet, t: Translator) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the columns that the sheet labels, in order, and the heading of each.

    Rows of units have the unit's code first, and its class on the map (last, unless the sheet labels `class_name`).
    """
    table, headings = sheet.table, dict(sheet.labels)
    if "unit_code" in table:
        classes = {unit.code: unit.class_key for unit in sheet.layer.units}
        labels = {entry.key: entry.label for entry in sheet.layer.classes}
        table = table.assign(class_name=table["unit_code"].map(classes).map(labels))
        headings = {"unit_code": t("export.code"), **headings}
        headings.setdefault("class_name", t("export.class"))
    return table[list(headings)], headings


def written_rows(sheet: MapSheet, t: Translator) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows as texts, written as the language does; the unknown is a dash."""
    table, headings = shown_table(sheet, t)
    rows = [
        [_written(plain_value(value, t), is_year(column), t) for column, value in zip(table.columns, row, strict=True)]
        for row in table.itertuples(index=False, name=None)
    ]
    return list(headings.values()), rows


def _written(value: object, as_year: bool, t: Translator) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, date):
        return t.format.day(value)
    if isinstance(value, (int, float, Decimal)) and not as_year:
        return t.format.plain(value)
    return f"{value:.0f}" if isinstance(value, float) else str(value)
