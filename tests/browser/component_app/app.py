"""A page with the components alone: geometries made up of squares, each answer counted."""

from __future__ import annotations

from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from ntm.settings import ROOT
from ntm.ui.browser_files import ROUTE, browser_file_response
from tests.browser.component import HOSTILE

hits: dict[str, int] = {}


def square(x: float, y: float, side: float) -> list[list[list[float]]]:
    return [[[x, y], [x + side, y], [x + side, y - side], [x, y - side], [x, y]]]


def polygon(code: str | None, name: str, x: float, y: float) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, "district": "D"},
        "geometry": {"type": "Polygon", "coordinates": square(x, y, 0.1)},
    }


def grid(side: int) -> list[dict[str, Any]]:
    """Return squares of a tenth of a degree, row by row from the north west: 00001 is A, 00002 is B."""
    places = [(row, column) for row in range(side) for column in range(side)]
    return [
        polygon(f"{number:05}", "ABCDEFGHI"[number - 1], 105 + column / 10, 10 - row / 10)
        for number, (row, column) in enumerate(places, start=1)
    ]


def islands() -> list[dict[str, Any]]:
    """Return a unit of two islands, with a square between them that is no unit's."""
    parts = [square(105, 10, 0.1), square(105.2, 10, 0.1)]
    unit = polygon("00001", "Hai đảo", 105, 10)
    unit["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    return [unit, polygon(None, "", 105.1, 10)]


async def geometry(request: Request) -> Response:
    name = request.path_params["name"]
    hits[name] = hits.get(name, 0) + 1
    if name == "missing":
        return JSONResponse({}, 404)
    features = islands() if name == "islands" else grid(int(name))
    line = [[105, 10], [105.3, 10], [105.3, 9.7]]
    district = {
        "type": "Feature",
        "properties": {"name": f"Huyện {HOSTILE}", "label": [105.15, 9.95]},
        "geometry": {"type": "LineString", "coordinates": line},
    }
    districts = {"type": "FeatureCollection", "features": [district]}
    return JSONResponse({"type": "FeatureCollection", "features": features, "districts": districts})


async def leaflet(_request: Request) -> Response:
    return FileResponse(ROOT / "ntm/ui/static/leaflet/leaflet.js")


async def counted(_request: Request) -> Response:
    return JSONResponse(hits)


app = st.App(
    "script.py",
    routes=[
        Route("/geo/{name}", geometry),
        Route("/leaflet.js", leaflet),
        Route("/hits", counted),
        Route(ROUTE, browser_file_response),
    ],
)
