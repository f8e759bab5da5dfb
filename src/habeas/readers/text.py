"""Bytes to text: which encoding a file is in, found or told, and said aloud where it was a guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from habeas.nouns import Problem

LOST = "\ufffd"  # stands where bytes were no text
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets of the region save; a wider choice makes short lists look like Chinese.
_GUESSES = ["cp1251", "cp1250", "cp1252", "koi8_r", "koi8_u", "iso8859_5", "iso8859_2", "iso8859_1", "cp866"]
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DO = 'if that is wrong, write encoding = "..." in book.toml; best is to save the file as UTF-8'


def decode(data: bytes, *, file: str, encoding: str | None = None) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None where it is no text; a guessed encoding is a Problem that names it."""
    if encoding is not None:
        return _as_told(data, file, encoding)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _as_marked(data, file, name)
    if data.count(0) * 10 > len(data):
        return _guessed_wide(data, file)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        if _mostly_utf8(data):
            line = data[: fault.start].count(b"\n") + 1
            what = f"bytes in line {line} are not UTF-8, though the rest is"
            do = "The cells with such bytes are left out; correct them in the file"
            return data.decode("utf-8", errors="replace"), [Problem(file=file, row=line, what=what, do=do)]
    return _guessed(data, file)


def _as_told(data: bytes, file: str, encoding: str) -> tuple[str | None, list[Problem]]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), []
    except UnicodeError as fault:
        start = getattr(fault, "start", 0)
        line = data[:start].count(b"\n") + 1
        what = f"the file is not {encoding}, as book.toml says (byte {start}, line {line})"
        return None, [Problem(file=file, what=what, do="Correct or delete `encoding` in book.toml")]


def _as_marked(data: bytes, file: str, name: str) -> tuple[str | None, list[Problem]]:
    try:
        return data.decode(name), []
    except UnicodeError:
        what = f"the file begins as {name.upper()} but goes on otherwise; it may be cut off"
        return None, [Problem(file=file, what=what, do="Save it again as UTF-8")]


def _guessed_wide(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """UTF-16 without its mark: every second byte of plain text is zero."""
    name = "utf-16-le" if data[1::2].count(0) >= data[0::2].count(0) else "utf-16-be"
    try:
        text = data.decode(name)
    except UnicodeError:
        return _no_text(file)
    if _CONTROLS.search(text):
        return _no_text(file)
    return text, [Problem(file=file, what=f"the file is not UTF-8; it was read as {name}", do=_sentence(_DO))]


def _mostly_utf8(data: bytes) -> bool:
    """True where broken bytes are few beside whole characters of several bytes: another encoding has hardly any."""
    text = data.decode("utf-8", errors="replace")
    whole = sum(1 for sign in text if sign > "\x7f" and sign != LOST)
    return whole >= 10 * text.count(LOST)


def _guessed(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    for found in from_bytes(data, cp_isolation=_GUESSES):
        text = str(found)
        if not _CONTROLS.search(text):
            what = f"the file is not UTF-8; it was read as {found.encoding}"
            return text, [Problem(file=file, what=what, do=_sentence(_DO))]
    return _no_text(file)


def _no_text(file: str) -> tuple[None, list[Problem]]:
    what = "the file is not text in UTF-8 or in an encoding that can be recognised"
    return None, [Problem(file=file, what=what, do='Save it as UTF-8, or write encoding = "..." in book.toml')]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
