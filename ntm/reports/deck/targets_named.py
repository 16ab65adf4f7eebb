"""The communes that plans name for a year: how many are not there yet, which, and what each has not met."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ntm.metrics.standing import STANDARDS
from ntm.model import is_missing
from ntm.reports.deck.model import Slide
from ntm.reports.deck.writing import TableRow, Writer, criterion_codes, names_of, word


def slides(w: Writer, year: int, units: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the named communes of a year that are not there yet, with the criteria that each has not met."""
    if not len(units):
        return ()
    t = w.t
    # Two documents may name a commune for one standard: it is one, and firm where one of them says so.
    units = units.sort_values("kind", kind="stable").drop_duplicates(["unit_code", "standard"])
    still = units[~units["is_reached"].fillna(False).astype(bool)]
    definition = t("deck.targets.named_definition", year=str(year))
    of = {}
    for kind in ("firm", "stretch"):
        mine = units[(units["kind"] == "stretch") == (kind == "stretch")]
        open_ones = mine[~mine["is_reached"].fillna(True).astype(bool)]
        of[kind] = {
            "open": w.number(f"open_{kind}_{year}", len(open_ones), definition, open_ones),
            "named": w.number(f"named_{kind}_{year}", len(mine), definition, mine),
        }
    words = {"year": str(year), "day": w.day}
    said = [
        w.say(f"{name}_{year}", f"deck.targets.{name}", **words, **of[kind])
        for kind, name in (("firm", "named"), ("stretch", "stretch"))
        if of[kind]["named"].value
    ]
    if unknown := int(units["is_reached"].isna().sum()):
        count = w.number(f"unknown_{year}", unknown, definition)
        said.append(w.say(f"unknown_{year}", "deck.targets.named_unknown", count=count))
    slipped = still[still["is_slipped"]]
    if len(slipped):
        count = w.number(f"slipped_{year}", len(slipped), t("deck.targets.slipped_definition"), slipped)
        years = zip(slipped["name"], slipped["planned_years"], strict=True)
        names = names_of(t, [f"{name} ({planned})" for name, planned in years])
        said.append(w.say(f"slipped_{year}", "deck.targets.slipped", count=count, names=names))
    head = w.head("commune", "standard_named", "kind", "planned_years", "unmet")
    order = still.assign(place=still["standard"].map(STANDARDS.index), is_last=still["kind"] == "stretch")
    listed: list[TableRow] = [
        (
            f"{row['name']} ({row['district_name']})" if row["district_name"] else str(row["name"]),
            word(t, "standard", row["standard"]),
            t(f"target_kind.{row['kind']}"),
            str(row["planned_years"]),
            _unmet_text(w, row),
        )
        for row in order.sort_values(["is_last", "place", "unit_code"], kind="stable").to_dict("records")
    ]
    kind, name = ("firm", "named") if of["firm"]["named"].value else ("stretch", "stretch")
    title = w.title(f"deck.targets.{name}_title", year=str(year), **of[kind])
    return w.pages(f"named_{year}", title, head, listed, said)


def _unmet_text(w: Writer, row: dict[Any, Any]) -> str:
    """Return the criteria of a named commune not met: of the set of its standard, where reported, and of NTM."""
    t = w.t
    of_ntm = _told(w, row["unmet"], row["unknown"])
    if row["standard"] == "ntm":
        return of_ntm
    standard = t(f"standard.{row['standard']}")
    own = t("targets.no_own_report", standard=standard)
    if not is_missing(row["own_set_code"]):
        own = f"{standard}: {_told(w, row['own_unmet'], row['own_unknown'], is_told=True)}"
    return own if of_ntm == t("targets.none_lacking") else f"{own}; {t('standard.ntm')}: {of_ntm}"


def _told(w: Writer, unmet: object, unknown: object, *, is_told: bool = False) -> str:
    """Return the codes of criteria not met and of those not known. No list means none where a report is told of."""
    if not is_told and not hasattr(unmet, "__len__"):
        return w.t("unknown")
    codes, open_ones = criterion_codes(w.t, unmet), criterion_codes(w.t, unknown)
    parts = [codes or ("" if open_ones else w.t("targets.none_lacking"))]
    parts += [w.t("targets.criteria_unknown", names=open_ones)] if open_ones else []
    return "; ".join(filter(None, parts))
