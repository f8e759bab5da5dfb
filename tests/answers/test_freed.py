"""What a release gave to those it freed."""

from __future__ import annotations

from collections.abc import Callable

from habeas.nouns import Casebook, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import LIST, asked

Fold = Callable[..., Casebook[Team]]
Said = list[tuple[str, str]]

RELEASE: dict[str, Said] = {
    "release:R": [("date", "2022-06-01"), ("title", "A release"), ("status", "executed"), ("country", "BY")],
}


def entry(key: str, *said: tuple[str, str]) -> dict[str, Said]:
    who: Said = [("list", "list:a"), ("name", f"Person {key.upper()}"), ("released", "2022-06-01")]
    return {f"entry:a:{key}": [*who, ("released_in", "release:R"), *said]}


def test_who_was_due_out_and_what_was_forgiven(fold_drafts: Fold) -> None:
    people = {
        **entry("p", ("detained", "2020-06-30"), ("sentence", "P2Y"), ("taken_to", "LT")),  # 29 days left
        **entry("q", ("detained", "2021-06-01"), ("sentence", "P3Y"), ("release_condition", "passport withheld")),
        **entry("r", ("detained", "2020-01-01"), ("sentence", "P2Y"), ("taken_to", "BY")),  # overdue
        **entry("s"),  # no term on record
    }
    found = asked(fold_drafts(drafts_of({**LIST, **RELEASE, **people})), "release", "2023-01-01", id="R")
    given = found.more["freed"]
    assert given["due_out"] == {"within_days": 90, "people": 2, "of_known": 3}
    assert given["forgiven_days"] == {"of_known": 3, "total": 29 + 731, "median": 29, "longest": 731}
    assert given["whereabouts"] == {"abroad": 1, "at_home": 1, "unknown": 2}
    assert [(c["name"], c["condition"]) for c in given["conditions"]] == [("Person Q", "passport withheld")]
    assert found.more["unnamed"] is None


def test_aapp_2022(fold_drafts: Fold) -> None:
    """Assistance Association for Political Prisoners (Burma), November 2022: 5,774 announced, 72 confirmed political."""
    figures: dict[str, Said] = {
        "figure:all": [("release", "release:R"), ("figure", "announced"), ("n", "5774")],
        "figure:political": [("release", "release:R"), ("figure", "political"), ("n", "72")],
    }
    found = asked(fold_drafts(drafts_of({**LIST, **RELEASE, **figures})), "release", "2023-01-01", id="R")
    assert (found.more["announced"], found.more["political"], found.more["political_share"]) == (5_774, 72, 0.0125)
    assert found.more["unnamed"] == 5_774
    assert any(s.result == "1.2%" for s in found.steps)


def test_who_was_expelled_was_taken_abroad_wherever_to(fold_drafts: Fold) -> None:
    """One rule says who was taken out of the country, and each answer counts by it; nobody is counted whose way is unknown."""
    deal: dict[str, Said] = {
        "deal:D": [("date", "2022-06-01"), ("title", "A deal"), ("status", "executed"), ("release", "release:R")]
    }
    people = {
        **entry("p", ("detained", "2021-01-01"), ("release_kind", "expelled")),
        **entry("q", ("detained", "2021-01-01"), ("release_kind", "expelled"), ("taken_to", "LT")),
        **entry("r", ("detained", "2021-01-01"), ("taken_to", "BY")),
        **entry("s", ("detained", "2021-01-01")),
        # Taken abroad once before: that is no way of this release.
        **entry("t", ("detained", "2021-01-01")),
        "entry:b:t": [
            ("list", "list:a"),
            ("name", "Person T"),
            ("detained", "2015"),
            ("released", "2017"),
            ("taken_to", "LT"),
        ],
    }
    book = fold_drafts(drafts_of({**LIST, **RELEASE, **deal, **people}))
    given = asked(book, "release", "2023-01-01", id="R").more["freed"]
    assert given["whereabouts"] == {"abroad": 2, "at_home": 1, "unknown": 2}
    indicators = asked(book, "progress", "2023-01-01", id="D").more["indicators"]
    (found,) = [i for i in indicators if i["indicator"] == "of the named, taken out of the country"]
    assert (found["figure"], found["direction"]) == ("2 of 3 whose way is known", "away from it")


def test_who_refused_to_leave_came_out_in_no_release(fold_drafts: Fold) -> None:
    """An earlier stretch, however it ended, is none that the release ended: nothing of it was forgiven or led abroad."""
    earlier: Said = [
        ("list", "list:a"),
        ("name", "Person P"),
        ("detained", "2015-01-01"),
        ("sentence", "P10Y"),
        ("released", "2017-06-01"),
        ("release_kind", "expelled"),
        ("taken_to", "LT"),
        ("release_condition", "passport withheld"),
    ]
    refused: Said = [
        ("list", "list:a"),
        ("name", "Person P"),
        ("detained", "2021-01-01"),
        ("refused_in", "release:R"),
        ("released_in", "release:R"),
    ]
    book = fold_drafts(drafts_of({**LIST, **RELEASE, "entry:a:p": earlier, "entry:b:p": refused}))
    found = asked(book, "release", "2023-01-01", id="R").more
    assert (found["named"], found["refused"]) == (1, 1)
    assert found["freed"]["due_out"]["of_known"] == found["freed"]["forgiven_days"]["of_known"] == 0
    assert found["freed"]["whereabouts"] == {"abroad": 0, "at_home": 0, "unknown": 1}
    assert found["freed"]["conditions"] == []


def test_out_within_a_week_of_a_release_is_out_in_it(fold_drafts: Fold) -> None:
    """The record of a release and the way a stretch ended go by one rule: a day more, and the release is disputed."""

    def out(day: str) -> Casebook[Team]:
        said: Said = [("list", "list:a"), ("name", "Person P"), ("detained", "2021"), ("released", day)]
        return fold_drafts(drafts_of({**LIST, **RELEASE, "entry:a:p": [*said, ("released_in", "release:R")]}))

    for day, within in (("2022-05-25", True), ("2022-06-08", True), ("2022-05-24", False), ("2022-06-09", False)):
        book = out(day)
        release, (case,) = book.releases["R"], book.cases.values()
        assert release.ended(case.spells[0]) is within
        assert (release.named, release.disputed) == (((case.id,), ()) if within else ((), (case.id,)))
