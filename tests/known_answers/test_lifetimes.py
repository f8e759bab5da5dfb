"""Lengths of time against R (survival, KMsurv) and textbooks; each table with the paper it was published in.

* mgus: 1,384 patients, months to plasma cell malignancy (1) or death before it (2); Kyle et al. 2002, NEJM 346:564.
* channing-house: 462 residents, months of age at entry and exit; Hyde 1980, Biostatistics Casebook.
* breast-cosmesis: 46 women, months between visits; Beadle et al. 1984, Cancer 54:2911; Finkelstein and Wolfe 1985.
* veteran: 137 patients with lung cancer; Kalbfleisch and Prentice 1980, The Statistical Analysis of Failure Time Data.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from statsmodels.duration.hazard_regression import PHReg

from habeas.estimate.bounded import self_consistent
from habeas.estimate.lifetimes import RUNNING, Floats, Lifetimes
from habeas.estimate.survival import NORMAL_95, aalen_johansen, cox, turnbull

FOLDER = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exact(length: list[float], way: list[int], ways: tuple[str, ...], entry: list[float] | None = None) -> Lifetimes:
    high = np.where(np.array(way) == RUNNING, np.inf, length)
    return Lifetimes.of(length, high, way, ways, entry)


def mgus() -> Lifetimes:
    table = [(float(r["months"]), int(r["event"]) - 1) for r in rows("mgus") for _ in range(int(r["n"]))]
    return exact([m for m, _ in table], [e for _, e in table], ("malignancy", "death"))


def channing(sex: str = "", causes: int = 1) -> Lifetimes:
    """Residents of one sex from the age of 68 on; or all, with deaths split by the row's number (a made split)."""
    found = []
    for r in rows("channing-house"):
        entry, end = float(r["entry"]), float(r["exit"])
        if causes == 1 and (r["sex"] != sex or end <= 816):
            continue
        way = RUNNING if r["died"] == "0" else 0 if causes == 1 or int(r["number"]) % 3 else 1
        found.append((max(entry, 816.0) if causes == 1 else entry, end, way))
    kept = [f for f in found if f[0] < f[1]]
    return exact(
        [end for _, end, _ in kept], [w for _, _, w in kept], ("a", "b")[:causes], [entry for entry, _, _ in kept]
    )


def radiotherapy() -> Lifetimes:
    table = [(float(r["low"]), float(r["high"] or "inf")) for r in rows("breast-cosmesis")]
    way = [RUNNING if np.isinf(high) else 0 for _, high in table]
    return Lifetimes.of([a for a, _ in table], [b for _, b in table], way, ("retraction",))


@pytest.mark.parametrize("estimate", [aalen_johansen, self_consistent])
def test_malignancy_and_death_as_r_has_them(estimate: object) -> None:
    curve = estimate(mgus())  # type: ignore[operator]
    for months, malignancy, death in ((60, 0.034104, 0.320367), (120, 0.063722, 0.531818), (240, 0.099814, 0.724028)):
        assert curve.left[:, curve.at(months)] == pytest.approx([malignancy, death], abs=1e-6)


@pytest.mark.parametrize(
    ("sex", "staying"), [("male", (0.8832, 0.637761, 0.38759)), ("female", (0.877561, 0.740808, 0.457617))]
)
def test_late_entry_as_r_has_it(sex: str, staying: tuple[float, ...]) -> None:
    stays = channing(sex)
    curve = aalen_johansen(stays)
    assert [curve.staying[curve.at(m)] for m in (888, 960, 1032)] == pytest.approx(staying, abs=1e-6)
    assert turnbull(stays, [888, 960, 1032]) == pytest.approx(staying, abs=1e-6)


def test_late_entry_with_two_ways_as_r_has_it() -> None:
    curve = aalen_johansen(channing(causes=2))
    found = curve.left[:, [curve.at(m) for m in (900, 1000, 1100)]]
    assert found == pytest.approx(np.array([[0.290135, 0.438191, 0.642307], [0.039667, 0.104414, 0.202673]]), abs=1e-6)


AT = (5, 7, 8, 12, 25, 34, 40)
STAYING = (0.9537, 0.9203, 0.8316, 0.7609, 0.6682, 0.5864, 0.4656)


def test_bounds_by_turnbull() -> None:
    assert turnbull(radiotherapy(), AT) == pytest.approx(STAYING, abs=5e-4)


def test_bounds_by_ours() -> None:
    curve = self_consistent(radiotherapy())
    found: Floats = curve.staying[[curve.at(m) for m in AT]]
    assert found == pytest.approx(STAYING, abs=5e-4)
    assert found == pytest.approx(turnbull(radiotherapy(), AT), abs=1e-5)


def test_cox_on_the_veterans() -> None:
    """The veterans by type of cell: coefficients, likelihood and errors as lifelines fits them in the same run."""
    table = rows("veteran")
    way = [0 if r["status"] == "1" else RUNNING for r in table]
    cells = ("squamous", "smallcell", "adeno", "large")
    stays = exact([float(r["time"]) for r in table], way, ("death",))
    ratios, likelihood = cox(stays, [cells.index(r["celltype"]) for r in table], cells)
    assert {r.name: r.coefficient for r in ratios} == pytest.approx(
        {"smallcell": 1.0013, "adeno": 1.1477, "large": 0.2301}, abs=5e-5
    )
    fitter = CoxPHFitter()
    told = pd.DataFrame({c: [float(r["celltype"] == c) for r in table] for c in cells[1:]})
    fitter.fit(told.assign(end=stays.low, left=stays.ended), duration_col="end", event_col="left")
    assert likelihood == pytest.approx(fitter.log_likelihood_, abs=1e-6)
    for ratio in ratios:
        assert ratio.coefficient == pytest.approx(fitter.params_[ratio.name], abs=1e-5)
        error = fitter.standard_errors_[ratio.name]
        assert np.log(ratio.high / ratio.low) == pytest.approx(2 * NORMAL_95 * error, rel=1e-5)


def test_cox_with_late_entry_is_that_of_statsmodels() -> None:
    """Men against women in Channing House, who are watched from the age at which they came.

    statsmodels takes who enters in the month of an end for at risk in it, R and we do not: it is told half a month more.
    Its robust errors leave out what ties do to scores, hence a hundredth.
    """
    table = [r for r in rows("channing-house") if float(r["entry"]) < float(r["exit"])]
    entry, male = np.array([float(r["entry"]) for r in table]), np.array([r["sex"] == "male" for r in table])
    way = [0 if r["died"] == "1" else RUNNING for r in table]
    stays = exact([float(r["exit"]) for r in table], way, ("death",), entry.tolist())
    pairs = replace(stays, person=np.arange(len(table)) // 2)
    told = PHReg(stays.low, male[:, None].astype(float), status=stays.ended, entry=entry + 0.5, ties="efron")
    for some, fitted, close in ((stays, told.fit(), 1e-5), (pairs, told.fit(groups=pairs.person), 1e-2)):
        (ratio,), likelihood = cox(some, male.astype(int), ("women", "men"))
        assert (ratio.coefficient, likelihood) == pytest.approx((fitted.params[0], fitted.llf), rel=1e-6)
        assert np.log(ratio.high / ratio.low) == pytest.approx(2 * NORMAL_95 * fitted.bse[0], rel=close)
