"""The domain of the New Rural Development dashboard: usable from a notebook, without Streamlit."""
