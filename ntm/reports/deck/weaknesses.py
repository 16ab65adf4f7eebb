"""Weaknesses as the figures show them, and causes only where reports name them, in their words."""

from __future__ import annotations

import pandas as pd

from ntm.metrics.outcomes import outcome_table
from ntm.metrics.ranking import MEASURES, groups, ranked
from ntm.metrics.share import share
from ntm.model import is_missing
from ntm.reports.deck.criteria import labels_of, lowest, tied
from ntm.reports.deck.model import Figure, Sentence, Slide
from ntm.reports.deck.request import Material
from ntm.reports.deck.weaknesses_late import late_communes, late_slides, say_late
from ntm.reports.deck.writing import TableRow, Writer, criterion_codes, criterion_label, names_of

SECTION = "weaknesses"
LOWEST = 3
"""Criteria that are listed as the lowest; those equal to the last of them are listed too."""
_NTM = MEASURES["district"]["ntm"]


def slides(material: Material) -> tuple[Slide, ...]:
    """Return the weaknesses of a province or district in figures, then what the reports say of causes."""
    w = Writer(material, SECTION, material.t("layer.source.standing"))
    communes = _of_unit(w, w.read("communes", **w.scope))
    if not len(communes):
        return (w.slide("figures", w.t("deck.weaknesses.title"), missing=w.t("deck.weaknesses.missing", day=w.day)),)
    late = late_communes(w)
    said = [*_behind(w, communes), *_reports(w, communes), *say_late(w, late)]
    return (*_lowest(w, said), *_silent(w, communes), *late_slides(w, late), *_causes(w))


