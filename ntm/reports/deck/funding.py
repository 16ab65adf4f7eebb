"""Money by source: what was needed, planned, allocated, disbursed and mobilised, each total with and without credit."""

from __future__ import annotations

from ntm.charts.theme import SOURCE_COLORS, STAGE_COLORS
from ntm.metrics.funding import SOURCE_GROUPS, STAGES
from ntm.reports.deck import funding_curve, funding_rates, funding_steps
from ntm.reports.deck.amounts import money_of, told_of
from ntm.reports.deck.funding_tables import WITHOUT, StageMoney, stage_money
from ntm.reports.deck.model import Chart, Figure, Sentence, Series, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import TableRow, Writer

SECTION = "funding"
_WIDE = 3
"""Years that stand beside the shares in one table; of more the shares go on a slide of their own."""


def slides(material: Material) -> tuple[Slide, ...]:
    """Return totals, each stage by source, structure, the way of the budget, rates, and the year month by month."""
    w = Writer(material, SECTION, material.t("funding.source"))
    money = money_of(material)
    stages = [found for stage in STAGES if (found := stage_money(w, told_of(material, money, stage)))]
    if not stages:
        missing = w.t("deck.funding.missing", place=material.unit.name, day=w.day)
        return (w.slide("missing", w.t("deck.funding.title_missing"), missing=missing),)
    made = [_totals(w, stages)]
    for stage in stages:
        made += _stage(w, stage)
    made += _structure(w, stages)
    made += funding_steps.slides(w, money)
    made += funding_rates.slides(w, money)
    made += funding_curve.slides(w, money)
    return tuple(made)


def _totals(w: Writer, stages: list[StageMoney]) -> Slide:
    """Return every stage told, without credit beside with credit, and the years side by side."""
    years = [str(year) for year in w.material.period.years]
    drawn = [stage for stage in stages if stage.has_without]
    chart = None
    if drawn and len(years) > 1:
        series = tuple(
            Series(
                stage.name,
                tuple(stage.amounts.get((year, WITHOUT)) for year in years),
                STAGE_COLORS[stage.stage],
            )
            for stage in drawn
        )
        chart = _chart(w, "years", "column", "deck.funding.by_year", tuple(years), series)
    elif drawn:
        figures = tuple(stage.amounts[stage.span, WITHOUT] for stage in drawn)
        series = (Series(w.t("funding.without_credit"), figures, STAGE_COLORS["allocated"]),)
        names = tuple(stage.name for stage in drawn)
        chart = _chart(w, "stages", "bar", "deck.funding.by_stage", names, series)
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
    title = w.t("deck.funding.title", place=w.material.unit.name, span=span)
    sentences = [_said(w, stage) for stage in stages]
    return w.slide("totals", title, sentences, chart=chart, notes=(w.t("deck.funding.credit_rule"),))


def _chart(
    w: Writer, name: str, kind: str, title: str, categories: tuple[str, ...], series: tuple[Series, ...]
) -> Chart:
    return Chart(f"{SECTION}.{name}", kind, w.t(title), w.t("funding.unit_million"), categories, series)  # type: ignore[arg-type]


def _said(w: Writer, stage: StageMoney) -> Sentence:
    """Return a stage's total of the years told, without and with credit, with the days up to which it is told."""
    words = {"stage": stage.name, "years": stage.years_text, "days": stage.days_text}
    name, total = f"total_{stage.stage}", stage.amounts[stage.span, "total"]
    if not stage.has_without:
        return w.say(name, "deck.funding.say_credit_alone", total=total, **words)
    without = stage.amounts[stage.span, WITHOUT]
    if not stage.has_credit:
        return w.say(name, "deck.funding.say_no_credit", total=without, **words)
    return w.say(name, "deck.funding.say_both", without=without, total=total, **words)


