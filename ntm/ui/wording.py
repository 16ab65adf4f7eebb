"""Sentences that several pages say: a share with its parts, a target with its gap."""

from __future__ import annotations

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.share import Share
from ntm.model import is_missing


def share_text(t: Translator, share: Share, decimals: int = 1) -> str:
    """Return '45/51 xã (88,2%)': never a percentage without its numerator and denominator."""
    return t(
        "share.text",
        numerator=t.format.number(share.numerator),
        denominator=t.format.number(share.denominator),
        pct=t.format.share(share.pct, decimals),
    )


def target_sentence(t: Translator, target: pd.Series) -> str:
    """Return what a target asks for and what is missing, as of the month that its progress was taken at.

    `target` is a row of metrics.targets.with_status.
    """
    unit = t(f"metric_unit.{target['metric']}")
    return t(
        f"target.{target['status']}",
        wording=target_wording(t, target),
        due=t.format.day(target["due_date"]),
        value=f"{t.format.plain(target['value'])} {unit}",
        actual=t.format.plain(target["actual"], 1),
        gap=f"{t.format.plain(target['gap'], 1)} {unit}",
    )


def target_wording(t: Translator, target: pd.Series) -> str:
    """Return the target in the words of its document, or the metric's name in English; stretch ones say so."""
    wording = target["metric_vi"] if t.language == "vi" else t(f"metric.{target['metric']}")
    return wording if target["kind"] != "stretch" else f"{wording} ({t('target_kind.stretch').lower()})"


def words(t: Translator, codes: pd.Series, prefix: str) -> pd.Series:
    """Return the word of each code (texts `<prefix>.<code>`); a missing code stays missing."""
    return codes.map(lambda code: None if is_missing(code) else t(f"{prefix}.{code}"))
