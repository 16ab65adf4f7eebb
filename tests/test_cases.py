"""Every case of mess has its test and its place in docs/cases.md."""

from __future__ import annotations

from pathlib import Path

from tests.case_table import OUTCOMES, PAGE, cases, marked_tests, page

CASES = range(1, 63)


def test_cases_are_told_in_order_each_with_an_outcome() -> None:
    assert [case.number for case in cases()] == list(CASES)
    assert {case.outcome for case in cases()} <= set(OUTCOMES)


def test_every_case_has_a_test() -> None:
    tests = marked_tests()
    assert [number for number in CASES if not tests.get(number)] == []


def test_no_test_shows_a_case_that_is_not_told() -> None:
    assert sorted(set(marked_tests()) - set(CASES)) == []


def test_page_of_the_cases_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


def test_markers_of_tests_classes_and_parameters_are_found(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(
        "@pytest.mark.case(1)\nclass TestOne:\n    @pytest.mark.case(2)\n    def test_two(self): ...\n"
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.case(3)), 2])\ndef test_three(x): ...\n"
        "def test_none(): ...\n"
    )
    assert marked_tests(tmp_path) == {
        1: ["test_some.py::TestOne::test_two"],
        2: ["test_some.py::TestOne::test_two"],
        3: ["test_some.py::test_three"],
    }
