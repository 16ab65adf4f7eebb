"""The load as a whole: find the workbooks, read them side by side in child processes, build, check, publish."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as ReadTimeoutError
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from etl.assemble import Assembled, assemble
from etl.issues import Issue
from etl.reference_facts import read_reference
from etl.sheet import Options, WorkbookReading, read_file

READ_SECONDS = 60
READ_BYTES = 3 * 2**30
_IGNORED = ("~$", ".")
_DOCUMENTS = frozenset({".md", ".txt", ".json", ".yml", ".csvy"})


@dataclass(frozen=True)
class Loaded:
    """What a load read, and what goes into the warehouse from it."""

    readings: tuple[WorkbookReading, ...]
    assembled: Assembled

    @property
    def refused_files(self) -> int:
        return sum(1 for reading in self.readings if not any(sheet.form for sheet in reading.sheets))


def find_files(sources: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return (path, path as shown) of every file given or below a folder given; lock files and notes left out."""
    found: dict[Path, str] = {}
    for source in sources:
        if source.is_file():
            found[source.resolve()] = source.name
        for path in sorted(source.rglob("*")) if source.is_dir() else ():
            is_report = not path.name.startswith(_IGNORED) and path.suffix.lower() not in _DOCUMENTS
            if path.is_file() and is_report:
                found.setdefault(path.resolve(), path.relative_to(source).as_posix())
    return sorted(found.items(), key=lambda item: item[1])


def read_all(
    files: Sequence[tuple[Path, str]],
    reference_folder: Path,
    options: Options,
    on_read: Callable[[str], None] = lambda _: None,
) -> Loaded:
    """Read workbooks side by side. One that hangs, dies or eats memory is refused; the others go on."""
    read_reference(reference_folder)  # before the fork, so that the children share it
    readings = []
    for reading in _read_side_by_side(files, reference_folder, options):
        on_read(reading.path)
        readings.append(reading)
    return Loaded(tuple(readings), assemble(readings))


def _read_side_by_side(
    files: Sequence[tuple[Path, str]], reference_folder: Path, options: Options
) -> Iterator[WorkbookReading]:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    workers = min(len(files), os.cpu_count() or 1) or 1
    with ProcessPool(
        max_workers=workers, initializer=_limit_memory, context=multiprocessing.get_context(method)
    ) as pool:
        waiting = [
            (
                path,
                shown,
                pool.schedule(_read_one, args=(path, shown, reference_folder, options), timeout=READ_SECONDS),
            )
            for path, shown in files
        ]
        for path, shown, future in waiting:
            try:
                yield future.result()
            except (ReadTimeoutError, ProcessExpired, MemoryError):
                issue = Issue("FILE_TIMEOUT", values={"seconds": READ_SECONDS})
                yield WorkbookReading(shown, f"{path.stat().st_size:x}".rjust(64, "0"), (), (issue,), ())


def _read_one(path: Path, shown: str, reference_folder: Path, options: Options) -> WorkbookReading:
    return read_file(path, shown, read_reference(reference_folder), options)


def _limit_memory() -> None:
    """Bound a child's memory, where the system can: a workbook that inflates must not take the machine."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (READ_BYTES, READ_BYTES))
