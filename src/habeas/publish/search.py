"""Search over the list of cases without a server: an index that the page's own script reads.

Every name is folded beforehand by `habeas.names.folds`, and the script folds what is typed by the same tables, so that
Беляцкий finds Bialiatski. The index is a script rather than a JSON file because a browser that opens a page from a USB
stick may read the one and not the other. Nothing is in it that is not on the pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from habeas.names import LETTERS, RULES, folds

_BREAK = re.compile(r"[\s\-‐‑–,.()·]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u052f\u1e00-\u1eff]")  # letters that are neither Latin nor Cyrillic
_BETWEEN = "\t"  # stands in no name: pages hold no control characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A case as it can be found: its page, its names, which of them each language shows, and its facets' values."""

    path: str
    names: tuple[str, ...]
    shown: Mapping[str, int]
    facets: Mapping[str, tuple[str, ...]]


def index(entries: Iterable[Entry]) -> bytes:
    """The index of cases in their order.

    Words are folds in ascending order, each with the cases it stands in, as steps from one to the next in base 36;
    facets are their values with the cases of each in the same way.
    """
    entries = list(entries)
    words: dict[str, list[int]] = {}
    facets: dict[str, dict[str, list[int]]] = {}
    for number, entry in enumerate(entries):
        for word in dict.fromkeys(w for name in entry.names for w in _words(name)):
            words.setdefault(word, []).append(number)
        for facet, values in entry.facets.items():
            for value in dict.fromkeys(values):
                facets.setdefault(facet, {}).setdefault(value, []).append(number)
    found = {
        "paths": _BETWEEN.join(e.path for e in entries),
        "names": "\n".join(_BETWEEN.join(e.names) for e in entries),
        "shown": {tag: _shown(entries, tag) for tag in (entries[0].shown if entries else ())},
        "words": " ".join(sorted(words)),
        "cases": " ".join(_steps(words[word]) for word in sorted(words)),
        "facets": {
            facet: [[value, _steps(cases)] for value, cases in sorted(values.items(), key=lambda p: (-len(p[1]), p[0]))]
            for facet, values in facets.items()
        },
        "letters": LETTERS,
        "rules": RULES,
    }
    told = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    # Ends of lines that JSON allows within a text and older scripts do not.
    return f"window.habeas={told.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')};\n".encode()


def script() -> bytes:
    """The script of the page."""
    return files("habeas.publish").joinpath("templates", "search.js").read_text(encoding="utf-8").encode("utf-8")


def _words(name: str) -> Iterable[str]:
    """The folds of a name's words; a word in a script without tables of its own also as it is written."""
    for word in _BREAK.split(name):
        yield from folds(word)
        if _OTHER_SCRIPT.search(word):
            yield f"={word.casefold()}"


def _shown(entries: Sequence[Entry], tag: str) -> str:
    return " ".join(str(e.shown[tag]) for e in entries)


def _steps(cases: Sequence[int]) -> str:
    """Ascending numbers as the steps between them, in base 36."""
    return ",".join(_base36(b - a) for a, b in zip((0, *cases), cases, strict=False))


def _base36(n: int) -> str:
    digits = ""
    while True:
        n, rest = divmod(n, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not n:
            return digits
