"""What the sections of the page Khám phá say alike: titles, denominators, what is unknown, sources."""

from __future__ import annotations

from collections.abc import Sequence

from ntm.i18n import Translator
from ntm.metrics.explore import Measure, dimensions
from ntm.ui.explore_choices import Asked, criteria_names, kept_name
from ntm.ui.explore_data import Found
from ntm.ui.filters import Place

_NAMES = 8


def asked_title(t: Translator, place: Place, asked: Asked) -> str:
    """Return '{measure} theo huyện và năm, {place}'."""
    by = [_within(t.label(dimensions()[name].label)) for name in asked.dims]
    return t("explore.chart_title", measure=asked_name(t, place, asked), by=t("explore.and").join(by), place=place.name)


def asked_name(t: Translator, place: Place, asked: Asked) -> str:
    """Return what a table measures with all that it is narrowed to: 'Vốn đã giao (chỉ nguồn vốn: Trung ương)'."""
    narrowed = [criteria_names(t, place)[asked.criterion]] if asked.criterion else []
    for column, codes in asked.kept.items():
        if codes:
            names = ", ".join(kept_name(t, column, code) for code in codes)
            narrowed.append(f"{_within(t(f'explore.only_{column}'))}: {names}")
    name = t.label(asked.measure.label)
    return f"{name} ({'; '.join(narrowed)})" if narrowed else name


def denominator_text(t: Translator, measure: Measure, found: Found) -> str:
    """Return the unit of a chart with what it is counted on and what of it is unknown."""
    unit = t.label(measure.unit)
    if measure.is_money:
        return t("explore.unit_money", unit=unit, silent=t.format.number(len(found.silent)))
    table = found.table
    if found.total is not None:
        return t(
            "explore.unit_total",
            unit=unit,
            units=t.format.number(found.total["units"]),
            unknown=t.format.number(found.total["unknown"]),
        )
    return t(
        "explore.unit_cells",
        unit=unit,
        low=t.format.number(table["units"].min()),
        high=t.format.number(table["units"].max()),
        unknown=t.format.number(table["unknown"].max()),
    )


def told_notes(t: Translator, found: Found, measure: Measure) -> list[str]:
    """Return what is unknown of a table, and what was left out of it."""
    lines = []
    if measure.is_money:
        days = sorted(set(found.table["until"].dropna()))
        if days:
            told = t.format.day(days[0]) if len(days) == 1 else f"{t.format.day(days[0])} – {t.format.day(days[-1])}"
            lines.append(t("explore.say_cutoffs", days=told))
        if found.silent:
            lines.append(t("explore.say_silent", count=t.format.number(len(found.silent)), names=some(t, found.silent)))
    elif found.total is not None:
        lines.append(
            t(
                "explore.say_unknown",
                units=t.format.number(found.total["units"]),
                unknown=t.format.number(found.total["unknown"]),
            )
        )
    else:
        lines.append(t("explore.say_unknown_most", unknown=t.format.number(found.table["unknown"].max())))
    if found.left_out:
        lines.append(t("explore.say_left_out", count=t.format.number(found.left_out)))
    return lines


def some(t: Translator, names: Sequence[str]) -> str:
    """Return names in a row, the first few of many."""
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" {t('ranking.more', count=more)}" if more > 0 else "")


def source_of(t: Translator, measure: Measure) -> str:
    """Return the source that stands below a chart of a measure."""
    if measure.is_money:
        return t("funding.source")
    if measure.key in ("arrears", "in_arrears"):
        return t("debts.source")
    return t(
        "overview.source_criteria" if measure.of_set or measure.key == "not_reporting" else "overview.source_standing"
    )


def _within(label: str) -> str:
    return label[:1].lower() + label[1:]
