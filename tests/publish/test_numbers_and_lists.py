"""A number that stands with a list, or links to one, is the length of that list: on every page of the whole example site."""

from __future__ import annotations

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
    """Of a list its items, of a table its rows; a row that only heads others is none."""
    if found.tag == "table":
        return len(found.xpath("./tbody/tr[not(@class='head')]") or found.xpath("./tr[td]"))
    return len(found.xpath("./li"))


def after(head: html.HtmlElement) -> html.HtmlElement | None:
    """The first list or table after a heading, before the next heading of its own rank."""
    for other in head.itersiblings():
        if other.tag == head.tag:
            return None
        found = [other] if other.tag in ("ul", "ol", "table") else other.xpath(".//ul|.//ol|.//table")
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
        if told is None or part or not target.is_file() or target.suffix != ".html" or not target.is_relative_to(site):
            continue
        if words in " ".join(tree(target).xpath("//title")[0].text_content().split()):
            continue
        listed = _main_list(target)
        if listed is not None:
            yield Told(name, f"{words} -> {href}", number(told[1]), listed)


@lru_cache(maxsize=4096)
def _main_list(page: Path) -> int | None:
    """How many things the page is a list of, where it is one: those that stand in no detail and in no other list."""
    outer = tree(page).xpath("//main//table|//main//ul|//main//ol")
    inside = "ancestor::li|ancestor::table|ancestor::nav|ancestor::details|ancestor::form"
    found = [length(one) for one in outer if not one.xpath(inside)]
    return sum(found) if found else None


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def site(example: tuple[Book, Built]) -> Path:
    return (example[0].folder / "site").resolve()


def told_on(site: Path) -> Iterator[Told]:
    for page in pages(site):
        name = page.relative_to(site).as_posix()
        yield from with_lists(page, name)
        yield from links(page, name, site)


def test_every_number_that_stands_with_a_list_is_its_length(site: Path) -> None:
    found = list(told_on(site))
    assert len(found) > 1_000, "the crawl has lost sight of the numbers"
    assert [t for t in found if t.number != t.listed] == []
