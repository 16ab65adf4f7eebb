"""The empty page that the others are measured against: what main script, navigation and Streamlit cost alone."""

import streamlit as st

st.title("x")
