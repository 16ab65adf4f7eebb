"""The invented log of recognitions: who reached which standard, by which decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from etl.sample.register import Commune, Province
from etl.sample.scenario import stream

# A standard is reached by communes that hold the one below it.
BELOW = {"nang_cao": "ntm", "kieu_mau": "nang_cao"}


@dataclass(frozen=True)
class Recognition:
    """One decision on one commune. event is 'recognised' or 'reaffirmed'."""

    commune: Commune
    standard: str
    event: str
    result_year: int
    decision_date: date
    decision_no: str = ""


def recognition_log(
    province: Province, scenario: Mapping[str, Any], queue: Sequence[Commune], seed: int
) -> tuple[Recognition, ...]:
    """All recognitions of the scenario by date, those planned after its last month included.

    Decision numbers are visibly made up: 'MH-012/QĐ-UBND'.
    """
    waves = scenario["recognitions"]
    ntm = _fill(waves["ntm"], "ntm", province, queue)
    advanced = _fill(waves["nang_cao"], "nang_cao", province, [event.commune for event in ntm])
    model = _fill(waves["kieu_mau"], "kieu_mau", province, [event.commune for event in advanced])
    reaffirmed = _reaffirm(waves["reaffirmed"], ntm, {event.commune for event in advanced}, seed)
    log = sorted([*ntm, *advanced, *model, reaffirmed], key=lambda event: event.decision_date)
    return tuple(replace(event, decision_no=f"MH-{no:03}/QĐ-UBND") for no, event in enumerate(log, start=1))


def recognition_queue(province: Province, scenario: Mapping[str, Any], seed: int) -> list[Commune]:
    """Communes in the order in which they become NTM.

    Communes that the scenario names for a higher standard come first: only an NTM commune may be nâng cao.
    """
    random = stream(seed, "queue")
    early = _named(scenario["recognitions"]["nang_cao"])
    readiness = {
        commune: scenario["advancement"][commune.district] + random.gauss(0, 0.15) for commune in province.communes
    }
    return sorted(province.communes, key=lambda commune: (commune.short_name not in early, -readiness[commune]))


def holders(log: Collection[Recognition], standard: str, day: date) -> dict[Commune, Recognition]:
    """The communes that hold a standard on a day, each with the decision that recognised it."""
    return {
        event.commune: event
        for event in log
        if event.standard == standard and event.event == "recognised" and event.decision_date <= day
    }


def _fill(
    waves: list[dict[str, Any]], standard: str, province: Province, candidates: Sequence[Commune]
) -> list[Recognition]:
    """Give each wave its named communes, or the next of the candidates that no wave names."""
    named = _named(waves)
    waiting = [commune for commune in candidates if commune.short_name not in named]
    events = []
    for wave in waves:
        if "communes" in wave:
            communes = [province.commune(name) for name in wave["communes"]]
        else:
            communes, waiting = waiting[: wave["count"]], waiting[wave["count"] :]
        events += [
            Recognition(commune, standard, "recognised", wave["result_year"], wave["decided"]) for commune in communes
        ]
    return events


def _reaffirm(wave: dict[str, Any], ntm: list[Recognition], advanced: Collection[Commune], seed: int) -> Recognition:
    """An early NTM commune that has not gone further is confirmed under the present set of criteria."""
    early = [event for event in ntm if event.decision_date.year <= 2018 and event.commune not in advanced]
    chosen = stream(seed, "reaffirmed").choice(early)
    return Recognition(chosen.commune, "ntm", "reaffirmed", wave["result_year"], wave["decided"])


def _named(waves: list[dict[str, Any]]) -> set[str]:
    return {name for wave in waves for name in wave.get("communes", ())}
