"""A newer file for the same form, unit and period replaces the older; both stay listed, a re-load decides the same."""

from __future__ import annotations

import pytest

from tests.etl.loading import Office, issue, issues
from tests.etl.workbooks import NTM_SET, matrix, ntm_matrix

CITY = ["I", "Thành phố Vị Thanh"]
RURAL = ["II", "Huyện Vị Thuỷ"]
OLD = matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", "x", "x", "x", "?"])
NEW = matrix(CITY, [1, "Xã Vị Tân", "x", "x", "x", "CĐ"], [2, "Xã Hoả Lựu", *"xxxx"])
FILES = "select path, replaced_by is not null, rows_loaded from source_file order by path"
OUTCOMES = "select unit_code, criterion_no, outcome from criterion_result where criterion_no = '4' order by unit_code"


@pytest.mark.parametrize("name", ["a_gui_lai", "z_gui_lai"])
def test_newer_file_counts_whatever_its_name(office: Office, name: str) -> None:
    office.load(m_gui_lan_dau=OLD)
    found = office.load(**{name: NEW})
    assert office.ask(OUTCOMES) == [("31333", "4", "not_met"), ("31336", "4", "met")]
    note = issue(found, "REPLACED")
    assert (note["severity"], note["path"]) == ("note", "m_gui_lan_dau.xlsx")
    assert f"'{name}.xlsx'" in note["message_vi"]
    assert issues(found, "ask") == [], "what was found in the older file needs nobody now"
    listed = [("m_gui_lan_dau.xlsx", True, 0), (f"{name}.xlsx", False, 3)]
    assert office.ask(FILES) == sorted(listed)


def test_what_changed_between_them_leads_from_one_file_to_the_other(office: Office) -> None:
    office.load(lan_1=OLD)
    office.load(lan_2=NEW)
    changes = office.ask("select unit_code, old_value, new_value, old_path, old_cell, new_cell from fact_change")
    assert sorted(changes) == [
        ("31333", "met", "not_met", "lan_1.xlsx", "F9", "F9"),
        ("31336", "unknown", "met", "lan_1.xlsx", "F10", "F10"),
    ]


def test_decision_survives_a_load_of_the_same_folder(office: Office) -> None:
    office.load(m_cu=OLD)
    office.load(a_moi=NEW)
    before = office.ask(OUTCOMES)
    assert office.load("--period", "6/2022")["changes"] == {"added": 0, "changed": 0, "removed": 0}
    assert office.ask(OUTCOMES) == before
    first = "select path from source_file order by first_loaded_at"
    assert office.ask(first) == [("m_cu.xlsx",), ("a_moi.xlsx",)]


def test_file_that_was_away_for_a_while_is_still_the_older(office: Office) -> None:
    office.load(m_cu=OLD)
    office.load(a_moi=NEW)
    away = (office.folder / "m_cu.xlsx").rename(office.folder.parent / "m_cu.xlsx")
    office.load()
    away.rename(office.folder / "m_cu.xlsx")
    office.load()
    assert ("m_cu.xlsx", True, 0) in office.ask(FILES)


def test_newest_of_three_counts(office: Office) -> None:
    office.load(lan_1=OLD)
    office.load(lan_2=NEW)
    office.load(lan_3=matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", *"xxxx"]))
    assert [row[2] for row in office.ask(OUTCOMES)] == ["met", "met"]
    assert [row[1] for row in office.ask(FILES)] == [True, True, False]
    newest = office.ask("select distinct replaced_by from source_file where replaced_by is not null")
    assert newest == office.ask("select source_id from source_file where replaced_by is null")


def test_two_that_come_together_are_asked_and_the_first_stays(office: Office) -> None:
    found = office.load(a=OLD, b=NEW)
    assert ("FACT_CONFLICT", "ask") in issues(found)
    assert "REPLACED" not in [code for code, _ in issues(found)]
    assert office.ask(FILES) == [("a.xlsx", False, 3), ("b.xlsx", False, 3)]


@pytest.mark.parametrize(
    "other",
    [
        matrix(RURAL, [1, "Xã Vị Trung", *"xxxx"]),
        matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], cut_off="(Số liệu đến 31/7/2022)"),
        ntm_matrix("(Số liệu đến 30/6/2022)", {"Xã Vị Tân": 12}, decision=NTM_SET, district="Thành phố Vị Thanh"),
    ],
    ids=["another district", "another month", "another set"],
)
def test_file_about_something_else_replaces_nothing(office: Office, other: object) -> None:
    office.load(cu=OLD)
    found = office.load(khac=other)
    assert "REPLACED" not in [code for code, _ in issues(found)]
    assert [row[1] for row in office.ask(FILES)] == [False, False]
