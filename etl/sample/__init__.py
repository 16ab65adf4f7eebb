"""The sample workbooks of Hậu Giang: real where figures were published, invented and marked so elsewhere.

What is published stands in plan_2022.toml, what is invented in scenario.toml. The workbooks carry names only,
never unit codes, like those that offices send.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.sample.criteria import CriteriaMonth
from etl.sample.events import BELOW, Recognition, holders, recognition_log, recognition_queue
from etl.sample.funding import write_half_years, write_needs
from etl.sample.history import criteria_history
from etl.sample.ocop import write_products
from etl.sample.recognition import write_recognitions
from etl.sample.register import Commune, Province, criterion_names, read_province
from etl.sample.scenario import read_plan_2022, read_scenario
from etl.sample.targets import write_targets


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
        *write_half_years(folder / "nguon_von", scenario, seed),
        write_products(folder / "ocop", province, scenario, seed),
    ]
    return sorted(paths)


def _write_criteria(
    folder: Path,
    province: Province,
    scenario: Mapping[str, Any],
    queue: Sequence[Commune],
    log: Collection[Recognition],
    seed: int,
) -> list[Path]:
    paths = []
    for month, unmet in criteria_history(queue, log, scenario, seed).items():
        old = month < scenario["criteria"]["change_of_set"]
        criteria_set = scenario["criteria_sets"]["old" if old else "new"]
        typing = scenario["months"].get(f"{month:%Y-%m}", {})
        workbook = CriteriaMonth(month, province, unmet, log, typing)
        paths.append(workbook.write(folder, criteria_set["title"], criterion_names(criteria_set["code"])))
    return paths


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
