"""Recognised under an earlier set, standing under the new one, and from when decision 18/2022/QĐ-TTg looks at it."""

from __future__ import annotations

import pandas as pd
import pytest

from ntm.csv_files import read_columns
from ntm.metrics.reassessment import (
    ALL_MET,
    CONSIDER,
    GONE,
    MISSING,
    NOT_CONSIDERED,
    NOT_JUDGED,
    UNKNOWN,
    meeting_share,
    reassessment,
)
from ntm.metrics.watch import district_withdrawal, watch_rules
from ntm.settings import ROOT

INCOME, ENVIRONMENT, SECURITY = 10, 17, 19
KEYS = (INCOME, ENVIRONMENT, SECURITY)
OTHERS = [number for number in range(1, 20) if number not in KEYS]


def commune(unmet: list[int], unknown: list[int] | None = None, **values: object) -> dict[str, object]:
    """A commune recognised for 2019, of the set in use at the end of 2023."""
    open_ones = unknown or []
    return {
        "unit_code": "1", "name": "Xã A", "period_end": pd.Timestamp("2023-12-31"), "set_code": "XA_NTM_2021_2025",
        "standard": "ntm", "criteria_total": 19, "criteria_met": 19 - len(unmet) - len(open_ones),
        "criteria_not_met": len(unmet), "criteria_unknown": len(open_ones), "is_count_known": not open_ones,
        "unmet_mask": sum(1 << number for number in unmet), "unknown_mask": sum(1 << number for number in open_ones),
        "recognised_set": None, "set_from": pd.Timestamp("2022-03-08"), "result_year": 2019,
        "decision_date": pd.Timestamp("2019-12-18"),
    } | values  # fmt: skip


def judged(*rows: dict[str, object]) -> pd.DataFrame:
    return reassessment(pd.DataFrame(rows).astype({"result_year": "Int64"}))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("failing", "with_key", "verdict"),
    [
        (5, True, NOT_CONSIDERED),  # 26,3%
        (5, False, NOT_CONSIDERED),
        (6, True, CONSIDER),  # 31,6%: from 30% with a named one
        (6, False, NOT_CONSIDERED),
        (9, True, CONSIDER),  # 47,4%
        (9, False, NOT_CONSIDERED),
        (10, True, CONSIDER),  # 52,6%: from 50% whichever they are
        (10, False, CONSIDER),
    ],
)
def test_decision_18_2022_considers_a_commune_from_30_pct_with_a_named_criterion_and_from_50_pct_without(
    failing: int, with_key: bool, verdict: str, key: int
) -> None:
    """Decision 18/2022/QĐ-TTg: 30% of 19 criteria is 5.7, so six; 50% is 9.5, so ten."""
    unmet = [key, *OTHERS[: failing - 1]] if with_key else OTHERS[:failing]
    (row,) = judged(commune(unmet)).to_dict("records")
    assert row["verdict"] == verdict
    assert row["share_pct"] == pytest.approx(100 * failing / 19)
    assert row["named"] == ((key,) if with_key else ())


@pytest.mark.parametrize(
    ("unmet", "unknown", "verdict"),
    [
        ([INCOME, *OTHERS[:4]], [OTHERS[4]], NOT_JUDGED),  # a sixth may fail
        (OTHERS[:6], [SECURITY], NOT_JUDGED),  # six fail, the named one is unknown
        (OTHERS[:9], [OTHERS[9]], NOT_JUDGED),  # a tenth may fail
        (OTHERS[:5], [OTHERS[5]], NOT_CONSIDERED),  # six at most, none of them named
        (OTHERS[:8], [OTHERS[8]], NOT_CONSIDERED),  # nine at most, none of them named
        ([INCOME, *OTHERS[:5]], [SECURITY], CONSIDER),  # six whatever the other is
        ([], list(range(1, 20)), NOT_JUDGED),
    ],
)
def test_decision_18_2022_is_not_judged_where_unknown_criteria_could_decide(
    unmet: list[int], unknown: list[int], verdict: str
) -> None:
    """Decision 18/2022/QĐ-TTg speaks of criteria that fail: what is unknown is none, and is not passed over."""
    assert judged(commune(unmet, unknown))["verdict"].to_list() == [verdict]


def test_decision_18_2022_is_not_applied_before_its_day_nor_to_who_lost_the_standard() -> None:
    """Decision 18/2022/QĐ-TTg is of 2 August 2022."""
    failing = [INCOME, *OTHERS[:5]]
    early = commune(failing, period_end=pd.Timestamp("2022-07-31"))
    assert judged(early)["verdict"].to_list() == [NOT_CONSIDERED]
    assert judged(commune(failing, standard="none"))["verdict"].to_list() == [GONE]


