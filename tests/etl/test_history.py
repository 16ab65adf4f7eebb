"""From load to load: what changed, what falls, who stopped reporting; the same files again change nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.etl.loading import Office, issue, issues
from tests.etl.workbooks import NTM_SET_BEFORE, funding, matrix, ntm_matrix, recognition, recognitions

CITY = ["I", "Thành phố Vị Thanh"]
SOUND = matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", *"xxxx"])
WITHOUT_HISTORY = """
    drop table load_history; drop table file_history; drop table fact_change; drop table arrears;
    alter table source_file drop column first_loaded_at; alter table source_file drop column replaced_by
"""
CHANGES = "select change, unit_code, what, column_name, old_value, new_value from fact_change order by all"


class TestTheSameAgain:
    def test_changes_nothing(self, office: Office) -> None:
        first = office.load(tieu_chi=SOUND)
        before = sorted(path.name for path in office.warehouse.iterdir())
        again = office.load()
        assert (again["state"], again["build_id"]) == ("unchanged", first["build_id"])
        assert sorted(path.name for path in office.warehouse.iterdir()) == before
        assert "Không có gì thay đổi" in office.run().output

    def test_still_says_what_was_found(self, office: Office) -> None:
        first = office.load(tieu_chi=matrix(CITY, [1, "Xã Vị Tân", "x", "x", "x", "?"]))
        again = office.load()
        assert again["issues"] == first["issues"]
        assert [row["path"] for row in again["sheets"]] == ["tieu_chi.xlsx"]

    @pytest.mark.parametrize("options", [("--period", "7/2022"), ("--province", "93")])
    def test_is_not_the_same_with_other_options(self, office: Office, options: tuple[str, str]) -> None:
        office.load(tieu_chi=SOUND)
        assert office.load(*options)["state"] == "published"

    def test_is_not_the_same_under_another_name(self, office: Office) -> None:
        office.load(tieu_chi=SOUND)
        (office.folder / "tieu_chi.xlsx").rename(office.folder / "khac.xlsx")
        assert office.load()["state"] == "published"


class TestWhatChanged:
    def test_first_load_only_counts(self, office: Office) -> None:
        office.load(tieu_chi=SOUND)
        assert office.ask(CHANGES) == []
        history = "select added = facts, changed, removed, files, sheets, note from load_history"
        assert office.ask(history) == [(True, 0, 0, 1, 1, "first_load")]

    def test_changed_value_is_listed_with_both_places(self, office: Office) -> None:
        office.load(tieu_chi=SOUND)
        mended = matrix(CITY, [1, "Xã Hoả Lựu", *"xxxx"], [2, "Xã Vị Tân", "x", "x", "x", "CĐ"])
        found = office.load(tieu_chi=mended)
        assert found["changes"] == {"added": 0, "changed": 1, "removed": 0}
        what = "set_code=XA_KIEU_MAU_2021_2025; criterion_no=4; value_kind=actual"
        ((change, unit, told, *values),) = office.ask(CHANGES)
        assert (change, unit, values) == ("changed", "31333", ["outcome", "met", "not_met"])
        assert told.split("; ")[1:] == what.split("; ")[1:]
        place = "select old_path, old_sheet, old_cell, new_sheet, new_cell from fact_change"
        assert office.ask(place) == [("tieu_chi.xlsx", "Sheet", "F9", "Sheet", "F10")]

    def test_added_fact_has_all_its_values(self, office: Office) -> None:
        office.load(a=SOUND)
        found = office.load(b=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170914]))
        assert found["changes"] == {"added": 1, "changed": 0, "removed": 0}
        (row,) = office.ask("select change, new_value, old_value, unit_code from fact_change")
        assert (row[0], "amount_vnd_million=170914.000000" in row[1], row[2], row[3]) == ("added", True, None, "93")

    def test_history_goes_on_from_load_to_load(self, office: Office) -> None:
        ids = [office.load(a=SOUND)["build_id"]]
        ids.append(office.load(b=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170914]))["build_id"])
        ids.append(office.load(b=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170915]))["build_id"])
        rows = office.ask("select build_id, added, changed, removed from load_history order by built_at")
        assert [row[0] for row in rows] == ids
        assert [row[1:] for row in rows[1:]] == [(1, 0, 0), (0, 1, 0)]
        again = office.run("--period", "1/2022").output
        assert "So với bản trước: 0 số liệu đổi, 0 thêm, 0 mất" in again

    @pytest.mark.case(33)
    def test_results_under_a_newer_set_are_no_change_of_the_older_ones(self, office: Office) -> None:
        """Recognised under the set of 2016-2020, reviewed under that of 2021-2025: fewer criteria, no error."""
        old = ntm_matrix("(Số liệu đến 31/12/2021)", {"Xã Vị Tân": 19}, decision=NTM_SET_BEFORE, district=CITY[1])
        office.load(cu=old)
        found = office.load(moi=ntm_matrix("(Số liệu đến 31/12/2022)", {"Xã Vị Tân": 15}, district=CITY[1]))
        assert (found["changes"]["changed"], found["changes"]["removed"]) == (0, 0)
        assert issues(found, "ask", "block") == []

    def test_snapshot_of_an_older_product_is_compared_as_far_as_it_goes(self, office: Office) -> None:
        office.load(tieu_chi=SOUND)
        with duckdb.connect(str(office.published())) as connection:
            connection.execute(WITHOUT_HISTORY)
        found = office.load(tieu_chi=matrix(CITY, [1, "Xã Vị Tân", *"xxxx"], [2, "Xã Hoả Lựu", "x", "x", "x", "CĐ"]))
        assert found["changes"] == {"added": 0, "changed": 1, "removed": 0}
        assert len(office.ask("from load_history")) == 1


class TestOverTime:
    @pytest.mark.case(48)
    def test_fewer_communes_hold_the_standard_after_a_withdrawal(self, office: Office) -> None:
        held = [recognition(day="20/12/2021"), recognition("Xã Hoả Lựu", day="20/12/2021", number="2/QĐ-UBND")]
        revoked = recognition(day="15/3/2023", event="Thu hồi", number="9/QĐ-UBND")
        found = office.load(
            den_2022=recognitions(*held, cut_off="(Số liệu đến 31/12/2022)"),
            den_2023=recognitions(*held, revoked, cut_off="(Số liệu đến 31/12/2023)"),
            tieu_chi=ntm_matrix("(Số liệu đến 31/12/2022)", {"Xã Vị Tân": 19, "Xã Hoả Lựu": 19}, district=CITY[1]),
        )
        fell = issue(found, "CUMULATIVE_FELL")
        assert (fell["severity"], fell["path"]) == ("ask", "den_2023.xlsx")
        assert "giảm từ 2 (28/02/2023) xuống 1 (31/03/2023)" in fell["message_vi"]
        assert "Xã Vị Tân (thu hồi, 9/QĐ-UBND)" in fell["message_vi"]

    @pytest.mark.case(48)
    @pytest.mark.case(61)
    def test_merger_that_explains_the_fall_is_named(self, tmp_path: Path) -> None:
        """Two communes of Lai Châu that hold the standard became one on 1 July 2025, which is recognised in August."""
        office = Office(tmp_path)
        head = {"head": "UBND TỈNH LAI CHÂU", "title": "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI TỈNH LAI CHÂU"}
        old = [
            recognition(name, "Huyện Tam Đường", day="20/12/2022", number=f"{number}/QĐ-UBND")
            for number, name in enumerate(("Xã Bản Hon", "Xã Khun Há"))
        ]
        new = recognition("Xã Khun Há", None, day="15/8/2025", number="8/QĐ-UBND", year=2025)
        communes = {"Xã Bản Hon": 19, "Xã Khun Há": 19}
        months = ntm_matrix("(Số liệu đến 31/5/2025)", communes, province="TỈNH LAI CHÂU", district="Huyện Tam Đường")
        found = office.load(
            cu=recognitions(*old, cut_off="(Số liệu đến 30/6/2025)", **head),
            moi=recognitions(new, cut_off="(Số liệu đến 31/8/2025)", **head),
            tieu_chi=months,
        )
        fell = issue(found, "CUMULATIVE_FELL")
        assert (fell["severity"], "giảm từ 2 (30/06/2025) xuống 0 (31/07/2025)" in fell["message_vi"]) == ("ask", True)
        assert "Xã Bản Hon (sắp xếp lại đơn vị, nay là Xã Khun Há)" in fell["message_vi"]

    def test_communes_that_only_grow_are_no_finding(self, office: Office) -> None:
        found = office.load(cong_nhan=recognitions(recognition(), recognition("Xã Hoả Lựu", day="20/12/2022")))
        assert issues(found) == []

    @pytest.mark.case(48)
    def test_cumulative_disbursement_that_falls_is_asked(self, office: Office) -> None:
        def disbursed(amount: float, day: str) -> object:
            rows = ["I", "NGÂN SÁCH TRUNG ƯƠNG", amount]
            return funding(rows, headings=("Lũy kế giải ngân",), cut_off=f"(Số liệu đến {day})")

        found = office.load(t6=disbursed(1200, "30/6/2022"), t9=disbursed(900.5, "30/9/2022"))
        fell = issue(found, "MONEY_FELL")
        assert (fell["severity"], fell["path"], fell["cell"]) == ("ask", "t9.xlsx", "C8")
        assert "là 900,5 triệu đồng (30/09/2022), thấp hơn kỳ trước: 1200" in fell["message_vi"]
        assert "in C8 is 900.5 million đồng (30/09/2022), less than the 1200" in fell["message_en"]

    def test_unit_that_reported_the_month_before_and_not_now_is_asked(self, office: Office) -> None:
        may, june = "(Số liệu đến 31/5/2022)", "(Số liệu đến 30/6/2022)"
        both, one = {"Xã Vị Tân": 12, "Xã Hoả Lựu": 13}, {"Xã Vị Tân": 12}
        found = office.load(
            t5=ntm_matrix(may, both, district=CITY[1]),
            t6=ntm_matrix(june, one, district=CITY[1]),
        )
        stopped = issue(found, "UNIT_STOPPED_REPORTING")
        assert (stopped["severity"], stopped["path"]) == ("ask", "t5.xlsx")
        assert "1 đơn vị có báo cáo kỳ 31/05/2022 nhưng không có số liệu kỳ 30/06/2022: Xã Hoả Lựu" in str(
            stopped["message_vi"]
        )
        complete = office.load(t6=ntm_matrix(june, both, district=CITY[1]))
        assert issues(complete, "ask") == []

    @pytest.mark.case(43)
    def test_district_that_writes_another_unit_of_money_than_the_year_before_is_asked(self, office: Office) -> None:
        """Of two districts of one round, one gives million đồng as the year before, the other thousands of đồng."""

        def plan(district: str, year: int, amount: float) -> object:
            title = f"TỔNG HỢP NGUỒN VỐN THỰC HIỆN CHƯƠNG TRÌNH {district} NĂM {year}"
            parts = {"title": title, "head": f"UBND {district} TỈNH HẬU GIANG", "cut_off": ""}
            heading = f"Kế hoạch năm {year}"
            return funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", amount], headings=(heading,), **parts)

        books = {
            "vi_thuy_2021": plan("HUYỆN VỊ THỦY", 2021, 1250),
            "vi_thuy_2022": plan("HUYỆN VỊ THỦY", 2022, 1310000),
            "long_my_2021": plan("HUYỆN LONG MỸ", 2021, 900),
            "long_my_2022": plan("HUYỆN LONG MỸ", 2022, 1100),
        }
        found = office.load(**books)
        suspect = issue(found, "MONEY_UNIT_SUSPECT")
        assert (suspect["severity"], suspect["path"], suspect["cell"]) == ("ask", "vi_thuy_2022.xlsx", "C8")
        assert "ví dụ ô C8: 1310000 triệu đồng, ở vi_thuy_2021.xlsx › Sheet › C8: 1250" in suspect["message_vi"]
        assert len(office.ask("from funding")) == 4

    @pytest.mark.case(43)
    def test_amount_a_thousandth_of_the_snapshot_before_is_asked(self, office: Office) -> None:
        office.load(von=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170914]))
        found = office.load(von=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170.914]))
        assert "ở von.xlsx › Sheet › C8: 170914" in issue(found, "MONEY_UNIT_SUSPECT")["message_vi"]

    def test_amount_that_grew_tenfold_is_no_finding(self, office: Office) -> None:
        office.load(von=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 170914]))
        assert issues(office.load(von=funding(["I", "NGÂN SÁCH TRUNG ƯƠNG", 1709140]))) == []
