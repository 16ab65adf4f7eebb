"""The flow of money: source → component → district, each band as wide as its amount."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ntm.charts.theme import INK, SOURCE_COLORS, draw
from ntm.i18n import Translator
from ntm.metrics.funding import SOURCE_GROUPS
from ntm.metrics.funding_flow import NOT_CODED

_NODE, _LINK_ALPHA = "#5B6B64", 0.45
_NODE_HEIGHT, _MOST_HEIGHT = 46, 1400
_HEADING_WIDTH = 14
"""Characters of a line above a column: three columns stand side by side on a phone."""
_KINDS = {"Thành phố ": "TP ", "Thị xã ": "TX ", "Huyện ": "H. ", "Quận ": "Q. "}
"""Kind of a unit as it begins a name -> as forms shorten it: two districts may differ by it alone."""


def funding_flow(links: pd.DataFrame, places: Mapping[str, str], t: Translator) -> go.Figure:
    """Flows in million đồng; `links` of metrics.funding_flow.Flow, `places` the name of each unit_code in their order.

    The bands keep the colour of their source all the way.
    """
    sources = [group for group in SOURCE_GROUPS if group in set(links["source_group"])]
    codes = sorted(set(links["component_no"]), key=lambda code: (code == NOT_CODED, code))
    units = [code for code in places if code in set(links["unit_code"])]
    keys = [("source", group) for group in sources]
    keys += [("component", code) for code in codes] + [("unit", code) for code in units]
    number = {key: index for index, key in enumerate(keys)}
    bands = [
        *_bands(links, "source_group", "component_no", ("source", "component"), number),
        *_bands(links, "component_no", "unit_code", ("component", "unit"), number),
    ]
    names = [_name(key, places, t) for key in keys]
    said = [f"{name}: {t.format.money(_amount(links, key))}" for name, key in zip(names, keys, strict=True)]
    # A single node in the middle is named above it: beside it there is no room on a phone.
    is_alone = codes == [NOT_CODED]
    shown = ["" if is_alone and kind == "component" else name for (kind, _), name in zip(keys, names, strict=True)]
    headings = [
        t("column.source"),
        t("funding.not_coded") if is_alone else t("funding.components"),
        t("column.district"),
    ]
    trace: dict[str, Any] = {
        "type": "sankey",
        "arrangement": "fixed",
        "textfont": {"color": INK, "size": 13, "shadow": "0 0 3px #FFFFFF, 0 0 3px #FFFFFF"},
        "node": {
            "label": shown,
            "color": [SOURCE_COLORS[code] if kind == "source" else _NODE for kind, code in keys],
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
            "customdata": said,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": [band[0] for band in bands],
            "target": [band[1] for band in bands],
            "value": [band[3] for band in bands],
            "color": [_see_through(SOURCE_COLORS[band[2]]) for band in bands],
            "customdata": [
                f"{names[left]} → {names[right]}<br>{t(f'source.{group}')}: {t.format.money(amount)}"
                for left, right, group, amount in bands
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    rows = max(len(sources), len(codes), len(units))
    layout = {
        "margin": {"l": 4, "r": 4, "t": 48, "b": 12},
        "annotations": [
            {
                "text": f"<b>{'<br>'.join(wrap(heading, _HEADING_WIDTH))}</b>",
                "x": x, "y": 1.01, "xref": "paper", "yref": "paper", "showarrow": False,
                "xanchor": anchor, "yanchor": "bottom", "font": {"size": 13},
            }
            for heading, x, anchor in zip(headings, (0, 0.5, 1), ("left", "center", "right"), strict=True)
        ],
    }  # fmt: skip
    return draw([trace], layout, t.language, height=min(160 + _NODE_HEIGHT * rows, _MOST_HEIGHT))


def short_name(name: str) -> str:
    """Return a unit's name with its kind shortened: 'TP Vị Thanh', 'H. Long Mỹ'."""
    return next((short + name.removeprefix(kind) for kind, short in _KINDS.items() if name.startswith(kind)), name)


def _bands(
    links: pd.DataFrame, left: str, right: str, kinds: tuple[str, str], number: Mapping[tuple[str, str], int]
) -> list[tuple[int, int, str, float]]:
    """Return (left node, right node, source, amount) of one pair of columns, apart by source."""
    keys = list(dict.fromkeys([left, right, "source_group"]))
    sums = links.groupby(keys, sort=False)["amount_vnd_million"].sum().round(6).reset_index()
    return [
        (number[kinds[0], row[left]], number[kinds[1], row[right]], row["source_group"], row["amount_vnd_million"])
        for row in sums.to_dict("records")
    ]


def _amount(links: pd.DataFrame, key: tuple[str, str]) -> float:
    column = {"source": "source_group", "component": "component_no", "unit": "unit_code"}[key[0]]
    return round(float(links.loc[links[column] == key[1], "amount_vnd_million"].sum()), 6)


def _name(key: tuple[str, str], places: Mapping[str, str], t: Translator) -> str:
    kind, code = key
    if kind == "source":
        return t(f"funding.short_{code}")
    if kind == "component":
        return t("funding.not_coded") if code == NOT_CODED else t("funding.component", code=code)
    return short_name(places[code])


def _see_through(color: str) -> str:
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{_LINK_ALPHA})"
