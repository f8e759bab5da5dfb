"""Two printed names compared, whatever their scripts: a calibrated score, how each part stands, and the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from habeas.names.align import Alignment, align, shape
from habeas.names.given import sex_of
from habeas.names.letters import fold_tokens, script_of
from habeas.names.likelihood import APART, FAR, TABLED, likelihood
from habeas.names.monosyllabic import Syllables, syllables
from habeas.names.parse import parse, says
from habeas.names.parts import AGREES, NO_NAME, Agreement, Parts, given_ids, parts
from habeas.names.scripts import UNSPACED, all_nobody, mixed, nobody, own_letters

# From this score on, given name and surname agree and nothing speaks against; tuned on pairs of real persons.
SURE = 0.9
# Below this score two names are not worth a person's look.
UNSURE = 0.6
# From this likelihood on two names are called the same where nothing but the names is known.
SAME = 0.5
# A word this like another agrees; one this far from it differs.
_ALIKE, _UNLIKE = 0.8, 0.5
# A given name differs for certain only below this likelihood: words may have met wrongly.
_OPEN = 0.2
# From this many pairs on it is worth loading numpy.
_MANY = 500
# What a text that cannot be a name scores at most.
_HALF = 0.5
# What two names score at most where two of their words are known to be two names (Hassan, Hussein), or, of single syllables,
# where one of these is only alike; and those whose syllables are spelled in another way.
_OTHER, _SPELLED = 0.85, 0.96
# The article, which a name is written with or without.
_AL = "ال"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two names compared: a score in [0, 1], how each part stands, and why in plain words.

    `score` says how well the parts agree where the table of given names settles it, and is the likelihood
    elsewhere. `likelihood` is the calibrated chance that the two are one person's, where one pair in three is.
    """

    score: float
    given: Agreement
    patronymic: Agreement
    surname: Agreement
    why: tuple[str, ...]
    likelihood: float = 0.0

    @property
    def sure(self) -> bool:
        """True where given name and surname both agree: the bar for linking on a name alone."""
        return self.score >= SURE and self.given in AGREES and self.surname in AGREES

    @property
    def same(self) -> bool:
        """True where the likelihood is above the threshold: the best guess on the names alone."""
        return self.likelihood >= SAME


def compare(a: str, b: str, lang_a: str | None = None, lang_b: str | None = None) -> Comparison:
    """How well two printed names may be one person's name, whatever their scripts and spelling systems.

    Names of Slavic use are taken apart (given name, patronymic, surname; see `parts`), all others are compared word by
    word (see `align`); `likelihood` weighs both. Titles, notes in brackets and look-alike letters of another script do
    not part a name from itself, and the reasons say where they were met. The languages are accepted for the caller's
    sake; the letters themselves have so far told more.
    """
    del lang_a, lang_b
    return _compare(a, b) if a <= b else _compare(b, a)


@lru_cache(maxsize=262_144)
def _compare(a: str, b: str) -> Comparison:
    found = align(shape(a), shape(b))
    chance = likelihood(found)
    told = parts(a, b) if found.kind in TABLED and chance >= FAR else None
    if told is None or not _settled(told, found.kind):
        result = _by_words(found, told, chance)
    else:
        result = Comparison(
            score=told.score, given=told.given, patronymic=told.patronymic, surname=told.surname, why=told.why,
            likelihood=round(chance, 4),
        )  # fmt: skip
    if found.features[APART] and result.score > _OTHER:
        result = replace(result, score=_OTHER, why=(*result.why, "two of the words are known to be two names"))
    return _noted(_by_consonants(_by_syllables(result, a, b), found, a, b), a, b)


def _by_syllables(found: Comparison, a: str, b: str) -> Comparison:
    """A name of single syllables agrees only where each of them does."""
    told = syllables(a, b)
    if told is None or not found.score:
        return found
    if told is Syllables.OTHER:
        why = (*found.why, "a syllable that is only alike is another name")
        return replace(found, score=min(found.score, _OTHER), why=why)
    score = 1.0 if told is Syllables.SAME else min(max(found.score, SURE), _SPELLED)
    return replace(found, score=score, given=Agreement.SAME, surname=Agreement.SAME)


def _by_consonants(found: Comparison, alignment: Alignment, a: str, b: str) -> Comparison:
    """Within a script that leaves vowels out, each letter tells: a word with another one (Ahmad, Muhammad) is perhaps a
    misprint and never surely the same name.
    """
    if found.score < SURE or shape(a).kind != "abjad" or shape(b).kind != "abjad":
        return found
    if all(x.word.removeprefix(_AL) == y.word.removeprefix(_AL) for x, y, _ in alignment.met):
        return found
    why = (*found.why, "where vowels are not written, another letter may be another name")
    return replace(found, score=_OTHER, given=Agreement.UNCLEAR, why=why)


def likelihoods(pairs: Iterable[tuple[str, str]]) -> list[float]:
    """The likelihood of each pair as `compare` gives it, without the parts and the reasons: many pairs in little time."""
    asked = list(pairs)
    out = all_nobody(dict.fromkeys(chain.from_iterable(asked)))
    if out:
        told = [pair for pair in asked if out.isdisjoint(pair)]
        chances = iter(likelihoods(told))
        return [next(chances) if out.isdisjoint(pair) else 0.0 for pair in asked]
    found = [round(chance, 4) for chance in _chances(asked)]
    # Equal texts are always likely, so the others need no second look.
    likely = [at for at, chance in enumerate(found) if chance >= SAME]
    for at in likely:
        if same_letters(*asked[at]):
            found[at] = 1.0
    return found


def _chances(pairs: list[tuple[str, str]]) -> list[float]:
    if len(pairs) >= _MANY:
        from habeas.names.many import likelihoods_at_once

        return likelihoods_at_once(pairs)
    return [likelihood(align(shape(a), shape(b))) for a, b in pairs]


