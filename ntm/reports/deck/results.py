"""Results by standard: how many communes hold each, where, and how it came to that."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.charts.theme import STANDARD_COLORS
from ntm.metrics.share import Share
from ntm.metrics.standing import STANDARDS, Standing, standing_at
from ntm.model import is_missing
from ntm.reports.deck import results_districts, results_of_commune
from ntm.reports.deck.maps import commune_sheet
from ntm.reports.deck.model import Chart, Figure, Sentence, Series, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import Writer, word

Holders = dict[str, pd.DataFrame]
SECTION = "results"


def slides(material: Material) -> tuple[Slide, ...]:
    """Return standing, course over the years, districts or communes, and map."""
    w = Writer(material, SECTION, material.t("layer.source.standing"))
    if material.unit.level == "commune":
        return results_of_commune.slides(w)
    months = w.read("standing_by_month", unit=material.unit.code)
    standing = standing_at(months, w.month)
    if standing is None or standing.of_communes["ntm"].numerator is None:
        return (w.slide("standing", w.t("deck.results.title"), missing=w.t("deck.results.missing", day=w.day)),)
    holders = {name: w.read("holders", standard=name, **w.scope) for name in STANDARDS}
    counts = {name: _count(w, name, standing.of_communes[name], holders[name], w.month) for name in STANDARDS}
    made = [_standing(w, standing, counts, holders), _course(w, months, counts)]
    if material.unit.level == "province":
        made += results_districts.slides(w, holders)
    else:
        made += _communes(w, holders)
    sheet = commune_sheet(material, "standard", w.title("deck.results.map", ntm=counts["ntm"]))
    if sheet:
        made.append(w.slide("map", sheet.title, [w.say("map", "deck.results.on_map", **counts)], sheet=sheet))
    return tuple(made)


def _count(w: Writer, standard: str, share: Share, rows: pd.DataFrame, day: date) -> Figure:
    """Return how many communes hold at least a standard at a day, with the cells of their decisions."""
    definition = w.t("deck.results.definition", standard=w.t(f"standard.{standard}"), day=w.t.format.day(day))
    name = standard if day == w.month else f"{standard}_{day:%Y%m}"
    return w.number(name, share.numerator, definition, rows)


def _standing(w: Writer, standing: Standing, counts: dict[str, Figure], holders: Holders) -> Slide:
    t = w.t
    communes = w.number("communes", standing.communes, t("share.of_communes"))
    pcts = {name: w.pct(f"{name}_pct", standing.of_communes[name], holders[name]) for name in STANDARDS}
    said = [
        w.say("ntm", "deck.results.ntm", count=counts["ntm"], communes=communes, pct=pcts["ntm"], day=w.day),
        *(
            w.say(
                name,
                "deck.results.higher",
                standard=t(f"standard.{name}"),
                count=counts[name],
                pct=pcts[name],
                of_ntm=w.pct(f"{name}_of_ntm", standing.of_ntm[name], holders[name]),
            )
            for name in STANDARDS[1:]
        ),
        _own_decision(w),
    ]
    chart = Chart(
        key=f"{SECTION}.standards",
        kind="bar",
        title=t("deck.results.chart", day=w.day),
        unit=t("unit.communes"),
        categories=tuple(t(f"standard.{name}") for name in STANDARDS),
        series=(Series(t("deck.results.held"), tuple(counts.values()), STANDARD_COLORS["nang_cao"]),),
    )
    title = w.title("deck.results.say", count=counts["ntm"], communes=communes, pct=pcts["ntm"])
    return w.slide("standing", title, said, chart=chart, notes=(t("definition.nested.text"),))


def _own_decision(w: Writer) -> Sentence | None:
    """Say what the district itself is recognised as."""
    if w.material.unit.level != "district":
        return None
    rows = w.read("map_districts", province=w.material.unit.province, month=w.month)
    row = rows[rows["unit_code"] == w.material.unit.code]
    standard = row["standard"].iloc[0] if len(row) else None
    if is_missing(standard) or standard == "unknown":
        return w.say("district", "deck.results.district_unknown", day=w.day)
    if standard == "none":
        return w.say("district", "deck.results.district_none", day=w.day)
    first = row.iloc[0]
    return w.say(
        "district",
        "deck.results.district_held",
        standard=str(word(w.t, "standard", standard)),
        decision=str(first["decision_no"]),
        day=w.t.format.day(first["decision_date"]),
    )


def _course(w: Writer, months: pd.DataFrame, now: dict[str, Figure]) -> Slide:
    """Return the ends of the years of the period, the one before it where it is known, and the month looked at."""
    t, period = w.t, w.material.period
    ends = [date(year, 12, 31) for year in (period.first_year - 1, *period.years)]
    days = [day for day in ends if day < w.month and (day.year in period.years or _is_told(months, day))] + [w.month]
    found: dict[str, list[Figure | None]] = {name: [] for name in STANDARDS}
    for day in days:
        at = standing_at(months, day)
        for name in STANDARDS:
            if day == w.month:
                found[name].append(now[name])
            elif at is None or at.of_communes[name].numerator is None:
                found[name].append(None)
            else:
                # Who held a standard then: one withdrawn since counts, one held since does not.
                rows = w.read("holders", standard=name, **(w.scope | {"month": day}))
                found[name].append(_count(w, name, at.of_communes[name], rows, day))
    chart = Chart(
        key=f"{SECTION}.course",
        kind="column",
        title=t("deck.results.course_chart"),
        unit=t("unit.communes"),
        categories=tuple(t.format.day(day) for day in days),
        series=tuple(Series(t(f"standard.{name}"), tuple(found[name]), STANDARD_COLORS[name]) for name in STANDARDS),
    )
    (first_day, first), *_ = [(day, figure) for day, figure in zip(days, found["ntm"], strict=True) if figure]
    if first_day == w.month:
        title = w.title("deck.results.course_once", last=first, day=w.day)
        return w.slide(
            "course", title, [w.say("course", "deck.results.course_once_say", last=first, day=w.day)], chart=chart
        )
    parts: dict[str, Figure | str] = {
        "first": first,
        "first_day": t.format.day(first_day),
        "last": now["ntm"],
        "day": w.day,
    }
    said = [
        w.say("course", "deck.results.course_say", **parts),
        *(_higher_course(w, name, days, found[name]) for name in STANDARDS[1:]),
    ]
    return w.slide("course", w.title("deck.results.course", **parts), said, chart=chart)


def _higher_course(w: Writer, name: str, days: list[date], figures: list[Figure | None]) -> Sentence | None:
    """Say the first and the last of the days that are known; None of one day alone."""
    told = [(day, figure) for day, figure in zip(days, figures, strict=True) if figure]
    if len(told) < 2:
        return None
    (first_day, first), (_, last) = told[0], told[-1]
    return w.say(
        f"course_{name}",
        "deck.results.course_higher",
        standard=w.t(f"standard.{name}"),
        first=first,
        first_day=w.t.format.day(first_day),
        last=last,
        day=w.day,
    )


def _is_told(months: pd.DataFrame, day: date) -> bool:
    at = standing_at(months, day)
    return at is not None and at.of_communes["ntm"].numerator is not None


def _communes(w: Writer, holders: Holders) -> tuple[Slide, ...]:
    """Return the communes of a district with what each holds and by which decision."""
    t, rows = w.t, w.read("communes", **w.scope)
    decided = pd.concat([holders[name] for name in STANDARDS]).drop_duplicates("unit_code", keep="last")
    decided = decided.set_index("unit_code")
    listed = []
    for row in rows.to_dict("records"):
        of = decided.loc[row["unit_code"]] if row["unit_code"] in decided.index else None
        met = None
        if row["is_count_known"]:
            met = w.number(f"met.{row['unit_code']}", row["criteria_met"], t("deck.criteria.met_of_commune"))
        listed.append(
            (
                str(row["name"]),
                word(t, "highest", row["standard"]),
                None if of is None or is_missing(of["decision_no"]) else str(of["decision_no"]),
                None if of is None or is_missing(of["decision_date"]) else t.format.day(of["decision_date"]),
                met,
            )
        )
    none = w.number("without", int((rows["standard"] == "none").sum()), t("deck.results.without_definition"))
    full = w.number("communes", len(rows), t("share.of_communes"))
    head = ("commune", "standard_now", "decision", "decided_on", "criteria_met")
    return w.pages(
        "communes",
        w.title("deck.results.communes_title", none=none, communes=full),
        w.head(*head),
        listed,
        [w.say("communes", "deck.results.communes_say", none=none, communes=full, day=w.day)],
    )
