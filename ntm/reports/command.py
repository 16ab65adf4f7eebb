"""Commands that make decks from a snapshot, without a browser.

Exit 0: written; 1: not written, or some of many decks not; 2: wrong usage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ntm.errors import NtmError
from ntm.i18n import Translator, translator
from ntm.reports.deck.choice import Choice, deck_of, file_name, material_of, members, years_of
from ntm.reports.deck.files import KINDS, Fault, Job, fault_text, write, write_all
from ntm.reports.deck.story import SECTIONS
from ntm.warehouse import Snapshot, open_build, open_snapshot

app = typer.Typer(
    help="Lập bản trình chiếu và tài liệu hội nghị sơ kết từ kho số liệu.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_console = Console(stderr=True)


class Language(StrEnum):
    """Languages of a deck."""

    vi = "vi"
    en = "en"


class Ratio(StrEnum):
    """Widths to heights of a slide."""

    wide = "16:9"
    old = "4:3"


class Each(StrEnum):
    """Units of which each gets a deck."""

    district = "district"
    commune = "commune"


UnitCode = Annotated[str, typer.Option("--unit", help="Mã tỉnh, huyện hoặc xã, ví dụ 93, 936 hoặc 31333.")]
Years = Annotated[str, typer.Option("--period", help="Năm, hoặc các năm: 2022, 2021-2023.")]
Sections = Annotated[
    str | None, typer.Option("--sections", help=f"Các phần, cách nhau bằng dấu phẩy: {', '.join(SECTIONS)}.")
]
Lang = Annotated[Language, typer.Option("--language", help="Ngôn ngữ.")]
Build = Annotated[str | None, typer.Option("--snapshot", help="Bản số liệu còn lưu; mặc định là bản hiện hành.")]
Warehouse = Annotated[Path | None, typer.Option("--warehouse", help="Thư mục kho số liệu.")]
Shape = Annotated[Ratio, typer.Option("--ratio", help="Khổ trang chiếu (chỉ với .pptx).")]
Template = Annotated[
    Path | None, typer.Option("--template", help="Tệp mẫu .pptx của cơ quan.", exists=True, dir_okay=False)
]


@app.command()
def deck(
    unit: UnitCode,
    period: Years,
    out: Annotated[Path, typer.Option("--out", help=f"Tệp ghi ra; đuôi là loại tệp: {', '.join(KINDS)}.")],
    sections: Sections = None,
    language: Lang = Language.vi,
    snapshot: Build = None,
    warehouse: Warehouse = None,
    ratio: Shape = Ratio.wide,
    template: Template = None,
) -> None:
    """Lập tài liệu của một tỉnh, huyện hoặc xã."""
    ending = _ending(out.suffix.lower())
    options, t = _options(ending, ratio, template), translator(language.value)
    with _told(), _opened(snapshot, warehouse) as opened:
        choice = Choice(unit, *_years(period), _sections(sections))
        made = deck_of(choice, opened.read, t, opened.build_id)
        _write_to(out, write(ending, made, t, **options))
        told = f"{made.place}, {t.format.day(made.as_of)}: {len(made.slides)} trang → {out}"
        _console.print(f"{told} (bản số liệu {opened.build_id})", markup=False, soft_wrap=True)


@app.command()
def decks(
    unit: UnitCode,
    period: Years,
    each: Annotated[Each, typer.Option("--each", help="Mỗi huyện, hoặc mỗi xã, của đơn vị.")],
    out: Annotated[Path, typer.Option("--out", help="Tệp .zip ghi ra.")],
    kind: Annotated[str, typer.Option("--kind", help=f"Loại tệp: {', '.join(KINDS)}.")] = ".pptx",
    sections: Sections = None,
    language: Lang = Language.vi,
    snapshot: Build = None,
    warehouse: Warehouse = None,
    ratio: Shape = Ratio.wide,
    template: Template = None,
) -> None:
    """Lập tài liệu của mọi huyện hoặc mọi xã trong một đơn vị, vào một tệp zip."""
    ending = _ending(f".{kind.lower().lstrip('.')}")
    options, t = _options(ending, ratio, template), translator(language.value)
    if out.suffix.lower() != ".zip":
        raise typer.BadParameter("--out phải có đuôi .zip")
    with _told(), _opened(snapshot, warehouse) as opened:
        years, chosen = _years(period), _sections(sections)
        above = material_of(Choice(unit, *years), opened.read, t, opened.build_id)
        units = members(above.unit, each.value, opened.read, above.period.month)
        if not units:
            raise NtmError("conference.no_members", place=above.unit.name)

        def made(code: str) -> tuple[str, bytes]:
            found = deck_of(Choice(code, *years, chosen), opened.read, t, opened.build_id)
            return file_name(found, ending), write(ending, found, t, **options)

        target, jobs = BytesIO(), [Job(name, partial(made, code)) for code, name in units.items()]
        faults = _all(jobs, target, t)
        if len(faults) == len(jobs):
            raise typer.Exit(1)
        _write_to(out, target.getvalue())
        told = f"{len(jobs) - len(faults)}/{len(jobs)} tài liệu → {out}"
        _console.print(f"{told} (bản số liệu {opened.build_id})", markup=False, soft_wrap=True)
        raise typer.Exit(1 if faults else 0)


def _all(jobs: list[Job], target: BytesIO, t: Translator) -> list[Fault]:
    faults = []
    for result in _shown(write_all(jobs, target, t), len(jobs)):
        if isinstance(result, Fault):
            faults.append(result)
            _console.print(fault_text(t, result), style="bold red", markup=False, soft_wrap=True)
    return faults


def _shown(results: Iterable[Job | Fault], total: int) -> Iterator[Job | Fault]:
    """Show how many are done while they are made."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_console, transient=True) as progress:
        task = progress.add_task("Lập tài liệu", total=total)
        for result in results:
            progress.update(task, advance=1, description=result.name)
            yield result


def _ending(ending: str) -> str:
    if ending not in KINDS:
        raise typer.BadParameter(f"'{ending}' không phải là loại tệp lập được: {', '.join(KINDS)}")
    return ending


def _options(ending: str, ratio: Ratio, template: Path | None) -> dict[str, Any]:
    if ending != ".pptx":
        if template:
            raise typer.BadParameter("--template chỉ dùng với .pptx")
        return {}
    return {"ratio": ratio.value, "template": template.read_bytes() if template else None}


def _years(text: str) -> tuple[int, int]:
    try:
        return years_of(text)
    except NtmError as error:
        raise typer.BadParameter(translator("vi")(error.key, **error.values)) from error


def _sections(text: str | None) -> tuple[str, ...]:
    if text is None:
        return tuple(SECTIONS)
    asked = [name.strip() for name in text.split(",")]
    unknown = [name for name in asked if name not in SECTIONS]
    if unknown:
        raise typer.BadParameter(f"không có phần {', '.join(unknown)}; các phần: {', '.join(SECTIONS)}")
    return tuple(name for name in SECTIONS if name in asked)


@contextmanager
def _opened(build_id: str | None, warehouse: Path | None) -> Iterator[Snapshot]:
    snapshot = open_build(build_id, warehouse) if build_id else open_snapshot(warehouse)
    try:
        yield snapshot
    finally:
        snapshot.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say an error that a person can do something about in one sentence, and end with 1."""
    try:
        yield
    except NtmError as error:
        _console.print(translator("vi")(error.key, **error.values), style="bold red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error


def _write_to(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise NtmError("deck.command.not_written", path=path, reason=error.strerror) from error
