"""What every section writes with: figures, sentences and slides under the section's own keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from ntm.i18n import Translator
from ntm.metrics.share import Share
from ntm.model import is_missing
from ntm.reports.deck.figures import figure, say
from ntm.reports.deck.model import Chart, Figure, Sentence, Slide, Table, Value
from ntm.reports.deck.request import Material
from ntm.reports.map_sheet import MapSheet

MOST_ROWS = 10
"""Rows of a table on one slide; more go on."""
MOST_SENTENCES = 5
MOST_NAMES = 6
Part = Figure | str
TableRow = tuple[str | Figure | None, ...]
Scope = dict[str, str | date | None]


@dataclass(frozen=True)
class Writer:
    """Writes one section of a deck. Keys stand under `section`; `source` is printed on each slide."""

    material: Material
    section: str
    source: str

    @property
    def t(self) -> Translator:
        return self.material.t

    @property
    def month(self) -> date:
        return self.material.period.month

    @property
    def scope(self) -> Scope:
        """Return what queries over communes ask by: the province, of a district's deck the district, and the month."""
        unit = self.material.unit
        district = unit.code if unit.level == "district" else None
        return {"province": unit.province, "district": district, "month": self.month}

    def read(self, query: str, **values: object) -> pd.DataFrame:
        """Return the rows of a query."""
        return self.material.read(query, **values)

    @property
    def day(self) -> str:
        """Return the month looked at as it is printed."""
        return self.t.format.day(self.month)

    def figure(self, name: str, value: Value, text: str, definition: str, rows: pd.DataFrame | None = None) -> Figure:
        """Return a figure with a text of its own."""
        return figure(f"{self.section}.{name}", value, text, definition, rows)

    def number(
        self,
        name: str,
        value: float | Decimal | None,
        definition: str,
        rows: pd.DataFrame | None = None,
        decimals: int = 0,
    ) -> Figure:
        """Return a number with the cells of `rows`, an unknown one as such."""
        return self.figure(name, value, self.t.format.number(value, decimals), definition, rows)

    def pct(self, name: str, share: Share, rows: pd.DataFrame | None = None, decimals: int = 1) -> Figure:
        """Return the percentage of a share; its numerator and denominator stand in the definition."""
        t = self.t
        parts = f"{t.format.plain(share.numerator)}/{t.format.plain(share.denominator)} {t(share.definition)}"
        return self.figure(name, share.pct, t.format.share(share.pct, decimals), parts, rows)

    def say(self, name: str, text_key: str, /, **parts: Part) -> Sentence:
        """Return a sentence with its figures."""
        return say(self.t, f"{self.section}.say_{name}", text_key, **parts)

    def title(self, text_key: str, /, **parts: Part) -> str:
        """Return a title; a figure in it stands on the slide too, in a sentence, chart or table."""
        return say(self.t, "", text_key, **parts).text

    def head(self, *names: str) -> tuple[str, ...]:
        """Return the headings of a table, texts `deck.column.<name>`."""
        return tuple(self.t(f"deck.column.{name}") for name in names)

    def slide(
        self,
        name: str,
        title: str,
        sentences: Iterable[Sentence | None] = (),
        *,
        chart: Chart | None = None,
        table: Table | None = None,
        sheet: MapSheet | None = None,
        missing: str = "",
        notes: tuple[str, ...] = (),
        source: str = "",
    ) -> Slide:
        """Return a slide of the section; sentences that are None are left out."""
        return Slide(
            key=f"{self.section}.{name}",
            section=self.section,
            title=title,
            as_of=self.month,
            source=source or self.source,
            sentences=tuple(sentence for sentence in sentences if sentence),
            chart=chart,
            table=table,
            sheet=sheet,
            missing=missing,
            notes=notes,
        )

    def pages(
        self,
        name: str,
        title: str,
        head: tuple[str, ...],
        rows: Iterable[TableRow],
        sentences: Iterable[Sentence | None] = (),
        *,
        note: str = "",
        notes: tuple[str, ...] = (),
        source: str = "",
    ) -> tuple[Slide, ...]:
        """Return a table on as many slides as it needs; the sentences stand on the first, as the title's figures do."""
        listed = list(rows)
        parts = [listed[start : start + MOST_ROWS] for start in range(0, len(listed), MOST_ROWS)] or [[]]
        made = []
        for number, part in enumerate(parts):
            own = name if not number else f"{name}_{number + 1}"
            table = Table(f"{self.section}.{own}", head, tuple(part), note) if part else None
            first = not number
            made.append(
                self.slide(
                    own,
                    title if first else self.t("deck.continued", title=title),
                    sentences,
                    table=table,
                    notes=notes if first else (),
                    source=source,
                )
            )
            sentences = ()
        return tuple(made)


def names_of(t: Translator, names: Iterable[object], most: int = MOST_NAMES) -> str:
    """Return names in a row: all of a few, of more the first ones and '…'; how many there are is a figure beside."""
    listed = [str(name) for name in names]
    shown = listed if len(listed) <= most + 1 else [*listed[:most], "…"]
    return ", ".join(shown)


def criterion_label(t: Translator, row: Mapping[Any, Any]) -> str:
    """Return 'TC10 Thu nhập': the number of a criterion is a part of its name."""
    name = row["name_vi"] if t.language == "vi" or is_missing(row["name_en"]) else row["name_en"]
    return t("deck.criterion", number=str(row["criterion_no"]), name=str(name))


def criterion_codes(t: Translator, numbers: object) -> str:
    """Return 'TC10, TC17' of a list of a frame; '' of none."""
    if isinstance(numbers, str) or not isinstance(numbers, Iterable):
        return ""
    listed = sorted((str(number) for number in numbers), key=lambda number: (not number.isdigit(), number.zfill(3)))
    return ", ".join(t("deck.criterion_code", number=number) for number in listed)


def word(t: Translator, family: str, code: object) -> str | None:
    """Return the word of a code of a frame (texts `<family>.<code>`); None for a missing one."""
    return None if is_missing(code) else t(f"{family}.{code}")
