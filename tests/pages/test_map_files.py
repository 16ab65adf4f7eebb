"""What the map says of its source, and what its files hold: of a district its own units and counts, no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm.charts.map_layers import layers_for
from ntm.i18n import translator
from ntm.settings import settings
from ntm.ui import map_data, map_exports, map_view
from ntm.ui.cache import as_day, read
from ntm.ui.filters import Place
from ntm.ui.map_controls import View

VI = translator("vi")
DISTRICT = "935"


@pytest.fixture(autouse=True)
def warehouse(sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    settings.cache_clear()


def view(layer: str, district: str | None = None, area: str = "communes") -> View:
    months = tuple(as_day(day) for day in read("months", province="93")["period_end"])
    place = Place("93", "Tỉnh Hậu Giang", district, "Huyện Vị Thuỷ" if district else None, months[0], months)
    level = "commune" if area == "communes" else "province"
    entry = next(entry for entry in layers_for(level) if entry.key == layer)
    return View(place, area, False, entry, None, place.earlier_month)


@pytest.mark.parametrize(
    ("layer", "source"),
    [("standard", "standing"), ("watch", "standing"), ("funding", "money"), ("disbursement", "money"),
     ("arrears", "arrears")],
)  # fmt: skip
def test_a_layer_names_the_workbooks_that_it_is_from(layer: str, source: str) -> None:
    assert map_view.source_of(VI, view(layer)) == VI(f"layer.source.{source}")


def test_published_figures_are_named_on_the_map_of_provinces() -> None:
    assert "đã công bố" in map_view.source_of(VI, view("ntm_share", area="provinces"))


def test_the_file_of_a_district_has_its_units_and_their_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = []
    monkeypatch.setattr(map_exports, "show", lambda t, sheet, key: sheets.append(sheet()))
    map_view.exports(VI, view("standard", DISTRICT))
    (sheet,) = sheets
    assert sheet.title.startswith("Huyện Vị Thuỷ")
    codes = {unit.code for unit in sheet.layer.units}
    assert codes == set(sheet.table["unit_code"]) == set(sheet.shapes.communes["unit_code"])
    assert sum(item.count for item in sheet.layer.classes) == len(codes) == 10
    assert list(sheet.shapes.districts["district_code"]) == [DISTRICT]


def test_the_file_of_the_province_has_all() -> None:
    assert len(map_data.shown_of(view("standard")).units) == len(map_data.shapes_of(view("standard")).communes) == 75
