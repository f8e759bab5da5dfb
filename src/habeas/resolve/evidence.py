"""Two mentions held against each other: what the model weighs, and what it may not overrule.

The weight says how likely the two are one person. It does not decide alone: a clear contradiction keeps two apart
whatever else agrees, and half a name is never enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from habeas.dates import PartialDate
from habeas.names import UNSURE, Agreement, Comparison, common, compare
from habeas.nouns import Pair, Same
from habeas.resolve.folding import place_of
from habeas.resolve.mentions import Facts

# Weights (log2 of the odds) from which two are one person, and from which somebody should look.
SURE, OPEN = 0.0, -3.0
# Names that do not agree (a pen name, a name married into) need so much, and a birth that agrees.
_ANY_NAME = 5.0
# Of given names that the table knows to be two, so unlikely a pair is two people whatever else agrees: brothers, twins.
_TWO_NAMES = 0.1
# Years in a list are often counted back from an age, so a year's difference is a doubt and not a contradiction.
_BIRTH_DOUBT_DAYS = 366
# Further apart than this, two detentions are two arrests: weak evidence, for people are arrested again.
_SAME_ARREST_DAYS = 45
_LIKELY = 0.9
_UNDECIDED = 0.89  # the score of a pair that a rule keeps open, at most
# What the weight does not see (log2 of the odds): a list seldom has somebody twice, and names that are said to be two
# people's seldom are one's. Measured on labelled lists (docs/linking.md).
_TWICE, _TWO_PEOPLE = 7.0, 2.0
_GIVEN_AGREES = frozenset({Agreement.SAME, Agreement.CLOSE})
_HALF = frozenset({Agreement.ABSENT, Agreement.INITIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How two mentions stand; `apart`: never in one cluster; `support`: facts that agree beyond the name; `same_name`:
    given name and surname are one in whatever spelling, and not only alike.

    `bits` is the weight of the pair by the model, which counts where whole clusters are held against each other; `odds`
    (log2) how likely the two are one person, whatever is done about it.
    """

    same: Same
    score: float
    bits: float
    why: tuple[str, ...]
    apart: bool = False
    support: int = 0
    same_name: bool = False
    odds: float = -inf

    @property
    def fit(self) -> tuple[int, bool]:
        """Which of two sure pairs fits better, where only one of them can hold."""
        return self.support, self.same_name

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


def _home(a: Facts, b: Facts) -> tuple[str, bool]:
    if not a.homes or not b.homes:
        return "", False
    alike = [(x, y) for x in a.homes for y in b.homes if place_of(x) == place_of(y)]
    x, y = alike[0] if alike else (a.homes[0], b.homes[0])
    return (f"home {x} agrees with {y}", True) if alike else (f"home {x} is not {y}", False)


def _numbers(a: Facts, b: Facts) -> bool | None:
    """Whether two editions of a list give the two one number; None where they do not number both."""
    if a.number is None or b.number is None or a.series != b.series:
        return None
    return a.number == b.number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """All there is to judge a pair by; `bits` is its weight by the model."""

    name: Comparison
    equal: bool  # two of the names are the same text
    birth: _Dates
    arrest: _Dates
    home: str
    at_home: bool  # the homes agree
    number: bool | None
    one_list: bool
    bits: float
    two_sexes: bool
    one_oblique: bool  # just one of the lists prints names in another grammatical case
    names: tuple[str, ...]  # of both

    @property
    def why(self) -> tuple[str, ...]:
        numbered = {True: "one number in both editions", False: "two numbers of one list", None: ""}[self.number]
        return (*self.name.why, *(one for one in (self.birth.why, self.arrest.why, self.home, numbered) if one))

    @property
    def support(self) -> int:
        return max(self.birth.support, 0) + max(self.arrest.support, 0) + 2 * (self.number is True)

    @property
    def score(self) -> float:
        return 1 / (1 + 2 ** -max(min(self.bits, 60.0), -60.0))

    @property
    def half(self) -> bool:
        """One of the two names lacks a part or has but its first letter."""
        return self.name.given in _HALF or self.name.surname is Agreement.ABSENT

    @property
    def common_alone(self) -> bool:
        """Many bear the name, in the world and not only in these lists, and nothing else agrees."""
        return not self.support and not self.at_home and all(map(common, self.names))

    @property
    def settled(self) -> bool:
        """Something beside half a name tells that the two are one."""
        if self.name.surname is Agreement.ABSENT:
            return False
        arrested = self.arrest.support == 2 and self.name.given in _GIVEN_AGREES
        return self.birth.support == 2 or bool(self.number) or arrested

    @property
    def bent(self) -> bool:
        """The names agree if one is read in another grammatical case, as one of the lists prints them."""
        in_another_case = self.name.given is Agreement.UNCLEAR and self.name.surname is Agreement.SAME
        return in_another_case and self.one_oblique and self.arrest.support >= 0

    @property
    def contradicted(self) -> bool:
        if self.birth.support == -2:
            return True
        # Tables of names do not know every short form: a likely name is a question and no contradiction.
        if self.name.patronymic is Agreement.DIFFERENT:
            return self.birth.support < 2 or self.name.likelihood < _LIKELY
        return self.name.given is Agreement.DIFFERENT and (self.bits < SURE or self.name.likelihood < _TWO_NAMES)


NOBODY = Judged(same=Same.DIFFERENT, score=0.0, bits=-20.0, why=("one of the two has no name that may be seen",))


