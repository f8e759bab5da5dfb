"""Search over the list of cases, in a real Chromium from file://: across scripts, facets, links, no request outside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect, sync_playwright

from habeas.names import folds
from habeas.publish.environment import environment
from habeas.publish.search import Entry, index, script
from tests.chromium import find

# Spellings from the lists and the renderer, and words that no list has.
WORDS = (
    "Бяляцкі", "Беляцкий", "Bialiatski", "Bialacki", "Bialatski", "Biełacki", "Ціханоўскі", "Cichanoŭski", "Tsikhanouski",
    "Халезін", "Chalezin", "Khalezin", "Кацярына", "Kaciaryna", "Ščarbačenia", "Charbachenia", "d'Artagnan", "O’Neill",
    "Ł", "ß", "İ", "ŽIŽEK", "Максім-Знак", "Aŭ", "ҐАНОК", "Ъ", "123", "", "  ", "éé", "c", "ch", "sch", "Rzhavitski",
    "აბაშიძე", "محمد", "习近平", "김", "မောင်", "Дз\u200dміцер", "A\u0301les",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def page(site: Path, browser: Browser) -> Page:
    opened = browser.new_page(viewport={"width": 1000, "height": 900})
    opened.goto((site / "cases.html").as_uri())
    return opened


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
    expect(page.locator("#hits a")).to_have_text(["Ales Bialiatski"])
    assert page.is_checked("input[name=state][value=released]")
    page.click("#clear")
    expect(page).to_have_url(re.compile("^[^#]*$"))
    assert page.is_visible("#browse")
    page.goto((site / "cases.html").as_uri() + "#q=person")
    expect(page.locator("#hits a")).to_have_text(["Person A"])


def test_a_hit_leads_to_the_page_of_the_case(page: Page, site: Path) -> None:
    asked(page, "Беляцкий")
    page.click("#hits a")
    expect(page.locator("h1")).to_contain_text("Ales Bialiatski")
    page.goto((site / "cases.html").as_uri())


def test_a_reader_of_belarusian_sees_cyrillic(page: Page, site: Path) -> None:
    page.goto((site / "be" / "cases.html").as_uri() + "#q=Bialiatski")
    expect(page.locator("#hits a")).to_have_text(["Алесь Бяляцкі"])
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


def test_without_the_script_the_whole_list_is_there(browser: Browser, site: Path) -> None:
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto((site / "cases.html").as_uri())
    assert opened.is_visible("#browse")
    assert opened.is_hidden("#find")


LISTED = (
    ("刘晓波", "Liu Xiaobo"),
    ("အောင်ဆန်းစုကြည်",),
    ("Аляксандр Фядута", "Aliaksandr Fiaduta"),
    ("Maria Kalesnikava",),
    ("ნიკა გვარამია",),
    ("نرگس محمدی",),
)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Page:
    """The page's own script on an index of a few cases, each with a state, a place and an article."""
    facets = {"state": ("released",), "prison": ("Colony No. 3",), "article": ("342",), "taken": ("2021",)}
    entries = [
        Entry(
            path=f"cases/C-{'abcdef'[n]}9.html",
            names=names,
            shown={"en": 0, "be": 0, "ru": 0},
            facets=facets if n else {},
        )
        for n, names in enumerate(LISTED)
    ]
    said = {"facets": {}, "state": {"released": "out: released"}}
    form = environment().get_template("_find.html.j2").render(_=str, words=said, way=lambda page: page)
    folder = tmp_path_factory.mktemp("search")
    (folder / "cases-index.js").write_bytes(index(entries))
    (folder / "search.js").write_bytes(script())
    (folder / "cases.html").write_text(
        f'<html lang="en"><meta charset="utf-8">{form}<div id="browse"></div>'
        '<script src="cases-index.js"></script><script src="search.js"></script></html>',
        encoding="utf-8",
    )
    opened = browser.new_page()
    opened.goto((folder / "cases.html").as_uri())
    return opened


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("劉曉波", [0]),  # traditional characters
        ("xiaobo", [0]),
        ("晓波", []),  # a word is met from its beginning
        ("Aung San", [1]),
        ("Htun", []),
        ("Саша", [2]),  # a short form of Аляксандр
        ("Masha", [3]),
        ("Kalesnikva", [3]),  # a letter left out
        ("Kalesinkava", [3]),  # two in the other order
        ("Fiadota", [2]),
        ("342", [1, 2, 3, 4, 5]),
        ("343", []),
        ("colony", [1, 2, 3, 4, 5]),
        ("released fiaduta", [2]),
        ("2021 maria", [3]),
        ("C-a9", [0]),
        ("c-d", [3]),
        ("Gvaramia", [4]),
        ("გვარამია", [4]),
        ("محمدی", [5]),
        ("نرگس محمدي", [5]),  # Arabic letters for Persian ones
        ("نرگس محمدى", [5]),
        ("zzz", []),
    ],
)
def test_whatever_is_said_of_somebody_finds_them(search: Page, typed: str, hits: list[int]) -> None:
    assert asked(search, typed) == [LISTED[one][0] for one in hits]
    assert search.is_visible("#nothing") == (not hits)


def test_a_hit_says_how_the_person_stands(search: Page) -> None:
    asked(search, "Fiaduta")
    assert (search.text_content("#hits li") or "").endswith("out: released")
