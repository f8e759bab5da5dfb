"""What an article names: people on record and not, and the acts, companies, places and brokers of the book."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from habeas.check import check_article, read_article
from habeas.nouns import Act, Body, Value
from tests.check.conftest import Shelf


@pytest.fixture
def names(casebook):
    """(words, kind, name on record, ids) of everything a text names."""
    shelf = Shelf(casebook.statements)
    act = shelf.record(
        Act, "EU-belavia", topic="airline", target="the airline Belavia and the Ministry of Finance", body=("belavia", "finance"),
        identifier="Regulation (EU) 2021/1030, in force; listing under Executive Order 14038",
    )  # fmt: skip
    bodies = [
        shelf.record(Body, i, name=n)
        for i, n in (("belavia", ("Belavia", "Belavia Airlines")), ("finance", "Ministry of Finance"))
    ]
    inside = replace(casebook.cases["C-5"], attributes={"prison": (Value(value="PK 15 Mahiliou", statements=("s1",)),)})
    deal = replace(casebook.deals["BY-2025-12-13"], brokers=("United States (J. Coale)",))
    book = replace(
        casebook,
        acts=(act,),
        statements=shelf.statements,
        bodies={body.id: body for body in bodies},
        cases={**casebook.cases, "C-5": inside},
        deals={deal.id: deal},
    )

    def run(text):
        article = read_article(Path("a.txt"), text, published=date(2025, 12, 14), told={})
        found = check_article(article, book, today=date(2026, 3, 20)).named
        assert [article.text[n.quote.start : n.quote.end] for n in found] == [n.quote.text for n in found]
        assert list(found) == sorted(found, key=lambda n: n.quote.start)
        return [(n.quote.text, n.kind, n.name, n.ids) for n in found]

    return run


def test_the_things_of_the_book_are_named_as_it_writes_them(names):
    found = names("Belavia and the Ministry of Finance fall under Regulation (EU) 2021/1030 and EXECUTIVE ORDER 14038.")
    assert found == [
        ("Belavia", "entity", "Belavia", ("EU-belavia",)),
        ("Ministry of Finance", "entity", "Ministry of Finance", ("EU-belavia",)),
        ("Regulation (EU) 2021/1030", "act", "Regulation (EU) 2021/1030", ("EU-belavia",)),
        ("EXECUTIVE ORDER 14038", "act", "Executive Order 14038", ("EU-belavia",)),
    ]
    assert names("It flies as Belavia Airlines.") == [("Belavia Airlines", "entity", "Belavia", ("EU-belavia",))]
    assert names("Belaviation is no airline, and the European Union no company.") == []


def test_a_name_of_one_word_is_known_by_its_sound_in_any_case(names):
    assert names("Санкции с Белавиа сняли. Его держали в ИК-15 в Могилёве.") == [
        ("Белавиа", "entity", "Belavia", ("EU-belavia",)),
        ("ИК-15", "place", "PK 15", ("C-5",)),
        ("Могилёве", "place", "Mahiliou", ("C-5",)),
    ]


def test_bodies_laws_and_ranks_are_nobody_in_any_case(names):
    assert names("Согласно Законам Республики и Указу Президента, сообщила Национальная Академия.") == []
    assert names("Паводле Указа Прэзідэнта і Кодэкса Рэспублікі, паведаміла Нацыянальная Акадэмія.") == []


def test_people_on_record_and_unknown_ones_stand_apart(names):
    found = names(
        "Алесь Беляцкий и Иван Незнакомцев вышли, говорит John Coale. Нобелевский лауреат дома. Lukashenko молчит."
    )
    assert found[0] == ("Алесь Беляцкий", "person", "Ales Bialiatski", ("C-1",))
    assert found[1] == ("Иван Незнакомцев", "person", "Иван Незнакомцев", ())
    assert found[2][1:] == ("person", "John Coale", ("BY-2025-12-13",))
    assert found[-1][1:] == ("person", "Aliaksandr Lukashenka", ("president",))


def test_a_role_names_whom_the_text_gave_it_to(check):
    found = check("The banker Viktar Babaryka was freed. The banker is in Berlin.").named
    assert [(n.quote.text, n.name, n.role) for n in found] == [
        ("Viktar Babaryka", "Viktar Babaryka", ""),
        ("banker", "Viktar Babaryka", "banker"),
    ]
