"""One load from workbooks to a published snapshot, or the reason why there is none; one check of workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from etl.assemble import issue_row
from etl.build import Built, FailedCheck, build, content_hash
from etl.context import Options
from etl.corrections import NO_CORRECTIONS, Correction, Corrections
from etl.corrections_file import read_corrections
from etl.history import Loss
from etl.load import Loaded, checksums, read_all
from etl.previous import Previous, PreviousLostError, read_previous
from etl.publish import WarehouseBusyError, current_snapshot, discard, held, new_snapshot_path, publish
from etl.reference_facts import read_reference
from etl.statements import statement
from ntm.settings import settings

PUBLISHED, UNCHANGED, REFUSED, CHECKED = "published", "unchanged", "refused", "checked"
BUSY, LOST = "busy", "lost"
OnRead = Callable[[str], None]
Files = Sequence[tuple[Path, str]]
Row = Mapping[str, object]


@dataclass(frozen=True)
class Request:
    """What to load: files (path, path as shown), what the person adds to them, the file of corrections."""

    files: Files
    options: Options
    corrections: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of it. `build_id` is that of the snapshot that readers now have from this load, else None.

    `loaded` is there when workbooks were read; `unused` are corrections of files that were not among them.
    """

    state: str
    build_id: str | None = None
    files: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    sheets: Sequence[Row] = ()
    issues: Sequence[Row] = ()
    failed: Sequence[FailedCheck] = ()
    losses: Sequence[Loss] = ()
    changes: Mapping[str, int] = field(default_factory=dict)
    unused: Sequence[Correction] = ()
    loaded: Loaded | None = None


def run_check(request: Request, on_read: OnRead) -> Outcome:
    """Read workbooks and say what was found; nothing is written."""
    corrections, refusal = _corrections(request)
    if refusal:
        return refusal
    loaded = read_all(request.files, settings().reference_folder, request.options, on_read, corrections)
    return _outcome(CHECKED, loaded)


def run_load(
    request: Request, warehouse: Path, on_read: OnRead, *, wait_seconds: float = 0, allow_shrink: bool = False
) -> Outcome:
    """Load workbooks into the warehouse: one load at a time, published whole or not at all.

    Raises OSError when the warehouse cannot be made or written.
    """
    try:
        with held(warehouse, wait_seconds):
            return _load(request, warehouse, on_read, allow_shrink)
    except WarehouseBusyError:
        return Outcome(BUSY)


def _load(request: Request, warehouse: Path, on_read: OnRead, allow_shrink: bool) -> Outcome:
    reference = settings().reference_folder
    corrections, refusal = _corrections(request)
    if refusal:
        return refusal
    try:
        previous = read_previous(current_snapshot(warehouse))
    except PreviousLostError:
        if not allow_shrink:
            return Outcome(LOST)
        previous = Previous(is_lost=True)
    files = checksums(request.files)
    if previous.path and previous.content_hash == content_hash(reference, files, request.options, corrections):
        return _unchanged(previous.path, len(files))
    loaded = read_all(request.files, reference, request.options, on_read, corrections, previous.first_loaded)
    if loaded.is_empty or loaded.has_unfitting_correction:
        return _outcome(REFUSED, loaded)
    snapshot = new_snapshot_path(warehouse)
    try:
        built = build(snapshot, reference, loaded, previous, allow_shrink=allow_shrink)
        if built.failed or (built.losses and not allow_shrink):
            return _outcome(REFUSED, loaded, built)
        publish(snapshot, int(settings().snapshots_kept))
    finally:
        discard(snapshot)
    return _outcome(PUBLISHED, loaded, built, snapshot.stem)


def _corrections(request: Request) -> tuple[Corrections, Outcome | None]:
    """Return the corrections to use, or the outcome of a load whose file of corrections is faulty."""
    path = request.corrections
    if path is None:
        return NO_CORRECTIONS, None
    corrections, faults = read_corrections(path, read_reference(settings().reference_folder).register)
    if not faults:
        return corrections, None
    rows = [{"issue_no": number, **issue_row("-", path.name, issue)} for number, issue in enumerate(faults, start=1)]
    return NO_CORRECTIONS, Outcome(REFUSED, issues=rows)


def _outcome(state: str, loaded: Loaded, built: Built | None = None, build_id: str | None = None) -> Outcome:
    if built:
        loaded = replace(loaded, assembled=replace(loaded.assembled, issues=built.issues))
    return Outcome(
        state=state,
        build_id=build_id,
        files=len(loaded.readings),
        facts={name: len(rows) for name, rows in loaded.assembled.facts.items()},
        sheets=loaded.assembled.source_files,
        issues=loaded.assembled.issues,
        failed=built.failed if built else (),
        losses=built.losses if built else (),
        changes=built.changes if built else {},
        unused=loaded.corrections.unused((item.path, item.sha256) for item in loaded.readings),
        loaded=loaded,
    )


def _unchanged(snapshot: Path, files: int) -> Outcome:
    """Return the outcome of the load that published what would be published again."""
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        rows: dict[str, list[Row]] = {}
        for name in ("source_file", "load_issue"):
            result = connection.execute(statement("history", f"this_{name}"))
            columns = [column[0] for column in result.description]
            rows[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return Outcome(UNCHANGED, snapshot.stem, files, sheets=rows["source_file"], issues=rows["load_issue"])
