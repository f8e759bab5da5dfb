"""Multiple systems estimation against R (Rcapture, SparseMSE, dga, LCMCR) and the papers; each table with its paper.

* kosovo: killings, March to June 1999; Ball, Betts, Scheuren, Dudukovich and Asher 2002.
* uk-5, uk-6: potential victims of trafficking, 2013; Silverman 2014, Bales, Hesketh and Silverman 2015, Significance 12(3).
* netherlands-5, -6: victims of trafficking, 2010-2015; van Dijk, Cruyff, van der Heijden and Kragten-Heerdink 2017.
* new-orleans-5, -8: victims of trafficking, 2016; Bales, Murphy and Silverman 2020, J. Human Trafficking.
* artificial-3: the example of Chan, Silverman and Vincent 2021, J. Am. Stat. Assoc. 116:1297.
* hiv-rome: Abeni, Brancato and Perucci 1994, Epidemiology 5:410. allegheny: Aaron et al. 2003, J. Epid. Comm. Health 57:207.
* spina bifida (three lists): Hook, Albright and Cross 1980; the five lists: as Madigan and York 1997, Biometrika 84:19, use them.
* caloocan, manila, quezon: killings in the Philippines; Ball, Coronel, Padilla and Mora 2019.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.special import gammaln

from habeas.estimate import estimate, read_table
from habeas.estimate.chao import chao
from habeas.estimate.graphs import average, decomposable, graphs
from habeas.estimate.hierarchy import hierarchical
from habeas.estimate.latent import sample
from habeas.estimate.loglinear import loglinear, search
from habeas.estimate.poisson import Verdict, check
from habeas.estimate.stepwise import Stepwise, stepwise
from habeas.nouns import Estimate, OverlapTable

FOLDER = Path(__file__).parent / "data" / "lists"


def table(name: str) -> OverlapTable:
    found, problems = read_table((FOLDER / f"{name}.csv").read_bytes(), name)
    assert found is not None, problems
    return found


def of_counts(counts: list[int], lists: int) -> OverlapTable:
    """A table from its counts in the order 0..01, 0..10, 0..11 ...; the last list is the last binary place."""
    cells = {
        sum((number >> (lists - 1 - j) & 1) << j for j in range(lists)): n for number, n in enumerate(counts, 1) if n
    }
    return OverlapTable(lists=tuple("ABCDE"[:lists]), cells=cells)


def fitted(found: Estimate | str) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def test_kosovo_and_the_models_that_fit_about_as_well() -> None:
    found = fitted(loglinear(table("kosovo")))
    assert found.model == "[123,14,34]"
    assert found.estimate == pytest.approx(10356.52, abs=0.01)
    assert found.se == pytest.approx(785.90, abs=0.01)
    assert found.bic == pytest.approx(203.0296, abs=0.0001)
    said = found.diagnostics
    assert (said["aic"], said["deviance"]) == (pytest.approx(132.7467, abs=1e-4), pytest.approx(9.3227, abs=1e-4))
    assert (found.low, found.high) == (pytest.approx(8994.26, abs=0.01), pytest.approx(12110.41, abs=0.01))
    assert said["profile_peak"] == pytest.approx(10334.5, abs=0.05)
    near = [(m["model"], round(m["estimate"], 2), round(m["bic"], 4)) for m in said["near"][1:3]]
    assert near == [("[123,134]", 12740.97, 203.1134), ("[134,12,23]", 18393.31, 203.9573)]


@pytest.mark.parametrize(
    ("name", "model", "n", "se"),
    [("hiv-rome", "[1,2,3,4]", 11124.58, 904.75), ("allegheny", "[12,14,23,24,34]", 6349.02, 533.47)],
)
def test_the_best_log_linear_model(name: str, model: str, n: float, se: float) -> None:
    found = fitted(loglinear(table(name)))
    assert (found.model, round(found.estimate, 2), round(found.se or 0, 2)) == (model, n, se)


def test_a_model_as_documented() -> None:
    tried = search(table("hiv-rome"), [frozenset({0b0011})])
    assert tried is not None
    assert (round(tried.found[0].estimate, 2), round(tried.found[0].se, 2)) == (12318.47, 1188.72)


def test_numbers_of_hierarchical_models() -> None:
    assert [len(hierarchical(lists)) for lists in (2, 3, 4, 5)] == [1, 8, 113, 6893]


@pytest.mark.parametrize(
    ("name", "n"),
    [
        ("uk-5", 11312.99),
        ("uk-6", 11417.99),
        ("netherlands-5", 121521.6),
        ("netherlands-6", 111139.4),
        ("new-orleans-8", 1183.69),
        ("new-orleans-5", 1034.15),
    ],
)
def test_stepwise(name: str, n: float) -> None:
    assert fitted(stepwise(table(name), seed=1, draws=0)).estimate == pytest.approx(n, abs=0.1)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("uk-5", 8785, 14701), ("netherlands-5", 47393, 162846), ("new-orleans-5", 589, 1704)],
)
def test_bca_bounds_lie_where_r_puts_them(name: str, low: float, high: float) -> None:
    """R's own bounds from 1,000 resamples move by a tenth from seed to seed."""
    found = fitted(stepwise(table(name), seed=1, draws=1000))
    assert found.low == pytest.approx(low, rel=0.15)
    assert found.high == pytest.approx(high, rel=0.15)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [({"AB"}, Verdict.NO_MAXIMUM), ({"AB", "AC", "BC"}, Verdict.NOT_IDENTIFIED), ({"AC", "BC"}, Verdict.SOUND)],
)
def test_existence_and_identifiability_codes(pairs: set[str], code: Verdict) -> None:
    steps = Stepwise(3)
    found = table("artificial-3")
    counts = np.array([[float(found.cells.get(cell, 0)) for cell in steps.cells]])
    names = {0b011: "AB", 0b101: "AC", 0b110: "BC"}
    chosen = np.array([[names[p] in pairs for p in steps.pairs]])
    columns, cells = steps.masks(chosen, counts @ steps.holds)
    assert check(steps.design[np.ix_(cells[0], columns[0])], counts[0][cells[0]]) is code


