"""How lists print where somebody is: in custody, freed, dead; as words, for the guess of a first book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from habeas.nouns import Means
from habeas.readers.lexicon import folded, phrases

_PARTED = re.compile(r"[,;/()，、；（）،؛]+|\s[-–—]\s")
_AROUND = " .,;:!()[]-–—،，。（）："


@cache
def _known() -> Mapping[str, Means]:
    """Each phrase as it may fill a cell by itself; one that is two standings in two languages is left to a person."""
    found: dict[str, set[str]] = {}
    for keys in phrases("standing").values():
        for means, words in keys.items():
            for word in words:
                found.setdefault(folded(word), set()).add(means)
    return {phrase: Means(means.pop()) for phrase, means in found.items() if len(means) == 1}


@cache
def _stages() -> frozenset[str]:
    """How far a trial is, which says nothing of where somebody is."""
    return frozenset(folded(word) for keys in phrases("stage").values() for words in keys.values() for word in words)


def standing(printed: str) -> Means | None:
    """What a status as printed means, or None where it is not known.

    Only a whole cell counts, never a word in it; beside a standing it may say how far the trial is ("in custody, on trial").
    """
    whole = _known().get(folded(printed))
    parts = [folded(part) for part in _PARTED.split(printed) if part.strip()]
    if whole is not None or len(parts) < 2:
        return whole
    told = {_known()[part] for part in parts if part in _known()}
    apart = all(part in _known() or part in _stages() for part in parts)
    return told.pop() if apart and len(told) == 1 else None


def rests(printed: str) -> Iterator[tuple[Means, str]]:
    """(standing, the rest of the cell) where a cell begins or ends with a standing: "Released 12 May 2021"."""
    for cut in range(1, len(printed)):
        if printed[cut - 1].isalpha() and printed[cut].isalpha() and printed[cut].isascii():
            continue
        for said, beside in ((printed[:cut], printed[cut:]), (printed[cut:], printed[:cut])):
            means = standing(said)
            rest = beside.strip(_AROUND)
            if means is not None and any(sign.isdigit() for sign in rest):
                yield means, rest


def rest_of(printed: str, means: Means) -> str | None:
    """What a cell says beside a standing, the shortest; None where it does not say that one."""
    return min((rest for found, rest in rests(printed) if found is means), key=len, default=None)
