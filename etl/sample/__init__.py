"""The sample workbooks of Hậu Giang: real where figures were published, invented and marked so elsewhere.

What is published stands in plan_2022.toml, what is invented in scenario.toml. The workbooks carry names only,
never unit codes, like those that offices send.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.sample.advanced import write_advanced
from etl.sample.arrears import write_arrears
from etl.sample.criteria import CriteriaMonth
from etl.sample.district_recognition import district_log, write_district_recognitions
from etl.sample.events import BELOW, Recognition, holders, recognition_log, recognition_queue
from etl.sample.funding import half_years, write_half_years, write_needs
from etl.sample.funding_months import write_months
from etl.sample.funding_places import money_of_communes, money_of_districts, write_communes, write_districts
from etl.sample.history import criteria_history
from etl.sample.ocop import write_products
from etl.sample.recognition import write_recognitions
from etl.sample.register import Commune, Province, criterion_names, read_province
from etl.sample.remarks import write_remarks
from etl.sample.scenario import read_plan_2022, read_scenario
from etl.sample.targets import write_targets
from etl.sample.works import write_works


def write_sample(folder: Path, seed: int = 93) -> list[Path]:
    """Write all sample workbooks below folder and return their paths in order.

    The same seed gives the same bytes. Another seed gives another history with the same published totals.
    """
    plan_2022, scenario = read_plan_2022(), read_scenario()
    province = read_province(scenario["province_code"])
    queue = recognition_queue(province, scenario, seed)
    log = recognition_log(province, scenario, queue, seed)
    paths = [
        *_write_criteria(folder / "tieu_chi", province, scenario, queue, log, seed),
        write_recognitions(folder / "cong_nhan", log, scenario["last_month"]),
        write_targets(folder / "chi_tieu", plan_2022, illustrative=False),
        write_targets(folder / "chi_tieu", _plan_2025(scenario, queue, log), illustrative=True),
        write_needs(folder / "nguon_von", plan_2022),
        write_products(folder / "ocop", province, scenario, seed),
        *_write_money(folder, province, scenario, seed),
        *_write_standing(folder, province, scenario, log, seed),
    ]
    return sorted(paths)


def _write_money(folder: Path, province: Province, scenario: Mapping[str, Any], seed: int) -> list[Path]:
    """The money of the province, and the parts of it that districts, communes and works have."""
    money = half_years(scenario, seed)
    districts = money_of_districts(province, scenario, money, seed)
    communes = money_of_communes(scenario, districts, seed)
    names = criterion_names(scenario["criteria_sets"]["new"]["code"])
    return [
        *write_half_years(folder / "nguon_von", scenario, money),
        *write_months(folder / "nguon_von", scenario, money, seed),
        *write_districts(folder / "nguon_von", districts),
        *write_communes(folder / "nguon_von", communes),
        *write_works(folder / "cong_trinh", province, scenario, names, communes, seed),
    ]


def _write_standing(
    folder: Path, province: Province, scenario: Mapping[str, Any], log: Collection[Recognition], seed: int
) -> list[Path]:
    """What beside the monthly criteria tells where units stand: arrears, criteria of nâng cao, recognised districts."""
    districts = district_log(province, log, scenario)
    names = criterion_names(scenario["advanced"]["code"])
    return [
        *write_arrears(folder / "no_dong", province, log, scenario, seed),
        *write_advanced(folder / "tieu_chi_nang_cao", province, log, scenario, names, seed),
        write_district_recognitions(folder / "cong_nhan", districts, scenario["last_month"]),
    ]


def _write_criteria(
    folder: Path,
    province: Province,
    scenario: Mapping[str, Any],
    queue: Sequence[Commune],
    log: Collection[Recognition],
    seed: int,
) -> list[Path]:
    paths = []
    history = criteria_history(queue, log, scenario, seed)
    for month, unmet in history.items():
        old = month < scenario["criteria"]["change_of_set"]
        criteria_set = scenario["criteria_sets"]["old" if old else "new"]
        typing = scenario["months"].get(f"{month:%Y-%m}", {})
        workbook = CriteriaMonth(month, province, unmet, log, typing)
        paths.append(workbook.write(folder, criteria_set["title"], criterion_names(criteria_set["code"])))
    new = scenario["criteria_sets"]["new"]
    names = criterion_names(new["code"])
    own = folder.with_name("tieu_chi_xa")
    return [*paths, *write_remarks(own, province, scenario["remarks"], history, new["title"], names)]


def _plan_2025(scenario: Mapping[str, Any], queue: Sequence[Commune], log: Collection[Recognition]) -> dict[str, Any]:
    """The invented plan of 2025: its firm communes are those recognised in 2025, done or still to do."""
    plan = dict(scenario["plan_2025"])
    named = []
    for standard, tries in plan["stretch"].items():
        decided = [event for event in log if event.standard == standard and event.event == "recognised"]
        firm = [event.commune for event in decided if event.decision_date.year == plan["year"]]
        holding = {event.commune for event in decided}
        below = holders(log, BELOW[standard], plan["due"]) if standard in BELOW else queue
        stretch = [commune for commune in below if commune not in holding][:tries]
        named += [(commune, standard, "giao") for commune in firm]
        named += [(commune, standard, "phấn đấu") for commune in stretch]
    plan["commune"] = [
        {"name": commune.short_name, "district": commune.district, "standard": standard, "kind": kind}
        for commune, standard, kind in named
    ]
    return plan
