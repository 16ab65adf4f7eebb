"""Forms of offices that both the load and the app know: templates to fill in, and workbooks that the app writes."""

from __future__ import annotations

from pathlib import Path

SHARED_FORMS = Path(__file__).parent
"""Folder of their descriptions; what one holds is told in etl/template/schema.py."""
