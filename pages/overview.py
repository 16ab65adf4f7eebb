"""Where do we stand against 2025? In sentences first, then figures that open to their cells, then two charts."""

import streamlit as st

from ntm.charts.standing import criteria_mean_over_time, standing_by_district, standing_over_time
from ntm.metrics.changes import changes
from ntm.metrics.payments import disbursement
from ntm.metrics.standing import standing_at
from ntm.metrics.targets import with_status
from ntm.ui import frame, overview
from ntm.ui.cache import read
from ntm.ui.filters import place_and_month
from ntm.ui.language import current_translator

t = current_translator()
top, bar = frame.page_top(t("overview.title"))
with bar:
    place = place_and_month(t)
frame.header(t, top, t("overview.heading", place=place.name), place.month)

months = read("standing_by_month", unit=place.unit)
standing = standing_at(months, place.month)
targets = with_status(read("targets", unit=place.unit, month=place.month), place.month)
money = disbursement(read("funding", unit=place.unit, month=place.month), place.month.year, place.month)
earlier = place.earlier_month
changed = changes(read("commune_changes", earlier=earlier, **place.scope)) if earlier else None

overview.sentences(t, place, standing, targets, money, changed)
overview.figures(t, place, standing, money)

left, right = st.columns(2)
with left:
    if months["ntm_communes"].notna().any():
        frame.chart(
            t,
            title=t("overview.over_time", place=place.name),
            figure=standing_over_time(months, targets, place.month, t),
            table=months,
            labels=overview.month_labels(t),
            unit=t("unit.communes"),
            as_of=place.month,
            source=t("overview.source_standing"),
            key="standing_over_time",
        )
    else:
        st.info(t("overview.no_recognitions"))
with right:
    frame.chart(
        t,
        title=t("overview.mean_over_time"),
        figure=criteria_mean_over_time(months, t),
        table=overview.with_set_names(t, months),
        labels=overview.mean_labels(t),
        unit=t("unit.criteria"),
        as_of=place.month,
        source=t("overview.source_criteria"),
        key="criteria_mean_over_time",
    )
if place.district is None:
    districts = read("standing_by_district", province=place.province, month=place.month)
    frame.chart(
        t,
        title=t("overview.by_district"),
        figure=standing_by_district(districts, t),
        table=districts,
        labels=overview.district_labels(t),
        unit=t("unit.communes"),
        as_of=place.month,
        source=t("overview.source_standing"),
        key="standing_by_district",
    )
