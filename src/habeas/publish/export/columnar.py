"""Tables as Parquet, for programs."""

from __future__ import annotations

import io

from habeas.publish.export.tables import Table


def as_parquet(table: Table) -> bytes:
    """The table as Parquet: whole numbers where a column holds nothing else, text otherwise; no statistics of columns."""
    import polars as pl

    columns = []
    for at, (name, _) in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        told = [cell for cell in cells if cell is not None]
        number = bool(told) and all(isinstance(cell, int) for cell in told)
        columns.append(pl.Series(name, cells, dtype=pl.Int64 if number else pl.String, strict=False))
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
