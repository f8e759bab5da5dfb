"""How likely two names are one person's: the figures of an alignment weighed, by weights in a table that anybody can read.

A logistic model for each kind of writing, fitted by bench/train_names.py on pairs of real persons' names. Its inputs are
the figures of `align`, and for names of Slavic use what is known of the words that met, by `slavic`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import exp
from operator import mul

from habeas.names.align import FEATURES, Alignment
from habeas.names.parts import Agreement, parts
from habeas.names.slavic import EXPLAINED, READ_AS, Known, Meeting, known, meet
from habeas.names.tables import rows

# What is known of the words adds to the figures of an alignment: how often each `Meeting` came, and the likeness of the
# worst pair once words that are one name count as alike.
# A misprint is too rare to have a weight of its own: it counts by the likeness it is read as.
COUNTED = tuple(one for one in Meeting if one not in (Meeting.NOTHING, Meeting.GIVEN_MISPRINT))
MEETINGS = (
    *(one.name.lower() for one in COUNTED), "unexplained", "all_explained", "worst_read",
    "worst_read_squared", "worst_read_together", "worst_read_over_80",
)  # fmt: skip
_UNKNOWN = (0.0,) * len(MEETINGS)
# Kinds of writing whose names the table of given names may know.
TABLED = frozenset({"latin", "cyrillic", "both cyrillic", "greek"})
APART, TORN = FEATURES.index("known_apart"), MEETINGS.index("given_torn")
_TOGETHER = FEATURES.index("run_together")
# No two names are wholly sure or wholly ruled out: the chance stays between 0.0001 and 0.9999.
STEEPEST = 9.21
DOUBTFUL = 0.8
# What names known to be two come to at most; a name of more words than this may have met wrongly.
MOST, FEW = 0.45, 2
# One true pair in some two thousand is less likely than this by its words alone, and half of all others are.
FAR = 0.003


def meetings(found: Alignment, of: Callable[[str], Known] = known) -> tuple[float, ...]:
    """What is known of the words that met, in the order of `MEETINGS`; `of` says what is known of a word."""
    times = [0.0] * len(Meeting)
    worst, unexplained = 1.0, 0
    for x, y, likeness in found.met:
        mine = of(x.word)
        how = meet(mine, of(y.word))
        if likeness < DOUBTFUL and how not in EXPLAINED:
            # The letters may have paired a word wrongly: one left over may be the same name, spelled otherwise.
            again = (meet(mine, of(other)) for other in found.left_over)
            how = next((one for one in again if one in EXPLAINED), how)
        if how is Meeting.GIVEN_TORN:
            # Only the surname beside it can tell; `parts` asks it.
            how = Meeting.GIVEN_SAME if parts(*found.texts).given is Agreement.SAME else how
        times[how] += 1.0
        read = max(likeness, READ_AS.get(how, 0.0))
        worst = min(worst, read)
        unexplained += how not in EXPLAINED and likeness < 1.0
    together = found.features[_TOGETHER]
    return (
        *(times[one] for one in COUNTED),
        float(unexplained),
        float(not unexplained and len(found.met) > 1),
        worst,
        worst * worst,
        worst * together,
        worst - 0.8 if worst > 0.8 else 0.0,
    )


@lru_cache(maxsize=1)
def weights() -> Mapping[str, tuple[float, tuple[float, ...]]]:
    """For each kind of writing the constant and one weight for each figure; `far KIND` weighs the alignment alone."""
    found = {}
    for row in rows("weights.csv"):
        names = (*FEATURES, *MEETINGS) if row["kind"] in TABLED else FEATURES
        found[row["kind"]] = float(row["constant"]), tuple(float(row[name]) for name in names)
    return found


def _chance(kind: str, figures: tuple[float, ...], *, two: bool = False) -> float:
    constant, by_figure = weights()[kind]
    z = constant + sum(map(mul, by_figure, figures))
    found = 1.0 / (1.0 + exp(-min(max(z, -STEEPEST), STEEPEST)))
    return min(found, MOST) if two else found


def likelihood(found: Alignment) -> float:
    """The calibrated chance in [0, 1] that two names are one person's, where one pair in three is.

    Of names known to be two (Mohammed and Ahmed; Valery and Valeria, where no surname tells the case) too few met in the
    examples for the weights to learn it: they are never above `MOST`.
    """
    if not found.met:
        return 0.0
    two = found.features[APART] > 0 and len(found.met) <= FEW
    if found.kind not in TABLED:
        return _chance(found.kind, found.features, two=two)
    # Words so far apart that no table could bring them together are not looked up.
    far = _chance(f"far {found.kind}", found.features)
    if far < FAR:
        return far
    told = meetings(found)
    return _chance(found.kind, found.features + told, two=two or told[TORN] > 0)
