"""The load as a whole: find the workbooks, read them side by side in child processes, put them together."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as ReadTimeoutError
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from etl.assemble import Assembled, assemble
from etl.issues import Issue
from etl.reference_facts import read_reference
from etl.sheet import Options, WorkbookReading, checksum, read_file

READ_SECONDS = 60
READ_BYTES = 3 * 2**30
_IGNORED = ("~$", ".")
_DOCUMENTS = frozenset({".md", ".txt", ".json", ".yml"})
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """What a load read, and what goes into the warehouse from it."""

    readings: tuple[WorkbookReading, ...]
    assembled: Assembled
    options: Options


def find_files(sources: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return (path, path as shown) of every file given or below a folder given; lock files and notes left out.

    The path as shown begins below the folder given, or with it when another folder has a file of that name.
    """
    below: dict[Path, tuple[str, Path]] = {}
    for source in sources:
        if source.is_file():
            below.setdefault(source.resolve(), (source.name, source.resolve().parent))
        for path in sorted(source.rglob("*")) if source.is_dir() else ():
            relative = path.relative_to(source)
            if path.is_file() and _is_report(relative):
                below.setdefault(path.resolve(), (relative.as_posix(), source.resolve()))
    names = Counter(name for name, _ in below.values())
    shown = ((path, name if names[name] == 1 else f"{folder.name}/{name}") for path, (name, folder) in below.items())
    return sorted(shown, key=lambda item: item[1])


def _is_report(relative: Path) -> bool:
    is_hidden = any(part.startswith(_IGNORED) for part in relative.parts)
    return not is_hidden and relative.suffix.lower() not in _DOCUMENTS


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
    return Loaded(tuple(readings), assemble(readings), options)


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
            yield _result(path, shown, future)


def _result(path: Path, shown: str, future: ProcessFuture) -> WorkbookReading:
    """Return what a child read, or a reading that says why there is none."""
    try:
        reading: WorkbookReading = future.result()
        return reading
    except ReadTimeoutError:
        issue = Issue("FILE_TIMEOUT", values={"seconds": READ_SECONDS})
    except (ProcessExpired, MemoryError):
        issue = Issue("FILE_CRASHED", values={"gigabytes": READ_BYTES // 2**30})
    except Exception as error:
        # A fault of the reader with one workbook must not lose the others: the log has it, the clerk a finding.
        log.exception("reading %s failed", shown)
        issue = Issue("FILE_FAILED", values={"error": type(error).__name__})
    try:
        return WorkbookReading(shown, checksum(path), issues=(issue,))
    except OSError:
        return WorkbookReading(shown, "", issues=(issue,))


def _read_one(path: Path, shown: str, reference_folder: Path, options: Options) -> WorkbookReading:
    return read_file(path, shown, read_reference(reference_folder), options)


def _limit_memory() -> None:
    """Bound a child's memory, where the system can: a workbook that inflates must not take the machine."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (READ_BYTES, READ_BYTES))
