"""Commands of the ETL. Exit 0: published (or checked without a refusal); 1: refused; 2: wrong usage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from etl.build import FailedCheck, build
from etl.clean.periods import find_period
from etl.load import Loaded, find_files, read_all
from etl.publish import discard, new_snapshot_path, publish
from etl.reference_facts import read_reference
from etl.sheet import Options
from etl.summary import as_json, print_summary
from ntm.settings import settings

app = typer.Typer(help="Nạp sổ tính NTM vào kho số liệu.", no_args_is_help=True, pretty_exceptions_enable=False)
_console = Console(stderr=True)

Sources = Annotated[list[Path], typer.Argument(help="Sổ tính, hoặc thư mục chứa sổ tính.")]
Period = Annotated[str | None, typer.Option(help="Kỳ số liệu khi biểu không ghi, ví dụ 6/2022.")]
Province = Annotated[str | None, typer.Option(help="Mã tỉnh khi biểu không ghi tên tỉnh, ví dụ 93.")]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON cho máy đọc.")]


@app.command()
def load(
    sources: Sources,
    warehouse: Annotated[Path | None, typer.Option(help="Thư mục kho số liệu.")] = None,
    period: Period = None,
    province: Province = None,
    as_json_output: AsJson = False,
) -> None:
    """Đọc sổ tính, kiểm tra, lập bản số liệu mới và công bố."""
    files, options = _files(sources), _options(period, province)
    snapshot = _snapshot_path(warehouse or settings().warehouse_folder)
    try:
        loaded = _read(files, options)
        failed = build(snapshot, settings().reference_folder, loaded)
        is_refused = bool(failed) or not any(loaded.assembled.facts.values())
        if not is_refused:
            publish(snapshot, int(settings().snapshots_kept))
    finally:
        discard(snapshot)
    build_id = None if is_refused else snapshot.stem
    outcome = f"Đã công bố bản số liệu {build_id}" if build_id else "Không công bố bản số liệu nào."
    _report(loaded, failed, build_id, outcome, as_json_output)
    raise typer.Exit(1 if is_refused else 0)


@app.command()
def check(sources: Sources, period: Period = None, province: Province = None, as_json_output: AsJson = False) -> None:
    """Đọc và kiểm tra sổ tính, không nạp."""
    loaded = _read(_files(sources), _options(period, province))
    _report(loaded, [], None, "Đã kiểm tra, không nạp.", as_json_output)
    is_refused = any(issue["severity"] == "block" for issue in loaded.assembled.issues)
    raise typer.Exit(1 if is_refused else 0)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Thư mục ghi ra.")] = Path("data/sample"), seed: int = 93
) -> None:
    """Ghi bộ sổ tính mẫu của tỉnh Hậu Giang (số liệu minh hoạ)."""
    from etl.sample import write_sample

    paths = write_sample(folder, seed)
    _console.print(f"{len(paths)} sổ tính → {folder}")


def _files(sources: list[Path]) -> list[tuple[Path, str]]:
    missing = [str(source) for source in sources if not source.exists()]
    if missing:
        raise typer.BadParameter(f"không tìm thấy {', '.join(missing)}")
    files = find_files(sources)
    if not files:
        raise typer.BadParameter("không có sổ tính nào trong các thư mục đã cho")
    return files


def _options(period: str | None, province: str | None) -> Options:
    if period and find_period(period) is None:
        raise typer.BadParameter(f"--period '{period}' không phải là kỳ số liệu, ví dụ 6/2022")
    units = read_reference(settings().reference_folder).register.units
    if province and province not in {unit.unit_code for unit in units if unit.level == "province"}:
        raise typer.BadParameter(f"--province '{province}' không phải là mã tỉnh, ví dụ 93")
    return Options(period, province)


def _snapshot_path(warehouse: Path) -> Path:
    try:
        return new_snapshot_path(warehouse)
    except OSError as error:
        raise typer.BadParameter(f"không ghi được vào thư mục {warehouse}: {error.strerror}") from error


def _read(files: list[tuple[Path, str]], options: Options) -> Loaded:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_console, transient=True) as progress:
        task = progress.add_task("Đọc sổ tính", total=len(files))
        return read_all(
            files,
            settings().reference_folder,
            options,
            lambda path: progress.update(task, advance=1, description=path),
        )


def _report(
    loaded: Loaded, failed: list[FailedCheck], build_id: str | None, outcome: str, as_json_output: bool
) -> None:
    if as_json_output:
        typer.echo(json.dumps(as_json(loaded, failed, build_id), ensure_ascii=False, indent=2))
    else:
        console = Console()
        print_summary(console, loaded, failed)
        console.print(outcome)
