"""What is read from a casebook once says what reading it anew would say; and it is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers.dated import OUT, arrests, by_period, happenings
from habeas.answers.evidence import evidence
from habeas.answers.lag import ALL, _lags
from habeas.answers.standings import people_on
from habeas.dates import PartialDate, Span
from habeas.nouns import Casebook, Draft, Team
from habeas.resolve.lookup import _Printed
from tests.answers import plain
from tests.answers.conftest import drafts_of
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]
LISTS = drafts_of({f"list:list-{n}": [("means", "named"), ("covers_period", "1900/2100")] for n in (1, 2, 3)})
slow = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
some = st.lists(custody_drafts(), min_size=1, max_size=12)


def test_it_is_made_once_for_each_casebook(fold_drafts: Fold) -> None:
    made = []

    def count(cases: Casebook[Any]) -> int:
        made.append(cases)
        return len(cases.cases)

    one, other = (fold_drafts(drafts_of({"entry:l:a": [("detained", "2021")]})) for _ in range(2))
    assert (one.once(count), one.once(count), other.once(count)) == (1, 1, 1)
    assert [id(cases) for cases in made] == [id(one), id(other)]


@slow
@given(drafts=some, by=st.sampled_from(["month", "year"]))
def test_what_happened_is_placed_where_its_date_allows_no_other(
    fold_drafts: Fold, drafts: list[Draft], by: str
) -> None:
    cases = fold_drafts(drafts)
    found = by_period(cases, by)
    placed: Counter[tuple[date, str]] = Counter()
    for spell in (s for c in cases.cases.values() for s in c.spells):
        kind = OUT + (spell.exit_kind.value if spell.exit_kind is not None else "kind not on record")
        told = [("in", spell.start), (kind, spell.end)]
        dated = [(k, PartialDate.parse(v.value)) for k, v in told if v is not None]
        for one, when in (*dated, *(("recognised", w) for w, _ in spell.recognised[:1])):
            if when.earliest is not None and when.latest is not None:
                first = when.earliest.replace(day=1) if by == "month" else when.earliest.replace(day=1, month=1)
                months = list(Span(first, when.latest.replace(day=28)).months())
                if len(months) == 1 or (by == "year" and when.latest.year == first.year):
                    placed[first, one] += 1
    assert Counter({(p, k): n for p, one in found.periods.items() for k, n in one.counts.items()}) == placed
    assert len(found.loose) == len(happenings(cases)) - placed.total()


@slow
@given(drafts=some)
def test_lags_are_those_of_each_list_read_alone(fold_drafts: Fold, drafts: list[Draft]) -> None:
    cases = fold_drafts(drafts)
    found = cases.once(_lags)
    assert found[ALL] == plain.lags(cases, None)
    assert {n: found.get(n, []) for n in ("list-1", "list-2", "list-3")} == {
        n: plain.lags(cases, n) for n in ("list-1", "list-2", "list-3")
    }


@slow
@given(drafts=some, day=st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_the_roll_of_a_day_is_everybody_asked_one_by_one(fold_drafts: Fold, drafts: list[Draft], day: date) -> None:
    cases = fold_drafts(drafts)
    found = [(c.id, plain.standing(c, day, cases.book.horizon_days)) for c in cases.cases.values()]
    told = [(c.id, s.level, s.reason) for c, s in people_on(cases, day)]
    assert told == [(i, s.level, s.reason) for i, s in found if s.level]


@slow
@given(drafts=some)
def test_no_two_people_rest_on_one_statement(fold_drafts: Fold, drafts: list[Draft]) -> None:
    cases = fold_drafts(drafts)
    spells = [(case, spell) for case in cases.cases.values() for spell in case.spells]
    told = evidence(spells)
    assert len(set(told)) == len(told)
    assert list(told) == list(dict.fromkeys(i for _, spell in spells for i in spell.statements))


@slow
@given(drafts=some, first=st.dates(date(1950, 1, 1), date(2100, 1, 1)), days=st.integers(1, 2000), again=st.booleans())
def test_arrests_of_a_span_are_those_whose_date_lies_in_it(
    fold_drafts: Fold, drafts: list[Draft], first: date, days: int, again: bool
) -> None:
    cases = fold_drafts(drafts)
    past = first + timedelta(days=days)
    found = []
    for case in cases.cases.values():
        for place, spell in enumerate(case.spells):
            when = None if spell.start is None else PartialDate.parse(spell.start.value)
            inside = when is not None and when.within(PartialDate.parse(f"{first}/{past - timedelta(days=1)}"))
            if inside and (not again or any(s.end is not None for s in case.spells[:place])):
                found.append(spell)
    assert [id(s) for s in arrests(cases, Span(first, past), again=again)] == [id(s) for s in found]


NAMES = ("Ivan Petrov", "Іван Пятроў", "Petra Ivanova", "Anna Maria Petrovich", "I. Petrov", "Petr")


@slow
@given(names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), text=st.text("iIvanp etrа", max_size=12))
def test_words_begin_as_each_name_says(fold_drafts: Fold, names: list[str], text: str) -> None:
    cases = fold_drafts(drafts_of({f"entry:l:{n}": [("name", name)] for n, name in enumerate(names)}))
    found = [c.id for c in _Printed(cases).beginning(text)]
    assert found == [c.id for c in cases.cases.values() if plain.has_words(text, c)]
