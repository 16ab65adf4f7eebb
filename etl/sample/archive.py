"""Workbook files that are the same bytes whenever they are written."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

WRITTEN = datetime(2025, 7, 1)


def new_workbook(title: str) -> Workbook:
    """An empty workbook with fixed properties."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.properties.creator = "Văn phòng Điều phối nông thôn mới"
    workbook.properties.created = WRITTEN
    return workbook


def save(workbook: Workbook, path: Path) -> Path:
    """Write the workbook so that the same content always gives the same bytes.

    openpyxl stamps the hour of saving into the properties and into the archive: both are replaced.
    """
    buffer = BytesIO()
    workbook.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(buffer) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = rf"\g<1>{WRITTEN:%Y-%m-%dT%H:%M:%SZ}".encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", stamp, content)
            entry = ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.create_system = 3
            target.writestr(entry, content, ZIP_DEFLATED, 9)
    return path
