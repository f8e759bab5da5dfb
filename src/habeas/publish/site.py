"""Put the site together: pages from templates, charts, one style sheet; then write it whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path

from habeas.errors import PublishError
from habeas.languages import language
from habeas.nouns import Casebook, CheckedArticle, Public, say
from habeas.publish import article_pages, case_pages, deal_pages, reference_pages, search
from habeas.publish.case_pages import CasePage
from habeas.publish.charts import WIDE
from habeas.publish.contents import Contents, Page, kept_back
from habeas.publish.export import as_csv, codebook, tables
from habeas.publish.figures import Figure, named_figures, published_figure
from habeas.publish.front_page import front_page
from habeas.publish.known_pages import inside_page, known_pages
from habeas.publish.moved_pages import moved_pages
from habeas.publish.pictures import as_csv as as_chart_csv
from habeas.publish.pictures import as_png
from habeas.publish.renderer import Renderer
from habeas.publish.rendering import Job, put_all
from habeas.publish.timeline import places
from habeas.publish.write import MARKER, Put, fill_folder

_CHUNK = 64  # cases handed to a core at once
_WORTH_IT = 400  # cases from which on it is worth beginning other processes


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
    site = _Site(
        Contents(casebook=casebook, checked=tuple(checked)), [Contents(casebook=one, checked=()) for one in past]
    )
    return fill_folder(folder, site.put)


def refuse_restricted(casebook: Casebook[Public]) -> None:
    """Stop before the first byte if the casebook is not the public one, whatever its type says."""
    if casebook.audience is not Public:
        raise PublishError(
            f"only the public view may be published, this one is for {casebook.audience.__name__.lower()}"
        )
    kept = sum(1 for i in kept_back(casebook) if casebook.statements[i].value is not None)
    if kept:
        raise PublishError(
            f"the view to publish holds {kept:,} restricted values: nothing was written; this is a fault of ours"
        )


class _Site:
    """Every file of the site. A page is made once, and rendered in each language."""

    def __init__(self, contents: Contents, past: Sequence[Contents]) -> None:
        self._contents, self._past = contents, past
        self._renderers = [Renderer(contents, tag, past=bool(past)) for tag in contents.languages]

    def put(self, put: Put) -> Iterator[str]:
        """Put the files: this process draws, which libraries with threads of their own do, the others do the rest.

        What asks the casebook for more than a case is drawn here too, so that what the answers rest on is made once.
        """
        contents = self._contents
        cases = list(contents.casebook.cases)
        listing = [
            case_pages.list_pages(contents),
            reference_pages.source_pages(contents),
            reference_pages.list_pages(contents),
        ]
        jobs: list[Job] = [partial(self._rendered, pages) for pages in listing]
        jobs[1:1] = [partial(search.files, contents)] if cases else []
        jobs += [partial(moved_pages, contents, renderer) for renderer in self._renderers]
        jobs += [partial(self._cases, cases[at : at + _CHUNK]) for at in range(0, len(cases), _CHUNK)]
        contents.ready()
        for renderer in self._renderers:
            renderer.ready()
        yield from put_all(self._own(), jobs, put, on_all_cores=len(cases) >= _WORTH_IT)

    def _own(self) -> Iterator[tuple[str, bytes]]:
        """The files that this process makes."""
        yield from self._drawings()
        yield from self._rendered(self._other_pages())

    def _rendered(self, pages: Iterable[Page | CasePage]) -> Iterator[tuple[str, bytes]]:
        for page in pages:
            for renderer in self._renderers:
                if renderer.writes(page):
                    yield renderer.render(page)

    def _cases(self, identifiers: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return self._rendered(case_pages.case_page(self._contents, i) for i in identifiers)

    def _other_pages(self) -> Iterator[Page]:
        """The pages that are few and show no chart."""
        contents = self._contents
        yield deal_pages.list_page(contents)
        yield from deal_pages.deal_pages(contents)
        yield from deal_pages.release_pages(contents)
        yield article_pages.list_page(contents)
        yield from article_pages.article_pages(contents)
        yield reference_pages.measures_page(contents)
        yield from reference_pages.measure_pages(contents)
        yield reference_pages.lists_page(contents)
        yield reference_pages.method_page(contents)
        yield reference_pages.corrections_page(contents)

    def _drawn(self, figure: Figure, place: str = "") -> Iterator[tuple[str, bytes]]:
        """A chart in each language, as drawings in two sizes and as a picture."""
        for tag in self._contents.languages:
            folder = self._contents.folder_of(tag) + place
            for path, content in figure.files(language(tag)):
                yield folder + path, content
            yield f"{folder}charts/{figure.name}.png", as_png(figure.draw(language(tag), WIDE, dark=False))

    def _drawings(self) -> Iterator[tuple[str, bytes]]:
        """The charts with the pages that show them, the tables, and what is the same in every site."""
        contents = self._contents
        published = published_figure(contents)
        figures = (*((published,) if published is not None else ()), *named_figures(contents))
        every = tables(contents.casebook, statements=False)  # `habeas export` has them
        inside = inside_page(contents)
        first = [front_page(contents, figures), reference_pages.counts_page(contents, figures)]
        yield from self._rendered(first if inside is None else [*first, inside])
        yield from self._rendered([reference_pages.downloads_page(contents, figures, every)])
        for figure in figures:
            yield from self._drawn(figure)
            yield f"files/chart-{figure.name}.csv", as_chart_csv(figure)
        if self._past:
            for page, drawing in known_pages(contents, self._past):
                yield from self._rendered([page])
                if drawing is not None:
                    yield from self._drawn(drawing, page.path.removesuffix("index.html"))
        for table in every:
            yield f"files/{table.name}.csv", as_csv(table)
        yield "files/codebook.md", codebook(contents.casebook, every)
        # Read and written as text so that a checkout with other line ends gives the same bytes.
        style = files("habeas.publish").joinpath("templates", "site.css").read_text(encoding="utf-8")
        yield "style.css", (style + places()).encode("utf-8")
        known = language("en").text(say("as known on {known}", known=contents.known_text))
        yield MARKER, f"A site written by habeas, {known}.\nLedger head: {contents.casebook.head}\n".encode()
