"""Sentences that several pages say: a share with its parts, a target with its gap."""

from __future__ import annotations

import pandas as pd

from ntm.formatting import is_missing
from ntm.i18n import Translator
from ntm.metrics.share import Share


def share_text(t: Translator, share: Share) -> str:
    """Return '45/51 xã (88,2%)': never a percentage without its numerator and denominator."""
    return t(
        "share.text",
        numerator=t.format.number(share.numerator),
        denominator=t.format.number(share.denominator),
        pct=t.format.share(share.pct),
    )


def amount(t: Translator, value: float | None) -> str:
    """Return a count or mean as it is written: whole numbers without decimals, others with one."""
    return t.format.number(value, 0 if value is None or float(value).is_integer() else 1)


def target_sentence(t: Translator, target: pd.Series) -> str:
    """Return what a target asks for and what is missing, as of the month that its progress was taken at."""
    values = {
        "wording": target["metric_vi"] if t.language == "vi" else t(f"metric.{target['metric']}"),
        "due": t.format.day(target["due_date"]),
        "value": amount(t, target["value"]),
        "actual": amount(t, target["actual"]),
    }
    if pd.isna(target["actual"]):
        return t("target.unknown", **values)
    if target["is_reached"]:
        return t("target.reached", **values)
    return t("target.gap", gap=amount(t, round(target["gap"], 1)), **values)


def words(t: Translator, codes: pd.Series, prefix: str) -> pd.Series:
    """Return the word of each code (texts `<prefix>.<code>`); a missing code stays missing."""
    return codes.map(lambda code: None if is_missing(code) else t(f"{prefix}.{code}"))
