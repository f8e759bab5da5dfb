"""What an article comes in: plain text, a saved web page, PDF or DOCX, told apart by its first bytes; each to plain text.

HTML and PDF need the extra `read`. DOCX is a zip of XML and is read with what Python has.
"""

from __future__ import annotations

import codecs
import logging
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from charset_normalizer import from_bytes

from habeas.check.lexicon import Phrases, load
from habeas.check.text import tokens
from habeas.errors import CaptureError
from habeas.nouns import Problem

_MOST_HTML = 10_000_000  # bytes of a page; what stands beyond is not read, and said
_MOST_PAGES = 300
_MOST_XML = 50_000_000  # bytes of the text inside a DOCX: a small file can hold a large one
_WALL = 1_500  # characters: a page that is only a notice is short
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_NEEDS_READ = "pip install 'habeas[read]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The plain text of a file, what its metadata say of title and day (ISO, empty where nothing), and what was wrong."""

    text: str
    title: str = ""
    day: str = ""
    paged: bool = False  # a page or document that may print its own day
    problems: tuple[Problem, ...] = ()


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


def given(path: Path, data: bytes | str) -> Given:
    """The plain text that some bytes hold, whatever they come in, or a text as it is; line ends are `\\n`.

    Raises:
        CaptureError: there is no text in it, or it needs what is not installed; the message says what to do.
    """
    if isinstance(data, str):
        return Given(text=_lines(data))
    if data.startswith(b"%PDF-"):
        return _pdf(path, data)
    if data.startswith(b"PK\x03\x04"):
        return _docx(path, data)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise CaptureError(f"{path.name} is an old Word or RTF file; save it as DOCX or as plain text")
    if _HTML.search(data[:4_096]) or (path.suffix.casefold() in (".html", ".htm", ".xhtml") and b"<" in data):
        return _html(path, data)
    return Given(text=_lines(decode(data)))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- web pages ------------------------------------------------------------------------------------------------------


def _html(path: Path, data: bytes) -> Given:
    """The main text of a saved page, its paragraphs as lines; menus, notices and comments are left out."""
    try:
        from trafilatura import bare_extraction, html2txt
    except ImportError:
        raise CaptureError(f"{path.name} is a web page; reading one needs trafilatura: {_NEEDS_READ}") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = decode(data[:_MOST_HTML])
    found: Any = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = _lines(found.text if found is not None and found.text else html2txt(page) or "")
    if _is_wall(text):
        raise CaptureError(
            f"{path.name} holds a notice (cookies, consent, a check of the browser) and no article; "
            "save the page again once the article shows"
        )
    if not text.strip():
        raise CaptureError(f"no text was found in the page {path.name}; save the article's text as plain text")
    cut: tuple[Problem, ...] = ()
    if len(data) > _MOST_HTML:
        what = f"the page has {len(data):,} bytes; only the first {_MOST_HTML:,} were read"
        cut = (Problem(file=path.as_posix(), what=what, do="Save the article alone."),)
    title, day = (found.title or "", found.date or "") if found is not None else ("", "")
    return Given(text=text, title=str(title), day=str(day), paged=True, problems=cut)


@lru_cache(maxsize=1)
def _walls() -> Phrases:
    made = Phrases()
    for phrase in load("walls.yaml")["walls"]:
        made.add(str(phrase), "wall")
    return made


def _is_wall(text: str) -> bool:
    """True where a short page speaks of cookies, consent or scripts at least twice, and of hardly anything else."""
    if not text.strip() or len(text) > _WALL:
        return False
    found = tokens(text)
    return sum(1 for i in range(len(found)) if any(True for _ in _walls().at(found, i))) >= 2


# --- PDF ------------------------------------------------------------------------------------------------------------


def _pdf(path: Path, data: bytes) -> Given:
    """The text of a PDF, its lines joined to paragraphs; a PDF of pictures holds none."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise CaptureError(f"{path.name} is a PDF; reading one needs pypdf: {_NEEDS_READ}") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise CaptureError(f"{path.name} is locked with a password; save it without one")
        pages = len(reader.pages)
        text = "\n\n".join(page.extract_text() for page in reader.pages[:_MOST_PAGES])
        title = str(reader.metadata.title or "") if reader.metadata is not None else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise CaptureError(f"{path.name} cannot be read as a PDF ({error}); save the text as plain text") from None
    text = paragraphs(_lines(text).split("\n"))
    if not text.strip():
        raise CaptureError(
            f"{path.name} holds pictures of its {pages} page{'s' if pages != 1 else ''} and no text; "
            "run it through text recognition (OCR), then check that"
        )
    cut: tuple[Problem, ...] = ()
    if pages > _MOST_PAGES:
        what = f"the PDF has {pages} pages; only the first {_MOST_PAGES} were read"
        cut = (Problem(file=path.as_posix(), what=what, do="Cut it into articles."),)
    return Given(text=text, title=title.strip(), paged=True, problems=cut)


def paragraphs(lines: Iterable[str]) -> str:
    """Printed lines joined to paragraphs: a line that ends no sentence goes on in the next, a word cut in two is mended."""
    rows = [line.strip() for line in lines]
    width = sorted(len(row) for row in rows if row)[-max(1, len(rows) // 10) :][0] if any(rows) else 0
    out: list[str] = []
    open_ = False
    for row in rows:
        if not row:
            open_ = False
            continue
        if open_ and out[-1].endswith(("-", "\u00ad")) and row[:1].islower():
            out[-1] = out[-1][:-1] + row
        elif open_:
            out[-1] = f"{out[-1]} {row}"
        else:
            out.append(row)
        full = len(row) >= 0.6 * width
        open_ = not row.endswith((".", "!", "?", "…", ":")) and full if not row.endswith(("-", "\u00ad")) else True
        open_ = open_ or (full and len(row) >= 0.85 * width)
    return "\n".join(out)


# --- DOCX -----------------------------------------------------------------------------------------------------------


def _docx(path: Path, data: bytes) -> Given:
    """The paragraphs of a DOCX; notes, headers and what was struck out are not in them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if packed.getinfo("word/document.xml").file_size > _MOST_XML:
                raise CaptureError(f"{path.name} holds more than {_MOST_XML:,} bytes of text; cut it into articles")
            inside = packed.read("word/document.xml")
            core = packed.read("docProps/core.xml") if "docProps/core.xml" in packed.namelist() else b""
        body = _xml(inside)
        title = _xml(core).findtext(".//{http://purl.org/dc/elements/1.1/}title") if core else None
    except (zipfile.BadZipFile, KeyError, ET.ParseError, ValueError, NotImplementedError, RuntimeError):
        raise CaptureError(f"{path.name} is no DOCX that can be read; save the text as plain text") from None
    text = "\n".join(filter(None, (_paragraph(p) for p in body.iter(f"{_WORD}p"))))
    return Given(text=text, title=(title or "").strip(), paged=True)


def _xml(data: bytes) -> ET.Element:
    """A part of the file; one with a document type is no DOCX and could unfold without end."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("a document type in a DOCX")
    return ET.fromstring(data)  # noqa: S314 -- no document type, no entities


def _paragraph(element: ET.Element) -> str:
    parts = []
    for node in element.iter():
        if node.tag == f"{_WORD}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            parts.append(" ")
    return "".join(parts).strip()
