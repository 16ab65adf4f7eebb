"""Every setting of the product, read once from the environment, each with a default and a help line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _setting(variable: str, default: str, help_line: str) -> str:
    return field(default=default, metadata={"variable": variable, "help": help_line})


@dataclass(frozen=True)
class Settings:
    """Values of one run. Paths that are not absolute are taken from the project's folder."""

    warehouse: str = _setting("NTM_WAREHOUSE", "data/warehouse", "folder of the snapshots and of `current`")
    boundaries: str = _setting("NTM_BOUNDARIES", "", "boundary file to use instead of data/boundaries/")
    province: str = _setting("NTM_PROVINCE", "", "GSO code of the province shown first; empty: the one with data")
    corrections: str = _setting(
        "NTM_CORRECTIONS", "data/corrections.yml", "reviewed corrections and accepted names; the default may be missing"
    )
    snapshots_kept: str = _setting(
        "NTM_SNAPSHOTS_KEPT", "12", "how many older snapshots stay on disk, besides those that saved decks name"
    )
    saved: str = _setting("NTM_SAVED", "data/saved", "folder of what people save: scenarios and their like")
    deck_template: str = _setting("NTM_DECK_TEMPLATE", "", "the office's .pptx whose look slides get; empty: our own")

    @property
    def warehouse_folder(self) -> Path:
        return ROOT / self.warehouse

    @property
    def boundary_file(self) -> Path | None:
        return ROOT / self.boundaries if self.boundaries else None

    @property
    def corrections_file(self) -> Path | None:
        """The file of corrections; none where nobody named one and there is none in the default place."""
        path = ROOT / self.corrections
        return path if path.exists() or self.corrections != Settings.corrections else None

    @property
    def saved_folder(self) -> Path:
        return ROOT / self.saved

    @property
    def deck_template_file(self) -> Path | None:
        return ROOT / self.deck_template if self.deck_template else None

    @property
    def reference_folder(self) -> Path:
        return ROOT / "data" / "reference"

    @property
    def boundary_folder(self) -> Path:
        return ROOT / "data" / "boundaries"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of an environment; unknown variables are not looked at."""
    known = {item.metadata["variable"]: item.name for item in fields(Settings)}
    return Settings(**{name: environment[variable] for variable, name in known.items() if variable in environment})


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return read_settings(os.environ)