def judge(a: Facts, b: Facts, name: Comparison, bits: float, *, equal: bool) -> Judged:
    """How two mentions stand, and why; `bits` is the weight of the pair by the model, `name` how their names compare.

    Sure where the weight says so, the names are whole and nothing contradicts. A clear contradiction of birth outweighs
    any name. Two rows of one list are two people unless name and evidence are equal, and so are two rows of two editions
    of a list that numbers its people, where the numbers differ.
    """
    found = _evidence(a, b, name, bits, equal=equal) if a.id <= b.id else _evidence(b, a, name, bits, equal=equal)
    judged = _verdict(found)
    doubt = _TWICE if found.one_list else _TWO_PEOPLE if judged.same is Same.DIFFERENT else 0.0
    return replace(judged, odds=judged.bits - doubt)


def _verdict(found: _Evidence) -> Judged:
    bits = found.bits
    if found.number and found.birth.support > -2 and not found.two_sexes:
        return _by_number(found)
    any_name = found.name.score < UNSURE
    if found.contradicted or bits < (SURE if any_name else OPEN) or (any_name and not found.support):
        return _not_by_name(found)
    if found.two_sexes:
        return Judged(
            same=Same.UNSURE, score=0.5, bits=bits, why=(*found.why, "one is a woman and one a man"), apart=True
        )
    return _one_list(found) if found.one_list else _by_weight(found)


def _evidence(a: Facts, b: Facts, name: Comparison, bits: float, *, equal: bool) -> _Evidence:
    number = _numbers(a, b)
    one_list = a.list_id == b.list_id or number is False
    home, at_home = _home(a, b)
    return _Evidence(
        name=name, equal=equal, birth=_birth(a, b), arrest=_detention(a, b), home=home, at_home=at_home, number=number,
        one_list=one_list and not (a.gone or b.gone), bits=bits,
        two_sexes=a.sex is not None and b.sex is not None and a.sex != b.sex,
        one_oblique=a.oblique != b.oblique,
        names=tuple(name.text for name in (*a.names, *b.names)),
    )  # fmt: skip


def _by_number(found: _Evidence) -> Judged:
    """The list says that it is one person; only a name that has nothing of the other makes one ask whether it errs."""
    agrees = found.name.same or not {found.name.given, found.name.surname}.isdisjoint(_GIVEN_AGREES)
    score = max(found.score, 0.9) if agrees else min(found.score, _UNDECIDED)
    same = Same.SAME if agrees else Same.UNSURE
    return Judged(same=same, score=score, bits=max(found.bits, SURE), why=found.why, support=found.support)


def _by_weight(found: _Evidence) -> Judged:
    why = found.why
    same = _told_by_rule(found)
    if same is None:
        same = Same.UNSURE if found.bits < SURE or found.common_alone else Same.SAME
        if same is Same.UNSURE and found.name.sure:
            why = (*why, "others may bear so common a name, and nothing else agrees")
    elif found.bent and same is Same.SAME:
        why = (*why, "one of the lists prints names in another grammatical case")
    score = max(found.score, 0.9) if same is Same.SAME else min(found.score, _UNDECIDED)
    same_name = found.name.given is found.name.surname is Agreement.SAME
    return Judged(same=same, score=score, bits=found.bits, why=why, support=found.support, same_name=same_name)


def _told_by_rule(found: _Evidence) -> Same | None:
    """What no weight may overrule; None where the weight decides."""
    name = found.name
    if found.birth.support == -1 or name.given is Agreement.DIFFERENT:
        return Same.UNSURE
    if name.score < UNSURE:
        return Same.SAME if found.bits >= _ANY_NAME and found.birth.support > 0 else Same.UNSURE
    if found.bent:
        return Same.SAME
    # Two arrests under one name: how rare it is in the lists at hand does not say how rare it is in the world.
    if found.arrest.support < 0 and found.birth.support <= 0:
        return Same.UNSURE
    # How rare a name is in the lists at hand (the one García) makes it no surer that it is the same name.
    if not (name.sure or found.half or found.support):
        return Same.UNSURE
    return Same.UNSURE if found.half and not found.settled else None


def _not_by_name(found: _Evidence) -> Judged:
    name = found.name
    agrees = name.given in _GIVEN_AGREES and name.patronymic is not Agreement.DIFFERENT
    if found.birth.support == 2 and agrees:
        why = (*found.why, "another surname: married, or a pen name?")
        return Judged(same=Same.UNSURE, score=UNSURE, bits=found.bits, why=why, support=found.support)
    return Judged(
        same=Same.DIFFERENT, score=min(found.score, 0.3), bits=found.bits, why=found.why, apart=found.contradicted
    )


def _one_list(found: _Evidence) -> Judged:
    agree = found.birth.support >= 0 and found.arrest.support >= 0 and found.number is not False
    if found.equal and found.name.sure and found.support and agree:
        twice = (*found.why, "one list has them twice, alike")
        return Judged(same=Same.SAME, score=max(found.score, 0.9), bits=found.bits, why=twice, support=found.support)
    why = (*found.why, "two rows of one list are two people unless somebody decides otherwise")
    same = Same.UNSURE if found.name.sure else Same.DIFFERENT
    score = min(found.score, 0.6 if found.name.sure else 0.3)
    return Judged(same=same, score=score, bits=found.bits, why=why, apart=True)
