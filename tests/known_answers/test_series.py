"""Changes in a series and ratios of shares, against published figures.

* coal: disasters in British coal mines by year, 1851 to 1962; Jarrett 1979, Biometrika 66:191. The change is at 1891 (the
  41st year) in Raftery and Akman 1986, Biometrika 73:85, and in Carlin, Gelfand and Smith 1992, Appl. Stat. 41:389.
* ratio: 36 of 40 against 16 of 80, bounds 2.94 to 7.15; Koopman 1984, Biometrics 40:513.
"""

from __future__ import annotations

import pytest

from habeas.estimate.ratios import risk_ratio
from habeas.estimate.series import change_point

COAL = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2,
    2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2,
    3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 3, 3, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
]  # fmt: skip


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.0])
def test_coal_changed_in_1891(shape: float) -> None:
    found = change_point(COAL, shape=shape)
    assert 1851 + found.last == 1891
    assert (1851 + found.first, 1851 + found.final) == (1886, 1896)
    assert found.before[0] == pytest.approx(3.12, abs=0.07)
    assert found.after[0] == pytest.approx(0.91, abs=0.01)
    assert found.odds > 1e12


def test_the_ratio_of_koopman() -> None:
    found = risk_ratio(36, 40, 16, 80)
    assert (found.ratio, round(found.low, 2), round(found.high or 0, 2)) == (4.5, 2.94, 7.15)
