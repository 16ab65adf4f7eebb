"""The page of SQL: a question is answered, refused in words, sent as a link that does not run, saved and opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from ntm.i18n import Translator, translator
from ntm.query_room.example_files import examples
from ntm.settings import settings
from tests.pages.reading import Visit

VI, EN = translator("vi"), translator("en")
COUNT = "select 'xã' as loai, count(*) as so_xa from mart_commune_month"
LURE = "![ảnh](http://127.0.0.1:9/x.png)"


@pytest.fixture(scope="module")
def patch(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as module_patch:
        module_patch.setenv("NTM_WAREHOUSE", str(sample_warehouse))
        module_patch.setenv("NTM_SAVED", str(tmp_path_factory.mktemp("da_luu")))
        settings.cache_clear()
        yield module_patch
    settings.cache_clear()


def visit(patch: pytest.MonkeyPatch, sql: str = "", **query: str) -> Visit:
    """Come to the page, by a link where there is a question."""
    found = Visit(patch, **query)
    if sql:
        found.app.query_params["sql"] = sql
    return found.open("query.py")


def run(page: Visit, sql: str | None = None) -> Visit:
    """Write a question, where one is given, and press the button."""
    if sql is not None:
        page.app.text_area(key="query_text").set_value(sql)
    page.app.button(key="query_run").click().run()
    assert not page.app.exception
    return page


def answers(page: Visit) -> list[pd.DataFrame]:
    """Return the tables that are no dictionary."""
    dictionary = {t("column.dictionary_meaning") for t in (VI, EN)}
    return [table for table in page.tables() if not dictionary & set(table.columns)]


@pytest.mark.parametrize("t", [VI, EN], ids=["vi", "en"])
def test_a_question_is_answered_with_its_table_and_link(patch: pytest.MonkeyPatch, t: Translator) -> None:
    page = run(visit(patch, lang=t.language), COUNT)
    assert page.heading == t("query.heading")
    (table,) = answers(page)
    assert list(table.columns) == ["loai", "so_xa"]
    assert page.app.query_params["sql"] == COUNT
    assert t("query.chart_title", y="so_xa", x="loai") in page.text
    assert t("query.save") in page.text


def test_a_link_shows_its_question_and_does_not_run_it(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch, COUNT)
    assert page.app.text_area(key="query_text").value == COUNT
    assert VI("query.not_run") in page.text
    assert answers(page) == []
    assert len(answers(run(page))) == 1
    assert VI("query.not_run") not in page.text


def test_a_refused_question_says_why_and_quotes_are_no_markup(patch: pytest.MonkeyPatch) -> None:
    page = run(visit(patch), "delete from snapshot")
    assert VI("query.not_select", kind="DELETE") in page.text
    run(page, f"select '{LURE}'::integer")
    assert VI("query.failed") in page.text
    assert [shown for shown in (*page.app.markdown, *page.app.error, *page.app.caption) if LURE in shown.value] == []
    assert any(LURE in shown.value for shown in page.app.code)


def test_a_name_of_a_column_is_no_markup(patch: pytest.MonkeyPatch) -> None:
    page = run(visit(patch), f'select 1 as "{LURE}", 2 as "=1+1"')
    (table,) = answers(page)
    assert not any(sign in heading for heading in table.columns for sign in "![]:=")
    assert LURE not in page.text.replace(str(page.app.text_area(key="query_text").value), "")


def test_an_example_is_put_into_the_editor_and_drops_the_last_answer(patch: pytest.MonkeyPatch) -> None:
    page = run(visit(patch), COUNT)
    page.app.selectbox(key="query_example").set_value("files").run()
    assert page.app.text_area(key="query_text").value == examples()["files"].sql
    assert answers(page) == []
    assert "sql" not in page.app.query_params


def test_a_long_answer_is_shown_in_parts_and_a_cut_one_says_so(patch: pytest.MonkeyPatch) -> None:
    page = run(visit(patch), "select i as so from range(100000) as r(i)")
    assert VI("query.cut", rows="5.000") in page.text
    page.app.selectbox(key="query_page").set_value("4900").run()
    (table,) = answers(page)
    assert (len(table), table["so"].iloc[-1]) == (100, "4.999")


def test_a_saved_question_is_opened_by_its_link_in_another_session(patch: pytest.MonkeyPatch) -> None:
    page = run(visit(patch), COUNT)
    page.app.text_input(key="query_name").set_value("Đếm xã")
    page.app.text_input(key="query_author").set_value("Tổ phân tích")
    page.app.button(key="query_save_button").click().run()
    id = str(page.app.query_params["saved_query"])
    other = Visit(patch)
    other.app.query_params["saved_query"] = id
    other.open("query.py")
    assert other.app.text_area(key="query_text").value == COUNT
    assert "Đếm xã · Tổ phân tích" in other.text
    assert answers(other) == []


def test_a_question_is_begun_from_the_dictionary(patch: pytest.MonkeyPatch) -> None:
    page = visit(patch)
    page.app.button(key="query_begin").click().run()
    assert str(page.app.text_area(key="query_text").value).startswith("select\n    unit_code,\n    level,")
