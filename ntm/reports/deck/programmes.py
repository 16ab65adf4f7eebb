"""Thematic programmes: OCOP products, villages, đô thị văn minh, and money by component of decision 263/QĐ-TTg."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from ntm.charts.theme import STANDARD_COLORS
from ntm.metrics.exact import exact_sum
from ntm.metrics.funding import STAGES
from ntm.metrics.ocop import Ocop, first_in_year, ocop
from ntm.metrics.payments import as_date
from ntm.metrics.share import share
from ntm.model import is_missing
from ntm.reports.deck.amounts import amount
from ntm.reports.deck.model import Chart, Figure, Sentence, Series, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import Part, TableRow, Writer

SECTION = "programmes"
_STARS = (5, 4, 3)
"""Ranks that a product is an OCOP product with (148/QĐ-TTg)."""
_VILLAGES = ("villages_ntm", "villages_kieu_mau")


def slides(material: Material) -> tuple[Slide, ...]:
    """Return a slide for each programme that is told of, then one that names those that are not."""
    w = Writer(material, SECTION, material.t("deck.programmes.source"))
    parts: dict[str, Callable[[Writer], tuple[Slide, ...]]] = {
        "ocop": _ocop,
        "villages": _villages,
        "wards": _wards,
        "components": _components,
    }
    made: list[Slide] = []
    missing = []
    for name, write in parts.items():
        if found := write(w):
            made += found
        elif not (name == "wards" and material.unit.level == "commune"):
            missing.append(w.t(f"deck.programmes.no_{name}"))
    if missing:
        said = w.t("deck.programmes.missing", place=material.unit.name, day=w.day, names="; ".join(missing))
        made.append(w.slide("missing", w.t("deck.programmes.title_missing"), missing=said))
    return tuple(made)


def _ocop(w: Writer) -> tuple[Slide, ...]:
    t = w.t
    rows = w.read("ocop_products", unit=w.material.unit.code, month=w.month)
    found = ocop(rows, w.month)
    # Lists name the district of a product where they do not name the commune: a commune without one is unknown.
    if found is None or (w.material.unit.level == "commune" and not len(found.products)):
        return ()
    day = t.format.day(found.day)
    products = w.number("ocop", len(found.products), t("deck.programmes.definition_ocop", day=day), found.products)
    sentences = [
        w.say("ocop", "deck.programmes.say_ocop", day=day, count=products),
        w.say("ocop_until", "deck.programmes.ocop_until", day=day) if found.day < w.month else None,
        *_new(w, rows),
        _validity(w, found, day),
    ]
    title = w.title("deck.programmes.title_ocop", count=products, day=day)
    return (w.slide("ocop", title, sentences, chart=_by_stars(w, found, day)),)


def _by_stars(w: Writer, found: Ocop, day: str) -> Chart | None:
    if not len(found.products):
        return None
    t = w.t
    figures = []
    for stars in _STARS:
        ranked = found.with_stars(stars)
        definition = t("deck.programmes.definition_stars", stars=stars, day=day)
        figures.append(w.number(f"ocop_{stars}", len(ranked), definition, ranked))
    return Chart(
        f"{SECTION}.ocop",
        "bar",
        t("deck.programmes.by_stars", day=day),
        t("metric_unit.ocop_products_new"),
        tuple(t(f"deck.programmes.stars_{stars}") for stars in _STARS),
        (Series(t("deck.programmes.products"), tuple(figures), STANDARD_COLORS["nang_cao"]),),
    )


def _new(w: Writer, rows: pd.DataFrame) -> list[Sentence]:
    """Return how many products were recognised first in the years of the period, and of which years it is unknown."""
    t, told = w.t, {}
    for year in w.material.period.years:
        month = min(w.month, date(year, 12, 31))
        metrics = w.read("targets_metrics", unit=w.material.unit.code, month=month).set_index("metric")["value"]
        if "ocop_products_new" in metrics.index:
            told[year] = (int(metrics["ocop_products_new"]), first_in_year(rows, year, month))
    silent = [str(year) for year in w.material.period.years if year not in told]
    found = []
    if told:
        cells = pd.concat([cells for _, cells in told.values()])
        years = ", ".join(map(str, told))
        definition = t("deck.programmes.definition_new", years=years)
        new = w.number("ocop_new", sum(count for count, _ in told.values()), definition, cells)
        found.append(w.say("ocop_new", "deck.programmes.say_new", years=years, count=new))
    if silent:
        found.append(w.say("ocop_silent", "deck.programmes.new_unknown", years=", ".join(silent)))
    return found


def _validity(w: Writer, found: Ocop, day: str) -> Sentence | None:
    if not len(found.products):
        return None
    t = w.t
    definition = t("deck.programmes.definition_expired", day=w.day)
    expired = w.number("ocop_expired", len(found.expired), definition, found.expired)
    words: dict[str, Part] = {"day": w.day, "until": day, "count": expired}
    key = "deck.programmes.say_expired" if found.day == w.month else "deck.programmes.say_expired_since"
    if not len(found.of_unknown_validity):
        return w.say("ocop_expired", key, **words)
    unknown = w.number("ocop_unknown", len(found.of_unknown_validity), definition, found.of_unknown_validity)
    return w.say("ocop_expired", "deck.programmes.say_expired_unknown", unknown=unknown, **words)


def _metrics(w: Writer) -> pd.DataFrame:
    """Return what targets count of the unit at the month, by metric."""
    return w.read("targets_metrics", unit=w.material.unit.code, month=w.month).set_index("metric")


def _counted(w: Writer, metrics: pd.DataFrame, metric: str, cells: pd.DataFrame) -> Sentence | None:
    """Return a sentence of a metric, with its share where the number of all of them is told."""
    if metric not in metrics.index:
        return None
    t, row = w.t, metrics.loc[[metric]].iloc[0]
    name, unit = t(f"metric.{metric}"), t(f"metric_unit.{metric}")
    count = w.number(metric, int(float(row["value"])), name, cells)
    if is_missing(row["units"]):
        return w.say(metric, "deck.programmes.say_count", what=name, count=count, unit=unit)
    units = w.number(f"{metric}_of", int(float(row["units"])), t("deck.programmes.definition_all", unit=unit), cells)
    pct = w.pct(f"{metric}_pct", share(row["value"], row["units"], "share.of_target"), cells)
    return w.say(metric, "deck.programmes.say_share", what=name, count=count, units=units, unit=unit, pct=pct)


def _villages(w: Writer) -> tuple[Slide, ...]:
    metrics = _metrics(w)
    cells = w.read("village_cells", unit=w.material.unit.code, month=w.month)
    said = [
        sentence
        for metric in _VILLAGES
        if (sentence := _counted(w, metrics, metric, cells[cells["metric"].isin([metric, "villages_kieu_mau"])]))
    ]
    return (w.slide("villages", w.t("deck.programmes.title_villages", day=w.day), said),) if said else ()


def _wards(w: Writer) -> tuple[Slide, ...]:
    cells = w.read("civilised_wards", unit=w.material.unit.code, month=w.month)
    said = _counted(w, _metrics(w), "civilised_wards", cells)
    return (w.slide("wards", w.t("deck.programmes.title_wards", day=w.day), [said]),) if said else ()


def _components(w: Writer) -> tuple[Slide, ...]:
    """Return the money of the latest year of the period that is coded by component, stage beside stage."""
    t, unit = w.t, w.material.unit.code
    for year in reversed(w.material.period.years):
        cells = w.read("funding_components_cells", unit=unit, year=year, month=w.month)
        if len(cells):
            break
    else:
        return ()
    names = w.read("components").set_index("component_no")
    stages = [stage for stage in STAGES if stage in set(cells["stage"])]
    rows: list[TableRow] = []
    for code in sorted(set(cells["component_no"])):
        own = cells[cells["component_no"] == code]
        name = names[f"name_{t.language}"].get(code) if code in names.index else None
        label = f"{code}. {code if is_missing(name) else name}"
        rows.append((label, *(_component(w, year, code, stage, own[own["stage"] == stage]) for stage in stages)))
    days = "; ".join(
        f"{t(f'stage.{stage}')}: {t.format.day(as_date(cells.loc[cells['stage'] == stage, 'period_end'].max()))}"
        for stage in stages
    )
    head = (t("deck.programmes.component"), *(t(f"stage.{stage}") for stage in stages))
    said = w.say("components", "deck.programmes.say_components", year=str(year), days=days)
    title = t("deck.programmes.title_components", year=year)
    return w.pages(
        "components", title, head, rows, [said], note=t("deck.programmes.million"), source=t("funding.source")
    )


def _component(w: Writer, year: int, code: str, stage: str, cells: pd.DataFrame) -> Figure | None:
    if not len(cells):
        return None
    definition = w.t("deck.programmes.definition_component", stage=w.t(f"stage.{stage}"), year=year, code=code)
    return amount(w, f"component_{code}_{stage}", exact_sum(cells["amount_vnd_million"]), definition, cells)
