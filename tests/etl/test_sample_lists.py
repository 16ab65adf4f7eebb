"""The sample's recognitions, targets, money and products: published totals and sums."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.etl.sample_reading import cells, communes, funding_rows, holding, recognitions, sheets, table

BUDGET = ["NGÂN SÁCH TRUNG ƯƠNG", "NGÂN SÁCH ĐỊA PHƯƠNG", "VỐN LỒNG GHÉP"]
OTHERS = ["VỐN TÍN DỤNG", "VỐN DOANH NGHIỆP", "HUY ĐỘNG TỪ CỘNG ĐỒNG VÀ NGƯỜI DÂN"]


@pytest.mark.parametrize(
    ("day", "ntm", "advanced", "model"),
    [
        (date(2021, 12, 31), 34, 5, 0),
        (date(2022, 6, 30), 35, 5, 0),
        (date(2022, 12, 31), 37, 7, 0),
        (date(2025, 6, 30), 45, 17, 3),
    ],
)
def test_recognitions_on_a_day(sample: Path, day: date, ntm: int, advanced: int, model: int) -> None:
    held = [holding(sample, level, day) for level in ("NTM", "NTM nâng cao", "NTM kiểu mẫu")]
    assert [len(communes_held) for communes_held in held] == [ntm, advanced, model]
    assert held[2] <= held[1] <= held[0]


def test_the_35th_commune_is_a_result_of_2021_decided_in_2022(sample: Path) -> None:
    (row,) = [
        row
        for row in recognitions(sample)
        if row[3] == "NTM" and datetime(2022, 1, 1) <= row[6] <= datetime(2022, 6, 30)
    ]
    assert row[4] == 2021


def test_named_communes_fare_as_published(sample: Path) -> None:
    end = date(2022, 12, 31)
    ntm = {name for name, _ in holding(sample, "NTM", end)}
    assert {"Xã Phú Hữu", "Xã Tân Phú"} <= ntm
    assert not ntm & {"Xã Hiệp Hưng", "Xã Phú Tân", "Xã Vị Bình"}
    assert {"Xã Vị Tân", "Xã Nhơn Nghĩa A"} <= {name for name, _ in holding(sample, "NTM nâng cao", end)}
    assert holding(sample, "NTM kiểu mẫu", date(2023, 12, 31)) == {("Xã Thạnh Xuân", "Huyện Châu Thành A")}
    totals = {row.name: row.total for row in communes(sample / "tieu_chi" / "tieu_chi_2022_12.xlsx")}
    assert all(totals[name] in (17, 18) for name in ("Xã Hiệp Hưng", "Xã Phú Tân", "Xã Vị Bình"))


def test_the_list_has_one_reaffirmation_no_revocation_and_invented_numbers(sample: Path) -> None:
    rows = recognitions(sample)
    assert Counter(row[7] for row in rows) == {"Công nhận": len(rows) - 1, "Cấp lại": 1}
    assert all(re.fullmatch(r"MH-\d{3}/QĐ-UBND", row[5]) for row in rows)
    assert {cell.number_format for cell in sheets(sample / "cong_nhan" / "cong_nhan_ntm.xlsx")[0]["G"][-20:-10]} == {
        "dd/mm/yyyy"
    }


def test_a_commune_meets_all_19_in_the_month_of_its_decision(sample: Path) -> None:
    """From 2022 on: earlier decisions stand before the first matrix."""
    for _, name, district, *_, decided, _, _ in recognitions(sample):
        path = sample / "tieu_chi" / f"tieu_chi_{decided:%Y_%m}.xlsx"
        if decided.year >= 2022:
            totals = {row.name.removeprefix("Xã "): row.total for row in communes(path)}
            assert len(totals) == 51
            assert totals[name.removeprefix("Xã ")] in (19, None), (name, district)


def test_the_year_column_shows_those_recognised_by_then(sample: Path) -> None:
    for stem in ("tieu_chi_2021_12", "tieu_chi_2022_06", "tieu_chi_2022_12", "tieu_chi_2025_06"):
        path = sample / "tieu_chi" / f"{stem}.xlsx"
        year, month = map(int, re.findall(r"\d+", stem))
        held = holding(sample, "NTM", date(year, month, 30 if month == 6 else 31))
        assert {(row.name, row.district) for row in communes(path) if row.year} == held


def test_targets_of_2022_are_those_of_the_plan(sample: Path) -> None:
    path = sample / "chi_tieu" / "chi_tieu_2022.xlsx"
    targets = [(row[3], row[4], row[5]) for row in table(path)]
    assert targets == [
        (38, "giao", 51),
        (9, "giao", None),
        (1, "giao", None),
        (18.2, "giao", None),
        (14, "tối thiểu", None),
        (40, "giao", None),
        (5, "giao", None),
    ]
    assert {row[6] for row in table(path)} == {datetime(2022, 12, 31)}
    named = [tuple(row[1:]) for row in table(path, sheet=1)]
    assert Counter((level, kind) for _, _, level, _, kind in named) == {
        ("NTM", "giao"): 3,
        ("NTM", "phấn đấu"): 2,
        ("NTM nâng cao", "giao"): 4,
        ("NTM nâng cao", "phấn đấu"): 3,
        ("NTM kiểu mẫu", "giao"): 1,
        ("NTM kiểu mẫu", "phấn đấu"): 1,
    }
    assert ("Vị Thanh", "huyện Vị Thủy", "NTM nâng cao", 2022, "phấn đấu") in named


def test_targets_of_2025_fit_the_recognitions(sample: Path) -> None:
    path = sample / "chi_tieu" / "chi_tieu_2025.xlsx"
    assert [row[3] for row in table(path)] == [45, 18, 4, 18.5, 15]
    firm = {(row[1], row[3]) for row in table(path, sheet=1) if row[5] == "giao"}
    for standard, wanted in (("NTM", 45), ("NTM nâng cao", 18), ("NTM kiểu mẫu", 4)):
        before = {name.removeprefix("Xã ") for name, _ in holding(sample, standard, date(2024, 12, 31))}
        added = {name for name, level in firm if level == standard}
        assert not before & added
        assert len(before | added) == wanted


def test_needs_of_2022_sum_to_the_published_total(sample: Path) -> None:
    path = sample / "nguon_von" / "nhu_cau_von_2022.xlsx"
    amounts = [row[2] for row in table(path)]
    assert amounts == [170914, 217040, 149039, 5589382, 16918, 116312]
    (total,) = [row[2] for row in cells(path) if row[0] == "Tổng cộng"]
    assert total == sum(amounts) == 6259605
    assert any(row[0] == "ĐVT: Triệu đồng" for row in cells(path))


def half_years(folder: Path) -> list[Path]:
    return sorted((folder / "nguon_von").glob("nguon_von_*.xlsx"))


def amounts(path: Path) -> dict[str, list[int | None]]:
    """Plan, allocated, disbursed and mobilised of each row; text such as '170.914' turned into a number."""
    found = {}
    for label, (plan, allocated, disbursed, _, mobilised) in funding_rows(path).items():
        values = [plan, allocated, disbursed, mobilised]
        found[label] = [int(v.replace(".", "")) if isinstance(v, str) else v for v in values]
    return found


def total_of(rows: dict[str, list[int | None]], labels: list[str]) -> list[int | None]:
    columns = zip(*(rows[label] for label in labels), strict=True)
    return [sum(filter(None, column)) or None for column in columns]


def test_parts_of_the_funding_sum_exactly(sample: Path) -> None:
    for path in half_years(sample):
        rows = amounts(path)
        assert rows["TỔNG SỐ"] == total_of(rows, [*BUDGET, *OTHERS])
        assert rows[BUDGET[0]] == total_of(rows, ["Vốn đầu tư phát triển", "Vốn sự nghiệp"])
        assert rows[BUDGET[1]] == total_of(rows, ["Ngân sách tỉnh", "Ngân sách huyện", "Ngân sách xã"])
        assert rows[OTHERS[2]] == total_of(rows, ["Tiền mặt", "Ngày công và hiện vật quy đổi"])
        for label in BUDGET:
            assert rows[label][3] is None
        for label in OTHERS:
            assert rows[label][1:3] == [None, None]


def test_disbursement_is_plausible_and_never_above_allocation(sample: Path) -> None:
    for path in half_years(sample):
        low, high = (0.35, 0.50) if path.stem.endswith("06") else (0.88, 0.99)
        for plan, allocated, disbursed, _ in amounts(path).values():
            if allocated is not None:
                assert low <= disbursed / allocated <= high
                assert allocated <= plan


def test_one_half_year_is_typed_as_vietnamese_text(sample: Path) -> None:
    as_text = [path.stem for path in half_years(sample) if isinstance(funding_rows(path)["TỔNG SỐ"][0], str)]
    assert as_text == ["nguon_von_2023_12"]
    values = funding_rows(sample / "nguon_von" / "nguon_von_2023_12.xlsx")["NGÂN SÁCH TRUNG ƯƠNG"]
    assert re.fullmatch(r"\d{3}\.\d{3}", values[0])
    assert re.fullmatch(r"\d\d,\d", values[3])


def test_ocop_products_by_date_and_stars(sample: Path) -> None:
    path = sample / "ocop" / "ocop_2023_01.xlsx"
    decided = [(row[7], datetime.strptime(row[8].split()[-1], "%d/%m/%Y")) for row in table(path)]
    assert len(decided) == 175
    assert Counter(stars for stars, day in decided if day.year < 2023) == {"4 sao": 48, "3 sao": 57}
    assert {(day.year, day.month) for _, day in decided if day.year == 2023} == {(2023, 1)}
    assert all(row[9] > datetime(2023, 1, 31) for row in table(path))
    assert all("minh hoạ" in row[1] for row in table(path))
    groups = [row[0] for row in cells(path) if isinstance(row[0], str) and re.match(r"[IVX]+\. ", row[0])]
    assert (len(groups), groups[1]) == (8, "II. THÀNH PHỐ NGÃ BẢY")
    merged = [area for area in sheets(path)[0].merged_cells.ranges if area.min_col == area.max_col == 4]
    assert len([area for area in merged if area.size["rows"] > 1]) > 20
