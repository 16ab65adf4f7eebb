"""Templates as data (etl/templates/*.yml): read and checked, with errors that name the file and the fault.

Forms that the app writes too are described in ntm/forms, in the same words: they have one layout.

A template has
- form: the form that must recognise the written workbook;
- label: {vi, en};
- title, remark (optional): lines of the title block; {year}, {next_year}, {last_year} stand for years of the period;
- period_line: the line that states the period (optional), '(Số liệu đến {period})' unless given;
- unit_of_money: 'Triệu đồng' (optional);
- reports_for: province, district or commune, whose name stands at the head; form_number: 'Biểu số 07' (optional);
- columns: in order; `heading` is the path of headings from top to bottom, merged where neighbours share a part. `each`
  repeats a column, or a group (`columns`), for every criterion or indicator of a criteria `set`, or for every item of
  a list; headings then hold {criterion_no}, {name_vi} … or {item};
- rows (optional): first cells of fixed rows; or `communes` or `districts`: one row for each unit below the one that
  reports, communes under a row of their district; blank_rows: how many free rows are ruled when none is fixed;
- legend: a line below the table (optional);
- examples: illustrative rows, cells in the order of the columns, a list for the columns of an `each`; with fixed rows,
  the cells that follow the fixed ones. example_period, example_place: whose and when (optional).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etl.forms.form import forms
from etl.template.repeated import repetitions
from ntm.forms import SHARED_FORMS
from ntm.yaml_files import read_yaml

_FOLDERS = (Path(__file__).parent.parent / "templates", SHARED_FORMS)
KINDS = frozenset({"ordinal", "unit", "text", "choice", "money", "count", "percent", "date", "year", "month"})
UNIT_ROWS = ("", "communes", "districts")
LEVELS = ("province", "district", "commune")
EXAMPLE_PLACES = {
    "province": "TỈNH HẬU GIANG",
    "district": "HUYỆN VỊ THỦY, TỈNH HẬU GIANG",
    "commune": "XÃ VỊ TRUNG, HUYỆN VỊ THỦY, TỈNH HẬU GIANG",
}
_BLANK_ROWS = 20
_NEEDED = ("form", "label", "title", "reports_for", "columns", "examples")
_OPTIONAL = ("form_number", "remark", "period_line", "unit_of_money", "rows", "blank_rows", "legend")
_OF_EXAMPLES = ("example_period", "example_place")
_COLUMN_KEYS = frozenset({"heading", "kind", "choices", "note", "width", "number", "each", "set", "columns", "level"})

Cells = tuple[object, ...]


class TemplateError(ValueError):
    """A description in etl/templates that is wrong: a fault of the product, found by its tests."""


@dataclass(frozen=True)
class Column:
    """One column of a template.

    `number` is its cell of the numbering row when that is no mere '(n)'; `level` is that of the units to choose from,
    '' for districts and communes; `described` is the heading as the description has it, repeated for `each`.
    """

    heading: tuple[str, ...]
    kind: str
    choices: tuple[str, ...] = ()
    note: str = ""
    width: float | None = None
    number: str = ""
    level: str = ""
    described: tuple[str, ...] = ()
    each: str = ""


@dataclass(frozen=True)
class Template:
    """A described template; rows and examples are as wide as the columns allow, never wider."""

    name: str
    form: str
    label: Mapping[str, str]
    form_number: str
    title: str
    remark: str
    period_line: str
    unit_of_money: str
    reports_for: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    unit_rows: str
    blank_rows: int
    legend: str
    examples: tuple[Cells, ...]
    example_period: str
    example_place: str


def template_names() -> list[str]:
    """Return the names of all templates, in order."""
    return sorted(_described())


@cache
def read_template(name: str) -> Template:
    """Return a template. Raises TemplateError when there is none of that name or its description is wrong."""
    path = _described().get(name)
    if path is None:
        raise TemplateError(f"no template '{name}'; there are {', '.join(template_names())}")
    return parse_template(name, read_yaml(path))


def _described() -> dict[str, Path]:
    return {path.stem: path for folder in _FOLDERS for path in folder.glob("*.yml")}


def parse_template(name: str, raw: Any) -> Template:
    """Return the template that a description (as parsed from YAML) means. Raises TemplateError, naming the fault."""
    _demand(isinstance(raw, dict), name, "is not a mapping")
    _demand(
        not (unknown := raw.keys() - {*_NEEDED, *_OPTIONAL, *_OF_EXAMPLES}),
        name,
        f"unknown keys: {', '.join(sorted(unknown))}",
    )
    _demand(not (missing := [key for key in _NEEDED if key not in raw]), name, f"missing keys: {', '.join(missing)}")
    _demand(raw["form"] in {form.name for form in forms()}, name, f"form '{raw['form']}' is not in etl/forms")
    _demand(set(raw["label"]) == {"vi", "en"}, name, "label needs vi and en, and no more")
    _demand(raw["reports_for"] in LEVELS, name, f"reports_for is none of {', '.join(LEVELS)}")
    columns = tuple(_columns(name, raw["columns"]))
    stated = raw.get("rows", ())
    unit_rows = stated if isinstance(stated, str) else ""
    _demand(unit_rows in UNIT_ROWS, name, f"rows are neither a list nor one of {', '.join(filter(None, UNIT_ROWS))}")
    rows = () if unit_rows else tuple(_cells(name, "rows", row, len(columns)) for row in stated)
    fixed = max(map(len, rows), default=0)
    _demand(all(len(row) == fixed for row in rows), name, "rows are not all of one length (a comma without quotes?)")
    return Template(
        name=name,
        form=raw["form"],
        label=raw["label"],
        form_number=raw.get("form_number", ""),
        title=raw["title"],
        remark=raw.get("remark", ""),
        period_line=raw.get("period_line", "(Số liệu đến {period})"),
        unit_of_money=raw.get("unit_of_money", ""),
        reports_for=raw["reports_for"],
        columns=columns,
        rows=rows,
        unit_rows=unit_rows,
        blank_rows=raw.get("blank_rows", _BLANK_ROWS),
        legend=raw.get("legend", ""),
        examples=tuple(_cells(name, "examples", row, len(columns) - fixed) for row in raw["examples"]),
        example_period=raw.get("example_period", "30/6/2022"),
        example_place=raw.get("example_place", EXAMPLE_PLACES[raw["reports_for"]]),
    )


def _columns(
    name: str, raw: Sequence[Mapping[str, Any]], values: Mapping[str, str] | None = None, each: str = ""
) -> Iterator[Column]:
    for place, item in enumerate(raw, start=1):
        where = f"{name}, column {place}"
        _demand(isinstance(item, dict), where, "is not a mapping")
        _demand(not (unknown := item.keys() - _COLUMN_KEYS), where, f"unknown keys: {', '.join(sorted(unknown))}")
        if "each" in item:
            group = item.get("columns") or [{key: item[key] for key in item.keys() - {"each", "set"}}]
            found = repetitions(item["each"], item.get("set", ""))
            _demand(bool(found), where, f"nothing to repeat for each {item['each']} of '{item.get('set', '')}'")
            told = f"{item['each']} of {item['set']}" if "set" in item else ", ".join(map(str, item["each"]))
            for repeated in found:
                yield from _columns(where, group, {**(values or {}), **repeated}, told)
        else:
            yield _column(where, item, values or {}, each)


def _column(where: str, item: Mapping[str, Any], values: Mapping[str, str], each: str) -> Column:
    _demand(bool(item.get("heading")) and isinstance(item["heading"], list), where, "heading is not a list of texts")
    kind = item.get("kind")
    _demand(kind in KINDS, where, f"kind '{kind}' is none of {', '.join(sorted(KINDS))}")
    _demand(item.get("level", "") in ("", *LEVELS), where, f"level is none of {', '.join(LEVELS)}")
    _demand(kind != "choice" or bool(item.get("choices")), where, "a choice needs choices")
    return Column(
        heading=tuple(_filled(str(part), values) for part in item["heading"]),
        kind=str(kind),
        choices=tuple(map(str, item.get("choices", ()))),
        note=_filled(item.get("note", ""), values),
        width=item.get("width"),
        number=_filled(str(item.get("number", "")), values),
        level=item.get("level", ""),
        described=tuple(map(str, item["heading"])),
        each=each,
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _cells(name: str, part: str, row: object, widest: int) -> Cells:
    """Return a row with the lists of repeated columns laid out."""
    if not isinstance(row, list):
        raise TemplateError(f"template {name}: {part}: {row!r} is not a list")
    cells = [cell for item in row for cell in (item if isinstance(item, list) else [item])]
    _demand(len(cells) <= widest, name, f"{part}: {len(cells)} cells for {widest} columns in {row!r}")
    return tuple(cells)


def _demand(is_right: bool, where: str, fault: str) -> None:
    if not is_right:
        raise TemplateError(f"template {where}: {fault}")
