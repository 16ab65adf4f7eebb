"""Every notebook runs from a clean kernel, wherever in the checkout it is started, and is committed without outputs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import ntm
from ntm.metrics.binding import MOST_AWAY
from ntm.metrics.standing import STANDARDS

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FOLDERS = ("notebooks", "docs/decisions")
SHOWN = {
    "01_buoc_dau_voi_kho_so_lieu": ("37/51", "7/51", "17,5 tiêu chí/xã"),
    "02_tieu_chi_nao_dang_vuong": ("xã gần đích",),
    "03_tien_va_tien_do": ("6.259.605 triệu đồng", "không kể tín dụng 670.223 triệu đồng"),
    "04_kiem_tra_mot_so_tinh": ("Xã Không Có Thật", "UNIT_UNKNOWN", "rows_rejected", "ô có ghi chú"),
    "05_ban_do_de_in": ("Đạt chuẩn NTM",),
}
"""What a notebook has to show of the sample, beside a figure."""

FIGURE, PICTURE = "application/vnd.plotly.v1+json", "image/png"
WITHOUT_FIGURE = {"04_kiem_tra_mot_so_tinh"}
SECONDS = 120
Ran = tuple[str, list[Any]]


_outputs: dict[str, list[Any]] = {}


def outputs_of(notebook: Path, warehouse: Path) -> list[Any]:
    """Return what a notebook shows over the sample, from a clean kernel, run once; every second one elsewhere."""
    if notebook.stem not in _outputs:
        folder = FOLDERS[NOTEBOOKS.index(notebook) % len(FOLDERS)]
        content = nbformat.read(notebook, as_version=4)
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("NTM_WAREHOUSE", str(warehouse))
            NotebookClient(content, timeout=SECONDS, resources={"metadata": {"path": str(ROOT / folder)}}).execute()
        _outputs[notebook.stem] = [output for cell in code_cells(content) for output in cell.outputs]
    return _outputs[notebook.stem]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def ran(request: pytest.FixtureRequest, sample_warehouse: Path) -> Ran:
    """Name of a notebook and its outputs."""
    return request.param.stem, outputs_of(request.param, sample_warehouse)


def code_cells(content: Any) -> list[Any]:
    return [cell for cell in content.cells if cell.cell_type == "code"]


def text_of(outputs: list[Any]) -> str:
    return " ".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


def test_there_is_a_notebook_for_each_thing_that_is_looked_for() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


def test_notebook_draws_a_figure(ran: Ran) -> None:
    name, outputs = ran
    figures = [output.data[FIGURE] for output in outputs if FIGURE in output.get("data", {})]
    pictures = [output for output in outputs if PICTURE in output.get("data", {})]
    assert figures or pictures or name in WITHOUT_FIGURE
    assert all(trace["x"] for figure in figures for trace in figure["data"])


def test_notebook_shows_what_the_sample_holds(ran: Ran) -> None:
    name, outputs = ran
    text = text_of(outputs)
    assert [figure for figure in SHOWN[name] if figure not in text] == []


def test_notebook_counts_what_the_rows_of_the_query_say(sample_warehouse: Path) -> None:
    outputs = outputs_of(ROOT / "notebooks" / "02_tieu_chi_nao_dang_vuong.ipynb", sample_warehouse)
    with ntm.open(warehouse=sample_warehouse) as snapshot:
        rows = snapshot.read("commune_outcomes", province="93", district=None, month=date(2022, 12, 31))
    candidates = rows[~rows["standard"].isin(STANDARDS)]
    counts = candidates.groupby("unit_code")["outcome"].value_counts().unstack(fill_value=0)
    missing = counts["not_met"] if "not_met" in counts else 0 * counts["met"]
    unknown = counts["unknown"] if "unknown" in counts else 0 * counts["met"]
    near = int(((missing <= MOST_AWAY) & (missing + unknown > 0)).sum())
    assert near
    assert f"{near} xã gần đích" in text_of(outputs)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_without_outputs(notebook: Path) -> None:
    cells = code_cells(nbformat.read(notebook, as_version=4))
    assert [cell for cell in cells if cell.outputs or cell.execution_count is not None] == []
