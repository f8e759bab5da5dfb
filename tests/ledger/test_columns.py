"""The record in columns: what wins there is what wins in plain Python, for every audience, at every instant."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.cases.choose import Preference, choose
from habeas.dates import PartialDate
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Audience, Draft, Keeper, Links, Person, Public, Statement, Team, Visibility
from habeas.vocabulary import property_of
from tests.ledger.conftest import NOON, a_draft
from tests.strategies import competing_drafts, custody_drafts

pytest.importorskip("polars")

AUDIENCES = (Public, Team, Keeper)
PREFER = ("source:2", "Publisher 1", "list-3")
FIRST, LAST = date(1990, 1, 1), date(2010, 12, 31)
NUMBERS = itertools.count()


def preference() -> Preference:
    return Preference(
        order=PREFER,
        names={"source:1": ("Publisher 1", ""), "list-1": ("Publisher 1",), "list:list-1": ("Publisher 1", "")},
    )


SOURCES = [
    Draft(subject=s, prop="publisher", value="Publisher 1", source=s, visibility=Visibility.PUBLIC)
    for s in ("source:1", "list:list-1")
]


@st.composite
def records(draw: st.DrawFn) -> list[tuple[list[Draft], list[int]]]:
    """Batches: what is said, and which of what was said before is taken back."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        one = draw(st.sampled_from([custody_drafts(), competing_drafts()]))
        drafts = draw(st.lists(one, min_size=1, max_size=12))
        found.append((drafts, draw(st.lists(st.integers(0, 60), max_size=4))))
    return found


def fill(ledger: Ledger, batches: list[tuple[list[Draft], list[int]]]) -> Iterator[datetime]:
    """Record batch by batch, each an hour after the one before; the last of each day's wording is corrected."""
    ledger.append(SOURCES, recorded=NOON, recorder="k")
    said: list[Statement] = []
    for number, (drafts, back) in enumerate(batches, start=1):
        taken = {said[at % len(said)].id: said[at % len(said)] for at in back if said}
        gone = [
            Draft(subject=s.subject, prop=s.prop, value=None, source=s.source, retracts=s.id) for s in taken.values()
        ]
        now = NOON + timedelta(hours=number)
        said += ledger.append([*drafts, *gone], recorded=now, recorder="k")[: len(drafts)]
        yield now


def slow_winners(ledger: Ledger, audience: type[Audience], known: datetime) -> dict[tuple[str, str], tuple[str, ...]]:
    said: dict[tuple[str, str], list[Statement]] = {}
    for s in ledger.view(audience, known).statements:
        if s.value is not None:
            said.setdefault((s.subject, s.prop), []).append(s)
    found = {}
    for (subject, prop), statements in said.items():
        spec = property_of(subject.partition(":")[0], prop)
        if spec.several:
            found[subject, prop] = tuple(sorted({s.value for s in statements if s.value is not None}))
        else:
            won = choose(statements, preference(), dated=spec.type == "date")
            assert won is not None
            found[subject, prop] = (won.value,)
    return found


def slow_series(ledger: Ledger, audience: type[Audience], known: datetime, day: date) -> tuple[int, int, int]:
    """Low, best and high on a day, entry by entry."""
    by_entry: dict[str, list[Statement]] = {}
    for s in ledger.view(audience, known).statements:
        if s.kind == "entry" and s.value is not None:
            by_entry.setdefault(s.subject, []).append(s)
    low = best = high = 0
    for statements in by_entry.values():
        start = choose([s for s in statements if s.prop == "detained"], preference(), dated=True)
        end = choose([s for s in statements if s.prop in ("released", "died")], preference(), dated=True)
        if start is None:
            continue
        begun = PartialDate.parse(start.value)
        out = None if end is None else PartialDate.parse(end.value)
        low += begun.certainly_by(day) and (out is None or (out.earliest is not None and out.earliest > day))
        middle = None if out is None else out.middle
        best += begun.middle is not None and begun.middle <= day and (middle is None or middle > day)
        high += begun.possibly_by(day) and (out is None or not out.certainly_by(day))
    return low, best, high


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(batches=records(), audience=st.sampled_from(AUDIENCES))
def test_what_wins_is_what_wins_in_plain_python(
    tmp_path: Path, batches: list[tuple[list[Draft], list[int]]], audience: type[Audience]
) -> None:
    with open_ledger(tmp_path / f"{next(NUMBERS)}.sqlite", create=True) as ledger:
        instants = [NOON - timedelta(hours=1), NOON]
        for now in fill(ledger, batches):
            instants.append(now)
            kept = ledger.project(audience, prefer=PREFER)  # brought up to date batch by batch
        fresh = open_ledger(ledger.path, cache=tmp_path / f"{next(NUMBERS)}").project(audience, prefer=PREFER)
        assert kept.frame().equals(fresh.frame())
        for known in instants:
            expected = slow_winners(ledger, audience, known)
            subjects = {subject for subject, _ in expected} | {d.subject for drafts, _ in batches for d in drafts}
            for found in (kept, fresh):
                won = {(s, p): tuple(sorted(v)) for s in subjects for p, v in found.winners(s, known).items()}
                assert won == expected
            assert kept.series(FIRST, LAST, known) == fresh.series(FIRST, LAST, known)
            series = kept.series(FIRST, LAST, known)
            for day in (FIRST, date(2000, 1, 1), date(2005, 6, 15), LAST):
                at = (day - FIRST).days
                assert tuple(series[r][at] for r in ("low", "best", "high")) == slow_series(
                    ledger, audience, known, day
                )
        lists = [kept.series(FIRST, LAST, on_list=one)["best"] for one in kept.lists]
        assert [sum(day) for day in zip(*lists, strict=True)] == kept.series(FIRST, LAST)["best"] or not lists


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as made:
        made.append(
            [
                a_draft("Person A"),
                a_draft("2020-05-01", "detained"),
                a_draft("2020-05-03", "detained", source="source:2"),
                a_draft("2021-01-01", "released"),
                a_draft("a planted note", "note", visibility=Visibility.TEAM),
                a_draft("1962-09-25", "born", visibility=Visibility.TEAM),
                a_draft("a planted seal", "note", visibility=Visibility.SEALED),
                a_draft("Person B", subject="entry:list-1:row2"),
                a_draft("2020-06", "detained", subject="entry:list-1:row2"),
            ],
            recorded=NOON,
            recorder="k",
        )
        yield made


