"""A drawing as a picture, and its numbers as a table, to take along."""

from __future__ import annotations

import csv
import zlib
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
    return _tight(bytes(vl_convert.svg_to_png(svg, scale=_SCALE)))


def _tight(png: bytes) -> bytes:
    """The same pixels in a fifth of the bytes: whoever draws them spends no time on packing them.

    A PNG is a signature of eight bytes, then chunks: length, name, content, check sum. The pixels are one stream of zlib in
    the chunks called IDAT, which all lie together.
    """
    parts, pixels, at, where = [png[:8]], [], 8, 1
    while at < len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            pixels.append(png[at + 8 : end - 4])
            where = len(parts)
        else:
            parts.append(png[at:end])
        at = end
    packed = b"IDAT" + zlib.compress(zlib.decompress(b"".join(pixels)), level=9)
    parts.insert(where, (len(packed) - 4).to_bytes(4) + packed + zlib.crc32(packed).to_bytes(4))
    return b"".join(parts)


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
