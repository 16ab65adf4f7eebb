"""Layers of a boundary file: GeoPackage, GeoJSON, Shapefile (also zipped) or GeoParquet."""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path

import geopandas as gpd
import pyarrow
import pyogrio

from ntm.errors import NtmError

log = logging.getLogger(__name__)

VECTOR = (".gpkg", ".geojson", ".json", ".shp")
JSON = (".geojson", ".json")
FULL_CIRCLE = 360.0
PARQUET = (".parquet", ".geoparquet")
SUFFIXES = (*VECTOR, *PARQUET, ".zip")
POLYGONS = ("Polygon", "MultiPolygon")
_UNREADABLE = (
    pyarrow.ArrowException,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.DataSourceError,
    zipfile.BadZipFile,
    OSError,
    ValueError,
)


def find_boundary_file(folder: Path, explicit: Path | None) -> Path | None:
    """Return the file named explicitly, else the one in the folder, else None.

    Raises NtmError `boundary.file_not_found`, `boundary.several_files` (which one counts is not guessed).
    """
    if explicit is not None:
        if not explicit.is_file():
            raise NtmError("boundary.file_not_found", file=str(explicit))
        return explicit
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise NtmError("boundary.several_files", folder=folder.name, files=names)
    return found[0] if found else None


def read_polygon_layers(path: Path) -> list[gpd.GeoDataFrame]:
    """Return the rows with a polygon of each layer that has any.

    Raises NtmError `boundary.unreadable`, `boundary.no_polygons`.
    """
    try:
        layers = _read_layers(path)
    except _UNREADABLE as error:
        log.warning("boundary file not readable", extra={"file": path.name}, exc_info=error)
        raise NtmError("boundary.unreadable", file=path.name) from error
    polygons = [layer[layer.geom_type.isin(POLYGONS)] for layer in layers]
    filled = [layer.reset_index(drop=True) for layer in polygons if len(layer)]
    if not filled:
        found = sorted({kind for layer in layers for kind in layer.geom_type.dropna()})
        raise NtmError("boundary.no_polygons", file=path.name, found=", ".join(found) or "–")
    return filled


def _read_layers(path: Path) -> list[gpd.GeoDataFrame]:
    if path.suffix.lower() in PARQUET:
        return [gpd.read_parquet(path)]
    layers = []
    for source in _sources(path):
        for name, kind in pyogrio.list_layers(source):
            if kind is not None:  # a table without shapes
                layers.append(gpd.read_file(source, layer=name))
    return [_without_assumed_system(path, layer) for layer in layers]


def _without_assumed_system(path: Path, layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Take away the WGS 84 that the reader assumes for a GeoJSON without a system, where its numbers are no degrees."""
    if path.suffix.lower() not in JSON or b'"crs"' in path.read_bytes():
        return layer
    is_in_degrees = (abs(layer.total_bounds) <= FULL_CIRCLE).all()
    return layer if is_in_degrees else layer.set_crs(None, allow_override=True)


def _sources(path: Path) -> list[str]:
    if path.suffix.lower() != ".zip":
        return [str(path)]
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.lower().endswith(VECTOR)]
    return [f"/vsizip/{path}/{member}" for member in sorted(members)]
