"""Keys of texts that are put together from a code: the codes that can stand there."""

from __future__ import annotations

import csv
from typing import get_args

import yaml

from ntm.catalog import table
from ntm.charts import query
from ntm.charts.map_layers import NOT_RURAL, UNKNOWN, specs
from ntm.charts.theme import BAND_COLORS, STANDARD_COLORS
from ntm.i18n import LANGUAGES, translator
from ntm.metrics import (
    arrears,
    cheapest,
    cheapest_bundles,
    history,
    pace,
    payments,
    projection,
    ranking,
    reassessment,
    slippage,
    targets,
)
from ntm.metrics.national import SERIES
from ntm.metrics.reform import CLASSES, STANDINGS, reform_documents
from ntm.metrics.standing import STANDARDS
from ntm.reports import table_files, table_sheet
from ntm.reports.deck.files import KINDS
from ntm.reports.deck.request import Level
from ntm.reports.deck.story import SECTIONS as DECK_SECTIONS
from ntm.settings import ROOT
from ntm.ui import (
    conference_changes,
    conference_files,
    conference_parts,
    criteria_view,
    explore_choices,
    explore_compare,
    funding_checks,
    funding_downloads,
    map_controls,
    sections,
    shelf,
    targets_standing,
    targets_whatif_effects,
)

CHECKS = {*funding_checks.CODES, "negative", "over", "units"}
VI = translator("vi").texts


def reference_values(file: str, column: str) -> set[str]:
    with (ROOT / "data" / "reference" / file).open(encoding="utf-8", newline="") as rows:
        return {row[column] for row in csv.DictReader(rows)} - {""}


def values(table_name: str, *columns: str) -> set[str]:
    """Return the codes that columns of a table may hold."""
    return {value for column in table(table_name).columns if column.name in columns for value in column.values}


