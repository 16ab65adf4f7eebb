from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ntm.errors import NtmError
from ntm.geo.boundaries import find_boundary_file, load_boundaries
from ntm.geo.shapes import province_shapes
from ntm.geo.shapes_geojson import simplify_shapes, to_geojson_bytes, view_bounds

CODES = ("01318", "01321", "01324", "01327")


@pytest.fixture
def units() -> pd.DataFrame:
    """Four communes in two districts, with the points that the schematic map needs."""
    return pd.DataFrame(
        {
            "unit_code": CODES,
            "name": ["Xã Một", "Xã Hai", "Xã Ba", "Thị trấn Bốn"],
            "kind": "xã",
            "district_code": ["045", "045", "046", "046"],
            "longitude": [105.55, 105.65, 105.75, 105.85],
            "latitude": 9.75,
        }
    )


@pytest.fixture
def survey() -> gpd.GeoDataFrame:
    """The same communes as squares side by side."""
    edges = [105.5, 105.6, 105.7, 105.8, 105.9]
    squares = [shapely.box(west, 9.7, east, 9.8) for west, east in pairwise(edges)]
    return gpd.GeoDataFrame(
        {"ten_xa": ["Một", "Hai", "Ba", "Bốn"], "MAXA": CODES, "dien_tich": [1200.5, 1300.5, 14.0, 15.0]},
        geometry=squares,
        crs=4326,
    )


def write_zip(survey: gpd.GeoDataFrame, path: Path) -> None:
    parts = path.parent / "parts" / "Ranh giới"
    parts.mkdir(parents=True)
    survey.to_file(parts / "xã.shp", encoding="utf-8")
    shutil.make_archive(str(path.with_suffix("")), "zip", parts.parent)


WRITERS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "ranh giới xã.gpkg": lambda survey, path: survey.to_file(path),
    "ranh-gioi.geojson": lambda survey, path: survey.to_file(path),
    "ranh-gioi.json": lambda survey, path: survey.to_file(path, driver="GeoJSON"),
    "ranh_gioi.shp": lambda survey, path: survey.to_file(path, encoding="utf-8"),
    "Ranh giới 2022.ZIP": write_zip,
    "ranh_gioi.parquet": lambda survey, path: survey.to_parquet(path),
    "ranh_gioi.geoparquet": lambda survey, path: survey.to_parquet(path),
}


def saved(survey: gpd.GeoDataFrame, folder: Path, name: str = "ranh_gioi.gpkg") -> Path:
    path = folder / name
    WRITERS.get(name, lambda frame, to: frame.to_file(to))(survey, path)
    return path


def notes(found: object) -> dict[str, dict[str, object]]:
    return dict(found.notes)  # type: ignore[attr-defined]


def fault(path: Path, units: pd.DataFrame) -> tuple[str, dict[str, object]]:
    with pytest.raises(NtmError) as raised:
        load_boundaries(path, units)
    return raised.value.args  # type: ignore[return-value]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_read(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame, name: str) -> None:
    path = saved(survey, tmp_path, name)
    if name.endswith(".ZIP"):
        path = path.with_suffix(".zip").rename(path)
    found = load_boundaries(find_boundary_file(tmp_path, None) or path, units)
    assert found.communes[["unit_code", "name", "district_code"]].equals(units[["unit_code", "name", "district_code"]])
    assert shapely.area(found.communes.geometry.to_numpy()) == pytest.approx(0.01)
    assert found.communes.crs == 4326
    assert found.missing == ()
    assert found.report.is_clean
    assert notes(found) == {"boundary.from_file": {"file": path.name}}


def test_no_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Hướng dẫn")
    assert find_boundary_file(tmp_path, None) is None
    assert find_boundary_file(tmp_path / "nowhere", None) is None


def test_named_file_wins_over_the_folder(tmp_path: Path, survey: gpd.GeoDataFrame) -> None:
    saved(survey, tmp_path, "ranh-gioi.geojson")
    named = tmp_path / "elsewhere.gpkg"
    named.touch()
    assert find_boundary_file(tmp_path, named) == named


def test_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(NtmError, match=r"boundary\.file_not_found"):
        find_boundary_file(tmp_path, tmp_path / "gone.gpkg")


