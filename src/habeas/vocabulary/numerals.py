"""Numbers as Chinese writes them: figure by figure (二〇二一) or with tens (二十一, 廿一)."""

from __future__ import annotations

_FIGURES = {sign: number for number, signs in enumerate(("〇零○", "一", "二两兩", *"三四五六七八九")) for sign in signs}
HAN_DIGITS = "".join(_FIGURES) + "十廿卅"


def han_number(text: str) -> int:
    """The number that a text of `HAN_DIGITS` is, below a hundred where it has tens."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    number = int("".join(str(_FIGURES[sign]) for sign in ones) or "0")
    return number + (10 * (han_number(tens) if tens else 1) if ten else 0)
