"""Two names word by word: which word meets which, how well, and what is left over; each figure a reason of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from habeas.names.eastern import eastern
from habeas.names.scripts import Written, native, written
from habeas.names.sounds import Sound, as_written, sound

_similar = OSA.normalized_similarity
# An initial that fits says this much of a word; another form of the same name (Bob, Robert) is a little less than it.
INITIAL, NICKNAME = 0.75, 0.93
# What is left of the likeness of two words that are known to be two names.
OTHER_NAME = 0.7
# Below this likeness another form of a name is looked for, and it must then be at least so like.
UNLIKE, LIKE = 0.8, 0.75
TURNS = 4
# The kind of writing that says least decides how a pair is compared.
RANK = {"latin": 0, "cyrillic": 1, "greek": 2, "other": 3, "kana": 4, "hangul": 5, "han": 6, "abjad": 7}

FEATURES = (
    "worst", "mean", "second", "best", "run_together", "one_word", "left_over", "much_left_over", "initials", "family",
    "given", "given_letters", "same_text", "length", "order", "worst_squared", "run_together_squared",
    "worst_run_together", "worst_over_80", "worst_over_60", "run_together_over_80", "eastern_worst", "eastern_squared",
    "shortest", "worst_shortest", "given_over_70", "known_apart",
)  # fmt: skip
_NOTHING = (0.0,) * len(FEATURES)
_FAR = (0.0, 0.0, 0.0)


class Shape:
    """A name ready to be compared: how it is written, what each word sounds like, and the texts that stand for it.

    The texts differ with the kind of writing on the other side and are made once for each.
    """

    __slots__ = ("_texts", "_whole", "kind", "length", "sounds", "text", "written")

    def __init__(self, text: str, written: Written, sounds: tuple[Sound, ...], length: int) -> None:
        self.text = text
        self.written = written
        self.kind = written.kind
        self.sounds = sounds
        self.length = length
        self._texts: dict[str, tuple[str, ...]] = {}
        self._whole: dict[str, tuple[str, ...]] = {}

    def texts(self, kind: str) -> tuple[str, ...]:
        """What stands for each word beside a name of this kind of writing."""
        found = self._texts.get(kind)
        if found is None:
            found = self._texts[kind] = tuple([one.by(kind) for one in self.sounds])
        return found

    def whole(self, kind: str) -> tuple[str, ...]:
        """All words run together level by level, beginning with each of the first few: names are cut into words, and
        the words put in order, differently everywhere.
        """
        found = self._whole.get(kind)
        if found is None:
            found = self._whole[kind] = run_together([one.levels(kind) for one in self.sounds])
        return found


def run_together(levels: Sequence[tuple[str, str, str]], most: int = TURNS) -> tuple[str, ...]:
    """The words of a name as one, level by level, beginning with each of the first few words."""
    if len(levels) == 2:
        (a, b, c), (x, y, z) = levels
        return (f"{a}{x}|{b}{y}|{c}{z}", f"{x}{a}|{y}{b}|{z}{c}") if most > 1 else (f"{a}{x}|{b}{y}|{c}{z}",)
    found = []
    letters, classes, frames = zip(*levels, strict=True) if levels else ((), (), ())
    for at in range(min(len(levels), most)):
        turned = (one[at:] + one[:at] for one in (letters, classes, frames)) if at else (letters, classes, frames)
        found.append("|".join(map("".join, turned)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which word met which (words of the one, of the other, likeness in [0, 1]), best first, and the figures of it all.

    `kind` names the weights: a kind of writing, `both cyrillic`, or `short han`, `short hangul` where one of the two is a
    name of a few characters that is read as family name and given name.
    """

    kind: str
    texts: tuple[str, str]
    met: tuple[tuple[Sound, Sound, float], ...]
    left_over: tuple[str, ...]
    features: tuple[float, ...]
    # Family and given name of a short Chinese or Korean name, where they fit.
    eastern: tuple[float, float] | None = None


