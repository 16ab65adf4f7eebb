"""The file of corrections: read whole and checked entry by entry before anything is loaded.

    corrections:
      - {path: tieu_chi/thang_6.xlsx, sheet: Biểu 01, cell: D9, expected: x, value: CĐ, who: …, when: …, why: …}
    aliases:
      - {name: Xã Vĩ Thanh, level: commune, unit_code: "31465", within: "935", who: …, when: …, why: …}

`when` is a day such as 2022-07-12. `path` is as the load shows it; `sha256` (the beginning of the file's checksum) may
stand for it or beside it. An alias may have `valid_from` and `valid_to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.corrections import Alias, CellValue, Correction, Corrections
from etl.issues import Issue
from ntm.geo.names import unit_name_key
from ntm.geo.units import Register, Unit
from ntm.yaml_files import read_yaml

_SIGNATURE = frozenset({"who", "when", "why"})
_CELL_KEYS = frozenset({"sheet", "cell", "expected", "value"}) | _SIGNATURE
_FILE_KEYS = frozenset({"path", "sha256"})
_ALIAS_KEYS = frozenset({"name", "level", "unit_code", "within"}) | _SIGNATURE
_PERIOD_KEYS = frozenset({"valid_from", "valid_to"})
_LEVELS = ("commune", "district")
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]*")
_CHECKSUM = re.compile(r"[0-9a-f]{8,64}")
_FOREVER = date.max


class _FaultyEntryError(Exception):
    """An entry that cannot be used; `issue` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.issue = Issue(code, values=values)


def read_corrections(path: Path, register: Register) -> tuple[Corrections, list[Issue]]:
    """Return the corrections of a file and what is wrong with it; with any fault the file is not to be used."""
    try:
        raw = read_yaml(path) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "…"
        reason = f"dòng {line}: {error.problem}"
        return Corrections(), [Issue("CORRECTIONS_UNREADABLE", values={"reason": reason})]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return Corrections(), [Issue("CORRECTIONS_UNREADABLE", values={"reason": " ".join(str(error).split())})]
    faults: list[Issue] = []
    cells: list[Correction] = []
    aliases: list[Alias] = []
    for entry, section, body in _entries(raw, faults):
        try:
            if section == "corrections":
                cells.append(_correction(entry, body, cells))
            else:
                aliases.append(_alias(entry, body, register, aliases))
        except _FaultyEntryError as fault:
            faults.append(fault.issue)
    return Corrections(tuple(cells), tuple(aliases)), faults


def _entries(raw: object, faults: list[Issue]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (name of the entry, its section, its content); report what is no entry."""
    sections = raw if isinstance(raw, dict) else {"": raw}
    for section, entries in sections.items():
        if section not in ("corrections", "aliases"):
            faults.append(_value(str(section), "…", section, "corrections, aliases").issue)
            continue
        for number, body in enumerate(entries if isinstance(entries, list) else [entries], start=1):
            if isinstance(body, dict):
                yield f"{section}[{number}]", section, body
            elif body is not None:
                faults.append(_value(f"{section}[{number}]", "…", body, "{…: …}").issue)


def _correction(entry: str, body: Mapping[str, Any], before: list[Correction]) -> Correction:
    file_keys = _FILE_KEYS & body.keys() or {"path"}
    _check_keys(entry, body, _CELL_KEYS | file_keys, frozenset(_FILE_KEYS))
    sha256 = body.get("sha256")
    if sha256 is not None and not _CHECKSUM.fullmatch(str(sha256)):
        raise _value(entry, "sha256", sha256, "[0-9a-f]{8,64}")
    if not _CELL.fullmatch(str(body["cell"])):
        raise _value(entry, "cell", body["cell"], "D9")
    item = Correction(
        entry=entry,
        path=body.get("path"),
        sha256=sha256,
        sheet=str(body["sheet"]),
        cell=body["cell"],
        expected=_cell_value(entry, body, "expected"),
        value=_cell_value(entry, body, "value"),
        **_signature(entry, body),
    )
    for other in before:
        if (other.path, other.sha256, other.sheet, other.cell) == (item.path, item.sha256, item.sheet, item.cell):
            raise _FaultyEntryError("CORRECTION_TWICE", entry=entry, other=other.entry)
    return item


def _alias(entry: str, body: Mapping[str, Any], register: Register, before: list[Alias]) -> Alias:
    _check_keys(entry, body, _ALIAS_KEYS, _PERIOD_KEYS)
    level, code, within = str(body["level"]), str(body["unit_code"]), str(body["within"])
    if level not in _LEVELS:
        raise _value(entry, "level", level, ", ".join(_LEVELS))
    first, last = (_day(entry, body, key) if body.get(key) else None for key in ("valid_from", "valid_to"))
    known = [unit for unit in register.units if (unit.level, unit.unit_code) == (level, code)]
    fitting = [
        unit
        for unit in known
        if within in (unit.district_code, unit.province_code)
        and all(unit.in_force(day) for day in (first, last) if day)
    ]
    if len(fitting) != 1:
        found = "; ".join(f"{unit.name} {_validity(unit)}" for unit in known) or "…"
        raise _FaultyEntryError("ALIAS_NOT_IN_FORCE", entry=entry, unit_code=code, level=level, found=found)
    (unit,) = fitting
    item = Alias(
        name=str(body["name"]),
        level=level,
        unit_code=code,
        within=within,
        valid_from=first or unit.valid_from,
        valid_to=last or unit.valid_to,
        **_signature(entry, body),
    )
    for number, other in enumerate(before, start=1):
        is_same = unit_name_key(other.name) == unit_name_key(item.name) and other.level == level
        if is_same and other.within == within and _overlap(other, item):
            raise _FaultyEntryError("CORRECTION_TWICE", entry=entry, other=f"aliases[{number}]")
    return item


def _overlap(one: Alias, other: Alias) -> bool:
    return one.valid_from <= (other.valid_to or _FOREVER) and other.valid_from <= (one.valid_to or _FOREVER)


def _validity(unit: Unit) -> str:
    place = unit.district_code or unit.province_code
    return f"({place}, {unit.valid_from:%d/%m/%Y} – {f'{unit.valid_to:%d/%m/%Y}' if unit.valid_to else '…'})"


def _check_keys(entry: str, body: Mapping[str, Any], needed: frozenset[str], optional: frozenset[str]) -> None:
    unknown = sorted(map(str, body.keys() - needed - optional))
    missing = sorted(key for key in needed if key not in body or (body[key] is None and key not in _MAY_BE_EMPTY))
    if unknown or missing:
        raise _FaultyEntryError(
            "CORRECTION_KEYS", entry=entry, unknown=", ".join(unknown) or "–", missing=", ".join(missing) or "–"
        )


def _signature(entry: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {"who": str(body["who"]), "when": _day(entry, body, "when"), "why": str(body["why"])}


def _day(entry: str, body: Mapping[str, Any], key: str) -> date:
    value = body[key]
    if type(value) is not date:
        raise _value(entry, key, value, "2022-07-12")
    return value


def _cell_value(entry: str, body: Mapping[str, Any], key: str) -> CellValue:
    value = body[key]
    if isinstance(value, bool) or not isinstance(value, str | int | float | date | None):
        raise _value(entry, key, value, "'x', 12.5, 2022-07-12, null")
    return value


def _value(entry: str, part: str, found: object, expected: str) -> _FaultyEntryError:
    return _FaultyEntryError("CORRECTION_VALUE", entry=entry, part=part, found=found, expected=expected)


_MAY_BE_EMPTY = frozenset({"expected", "value"})  # an empty cell before, or after
