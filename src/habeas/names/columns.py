"""Many names in columns: every distinct name once, every distinct word once, and what can be asked of them all at once.

What is costly is done for a word the first time that somebody asks for it, and for all that were asked about together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count, repeat

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from habeas.names.align import (
    INITIAL,
    LIKE,
    NICKNAME,
    RANK,
    TURNS,
    UNLIKE,
    as_known,
    known_apart,
    shows,
)
from habeas.names.given import father_of
from habeas.names.letters import MOST_READINGS
from habeas.names.scripts import MOST_WORDS, Written, all_written
from habeas.names.slavic import AllKnown, Known, Meeting, meet
from habeas.names.sounds import Levels, Sound, levels, levels_by, nicknames

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Objects = NDArray[np.object_]
_LETTERS = 26


def similar(left: Sequence[str], right: Sequence[str]) -> Floats:
    """How alike each text of the one column is to that beside it, by `OSA`, in [0, 1]."""
    if not left:
        return np.zeros(0)
    return cpdist(left, right, scorer=OSA.normalized_similarity, dtype=np.float64, workers=1)


class _Forms:
    """Other forms of given names, by name and the class of the first sound: `counts` of them from `begin` on in `texts`."""

    def __init__(self, others: Sequence[Sequence[str]]) -> None:
        words = list(chain.from_iterable(others))
        plainly = levels(words)
        sizes = _fromiter(map(len, others), len(others))
        cell = np.repeat(np.arange(len(others)), sizes) * _LETTERS + _first_letters(plainly.classes)
        order = np.argsort(cell, kind="stable")
        self._words = [words[at] for at in order.tolist()]
        self._levels = Levels(*([one[at] for at in order.tolist()] for one in plainly))
        self.counts = np.bincount(cell, minlength=max(len(others), 1) * _LETTERS).reshape(-1, _LETTERS)
        self.begin = (np.cumsum(self.counts) - self.counts.ravel()).reshape(-1, _LETTERS)
        self._by_kind: dict[str, Objects] = {}

    def texts(self, kind: str) -> Objects:
        """What stands for each form beside a name of this kind of writing."""
        found = self._by_kind.get(kind)
        if found is None:
            woven = map("|".join, zip(*levels_by(kind, self._words, self._levels), strict=True))
            found = self._by_kind[kind] = np.array(list(woven), dtype=object)
        return found


class Words:
    """Every distinct word in plain Latin letters once, by number."""

    def __init__(self, words: Iterable[str]) -> None:
        self.numbers, number = _numbered(words)
        self.words = list(number)
        self._plain = levels(self.words)
        self._by_kind: dict[str, tuple[Objects, ...]] = {}
        self.length = _fromiter(map(len, self.words), len(self.words))
        self.initial = self.length == 1
        self._class = _first_letters(self._plain.classes)
        # The given names among them, numbered, and the other forms of each.
        named = [number[word] for word in nicknames().keys() & number.keys()]
        self._given = np.full(len(self.words), -1, dtype=np.int64)
        self._given[named] = np.arange(len(named))
        self._forms = _Forms([nicknames()[self.words[at]] for at in named])
        self._sounds: dict[int, Sound] = {}
        # What `AllKnown` says of the words that somebody asked for: their stems by number, and where to ask for more.
        self._stems = np.zeros((len(self.words), MOST_READINGS), dtype=np.int64)
        self._father = np.zeros(len(self.words), dtype=np.int64)
        _, self._number = _numbered([""])  # the number 0 is that of none
        self._named, self._fathered = np.zeros((2, len(self.words)), dtype=bool)
        self._place = np.full(len(self.words), -1, dtype=np.int64)
        self._asked: list[AllKnown] = []
        self._known: dict[int, Known] = {}

    def __len__(self) -> int:
        return len(self.words)

    def sound(self, at: int) -> Sound:
        """The sound of one word."""
        found = self._sounds.get(at)
        if found is None:
            word = self.words[at]
            letters, classes, frame = (one[at] for one in self._plain)
            found = self._sounds[at] = Sound(word, letters, classes, frame, nicknames().get(word, ()))
        return found

    def texts(self, kind: str) -> tuple[Objects, ...]:
        """What stands for each word beside a name of this kind of writing: its three levels, and the text of all three."""
        found = self._by_kind.get(kind)
        if found is None:
            three = levels_by(kind, self.words, self._plain)
            woven = list(map("|".join, zip(*three, strict=True)))
            found = self._by_kind[kind] = tuple([np.array(one, dtype=object) for one in (*three, woven)])
        return found

    def likenesses(self, left: Ints, right: Ints, kind: str) -> Floats:
        """The likeness of each word of one column with that beside it, as `align` has it."""
        woven = self.texts(kind)[-1]
        found = similar(woven[left].tolist(), woven[right].tolist())
        found[left == right] = 1.0
        apart = left != right
        initials = (self.initial[left] | self.initial[right]) & apart
        for at in np.flatnonzero(initials).tolist():
            x, y = self.sound(int(left[at])), self.sound(int(right[at]))
            found[at] = INITIAL if shows(x, y) or shows(y, x) else 0.0
        apart &= ~initials
        given = self._given[left] >= 0, self._given[right] >= 0
        both = given[0] & given[1]
        asked = apart & (both | ((given[0] | given[1]) & (found < UNLIKE)))
        for at in np.flatnonzero(asked & both).tolist():
            told = as_known(self.sound(int(left[at])), self.sound(int(right[at])), float(found[at]))
            if told is not None:
                found[at] = told
                asked[at] = False
        one, two = left[asked], right[asked]
        best = NICKNAME * np.maximum(self._best_form(one, two, kind), self._best_form(two, one, kind))
        found[asked] = np.where((best > LIKE) & (best > found[asked]), best, found[asked])
        return found

    def _best_form(self, one: Ints, other: Ints, kind: str) -> Floats:
        """The likeness of the likest of the other forms of a given name that begin as a word does; 0 for none."""
        begin, counts = (at[self._given[one], self._class[other]] for at in (self._forms.begin, self._forms.counts))
        counts[self._given[one] < 0] = 0
        ends = np.cumsum(counts)
        form = np.arange(counts.sum()) - np.repeat(ends - counts, counts) + np.repeat(begin, counts)
        found = similar(self._forms.texts(kind)[form].tolist(), self.texts(kind)[-1][np.repeat(other, counts)].tolist())
        best = np.zeros(len(one))
        some = counts > 0
        if some.any():
            best[some] = np.maximum.reduceat(found, (ends - counts)[some])
        return best

    def known_apart(self, left: Ints, right: Ints) -> Flags:
        """True where two words that stand beside each other are known to be two names."""
        found = np.zeros(left.shape, dtype=bool)
        asked = (self._given[left] >= 0) & (self._given[right] >= 0) & (left != right)
        codes, back = np.unique(left[asked] * len(self) + right[asked], return_inverse=True)
        two = (divmod(code, len(self)) for code in codes.tolist())
        told = np.array([known_apart(self.sound(i), self.sound(j)) for i, j in two], dtype=bool)
        found[asked] = told[back]
        return found

    def meet(self, left: Ints, right: Ints) -> Ints:
        """How each word of the one column meets that beside it, as `slavic.meet` has it; all of them are known."""
        codes, back = np.unique(left * len(self) + right, return_inverse=True)
        left, right = codes // len(self), codes % len(self)
        one, two = self._stems[left], self._stems[right]
        shared = ((one[:, :, None] == two[:, None, :]) & (one > 0)[:, :, None]).any(axis=(1, 2))
        found = np.where(shared, Meeting.STEM_SAME, Meeting.NOTHING).astype(np.int64)
        one, two = self._father[left], self._father[right]
        fathers = (one > 0) & (two > 0)
        found[fathers] = np.where(shared | (one == two), Meeting.PATRONYMIC_SAME, Meeting.PATRONYMIC_DIFFERS)[fathers]
        # Given names, and patronymics that may be of one given name, are told by the table.
        asked = self._named[left] | self._named[right] | (self._fathered[left] & self._fathered[right])
        for at in np.flatnonzero(asked).tolist():
            found[at] = meet(self.known(int(left[at])), self.known(int(right[at])))
        return found[back]

    def known(self, at: int) -> Known:
        """What is known of one word."""
        found = self._known.get(at)
        if found is None:
            batch, place = divmod(int(self._place[at]), len(self))
            found = self._known[at] = self._asked[batch].of(place)
        return found

    def know(self, asked: Ints) -> None:
        """Look up, all at once, those words that have not been yet; below 0 is none."""
        fresh = np.unique(asked[asked >= 0])
        fresh = fresh[self._place[fresh] < 0]
        if not len(fresh):
            return
        found = AllKnown([self.words[at] for at in fresh.tolist()])
        self._place[fresh] = len(self._asked) * len(self) + np.arange(len(fresh))
        self._asked.append(found)
        self._named[fresh] = found.named
        self._fathered[fresh] = [father != "" and bool(father_of(father)) for father in found.fathers]
        counts = np.array(found.counts, dtype=np.int64)
        numbers = _fromiter(map(self._number.__getitem__, found.stems), len(found.stems))
        self._father[fresh] = _fromiter(map(self._number.__getitem__, found.fathers), len(fresh))
        column = np.arange(len(numbers)) - np.repeat(np.cumsum(counts) - counts, counts)
        row = np.repeat(fresh, counts)
        kept = column < MOST_READINGS
        self._stems[row[kept], column[kept]] = numbers[kept]


class Names:
    """Every distinct name once, by number: its kind of writing, its words by number, and its words run together."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.numbers, number = _numbered(texts)
        self.texts = list(number)
        self._written = all_written(self.texts)
        kinds, lines, readings = self._written
        flat = " ".join(lines).split()
        self.words = Words(flat)
        size = len(self.texts)
        self.rank = _fromiter(map(RANK.__getitem__, kinds), size)
        self.counts = np.array([line.count(" ") + 1 if line else 0 for line in lines], dtype=np.int64)
        self.lengths = _fromiter(map(len, lines), size) - np.maximum(self.counts - 1, 0)
        self.eastern = np.zeros(size, dtype=bool)
        self.eastern[list(readings)] = True
        self.table = np.full((size, MOST_WORDS), -1, dtype=np.int64)
        there = np.arange(MOST_WORDS) < self.counts[:, None]
        self.table[there] = self.words.numbers

    def before(self, one: Ints, other: Ints) -> Flags:
        """True where the text of the one comes before that of the other."""
        texts = np.array(self.texts, dtype=object)
        found: Flags = (texts[one] < texts[other]).astype(bool)
        return found

    def written(self, at: int) -> Written:
        """One name as its script gives it."""
        return self._written.of(at)

    def together(self, a: Ints, b: Ints, kind: str) -> Floats:
        """The best likeness of all words of each name of the one column run together with those of the other, in each of
        its orders.
        """
        whole, turns = self._turned(a, kind, 1)[:, 0], self._turned(b, kind, TURNS)
        counts = np.minimum(self.counts[b], TURNS)
        shown = np.arange(TURNS) < counts[:, None]
        found = similar(np.repeat(whole, counts).tolist(), turns[shown].tolist())
        return np.maximum.reduceat(found, np.cumsum(counts) - counts)

    def _turned(self, names: Ints, kind: str, most: int) -> Objects:
        """As `run_together`, a row for each name and a column for each of its first `most` words to begin with."""
        distinct, back = np.unique(names, return_inverse=True)
        found = np.empty((len(distinct), most), dtype=object)
        *levels, _ = self.words.texts(kind)
        counts = self.counts[distinct]
        for length in np.unique(counts).tolist():
            here = counts == length
            words = [self.table[distinct[here], at] for at in range(length)]
            columns = [[level[one].tolist() for one in words] for level in levels]
            for at in range(min(length, most)):
                letters, classes, frames = (one[at:] + one[:at] for one in columns)
                between = [repeat("|")]
                woven = zip(*letters, *between, *classes, *between, *frames, strict=False)
                found[here, at] = list(map("".join, woven))
        return found[back]

    def matched(self, short: Ints, long: Ints, kind: str) -> tuple[Floats, Ints, Ints]:
        """Best pairs of words first: likenesses, and the places of the two words, each as wide as the widest short name."""
        width, height = int(self.counts[long].max()), int(self.counts[short].max())
        one, two = self.table[short][:, :height, None], self.table[long][:, None, :width]
        there = (one >= 0) & (two >= 0)
        size = len(self.words)
        codes, back = np.unique((one * size + two)[there], return_inverse=True)
        every = np.full(there.shape, -1.0)
        every[there] = self.words.likenesses(codes // size, codes % size, kind)[back]
        likeness = np.zeros((len(short), height))
        first, second = np.zeros((2, len(short), height), dtype=np.int64)
        rows = np.arange(len(short))
        for turn in range(height):
            best = every.reshape(len(short), -1).argmax(axis=1)
            first[:, turn], second[:, turn] = best // width, best % width
            likeness[:, turn] = every[rows, first[:, turn], second[:, turn]]
            every[rows, first[:, turn], :] = -1.0
            every[rows, :, second[:, turn]] = -1.0
        return likeness, first, second


def _numbered(texts: Iterable[str]) -> tuple[Ints, dict[str, int]]:
    """The numbers of texts in order, and a table that gives a text that is new to it the next number, from 0 on."""
    number: dict[str, int] = defaultdict(count().__next__)
    return np.fromiter(map(number.__getitem__, texts), dtype=np.int64), number


def _fromiter(figures: Iterable[int], size: int) -> Ints:
    return np.fromiter(figures, dtype=np.int64, count=size)


def _first_letters(texts: Sequence[str]) -> Ints:
    """The first letter of each text, a is 0."""
    return np.array([ord(text[0]) - ord("a") for text in texts], dtype=np.int64)
