"""The report as files: one marked-up copy for one workbook; for several a folder of copies and a summary of all."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from etl.notes import save_with_notes
from etl.report.copies import Copy, open_copy
from etl.report.findings import FileFindings, findings_by_file
from etl.report.marks import mark, size_notes, unmark
from etl.report.overview import overview_book
from etl.report.summary_sheet import add_summary

_NOT_OPENED = "Tệp không được mở để đánh dấu từng ô: xem các vấn đề dưới đây."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReportTarget:
    """Where a report goes: the workbook asked for, and the folder of the copies when there are several workbooks."""

    file: Path
    folder: Path


def report_target(path: Path, sources: Sequence[Path]) -> ReportTarget:
    """Return where a report may be written.

    Raises ValueError with a text for the person who asked: not .xlsx, there already (an office may be mending it), in a
    place that cannot be written, or inside a folder that is read, where the next load would take it for a workbook.
    """
    target = ReportTarget(path, path.with_suffix(""))
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"--report '{path}' phải có đuôi .xlsx")
    for place in (target.file, target.folder):
        if place.exists():
            raise ValueError(f"đã có {place}; chọn tên khác cho --report")
    folder = next(parent for parent in path.resolve().parents if parent.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise ValueError(f"không ghi được vào {folder} (--report '{path}')")
    if any(source.is_dir() and path.resolve().is_relative_to(source.resolve()) for source in sources):
        raise ValueError(f"--report '{path}' nằm trong thư mục được đọc; chọn thư mục khác")
    return target


def write_report(
    target: ReportTarget,
    files: Sequence[tuple[Path, str]],
    sheets: Sequence[Mapping[str, object]],
    issues: Sequence[Mapping[str, object]],
    now: datetime,
) -> list[Path]:
    """Write the report of a load or check and return its workbooks, the one asked for first.

    `files` are (path, path as shown); `sheets` and `issues` rows of source_file and load_issue. Raises OSError.
    """
    paths = {shown: path for path, shown in files}
    found = findings_by_file(paths, sheets, issues)
    target.file.parent.mkdir(parents=True, exist_ok=True)
    if len(found) == 1:
        only = found[0]
        save_with_notes(marked_copy(paths[only.path], only, now), target.file)
        return [target.file]
    copies: dict[str, Path] = {}
    for file in found:
        if not file.findings:
            continue
        target.folder.mkdir(parents=True, exist_ok=True)
        copies[file.path] = _free_path(target.folder, file.path, copies)
        copy = marked_copy(paths[file.path], file, now)
        save_with_notes(copy, copies[file.path])
    links = {shown: f"{target.folder.name}/{copy.name}" for shown, copy in copies.items()}
    overview_book(found, links, now).save(target.file)
    return [target.file, *copies.values()]


def marked_copy(path: Path, file: FileFindings, now: datetime) -> Workbook:
    """Return a copy of a workbook with its findings; the summary alone when it cannot or must not be opened.

    A workbook of which no sheet was read may be hostile: it is not opened here.
    """
    copy = _opened(path) if file.sheets else None
    if copy is None:
        book = Workbook()
        add_summary(book, file, now, _NOT_OPENED)
        book.remove(book.worksheets[1])
        return book
    shown = file.with_sheets(copy.renamed)
    unmark(copy.book)
    mark(copy.book, shown.findings)
    size_notes(copy.book)
    add_summary(copy.book, shown, now, copy.lost)
    return copy.book


def _opened(path: Path) -> Copy | None:
    try:
        return open_copy(path)
    except Exception:
        # openpyxl may choke on a part of a file that was read well; its findings must be told all the same.
        log.exception("no copy of %s", path)
        return None


def _free_path(folder: Path, shown: str, taken: Mapping[str, Path]) -> Path:
    """Return the path of a copy: the shown path in one name, numbered where two would be the same."""
    stem = Path(shown).with_suffix("").as_posix().replace("/", "_")
    names = (folder / f"{stem}{f'_{number}' if number else ''}.xlsx" for number in range(len(taken) + 1))
    return next(name for name in names if name not in taken.values())
