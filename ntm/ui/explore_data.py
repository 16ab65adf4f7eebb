"""From what is asked to the cells of a table: reads the query of the measure, counts, names the codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.explore import Measure
from ntm.metrics.explore_cells import cells, facts, is_over_time, last_of_years, only, same_set, silent
from ntm.metrics.share import share
from ntm.model import is_missing
from ntm.ui.cache import read
from ntm.ui.commune_card import criterion_name
from ntm.ui.explore_choices import Asked, kept_name, level_of, month_of
from ntm.ui.filters import Place
from ntm.ui.wording import share_text

_CODES = {
    "district": "district_code", "commune": "unit_code", "kind": "kind", "standard": "standard", "band": "band",
    "criterion": "criterion_no", "source": "source_code", "nature": "nature", "month": "period_end", "year": "year",
}  # fmt: skip
_ORDERS = {
    "standard": ["kieu_mau", "nang_cao", "ntm", "none", "unknown"],
    "band": ["full", "from_15", "from_10", "from_5", "below_5", "unknown"],
    "source": ["central", "local_province", "local_district", "local_commune", "local", "integrated", "credit",
               "enterprise", "community", "other"],
}  # fmt: skip
_TEXTS = {"standard": "highest", "band": "band", "source": "source"}


@dataclass(frozen=True)
class Found:
    """The cells of a table, in order: row_label, column_label, the parts, value, text, full_text and hover of each.

    `total` has the parts of all of it (None where it has no sum), `silent` names the units of which nothing is told,
    `left_out` counts months of another criteria set, `level` says whose money it is, `units` are the codes of the units
    counted at the last month or cut-off (none where outcomes come by district).
    """

    table: pd.DataFrame
    total: pd.Series | None
    silent: tuple[str, ...]
    left_out: int
    level: str
    units: frozenset[str]


def find(t: Translator, place: Place, asked: Asked) -> Found:
    """Return the table of what is asked; `asked` was not refused (metrics.explore.refusal)."""
    measure = asked.measure
    if "source" in asked.dims or "credit" in asked.kept.get("source_code", ()):
        measure = replace(measure, with_credit=True)
    rows = _rows(place, asked)
    for column, codes in asked.kept.items():
        if codes:
            is_kept = rows[column].isin(codes)
            rows = only(rows, is_kept) if column == "source_code" else rows[is_kept]
    left_out = 0
    if measure.of_set and is_over_time(asked.dims):
        rows, left_out = same_set(rows)
    if "year" in asked.dims and not measure.is_money and len(rows):
        rows = last_of_years(rows)
    told = facts(rows, measure)
    keys = [_key(name, measure) for name in asked.dims]
    table = cells(told, measure, keys)
    named = _named(t, table, told, asked, keys)
    # Criteria are not pooled, months not summed, units' money is not that of the province.
    is_summed = not {"criterion", "month", "year"} & set(asked.dims)
    if measure.is_money:
        is_summed &= not {"district", "commune"} & set(asked.dims) and len(set(told["period_end"].dropna())) == 1
    total = cells(told, measure, []).iloc[0] if is_summed and len(told) else None
    is_last = told["period_end"] == told["period_end"].max()
    units = told["unit_code"] if measure.is_money else told.loc[is_last, "unit_code"]
    counted = frozenset(units.dropna())
    return Found(named, total, silent(told), left_out, level_of(place, asked.dims), counted)


def _rows(place: Place, asked: Asked) -> pd.DataFrame:
    scope: dict[str, str | date | None] = {"province": place.province, "district": place.district}
    scope |= {"first": asked.first, "month": place.month}
    measure = asked.measure
    if measure.subject == "communes":
        return read("explore_communes", **scope)
    if measure.subject == "criteria":
        return read("explore_criteria", by_commune="commune" in asked.dims, criterion=asked.criterion, **scope)
    each, level = "month" in asked.dims, level_of(place, asked.dims)
    if measure.subject == "rates":
        return read("explore_rates", level=level, each=each, **scope)
    return read("explore_money", level=level, each=each, stage=measure.stage, **scope)


def _key(name: str, measure: Measure) -> str:
    if name == "district" and measure.is_money:
        return "unit_code"
    return _CODES[name]


def _named(t: Translator, table: pd.DataFrame, told: pd.DataFrame, asked: Asked, keys: Sequence[str]) -> pd.DataFrame:
    """Return the cells in order, with the words of their codes."""
    table = table.copy()
    for side, name, key in zip(("row", "column"), asked.dims, keys, strict=False):
        table[f"{side}_code"] = table[key]
        table[f"{side}_label"], table[f"{side}_order"] = _words(t, table[key], told, name)
    table = table.sort_values(
        [f"{side}_order" for side, _ in zip(("row", "column"), keys, strict=False)], kind="stable"
    )
    texts = [value_text(t, row, asked.measure) for row in table.to_dict("records")]
    table["text"] = [short_text(t, value, asked.measure) for value in table["value"]]
    labels = [table[f"{side}_label"] for side, _ in zip(("row", "column"), keys, strict=False)]
    hovers = [f"{' · '.join(at)}: {text}" for *at, text in zip(*labels, texts, strict=True)]
    return table.assign(full_text=texts, hover=hovers).reset_index(drop=True)


def _words(t: Translator, codes: pd.Series, told: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
    """Return the words of codes and what they are ordered by."""
    if name in _TEXTS:
        order = {code: place for place, code in enumerate(_ORDERS[name])}
        return codes.map(lambda code: t(f"{_TEXTS[name]}.{code}")), codes.map(lambda code: order.get(code, len(order)))
    if name == "nature":
        return codes.map(lambda code: t(f"nature.{code}") if code else t("funding.nature_not_told")), codes
    if name == "month":
        return codes.map(month_of), codes
    if name == "year":
        return codes.map(lambda year: f"{year:.0f}"), codes
    if name == "criterion":
        criteria = told.drop_duplicates("criterion_no")
        names = {
            row["criterion_no"]: f"{row['criterion_no']} {criterion_name(t, row)}"
            for row in criteria.to_dict("records")
        }
        return codes.map(names), codes.astype(int)
    if name == "kind":
        return codes.map(lambda kind: kept_name(t, "kind", kind)), codes
    return codes.map(unit_names(told, str(codes.name))), codes


def unit_names(told: pd.DataFrame, key: str) -> dict[str, str]:
    """Return the name of each unit by its code: with its district, else its code, where another has the same.

    Charts and tables tell units apart by their names alone; many provinces have communes of one name.
    """
    column = "district_name" if key == "district_code" else "name"
    units = told.dropna(subset=[key]).drop_duplicates(key, keep="last").set_index(key)
    names = units[column].astype(str)
    for told_apart_by in (units["district_name"], units.index.to_series()):
        is_same = names.duplicated(keep=False) & told_apart_by.notna()
        names = names.mask(is_same, names + " (" + told_apart_by.astype(str) + ")")
    return {str(code): str(name) for code, name in names.items()}


def short_text(t: Translator, value: float, measure: Measure) -> str:
    """Return a value as a cell has it."""
    if is_missing(value):
        return "?"
    return t.format.share(value) if measure.kind == "share" else t.format.plain(value)


def value_text(t: Translator, row: object, measure: Measure) -> str:
    """Return a value with what it is made of: '45/51 xã (88,2%)', or the mean with its sum and count."""
    parts = dict(row)  # type: ignore[call-overload]
    numerator, denominator = parts["numerator"], parts["denominator"]
    if is_missing(parts["value"]):
        return t("unknown")
    if measure.kind == "share" and not measure.is_money:
        return share_text(t, share(numerator, denominator, "share.of_communes"))
    if measure.kind == "share":
        return t(
            "explore.rate_text",
            disbursed=t.format.plain(numerator, 6),
            allocated=t.format.plain(denominator, 6),
            pct=t.format.share(parts["value"]),
        )
    if measure.kind == "mean":
        return t(
            "explore.mean_text",
            mean=t.format.plain(parts["value"]),
            met=t.format.number(numerator),
            known=t.format.number(denominator),
        )
    return f"{t.format.plain(parts['value'], 6)} {t.label(measure.unit)}"
