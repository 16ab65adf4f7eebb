"""`python -m etl template`: lists the templates, or writes one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl.clean.periods import find_period
from etl.notes import save_with_notes
from etl.reference_facts import read_reference
from etl.template import BLANK, Filling, example_of, read_template, template_book, template_names
from etl.template.offices import filling_for, latest
from ntm.settings import settings


def listed() -> list[tuple[str, str]]:
    """Return (name, Vietnamese label) of every template."""
    return [(name, read_template(name).label["vi"]) for name in template_names()]


def write_template(
    name: str, out: Path | None, *, unit_code: str | None = None, period: str | None = None, is_example: bool = False
) -> Path:
    """Write a template for the office of a unit, or blank, or with its examples; return where it lies.

    Raises ValueError with a text for the person who asked: no such template or unit, no period, a file that is there
    already (it may be filled in) or cannot be written.
    """
    if name not in template_names():
        raise ValueError(f"không có mẫu '{name}'; các mẫu: {', '.join(template_names())}")
    path = out or Path(f"{name}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"--out '{path}' phải có đuôi .xlsx")
    if not path.parent.is_dir():
        raise ValueError(f"không có thư mục {path.parent}")
    if path.exists():
        raise ValueError(f"đã có tệp {path}; chọn tên khác bằng --out")
    filling = example_of(read_template(name)) if is_example else _filling(name, unit_code, period)
    try:
        save_with_notes(template_book(name, filling), path)
    except OSError as error:
        raise ValueError(f"không ghi được {path}: {error.strerror}") from error
    return path


def _filling(name: str, unit_code: str | None, period: str | None) -> Filling:
    stated = find_period(period) if period else None
    if period and stated is None:
        raise ValueError(f"'{period}' không phải là kỳ số liệu, ví dụ 30/6/2022")
    if unit_code is None:
        return Filling(period=period or "") if period else BLANK
    register = read_reference(settings().reference_folder).register
    unit = latest(register, unit_code)
    if unit is None:
        raise ValueError(f"không có đơn vị mã '{unit_code}' trong danh mục, ví dụ 93 (Tỉnh Hậu Giang)")
    day = stated.end if stated else unit.valid_to or date.today()
    versions = [item for item in register.units if item.unit_code == unit_code and item.in_force(day)]
    if not versions:
        raise ValueError(f"'{unit.name}' không có trong danh mục tại ngày {day:%d/%m/%Y}")
    return filling_for(read_template(name), register, versions[0], period or "", day)
