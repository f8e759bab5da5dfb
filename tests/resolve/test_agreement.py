from __future__ import annotations

import pytest

from habeas.nouns import Same
from habeas.resolve.agreement import Opinion, agreement, kappa


def test_kappa_is_that_of_the_literature() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: kappa .4, the worked example of Wikipedia, "Cohen's kappa"."""
    labels = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(labels) == pytest.approx(0.4)


def test_kappa_of_cohens_own_table() -> None:
    """Cohen 1960, table 1 (proportions of 200): observed .70, expected .41 by these margins, kappa .492."""
    table = {("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18, ("2", "1"): 10, ("2", "2"): 40, ("2", "3"): 10,
             ("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12}  # fmt: skip
    labels = [pair for pair, n in table.items() for _ in range(n)]
    assert kappa(labels) == pytest.approx((0.70 - 0.41) / (1 - 0.41))


@pytest.mark.parametrize("labels", [[], [("same", "same")] * 3])
def test_kappa_is_not_defined_where_nothing_varies(labels: list[tuple[str, str]]) -> None:
    assert kappa(labels) is None


def opinion(by: str, a: str, same: Same, seq: int) -> Opinion:
    return Opinion(a=a, b="z", by=by, same=same, seq=seq)


def test_only_pairs_that_both_judged_count() -> None:
    found = [
        opinion("reviewer-1", "a", Same.SAME, 1),
        opinion("reviewer-1", "b", Same.SAME, 2),
        opinion("reviewer-1", "c", Same.DIFFERENT, 3),
        opinion("reviewer-2", "a", Same.SAME, 4),
        opinion("reviewer-2", "b", Same.DIFFERENT, 5),
    ]
    (one,) = agreement(found)
    assert (one.reviewers, one.pairs, one.agreed, one.kappa) == (("reviewer-1", "reviewer-2"), 2, 1, 0.0)
    assert one.differ == ((found[1], found[4]),)
