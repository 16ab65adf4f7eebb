"""What of the allocated money was disbursed: by source, year and district, each rate with its base and cut-off."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ntm.charts.payments_words import part_name, why_text
from ntm.metrics.payments import (
    Disbursement,
    as_date,
    common_cutoff,
    disbursement,
    disbursement_by_source,
    left_out,
    ranking,
    why_no_rate,
)
from ntm.metrics.share import share
from ntm.model import is_missing
from ntm.reports.deck.amounts import amount, cells_at, cells_of_groups
from ntm.reports.deck.model import Figure, Sentence, Slide
from ntm.reports.deck.writing import TableRow, Writer, names_of

_STAGES = ("allocated", "disbursed")


def slides(w: Writer, money: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the rates of the last year by source, those of the years, and of a province those of its districts."""
    made = _by_source(w, money[money["year"] == w.material.period.last_year])
    if len(w.material.period.years) > 1:
        made += _by_year(w, money)
    if w.material.unit.level == "province":
        made += _districts(w)
    return made


def _by_source(w: Writer, of_year: pd.DataFrame) -> tuple[Slide, ...]:
    t, year = w.t, w.material.period.last_year
    refused = why_no_rate(of_year, year, w.month)
    found = disbursement(of_year, year, w.month)
    table = disbursement_by_source(of_year, year, w.month)
    if refused is not None or found is None or table is None:
        title = t("deck.funding.no_rate", year=year)
        return (w.slide("rates", title, missing=why_text(t, refused, year) if refused else ""),)
    cells = _paired_cells(w, of_year, found)
    rows = [
        (
            t(f"source.{group}"),
            *_rate(w, f"rate_{year}_{group}", told, disbursed, cells_of_groups(cells, str(group)), year, found.cutoff),
        )
        for group, told, disbursed in zip(table["source_group"], table["allocated"], table["disbursed"], strict=True)
    ]
    whole = base_of(w, of_year, found)
    rows.append((t("deck.funding.rate_total"), *whole))
    day = t.format.day(found.cutoff)
    said = w.say(
        "rate", "deck.funding.say_rate", year=str(year), day=day, rate=whole[2], disbursed=whole[1], allocated=whole[0]
    )
    over = [t(f"source.{group}") for group in table.loc[table["is_over"], "source_group"]]
    out = [part_name(t, *part) for part in left_out(of_year, year, found.cutoff)]
    sentences = [
        said,
        w.say("rate_over", "deck.funding.over", names=", ".join(over)) if over else None,
        w.say("rate_left_out", "payments.left_out", names=", ".join(out), day=day) if out else None,
        _own_rank(w) if w.material.unit.level == "district" else None,
    ]
    title = w.title("deck.funding.title_rate", rate=whole[2], day=day)
    return w.pages("rates", title, _head(w, "column.source"), rows, sentences, notes=(t("payments.rule"),))


def _paired_cells(w: Writer, of_year: pd.DataFrame, found: Disbursement) -> pd.DataFrame:
    """Return the cells of the money that tells both allocated and disbursed at the cut-off."""
    cells = cells_at(w.material, found.year, list(_STAGES), found.cutoff)
    out = set(left_out(of_year, found.year, found.cutoff))
    parts = zip(cells["source_code"], cells["nature"].fillna(""), strict=True)
    return cells[[part not in out and part[0] != "credit" for part in parts]]


def base_of(w: Writer, money: pd.DataFrame, found: Disbursement) -> tuple[Figure, Figure, Figure]:
    """Return what was allocated and disbursed of all sources that tell both, and the rate."""
    cells = _paired_cells(w, money[money["year"] == found.year], found)
    return _rate(w, f"rate_{found.year}", found.allocated, found.disbursed, cells, found.year, found.cutoff)


def _rate(
    w: Writer, name: str, allocated: object, disbursed: object, cells: pd.DataFrame, year: int, cutoff: date
) -> tuple[Figure, Figure, Figure]:
    """Return allocated, disbursed, and the rate of the one over the other, each with its cells."""
    words = {"year": year, "day": w.t.format.day(cutoff)}
    own = {stage: cells[cells["stage"] == stage] for stage in _STAGES}
    of_allocated = w.t("deck.funding.definition_allocated", **words)
    of_disbursed = w.t("deck.funding.definition_disbursed", **words)
    return (
        amount(w, f"{name}_allocated", allocated, of_allocated, own["allocated"]),
        amount(w, f"{name}_disbursed", disbursed, of_disbursed, own["disbursed"]),
        w.pct(name, share(disbursed, allocated, "share.of_allocated"), cells),
    )


def _head(w: Writer, first: str) -> tuple[str, ...]:
    return (w.t(first), w.t("column.allocated"), w.t("column.disbursed"), w.t("deck.funding.rate"))


