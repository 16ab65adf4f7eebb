"""Under the map: how the office's boundary file was matched, unit by unit and polygon by polygon."""

from __future__ import annotations

import streamlit as st

from ntm.formatting import UNKNOWN
from ntm.geo.boundary_report import MatchReport
from ntm.i18n import Translator
from ntm.ui.frame import column_label, data_table
from ntm.ui.geometry import Geometry

_UNITS = ("matched_by", "polygons", "is_repaired", "is_united", "is_aligned", "file_name")
_STRAYS = ("label", "reason", "is_drawn")


def show(t: Translator, geometry: Geometry) -> None:
    """Show a closed drawer with the report; nothing where the map is schematic."""
    report = geometry.report
    if report is None:
        return
    drawer = st.expander(t("boundary.report"), key="boundary_report", on_change="rerun")
    if drawer.open:
        with drawer:
            _counts(t, report)
            _tables(t, report)


def _counts(t: Translator, report: MatchReport) -> None:
    number = t.format.number
    st.markdown(
        t(
            "boundary.report_counts",
            file=report.file,
            polygons=number(report.polygons),
            matched=number(report.matched),
            elsewhere=number(report.elsewhere),
            without_unit=number(report.without_unit),
            known=number(len(report.units) - len(report.missing)),
            units=number(len(report.units)),
        )
    )
    columns = {"code_column": report.code_column or UNKNOWN, "name_column": report.name_column or UNKNOWN}
    st.caption(t("boundary.report_system", system=report.system, **columns))


def _tables(t: Translator, report: MatchReport) -> None:
    if report.is_clean:
        st.success(t("boundary.report_clean"))
    noted = report.noted
    if len(noted):
        st.markdown(f"**{t('boundary.report_units')}**")
        by = {"code": t("boundary.by_code"), "name": t("boundary.by_name"), "": t("boundary.by_none")}
        labels = {
            "unit_code": column_label(t, "admin_unit", "unit_code"),
            "name": t("column.commune"),
            "district_name": t("column.district"),
        }
        labels |= {name: t(f"boundary.{name}") for name in _UNITS}
        data_table(t, noted.assign(matched_by=noted["matched_by"].map(by)), labels, key="boundary_units")
    if len(report.strays):
        st.markdown(f"**{t('boundary.report_strays')}**")
        reasons = {reason: t(f"boundary.{reason}") for reason in report.strays["reason"].unique()}
        strays = report.strays.assign(reason=report.strays["reason"].map(reasons))
        data_table(t, strays, {name: t(f"boundary.{name}") for name in _STRAYS}, key="boundary_strays")
