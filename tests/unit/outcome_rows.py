"""Rows of query commune_outcomes, made of a word for each commune: the letters m, n or u of criteria 1, 2 and so on."""

from __future__ import annotations

import pandas as pd

WORDS = {"m": "met", "n": "not_met", "u": "unknown"}


def outcome_rows(standard: str = "none", **communes: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "unit_code": unit, "name": f"Xã {unit}", "district_code": "930", "district_name": "Huyện A",
                "standard": standard, "is_stale": False, "last_report": pd.Timestamp("2022-12-31"),
                "set_code": "XA_NTM_2021_2025", "criterion_no": str(number), "name_vi": f"Tiêu chí {number}",
                "name_en": f"Criterion {number}", "lead_agency": None, "outcome": WORDS[letter],
            }
            for unit, letters in communes.items()
            for number, letter in enumerate(letters, start=1)
        ]
    )  # fmt: skip
