"""Which criteria hold communes back: how many communes miss each."""

from __future__ import annotations

import pandas as pd


def binding_criteria(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the criteria that some communes miss or do not tell, those that most communes miss first.

    `rows` is one row for each commune and criterion of one set (district_criteria). Columns: criterion_no, name_vi,
    name_en, lead_agency, not_met, unknown, communes.
    """
    table = rows.drop_duplicates("criterion_no")[["criterion_no", "name_vi", "name_en", "lead_agency"]]
    for outcome in ("not_met", "unknown"):
        counts = (rows["outcome"] == outcome).groupby(rows["criterion_no"]).sum()
        table = table.assign(**{outcome: table["criterion_no"].map(counts)})
    table = table.assign(communes=rows["unit_code"].nunique())
    table = table[(table["not_met"] > 0) | (table["unknown"] > 0)]
    return table.sort_values(["not_met", "unknown"], ascending=False, kind="stable").reset_index(drop=True)
