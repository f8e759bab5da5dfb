"""Folding: names and attributes, restricted values, releases that are not in the book, and any order of arrival."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.cases import fold
from habeas.cases.choose import Preference, choose
from habeas.ledger import open_ledger
from habeas.nouns import Act, Action, Casebook, Draft, Links, Person, Public, Team, Translated, Visibility
from tests.answers.conftest import drafts_of
from tests.cases.test_spells import _statements
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]
PLAIN = Preference(order=(), names={})


def test_a_restricted_value_is_no_candidate() -> None:
    shown, hidden = _statements(drafts_of({"entry:a:p": [("born", "1980"), ("born", "1981")]}))
    from dataclasses import replace

    chosen = choose([shown, replace(hidden, value=None)], PLAIN, dated=True)
    assert chosen is not None
    assert (chosen.value, chosen.against) == ("1980", ())
    assert choose([replace(hidden, value=None)], PLAIN) is None


def test_the_later_publication_wins_where_nothing_else_decides(fold_drafts: Fold) -> None:
    drafts = [
        *drafts_of({"entry:a:p": [("born", "1980-01-01")]}, published="2021", source="source:a"),
        *drafts_of({"entry:b:p": [("born", "1981-01-01")]}, published="2022", source="source:b"),
    ]
    born = fold_drafts(drafts).cases["C-p"].attribute("born")
    assert born is not None
    assert (born.value, born.reason) == ("1981-01-01", "the later publication")


def test_the_label_is_english_then_latin_then_any(fold_drafts: Fold) -> None:
    names = {"be-Cyrl": "Алесь Бяляцкі", "be-Latn": "Aleś Bialacki", "en": "Ales Bialiatski", "pl": "Aleś Bialacki"}

    def label(*langs: str) -> str:
        drafts = [
            Draft(subject=f"entry:{lang}:p", prop="name", value=names[lang], lang=lang, source="source:1")
            for lang in langs
        ]
        return fold_drafts(drafts).cases["C-p"].label

    assert label("be-Cyrl", "pl", "be-Latn", "en") == "Ales Bialiatski"
    assert label("be-Cyrl", "pl") == "Aleś Bialacki"
    assert label("be-Cyrl") == "Алесь Бяляцкі"
    assert fold_drafts(drafts_of({"entry:a:p": [("born", "1980")]})).cases["C-p"].label == "C-p"


def test_a_release_that_is_not_in_the_book_is_a_problem(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({"entry:a:p": [("name", "A Placeholder"), ("released_in", "release:BY-1999")]}))
    (problem,) = book.problems
    assert (problem.what, problem.value) == ("there is no release of this id", "BY-1999")


def test_records_are_read_by_property(fold_drafts: Fold) -> None:
    book = fold_drafts(
        drafts_of({"measure:m": [("date", "2021-08-09"), ("action", "imposed"), ("action", "extended")]})
    )
    (act,) = book.acts
    assert act.action == (Action.IMPOSED, Action.EXTENDED)
    assert (act.target, act.until, act.people) == ("", None, None)
    assert [s.id for s in book.sources_of(act.statements)] == []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25, deadline=None
)
@given(st.lists(custody_drafts(), max_size=10, unique=True), st.randoms(use_true_random=False))
def test_order_of_arrival_leaves_the_spells_unchanged(fold_drafts: Fold, drafts: list[Draft], random: Any) -> None:
    def spells(found: Casebook[Team]) -> dict[str, list[tuple[str | None, str | None, int]]]:
        return {
            c.id: [(s.start and s.start.value, s.end and s.end.value, len(s.seen)) for s in c.spells]
            for c in found.cases.values()
        }

    shuffled = list(drafts)
    random.shuffle(shuffled)
    assert spells(fold_drafts(shuffled)) == spells(fold_drafts(drafts))


def test_a_public_fold_with_the_keepers_links_keeps_the_case_and_loses_the_values(tmp_path: Path) -> None:
    from tests.answers.conftest import NOON, a_book

    drafts = [
        Draft(subject="entry:a:p", prop="name", value="A Placeholder", source="source:1", visibility=Visibility.SEALED),
        Draft(subject="measure:m", prop="target", value="a secret", source="source:1", visibility=Visibility.TEAM),
    ]
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        ledger.append(drafts, recorded=NOON, recorder="k")
        links = Links(
            persons=(
                Person(id="C-p", mentions=("entry:a:p", "entry:a:later")),
                Person(id="C-q", mentions=("entry:a:q",)),
            ),
            unsure=(),
        )
        public = fold(ledger.view(Public), links, a_book(tmp_path))
    assert [(c.id, c.label, c.names) for c in public.cases.values()] == [("C-p", "C-p", ())]
    assert public.acts[0] == Act(id="m", statements=public.acts[0].statements, sources=())


def test_a_restricted_list_is_not_named_in_public(tmp_path: Path) -> None:
    from tests.answers.conftest import NOON, a_book

    drafts = [
        Draft(subject="list:canary", prop="title", value="A list", source="list:canary", visibility=Visibility.TEAM),
        Draft(subject="list:open", prop="title", value="A list", source="list:open", visibility=Visibility.PUBLIC),
        Draft(
            subject="entry:canary:p",
            prop="name",
            value="A Placeholder",
            source="list:canary",
            visibility=Visibility.TEAM,
        ),
        Draft(
            subject="entry:open:p", prop="name", value="A Placeholder", source="list:open", visibility=Visibility.PUBLIC
        ),
    ]
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        ledger.append(drafts, recorded=NOON, recorder="k")
        person = Person(id="C-p", mentions=("entry:canary:p", "entry:open:p"))
        public = fold(ledger.view(Public), Links(persons=(person,), unsure=()), a_book(tmp_path))
    assert list(public.lists) == ["open"]
    assert public.cases["C-p"].lists == ("open",)


def test_an_actor_is_worded_as_the_book_words_it(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.answers.conftest import NOON, a_book

    worded = Translated({"en": "Holy See", "be": "Святы Пасад"})
    drafts = [
        Draft(subject="leg:l", prop="giver", value="VA", original="Holy See", source="s", visibility=Visibility.PUBLIC),
        Draft(subject="leg:l", prop="what", value="closer ties", source="s", visibility=Visibility.PUBLIC),
        Draft(subject="leg:l", prop="deal", value="deal:d", source="s", visibility=Visibility.PUBLIC),
        Draft(subject="deal:d", prop="date", value="2025-11-20", source="s", visibility=Visibility.PUBLIC),
    ]
    book = replace(a_book(tmp_path), words={"Holy See": worded, "closer ties": Translated({"en": "closer ties"})})
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        ledger.append(drafts, recorded=NOON, recorder="k")
        (leg,) = fold(ledger.view(Public), Links(persons=(), unsure=()), book).deals["d"].legs
    assert (leg.giver[0].code, leg.giver[0].name) == ("VA", "Holy See")
    assert isinstance(leg.giver[0].name, Translated)
    assert isinstance(leg.what, Translated)
