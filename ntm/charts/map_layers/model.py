"""What a map shows: its classes, the state of each unit, the same at other months."""

from __future__ import annotations

from dataclasses import dataclass, replace

NOT_RURAL, UNKNOWN = "not_rural", "unknown"


@dataclass(frozen=True)
class MapClass:
    """One entry of the legend: units of this class are filled with `color`, a CSS colour.

    A hatched class has diagonal lines of that colour on white: the look of what is unknown. A textured one has small
    dots on its colour: the look of what the layer does not judge, such as phường on a layer of communes.
    """

    key: str
    label: str
    color: str
    count: int
    hatched: bool = False
    textured: bool = False

    def counted(self, count: int) -> MapClass:
        """Return the entry with another count."""
        return replace(self, count=count)


@dataclass(frozen=True)
class MapUnit:
    """The state of one unit; the first line of `tooltip` is its name. Lines are plain text."""

    code: str
    class_key: str
    tooltip: tuple[str, ...]


@dataclass(frozen=True)
class MapFrame:
    """The classes of a layer's units at another month, in the order of the units; `counts` go with its classes.

    `key` is the ISO day of the month's end, `label` what people read ('06/2022').
    """

    key: str
    label: str
    class_keys: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class MapLayer:
    """All that a map shows of one layer and month.

    `title` says what is shown and in which unit; `note` defines it in a sentence, with its basis and document.
    """

    classes: tuple[MapClass, ...]
    units: tuple[MapUnit, ...]
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class LayerEntry:
    """A layer that can be chosen: `label` and `source` are keys of texts, `needs` what else has to be chosen.

    `needs` holds 'criterion' (a Criterion) and 'earlier' (a month before the one shown).
    """

    key: str
    label: str
    source: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """A criterion of a set: one number may mean another thing in another set. `name` is in the reader's language."""

    set_code: str
    number: int
    name: str
