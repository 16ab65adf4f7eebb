"""What a load did, for the person at the terminal and for machines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.build import FailedCheck
from etl.forms.form import forms
from etl.load import Loaded

_SHOWN_ISSUES = 20
_SEVERITIES = {"block": "không nạp", "ask": "cần xác nhận", "note": "lưu ý"}
_UNRECOGNISED = "không nhận ra biểu"


def as_json(loaded: Loaded, failed: Sequence[FailedCheck], build_id: str | None) -> Mapping[str, object]:
    """Return the outcome with every sheet and finding; `build_id` is null when nothing was published."""
    sheets = [{**row, "period_end": str(row["period_end"] or "")} for row in loaded.assembled.source_files]
    return {
        "build_id": build_id,
        "files": len(loaded.readings),
        "facts": {name: len(rows) for name, rows in loaded.assembled.facts.items()},
        "sheets": sheets,
        "issues": list(loaded.assembled.issues),
        "failed_checks": [{"name": item.name, "rows": item.rows, "example": item.example} for item in failed],
    }


def print_summary(console: Console, loaded: Loaded, failed: Sequence[FailedCheck]) -> None:
    """Print forms with their rows, then the findings that need a person, then the checks that failed."""
    console.print(_forms_table(loaded))
    console.print("Vấn đề: " + (_counted(loaded) or "không có"))
    # What was not loaded first: the rest often follows from it.
    severities = list(_SEVERITIES)
    found = sorted(loaded.assembled.issues, key=lambda issue: severities.index(str(issue["severity"])))
    urgent = [issue for issue in found if issue["severity"] != "note"]
    for issue in urgent[:_SHOWN_ISSUES]:
        place = " › ".join(str(issue[part]) for part in ("path", "sheet", "cell") if issue[part])
        console.print(f"[bold]{issue['code']}[/bold] {escape(place)}")
        console.print(f"  {escape(str(issue['message_vi']))} {escape(str(issue['remedy_vi']))}")
    if len(urgent) > _SHOWN_ISSUES:
        console.print(f"… và {len(urgent) - _SHOWN_ISSUES} vấn đề khác (xem trang Về dữ liệu hoặc --json)")
    for item in failed:
        console.print(
            f"[bold red]Không công bố[/bold red]: kiểm tra {item.name} có {item.rows} dòng, ví dụ {item.example}"
        )


def _forms_table(loaded: Loaded) -> Table:
    labels = {form.name: form.label["vi"] for form in forms()}
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in loaded.assembled.source_files:
        counts = [1, *(int(str(row[name])) for name in ("rows_read", "rows_loaded", "rows_rejected"))]
        label = labels.get(str(row["form"]), _UNRECOGNISED)
        rows[label] = [old + new for old, new in zip(rows[label], counts, strict=True)]
    table = Table("Biểu", "Trang tính", "Dòng đọc", "Dòng nạp", "Dòng loại")
    for label in sorted(rows):
        table.add_row(label, *(str(number) for number in rows[label]))
    return table


def _counted(loaded: Loaded) -> str:
    counts = Counter(str(issue["severity"]) for issue in loaded.assembled.issues)
    return ", ".join(f"{counts[name]} {label}" for name, label in _SEVERITIES.items() if counts[name])
