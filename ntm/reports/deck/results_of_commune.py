"""Results of a commune: the standard that it holds, its decisions, and its criteria at the latest report."""

from __future__ import annotations

from ntm.model import is_missing
from ntm.reports.deck.commune import commune_row
from ntm.reports.deck.model import Slide
from ntm.reports.deck.writing import Writer, word


def slides(w: Writer) -> tuple[Slide, ...]:
    """Return the commune's standing with the table of its decisions."""
    t, row = w.t, commune_row(w)
    if row is None:
        return (w.slide("standing", t("deck.results.title"), missing=t("deck.commune.none", day=w.day)),)
    standard, name = str(word(t, "highest", row["standard"])), w.material.unit.name
    decisions = w.read("commune_recognitions", unit=w.material.unit.code, month=w.month)
    listed = [
        (
            word(t, "standard", item["standard"]),
            word(t, "event_name", item["event"]),
            None if is_missing(item["result_year"]) else str(int(item["result_year"])),
            None if is_missing(item["decision_no"]) else str(item["decision_no"]),
            t.format.day(item["decision_date"]),
        )
        for item in decisions.to_dict("records")
    ]
    if row["standard"] == "unknown":
        title = w.title("deck.results.commune_title", name=name, standard=standard)
        return (w.slide("standing", title, missing=t("deck.results.commune_unknown", name=name, day=w.day)),)
    said = [w.say("standard", "deck.results.commune_say", name=name, standard=standard, day=w.day)]
    if not len(decisions):
        said.append(w.say("no_decision", "commune.no_decision"))
    else:
        count = w.number("decisions", len(decisions), t("deck.results.decisions_definition"), decisions)
        said.append(w.say("decisions", "deck.results.decisions", count=count, day=w.day))
    head = w.head("standard", "event", "result_year", "decision", "decided_on")
    title = w.title("deck.results.commune_title", name=name, standard=standard)
    return w.pages("standing", title, head, listed, said)
