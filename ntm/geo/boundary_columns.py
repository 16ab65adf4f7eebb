"""Which unit a row of a boundary file means: by its code, or by its name within province, district and kind.

Codes are those of the General Statistics Office (Decision 124/2004/QD-TTg and its amendments). Names are compared
exactly after normalising (ntm/geo/names.py); a name that means several units means none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import pandas as pd

from ntm.geo.names import KINDS, clean_text, text_key, unit_name_key
from ntm.model import is_missing

CODE_DIGITS = 5
SHORTEST_CODE = 3
"""The lowest commune code is 00001, but shorter numbers than this are running numbers far more often."""
ENOUGH = 0.5
"""A file fits when it has this share of the units."""
MOSTLY = 0.9
"""A column tells district, province or kind when this share of its filled cells does."""
Telling = Callable[[object], frozenset[str]]
_KINDS = {text_key(kind): kind for kind in KINDS["commune"]}


class Places:
    """The commune-level units that a file is matched to, and those of the rest of the country.

    wanted: unit_code, name, district_code and, where known, district_name, province_code, province_name. country: the
    same of all units in force on the day; a file of the whole country has them, too.
    """

    def __init__(self, wanted: pd.DataFrame, country: pd.DataFrame | None = None) -> None:
        both = wanted if country is None else pd.concat([wanted, country]).drop_duplicates("unit_code")
        columns = ["unit_code", "name", "district_code", "district_name", "province_code", "province_name"]
        self.units = both.reindex(columns=columns).astype(object).fillna("").set_index("unit_code", drop=False)
        self.wanted = frozenset(wanted["unit_code"])
        self.district_of = dict(zip(self.units["unit_code"], self.units["district_code"], strict=True))
        self.province_of = dict(zip(self.units["unit_code"], self.units["province_code"], strict=True))

    @cached_property
    def keys(self) -> dict[str, tuple[str | None, str]]:
        """Kind and key of each unit's name."""
        return {str(code): unit_name_key(name) for code, name in self.units["name"].items()}

    def name_key(self, code: str) -> str:
        """Return the key of a unit's name, '' for no unit."""
        return self.keys[code][1] if code in self.keys else ""

    @cached_property
    def by_key(self) -> Mapping[str, list[str]]:
        """Codes of the units of each key."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, (_, key) in self.keys.items():
            found[key].append(code)
        return found

    def areas(self, level: str) -> Telling:
        """Return what tells the codes of the districts, or provinces, that a cell means by name or code."""
        digits = 3 if level == "district" else 2
        named: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
        pairs = self.units[[f"{level}_code", f"{level}_name"]].drop_duplicates()
        for code, name in pairs[pairs[f"{level}_code"] != ""].itertuples(index=False):
            kind, key = unit_name_key(name)
            named[key].append((kind, code))
            named[code].append((None, code))

        def tell(value: object) -> frozenset[str]:
            kind, key = unit_name_key(clean_text(value))
            own = digits_of(value)
            found = named.get(own.zfill(digits) if own else key, [])
            return frozenset(code for other, code in found if kind is None or other is None or kind == other)

        return tell


@dataclass(frozen=True)
class Matched:
    """A layer and what its rows mean.

    rows: for each row of the layer unit_code ('' for none), by ('code', 'name', ''), reason why it is no unit
    ('unknown_code', 'unknown_name', 'homonym', 'nothing', else ''), label (what the file calls it), name_differs
    (it has the code of one unit and the name of another). known: how many of the wanted units it has.
    """

    layer: gpd.GeoDataFrame
    code_column: str | None
    name_column: str | None
    rows: pd.DataFrame
    known: int

    @property
    def columns(self) -> str:
        """The column, or both, that rows were matched by."""
        return ", ".join(name for name in (self.code_column, self.name_column) if name)


def match_layers(layers: list[gpd.GeoDataFrame], places: Places) -> list[Matched]:
    """Return what each layer's best column of codes and of names means: those that know most units first.

    Columns of codes come before columns of names wherever they know enough of the units.
    """
    coded = [found for layer in layers if (found := _by_code(layer, places))]
    named = [found for layer in layers if (found := _by_name(layer, places))]
    enough = ENOUGH * len(places.wanted)
    return sorted([*coded, *named], key=lambda item: (bool(item.code_column) and item.known >= enough, item.known),
                  reverse=True)  # fmt: skip


def digits_of(value: object) -> str:
    """Return the digits of a value that can be a code, else ''; it may be 1318, 1318.0, '1318' or '01318'."""
    text = str(value).strip().removesuffix(".0")
    return text if text.isascii() and text.isdigit() and len(text) <= CODE_DIGITS else ""


def _by_code(layer: gpd.GeoDataFrame, places: Places) -> Matched | None:
    columns = layer.columns.drop(layer.geometry.name)
    digits = {str(name): layer[name].map(digits_of) for name in columns}
    codes = {name: values.where(values == "", values.str.zfill(CODE_DIGITS)) for name, values in digits.items()}
    known = {name: values[values.isin(places.wanted)].nunique() for name, values in codes.items()}
    likely = [name for name in codes if known[name] or _looks_like_codes(digits[name])]
    if not likely:
        return None
    column = max(likely, key=lambda name: known[name])
    code = codes[column]
    is_unit = code.isin(places.units.index)
    named = _by_name(layer, places)
    if named and named.known < ENOUGH * len(places.wanted):
        named = None  # names in another writing, or of something else, of which a few are the same by chance
    rows = pd.DataFrame({"unit_code": code.where(is_unit, ""), "by": "code", "reason": "", "label": code})
    rows.loc[~is_unit, ["by", "reason"]] = ["", "unknown_code"]
    rows.loc[code == "", "reason"] = "nothing"
    rows["name_differs"] = False
    if named:
        rows["label"] = named.rows["label"].where(named.rows["label"] != "", code)
        rows.loc[code == ""] = named.rows[code == ""]
        keys = rows["label"].map(lambda label: unit_name_key(label)[1])
        rows["name_differs"] = is_unit & (rows["label"] != code) & (keys != rows["unit_code"].map(places.name_key))
    return Matched(layer, column, named.name_column if named else None, rows, known[column])


def _looks_like_codes(digits: pd.Series) -> bool:
    return bool((digits.str.len() >= SHORTEST_CODE).mean() >= 0.5 and digits.nunique() >= 0.5 * len(digits))


def _by_name(layer: gpd.GeoDataFrame, places: Places) -> Matched | None:
    columns = layer.columns.drop(layer.geometry.name)
    texts = {name: layer[name].map(_text) for name in columns if not pd.api.types.is_numeric_dtype(layer[name])}
    wanted = {places.keys[code][1] for code in places.wanted}
    known = {name: len(wanted & {unit_name_key(text)[1] for text in values}) for name, values in texts.items()}
    column = max(known, key=lambda name: known[name], default=None)
    if column is None or not known[column]:
        return None
    others = [layer[name] for name in columns if name != column]
    provinces = _told(others, places.areas("province"), len(layer))
    told = zip(
        texts[column],
        provinces,
        _told(others, places.areas("district"), len(layer)),
        _told(others, _kind, len(layer)),
        strict=True,
    )
    rows = pd.DataFrame(
        [(*_unit_named(places, *row), row[0], False) for row in told],
        columns=["unit_code", "by", "reason", "label", "name_differs"],
        index=layer.index,
    )
    if not any(provinces) and (rows["reason"] == "unknown_name").any():
        # The file has more than this province: two rows of one name may be communes of two provinces.
        several = rows["unit_code"].duplicated(keep=False) & (rows["unit_code"] != "")
        rows.loc[several, ["unit_code", "by", "reason"]] = ["", "", "homonym"]
    units = rows["unit_code"]
    return Matched(layer, None, str(column), rows, units[units.isin(places.wanted)].nunique())


def _told(columns: list[pd.Series], tell: Telling, length: int) -> list[frozenset[str]]:
    """Return for each row what the column says that is nearly always understood; empty sets without one."""
    read = [values.dropna().map(tell) for values in columns]
    shares = [(found.map(bool).mean() if len(found) else 0.0) for found in read]
    # An area has several communes: what differs in nearly every row are running numbers.
    shares = [share if found.nunique() <= ENOUGH * length else 0.0 for share, found in zip(shares, read, strict=True)]
    best = max(range(len(read)), key=lambda number: shares[number], default=None)
    if best is None or shares[best] < MOSTLY:
        return [frozenset()] * length
    return [value if isinstance(value, frozenset) else frozenset() for value in read[best].reindex(columns[best].index)]


def _kind(value: object) -> frozenset[str]:
    kind = _KINDS.get(text_key(clean_text(value)))
    return frozenset({kind} if kind else ())


def _text(value: object) -> str:
    return "" if is_missing(value) else clean_text(value)


def _unit_named(
    places: Places, label: str, provinces: frozenset[str], districts: frozenset[str], kinds: frozenset[str]
) -> tuple[str, str, str]:
    """Return (code of the unit, 'name', ''), or ('', '', why there is none)."""
    own, key = unit_name_key(label)
    if not key:
        return "", "", "nothing"
    kinds = frozenset({own}) if own else kinds
    found = [
        code
        for code in places.by_key.get(key, ())
        if (places.province_of[code] in provinces if provinces else code in places.wanted)
        and (not districts or places.district_of[code] in districts)
        and (not kinds or places.keys[code][0] in kinds)
    ]
    if len(found) == 1:
        return found[0], "name", ""
    return "", "", "homonym" if found else "unknown_name"
