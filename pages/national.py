"""Where does the country stand against 80/40/10? Published figures, each with its source; shares recomputed."""

import streamlit as st

from ntm.metrics import national
from ntm.ui import national_view
from ntm.ui.cache import derived, read
from ntm.ui.language import current_translator
from ntm.ui.sections import choose_section, show_section

t = current_translator()
st.title(t("national.heading"))
every, targets = read("published_figures", place=None), read("national_targets")
series = derived(national.every_series, "published_figures", place="Việt Nam")
found = {name: national.latest(rows, targets, name) for name, rows in series.items()}

quoted = derived(national.quoted, "published_figures", place=None)
national_view.sentences(t, found, quoted, national.with_latest(targets, every))
show_section("national", choose_section(t, "national"), t, every, targets)
