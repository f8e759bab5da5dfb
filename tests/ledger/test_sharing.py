"""What a server lets its public read on its own: no longer than disclosure would, whatever day comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.dates import Clock
from habeas.ledger.disclosure import Disclosure
from habeas.ledger.sharing import derive
from habeas.ledger.views import see
from habeas.nouns import Links, Person, Public, Statement, Visibility

TODAY = date(2026, 1, 15)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ENTRIES = tuple(f"entry:list-1:row{n}" for n in (1, 2))


def who() -> Links:
    return Links(persons=tuple(Person(id=f"C-{e[-1]}", mentions=(e,)) for e in ENTRIES), unsure=())


_NEAR = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))
_DATES = st.one_of(
    _NEAR.map(date.isoformat),
    _NEAR.map(lambda d: f"{d:%Y-%m}"),
    _NEAR.map(lambda d: f"{d:%Y-%m-%d}~"),
    _NEAR.map(lambda d: f"../{d:%Y-%m-%d}"),
    _NEAR.map(lambda d: f"{d:%Y-%m-%d}/.."),
)


@st.composite
def records(draw: st.DrawFn) -> tuple[Statement, ...]:
    """Two people of whom something is public, their consents and wishes."""
    said: list[tuple[str, str, str, Visibility]] = []
    for entry in ENTRIES:
        said += [(entry, prop, "x", Visibility.PUBLIC) for prop in ("name", "address", "story", "occupation")]
        if draw(st.booleans()):
            said.append((entry, "released", draw(_DATES), Visibility.PUBLIC))
    for number in range(draw(st.integers(0, 3))):
        consent = f"consent:{number}"
        said.append((consent, "entry", draw(st.sampled_from(ENTRIES)), Visibility.TEAM))
        said.append((consent, "scope", draw(st.sampled_from(["name", "address", "story"])), Visibility.TEAM))
        for prop in draw(st.sets(st.sampled_from(["from", "until", "withdrawn"]))):
            said.append((consent, prop, draw(_DATES), Visibility.TEAM))
    for number in range(draw(st.integers(0, 2))):
        wish = f"publicity:{number}"
        said.append((wish, "entry", draw(st.sampled_from(ENTRIES)), Visibility.TEAM))
        wishes = st.sampled_from(["wants", "does_not_want", "only_after_release", "unknown"])
        said.append((wish, "wish", draw(wishes), Visibility.TEAM))
        if draw(st.booleans()):
            said.append((wish, "on", draw(_DATES), Visibility.TEAM))
    return tuple(
        Statement(
            subject=subject,
            prop=prop,
            value=value,
            source="person:k",
            place="",
            visibility=visibility,
            id=str(seq),
            seq=seq,
            batch=1,
            recorded=NOON,
            recorder="k",
        )
        for seq, (subject, prop, value, visibility) in enumerate(said, start=1)
    )


def shown(statements: tuple[Statement, ...], day: date) -> dict[int, str | None]:
    return {
        s.seq: s.value
        for s in see(statements, Public, None, Clock.RECORDED, Disclosure(statements, Public, who, day)).statements
    }


@settings(deadline=None)
@given(records())
def test_what_is_shown_today_is_shown_by_the_gate_on_every_day_until_then(statements: tuple[Statement, ...]) -> None:
    found = derive(statements, len(statements), who, TODAY)
    assert {seq: row["value"] for seq, row in found.shown.items()} == shown(statements, TODAY)
    last = TODAY + timedelta(days=80)
    day = TODAY
    while day < (found.until or last) and day <= last:
        later = shown(statements, day)
        opened = {seq for seq, row in found.shown.items() if row["value"] is not None and later.get(seq) is None}
        assert not opened, f"on {day} disclosure keeps back what is still shown until {found.until}"
        day += timedelta(days=1)


@settings(deadline=None)
@given(records(), st.data())
def test_under_a_bad_head_no_more_is_shown_than_both_records_show(
    statements: tuple[Statement, ...], data: st.DataObject
) -> None:
    good = data.draw(st.integers(0, len(statements)))
    found = derive(statements, len(statements), who, TODAY, good=good).shown.items()
    assert found <= derive(statements, len(statements), who, TODAY).shown.items()
    assert found <= derive(statements[:good], good, who, TODAY).shown.items()


def test_without_consents_and_wishes_it_holds_for_good() -> None:
    assert derive((), 0, who, TODAY).until is None
    assert derive((), 0, who, None).until is None
