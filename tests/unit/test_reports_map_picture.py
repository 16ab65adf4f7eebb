from __future__ import annotations

import io
import struct
import sys
import threading
from dataclasses import replace

import geopandas as gpd
import matplotlib.image
import numpy as np
import pytest
import shapely
from matplotlib.colors import to_rgb

from ntm.geo.shapes import Shapes
from ntm.i18n import translator
from ntm.reports import map_canvas, map_picture
from ntm.reports.map_names import short_name
from ntm.reports.map_picture import picture
from tests.map_sheets import COLORS, one_commune, shapes, sheet

VI = translator("vi")


def pixels(content: bytes) -> np.ndarray:
    return np.rint(matplotlib.image.imread(io.BytesIO(content))[:, :, :3] * 255).astype(int)


def area(image: np.ndarray, color: str) -> int:
    """Return how many pixels have exactly a colour."""
    return int((image == np.rint(np.array(to_rgb(color)) * 255)).all(axis=2).sum())


@pytest.fixture(scope="module")
def projector() -> np.ndarray:
    return pixels(picture(sheet(), VI))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line of text that is drawn."""
    lines: list[str] = []
    plain = map_canvas.Page.text

    def text(self: map_canvas.Page, x: float, y: float, words: str, size: float, **look: object) -> None:
        lines.append(words)
        plain(self, x, y, words, size, **look)

    monkeypatch.setattr(map_canvas.Page, "text", text)
    return lines


def test_the_projector_gets_full_hd(projector: np.ndarray) -> None:
    assert projector.shape == (1080, 1920, 3)


@pytest.mark.parametrize(("size", "millimetres"), [("print", (297, 210)), ("print_a3", (420, 297))])
def test_paper_gets_its_size_at_300_dots_an_inch(size: map_picture.Size, millimetres: tuple[int, int]) -> None:
    content = picture(one_commune(), VI, size)
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == tuple(round(side / 25.4 * 300) for side in millimetres)
    at = content.index(b"pHYs") + 4
    assert struct.unpack(">II", content[at : at + 8]) == (11811, 11811)  # dots a metre


def test_each_class_fills_as_much_as_its_units(projector: np.ndarray) -> None:
    """Four squares (and an islet) are met and two are not; the swatches of the legend are small beside them."""
    met, not_met = area(projector, COLORS["met"]), area(projector, COLORS["not_met"])
    assert not_met > 50_000
    assert met / not_met == pytest.approx(2, rel=0.15)


def test_a_class_without_units_has_its_swatch_alone(projector: np.ndarray) -> None:
    assert 46 * 30 * 0.8 < area(projector, COLORS["none_here"]) <= 46 * 30


def test_the_unknown_is_lines_on_white(projector: np.ndarray) -> None:
    plain = pixels(picture(one_commune("not_met"), VI))
    hatched = pixels(picture(one_commune("unknown"), VI))
    whole = area(plain, COLORS["not_met"])
    lines = area(hatched, COLORS["unknown"])
    assert 0.03 * whole < lines < 0.5 * whole
    assert area(hatched, "#FFFFFF") - area(plain, "#FFFFFF") > 0.4 * whole


def test_what_is_not_rural_has_its_own_look(projector: np.ndarray) -> None:
    assert 30_000 < area(projector, COLORS["not_rural"]) < area(projector, COLORS["not_met"])


def test_a_polygon_of_no_unit_stays_empty() -> None:
    drawn = shapes()
    extra = gpd.GeoDataFrame(
        {"label": ["Vùng lạ"], "district_code": [""], "province_code": [""]},
        geometry=[shapely.box(105.3, 9.7, 105.4, 9.9)], crs="EPSG:4326",
    )  # fmt: skip
    image = pixels(picture(sheet(shapes=replace(drawn, extras=extra)), VI))
    assert area(image, "#FFFFFF") > 1_000_000
    assert area(image, COLORS["met"]) / area(image, COLORS["not_met"]) == pytest.approx(2, rel=0.15)


def test_islands_far_out_at_sea_are_drawn_in_a_box_and_do_not_shrink_the_map(written: list[str]) -> None:
    drawn = shapes()
    far = gpd.GeoDataFrame(
        {"label": ["Huyện Hoàng Sa"], "district_code": ["498"], "province_code": ["48"]},
        geometry=[shapely.Point(112, 16.5).buffer(0.1)], crs="EPSG:4326",
    )  # fmt: skip
    image = pixels(picture(sheet(shapes=replace(drawn, extras=far)), VI))
    assert area(image, COLORS["met"]) == pytest.approx(area(pixels(picture(sheet(), VI)), COLORS["met"]), rel=0.02)
    assert "Hoàng Sa" in written


@pytest.mark.parametrize(
    ("groups", "said"), [(1, ["Cồn 1"]), (3, ["Cồn 1", "Cồn 2", "Cồn 3"]), (5, ["Cồn 1, Cồn 2, Cồn 3, Cồn 4, Cồn 5"])]
)
def test_a_part_of_a_unit_far_out_is_shown_too(written: list[str], groups: int, said: list[str]) -> None:
    drawn = shapes()
    units = drawn.communes.copy()
    names = [f"Xã Cồn {number}" for number in range(1, groups + 1)]
    units.loc[: groups - 1, "name"] = names
    far = [shapely.box(112 + place, 16, 112.001 + place, 16.001) for place in range(groups)]
    units.loc[: groups - 1, "geometry"] = [
        shapely.MultiPolygon([own, islet]) for own, islet in zip(units.geometry[:groups], far, strict=True)
    ]
    picture(sheet(shapes=replace(drawn, communes=units)), VI)
    assert [line for line in written if line.removeprefix("Xã ").startswith("Cồn")] == said


def test_title_date_source_illustrative_and_caveats_are_written(written: list[str]) -> None:
    picture(sheet(), VI)
    text = " ".join(written)
    for words in (
        "Tỉnh Hậu Giang có 5/7 xã từ 15 tiêu chí", "Số liệu đến 30/6/2022", "Nguồn: Biểu tiêu chí các huyện gửi",
        "Số liệu minh hoạ", "không có giá trị pháp lý", "1 đơn vị không có hình trên bản đồ: Xã Thuận Hòa",
        "Một đơn vị được đặt lại gần đúng.", "Số tiêu chí đạt", "Quyết định 318/QĐ-TTg",
    ):  # fmt: skip
        assert words in text
    assert [written[written.index(name) - 1] for name in ("Chưa rõ", "Dưới 5 tiêu chí")] == ["1", "0"]


def test_real_figures_and_real_boundaries_carry_no_mark_of_others(written: list[str]) -> None:
    picture(sheet(is_illustrative=False, shapes=shapes(is_schematic=False)), VI)
    assert not any("minh hoạ" in line or "pháp lý" in line for line in written)
    assert "B" in written  # the arrow to the north


def test_a_schematic_map_has_no_arrow_to_the_north(written: list[str]) -> None:
    picture(sheet(), VI)
    assert "B" not in written


def test_no_shape_at_all_is_said(written: list[str]) -> None:
    drawn = shapes()
    nothing = Shapes(drawn.communes.head(0), drawn.districts.head(0), True, (), ())
    assert pixels(picture(sheet(shapes=nothing), VI)).shape == (1080, 1920, 3)
    assert "9 đơn vị không có hình trên bản đồ" in " ".join(written)


@pytest.mark.filterwarnings("error")
def test_stacked_marks_are_in_the_font_and_a_dollar_sign_begins_no_formula() -> None:
    """Matplotlib warns of a sign that no font has, and refuses a broken formula."""
    picture(sheet(title="ằẵặầẫậềễệồỗộờỡợừữự ỲỸỴ ĐƯỜNG $x^2$ → ≥ $\\frac{"), VI)


def test_decomposed_letters_are_joined() -> None:
    assert map_canvas.composed("Vi\u0323 Ta\u0302n") == "Vị Tân"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Xã Vị Tân", "Vị Tân"), ("Phường IV", "P. IV"), ("Thị trấn Nàng Mau", "TT. Nàng Mau"), ("Xãm", "Xãm"),
        ("Huyện Vị Thuỷ", "Vị Thuỷ"), ("Thị xã Long Mỹ", "TX. Long Mỹ"), ("Thành phố Vị Thanh", "TP. Vị Thanh"),
    ],
)  # fmt: skip
def test_names_are_short_as_on_maps(name: str, short: str) -> None:
    assert short_name(name) == short


def test_pictures_drawn_at_once_are_the_same_as_alone() -> None:
    alone = picture(one_commune(), VI)
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(picture(one_commune(), VI))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [alone] * 4


def test_pyplot_holds_no_figure() -> None:
    picture(one_commune(), VI)
    assert sys.modules["matplotlib.pyplot"].get_fignums() == []
