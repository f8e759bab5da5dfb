"""Pages to bytes in a language: where each lies, how they lead to each other, and what many of them share said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property

from markupsafe import Markup, escape

from habeas.languages import Language, language
from habeas.nouns import ListInfo, Phrase, Translated, say
from habeas.publish.case_pages import CasePage, Line
from habeas.publish.case_writer import CaseWriter
from habeas.publish.contents import Contents, Note, Page
from habeas.publish.environment import environment
from habeas.publish.wording import clean, lang

# So many cases get a page in each language; past that number only in the first language of the site, or ten thousand of them
# would take more than a hundred megabytes. So do lists and sources, which are little more than the names of cases.
MOST_IN_EACH = 3_000
_IN_ONE = ("cases/", "lists/", "sources/")

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


class Renderer:
    """Renders the pages of a contents in one language; `past`: there are pages of other days."""

    def __init__(self, contents: Contents, tag: str, *, past: bool) -> None:
        self.reader: Language = language(tag)
        self._contents, self._past = contents, past
        self._environment = environment(tag)
        self._folder = contents.folder_of(tag)
        self._kept_in = self._marked(contents.casebook.book.language)
        self._frames: dict[str, Mapping[str, Markup]] = {}
        self._sources: dict[tuple[str, str, str, str | None], str] = {}
        self._says: dict[str, str] = {}
        self._on = cache(lambda day: str(escape(clean(self.reader.when_text(day)))))
        self._lists: dict[str, Markup] = {}

    def kept(self, text: str) -> str:
        """A text of the keeper's, marked with its language where that is known and another than the reader's."""
        if not text or isinstance(text, Phrase):
            return text
        marked = self._kept_in
        if isinstance(text, Translated):
            marked = Markup("") if self.reader.tag in text.by else self._marked(next(iter(text.by)))
        shown = self.reader.text(text) if isinstance(text, Translated) else text
        return Markup(f"<span{marked}>{escape(clean(shown))}</span>") if marked else shown  # noqa: S704 -- escaped

    def _marked(self, tag: str) -> Markup:
        """The attribute of a text in a language; nothing where it is the reader's own, or not known."""
        return lang(tag) if tag and tag.partition("-")[0] != self.reader.tag else Markup("")

    def languages(self, path: str) -> tuple[str, ...]:
        """The languages that a page is written in."""
        return self._one if self._one is not None and path.startswith(_IN_ONE) else self._contents.languages

    @cached_property
    def _one(self) -> tuple[str, ...] | None:
        """The only language of most pages of a large book."""
        if len(self._contents.casebook.cases) <= MOST_IN_EACH:
            return None
        return self._contents.languages[:1]

    @property
    def large(self) -> bool:
        """True of a large book: its list of cases has of each person the name that is read first, and the search the others."""
        return self._one is not None

    @cached_property
    def _case_writer(self) -> CaseWriter:
        return CaseWriter(self, self._environment, self._contents)

    def ready(self) -> None:
        """Make what the pages of cases are put together of, where they are written in this language."""
        if self.reader.tag in self.languages("cases/"):
            _ = self._case_writer

    def rows(self, lines: Iterable[Line], root: str) -> Markup:
        """Cases as rows of the list of all; `root` leads to the folder that their pages lie in."""
        return Markup("".join([self._case_writer.row(line, root, alone=self.large) for line in lines]))  # noqa: S704 -- escaped

    def writes(self, page: Page | CasePage) -> bool:
        """True where the page is written in this language."""
        return self.reader.tag in self.languages(page.path)

    def render(self, page: Page | CasePage) -> tuple[str, bytes]:
        """The path of a page in the site, and its bytes."""
        if isinstance(page, CasePage):
            return self._case_writer.page(page)
        template = self._environment.get_template(page.template)
        root, here, written = page.root, self.reader.tag, self.languages(page.path)
        top = root + ("../" if self._folder else "")

        def way(path: str, tag: str = here) -> str:
            """From here to a page in a language, or in the one that it is written in."""
            there = self.languages(path)
            if tag not in there:
                tag = there[0]
            return root + path if tag == here else f"{top}{self._contents.folder_of(tag)}{path}"

        text = template.render(
            page=page,
            contents=self._contents,
            book=self._contents.casebook.book,
            reader=self.reader,
            renderer=self,
            kept=self.kept,
            top=top,
            here=self._folder,
            way=way,
            languages=[(language(tag), way(page.path, tag)) for tag in written],
            **self._frame(page),
            **page.context,
        )
        return self._folder + page.path, text.encode("utf-8")

    def _frame(self, page: Page) -> Mapping[str, Markup]:
        """The menu above and the lines below a page; the same for all pages of a folder."""
        place = page.path.partition("/")[0] + "/" if page.path.startswith(_IN_ONE) else page.path
        if place not in self._frames:
            given = {
                "page": page,
                "reader": self.reader,
                "contents": self._contents,
                "book": self._contents.casebook.book,
                "menu": _MENU,
                "past": self._past,
            }
            self._frames[place] = {
                part: Markup(self._environment.get_template(f"_{part}.html.j2").render(given).strip())  # noqa: S704 -- escaped
                for part in ("menu", "foot")
            }
        return self._frames[place]

    @cached_property
    def _macros(self) -> Mapping[str, Callable[..., Markup]]:
        return vars(self._environment.get_template("_macros.html.j2").module)

    def source(self, note: Note, info: ListInfo | None) -> str:
        """A source with its address, for the foot of a page one folder down: with the way to its own page, or its list's."""
        key = (note.publisher, note.title, note.url, note.language)
        who = self._sources.get(key)
        if who is None:
            who = self._sources[key] = str(self._macros["who"](note))
        path = note.path if info is None else self._contents.list_paths[info.id]
        says = self._says.get(path)
        if says is None:
            says = self._says[path] = str(self._macros["says"](info, "../" + path)) if path else ""
        return f"{who}, {self._on(note.published)}{says}" if note.published else who + says

    def listed(self, info: ListInfo, root: str) -> Markup:
        """A list with the way to its page, who printed it and what it means to stand on it; from pages one folder down."""
        if info.id not in self._lists:
            path = root + self._contents.list_paths[info.id]
            self._lists[info.id] = self._macros["listed"](info, path, self.kept(info.title or info.id)).strip()
        return self._lists[info.id]
