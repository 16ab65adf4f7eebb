"""The layers as they are written down in map_layers.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ntm.charts import theme
from ntm.charts.map_layers.model import NOT_RURAL, UNKNOWN, LayerEntry
from ntm.i18n import Translator
from ntm.yaml_files import read_yaml

Level = Literal["commune", "district", "province"]
PATH = Path(__file__).parent.parent / "map_layers.yml"
_BELOW, _FROM = "below_", "from_"


@dataclass(frozen=True)
class LayerSpec:
    """One entry of map_layers.yml. `colors` are those of its classes, in the order of the legend."""

    name: str
    levels: tuple[str, ...]
    source: str
    needs: tuple[str, ...]
    document: str
    kind: str
    column: str
    bounds: tuple[int, ...]
    exactly: Mapping[int, str]
    equals: Mapping[str, str]
    where: Mapping[str, str]
    missing: str
    known: str
    colors: Mapping[str, str]
    labels: str
    format: str
    hatched: tuple[str, ...]
    lines: str

    def text_key(self, what: str) -> str:
        """Return the key of one of the layer's own texts: name, title, note, or that of a class."""
        return ".".join(("layer", self.name, what))

    def label(self, key: str, t: Translator) -> str:
        """Return the label of a class of the legend: the layer's own, one of a family, or written from the bounds."""
        own = self.text_key(key)
        if own in t.texts:
            return t.texts[own]
        if key == NOT_RURAL:
            return t("highest.not_rural") if "commune" in self.levels else t("layer.no_communes")
        if key == UNKNOWN:
            return t("highest.unknown")
        return _range(self, key, t) if self.labels == "range" else t(f"{self.labels}.{key}")


@cache
def specs() -> Mapping[str, LayerSpec]:
    """Return every layer by name, in the order in which they are offered."""
    return {name: _spec(name, entry) for name, entry in read_yaml(PATH).items()}


def layers_for(level: Level) -> tuple[LayerEntry, ...]:
    """Return the layers that a map of a level's units can show."""
    return tuple(
        LayerEntry(spec.name, spec.text_key("name"), ".".join(("layer", "source", spec.source)), spec.needs)
        for spec in specs().values()
        if level in spec.levels
    )


def class_keys(bounds: tuple[int, ...]) -> tuple[str, ...]:
    """Return the keys of the classes between bounds, from the lowest: a bound belongs to the class above it."""
    return (f"{_BELOW}{bounds[0]}", *(f"{_FROM}{bound}" for bound in bounds)) if bounds else ()


def _spec(name: str, entry: Mapping[str, Any]) -> LayerSpec:
    bounds = tuple(entry.get("bounds", ()))
    exactly = entry.get("exactly", {})
    classes = entry.get("classes") or (*exactly.values(), *class_keys(bounds))
    return LayerSpec(
        name=name,
        levels=tuple(entry["levels"]),
        source=entry["source"],
        needs=tuple(entry.get("needs", ())),
        document=entry["document"],
        kind=entry["kind"],
        column=entry.get("column", ""),
        bounds=bounds,
        exactly=exactly,
        equals=entry.get("equals", {}),
        where=entry.get("where", {}),
        missing=entry.get("missing", UNKNOWN),
        known=entry.get("known", ""),
        colors=_colors(entry["palette"], classes, entry.get("colors", {})),
        labels=entry["labels"],
        format=entry.get("format", "number"),
        hatched=tuple(entry.get("hatched", ())),
        lines=entry.get("lines", ""),
    )


def _colors(palette: str, classes: tuple[str, ...], names: Mapping[str, str]) -> dict[str, str]:
    """Return class -> colour: that of its name in the palette, else that of its place."""
    colors: Mapping[str, str] = getattr(theme, f"{palette.upper()}_COLORS")
    in_order = list(colors.values())
    return {key: colors.get(names.get(key, key)) or in_order[place] for place, key in enumerate(classes)}


def _range(spec: LayerSpec, key: str, t: Translator) -> str:
    written = t.format.share if spec.format == "share" else t.format.number
    if key.startswith(_BELOW):
        return t("layer.range.some" if 0 in spec.exactly else "layer.range.below", high=written(spec.bounds[0], 0))
    bound = int(key.removeprefix(_FROM))
    place = spec.bounds.index(bound)
    if place + 1 == len(spec.bounds):
        return t("layer.range.from", low=written(bound, 0))
    return t("layer.range.between", low=written(bound, 0), high=written(spec.bounds[place + 1], 0))
