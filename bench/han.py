"""Writes the table of Chinese characters that names are read by, from the Unihan database of Unicode.

python bench/han.py FOLDER     a folder with Unihan_Readings.txt and Unihan_Variants.txt (or .bz2, as Debian has them)
"""

from __future__ import annotations

import bz2
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from habeas.names.scripts import syllable

TABLE = Path(__file__).parent.parent / "src" / "habeas" / "names" / "han.csv"
# A character that no dictionary of names or common words has is not worth its line.
COMMON = {"kHangul", "kTGHZ2013", "kHanyuPinlu", "kKorean"}
HEAD = """\
# Chinese characters: character, Mandarin (pinyin without tones), Cantonese and Korean reading, simplified form.
# Derived from the Unihan database of Unicode 15.1 (kMandarin, kCantonese, kHangul, kSimplifiedVariant) by bench/han.py.
# Copyright (c) 1991-2023 Unicode, Inc. Used under the Unicode License v3: permission is granted, free of charge, to any
# person obtaining a copy of the Unicode data files to deal in them without restriction, provided that this copyright
# and permission notice appear with all copies. The data is provided "as is", without warranty of any kind.
# Terms: https://www.unicode.org/copyright.html; the data has been modified as said above.
character,mandarin,cantonese,korean,simplified
"""


def entries(folder: Path, name: str) -> Iterator[tuple[str, str, str]]:
    plain, packed = folder / f"{name}.txt", folder / f"{name}.txt.bz2"
    text = plain.read_text(encoding="utf-8") if plain.exists() else bz2.decompress(packed.read_bytes()).decode()
    for line in text.splitlines():
        if line.startswith("U+"):
            code, prop, value = line.split("\t")
            yield chr(int(code.removeprefix("U+"), 16)), prop, value


def mandarin(value: str) -> str:
    toned = unicodedata.normalize("NFD", value.split(maxsplit=1)[0]).replace("u\u0308", "v")
    return "".join(c for c in toned if not unicodedata.combining(c))


def cantonese(value: str) -> str:
    """Jyutping in the letters of Hong Kong names: j is y, z and c are ch."""
    sound = re.sub(r"\d", "", value.split(maxsplit=1)[0]) if value else ""
    sound = re.sub("^j", "", sound) if sound.startswith("jy") else re.sub("^j", "y", sound)
    return re.sub("^[zc]", "ch", sound).replace("oe", "eu").replace("eo", "eu").replace("aa", "a")


def korean(value: str) -> str:
    """The reading used in names where Unihan marks one, else the one taught at school."""
    readings = [one.split(":") for one in value.split()]
    for wanted in ("N", "E", ""):
        for reading, marks in readings:
            if wanted in marks:
                return syllable(reading)
    return ""


def main() -> None:
    folder = Path(sys.argv[1])
    found: dict[str, dict[str, str]] = {}
    for character, prop, value in entries(folder, "Unihan_Readings"):
        found.setdefault(character, {})[prop] = value
    simpler: dict[str, str] = {}
    for character, prop, value in entries(folder, "Unihan_Variants"):
        forms = [chr(int(one.removeprefix("U+"), 16)) for one in value.split() if prop == "kSimplifiedVariant"]
        if forms and character not in forms:
            simpler[character] = forms[0]
    lines = [
        f"{c},{mandarin(said['kMandarin'])},{cantonese(said.get('kCantonese', ''))},{korean(said.get('kHangul', ''))},"
        f"{simpler.get(c, '')}"
        for c, said in sorted(found.items())
        if "kMandarin" in said and COMMON & set(said)
    ]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