def _stage(w: Writer, stage: StageMoney) -> tuple[Slide, ...]:
    """Return a stage by source and year, with the shares of each source with and without credit."""
    t, span = w.t, stage.span
    columns = [*stage.years, *(["sum"] if span == "sum" else [])]
    of_amounts = [t("deck.funding.sum") if column == "sum" else column for column in columns]
    of_shares = (
        [t("deck.funding.share"), t("deck.funding.share_without")]
        if stage.has_credit and stage.has_without
        else ([t("deck.funding.share_no_credit")])
    )
    names = {**{group: t(f"source.{group}") for group in stage.groups}, **_totals_named(w, stage)}
    amounts: dict[str, TableRow] = {
        group: tuple(stage.amounts.get((column, group)) for column in columns) for group in names
    }
    shares: dict[str, TableRow] = {group: tuple(stage.shares(group)) for group in names}
    title = _stage_title(w, stage)
    sentences = [w.say(f"days_{stage.stage}", "deck.funding.say_days", days=stage.days_text), *_notes(w, stage)]
    head = t("column.source")
    note = t("deck.funding.unit")
    if len(columns) <= _WIDE + 1:
        rows = [(name, *amounts[group], *shares[group]) for group, name in names.items()]
        return w.pages(stage.stage, title, (head, *of_amounts, *of_shares), rows, sentences, note=note)
    rows = [(name, *amounts[group]) for group, name in names.items()]
    made = w.pages(stage.stage, title, (head, *of_amounts), rows, sentences, note=note)
    rows = [(name, stage.amounts.get((span, group)), *shares[group]) for group, name in names.items()]
    of_all = t("deck.funding.title_shares", stage=stage.name, years=stage.years_text)
    return made + w.pages(f"{stage.stage}_shares", of_all, (head, t("deck.funding.sum"), *of_shares), rows, note=note)


def _totals_named(w: Writer, stage: StageMoney) -> dict[str, str]:
    if not stage.has_without:
        return {"total": w.t("deck.funding.total_with")}
    if not stage.has_credit:
        return {WITHOUT: w.t("deck.funding.total_no_credit")}
    return {WITHOUT: w.t("deck.funding.total_without"), "total": w.t("deck.funding.total_with")}


def _stage_title(w: Writer, stage: StageMoney) -> str:
    words = {"stage": stage.name, "years": stage.years_text}
    if stage.has_credit and stage.has_without:
        return w.title(
            "deck.funding.title_both",
            without=stage.amounts[stage.span, WITHOUT],
            total=stage.amounts[stage.span, "total"],
            **words,
        )
    total = stage.amounts[stage.span, "total" if stage.has_credit else WITHOUT]
    key = "deck.funding.title_credit_alone" if stage.has_credit else "deck.funding.title_no_credit"
    return w.title(key, total=total, **words)


def _notes(w: Writer, stage: StageMoney) -> list[Sentence]:
    """Return which years nothing is told of, and which are no reported money."""
    found = []
    silent = [str(year) for year in w.material.period.years if str(year) not in stage.years]
    if silent:
        found.append(
            w.say(f"silent_{stage.stage}", "deck.funding.silent_years", stage=stage.name, years=", ".join(silent))
        )
    expected = "plan" if stage.stage in ("need", "plan") else "actual"
    others = {one.kind for one in stage.told} - {expected}
    for kind in sorted(others):
        years = ", ".join(str(one.year) for one in stage.told if one.kind == kind)
        name = f"kind_{stage.stage}_{kind}"
        found.append(w.say(name, "deck.funding.other_kind", years=years, kind=w.t(f"value_kind.{kind}")))
    return found


def _structure(w: Writer, stages: list[StageMoney]) -> tuple[Slide, ...]:
    """Return the shares of the sources without credit, stage beside stage."""
    drawn = [stage for stage in stages if stage.has_without]
    if not drawn:
        return ()
    groups = [group for group in SOURCE_GROUPS if group != "credit" and any(group in stage.groups for stage in drawn)]
    series = tuple(
        Series(w.t(f"source.{group}"), tuple(stage.pct_without.get(group) for stage in drawn), SOURCE_COLORS[group])
        for group in groups
    )
    categories = tuple(f"{stage.name} {stage.years_text}" for stage in drawn)
    title = w.t("deck.funding.structure")
    chart = Chart(f"{SECTION}.structure", "stacked_bar", title, "%", categories, series, decimals=2)
    sentences = [_largest(w, stage) for stage in drawn]
    return (w.slide("structure", title, sentences, chart=chart),)


def _largest(w: Writer, stage: StageMoney) -> Sentence | None:
    """Return which source, or sources, are the most of a stage without credit."""
    shares = ((group, stage.pct_without.get(group)) for group in stage.groups)
    known: dict[str, Figure] = {group: one for group, one in shares if one and one.value is not None}
    if not known:
        return None
    most = max(one.value for one in known.values() if isinstance(one.value, int | float))
    first = [group for group, one in known.items() if one.value == most]
    return w.say(
        f"largest_{stage.stage}",
        "deck.funding.say_largest",
        stage=stage.name,
        years=stage.years_text,
        source=", ".join(w.t(f"source.{group}") for group in first),
        pct=known[first[0]],
    )
