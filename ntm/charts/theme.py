"""One look for every chart: colours with one meaning each across the product, Vietnamese separators, room for phones.

Colours are told apart with any colour vision (after Okabe and Ito, 2008, and a single-hue scale for nested standards).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

STANDARD_COLORS = {
    "kieu_mau": "#0B3C5D",
    "nang_cao": "#2878B5",
    "ntm": "#8EC1E6",
    "none": "#F2C9A1",
    "unknown": "#8A949E",
    "not_rural": "#E3E7EA",
}
REFORM_COLORS = {
    "all_kieu_mau": "#0B3C5D",
    "all_nang_cao": "#2878B5",
    "all_ntm": "#8EC1E6",
    "some": "#B8963A",
    "none": "#F2C9A1",
    "unknown": "#8A949E",
    "no_rural": "#E3E7EA",
}
BAND_COLORS = {
    "full": "#0B3C5D",
    "from_15": "#2878B5",
    "from_10": "#F2C9A1",
    "from_5": "#D9853B",
    "below_5": "#8C3B0C",
    "unknown": "#8A949E",
    "not_rural": "#E3E7EA",
}
SOURCE_COLORS = {
    "central": "#0072B2",
    "local": "#009E73",
    "integrated": "#56B4E9",
    "credit": "#B8BEC4",
    "enterprise": "#CC79A7",
    "community": "#E69F00",
    "other": "#5B6B64",
}
STAGE_COLORS = {
    "need": "#B8BEC4",
    "plan": "#7FA7C9",
    "allocated": "#2878B5",
    "disbursed": "#00694B",
    "mobilised": "#E69F00",
    "carried_over": "#6A1B4D",
}
YEAR_COLORS = {"this": STAGE_COLORS["disbursed"], "last": "#9C7B4F", "base": STAGE_COLORS["allocated"]}
PROJECTED_FILL = "rgba(0, 105, 75, 0.14)"
STATUS_COLORS = {
    "reached": "#00694B",
    "on_pace": "#8FD0B8",
    "open": "#2878B5",
    "behind": "#F0B95B",
    "missed": "#C2410C",
    "unknown": "#8A949E",
    "pending": "#E3E7EA",
}
OUTCOME_COLORS = {"met": "#00694B", "not_met": "#C2410C", "unknown": "#8A949E"}
MONEY_COLORS = {"1": "#BDEBB4", "2": "#6CBC93", "3": "#2F9A70", "4": "#15694C", "5": "#0A3A2A"}
WAITING_COLORS = {"1": "#E8C4F2", "2": "#C08CD6", "3": "#9656B8", "4": "#6A2F8E", "5": "#3A1055"}
DEBT_COLORS = {"none": "#A9D6EE", "1": "#F7D9A8", "2": "#E0A04F", "3": "#B0601A", "4": "#66300C"}
CHANGE_COLORS = {"3": "#1B5E98", "1": "#6FB1DE", "0": "#F5E6C4", "lost": "#B5480F", "other_set": "#382E2F"}
DISTANCE_COLORS = {
    "top": "#051C2C",
    "above_0": "#0F4A80", "above_1": "#2F80C0", "above_2": "#74B2E4", "above_4": "#B0D6F5",
    "ntm_0": "#6B2F06", "ntm_1": "#B0601A", "ntm_2": "#E0A04F", "ntm_4": "#FBE0B0",
}  # fmt: skip
SHARE_COLORS = {"none": "#F2C9A1", "1": "#B0D6F2", "2": "#6FAFE0", "3": "#2878B5", "4": "#0B3C5D"}
WATCH_COLORS = {"withdrawal": "#7A2A0A", "below_15": "#E08A3A", "one_away": "#2878B5", "none": "#F3EBD8"}
UNKNOWN_COLOR, NOT_RURAL_COLOR = STANDARD_COLORS["unknown"], STANDARD_COLORS["not_rural"]
TARGET_COLOR = "#C2410C"
INK = "#0E1814"
_GRID = "#E1E8E4"
_FONT = "'Be Vietnam Pro', sans-serif"


_AXIS = {"gridcolor": _GRID, "zerolinecolor": _GRID, "automargin": True, "fixedrange": True}
_TEMPLATE = go.layout.Template(
    layout={
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": _FONT, "size": 14, "color": INK},
        "paper_bgcolor": "#FFFFFF",  # also that of a picture that is taken along
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"font": {"family": _FONT, "size": 14}},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "font": {"size": 14}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "rgba(14,24,20,0.65)", "activecolor": INK},
        "bargap": 0.28,
        "uniformtext": {"minsize": 10, "mode": "hide"},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
)
pio.templates["ntm"] = _TEMPLATE


def draw(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], language: str, height: int) -> go.Figure:
    """Return a figure in the common look, with the separators of the language.

    Traces and layout are plain values in plotly's words, so that they are checked once: a figure that is put together
    by updates costs ten times as much.
    """
    separators = ",." if language == "vi" else ".,"
    return go.Figure(list(traces), {"template": "ntm", "separators": separators, "height": height, **layout})


def line_at(axis: str, value: Any, **line: Any) -> dict[str, Any]:
    """Return a straight line across the plot at a value of the x or y axis, as a shape of the layout."""
    other = "y" if axis == "x" else "x"
    return {
        "type": "line", f"{axis}ref": axis, f"{other}ref": "paper", f"{axis}0": value, f"{axis}1": value,
        f"{other}0": 0, f"{other}1": 1, "line": line,
    }  # fmt: skip


def month_ticks(months: Sequence[object], every: int = 6) -> list[object]:
    """Return the months that get a tick: each `every`-th, counted back from the last so that it always has one."""
    return list(months)[::-1][::every][::-1]
