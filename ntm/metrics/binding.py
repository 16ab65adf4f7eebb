"""Which criteria hold communes back: how many communes miss each, and how many would be free of all others."""

from __future__ import annotations

import pandas as pd

from ntm.metrics.outcomes import NOT_MET, UNKNOWN, OutcomeTable

MOST_AWAY = 3


def binding_criteria(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the criteria that some communes miss or do not tell, those that most communes miss first.

    `rows` is one row for each commune and criterion of one set (commune_outcomes). Columns: criterion_no, name_vi,
    name_en, lead_agency, not_met, unknown, communes.
    """
    table = rows.drop_duplicates("criterion_no")[["criterion_no", "name_vi", "name_en", "lead_agency"]]
    for outcome in ("not_met", "unknown"):
        counts = (rows["outcome"] == outcome).groupby(rows["criterion_no"]).sum()
        table = table.assign(**{outcome: table["criterion_no"].map(counts)})
    table = table.assign(communes=rows["unit_code"].nunique())
    table = table[(table["not_met"] > 0) | (table["unknown"] > 0)]
    return table.sort_values(["not_met", "unknown"], ascending=False, kind="stable").reset_index(drop=True)


def communes_away(table: OutcomeTable, most: int = MOST_AWAY) -> pd.DataFrame:
    """Return the communes that miss one criterion up to `most`, the nearest first, with unmet and untold numbers.

    Adds to the units of the table `unmet` and `untold` (tuples of numbers) and `is_sure`: each criterion is told.
    One that is not sure may be further away than it seems, or miss nothing; it stands with the fewest it can miss.
    """
    units = table.units.assign(
        unmet=table.numbers(NOT_MET), untold=table.numbers(UNKNOWN), is_sure=table.units["unknown"] == 0
    )
    near = units[(units["not_met"] <= most) & (units["not_met"] + units["unknown"] > 0)]
    return near.sort_values(["not_met", "unknown"], kind="stable").reset_index(drop=True)


def released_by_one(away: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Return the criteria that block the communes of communes_away, those that release most alone first.

    Adds to the rows of `criteria` (of an OutcomeTable): `alone` (communes that miss it and nothing else), `with_one`,
    `with_two` (that miss one or two others too), `blocked` (all of these), `names` (of those it releases alone) and
    `unsure`: communes that do not tell every criterion and miss this one, or do not tell it.
    """
    sure, unsure = away[away["is_sure"]], away[~away["is_sure"]]
    rows = []
    for number in criteria["criterion_no"]:
        missing = sure[_has(sure["unmet"], number)]
        counts = missing["not_met"].value_counts()
        alone = missing.loc[missing["not_met"] == 1, "name"]
        rows.append(
            {
                "alone": len(alone), "with_one": int(counts.get(2, 0)), "with_two": int(counts.get(3, 0)),
                "blocked": len(missing), "names": ", ".join(alone) or None,
                "unsure": int((_has(unsure["unmet"], number) | _has(unsure["untold"], number)).sum()),
            }
        )  # fmt: skip
    found = criteria[["criterion_no", "name_vi", "name_en", "lead_agency"]].reset_index(drop=True)
    found = found.join(pd.DataFrame(rows, index=found.index))
    found = found[(found["blocked"] > 0) | (found["unsure"] > 0)]
    return found.sort_values(["alone", "blocked", "unsure"], ascending=False, kind="stable").reset_index(drop=True)


def released_together(away: pd.DataFrame) -> pd.DataFrame:
    """Return each set of criteria that some commune misses exactly, the one that releases most first.

    Columns: unmet (tuple of numbers), criteria (how many), exactly (communes that miss just these), released (communes
    that miss nothing else: these and those that miss a part of them), names (of the released). Of sure communes alone.
    """
    sure = away[away["is_sure"]]
    missed = [frozenset(numbers) for numbers in sure["unmet"]]
    rows = []
    for numbers in dict.fromkeys(sure["unmet"]):
        wanted = frozenset(numbers)
        names = [name for name, missing in zip(sure["name"], missed, strict=True) if missing <= wanted]
        rows.append((numbers, len(numbers), missed.count(wanted), len(names), ", ".join(names)))
    table = pd.DataFrame(rows, columns=["unmet", "criteria", "exactly", "released", "names"])
    return table.sort_values(["released", "criteria"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _has(lists: pd.Series, number: str) -> pd.Series:
    return pd.Series([number in listed for listed in lists], index=lists.index, dtype=bool)
