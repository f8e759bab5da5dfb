"""Characters that nobody sees: every one of Unicode, whatever stands around it."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from habeas.names import dropped, shown

# Format characters with a width of their own, which scripts print, and variation selectors' kin are not among them.
SEEN = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
EGYPTIAN = range(0x13430, 0x13460)
ALL = [
    chr(c)
    for c in range(sys.maxunicode + 1)
    if unicodedata.category(chr(c)) in ("Cc", "Cf", "Zl", "Zp", "Cs") and c not in SEEN and c not in EGYPTIAN
]
KEPT = "\t\n"


@pytest.mark.parametrize("around", ["Person A", "Асоба", "名", "שם"])
def test_no_character_that_nobody_sees_comes_in_or_goes_out(around: str) -> None:
    for sign in ALL:
        if sign not in KEPT:
            text = f"{around}{sign}{around}"
            assert sign not in dropped(text), hex(ord(sign))
            assert sign not in shown(text), hex(ord(sign))
            assert "".join(dropped(text).split()) == "".join((around + around).split())


def test_what_is_seen_stays_as_it_is() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if unicodedata.category(sign)[0] in "LMNPS" or sign in KEPT or sign == " ":
            assert dropped(sign) == shown(sign) == sign


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "ශ්\u200dරී", "ക്\u200d", "ᠠ\u180e"])
def test_joiners_stay_in_the_scripts_that_are_written_with_them(word: str) -> None:
    assert dropped(word) == shown(word) == word


def test_what_steers_is_shown_and_what_has_no_width_is_not() -> None:
    assert shown("A\u202eB\x1b[2J\u200bC\xad") == "A\ufffdB\ufffd[2JC"
    assert dropped("A\u202eB\u2028C") == "AB C"
