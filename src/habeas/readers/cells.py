"""One cell: what is text in it, and what is not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from habeas.names import dropped

LONGEST = 100_000  # characters in a cell
LONGEST_NAME = 300
_DASHES = frozenset({"-", "–", "—", "−", "--"})
# A telephone number (+375 29 ...) and a negative number are none; +1+cmd|... is.
_FORMULA = re.compile(r"[=@]|[+\-](?:\d[\d.]*[+\-*/])*(?:[^\W\d_]|\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as text: cleaned, and as found; `marks` where control characters or direction marks were taken out.

    `unread` where it could not be read at all: it then says nothing, which is not the same as being empty.
    """

    text: str
    found: str
    marks: bool = False
    unread: bool = False

    @property
    def empty(self) -> bool:
        return self.text == "" or self.text in _DASHES

    @property
    def formula(self) -> bool:
        """True where a spreadsheet would run it instead of showing it."""
        return _FORMULA.match(self.text) is not None


def clean(found: str) -> Cell:
    """The cell without control characters and direction marks, in composed form (NFC), runs of spaces as one.

    A mark that turns the reading direction can make one name look like another; what was found is kept beside it.
    """
    if found.isascii() and found.isprintable() and "  " not in found:
        text = found.strip()
        return Cell(text=text, found=text)
    kept = dropped(found)
    text = " ".join(unicodedata.normalize("NFC", kept).split())
    return Cell(text=text, found=found.strip(), marks=len(kept) < len(found))


def shortened(value: str, length: int = 80) -> str:
    """A value as a Problem shows it."""
    return value if len(value) <= length else f"{value[:length]}… ({len(value):,} characters)"


def letters(text: str) -> int:
    return sum(1 for sign in text if sign.isalpha())
