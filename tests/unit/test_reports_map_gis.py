from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from ntm.i18n import translator
from ntm.reports.map_gis import field_names, geojson, geopackage
from tests.map_sheets import CLASS_OF, CODES, COLORS, DAY, FORMULA, ISLAND, MARKUP, UNDRAWN, one_commune, shapes, sheet

VI = translator("vi")
TYPES = {
    "unit_code": "OFTString", "name": "OFTString", "district_code": "OFTString", "district": "OFTString",
    "class": "OFTString", "class_name": "OFTString", "as_of": "OFTDate", "source": "OFTString",
    "criteria_met": "OFTInteger64", "rate_pct": "OFTReal", "last_report": "OFTDate", "is_stale": "OFTInteger",
    "result_year": "OFTInteger64", "unmet": "OFTString",
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(geopackage(sheet(), VI), tmp_path_factory.mktemp("gis") / "map.gpkg")


def saved(content: bytes, path: Path) -> Path:
    path.write_bytes(content)
    return path


def units(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(path, layer="communes").set_index("unit_code")


def test_every_unit_is_a_feature_with_its_class(package: Path) -> None:
    found = units(package)
    assert found["class"].to_dict() == CLASS_OF
    assert found["class_name"][CODES[5]] == "Chưa rõ"
    assert found["district"][CODES[0]] == "Huyện Vị Thuỷ"
    assert found.crs == "EPSG:4326"


def test_fields_have_types_that_can_be_calculated_with(package: Path) -> None:
    info = pyogrio.read_info(package, layer="communes")
    assert dict(zip(info["fields"], info["ogr_types"], strict=True)) == TYPES
    assert info["geometry_type"] == "MultiPolygon"


def test_facts_of_the_table_come_along_and_the_unknown_is_empty(package: Path) -> None:
    found = units(package)
    assert found["criteria_met"][CODES[0]] == 19
    assert found["rate_pct"][CODES[3]] == 60.25
    assert found["unmet"][CODES[1]] == "3, 17"
    assert found["last_report"][CODES[0]].date() == date(2022, 6, 30)
    assert pd.isna(found["criteria_met"][ISLAND])
    assert pd.isna(found["last_report"][ISLAND])
    assert found.loc[CODES[5], ["criteria_met", "rate_pct", "unmet", "is_stale"]].isna().all()
    assert (found["as_of"].dt.date == DAY).all()
    assert set(found["source"]) == {"Biểu tiêu chí các huyện gửi"}


def test_a_unit_without_polygon_has_no_geometry_and_an_island_all_its_parts(package: Path) -> None:
    found = units(package)
    assert found.geometry.isna().to_dict() == {code: code == UNDRAWN for code in CODES}
    assert len(found.geometry[ISLAND].geoms) == 2
    assert found.geometry[CODES[3]].equals(shapes().communes.set_index("unit_code").geometry[CODES[3]])


def test_districts_are_a_layer_with_the_number_of_their_units(package: Path) -> None:
    found = gpd.read_file(package, layer="districts").set_index("district_code")
    assert found["units"].to_dict() == {"935": 3, "936": 5}
    assert found["name"]["936"] == "Thị xã Long Mỹ"


def test_hostile_names_stay_text(package: Path) -> None:
    assert list(units(package)["name"][:2]) == [MARKUP, FORMULA]


def test_the_file_says_what_it_is(package: Path) -> None:
    about = pyogrio.read_dataframe(package, layer="about")
    told = set(zip(about["item"], about["content"], strict=True))
    assert {
        ("Số liệu đến ngày", "30/6/2022"), ("Nguồn", "Biểu tiêu chí các huyện gửi"), ("Số liệu minh hoạ", "Có"),
        ("Bản số liệu", "ntm-20220701"), ("criteria_met", "Số tiêu chí đạt"),
    } <= told  # fmt: skip
    assert any("không có giá trị pháp lý" in content for content in about["content"])


def test_qgis_finds_the_colours_of_the_legend(package: Path) -> None:
    style = pyogrio.read_dataframe(package, layer="layer_styles").iloc[0]
    assert (style["f_table_name"], style["f_geometry_column"], style["useAsDefault"]) == ("communes", "geom", True)
    renderer = Xml.fromstring(style["styleQML"]).find("renderer-v2")  # noqa: S314  # written a moment ago
    assert renderer is not None
    assert renderer.get("attr") == "class"
    looks = {}
    for category in renderer.iter("category"):
        symbol = renderer.find(f"symbols/symbol[@name='{category.get('symbol')}']")
        assert symbol is not None
        options = [{option.get("name"): option.get("value") for option in fill.iter("Option")} for fill in symbol]
        looks[category.get("value")] = [(fill["color"], fill["style"]) for fill in options]
    assert list(looks) == list(COLORS)
    assert looks["met"] == [("11,60,93,255", "solid")]
    assert looks["unknown"] == [("255,255,255,255", "solid"), ("138,148,158,255", "b_diagonal")]


def test_one_commune_of_which_nothing_is_known(tmp_path: Path) -> None:
    made = one_commune()
    path = saved(geopackage(replace(made, table=made.table.head(0)), VI), tmp_path / "one.gpkg")
    assert units(path)["class"].to_dict() == {CODES[3]: "unknown"}


def test_polygons_of_no_unit_are_a_layer_of_their_own(tmp_path: Path) -> None:
    extras = gpd.GeoDataFrame(
        {"label": ["Vùng lạ"], "district_code": [""], "province_code": [""]},
        geometry=[shapely.box(106, 9, 106.1, 9.1)], crs="EPSG:4326",
    )  # fmt: skip
    path = saved(geopackage(sheet(shapes=replace(shapes(), extras=extras)), VI), tmp_path / "extra.gpkg")
    assert list(gpd.read_file(path, layer="other_areas")["label"]) == ["Vùng lạ"]
    assert len(units(path)) == len(CODES)


def test_geojson_says_the_same(tmp_path: Path, package: Path) -> None:
    content = geojson(sheet(), VI)
    found = gpd.read_file(saved(content, tmp_path / "map.geojson")).set_index("unit_code")
    wanted = units(package)
    for field in ("name", "class", "criteria_met", "rate_pct", "unmet"):
        pd.testing.assert_series_equal(found[field], wanted[field], check_dtype=False)
    assert found.geometry.isna().to_dict() == wanted.geometry.isna().to_dict()
    raw: dict[str, Any] = json.loads(content)
    first = raw["features"][0]["properties"]
    assert (first["as_of"], first["is_stale"], first["last_report"]) == ("2022-06-30", False, "2022-06-30")
    assert {"item": "Số liệu minh hoạ", "content": "Có"} in raw["about"]
    ring = raw["features"][0]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw  # as RFC 7946 wants it


def test_fields_are_short_ascii_names_that_meet_no_other() -> None:
    names = field_names(["Số xã đạt", "fid", "geometry", "so xa dat", "x" * 40, "x" * 41, "name", "%"])
    assert names == {
        "Số xã đạt": "so_xa_dat", "fid": "fid_2", "geometry": "geometry_2", "so xa dat": "so_xa_dat_2",
        "x" * 40: "x" * 30, "x" * 41: "x" * 27 + "_2", "%": "field",
    }  # fmt: skip


def test_the_same_moment_keeps_its_hours(tmp_path: Path) -> None:
    timed = sheet().table.assign(read_at=datetime(2022, 7, 1, 9, 30))
    path = saved(geopackage(sheet(table=timed), VI), tmp_path / "timed.gpkg")
    assert units(path)["read_at"][CODES[0]] == pd.Timestamp(2022, 7, 1, 9, 30)


def test_a_table_that_is_not_of_units_leaves_the_features_alone() -> None:
    made = sheet(table=pd.DataFrame({"standard": ["ntm"], "communes": [5]}), labels={"communes": "Số xã"})
    assert set(json.loads(geojson(made, VI))["features"][0]["properties"]) == set(list(TYPES)[:8])