def test_several_files_are_not_guessed_among(tmp_path: Path) -> None:
    for name in ("b.gpkg", "a.zip"):
        (tmp_path / name).touch()
    with pytest.raises(NtmError) as raised:
        find_boundary_file(tmp_path, None)
    assert raised.value.args == (
        "boundary.several_files",
        {"folder": tmp_path.name, "files": "a.zip, b.gpkg"},
    )


@pytest.mark.parametrize("kind", [int, float])
def test_lost_leading_zeros_are_put_back_and_said(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame, kind: type
) -> None:
    found = load_boundaries(saved(survey.assign(MAXA=survey["MAXA"].astype(kind)), tmp_path), units)
    assert found.communes["unit_code"].tolist() == list(CODES)
    assert notes(found)["boundary.zeros_restored"] == {"column": "MAXA", "count": 4}


def test_running_numbers_are_not_taken_for_codes(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    numbered = survey.assign(id=[1318, 2, 3, 4])[["id", "ten_xa", "MAXA", "geometry"]]
    assert load_boundaries(saved(numbered, tmp_path), units).missing == ()


def test_layer_with_the_communes_is_found(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    path = tmp_path / "tinh.gpkg"
    survey.head(1).assign(MAXA="93").to_file(path, layer="tinh")
    survey.to_file(path, layer="xa")
    survey.set_geometry(survey.representative_point()).to_file(path, layer="uy_ban")
    assert load_boundaries(path, units).missing == ()


def test_other_coordinate_systems_are_converted(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    found = load_boundaries(saved(survey.to_crs(3405), tmp_path), units)  # VN-2000, zone 48
    assert found.communes.total_bounds == pytest.approx([105.5, 9.7, 105.9, 9.8], abs=1e-3)
    assert found.communes.crs == 4326


def test_degrees_without_a_system_are_taken_as_such_and_said(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame
) -> None:
    path = saved(survey.set_crs(None, allow_override=True), tmp_path, "ranh_gioi.parquet")
    found = load_boundaries(path, units)
    assert found.communes.crs == 4326
    assert "boundary.crs_assumed" in notes(found)


def test_metres_declared_as_degrees_are_refused(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    wrong = survey.to_crs(32648).set_crs(4326, allow_override=True)
    key, values = fault(saved(wrong, tmp_path, "ranh-gioi.geojson"), units)
    assert key == "boundary.outside_country"
    assert values["crs"] == "WGS 84"


def test_invalid_polygon_is_repaired_and_said(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    bow_tie = shapely.Polygon([(105.5, 9.7), (105.6, 9.8), (105.6, 9.7), (105.5, 9.8)])
    survey.loc[0, "geometry"] = bow_tie
    found = load_boundaries(saved(survey, tmp_path), units)
    assert found.communes.is_valid.all()
    assert found.communes.geometry[0].area == pytest.approx(0.005)
    assert notes(found)["boundary.repaired"] == {"count": 1}


def test_polygons_of_one_unit_are_united(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    island = survey.tail(1).set_geometry([shapely.box(106.0, 9.7, 106.05, 9.75)], crs=4326)
    found = load_boundaries(saved(pd.concat([survey, island], ignore_index=True), tmp_path), units)
    assert found.communes.geometry[3].geom_type == "MultiPolygon"
    assert notes(found)["boundary.rows_united"] == {"count": 1}


def test_overlaps_and_slivers_are_closed(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    survey.loc[1, "geometry"] = shapely.box(105.5999, 9.7, 105.7, 9.8)  # over its western neighbour
    hole = shapely.Polygon([(105.7, 9.72), (105.70008, 9.75), (105.7, 9.78)])  # short of its eastern one
    survey.loc[2, "geometry"] = survey.geometry[2].difference(hole)
    found = load_boundaries(saved(survey, tmp_path), units)
    assert shapely.coverage_is_valid(found.communes.geometry.to_numpy(), gap_width=0.0001)
    assert found.communes.geometry.union_all().area == pytest.approx(0.04, abs=1e-9)
    assert "boundary.borders_aligned" in notes(found)


def test_heights_are_dropped(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    survey["geometry"] = shapely.force_3d(survey.geometry.to_numpy(), 7.0)
    assert not load_boundaries(saved(survey, tmp_path), units).communes.has_z.any()


def test_units_and_polygons_left_over_are_named_and_drawn(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame
) -> None:
    survey.loc[3, "MAXA"] = "31318"
    found = load_boundaries(saved(survey.drop(columns="ten_xa"), tmp_path), units)
    assert found.missing == ("01327",)
    assert found.extras["label"].tolist() == ["31318"]
    assert found.extras.geometry.iloc[0].equals(survey.geometry[3])
    assert notes(found)["boundary.units_without_polygon"] == {"count": 1, "units": "Thị trấn Bốn"}
    assert notes(found)["boundary.polygons_without_unit"] == {"count": 1, "drawn": 1, "units": "31318"}
    shapes, _ = province_shapes(units, tmp_path / "ranh_gioi.gpkg")
    features = json.loads(to_geojson_bytes(simplify_shapes(shapes))[0])["features"]
    assert [feature["properties"] for feature in features if feature["properties"].get("is_extra")] == [
        {"code": "", "name": "31318", "district": "", "is_extra": True}
    ]


def test_half_of_the_units_is_enough(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    assert len(load_boundaries(saved(survey.head(2), tmp_path), units).communes) == 2


def test_another_province_is_refused(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    other = survey.assign(MAXA=["31318", "31321", "31324", "01318"]).drop(columns="ten_xa")
    assert fault(saved(other, tmp_path), units) == (
        "boundary.wrong_province",
        {
            "file": "ranh_gioi.gpkg",
            "column": "MAXA",
            "found": "01318, 31318, 31321, 31324",
            "expected": "01318, 01321, 01324, 01327",
            "known": 1,
            "total": 4,
        },
    )


def test_file_without_codes_and_names_is_refused(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    numbered = survey.assign(MAXA=[1, 2, 3, 4], ten_xa=["A", "B", "C", "D"])
    key, values = fault(saved(numbered, tmp_path), units)
    assert key == "boundary.no_code_column"
    assert values["columns"] == "MAXA, dien_tich, ten_xa"


def test_file_without_polygons_is_refused(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    points = survey.set_geometry(survey.representative_point())
    assert fault(saved(points, tmp_path), units) == (
        "boundary.no_polygons",
        {"file": "ranh_gioi.gpkg", "found": "Point"},
    )


@pytest.mark.parametrize("name", ["hỏng.gpkg", "hỏng.geojson", "hỏng.shp", "hỏng.zip", "hỏng.parquet"])
def test_unreadable_file_is_refused(tmp_path: Path, units: pd.DataFrame, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK not a map")
    assert fault(tmp_path / name, units) == ("boundary.unreadable", {"file": name})


def test_shapefile_without_its_parts_is_refused(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    path = saved(survey, tmp_path, "ranh_gioi.shp")
    path.with_suffix(".shx").unlink()
    assert fault(path, units)[0] == "boundary.unreadable"


def test_map_without_a_file_is_schematic(units: pd.DataFrame) -> None:
    shapes, error = province_shapes(units, None)
    assert shapes.is_schematic
    assert error is None
    assert shapes.notes == (("boundary.schematic", {}),)
    assert shapes.missing == ()


def test_map_with_a_file_is_the_file(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    shapes, error = province_shapes(units, saved(survey.head(3), tmp_path))
    assert not shapes.is_schematic
    assert error is None
    assert shapes.missing == ("01327",)
    assert shapes.districts["district_code"].tolist() == ["045", "046"]
    western = shapes.districts.geometry[0]
    assert western.symmetric_difference(shapely.box(105.5, 9.7, 105.7, 9.8)).area < 1e-9


def test_map_with_a_broken_file_is_schematic_and_says_why(tmp_path: Path, units: pd.DataFrame) -> None:
    (tmp_path / "hỏng.gpkg").write_bytes(b"no map")
    shapes, error = province_shapes(units, tmp_path / "hỏng.gpkg")
    assert shapes.is_schematic
    assert len(shapes.communes) == 4
    assert error is not None
    assert error.key == "boundary.unreadable"


def test_map_that_cannot_be_drawn_is_empty(units: pd.DataFrame) -> None:
    nowhere = units.assign(longitude=float("nan"), latitude=float("nan"))
    shapes, error = province_shapes(nowhere, None)
    assert error is not None
    assert error.key == "boundary.no_points"
    assert shapes.missing == CODES
    assert json.loads(to_geojson_bytes(shapes)[0])["features"] == []


def test_moved_units_are_named_in_the_notes(units: pd.DataFrame) -> None:
    units.loc[0, "longitude"] = float("nan")
    shapes, _ = province_shapes(units, None)
    assert dict(shapes.notes)["boundary.moved_missing_point"] == {"count": 1, "units": "Xã Một"}


def test_geojson_has_codes_and_district_lines(units: pd.DataFrame) -> None:
    shapes, _ = province_shapes(units, None)
    content, digest = to_geojson_bytes(shapes)
    collection = json.loads(content)
    assert collection["type"] == "FeatureCollection"
    assert collection["features"][0]["properties"] == {
        "code": "01318",
        "name": "Xã Một",
        "district": "045",
    }
    assert collection["districts"]["type"] == "FeatureCollection"
    lines = collection["districts"]["features"]
    assert {line["geometry"]["type"] for line in lines} <= {"LineString", "MultiLineString"}
    assert len(collection["bbox"]) == 4
    drawn = shapely.union_all([shapely.from_geojson(json.dumps(line["geometry"])) for line in lines])
    assert drawn.length == pytest.approx(shapely.union_all(shapes.districts.boundary.to_numpy()).length)
    assert "Xã Một".encode() in content
    assert len(digest) == 16


def test_geojson_is_the_same_for_the_same_shapes(units: pd.DataFrame) -> None:
    first, again = (to_geojson_bytes(province_shapes(units, None)[0]) for _ in range(2))
    assert first == again
    other = to_geojson_bytes(province_shapes(units.assign(name="Xã"), None)[0])
    assert other[1] != first[1]


def test_corners_have_five_decimals(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    shifted = survey.set_geometry(survey.translate(0.0000123456, 0))
    content, _ = to_geojson_bytes(province_shapes(units, saved(shifted, tmp_path))[0])
    assert json.loads(content)["features"][0]["geometry"]["coordinates"][0][0][0] in (105.50001, 105.60001)


def test_simplified_shapes_fit_the_bar_and_keep_their_borders(
    tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame
) -> None:
    # A wavy border between neighbours: straightened for each alone, it would open gaps.
    wavy = shapely.segmentize(survey.geometry.to_numpy(), 0.0005)
    wavy = shapely.transform(wavy, lambda corners: corners + 0.0004 * (corners[:, ::-1] * 1e4 % 7 > 3))
    shapes, _ = province_shapes(units, saved(survey.set_geometry(wavy, crs=4326), tmp_path))
    full = len(to_geojson_bytes(shapes)[0])
    simplified = simplify_shapes(shapes, max_bytes=full // 2)
    assert len(to_geojson_bytes(simplified)[0]) < full // 2
    assert shapely.coverage_is_valid(simplified.communes.geometry.to_numpy(), gap_width=0.01)
    assert shapely.area(simplified.communes.geometry.to_numpy()).sum() == pytest.approx(0.04, rel=0.02)
    again = simplify_shapes(shapes, max_bytes=full // 2)
    assert to_geojson_bytes(again) == to_geojson_bytes(simplified)


def test_small_shapes_are_not_simplified(units: pd.DataFrame) -> None:
    shapes, _ = province_shapes(units, None)
    assert to_geojson_bytes(simplify_shapes(shapes)) == to_geojson_bytes(shapes)


def test_view_leaves_out_what_lies_far_at_sea(tmp_path: Path, units: pd.DataFrame, survey: gpd.GeoDataFrame) -> None:
    far = survey.geometry.to_list()
    far[3] = shapely.union(far[3], shapely.box(114.3, 9.7, 114.5, 9.9))
    shapes, _ = province_shapes(units, saved(survey.set_geometry(far, crs=4326), tmp_path))
    assert view_bounds(shapes) == pytest.approx((105.5, 9.7, 105.9, 9.8))
    assert shapes.communes.total_bounds[2] == pytest.approx(114.5)
