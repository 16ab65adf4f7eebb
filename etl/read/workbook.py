"""A workbook file to grids: what the file is decides its content, not its name."""

from __future__ import annotations

from pathlib import Path

from etl.issues import Issue
from etl.read.delimited import read_delimited
from etl.read.grid import Grid
from etl.read.kinds import OLE, ZIP, container_of
from etl.read.limits import MAX_FILE_BYTES, RefusedError
from etl.read.ods import read_ods
from etl.read.package import XLSX, inspect_package
from etl.read.xls import read_xls
from etl.read.xlsx import read_xlsx


def read_workbook(path: Path) -> tuple[list[Grid], Issue | None]:
    """Return the sheets of a workbook, or the reason why it was not opened. Charts and empty sheets are left out.

    Reads .xlsx, .xls, .ods and .csv. Raises OSError when the file cannot be read at all.
    """
    try:
        return [grid for grid in _read(path) if grid.filled_rows], None
    except RefusedError as refused:
        return [], refused.issue


def _read(path: Path) -> list[Grid]:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise RefusedError("FILE_TOO_LARGE", megabytes=MAX_FILE_BYTES // 2**20)
    container = container_of(path)
    if container == ZIP:
        package = inspect_package(path)
        return read_xlsx(path, package) if package.kind == XLSX else read_ods(path)
    return read_xls(path) if container == OLE else read_delimited(path)
