"""The domain of the New Rural Development dashboard: usable from a notebook, without Streamlit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntm.warehouse import Snapshot


def open(build_id: str | None = None, warehouse: Path | None = None) -> Snapshot:
    """Open the current snapshot read-only, or a kept one by its build id.

    `warehouse` is the folder of snapshots, else the one of NTM_WAREHOUSE. Raises NtmError when there is none.
    """
    # Imported when it is asked for: whoever needs a rule of the programme alone does not load the database.
    from ntm.warehouse import open_build, open_snapshot

    return open_build(build_id, warehouse) if build_id else open_snapshot(warehouse)
