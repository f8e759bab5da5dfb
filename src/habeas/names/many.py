"""The likelihoods of many pairs at once: what `align` and `likelihood` say of each, in columns and not one by one.

Texts are taken apart and folded all in one run of letters, each word once however often it comes; likenesses are taken
over distinct pairs of words. Needs numpy; without it `compare.likelihoods` goes pair by pair to the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from habeas.names.align import (
    INITIAL,
    RANK,
    TURNS,
    UNLIKE,
    align,
    by_name,
    known_apart,
    run_together,
    shape,
    shows,
)
from habeas.names.eastern import eastern
from habeas.names.likelihood import (
    APART,
    COUNTED,
    DOUBTFUL,
    FAR,
    FEW,
    MOST,
    STEEPEST,
    TABLED,
    TORN,
    likelihood,
    weights,
)
from habeas.names.parts import Agreement, parts
from habeas.names.scripts import MOST_WORDS, Written, all_written
from habeas.names.slavic import EXPLAINED, READ_AS, Known, Meeting, all_known, meet
from habeas.names.sounds import sound, sounds

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Pairs worked on together: their words' likenesses are held at once.
_AT_ONCE = 16_384
_KINDS = tuple(RANK)
_CYRILLIC = RANK["cyrillic"]
_READ_AS = np.array([READ_AS.get(one, 0.0) for one in Meeting])
_EXPLAINED = np.array([one in EXPLAINED for one in Meeting])


class _Words:
    """Every distinct word once: its number, its sound, and what of it can be asked in columns."""

    def __init__(self, words: Iterable[str]) -> None:
        self.of = {word: at for at, word in enumerate(dict.fromkeys(words))}
        self.sounds = sounds(list(self.of))
        classes: dict[str, int] = {}
        for one in self.sounds:
            classes.setdefault(one.first, len(classes))
        self.initial = np.array([one.initial for one in self.sounds], dtype=bool)
        self.first = np.array([1 << (classes[one.first] % 60) for one in self.sounds], dtype=np.int64)
        self.length = np.array([len(one.word) for one in self.sounds], dtype=np.int64)
        self._known: dict[int, Known] = {}
        self.others = np.zeros(len(self.sounds), dtype=np.int64)
        for at, one in enumerate(self.sounds):
            for other in one.others:
                first = sound(other).first
                self.others[at] |= 1 << (classes.setdefault(first, len(classes)) % 60)

    def know(self, asked: Iterable[int]) -> dict[int, Known]:
        """What is known of words, by number; each is looked up once."""
        fresh = [at for at in asked if at not in self._known]
        found = all_known([self.sounds[at].word for at in fresh])
        self._known.update((at, found[self.sounds[at].word]) for at in fresh)
        return self._known

    def likenesses(self, left: Ints, right: Ints, kind: str) -> Floats:
        """The likeness of each word of one column with that beside it, as `align` has it."""
        one, two = self.sounds, self.sounds
        a, b = left.tolist(), right.tolist()
        found = _similar([one[i].by(kind) for i in a], [two[j].by(kind) for j in b])
        found[left == right] = 1.0
        for at in np.flatnonzero((self.initial[left] | self.initial[right]) & (left != right)).tolist():
            x, y = one[a[at]], two[b[at]]
            found[at] = INITIAL if shows(x, y) or shows(y, x) else 0.0
        both = (self.others[left] != 0) & (self.others[right] != 0)
        named = (self.others[left] & self.first[right]) | (self.others[right] & self.first[left])
        asked = both | (named.astype(bool) & (found < UNLIKE))
        asked &= ~self.initial[left] & ~self.initial[right] & (left != right)
        for at in np.flatnonzero(asked).tolist():
            found[at] = by_name(one[a[at]], two[b[at]], kind, float(found[at]))
        return found


def _similar(left: Sequence[str], right: Sequence[str]) -> Floats:
    if not left:
        return np.zeros(0)
    return cpdist(left, right, scorer=OSA.normalized_similarity, dtype=np.float64, workers=1)


class _Names:
    """Every distinct name once: its kind of writing, its words by number, and its words run together."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(dict.fromkeys(texts))
        self.of = {text: at for at, text in enumerate(self.texts)}
        self.written: list[Written] = all_written(self.texts)
        self.words = _Words(word for one in self.written for word in one.words)
        self.rank = np.array([RANK[one.kind] for one in self.written], dtype=np.int64)
        self.counts = np.array([len(one.words) for one in self.written], dtype=np.int64)
        self.lengths = np.array([sum(map(len, one.words)) for one in self.written], dtype=np.int64)
        self.eastern = np.array([one.readings != () for one in self.written], dtype=bool)
        self.table = np.full((len(self.texts), MOST_WORDS), -1, dtype=np.int64)
        for at, one in enumerate(self.written):
            self.table[at, : len(one.words)] = [self.words.of[word] for word in one.words]

    def whole(self, at: int, kind: str, *, most: int) -> tuple[str, ...]:
        """A name's words run together, beginning with each of its first `most` words."""
        sound_of = self.words.sounds
        return run_together([sound_of[i].levels(kind) for i in self.table[at, : self.counts[at]].tolist()], most)


