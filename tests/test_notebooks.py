"""Every notebook runs from a clean kernel, wherever in the checkout it is started, and is committed without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FOLDERS = ("notebooks", "docs/decisions")
SHOWN = {"01_buoc_dau_voi_kho_so_lieu": ("37/51", "7/51", "17,5 tiêu chí/xã")}
"""What a notebook has to show of the sample, beside a figure."""

FIGURE = "application/vnd.plotly.v1+json"
SECONDS = 120


@pytest.fixture(
    scope="module",
    params=[(notebook, folder) for notebook in NOTEBOOKS for folder in FOLDERS],
    ids=lambda param: f"{param[0].stem}-in-{param[1]}",
)
def ran(request: pytest.FixtureRequest, sample_warehouse: Path) -> tuple[str, list[Any]]:
    """Name of a notebook and its outputs, over the sample, from a kernel that was started in a folder."""
    notebook, folder = request.param
    content = nbformat.read(notebook, as_version=4)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NTM_WAREHOUSE", str(sample_warehouse))
        NotebookClient(content, timeout=SECONDS, resources={"metadata": {"path": str(ROOT / folder)}}).execute()
    return notebook.stem, [output for cell in code_cells(content) for output in cell.outputs]


def code_cells(content: Any) -> list[Any]:
    return [cell for cell in content.cells if cell.cell_type == "code"]


def test_there_is_a_notebook() -> None:
    assert {path.stem for path in NOTEBOOKS} >= set(SHOWN)


def test_notebook_draws_a_figure(ran: tuple[str, list[Any]]) -> None:
    figures = [output.data[FIGURE] for output in ran[1] if FIGURE in output.get("data", {})]
    assert figures
    assert all(trace["x"] for figure in figures for trace in figure["data"])


def test_notebook_shows_what_the_sample_holds(ran: tuple[str, list[Any]]) -> None:
    name, outputs = ran
    text = " ".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)
    assert [figure for figure in SHOWN.get(name, ()) if figure not in text] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_without_outputs(notebook: Path) -> None:
    cells = code_cells(nbformat.read(notebook, as_version=4))
    assert [cell for cell in cells if cell.outputs or cell.execution_count is not None] == []
