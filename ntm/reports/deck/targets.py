"""Targets against results: of the last year of the period and of 2025, and the communes that plans name."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.ocop import first_in_year
from ntm.metrics.pace import STATUSES, assessed
from ntm.metrics.share import share
from ntm.metrics.targets import COUNTED, REACHED, SCALES, named_units, with_years
from ntm.model import is_missing
from ntm.reports.deck import targets_named, targets_of_commune
from ntm.reports.deck.figures import PLACE
from ntm.reports.deck.model import Figure, Sentence, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.targets_projection import projection_sentence
from ntm.reports.deck.writing import MOST_SENTENCES, TableRow, Writer

SECTION = "targets"
Row = dict[Any, Any]
"""A row of `assessed`."""
LAST_YEAR = 2025
"""The end of the programme's period: its targets stand beside those of the year."""


def slides(material: Material) -> tuple[Slide, ...]:
    """Return the targets of each year looked at, and the named communes of it that are not there yet."""
    w = Writer(material, SECTION, material.t("targets.source"))
    if material.unit.level == "commune":
        return targets_of_commune.slides(w)
    unit = material.unit.code
    rows = assessed(w.read("targets", unit=unit, month=w.month), w.read("targets_history", unit=unit), w.month)
    units = with_years(named_units(w.read("target_units", province=material.unit.province, month=w.month)))
    if material.unit.level == "district":
        units = units[units["district_code"] == unit]
    made: list[Slide] = []
    for year in dict.fromkeys((material.period.last_year, LAST_YEAR)):
        made += _year(w, year, rows[rows["due_date"].dt.year == year])
        made += targets_named.slides(w, year, units[units["target_year"] == year])
    return tuple(made)


def _year(w: Writer, year: int, rows: pd.DataFrame) -> tuple[Slide, ...]:
    t = w.t
    if not len(rows):
        key = "deck.targets.none_district" if w.material.unit.level == "district" else "deck.targets.none"
        title = w.title("deck.targets.none_title", year=str(year))
        return (w.slide(f"year_{year}", title, missing=t(key, year=str(year))),)
    rows = pd.concat([rows[rows["kind"] != "stretch"], rows[rows["kind"] == "stretch"]])
    counted = rows[rows["kind"] != "stretch"]
    numbers = counted["status"].value_counts()
    definition = t("deck.targets.counted", year=str(year))
    total = w.number(f"count_{year}", len(counted), definition, counted)
    of = {
        status: w.number(
            f"{status}_{year}", int(numbers.get(status, 0)), definition, counted[counted["status"] == status]
        )
        for status in STATUSES
    }
    parts = ", ".join(f"{t(f'status.{status}').lower()} {of[status].text}" for status in STATUSES if status in numbers)
    figures = {status: figure for status, figure in of.items() if status in numbers or status == REACHED}
    summary = w.say(
        f"summary_{year}", "deck.targets.summary", year=str(year), day=w.day, count=total, parts=parts, **figures
    )
    said: list[Sentence | None] = [summary]
    is_first = counted["metric"].isin(["ntm_communes", "ntm_share_pct"]) & counted["value"].notna()
    said += [_main(w, year, row) for row in counted[is_first].head(1).to_dict("records")]
    said.append(projection_sentence(w, year, rows))
    said += [_of_communes(w, row) for row in counted.to_dict("records")]
    head = ("target", "unit", "value", "actual", "missing", "status")
    return w.pages(
        f"year_{year}",
        w.title("deck.targets.title", year=str(year), reached=of[REACHED], count=total),
        w.head(*head),
        [_row(w, row) for row in rows.to_dict("records")],
        [sentence for sentence in said if sentence][:MOST_SENTENCES],
        notes=tuple(dict.fromkeys(_document(w, row) for row in rows.to_dict("records"))),
    )


def _document(w: Writer, row: Row) -> str:
    """Return the document of a target, marked when it is illustrative or was not read itself."""
    told = f"{row['document']} ({w.t('targets.illustrative')})" if row["is_illustrative"] else str(row["document"])
    if row["confidence"] in ("reported", "verbatim"):
        return told
    return f"{told} {w.t('targets.not_official', confidence=w.t('confidence.' + str(row['confidence'])))}"


def _row(w: Writer, row: Row) -> TableRow:
    t = w.t
    unit, status = t(f"metric_unit.{row['metric']}"), t(f"status.{row['status']}")
    return (wording_of(t, row), unit, asked_of(w, row), _number(w, row, "actual"), lacking_of(w, row), status)


