from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ntm.settings import ROOT, Settings, read_settings, settings

SETTINGS = {item.name: item for item in fields(Settings)}
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_without_environment_the_defaults_hold() -> None:
    found = read_settings({})
    assert found == Settings()
    assert found.warehouse_folder == ROOT / "data" / "warehouse"
    assert found.boundary_file is None
    assert found.boundary_folder == ROOT / "data" / "boundaries"


def test_the_environment_sets_each_and_nothing_else_of_it_is_looked_at() -> None:
    environment = {item.metadata["variable"]: f"value of {name}" for name, item in SETTINGS.items()}
    found = read_settings(environment | {"NTM_NO_SUCH": "x", "warehouse": "y"})
    assert found == Settings(**{name: f"value of {name}" for name in SETTINGS})


def test_a_path_of_the_environment_is_taken_from_the_project_unless_it_is_absolute(tmp_path: Path) -> None:
    found = read_settings({"NTM_WAREHOUSE": str(tmp_path), "NTM_BOUNDARIES": "data/xa.geojson"})
    assert found.warehouse_folder == tmp_path
    assert found.boundary_file == ROOT / "data" / "xa.geojson"


def test_settings_are_read_from_the_process_once(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    monkeypatch.setenv("NTM_PROVINCE", "93")
    assert settings().province == "93"
    monkeypatch.setenv("NTM_PROVINCE", "42")
    assert settings().province == "93"
    settings.cache_clear()


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_has_a_help_line_and_stands_in_the_documentation(name: str) -> None:
    variable = SETTINGS[name].metadata["variable"]
    assert variable == f"NTM_{name.upper()}"
    assert SETTINGS[name].metadata["help"].strip()
    assert any(variable in path.read_text(encoding="utf-8") for path in DOCUMENTS if path.exists()), (
        f"{variable} is in none of README.md and docs/*.md"
    )
