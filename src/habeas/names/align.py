"""Two names word by word: which word meets which, how well, and what is left over; each figure a reason of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from habeas.names.eastern import eastern
from habeas.names.scripts import Written, native, written
from habeas.names.sounds import Sound, joined, sound

_similar = OSA.normalized_similarity
# An initial that fits says this much of a word; another form of the same name (Bob, Robert) is a little less than it.
_INITIAL, _NICKNAME = 0.75, 0.93
# Below this likeness another form of a name is looked for, and it must then be at least so like.
_UNLIKE, _LIKE = 0.8, 0.75
_ROTATIONS = 4
# The kind of writing that says least decides how a pair is compared.
_RANK = {"latin": 0, "cyrillic": 1, "greek": 2, "other": 3, "kana": 4, "hangul": 5, "han": 6, "abjad": 7}

FEATURES = (
    "worst", "mean", "second", "best", "run_together", "one_word", "left_over", "much_left_over", "initials", "family",
    "given", "given_letters", "eastern", "same_text", "length", "order", "worst_squared", "run_together_squared",
    "worst_run_together", "worst_over_80", "worst_over_60", "run_together_over_80",
)  # fmt: skip
_NOTHING = (0.0,) * len(FEATURES)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A name ready to be compared: how it is written, and what each of its words sounds like."""

    text: str
    written: Written
    sounds: tuple[Sound, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which word met which (words of the one, of the other, likeness in [0, 1]), best first, and the figures of it all."""

    kind: str
    met: tuple[tuple[Sound, Sound, float], ...]
    left_over: tuple[str, ...]
    features: tuple[float, ...]


@lru_cache(maxsize=65_536)
def shape(text: str) -> Shape:
    """A printed name ready to be compared."""
    name = written(text)
    return Shape(text, name, tuple(map(sound, name.words)), sum(map(len, name.words)))


@lru_cache(maxsize=8_192)
def _native(text: str) -> tuple[Sound, ...]:
    """The words of a name in its own letters: within one script, other letters are another name."""
    return tuple(Sound(one, one, one, one, one, len(one) == 1) for one in native(text).split())


def _meet(x: Sound, y: Sound, kind: str) -> float:
    if x.word == y.word:
        return 1.0
    if x.initial or y.initial:
        return _INITIAL if x.letters[:1] == y.letters[:1] else 0.0
    left, right = x.by(kind), y.by(kind)
    likeness = _similar(left, right)
    if likeness < _UNLIKE and (x.others or y.others):
        for one in (left, *(sound(other).by(kind) for other in x.others)):
            for two in (right, *(sound(other).by(kind) for other in y.others)):
                again = _similar(one, two) * _NICKNAME
                if again > likeness and again > _LIKE:
                    likeness = again
    return likeness


def _words(a: tuple[Sound, ...], b: tuple[Sound, ...], kind: str) -> list[tuple[float, int, int]]:
    """Each word of the shorter with its best word of the longer, the best pair first: (likeness, place, place)."""
    every = [(_meet(x, y, kind), -i, -j) for i, x in enumerate(a) for j, y in enumerate(b)]
    if len(every) == 1:
        return [(every[0][0], 0, 0)]
    every.sort(reverse=True)
    found: list[tuple[float, int, int]] = []
    taken_a, taken_b = set[int](), set[int]()
    for likeness, i, j in every:
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            found.append((likeness, -i, -j))
            if len(found) == len(a):
                break
    return found


def _together(a: tuple[Sound, ...], b: tuple[Sound, ...], kind: str) -> float:
    """The likeness of all words run together, in whatever order the other has them."""
    whole = joined(a, kind)
    best = _similar(whole, joined(b, kind))
    if best < 1.0:
        for at in range(1, min(len(b), _ROTATIONS)):
            best = max(best, _similar(whole, joined(b[at:] + b[:at], kind)))
    return best


def align(a: Shape, b: Shape) -> Alignment:
    """Two names word by word; the order of the two has no say."""
    rank_a, rank_b = _RANK[a.written.kind], _RANK[b.written.kind]
    if (-rank_a, len(a.sounds), a.text) > (-rank_b, len(b.sounds), b.text):
        a, b = b, a
    kind = a.written.kind
    one, two = a.sounds, b.sounds
    if kind == b.written.kind == "cyrillic":
        kind = "both cyrillic"
    elif kind == b.written.kind != "latin":
        # One script on both sides: its own letters tell more than any Latin spelling of them.
        kind, one, two = "latin", _native(a.text), _native(b.text)
    if not one or not two:
        return Alignment(kind, (), (), _NOTHING)
    together = _together(one, two, kind)
    far = (0.0, 0.0, 0.0)
    east = eastern(a.written, a.text.strip(), b.written.words) if a.written.readings and two is b.sounds else far
    if len(one) > len(two):
        one, two = two, one
    found = _words(one, two, kind)
    likeness = [item[0] for item in found]
    worst, mean = likeness[-1], sum(likeness) / len(likeness)
    n, left = len(one), len(two) - len(one)
    ordered = n > 1 and (found[0][1] < found[1][1]) == (found[0][2] < found[1][2])
    features = (
        worst,
        mean,
        likeness[1] if n > 1 else worst,
        likeness[0],
        together,
        float(n == 1),
        float(left),
        float(left > 1),
        float(sum(one[i].initial or two[j].initial for _, i, j in found)),
        *east,
        float(a.written.readings != ()),
        float(a.text == b.text),
        min(a.length, b.length, 20) / 20,
        float(ordered),
        worst * worst,
        together * together,
        worst * together,
        max(0.0, worst - 0.8),
        max(0.0, worst - 0.6),
        max(0.0, together - 0.8),
    )
    met = tuple((one[i], two[j], s) for s, i, j in found)
    gone = {j for _, _, j in found}
    return Alignment(kind, met, tuple(two[j].word for j in range(len(two)) if j not in gone), features)
