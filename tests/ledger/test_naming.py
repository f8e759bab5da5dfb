"""What may not stand in any text, looked for in texts."""

from __future__ import annotations

import pytest

from habeas.ledger.naming import Naming


@pytest.mark.parametrize("name", ["—", "4057", "???"])
def test_a_name_without_letters_is_found_as_it_stands_and_in_no_figure(name: str) -> None:
    looked = Naming()
    looked.add(name)
    assert looked.found_in(name)
    assert not looked.found_in("2021-08-09")
    assert not looked.found_in("1,613 days")


def test_no_name_is_in_no_text() -> None:
    looked = Naming()
    looked.add(" ")
    assert not looked
    assert not looked.found_in("1,613 days")


def test_a_name_is_found_in_any_script_and_order() -> None:
    looked = Naming()
    looked.add("Алесь Бяляцкі")
    assert looked.found_in("news of BIALIATSKI ALES, and others")
    assert not looked.found_in("Ales and others")