def wording_of(t: Translator, row: Row) -> str:
    """Return a target in the words of its document (in English of its metric), with its kind where it is not firm."""
    wording = str(row["metric_vi"]) if t.language == "vi" else t(f"metric.{row['metric']}")
    return wording if row["kind"] == "firm" else f"{wording} ({t('target_kind.' + str(row['kind'])).lower()})"


def lacking_of(w: Writer, row: Row) -> Figure | None:
    """Return what is missing; of a share in units ('3 xã'), for its value is in percent."""
    metric = str(row["metric"])
    is_share = SCALES.get(metric) == "share"
    return _number(w, row, "missing", f" {w.t(f'metric_unit.{COUNTED.get(metric, metric)}')}" if is_share else "")


def asked_of(w: Writer, row: Row) -> Figure | str:
    """Return the value of a target, or both ends of its range; words where the document leaves it open."""
    if is_missing(row["value"]):
        return w.t("targets.no_value")
    upper = "" if is_missing(row["value_max"]) else f"–{w.t.format.plain(row['value_max'])}"
    text = w.t.format.plain(row["value"]) + upper
    rows = pd.DataFrame([row])
    return w.figure(f"value.{row['target_id']}", row["value"], text, str(row["document"]), rows)


def _number(w: Writer, row: Row, column: str, unit: str = "") -> Figure | None:
    """Return what was reached or is missing; the targets of a document name the cells, results those of their lists."""
    value = row[column]
    if is_missing(value):
        return None
    definition = w.t(f"deck.targets.definition_{column}", metric=w.t(f"metric.{row['metric']}"))
    text = w.t.format.plain(value, 1) + unit
    cells = _cells(w, row)
    if column == "missing":
        cells = pd.concat([frame[PLACE] for frame in (pd.DataFrame([row]), cells) if frame is not None])
    return w.figure(f"{column}.{row['target_id']}", value, text, definition, cells)


def _cells(w: Writer, row: Row) -> pd.DataFrame | None:
    """Return the cells that a result was counted from: decisions, or the criteria of the communes."""
    counted = COUNTED.get(str(row["metric"]), str(row["metric"]))
    at = row["period_end"]
    if is_missing(at):
        return None
    scope = w.scope | {"month": pd.Timestamp(at).date()}
    for standard in ("ntm", "nang_cao", "kieu_mau"):
        if counted in (f"{standard}_communes", f"{standard}_communes_new"):
            return w.read("holders", standard=standard, **scope)
    if counted in ("criteria_met_mean", "criteria_met_min", "communes_below_15"):
        return w.read("criteria_counts", below=None, **scope)
    if counted == "ocop_products_new":
        rows = w.read("ocop_products", unit=w.material.unit.code, month=scope["month"])
        return first_in_year(rows, at.year, at.date()) if len(rows) else None
    return None


def _main(w: Writer, year: int, row: Row) -> Sentence:
    """Say the target of NTM communes with its share of all communes, what was reached, and what is missing."""
    t, code = w.t, row["target_id"]
    actual, missing = _number(w, row, "actual"), _number(w, row, "missing")
    if row["metric"] != "ntm_communes" or is_missing(row["communes"]) or actual is None or missing is None:
        return w.say(
            f"main_{year}",
            "deck.targets.plain",
            wording=t(f"metric.{row['metric']}"),
            unit=t(f"metric_unit.{row['metric']}"),
            value=asked_of(w, row),
            actual=actual or t("unknown"),
            due=t.format.day(row["due_date"]),
        )
    asked = share(row["value"], row["communes"], "share.of_communes")
    reached = share(row["actual"], row["communes"], "share.of_communes")
    return w.say(
        f"main_{year}",
        "deck.targets.main_missing" if row["missing"] else "deck.targets.main",
        value=asked_of(w, row),
        communes=w.number(f"communes.{code}", row["communes"], t("share.of_communes")),
        value_pct=w.pct(f"value_pct.{code}", asked, pd.DataFrame([row]), 2),
        actual=actual,
        actual_pct=w.pct(f"actual_pct.{code}", reached, _cells(w, row), 2),
        missing=missing,
        due=t.format.day(row["due_date"]),
        day=t.format.day(row["period_end"]),
    )


def _of_communes(w: Writer, row: Row) -> Sentence | None:
    """Say what a mean or a floor lacks in criteria or communes; None of what is no such target, or lacks nothing."""
    column = {"criteria_met_mean": "missing_criteria", "criteria_met_min": "communes_under"}.get(row["metric"])
    if column is None or is_missing(row[column]) or not row[column]:
        return None
    definition = w.t(f"deck.targets.definition_{column}")
    return w.say(
        f"{column}.{row['target_id']}",
        f"deck.targets.{column}",
        count=w.number(f"{column}.{row['target_id']}", row[column], definition, _cells(w, row)),
        value=asked_of(w, row),
    )
