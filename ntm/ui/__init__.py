"""The only part that knows Streamlit: shell, filters, cached reads, charts with their captions, sources."""
