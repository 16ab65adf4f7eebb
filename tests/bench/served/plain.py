"""The overview's figures and charts as a plain Streamlit page: what an analyst would write in an afternoon.

No language, no navigation, no table twins, no way to the cells. The dashboard's overview is measured beside it.
"""

import os
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from ntm.charts.standing import criteria_mean_over_time, standing_by_district, standing_over_time
from ntm.i18n import translator
from ntm.warehouse import query_text

PROVINCE = "93"
t = translator("vi")


@st.cache_resource
def connection() -> duckdb.DuckDBPyConnection:
    folder = Path(os.environ["NTM_WAREHOUSE"])
    return duckdb.connect(str(folder / (folder / "current").read_text().strip()), read_only=True)


@st.cache_data
def read(query: str, **values: str | date) -> pd.DataFrame:
    return connection().cursor().execute(query_text(query), values).df()


st.set_page_config(layout="wide")
st.title("Hậu Giang")

months = read("standing_by_month", unit=PROVINCE)
labels = {f"{day:%m/%Y}": day.date() for day in months["period_end"][::-1]}
month = labels[st.selectbox("Tháng", list(labels))]
row = months[months["period_end"] == pd.Timestamp(month)].iloc[0]

figures = {
    "Xã đạt chuẩn NTM": row["ntm_communes"],
    "Xã NTM nâng cao": row["nang_cao_communes"],
    "Xã NTM kiểu mẫu": row["kieu_mau_communes"],
    "Bình quân tiêu chí/xã": round(row["criteria_met_mean"], 1),
    "Xã dưới 15 tiêu chí": row["communes_below_15"],
    "Số xã": row["communes"],
}
for column, (label, value) in zip(st.columns(6), figures.items(), strict=True):
    column.metric(label, value)

targets = read("targets", unit=PROVINCE, month=month)
districts = read("standing_by_district", province=PROVINCE, month=month)
left, right = st.columns(2)
left.subheader("Số xã giữ mỗi chuẩn theo tháng")
left.plotly_chart(standing_over_time(months, targets, month, t))
right.subheader("Bình quân tiêu chí/xã")
right.plotly_chart(criteria_mean_over_time(months, t))
st.subheader("Số xã theo chuẩn cao nhất ở từng huyện")
st.plotly_chart(standing_by_district(districts, t))
