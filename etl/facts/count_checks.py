"""What the counts of one row must be to one another: bands add up to the total, mean and share fit the bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.clean.bands import Band
from etl.context import SheetContext

# Shares and means are cut off as often as rounded (An Giang 61/119 = 51,26 written 51,2; programme forms, case 39).
_TOLERANCE = Decimal("0.1")
_SHOWN_STEP = Decimal("0.01")


@dataclass(frozen=True)
class Counts:
    """The counts of one row, and what it states beside them. `share` is 0-100; `wholes` are those of shares like 38/51.

    `is_whole`: every number of criteria is in exactly one band, and each band has its count.
    """

    bands: Mapping[Band, int]
    wholes: frozenset[int]
    total: int | None
    mean: Decimal | None
    share: Decimal | None
    is_whole: bool


def check_row(context: SheetContext, row: int, counts: Counts, criteria: int) -> None:
    """Report what does not fit. All is kept as stated: which of the figures is wrong is for a person to say."""
    counted = sum(counts.bands.values())
    if counts.total is not None and counts.is_whole and counted != counts.total:
        context.report_role("BAND_SUM_MISMATCH", row, "total", stated=counts.total, counted=counted)
    other = sorted(whole for whole in counts.wholes if counts.total is not None and whole != counts.total)
    if other:
        context.report_role("COUNT_OF_OTHER_WHOLE", row, "total", stated=counts.total, whole=other[0])
    _check_mean(context, row, counts, counted)
    full = counts.bands.get(Band(criteria, criteria))
    communes = counts.total if counts.total is not None else counted if counts.is_whole else None
    if counts.share is None or full is None or not communes:
        return
    share = Decimal(100 * full) / communes
    if abs(share - counts.share) > _TOLERANCE:
        context.report_role("SHARE_MISMATCH", row, "share", stated=counts.share, counted=share.quantize(_SHOWN_STEP))


def _check_mean(context: SheetContext, row: int, counts: Counts, counted: int) -> None:
    """Report a mean that no numbers of criteria within the bands can have."""
    if counts.mean is None or not counts.is_whole or not counted:
        return
    low = Decimal(sum(band.low * count for band, count in counts.bands.items())) / counted
    high = Decimal(sum(band.high * count for band, count in counts.bands.items())) / counted
    if not low - _TOLERANCE <= counts.mean <= high + _TOLERANCE:
        bounds = {"low": low.quantize(_SHOWN_STEP), "high": high.quantize(_SHOWN_STEP)}
        context.report_role("MEAN_OUT_OF_BANDS", row, "mean", stated=counts.mean, **bounds)
