"""Flow figures as published."""

from __future__ import annotations

from habeas.answers.flows import release_to_admission, residual


def test_aapp_2011() -> None:
    """Assistance Association for Political Prisoners (Burma), 2011: 2,189 at the start, 13 arrested, 364 released, 1,572 at the end."""
    assert 2_189 + 13 - 364 == 1_838
    assert residual(2_189, 13, 364, 1_572) == -266


def test_bjs_2007() -> None:
    """Bureau of Justice Statistics, Prisoners in 2007: 725,402 releases to 751,593 admissions."""
    assert release_to_admission(725_402, 751_593) == 0.9652
    assert release_to_admission(1, 0) is None
