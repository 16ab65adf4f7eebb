from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from ntm.errors import NtmError
from ntm.geo.schematic import METRIC_CRS, SchematicMap, draw_schematic, successor_points

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
STEP = 0.03  # degrees: about 3.3 km


def district(code: str, west: float, south: float, columns: int = 4, rows: int = 4) -> pd.DataFrame:
    """A district of communes on a slightly crooked grid."""
    cells = [(column, row) for column in range(columns) for row in range(rows)]
    return pd.DataFrame(
        {
            "unit_code": [f"{code}{number:02d}" for number in range(len(cells))],
            "name": [f"Xã {code}-{number}" for number in range(len(cells))],
            "kind": "xã",
            "district_code": code,
            "longitude": [west + STEP * (column + 0.1 * (row % 3)) for column, row in cells],
            "latitude": [south + STEP * (row + 0.1 * (column % 3)) for column, row in cells],
        }
    )


@pytest.fixture
def province() -> pd.DataFrame:
    """Three districts side by side, from west to east."""
    parts = [district("101", 105.50, 9.70), district("102", 105.62, 9.70), district("103", 105.74, 9.70)]
    return pd.concat(parts, ignore_index=True)


def put(units: pd.DataFrame, code: str, longitude: float, latitude: float) -> pd.DataFrame:
    changed = units.copy()
    changed.loc[changed["unit_code"] == code, ["longitude", "latitude"]] = [longitude, latitude]
    return changed


def reasons(drawn: SchematicMap) -> dict[str, str]:
    return {unit.unit_code: unit.reason for unit in drawn.moved}


def cell(drawn: SchematicMap, code: str) -> shapely.Polygon:
    return drawn.communes.set_index("unit_code").geometry[code]


def area_of(drawn: SchematicMap, code: str) -> shapely.Polygon:
    return drawn.districts.set_index("district_code").geometry[code]


def land(drawn: SchematicMap) -> np.ndarray:
    return shapely.get_parts(shapely.coverage_union_all(drawn.communes.geometry.to_numpy()))


def torn_districts(drawn: SchematicMap) -> list[str]:
    """Districts that have more pieces than pieces of land that they lie on."""
    torn = []
    pieces = land(drawn)
    for code, area in zip(drawn.districts["district_code"], drawn.districts.geometry, strict=True):
        inner = shapely.point_on_surface(shapely.get_parts(area))
        on = shapely.contains(pieces[:, None], inner[None, :]).any(axis=1).sum()
        if len(inner) > on:
            torn.append(code)
    return torn


def assert_one_sound_polygon_each(drawn: SchematicMap, units: pd.DataFrame) -> None:
    cells = drawn.communes.geometry.to_numpy()
    assert sorted(drawn.communes["unit_code"]) == sorted(units["unit_code"])
    assert shapely.is_valid(cells).all()
    assert (shapely.area(cells) > 0).all()
    assert shapely.coverage_is_valid(cells, gap_width=0.0001)
    assert shapely.get_num_interior_rings(land(drawn)).sum() == 0


def test_right_points_give_one_cell_each_around_their_point(province: pd.DataFrame) -> None:
    drawn = draw_schematic(province)
    assert_one_sound_polygon_each(drawn, province)
    assert drawn.moved == ()
    assert torn_districts(drawn) == []
    for unit in province.itertuples():
        assert cell(drawn, unit.unit_code).contains(shapely.Point(unit.longitude, unit.latitude))


def test_outline_stays_near_the_points(province: pd.DataFrame) -> None:
    west, south, east, north = draw_schematic(province).communes.total_bounds
    assert province["longitude"].min() - STEP < west < province["longitude"].min()
    assert province["longitude"].max() < east < province["longitude"].max() + STEP
    assert province["latitude"].min() - STEP < south < province["latitude"].min()
    assert province["latitude"].max() < north < province["latitude"].max() + STEP


def test_district_lines_enclose_their_communes(province: pd.DataFrame) -> None:
    drawn = draw_schematic(province)
    assert drawn.districts["district_code"].tolist() == ["101", "102", "103"]
    for code, communes in drawn.communes.groupby("district_code"):
        assert area_of(drawn, code).area == pytest.approx(communes.geometry.to_crs(4326).union_all().area)


def test_order_of_rows_does_not_matter(province: pd.DataFrame) -> None:
    province = put(put(province, "10105", np.nan, np.nan), "10209", 105.55, 9.75)
    drawn = draw_schematic(province)
    again = draw_schematic(province.sample(frac=1, random_state=3))
    assert (drawn.communes.geometry.to_wkb() == again.communes.geometry.to_wkb()).all()
    assert drawn.moved == again.moved


