"""Section 'compare' of the page Khám phá: two units, or one unit at two months, with the difference of each measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ntm.charts.explore import grouped_bars
from ntm.i18n import Translator
from ntm.metrics.explore import Measure, measures
from ntm.metrics.explore_cells import cells, facts
from ntm.model import is_missing
from ntm.ui import frame
from ntm.ui.cache import made, read
from ntm.ui.choices import choose_one, switch_one
from ntm.ui.explore_choices import Asked, level_of
from ntm.ui.explore_data import Found, find, value_text
from ntm.ui.explore_sources import cells_button
from ntm.ui.filters import Place
from ntm.warehouse import QueryValue

WAYS = ("periods", "units")


def show(t: Translator, place: Place, said: DeltaGenerator) -> None:
    """Ask for the two sides and set every measure that both have side by side."""
    ways = {way: t(f"explore.compare_{way}") for way in WAYS}
    way = switch_one(t("explore.compare"), ways, key="explore_way")
    sides = (_units if way == "units" else _periods)(t, place)
    if sides is None:
        with said:
            st.warning(t("explore.no_sides"))
        return
    (name_a, a), (name_b, b) = sides
    is_other_set = _set_of(a) != _set_of(b)
    table = _table(t, a, b, is_other_set=is_other_set)
    with said:
        lines = [t("explore.say_compare", a=name_a, b=name_b)]
        lines += [
            t("explore.say_measure", measure=row["name"], a=row["a_text"], b=row["b_text"], change=row["change_text"])
            for row in table.to_dict("records")
            if row["key"] in ("ntm_share", "criteria_mean", "rate")
        ]
        lines += [t("explore.other_set")] if is_other_set else []
        st.markdown("\n".join(f"- {line}" for line in lines))
    with st.container(border=True):
        st.header(t("explore.compare_title", a=name_a, b=name_b))
        names = {"name": t("explore.measure"), "unit": t("explore.column_unit_of"), "a_text": name_a, "b_text": name_b}
        names |= {"change_text": t("explore.column_change")}
        names |= {
            "a_unknown": t("explore.column_unknown_of", name=name_a),
            "b_unknown": t("explore.column_unknown_of", name=name_b),
        }
        frame.data_table(t, table, names, key="explore_compare")
        st.caption(t("explore.compare_note"))
    _cells(t, (name_a, a), (name_b, b))
    if not is_other_set:
        _criteria(t, (name_a, a), (name_b, b))


Side = tuple[str, Place]


def _units(t: Translator, place: Place) -> tuple[Side, Side] | None:
    districts = {str(row.unit_code): str(row.name) for row in read("districts", province=place.province).itertuples()}
    options = districts | {place.province: place.province_name}
    if len(options) < 2:
        return None
    codes = list(options)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        a = choose_one(t("explore.side_a"), options, key="explore_a", default=place.unit)
        b = choose_one(t("explore.side_b"), options, key="explore_b", default=next(code for code in codes if code != a))
    return None if a == b else (_unit(place, a, options), _unit(place, b, options))


def _unit(place: Place, code: str, names: dict[str, str]) -> Side:
    if code == place.province:
        return names[code], replace(place, district=None, district_name=None)
    return names[code], replace(place, district=code, district_name=names[code])


def _periods(t: Translator, place: Place) -> tuple[Side, Side] | None:
    options = {f"{month:%Y-%m}": f"{month:%m/%Y}" for month in place.months if month < place.month}
    if not options:
        return None
    codes = list(options)
    chosen = choose_one(t("explore.earlier"), options, key="explore_then", default=codes[min(11, len(codes) - 1)])
    then = next(month for month in place.months if f"{month:%Y-%m}" == chosen)
    return (_at(then), replace(place, month=then)), (_at(place.month), place)


def _at(month: date) -> str:
    return f"{month:%m/%Y}"


def _set_of(place: Place) -> str | None:
    months = read("standing_by_month", unit=place.province)
    found = months.loc[months["period_end"] == pd.Timestamp(place.month), "set_code"]
    return str(found.iloc[0]) if len(found) else None


def _table(t: Translator, a: Place, b: Place, *, is_other_set: bool) -> pd.DataFrame:
    """Return key, name, unit, the value of each side with its parts in words, and the change, for each measure."""
    lines = []
    both = [made(wholes, place.province, place.district, place.month) for place in (a, b)]
    for measure in measures().values():
        if measure.never or measure.subject == "criteria":
            continue
        sides = [side.get(measure.key) for side in both]
        texts = [t("unknown") if side is None else value_text(t, side.to_dict(), measure) for side in sides]
        values = [None if side is None or is_missing(side["value"]) else float(side["value"]) for side in sides]
        unknown = [None if side is None else float(side["unknown"]) for side in sides]
        is_told = None not in values and not (measure.of_set and is_other_set)
        lines.append(
            {
                "key": measure.key, "name": t.label(measure.label), "unit": t.label(measure.unit),
                "a_text": texts[0], "b_text": texts[1], "a_unknown": unknown[0], "b_unknown": unknown[1],
                "change_text": _change(t, measure, values[1] - values[0]) if is_told else t("unknown"),  # type: ignore[operator]
            }
        )  # fmt: skip
    return pd.DataFrame(lines)


def wholes(province: str, district: str | None, month: date) -> dict[str, pd.Series]:
    """Return the parts of each measure of a whole place at a month, by its key; of what is not told there is none."""
    scope: dict[str, QueryValue] = {"province": province, "district": district, "first": month, "month": month}
    level = "district" if district else "province"
    found = {}
    for measure in measures().values():
        if measure.never or measure.subject == "criteria":
            continue
        if measure.subject == "communes":
            rows = read("explore_communes", **scope)
        elif measure.subject == "rates":
            rows = read("explore_rates", level=level, each=False, **scope)
        else:
            rows = read("explore_money", level=level, each=False, stage=measure.stage, **scope)
        told = cells(facts(rows, measure), measure, [])
        if len(told):
            found[measure.key] = told.iloc[0]
    return found


def _cells(t: Translator, *sides: Side) -> None:
    """Show the buttons to the cells of a measure that is chosen, one for each side."""
    labels = {key: t.label(measure.label) for key, measure in measures().items() if not measure.never}
    measure = measures()[choose_one(t("explore.cells_of"), labels, key="explore_cells", width=360)]
    for letter, (name, place) in zip("ab", sides, strict=True):
        asked = Asked(measure, "month", None, None, place.month, {})
        part = made(wholes, place.province, place.district, place.month).get(measure.key)
        table = pd.DataFrame({"until": [] if part is None else [part["until"]]})
        found = Found(table, part, (), 0, level_of(place, ()), frozenset())
        cells_button(t, place, asked, found, key=f"sources_explore_{letter}", of=name)


def _change(t: Translator, measure: Measure, change: float) -> str:
    unit = t("ranking.points") if measure.kind == "share" else t.label(measure.unit)
    return f"{t.format.signed(change, 0 if measure.kind == 'count' else 2)} {unit}"


def _criteria(t: Translator, a: Side, b: Side) -> None:
    """Show the share of communes meeting each criterion on both sides."""
    measure = measures()["criterion_share"]
    asked = [Asked(measure, "criterion", None, None, place.month, {}) for _, place in (a, b)]
    parts = [
        find(t, place, of_side).table.assign(column_label=name)
        for (name, place), of_side in zip((a, b), asked, strict=True)
    ]
    rows = pd.concat(parts, ignore_index=True)
    if not rows["value"].notna().any():
        return
    labels = {"row_label": t("column.criterion"), "column_label": t("column.unit"), "value": t("column.pct")}
    labels |= {
        "numerator": t("column.numerator"),
        "denominator": t("column.denominator"),
        "unknown": t("explore.column_unknown"),
    }
    frame.chart(
        t,
        title=t("explore.compare_criteria", a=a[0], b=b[0]),
        figure=grouped_bars(rows, list(parts[1]["row_label"]), [a[0], b[0]], t),
        table=rows,
        labels=labels,
        unit=t(
            "explore.unit_cells",
            unit=t.label(measure.unit),
            low=t.format.number(rows["units"].min()),
            high=t.format.number(rows["units"].max()),
            unknown=t.format.number(rows["unknown"].max()),
        ),
        as_of=b[1].month,
        source=t("overview.source_criteria"),
        key="explore_criteria",
    )
