"""Disbursement in words: why there is no rate, and which money is in none; the same on every page, chart and slide."""

from __future__ import annotations

from ntm.i18n import Translator
from ntm.metrics.payments import NoRate


def why_text(t: Translator, missing: NoRate, year: int) -> str:
    """Return why there is no rate: which of the two is missing, at which cut-offs each is told, what is no base."""
    parts = [t(f"payments.why_{missing.why}", year=year)]
    for key, days in (
        ("payments.cutoffs_allocated", missing.allocated),
        ("payments.cutoffs_disbursed", missing.disbursed),
    ):
        if days:
            parts.append(t(key, days="; ".join(t.format.day(day) for day in days)))
    if missing.no_base:
        names = ", ".join(t(f"payments.no_base_{kind}") for kind in missing.no_base)
        parts.append(t("payments.no_base", names=names))
    return " ".join(parts)


def part_name(t: Translator, source: str, nature: str) -> str:
    """Return the name of the finest money that is told apart; an empty nature is not told."""
    name = t(f"source.{source}")
    return f"{name} ({t(f'nature.{nature}').lower()})" if nature else name
