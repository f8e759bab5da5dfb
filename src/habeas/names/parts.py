"""Two names of Slavic use compared part by part: given name, patronymic, surname, with the reasons in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from habeas.names.given import father_of, firsts, sex_of
from habeas.names.letters import plain
from habeas.names.parse import Reading, Word, father_stem, parse, says

_CLOSE, _FAR = 0.85, 0.7
_PARTS = 0.93
# Below this score a swapped order or an equal patronymic has nothing to add to.
_PLAUSIBLE = 0.6


class Agreement(StrEnum):
    """How one part of two names stands."""

    SAME = "same"
    CLOSE = "close"  # a misprint or an ending away
    UNCLEAR = "unclear"  # two readings, one of which agrees
    INITIAL = "initial"  # one side shows a first letter only
    ABSENT = "absent"  # one side lacks the part
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Parts:
    """How the parts of two names stand, best reading against best; `told`, `half_told`: the table knows both given names, or one."""

    score: float
    given: Agreement
    patronymic: Agreement
    surname: Agreement
    why: tuple[str, ...]
    told: bool = False
    half_told: bool = False


AGREES = frozenset({Agreement.SAME, Agreement.CLOSE})


def given_ids(word: Word, surname: Word | None) -> tuple[frozenset[str], frozenset[str]]:
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
    one_name = _given_by_table(given_ids(a, a_surname), given_ids(b, b_surname), said)
    if one_name is not None:
        return one_name
    if a.given.known and b.given.known:
        return 0.0, Agreement.DIFFERENT, f"given names differ: {a.text}, {b.text}"
    return _given_by_letters(a, b, said)


def _given_by_table(
    a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]], said: str
) -> tuple[float, Agreement, str] | None:
    """Two words that are forms of one given name, by its ids as they stand and in another case; None where they are not."""
    a_exact, a_oblique = a
    b_exact, b_oblique = b
    if a_exact & b_exact:
        return 1.0, Agreement.SAME, f"{said} (one name)"
    shared = (a_exact | a_oblique) & (b_exact | b_oblique)
    if not shared:
        return None
    # Torn: a side that is a name as it stands agrees only if read as another case (Valeria, or of Valery).
    if not any((one in a_exact or not a_exact) and (one in b_exact or not b_exact) for one in shared):
        return 0.8, Agreement.UNCLEAR, f"{said} (one name if read as another grammatical case)"
    return 0.98, Agreement.SAME, f"{said} (one name, another grammatical case)"


def _given_by_letters(a: Word, b: Word, said: str) -> tuple[float, Agreement, str]:
    """Two given names of which the table knows one or none."""
    if a.given.any & b.given.any:
        return 0.94, Agreement.CLOSE, f"{said} (a misprint away)"
    if set(a.folds) & set(b.folds) or set(a.stems) & set(b.stems):
        return 0.98, Agreement.SAME, f"{said} (same but for the ending)"
    near = _similar(a.folds, b.folds)
    if near >= 0.75:
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
    x, y = father_stem(a.folds[0]), father_stem(b.folds[0])
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


def _read(a: Reading, b: Reading) -> Parts:
    surname_score, surname, surname_why = _surnames(a, b)
    told = half_told = False
    if a.given is None or b.given is None:
        given_score, given, given_why = 0.7, Agreement.ABSENT, "one of the two has no given name"
    else:
        given_score, given, given_why = _given(a.given, a.surname, b.given, b.surname)
        told = a.given.given.known and b.given.given.known
        half_told = a.given.given.known or b.given.given.known
    score = surname_score * given_score
    if a.patronymic is None or b.patronymic is None:
        return Parts(round(score, 4), given, Agreement.ABSENT, surname, (surname_why, given_why), told, half_told)
    patronymic, said = _patronymic(a.patronymic, b.patronymic)
    if patronymic is Agreement.DIFFERENT:
        score = min(score, 0.25)
    elif patronymic is Agreement.SAME and score >= _PLAUSIBLE:
        score = min(1.0, score + 0.03)
    return Parts(round(score, 4), given, patronymic, surname, (surname_why, given_why, said), told, half_told)


NO_NAME = Parts(0.0, Agreement.ABSENT, Agreement.ABSENT, Agreement.ABSENT, ("there is no name to compare",))


def parts(a: str, b: str) -> Parts:
    """Every reading of `a` against every reading of `b` (order of words, second surnames, case, spelling system); the best.

    A given name known on both sides must be one name by the table of given names: alike is not enough (Valeria is not
    Valery, Viktar is not Ihar). Patronymics count only where both have one.
    """
    left, right = parse(a).readings, parse(b).readings
    best: Parts | None = None
    for x in left:
        for y in right:
            found = _read(x, y)
            swapped = not (x.sure and y.sure) and (x is not left[0]) != (y is not right[0])
            if swapped and found.score >= _PLAUSIBLE:
                why = (*found.why, "the order of the words is swapped")
                found = replace(found, score=round(found.score * 0.97, 4), why=why)
            if best is None or (found.score, found.surname in AGREES) > (best.score, best.surname in AGREES):
                best = found
    return NO_NAME if best is None else best
