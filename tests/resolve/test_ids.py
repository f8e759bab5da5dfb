"""Case ids through decisions made and taken back: an old id always leads on, and a state once had comes back exactly."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.nouns import Casebook, Keeper, Links
from habeas.resolve import find
from tests.resolve.conftest import casebook, decision, entry, linked

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
    ids = {f"C-{person.mentions[0].rpartition(':')[2]}": person for person in links.persons}
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
        shown |= {one: case.mentions[0] for one, case in book.cases.items()}
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
        shown |= {one: case.mentions[0] for one, case in book.cases.items()}
        for old, mention in shown.items():
            (case,) = find(old, book)
            assert mention in case.mentions
