"""Whoever is kept back or erased stands in no published byte, however a free text names them.

Each free text of the vocabulary names somebody in every case, script and order of `forms`; beside it stands a word of its own,
so that a text which is shown in part is found too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from habeas.cases import fold
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Casebook, Draft, Keeper, Links, Person, Public, Visibility
from habeas.publish import FORMATS, Subject, export_data, publish_report, publish_site
from habeas.vocabulary import kinds
from tests.names.test_signs import RESPELT
from tests.test_leaks import RECORDED, book, leaks, public_frame

NAME = "Ігар Лосік"
ENTRY = "entry:team:x9"
# The cases of a name: nominative, genitive, dative, instrumental; in Belarusian, in Russian, in Latin letters.
CASES = (
    ("Ігар", "Аляксандравіч", "Лосік"),
    ("Ігара", "Аляксандравіча", "Лосіка"),
    ("Ігару", "Аляксандравічу", "Лосіку"),
    ("Ігарам", "Аляксандравічам", "Лосікам"),
    ("Игорь", "Александрович", "Лосик"),
    ("Игоря", "Александровича", "Лосика"),
    ("Игорю", "Александровичу", "Лосику"),
    ("Игорем", "Александровичем", "Лосиком"),
    ("Ihar", "Aliaksandravich", "Losik"),
    ("Ihara", "Aliaksandravicha", "Losika"),
    ("Iharu", "Aliaksandravichu", "Losiku"),
    ("Iharam", "Aliaksandravicham", "Losikam"),
)
WAYS = ("team list", "restriction", "no publicity", "erased")


def forms() -> list[str]:
    found = []
    for given, patronymic, surname in CASES:
        found += [f"{given} {surname}", f"{surname} {given}", f"{given} {patronymic} {surname}"]
        found += [f"{surname} {given} {patronymic}"]
    return found


def texts() -> Iterator[tuple[Draft, str]]:
    """A public text for each form and each property that is a free text or a name, and the word that may not come out."""
    number = 0
    for kind, spec in kinds().items():
        for prop in spec.properties.values():
            own = kind == "entry" and prop.name == "name"
            if prop.type not in ("text", "name") or own or spec.working or kind == "decision":
                continue
            for form in forms():
                number += 1
                mark = f"canary{number:05d}"
                draft = Draft(
                    subject="entry:open:x1" if kind == "entry" else f"{kind}:open",
                    prop=prop.name,
                    value=f"{mark} {form} {mark}",
                    original=f"{mark} {form}",
                    source="source:s1",
                    published="2025-12-01",
                    visibility=Visibility.PUBLIC,
                )
                yield draft, mark


def hide(way: str) -> list[Draft]:
    """Somebody who is named on a list, and what keeps the name back."""
    seen = Visibility.TEAM if way == "team list" else Visibility.PUBLIC
    said = {"list": "list:team", "name": NAME, "detained": "2023-02-01"}
    drafts = [
        Draft(subject=ENTRY, prop=p, value=v, source="source:s1", published="2025-12-01", visibility=seen)
        for p, v in said.items()
    ]
    later = {
        "restriction": {"subject": ENTRY, "visibility": "team", "reason": "r"},
        "no publicity": {"entry": ENTRY, "wish": "does_not_want", "by": "subject"},
    }.get(way, {})
    kind = "restriction" if way == "restriction" else "publicity"
    return [*drafts, *(Draft(subject=f"{kind}:x", prop=p, value=v, source="person:k") for p, v in later.items())]


def erase(ledger: Ledger, name: str) -> None:
    seqs = [s.seq for s in ledger.view(Keeper).statements if s.subject == ENTRY]
    said = {"erased": "person", "statements": str(len(seqs)), "on": "2026-01-06"}
    tombstone = [Draft(subject="tombstone:1", prop=p, value=v, source="person:k") for p, v in said.items()]
    ledger.erase(
        seqs, tombstone, names=[name], entries=[ENTRY], recorded=datetime(2026, 1, 6, tzinfo=UTC), recorder="k"
    )


def links() -> Links:
    return Links(
        persons=(Person(id="C-x1", mentions=("entry:open:x1",)), Person(id="C-x9", mentions=(ENTRY,))), unsure=()
    )


def published(folder: Path, way: str, drafts: list[Draft]) -> Casebook[Public]:
    with open_ledger(folder / "ledger.sqlite", create=True, today=date(2026, 2, 1)) as ledger:
        ledger.append([*public_frame(), *drafts, *hide(way)], recorded=RECORDED, recorder="k")
        if way == "erased":
            erase(ledger, NAME)
        view = ledger.view(Public, who=links)
    return fold(view, links(), book(folder))


@pytest.mark.parametrize("way", WAYS)
def test_a_text_that_names_somebody_kept_back_is_in_no_published_byte(way: str, tmp_path: Path) -> None:
    pairs = list(texts())
    marks = {mark for _, mark in pairs}
    assert len(marks) > 2000
    public = published(tmp_path, way, [draft for draft, _ in pairs])
    site = tmp_path / "site"
    publish_site(public, (), site)
    export_data(public, site / "data", formats=FORMATS)
    publish_report(public, Subject(deal="open"), site / "report.pdf", full=True)
    secrets = {*forms(), "Лосік", "Лосик", "Losik", "canary"}
    assert leaks(site, secrets) == set()


def test_the_search_would_find_them(tmp_path: Path) -> None:
    public = published(tmp_path, "", [draft for draft, _ in list(texts())[:: len(forms())]])
    publish_site(public, (), tmp_path / "site")
    assert {"canary", "Лосік"} <= leaks(tmp_path / "site", {"canary", "Лосік"})


PEOPLE = sorted({name for name, _ in RESPELT})


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_erased_comes_back_respelt(name: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        ledger.append(
            [Draft(subject=ENTRY, prop="name", value=name, source="source:s1", visibility=Visibility.PUBLIC)],
            recorded=RECORDED,
            recorder="k",
        )
        erase(ledger, name)
        gone = ledger.suppression()
        back = [said for one, said in RESPELT if one == name and not gone.named_in(f"Учора {said} была тут.")]
        others = [said for one, said in RESPELT if one != name and gone.named_in(said)]
    assert (back, others) == ([], [])


def test_a_namesake_who_is_public_keeps_the_name_and_the_text_is_held(tmp_path: Path) -> None:
    namesake = [
        Draft(
            subject="entry:open:x1", prop="name", value="Игорь Лосик", source="source:s1", visibility=Visibility.PUBLIC
        ),
        Draft(
            subject="deal:open", prop="note", value="of Ihar Losik", source="source:s1", visibility=Visibility.PUBLIC
        ),
        Draft(subject="deal:open", prop="title", value="of Losik", source="source:s1", visibility=Visibility.PUBLIC),
    ]
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        ledger.append([*public_frame(), *namesake, *hide("team list")], recorded=RECORDED, recorder="k")
        seen = {(s.subject, s.prop): s.value for s in ledger.view(Public, who=links).statements}
        told = [(s.prop, another) for s, another in ledger.kept_back(links).silenced()]
    assert seen["entry:open:x1", "name"] == "Игорь Лосик"
    assert (seen["deal:open", "note"], seen["deal:open", "title"]) == (None, "of Losik")
    assert told == [("note", True)]


def test_a_name_that_a_public_statement_took_back_is_no_public_one(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        once = Draft(subject=ENTRY, prop="name", value=NAME, source="source:s1", visibility=Visibility.PUBLIC)
        (said,) = ledger.append([once], recorded=RECORDED, recorder="k")
        back = Draft(subject=ENTRY, prop="name", value=None, source="source:s1", retracts=said.id)
        note = Draft(
            subject="deal:open", prop="note", value="Игоря Лосика", source="source:s1", visibility=Visibility.PUBLIC
        )
        ledger.append([back, note, *hide("team list")], recorded=RECORDED, recorder="k")
        assert [s.value for s in ledger.view(Public, who=links).statements if s.prop == "note"] == [None]


@pytest.mark.parametrize("first", [True, False])
def test_a_locked_book_holds_no_byte_of_a_text_that_names_somebody(first: bool, tmp_path: Path) -> None:
    """Whether the name was hidden before the text was recorded, or after."""
    note = Draft(
        subject="deal:open",
        prop="note",
        value="sealedword Игорем Лосиком",
        source="source:s1",
        visibility=Visibility.PUBLIC,
    )
    batches = [hide("team list"), [note]] if first else [[note], hide("team list")]
    place = tmp_path / "ledger.sqlite"
    with open_ledger(place, create=True) as ledger:
        ledger.lock("a passphrase", lambda _: links())
        for drafts in batches:
            ledger.append(drafts, recorded=RECORDED, recorder="k", linker=lambda _: links())
    for path in tmp_path.rglob("ledger.sqlite*"):
        assert not path.is_file() or b"sealedword" not in path.read_bytes()