def _settled(told: Parts, kind: str) -> bool:
    """True where the parts say more than the words: the table knows the given names, or one of the two lacks a part.

    Across scripts one known name is not enough, for a spelling may be why the other is not known; within one script it
    is (Marla is not Maria).
    """
    half = told.given in (Agreement.ABSENT, Agreement.INITIAL) or told.surname is Agreement.ABSENT
    return told is not NO_NAME and (told.told or half or (told.half_told and kind != "cyrillic"))


def _agreement(likeness: float) -> Agreement:
    if likeness >= 1.0:
        return Agreement.SAME
    if likeness >= _ALIKE:
        return Agreement.CLOSE
    return Agreement.UNCLEAR if likeness >= _UNLIKE else Agreement.DIFFERENT


def _by_likeness(found: Alignment, chance: float) -> tuple[Agreement, Agreement, tuple[str, ...]]:
    """Surname, given name and the reasons where the best pair of words stands for the one and the worst for the other."""
    why = tuple(f"{x.word} ~ {y.word} ({likeness:.0%} alike)" for x, y, likeness in found.met)
    if found.left_over:
        why = (*why, f"without a partner: {', '.join(found.left_over)}")
    surname, given = _agreement(found.met[0][2]), _agreement(found.met[-1][2])
    if len(found.met) == 1:
        given = Agreement.ABSENT
    elif given is Agreement.DIFFERENT and chance >= _OPEN:
        given = Agreement.UNCLEAR
    return surname, given, why


def _by_words(found: Alignment, told: Parts | None, chance: float) -> Comparison:
    """A pair that no table settles: the score is the likelihood, and the words that met are the parts.

    Family name and given name of a short Chinese or Korean name are known by their place. Elsewhere nothing says which
    word is the surname, so the best pair of words stands for it and the worst for the given name.
    """
    if not found.met:
        return Comparison(
            score=0.0, given=Agreement.ABSENT, patronymic=Agreement.ABSENT, surname=Agreement.ABSENT, why=NO_NAME.why
        )  # fmt: skip
    if found.eastern is None:
        surname, given, why = _by_likeness(found, chance)
    else:
        family, name = found.eastern
        why = (f"family name {family:.0%} alike", f"given name {name:.0%} alike, in one of its readings")
        surname, given = _agreement(family), _agreement(name)
    initials = any(x.initial or y.initial for x, y, _ in found.met)
    if chance >= SURE and given is not Agreement.ABSENT and not initials:
        surname, given = (one if one in AGREES else Agreement.CLOSE for one in (surname, given))
    patronymic = Agreement.ABSENT if told is None else told.patronymic
    chance = round(chance, 4)
    return Comparison(score=chance, given=given, patronymic=patronymic, surname=surname, why=why, likelihood=chance)


def _noted(found: Comparison, a: str, b: str) -> Comparison:
    """The comparison with what stands out in the texts themselves."""
    if nobody(a) or nobody(b):
        # A text wholly like itself stays so, but says nothing of who is who.
        score = 1.0 if same_letters(a, b) else min(found.score, _HALF)
        why = (*found.why, "one of the two cannot be a name")
        return replace(found, score=score, likelihood=0.0, given=Agreement.ABSENT, why=why)
    if same_letters(a, b):
        if script_of(a) in UNSPACED or own_letters(a) != own_letters(b):
            found = replace(found, given=Agreement.SAME, surname=Agreement.SAME, why=())
        return found if found.score == found.likelihood == 1.0 else replace(
            found, score=1.0, likelihood=1.0, why=found.why if found.score == 1.0 else ("the same text", *found.why)
        )  # fmt: skip
    if mixed(a) or mixed(b):
        return replace(found, why=(*found.why, "letters of another script that look the same were read as meant"))
    return found


def same_letters(a: str, b: str) -> bool:
    """True where two texts are one name in one script, letter by letter: titles, capitals and, where words are written
    together or now one way and now the other (Arabic letters), spaces aside; `own_letters` says which letters are one.
    """
    one, two = own_letters(a), own_letters(b)
    return one == two or (script_of(a) == "Arab" and one.replace(" ", "") == two.replace(" ", ""))


def fold(text: str) -> str:
    """A text folded for search, word by word, whatever its script: «Бяляцкі» and Bialiatski give one form.

    It follows `LETTERS` and `RULES` and nothing else, so that a page can fold what is typed in the same way. Digits
    and signs are no letters: they fall away, and a text of nothing else folds to an empty one.
    """
    return fold_all([text])[0]


def fold_all(texts: Iterable[str]) -> list[str]:
    """Many texts, each as `fold` gives it, with each word folded once and all of them together."""
    split = list(map(str.split, texts))
    words = list(dict.fromkeys(chain.from_iterable(split)))
    folded = dict(zip(words, fold_tokens(words), strict=True))
    return [" ".join(filter(None, map(folded.__getitem__, one))) for one in split]


def oblique(text: str) -> bool:
    """True where the name can only be read as standing in another case than the nominative (a list "release of ...")."""
    for reading in parse(text).readings[:1]:
        if reading.given is None or reading.surname is None:
            return False
        exact, other = given_ids(reading.given, reading.surname)
        told = says(reading.surname)
        return bool(other and not exact) or (bool(told) and all(one.startswith("o") for one in told))
    return False


def sex(text: str) -> str | None:
    """`f` or `m` where the given name tells it, else None; a guess from the name, never shown as a fact."""
    for reading in parse(text).readings[:1]:
        if reading.given is not None:
            exact, oblique = given_ids(reading.given, reading.surname)
            return sex_of(exact or oblique) if exact or oblique else None
    return None