METRICS = set(targets.METRICS) | {
    str(line["metric"])
    for line in yaml.safe_load((ROOT / "etl/vocabulary/target_metrics.yml").read_text(encoding="utf-8"))
}
OWN_TEXTS = {
    f"{name}.{what}"
    for name, spec in specs().items()
    for what in ("name", "title", "note", *spec.colors, UNKNOWN)
    if what in ("name", "title", "note") or spec.labels == f"layer.{name}" or f"layer.{name}.{what}" in VI
} - {f"{name}.{UNKNOWN}" for name in specs() if f"layer.{name}.{UNKNOWN}" not in VI}
"""Texts that layers of the map have of their own; the name of a range of numbers is written from its bounds."""
PEERS = {f"{level}_{name}" for level, peers in ranking.rules()["peers"].items() for name in peers}
SHELVES = {kind.texts for kind in shelf.SHELVES}
STATUSES = set(pace.STATUSES)
FAMILIES: dict[str, set[str]] = {
    "{}.section": set(sections.SECTIONS),
    **{f"{{}}.{what}": SHELVES for what in ("name", "none_saved", "not_found", "pick", "choose_saved")},
    "help.in_{}": set(LANGUAGES),
    "help.only_{}": set(LANGUAGES),
    "band.{}": set(BAND_COLORS),
    "projection.lacking_{}": set(projection.WHY),
    "projection.metric_{}": set(projection.METRICS),
    "projection.what_{}": set(projection.METRICS),
    "payments.why_{}": set(payments.WHY),
    "payments.no_base_{}": set(payments.NO_BASE),
    "payments.column_{}": {"value", "low", "high", "reached", "projected", "final", "error_pct"},
    "begun.{}": set(arrears.PERIODS),
    "boundary.{}": {"matched_by", "polygons", "is_repaired", "is_united", "is_aligned", "file_name", "label", "reason"}
    | {"is_drawn", "unknown_code", "unknown_name", "homonym", "nothing"},
    "boundary.moved_{}": {"missing_point", "shared_point", "far_from_district", "outside_province", "cut_off"},
    "change.{}": values("fact_change", "change"),
    "cheapest.fault_{}": set(cheapest.FAULTS),
    "cheapest.kind_{}": {cheapest_bundles.CLOSE, cheapest_bundles.VERIFY},
    "cheapest.least_{}": set(cheapest.OBJECTIVES),
    "cheapest.objective_{}": set(cheapest.OBJECTIVES),
    "cheapest.rule_{}": set(cheapest.OBJECTIVES),
    "cheapest.say_{}": set(get_args(cheapest.GoalKind)),
    "cheapest.reached_{}": set(get_args(cheapest.GoalKind)),
    "checks.looked_at_{}": {"totals", "amounts", "pairs"},
    "checks.{}": CHECKS,
    "checks.{}_rule": CHECKS,
    "column.dictionary_{}": {"name", "label", "type", "meaning"},
    "commune.plan_{}": set(slippage.STATES),
    "commune.since_{}": set(history.BEFORE),
    "comparison.{}": {"range"},
    "confidence.{}": values("criteria_set", "confidence")
    | values("target", "confidence")
    | values("published_figure", "confidence"),
    "criteria.level_{}": {"communes", "districts"},
    "criteria.of_{}": set(criteria_view.GROUPS),
    "criteria.open_lost_{}": {"all", "one"},
    "criteria.section_{}": set(sections.SECTIONS["criteria"]),
    "criteria_state.{}": set(reassessment.STATES),
    "criteria_verdict.{}": set(reassessment.VERDICTS),
    "criteria.{}": {"alone", "with_one", "with_two", "still_lost", "regained"},
    "download.kind_{}": set(get_args(table_sheet.Kind)),
    "download.{}": set(table_files.KINDS),
    "deck.arrears.begun_{}": set(arrears.PERIODS),
    "deck.arrears.effect_{}": {"none_known", "none_unknown", "some_known", "some_unknown"},
    "deck.arrears.{}": {"less", "more", "same"},
    "deck.below_15.commune_{}": {"under", "above", "other_set"},
    "deck.below_15.commune_{}_title": {"under", "above", "other_set"},
    "deck.below_15.district_{}": {"empty", "held"},
    "deck.column.{}": {key.removeprefix("deck.column.") for key in VI if key.startswith("deck.column.")},
    "deck.criteria.binding_{}": {"none", "open"},
    "deck.criteria.commune_{}": values("criterion_result", "outcome"),
    "deck.criteria.near_{}": {"none", "open"},
    "deck.funding.say_{}": {"highest", "lowest"},
    "deck.programmes.no_{}": {"ocop", "villages", "wards", "components"},
    "deck.programmes.stars_{}": {"3", "4", "5"},
    "deck.proposals.quoted_{}": {"cause", "proposal"},
    "deck.proposals.{}": {"criterion", "unit", "cause", "proposal"},
    "deck.tasks.fault_{}": {"ntm", "floor"},
    "deck.tasks.no_{}": {"targets", "criteria", "plans", "directives", "submissions"},
    "deck.tasks.plan_{}": {"ntm", "floor"},
    "deck.tasks.reached_{}": {"ntm", "floor"},
    "deck.tasks.say_{}": {"ntm", "floor"},
    "deck.tasks.title_{}": {"ntm", "floor"},
    "deck.tasks.{}": {"target", "due", "value", "lacking", "unit", "status", "task", "document", "agency", "state"}
    | {"owing", "report", "period", "commune", "district", "close", "to_verify", "criterion", "outcome", "reported"},
    "deck.targets.definition_{}": {"actual", "missing", "missing_criteria", "communes_under"},
    "deck.targets.state_{}": set(slippage.STATES),
    "deck.targets.{}": {"missing_criteria", "communes_under", "named", "stretch"},
    "deck.targets.{}_title": {"named", "stretch"},
    "deck.weaknesses.commune_{}": {"reported", "silent", "stale"},
    "deck.weaknesses.late{}": {"", "_commune"},
    "deck.weaknesses.none_planned{}": {"", "_commune"},
    "debts.begun_{}": set(arrears.PERIODS),
    "definition.{}.term": {key.split(".")[1] for key in VI if key.startswith("definition.")},
    "definition.{}.text": {key.split(".")[1] for key in VI if key.startswith("definition.")},
    "conference.column_{}": set(conference_changes.COLUMNS),
    "conference.each_{}": {"district", "commune"},
    "conference.file_{}": {name for name, *_ in conference_files.BUTTONS},
    "conference.kind_{}": {ending.lstrip(".") for ending in KINDS},
    "conference.language_{}": set(LANGUAGES),
    "conference.level_{}": set(get_args(Level)),
    "conference.part_{}": set(conference_parts.PARTS),
    "deck.section.{}": set(DECK_SECTIONS),
    "event.{}": values("recognition", "event"),
    "event_name.{}": values("recognition", "event"),
    "explore.compare_{}": set(explore_compare.WAYS),
    "explore.only_{}": set(explore_choices.FILTERS),
    "explore.section_{}": set(sections.SECTIONS["explore"]),
    "export.{}": {"projector", "print", "print_a3", "html", "xlsx", "gpkg", "geojson"},
    "form.{}": {path.stem for path in (ROOT / "etl" / "forms").glob("*.yml")} | {"unknown"},
    "forms.no_{}": set(funding_downloads.FORMS),
    "forms.{}": set(funding_downloads.FORMS),
    "funding.section_{}": set(sections.SECTIONS["funding"]),
    "funding.short_{}": values("mart_funding", "source_group"),
    "highest.{}": values("mart_commune_month", "standard") | {NOT_RURAL} | set(STANDARD_COLORS),
    "layer.district_standard.{}": set(specs()["district_standard"].colors),
    "layer.source.{}": {spec.source for spec in specs().values()},
    "layer.{}": OWN_TEXTS,
    "load_note.{}": values("load_history", "note"),
    "map.area_{}": set(map_controls.AREAS),
    "map.compare_{}": set(map_controls.COMPARISONS),
    "map.open_{}": {"commune", "district", "province"},
    "map.unit_{}": {"commune", "district", "province"},
    "map.{}": {"zoom_in", "zoom_out", "fit", "legend", "loading", "failed", "wheel", "touch"},
    "metric.{}": METRICS,
    "metric_unit.{}": METRICS,
    "national.chart_{}": set(SERIES),
    "national.say_{}": set(SERIES),
    "national.section_{}": set(sections.SECTIONS["national"]),
    "national.column_{}": {"target_pct", "gap_pct", "verdict"},
    "national.verdict.{}": {"reached", "missed", "unknown"},
    "national.{}_targets": {"regional", "other"},
    "quoted.verdict.{}": {"differs", "agrees", "unknown"},
    "query.kind_{}": set(query.KINDS),
    "ranking.chart_{}": set(ranking.BY),
    "ranking.chart_lowest_{}": set(ranking.BY),
    "ranking.close_{}": {"mean", "share"},
    "ranking.column_{}": {"rank", "is_tied", "group_name", "then_value", "change", "then_rank", "moved"},
    "ranking.group_{}": {"rural", "urban", "other"},
    "ranking.measure_{}": {key for measures in ranking.MEASURES.values() for key in measures},
    "ranking.no_rank.{}": set(ranking.WHY),
    "ranking.peers_{}": PEERS | {"district_all", "commune_all"},
    "ranking.reason_{}": PEERS,
    "ranking.section_{}": set(sections.SECTIONS["ranking"]),
    "ranking.why_{}": set(ranking.WHY),
    "nature.{}": values("funding", "nature"),
    "outcome.{}": values("criterion_result", "outcome"),
    "overview.card_{}": set(STANDARDS),
    "overview.{}": {"reached", "lost", "better", "worse"},
    "reform.class.{}": set(CLASSES),
    "reform.document.{}": {document.kind for document in reform_documents("92")},
    "reform.standing_of.{}": {*STANDINGS, "total"},
    "reform.totals_{}": {"divided", "unknown", "outside"},
    "reform.{}": {
        "as_reported",
        "today",
        "say_all",
        "say_some",
        "say_none",
        "say_unknown",
        "say_no_rural",
        "standing",
        "before",
        "in_parts",
        "again",
        "unknown_successor",
        "difference",
    },
    "profile.turn_{}": {history.GAINED, history.LOST},
    "region.{}": reference_values("provinces_regions.csv", "region_code") | {"VN"},
    "severity.{}": values("load_issue", "severity"),
    "source.{}": values("funding", "source_code") | values("mart_funding", "source_group"),
    "sources.{}": {"path", "sheet", "cell"},
    "stage.{}": values("funding", "stage") | values("work_funding", "stage"),
    "standard.{}": values("recognition", "standard") | values("target_unit", "standard"),
    "state.{}": values("inspection", "state") | values("directive", "state") | values("submission", "state"),
    "status.{}": STATUSES,
    "target.{}": {targets.REACHED, targets.OPEN, targets.MISSED, targets.UNKNOWN, targets.PENDING},
    "targets.open_{}": {"products", "villages", "wards", "districts"},
    "targets.chart_{}": set(targets.target_rules()["scales"]),
    "targets.say_{}": STATUSES,
    "targets.scale_{}": set(targets.target_rules()["scales"]),
    "targets.section_{}": set(sections.SECTIONS["targets"]),
    "targets.why_{}": {*targets_standing.WHY},
    "target_kind.{}": values("target", "kind"),
    "value_kind.{}": values("funding", "value_kind"),
    "whatif.{}": {"before", "after", "change"},
    "whatif.by_{}": set(targets_whatif_effects.MEASURES),
    "whatif.figure_{}": set(targets_whatif_effects.FIGURES),
}
"""Keys that are put together from a code -> the codes that can stand there."""
