"""How likely two names are one person's: the figures of a comparison weighed, and the weights a table that anybody can read.

A logistic model for each kind of writing, fitted by bench/train_names.py on pairs of real persons' names. Its inputs are
the figures of `align`, and for Latin and Cyrillic names how each part stands by `parts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import exp
from operator import mul

from habeas.names.align import FEATURES, Alignment
from habeas.names.parts import AGREES, Agreement, Parts, parts
from habeas.names.scripts import rows

# What the table of given names adds to the figures of an alignment.
PARTS = (
    "parts_score", "parts_agree", "told", "told_agree", "told_given_differs", "told_surname_differs", "given_differs", "given_unclear",
    "given_initial", "given_absent", "surname_same", "surname_close", "surname_unclear", "surname_differs",
    "patronymic_same", "patronymic_differs",
)  # fmt: skip
_UNTOLD = (0.0,) * len(PARTS)
# Kinds of writing whose names the table of given names may know.
TABLED = frozenset({"latin", "cyrillic", "both cyrillic", "greek"})
_STEEPEST = 30.0
# One true pair in some two thousand is less likely than this by its words alone, and half of all others are.
_FAR = 0.003


def figures(found: Alignment, told: Parts | None) -> tuple[float, ...]:
    """What the weights are for, in the order of `FEATURES` and `PARTS`."""
    if told is None:
        return found.features + _UNTOLD
    given, surname, patronymic = told.given, told.surname, told.patronymic
    agree = given in AGREES and surname in AGREES and told.score >= 0.9
    return (
        *found.features,
        told.score,
        float(agree),
        float(told.told),
        float(agree and told.told),
        float(told.told and given is Agreement.DIFFERENT),
        float(told.told and surname not in AGREES),
        float(given is Agreement.DIFFERENT),
        float(given is Agreement.UNCLEAR),
        float(given is Agreement.INITIAL),
        float(given is Agreement.ABSENT),
        float(surname is Agreement.SAME),
        float(surname is Agreement.CLOSE),
        float(surname is Agreement.UNCLEAR),
        float(surname is Agreement.DIFFERENT),
        float(patronymic is Agreement.SAME),
        float(patronymic is Agreement.DIFFERENT),
    )


@lru_cache(maxsize=1)
def weights() -> Mapping[str, tuple[float, tuple[float, ...]]]:
    """For each kind of writing the constant and one weight for each figure; `far KIND` weighs the alignment alone."""
    found = {}
    for row in rows("weights.csv"):
        names = FEATURES if row["kind"].startswith("far ") else (*FEATURES, *PARTS)
        found[row["kind"]] = float(row["constant"]), tuple(float(row[name]) for name in names)
    return found


def _chance(kind: str, given: tuple[float, ...]) -> float:
    constant, by_figure = weights()[kind]
    z = constant + sum(map(mul, by_figure, given))
    return 1.0 / (1.0 + exp(-min(max(z, -_STEEPEST), _STEEPEST)))


def weigh(a: str, b: str, found: Alignment) -> tuple[float, Parts | None]:
    """The calibrated chance in [0, 1] that two names are one person's, where one pair in three is; and their parts.

    The parts are None where the table of given names has no say: in other scripts, and where the words are so far apart
    that no table could bring them together.
    """
    if not found.met:
        return 0.0, None
    if found.kind not in TABLED:
        return _chance(found.kind, found.features + _UNTOLD), None
    far = _chance(f"far {found.kind}", found.features)
    if far < _FAR:
        return far, None
    told = parts(a, b)
    return _chance(found.kind, figures(found, told)), told