def test_numbers_of_chordal_graphs() -> None:
    assert [len(decomposable(lists).cliques) for lists in (3, 4, 5, 6)] == [8, 61, 822, 18154]


def test_spina_bifida_by_madigan_and_york() -> None:
    three = of_counts([60, 49, 4, 247, 112, 142, 12], 3)
    unseen = np.arange(1, 301.0)
    whole = unseen + three.observed
    shape, scale = 13.14, 55.17
    prior = gammaln(whole + shape) - gammaln(whole + 1) + whole * np.log(scale / (1 + scale))
    found = average(three, unseen, delta=1, log_prior=prior, saturated=True)
    assert whole[found.weights.argmax()] == 728
    assert [three.observed + found.quantile(q) for q in (0.025, 0.975)] == [682, 797]
    assert round(float(found.graph_weights.max()), 2) == 0.37
    # Under relative squared error the estimator is E(1/N) / E(1/N^2).
    assert round(float((found.weights / whole).sum() / (found.weights / whole**2).sum())) == 731


def test_five_lists_by_madigan_and_york() -> None:
    counts = [27, 37, 19, 4, 4, 1, 1, 97, 22, 37, 25, 2, 1, 3, 5, 83, 36, 34, 18, 3, 5, 0, 2, 30, 5, 23, 8, 0, 3, 0, 2]
    five, unseen = of_counts(counts, 5), np.arange(1, 301.0)
    found = average(five, unseen, delta=0.5, saturated=True)
    assert five.observed + found.mean == pytest.approx(617.816, abs=0.001)
    assert five.observed + found.unseen[found.weights.argmax()] == 614
    assert [five.observed + found.quantile(q) for q in (0.025, 0.975)] == [588, 655]
    assert np.sort(found.graph_weights)[::-1][:3] == pytest.approx([0.2170735, 0.1602937, 0.0822656], abs=1e-6)


@pytest.mark.parametrize(
    ("delta", "saturated", "mode", "low", "high"),
    [(1 / 16, True, 12267, 9827, 16543), (0.5, True, 4401, 4500, 14486), (0.5, False, 11256, 7536, 14539)],
)
def test_kosovo_by_graphs_on_the_same_grid(delta: float, saturated: bool, mode: int, low: int, high: int) -> None:
    kosovo, unseen = table("kosovo"), np.arange(1, 20001.0)
    found = average(kosovo, unseen, delta=delta, saturated=saturated)
    assert 4400 + found.unseen[found.weights.argmax()] == mode
    assert [4400 + found.quantile(q) for q in (0.025, 0.975)] == [low, high]


@pytest.mark.parametrize(
    ("name", "mode"), [("uk-5", 11727), ("uk-6", 11974), ("netherlands-5", 47550), ("new-orleans-5", 775)]
)
def test_modes_of_graph_averaging(name: str, mode: int) -> None:
    """R's grid is coarser than ours and the top is flat. The graph that joins all lists is left out, with the reason."""
    found = fitted(graphs(table(name)))
    assert found.diagnostics["mode"] == pytest.approx(mode, rel=0.003)
    assert "would decide" in found.diagnostics["saturated"]


@pytest.mark.parametrize(
    ("name", "low", "mean", "high"),
    [
        ("caloocan-police", 302, 331, 379),
        ("caloocan-unidentified", 632, 745, 908),
        ("manila-police", 534, 575, 639),
        ("manila-unidentified", 314, 414, 635),
        ("quezon-police", 338, 348, 368),
    ],
)
def test_killings_in_the_philippines(name: str, low: int, mean: int, high: int) -> None:
    """The last bound of manila-unidentified is the least sure: R's own run gives 649, ours 650 to 670 by seed."""
    wide = name == "manila-unidentified"
    found = sample(table(name), seed=1, warm_up=1_000 if wide else 600, draws=4_000 if wide else 2_000, most=8_000)
    assert found.rhat < 1.05
    assert len(found.total) >= 16
    assert found.total.mean() == pytest.approx(mean, rel=0.03)
    assert np.quantile(found.total, [0.025, 0.975]) == pytest.approx([low, high], rel=0.05)


def test_the_lower_bound_of_chao_for_unequal_lists() -> None:
    found = fitted(chao(table("kosovo")))
    assert (round(found.estimate), round(found.se or 0), found.high) == (8591, 214, None)


@pytest.mark.parametrize("name", ["uk-5", "netherlands-5"])
def test_tables_whose_models_disagree_are_refused_or_warned_of(name: str) -> None:
    """Figures of 10,000 to 13,000 were published for the UK; models that fit as well say twice that."""
    found = estimate(table(name), seed=1, methods=("log-linear", "stepwise", "graph-averaging"), draws=100)
    assert found.refused is not None or any("fold apart" in w for w in found.warnings)
