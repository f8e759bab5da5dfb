"""Erasure: the content of statements is emptied, their commitments stay, and a keyed list keeps the person from coming back.

A commitment says nothing without its nonce (SHA-256 over 16 random bytes and the content), so the tree still verifies and
what was erased cannot be guessed from it. The suppression list holds keyed hashes of the erased entries, of the person's
full names, words in any order, and of what any spelling of such a name has (`name_signs`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from habeas.ledger import tables
from habeas.names import fold, name_signs, surname_stems, tells

MakeToken = Callable[..., str]
_BETWEEN = re.compile(r"[^\w\s'’ʼ-]+")  # cells of a table and marks of a sentence part words
_SHORTEST, _LONGEST = 2, 4  # words of a full name


def name_token(make: MakeToken, words: Sequence[str]) -> str:
    """The token of a full name: its folded words in any order."""
    return make("suppressed", "name", *sorted(words))


def tokens_of(make: MakeToken, entries: Iterable[str], names: Iterable[str]) -> set[str]:
    """What the suppression list keeps of a person: entries by id, full names by their words and by what any spelling has."""
    found = {make("suppressed", "entry", entry) for entry in entries}
    for name in names:
        words = fold(name).split()
        if _SHORTEST <= len(words) <= _LONGEST:
            found.add(name_token(make, words))
        for sign, stem in name_signs(name):
            found |= {make("suppressed", "stem", stem), make("suppressed", "signs", sign, stem)}
    return found


def windows(text_: str) -> Iterator[tuple[str, ...]]:
    """The stretches of a text that may be somebody's full name."""
    words = fold(_BETWEEN.sub(" ", text_)).split()
    for length in range(_SHORTEST, min(_LONGEST, len(words)) + 1):
        for start in range(len(words) - length + 1):
            yield tuple(words[start : start + length])


class Suppression:
    """Asked before anything is read in: does it belong to somebody who was erased?"""

    def __init__(self, make: MakeToken, tokens: frozenset[str]) -> None:
        self._make = make
        self.tokens = tokens
        self._told: dict[str, bool] = {}
        self._stems: dict[str, tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self.tokens)

    def entry(self, subject: str) -> bool:
        """True where the entry was erased."""
        return self._make("suppressed", "entry", subject) in self.tokens

    def named_in_any(self) -> Callable[[str], bool] | None:
        """`named_in`, where anybody was erased."""
        return self.named_in if self else None

    def named_in(self, text_: str) -> bool:
        """True where the text holds the full name of somebody erased, in any spelling, case ending and order of words."""
        if text_ not in self._told:
            self._told[text_] = bool(self.tokens) and self._find(text_)
        return self._told[text_]

    def _find(self, text_: str) -> bool:
        if any(name_token(self._make, window) in self.tokens for window in windows(text_)):
            return True
        return tells(text_, self._known, lambda *signs: self._make("suppressed", "signs", *signs) in self.tokens)

    def _known(self, word: str) -> tuple[str, ...]:
        """The stems of a word that are those of somebody erased."""
        if word not in self._stems:
            stems = surname_stems(word)
            self._stems[word] = tuple(s for s in stems if self._make("suppressed", "stem", s) in self.tokens)
        return self._stems[word]


class Erasures:
    """The suppression list of a record as it stands; what was found by it is kept for as long as it does not change."""

    def __init__(self, make: MakeToken) -> None:
        self._found = Suppression(make, frozenset())
        self._make = make

    def read(self, connection: Connection) -> Suppression:
        """What must not come back."""
        tokens = frozenset(connection.execute(select(tables.suppressed.c.token)).scalars())
        if self._found.tokens != tokens:
            self._found = Suppression(self._make, tokens)
        return self._found


def covered(connection: Connection, seqs: Sequence[int]) -> str:
    """What a tombstone says of what it covers: SHA-256 over the numbers and the commitments, which nobody can guess."""
    s = tables.statement.c
    rows: list[list[object]] = []
    for start in range(0, len(seqs), 500):
        wanted = select(s.seq, s.commitment).where(s.seq.in_(seqs[start : start + 500]))
        rows += [[seq, committed.hex()] for seq, committed in connection.execute(wanted)]
    return hashlib.sha256(tables.canonical(sorted(rows))).hexdigest()


def empty(connection: Connection, seqs: Sequence[int], tombstone: str, tokens: Iterable[str]) -> None:
    """Empty statements under a tombstone, and suppress what would bring them back; in the caller's transaction."""
    connection.execute(tables.erased.insert(), [{"seq": seq, "tombstone": tombstone} for seq in seqs])
    gone = update(tables.statement).where(tables.statement.c.seq == bindparam("at"))
    nothing = dict.fromkeys(("nonce", "sealed", *tables.CONTENT))
    connection.execute(gone.values(**nothing), [{"at": seq} for seq in seqs])
    connection.execute(delete(tables.shown).where(tables.shown.c.seq.in_(select(tables.erased.c.seq))))
    known = set(connection.execute(select(tables.suppressed.c.token)).scalars())
    new = sorted(set(tokens) - known)
    if new:
        connection.execute(tables.suppressed.insert(), [{"token": token} for token in new])
