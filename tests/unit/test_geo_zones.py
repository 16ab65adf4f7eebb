"""Coordinate systems of boundary files that name none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ntm.errors import NtmError
from ntm.geo.boundaries import load_boundaries
from ntm.geo.zones import find_zone

CODES = ("01318", "01321", "01324", "01327", "01330")
EDGES = (105.5, 105.6, 105.7, 105.8, 105.9, 106.0)
MIDDLES = np.array([(west + east) / 2 for west, east in pairwise(EDGES)])


@pytest.fixture
def units() -> pd.DataFrame:
    """Five communes side by side, with their points."""
    return pd.DataFrame(
        {"unit_code": CODES, "name": [f"Xã {code}" for code in CODES], "district_code": "045",
         "longitude": MIDDLES, "latitude": 9.75}
    )  # fmt: skip


@pytest.fixture
def survey() -> gpd.GeoDataFrame:
    squares = [shapely.box(west, 9.7, east, 9.8) for west, east in pairwise(EDGES)]
    return gpd.GeoDataFrame({"MAXA": CODES}, geometry=squares, crs=4326)


def bare(survey: gpd.GeoDataFrame, crs: int | str, *, is_swapped: bool = False) -> gpd.GeoDataFrame:
    """The survey in a system that the file does not name."""
    there = survey.to_crs(crs).set_crs(None, allow_override=True)
    if is_swapped:
        there["geometry"] = shapely.transform(there.geometry.to_numpy(), lambda corners: corners[:, ::-1])
    return there


def saved(survey: gpd.GeoDataFrame, folder: Path) -> Path:
    path = folder / "ranh_gioi.parquet"
    survey.to_parquet(path)
    return path


def assert_in_place(found: gpd.GeoDataFrame) -> None:
    assert found.crs == 4326
    assert found.total_bounds == pytest.approx([105.5, 9.7, 106.0, 9.8], abs=1e-4)


@pytest.mark.parametrize("is_swapped", [False, True])
@pytest.mark.parametrize("crs", [5897, 9209, 9210, 5899, 9208, 3406])
def test_zone_without_a_name_is_found_by_where_the_units_are(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame, crs: int, is_swapped: bool
) -> None:
    found = load_boundaries(saved(bare(survey, crs, is_swapped=is_swapped), tmp_path), units)
    assert_in_place(found.communes)
    notes = dict(found.notes)
    assert notes["boundary.zone_assumed"]["zone"] == found.report.system
    assert found.report.system.startswith("VN-2000 / ")
    assert ("boundary.axes_swapped" in notes) is is_swapped


def test_meridian_of_the_zone_is_the_right_one(units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    polygons = bare(survey, 9209).geometry
    zone = find_zone(polygons, units["longitude"].to_numpy(), units["latitude"].to_numpy())
    assert zone is not None
    assert zone.name == "VN-2000 / TM-3 105-30"


def test_a_few_wrong_points_do_not_matter(units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    units.loc[0, ["longitude", "latitude"]] = [108.2, 16.1]
    units.loc[1, ["longitude", "latitude"]] = np.nan
    zone = find_zone(bare(survey, 9210).geometry, units["longitude"].to_numpy(), units["latitude"].to_numpy())
    assert zone is not None
    assert zone.crs == 9210


def test_points_too_rough_to_tell_two_zones_of_one_meridian_apart_leave_none(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame
) -> None:
    units["latitude"] += 0.0015  # half the difference of UTM 48N and TM-3 105-00 here
    with pytest.raises(NtmError, match=r"boundary\.no_crs"):
        load_boundaries(saved(bare(survey, 5897), tmp_path), units)


def test_metres_of_nowhere_are_refused(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    moved = bare(survey, 5897).translate(40_000, 0)
    with pytest.raises(NtmError) as raised:
        load_boundaries(saved(survey.set_crs(None, allow_override=True).set_geometry(moved), tmp_path), units)
    assert raised.value.key == "boundary.no_crs"
    assert str(raised.value.values["found"]).startswith("x 59")


def test_units_without_known_points_leave_no_zone(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame
) -> None:
    with pytest.raises(NtmError, match=r"boundary\.no_crs"):
        load_boundaries(saved(bare(survey, 5897), tmp_path), units.assign(longitude=np.nan))


@pytest.mark.parametrize("is_named", [False, True])
def test_latitude_first_is_put_right_and_said(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame, is_named: bool
) -> None:
    turned = bare(survey, 4326, is_swapped=True)
    found = load_boundaries(saved(turned.set_crs(4326) if is_named else turned, tmp_path), units)
    assert_in_place(found.communes)
    assert "boundary.axes_swapped" in dict(found.notes)


@pytest.mark.parametrize(
    "crs",
    [
        3857,
        4756,
        "+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 "
        "+towgs84=-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278 +units=m",
    ],
)
def test_named_systems_are_converted(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame, crs: int | str
) -> None:
    found = load_boundaries(saved(survey.to_crs(crs), tmp_path), units)
    assert_in_place(found.communes)
    assert "boundary.zone_assumed" not in dict(found.notes)


def test_geojson_in_metres_without_a_system_is_no_wgs_84(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame
) -> None:
    path = tmp_path / "ranh-gioi.geojson"
    path.write_text(bare(survey, 9210).to_json(), encoding="utf-8")
    found = load_boundaries(path, units)
    assert_in_place(found.communes)
    assert found.report.system == "VN-2000 / TM-3 105-45"
