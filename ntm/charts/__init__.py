"""Frames to figures: plotly figures and the classes of the map. No Streamlit, no SQL, no rules of the programme."""
