"""Which class of a layer each row is in: whole columns at once, for a month as for sixty."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ntm.charts.map_layers.model import UNKNOWN, Criterion
from ntm.charts.map_layers.specs import LayerSpec, class_keys
from ntm.metrics.watch import LISTS, watch_lists

Keys = NDArray[np.object_]


def classify(spec: LayerSpec, rows: pd.DataFrame, criterion: Criterion | None) -> Keys:
    """Return the key of each row's class. `rows` is a frame of one of the map queries.

    Raises ValueError for the layer of a criterion without one.
    """
    return _KINDS[spec.kind](spec, rows, criterion)


def _codes(spec: LayerSpec, rows: pd.DataFrame, _: Criterion | None) -> Keys:
    keys = rows[spec.column].astype(object).map(str).to_numpy(object)
    return np.where(np.isin(keys.astype(str), list(spec.colors)), keys, UNKNOWN)


def _bounds(spec: LayerSpec, rows: pd.DataFrame, _: Criterion | None) -> Keys:
    values = _numbers(rows, spec.column)
    keys = _between(spec.bounds, values)
    for value, key in spec.exactly.items():
        keys[values == value] = key
    for column, key in spec.equals.items():
        keys[values == _numbers(rows, column)] = key
    keys[np.isnan(values)] = spec.missing
    if spec.known:
        keys[~_flags(rows, spec.known)] = UNKNOWN
    for column, key in spec.where.items():
        keys[_flags(rows, column)] = key
    return keys


def _criterion(spec: LayerSpec, rows: pd.DataFrame, criterion: Criterion | None) -> Keys:
    """Results under different sets are not comparable: a row of another set than the criterion's is unknown."""
    if criterion is None:
        raise ValueError(f"{spec.name}: no criterion given")
    bit = np.int64(1) << np.int64(criterion.number)
    unmet, unknown = (rows[column].to_numpy("int64") & bit for column in ("unmet_mask", "unknown_mask"))
    is_told = (rows["set_code"] == criterion.set_code).to_numpy(bool) & rows["last_report"].notna().to_numpy(bool)
    return np.select([~is_told | (unknown != 0), unmet != 0], [UNKNOWN, "not_met"], "met").astype(object)


def _next_standard(spec: LayerSpec, rows: pd.DataFrame, _: Criterion | None) -> Keys:
    """Criteria missing of the standard that comes next: steps above NTM have classes of their own."""
    missing, unknown = _numbers(rows, spec.column), _numbers(rows, "next_unknown")
    low = np.array([0, *spec.bounds])[np.searchsorted(spec.bounds, missing, side="right")].astype(str).astype(object)
    step = np.where((rows["next_standard"] == "ntm").to_numpy(bool), "ntm_", "above_").astype(object)
    keys: Keys = step + low
    keys[np.isnan(missing) | (unknown != 0)] = UNKNOWN
    keys[(rows["standard"] == "kieu_mau").to_numpy(bool)] = "top"
    return keys


def _watch(_: LayerSpec, rows: pd.DataFrame, __: Criterion | None) -> Keys:
    """The gravest list that a commune is on; unknown when it is on none and one of them is open."""
    lists = watch_lists(rows)
    is_open = lists.isna().any(axis=1).to_numpy(bool)
    on = [lists[name].fillna(False).to_numpy(bool) for name in LISTS]
    return np.select([*on, is_open], [*LISTS, UNKNOWN], "none").astype(object)


def _between(bounds: tuple[int, ...], values: NDArray[np.float64]) -> Keys:
    keys: Keys = np.array(class_keys(bounds), dtype=object)
    return keys[np.searchsorted(bounds, values, side="right").clip(max=len(bounds))]


def _numbers(rows: pd.DataFrame, column: str) -> NDArray[np.float64]:
    return np.asarray(pd.to_numeric(rows[column]).astype("Float64").to_numpy(float, na_value=np.nan), np.float64)


def _flags(rows: pd.DataFrame, column: str) -> NDArray[np.bool_]:
    return rows[column].astype("boolean").fillna(False).to_numpy(bool)


_KINDS: Mapping[str, Callable[[LayerSpec, pd.DataFrame, Criterion | None], Keys]] = {
    "codes": _codes,
    "bounds": _bounds,
    "criterion": _criterion,
    "next_standard": _next_standard,
    "watch": _watch,
}
