"""Given names: which spellings, short forms and languages are one name, and the names inside patronymics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from habeas.names.letters import plain, readings
from habeas.names.tables import rows

# How near a misprinted given name must come to a known one, and how long it must be to be guessed at all.
_NEAR, _LONG = 0.84, 5
_ENDINGS = ("I", "U", "AI", "AM", "UA")
_SOFT = re.compile(r"[ijyйьіиї]$")
_GLIDE = re.compile(r"[aeoаеэо][ijyй]$")  # whose dative keeps the vowel: Аляксею, Мікалаю
_SOFT_START = re.compile(r"^(?:я|[yji]a)")
# The same two in plain Latin letters.
_SOFT_STARTS = frozenset({"ya", "ja", "ia"})
_SOFT_ENDS = frozenset({f"{soft}{vowel}" for soft in "ijy" for vowel in "ae"} | {"re"})
_SOFT_A = re.compile(r"я$|[ijyь][ae]$|re$")


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """What a word may be as a given name: ids it is in the nominative, ids it is in another case, or a misprint of."""

    exact: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    misprint: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        return bool(self.exact or self.oblique)

    @property
    def any(self) -> frozenset[str]:
        return self.exact | self.oblique | self.misprint


@dataclass(frozen=True, slots=True)
class _Table:
    sex: Mapping[str, str]
    exact: Mapping[str, frozenset[str]]
    oblique: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    first: Mapping[str, frozenset[str]]
    shortened: Mapping[str, frozenset[str]]
    bare: frozenset[str]  # all of `exact` and `oblique` without their marks


def _frozen(index: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(ids) for key, ids in index.items()}


@lru_cache(maxsize=1)
def table() -> _Table:
    """The table of `given.csv`, indexed by fold."""
    sex: dict[str, str] = {}
    exact: dict[str, set[str]] = {}
    oblique: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    first: dict[str, set[str]] = {}
    for row in rows("given.csv"):
        sex[row["id"]] = row["sex"]
        for form in row["forms"].split():
            for folded in readings(form, form):
                exact.setdefault(mark(form, folded), set()).add(row["id"])
                bare = folded.rstrip("AIU")
                stems.setdefault(bare, set()).add(row["id"])
                first.setdefault(row["id"], set()).add(folded[:1])
                start = "'" if _SOFT_START.search(plain(form)) else ""
                if len(bare) >= 2:
                    of = "A'" if _SOFT.search(plain(form)) else "A"
                    glide = ("AU",) if _GLIDE.search(plain(form)) else ()
                    for ending in (*_ENDINGS, of, *glide):
                        oblique.setdefault(start + bare + ending, set()).add(row["id"])
    shortened: dict[str, set[str]] = {}
    for form in exact:
        if len(form) >= _LONG:
            for one in _shortened(form):
                shortened.setdefault(one, set()).add(form)
    unmarked = frozenset(form.strip("'") for form in (*exact, *oblique))
    return _Table(sex, _frozen(exact), _frozen(oblique), _frozen(stems), _frozen(first), _frozen(shortened), unmarked)


def mark(text: str, folded: str) -> str:
    """The fold of a given name with the softness put back that it drops at both ends.

    Виктора (of Viktor) is not Виктория, and Яна is not Анна.
    """
    if text.isascii() and text.islower():
        start = "'" if text[:2] in _SOFT_STARTS else ""
        return f"{start}{folded}'" if text[-2:] in _SOFT_ENDS else start + folded
    letters = plain(text)
    start = "'" if _SOFT_START.search(letters) else ""
    end = "'" if _SOFT_A.search(letters) else ""
    return start + folded + end


def _union(index: Mapping[str, frozenset[str]], folds: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(index.get(folded, frozenset()) for folded in folds))


def as_it_stands(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the given names a word is in the nominative, and in another case, by its folds (each with its `mark`)."""
    known = table()
    if len(words) == 1:
        exact = known.exact.get(words[0], _NONE)
        return exact, known.oblique.get(words[0], _NONE) - exact
    exact = _union(known.exact, words)
    return exact, _union(known.oblique, words) - exact


@lru_cache(maxsize=65_536)
def given_of(words: tuple[str, ...]) -> Given:
    """What a word may be as a given name, by its folds (each with its `mark`)."""
    exact, oblique = as_it_stands(words)
    return Given(exact, oblique, _NONE if exact or oblique else misprint_of(words[0]))


@lru_cache(maxsize=65_536)
def misprint_of(word: str) -> frozenset[str]:
    """Ids of the known forms nearest to a word, where one is near enough: found by the letters that both keep."""
    if len(word) < _LONG:
        return _NONE
    known = table()
    near: dict[str, float] = {}
    for one in _shortened(word):
        for form in known.shortened.get(one, ()):
            if form not in near:
                near[form] = OSA.normalized_similarity(word, form)
    best = max(near.values(), default=0.0)
    return _union(known.exact, [form for form, score in near.items() if score == best]) if best >= _NEAR else _NONE


def _shortened(word: str) -> set[str]:
    """A word and all it becomes with one letter left out; with two where it is so long that two may be wrong."""
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if 2 / len(word) > 1 - _NEAR:
        return {word, *once}
    return {word, *once, *(one[:i] + one[i + 1 :] for one in once for i in range(len(one)))}


def sex_of(ids: frozenset[str]) -> str | None:
    """`f` or `m` where every id agrees."""
    found = {table().sex[one] for one in ids}
    return found.pop() if len(found) == 1 and found != {"u"} else None


def firsts(ids: frozenset[str]) -> frozenset[str]:
    """The folded first letters that an initial of these names may show (A. for Ales and Alexander, V. or O. for Olga)."""
    return _union(table().first, ids)


def father_of(bare: str) -> frozenset[str]:
    """The given names that the folded stem of a patronymic may come from."""
    known = table()
    return known.stems.get(bare.rstrip("AIU"), frozenset())
