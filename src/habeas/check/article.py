"""Reading an article: bytes to text, the optional head block, the language it is written in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from charset_normalizer import from_bytes

from habeas.check.language import language_of
from habeas.dates import PartialDate
from habeas.errors import CaptureError
from habeas.nouns import Article

_HEAD_LINE = re.compile(r"([A-Za-z][A-Za-z_ -]{0,30}):(?:[ \t]+(.*))?")
_MOST_HEAD_LINES = 40

def decode(data: bytes) -> str:
    """The text of some bytes: UTF-8 or UTF-16 with its mark, else the encoding that fits best (cp1251 and others)."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data[:65_536]).best()
        return data.decode(best.encoding if best is not None else "latin-1", errors="replace")


def _head(text: str) -> tuple[Mapping[str, str], str]:
    """The head block (`key: value` lines up to a line `---`) and the body; no head where a line is anything else."""
    fields: dict[str, str] = {}
    at = 0
    for _ in range(_MOST_HEAD_LINES):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)].rstrip()
        if line == "---":
            return fields, text[end + 1 :] if end >= 0 else ""
        match = _HEAD_LINE.fullmatch(line[:2000])
        if match is None or end < 0:
            break
        fields[match[1].strip().casefold()] = (match[2] or "").strip()
        at = end + 1
    return {}, text


def _day(text: str) -> date | None:
    """The day that begins a `published` field, where one whole day stands there."""
    match = re.match(r"\d{4}-\d{2}-\d{2}(?![\d/])", text)
    if match is None:
        return None
    try:
        return PartialDate.parse(match.group()).earliest
    except ValueError:
        return None


def read_article(path: Path, data: bytes, *, published: date | None) -> Article:
    """The article that some bytes hold: plain text, with an optional head block of `key: value` lines up to `---`.

    Offsets count characters of the body after that line, with line ends as `\\n`. The day of publication is the one
    given, else the head's `published`; where both are missing, `check_article` looks for an event on record.

    Raises:
        CaptureError: there is no text in it.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _head(text)
    if not body.strip():
        raise CaptureError(f"{path.name} holds no text to check; give an article as plain text")
    if published is not None:
        came = "as given"
    else:
        told = fields.get("published", "")
        published = _day(told)
        came = "from the head of the article" if published is not None else ""
        if published is None and told:
            came = f"`published: {told[:60]}` in the head of the article names no day"
    first = next((line.strip() for line in body.split("\n", 50) if line.strip()), "")
    return Article(
        path=path,
        title=fields.get("title") or first[:160],
        text=body,
        published=published,
        published_from=came,
        language=fields.get("language") or language_of(body),
    )