def _of_unit(w: Writer, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the unit's communes: of a commune its own."""
    return rows[rows["unit_code"] == w.material.unit.code] if w.material.unit.level == "commune" else rows


def _lowest(w: Writer, said: list[Sentence]) -> tuple[Slide, ...]:
    """Return the criteria that the fewest communes meet; of a commune only what is said."""
    t = w.t
    rows = _of_unit(w, w.read("commune_outcomes", **w.scope))
    if w.material.unit.level == "commune" or not len(rows) or (rows["outcome"] == "unknown").all():
        return (_of_commune(w, rows, said),)
    table = lowest(outcome_table(rows))
    table = table[table["not_met"] > 0]
    if not len(table):
        return (w.slide("figures", w.t("deck.weaknesses.none_missed"), said),)
    table = table[table["pct"] <= table["pct"].iloc[:LOWEST].iloc[-1]]
    cells, listed = rows.dropna(subset=["cell"]), []
    for row in table.to_dict("records"):
        own, number = cells[cells["criterion_no"] == row["criterion_no"]], row["criterion_no"]
        of = share(row["met"], row["met"] + row["not_met"], "criteria.of_known")
        agency = t("criteria.no_agency") if is_missing(row["lead_agency"]) else str(row["lead_agency"])
        met = w.number(f"met.{number}", of.numerator, t("deck.criteria.met_definition"), own[own["outcome"] == "met"])
        known = w.number(f"known.{number}", of.denominator, t("deck.criteria.known_of_one"), own)
        listed.append((criterion_label(t, row), met, known, w.pct(f"pct.{number}", of, own), agency))
    codes = criterion_codes(t, list(tied(table)["criterion_no"]))
    title = w.title("deck.weaknesses.lowest", codes=codes, pct=listed[0][3])
    head = w.head("criterion", "met", "known", "pct", "agency")
    return w.pages("figures", title, head, listed, said)


def _of_commune(w: Writer, rows: pd.DataFrame, said: list[Sentence]) -> Slide:
    """Return the criteria that a commune has not met, before what is said."""
    told = rows[rows["outcome"] != "unknown"]
    if w.material.unit.level != "commune" or not len(told):
        return w.slide("figures", w.t("deck.weaknesses.title"), said)
    unmet = told[told["outcome"] == "not_met"]
    count = w.number("unmet", len(unmet), w.t("deck.criteria.commune_not_met"), unmet)
    total = w.number("total", len(rows), w.t("deck.criteria.total_definition"))
    key = "deck.weaknesses.unmet" if len(unmet) else "deck.weaknesses.none_unmet"
    first = w.say("unmet", key, count=count, total=total, labels=labels_of(w.t, unmet))
    return w.slide("figures", w.title("deck.weaknesses.unmet_title", count=count, total=total), [first, *said])


def _behind(w: Writer, communes: pd.DataFrame) -> list[Sentence]:
    """Say which districts (of a district: communes) are the last, ties kept."""
    t = w.t
    if w.material.unit.level == "province":
        rows = w.read("ranking_districts", province=w.material.unit.code, month=w.month, earlier=None)
        table = ranked(rows, _NTM, groups(rows, "district", None))
        table = table[table["rank"].notna()]
        if not len(table) or table["rank"].nunique() < 2:
            return []
        last = table[table["rank"] == table["rank"].max()]
        names = []
        figures: dict[str, Figure | str] = {}
        for number, row in enumerate(last.to_dict("records")):
            code = row["unit_code"]
            held = w.read("holders", standard="ntm", **(w.scope | {"district": code}))
            ntm = w.number(f"behind_ntm.{code}", row["ntm_communes"], t("deck.weaknesses.ntm_definition"), held)
            of = w.number(f"behind_communes.{code}", row["communes"], t("share.of_communes"))
            figures |= {f"ntm_{number}": ntm, f"of_{number}": of}
            names.append(f"{row['name']} ({ntm.text}/{of.text})")
        return [w.say("behind", "deck.weaknesses.districts", names="; ".join(names), **figures)]
    known = communes[communes["is_count_known"]]
    if w.material.unit.level == "commune" or len(known) < 2 or known["criteria_met"].nunique() < 2:
        return []
    last = known[known["criteria_met"] == known["criteria_met"].min()]
    counted = w.read("criteria_counts", below=None, **w.scope)
    cells = counted[counted["unit_code"].isin(last["unit_code"])]
    fewest = w.number("fewest", last["criteria_met"].iloc[0], t("deck.criteria.met_of_commune"), cells)
    return [w.say("behind", "deck.weaknesses.communes", count=fewest, names=names_of(t, last["name"]))]


def _reports(w: Writer, communes: pd.DataFrame) -> list[Sentence]:
    """Say how many communes did not report of the month, and how many reports are stale."""
    silent, stale = not_reporting(communes), communes[communes["is_stale"].fillna(False).astype(bool)]
    if w.material.unit.level == "commune":
        key = "stale" if len(stale) else "silent" if len(silent) else "reported"
        return [w.say("reports", f"deck.weaknesses.commune_{key}", day=w.day)]
    parts = {
        "silent": w.number("silent", len(silent), w.t("deck.weaknesses.silent_definition")),
        "stale": w.number("stale", len(stale), w.t("deck.weaknesses.stale_definition")),
        "communes": w.number("communes", len(communes), w.t("share.of_communes")),
    }
    return [w.say("reports", "deck.weaknesses.reports", day=w.day, **parts)]


def not_reporting(communes: pd.DataFrame) -> pd.DataFrame:
    """Return the communes whose latest report is not of the month, as mart_district_month counts them."""
    return communes[communes["months_since_report"].fillna(1) > 0]


def _silent(w: Writer, communes: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the communes that did not report of the month, by name."""
    rows = not_reporting(communes)
    if w.material.unit.level == "commune" or not len(rows):
        return ()
    t, count = w.t, w.number("silent", len(rows), w.t("deck.weaknesses.silent_definition"))
    listed: list[TableRow] = [
        (
            str(row["name"]),
            str(row["district_name"] or ""),
            t("deck.weaknesses.never") if is_missing(row["last_report"]) else t.format.day(row["last_report"]),
        )
        for row in rows.to_dict("records")
    ]
    head = w.head("commune", "district", "last_report")
    said = [w.say("silent", "deck.weaknesses.silent", count=count, day=w.day)]
    return w.pages("silent", w.title("deck.weaknesses.silent_title", count=count, day=w.day), head, listed, said)


def _causes(w: Writer) -> tuple[Slide, ...]:
    """Return the causes that reports name, word for word; without any, that they name none."""
    t, rows = w.t, _of_unit(w, w.read("deck_causes", **w.scope))
    source = t("overview.source_criteria")
    outcomes = _of_unit(w, w.read("commune_outcomes", **w.scope))
    if not (outcomes["outcome"] == "not_met").any():
        return ()
    if not len(rows):
        missing = t("deck.weaknesses.no_causes", day=w.day)
        return (w.slide("causes", t("deck.weaknesses.causes_none"), missing=missing, source=source),)
    parts = {
        "count": w.number("causes", len(rows), t("deck.weaknesses.causes_definition"), rows),
        "communes": w.number("cause_communes", rows["unit_code"].nunique(), t("deck.weaknesses.causes_definition")),
    }
    listed: list[TableRow] = [
        (
            str(row["name"]),
            criterion_label(t, row),
            *(
                "" if is_missing(row[name]) else t("deck.weaknesses.quoted", words=str(row[name]))
                for name in ("cause", "proposal")
            ),
        )
        for row in rows.to_dict("records")
    ]
    head = w.head("commune", "criterion", "cause", "proposal")
    title = w.title("deck.weaknesses.causes_title", **parts)
    said = [w.say("causes", "deck.weaknesses.causes", **parts)]
    return w.pages("causes", title, head, listed, said, source=source)
