"""The invented month-by-month state of the 19 criteria in every rural commune."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

from etl.sample.events import Recognition, holders
from etl.sample.register import Commune
from etl.sample.scenario import month_end, month_ends, months_after, stream

CRITERIA = range(1, 20)
History = dict[date, dict[Commune, frozenset[int]]]


def criteria_history(
    queue: Sequence[Commune], log: Collection[Recognition], scenario: Mapping[str, Any], seed: int
) -> History:
    """Criteria that each commune does not meet, at each month end of the scenario.

    Kept for any seed: the exact totals of the scenario's first two anchors, 19 of 19 in the month of every
    recognition under the present set, at least 10 criteria everywhere, and the published number of communes
    without criterion 2. Progress is monotone but for the scenario's regressions and the change of set.
    """
    simulation = _Simulation(queue, log, scenario, stream(seed, "criteria"))
    history: History = {}
    for month in month_ends(scenario["first_month"], scenario["last_month"]):
        simulation.advance_to(month)
        history[month] = {commune: frozenset(simulation.unmet[commune]) for commune in queue}
    return history


class _Simulation:
    """The unmet criteria of every commune, moved forward month by month."""

    def __init__(
        self,
        queue: Sequence[Commune],
        log: Collection[Recognition],
        scenario: Mapping[str, Any],
        random: Random,
    ) -> None:
        self.queue = queue
        self.log = log
        self.rules = scenario["criteria"]
        self.first_month = scenario["first_month"]
        self.difficulty = {int(number): weight for number, weight in scenario["difficulty"].items()}
        self.random = random
        self.unmet: dict[Commune, set[int]] = {commune: set() for commune in queue}
        self.due: dict[tuple[Commune, int], date] = {}
        self.not_before: dict[tuple[Commune, int], date] = {}
        self.deadline = self._deadlines()
        self.never = [commune for commune in queue if commune not in holders(log, "ntm", date.max)]
        self.without_road = self._without_road()

    def advance_to(self, month: date) -> None:
        """Move from the month before to this one."""
        if month == self.first_month:
            self._start()
        elif month < self.rules["change_of_set"]:
            self._close_some(self.random.choice([0, 1, 1, 2]), month)
        elif month == self.rules["change_of_set"]:
            self._change_set()
        else:
            self._close_due(month)
            if month in self.rules["regressions"]:
                self._regress(month)
            else:
                self._close_some(self._total() - self._wanted(month), month)

    def _start(self) -> None:
        """Under the old set recognised communes meet all 19; others lack more the later they are in line."""
        holding = holders(self.log, "ntm", self.rules["change_of_set"])
        named = [commune for commune in self.queue if commune.short_name in self.rules["nearly_there"]]
        others = [commune for commune in self.queue if commune not in holding and commune not in named]
        fewest, most = self.rules["unmet_others"]
        for place, commune in enumerate(others):
            self._lose(commune, round(fewest + (most - fewest) * place / (len(others) - 1)))
        for commune in named:
            self._lose(commune, self.rules["unmet_named"])

    def _change_set(self) -> None:
        """The set of 2021-2025 asks for more: criteria met before are lost, mostly in recognised communes."""
        wanted = self.rules["unmet_anchors"][0][1]
        for commune in self.without_road:
            if self.rules["roads_unmet"]["criterion"] not in self.unmet[commune]:
                self._lose(commune, 1)
        advanced = holders(self.log, "nang_cao", self.first_month)
        able = [commune for commune in self.queue if commune not in advanced]
        free = [commune for commune in able if commune not in self.deadline]
        bound = [commune for commune in able if commune in self.deadline and not self.unmet[commune]]
        chances = free * 3 + bound
        self.random.shuffle(chances)
        while self._total() < wanted:
            commune = chances.pop()
            if len(self.unmet[commune]) < self.rules["most_unmet"]:
                self._lose(commune, 1)
        self._schedule()

    def _schedule(self) -> None:
        """Give each criterion that must be met by a known month its own month before."""
        start, roads = self.rules["change_of_set"], self.rules["roads_unmet"]
        for commune, day in self.deadline.items():
            unmet = sorted(self.unmet[commune])
            self.random.shuffle(unmet)
            for place, number in enumerate(unmet):
                # The last one stays open almost until the decision: 19 of 19 much earlier would be odd.
                earliest = months_after(day, -2) if place == 0 else months_after(start, 1)
                self.due[commune, number] = self._month_between(earliest, day)
        for commune in self.queue:
            key = (commune, roads["criterion"])
            if commune in self.without_road:
                self.not_before[key] = months_after(roads["date"], 1)
            elif commune not in self.deadline and key[1] in self.unmet[commune]:
                self.due[key] = self._month_between(months_after(start, 6), roads["date"])

    def _close_due(self, month: date) -> None:
        for (commune, number), day in self.due.items():
            if day <= month:
                self.unmet[commune].discard(number)

    def _close_some(self, count: int, month: date) -> None:
        """Meet that many more criteria, the easy ones first."""
        recognised = holders(self.log, "ntm", month)
        for _ in range(count):
            open_now = [
                (commune, number)
                for commune in self.queue
                if commune not in self.deadline and (commune in recognised or len(self.unmet[commune]) > 1)
                for number in sorted(self.unmet[commune])
                if self.not_before.get((commune, number), month) <= month
            ]
            weights = [1 / self.difficulty[number] for _, number in open_now]
            ((commune, number),) = self.random.choices(open_now, weights)
            self.unmet[commune].remove(number)

    def _regress(self, month: date) -> None:
        able = [
            commune
            for commune in self.queue
            if commune not in self.deadline and len(self.unmet[commune]) < self.rules["most_unmet"] - 1
        ]
        commune = self.random.choice(able)
        before = set(self.unmet[commune])
        self._lose(commune, 1, never=self.rules["roads_unmet"]["criterion"])
        for number in self.unmet[commune] - before:
            self.not_before[commune, number] = months_after(month, self.rules["regression_months"])

    def _lose(self, commune: Commune, count: int, never: int | None = None) -> None:
        roads = self.rules["roads_unmet"]
        for _ in range(count):
            able = [number for number in CRITERIA if number not in self.unmet[commune] and number != never]
            if commune in self.without_road and roads["criterion"] in able:
                number = roads["criterion"]
            else:
                if self.deadline.get(commune, date.min) > roads["date"] and roads["criterion"] in able:
                    able.remove(roads["criterion"])
                (number,) = self.random.choices(able, [self.difficulty[number] for number in able])
            self.unmet[commune].add(number)

    def _deadlines(self) -> dict[Commune, date]:
        """The month by which a commune must meet everything: its first decision under the present set."""
        days: dict[Commune, date] = {}
        for event in self.log:
            if event.decision_date > self.rules["change_of_set"]:
                days.setdefault(event.commune, month_end(event.decision_date.year, event.decision_date.month))
        return days

    def _without_road(self) -> list[Commune]:
        """The communes that still lack criterion 2 at the date for which its count was published."""
        busy = {*self.deadline, *self.never, *holders(self.log, "nang_cao", self.first_month)}
        steady = [commune for commune in self.queue if commune not in busy]
        others = self.random.sample(steady, self.rules["roads_unmet"]["communes"] - len(self.never))
        return self.never + others

    def _wanted(self, month: date) -> int:
        """Unmet criteria wanted in a month: on the straight line between the scenario's anchors."""
        anchors: list[tuple[date, int]] = self.rules["unmet_anchors"]
        for (start, before), (end, after) in pairwise(anchors):
            if start <= month <= end:
                share = (month - start).days / (end - start).days
                return round(before + (after - before) * share)
        raise ValueError(f"no anchors around {month}")

    def _total(self) -> int:
        return sum(map(len, self.unmet.values()))

    def _month_between(self, earliest: date, latest: date) -> date:
        first = max(earliest, months_after(self.rules["change_of_set"], 1))
        return self.random.choice(list(month_ends(first, latest)))
