"""Where the browser gets shapes: one address for each content, at each level, with the office's file or without."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from ntm.i18n import translator
from ntm.settings import settings
from ntm.ui.geometry import geometry, geometry_response, shapes

DAY = date(2022, 12, 31)
HAU_GIANG = "93"


@pytest.fixture(scope="module", autouse=True)
def warehouse(sample_warehouse: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture
def boundary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The communes of Hậu Giang but one, and one polygon of no unit in its place."""
    path = tmp_path / "ranh_gioi.gpkg"
    communes = shapes("commune", HAU_GIANG, DAY).communes[["unit_code", "name", "geometry"]].copy()
    communes.loc[0, ["unit_code", "name"]] = ["99999", "Nông trường"]
    communes.to_file(path)
    monkeypatch.setenv("NTM_BOUNDARIES", str(path))
    settings.cache_clear()
    yield path
    settings.cache_clear()


def fetched(url: str, encoding: str) -> Response:
    scope = {
        "type": "http",
        "method": "GET",
        "headers": [(b"accept-encoding", encoding.encode())],
        "path_params": {"name": url.rpartition("/")[2]},
    }
    return asyncio.run(geometry_response(Request(scope)))


@pytest.mark.parametrize(("level", "count"), [("commune", 75), ("district", 8), ("province", 1)])
def test_each_level_has_its_own_address(level: str, count: int) -> None:
    made = geometry(level, HAU_GIANG, DAY)  # type: ignore[arg-type]
    packed, plain = fetched(made.url, "gzip, br"), fetched(made.url, "identity")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(plain.body) == made.size
    assert "immutable" in plain.headers["Cache-Control"]
    features = json.loads(plain.body)["features"]
    assert len(features) == count
    assert len({feature["properties"]["code"] for feature in features}) == count


def test_months_of_the_same_units_share_one_address() -> None:
    assert geometry("commune", HAU_GIANG, DAY).url == geometry("commune", HAU_GIANG, date(2022, 11, 30)).url


def test_unknown_address_is_not_found() -> None:
    assert fetched("/geo/0000.json", "gzip").status_code == 404


def test_a_boundary_file_comes_with_its_report(boundary_file: Path) -> None:
    made = geometry("commune", HAU_GIANG, DAY)
    assert not made.is_schematic
    assert made.report is not None
    assert (made.report.polygons, made.report.matched, made.report.without_unit) == (75, 74, 1)
    assert len(made.missing) == 1
    assert geometry("district", HAU_GIANG, DAY).report is not None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_report_is_shown_with_its_tables(boundary_file: Path, language: str) -> None:
    def page(language: str) -> None:
        from datetime import date

        import streamlit as st

        from ntm.i18n import translator
        from ntm.ui import boundary_report
        from ntm.ui.geometry import geometry

        st.session_state.setdefault("boundary_report", True)
        boundary_report.show(translator(language), geometry("commune", "93", date(2022, 12, 31)))

    at = AppTest.from_function(page, kwargs={"language": language}, default_timeout=30).run()
    assert not at.exception
    t = translator(language)
    assert at.expander[0].label == t("boundary.report")
    said = " ".join(item.value for item in at.markdown)
    assert t.format.number(74) in said
    assert t("boundary.report_strays") in said
    units, strays = (table.value for table in at.dataframe)
    assert units[t("boundary.matched_by")].tolist() == [t("boundary.by_none")]
    assert strays.iloc[0].tolist() == ["Nông trường", t("boundary.unknown_code"), t("yes")]


def test_a_schematic_map_has_no_report() -> None:
    def page() -> None:
        from datetime import date

        from ntm.i18n import translator
        from ntm.ui import boundary_report
        from ntm.ui.geometry import geometry

        boundary_report.show(translator("vi"), geometry("commune", "93", date(2022, 12, 31)))

    at = AppTest.from_function(page, default_timeout=30).run()
    assert not at.exception
    assert not at.expander
