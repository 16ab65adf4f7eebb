"""List of OCOP products to ocop_product. A recognition holds for 36 months (decision 148/QĐ-TTg of 24/2/2023)."""

from __future__ import annotations

import re
from datetime import date

from etl.clean.numbers import VIETNAMESE, read_number
from etl.clean.periods import find_period
from etl.context import SheetContext
from etl.facts.recognition import NO_NUMBER
from etl.facts.records import items
from ntm.geo.names import clean_text

_VALID_YEARS = 3
_DECISION_NO = re.compile(r"^(?:QĐ\s*số\s*|số\s*)?(.+?)(?:\s*,?\s*ngày\b.*|\s*,\s*\d{1,2}/.*)?$", re.I)


def read(context: SheetContext) -> None:
    """Read one list of products, grouped by district."""
    column = context.recognised.column("name") or context.table.ordinal_column
    for row, district in items(context, "name"):
        name = context.text(row, "name")
        decision = context.text(row, "decision")
        decided = find_period(re.sub(r"^.*?ngày", "ngày", decision).replace("ngày", "").strip())
        if not name or district is None:
            context.reject("UNIT_MISSING", row, "name")
            continue
        if decided is None:
            context.reject("DATE_INVALID", row, "decision", found=decision or "…")
            continue
        stars = re.search(r"[1-5]", context.text(row, "stars"))
        score = read_number(context.value(row, "score"), VIETNAMESE)
        number = _DECISION_NO.match(clean_text(decision))
        context.reading.rows_loaded += 1
        context.reading.add(
            "ocop_product",
            {
                "unit_code": district.unit_code,
                "name": name,
                "producer": context.text(row, "producer") or None,
                "product_group": context.text(row, "product_group") or None,
                "stars": int(stars[0]) if stars else None,
                "score": float(score) if score is not None else None,
                "decision_no": number[1].strip(" ,") if number else NO_NUMBER,
                "decision_date": decided.end,
                "valid_until": _years_later(decided.end, _VALID_YEARS),
                **context.provenance(row, column),
            },
        )


def _years_later(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