@lru_cache(maxsize=65_536)
def shape(text: str) -> Shape:
    """A printed name ready to be compared."""
    name = written(text)
    return Shape(text, name, tuple(map(sound, name.words)), sum(map(len, name.words)))


@lru_cache(maxsize=8_192)
def _native(text: str) -> Shape:
    """A name in its own letters: within one script, other letters are another name."""
    words = tuple(native(text).split())
    sounds = tuple(map(as_written, words))
    return Shape(text, Written("latin", words), sounds, sum(map(len, words)))


@lru_cache(maxsize=8_192)
def _other_names(word: str, kind: str) -> Mapping[str, tuple[str, ...]]:
    """What stands for the other forms of a given name (Bob for Robert), by the class of their first sound."""
    found: dict[str, tuple[str, ...]] = {}
    for other in map(sound, sound(word).others):
        found[other.first] = (*found.get(other.first, ()), other.by(kind))
    return found


def known_apart(x: Sound, y: Sound) -> bool:
    """True where two words are given names that share no form (Mohammed, Ahmed)."""
    if not x.others or not y.others or x.word == y.word or y.word in x.others:
        return False
    return not any(other in x.others for other in y.others)


def by_name(x: Sound, y: Sound, kind: str, likeness: float) -> float:
    """The likeness of two words of which one is a known given name: by its other forms, and by what it is not."""
    told = as_known(x, y, likeness)
    if told is not None:
        return told
    best = NICKNAME * max([_similar(*two) for two in _other_forms(x, y, kind)], default=0.0)
    return best if LIKE < best > likeness else likeness


def as_known(x: Sound, y: Sound, likeness: float) -> float | None:
    """The likeness of two words where no more need be asked: they are forms of one name, two names, or like enough.

    Two known names that share no form are two names, however few letters part them (Mohammed, Ahmed).
    """
    if x.others and y.others:
        if y.word in x.others:
            return max(likeness, NICKNAME)
        if known_apart(x, y):
            return likeness * OTHER_NAME
    return likeness if likeness >= UNLIKE else None


def _other_forms(x: Sound, y: Sound, kind: str) -> list[tuple[str, str]]:
    """The other forms of a known name, each with the word it is to be held against beside a name of this kind."""
    return [
        (form, other.by(kind))
        for one, other in ((x, y), (y, x))
        if one.others
        for form in _other_names(one.word, kind).get(other.first, ())
    ]


def shows(initial: Sound, word: Sound) -> bool:
    """True where an initial may stand for a word, or for another form of its name (V. for Olga, who is Volha too)."""
    if not initial.initial:
        return False
    return initial.letters == word.letters[:1] or any(other.startswith(initial.word) for other in word.others)


def _likenesses(a: Shape, b: Shape, kind: str) -> list[tuple[float, int, int]]:
    """How alike each word of the one is to each of the other: (likeness, place, place), places counted downwards."""
    every = []
    rights = tuple(zip(b.sounds, b.texts(kind), strict=True))
    for i, (x, left) in enumerate(zip(a.sounds, a.texts(kind), strict=True)):
        for j, (y, right) in enumerate(rights):
            if x is y or x.word == y.word:
                likeness = 1.0
            elif x.initial or y.initial:
                likeness = INITIAL if shows(x, y) or shows(y, x) else 0.0
            else:
                likeness = _similar(left, right)
                if x.others or y.others:
                    likeness = by_name(x, y, kind, likeness)
            every.append((likeness, -i, -j))
    return every


def _words(a: Shape, b: Shape, kind: str) -> list[tuple[float, int, int]]:
    """Each word of the shorter with its best word of the longer, the best pair first: (likeness, place, place)."""
    every = _likenesses(a, b, kind)
    if len(every) == 1:
        return every
    every.sort(reverse=True)
    found = [every[0]]
    wanted = len(a.sounds)
    if wanted == 1:
        return found
    taken_a, taken_b = {every[0][1]}, {every[0][2]}
    for one in every:
        if one[1] not in taken_a and one[2] not in taken_b:
            found.append(one)
            if len(found) == wanted:
                break
            taken_a.add(one[1])
            taken_b.add(one[2])
    return found


