"""The map of several provinces at once, and shapes added up to districts and provinces."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from ntm.geo.country import draw_country
from ntm.geo.shapes import Shapes, at_level, country_shapes
from ntm.geo.shapes_geojson import simplify_shapes, to_geojson_bytes, view_bounds
from ntm.geo.units import read_register

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
PROVINCES = ("89", "91", "93")
"""An Giang, Kiên Giang with its islands, Hậu Giang, which touches neither by land with one of them."""


def reference_units(day: date, provinces: tuple[str, ...]) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / "units.csv", dtype=str, keep_default_na=False)
    points = rows.set_index(["unit_code", "valid_from"])[["longitude", "latitude"]].apply(pd.to_numeric)
    register = read_register(REFERENCE / "units.csv")
    found = []
    for province in provinces:
        names = {unit.unit_code: unit.name for unit in register.within(province, day, "district")}
        for unit in register.within(province, day):
            longitude, latitude = points.loc[(unit.unit_code, unit.valid_from.isoformat())]
            found.append(
                (unit.unit_code, unit.name, unit.kind, unit.district_code, names.get(unit.district_code, ""), province,
                 f"Tỉnh {province}", longitude, latitude)
            )  # fmt: skip
    columns = ["unit_code", "name", "kind", "district_code", "district_name", "province_code", "province_name"]
    return pd.DataFrame(found, columns=[*columns, "longitude", "latitude"])


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return reference_units(date(2022, 12, 31), PROVINCES)


@pytest.fixture(scope="module")
def shapes(units: pd.DataFrame) -> Shapes:
    return country_shapes(units, None)


def test_provinces_meet_without_gap_or_overlap(shapes: Shapes, units: pd.DataFrame) -> None:
    cells = shapes.communes.geometry.to_numpy()
    assert shapes.communes["unit_code"].tolist() == sorted(units["unit_code"])
    assert shapely.is_valid(cells).all()
    assert shapely.coverage_is_valid(cells, gap_width=0.0001)
    an_giang, kien_giang, _ = at_level(shapes, "province").communes.geometry
    assert shapely.length(shapely.intersection(an_giang, kien_giang)) > 0.3


def test_units_of_two_provinces_at_one_point_have_a_cell_each(units: pd.DataFrame) -> None:
    same = units.copy()
    first, second = same.index[same["province_code"] == "89"][0], same.index[same["province_code"] == "91"][0]
    same.loc[second, ["longitude", "latitude"]] = same.loc[first, ["longitude", "latitude"]].to_numpy()
    cells = draw_country(same).communes.geometry
    assert (cells.area > 0).all()


def test_levels_add_up(shapes: Shapes, units: pd.DataFrame) -> None:
    area = shapes.communes.geometry.area.sum()
    for level, column in (("district", "district_code"), ("province", "province_code")):
        added = at_level(shapes, level)  # type: ignore[arg-type]
        assert added.communes["unit_code"].tolist() == sorted(units[column].unique())
        assert added.communes.geometry.area.sum() == pytest.approx(area)
        assert not (added.communes["name"] == "").any()


def test_lines_of_the_country_are_those_of_its_provinces(shapes: Shapes) -> None:
    assert shapes.districts["district_code"].tolist() == list(PROVINCES)
    assert at_level(shapes, "district").districts["name"].tolist() == [f"Tỉnh {code}" for code in PROVINCES]
    assert len(at_level(shapes, "province").districts) == 0


def test_since_the_reform_there_are_no_districts() -> None:
    shapes = country_shapes(reference_units(date(2025, 7, 1), ("92",)), None)
    districts = at_level(shapes, "district")
    assert len(districts.communes) == 0
    assert b'"features":[]' in to_geojson_bytes(simplify_shapes(districts))[0]
    assert len(at_level(shapes, "province").communes) == 1


def test_far_islands_are_in_the_country_and_not_in_its_first_view(units: pd.DataFrame) -> None:
    islands = pd.DataFrame({"unit_code": ["498"], "name": ["Huyện Hoàng Sa"], "province_code": ["93"],
                            "longitude": [112.1], "latitude": [16.6]})  # fmt: skip
    shapes = country_shapes(units, None, islands=islands)
    assert shapes.extras["label"].tolist() == ["Huyện Hoàng Sa"]
    districts = at_level(shapes, "district")
    assert "498" in districts.communes["unit_code"].tolist()
    assert districts.communes.total_bounds[2] > 112
    assert view_bounds(districts)[2] < 107


def test_a_file_of_one_province_is_no_fault_of_the_country(tmp_path: Path, units: pd.DataFrame) -> None:
    path = tmp_path / "hau_giang.gpkg"
    one = draw_country(units[units["province_code"] == "93"]).communes
    one.rename(columns={"unit_code": "ma"})[["ma", "geometry"]].to_file(path)
    shapes = country_shapes(units, path)
    assert shapes.is_schematic
    assert dict(shapes.notes)["boundary.not_of_country"] == {"file": "hau_giang.gpkg"}


def test_corners_of_the_country_have_four_decimals(shapes: Shapes) -> None:
    corners = shapely.get_coordinates(simplify_shapes(shapes).communes.geometry.to_numpy())
    assert np.abs(corners - corners.round(4)).max() < 1e-9
