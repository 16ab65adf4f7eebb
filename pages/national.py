"""Where does the country stand against 80/40/10? Published figures, each with its source; shares recomputed."""

import streamlit as st

from ntm.charts.national import published_share
from ntm.metrics import national
from ntm.ui import frame, national_view
from ntm.ui.cache import as_day, read
from ntm.ui.language import current_translator

t = current_translator()
st.title(t("national.heading"))
figures = read("published_figures", place="Việt Nam")
targets = read("national_targets")
series = {name: national.series(figures, name) for name in national.SERIES}
found = {name: national.latest(rows, targets, name) for name, rows in series.items()}

national_view.sentences(t, found)
for name, latest in found.items():
    if latest is None:
        continue
    frame.chart(
        t,
        title=t(f"national.chart_{name}"),
        figure=published_share(series[name], latest.target_pct, name, t),
        table=series[name],
        labels=national_view.series_labels(t),
        unit="%",
        as_of=as_day(latest.period_end),
        source=t("national.source"),
        key=f"national_{name}",
    )
national_view.regional_targets(t, targets)
national_view.sources(t, figures)
