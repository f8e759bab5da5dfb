"""Names and addresses that may not stand in any text: found in any spelling, case ending and order of
words, and inside addresses.
"""

from __future__ import annotations

import re

from habeas.ledger.erasing import windows
from habeas.names import ONE_LETTER, fold, name_signs, surname_stems, tells, unescaped

_JOINTS = re.compile(r"[-_/+.,=?&#:]+")
_SHORTEST_WORD = 5  # a name of one shorter word stands in too many texts that mean something else


class Naming:
    """Names and addresses, looked for in texts."""

    def __init__(self) -> None:
        self._names: set[tuple[str, ...]] = set()
        self._words: set[str] = set()
        self._signs: set[tuple[str, str]] = set()
        self._stems: set[str] = set()
        self._addresses: set[str] = set()
        self._whole: set[str] = set()
        self._told: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._names or self._words or self._addresses or self._whole)

    def all(self) -> set[object]:
        """Everything that is looked for."""
        return {*self._names, *self._signs, *self._words, *self._addresses, *self._whole}

    def add(self, name: str, *, alone: bool = True) -> None:
        """Look for a name, however it is spelt; a word `alone` only if it is long, or all of the text."""
        self._look_for(name, name_signs(name), alone=alone)

    def add_other(self, name: str, own: Naming) -> None:
        """Look for a name of somebody whose `own` names may be said, unless it is one of those in another spelling."""
        signs = name_signs(name)
        known = {stem for sign, stem in signs & own._signs if not sign.endswith(ONE_LETTER)}
        left = frozenset(one for one in signs if one[1] not in known)
        if left or not (signs or own.found_in(name)):
            self._look_for(name, left, alone=False)

    def _look_for(self, name: str, signs: frozenset[tuple[str, str]], *, alone: bool) -> None:
        self._signs |= signs
        self._stems |= {stem for _, stem in signs}
        for form in (fold(name), fold(_JOINTS.sub(" ", name))):
            if not form:
                # Without letters nothing is left of it to look for, and nothing stands in every figure.
                self._whole |= {name.strip().casefold()} - {""}
                continue
            words = form.split()
            self._whole.add(form)
            if len(words) == 1 and len(words[0]) >= _SHORTEST_WORD and alone:
                self._words.add(words[0])
            elif len(words) > 1:
                self._names.add(tuple(sorted(words)))

    def add_address(self, url: str) -> None:
        """Look for an address, however it goes on."""
        self._addresses.add(url.casefold().rstrip("/"))

    def found_in(self, text: str) -> bool:
        """True where one of them stands in the text."""
        if text not in self._told:
            self._told[text] = self._find(text)
        return self._told[text]

    def _find(self, text: str) -> bool:
        plain = text.casefold()
        if any(address in plain for address in self._addresses):
            return True
        if plain.strip() in self._whole:
            return True
        spaced = _JOINTS.sub(" ", unescaped(text))
        for form in (text, spaced):
            folded = fold(form)
            if folded in self._whole or not self._words.isdisjoint(folded.split()):
                return True
            if self._names and any(tuple(sorted(window)) in self._names for window in windows(form)):
                return True
        return self._longer(spaced) or (bool(self._signs) and self._respelt(text))

    def _respelt(self, text: str) -> bool:
        return tells(text, self._known, lambda sign, stem: (sign, stem) in self._signs)

    def _known(self, word: str) -> frozenset[str]:
        return surname_stems(word) & self._stems

    def _longer(self, text: str) -> bool:
        """Names of more words than `windows` looks at, as they stand."""
        folded = f" {fold(text)} "
        return any(f" {whole} " in folded for whole in self._whole if whole.count(" ") > 3)
