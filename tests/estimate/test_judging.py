"""All methods together on lists whose truth is known: said where people are alike, warned of or refused where not."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from habeas.errors import UsageError
from habeas.estimate import as_json, estimate, relinked
from habeas.nouns import Estimation, OverlapTable

QUICK = ("log-linear", "stepwise", "graph-averaging", "chao")
Groups = Sequence[tuple[float, Sequence[float]]]


def simulated(groups: Groups, seed: int, persons: int = 2_000) -> OverlapTable:
    """Groups as (share of the people, chance of each list)."""
    rng = np.random.default_rng(seed)
    cells: dict[int, int] = {}
    for share, chances in groups:
        on = rng.random((round(persons * share), len(chances))) < np.array(chances)
        for cell in (on @ (1 << np.arange(len(chances)))).tolist():
            if cell:
                cells[cell] = cells.get(cell, 0) + 1
    lists = tuple("ABCDE"[: len(groups[0][1])])
    return OverlapTable(lists=lists, cells=dict(sorted(cells.items())))


ALIKE: Groups = [(1.0, [0.3, 0.25, 0.2, 0.15])]
DIFFERENT: dict[str, Groups] = {
    "opposite": [(0.5, [0.5, 0.4, 0.05, 0.05]), (0.5, [0.05, 0.05, 0.4, 0.5])],
    "strongly opposite": [(0.5, [0.6, 0.6, 0.02, 0.02]), (0.5, [0.02, 0.02, 0.6, 0.6])],
    "seen and hidden": [(0.3, [0.6, 0.6, 0.5, 0.5]), (0.7, [0.05, 0.05, 0.05, 0.05])],
    "three lists": [(0.5, [0.5, 0.5, 0.03]), (0.5, [0.03, 0.3, 0.5])],
}


def test_where_people_are_alike_all_methods_say_the_truth_and_nothing_is_warned_of() -> None:
    found = estimate(simulated(ALIKE, 1), seed=1, draws=200)
    assert (found.refused, found.warnings) == (None, ())
    assert all(m.low <= 2_000 <= (m.high or np.inf) for m in found.methods)
    assert {m.method for m in found.methods} == {*QUICK, "latent-class"}


@pytest.mark.parametrize("kind", DIFFERENT)
def test_where_people_differ_strongly_it_warns_or_refuses(kind: str) -> None:
    found = estimate(simulated(DIFFERENT[kind], 1), seed=1, draws=100)
    assert found.refused is not None or any("different kinds" in w for w in found.warnings)
    assert found.warnings


def test_methods_that_disagree_beyond_the_factor_are_refused_and_shown() -> None:
    found = estimate(simulated(DIFFERENT["strongly opposite"], 1), seed=1, draws=100)
    assert "disagree by a factor" in (found.refused or "")
    assert len(found.methods) == 5
    assert found.spread is not None
    assert found.spread.ratio > found.spread.factor == 2.0


def asked(factor: float, methods: Sequence[str] = QUICK) -> Estimation:
    return estimate(simulated(DIFFERENT["three lists"], 1), seed=1, methods=methods, factor=factor, draws=100)


def test_the_factor_is_an_argument() -> None:
    assert asked(1.05).refused is not None
    assert asked(3.0).refused is None


def test_one_method_alone_is_refused_unless_it_was_asked_for() -> None:
    eight = simulated([(1.0, [0.15] * 5)], 1)
    wide = OverlapTable(lists=tuple("ABCDEFGHIJKLM"), cells={**{(1 << j) + 1: 9 for j in range(5, 13)}, **eight.cells})
    found = estimate(wide, seed=1, draws=100)
    assert "only one method" in (found.refused or "") or "no method" in (found.refused or "")
    assert asked(2.0, ["stepwise"]).refused is None
    assert asked(2.0, ["chao"]).refused is None


def test_bad_arguments_are_sentences() -> None:
    with pytest.raises(UsageError, match="no method 'guess'; there are log-linear"):
        asked(2.0, ["guess"])
    with pytest.raises(UsageError, match="a ratio above 1"):
        asked(1.0)
    with pytest.raises(UsageError, match="a ratio above 1"):
        asked(float("nan"))


def test_the_json_is_plain_and_repeats_exactly() -> None:
    first, again = (json.dumps(as_json(asked(2.0)), allow_nan=False) for _ in range(2))
    assert first == again
    shape = json.loads(first)
    assert list(shape) == ["lists", "observed", "methods", "spread", "warnings", "refused"]
    keys = ["method", "model", "estimate", "low", "high", "se", "bic", "rests_on", "diagnostics"]
    assert all(list(m) == keys for m in shape["methods"])


def test_ten_million_persons_and_twelve_lists() -> None:
    many = OverlapTable(
        lists=tuple("ABCD"),
        cells={
            cell: round(1e7 * np.prod([p if cell >> j & 1 else 1 - p for j, p in enumerate([0.3, 0.2, 0.25, 0.1])]))
            for cell in range(1, 16)
        },
    )
    found = estimate(many, seed=1, methods=QUICK, draws=100)
    assert all(m.estimate == pytest.approx(1e7, rel=1e-3) for m in found.methods)
    rng = np.random.default_rng(3)
    cells: dict[int, int] = {}
    for cell in ((rng.random((900, 12)) < 0.15) @ (1 << np.arange(12))).tolist():
        cells[cell] = cells.get(cell, 0) + 1
    cells.pop(0)
    twelve = estimate(
        OverlapTable(lists=tuple("ABCDEFGHIJKL"), cells=cells), seed=1, methods=("log-linear", "stepwise", "chao")
    )
    assert "3 to 5 lists, not 12" in twelve.warnings[0]
    assert all(m.estimate == pytest.approx(900, rel=0.05) for m in twelve.methods)


def test_links_that_are_not_sure_widen_the_interval() -> None:
    table = simulated(ALIKE, 1)
    said = as_json(estimate(table, seed=1, methods=QUICK, draws=100))["methods"]
    same = relinked([table] * 10, said)
    assert all(m["share"] == pytest.approx(0, abs=1e-9) for m in same["methods"])
    assert same["observed"] == {"low": table.observed, "high": table.observed}
    drawn = relinked([simulated(ALIKE, seed) for seed in range(10)], said)
    for one, other in zip(same["methods"], drawn["methods"], strict=True):
        assert 0.1 < other["share"] < 1
        assert other["high"] - other["low"] > one["high"] - one["low"]
