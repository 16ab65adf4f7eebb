"""A small map for the tests of its files: nine communes in a square of three by three, each with another fate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from ntm.charts.map_layers import MapClass, MapLayer, MapUnit
from ntm.geo.shapes import Shapes
from ntm.reports.map_sheet import MapSheet

DAY = date(2022, 6, 30)
MARKUP = "Xã <b>Một</b></script><script>document.hacked = 1</script>"
FORMULA = '=HYPERLINK("http://x.example","bấm")'
MATHS = "Xã $x^2$"
NAMES = (MARKUP, FORMULA, MATHS, "Xã Vị Tân", "Xã Hỏa Lựu", "Xã Đông Phước A", "Phường Bảy", "Xã Thuận Hòa", "Xã Đảo")
CODES = tuple(f"0000{number}" for number in range(1, 10))
CLASS_OF = dict(
    zip(CODES, ("met", "met", "met", "not_met", "not_met", "unknown", "not_rural", "met", "met"), strict=True)
)
COLORS = {"met": "#0B3C5D", "not_met": "#D9853B", "none_here": "#8C3B0C", "unknown": "#8A949E", "not_rural": "#E3E7EA"}
LABELS = {
    "met": "Đạt từ 15 tiêu chí", "not_met": "Dưới 15 tiêu chí", "none_here": "Dưới 5 tiêu chí", "unknown": "Chưa rõ",
    "not_rural": "Phường, thị trấn",
}  # fmt: skip
UNDRAWN = CODES[7]
ISLAND = CODES[8]


def layer(classes: dict[str, str] = CLASS_OF) -> MapLayer:
    held = list(classes.values())
    entries = tuple(
        MapClass(key, LABELS[key], color, held.count(key), key == "unknown", key == "not_rural")
        for key, color in COLORS.items()
    )
    names = dict(zip(CODES, NAMES, strict=True))
    units = tuple(MapUnit(code, key, (names[code], "Huyện Vị Thuỷ", LABELS[key])) for code, key in classes.items())
    return MapLayer(entries, units, "Số tiêu chí đạt", "Trên tổng số 19 tiêu chí, Quyết định 318/QĐ-TTg.")


def shapes(codes: tuple[str, ...] = CODES, is_schematic: bool = True) -> Shapes:
    drawn = [code for code in codes if code != UNDRAWN]
    polygons = []
    for code in drawn:
        x, y = 105 + (int(code) - 1) % 3 / 10, 9.9 - (int(code) - 1) // 3 / 10
        square = shapely.box(x, y, x + 0.1, y + 0.1)
        islet = shapely.box(x + 0.11, y, x + 0.12, y + 0.01)
        polygons.append(shapely.MultiPolygon([square, islet]) if code == ISLAND else square)
    names = dict(zip(CODES, NAMES, strict=True))
    communes = gpd.GeoDataFrame(
        {"unit_code": drawn, "name": [names[code] for code in drawn],
         "district_code": ["935" if int(code) < 4 else "936" for code in drawn]},
        geometry=polygons, crs="EPSG:4326",
    )  # fmt: skip
    districts = communes.dissolve("district_code").reset_index()[["district_code", "geometry"]]
    labels = {"935": "Huyện Vị Thuỷ", "936": "Thị xã Long Mỹ"}
    districts["name"] = districts["district_code"].map(labels)
    return Shapes(communes, districts, is_schematic, (), tuple(set(codes) - set(drawn)))


def table() -> pd.DataFrame:
    """Return a row for each rural commune but the unknown one, which nothing was reported of."""
    rows = [(code, name) for code, name in zip(CODES, NAMES, strict=True) if CLASS_OF[code] in ("met", "not_met")]
    count = len(rows)
    return pd.DataFrame(
        {
            "unit_code": [code for code, _ in rows],
            "name": [name for _, name in rows],
            "criteria_met": pd.array([19, 18, 17, 14, 12, 16, None], dtype="Int64"),
            "rate_pct": [95.5, None, 80.0, 60.25, 10.0, 0.0, 1.0],
            "last_report": pd.to_datetime(["2022-06-30"] * (count - 1) + [None]),
            "is_stale": [False] * (count - 1) + [True],
            "result_year": [2022] * count,
            "unmet": [[], ["3", "17"], [], ["1"], ["2"], [], None],
        }
    )


HEADINGS = {
    "name": "Xã", "criteria_met": "Số tiêu chí đạt", "rate_pct": "Tỷ lệ (%)", "last_report": "Báo cáo gần nhất",
    "is_stale": "Số liệu cũ", "result_year": "Năm", "unmet": "Tiêu chí chưa đạt",
}  # fmt: skip


def sheet(**changes: Any) -> MapSheet:
    made = MapSheet(
        title="Tỉnh Hậu Giang có 5/7 xã từ 15 tiêu chí",
        subtitle="Số tiêu chí đạt của từng xã, tháng 6/2022",
        as_of=DAY,
        source="Biểu tiêu chí các huyện gửi",
        is_illustrative=True,
        layer=layer(),
        shapes=shapes(),
        table=table(),
        labels=HEADINGS,
        notes=("Một đơn vị được đặt lại gần đúng.",),
        topics=("Hậu Giang", "Tiêu chí"),
        build_id="ntm-20220701",
    )
    return replace(made, **changes)


def one_commune(key: str = "unknown") -> MapSheet:
    return sheet(
        layer=layer({CODES[3]: key}), shapes=shapes((CODES[3],)), table=table().query(f"unit_code == '{CODES[3]}'")
    )
