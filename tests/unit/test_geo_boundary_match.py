"""Which unit a polygon of a boundary file means, by code or by name, and that every polygon is accounted for."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ntm.errors import NtmError
from ntm.geo.boundaries import BoundaryMap, load_boundaries
from ntm.geo.shapes import at_level, province_shapes

UNITS = (
    ("31318", "Xã Tân Hòa", "931", "Huyện Long Mỹ"),
    ("31321", "Xã Vị Tân", "931", "Huyện Long Mỹ"),
    ("31324", "Thị trấn Tân Hòa", "932", "Thị xã Long Mỹ"),
    ("31327", "Phường Một", "932", "Thị xã Long Mỹ"),
    ("31330", "Xã Đông Phước A", "933", "Huyện Châu Thành"),
    ("31333", "Xã Đông Phước", "933", "Huyện Châu Thành"),
)
ABROAD = (("25000", "Xã Tân Hòa", "700", "Huyện Châu Thành"), ("25003", "Xã Xa Lạ", "700", "Huyện Châu Thành"))


def register(rows: tuple[tuple[str, str, str, str], ...], province: str, name: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit_code", "name", "district_code", "district_name"])
    return frame.assign(kind="xã", province_code=province, province_name=name, longitude=105.55, latitude=9.75)


@pytest.fixture
def units() -> pd.DataFrame:
    """Six communes of three districts; two districts and two communes have the same name but for the kind."""
    return register(UNITS, "93", "Tỉnh Hậu Giang")


@pytest.fixture
def country(units: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([units, register(ABROAD, "79", "Tỉnh Khác")], ignore_index=True)


def survey(**columns: list[object]) -> gpd.GeoDataFrame:
    """Squares side by side from west to east, one for each value."""
    count = len(next(iter(columns.values())))
    edges = [105.5 + 0.1 * number for number in range(count + 1)]
    return gpd.GeoDataFrame(columns, geometry=[shapely.box(a, 9.7, b, 9.8) for a, b in pairwise(edges)], crs=4326)


def load(folder: Path, rows: gpd.GeoDataFrame, units: pd.DataFrame, country: pd.DataFrame | None = None) -> BoundaryMap:
    path = folder / "xa.gpkg"
    rows.to_file(path)
    found = load_boundaries(path, units, country)
    report = found.report
    assert report.polygons == len(rows) == report.matched + report.elsewhere + report.without_unit
    assert len(report.units) == len(units) == len(found.communes) + len(found.missing)
    return found


def squares(found: BoundaryMap) -> dict[str, int]:
    """Which square from the west each unit has."""
    return {
        code: round((polygon.bounds[0] - 105.5) / 0.1)
        for code, polygon in zip(found.communes["unit_code"], found.communes.geometry, strict=True)
    }


def reasons(found: BoundaryMap) -> dict[str, str]:
    return dict(zip(found.report.strays["label"], found.report.strays["reason"], strict=True))


NAMES: list[object] = ["xã TÂN HOÀ", "X. Vị Tân", "TT Tân Hòa", "P. Một", "Đông Phước A", "Đông  Phước"]
ALL = {code: number for number, (code, *_) in enumerate(UNITS)}


def test_names_are_matched_after_normalising(tmp_path: Path, units: pd.DataFrame) -> None:
    found = load(tmp_path, survey(stt=[1, 2, 3, 4, 5, 6], ten=NAMES), units)
    assert squares(found) == ALL
    assert dict(found.notes)["boundary.matched_by_name"] == {"count": 6, "column": "ten"}


def test_a_homonym_without_district_means_no_unit(tmp_path: Path, units: pd.DataFrame) -> None:
    names = ["Tân Hòa", "Vị Tân", "Tân Hòa", "Một", "Đông Phước A", "Đông Phước"]
    found = load(tmp_path, survey(ten=names), units)
    assert found.missing == ("31318", "31324")
    assert reasons(found) == {"Tân Hòa": "homonym"}
    assert len(found.extras) == 2


@pytest.mark.parametrize(
    "districts",
    [
        ["Huyện Long Mỹ", "Huyện Long Mỹ", "Thị xã Long Mỹ", "Thị xã Long Mỹ", "Châu Thành", "Châu Thành"],
        ["931", "931", "932", "932", "933", "933"],
        [931, 931, 932, 932, 933, 933],
    ],
)
def test_the_district_tells_homonyms_apart(tmp_path: Path, units: pd.DataFrame, districts: list[object]) -> None:
    names = ["Tân Hòa", "Vị Tân", "Tân Hòa", "Một", "Đông Phước A", "Đông Phước"]
    assert squares(load(tmp_path, survey(huyen=districts, ten=names), units)) == ALL


def test_the_kind_tells_homonyms_apart(tmp_path: Path, units: pd.DataFrame) -> None:
    names = ["Tân Hòa", "Vị Tân", "Tân Hòa", "Một", "Đông Phước A", "Đông Phước"]
    kinds = ["Xã", "Xã", "Thị trấn", "Phường", "Xã", "Xã"]
    assert squares(load(tmp_path, survey(ten=names, loai=kinds), units)) == ALL


def test_names_of_a_zipped_shapefile_are_read_as_its_cpg_says(tmp_path: Path, units: pd.DataFrame) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    survey(ten=NAMES).to_file(parts / "xa.shp", encoding="utf-8")
    assert (parts / "xa.cpg").read_text() == "UTF-8"
    path = Path(shutil.make_archive(str(tmp_path / "ranh_gioi"), "zip", parts))
    assert squares(load_boundaries(path, units)) == ALL


def test_names_in_another_writing_do_not_disturb_codes(tmp_path: Path, units: pd.DataFrame) -> None:
    names = ["T©n Hßa", "VÞ T©n", "T©n Hßa", "Mét", "§«ng Ph­íc A", "Xã Đông Phước"]  # TCVN3, but for one
    found = load(tmp_path, survey(ma=[code for code, *_ in UNITS], ten=names), units)
    assert squares(found) == ALL
    assert found.report.is_clean


def test_no_name_is_guessed(tmp_path: Path, units: pd.DataFrame) -> None:
    names = ["Xã Tân Hòa", "Vi Tan", "TT Tân Hòa", "P. Một", "Đông Phước B", "Đông Phước"]
    found = load(tmp_path, survey(ten=names), units)
    assert found.missing == ("31321", "31330")
    assert reasons(found) == {"Vi Tan": "unknown_name", "Đông Phước B": "unknown_name"}


def test_codes_count_before_names_and_other_names_are_said(tmp_path: Path, units: pd.DataFrame) -> None:
    codes = [code for code, *_ in UNITS]
    names = ["Xã Vị Tân", "Xã Tân Hòa", *NAMES[2:]]
    found = load(tmp_path, survey(ma=codes, ten=names), units)
    assert squares(found) == ALL
    assert dict(found.notes)["boundary.names_differ"] == {"count": 2, "units": "Xã Tân Hòa, Xã Vị Tân"}


def test_a_row_without_code_is_matched_by_its_name(tmp_path: Path, units: pd.DataFrame) -> None:
    codes = [None, *(code for code, *_ in UNITS[1:])]
    found = load(tmp_path, survey(ma=codes, ten=NAMES), units)
    assert squares(found) == ALL
    assert found.report.units["matched_by"].tolist() == ["name", *["code"] * 5]


def test_polygons_of_other_provinces_are_elsewhere(tmp_path: Path, units: pd.DataFrame, country: pd.DataFrame) -> None:
    rows = survey(ma=[*(code for code, *_ in UNITS), "25000", "25003", "99990"])
    found = load(tmp_path, rows, units, country)
    assert (found.report.matched, found.report.elsewhere, found.report.without_unit) == (6, 3, 0)
    assert len(found.extras) == 0


def test_a_polygon_without_unit_belongs_to_the_nearest_province(
    tmp_path: Path, units: pd.DataFrame, country: pd.DataFrame
) -> None:
    rows = survey(ma=["99990", *(code for code, *_ in UNITS), "25000", "25003"])
    found = load(tmp_path, rows, units, country)
    assert (found.report.matched, found.report.elsewhere, found.report.without_unit) == (6, 2, 1)
    assert found.extras["label"].tolist() == ["99990"]


def test_the_province_tells_names_of_the_country_apart(
    tmp_path: Path, units: pd.DataFrame, country: pd.DataFrame
) -> None:
    provinces = [*["Hậu Giang"] * 6, *["Tỉnh Khác"] * 2]
    rows = survey(tinh=provinces, ten=[*NAMES, "Xã Tân Hòa", "Xã Xa Lạ"])
    found = load(tmp_path, rows, units, country)
    assert squares(found) == ALL
    assert found.report.elsewhere == 2


def test_codes_of_another_province_are_not_overruled_by_names(
    tmp_path: Path, units: pd.DataFrame, country: pd.DataFrame
) -> None:
    rows = survey(ma=["25000", "25003"], ten=["Xã Tân Hòa", "Xã Vị Tân"])
    with pytest.raises(NtmError, match=r"boundary\.wrong_province"):
        load(tmp_path, rows, units.head(2), country)


def test_a_file_of_another_date_is_refused(tmp_path: Path, units: pd.DataFrame) -> None:
    codes = [*(code for code, *_ in UNITS[:4]), "31001", "31002", "31003", "31004", "31005"]
    with pytest.raises(NtmError) as raised:
        load(tmp_path, survey(ma=codes), units)
    assert raised.value.args == ("boundary.wrong_date", {"file": "xa.gpkg", "strays": 5, "polygons": 9})


def test_a_polygon_without_unit_never_covers_a_unit(tmp_path: Path, units: pd.DataFrame) -> None:
    rows = survey(ma=[*(code for code, *_ in UNITS), "93"])
    rows.loc[6, "geometry"] = shapely.box(105.5, 9.7, 106.1, 9.8)  # the province itself
    found = load(tmp_path, rows, units)
    assert squares(found) == ALL
    assert found.report.strays["is_drawn"].tolist() == [False]
    assert shapely.area(found.communes.geometry.to_numpy()) == pytest.approx(0.01)


def test_island_districts_are_drawn_and_add_up(tmp_path: Path, units: pd.DataFrame) -> None:
    rows = survey(ma=[*(code for code, *_ in UNITS), None], ten=[*NAMES, "Huyện Hoàng Sa"])
    path = tmp_path / "xa.gpkg"
    rows.to_file(path)
    islands = pd.DataFrame(
        {"unit_code": ["498", "536"], "name": ["Huyện Hoàng Sa", "Huyện Lý Sơn"], "province_code": "93",
         "longitude": [112.1, 109.1], "latitude": [16.6, 15.4]}
    )  # fmt: skip
    shapes, fault = province_shapes(units, path, islands=islands)
    assert fault is None
    assert dict(shapes.notes)["boundary.islands"] == {"count": 1, "units": "Huyện Lý Sơn"}
    districts = at_level(shapes, "district")
    assert districts.communes["unit_code"].tolist() == ["498", "536", "931", "932", "933"]
    assert districts.communes.geometry.iloc[0].equals(rows.geometry[6])
    province = at_level(shapes, "province").communes
    assert province["name"].tolist() == ["Tỉnh Hậu Giang"]
    assert len(shapely.get_parts(province.geometry.iloc[0])) == 2
