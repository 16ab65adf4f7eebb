"""The load as a whole: find the workbooks, read them side by side in child processes, put them together."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as ReadTimeoutError
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from etl.assemble import NOTHING_LOADED, Assembled, assemble
from etl.context import Options
from etl.corrections import NO_CORRECTIONS, REFUSING, Corrections
from etl.issues import Issue
from etl.reference_facts import read_reference
from etl.workbook import WorkbookReading, checksum, read_file

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
    corrections: Corrections = NO_CORRECTIONS
    first_loaded: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing that was read gave a figure."""
        return not any(self.assembled.facts.values())

    @property
    def has_unfitting_correction(self) -> bool:
        """Whether a correction found another value, sheet or file than it was made for."""
        return any(issue["code"] in REFUSING for issue in self.assembled.issues)


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
    corrections: Corrections = NO_CORRECTIONS,
    first_loaded: Mapping[str, datetime] = NOTHING_LOADED,
) -> Loaded:
    """Read workbooks side by side. One that hangs, dies or eats memory is refused; the others go on.

    `first_loaded` is what the published snapshot knows of when each file first came, by checksum.
    """
    read_reference(reference_folder)  # before the fork, so that the children share it
    readings = []
    for reading in _read_side_by_side(files, reference_folder, options, corrections):
        on_read(reading.path)
        readings.append(reading)
    assembled = assemble(readings, first_loaded)
    return Loaded(tuple(readings), assembled, options, corrections, first_loaded)


def checksums(files: Sequence[tuple[Path, str]]) -> list[tuple[str, str]]:
    """Return (path as shown, checksum) of each file; the checksum of one that cannot be read is empty."""
    return [(shown, _checksum(path)) for path, shown in files]


def _checksum(path: Path) -> str:
    try:
        return checksum(path)
    except OSError:
        return ""


def _read_side_by_side(
    files: Sequence[tuple[Path, str]], reference_folder: Path, options: Options, corrections: Corrections
) -> Iterator[WorkbookReading]:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    workers = min(len(files), os.cpu_count() or 1) or 1
    with ProcessPool(
        max_workers=workers, initializer=_limit_memory, context=multiprocessing.get_context(method)
    ) as pool:
        waiting = []
        for path, shown in files:
            arguments = (path, shown, reference_folder, options, corrections)
            waiting.append((path, shown, pool.schedule(_read_one, args=arguments, timeout=READ_SECONDS)))
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
    return WorkbookReading(shown, _checksum(path), issues=(issue,))


def _read_one(
    path: Path, shown: str, reference_folder: Path, options: Options, corrections: Corrections
) -> WorkbookReading:
    reference = replace(read_reference(reference_folder), aliases=corrections.aliases)
    return read_file(path, shown, reference, options, corrections)


def _limit_memory() -> None:
    """Bound what a child may add to the memory that it began with: a workbook that inflates must not take the machine.

    A fork begins with its parent's address space, of which a database reserves gigabytes. Where the system does not
    tell or cannot limit, the limits on what a file may hold are all there is.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + READ_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
