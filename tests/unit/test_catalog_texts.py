"""What the catalog says of tables and columns: in both languages, and a description that lacks a part is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from ntm import catalog
from ntm.catalog import tables
from ntm.errors import CatalogError

VIETNAMESE_LETTER = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)
TABLES = sorted(tables())
COLUMN: dict[str, object] = {
    "type": "VARCHAR",
    "label": {"vi": "Mã xã", "en": "Unit code"},
    "meaning": "Commune.",
    "meaning_vi": "Mã của xã.",
}
TABLE: dict[str, object] = {
    "label": {"vi": "Xã", "en": "Communes"},
    "grain": "one commune",
    "grain_vi": "một xã",
    "key": ["unit_code"],
    "columns": {"unit_code": COLUMN},
}
"""The least that a description has to say."""


def faults(english: str, vietnamese: str) -> list[str]:
    """Return what is wrong with a Vietnamese text beside its English one."""
    found = {
        "English is empty": not english.strip(),
        "empty": not vietnamese.strip(),
        "same as English": vietnamese == english,
        "no Vietnamese letter": not VIETNAMESE_LETTER.search(vietnamese),
    }
    return [fault for fault, is_found in found.items() if is_found]


def read_catalog(folder: Path, description: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "commune.yml").write_text(yaml.safe_dump(description, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(catalog, "FOLDER", folder)
    tables.__wrapped__()  # past the cache, which keeps the product's own tables


@pytest.mark.parametrize("name", TABLES)
def test_the_grain_is_told_in_vietnamese(name: str) -> None:
    assert faults(tables()[name].grain, tables()[name].grain_vi) == []


@pytest.mark.parametrize("name", TABLES)
def test_the_meaning_of_every_column_is_told_in_vietnamese(name: str) -> None:
    wrong = {
        column.name: found for column in tables()[name].columns if (found := faults(column.meaning, column.meaning_vi))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("vietnamese", "fault"),
    [(" ", "empty"), ("Commune.", "same as English"), ("Ma cua xa.", "no Vietnamese letter")],
)
def test_a_text_that_is_no_translation_is_noticed(vietnamese: str, fault: str) -> None:
    assert fault in faults("Commune.", vietnamese)


def test_a_complete_description_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_catalog(tmp_path, TABLE, monkeypatch)


@pytest.mark.parametrize("part", TABLE)
def test_a_table_that_lacks_a_part_is_refused(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    description = {name: value for name, value in TABLE.items() if name != part}
    with pytest.raises(CatalogError) as refused:
        read_catalog(tmp_path, description, monkeypatch)
    assert refused.value.key == "catalog.table_incomplete"
    assert refused.value.values == {"table": "commune", "part": f"'{part}'"}


@pytest.mark.parametrize("part", COLUMN)
def test_a_column_that_lacks_a_part_is_refused(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    column = {name: value for name, value in COLUMN.items() if name != part}
    with pytest.raises(CatalogError) as refused:
        read_catalog(tmp_path, TABLE | {"columns": {"unit_code": column}}, monkeypatch)
    assert refused.value.key == "catalog.column_incomplete"
    assert refused.value.values == {"table": "commune", "column": "unit_code", "part": f"'{part}'"}
