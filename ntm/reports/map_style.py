"""The colours of a map's classes as a style that QGIS applies by itself when it opens the GeoPackage.

QGIS looks for the table `layer_styles` with its own style language (QML) in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

import pandas as pd

from ntm.charts.map_layers import MapClass

_LINE = "91,107,118,255"
_WHITE = "255,255,255,255"


def layer_style(classes: Iterable[MapClass], layer: str) -> pd.DataFrame:
    """Return the row of `layer_styles` that colours the units of a layer by their field `class`."""
    style = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = Xml.SubElement(style, "renderer-v2", type="categorizedSymbol", attr="class", symbollevels="0")
    categories, symbols = Xml.SubElement(renderer, "categories"), Xml.SubElement(renderer, "symbols")
    for number, entry in enumerate(classes):
        Xml.SubElement(categories, "category", value=entry.key, label=entry.label, symbol=str(number), render="true")
        symbol = Xml.SubElement(symbols, "symbol", type="fill", name=str(number), alpha="1", clip_to_extent="1")
        color = ",".join(str(int(entry.color[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
        if entry.hatched:
            _fill(symbol, {"color": _WHITE, "style": "solid"})
        _fill(symbol, {"color": color, "style": "b_diagonal" if entry.hatched else "solid"})
        if entry.textured:
            _fill(symbol, {"color": _LINE, "style": "dense7"})
    row = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": "geom",
        "styleName": layer,
        "styleQML": Xml.tostring(style, encoding="unicode"),
        "styleSLD": "",
        "useAsDefault": True,
        "description": "",
        "owner": "",
        "ui": "",
        "update_time": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    }
    return pd.DataFrame([row])


def _fill(symbol: Xml.Element, look: Mapping[str, str]) -> None:
    layer = Xml.SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "locked": "0", "pass": "0"})
    options = Xml.SubElement(layer, "Option", type="Map")
    whole = {
        **look,
        "outline_color": _LINE,
        "outline_style": "solid",
        "outline_width": "0.1",
        "outline_width_unit": "MM",
    }
    for name, value in whole.items():
        Xml.SubElement(options, "Option", name=name, type="QString", value=value)
        Xml.SubElement(layer, "prop", k=name, v=value)
