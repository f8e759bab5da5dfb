"""Put the site together: pages from templates, charts, one style sheet; then write it whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from habeas.errors import PublishError
from habeas.languages import LANGUAGES, Language, language
from habeas.nouns import Casebook, CheckedArticle, Public, say
from habeas.publish import article_pages, case_pages, deal_pages, reference_pages, search
from habeas.publish.environment import environment
from habeas.publish.figures import Figure, named_figures, published_figure
from habeas.publish.shelf import Page, Shelf, is_public
from habeas.publish.write import MARKER, write_folder

_MENU = (
    ("index.html", say("Overview")),
    ("cases.html", say("Cases")),
    ("deals.html", say("Deals and releases")),
    ("counts.html", say("Published counts")),
    ("measures.html", say("Sanctions measures")),
    ("articles.html", say("Checked articles")),
    ("lists.html", say("Lists")),
    ("sources.html", say("Sources")),
    ("method.html", say("How it is counted")),
)


def write_site(casebook: Casebook[Public], checked: Sequence[CheckedArticle], folder: Path) -> tuple[Path, ...]:
    """Write the site; what it promises is said at `habeas.publish.publish_site`.

    The only date on its pages is the one the casebook was known on, so the same casebook gives the same bytes.
    """
    refuse_restricted(casebook)
    shelf = Shelf(casebook=casebook, checked=tuple(checked))
    return write_folder(folder, _files(shelf))


def refuse_restricted(casebook: Casebook[Public]) -> None:
    """Stop before the first byte if the casebook is not the public one, whatever its type says."""
    if casebook.audience is not Public:
        raise PublishError(
            f"only the public view may be published, this one is for {casebook.audience.__name__.lower()}"
        )
    kept = sum(1 for s in casebook.statements.values() if s.value is not None and not is_public(s))
    if kept:
        raise PublishError(
            f"the view to publish holds {kept:,} restricted values: nothing was written; this is a fault of ours"
        )


def _files(shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """Every file of the site: path and bytes. A page is made once, and rendered in each language."""
    published = published_figure(shelf)
    figures = (*((published,) if published is not None else ()), *named_figures(shelf))
    for page in _pages(shelf, figures):
        for tag in LANGUAGES:
            yield folder_of(tag) + page.path, _render(shelf, page, language(tag))
    for tag in LANGUAGES:
        for figure in figures:
            for path, content in figure.files(language(tag)):
                yield folder_of(tag) + path, content
    # Read and written as text so that a checkout with other line ends gives the same bytes.
    style = files("habeas.publish").joinpath("templates", "site.css").read_text(encoding="utf-8")
    yield "style.css", style.encode("utf-8")
    if shelf.casebook.cases:
        yield "search.js", search.script()
        yield "cases-index.js", search.index(search.entries(shelf))
    known = language("en").text(say("as known on {known}", known=shelf.known_text))
    yield MARKER, f"A site written by habeas, {known}.\nLedger head: {shelf.casebook.head}\n".encode()


def folder_of(tag: str) -> str:
    """Where the pages of a language lie: English in the folder of the site itself, any other in one of its own."""
    return "" if tag == LANGUAGES[0] else f"{tag}/"


def _pages(shelf: Shelf, figures: Sequence[Figure]) -> Iterator[Page]:
    yield reference_pages.front_page(shelf, figures)
    yield from case_pages.list_pages(shelf)
    yield from case_pages.case_pages(shelf)
    yield deal_pages.list_page(shelf)
    yield from deal_pages.deal_pages(shelf)
    yield from deal_pages.release_pages(shelf)
    yield article_pages.list_page(shelf)
    yield from article_pages.article_pages(shelf)
    yield reference_pages.counts_page(shelf, figures)
    yield reference_pages.measures_page(shelf)
    yield reference_pages.lists_page(shelf)
    yield reference_pages.sources_page(shelf)
    yield reference_pages.method_page(shelf)


def _render(shelf: Shelf, page: Page, reader: Language) -> bytes:
    template = environment(reader.tag).get_template(page.template)
    top = page.root + ("../" if folder_of(reader.tag) else "")
    text = template.render(
        page=page,
        shelf=shelf,
        book=shelf.casebook.book,
        menu=_MENU,
        reader=reader,
        top=top,
        languages=[(language(tag), f"{top}{folder_of(tag)}{page.path}") for tag in LANGUAGES],
        **page.context,
    )
    return text.encode("utf-8")
