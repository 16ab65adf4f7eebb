"""The guide for clerks names every template, and what it says of dates and states is what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.clean.states import read_state
from etl.template import template_names

GUIDE = "docs/huong_dan_bieu_mau.md"


@pytest.mark.parametrize("name", template_names())
def test_guide_names_every_template(name: str, root: Path) -> None:
    assert f"`{name}`" in (root / GUIDE).read_text("utf-8")


def test_guide_names_no_template_that_is_not_there(root: Path) -> None:
    named = re.findall(r"^\| [^|]+ \| ((?:`\w+`(?:, )?)+) \|", (root / GUIDE).read_text("utf-8"), re.MULTILINE)
    assert {name for cell in named for name in re.findall(r"\w+", cell)} == set(template_names())


def test_states_of_the_guide_are_understood(root: Path) -> None:
    (line,) = re.findall(r"^- Tình trạng: (.+)$", (root / GUIDE).read_text("utf-8"), re.MULTILINE)
    words = re.findall(r'"([^"]+)"', line)
    assert [read_state(word)[0] for word in words] == ["done", "in_progress", "open", "overdue"]
