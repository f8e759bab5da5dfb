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
