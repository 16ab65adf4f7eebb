"""Commands of the ETL. Exit 0: published (or checked without a refusal); 1: refused; 2: wrong usage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from etl.build import FailedCheck, build
from etl.load import Loaded, find_files, read_all
from etl.publish import new_snapshot_path, publish
from etl.sheet import Options
from etl.summary import as_json, print_summary
from ntm.settings import settings

app = typer.Typer(
    help="Nạp sổ tính NTM vào kho số liệu.", no_args_is_help=True, pretty_exceptions_enable=False
)
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
    loaded = _read(sources, Options(period, province))
    snapshot = new_snapshot_path(warehouse or settings().warehouse_folder)
    failed = build(snapshot, settings().reference_folder, loaded.readings, loaded.assembled)
    is_refused = bool(failed) or not any(loaded.assembled.facts.values())
    if is_refused:
        snapshot.unlink(missing_ok=True)
    else:
        publish(snapshot, int(settings().snapshots_kept))
    _report(loaded, failed, None if is_refused else snapshot.stem, as_json_output)
    raise typer.Exit(1 if is_refused else 0)


@app.command()
def check(
    sources: Sources, period: Period = None, province: Province = None, as_json_output: AsJson = False
) -> None:
    """Đọc và kiểm tra sổ tính, không nạp."""
    loaded = _read(sources, Options(period, province))
    _report(loaded, [], None, as_json_output)
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


def _read(sources: list[Path], options: Options) -> Loaded:
    missing = [str(source) for source in sources if not source.exists()]
    if missing:
        raise typer.BadParameter(f"không tìm thấy {', '.join(missing)}")
    files = find_files(sources)
    if not files:
        raise typer.BadParameter("không có sổ tính nào trong các thư mục đã cho")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_console, transient=True) as progress:
        task = progress.add_task("Đọc sổ tính", total=len(files))
        return read_all(
            files,
            settings().reference_folder,
            options,
            lambda path: progress.update(task, advance=1, description=path),
        )


def _report(loaded: Loaded, failed: list[FailedCheck], build_id: str | None, as_json_output: bool) -> None:
    if as_json_output:
        typer.echo(json.dumps(as_json(loaded, failed, build_id), ensure_ascii=False, indent=2))
    else:
        print_summary(Console(), loaded, failed, build_id)
