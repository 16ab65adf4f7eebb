"""What a newer snapshot changed of a saved deck: figure by figure, with the cells of both."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ntm.errors import NtmError
from ntm.i18n import Translator
from ntm.reports.deck.changes import Change, changes, places
from ntm.reports.deck.choice import Choice
from ntm.reports.deck.model import Deck, Figure
from ntm.saved import Saved
from ntm.settings import settings
from ntm.ui import frame
from ntm.ui.cache import snapshot
from ntm.ui.conference_deck import deck_at
from ntm.ui.frozen import build_text, freeze, is_current, thaw
from ntm.warehouse import current_path

_CELLS_SHOWN = 3
COLUMNS = ("what", "before", "now", "meaning", "slide", "cells_before", "cells_now")


def show(t: Translator, opened: Saved, choice: Choice) -> None:
    """Say whether the current figures are still those of the deck; list the differences and offer either snapshot.

    When the snapshot of the deck is kept no more, that is said, and nothing is compared.
    """
    newest = current_path(settings().warehouse_folder).stem
    if is_current(opened.snapshot):
        st.caption(t("conference.unchanged_snapshot", build=build_text(t, opened.snapshot)))
        return
    try:
        with st.spinner(t("conference.comparing")):
            before = deck_at(opened.snapshot, t, choice)
            now = deck_at(newest, t, choice)
    except NtmError as error:
        st.warning(t(error.key, **error.values))
        return
    found = changes(before, now)
    told = {"then": build_text(t, opened.snapshot), "now": build_text(t, newest)}
    if not found:
        st.info(t("conference.same_figures", **told))
    else:
        st.warning(t("conference.changed", count=t.format.number(len(found)), **told))
        labels = {name: t(f"conference.column_{name}") for name in COLUMNS}
        frame.data_table(t, table(t, found, before, now), labels, key="deck_changes")
    if snapshot().build_id == opened.snapshot:
        st.button(t("conference.take_current"), key="deck_take_current", on_click=thaw)
    else:
        st.button(t("conference.take_frozen"), key="deck_take_frozen", on_click=freeze, args=(opened.snapshot,))


def table(t: Translator, found: Sequence[Change], before: Deck, now: Deck) -> pd.DataFrame:
    """Return a row for each change: slide, what, meaning, before, now, cells_before, cells_now."""
    old, new = places(before), places(now)
    rows = []
    for change in found:
        place = new.get(change.key) or old[change.key]
        told = change.now or change.before
        rows.append(
            {
                "slide": place.slide,
                "what": place.label,
                "meaning": told.definition if told else "",
                "before": change.before.text if change.before else t("conference.not_there"),
                "now": change.now.text if change.now else t("conference.not_there"),
                "cells_before": _cells(t, change.before),
                "cells_now": _cells(t, change.now),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _cells(t: Translator, figure: Figure | None) -> str | None:
    """Return the first cells of a figure and how many there are more; None where it is worked out of other figures."""
    if figure is None or not figure.cells:
        return None
    more = len(figure.cells) - _CELLS_SHOWN
    shown = "; ".join(map(str, figure.cells[:_CELLS_SHOWN]))
    return shown + (f"; {t('conference.more_cells', count=t.format.number(more))}" if more > 0 else "")
