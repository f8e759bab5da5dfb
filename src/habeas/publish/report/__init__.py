"""Reports for people who decide: two pages or in full, as PDF for the archive or one HTML page."""

from habeas.publish.report.reporting import write_report

__all__ = ["write_report"]
