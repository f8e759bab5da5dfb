"""How likely two names are one person's: the figures of a comparison weighed, and the weights a table that anybody can read.

A logistic model for each kind of writing, fitted by bench/train_names.py on pairs of real persons' names. Its inputs are
the figures of `align`, and for Latin and Cyrillic names how each part stands by `parts`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from math import exp
from operator import mul

from habeas.names.align import FEATURES, Alignment
from habeas.names.parts import AGREES, Agreement, Parts

# What the table of given names adds to the figures of an alignment.
PARTS = (
    "parts_score", "parts_agree", "told", "told_agree", "told_given_differs", "given_differs", "given_unclear",
    "given_initial", "given_absent", "surname_same", "surname_close", "surname_unclear", "surname_differs",
    "patronymic_same", "patronymic_differs",
)  # fmt: skip
_UNTOLD = (0.0,) * len(PARTS)
# Kinds of writing whose names the table of given names may know.
TABLED = frozenset({"latin", "cyrillic", "both cyrillic", "greek"})
_STEEPEST = 30.0


def figures(found: Alignment, parts: Parts | None) -> tuple[float, ...]:
    """What the weights are for, in the order of `FEATURES` and `PARTS`."""
    if parts is None:
        return found.features + _UNTOLD
    given, surname, patronymic = parts.given, parts.surname, parts.patronymic
    agree = given in AGREES and surname in AGREES and parts.score >= 0.9
    return (
        *found.features,
        parts.score,
        float(agree),
        float(parts.told),
        float(agree and parts.told),
        float(parts.told and given is Agreement.DIFFERENT),
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
    """For each kind of writing the constant and one weight for each figure."""
    text = files("habeas.names").joinpath("weights.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        found[row["kind"]] = float(row["constant"]), tuple(float(row[name]) for name in (*FEATURES, *PARTS))
    return found


def likelihood(found: Alignment, parts: Parts | None) -> float:
    """The calibrated chance in [0, 1] that two names compared so are one person's, where one pair in three is."""
    if not found.met:
        return 0.0
    constant, by_figure = weights()[found.kind]
    z = constant + sum(map(mul, by_figure, figures(found, parts)))
    return 1.0 / (1.0 + exp(-min(max(z, -_STEEPEST), _STEEPEST)))
