"""The shapes of a province or of the country, made once and served by the hash of their content.

The browser fetches them once. How the country's are kept: docs/decisions/007-country-map.md.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from ntm.errors import NtmError
from ntm.geo.boundary_files import find_boundary_file
from ntm.geo.boundary_report import MatchReport
from ntm.geo.shapes import Level, Note, Shapes, at_level, country_shapes, province_shapes
from ntm.geo.shapes_geojson import simplify_shapes, to_geojson_bytes
from ntm.settings import ROOT, settings
from ntm.ui.cache import as_day, read, snapshot
from ntm.ui.language import current_translator

_log = logging.getLogger(__name__)
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
_LEVELS: tuple[Level, ...] = ("commune", "district", "province")
_payloads: dict[str, bytes] = {}


@dataclass(frozen=True)
class Geometry:
    """Where the browser gets shapes, and what their caption has to say of them; size in bytes before compression."""

    url: str
    size: int
    is_schematic: bool
    notes: tuple[Note, ...]
    missing: tuple[str, ...]
    fault: NtmError | None
    report: MatchReport | None = None


@dataclass(frozen=True, eq=False)
class _Made:
    shapes: Shapes
    geometry: Geometry


@dataclass(frozen=True)
class _File:
    """The office's boundary file as it is now; no path without one."""

    path: Path | None
    changed: float
    fault: NtmError | None


@dataclass(frozen=True, eq=False)
class _Units:
    """What shapes are made of besides the file: see `province_shapes`."""

    units: pd.DataFrame
    hints: pd.DataFrame | None = None
    islands: pd.DataFrame | None = None
    country: pd.DataFrame | None = None

    @property
    def key(self) -> str:
        """What stands for the units where results are kept: equal for equal names and points."""
        columns = self.units.columns.intersection(["unit_code", "name", "district_code", "longitude", "latitude"])
        rows = pd.util.hash_pandas_object(self.units[columns], index=False)
        return hashlib.sha256(rows.to_numpy().tobytes()).hexdigest()


def geometry(level: Level, province: str | None, day: date) -> Geometry:
    """Return the geometry of a province, or of the country (None), at a level, of the units in force on a day.

    The polygons come from the office's boundary file when there is one that fits, else from the schematic map; what
    was wrong with the file is in `fault`. Since July 2025 there are no districts: then nothing is drawn at that level.
    """
    file = _boundary_file()
    if province is None:
        with st.spinner(current_translator()("boundary.making_country")):
            made = _country(snapshot().build_id, day, file.path, file.changed)[level].geometry
    else:
        made = _province(snapshot().build_id, level, province, day, file.path, file.changed).geometry
    return replace(made, fault=file.fault) if file.fault else made


def shapes(level: Level, province: str | None, day: date) -> Shapes:
    """Return the shapes behind `geometry`, for files and pictures: those of the country as the map draws them."""
    file = _boundary_file()
    if province is None:
        return _country(snapshot().build_id, day, file.path, file.changed)[level].shapes
    return _province(snapshot().build_id, level, province, day, file.path, file.changed).shapes


def units_geometry(units: pd.DataFrame) -> Geometry:
    """Return the geometry of some of today's commune-level units (rows like those of commune_units)."""
    made, fault = _of_today(units)
    return replace(made.geometry, fault=fault) if fault else made.geometry


def units_shapes(units: pd.DataFrame) -> Shapes:
    """Return the shapes behind `units_geometry`."""
    return _of_today(units)[0].shapes


def _of_today(units: pd.DataFrame) -> tuple[_Made, NtmError | None]:
    file = _boundary_file()
    found = _Units(units, country=read("commune_units", province=None, day=date.max) if file.path else None)
    return _made("commune", found.key, file.path, file.changed, found), file.fault


def prepare_country() -> None:
    """Make the country's shapes of the first and last month, so that no visitor waits for them.

    Only where several provinces have data: an office of one province has little use for them.
    """
    try:
        provinces = [str(code) for code in read("provinces")["province_code"]]
        months = [as_day(day) for code in provinces for day in read("months", province=code)["period_end"]]
        for day in sorted({min(months), max(months)}) if len(provinces) > 1 else []:
            file = _boundary_file()
            _country(snapshot().build_id, day, file.path, file.changed)
    except NtmError as error:
        _log.info("country not drawn ahead", extra={"key": error.key})