def likelihoods_at_once(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The likelihood of each pair of texts, as `likelihood(align(...))` gives it."""
    names = _Names(text for pair in pairs for text in pair)
    found = np.zeros(len(pairs))
    one = np.array([names.of[a] for a, _ in pairs], dtype=np.int64)
    two = np.array([names.of[b] for _, b in pairs], dtype=np.int64)
    for start in range(0, len(pairs), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        found[here] = _some(names, one[here], two[here])
    return found.tolist()


def _some(names: _Names, a: Ints, b: Ints) -> Floats:
    """The likelihoods of some pairs, given by the numbers of their names."""
    found = np.zeros(len(a))
    rank_a, rank_b, count_a, count_b = names.rank[a], names.rank[b], names.counts[a], names.counts[b]
    later = (rank_a == rank_b) & (count_a > count_b)
    for at in np.flatnonzero((rank_a == rank_b) & (count_a == count_b)).tolist():
        later[at] = names.texts[a[at]] > names.texts[b[at]]
    swap = (rank_a < rank_b) | later
    a, b = np.where(swap, b, a), np.where(swap, a, b)
    rank_a, rank_b = names.rank[a], names.rank[b]
    native = (rank_a == rank_b) & (rank_a > _CYRILLIC)
    for at in np.flatnonzero(native).tolist():
        found[at] = likelihood(align(shape(names.texts[a[at]]), shape(names.texts[b[at]])))
    worded = (names.counts[a] > 0) & (names.counts[b] > 0) & ~native
    for number, kind in enumerate(_KINDS):
        mine = worded & (rank_a == number)
        both, short = mine & (number == _CYRILLIC) & (rank_b == _CYRILLIC), mine & names.eastern[a]
        for name, group in (("both cyrillic", both), (f"short {kind}", short), (kind, mine & ~both & ~short)):
            places = np.flatnonzero(group)
            if len(places):
                found[places] = _one_kind(names, (a[places], b[places]), kind, name)
    return found


def _one_kind(names: _Names, pairs: tuple[Ints, Ints], kind: str, weighed: str) -> Floats:
    """The likelihoods of pairs compared by one kind of writing and weighed alike, in the order that `align` has them."""
    a, b = pairs
    together = _together(names, a, b, kind)
    east = np.zeros((len(a), 3))
    for at in np.flatnonzero(names.eastern[a]).tolist():
        i, j = int(a[at]), int(b[at])
        east[at] = eastern(names.written[i], names.texts[i].strip(), names.written[j].words)
    swap = names.counts[a] > names.counts[b]
    short, long = np.where(swap, b, a), np.where(swap, a, b)
    likeness, first, second = _matched(names, short, long, kind)
    n, m = names.counts[short], names.counts[long]
    rows = np.arange(len(a))
    shown = np.arange(likeness.shape[1])[None, :] < n[:, None]
    worst = likeness[rows, n - 1]
    x, y = names.table[short[:, None], first], names.table[long[:, None], second]
    initials = ((names.words.initial[x] | names.words.initial[y]) & shown).sum(axis=1)
    letters = np.minimum(np.minimum(names.words.length[x], names.words.length[y]), 10)
    shortest = np.where(shown, letters, 10).min(axis=1) / 10
    many = n > 1
    at_second = np.minimum(1, likeness.shape[1] - 1)
    ordered = many & ((first[:, 0] < first[:, at_second]) == (second[:, 0] < second[:, at_second]))
    left = m - n
    columns = (
        worst, np.where(shown, likeness, 0.0).sum(axis=1) / n, np.where(many, likeness[:, at_second], worst),
        likeness[:, 0], together, ~many, left, left > 1, initials, *east.T, a == b,
        np.minimum(np.minimum(names.lengths[a], names.lengths[b]), 20) / 20, ordered, worst * worst, together * together,
        worst * together, np.maximum(worst - 0.8, 0.0), np.maximum(worst - 0.6, 0.0), np.maximum(together - 0.8, 0.0),
        east[:, :2].min(axis=1), east[:, :2].min(axis=1) ** 2, shortest, worst * shortest,
        np.maximum(east[:, 1] - 0.7, 0.0), _apart(names, x, y, shown),
    )  # fmt: skip
    features = np.column_stack(columns).astype(np.float64)
    apart = (features[:, APART] > 0) & (n <= FEW)
    if weighed not in TABLED:
        return _capped(_weighed(weighed, features), apart)
    found = _weighed(f"far {weighed}", features)
    near = np.flatnonzero(found >= FAR)
    if len(near):
        told = _told(names, x[near], y[near], (short[near], long[near]), likeness[near], second[near], together[near])
        torn = told[:, TORN] > 0
        found[near] = _capped(_weighed(weighed, np.hstack([features[near], told])), apart[near] | torn)
    return found


def _capped(chances: Floats, two: NDArray[np.bool_]) -> Floats:
    """The chances, none above `MOST` where the names are known to be two."""
    return np.where(two, np.minimum(chances, MOST), chances)


def _apart(names: _Names, x: Ints, y: Ints, shown: NDArray[np.bool_]) -> Ints:
    """How many of the words that met are known to be two names."""
    others, sound_of = names.words.others, names.words.sounds
    found = np.zeros(len(x), dtype=np.int64)
    for row, at in np.argwhere(shown & (others[x] != 0) & (others[y] != 0) & (x != y)).tolist():
        found[row] += known_apart(sound_of[x[row, at]], sound_of[y[row, at]])
    return found


def _told(
    names: _Names, x: Ints, y: Ints, pairs: tuple[Ints, Ints], likeness: Floats, second: Ints, together: Floats
) -> Floats:
    """What is known of the words that met, as `meetings` has it: `x` met `y`, by number, as far as the short name goes."""
    short, long = pairs
    shown = np.arange(x.shape[1])[None, :] < names.counts[short][:, None]
    size = len(names.words.sounds)
    codes, back = np.unique((x * size + y)[shown], return_inverse=True)
    left_over = names.counts[long] > names.counts[short]
    asked = np.unique(np.concatenate([codes // size, codes % size, names.table[long[left_over]].ravel()]))
    known = names.words.know(at for at in asked.tolist() if at >= 0)
    of = [known[i] for i in (codes // size).tolist()], [known[j] for j in (codes % size).tolist()]
    how = np.zeros(x.shape, dtype=np.int64)
    how[shown] = np.array(list(map(meet, *of)), dtype=np.int64)[back]
    doubtful = shown & left_over[:, None] & (likeness < DOUBTFUL) & ~_EXPLAINED[how]
    for row, at in np.argwhere(doubtful).tolist():
        taken = set(second[row, : names.counts[short[row]]].tolist())
        mine = known[int(x[row, at])]
        others = (j for j in range(int(names.counts[long[row]])) if j not in taken)
        again = (meet(mine, known[int(names.table[long[row], j])]) for j in others)
        how[row, at] = next((one for one in again if one in EXPLAINED), how[row, at])
    for row, at in np.argwhere(shown & (how == Meeting.GIVEN_TORN)).tolist():
        same = parts(names.texts[short[row]], names.texts[long[row]]).given is Agreement.SAME
        how[row, at] = Meeting.GIVEN_SAME if same else Meeting.GIVEN_TORN
    times = [((how == one) & shown).sum(axis=1) for one in COUNTED]
    worst = np.where(shown, np.maximum(likeness, _READ_AS[how]), 1.0).min(axis=1)
    unexplained = (shown & ~_EXPLAINED[how] & (likeness < 1.0)).sum(axis=1)
    columns = (
        *times, unexplained, (unexplained == 0) & (shown.sum(axis=1) > 1), worst, worst * worst, worst * together,
        np.maximum(worst - 0.8, 0.0),
    )  # fmt: skip
    return np.column_stack(columns).astype(np.float64)


def _together(names: _Names, a: Ints, b: Ints, kind: str) -> Floats:
    """The best likeness of all words of the one run together with those of the other, in each of its orders."""
    firsts = {at: names.whole(at, kind, most=1)[0] for at in np.unique(a).tolist()}
    turns = {at: names.whole(at, kind, most=TURNS) for at in np.unique(b).tolist()}
    counts = np.minimum(names.counts[b], TURNS)
    left = [firsts[at] for at in np.repeat(a, counts).tolist()]
    right = list(chain.from_iterable([turns[at] for at in b.tolist()]))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return np.maximum.reduceat(_similar(left, right), starts)


def _matched(names: _Names, short: Ints, long: Ints, kind: str) -> tuple[Floats, Ints, Ints]:
    """Best pairs of words first: likenesses, and the places of the two words, each as wide as the widest short name."""
    width, height = int(names.counts[long].max()), int(names.counts[short].max())
    one, two = names.table[short][:, :height, None], names.table[long][:, None, :width]
    there = (one >= 0) & (two >= 0)
    size = len(names.words.sounds)
    codes, back = np.unique((one * size + two)[there], return_inverse=True)
    every = np.full(there.shape, -1.0)
    every[there] = names.words.likenesses(codes // size, codes % size, kind)[back]
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


def _weighed(kind: str, figures: Floats) -> Floats:
    constant, by_figure = weights()[kind]
    z: Floats = np.clip(constant + figures @ np.array(by_figure), -STEEPEST, STEEPEST)
    found: Floats = 1.0 / (1.0 + np.exp(-z))
    return found
