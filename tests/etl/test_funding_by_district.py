"""Money whose rows are districts, communes or contents and whose columns are sources under up to four headings."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from ntm.settings import settings
from tests.etl.findings import Reader, codes, facts, message, only_issue, row_counts, rows_of
from tests.etl.money_books import FOUR_LEVELS, HALF, MOBILISED, by_district, layered

VI_THUY = [1, "Huyện Vị Thủy", 100, 60, 30, 10, 20, 15, 20, 5]
CHAU_THANH_A = [2, "Huyện Châu Thành A", 200, 120, 60, 20, 40, 30, 40, 10]


@pytest.mark.case(1)
def test_four_levels_of_headings_give_source_nature_and_stage(read: Reader) -> None:
    reading = read(by_district(VI_THUY))
    assert reading.issues == []
    assert reading.form == "funding_by_district"
    columns = ("unit_code", "source_code", "nature", "stage", "is_cumulative", "amount_vnd_million", "cell")
    assert facts(reading, *columns) == [
        ("935", "central", "investment", "mobilised", False, 30, "E11"),
        ("935", "central", "recurrent", "mobilised", False, 10, "F11"),
        ("935", "local", None, "mobilised", False, 20, "G11"),
        ("935", "integrated", None, "mobilised", False, 15, "H11"),
        ("935", "credit", None, "mobilised", False, 20, "I11"),
        ("935", "community", None, "mobilised", False, 5, "J11"),
    ]


def test_sums_are_kept_apart_and_never_loaded_beside_their_parts(read: Reader) -> None:
    reading = read(by_district(VI_THUY))
    assert sum(row for row in facts(reading, "amount_vnd_million")) == 100  # type: ignore[misc]
    kept = rows_of(reading, "stated_result", "unit_code", "metric", "section", "content", "value", "cell")
    assert kept == [
        ("935", "funding_mobilised", f"{HALF} / Tổng số", "Huyện Vị Thủy", 100, "C11"),
        ("935", "funding_mobilised", f"{HALF} / Vốn đầu tư trực tiếp / Tổng số", "Huyện Vị Thủy", 60, "D11"),
    ]


@pytest.mark.case(45)
@pytest.mark.parametrize(("column", "cell", "stated", "counted"), [(2, "C11", 104, "100"), (3, "D11", 65, "60")])
def test_column_that_is_no_sum_of_its_parts_is_asked(
    read: Reader, column: int, cell: str, stated: int, counted: str
) -> None:
    row = [*VI_THUY]
    row[column] = stated
    reading = read(by_district(row))
    issue = next(issue for issue in reading.issues if issue.cell == cell)
    assert (issue.code, issue.severity) == ("SUM_MISMATCH", "ask")
    assert f"được {counted}" in message(issue)


def test_sum_without_its_parts_is_of_no_source(read: Reader) -> None:
    reading = read(by_district([1, "Huyện Vị Thủy", 100], CHAU_THANH_A))
    issue = only_issue(reading)
    assert (issue.code, issue.severity, issue.cell) == ("SUM_UNDIVIDED", "block", "C11")
    assert set(facts(reading, "unit_code")) == {"932"}


def test_total_row_is_compared_and_kept(read: Reader) -> None:
    total = [None, "Tổng cộng", 300, 180, 90, 30, 60, 45, 60, 18]
    reading = read(by_district(VI_THUY, CHAU_THANH_A, total))
    issues = [(issue.code, issue.cell) for issue in reading.issues]
    assert issues == [("SUM_MISMATCH", "J13")]
    assert ("93", Decimal(300)) in rows_of(reading, "stated_result", "unit_code", "value")
    assert set(facts(reading, "unit_code")) == {"935", "932"}


@pytest.mark.case(5)
def test_district_with_its_communes_is_their_sum(read: Reader) -> None:
    """The district's row is no fact beside its communes': it is kept as it states itself."""
    rows = [
        ["I", "Huyện Vị Thủy", None, None, 30, 10],
        [1, "Xã Vị Trung", None, None, 20, 10],
        [2, "Xã Vị Thủy", None, None, 10, 0],
    ]
    reading = read(by_district(*rows))
    assert reading.issues == []
    assert facts(reading, "unit_code", "amount_vnd_million") == [
        ("31444", 20),
        ("31444", 10),
        ("31447", 10),
        ("31447", 0),
    ]
    assert rows_of(reading, "stated_result", "unit_code", "value") == [("935", 30), ("935", 10)]


OF_COMMUNES = [("TT",), ("Huyện",), ("Xã",), ("Huy động", "NSTW"), ("Huy động", "Vốn tín dụng")]


def test_district_beside_a_commune_says_where_it_lies(read: Reader) -> None:
    """Vĩnh Tường is a commune of Vị Thủy and a ward of Long Mỹ: the money is theirs, not that of their districts."""
    rows = [[1, "Huyện Vị Thủy", "Vĩnh Tường", 5, 7], [2, "Thị xã Long Mỹ", "Vĩnh Tường", 4, 6]]
    reading = read(by_district(*rows, paths=OF_COMMUNES))
    assert reading.issues == []
    assert facts(reading, "unit_code", "amount_vnd_million") == [("31459", 5), ("31459", 7), ("31475", 4), ("31475", 6)]


def test_row_of_a_district_that_is_not_known_is_set_aside(read: Reader) -> None:
    rows = [[1, "Huyện Vị Xuyên", "Vĩnh Tường", 5, 7], [2, "Huyện Vị Thủy", "Xã Vị Trung", 4, 6]]
    reading = read(by_district(*rows, paths=OF_COMMUNES))
    assert (only_issue(reading).code, only_issue(reading).cell) == ("DISTRICT_UNKNOWN", "B9")
    assert (set(facts(reading, "unit_code")), row_counts(reading)) == ({"31444"}, (2, 1, 1))


def test_of_which_belongs_to_the_column_on_its_left(read: Reader) -> None:
    paths = [("TT",), ("Huyện",), ("Huy động năm 2022", "NSTW"), ("Huy động năm 2022", "Trong đó", "ĐTPT"),
             ("Huy động năm 2022", "Trong đó", "SN"), ("Huy động năm 2022", "Vốn tín dụng")]  # fmt: skip
    reading = read(by_district([1, "Huyện Vị Thủy", 50, 30, 20, 7], paths=paths))
    assert reading.issues == []
    assert facts(reading, "source_code", "nature", "amount_vnd_million") == [
        ("central", "investment", 30),
        ("central", "recurrent", 20),
        ("credit", None, 7),
    ]


def test_source_without_all_of_its_parts_is_loaded_undivided(read: Reader) -> None:
    paths = [("TT",), ("Huyện",), ("Huy động", "NSTW", "Tổng số"), ("Huy động", "NSTW", "ĐTPT"),
             ("Huy động", "NSTW", "SN"), ("Huy động", "Vốn tín dụng")]  # fmt: skip
    reading = read(by_district([1, "Huyện Vị Thủy", 50, 30, None, 7], paths=paths))
    assert facts(reading, "source_code", "nature", "amount_vnd_million") == [("central", None, 50), ("credit", None, 7)]
    assert (only_issue(reading).code, only_issue(reading).cell) == ("PARTS_INCOMPLETE", "C10")


def test_column_of_no_known_source_is_refused(read: Reader) -> None:
    paths = [("TT",), ("Huyện",), ("Huy động", "NSTW"), ("Huy động", "Vốn tín dụng"), ("Huy động", "NSTW và NSĐP")]
    reading = read(by_district([1, "Huyện Vị Thủy", 5, 7, 12], paths=paths))
    assert facts(reading, "source_code") == ["central", "credit"]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("COLUMN_SOURCE_UNKNOWN", "block")


def test_unknown_and_repeated_units_are_set_aside(read: Reader) -> None:
    reading = read(by_district(VI_THUY, [2, "Huyện Vị Xuyên", 1, 1, 1], [3, "huyện Vị Thuỷ", 1, 1, 1]))
    assert codes(reading) == ["DISTRICT_UNKNOWN", "UNIT_TWICE"]
    assert set(facts(reading, "unit_code")) == {"935"}
    assert row_counts(reading) == (3, 1, 2)


@pytest.mark.case(43)
def test_district_in_another_unit_of_money_is_asked(read: Reader) -> None:
    """Three districts report million đồng, one thousand đồng."""
    rows = [
        [number, name, None, None, 30 * factor, 10 * factor, 20 * factor]
        for number, (name, factor) in enumerate(
            {"Huyện Vị Thủy": 1, "Huyện Châu Thành A": 1, "Huyện Phụng Hiệp": 1000, "Huyện Long Mỹ": 1}.items(), start=1
        )
    ]
    issue = only_issue(read(by_district(*rows)))
    assert (issue.code, issue.severity, issue.cell) == ("UNIT_THOUSANDFOLD", "ask", "E13")
    assert "nhầm đơn vị tính" in message(issue)


CONTENT_PATHS = [("TT",), ("Nội dung thực hiện",), *FOUR_LEVELS[2:]]


def contents(*rows: object) -> object:
    return layered(CONTENT_PATHS, rows, title=MOBILISED)  # type: ignore[arg-type]


def test_rows_are_contents_of_the_programme(read: Reader) -> None:
    rows = [
        [None, "TỔNG SỐ", 30, 30, 20, 10],
        [1, "Quy hoạch xây dựng nông thôn mới", 10, 10, 0, 10],
        ["02", "Phát triển hạ tầng kinh tế - xã hội", 20, 20, 20, 0],
    ]
    reading = read(contents(*rows))
    assert reading.issues == []
    assert facts(reading, "unit_code", "component_no", "nature", "amount_vnd_million") == [
        ("93", "01", "investment", 0),
        ("93", "01", "recurrent", 10),
        ("93", "02", "investment", 20),
        ("93", "02", "recurrent", 0),
    ]


def test_content_is_loaded_by_its_parts_where_they_make_it_up(read: Reader) -> None:
    whole = [2, "Phát triển hạ tầng kinh tế - xã hội", None, None, 20]
    parts = [["2.1", "Giao thông", None, None, 15], ["2.2", "Thủy lợi", None, None, 5]]
    reading = read(contents(whole, *parts))
    assert reading.issues == []
    assert facts(reading, "component_no", "detail", "amount_vnd_million") == [
        ("02", "Giao thông", 15),
        ("02", "Thủy lợi", 5),
    ]
    parts[1][4] = None  # type: ignore[index]
    reading = read(contents(whole, *parts))
    assert facts(reading, "component_no", "detail", "amount_vnd_million") == [("02", None, 20)]
    assert codes(reading) == ["SUM_MISMATCH"]


def test_unknown_content_is_set_aside(read: Reader) -> None:
    reading = read(contents([1, "Hỗ trợ khác", None, None, 5], [2, "Giảm nghèo bền vững", None, None, 7]))
    assert facts(reading, "component_no") == ["04"]
    assert (only_issue(reading).code, only_issue(reading).severity) == ("COMPONENT_UNKNOWN", "block")


def test_every_content_of_the_decision_is_known_by_its_whole_name(
    read: Reader, reference_components: dict[str, str]
) -> None:
    rows = [[int(number), name, None, None, int(number)] for number, name in reference_components.items()]
    reading = read(contents(*rows))
    assert facts(reading, "component_no") == list(reference_components)


@pytest.fixture
def reference_components() -> dict[str, str]:
    """Numbers and names of the contents of decision 263/QĐ-TTg, as in data/reference."""
    with (settings().reference_folder / "components.csv").open(encoding="utf-8", newline="") as file:
        return {row["component_no"]: row["name_vi"] for row in csv.DictReader(file)}
