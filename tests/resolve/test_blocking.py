"""Which mentions are held against each other: whoever shares what tells them apart, however many share the rest."""

from __future__ import annotations

from itertools import product

from habeas.dates import PartialDate
from habeas.nouns import Name
from habeas.resolve.blocking import Blocks
from habeas.resolve.mentions import Facts

# Made-up words: what counts is that no two have the consonants of one another.
WORDS = [f"{a}a{b}i{c}" for a, b, c in product("bdkmnst", "gklmpr", "dkmnst") if len({a, b, c}) == 3]


def mention(one: str, name: str, *, lst: str, born: str = "") -> Facts:
    days = (PartialDate.parse(born),) if born else ()
    names = (Name(text=name, lang=None, statement="s1"),)
    return Facts(id=one, seq=1, list_id=lst, names=names, born=days, detained=(), sex=None, gone=False, oblique=False)


def test_two_lists_whose_people_all_share_two_words_still_meet() -> None:
    """Hundreds of names that begin alike: only those who share a third word are compared."""
    both = {lst: [mention(f"{lst}{w}", f"Maryja Anna {w}", lst=lst) for w in WORDS] for lst in "xy"}
    assert len(WORDS) > 150
    found = set(Blocks([*both["x"], *both["y"]]).pairs())
    assert {(f"x{w}", f"y{w}") for w in WORDS} <= found
    assert len(found) < len(WORDS) ** 2 / 4


def test_a_day_of_birth_brings_together_whatever_the_names_are() -> None:
    same_day = [
        mention("a", "Narges Mohammadi", lst="x", born="1972-04-21"),
        mention("b", "نرگس", lst="y", born="1972-04-21"),
    ]
    found = Blocks(same_day).pairs()
    assert found == [("a", "b")]


def test_the_order_of_the_mentions_has_no_say() -> None:
    some = [mention(f"{n}", f"Anna {w}", lst="x") for n, w in enumerate(WORDS)]
    assert Blocks(some).pairs() == Blocks(reversed(some)).pairs()
