"""Put the site together: pages from templates, charts, one style sheet; then write it whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from habeas.errors import PublishError
from habeas.nouns import Casebook, CheckedArticle, Public
from habeas.publish import article_pages, case_pages, deal_pages, reference_pages
from habeas.publish.environment import environment
from habeas.publish.figures import Figure, named_figures, published_figure
from habeas.publish.shelf import Page, Shelf, is_public
from habeas.publish.write import MARKER, write_folder

_MENU = (
    ("index.html", "Overview"),
    ("cases.html", "Cases"),
    ("deals.html", "Deals and releases"),
    ("counts.html", "Published counts"),
    ("measures.html", "Sanctions measures"),
    ("articles.html", "Checked articles"),
    ("lists.html", "Lists"),
    ("sources.html", "Sources"),
    ("method.html", "How it is counted"),
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
    """Every file of the site: path and bytes."""
    published = published_figure(shelf)
    figures = (*((published,) if published is not None else ()), *named_figures(shelf))
    for page in _pages(shelf, figures):
        yield page.path, _render(shelf, page)
    for figure in figures:
        yield from figure.files()
    # Read and written as text so that a checkout with other line ends gives the same bytes.
    style = files("habeas.publish").joinpath("templates", "site.css").read_text(encoding="utf-8")
    yield "style.css", style.encode("utf-8")
    yield (
        MARKER,
        f"A site written by habeas, as known on {shelf.known_text}.\nLedger head: {shelf.casebook.head}\n".encode(),
    )


def _pages(shelf: Shelf, figures: Sequence[Figure]) -> Iterator[Page]:
    yield reference_pages.front_page(shelf, figures)
    yield case_pages.list_page(shelf)
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


def _render(shelf: Shelf, page: Page) -> bytes:
    template = environment().get_template(page.template)
    text = template.render(page=page, shelf=shelf, book=shelf.casebook.book, menu=_MENU, **page.context)
    return text.encode("utf-8")
