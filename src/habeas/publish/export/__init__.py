"""An export for machines: tables, linked data, a codebook, what changed, and what it all is, with checksums."""

from habeas.publish.export.exporting import FORMATS, codebook, export_data
from habeas.publish.export.spreadsheets import as_csv
from habeas.publish.export.tables import Table, tables

__all__ = ["FORMATS", "Table", "as_csv", "codebook", "export_data", "tables"]
