"""Two mentions held against each other: names, birth, detention, sex, and whether they stand on one list."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.dates import PartialDate
from habeas.names import UNSURE, Agreement, Comparison, compare
from habeas.nouns import Pair, Same
from habeas.resolve.mentions import Facts

# Years in a list are often counted back from an age, so a year's difference is a doubt and not a contradiction.
_BIRTH_DOUBT_DAYS = 366
# Further apart than this, two detentions are two arrests: weak evidence, for people are arrested again.
_SAME_ARREST_DAYS = 45
# The more of a birth date agrees, the less the name must tell: by its likelihood, for a full day and for a year.
_ENOUGH = {2: 0.2, 1: 0.8}
_LIKELY = 0.9
_WHOLE = frozenset({Agreement.SAME, Agreement.CLOSE, Agreement.UNCLEAR})
_GIVEN_AGREES = frozenset({Agreement.SAME, Agreement.CLOSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How two mentions stand by the model; `apart`: never in one cluster; `support`: facts that agree beyond the name."""

    same: Same
    score: float
    why: tuple[str, ...]
    apart: bool = False
    support: int = 0

    def pair(self, a: str, b: str) -> Pair:
        return Pair(a=a, b=b, score=round(self.score, 4), same=self.same, why=self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    """Two sets of dates compared: support 2 the same day, 1 compatible, 0 nothing to go by, -1 doubt, -2 contradiction."""

    support: int
    why: str = ""


def _gap(a: PartialDate, b: PartialDate) -> int:
    """Days between the nearest days two dates may mean; 0 where they are compatible."""
    if a.compatible(b):
        return 0
    first, second = (a, b) if a.latest is not None and b.earliest is not None and a.latest < b.earliest else (b, a)
    if first.latest is None or second.earliest is None:
        return 0
    return (second.earliest - first.latest).days


def _likely_slip(a: PartialDate, b: PartialDate) -> bool:
    """Day and month swapped, or one of day, month and year miswritten."""
    if not (a.is_day and b.is_day and a.earliest is not None and b.earliest is not None):
        return False
    x, y = a.earliest, b.earliest
    agreeing = (x.year == y.year) + (x.month == y.month) + (x.day == y.day)
    return agreeing == 2 or (x.year == y.year and (x.month, x.day) == (y.day, y.month))


def _birth(a: Facts, b: Facts) -> _Dates:
    found = [_Dates(support=0)]
    for x in a.born:
        for y in b.born:
            if x.compatible(y):
                exact = x.is_day and y.is_day
                found.append(_Dates(support=2 if exact else 1, why=f"birth {x} agrees with {y}"))
            elif _gap(x, y) <= _BIRTH_DOUBT_DAYS or _likely_slip(x, y):
                found.append(_Dates(support=-1, why=f"birth {x} is near {y} and not the same"))
            else:
                found.append(_Dates(support=-2, why=f"birth {x} contradicts {y}"))
    return max(found[1:], key=lambda d: d.support) if len(found) > 1 else found[0]


def _detention(a: Facts, b: Facts) -> _Dates:
    found = []
    for x in a.detained:
        for y in b.detained:
            if x.compatible(y):
                exact = x.is_day and y.is_day
                found.append(_Dates(support=2 if exact else 1, why=f"detention {x} agrees with {y}"))
            elif _gap(x, y) <= _SAME_ARREST_DAYS:
                found.append(_Dates(support=0, why=f"detention {x} is near {y}"))
            else:
                found.append(_Dates(support=-1, why=f"detention {x} is not {y}: a second arrest, or another person"))
    return max(found, key=lambda d: d.support) if found else _Dates(support=0)


def best_names(a: Facts, b: Facts) -> tuple[Comparison, bool] | None:
    """The best comparison of any name of `a` with any of `b`, and whether any two are the same text."""
    best: Comparison | None = None
    equal = False
    for x in a.names:
        for y in b.names:
            found = compare(x.text, y.text, x.lang, y.lang)
            equal = equal or x.text.casefold() == y.text.casefold()
            if best is None or (found.sure, found.score) > (best.sure, best.score):
                best = found
    return None if best is None else (best, equal)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """All there is to judge a pair by."""

    name: Comparison
    equal: bool  # two of the names are the same text
    birth: _Dates
    arrest: _Dates

    @property
    def why(self) -> tuple[str, ...]:
        return (*self.name.why, *(d.why for d in (self.birth, self.arrest) if d.why))

    @property
    def support(self) -> int:
        return max(self.birth.support, 0) + max(self.arrest.support, 0)

    @property
    def born_alike(self) -> bool:
        """True where a birth date agrees so far that this likelihood of the names is enough."""
        whole = self.name.given in _WHOLE and self.name.surname in _WHOLE
        return whole and self.name.likelihood >= _ENOUGH.get(self.birth.support, 1.1)

    @property
    def contradicted(self) -> bool:
        if self.birth.support == -2:
            return True
        # Tables of names do not know every short form: born on one day, a likely name is a question and no contradiction.
        likely = self.birth.support == 2 and self.name.likelihood >= _LIKELY
        return Agreement.DIFFERENT in (self.name.given, self.name.patronymic) and not likely


def judge(a: Facts, b: Facts) -> Judged:
    """How two mentions stand, and why.

    A full name that agrees is sure unless evidence contradicts; a less sure one where the birth date agrees too. A clear contradiction of birth outweighs any name. Two
    rows of one list are two people unless name and evidence are equal. Half a name is never sure by itself.
    """
    if a.id > b.id:
        a, b = b, a
    named = best_names(a, b)
    if named is None:
        return Judged(same=Same.DIFFERENT, score=0.0, why=("one of the two has no name that may be seen",))
    found = _Evidence(name=named[0], equal=named[1], birth=_birth(a, b), arrest=_detention(a, b))
    if found.contradicted or (found.name.score < UNSURE and not found.born_alike):
        return _not_by_name(found)
    if a.sex is not None and b.sex is not None and a.sex != b.sex:
        return Judged(same=Same.UNSURE, score=0.5, why=(*found.why, "one is a woman and one a man"), apart=True)
    if a.list_id == b.list_id and not (a.gone or b.gone):
        return _one_list(found)
    if found.birth.support == -1:
        return Judged(same=Same.UNSURE, score=0.7 * found.name.score, why=found.why, support=found.support)
    if found.name.sure:
        return _full_name(found)
    if found.born_alike:
        score = max(found.name.score, 0.9)
        why = (*found.why, "the names are near enough for people born alike")
        return Judged(same=Same.SAME, score=score, why=why, support=found.support)
    if _bent(found, a, b):
        said = (*found.why, "one of the lists prints names in another grammatical case")
        return Judged(same=Same.SAME, score=0.92, why=said, support=found.support)
    return _half_name(found)


def _not_by_name(found: _Evidence) -> Judged:
    name = found.name
    agrees = name.given in _GIVEN_AGREES and name.patronymic is not Agreement.DIFFERENT
    if found.birth.support == 2 and agrees:
        why = (*found.why, "another surname: married, or a pen name?")
        return Judged(same=Same.UNSURE, score=UNSURE, why=why, support=found.support)
    return Judged(same=Same.DIFFERENT, score=min(name.score, 0.3), why=found.why, apart=found.contradicted)


def _one_list(found: _Evidence) -> Judged:
    score, agree = found.name.score, found.birth.support >= 0 and found.arrest.support >= 0
    if found.equal and found.name.sure and found.support and agree:
        return Judged(same=Same.SAME, score=score, why=(*found.why, "one list has them twice, alike"))
    why = (*found.why, "two rows of one list are two people unless somebody decides otherwise")
    if found.name.sure:
        return Judged(same=Same.UNSURE, score=0.6 * score, why=why, apart=True)
    return Judged(same=Same.DIFFERENT, score=0.3 * score, why=why, apart=True)


def _full_name(found: _Evidence) -> Judged:
    another_arrest = found.arrest.support < 0
    score = min(1.0, found.name.score + 0.02 * found.support) - (0.04 if another_arrest else 0.0)
    doubtful = another_arrest and found.name.surname is not Agreement.SAME and found.birth.support <= 0
    same = Same.UNSURE if doubtful else Same.SAME
    return Judged(same=same, score=score, why=found.why, support=found.support)


def _bent(found: _Evidence, a: Facts, b: Facts) -> bool:
    """True where the pair agrees if one is read in another case, and just one of the lists prints names so."""
    unclear = found.name.given is Agreement.UNCLEAR and found.name.surname is Agreement.SAME
    return unclear and a.oblique != b.oblique and found.arrest.support >= 0


def _half_name(found: _Evidence) -> Judged:
    name, arrest = found.name, found.arrest.support
    settled = found.birth.support == 2 or (arrest == 2 and name.given in _GIVEN_AGREES)
    if settled and name.surname is not Agreement.ABSENT and arrest >= 0:
        return Judged(same=Same.SAME, score=max(name.score, 0.9), why=found.why, support=found.support)
    score = name.score - (0.1 if arrest < 0 else 0.0) + 0.02 * found.support
    return Judged(same=Same.UNSURE, score=score, why=found.why, support=found.support)
