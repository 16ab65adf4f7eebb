"""The shapes of a province, made once and served by the hash of their content: the browser fetches them once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from ntm.errors import NtmError
from ntm.geo.boundary_files import find_boundary_file
from ntm.geo.shapes import Note, province_shapes, simplify_shapes, to_geojson_bytes
from ntm.settings import settings
from ntm.ui.cache import read

_log = logging.getLogger(__name__)
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_payloads: dict[str, bytes] = {}


@dataclass(frozen=True)
class Geometry:
    """Where the browser gets a province's shapes, and what its caption has to say of them."""

    url: str
    size: int
    is_schematic: bool
    notes: tuple[Note, ...]
    missing: tuple[str, ...]
    fault: NtmError | None


def province_geometry(province: str, day: date) -> Geometry:
    """Return the geometry of a province's commune-level units in force on a day.

    The polygons come from the office's boundary file when there is one that fits, else from the schematic map; what
    was wrong with the file is in `fault`.
    """
    units = read("commune_units", province=province, day=day)
    path, fault = None, None
    try:
        path = find_boundary_file(settings().boundary_folder, settings().boundary_file)
    except NtmError as error:
        fault = error
    hints = read("successor_points", province=province)
    made = _make(tuple(units["unit_code"]), path, path.stat().st_mtime if path else 0.0, units, hints)
    return made if fault is None else Geometry(**{**vars(made), "fault": fault})


# Streamlit leaves arguments that begin with an underscore out of the key: the codes stand for the frames.
@st.cache_resource(max_entries=20, show_spinner=False)
def _make(
    codes: tuple[str, ...], path: Path | None, changed: float, _units: pd.DataFrame, _hints: pd.DataFrame
) -> Geometry:
    shapes, fault = province_shapes(_units, path, _hints)
    if fault:
        _log.warning("boundary file refused", extra={"key": fault.key, "values": fault.values})
    content, digest = to_geojson_bytes(simplify_shapes(shapes))
    _payloads[digest] = content
    return Geometry(
        url=f"/geo/{digest}.json",
        size=len(content),
        is_schematic=shapes.is_schematic,
        notes=shapes.notes,
        missing=shapes.missing,
        fault=fault,
    )


async def geometry_response(request: Request) -> Response:
    """Answer /geo/<hash>.json with the shapes of that content, to be kept by the browser for good."""
    payload = _payloads.get(request.path_params["name"].removesuffix(".json"))
    if payload is None:
        return Response(status_code=404)
    return Response(payload, media_type="application/geo+json", headers=_FOREVER)
