"""Put the site together: pages from templates, charts, one style sheet; then write it whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from habeas.errors import PublishError
from habeas.languages import LANGUAGES, Language, language
from habeas.nouns import Casebook, CheckedArticle, Public, say
from habeas.publish import article_pages, case_pages, deal_pages, reference_pages, search
from habeas.publish.charts import WIDE
from habeas.publish.environment import environment
from habeas.publish.export import Table, as_csv, codebook, tables
from habeas.publish.figures import Figure, named_figures, published_figure
from habeas.publish.front_page import front_page
from habeas.publish.known_pages import known_pages
from habeas.publish.pictures import as_csv as as_chart_csv
from habeas.publish.pictures import as_png
from habeas.publish.rendering import Earlier, File, made, made_of
from habeas.publish.shelf import Page, Shelf, is_public
from habeas.publish.write import MARKER, write_folder

# So many cases get a page in each language; past that number only in the first language of the book.
MOST_IN_EACH = 3_000

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
    ("corrections.html", say("Corrections and takedown")),
    ("downloads.html", say("Downloads")),
)


def write_site(
    casebook: Casebook[Public],
    checked: Sequence[CheckedArticle],
    folder: Path,
    past: Sequence[Casebook[Public]] = (),
) -> tuple[Path, ...]:
    """Write the site; what it promises is said at `habeas.publish.publish_site`.

    The only date on its pages is the one the casebook was known on, so the same casebook gives the same bytes.
    """
    for one in (casebook, *past):
        refuse_restricted(one)
    shelf = Shelf(casebook=casebook, checked=tuple(checked))
    earlier = Earlier(folder)
    written = write_folder(folder, _files(shelf, [Shelf(casebook=one, checked=()) for one in past], earlier))
    earlier.keep()
    return written


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


def _files(shelf: Shelf, past: Sequence[Shelf], earlier: Earlier) -> Iterator[tuple[str, bytes]]:
    """Every file of the site: path and bytes. A page is made once, and rendered in each language."""
    published = published_figure(shelf)
    figures = (*((published,) if published is not None else ()), *named_figures(shelf))
    every = [t for t in tables(shelf.casebook) if t.name != "statements"]  # by far the largest; `habeas export` has it
    for page in _pages(shelf, figures, every):
        yield from _in_each_language(shelf, page, past=bool(past))
    yield from _case_files(shelf, earlier, past=bool(past))
    for figure in figures:
        yield from _drawn(figure)
        yield f"files/chart-{figure.name}.csv", as_chart_csv(figure)
    if past:
        for page, drawing in known_pages(shelf, past):
            yield from _in_each_language(shelf, page, past=True)
            if drawing is not None:
                yield from _drawn(drawing, page.path.removesuffix("index.html"))
    for table in every:
        yield f"files/{table.name}.csv", as_csv(table)
    yield "files/codebook.md", codebook(shelf.casebook, every)
    # Read and written as text so that a checkout with other line ends gives the same bytes.
    style = files("habeas.publish").joinpath("templates", "site.css").read_text(encoding="utf-8")
    yield "style.css", style.encode("utf-8")
    if shelf.casebook.cases:
        yield "search.js", search.script()
        yield "cases-index.js", search.index(search.entries(shelf))
    known = language("en").text(say("as known on {known}", known=shelf.known_text))
    yield MARKER, f"A site written by habeas, {known}.\nLedger head: {shelf.casebook.head}\n".encode()


def _in_each_language(shelf: Shelf, page: Page, *, past: bool) -> Iterator[tuple[str, bytes]]:
    for tag in _languages_of(shelf, page.path):
        yield folder_of(tag) + page.path, _render(shelf, page, language(tag), past=past)


def _case_files(shelf: Shelf, earlier: Earlier, *, past: bool) -> Iterator[tuple[str, bytes]]:
    """The page of each case, by far the most: on all cores, and only those of which something has changed."""
    book = shelf.casebook.book
    about = (book.title, book.contact, book.languages, shelf.known_day, past, len(shelf.casebook.cases) > MOST_IN_EACH)

    def files_of(identifier: str) -> list[File]:
        page = case_pages.case_page(shelf, identifier)
        mark = made_of(page, about)
        found = []
        for tag in _languages_of(shelf, page.path):
            name = folder_of(tag) + page.path
            content = earlier.taken_over(name, mark)
            if content is None:
                content = _render(shelf, page, language(tag), past=past)
            found.append((name, content, mark))
        return found

    return made(list(shelf.casebook.cases), files_of, earlier)


def _drawn(figure: Figure, place: str = "") -> Iterator[tuple[str, bytes]]:
    """A chart in each language, as drawings in two sizes and as a picture."""
    for tag in LANGUAGES:
        for path, content in figure.files(language(tag)):
            yield f"{folder_of(tag)}{place}{path}", content
        picture = as_png(figure.draw(language(tag), WIDE, dark=False))
        yield f"{folder_of(tag)}{place}charts/{figure.name}.png", picture


def _languages_of(shelf: Shelf, path: str) -> tuple[str, ...]:
    """The languages a page is written in: all, but the cases of a large book in its own language only.

    A page a case in three languages would take a book of ten thousand cases past a hundred megabytes.
    """
    if not path.startswith("cases/") or len(shelf.casebook.cases) <= MOST_IN_EACH:
        return LANGUAGES
    return (next((tag for tag in shelf.casebook.book.languages if tag in LANGUAGES), LANGUAGES[0]),)


def folder_of(tag: str) -> str:
    """Where the pages of a language lie: English in the folder of the site itself, any other in one of its own."""
    return "" if tag == LANGUAGES[0] else f"{tag}/"


def _pages(shelf: Shelf, figures: Sequence[Figure], every: Sequence[Table]) -> Iterator[Page]:
    yield front_page(shelf, figures)
    yield from case_pages.list_pages(shelf)
    yield deal_pages.list_page(shelf)
    yield from deal_pages.deal_pages(shelf)
    yield from deal_pages.release_pages(shelf)
    yield article_pages.list_page(shelf)
    yield from article_pages.article_pages(shelf)
    yield reference_pages.counts_page(shelf, figures)
    yield reference_pages.measures_page(shelf)
    yield from reference_pages.measure_pages(shelf)
    yield reference_pages.lists_page(shelf)
    yield from reference_pages.list_pages(shelf)
    yield reference_pages.sources_page(shelf)
    yield from reference_pages.source_pages(shelf)
    yield reference_pages.method_page(shelf)
    yield reference_pages.corrections_page(shelf)
    yield reference_pages.downloads_page(shelf, figures, every)


def _render(shelf: Shelf, page: Page, reader: Language, *, past: bool) -> bytes:
    template = environment(reader.tag).get_template(page.template)
    top = page.root + ("../" if folder_of(reader.tag) else "")

    def way(path: str, tag: str = reader.tag) -> str:
        """From here to a page in a language, or in the one that it is written in."""
        written = _languages_of(shelf, path)
        there = tag if tag in written else written[0]
        return page.root + path if there == reader.tag else f"{top}{folder_of(there)}{path}"

    text = template.render(
        page=page,
        shelf=shelf,
        book=shelf.casebook.book,
        menu=_MENU,
        reader=reader,
        past=past,
        top=top,
        here=folder_of(reader.tag),
        way=way,
        languages=[(language(tag), way(page.path, tag)) for tag in _languages_of(shelf, page.path)],
        **page.context,
    )
    return text.encode("utf-8")
