"""The denominator guard: no percentage without its parts, made in one place, and each one shown adds up."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from ntm.i18n import LANGUAGES, translator
from ntm.metrics.share import Share, fits, share, shares_pct
from tests.architecture import project_files, read_text
from tests.percentages import (
    ELSEWHERE,
    FORMATTING,
    HOME,
    PERCENT_VALUES,
    percent_elsewhere,
    shown,
    wrong_in_table,
    wrong_in_text,
)

PRODUCT = ("app.py", "pages/", "ntm/")


def breaches() -> dict[str, list[str]]:
    paths = [path for path in project_files() if path.startswith(PRODUCT) and path.endswith((".py", ".sql"))]
    found = {path: list(percent_elsewhere(path, read_text(path) or "")) for path in paths}
    return {path: lines for path, lines in found.items() if lines}


def test_percentages_are_made_in_one_place() -> None:
    found = [line for path, lines in breaches().items() if path not in ELSEWHERE for line in lines]
    assert not found, "\n".join(found)


def test_every_exception_is_still_one() -> None:
    assert set(ELSEWHERE) <= set(breaches())


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_write_no_percentage_of_their_own(language: str) -> None:
    texts = translator(language).texts
    written = {(key, name) for key, text in texts.items() for name in re.findall(r"\{(\w+)\}%", text)}
    assert {(key, name) for key, name in written if name not in PERCENT_VALUES} == set()
    assert {name for _, name in written} == set(PERCENT_VALUES)


@pytest.mark.parametrize(
    "code",
    [
        "x = 100 * a / b",
        "x = a / b * 100",
        "x = 100.0 * a",
        "x = Decimal(100) * a",
        "x = float(100) * a",
        'x = f"{a}%"',
        'x = f"{a:.1%}"',
        'x = "{:.0%}".format(a)',
        'x = "{}%".format(a)',
    ],
)
def test_a_percentage_made_elsewhere_is_found(code: str) -> None:
    assert list(percent_elsewhere("ntm/charts/other.py", code))
    assert not list(percent_elsewhere(HOME, code))
    assert not list(percent_elsewhere(FORMATTING, code))


@pytest.mark.parametrize("code", ['x = f"{day:%m/%Y}"', "x = 1000 * a", 'x = "100%"', "x = a * b", 'x = f"{a} %s"'])
def test_other_code_is_left_alone(code: str) -> None:
    assert not list(percent_elsewhere("ntm/charts/other.py", code))


@pytest.mark.parametrize(
    ("sql", "is_found"),
    [("select 100.0 * a / b", True), ("select a / b * 100", True), ("-- 100 * a", False), ("select a * 1000", False)],
)
def test_a_percentage_made_in_sql_is_found(sql: str, is_found: bool) -> None:
    assert bool(list(percent_elsewhere("ntm/queries/other.sql", sql))) is is_found


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("**45/51 xã (88,2%)** đạt chuẩn", "vi", 0),
        ("**45/51 xã (88,3%)** đạt chuẩn", "vi", 1),
        ("6.084/7.669 xã (79,3%)", "vi", 0),
        ("tính lại được 2.567/6.084 = 42,4%", "vi", 1),
        ("45 of 51 communes (88.2%)", "en", 0),
        ("45 of 51 communes (82.2%)", "en", 1),
        ("6,084 of 7,669 communes (79.3%)", "en", 0),
        ("2/0 xã (5,0%)", "vi", 1),
        ("4/7 vùng có tỷ lệ (đến 30/6/2023)", "vi", 0),
    ],
)
def test_a_percentage_that_is_not_that_of_its_parts_is_found(text: str, language: str, wrong: int) -> None:
    assert len(wrong_in_text(text, language)) == wrong


def test_percentages_are_seen_where_they_stand_in_words() -> None:
    assert shown("**45/51 xã (88,2%)**; 2.567/6.084 = 42,2%") == [("45", "51", "88,2"), ("2.567", "6.084", "42,2")]


def test_a_row_whose_percentage_does_not_add_up_is_found() -> None:
    t = translator("vi")
    names = [t("column.numerator"), t("column.denominator"), t("column.pct")]
    table = pd.DataFrame([["2.567", "6.084", "42,19"], ["2.567", "6.084", "42,4"], ["–", "6.084", "–"]], columns=names)
    assert len(wrong_in_table(table, t)) == 1
    assert wrong_in_table(table[names[:2]], t) == []


@pytest.mark.parametrize(
    ("numerator", "denominator", "pct"), [(38, 51, 74.51), (0, 5, 0.0), (3, 0, None), (None, 5, None), (3, None, None)]
)
def test_a_share_is_recomputed_from_its_parts(
    numerator: float | None, denominator: float | None, pct: float | None
) -> None:
    made = share(numerator, denominator, "share.of_communes")
    assert made == Share(numerator, denominator, "share.of_communes")
    assert made.pct is None if pct is None else round(made.pct or 0, 2) == pct
    row = shares_pct(pd.Series([numerator], dtype=float), pd.Series([denominator], dtype=float)).iloc[0]
    assert pd.isna(row) if pct is None else round(row, 2) == pct


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_definition_of_a_share_has_its_words(language: str) -> None:
    texts = translator(language).texts
    definitions = {key for key in texts if key.startswith("share.of_")}
    assert {"share.of_communes", "share.of_ntm", "share.of_known"} <= definitions


@pytest.mark.parametrize(
    ("quoted", "pct", "does"), [(42.4, 42.19, False), (42.2, 42.19, True), (63.4, 63.48, True), (78, 77.99, True)]
)
def test_a_quoted_percentage_fits_rounded_or_cut_off(quoted: float, pct: float, does: bool) -> None:
    assert fits(quoted, pct) is does
