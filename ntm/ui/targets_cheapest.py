"""Section of the target page: the fewest criteria, commune by commune, that lead to a target."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ntm.charts.cheapest import closures_by_criterion
from ntm.i18n import Translator
from ntm.metrics.cheapest import Goal, GoalKind, Limits, Plan, cheapest
from ntm.metrics.cheapest_bundles import CLOSE, VERIFY
from ntm.metrics.cheapest_costs import costs_of
from ntm.metrics.scenario import Scenario
from ntm.ui import targets_whatif_choices as whatif
from ntm.ui.cache import made, read
from ntm.ui.commune_card import criterion_name
from ntm.ui.filters import Place
from ntm.ui.frame import chart
from ntm.ui.sections import section_key
from ntm.ui.sources import source_button
from ntm.ui.targets_cheapest_choices import ask
from ntm.ui.targets_cheapest_sentences import sentences
from ntm.ui.unit_rows import commune_rows


def show(t: Translator, place: Place, targets: pd.DataFrame) -> None:
    """Show the cheapest way to a goal. `targets` is rows of metrics.pace.assessed for the place, all years."""
    outcomes = read("commune_outcomes", **place.scope)
    if not len(outcomes):
        st.info(t("cheapest.no_outcomes"))
        return
    top = st.container(border=True)
    asked = ask(t, place, targets, outcomes)
    needs = read("cheapest_costs", province=place.province, year=place.month.year)
    limits = asked.limits
    plan = made(
        plan_of,
        place.province,
        place.district,
        place.month,
        asked.goal.kind,
        asked.goal.number,
        asked.objective,
        None if limits.agencies is None else sorted(limits.agencies),
        sorted(limits.excluded),
        limits.per_district,
        asked.is_unknown_unmet,
    )
    with top:
        sentences(t, place, plan, asked, outcomes, has_needs=bool(len(needs)))
    if len(plan.closures):
        _details(t, place, plan, outcomes, needs)


def plan_of(
    province: str,
    district: str | None,
    month: date,
    kind: GoalKind,
    number: int | None,
    objective: str,
    agencies: list[str] | None,
    excluded: list[str],
    per_district: int | None,
    is_unknown_unmet: bool,
) -> Plan:
    """Return the plan for plain values, by which it is kept for the next visitor."""
    return cheapest(
        read("commune_outcomes", province=province, district=district, month=month),
        Goal(kind, number),
        costs_of(read("cheapest_costs", province=province, year=month.year)),
        objective=objective,
        limits=Limits(None if agencies is None else frozenset(agencies), frozenset(excluded), per_district),
        is_unknown_unmet=is_unknown_unmet,
    )


def _details(t: Translator, place: Place, plan: Plan, outcomes: pd.DataFrame, needs: pd.DataFrame) -> None:
    cells = plan.closures.drop(columns=["district_code", "lead_agency"]).merge(
        outcomes, on=["unit_code", "criterion_no"], validate="one_to_one"
    )
    cells = cells.assign(
        criterion=[f"{row['criterion_no']}. {criterion_name(t, row)}" for row in cells.to_dict("records")],
        kind_name=cells["kind"].map(lambda kind: t(f"cheapest.kind_{kind}")),
        lead_agency=cells["lead_agency"].fillna(t("cheapest.no_agency")),
    )
    pairs = tuple(zip(plan.closures["unit_code"], plan.closures["criterion_no"], strict=True))
    st.button(t("cheapest.take"), key="cheapest_take", on_click=_take, args=(pairs,), help=t("cheapest.take_help"))
    table = _by_criterion(t, cells)
    chart(
        t,
        title=t("cheapest.chart", closures=t.format.number(len(cells)), communes=t.format.number(plan.communes)),
        figure=closures_by_criterion(table, t),
        table=table,
        labels={
            "criterion_no": t("cheapest.no"),
            "criterion": t("column.criterion"),
            "lead_agency": t("cheapest.agency"),
            CLOSE: t("cheapest.kind_close"),
            VERIFY: t("cheapest.kind_verify"),
        },
        unit=t("cheapest.chart_unit"),
        as_of=place.month,
        source=t("cheapest.source"),
        key="cheapest_criteria",
    )
    _communes(t, place, plan, cells)
    labels = _cell_labels(t)
    source_button(
        t,
        label=t("cheapest.open_cells", count=t.format.number(len(cells))),
        title=t("cheapest.cells"),
        rows=lambda: cells[cells["path"].notna()],
        labels=labels,
        key="sources_cheapest",
    )
    if len(costed := needs.merge(plan.closures[["unit_code", "criterion_no"]])):
        names = outcomes.drop_duplicates("unit_code")[["unit_code", "name"]]
        source_button(
            t,
            label=t("cheapest.open_costs", count=t.format.number(len(costed))),
            title=t("cheapest.costs"),
            rows=lambda: costed.merge(names),
            labels={
                "name": t("column.commune"),
                "criterion_no": t("column.criterion"),
                "work": t("cheapest.work"),
                "amount_vnd_million": t("cheapest.cost"),
            },
            key="sources_cheapest_costs",
        )


def _take(pairs: tuple[tuple[str, str], ...]) -> None:
    """Begin a scenario with the plan, and go to it."""
    whatif.take(Scenario(closures=pairs))
    st.session_state[section_key("targets")] = "whatif"


def _cell_labels(t: Translator) -> dict[str, str]:
    return {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "criterion": t("column.criterion"),
        "kind_name": t("cheapest.kind"),
    }


def _by_criterion(t: Translator, cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each criterion of the plan, the most communes first."""
    table = cells.drop_duplicates("criterion_no")[["criterion_no", "lead_agency", "name_vi", "name_en"]]
    counts = pd.crosstab(cells["criterion_no"], cells["kind"]).reindex(columns=[CLOSE, VERIFY], fill_value=0)
    table = table.join(counts, on="criterion_no")
    table["criterion"] = [criterion_name(t, row) for row in table.to_dict("records")]
    order = (table[CLOSE] + table[VERIFY]).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _communes(t: Translator, place: Place, plan: Plan, cells: pd.DataFrame) -> None:
    """Show the communes of the plan with what each is to close; one that is chosen opens to its cells."""
    st.header(t("cheapest.communes"))
    others = plan.exchanges[plan.exchanges["criterion_no"].notna() & ~plan.exchanges["is_in_plan"].astype(bool)]
    rows = []
    for unit, part in cells.groupby("unit_code", sort=False):
        known = [cost for cost in part["cost"] if cost is not None]
        first = part.iloc[0]
        rows.append(
            {
                "unit_code": unit,
                "name": first["name"],
                "district_name": first["district_name"],
                "close": _numbers(part.loc[part["kind"] == CLOSE, "criterion_no"]),
                "verify": _numbers(part.loc[part["kind"] == VERIFY, "criterion_no"]),
                "others": _numbers(others.loc[others["unit_code"] == unit, "criterion_no"]),
                "agencies": "; ".join(part["lead_agency"].unique()),
                "cost": float(sum(known)) if known else None,
                "unknown_costs": len(part) - len(known),
            }
        )
    table = pd.DataFrame(rows).astype({"cost": "Float64"})
    labels = {
        "name": t("column.commune"),
        "district_name": t("column.district"),
        "close": t("cheapest.kind_close"),
        "verify": t("cheapest.kind_verify"),
        "others": t("cheapest.others"),
        "cost": t("cheapest.cost"),
        "unknown_costs": t("cheapest.unknown_costs"),
        "agencies": t("cheapest.agency"),
    }
    hidden = {name for name in labels if table[name].isna().all()}
    if "cost" in hidden:  # the sentence says so of them all
        hidden.add("unknown_costs")
    shown = {name: label for name, label in labels.items() if name not in hidden}

    def open_commune(row: pd.Series) -> None:
        source_button(
            t,
            label=t("cheapest.open_commune", name=row["name"]),
            title=t("cheapest.cells"),
            rows=lambda: cells[(cells["unit_code"] == row["unit_code"]) & cells["path"].notna()],
            labels=_cell_labels(t),
            key="sources_cheapest_commune",
        )

    commune_rows(t, place, table, shown, "cheapest_communes", open_commune)


def _numbers(criteria: pd.Series) -> str | None:
    return ", ".join(sorted(criteria, key=int)) or None
