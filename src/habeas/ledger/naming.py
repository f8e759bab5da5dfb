"""Names and addresses that may not stand in any text: found in any order of words, script, and inside addresses."""

from __future__ import annotations

import re

from habeas.ledger.erasing import windows
from habeas.names import fold

_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_JOINTS = re.compile(r"[-_/+.,=?&#:]+")
_SHORTEST_WORD = 5  # a name of one shorter word stands in too many texts that mean something else


class Naming:
    """Names and addresses, looked for in texts."""

    def __init__(self) -> None:
        self._names: set[tuple[str, ...]] = set()
        self._words: set[str] = set()
        self._addresses: set[str] = set()
        self._whole: set[str] = set()
        self._told: dict[str, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._names or self._words or self._addresses or self._whole)

    def all(self) -> set[object]:
        """Everything that is looked for."""
        return {*self._names, *self._words, *self._addresses, *self._whole}

    def add(self, name: str) -> None:
        """Look for a name; its words may come in any order, a word alone only if it is long, or all of the text."""
        for form in (fold(name), fold(_JOINTS.sub(" ", name))):
            if not form:
                # Without letters nothing is left of it to look for, and nothing stands in every figure.
                self._whole |= {name.strip().casefold()} - {""}
                continue
            words = form.split()
            self._whole.add(form)
            if len(words) == 1 and len(words[0]) >= _SHORTEST_WORD:
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
        spaced = _JOINTS.sub(" ", _ESCAPED.sub(_unescaped, text))
        for form in (text, spaced):
            folded = fold(form)
            if folded in self._whole or not self._words.isdisjoint(folded.split()):
                return True
            if self._names and any(tuple(sorted(window)) in self._names for window in windows(form)):
                return True
        return self._longer(spaced)

    def _longer(self, text: str) -> bool:
        """Names of more words than `windows` looks at, as they stand."""
        folded = f" {fold(text)} "
        return any(f" {whole} " in folded for whole in self._whole if whole.count(" ") > 3)


def _unescaped(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")
