"""Communes under 15 criteria, districts without any NTM commune, and communes whose withdrawal is to be considered."""

from __future__ import annotations

import pandas as pd

from ntm.metrics.reassessment import CONSIDER, GONE, NOT_JUDGED, reassessment
from ntm.metrics.standing import standing_at
from ntm.metrics.watch import watch_rules
from ntm.model import is_missing
from ntm.reports.deck.commune import commune_row
from ntm.reports.deck.model import Figure, Sentence, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.writing import TableRow, Writer, criterion_codes, names_of, word

SECTION = "below_15"


def slides(material: Material) -> tuple[Slide, ...]:
    """Return the communes under the floor with their counts, then those to be considered by decision 18/2022."""
    w = Writer(material, SECTION, material.t("overview.source_criteria"))
    if material.unit.level == "commune":
        return _commune(w)
    standing = standing_at(w.read("standing_by_month", unit=material.unit.code), w.month)
    if standing is None or standing.communes_below_15 is None:
        title = w.title("deck.below_15.title", bound=_bound(w))
        return (w.slide("communes", title, missing=w.t("deck.below_15.missing", day=w.day)), *_considered(w))
    t, rule = w.t, watch_rules()["below_15"]
    rows = w.read("criteria_counts", below=rule["below"], **w.scope)
    rows = rows.sort_values(["criteria_met", "unit_code"], kind="stable")
    parts: dict[str, Figure | str] = {
        "count": w.number("count", standing.communes_below_15, t("deck.below_15.definition"), rows),
        "known": w.number("known", standing.known_communes, t("deck.criteria.known_definition")),
        "bound": _bound(w),
    }
    said = [w.say("communes", "deck.below_15.say", day=w.day, **parts)]
    if standing.unknown_communes:
        unknown = w.number("unknown", standing.unknown_communes, t("deck.below_15.unknown_definition"))
        said.append(w.say("unknown", "deck.below_15.unknown", unknown=unknown))
    said += _empty_districts(w)
    listed: list[TableRow] = [
        (
            str(row["name"]),
            str(row["district_name"] or ""),
            _met(w, row["unit_code"], row["criteria_met"], rows[rows["unit_code"] == row["unit_code"]]),
            criterion_codes(t, row["unmet"]),
            t.format.day(row["last_report"]),
        )
        for row in rows.to_dict("records")
    ]
    head = w.head("commune", "district", "criteria_met", "unmet", "last_report")
    return (*w.pages("communes", w.title("deck.below_15.communes_title", **parts), head, listed, said), *_considered(w))


def _bound(w: Writer) -> Figure:
    rule = watch_rules()["below_15"]
    return w.number("bound", rule["below"], str(rule["document"]))


def _met(w: Writer, code: object, met: float, rows: pd.DataFrame) -> Figure:
    return w.number(f"met.{code}", met, w.t("deck.criteria.met_of_commune"), rows)


def _empty_districts(w: Writer) -> list[Sentence]:
    """Say which districts have no NTM commune (huyện trắng), or that it is not known."""
    t, unit = w.t, w.material.unit
    rows = w.read("standing_by_district", province=unit.province, month=w.month)
    rows = rows[rows["communes"] > 0]
    if unit.level == "district":
        rows = rows[rows["unit_code"] == unit.code]
    if not len(rows):
        return []
    if rows["is_without_ntm"].isna().any():
        return [w.say("districts", "deck.below_15.districts_unknown")]
    empty = rows[rows["is_without_ntm"].astype(bool)]
    if unit.level == "district":
        return [w.say("districts", f"deck.below_15.district_{'empty' if len(empty) else 'held'}")]
    count = w.number("empty_districts", len(empty), t("deck.below_15.empty_definition"))
    key = "deck.below_15.districts" if len(empty) else "deck.below_15.districts_none"
    return [w.say("districts", key, count=count, names=names_of(t, empty["name"]))]


