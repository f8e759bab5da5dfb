"""Characters that nobody sees: those that turn the reading direction around, that have no width, that control a terminal.

With one of them a text can be made to look like another. The joiners that some scripts are written with stay where such a
script is written, and nowhere else.
"""

from __future__ import annotations

import re

_LINES = "\x0b-\r\x1c-\x1f\x85\u2028\u2029"  # they part words
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufff9-\ufffb"
_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_WIDTH = "\xad\u200b\u2060-\u2065\u206a-\u206f\ufeff\U000e0000-\U000e00ff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
_JOINERS = "\u180e\u200c\u200d"
_JOINED = re.compile(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc\U00011000-\U000117ff]"
)
UNSEEN = re.compile(f"[{_LINES}{_CONTROLS}{_TURNS}{_NO_WIDTH}{_JOINERS}]")
_PARTING, _DANGEROUS = re.compile(f"[{_LINES}]"), re.compile(f"[{_LINES}{_CONTROLS}{_TURNS}]")


def _meant(found: re.Match[str]) -> bool:
    """True for a joiner after a letter of a script that is written with it."""
    at = found.start()
    return found[0] in _JOINERS and at > 0 and _JOINED.match(found.string, at - 1) is not None


def dropped(text: str) -> str:
    """A text that comes in, without what nobody sees; what ends a line there parts words as a space does."""
    if UNSEEN.search(text) is None:
        return text
    return UNSEEN.sub(lambda m: m[0] if _meant(m) else " " if _PARTING.match(m[0]) else "", text)


def shown(text: str) -> str:
    """A text as it goes out: U+FFFD in place of what controls or turns, and nothing in place of what has no width."""
    if UNSEEN.search(text) is None:
        return text
    return UNSEEN.sub(lambda m: m[0] if _meant(m) else "\ufffd" if _DANGEROUS.match(m[0]) else "", text)
