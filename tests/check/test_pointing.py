"""Who `she`, `the two` and their sisters in other languages mean; nobody where two people can be meant."""

from datetime import date
from pathlib import Path

import pytest

from habeas.check import check_article, read_article

LOSIK, ANDREYEVA = "Ihar Losik", "Katsiaryna Andreyeva"


@pytest.mark.parametrize(("text", "words", "people"), [
    ("Katsiaryna Andreyeva is a journalist. She was arrested in 2020.", "She", [ANDREYEVA]),
    ("Катерина Андреева в колонии. Её осудили на восемь лет.", "Её", [ANDREYEVA]),
    ("Кацярына Андрэева ў калоніі. Яна журналістка.", "Яна", [ANDREYEVA]),
    ("Ihar Losik and Katsiaryna Andreyeva were jailed. The two were not freed.", "The two", [LOSIK, ANDREYEVA]),
    ("Игорь Лосик и Катерина Андреева осуждены. Оба остаются в колонии.", "Оба", [LOSIK, ANDREYEVA]),
    ("Ihar Losik fue condenado. Katsiaryna Andreyeva también. Ambos siguen presos.", "Ambos", [LOSIK, ANDREYEVA]),
    ("Ihar Losik and Katsiaryna Andreyeva were jailed. She was not freed.", "She", [ANDREYEVA]),
    ("Ihar Losik met Ales Bialiatski. He was freed.", "He", []),
    ("Ihar Losik, Ales Bialiatski and Katsiaryna Andreyeva were jailed. The two were freed.", "The two", []),
    ("Ihar Losik was jailed. It rained. It snowed. It thawed. He was freed.", "He", []),
])  # fmt: skip
def test_words_that_point_mean_whoever_was_named_and_nobody_in_doubt(casebook, text, words, people):
    article = read_article(Path("a.txt"), text, published=date(2025, 12, 14), told={})
    found = check_article(article, casebook, today=date(2026, 3, 20)).named
    assert [n.name for n in found if n.quote.text == words] == people
    assert {n.role for n in found if n.quote.text == words} <= {words.casefold()}
