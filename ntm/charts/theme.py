"""One look for every chart: colours with one meaning each across the product, Vietnamese separators, room for phones.

Colours are told apart with any colour vision (after Okabe and Ito, 2008, and a single-hue scale for nested standards).
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

STANDARD_COLORS = {
    "kieu_mau": "#0B3C5D",
    "nang_cao": "#2878B5",
    "ntm": "#8EC1E6",
    "none": "#F2C9A1",
    "unknown": "#8A949E",
    "not_rural": "#E3E7EA",
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
}
STATUS_COLORS = {"reached": "#00694B", "open": "#2878B5", "missed": "#C2410C", "unknown": "#8A949E"}
OUTCOME_COLORS = {"met": "#00694B", "not_met": "#C2410C", "unknown": "#8A949E"}
TARGET_COLOR = "#C2410C"
INK = "#0E1814"
_GRID = "#E1E8E4"
_FONT = "'Be Vietnam Pro', sans-serif"


def layout(figure: go.Figure, language: str, height: int = 340) -> go.Figure:
    """Give a figure the common look and the separators of the language; return the same figure."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        font={"family": _FONT, "size": 14, "color": INK},
        separators=",." if language == "vi" else ".,",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"font": {"family": _FONT, "size": 14}},
        legend={
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.02,
            "x": 0,
            "title": None,
            "font": {"size": 14},
        },
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    figure.update_xaxes(gridcolor=_GRID, zerolinecolor=_GRID, automargin=True, title=None, fixedrange=True)
    figure.update_yaxes(gridcolor=_GRID, zerolinecolor=_GRID, automargin=True, title=None, fixedrange=True)
    return figure


def month_ticks(months: Sequence[object], every: int = 6) -> list[object]:
    """Return the months that get a tick: each `every`-th, counted back from the last so that it always has one."""
    return list(months)[::-1][::every][::-1]