def kept_bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_of_what_is_no_date_more_sources_win(tmp_path: Path) -> None:
    """A text agrees with no other text, so each counts the sources of its own."""
    said = [a_draft(v, "sentence", source=f"source:{n}") for n, v in enumerate(("P10Y", "P4Y", "P4Y"), start=3)]
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        ledger.append(said, recorded=NOON, recorder="k")
        assert slow_winners(ledger, Keeper, NOON)["entry:list-1:row1", "sentence"] == ("P4Y",)
        assert ledger.project(Keeper).winners("entry:list-1:row1") == {"sentence": ("P4Y",)}


def test_thrown_away_it_is_made_again_to_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "ledger.sqlite-cache"
    ledger.project(Team)
    before = kept_bytes(folder)
    assert len(before) == 6
    ledger._cache.forget()
    assert not folder.exists()
    ledger.project(Team)
    assert kept_bytes(folder) == before


def test_what_an_audience_may_not_see_is_in_no_byte(ledger: Ledger, tmp_path: Path) -> None:
    ledger.project(Public)
    ledger.project(Team)
    for audience, absent in (("public", ("planted note", "planted seal", "1962-09-25")), ("team", ("planted seal",))):
        everything = b"".join(kept_bytes(tmp_path / "ledger.sqlite-cache" / audience).values())
        assert [text for text in absent if text.encode() in everything] == []
    assert ledger.project(Public).winners("entry:list-1:row1")["born"] == ("1962",)
    assert ledger.project(Team).winners("entry:list-1:row1")["note"] == ("a planted note",)


@pytest.mark.parametrize("place", range(6))
def test_what_is_damaged_is_made_anew(ledger: Ledger, tmp_path: Path, place: int) -> None:
    folder = tmp_path / "ledger.sqlite-cache"
    series = ledger.project(Team).series(FIRST, LAST)
    whole = kept_bytes(folder)
    path = folder / sorted(whole)[place]
    for damaged in (b"", b"\xff" * 40, whole[sorted(whole)[place]][:-9] + b"123456789"):
        path.write_bytes(damaged)
        found = ledger.project(Team)
        assert found.series(FIRST, LAST) == series
        assert found.winners("entry:list-1:row2")["name"] == ("Person B",)
        ledger.project(Team).frame()
        assert path.name == ".gitignore" or kept_bytes(folder) == whole


def test_columns_of_another_record_are_not_taken(ledger: Ledger, tmp_path: Path) -> None:
    ledger.project(Team)
    with open_ledger(tmp_path / "other.sqlite", create=True, cache=tmp_path / "ledger.sqlite-cache") as other:
        other.append([a_draft("Person C")], recorded=NOON, recorder="k")
        assert other.project(Team).winners("entry:list-1:row1") == {"name": ("Person C",)}
    assert ledger.project(Team).winners("entry:list-1:row1")["name"] == ("Person A",)


