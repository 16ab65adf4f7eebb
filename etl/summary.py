"""What a load did, for the person at the terminal and for machines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.forms.form import form_label
from etl.history import Loss, by_file
from etl.issues import SEVERITIES
from etl.run import BUSY, CHECKED, LOST, PUBLISHED, REFUSED, UNCHANGED, Outcome

_SHOWN_ISSUES = 20
_SHOWN_ALIKE = 2
_ENDINGS = {
    PUBLISHED: "Đã công bố bản số liệu {build_id}",
    UNCHANGED: "Không có gì thay đổi: bản số liệu {build_id} đã được lập từ đúng các tệp này.",
    REFUSED: "Không công bố bản số liệu nào.",
    CHECKED: "Đã kiểm tra, không nạp.",
    BUSY: "Không nạp: kho số liệu đang có lần nạp khác. Chờ lần đó xong rồi nạp lại, hoặc thêm --wait 600 để chờ.",
    LOST: "Không nạp: không mở được bản số liệu đang dùng, nên không biết có mất số liệu nào không. Khôi phục tệp đó,"
    " hoặc thêm --allow-shrink để nạp như lần đầu.",
}


def as_json(outcome: Outcome) -> Mapping[str, object]:
    """Return the outcome with every sheet and finding; `build_id` is null when readers have nothing of this load."""
    return {
        "state": outcome.state,
        "build_id": outcome.build_id,
        "files": outcome.files,
        "facts": outcome.facts,
        "changes": outcome.changes,
        "sheets": [{**row, "period_end": str(row["period_end"] or "")} for row in outcome.sheets],
        "issues": list(outcome.issues),
        "failed_checks": [{"name": item.name, "rows": item.rows, "example": item.example} for item in outcome.failed],
        "losses": [_loss(loss) for loss in outcome.losses],
    }


def _loss(loss: Loss) -> Mapping[str, object]:
    return {
        "path": loss.path,
        "table": loss.table,
        "day": f"{loss.period_end:%d/%m/%Y}" if loss.period_end else None,
        "units": loss.units,
        "before": loss.figures_before,
        "now": loss.figures_now,
    }


def print_summary(console: Console, outcome: Outcome) -> None:
    """Print forms with their rows, the findings that need a person, what forbids a publication, and how it ended."""
    if outcome.sheets:
        console.print(_forms_table(outcome))
        console.print("Vấn đề: " + (_counted(outcome) or "không có"))
    _print_findings(console, outcome)
    if outcome.unused:
        console.print(f"{len(outcome.unused)} mục sửa đổi thuộc các tệp không có trong lần nạp này.")
    if outcome.state == PUBLISHED and outcome.loaded and outcome.loaded.first_loaded:  # else there was none before
        console.print(
            "So với bản trước: {changed} số liệu đổi, {added} thêm, {removed} mất.".format_map(outcome.changes)
        )
    for item in outcome.failed:
        console.print(
            f"[bold red]Không công bố[/bold red]: kiểm tra {item.name} có {item.rows} dòng, ví dụ {item.example}"
        )
    if outcome.losses and outcome.state == REFUSED:
        _print_losses(console, outcome)
    console.print(_ENDINGS[outcome.state].format(build_id=outcome.build_id))


def _print_findings(console: Console, outcome: Outcome) -> None:
    # What was not loaded first: the rest often follows from it.
    severities = list(SEVERITIES)
    found = sorted(outcome.issues, key=lambda issue: severities.index(str(issue["severity"])))
    alike: dict[tuple[object, ...], list[Mapping[str, object]]] = defaultdict(list)
    for issue in found:
        if issue["severity"] != "note":
            alike[issue["code"], issue["path"], issue["sheet"]].append(issue)
    groups = list(alike.values())
    for group in groups[:_SHOWN_ISSUES]:
        for issue in group[:_SHOWN_ALIKE]:
            place = " › ".join(str(issue[part]) for part in ("path", "sheet", "cell") if issue[part])
            console.print(f"[bold]{SEVERITIES[str(issue['severity'])]}[/bold] {escape(place)} ({issue['code']})")
            console.print(f"  {escape(str(issue['message_vi']))} {escape(str(issue['remedy_vi']))}")
        if others := group[_SHOWN_ALIKE:]:
            cells = ", ".join(str(issue["cell"]) for issue in others if issue["cell"])
            console.print(f"  … và {len(others)} chỗ khác như vậy" + (f": {cells}" if cells else ""))
    if left := sum(map(len, groups[_SHOWN_ISSUES:])):
        console.print(f"… và {left} vấn đề khác")
    if left or len(found) > sum(map(len, groups)):
        console.print("Mọi vấn đề, kể cả lưu ý: xem bằng --report hoặc --json.")


def _print_losses(console: Console, outcome: Outcome) -> None:
    """Print what readers would miss, a line for each file, and the two ways out."""
    console.print("[bold red]Không công bố[/bold red]: sẽ mất số liệu đang có:")
    files = by_file(outcome.losses)
    for file in files[:_SHOWN_ISSUES]:
        line = "còn {now} trên {before} số liệu của {what_vi}".format_map(file.values)
        console.print(f"  {escape(file.path)}: {escape(line)}")
    if len(files) > _SHOWN_ISSUES:
        console.print(f"  … và {len(files) - _SHOWN_ISSUES} tệp khác")
    console.print("Từng bảng, từng kỳ: xem bằng --json.")
    console.print(
        "Nạp lại cùng các tệp còn thiếu, xem lại các tệp đã bớt số liệu; nếu đúng là phải bỏ, thêm --allow-shrink."
    )


def _forms_table(outcome: Outcome) -> Table:
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in outcome.sheets:
        counts = [1, *(int(str(row[name])) for name in ("rows_read", "rows_loaded", "rows_rejected"))]
        label = form_label(row["form"])
        rows[label] = [old + new for old, new in zip(rows[label], counts, strict=True)]
    table = Table("Biểu", "Trang tính", "Dòng đọc", "Dòng nạp", "Dòng không nạp")
    for label in sorted(rows):
        table.add_row(label, *(str(number) for number in rows[label]))
    return table


def _counted(outcome: Outcome) -> str:
    counts = Counter(str(issue["severity"]) for issue in outcome.issues)
    return ", ".join(f"{counts[name]} {label}" for name, label in SEVERITIES.items() if counts[name])
