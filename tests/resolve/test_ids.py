"""Case ids through decisions made and taken back: an old id always leads on, and a state once had comes back exactly."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.nouns import Casebook, Keeper, Links
from habeas.resolve import as_now, find
from tests.resolve.conftest import case_id, casebook, decision, entry, linked, published, view

ROWS = [
    entry("a", "Person Alphaev", born="1980-02-03"), entry("b", "Person Alphaev", born="1981-02-03"),
    entry("c", "Specimen Betaev"), entry("d", "Spetsimen Betaeff"), entry("e", "Exemplar Gammaev"),
    entry("a", "Exemplar Gammaeva"),
]  # fmt: skip
IDS = [subject for subject, _ in ROWS]
_decisions = st.tuples(
    st.integers(0, len(ROWS) - 1), st.integers(0, len(ROWS) - 1), st.sampled_from(["same", "different", "unsure"])
).filter(lambda one: one[0] != one[1])


def cases_of(links: Links) -> Casebook[Keeper]:
    """A casebook with a case for each person, under ids as books give them."""
    ids = {person.id.replace("case-", "C-"): person for person in links.persons}
    book = casebook(**{one: ["Placeholder"] for one in ids})
    cases = {one: replace(case, mentions=ids[one].mentions) for one, case in book.cases.items()}
    return replace(book, cases=cases)


@settings(max_examples=40, deadline=None)
@given(st.lists(_decisions, max_size=6))
def test_an_old_id_leads_on_and_taking_back_restores(decisions: list[tuple[int, int, str]]) -> None:
    states: list[Links] = []
    shown: dict[str, str] = {}  # every id ever shown, with the entry it was made of
    for length in (*range(len(decisions) + 1), *reversed(range(len(decisions)))):
        made = [decision(IDS[a], IDS[b], same, on=f"2026-01-{n:02}") for n, (a, b, same) in
                enumerate(decisions[:length], start=1)]  # fmt: skip
        links = linked([*ROWS, *made])
        if length < len(states):
            assert links == states[length]
        else:
            states.append(links)
        book = cases_of(links)
        shown |= {
            one: next(m for m in case.mentions if one.endswith(m.rpartition(":")[2]))
            for one, case in book.cases.items()
        }
        for old, mention in shown.items():
            (case,) = find(old, book)
            assert mention in case.mentions
            assert case.id in book.cases


LATER = [
    entry("f", "Пэрсан Альфаеў", born="1980"), entry("g", "Exemplar Gammaev", born="1990-05-06"),
    entry("h", "Specimen Betaev", born="1971"), entry("i", "Person Alphaev"),
]  # fmt: skip
_steps = st.lists(
    st.one_of(_decisions, st.sampled_from(LATER).map(lambda row: ("new", row)), st.just(("back",))), max_size=10
)


@settings(max_examples=30, deadline=None)
@given(_steps)
def test_ids_lead_on_through_merges_taken_back_and_mentions_that_arrive(steps: list[tuple[object, ...]]) -> None:
    """In any order: whoever quoted an id finds its entry's case, and the same record gives the same persons."""
    rows, decided = list(ROWS), list[tuple[object, ...]]()
    shown: dict[str, str] = {}
    known: dict[tuple[object, ...], Links] = {}
    for step in (("start",), *steps):
        if step[0] == "new" and step[1] not in rows:
            rows.append(step[1])  # type: ignore[arg-type]
        elif step[0] == "back":
            decided = decided[:-1]
        elif len(step) == 3:
            decided.append(step)
        made = [
            decision(IDS[a], IDS[b], same, on=f"2026-01-{n:02}")  # type: ignore[index, arg-type]
            for n, (a, b, same) in enumerate(decided, start=1)
        ]
        links = linked([*rows, *made])
        assert known.setdefault((*(row[0] for row in rows), *decided), links) == links
        book = cases_of(links)
        shown |= {
            one: next(m for m in case.mentions if one.endswith(m.rpartition(":")[2]))
            for one, case in book.cases.items()
        }
        for old, mention in shown.items():
            (case,) = find(old, book)
            assert mention in case.mentions


DAYS = [published("a", "2023-05"), published("c", "2021"), published("d", "../2022-06"), published("e", "2024")]
ALL = [*ROWS, *LATER]
_drawn = st.lists(
    st.tuples(
        st.integers(0, len(ALL) - 1), st.integers(0, len(ALL) - 1), st.sampled_from(["same", "different"])
    ).filter(lambda one: one[0] != one[1]),
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(_drawn, st.randoms(use_true_random=False))
def test_ids_are_the_same_in_any_order_of_intake(decisions: list[tuple[int, int, str]], random: Random) -> None:
    """A ledger made anew may read the lists in any order: each row is in a case of the same id."""
    made = [
        decision(ALL[a][0], ALL[b][0], same, on=f"2026-01-{n:02}") for n, (a, b, same) in enumerate(decisions, start=1)
    ]
    shuffled = [*ALL, *DAYS]
    random.shuffle(shuffled)
    assert homes(linked([*ALL, *DAYS, *made])) == homes(linked([*shuffled, *made]))


@settings(max_examples=40, deadline=None)
@given(_drawn, st.sets(st.integers(0, len(ALL) - 1), min_size=1), st.integers(0, 4), st.sets(st.sampled_from(range(4))))
def test_a_view_of_the_past_has_the_ids_of_now(
    decisions: list[tuple[int, int, str]], shown: set[int], known: int, listed: set[int]
) -> None:
    """Whatever a view lacks (rows, decisions, days of lists), a case has the id that its rows' case has now."""
    made = [
        decision(ALL[a][0], ALL[b][0], same, on=f"2026-01-{n:02}") for n, (a, b, same) in enumerate(decisions, start=1)
    ]
    now = linked([*ALL, *DAYS, *made])
    rows = [*(ALL[i] for i in sorted(shown)), *(DAYS[i] for i in listed), *made[:known]]
    past = linked(rows)
    named = as_now(past, now, view(rows), case_id)
    assert [p.mentions for p in named.persons] == [p.mentions for p in past.persons]
    ids = [p.id for p in named.persons]
    assert len(set(ids)) == len(ids)
    home = homes(now)
    for person in named.persons:
        # It is the id of a case that its rows are in now; or of a row of its own, where another one has that id.
        assert person.id in {home[m] for m in person.mentions} | {case_id(m) for m in person.mentions}
        if len({home[m] for m in person.mentions}) == 1 and person.id != home[person.mentions[0]]:
            assert home[person.mentions[0]] in ids
    assert as_now(now, now, view([*ALL, *DAYS, *made]), case_id) == now


def homes(links: Links) -> dict[str, str]:
    return {mention: person.id for person in links.persons for mention in person.mentions}
