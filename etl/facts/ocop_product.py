"""List of OCOP products to ocop_product: one fact for a product and decision. Ranked again, a product has two."""

from __future__ import annotations

import calendar
import re
from datetime import date

from etl.clean.decisions import NO_NUMBER, read_decision
from etl.clean.periods import find_day, read_date
from etl.clean.unit_notes import split_name
from etl.context import SheetContext
from etl.facts.list_cells import number_if_stated
from etl.facts.records import Item, items
from etl.facts.row_units import match_district
from ntm.geo.units import Unit

_STARS = re.compile(r"(?:hạng\s*)?([1-5])(?:\s*sao)?", re.I)
_MONTHS = re.compile(r"(\d{1,2})\s*(tháng|năm)", re.I)


def read(context: SheetContext) -> None:
    """Read one list of products, grouped by district or with the district in each address."""
    for item in items(context, "name"):
        row, name = item.row, context.text(item.row, "name")
        if not name:
            context.reject("NAME_MISSING", row, "name")
            continue
        district = _district(context, item)
        if district is None:
            context.reject("DISTRICT_MISSING", row, "name", name=name)
            continue
        decision = read_decision(context.value(row, "decision"))
        if decision.day is None:
            context.reject("DATE_NEEDED", row, "decision", found=context.text(row, "decision") or "…")
            continue
        score = number_if_stated(context, row, "score")
        valid_until, is_stated = _valid_until(context, row, decision.day)
        context.accept(row)
        context.reading.add(
            "ocop_product",
            {
                "unit_code": district.unit_code,
                "name": name,
                "producer": context.text(row, "producer") or None,
                "producer_kind": context.text(row, "producer_kind") or None,
                "address": context.text(row, "address") or None,
                "product_group": context.text(row, "product_group") or None,
                "stars": _stars(context, row),
                "score": float(score) if score is not None else None,
                "decision_no": decision.number or NO_NUMBER,
                "decision_date": decision.day,
                "valid_until": valid_until,
                "is_validity_stated": is_stated,
                **context.provenance(row, context.column("name")),
            },
        )


def _district(context: SheetContext, item: Item) -> Unit | None:
    """Return the district of the group row or of the reporter, else the one that the producer's address names."""
    if item.district:
        return item.district
    place = split_name(context.text(item.row, "address")).place
    return match_district(context, item.row, place, "address") if place else None


def _stars(context: SheetContext, row: int) -> int | None:
    text = context.text(row, "stars")
    if set(text.replace(" ", "")) <= {"★", "☆"} and "★" in text:
        return text.count("★")
    if match := _STARS.fullmatch(text):
        return int(match[1])
    context.report_role("STARS_UNREADABLE", row, "stars", found=text or "…")
    return None


def _valid_until(context: SheetContext, row: int, decided: date) -> tuple[date | None, bool]:
    """Return (day, whether the list states it): a day, a number of months; silent lists follow the rule in force."""
    text = context.text(row, "valid_until")
    if day := read_date(context.value(row, "valid_until")) or find_day(text):
        return day, True
    if months := _MONTHS.fullmatch(text):
        return _months_later(decided, int(months[1]) * (12 if months[2].casefold() == "năm" else 1)), True
    if text:
        context.report_role("DATE_INVALID", row, "valid_until", found=text)
        return None, True
    rules = [rule for rule in context.reference.product_validity if rule.valid_from <= decided]
    rule = max(rules, key=lambda rule: rule.valid_from, default=None)
    return (_months_later(decided, rule.months) if rule else None), False


def _months_later(day: date, months: int) -> date:
    """Return the same day some months later; the last of a month where that one is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
