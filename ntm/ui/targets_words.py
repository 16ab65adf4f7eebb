"""Targets in words: the value asked, what was reached, what is missing, each share with its parts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.share import Share, share
from ntm.metrics.targets import COUNTED, SCALES
from ntm.model import is_missing
from ntm.ui.wording import share_text, target_wording

HIGHER = ("nang_cao_communes", "kieu_mau_communes")
Row = Mapping[Hashable, Any] | pd.Series


def target_line(t: Translator, target: Row, of_ntm: float | None) -> str:
    """Return what a target asks, what was reached of it, what is missing, and the paces behind its status."""
    unit = unit_word(t, target)
    text = t(
        f"targets.say_{target['status']}",
        wording=target_wording(t, target),  # type: ignore[arg-type]
        due=t.format.day(target["due_date"]),
        value=value_text(t, target, of_ntm),
        actual=actual_text(t, target),
        missing=missing_text(t, target),
        so_far=f"{t.format.plain(target['pace_so_far'], 1)} {unit}",
        needed=f"{t.format.plain(target['pace_needed'], 1)} {unit}",
    )
    return text + _unknown_communes(t, target) + _standing_of_document(t, target)


def value_text(t: Translator, target: Row, of_ntm: float | None = None) -> str:
    """Return '38/51 xã (74,51%)', '9 xã (…)' with both shares, '5–7 sản phẩm' or '80%'.

    `of_ntm` is the number of NTM communes that the same plan asks for: what its higher standards are shares of.
    """
    if is_missing(target["value"]):
        return t("targets.no_value")
    count, metric = float(target["value"]), str(target["metric"])
    if (
        not is_missing(target["denominator"])
        and str(target["denominator"]).isdigit()
        and SCALES.get(metric) == "communes"
    ):
        return share_text(t, share(count, target["denominator"], "share.of_communes"), 2)
    if metric in HIGHER and not is_missing(target["communes"]):
        return _of_both(t, "targets.of_plan", count, target["communes"], of_ntm)
    number = t.format.plain(count)
    if not is_missing(target["value_max"]):
        number += f"–{t.format.plain(target['value_max'])}"
    if SCALES.get(metric) == "share":
        return number + "%"
    return f"{number} {t(f'metric_unit.{metric}')}"


def actual_text(t: Translator, target: Row) -> str:
    """Return what was reached: counts with their shares, shares with their counts."""
    metric = str(target["metric"])
    if is_missing(target["actual"]):
        return t("unknown")
    if metric == "ntm_communes":
        return share_text(t, share(target["actual"], target["communes"], "share.of_communes"))
    if metric in HIGHER:
        return _of_both(t, "targets.of_both", float(target["actual"]), target["communes"], target["ntm_now"])
    if SCALES.get(metric) == "share":
        parts = [_ratio(t, share(target["numerator"], target["base"], "share.of_target"))]
        if not is_missing(target["other_base"]):
            other = _ratio(t, share(target["numerator"], target["other_base"], "share.of_ntm"))
            return t("targets.open_denominator", all=parts[0], ntm=other)
        return parts[0]
    return f"{t.format.plain(target['actual'], 1)} {t(f'metric_unit.{metric}')}"


def missing_text(t: Translator, target: Row) -> str:
    """Return what is missing in units: a share in communes, a mean also in criteria, a floor in communes below it."""
    if is_missing(target["missing"]):
        return t("unknown")
    text = f"{t.format.plain(target['missing'], 1)} {unit_word(t, target)}"
    if not is_missing(target["other_missing"]):
        other = f"{t.format.plain(target['other_missing'])} {unit_word(t, target)}"
        return t("targets.missing_both", all=text, ntm=other)
    if target["missing"] and not is_missing(target["missing_criteria"]):
        text += t("targets.missing_criteria", count=t.format.number(target["missing_criteria"]))
    if target["missing"] and not is_missing(target["communes_under"]):
        text += t("targets.communes_under", count=t.format.number(target["communes_under"]))
    return text


def unit_word(t: Translator, target: Row) -> str:
    """Return the unit that what is missing is counted in: of a share what its numerator counts."""
    metric = str(target["metric"])
    return t(f"metric_unit.{COUNTED.get(metric, metric)}")


def _of_both(t: Translator, key: str, count: float, communes: object, of_ntm: object) -> str:
    of_communes = _ratio(t, share(count, communes, "share.of_communes"))
    if is_missing(of_ntm):
        return t("targets.of_communes", count=t.format.number(count), of_communes=of_communes)
    return t(
        key,
        count=t.format.number(count),
        of_communes=of_communes,
        of_ntm=_ratio(t, share(count, of_ntm, "share.of_ntm")),
    )


def _ratio(t: Translator, of: Share) -> str:
    return f"{t.format.number(of.numerator)}/{t.format.number(of.denominator)} = {t.format.share(of.pct)}"


def _unknown_communes(t: Translator, target: Row) -> str:
    """Say how many communes could still change a figure that is counted from criteria."""
    is_counted = target["metric"] in ("criteria_met_mean", "criteria_met_min", "communes_below_15")
    if not is_counted or is_missing(target["unknown_communes"]) or not target["unknown_communes"]:
        return ""
    return " " + t("targets.communes_unknown", count=t.format.number(target["unknown_communes"]))


def document_text(t: Translator, target: Row) -> str:
    """Return a target's document, marked when its workbook is illustrative."""
    return (
        f"{target['document']} ({t('targets.illustrative')})" if target["is_illustrative"] else str(target["document"])
    )


def _standing_of_document(t: Translator, target: Row) -> str:
    """Say of a target that was not read from its document or a workbook how far it can be relied on."""
    if target["confidence"] in ("reported", "verbatim"):
        return ""
    return " " + t("targets.not_official", confidence=t(f"confidence.{target['confidence']}"))
