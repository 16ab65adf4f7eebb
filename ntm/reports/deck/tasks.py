"""Tasks ahead, from data alone: targets still open, the fewest criteria that lead there, directives, reports due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from ntm.metrics.cheapest import Goal, Plan, cheapest
from ntm.metrics.cheapest_bundles import CLOSE, VERIFY
from ntm.metrics.cheapest_costs import costs_of
from ntm.metrics.pace import assessed
from ntm.metrics.payments import as_date
from ntm.model import is_missing
from ntm.reports.deck import tasks_due
from ntm.reports.deck.model import Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.targets import asked_of, lacking_of, wording_of
from ntm.reports.deck.writing import TableRow, Writer, criterion_codes, criterion_label

SECTION = "tasks"
Parts = dict[str, Callable[[Writer], tuple[Slide, ...]]]
_OPEN = ("on_pace", "behind", "open")


def slides(material: Material) -> tuple[Slide, ...]:
    """Return a slide for each kind of task that data tell of, then one that names the kinds that they do not."""
    w = Writer(material, SECTION, material.t("deck.tasks.source"))
    own: Parts = {"targets": _targets, "plans": _plans}
    if material.unit.level == "commune":
        own = {"criteria": _criteria}
    parts = own | {"directives": tasks_due.directives, "submissions": tasks_due.submissions}
    made: list[Slide] = []
    missing = []
    for name, write in parts.items():
        if found := write(w):
            made += found
        else:
            missing.append(w.t(f"deck.tasks.no_{name}"))
    if missing:
        said = w.t("deck.tasks.missing", place=material.unit.name, day=w.day, names="; ".join(missing))
        made.append(w.slide("missing", w.t("deck.tasks.title_missing"), missing=said))
    return tuple(made)


def _assessed(w: Writer) -> pd.DataFrame:
    """Return the firm targets and floors of the unit."""
    unit = w.material.unit.code
    rows = assessed(w.read("targets", unit=unit, month=w.month), w.read("targets_history", unit=unit), w.month)
    return rows[rows["kind"] != "stretch"]


def _targets(w: Writer) -> tuple[Slide, ...]:
    t, every = w.t, _assessed(w)
    if not len(every):
        return ()
    found = every[every["status"].isin(_OPEN)]
    rows: list[TableRow] = []
    for row in found.to_dict("records"):
        unit, status = t(f"metric_unit.{row['metric']}"), t(f"status.{row['status']}")
        due = t.format.day(row["due_date"])
        rows.append((wording_of(t, row), due, unit, asked_of(w, row), lacking_of(w, row), status))
    count = w.number("targets", len(found), t("deck.tasks.definition_targets"), found)
    head = tuple(t(f"deck.tasks.{name}") for name in ("target", "due", "unit", "value", "lacking", "status"))
    said = w.say("targets", "deck.tasks.say_targets", count=count, day=w.day)
    title = w.title("deck.tasks.title_targets", count=count)
    return w.pages("targets", title, head, rows, [said], source=t("targets.source"))


def _plans(w: Writer) -> tuple[Slide, ...]:
    """Return the fewest criteria to the next firm target of NTM communes, else to no commune below 15."""
    outcomes = w.read("commune_outcomes", **w.scope)
    if not len(outcomes):
        return ()
    costs = costs_of(w.read("cheapest_costs", province=w.material.unit.province, year=w.month.year))
    asked = _assessed(w)
    is_asked = (asked["metric"] == "ntm_communes") & (asked["kind"] == "firm") & asked["status"].isin(_OPEN)
    asked = asked[is_asked].sort_values("due_date").head(1)
    made: tuple[Slide, ...] = ()
    if len(asked):
        plan = cheapest(outcomes, Goal("count", int(asked["value"].iloc[0])), costs)
        made += _plan(w, "ntm", plan, outcomes, asked)
    return made + _plan(w, "floor", cheapest(outcomes, Goal("none_below_15"), costs), outcomes, asked.head(0))


def _plan(w: Writer, name: str, plan: Plan, outcomes: pd.DataFrame, asked: pd.DataFrame) -> tuple[Slide, ...]:
    """Return a plan commune by commune; nothing where there is none to make. It is never told as the only one."""
    t = w.t
    year = str(asked["due_date"].iloc[0].year) if len(asked) else ""
    goal = w.number(f"{name}_goal", plan.number, t("deck.tasks.definition_goal"), asked)
    if plan.fault:
        said = w.say(name, f"deck.tasks.fault_{name}", goal=goal, year=year)
        return (w.slide(name, t(f"deck.tasks.title_{name}"), [said]),)
    if not len(plan.closures):
        said = w.say(name, f"deck.tasks.reached_{name}", goal=goal, year=year, day=w.day)
        return (w.slide(name, t(f"deck.tasks.title_{name}"), [said]),)
    cells = plan.closures.drop(columns=["district_code", "lead_agency"]).merge(
        outcomes, on=["unit_code", "criterion_no"], validate="one_to_one"
    )
    closures = w.number(f"{name}_closures", len(cells), t("deck.tasks.definition_closures"), cells)
    communes = w.number(f"{name}_communes", plan.communes, t("deck.tasks.definition_communes"), cells)
    verify = cells[cells["kind"] == VERIFY]
    sentences = [
        w.say(name, f"deck.tasks.say_{name}", closures=closures, communes=communes, goal=goal, year=year),
        w.say(
            f"{name}_verify",
            "deck.tasks.verify",
            count=w.number(f"{name}_verify", len(verify), t("deck.tasks.definition_verify"), verify),
        )
        if len(verify)
        else None,
        w.say(f"{name}_ties", "deck.tasks.not_only" if plan.has_other else "deck.tasks.only"),
        w.say(f"{name}_not_recognised", "cheapest.not_recognised") if name == "ntm" else None,
    ]
    kinds = {CLOSE: "close", VERIFY: "to_verify"} if len(verify) else {CLOSE: "close"}
    rows: list[TableRow] = []
    for _, part in cells.groupby("unit_code", sort=False):
        numbers = (list(part.loc[part["kind"] == kind, "criterion_no"]) for kind in kinds)
        codes = [criterion_codes(t, listed) or t("deck.tasks.none") for listed in numbers]
        agencies = "; ".join(dict.fromkeys(part["lead_agency"].dropna().astype(str)))
        rows.append((str(part["name"].iloc[0]), _text(part["district_name"].iloc[0]), *codes, agencies or None))
    head = tuple(t(f"deck.tasks.{column}") for column in ("commune", "district", *kinds.values(), "agency"))
    title = w.title(f"deck.tasks.plan_{name}", closures=closures, communes=communes, goal=goal, year=year)
    return w.pages(name, title, head, rows, sentences, notes=(t("deck.tasks.rule"),))


def _criteria(w: Writer) -> tuple[Slide, ...]:
    """Return the criteria that a commune has not met or that are unknown, with who leads them."""
    t, unit = w.t, w.material.unit
    outcomes = w.read("commune_outcomes", province=unit.province, district=unit.district, month=w.month)
    own = outcomes[outcomes["unit_code"] == unit.code]
    if not len(own):
        return ()
    unmet, unknown = own[own["outcome"] == "not_met"], own[own["outcome"] == "unknown"]
    words: dict[str, Any] = {
        "unmet": w.number("unmet", len(unmet), t("deck.tasks.definition_unmet"), unmet if len(unmet) else own),
        "total": w.number("criteria", len(own), t("deck.tasks.definition_criteria"), own),
    }
    said = [w.say("criteria", "deck.tasks.say_criteria", **words)]
    if len(unknown):
        count = w.number("unknown", len(unknown), t("deck.tasks.definition_unknown"), unknown)
        said.append(w.say("unknown", "deck.tasks.unknown", count=count))
    rows: list[TableRow] = [
        (
            criterion_label(t, row),
            t(f"outcome.{row['outcome']}"),
            _text(row["lead_agency"]),
            _day(w, row["last_report"]),
        )
        for row in pd.concat([unmet, unknown]).to_dict("records")
    ]
    head = tuple(t(f"deck.tasks.{column}") for column in ("criterion", "outcome", "agency", "reported"))
    return w.pages("criteria", w.title("deck.tasks.title_criteria", **words), head, rows, said)


def _text(value: object) -> str | None:
    return None if is_missing(value) else str(value)


def _day(w: Writer, value: object) -> str | None:
    return None if is_missing(value) else w.t.format.day(as_date(value))