def _boundary_file() -> _File:
    try:
        path = find_boundary_file(settings().boundary_folder, settings().boundary_file)
    except NtmError as error:
        return _File(None, 0.0, error)
    return _File(path, path.stat().st_mtime if path else 0.0, None)


# A rerun asks by place and day alone. What was made is kept by the units themselves besides: they are the same in
# most months and builds. Streamlit leaves arguments that begin with an underscore out of the key.
@st.cache_resource(max_entries=200, show_spinner=False)
def _province(build_id: str, level: Level, province: str, day: date, path: Path | None, changed: float) -> _Made:
    found = _Units(
        units=read("commune_units", province=province, day=day),
        hints=read("successor_points", province=province),
        islands=read("island_districts", province=province, day=day),
        country=read("commune_units", province=None, day=day) if path else None,
    )
    return _made(level, found.key, path, changed, found)


@st.cache_resource(max_entries=60, show_spinner=False)
def _made(level: Level, key: str, path: Path | None, changed: float, _from: _Units) -> _Made:
    communes, fault = _communes(key, path, changed, _from)
    added = at_level(communes, level)
    return _Made(added, _served(simplify_shapes(added), fault))


@st.cache_resource(max_entries=20, show_spinner=False)
def _communes(key: str, path: Path | None, changed: float, _from: _Units) -> tuple[Shapes, NtmError | None]:
    made, fault = province_shapes(_from.units, path, _from.hints, country=_from.country, islands=_from.islands)
    if fault:
        _log.warning("boundary file refused", extra={"key": fault.key, "values": fault.values})
    return made, fault


@st.cache_resource(max_entries=200, show_spinner=False)
def _country(build_id: str, day: date, path: Path | None, changed: float) -> dict[Level, _Made]:
    found = _Units(
        units=read("commune_units", province=None, day=day),
        hints=read("successor_points", province=None),
        islands=read("island_districts", province=None, day=day),
    )
    return _country_of(found.key, path, changed, found)


@st.cache_resource(max_entries=4, show_spinner=False)
def _country_of(key: str, path: Path | None, changed: float, _from: _Units) -> dict[Level, _Made]:
    # Not as a decorator: while the modules are loaded there is no server yet whose disk it could use.
    kept = st.cache_data(persist="disk", max_entries=1, show_spinner=False)(_country_on_disk)
    try:
        made = kept(key, path, changed, _program(), _from)
    except OSError as error:
        _log.warning("country's shapes not kept on disk", exc_info=error)
        made = _make_country(path, _from)
    return {level: _Made(added, _served(added, None)) for level, added in made.items()}


def _country_on_disk(key: str, path: Path | None, changed: float, program: str, _from: _Units) -> dict[Level, Shapes]:
    return _make_country(path, _from)


def _make_country(path: Path | None, found: _Units) -> dict[Level, Shapes]:
    made = country_shapes(found.units, path, found.hints, found.islands)
    return {level: simplify_shapes(at_level(made, level)) for level in _LEVELS}


@cache
def _program() -> str:
    """Return a hash of the code that draws: what another version has left on the disk is not taken."""
    files = sorted((ROOT / "ntm" / "geo").glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _served(made: Shapes, fault: NtmError | None) -> Geometry:
    content, digest = to_geojson_bytes(made)
    _payloads[digest] = gzip.compress(content, 6)
    return Geometry(
        url=f"/geo/{digest}.json",
        size=len(content),
        is_schematic=made.is_schematic,
        notes=made.notes,
        missing=made.missing,
        fault=fault,
        report=made.report,
    )


async def geometry_response(request: Request) -> Response:
    """Answer /geo/<hash>.json with the shapes of that content, to be kept by the browser for good."""
    payload = _payloads.get(request.path_params["name"].removesuffix(".json"))
    if payload is None:
        return Response(status_code=404)
    headers = dict(_FOREVER)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        payload = gzip.decompress(payload)
    return Response(payload, media_type="application/geo+json", headers=headers)
