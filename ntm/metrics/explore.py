"""What can be asked on the page Khám phá: measures, by what they are laid out, and the pairs that make no sense.

All of it is data (explore.yml). `refusal` gives the reason why a table is not made; it is asked before any counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ntm.yaml_files import read_yaml

SUBJECTS = ("communes", "criteria", "money", "rates")
KINDS = ("count", "mean", "share", "amount")
TIMES = ("month", "year")
UNITS = ("district", "commune")
_FILE = Path(__file__).with_suffix(".yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class Measure:
    """`numerator` and `denominator` are columns of the rows of query explore_<subject>; labels are by language.

    `blanks`: a group with an unknown unit has no value. `of_set`: counts of different criteria sets are kept apart.
    `commune` is the measure's label where it is asked of a single commune, `never` why it is never computed.
    """

    key: str
    subject: str
    kind: str
    label: Words
    unit: Words
    definition: Words
    numerator: str
    denominator: str | None
    blanks: bool
    of_set: bool
    refuses: tuple[str, ...]
    stage: str | None
    with_credit: bool
    commune: Words | None
    never: Words | None

    @property
    def is_money(self) -> bool:
        """Whether it is told by budget years and cut-offs, not by months."""
        return self.subject in ("money", "rates")


@dataclass(frozen=True)
class Dimension:
    """What rows or columns stand for, and the subjects that are told by it."""

    key: str
    label: Words
    of: tuple[str, ...]


@cache
def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = read_yaml(_FILE)
    return rules


@cache
def measures() -> Mapping[str, Measure]:
    """Return the measures by key, in the order of the choice."""
    return {key: _measure(key, raw) for key, raw in _rules()["measures"].items()}


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Return the dimensions by key, in the order of the choice."""
    return {key: Dimension(key, raw["label"], tuple(raw["of"])) for key, raw in _rules()["dimensions"].items()}


def _measure(key: str, raw: Mapping[str, Any]) -> Measure:
    return Measure(
        key=key,
        subject=raw["subject"],
        kind=raw["kind"],
        label=raw["label"],
        unit=raw["unit"],
        definition=raw["definition"],
        numerator=raw.get("numerator", "amount_vnd_million"),
        denominator=raw.get("denominator"),
        blanks=raw.get("unknown") == "blanks",
        of_set=raw.get("of_set", False),
        refuses=tuple(raw.get("refuses", ())),
        stage=raw.get("stage"),
        with_credit=raw.get("with_credit", False),
        commune=raw.get("commune"),
        never=raw.get("never"),
    )


def of_communes() -> Mapping[str, Measure]:
    """Return the measures that a single commune has a value of, for distributions and scatters."""
    return {key: measure for key, measure in measures().items() if measure.commune}


def refusal(measure: Measure, asked: Sequence[str], language: str) -> str | None:
    """Return why a measure is not laid out by the dimensions asked; None when it is."""
    if measure.never:
        return measure.never[language]
    reasons = _rules()["reasons"]
    if len(set(asked)) < len(asked):
        return str(reasons["same"][language])
    for name in asked:
        dimension = dimensions()[name]
        words = {"dimension": _within(dimension.label[language]), "measure": measure.label[language]}
        if measure.subject not in dimension.of:
            return str(reasons[measure.subject][language].format(**words))
        if name in measure.refuses:
            return str(reasons["itself"][language].format(**words))
    for reason, pair in (("time", TIMES), ("twice", UNITS)):
        if set(pair) <= set(asked):
            return str(reasons[reason][language])
    return None


def _within(label: str) -> str:
    return label[:1].lower() + label[1:]