@pytest.mark.parametrize(
    ("set_code", "names"),
    [
        ("XA_NTM_2016_2020", {"Thu nhập", "Môi trường và an toàn thực phẩm", "Quốc phòng và An ninh"}),
        ("XA_NTM_2021_2025", {"Thu nhập", "Môi trường và an toàn thực phẩm", "Quốc phòng và An ninh"}),
        (
            "XA_NTM_NANG_CAO_2021_2025",
            {"Thu nhập", "Môi trường", "Chất lượng môi trường sống", "Quốc phòng và An ninh"},
        ),
    ],
)
def test_the_numbers_of_each_set_are_those_of_the_criteria_that_decision_18_2022_names(
    set_code: str, names: set[str]
) -> None:
    """Decision 18/2022/QĐ-TTg names criteria by their words; their numbers are those of each set."""
    numbers = {str(number) for number in watch_rules()["withdrawal"]["criteria"][set_code]}
    assert names_of(set_code, numbers) == names


@pytest.mark.parametrize(
    ("set_code", "last"),
    [
        ("HUYEN_NTM_2021_2025", "Hệ thống chính trị - An ninh trật tự - Hành chính công"),
        ("HUYEN_NTM_NANG_CAO_2021_2025", "An ninh, trật tự - Hành chính công"),
    ],
)
def test_the_numbers_of_district_sets_are_those_that_decision_18_2022_names(set_code: str, last: str) -> None:
    """Decision 18/2022/QĐ-TTg, districts: economy, environment, living environment, and the last criterion."""
    numbers = {str(number) for number in watch_rules()["withdrawal"]["districts"]["criteria"][set_code]}
    assert names_of(set_code, numbers) == {"Kinh tế", "Môi trường", "Chất lượng môi trường sống", last}


def names_of(set_code: str, numbers: set[str]) -> set[str]:
    rows = read_columns(ROOT / "data" / "reference" / "criteria.csv", "set_code", "criterion_no", "name_vi")
    return {name for of_set, number, name in rows if of_set == set_code and number in numbers}


def district(unmet: list[int], unknown: list[int] | None = None, **values: object) -> bool | None:
    open_ones = unknown or []
    row = {
        "period_end": pd.Timestamp("2023-12-31"), "set_code": "HUYEN_NTM_2021_2025", "standard": "ntm",
        "criteria_total": 9, "criteria_not_met": len(unmet), "criteria_unknown": len(open_ones),
        "unmet_mask": sum(1 << number for number in unmet), "unknown_mask": sum(1 << number for number in open_ones),
        "communes": 10, "communes_withdrawn": 0,
    } | values  # fmt: skip
    found = district_withdrawal(pd.DataFrame([row])).iloc[0]
    return None if pd.isna(found) else bool(found)


def test_decision_18_2022_considers_a_district_by_its_criteria_or_by_its_withdrawn_communes() -> None:
    """Decision 18/2022/QĐ-TTg: 30% of nine criteria is three, 50% five; or 30% of its communes withdrawn."""
    assert [district([1, 2]), district([6, 1]), district([6, 1, 2]), district([1, 2, 3])] == [False, False, True, False]
    assert [district([1, 2, 3, 4]), district([1, 2, 3, 4, 5])] == [False, True]
    assert [district([], communes_withdrawn=2), district([], communes_withdrawn=3)] == [False, True]
    assert [district([6, 1], [2]), district([1, 2, 3], [9])] == [None, None]
    assert district([6, 1, 2], standard="none") is False


def test_the_state_under_the_new_set_is_in_words_of_its_own_and_unknown_is_not_missing() -> None:
    found = judged(commune([]), commune([1]), commune([], [1]), commune([1], [2]))
    assert sorted(found["state"]) == sorted([ALL_MET, MISSING, UNKNOWN, MISSING])
    share = meeting_share(found)
    assert (share.numerator, share.denominator) == (1, 3)


def test_those_to_be_considered_come_first() -> None:
    found = judged(commune([]), commune(OTHERS[:10]), commune([1, 2]))
    assert found["verdict"].iloc[0] == CONSIDER
    assert found["criteria_not_met"].to_list() == [10, 2, 0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"result_year": 2021, "decision_date": pd.Timestamp("2022-04-12")}, True),  # figures of 2021: the older set
        ({"result_year": 2022}, False),
        ({"result_year": None, "decision_date": pd.Timestamp("2022-03-07")}, True),
        ({"result_year": None, "decision_date": pd.Timestamp("2022-03-08")}, False),
        ({"result_year": 2023, "recognised_set": "XA_NTM_2016_2020"}, True),
        ({"result_year": 2019, "recognised_set": "XA_NTM_2021_2025"}, False),
    ],
)
def test_the_set_of_a_recognition_is_the_one_that_it_names_else_that_of_its_result(
    values: dict[str, object], expected: bool
) -> None:
    assert judged(commune([], **values))["is_earlier"].to_list() == [expected]