def _by_year(w: Writer, money: pd.DataFrame) -> tuple[Slide, ...]:
    """Return the rate of each year at its last cut-off that tells both; of the others why there is none."""
    t = w.t
    rows: list[TableRow] = []
    refused: list[Sentence | None] = []
    for year in w.material.period.years:
        of_year = money[money["year"] == year]
        found, why = disbursement(of_year, year, w.month), why_no_rate(of_year, year, w.month)
        if found is None or why is not None:
            rows.append((str(year), None, None, None, None))
            refused.append(w.say(f"no_rate_{year}", f"payments.why_{why.why}", year=str(year)) if why else None)
            continue
        rows.append((str(year), *base_of(w, money, found), t.format.day(found.cutoff)))
    if not any(row[1] for row in rows):
        return ()
    head = (*_head(w, "filter.year"), t("deck.funding.until"))
    return w.pages("rate_years", t("deck.funding.rate_years"), head, rows, refused, notes=(t("payments.rule"),))


def _districts(w: Writer) -> tuple[Slide, ...]:
    """Return the districts by their rate, equal ones with one rank, and who is in no rank."""
    t, year = w.t, w.material.period.last_year
    ranked = ranking(w.material.read("payments_districts", province=w.material.unit.code, month=w.month))
    # The query tells of the month's year: that is an earlier one where the data end before the period does.
    compared = ranked[ranked["rank"].notna()] if year == w.month.year else ranked.head(0)
    title = t("deck.funding.title_districts", year=year)
    if not len(compared):
        return (w.slide("rate_districts", title, missing=t("deck.funding.no_districts", year=year)),)
    rows: list[TableRow] = []
    for row in compared.to_dict("records"):
        name = f"rate_of_{row['unit_code']}"
        cutoff = as_date(row["period_end"])
        cells = w.material.read("funding_cells", unit=row["unit_code"], year=year, stages=list(_STAGES), cutoff=cutoff)
        own = cells[cells["source_code"] != "credit"]
        rank = w.number(f"{name}_rank", int(row["rank"]), t("deck.funding.definition_rank"), own)
        rows.append((rank, str(row["name"]), *_rate(w, name, row["allocated"], row["disbursed"], own, year, cutoff)))
    day = t.format.day(as_date(common_cutoff(ranked)))
    high, low = (compared["rate_pct"].max(), compared["rate_pct"].min())
    shown = {str(row[1]): row[-1] for row in rows if isinstance(row[-1], Figure)}
    ends = [
        w.say(
            f"districts_{end}",
            f"deck.funding.say_{end}",
            names=", ".join(names := list(compared.loc[compared["rate_pct"] == rate, "name"])),
            rate=shown[names[0]],
            day=day,
        )
        for end, rate in (("highest", high), ("lowest", low))
    ]
    head = (t("payments.column_rank"), *_head(w, "column.district"))
    return w.pages("rate_districts", title, head, rows, [*ends, *_beside(w, ranked)], notes=(t("payments.rule"),))


def _beside(w: Writer, ranked: pd.DataFrame) -> list[Sentence | None]:
    """Name those that do not report, those at another cut-off or without money, those that are to be checked."""
    silent, common = ranked[~ranked["is_reported"]], common_cutoff(ranked)
    other = ranked[ranked["is_reported"] & ranked["rank"].isna()]
    over = ranked[ranked["is_over"].fillna(False).astype(bool)]
    count = w.number("silent_districts", len(silent), w.t("deck.funding.definition_silent"))
    return [
        w.say("districts_silent", "deck.funding.silent", count=count, names=names_of(w.t, silent["name"]))
        if len(silent)
        else None,
        w.say(
            "districts_other",
            "deck.funding.not_compared",
            names=names_of(w.t, other["name"]),
            day=w.t.format.day(as_date(common)),
        )
        if len(other)
        else None,
        w.say("districts_over", "deck.funding.over", names=names_of(w.t, over["name"])) if len(over) else None,
    ]


def _own_rank(w: Writer) -> Sentence | None:
    """Return the rank of a district among those of its province that can be compared."""
    unit = w.material.unit
    ranked = ranking(w.material.read("payments_districts", province=unit.province, month=w.month))
    own = ranked[ranked["unit_code"] == unit.code]
    if not len(own) or is_missing(own["rank"].iloc[0]):
        return None
    t = w.t
    rank = w.number("rank", int(own["rank"].iloc[0]), t("deck.funding.definition_rank"))
    of = w.number("ranked", int(ranked["rank"].notna().sum()), t("deck.funding.definition_ranked"))
    return w.say("rank", "deck.funding.say_rank", rank=rank, of=of, day=t.format.day(as_date(common_cutoff(ranked))))