def _considered(w: Writer) -> tuple[Slide, ...]:
    """Return the communes that the data put on the list of decision 18/2022/QĐ-TTg: a list, no decision."""
    t, rule = w.t, watch_rules()["withdrawal"]
    if w.month < rule["valid_from"]:
        return ()
    document, rows = str(rule["document"]), w.read("criteria_recognised", **w.scope)
    found = reassessment(rows) if len(rows) else rows
    if not len(found):
        title = w.title("deck.below_15.withdrawal", document=document)
        return (w.slide("considered", title, missing=t("deck.below_15.no_recognised")),)
    of = found["verdict"]
    definition = t("deck.below_15.considered_definition", document=document)
    parts: dict[str, Figure | str] = {
        "count": w.number("considered", int((of == CONSIDER).sum()), definition, found[of == CONSIDER]),
        "held": w.number("held", int((of != GONE).sum()), t("deck.below_15.held_definition"), found[of != GONE]),
        "open": w.number("not_judged", int((of == NOT_JUDGED).sum()), definition, found[of == NOT_JUDGED]),
        "document": document,
    }
    said = [
        w.say("considered", "deck.below_15.considered", **parts),
        w.say("no_decision", "deck.below_15.no_decision"),
    ]
    listed: list[TableRow] = [
        (
            str(row["name"]),
            str(row["district_name"] or ""),
            word(t, "standard", row["standard"]) or "",
            t(f"criteria_verdict.{row['verdict']}"),
            None
            if is_missing(row["criteria_not_met"])
            else w.number(f"failing.{row['unit_code']}", row["criteria_not_met"], t("criteria.count_not_met")),
            ", ".join(t("deck.criterion_code", number=number) for number in row["named"]),
        )
        for row in found[of.isin((CONSIDER, NOT_JUDGED))].to_dict("records")
    ]
    head = ("commune", "district", "standard_now", "verdict", "unmet_count", "named_unmet")
    title = w.title("deck.below_15.considered_title", count=parts["count"], document=document)
    labels = w.head(*head)
    return w.pages("considered", title, labels, listed, said, source=t("layer.source.standing"))


def _commune(w: Writer) -> tuple[Slide, ...]:
    """Say whether a commune is under the floor."""
    t, row, unit = w.t, commune_row(w), w.material.unit
    if row is None or not row["is_count_known"]:
        title = w.title("deck.below_15.title", bound=_bound(w))
        return (w.slide("communes", title, missing=t("deck.criteria.commune_missing", name=unit.name, day=w.day)),)
    rows = w.read("criteria_counts", below=None, province=unit.province, district=None, month=w.month)
    met = _met(w, unit.code, row["criteria_met"], rows[rows["unit_code"] == unit.code])
    rule = watch_rules()["below_15"]
    if row["criteria_total"] != rule["of"]:
        key = "other_set"
    else:
        key = "under" if row["criteria_met"] < rule["below"] else "above"
    parts: dict[str, Figure | str] = {"name": unit.name, "met": met, "bound": _bound(w), "day": w.day}
    said = [w.say("communes", f"deck.below_15.commune_{key}", **parts), *_verdict(w, str(row["standard"]))]
    return (w.slide("communes", w.title(f"deck.below_15.commune_{key}_title", **parts), said),)


def _verdict(w: Writer, standard: str) -> list[Sentence]:
    """Say what the rule of withdrawal gives of a commune that holds, or may hold, a standard."""
    rule = watch_rules()["withdrawal"]
    if w.month < rule["valid_from"] or standard == "none":
        return []
    if standard == "unknown":
        return [w.say("considered", "deck.below_15.no_recognised")]
    rows = w.read("criteria_recognised", **w.scope)
    rows = rows[rows["unit_code"] == w.material.unit.code]
    if not len(rows):
        return []
    verdict = w.t(f"criteria_verdict.{reassessment(rows)['verdict'].iloc[0]}")
    return [
        w.say("considered", "deck.below_15.commune_considered", document=str(rule["document"]), verdict=verdict),
        w.say("no_decision", "deck.below_15.no_decision"),
    ]
