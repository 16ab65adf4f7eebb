"""The page Khám phá as people use it: tables refused with a reason, saved views, and the twenty questions of docs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import duckdb
import pytest

from ntm.i18n import translator
from ntm.metrics.explore import measures
from ntm.query_room.room import Room
from ntm.saved import listing, save
from ntm.settings import ROOT, settings
from ntm.ui.sections import SECTIONS
from ntm.warehouse import current_path
from tests.pages.reading import ENGLISH, NOTHING, PLACEHOLDER, RAW_KEY, VIETNAMESE, Visit
from tests.percentages import wrong_in_table, wrong_in_text

VI = translator("vi")
HOSTILE = '<img src=x onerror=alert(1)> [x](http://evil) **b** =HYPERLINK("http://evil")'
_QUESTION = re.compile(r"^## (\d+)\. ", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """One of docs/questions.md: its link to the page (without one it is asked in SQL) and the SQL that answers it."""

    number: int
    link: str | None
    sql: str | None


def questions() -> list[Question]:
    parts = _QUESTION.split((ROOT / "docs" / "questions.md").read_text("utf-8"))[1:]
    found = []
    for number, text in zip(parts[::2], parts[1::2], strict=True):
        link = re.search(r"`/kham-pha\?(\S+)`", text)
        sql = re.search(r"```sql\n(.*?)\n```", text, re.DOTALL)
        found.append(Question(int(number), link[1] if link else None, sql[1] if sql else None))
    return found


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, sample_warehouse: Path, tmp_path: Path) -> Iterator[Path]:
    """Empty folder of saved things, with the sample as the warehouse."""
    monkeypatch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
    monkeypatch.setenv("NTM_SAVED", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def opened(patch: pytest.MonkeyPatch, link: str) -> Visit:
    return Visit(patch, **dict(parse_qsl(link))).open("explore.py")


def written(visit: Visit) -> str:
    return "\n".join(visit.texts())


def stands(text: str, figure: str) -> bool:
    """Tell whether a figure stands in a text as a whole number, not as part of another."""
    return bool(re.search(rf"(?<![\d.,/]){re.escape(figure)}(?![\d/]|[.,]\d)", text))


def test_there_are_twenty_questions() -> None:
    assert [question.number for question in questions()] == list(range(1, 21))
    assert len({question.link or question.sql for question in questions()}) == 20


@pytest.mark.parametrize("question", [item for item in questions() if item.link], ids=lambda item: str(item.number))
def test_a_question_is_answered_by_its_link(question: Question, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    visit = opened(monkeypatch, question.link or "")
    assert not visit.app.error
    assert not visit.app.exception
    if question.sql is None:
        (warning,) = visit.app.warning
        assert VI("explore.refused") in warning.value
        assert (measures()["rate_over_need"].never or {})["vi"] in warning.value
        return
    with duckdb.connect(str(current_path()), read_only=True) as direct:
        (row,) = direct.execute(question.sql).df().to_dict("records")
    assert row
    text = written(visit)
    if "tu_so" in row:
        parts = [VI.format.plain(row.pop(name), 6) for name in ("tu_so", "mau_so")]
        in_row = any(set(parts) <= set(cells) for table in visit.tables() for cells in table.to_numpy())
        assert in_row or stands(text, "/".join(parts)), parts
    for name, value in row.items():
        assert stands(text, VI.format.plain(value, 6)), f"{name}: {value}"
    assert [wrong for part in visit.texts() for wrong in wrong_in_text(part, "vi")] == []
    assert [wrong for table in visit.tables() for wrong in wrong_in_table(table, VI)] == []


@pytest.mark.parametrize("question", [item for item in questions() if not item.link], ids=lambda item: str(item.number))
def test_a_question_in_sql_is_answered_in_the_room(question: Question, folder: Path) -> None:
    answer = Room().ask(current_path(), question.sql or "")
    assert len(answer.rows)
    assert not answer.is_cut


@pytest.mark.parametrize(
    ("section", "language"), [*((name, "vi") for name in SECTIONS["explore"]), ("pivot", "en"), ("compare", "en")]
)
def test_every_section_reads_well(section: str, language: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    visit = opened(monkeypatch, f"month=06/2025&lang={language}&explore_section={section}")
    assert not visit.app.error
    text = visit.text
    for wrong in (NOTHING, RAW_KEY, PLACEHOLDER):
        assert not wrong.search(written(visit)), wrong.search(written(visit))
    assert not (ENGLISH if language == "vi" else VIETNAMESE).search(text), text


def test_a_table_without_meaning_is_refused_and_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    visit = opened(monkeypatch, "explore_measure=allocated&explore_rows=district&explore_columns=criterion")
    assert "Biểu vốn không ghi tiền theo tiêu chí" in visit.app.warning[0].value
    assert not visit.tables()


def test_months_of_another_set_are_said_and_left_out(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    visit = opened(monkeypatch, "month=12/2022&explore_measure=criteria_mean&explore_rows=month&explore_from=2021-12")
    assert VI("explore.say_left_out", count=7) in visit.text
    assert len(visit.tables()[0]) == 6


def test_figures_open_to_their_cells(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    for link, column, rows in (
        ("month=06/2025&explore_measure=below_15", VI("column.commune"), 3),
        ("month=12/2022&explore_measure=need&explore_rows=source", VI("column.source"), 6),
    ):
        visit = opened(monkeypatch, link)
        visit.app.button(key="sources_explore").click().run()
        cells = next(table for table in visit.tables() if VI("sources.cell") in table)
        assert cells[column].nunique() == rows


def test_a_table_of_some_sources_says_so_and_opens_to_their_cells_alone(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    visit = opened(monkeypatch, "month=12/2022&explore_measure=plan&explore_rows=source&explore_sources=central,credit")
    named = f"{VI.label(measures()['plan'].label)} (chỉ nguồn vốn: {VI('source.central')}, {VI('source.credit')})"
    assert f"**{named}**" in visit.text
    visit.app.button(key="sources_explore").click().run()
    cells = next(table for table in visit.tables() if VI("sources.cell") in table)
    shown = next(table for table in visit.tables() if VI("sources.cell") not in table)
    assert set(cells[VI("column.source")]) == set(shown.iloc[:, 0]) == {VI("source.central"), VI("source.credit")}


def test_units_of_other_kinds_are_left_out_of_money_and_not_called_silent(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    link = "month=06/2025&explore_measure=allocated&explore_rows=commune"
    whole = opened(monkeypatch, link)
    some = opened(monkeypatch, f"{link}&explore_kinds=xã")
    others = [row.iloc[0] for _, row in whole.tables()[-1].iterrows() if not row.iloc[0].startswith("Xã ")]
    shown = list(some.tables()[-1].iloc[:, 0])
    assert others
    assert len(shown) == len(whole.tables()[-1]) - len(others)
    assert not [name for name in others if name in some.text]


@pytest.mark.parametrize("measure", ["rate", "ntm_share"])
def test_both_sides_of_a_comparison_open_to_their_cells(
    measure: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    visit = opened(monkeypatch, f"month=12/2023&explore_section=compare&explore_cells={measure}")
    for letter in "ab":
        visit.app.button(key=f"sources_explore_{letter}").click().run()
        assert any(VI("sources.cell") in table and len(table) for table in visit.tables()), letter


def test_a_side_of_a_comparison_that_tells_nothing_has_no_cells_and_no_error(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    visit = opened(monkeypatch, "month=01/2022&explore_section=compare&explore_cells=mobilised")
    visit.app.button(key="sources_explore_b").click().run()
    assert not visit.app.error
    assert not visit.app.exception
    assert VI("sources.none") in [info.value for info in visit.app.info]


def test_a_view_is_saved_and_its_link_gives_the_same_figures_to_another(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    first = opened(
        monkeypatch, "month=12/2023&explore_measure=rate&explore_rows=month&explore_columns=source&explore_from=2022-12"
    )
    tables = [table.to_dict() for table in first.tables()]
    first.app.text_input(key="explore_name").set_value(HOSTILE)
    first.app.text_input(key="explore_author").set_value(HOSTILE)
    first.app.button(key="explore_save_button").click().run()
    (made,) = listing(folder, "view")
    assert made.name == HOSTILE
    assert first.app.query_params["view"] == made.id
    assert not [text for text in first.app.markdown if "onerror" in text.value]

    other = opened(monkeypatch, f"view={made.id}")
    assert not other.app.error
    assert [table.to_dict() for table in other.tables()] == tables
    assert other.app.selectbox(key="explore_measure").value == "rate"
    assert other.app.selectbox(key="month").value == "12/2023"
    assert HOSTILE in "\n".join(text.value for text in other.app.text)


def test_a_view_that_is_not_there_or_holds_nonsense_leaves_the_page_whole(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    assert VI("explore.not_found") in opened(monkeypatch, "view=abcdefghjk").app.warning[0].value
    odd = {"choices": {"explore_measure": "no such", "explore_rows": 7, "month": "99/9999", "frozen_snapshot": "x"}}
    made = save(folder, "view", name="x", author="y", snapshot="ntm-1", content=odd)
    visit = opened(monkeypatch, f"view={made.id}")
    assert not visit.app.error
    assert visit.app.selectbox(key="explore_measure").value == "ntm_share"
    assert "ntm-1" in visit.app.warning[0].value
    (folder / "view" / f"{made.id}.json").write_text(json.dumps({"id": made.id}), encoding="utf-8")
    assert opened(monkeypatch, f"view={made.id}").app.error
