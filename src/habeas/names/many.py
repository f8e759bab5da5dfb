"""The likelihoods of many pairs at once: what `align` and `likelihood` say of each, in columns and not one by one.

Texts are taken apart and folded all in one run of letters, each word once however often it comes; likenesses are taken
over distinct pairs of words. `compare.likelihoods` goes pair by pair to the same figures where the pairs are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from habeas.names.align import RANK, align, shape
from habeas.names.columns import Flags, Floats, Ints, Names
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
from habeas.names.slavic import EXPLAINED, READ_AS, Meeting, meet

# Pairs worked on together: their words' likenesses are held at once.
_AT_ONCE = 16_384
_KINDS = tuple(RANK)
_CYRILLIC = RANK["cyrillic"]
_READ_AS = np.array([READ_AS.get(one, 0.0) for one in Meeting])
_EXPLAINED = np.array([one in EXPLAINED for one in Meeting])


def likelihoods_at_once(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The likelihood of each pair of texts, as `likelihood(align(...))` gives it."""
    if not pairs:
        return []
    names = Names(chain.from_iterable(pairs))
    found = np.zeros(len(pairs))
    one, two = names.numbers[::2], names.numbers[1::2]
    for start in range(0, len(pairs), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        found[here] = _some(names, one[here], two[here])
    return found.tolist()


def _some(names: Names, a: Ints, b: Ints) -> Floats:
    """The likelihoods of some pairs, given by the numbers of their names."""
    found = np.zeros(len(a))
    rank_a, rank_b, count_a, count_b = names.rank[a], names.rank[b], names.counts[a], names.counts[b]
    later = (rank_a == rank_b) & (count_a > count_b)
    even = (rank_a == rank_b) & (count_a == count_b)
    later[even] = names.before(b[even], a[even])
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


def _one_kind(names: Names, pairs: tuple[Ints, Ints], kind: str, weighed: str) -> Floats:
    """The likelihoods of pairs compared by one kind of writing and weighed alike, in the order that `align` has them."""
    a, b = pairs
    together = names.together(a, b, kind)
    east = np.zeros((len(a), 3))
    for at in np.flatnonzero(names.eastern[a]).tolist():
        i, j = int(a[at]), int(b[at])
        east[at] = eastern(names.written(i), names.texts[i].strip(), names.written(j).words)
    swap = names.counts[a] > names.counts[b]
    short, long = np.where(swap, b, a), np.where(swap, a, b)
    likeness, first, second = names.matched(short, long, kind)
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
        np.maximum(east[:, 1] - 0.7, 0.0), (names.words.known_apart(x, y) & shown).sum(axis=1),
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


def _capped(chances: Floats, two: Flags) -> Floats:
    """The chances, none above `MOST` where the names are known to be two."""
    return np.where(two, np.minimum(chances, MOST), chances)


def _told(
    names: Names, x: Ints, y: Ints, pairs: tuple[Ints, Ints], likeness: Floats, second: Ints, together: Floats
) -> Floats:
    """What is known of the words that met, as `meetings` has it: `x` met `y`, by number, as far as the short name goes."""
    short, long = pairs
    words = names.words
    shown = np.arange(x.shape[1])[None, :] < names.counts[short][:, None]
    left_over = names.counts[long] > names.counts[short]
    words.know(np.concatenate([x[shown], y[shown], names.table[long[left_over]].ravel()]))
    how = np.zeros(x.shape, dtype=np.int64)
    how[shown] = words.meet(x[shown], y[shown])
    doubtful = shown & left_over[:, None] & (likeness < DOUBTFUL) & ~_EXPLAINED[how]
    for row, at in np.argwhere(doubtful).tolist():
        taken = set(second[row, : names.counts[short[row]]].tolist())
        mine = words.known(int(x[row, at]))
        others = (j for j in range(int(names.counts[long[row]])) if j not in taken)
        again = (meet(mine, words.known(int(names.table[long[row], j]))) for j in others)
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


def _weighed(kind: str, figures: Floats) -> Floats:
    constant, by_figure = weights()[kind]
    z: Floats = np.clip(constant + figures @ np.array(by_figure), -STEEPEST, STEEPEST)
    found: Floats = 1.0 / (1.0 + np.exp(-z))
    return found
