"""Commands of the ETL.

Exit 0: published, nothing to publish anew, or checked without a refusal; 1: refused; 2: wrong usage.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from etl.clean.periods import find_period
from etl.context import Options
from etl.load import find_files
from etl.reference_facts import read_reference
from etl.report import ReportTarget, report_target, write_report
from etl.run import CHECKED, PUBLISHED, UNCHANGED, OnRead, Outcome, Request, run_check, run_load
from etl.summary import as_json, print_summary
from ntm.settings import settings

app = typer.Typer(
    help="Nạp sổ tính NTM vào kho số liệu.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_console = Console(stderr=True)

Sources = Annotated[list[Path], typer.Argument(help="Sổ tính, hoặc thư mục chứa sổ tính.")]
Period = Annotated[str | None, typer.Option(help="Kỳ số liệu khi biểu không ghi, ví dụ 6/2022.")]
Province = Annotated[str | None, typer.Option(help="Mã tỉnh khi biểu không ghi tên tỉnh, ví dụ 93.")]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        help="Ghi báo cáo kiểm tra (.xlsx): bản sao của sổ tính, có màu và ghi chú ở từng ô có vấn đề. Nhiều sổ tính:"
        " tệp này là bảng tổng hợp, các bản sao nằm trong thư mục cùng tên. Không ghi đè tệp đã có.",
    ),
]
CorrectionsFile = Annotated[
    Path | None,
    typer.Option("--corrections", help="Tệp sửa đổi đã duyệt (YAML); mặc định theo NTM_CORRECTIONS.", exists=True),
]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON cho máy đọc.")]


@app.command()
def load(
    sources: Sources,
    warehouse: Annotated[Path | None, typer.Option(help="Thư mục kho số liệu.")] = None,
    period: Period = None,
    province: Province = None,
    corrections: CorrectionsFile = None,
    allow_shrink: Annotated[
        bool, typer.Option("--allow-shrink", help="Công bố cả khi mất số liệu so với bản đang dùng.")
    ] = False,
    wait: Annotated[float, typer.Option(min=0, metavar="GIÂY", help="Số giây chờ khi kho đang có lần nạp khác.")] = 0,
    report: Report = None,
    as_json_output: AsJson = False,
) -> None:
    """Đọc sổ tính, kiểm tra, lập bản số liệu mới và công bố."""
    request, target = _request(sources, period, province, corrections), _target(report, sources)
    folder = warehouse or settings().warehouse_folder
    with _progress(request) as on_read:
        try:
            outcome = run_load(request, folder, on_read, wait_seconds=wait, allow_shrink=allow_shrink)
        except OSError as error:
            raise typer.BadParameter(f"không ghi được vào thư mục {folder}: {error.strerror}") from error
    _write_report(target, request, outcome)
    _report(outcome, as_json_output)
    raise typer.Exit(0 if outcome.state in (PUBLISHED, UNCHANGED) else 1)


@app.command()
def check(
    sources: Sources,
    period: Period = None,
    province: Province = None,
    corrections: CorrectionsFile = None,
    report: Report = None,
    as_json_output: AsJson = False,
) -> None:
    """Đọc và kiểm tra sổ tính, không nạp."""
    request, target = _request(sources, period, province, corrections), _target(report, sources)
    with _progress(request) as on_read:
        outcome = run_check(request, on_read)
    _write_report(target, request, outcome)
    _report(outcome, as_json_output)
    is_refused = outcome.state != CHECKED or any(issue["severity"] == "block" for issue in outcome.issues)
    raise typer.Exit(1 if is_refused else 0)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Thư mục ghi ra.")] = Path("data/sample"), seed: int = 93
) -> None:
    """Ghi bộ sổ tính mẫu của tỉnh Hậu Giang (số liệu minh hoạ)."""
    from etl.sample import write_sample

    paths = write_sample(folder, seed)
    _console.print(f"{len(paths)} sổ tính → {folder}")


@app.command()
def template(
    name: Annotated[str | None, typer.Argument(help="Tên mẫu; không ghi thì liệt kê các mẫu.")] = None,
    out: Annotated[Path | None, typer.Option(help="Tệp ghi ra; mặc định là tên mẫu, đuôi .xlsx.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Điền sẵn số liệu minh hoạ.")] = False,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "--province", help="Mã tỉnh, huyện hoặc xã báo cáo, ví dụ 93: điền sẵn tên đơn vị."),
    ] = None,
    period: Annotated[str | None, typer.Option(help="Ngày chốt số liệu điền sẵn, ví dụ 30/6/2022.")] = None,
) -> None:
    """Ghi một mẫu biểu trống để cơ quan điền, hoặc liệt kê các mẫu."""
    from etl.template.command import listed, write_template

    if name is None:
        for known, label in listed():
            typer.echo(f"{known:32} {label}")
        return
    try:
        path = write_template(name, out, unit_code=unit, period=period, is_example=example)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    _console.print(f"Mẫu biểu → {path}")


def _request(sources: list[Path], period: str | None, province: str | None, corrections: Path | None) -> Request:
    files, options = _files(sources), _options(period, province)
    return Request(files, options, corrections or settings().corrections_file)


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


def _target(report: Path | None, sources: list[Path]) -> ReportTarget | None:
    try:
        return report_target(report, sources) if report else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _write_report(target: ReportTarget | None, request: Request, outcome: Outcome) -> None:
    if target is None or not outcome.files:  # nothing was read: what is printed says why
        return
    try:
        written = write_report(target, request.files, outcome.sheets, outcome.issues, datetime.now())
    except OSError as error:
        # What was loaded is loaded: the exit code tells of that, not of the report.
        _console.print(f"[bold red]Không ghi được báo cáo[/bold red] {target.file}: {error.strerror}")
        return
    _console.print(f"Báo cáo kiểm tra → {target.file}" + (f" và {target.folder}/" if len(written) > 1 else ""))


@contextmanager
def _progress(request: Request) -> Iterator[OnRead]:
    """Show which workbook was read last, and how many are read."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_console, transient=True) as progress:
        task = progress.add_task("Đọc sổ tính", total=len(request.files))
        yield lambda path: progress.update(task, advance=1, description=path)


def _report(outcome: Outcome, as_json_output: bool) -> None:
    if as_json_output:
        typer.echo(json.dumps(as_json(outcome), ensure_ascii=False, indent=2, default=str))
    else:
        print_summary(Console(), outcome)
