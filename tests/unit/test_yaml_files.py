"""Descriptions in YAML: each key of a mapping once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ntm.settings import ROOT
from ntm.yaml_files import read_yaml

FILES = sorted(path for part in ("etl", "ntm") for path in (ROOT / part).rglob("*.yml"))


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text("met:\n  x: [đạt]\n  x: [chưa đạt]\n", encoding="utf-8")
    with pytest.raises(yaml.YAMLError, match=r"'x' stands here twice[\s\S]*line 3"):
        read_yaml(file)


def test_equal_words_of_different_mappings_are_no_twins(tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text("met: {x: 1}\nnot_met: {x: 2}\n", encoding="utf-8")
    assert read_yaml(file) == {"met": {"x": 1}, "not_met": {"x": 2}}


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_description_can_be_read(file: Path) -> None:
    assert read_yaml(file)
