"""A whole snapshot to take along: the DuckDB file itself, or every table as Parquet with the data dictionary, in a zip.

Both are streamed from the disk, so that the size of a snapshot is not taken from the server's memory.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pandas as pd
import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from ntm import catalog
from ntm.errors import NtmError
from ntm.i18n import Translator, translator
from ntm.reports import table_files
from ntm.reports.table_sheet import Origin, TableSheet
from ntm.settings import settings
from ntm.ui.cache import snapshot, snapshot_of
from ntm.warehouse import build_path

ROUTE = "/ban-so-lieu/{name}"
DICTIONARY, READ_ME = "tu_dien_du_lieu.xlsx", "DOC_TRUOC.txt"
_CHUNK = 1 << 20
_MEGABYTE = 1e6
_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


def show(t: Translator) -> None:
    """Offer the snapshot that is looked at, with its size; the zip is made when its button is pressed."""
    shown = snapshot()
    size = t.format.number(shown.path.stat().st_size / _MEGABYTE, 1)
    with st.container(border=True):
        st.header(t("download.snapshot"))
        st.caption(t("download.snapshot_hint", build_id=shown.build_id))
        with st.container(horizontal=True):
            for ending, label in ((".duckdb", t("download.duckdb", size=size)), (".zip", t("download.zip"))):
                # Below any base path of the server, as the page itself.
                st.link_button(label, f"ban-so-lieu/{shown.build_id}{ending}")


async def snapshot_response(request: Request) -> Response:
    """Answer /ban-so-lieu/<build id>.duckdb or .zip with the file; 404 for a snapshot that is not kept."""
    name = Path(str(request.path_params["name"]))
    try:
        path = build_path(name.stem, settings().warehouse_folder)
        if name.suffix == ".duckdb":
            return FileResponse(path, filename=path.name)
        if name.suffix == ".zip":
            content = await run_in_threadpool(archive, name.stem)
            size = content.seek(0, 2)
            headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
            return StreamingResponse(_chunks(content), media_type="application/zip", headers=headers)
    except NtmError as error:
        _log.info("snapshot not given", extra={"key": error.key, "values": error.values})
    return Response(status_code=404)


def archive(build_id: str) -> IO[bytes]:
    """Return a zip of a kept snapshot, in a temporary file that is gone when it is closed: a Parquet file a table.

    The dictionary and what to read first are in Vietnamese. Raises NtmError when the snapshot is there no more.
    """
    source, t = snapshot_of(build_id), translator("vi")
    kept = set(source.read("known_tables")["table_name"])
    content = tempfile.TemporaryFile()  # noqa: SIM115  # it outlives this function: whoever streams it closes it
    with _one_at_a_time, tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(content, "w") as made:
        told = source.read("snapshot").iloc[0]
        made.writestr(READ_ME, t("download.read_me", build_id=build_id, time=t.format.time(told["built_at"])))
        made.writestr(DICTIONARY, _dictionary(build_id, bool(told["illustrative_sheets"]), t))
        for name in catalog.tables():
            if name in kept:
                part = Path(folder) / f"{name}.parquet"
                source.write_parquet(name, part)
                made.write(part, part.name)
                part.unlink()
    return content


def _dictionary(build_id: str, is_illustrative: bool, t: Translator) -> bytes:
    rows = [
        (one.name, t.label(one.label), column.name, t.label(column.label), column.type, column.meaning_vi)
        for one in catalog.tables().values()
        for column in one.columns
    ]
    labels = {
        "table": t("data.table"),
        "table_label": t("download.table_label"),
        **{f"dictionary_{name}": t(f"column.dictionary_{name}") for name in ("name", "label", "type", "meaning")},
    }
    origin = Origin(t("data.dictionary"))
    sheet = TableSheet(pd.DataFrame(rows, columns=list(labels)), labels, origin, build_id, is_illustrative)
    return table_files.make("xlsx", sheet, t)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        content.seek(0)
        while part := content.read(_CHUNK):
            yield part