@pytest.mark.parametrize(("longitude", "latitude"), [(np.nan, np.nan), (0.0, 0.0), (9.75, 105.65)])
def test_no_point_in_the_country_is_none(province: pd.DataFrame, longitude: float, latitude: float) -> None:
    drawn = draw_schematic(put(province, "10205", longitude, latitude))
    assert_one_sound_polygon_each(drawn, province)
    assert reasons(drawn) == {"10205": "missing_point"}
    assert torn_districts(drawn) == []


def test_shared_point_stays_with_one_unit(province: pd.DataFrame) -> None:
    at = province.set_index("unit_code").loc["10205"]
    for code in ("10208", "10209"):
        province = put(province, code, at["longitude"] + 0.0001, at["latitude"])
    drawn = draw_schematic(province)
    assert_one_sound_polygon_each(drawn, province)
    assert reasons(drawn) == {"10208": "shared_point", "10209": "shared_point"}


def test_point_shared_between_districts_stays_in_the_one_it_lies_in(province: pd.DataFrame) -> None:
    at = province.set_index("unit_code").loc["10305"]
    drawn = draw_schematic(put(province, "10105", at["longitude"], at["latitude"]))
    assert reasons(drawn) == {"10105": "shared_point"}
    assert cell(drawn, "10305").contains(shapely.Point(at["longitude"], at["latitude"]))


def test_shared_point_among_strangers_stays_with_none(province: pd.DataFrame) -> None:
    # Two communes of the western district were both given the middle of the eastern one.
    for code in ("10100", "10101"):
        province = put(province, code, 105.80, 9.763)
    drawn = draw_schematic(province)
    assert reasons(drawn) == {"10100": "shared_point", "10101": "shared_point"}
    assert torn_districts(drawn) == []


def test_point_in_another_district_is_far(province: pd.DataFrame) -> None:
    wide = pd.concat([province, district("104", 105.86, 9.70)], ignore_index=True)
    drawn = draw_schematic(put(wide, "10105", 105.915, 9.745))
    assert reasons(drawn) == {"10105": "far_from_district"}
    assert cell(drawn, "10105").within(shapely.box(105.45, 9.6, 105.65, 9.9))


def test_point_in_another_province_is_outside(province: pd.DataFrame) -> None:
    drawn = draw_schematic(put(province, "10105", 106.60, 9.30))
    assert reasons(drawn) == {"10105": "outside_province"}
    assert drawn.communes.total_bounds[2] < 105.9
    assert len(land(drawn)) == 1


def test_island_district_is_a_piece_of_its_own(province: pd.DataFrame) -> None:
    islands = pd.concat([province, district("105", 104.00, 9.50, columns=2, rows=2)], ignore_index=True)
    drawn = draw_schematic(islands)
    assert_one_sound_polygon_each(drawn, islands)
    assert drawn.moved == ()
    assert len(land(drawn)) == 2
    alone = draw_schematic(province).communes.total_bounds
    assert drawn.communes.head(len(province)).total_bounds == pytest.approx(alone, abs=0.001)


def test_far_island_of_a_mainland_district_stays_where_it_is(province: pd.DataFrame) -> None:
    drawn = draw_schematic(put(province, "10100", 104.60, 9.20))
    assert drawn.moved == ()
    assert len(land(drawn)) == 2
    island = drawn.communes[drawn.communes["unit_code"] == "10100"].to_crs(METRIC_CRS).area.item()
    assert island < np.pi * 4000**2


def test_cut_off_commune_is_pulled_to_its_district(province: pd.DataFrame) -> None:
    # Just beyond the first row of the neighbour: near enough to be right, but its cell would lie apart.
    stray = put(province, "10113", 105.655, 9.745)
    drawn = draw_schematic(stray)
    assert_one_sound_polygon_each(drawn, stray)
    assert reasons(drawn) == {"10113": "cut_off"}
    assert torn_districts(drawn) == []


def test_hint_is_followed_where_the_point_is_missing(province: pd.DataFrame) -> None:
    at = province.set_index("unit_code").loc["10215"]
    hints = pd.DataFrame({"unit_code": ["10215"], "longitude": at["longitude"], "latitude": at["latitude"]})
    drawn = draw_schematic(put(province, "10215", np.nan, np.nan), hints)
    assert reasons(drawn) == {"10215": "missing_point"}
    assert cell(drawn, "10215").contains(shapely.Point(at["longitude"], at["latitude"]))


def test_hint_far_from_the_district_is_not_followed(province: pd.DataFrame) -> None:
    hints = pd.DataFrame({"unit_code": ["10205"], "longitude": 107.5, "latitude": 12.0})
    unhinted = draw_schematic(put(province, "10205", np.nan, np.nan))
    drawn = draw_schematic(put(province, "10205", np.nan, np.nan), hints)
    assert cell(drawn, "10205").equals(cell(unhinted, "10205"))


