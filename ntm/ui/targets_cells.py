"""Buttons of the target page to the lists behind what was reached of products, villages, wards and districts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.ocop import first_in_year
from ntm.metrics.targets import COUNTED, SCALES
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.frame import column_label
from ntm.ui.sources import source_button
from ntm.ui.wording import words

_DECISION = ("decision_no", "decision_date")


def buttons(t: Translator, place: Place, targets: pd.DataFrame) -> None:
    """Show a button for each kind of things counted. `targets` is rows of metrics.pace.assessed due in one year.

    The cells are those at the month of the target's figure; without a figure there is nothing to open.
    """
    told = targets[targets["actual"].notna() & targets["period_end"].notna()]
    counted = told["metric"].map(lambda metric: COUNTED.get(metric, metric))
    products, villages = counted == "ocop_products_new", counted.map(SCALES) == "villages"
    wards, districts = counted.map(SCALES) == "wards", counted.map(SCALES) == "districts"
    name, decision = column_label(t, "admin_unit", "name"), _labels(t, "recognition", _DECISION)
    product = _labels(t, "ocop_product", ("name", "producer", *_DECISION))
    village = {"what": t("targets.counted"), "place": name, "village": column_label(t, "village_result", "village")}
    standard = {"standard_name": column_label(t, "recognition", "standard")}
    kinds: tuple[tuple[str, pd.Series, Callable[[date], pd.DataFrame], dict[str, str]], ...] = (
        ("products", products, partial(_products, place), product),
        ("villages", villages, partial(_villages, t, place, set(counted[villages])), village),
        ("wards", wards, partial(_wards, place), {"name": name, **decision}),
        ("districts", districts, partial(decisions_on_districts, t, place), {"name": name, **standard, **decision}),
    )
    for kind, is_counted, rows, labels in kinds:
        if is_counted.any():
            title = t(f"targets.open_{kind}")
            at = told.loc[is_counted, "period_end"].max().date()
            source_button(
                t, label=title, title=title, rows=partial(rows, at), labels=labels, key=f"sources_targets_{kind}"
            )


def _labels(t: Translator, table: str, columns: tuple[str, ...]) -> dict[str, str]:
    return {name: column_label(t, table, name) for name in columns}


def _products(place: Place, at: date) -> pd.DataFrame:
    return first_in_year(read("ocop_products", unit=place.unit, month=at), at.year, at)


def _villages(t: Translator, place: Place, metrics: set[str], at: date) -> pd.DataFrame:
    """Return the cells of villages; who is kiểu mẫu is listed as NTM too."""
    rows = read("village_cells", unit=place.unit, month=at)
    rows = rows[rows["metric"].isin(metrics | {"villages_kieu_mau"})]
    units = read("commune_units", province=place.province, day=at).set_index("unit_code")["name"]
    return rows.assign(
        what=[t(f"metric.{metric}") for metric in rows["metric"]],
        place=rows["unit_code"].map(units).fillna(rows["unit_code"]),
    )


def _wards(place: Place, at: date) -> pd.DataFrame:
    return read("civilised_wards", unit=place.unit, month=at)


def decisions_on_districts(t: Translator, place: Place, at: date) -> pd.DataFrame:
    """Return the decisions about the districts of the province that hold a standard."""
    districts = read("map_districts", province=place.province, month=at)
    held = districts[~districts["standard"].isin(["none", "unknown"]) & districts["standard"].notna()]
    found = [
        read("district_recognitions", province=place.province, district=code, month=at) for code in held["unit_code"]
    ]
    rows = pd.concat(found) if found else pd.DataFrame(columns=["level", "standard"])
    rows = rows[rows["level"] == "district"].reset_index(drop=True)
    return rows.assign(standard_name=words(t, rows["standard"], "standard"))
