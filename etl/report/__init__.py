"""The marked-up report of a check: a copy of each workbook with its findings on the cells, and a summary.

The office opens it, goes from finding to finding, mends the cells in the copy and sends that back: the summary and the
marks are passed over when it is read, and replaced when it is checked again. The workbook itself is never touched.
"""

from __future__ import annotations

from etl.report.write import ReportTarget, report_target, write_report

__all__ = ["ReportTarget", "report_target", "write_report"]