def test_district_without_any_point_goes_to_its_hints(province: pd.DataFrame) -> None:
    archipelago = district("576", 114.4, 9.7, columns=3, rows=1).assign(longitude=105.68, latitude=9.76)
    hints = pd.DataFrame({"unit_code": archipelago["unit_code"], "longitude": 114.45, "latitude": 9.71})
    units = pd.concat([province, archipelago], ignore_index=True)
    drawn = draw_schematic(units, hints)
    assert_one_sound_polygon_each(drawn, units)
    assert set(reasons(drawn)) == set(archipelago["unit_code"])
    assert area_of(drawn, "576").within(shapely.Point(114.45, 9.71).buffer(0.2))


def test_units_without_districts_have_no_district_lines(province: pd.DataFrame) -> None:
    units = province.assign(district_code="")
    units.loc[units["unit_code"] == "10100", "kind"] = "đặc khu"
    drawn = draw_schematic(put(units, "10100", 105.10, 9.60))
    assert_one_sound_polygon_each(drawn, units)
    assert drawn.districts.empty
    assert len(land(drawn)) == 2


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_units_make_a_map(province: pd.DataFrame, count: int) -> None:
    units = province.head(count)
    assert_one_sound_polygon_each(draw_schematic(units), units)


def test_without_any_point_there_is_no_map(province: pd.DataFrame) -> None:
    with pytest.raises(NtmError) as raised:
        draw_schematic(province.assign(longitude=np.nan, latitude=np.nan))
    assert raised.value.args == ("boundary.no_points", {"units": 48})


def test_successor_points_prefer_the_unit_that_took_the_whole() -> None:
    units = pd.DataFrame(
        {
            "unit_code": ["00001", "00001", "00004"],
            "valid_from": ["2021-11-01", "2025-07-01", "2025-07-01"],
            "longitude": [1.0, 2.0, 3.0],
            "latitude": [1.0, 2.0, 3.0],
        }
    )
    changes = pd.DataFrame(
        [("00007", "00004", "2025-07-01", "true"), ("00007", "00001", "2025-07-01", "false")],
        columns=["old_code", "new_code", "change_date", "is_partial"],
    )
    assert successor_points(units, changes).to_dict("records") == [
        {"unit_code": "00007", "longitude": 2.0, "latitude": 2.0}
    ]


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    units = pd.read_csv(REFERENCE / "units.csv", dtype=str, keep_default_na=False)
    units[["longitude", "latitude"]] = units[["longitude", "latitude"]].apply(pd.to_numeric, errors="coerce")
    return units[units["level"] == "commune"]


@pytest.fixture(scope="module")
def hints(register: pd.DataFrame) -> pd.DataFrame:
    return successor_points(register, pd.read_csv(REFERENCE / "unit_changes.csv", dtype=str))


@pytest.mark.parametrize("code", ["93", "38", "42", "49", "79", "91"])
def test_provinces_of_the_register(register: pd.DataFrame, hints: pd.DataFrame, code: str) -> None:
    units = register[(register["province_code"] == code) & (register["valid_to"] == "2025-06-30")]
    drawn = draw_schematic(units, hints)
    assert_one_sound_polygon_each(drawn, units)
    assert drawn.districts["district_code"].tolist() == sorted(units["district_code"].unique())
    assert torn_districts(drawn) == []


def test_provinces_since_july_2025(register: pd.DataFrame) -> None:
    units = register[(register["province_code"] == "91") & (register["valid_to"] == "")]
    drawn = draw_schematic(units)
    assert_one_sound_polygon_each(drawn, units)
    assert len(land(drawn)) == 4  # the mainland and the special zones Phú Quốc, Kiên Hải and Thổ Châu


def test_hau_giang_owns_up_to_what_it_moved(register: pd.DataFrame, hints: pd.DataFrame) -> None:
    units = register[(register["province_code"] == "93") & (register["valid_to"] == "2025-06-30")]
    drawn = draw_schematic(units, hints)
    assert reasons(drawn)["31379"] == "outside_province"  # Phú Tân: a namesake in Sóc Trăng
    assert {unit.reason for unit in drawn.moved} == {"outside_province", "shared_point"}
    assert cell(drawn, "31379").within(area_of(drawn, "933").buffer(0.0001))


def test_truong_sa_is_drawn_in_the_sea(register: pd.DataFrame, hints: pd.DataFrame) -> None:
    units = register[(register["province_code"] == "56") & (register["valid_to"] == "2025-06-30")]
    drawn = draw_schematic(units, hints)
    assert area_of(drawn, "576").bounds[0] > 111
    assert len(land(drawn)) == 2
