"""Bytes to text: which encoding a file is in, found or told, and said aloud where it was a guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

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
# What the world's spreadsheets save, the commonest first, with the languages that are written in each: tried where the
# headings can tell whether a decoding is right.
_WORLD = {
    "gb18030": "zh", "big5hkscs": "zh-Hant", "cp950": "zh-Hant", "cp932": "ja", "euc_jp": "ja", "cp949": "ko",
    "cp1251": "ru be uk bg sr mk kk ky tg mn", "cp1256": "ar fa ur ps ckb ug", "cp1252": "en es fr pt de it sw id ms nl",
    "cp1250": "pl cs sk hu ro hr bs sq", "cp1254": "tr az ku ku-Latn", "cp1257": "lt lv et", "cp1253": "el",
    "cp1255": "he", "cp874": "th", "cp1258": "vi", "koi8_u": "uk", "koi8_r": "ru", "cp866": "ru", "iso8859_5": "ru",
    "iso8859_6": "ar", "iso8859_9": "tr", "iso8859_2": "pl cs hu", "cp852": "pl cs hu", "cp850": "es fr pt",
    "mac_cyrillic": "ru uk", "mac_roman": "es fr pt it", "mac_turkish": "tr", "mac_latin2": "pl cs hu", "mac_greek": "el",
    "ptcp154": "kk", "kz1048": "kk", "johab": "ko", "euc_kr": "ko",
}  # fmt: skip
Judge = Callable[[str], tuple[float, str | None]]  # how well a decoding shows headings, and of which language
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DO = 'if that is wrong, write encoding = "..." in book.toml; best is to save the file as UTF-8'


def decode(
    data: bytes, *, file: str, encoding: str | None = None, judge: Judge | None = None
) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None where it is no text; a guessed encoding is a Problem that names it.

    With a `judge` of headings, the decoding whose headings are known wins over what the bytes look like.
    """
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
    judged = None if judge is None else _by_headings(data, judge)
    if judged is not None:
        text, name = judged
        return text, [Problem(file=file, what=f"the file is not UTF-8; it was read as {name}", do=_sentence(_DO))]
    return _guessed(data, file)


def _by_headings(data: bytes, judge: Judge) -> tuple[str, str] | None:
    """The text and encoding of the decoding that shows most headings of its own language; None where none shows any."""
    best: tuple[tuple[float, bool, int, int], str, str] | None = None
    for order, (name, languages) in enumerate(_WORLD.items()):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        if _CONTROLS.search(text):
            continue
        known, language = judge(text)
        fit = (known, language in languages.split(), -_odd(text), -order)
        if best is None or fit > best[0]:
            best = (fit, text, name)
    return None if best is None or best[0][0] == 0 else (best[1], best[2])


def _odd(text: str) -> int:
    """How many signs of a text stand where no writing has them: a capital inside of a word, a symbol between letters."""
    signs = sum(
        1
        for a, b, c in zip(text, text[1:], text[2:], strict=False)
        if b > "\x7f" and not b.isalnum() and a.isalpha() and c.isalpha()
    )
    return signs + sum(1 for a, b in zip(text, text[1:], strict=False) if a.islower() and b.isupper())


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
