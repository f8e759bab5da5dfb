"""Measures by their acts: in force, partly, not, or nobody can say; what cannot be so is a problem and left out."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from habeas.cases.measures import DOES
from habeas.nouns import Action, Casebook, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import asked

Fold = Callable[..., Casebook[Team]]
Said = dict[str, list[tuple[str, str]]]


def act(key: str, day: str, action: str, until: str = "", changes: str = "", body: str = "", **more: str) -> Said:
    said = [("authority", "US"), ("target", "nine companies")]
    said += [("date", day)] if day else []
    said += [("action", one) for one in action.split("; ")]
    said += [("until", until)] if until else []
    said += [("changes", f"measure:{one}") for one in changes.split("; ") if one]
    said += [("body", f"body:{one}") for one in body.split("; ") if one]
    return {f"measure:{key}": [*said, *more.items()]}


def body(identifier: str, *names: str, part_of: str = "") -> Said:
    said = [("name", name) for name in names]
    return {f"body:{identifier}": [*said, *([("part_of", f"body:{part_of}")] if part_of else [])]}


def stands(book: Casebook[Team], day: str, measure: str = "m", **args: str) -> str:
    rows = {r["measure"]: r for r in asked(book, "measures", day, **args).more["measures"]}
    return str(rows[measure]["in_force"]) if measure in rows else "absent"


M = act("m", "2015-01-01", "imposed")
OF_TWO = act("m", "2015-01-01", "imposed", body="one; two")
ENDS = act("m", "2015-01-01", "imposed", "2015-12-31")
LICENCE = act("gl", "2015-10-29", "licensed", "2016-04-30", "m")
RENEWED = act("gl-d", "2017-10-24", "renewed", "2018-04-30", "gl")
REVOKED = act("gl-h", "2021-04-19", "revoked", "2021-06-03", "gl-d")  # through another act
LIFTED = act("e", "2016-01-01", "lifted", changes="m")
UNLIFTED = act("u", "2016-03-01", "revoked", changes="e")
WORDS = act("w", "2015-12-01", "announced", changes="m")
SUSPENDED = act("s", "2015-06-01", "suspended", "2015-09-30", "m")


@pytest.mark.parametrize(
    ("acts", "day", "state"),
    [
        # An easing ends with its date, unless it was renewed.
        ({**M, **LICENCE}, "2015-10-28", "yes"),
        ({**M, **LICENCE}, "2016-04-30", "partly"),
        ({**M, **LICENCE}, "2016-05-01", "yes"),
        ({**M, **LICENCE, **RENEWED}, "2016-05-01", "partly"),
        ({**M, **LICENCE, **RENEWED}, "2018-05-01", "yes"),
        # A revocation with an end leaves time until then.
        ({**M, **LICENCE, **RENEWED, **REVOKED}, "2021-06-03", "partly"),
        ({**M, **LICENCE, **RENEWED, **REVOKED}, "2021-06-04", "yes"),
        ({**M, **act("e", "2016-01-01", "revoked", "2016-03-31", "m")}, "2016-03-31", "yes"),
        ({**M, **act("e", "2016-01-01", "revoked", "2016-03-31", "m")}, "2016-04-01", "no"),
        # A suspension of all of it; when it has run out nobody can say, unless something is heard.
        ({**M, **SUSPENDED}, "2015-09-30", "no"),
        ({**M, **SUSPENDED}, "2015-10-01", "cannot say"),
        ({**M, **SUSPENDED, **act("k", "2015-11-01", "amended", changes="m")}, "2015-10-15", "cannot say"),
        ({**M, **SUSPENDED, **act("k", "2015-11-01", "amended", changes="m")}, "2015-11-01", "yes"),
        ({**M, **SUSPENDED, **act("k", "2015-08-01", "revoked", changes="s")}, "2015-08-01", "yes"),
        ({**M, **SUSPENDED, **act("k", "2015-08-01", "lifted", changes="s")}, "2016-01-01", "no"),
        # A lifting ends all of it, or whom it names.
        ({**M, **act("e", "2016-01-01", "lifted", changes="m")}, "2015-12-31", "yes"),
        ({**M, **act("e", "2016-01-01", "lifted", changes="m")}, "2016-01-01", "no"),
        ({**OF_TWO, **act("e", "2016-01-01", "lifted", changes="m", body="one")}, "2016-01-01", "partly"),
        ({**OF_TWO, **act("e", "2016-01-01", "lifted", changes="m", body="one; two")}, "2016-01-01", "no"),
        ({**M, **act("e", "2016-01-01", "delisted", changes="m", people="8")}, "2016-01-01", "partly"),
        ({**M, **act("e", "2016-01-01", "delisted", changes="m", people="8", part="false")}, "2016-01-01", "no"),
        ({**M, **act("e", "2016-01-01", "lifted", changes="m"), **act("r", "2017-01-01", "reimposed", changes="m")}, "2017-01-01", "yes"),
        # To revoke an end brings the measure back, to revoke mere words leaves it as it was.
        ({**M, **LIFTED, **UNLIFTED}, "2016-02-01", "no"),
        ({**M, **LIFTED, **UNLIFTED}, "2016-03-01", "yes"),
        ({**M, **LIFTED, **UNLIFTED, **act("r", "2016-04-01", "revoked", changes="u")}, "2016-04-01", "no"),
        ({**M, **LIFTED, **UNLIFTED, **act("k", "2016-04-01", "renewed", changes="m")}, "2016-05-01", "yes"),
        ({**M, **WORDS, **act("u", "2016-03-01", "revoked", changes="w")}, "2016-03-01", "yes"),
        ({**M, **WORDS, **LIFTED, **act("u", "2016-03-01", "revoked", changes="w; e")}, "2016-03-01", "yes"),
        # Its own end, moved by what keeps it; what came later shows that it had been moved.
        (ENDS, "2015-12-31", "yes"),
        (ENDS, "2016-01-01", "cannot say"),
        ({**ENDS, **act("k", "2015-12-01", "extended", "2016-12-31", "m")}, "2016-12-31", "yes"),
        ({**ENDS, **act("k", "2017-02-01", "amended", changes="m")}, "2016-06-01", "yes"),
        ({**ENDS, **act("k", "2017-02-01", "amended", changes="m")}, "2017-02-02", "cannot say"),
        ({**ENDS, **act("k", "2017-02-01", "licensed", changes="m")}, "2016-06-01", "yes"),
        ({**ENDS, **act("k", "2017-02-01", "imposed", changes="m")}, "2016-06-01", "yes"),
        ({**ENDS, **act("k", "2017-02-01", "reimposed", changes="m")}, "2016-06-01", "cannot say"),
        # Words change nothing; a date may leave it open.
        ({**M, **act("w", "2016-01-01", "announced", changes="m")}, "2016-02-01", "yes"),
        (act("m", "2015", "imposed"), "2015-06-01", "cannot say"),
        (act("m", "2015", "imposed"), "2016-06-01", "yes"),
        (act("m", "", "imposed"), "2030-06-01", "cannot say"),
        ({**M, **act("e", "2016", "lifted", changes="m")}, "2016-06-01", "cannot say"),
        ({**M, **act("e", "2016", "licensed", changes="m")}, "2016-06-01", "partly"),  # in force, in full or in part
        ({**M, **act("e", "2016", "lifted", changes="m")}, "2017-01-01", "no"),
    ],
)  # fmt: skip
def test_how_a_measure_stands(fold_drafts: Fold, acts: Said, day: str, state: str) -> None:
    book = fold_drafts(drafts_of(acts))
    assert stands(book, day) == state
    assert book.problems == ()


def test_what_is_told_of_a_measure_with_its_acts(fold_drafts: Fold) -> None:
    listing = act(
        "list", "2015-02-01", "imposed", changes="m", body="one", official_id="31 CFR 548", identifier="Order 1"
    )
    licence = act("gl", "2015-10-29", "licensed", "2016-04-30", "list", body="one", identifier="Licence 2")
    book = fold_drafts(drafts_of({**body("one", "The One"), **M, **listing, **licence}))
    rows = asked(book, "measures", "2016-01-01").more["measures"]
    row = next(r for r in rows if r["measure"] == "list")
    assert (row["in_force"], row["since"], row["until"], row["heard"]) == (
        "partly",
        "2015-10-29",
        "2016-04-30",
        "2015-10-29",
    )
    assert (row["identifier"], row["official_ids"], row["bodies"]) == ("Order 1", ["31 CFR 548"], ["The One"])
    assert [a["measure"] for a in row["acts"]] == ["list", "gl"]
    assert row["allowed"] == [{"act": "gl", "whom": ["The One"], "until": "2016-04-30"}]
    assert row["rests_on_measures"] == ["m"]
    assert asked(book, "measures", "2016-01-01").value == len(rows) == 2


def test_the_docs_say_what_each_action_does() -> None:
    text = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
    table = text.partition("| action | does | so that |")[2].partition("\n\n")[0]
    told = {}
    for line in table.splitlines()[2:]:
        _, actions, does, *_ = (cell.strip() for cell in line.split("|"))
        told |= {Action(a): does for a in actions.split(", ")}
    assert told == {a: DOES[a].value if a in DOES else "nothing" for a in Action}


def test_a_measure_does_not_outlast_what_it_rests_on(fold_drafts: Fold) -> None:
    listing = act("list", "2015-02-01", "imposed", changes="m", body="one")
    book = fold_drafts(drafts_of({**ENDS, **listing}))
    assert stands(book, "2015-12-31", "list") == "yes"
    assert stands(book, "2016-01-01", "list") == "cannot say"
    ended = fold_drafts(drafts_of({**M, **listing, **act("e", "2016-01-01", "revoked", changes="m")}))
    assert stands(ended, "2016-01-01", "list") == "no"
    eased = fold_drafts(drafts_of({**M, **listing, **act("gl", "2016-01-01", "licensed", changes="m", body="one")}))
    assert stands(eased, "2016-01-01", "list") == "partly"


def test_an_act_on_two_measures_is_on_each_for_whom_it_names(fold_drafts: Fold) -> None:
    two = {**act("m", "2015-01-01", "imposed", body="one"), **act("n", "2015-01-01", "imposed", body="two", people="5")}
    book = fold_drafts(drafts_of({**two, **act("e", "2016-01-01", "lifted", changes="m; n", body="one; two")}))
    assert (stands(book, "2016-01-01"), stands(book, "2016-01-01", "n")) == ("no", "partly")
    known = {**body("one", "The One"), **body("two", "The Other")}
    named = fold_drafts(
        drafts_of({**known, **two, **act("e", "2016-01-01", "lifted", changes="m; n", body="one; two")})
    )
    assert [r["measure"] for r in asked(named, "measures", "2016-01-01", target="one").more["measures"]] == ["m"]


def test_a_body_is_asked_for_by_any_of_its_names(fold_drafts: Fold) -> None:
    known = {
        **body("one", "The Concern", "Концерн"),
        **body("sub", "Subsidiary", part_of="one"),
        **body("two", "Another"),
    }
    acts = {
        **act("m", "2015-01-01", "imposed", body="one; two"),
        **act("gl", "2016-01-01", "licensed", changes="m", body="sub"),
    }
    book = fold_drafts(drafts_of({**known, **acts}))
    for target, state in (("concern", "yes"), ("Концерн", "yes"), ("Subsidiary", "partly"), ("another", "yes")):
        assert stands(book, "2016-06-01", target=target) == state
    assert stands(book, "2016-06-01") == "partly"
    assert stands(book, "2016-06-01", target="nine") == "absent"  # the keeper's own words are there to be shown
    assert stands(book, "2016-06-01", authority="United States") == stands(book, "2016-06-01", authority="США")
    assert stands(book, "2016-06-01", authority="European Union") == "absent"


def test_topics_names_and_numbers_are_asked_for(fold_drafts: Fold) -> None:
    acts = {
        **act("m", "2015-01-01", "imposed", topic="potash", identifier="Order 14"),
        **act("n", "2015-01-01", "imposed", name="Somebody Else", official_id="EW-1"),
    }
    book = fold_drafts(drafts_of(acts))
    for target, measure in (("potash", "m"), ("калий", "m"), ("order 14", "m"), ("somebody", "n"), ("ew-1", "n")):
        assert [r["measure"] for r in asked(book, "measures", "2016-01-01", target=target).more["measures"]] == [
            measure
        ]


@pytest.mark.parametrize(
    ("acts", "said", "state", "left"),
    [
        (act("e", "2016-01-01", "lifted", changes="none"), "the act that it changes is not on record", "yes", ["e"]),
        (act("e", "2016-01-01", "lifted"), "it changes nothing on record", "yes", ["e"]),
        (act("e", "2014-01-01", "lifted", changes="m"), "it comes before m, which it changes", "yes", ["e"]),
        (act("e", "2016-01-01", "licensed", "2015-06-01", "m"), "it ends before it begins", "cannot say", ["e"]),
        (act("e", "2016-01-01", "eased; lifted", changes="m", body="one"), "it ends and eases", "partly", ["e"]),
        (
            {**act("e", "2016-01-01", "lifted", changes="m"), **act("k", "2016-01-01", "extended", "2018", "m")},
            "what e says otherwise",
            "cannot say",
            ["e", "k"],
        ),
        (
            {**act("e", "2016-01-01", "lifted", changes="m"), **act("k", "2016-02-01", "renewed", "2018", "m")},
            "it changes m, which had ended by e",
            "no",
            ["k"],
        ),
    ],
)
def test_what_cannot_be_so_is_a_problem_and_left_out(
    fold_drafts: Fold, acts: Said, said: str, state: str, left: list[str]
) -> None:
    book = fold_drafts(drafts_of({**M, **acts}))
    (problem,) = book.problems
    assert said in str(problem)
    assert problem.do
    found = asked(book, "measures", "2016-06-01")
    assert stands(book, "2016-06-01") == state
    assert sorted(x["act"] for x in found.more["left_out"]) == left
    assert "left out" in found.sentence
    assert len(book.acts) == 1 + len(acts)  # nothing is lost


def test_two_acts_with_one_number_are_a_problem_and_both_count(fold_drafts: Fold) -> None:
    first = act("m", "2015-01-01", "imposed", identifier="Order 14")
    other = act("n", "2016-01-01", "imposed", identifier="order  14")
    (problem,) = fold_drafts(drafts_of({**first, **other})).problems
    assert "official number of m" in str(problem)
    same_day = act("n", "2015-01-01", "imposed", identifier="Order 14")  # one act in two rows
    assert fold_drafts(drafts_of({**first, **same_day})).problems == ()


def test_acts_that_change_each_other_are_a_problem(fold_drafts: Fold) -> None:
    book = fold_drafts(
        drafts_of({**act("m", "2015-01-01", "imposed", changes="n"), **act("n", "2015-01-02", "imposed", changes="m")})
    )
    assert len(book.problems) == 2
    assert all("changes an act that changes it" in str(p) for p in book.problems)
    assert (stands(book, "2016-01-01"), stands(book, "2016-01-01", "n")) == ("yes", "yes")


CHAIN: Said = {
    **act("m", "2015-03", "imposed", "2015-12-31", body="one; two"),
    **act("k", "2015-12-10", "extended", "2016-12-31", "m"),
    **act("gl", "2016-02-01", "licensed", "2016-05-31", "m", "one"),
    **act("r", "2016-05-20", "renewed", "2016-09-30", "gl"),
    **act("e", "2016-11-01", "lifted", changes="m", body="two"),
}


def test_the_order_of_recording_does_not_matter(fold_drafts: Fold) -> None:
    days = [date(2015, 2, 1) + timedelta(days=23 * n) for n in range(40)]
    rows = list(CHAIN.items())
    told = []
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        book = fold_drafts(drafts_of(dict(rows)))
        told.append([stands(book, d.isoformat(), target=t) for d in days for t in ("", "one", "two")])
    assert told[0] == told[1] == told[2]


def test_a_state_changes_only_on_days_that_acts_name(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of(CHAIN))
    named = {"2015-03-01", "2015-03-31", "2015-12-10", "2016-01-01", "2016-02-01", "2016-05-20", "2016-06-01"}
    named |= {"2016-10-01", "2016-11-01", "2017-01-01"}  # the day after an end is the first on which it does not hold
    for target in ("", "one", "two"):
        before = "absent"
        for n in range(800):
            day = (date(2015, 1, 1) + timedelta(days=n)).isoformat()
            now = stands(book, day, target=target)
            assert now == before or day in named, (target, day, before, now)
            before = now


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("o", set()),
        ("1", set()),
        ("14", {"EO-14"}),
        ("eo-14", {"EO-14"}),
        ("EO", {"EO-14", "EO-22"}),
        ("9299698", {"EO-22"}),
        ("929", set()),
    ],
)
def test_an_id_or_a_number_is_asked_for_by_whole_pieces(fold_drafts: Fold, target: str, found: set[str]) -> None:
    book = fold_drafts(
        drafts_of(
            {
                **act("EO-14", "2020-01-14", "imposed"),
                **act("EO-22", "2020-01-14", "imposed", official_id="IMO 9299698"),
            }
        )
    )
    assert {m["measure"] for m in asked(book, "measures", "2022-07-01", target=target).more["measures"]} == found


@pytest.mark.parametrize("back", ["revoked", "reimposed"])
def test_a_relief_that_was_taken_back_says_by_which_act(fold_drafts: Fold, back: str) -> None:
    leg = {"leg:l": [("deal", "deal:d"), ("side", "relief"), ("effect", "lifted"), ("measure", "measure:e")]}
    given = {"deal:d": [("country", "BY"), ("date", "2016-01-01"), ("title", "a list"), ("status", "executed")], **leg}
    changes = "e" if back == "revoked" else "m"
    acts = {**M, **LIFTED, **act("u", "2016-03-01", back, changes=changes, identifier="Order 9"), **given}
    book = fold_drafts(drafts_of(acts))
    held = [asked(book, "deal", day, id="d").more["relief"][0] for day in ("2016-02-01", "2016-04-01")]
    assert [(r["in_force"], r["why"]) for r in held] == [
        ("yes", "lifted 2016-01-01"),
        ("no", f"{back} 2016-03-01 (Order 9)"),
    ]
