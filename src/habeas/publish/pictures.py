"""A drawing as a picture, and its numbers as a table, to take along."""

from __future__ import annotations

import csv
from functools import lru_cache
from io import StringIO

import vl_convert

from habeas.dates import PartialDate
from habeas.nouns import Phrase
from habeas.publish.figures import Figure

_SCALE = 1.5  # 800 pixels of a wide drawing make 1,200


@lru_cache(maxsize=64)
def as_png(svg: str) -> bytes:
    """The drawing as a PNG on white paper; vl-convert carries the fonts, so no machine draws another one."""
    return bytes(vl_convert.svg_to_png(svg, scale=_SCALE))


def as_csv(figure: Figure) -> bytes:
    """The numbers of a chart in English and ISO dates, with the addresses of the sources; no cell can be a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [str(h) for h in figure.heads]
    sourced = any(row.notes is not None for row in figure.rows)
    writer.writerow(heads if not sourced or len(heads) > len(figure.rows[0].cells) else [*heads, "Sources"])
    for row in figure.rows:
        cells = [_plain(c) for c in row.cells]
        if sourced:
            cells.append(" ".join(n.url for n in row.notes or () if n.url))
        writer.writerow(cells)
    return out.getvalue().encode("utf-8")


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, PartialDate):
        return cell.text
    text = str(cell)
    shut = isinstance(cell, str) and not isinstance(cell, Phrase) and text[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{text}" if shut else text