def _left_over(longer: Sequence[Sound], found: Sequence[tuple[float, int, int]]) -> tuple[str, ...]:
    """The words of the longer name that met none of the other."""
    gone = {-j for _, _, j in found}
    return tuple([y.word for j, y in enumerate(longer) if j not in gone])


def _in_order(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    """The two, the one whose writing says less first, whichever way they were given."""
    rank_a, rank_b = RANK[a.kind], RANK[b.kind]
    if rank_a < rank_b or (rank_a == rank_b and (len(a.sounds), a.text) > (len(b.sounds), b.text)):
        return b, a
    return a, b


def _as_compared(a: Shape, b: Shape) -> tuple[str, Shape, Shape]:
    """The kind of writing that decides how the two are compared, and the letters that are compared."""
    kind = a.kind
    if kind != b.kind or kind == "latin":
        return kind, a, b
    if kind == "cyrillic":
        return "both cyrillic", a, b
    # One script on both sides: its own letters tell more than any Latin spelling of them.
    return "latin", _native(a.text), _native(b.text)


def _features(
    a: Shape, b: Shape, found: Sequence[tuple[float, int, int]], together: float, east: tuple[float, float, float]
) -> tuple[float, ...]:
    """The figures of an alignment, as FEATURES names them; `a` has no more words than `b`."""
    one, two = a.sounds, b.sounds
    likeness = [item[0] for item in found]
    worst, n = likeness[-1], len(one)
    left = len(two) - n
    shortest = min([min(len(one[-i].word), len(two[-j].word), 10) for _, i, j in found]) / 10
    ordered = n > 1 and (found[0][1] > found[1][1]) == (found[0][2] > found[1][2])
    return (
        worst,
        sum(likeness) / n,
        likeness[1] if n > 1 else worst,
        likeness[0],
        together,
        float(n == 1),
        float(left),
        float(left > 1),
        float(sum([one[-i].initial or two[-j].initial for _, i, j in found])),
        *east,
        float(a.text == b.text),
        min(a.length, b.length, 20) / 20,
        float(ordered),
        worst * worst,
        together * together,
        worst * together,
        worst - 0.8 if worst > 0.8 else 0.0,
        worst - 0.6 if worst > 0.6 else 0.0,
        together - 0.8 if together > 0.8 else 0.0,
        min(east[0], east[1]),
        min(east[0], east[1]) ** 2,
        shortest,
        worst * shortest,
        east[1] - 0.7 if east[1] > 0.7 else 0.0,
        float(sum([known_apart(one[-i], two[-j]) for _, i, j in found])),
    )


def align(a: Shape, b: Shape) -> Alignment:
    """Two names word by word; the order of the two has no say."""
    a, b = _in_order(a, b)
    texts, weighed, east = (a.text, b.text), "", _FAR
    if a.kind != b.kind and a.written.readings:
        weighed = f"short {a.kind}"
        east = eastern(a.written, a.text.strip(), b.written.words)
    kind, a, b = _as_compared(a, b)
    if not a.sounds or not b.sounds:
        return Alignment(weighed or kind, texts, (), (), _NOTHING)
    whole, *_ = a.whole(kind)
    together = max([_similar(whole, turned) for turned in b.whole(kind)])
    if len(a.sounds) > len(b.sounds):
        a, b = b, a
    one, two = a.sounds, b.sounds
    found = _words(a, b, kind)
    features = _features(a, b, found, together, east)
    met = tuple([(one[-i], two[-j], s) for s, i, j in found])
    by_place = east[:2] if east[0] else None
    left_over = () if len(one) == len(two) else _left_over(two, found)
    return Alignment(weighed or kind, texts, met, left_over, features, by_place)
