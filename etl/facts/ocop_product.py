"""List of OCOP products to ocop_product. A recognition holds for 36 months (decision 148/QĐ-TTg of 24/2/2023)."""

from __future__ import annotations

import re
from datetime import date

from etl.clean.periods import find_day, read_date
from etl.context import SheetContext
from etl.facts.recognition import NO_NUMBER
from etl.facts.records import items

_VALID_YEARS = 3
_DECISION_NO = re.compile(r"^(?:QĐ\s*số\s*|số\s*)?(.+?)(?:\s*,?\s*ngày\b.*|\s*,\s*\d{1,2}/.*)?$", re.I)
_STARS = re.compile(r"(?:hạng\s*)?([1-5])(?:\s*sao)?", re.I)


def read(context: SheetContext) -> None:
    """Read one list of products, grouped by district."""
    for row, district in items(context, "name"):
        name = context.text(row, "name")
        decision = context.text(row, "decision")
        day_in_text = find_day(decision)
        decided = day_in_text or read_date(context.value(row, "decision"))
        if not name:
            context.reject("NAME_MISSING", row, "name")
            continue
        if district is None:
            context.reject("DISTRICT_MISSING", row, "name", name=name)
            continue
        if decided is None:
            context.reject("DATE_INVALID", row, "decision", found=decision or "…")
            continue
        score = context.number(row, "score")
        context.accept(row)
        context.reading.add(
            "ocop_product",
            {
                "unit_code": district.unit_code,
                "name": name,
                "producer": context.text(row, "producer") or None,
                "product_group": context.text(row, "product_group") or None,
                "stars": _stars(context, row),
                "score": float(score) if score is not None else None,
                "decision_no": _decision_no(decision) if day_in_text else NO_NUMBER,
                "decision_date": decided,
                "valid_until": _years_later(decided, _VALID_YEARS),
                **context.provenance(row, context.column("name")),
            },
        )


def _stars(context: SheetContext, row: int) -> int | None:
    text = context.text(row, "stars")
    if set(text.replace(" ", "")) <= {"★", "☆"} and "★" in text:
        return text.count("★")
    if match := _STARS.fullmatch(text):
        return int(match[1])
    context.report_role("STARS_UNREADABLE", row, "stars", found=text or "…")
    return None


def _decision_no(decision: str) -> str:
    match = _DECISION_NO.match(decision)
    number = match[1].strip(" ,") if match else ""
    return number if number and not find_day(number) else NO_NUMBER


def _years_later(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
