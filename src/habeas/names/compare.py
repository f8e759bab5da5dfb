"""Two printed names compared part by part, with the reasons in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from habeas.names.given import father_of, firsts, sex_of
from habeas.names.letters import fold_token, plain
from habeas.names.parse import Reading, Word, father, parse, says

# From this score on, given name and surname agree and nothing speaks against; tuned on pairs of real persons.
SURE = 0.9
# Below this score two names are not worth a person's look.
UNSURE = 0.6
_CLOSE, _FAR = 0.85, 0.7
_PARTS = 0.93


class Agreement(StrEnum):
    """How one part of two names stands."""

    SAME = "same"
    CLOSE = "close"  # a misprint or an ending away
    UNCLEAR = "unclear"  # two readings, one of which agrees
    INITIAL = "initial"  # one side shows a first letter only
    ABSENT = "absent"  # one side lacks the part
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two names compared: a score in [0, 1], how each part stands, and why in plain words."""

    score: float
    given: Agreement
    patronymic: Agreement
    surname: Agreement
    why: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """True where given name and surname both agree: the bar for linking on a name alone."""
        return self.score >= SURE and self.given in _AGREES and self.surname in _AGREES


_AGREES = frozenset({Agreement.SAME, Agreement.CLOSE})


def _ids(word: Word, surname: Word | None) -> tuple[frozenset[str], frozenset[str]]:
    """Ids a given name has in the nominative and in another case, once the ending of the surname has had its say.

    «Александра» before «Манцевича» is Alexander, before «Захарик» Alexandra, before «Бабкова» either.
    """
    exact, oblique = word.given.exact, word.given.oblique
    told = says(surname) if surname is not None and exact and oblique else frozenset[str]()
    if not told:
        return exact, oblique
    fits_exact = frozenset(one for one in exact if f"n{_sex(one)}" in told or _sex(one) == "u")
    fits_oblique = frozenset(one for one in oblique if f"o{_sex(one)}" in told or _sex(one) == "u")
    return (fits_exact, fits_oblique) if fits_exact or fits_oblique else (exact, oblique)


def _sex(one: str) -> str:
    return sex_of(frozenset({one})) or "u"


