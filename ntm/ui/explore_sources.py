"""The cells behind a table of the page Khám phá: those of the last month, or of the cut-offs that it shows."""

from __future__ import annotations

from functools import partial

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.explore import Measure
from ntm.ui import frame
from ntm.ui.cache import as_day, read
from ntm.ui.criteria_view import named as named_criteria
from ntm.ui.explore_choices import Asked
from ntm.ui.explore_data import Found
from ntm.ui.filters import Place
from ntm.ui.funding_view import cell_labels
from ntm.ui.funding_view import named as named_money
from ntm.ui.sources import Rows, source_button
from ntm.ui.wording import words

_STANDARDS = {"ntm": "ntm", "nang_cao": "nang_cao", "kieu_mau": "kieu_mau"}


def cells_button(
    t: Translator, place: Place, asked: Asked, found: Found | None, key: str = "sources_explore", of: str = ""
) -> None:
    """Show the button to the cells of a measure at the month looked at; `of` says whose they are."""
    name = " · ".join(filter(None, (of, t.label(asked.measure.label))))
    rows, labels = _behind(t, place, asked, found)
    source_button(
        t,
        label=t("explore.open_cells", measure=name, month=f"{place.month:%m/%Y}"),
        title=name,
        rows=partial(_counted, rows, asked, found),
        labels=labels,
        key=key,
    )


def _counted(rows: Rows, asked: Asked, found: Found | None) -> pd.DataFrame:
    """Return the cells of the units that a table counts and of the sources that it is narrowed to."""
    found_rows = rows()
    if sources := asked.kept.get("source_code"):
        found_rows = found_rows[found_rows["source_code"].isin(sources)]
    is_narrowed = any(asked.kept.get(column) for column in ("standard", "kind"))
    if found and is_narrowed and "unit_code" in found_rows:
        found_rows = found_rows[found_rows["unit_code"].isin(found.units)]
    return found_rows


def _behind(t: Translator, place: Place, asked: Asked, found: Found | None) -> tuple[Rows, dict[str, str]]:
    """Return what reads the cells, and the columns that are shown of them."""
    measure = asked.measure
    unit = {"name": t("column.commune"), "district_name": t("column.district")}
    if measure.is_money:
        labels = {"unit_name": t("column.unit"), **cell_labels(t, with_day=True)}
        return partial(_money, t, place, asked, found), labels
    if measure.subject == "criteria":
        labels = unit | {
            "label": t("column.criterion"),
            "outcome_name": frame.column_label(t, "criterion_result", "outcome"),
        }
        return partial(_outcomes, t, place, asked), labels
    if measure.key in ("arrears", "in_arrears"):
        amount = frame.column_label(t, "arrears", "amount_vnd_million")
        return partial(_debts, place), unit | {
            "work": frame.column_label(t, "arrears", "work"),
            "amount_vnd_million": amount,
        }
    if measure.numerator in _STANDARDS:
        labels = unit | {
            "standard_name": t("column.standard_now"),
            "decision_no": frame.column_label(t, "recognition", "decision_no"),
        }
        return partial(_holders, t, place, measure), labels
    below = 15 if measure.key == "below_15" else None
    return partial(read, "criteria_counts", below=below, **place.scope), unit | {
        "criteria_met": t("ranking.measure_criteria")
    }


def _money(t: Translator, place: Place, asked: Asked, found: Found | None) -> pd.DataFrame:
    """Return the cells of each unit's money at the cut-offs of the table."""
    measure = asked.measure
    level = found.level if found else "commune"
    stages = ["allocated", "disbursed"] if measure.subject == "rates" else [measure.stage or ""]
    table = found.table if found else pd.DataFrame({"until": []})
    days = sorted({as_day(day) for day in table["until"].dropna()})
    if level == "commune":
        rows = read("places_cells", unit=None, year=place.month.year, **place.scope)
        return named_money(t, rows[rows["stage"].isin(stages)])
    if not days:
        return pd.DataFrame()
    names = {place.unit: place.name}
    if level == "district" and not place.district:
        names = {str(row.unit_code): str(row.name) for row in read("districts", province=place.province).itertuples()}
    parts = [
        read("funding_cells", unit=unit, year=day.year, stages=stages, cutoff=day).assign(
            unit_code=unit, unit_name=name
        )
        for unit, name in names.items()
        for day in days
    ]
    rows = pd.concat(parts, ignore_index=True)
    # A rate is never of credit; an amount is where it is laid out by source or credit is asked for.
    is_credit_told = measure.with_credit or "source" in asked.dims or "credit" in asked.kept.get("source_code", ())
    if measure.subject == "rates" or not is_credit_told:
        rows = rows[rows["source_code"] != "credit"]
    return named_money(t, rows)


def _outcomes(t: Translator, place: Place, asked: Asked) -> pd.DataFrame:
    rows = read("commune_outcomes", **place.scope).dropna(subset=["cell"])
    if asked.criterion:
        rows = rows[rows["criterion_no"] == asked.criterion]
    if asked.measure.numerator == "not_met":
        rows = rows[rows["outcome"] == "not_met"]
    return named_criteria(t, rows)


def _debts(place: Place) -> pd.DataFrame:
    rows = read("debts", **place.scope)
    return rows[(rows["list_no"] == 1) & rows["is_counted"] & rows["is_rural_commune"].fillna(False).astype(bool)]


def _holders(t: Translator, place: Place, measure: Measure) -> pd.DataFrame:
    rows = read("holders", standard=_STANDARDS[measure.numerator], **place.scope)
    return rows.assign(standard_name=words(t, rows["standard"], "highest"))


def commune_cells(t: Translator, place: Place, measure: Measure) -> None:
    """Show the button to the cells of a measure of each commune."""
    asked = Asked(measure, "commune", None, None, place.month, {})
    cells_button(t, place, asked, None, key=f"sources_explore_{measure.key}")
