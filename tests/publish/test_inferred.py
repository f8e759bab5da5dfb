"""Whoever is shown is shown by a name that a source prints, or by one that is marked as our own spelling."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from habeas.languages import LANGUAGES, language
from habeas.nouns import Casebook, Public
from habeas.publish import publish_site
from habeas.publish.contents import Contents
from habeas.publish.names import OURS, Called
from habeas.publish.report import reporter
from tests.chromium import find
from tests.publish.conftest import MakeCasebook, facts, name, say

# Known by name in many scripts; the book has him in Cyrillic alone, as another has Alexander Feduta in the genitive.
CYRILLIC = {"t1": ("Сяргей Ціханоўскі", "be-Cyrl"), "t2": ("Александра Федуты", "ru-Cyrl")}
LINKED = re.compile(r'<a href="[^"]*\bcases/[^"]*"[^>]*>(.*?)</a>(\s*<abbr[^>]*>\*</abbr>)?', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def book(make_casebook: MakeCasebook) -> Casebook[Public]:
    drafts = facts()
    for key, (text, lang) in CYRILLIC.items():
        entry = f"entry:hrw:{key}"
        drafts += say(entry, "source:hrw", list="list:hrw", detained="2020-05-29", released_in="release:BY-2025-12-13")
        drafts += say(entry, "source:names", detained="2020-05-30")
        drafts.append(name(entry, text, lang))
    return make_casebook(drafts, languages=("be", "ru", "es", "ar", "zh"))


@pytest.fixture(scope="module")
def pages(book: Casebook[Public], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inferred") / "site"
    publish_site(book, (), folder)
    return folder


def called(book: Casebook[Public]) -> list[Called]:
    contents = Contents(casebook=book, checked=())
    return [contents.called(case) for case in book.cases.values()]


def inferred(book: Casebook[Public]) -> dict[str, str]:
    """The spellings that are ours, each with the case that it names."""
    readers = [language(tag) for tag in LANGUAGES]
    return {
        first.text: one.id
        for one in called(book)
        for reader in readers
        if one.inferred(reader) and (first := one.first(reader)) is not None
    }


def test_a_name_is_ours_only_for_a_reader_of_latin_letters_of_whom_none_is_printed(book: Casebook[Public]) -> None:
    assert inferred(book) == {"Siarhei Tsikhanouski": "C-t1", "Aleksandra Feduty": "C-t2"}
    for one in called(book):
        for tag in LANGUAGES:
            reader = language(tag)
            assert one.inferred(reader) == (one.id in {"C-t1", "C-t2"} and reader.script == "Latn")
            assert str(one.text(reader)).endswith(OURS) == one.inferred(reader)


def test_every_name_on_every_page_is_printed_by_a_source_or_bears_the_mark(book: Casebook[Public], pages: Path) -> None:
    printed = {n.text for one in called(book) for n in one.names}
    ours = inferred(book)
    met = set()
    for path in pages.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for shown, mark in LINKED.findall(page):
            text = unescape(TAG.sub("", shown)).strip()
            assert text in printed or mark or text.endswith(OURS), (path, text)
        own = [case for text, case in ours.items() if path.stem == case and path.parent.name == "cases"]
        text = unescape(TAG.sub("", page))
        for spelling, case in ours.items():
            met.update([path] if spelling in text else [])
            if case in own:
                assert (spelling in text) == bool(re.search(r'<p class="names"><span class="mute">[^<]', page)), path
            else:
                assert text.count(spelling) == text.count(spelling + OURS), (path, spelling)
    assert {p.name for p in met} > {"cases.html", "C-t1.html", "BY-2025-12-13.html", "hrw.html"}


def test_the_page_of_a_case_says_what_the_sources_print(pages: Path) -> None:
    english = (pages / "en" if (pages / "en").is_dir() else pages) / "cases" / "C-t1.html"
    said = unescape(TAG.sub("", english.read_text(encoding="utf-8")))
    assert "Latin spelling ours; the sources print: Сяргей Ціханоўскі" in said
    for folder in ("be", "ru", "ar", "zh"):
        assert "Siarhei" not in (pages / folder / "cases" / "C-t1.html").read_text(encoding="utf-8")


def test_the_search_tells_our_spelling_from_printed_ones(pages: Path) -> None:
    told = (pages / "cases-index.js").read_text(encoding="utf-8").removeprefix("window.habeas=").rstrip(";\n")
    names = {tuple(line.split("\t")) for line in json.loads(told)["names"].split("\n")}
    assert ("Сяргей Ціханоўскі", "", "Siarhei Tsikhanouski") in names
    assert ("Ales Bialiatski", "Aleś Bialacki", "Алесь Бяляцкі") in {tuple(sorted(n)) for n in names}
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for tag, shown in (("", "Siarhei Tsikhanouski"), ("be", "Сяргей Ціханоўскі")):
            page = started.new_page()
            page.goto((pages / tag / "cases.html").as_uri() + "#q=tsikhanouski")
            expect(page.locator("#hits a")).to_have_text([shown])
            assert page.locator("#hits abbr").count() == (not tag)
            assert page.locator("#hits .others").all_inner_texts() == ([] if tag else ["Сяргей Ціханоўскі"])
        started.close()


def test_a_report_marks_it_too_and_says_so(book: Casebook[Public]) -> None:
    contents = Contents(casebook=book, checked=())
    for tag in ("en", "be"):
        told = reporter.Reporter(contents=contents, language=language(tag), full=True)
        names = [told.name(case) for case in book.cases.values()]
        made = told.report(reporter.say("A report"), "A report", (), ())
        marked = "Siarhei Tsikhanouski*" in names
        assert marked == (tag == "en")
        assert marked == any("Latin spelling ours" in getattr(block, "text", "") for block in made.blocks)
