"""A number that stands with a list, or links to one, is the length of that list: on every page of the whole example site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from habeas.nouns import Book
from habeas.pipeline import Built

_IN_BRACKETS = re.compile(r"\((\d[\d,.\u00a0\u202f]*)\)\s*$")
_COUNTED = re.compile(r"(\d{1,3}(?:[,\u00a0\u202f]\d{3})*)(?= \D|$)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AND_MORE = re.compile(r"(?:and|и ещё|і яшчэ) (\d[\d,\u00a0\u202f]*)(?: more)?")
_LISTS = ("ul", "ol", "table")
_HEADS = {"h1", "h2", "h3", "h4", "summary", "caption"}


@dataclass(frozen=True)
class Told:
    """A number, and how long the list is that stands with it."""

    page: str
    words: str
    number: int
    listed: int


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@lru_cache(maxsize=4096)
def tree(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes())


def length(found: html.HtmlElement) -> int:
    """Of a list its items, of a table its rows; and what a list that is cut short says it leaves out."""
    if found.tag == "table":
        return len(found.xpath("./tbody/tr") or found.xpath("./tr[td]"))
    rest = found.getnext()
    left_out = (
        _AND_MORE.fullmatch(" ".join(rest.text_content().split())) if rest is not None and rest.tag == "p" else None
    )
    return len(found.xpath("./li")) + (number(left_out[1]) if left_out else 0)


def after(head: html.HtmlElement) -> html.HtmlElement | None:
    """The first list or table after a heading, before the next heading of its own rank."""
    for other in head.itersiblings():
        if other.tag == head.tag:
            return None
        found = [other] if other.tag in _LISTS else other.xpath(".//ul|.//ol|.//table")
        if head.tag != "summary":  # what folds out beside a list is not the list
            found = [one for one in found if not one.xpath("ancestor::details")]
        if found:
            return found[0]
    return None


def with_lists(page: Path, name: str) -> Iterator[Told]:
    """Headings, summaries and captions that end in a number in brackets, with what follows them."""
    for head in tree(page).iter(*_HEADS):
        words = " ".join(head.text_content().split())
        told = _IN_BRACKETS.search(words)
        if told is None:
            continue
        found = head.getparent() if head.tag == "caption" else after(head)
        if found is not None:
            yield Told(name, words, number(told[1]), length(found))


def links(page: Path, name: str, site: Path) -> Iterator[Told]:
    """Links that begin with a number and lead to a page with a list; what is called so, a note and a date tell no number."""
    for link in tree(page).iter("a"):
        words = " ".join(link.text_content().split())
        told, href = _COUNTED.match(words), unquote(link.get("href", ""))
        path, _, part = href.partition("#")
        target = (page.parent / path).resolve()
        if (
            told is None
            or not path
            or not target.is_file()
            or target.suffix != ".html"
            or not target.is_relative_to(site)
        ):
            continue
        if _YEAR.search(words) or words in " ".join(tree(target).xpath("//title")[0].text_content().split()):
            continue
        named = tree(target).xpath("//*[@id=$part]", part=part) if part else []
        found = after(named[0]) if named and named[0].tag in _HEADS else None
        listed = length(found) if found is not None else None if part else _main_list(target)
        if listed is not None:
            yield Told(name, f"{words} -> {href}", number(told[1]), listed)


@lru_cache(maxsize=4096)
def _main_list(page: Path) -> int | None:
    """How many things the page is a list of, where it is one: those that stand in no detail and in no other list."""
    if articles := tree(page).xpath("//main/article"):
        return len(articles)
    outer = tree(page).xpath("//main//table|//main//ul|//main//ol")
    inside = "ancestor::li|ancestor::table|ancestor::nav|ancestor::details|ancestor::form"
    found = [length(one) for one in outer if not one.xpath(inside)]
    return sum(found) if found else None


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def site(example: tuple[Book, Built]) -> Path:
    return (example[0].folder / "site").resolve()


def filtered_by_release(site: Path) -> Iterator[Told]:
    """How many cases the list of cases has for a release, with how many people the release's own page names."""
    told = (site / "cases-index.js").read_text(encoding="utf-8").removeprefix("window.habeas=").rstrip(";\n")
    for value, cases in json.loads(told)["facets"]["release"]:
        page = tree(site / "releases" / f"{value}.html")
        people = after(page.xpath("//*[@id='h-people']")[0])
        yield Told("cases.html", f"release={value}", len(cases.split(",")), 0 if people is None else length(people))


def told_on(site: Path) -> Iterator[Told]:
    for page in pages(site):
        name = page.relative_to(site).as_posix()
        yield from with_lists(page, name)
        yield from links(page, name, site)


def test_every_number_that_stands_with_a_list_is_its_length(site: Path) -> None:
    found = list(told_on(site))
    assert len(found) > 1_000, "the crawl has lost sight of the numbers"
    assert [t for t in found if t.number != t.listed] == []


def test_the_list_of_cases_has_for_a_release_whom_the_page_of_the_release_names(site: Path) -> None:
    found = list(filtered_by_release(site))
    assert len(found) > 10, "the filters by release are not where they were"
    assert [t for t in found if t.number != t.listed] == []


def test_a_case_marks_the_releases_whose_page_does_not_take_the_person_to_have_come_out_in_it(site: Path) -> None:
    seen = set()
    for page in sorted((site / "releases").glob("*.html")):
        for heading, marked in (("h-people", False), ("h-disputed", True)):
            for people in map(after, tree(page).xpath("//*[@id=$heading]", heading=heading)):
                for href in [] if people is None else people.xpath(".//a[contains(@href, 'cases/')]/@href"):
                    case = tree((page.parent / href).resolve())
                    line = case.xpath("//li[a[contains(@href, $name)]]", name=f"releases/{page.name}")[0].text_content()
                    assert ("not taken so" in line) == marked, (href, page.name)
                    seen.add(marked)
    assert seen == {True, False}, "some release of the example names people on whom the lists disagree"
