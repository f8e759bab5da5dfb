"""The standings of a case say of every day what the plain rule says of it, and a count is taken from them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers.standing import by_spell
from habeas.answers.standings import Standings
from habeas.answers.states import Level
from habeas.cases.choose import Preference
from habeas.cases.person import case_of
from habeas.nouns import Case, Draft, Person, Visibility
from tests.answers import plain
from tests.cases.test_spells import _mentions, _statements
from tests.strategies import custody_drafts

_NEAR = st.dates(date(2000, 1, 1), date(2002, 12, 31))


@st.composite
def more_drafts(draw: st.DrawFn) -> Draft:
    """What else is heeded: days off a list, seen free, and sentences that take no liberty."""
    prop = draw(
        st.sampled_from(
            ["absent_since", "not_held_on", "regime", "sentenced", "sentence", "held_on", "detained", "released"]
        )
    )
    form = draw(st.sampled_from(["%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y"]))
    day = draw(_NEAR).strftime(form if prop in ("detained", "released", "sentenced") else "%Y-%m-%d")
    return Draft(
        subject=f"entry:list-{draw(st.integers(1, 2))}:row1",
        prop=prop,
        value=draw(st.sampled_from(["P3M", "P1Y"]))
        if prop == "sentence"
        else draw(st.sampled_from(["suspended", "fine", "home_khimiya", "house_arrest", "general"]))
        if prop == "regime"
        else day,
        source=f"source:{draw(st.integers(1, 3))}",
        visibility=Visibility.PUBLIC,
    )


def a_case(drafts: list[Draft]) -> Case:
    mentions = _mentions(_statements(drafts))
    return case_of(
        Person(id="C-p", mentions=tuple(m.id for m in mentions)), mentions, Preference(order=(), names={}), frozenset()
    )


def days_near(case: Case, horizon: int) -> list[date]:
    """Days around every date on record and the horizon after it, and days far from any."""
    told = {d for e in case.events for d in (e.when.earliest, e.when.middle, e.when.latest) if d is not None}
    told |= {d for s in case.spells for d in (s.term_ends, s.limit_ends) if d is not None}
    off = (-730, 0, horizon)
    found = {
        d + timedelta(days=a + b)
        for d in told
        for a in off
        for b in (-1, 0, 1)
        if date(200, 1, 1) < d < date(9000, 1, 1)
    }
    return sorted(found | {date.min, date(1950, 1, 1), date.max})


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200, deadline=None)
@given(
    drafts=st.lists(custody_drafts(), max_size=6) | st.lists(more_drafts(), max_size=9),
    horizon=st.sampled_from([0, 30, 180]),
)
def test_each_day_of_a_course_is_what_the_plain_rule_says(drafts: list[Draft], horizon: int) -> None:
    case = a_case([d for d in drafts if d.visibility is not Visibility.SEALED])
    daily = Standings(case, horizon)
    for day in days_near(case, horizon):
        one, other = daily.standing(day.toordinal()), plain.standing(case, day, horizon)
        assert (one.state, one.reason, one.spell) == (other.state, other.reason, other.spell), day
        assert one.level is other.level
        for place, spell in enumerate(case.spells):
            level = plain.by_spell(spell, day, horizon).level
            turned = [told for first, told in daily.turns(place) if first <= day.toordinal()]
            assert (turned[-1], by_spell(spell, day, horizon).level) == (level, level)
        then = plain.known_then(case, day, horizon)
        level, by = daily.known_then(day.toordinal())
        assert (level, by is None) == (Level.OUT if then is None else then.level, then is None), day
        first, past = daily.told()
        assert first <= day.toordinal() < past or not level, day


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(drafts=st.lists(more_drafts(), max_size=9), first=_NEAR, days=st.integers(1, 400))
def test_the_spells_between_two_days_are_those_of_the_days(drafts: list[Draft], first: date, days: int) -> None:
    case, start = a_case(drafts), first.toordinal()
    found = (plain.standing(case, date.fromordinal(day), 30) for day in range(start, start + days))
    told = [s.spell for s in found if s.level]
    between = Standings(case, 30).spells_between(start, start + days)
    assert [id(s) for s in between] == list(dict.fromkeys(id(s) for s in told))
