"""Whether what was read of a damaged workbook agrees with the cells that label it, looked up without the reader.

Lenient where a damaged sheet says two things, never where it says one: a fact must stand in a row that names its unit
(or source, product, decision) and a column headed by its criterion (or stage).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils.cell import coordinate_to_tuple

from etl.context import Fact, SheetReading
from ntm.geo.units import Register, Unit
from tests.etl.fuzz_books import CRITERIA, SOURCES, STAGES
from tests.etl.fuzz_model import Sheet
from tests.etl.scrambles import canonical

_KIND = re.compile(r"^(?:[IVX]+\.\s*)?(xã|phường|thị trấn|huyện|thị xã|thành phố|tx\.?|tp\.?|h\.)\s*", re.I)
_NUMBERED = re.compile(r"^(\d{1,2})\. \D")
_NUMBERED_DISTRICT = re.compile(r"[IVX]+\. ")
_PROSE = 60
_ROMAN = {"I", "II", "III", "IV", "V", "VI"}
_CRITERION = {canonical(name): str(number) for number, name in enumerate(CRITERIA, start=1)}
_MET = {"x", "đ", "1", "true", "ü", "þ", "ý", "v", "+"}


class Oracle:
    """One damaged sheet and the register, for checking the facts read of it."""

    def __init__(self, sheet: Sheet, register: Register, day: date) -> None:
        self.sheet, self.register = sheet, register
        in_province = [unit for unit in register.units if unit.province_code == "93" and unit.in_force(day)]
        self.communes = {unit.unit_code: unit for unit in in_province if unit.level == "commune"}
        self.districts = {unit.unit_code: unit for unit in in_province if unit.level == "district"}
        covered = {
            (row, column): area[:2]
            for area in sheet.merges
            for row in range(area[0], area[2] + 1)
            for column in range(area[1], area[3] + 1)
        }
        places = {*sheet.cells, *covered}
        texts = {place: sheet.stored_text(*covered.get(place, place)) for place in places}
        self._texts = {place: text for place, text in texts.items() if text}
        self._by_row: dict[int, list[str]] = defaultdict(list)
        self._by_column: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), text in sorted(self._texts.items()):
            self._by_row[row].append(text)
            self._by_column[column].append((row, text))
        self._told: set[int] = set()

    def faults(self, reading: SheetReading) -> Iterator[str]:
        """Yield what is wrong with a reading: each says the fact and what its cells say."""
        checks: Mapping[str, Callable[[Fact], Iterator[str]]] = {
            "criterion_result": self._criterion_result,
            "funding": self._funding,
            "recognition": self._recognition,
            "ocop_product": self._product,
            "target": self._target,
        }
        self._told = self._columns_told(reading)
        for table, facts in reading.facts.items():
            for fact in facts:
                for fault in checks[table](fact) if table in checks else ():
                    yield f"{table} {fact['cell']}: {fault}; fact {fact}"

    def _columns_told(self, reading: SheetReading) -> set[int]:
        """Return the columns that the reading says it did not read: whatever they say, a person is asked about it."""
        told = set()
        for issue in reading.issues:
            if issue.code == "COLUMNS_UNHEADED":
                told |= {coordinate_to_tuple(cell)[1] for cell in str(issue.values["cells"]).split(", ")}
            if issue.code == "COLUMNS_NOT_READ":
                told |= {column for (_, column), text in self._texts.items() if f"'{text}'" in issue.values["headings"]}
        return told

    # What the sheet says around a cell.

    def _ordinal(self, row: int) -> str:
        columns = [1, *self._headed("STT"), *self._headed("TT")]
        return next((text for column in columns if (text := self.sheet.stored_text(row, column)) in _ROMAN), "")

    def _rows(self, fact: Fact) -> range:
        """Return the fact's row; in a transposed table, all rows of its cell."""
        top, _, bottom, _ = self._area(fact)
        row = int(str(fact["row"]))
        return range(row, row + 1) if top <= row <= bottom else range(top, bottom + 1)

    def _columns(self, fact: Fact) -> range:
        _, left, _, right = self._area(fact)
        return range(left, right + 1)

    def _area(self, fact: Fact) -> tuple[int, int, int, int]:
        return self.sheet.area(*coordinate_to_tuple(str(fact["cell"])))

    def _texts_of(self, fact: Fact) -> list[str]:
        return [text for row in self._rows(fact) for text in self._by_row.get(row, ())]

    def _headings_of(self, fact: Fact) -> list[str]:
        """Return the texts of the fact's columns, from its row up."""
        last = max(self._rows(fact))
        return [text for column in self._columns(fact) for row, text in self._by_column.get(column, ()) if row <= last]

    def _names(self, unit: Unit, text: str) -> bool:
        return canonical(_KIND.sub("", text)) == canonical(unit.short_name) or canonical(text) == canonical(unit.name)

    def _headed(self, heading: str) -> list[int]:
        """Return the columns with a heading in a row of several; alone in a row it heads nothing."""
        places = (place for place in self.sheet.cells if self._texts.get(place) == heading)
        return sorted({column for row, column in places if len(self._by_row[row]) > 2})

    def _cells(self, fact: Fact, heading: str) -> list[str]:
        """Return the texts of the fact's row in columns so headed."""
        columns = set(self._headed(heading)) - self._told
        places = ((row, column) for row in self._rows(fact) for column in sorted(columns))
        return [self._texts[place] for place in places if place in self._texts]

    def _district_named(self, texts: list[str]) -> Unit | None:
        """Return the district that texts name."""
        for text in texts:
            if _KIND.match(text):
                for unit in self.districts.values():
                    if self._names(unit, text) and unit.kind.split()[0] in text.casefold():
                        return unit
        return None

    def _district_above(self, row: int, column: int, heading: str) -> Unit | None:
        """Return the district that the nearest row above names, where the fact's table has its numbers and names.

        None where a row stands nearer that may have lost a district's name: a text alone, a Roman number, no name.
        """
        names = self._near(heading, column)
        numbers = {names - 1, self._near("STT", column)} if self._headed("STT") else {names - 1}
        for place in sorted((place for place in self._by_row if place <= row), reverse=True):
            ordinals = [self._texts.get((place, own), "") for own in sorted(numbers - {names})]
            ordinal = next(filter(None, ordinals), "")
            name = self._texts.get((place, names), "")
            if not any((place, own) in self._texts for own in range(min(numbers), max(*numbers, names + 4) + 1)):
                continue  # a row of the table beside
            if name == heading:
                return None  # what stands above is of no row of this table
            of_units = heading == "Tên xã"
            is_alone = not any((place, right) in self._texts for right in range(names + 1, names + 5))
            named = [name] if of_units or is_alone else []
            # Beside a name what stands for its number heads nothing, but for 'II. HUYỆN PHỤNG HIỆP'.
            heads = [text for text in ordinals if is_alone or not name or _NUMBERED_DISTRICT.match(text)]
            if district := self._district_named([*named, *heads]):
                return district
            if (not name and not re.fullmatch(r"[\d.()]+", ordinal) and len(ordinal) < _PROSE) or (
                (ordinal in _ROMAN or name in _ROMAN) and (of_units or not name)
            ):
                return None
        return None

    def _near(self, heading: str, column: int) -> int:
        """Return the column so headed that is nearest to a fact's; another table may stand beside it."""
        columns = self._headed(heading) or [place + 1 for place in (*self._headed("STT"), *self._headed("TT"))]
        return min(columns, key=lambda place: (place > column, abs(place - column)), default=2)

    # Facts.

    def _unit(self, fact: Fact, texts: list[str]) -> Iterator[str]:
        unit = self.communes.get(str(fact["unit_code"]))
        if unit is None:
            yield "no commune of the province"
        elif not any(self._names(unit, text) for text in texts):
            yield f"no cell of the row names {unit.name}"

    def _criterion_result(self, fact: Fact) -> Iterator[str]:
        yield from self._unit(fact, self._texts_of(fact))
        unit = self.communes.get(str(fact["unit_code"]))
        district = self._district_above(max(self._rows(fact)), min(self._columns(fact)), "Tên xã")
        if unit and district and unit.district_code != district.unit_code:
            yield f"stands under {district.name}"
        number = str(fact["criterion_no"])
        headings = self._headings_of(fact)
        if number not in {self._criterion(text) for text in headings}:
            yield f"criterion {number} is not the column's"
        shown = self.sheet.shown(*coordinate_to_tuple(str(fact["cell"])))
        if fact["value_kind"] == "plan":
            return  # 'KH 2023': planned to be met
        if fact["outcome"] == "met" and str(shown).strip().casefold() not in _MET:
            yield f"{shown!r} is read as met"
        if shown in ("x", "CĐ") and fact["outcome"] == {"x": "not_met", "CĐ": "met"}[str(shown)]:
            yield f"{shown!r} is read as {fact['outcome']}"

    def _criterion(self, heading: str) -> str | None:
        match = _NUMBERED.match(heading)
        number = match[1] if match else heading.removesuffix(".0")
        return _CRITERION.get(canonical(heading)) or (number if number.isdigit() else None)

    def _funding(self, fact: Fact) -> Iterator[str]:
        if fact["unit_code"] != "93":
            yield "not the province's"
        row, column = min(self._rows(fact)), min(self._columns(fact))
        named = self._near("Nguồn vốn", column)
        sources = [meaning for meaning in [SOURCES.get(self._texts.get((row, named), ""))] if meaning]
        own = {source for source, _ in sources if source}
        is_part = not own and self._ordinal(row) not in _ROMAN  # of the source above, whatever its name
        if is_part:
            above = (SOURCES.get(text, ("", ""))[0] for place, text in reversed(self._by_column[named]) if place < row)
            own = {next((source for source in above if source), None)}
        if fact["source_code"] not in own:
            yield f"the row names the sources {own}"
        if is_part and sources and fact.get("nature") not in {None, *(nature for _, nature in sources)}:
            yield f"the row names {sources}"
        headings = self._headings_of(fact)
        if any(text.startswith("TỔNG HỢP NGUỒN VỐN") for text in headings):
            headings += self._by_row[2]  # a column that says what a title does means what the title's line says now
        if (fact["stage"], fact["year"]) not in [_stage(text) for text in headings]:
            yield f"the column is headed {headings}"
        shown = self.sheet.shown(*coordinate_to_tuple(str(fact["cell"])))
        if isinstance(shown, int) and Decimal(str(fact["amount_vnd_million"])) != shown:
            yield f"the cell holds {shown}"

    def _recognition(self, fact: Fact) -> Iterator[str]:
        yield from self._holds(fact, "decision_date", "decision_no")
        if district := self.districts.get(str(fact["unit_code"])):
            if not any(_KIND.match(text) and self._names(district, text) for text in self._cells(fact, "Tên xã")):
                yield f"no cell names {district.name} as the one recognised"
            return
        yield from self._unit(fact, self._texts_of(fact))
        unit = self.communes.get(str(fact["unit_code"]))
        places = [text for text in self._cells(fact, "Huyện") if _KIND.match(text)]
        stated = [item for text in places for item in self.districts.values() if self._names(item, text)]
        if unit and stated and unit.district_code not in {item.unit_code for item in stated}:
            yield f"the row names {stated[0].name}"

    def _product(self, fact: Fact) -> Iterator[str]:
        yield from self._holds(fact, "name", "producer", "score", "decision_date")
        row = min(self._rows(fact))
        column = min(self._columns(fact))
        beside = [self._texts.get((row, column - 1), "")]
        district = self._district_named(beside) or self._district_above(row - 1, column, "Tên sản phẩm")
        reporting = [self.districts[str(fact["unit_code"])]] if district is None else [district]
        named = any(self._names(reporting[0], text) for place in range(1, row) for text in self._by_row.get(place, ()))
        if reporting[0].unit_code != fact["unit_code"] or (district is None and not named):
            yield f"stands under {district.name if district else None}"

    def _target(self, fact: Fact) -> Iterator[str]:
        yield from self._holds(fact, "value", "metric_vi")

    def _holds(self, fact: Fact, *columns: str) -> Iterator[str]:
        """Yield the columns whose value no cell of the row holds."""
        texts = self._texts_of(fact)
        shown = [canonical(text) for text in texts]
        for column in columns:
            value = fact.get(column)
            if value is None or value == "chưa có số":
                continue
            if isinstance(value, datetime | date):
                is_there = any(re.search(rf"0?{value.day}\D0?{value.month}\D{value.year}", text) for text in texts)
            elif isinstance(value, int | float | Decimal):
                numbers = [number for text in texts if (number := _number(text)) is not None]
                is_there = any(float(value) in (number, 100 * number) for number in numbers)  # 0.5 may be shown as 50%
            else:
                is_there = any(canonical(str(value)) in text for text in shown)
            if not is_there:
                yield f"no cell of the row holds {column} {value!r}: {texts}"


def _stage(heading: str) -> tuple[str, int] | None:
    return ("mobilised", 2022) if heading.startswith("HUY ĐỘNG") else STAGES.get(heading)


def _number(text: str) -> float | None:
    if text in ("-", "–"):
        return 0
    if bracketed := re.fullmatch(r"\((\d+)\)", text):
        return -float(bracketed[1])
    try:
        return float(text.rstrip("% ").replace(".", "" if text.count(".") > 1 else ".").replace(",", "."))
    except ValueError:
        return None
