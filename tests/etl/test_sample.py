"""The sample as a whole and its criteria matrices: sameness, marks and legends, published means."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.sample import write_sample
from etl.sample.events import holders, recognition_log, recognition_queue
from etl.sample.history import criteria_history
from etl.sample.register import read_province
from etl.sample.scenario import read_scenario
from tests.etl.sample_reading import cells, communes, criteria_files, legends, mean_met, meaning, sheets

COMMITTED = Path(__file__).parents[2] / "data" / "sample"


def test_there_is_a_workbook_for_every_month_and_half_year(sample: Path) -> None:
    counted = Counter(path.parent.name for path in sample.rglob("*.xlsx"))
    assert counted == {
        "tieu_chi": 43,
        "tieu_chi_nang_cao": 2,
        "tieu_chi_xa": 2,
        "cong_nhan": 2,
        "chi_tieu": 2,
        "nguon_von": 25,
        "cong_trinh": 4,
        "no_dong": 4,
        "ocop": 1,
    }
    stems = [path.stem for path in criteria_files(sample)]
    assert (stems[0], stems[-1]) == ("tieu_chi_2021_12", "tieu_chi_2025_06")


def test_the_same_seed_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for path in write_sample(tmp_path):
        assert path.read_bytes() == (sample / path.relative_to(tmp_path)).read_bytes(), path.name


def test_the_committed_workbooks_are_what_the_generator_writes(sample: Path) -> None:
    """Cells, not bytes: another zlib may pack the same content otherwise."""
    written = {path.relative_to(sample) for path in sample.rglob("*.xlsx")}
    assert {path.relative_to(COMMITTED) for path in COMMITTED.rglob("*.xlsx")} == written
    for relative in written:
        if (COMMITTED / relative).read_bytes() == (sample / relative).read_bytes():
            continue
        for place, sheet in enumerate(load_workbook(COMMITTED / relative).worksheets):
            fresh = sheets(sample / relative)[place]
            assert sheet.title == fresh.title
            assert set(map(str, sheet.merged_cells.ranges)) == set(map(str, fresh.merged_cells.ranges))
            assert [[c.value for c in row] for row in sheet.rows] == cells(sample / relative, place), relative


def test_the_sample_stays_small(sample: Path) -> None:
    assert sum(path.stat().st_size for path in sample.rglob("*.xlsx")) < 1_200_000


def test_only_published_workbooks_lack_the_illustrative_line(sample: Path) -> None:
    plain = {
        (path.name, sheet.title)
        for path in sample.rglob("*.xlsx")
        for sheet in sheets(path)
        if not any("SỐ LIỆU MINH HOẠ" in str(row[0].value) for row in sheet.iter_rows(max_row=10))
    }
    published = ("chi_tieu_2022.xlsx", "nhu_cau_von_2022.xlsx")
    assert plain == {
        (published[0], "Chi tieu"),
        (published[0], "Danh sach xa"),
        (published[1], "Nhu cầu vốn"),
    }
    for name in published:
        (path,) = sample.rglob(name)
        source = "(Nguồn: Kế hoạch NTM và OCOP tỉnh Hậu Giang năm 2022, công bố 11/7/2022)"
        assert any(row[0] == source for row in cells(path))


def test_no_unit_code_is_written(sample: Path) -> None:
    text = " ".join(str(v) for path in criteria_files(sample) for row in cells(path) for v in row)
    assert not re.search(r"\b(93\d|31[34]\d\d)\b", text)


def test_every_month_lists_the_51_rural_communes_in_8_districts(sample: Path) -> None:
    for path in criteria_files(sample):
        rows = communes(path)
        assert (len(rows), len({(row.district, row.name) for row in rows})) == (51, 51), path.name
        assert len({row.district for row in rows}) == 8


def test_each_month_names_its_set_and_cut_off(sample: Path) -> None:
    for path in criteria_files(sample):
        year, month = map(int, re.findall(r"\d+", path.stem))
        decision = "1980/QĐ-TTg" if (year, month) < (2022, 7) else "318/QĐ-TTg"
        head = [str(row[0]) for row in cells(path)[:9]]
        assert any(decision in line for line in head), path.name
        cut_off = next(line for line in head if line.startswith("(Số liệu đến"))
        day, *rest = map(int, re.findall(r"\d+", cut_off))
        assert rest == [month, year], path.name
        assert (date(year, month, day) + timedelta(days=1)).day == 1, path.name


def test_marks_are_those_of_the_legend_and_add_up(sample: Path) -> None:
    for path in criteria_files(sample):
        legend = legends(path)
        for row in communes(path):
            means = meaning(row, legend)
            if row.note == "Chưa báo cáo":
                assert set(means) == {"chưa có số liệu"}
                assert (row.total, row.year) == (None, None)
            else:
                assert set(means) <= {"đạt", "chưa đạt"}, (path.name, row.name)
                assert row.total == means.count("đạt") >= 10


def test_every_way_of_marking_occurs(sample: Path) -> None:
    ways = {path.stem: legends(path) for path in criteria_files(sample)}
    assert {frozenset(legend[""]) for legend in ways.values()} == {
        frozenset({"x", "để trống"}),
        frozenset({"Đ", "CĐ"}),
        frozenset({"1", "0"}),
        frozenset({"Đ", "CĐ", "để trống"}),
    }
    assert sum(len(legend) > 1 for legend in ways.values()) == 4
    firsts = [next(row[0] for row in cells(path) if row[0] in ("I", "Tổng cộng")) for path in criteria_files(sample)]
    assert Counter(firsts) == {"I": 37, "Tổng cộng": 6}


def test_two_months_lack_one_district_that_then_counts_nowhere(sample: Path) -> None:
    silent = {
        path.stem: {row.district for row in communes(path) if row.note == "Chưa báo cáo"}
        for path in criteria_files(sample)
    }
    assert {stem: names for stem, names in silent.items() if names} == {
        "tieu_chi_2023_08": {"Huyện Vị Thuỷ"},
        "tieu_chi_2024_10": {"Thị xã Long Mỹ"},
    }


def test_district_and_province_rows_count_their_communes(sample: Path) -> None:
    for path in criteria_files(sample):
        legend = legends(path)
        met = {row: [m == "đạt" for m in meaning(row, legend)] for row in communes(path) if row.total is not None}
        for ordinal, name, *rest in cells(path):
            if ordinal == "Tổng cộng":
                chosen = list(met.values())
            elif isinstance(ordinal, str) and re.fullmatch("[IVX]+", ordinal) and rest[19] is not None:
                chosen = [marks for row, marks in met.items() if row.district == name]
            else:
                continue
            assert rest[:19] == [sum(column) for column in zip(*chosen, strict=True)], (path.name, name)
            assert rest[19] == pytest.approx(sum(map(sum, chosen)) / len(chosen))


def test_mean_criteria_are_17_5_at_the_end_of_2022_and_drop_with_the_new_set(sample: Path) -> None:
    means = {path.stem: mean_met(path) for path in criteria_files(sample)}
    assert round(means["tieu_chi_2022_12"], 1) == 17.5
    assert means["tieu_chi_2022_06"] - means["tieu_chi_2022_07"] > 0.5
    assert means["tieu_chi_2025_06"] > means["tieu_chi_2022_12"] + 0.5


def test_criterion_2_is_met_by_40_communes_at_the_end_of_2024(sample: Path) -> None:
    path = sample / "tieu_chi" / "tieu_chi_2024_12.xlsx"
    assert sum(meaning(row, legends(path))[1] == "đạt" for row in communes(path)) == 40


def test_communes_under_15_criteria_become_few(sample: Path) -> None:
    def under_15(stem: str) -> int:
        return sum(row.total < 15 for row in communes(sample / "tieu_chi" / f"{stem}.xlsx"))

    assert under_15("tieu_chi_2021_12") >= 5
    assert 1 <= under_15("tieu_chi_2025_06") <= 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_seed_keeps_the_published_totals(seed: int) -> None:
    scenario = read_scenario()
    province = read_province(scenario["province_code"])
    queue = recognition_queue(province, scenario, seed)
    log = recognition_log(province, scenario, queue, seed)
    history = criteria_history(queue, log, scenario, seed)
    end = date(2022, 12, 31)
    assert [len(holders(log, s, end)) for s in ("ntm", "nang_cao", "kieu_mau")] == [37, 7, 0]
    assert 51 * 19 - sum(map(len, history[end].values())) == 893
    assert sum(2 not in unmet for unmet in history[date(2024, 12, 31)].values()) == 40
    assert all(len(unmet) <= 9 for month in history.values() for unmet in month.values())