def _similar(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    return max(OSA.normalized_similarity(x, y) for x in a for y in b)


@lru_cache(maxsize=262_144)
def _given(a: Word, a_surname: Word | None, b: Word, b_surname: Word | None) -> tuple[float, Agreement, str]:
    said = f"given name {a.text} ~ {b.text}"
    if a.initial or b.initial:
        return _initial(a, b, said)
    if plain(a.text) == plain(b.text) or (a.folds[0] == b.folds[0] and not (a.given.known and b.given.known)):
        return 1.0, Agreement.SAME, f"{said} (same after folding)"
    a_exact, a_oblique = _ids(a, a_surname)
    b_exact, b_oblique = _ids(b, b_surname)
    if a_exact & b_exact:
        return 1.0, Agreement.SAME, f"{said} (one name)"
    shared = (a_exact | a_oblique) & (b_exact | b_oblique)
    if shared:
        # Torn: a side that is a name as it stands agrees only if read as another case (Valeria, or of Valery).
        torn = not any((one in a_exact or not a_exact) and (one in b_exact or not b_exact) for one in shared)
        if torn:
            return 0.8, Agreement.UNCLEAR, f"{said} (one name if read as another grammatical case)"
        return 0.98, Agreement.SAME, f"{said} (one name, another grammatical case)"
    near = _similar(a.folds, b.folds)
    if a.given.known and b.given.known:
        return 0.0, Agreement.DIFFERENT, f"given names differ: {a.text}, {b.text}"
    if a.given.any & b.given.any:
        return 0.94, Agreement.CLOSE, f"{said} (a misprint away)"
    if set(a.folds) & set(b.folds) or set(a.stems) & set(b.stems):
        return 0.98, Agreement.SAME, f"{said} (same but for the ending)"
    if near >= 0.75 and not (a.given.known and b.given.known):
        return 0.85 * near + 0.1, Agreement.CLOSE, f"{said} (alike)"
    return 0.3 * near, Agreement.DIFFERENT, f"given names differ: {a.text}, {b.text}"


def _initial(a: Word, b: Word, said: str) -> tuple[float, Agreement, str]:
    def letters(word: Word) -> frozenset[str]:
        shown = frozenset(f[:1] for f in word.folds)
        return shown if word.initial else shown | firsts(word.given.any)

    if letters(a) & letters(b):
        return 0.72, Agreement.INITIAL, f"{said} (only an initial to go by)"
    return 0.0, Agreement.DIFFERENT, f"initials differ: {a.text}, {b.text}"


@lru_cache(maxsize=262_144)
def _surname(a: Word, b: Word) -> tuple[float, Agreement, str]:
    said = f"surname {a.text} ~ {b.text}"
    if set(a.stems) & set(b.stems):
        return 1.0, Agreement.SAME, f"{said} (same after folding)"
    if (a.parts or b.parts) and set(a.parts or a.stems) & set(b.parts or b.stems):
        return _PARTS, Agreement.CLOSE, f"{said} (one part of a double surname)"
    best = 0.0
    for x, frame_x in zip(a.stems, a.frames, strict=True):
        for y, frame_y in zip(b.stems, b.frames, strict=True):
            whole = OSA.normalized_similarity(x, y)
            best = max(best, (whole + OSA.normalized_similarity(frame_x, frame_y)) / 2)
    if best >= _CLOSE:
        return best, Agreement.CLOSE, f"{said} ({best:.0%} alike after folding)"
    if best >= _FAR:
        return best - 0.1, Agreement.UNCLEAR, f"{said} ({best:.0%} alike after folding)"
    return best * 0.5, Agreement.DIFFERENT, f"surnames differ: {a.text}, {b.text}"


@lru_cache(maxsize=65_536)
def _patronymic(a: Word, b: Word) -> tuple[Agreement, str]:
    x, y = father(a), father(b)
    if x == y or father_of(x) & father_of(y) or set(a.folds) & set(b.folds):
        return Agreement.SAME, f"patronymic {a.text} ~ {b.text} (same)"
    known = bool(father_of(x)) and bool(father_of(y))
    if not known and OSA.normalized_similarity(x, y) >= 0.75:
        return Agreement.CLOSE, f"patronymic {a.text} ~ {b.text} (alike)"
    return Agreement.DIFFERENT, f"patronymics differ: {a.text}, {b.text}"


def _surnames(a: Reading, b: Reading) -> tuple[float, Agreement, str]:
    if a.surname is None or b.surname is None:
        return 0.5, Agreement.ABSENT, "one of the two has no surname"
    best = _surname(a.surname, b.surname)
    if best[1] is Agreement.SAME or not (a.others or b.others):
        return best
    for x in (a.surname, *a.others):
        for y in (b.surname, *b.others):
            _, agreement, why = _surname(x, y)
            if agreement is Agreement.SAME and best[0] < _PARTS:
                best = (_PARTS, Agreement.CLOSE, why)
    return best


def _read(a: Reading, b: Reading) -> Comparison:
    surname_score, surname, surname_why = _surnames(a, b)
    if a.given is None or b.given is None:
        given_score, given, given_why = 0.7, Agreement.ABSENT, "one of the two has no given name"
    else:
        given_score, given, given_why = _given(a.given, a.surname, b.given, b.surname)
    why = [surname_why, given_why]
    patronymic = Agreement.ABSENT
    score = surname_score * given_score
    if a.patronymic is not None and b.patronymic is not None:
        patronymic, said = _patronymic(a.patronymic, b.patronymic)
        why.append(said)
        if patronymic is Agreement.DIFFERENT:
            score = min(score, 0.25)
        elif patronymic is Agreement.SAME:
            score = min(1.0, score + 0.03) if score >= UNSURE else score
    return Comparison(score=round(score, 4), given=given, patronymic=patronymic, surname=surname, why=tuple(why))


_NOTHING = Comparison(
    score=0.0,
    given=Agreement.ABSENT,
    patronymic=Agreement.ABSENT,
    surname=Agreement.ABSENT,
    why=("there is no name to compare",),
)


def _order(comparison: Comparison) -> tuple[float, bool]:
    return comparison.score, comparison.surname in _AGREES


def compare(a: str, b: str, lang_a: str | None = None, lang_b: str | None = None) -> Comparison:
    """How well two printed names may be one person's name, whatever their scripts and spelling systems.

    Every reading of `a` is held against every reading of `b` (order of words, second surnames, grammatical case,
    spelling system) and the best counts. A given name known on both sides must be one name by the table of given
    names: alike is not enough (Valeria is not Valery, Viktar is not Ihar). Patronymics count only where both have one.
    The languages are accepted for the caller's sake; the letters themselves have so far told more.
    """
    del lang_a, lang_b
    return _compare(a, b) if a <= b else _compare(b, a)


@lru_cache(maxsize=262_144)
def _compare(a: str, b: str) -> Comparison:
    left, right = parse(a), parse(b)
    best = _NOTHING
    for x in left.readings:
        for y in right.readings:
            swapped = not (x.sure and y.sure) and (x is not left.readings[0]) != (y is not right.readings[0])
            found = _read(x, y)
            if swapped and found.score >= UNSURE:
                found = _swapped(found)
            if _order(found) > _order(best):
                best = found
    if plain(a) == plain(b) and best.score < 1.0:
        best = Comparison(
            score=1.0,
            given=best.given,
            patronymic=best.patronymic,
            surname=best.surname,
            why=("the same text", *best.why),
        )
    return best


def _swapped(found: Comparison) -> Comparison:
    return Comparison(
        score=round(found.score * 0.97, 4),
        given=found.given,
        patronymic=found.patronymic,
        surname=found.surname,
        why=(*found.why, "the order of the words is swapped"),
    )


def keys(text: str) -> frozenset[str]:
    """Search and blocking keys: two names that may be one person's nearly always share one.

    `s:` the consonants of each word that may be a surname; `d:` the same with one letter left out, so that a misprint
    still meets; `g:` the given name with the surname's first letter.
    """
    found: set[str] = set()
    for reading in parse(text).readings:
        given = frozenset[str]() if reading.given is None else reading.given.given.any
        for word in (w for w in (reading.surname, *reading.others) if w is not None):
            for frame in {*word.frames, *(_frame(part) for part in word.parts)}:
                found.add(f"s:{frame}")
                if len(frame) >= 4:
                    found.add(f"d:{frame}")
                    found.update(f"d:{frame[:i]}{frame[i + 1 :]}" for i in range(len(frame)))
                found.update(f"g:{one}:{frame[:1]}" for one in given)
        if reading.surname is None and reading.given is not None:
            found.update(f"n:{one}" for one in given or reading.given.folds)
    return frozenset(found)


def _frame(part: str) -> str:
    return part[:1] + "".join(c for c in part[1:] if c not in "AIU")


def fold(text: str) -> str:
    """A text folded for search, word by word, whatever its script: «Бяляцкі» and Bialiatski give one form.

    It follows `LETTERS` and `RULES` and nothing else, so that a page can fold what is typed in the same way.
    """
    return " ".join(f for f in (fold_token(word) for word in text.split()) if f)


def oblique(text: str) -> bool:
    """True where the name can only be read as standing in another case than the nominative (a list "release of ...")."""
    for reading in parse(text).readings[:1]:
        if reading.given is None or reading.surname is None:
            return False
        exact, other = _ids(reading.given, reading.surname)
        told = says(reading.surname)
        return bool(other and not exact) or (bool(told) and all(one.startswith("o") for one in told))
    return False


def sex(text: str) -> str | None:
    """`f` or `m` where the given name tells it, else None; a guess from the name, never shown as a fact."""
    for reading in parse(text).readings[:1]:
        if reading.given is not None:
            exact, oblique = _ids(reading.given, reading.surname)
            return sex_of(exact or oblique) if exact or oblique else None
    return None
