"""The same claim in several articles is one family, however and in whatever language it is worded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from habeas.nouns import CheckedArticle

Check = Callable[..., CheckedArticle]


def families(check: Check, text: str, kind: str, published: str = "2025-12-14") -> list[str]:
    return [j.family for j in check(text, date.fromisoformat(published)).judgements if j.claim.kind == kind]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            "count_released",
            (
                "Belarus freed 123 prisoners on 13 December 2025.",
                "On Saturday 123 people were released in Belarus.",
                "Белорусские власти освободили в субботу 123 политзаключенных.",
            ),
        ),
        (
            "days_held",
            (
                "Ales Bialiatski of Belarus spent 1,613 days in custody.",
                "In Belarus, Bialiatski was behind bars for 1,613 days, Ales Bialiatski said.",
                "Алесь Беляцкий провел в заключении 1613 дней.",
            ),
        ),
    ],
)
def test_wording_and_language_play_no_part(check: Check, kind: str, texts: tuple[str, ...]) -> None:
    found = [families(check, text, kind) for text in texts]
    assert [len(some) for some in found] == [1] * len(texts)
    assert len({some[0] for some in found}) == 1
    assert found[0][0].startswith("F-")


def test_another_number_person_or_month_is_another_family(check: Check) -> None:
    def one(text: str, kind: str, published: str = "2025-12-14") -> str:
        (found,) = families(check, text, kind, published)
        return found

    held = "Ales Bialiatski of Belarus spent {} days in custody."
    assert one(held.format("1,613"), "days_held") != one(held.format("1,614"), "days_held")
    stock = "More than 1,100 political prisoners are still held in Belarus."
    assert one(stock, "count_detained") == one(stock, "count_detained", "2025-12-17")
    assert one(stock, "count_detained") != one(stock, "count_detained", "2026-02-17")
    assert one(stock, "count_detained") != one(stock.replace("More than", "Nearly"), "count_detained")
    released = "Belarus freed 52 prisoners on {}."
    assert one(released.format("11 September 2025"), "count_released") != one(
        released.format("13 December 2025"), "count_released"
    )
