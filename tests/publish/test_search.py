"""Search over the list of cases, in a real Chromium from file://: across scripts, facets, links, no request outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, sync_playwright

from habeas.names import folds
from habeas.publish.search import Entry, index
from tests.chromium import find

# Spellings from the lists and the press, and words that no list has.
WORDS = (
    "Бяляцкі", "Беляцкий", "Bialiatski", "Bialacki", "Bialatski", "Biełacki", "Ціханоўскі", "Cichanoŭski", "Tsikhanouski",
    "Халезін", "Chalezin", "Khalezin", "Кацярына", "Kaciaryna", "Ščarbačenia", "Charbachenia", "d'Artagnan", "O’Neill",
    "Ł", "ß", "İ", "ŽIŽEK", "Максім-Знак", "Aŭ", "ҐАНОК", "Ъ", "123", "", "  ", "éé", "c", "ch", "sch", "Rzhavitski",
    "აბაშიძე", "محمد", "习近平", "김", "မောင်", "Дз\u200dміцер", "A\u0301les",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(site: Path) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1000, "height": 900})
        opened.goto((site / "cases.html").as_uri())
        yield opened
        browser.close()


def found(page: Page) -> list[str]:
    return page.eval_on_selector_all("#hits a", "links => links.map(link => link.textContent)")


def asked(page: Page, text: str) -> list[str]:
    page.fill("#q", text)
    return found(page)


@pytest.mark.parametrize("text", ["Беляцкий", "Бяляцкі", "Bialiatski", "bialacki", "алесь бял", "Ales"])
def test_a_name_is_found_in_any_script(page: Page, text: str) -> None:
    assert asked(page, text) == ["Ales Bialiatski"]
    assert page.is_hidden("#browse")


def test_every_word_must_be_met_and_nothing_is_found_of_what_is_not_there(page: Page) -> None:
    assert asked(page, "Ales Tsikhanouski") == []
    assert page.text_content("#found") == "Found: 0 of 2"
    assert asked(page, "") == []
    assert page.is_visible("#browse")


def test_facets_combine_and_the_address_keeps_them(page: Page, site: Path) -> None:
    page.goto((site / "cases.html").as_uri() + "#state=released&list=hrw")
    assert found(page) == ["Ales Bialiatski"]
    assert page.is_checked("input[name=state][value=released]")
    page.click("#clear")
    assert "#" not in page.url
    assert page.is_visible("#browse")
    page.goto((site / "cases.html").as_uri() + "#q=person")
    assert found(page) == ["Person A"]


def test_a_hit_leads_to_the_page_of_the_case(page: Page, site: Path) -> None:
    asked(page, "Беляцкий")
    page.click("#hits a")
    assert "Ales Bialiatski" in (page.text_content("h1") or "")
    page.goto((site / "cases.html").as_uri())


def test_a_reader_of_belarusian_sees_cyrillic(page: Page, site: Path) -> None:
    page.goto((site / "be" / "cases.html").as_uri() + "#q=Bialiatski")
    assert found(page) == ["Алесь Бяляцкі"]
    assert page.text_content("#found") == "Знойдзена: 1 з 2"
    page.goto((site / "cases.html").as_uri())


@settings(max_examples=20, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS) | st.text(alphabet=st.characters(max_codepoint=0x52F), max_size=12)))
def test_the_page_folds_as_the_index_is_folded(page: Page, words: list[str]) -> None:
    words = [w for w in (*WORDS, *words) if w.strip()]
    ours = [list(folds(word)) for word in words]
    theirs = page.evaluate("words => words.map(word => window.habeas.folds(word))", words)
    for word, one, other in zip(words, ours, theirs, strict=True):
        # A script without tables of its own is looked for as it is written.
        assert other == one or other[0].startswith("="), word


def test_every_case_of_a_word_comes_back_from_the_index() -> None:
    entries = [
        Entry(path=f"cases/C-{n}.html", names=(f"Name{n % 7}",), shown={"en": 0, "be": 0, "ru": 0}, facets={})
        for n in range(100)
    ]
    told = json.loads(index(entries).decode().removeprefix("window.habeas=").removesuffix(";\n"))
    cases = dict(zip(told["words"].split(), told["cases"].split(), strict=True))
    at, numbers = 0, []
    for step in cases[folds("Name3")[0]].split(","):
        at += int(step, 36)
        numbers.append(at)
    assert numbers  # digits fall away in the fold: one word stands for all of them
    assert numbers == list(range(100))


def test_without_the_script_the_whole_list_is_there(page: Page, site: Path) -> None:
    browser = page.context.browser
    assert browser is not None
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto((site / "cases.html").as_uri())
    assert opened.is_visible("#browse")
    assert opened.is_hidden("#find")
