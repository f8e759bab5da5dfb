"""An export for machines: tables, linked data, a codebook, what changed, and what it all is, with checksums."""

from habeas.publish.export.exporting import FORMATS, export_data

__all__ = ["FORMATS", "export_data"]