def test_what_is_erased_is_gone_from_the_columns(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "ledger.sqlite-cache"
    early = ledger.project(Team)
    seqs = [s.seq for s in ledger.view(Keeper).statements if s.subject == "entry:list-1:row1"]
    tombstone = Draft(subject="tombstone:1", prop="erased", value="person", source="k", visibility=Visibility.PUBLIC)
    ledger.erase(seqs, [tombstone], names=[], entries=[], recorded=NOON, recorder="k")
    assert not folder.exists()
    del early
    assert ledger.project(Team).winners("entry:list-1:row1") == {}
    assert b"planted" not in b"".join(kept_bytes(folder).values())
    assert ledger.project(Team).winners("tombstone:1")["erased"] == ("person",)


def test_a_person_kept_back_is_gone_and_nothing_is_made_anew_but_for_that(ledger: Ledger) -> None:
    ledger.project(Public)
    subject = "entry:list-1:row1"
    ledger.append(
        [
            Draft(subject="restriction:1", prop="subject", value=subject, source="person:k"),
            Draft(subject="restriction:1", prop="visibility", value="team", source="person:k"),
        ],
        recorded=NOON,
        recorder="k",
    )
    links = Links(persons=(Person(id="C-1", mentions=(subject,)),), unsure=())
    with pytest.raises(ValueError, match="people are restricted"):
        ledger.project(Public)
    hidden = ledger.project(Public, lambda: links)
    assert hidden.winners(subject) == {}
    assert hidden.winners("entry:list-1:row2")["name"] == ("Person B",)
    assert ledger.project(Team, lambda: links).winners(subject)["name"] == ("Person A",)
    ledger.append([a_draft("Person D", subject="entry:list-1:row3")], recorded=NOON, recorder="k")
    later = ledger.project(Public, lambda: links)
    assert later.winners("entry:list-1:row3")["name"] == ("Person D",)
    assert later.winners(subject) == {}
    assert ledger.project(Public, lambda: links).frame().equals(later.frame())


def test_a_consent_that_ends_ends_in_the_columns_too(tmp_path: Path) -> None:
    subject = "entry:list-1:row1"
    links = Links(persons=(Person(id="C-1", mentions=(subject,)),), unsure=())

    def on(day: date) -> dict[str, tuple[str, ...]]:
        with open_ledger(tmp_path / "ledger.sqlite", create=True, today=day) as ledger:
            if ledger.head() is None:
                consent = {"entry": subject, "by": "subject", "scope": "health", "from": "2020", "until": "2026-06-01"}
                drafts = [Draft(subject="consent:1", prop=p, value=v, source="person:k") for p, v in consent.items()]
                ledger.append([*drafts, a_draft("unwell", "health")], recorded=NOON, recorder="k")
            return dict(ledger.project(Public, lambda: links).winners(subject))

    assert on(date(2026, 5, 1)) == {"health": ("unwell",)}
    assert on(date(2026, 7, 1)) == {}


def test_sealed_columns_hold_nothing_plain(ledger: Ledger, tmp_path: Path) -> None:
    from habeas.ledger.columns import Seal, open_projection
    from habeas.ledger.disclosure import Disclosure
    from habeas.ledger.tables import from_row

    def turned(data: bytes, context: str) -> bytes:
        key = context.encode()
        return bytes(b ^ key[at % len(key)] ^ 0x5A for at, b in enumerate(data))

    def opened(folder: Path) -> object:
        return open_projection(
            ledger._store.reading,
            lambda _connection, _whole: Disclosure((), Keeper, None, None),
            from_row,
            book=ledger._name,
            audience=Keeper,
            folder=folder,
            seal=Seal(turned, turned),
        ).frame()

    first = opened(tmp_path / "sealed")
    everything = b"".join(kept_bytes(tmp_path / "sealed").values())
    assert [t for t in (b"Person A", b"planted", b"keeper", b"ARROW1") if t in everything] == []
    assert opened(tmp_path / "sealed").equals(first)


def test_a_folder_that_may_not_be_written_keeps_nothing(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite-cache").write_text("in the way", encoding="ascii")
    assert ledger.project(Team).winners("entry:list-1:row2")["name"] == ("Person B",)


def test_without_the_libraries_one_sentence_says_so(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from habeas.errors import UsageError

    monkeypatch.setitem(sys.modules, "habeas.ledger.columns", None)
    with pytest.raises(UsageError, match=r"pip install 'habeas\[scale\]'"):
        ledger.project(Team)


def test_an_empty_record_has_empty_columns(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as made:
        found = made.project(Team)
        assert (found.head, found.lists, found.winners("entry:a:b")) == ((0, ""), (), {})
        assert set(found.series(FIRST, FIRST)["high"]) == {0}


def test_what_names_hide_is_asked_again_only_where_the_record_or_who_is_who_changed(ledger: Ledger) -> None:
    """A record of names that the public does not see: its columns lie ready, and nobody is looked for in it again."""
    subject = "entry:list-1:row9"
    ledger.append([a_draft("Person Z", subject=subject, visibility=Visibility.TEAM)], recorded=NOON, recorder="k")
    asked = []

    def who() -> Links:
        asked.append(True)
        return Links(persons=(Person(id="C-1", mentions=(subject,)),), unsure=())

    ledger.project(Public, who, rules="one")
    assert asked
    before = len(asked)
    ledger.project(Public, who, rules="one")
    assert len(asked) == before
    ledger.project(Public, who, rules="another")
    assert len(asked) > before
