"""The articles of a book against what may be published: read, kept back where they name somebody who is, checked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from habeas.check import check_article, people_in, read_article
from habeas.errors import CaptureError, UsageError
from habeas.ledger import Ledger
from habeas.nouns import Article, Book, Casebook, CheckedArticle, Keeper, KeptVerdict, Problem, Public
from habeas.pipeline.inputs import article_paths, take
from habeas.pipeline.people import casebook, who_is_who
from habeas.pipeline.reading import Progress, silent
from habeas.publish import write_check

Guard = Callable[[str, Article], str]  # (all that stands in the file as text, the article) -> why not, or ""

ERASED = "names somebody who was erased"
KEPT_BACK = "names somebody, or a source, that is kept back from the public"


def last_day(cases: Casebook[Public]) -> date:
    """The day of knowledge: that of the last statement on record; so what is made again later is the same."""
    assert cases.last_recorded is not None
    return cases.last_recorded.date()


def teller(book: Book, ledger: Ledger, public: Casebook[Public]) -> Callable[[str, str], str]:
    """Why a text in a language may not be shown: it names somebody, in any case ending, who is erased or kept back.

    Raises:
        LedgerLocked: the book is locked, so that nobody can tell.
    """
    gone, kept_back = ledger.suppression(), ledger.kept_back(who_is_who(book, ledger))
    unnamed = {case.id for case in public.cases.values() if not case.names}
    keepers = casebook(book, ledger, Keeper) if unnamed else None

    def why_not(text: str, language: str) -> str:
        if gone and gone.named_in(text):
            return ERASED
        if kept_back(text):
            return KEPT_BACK
        # Names are looked for as they stand on record; running text bends them.
        if keepers is not None and any(case in unnamed for case, _ in people_in(text, language, keepers)):
            return KEPT_BACK
        return ""

    return why_not


def guard(book: Book, ledger: Ledger, public: Casebook[Public]) -> Guard:
    """Whether an article may be shown; what its file holds beside the text counts too.

    Raises:
        LedgerLocked: the book is locked, so that nobody can tell.
    """
    gone, tells = ledger.suppression(), teller(book, ledger, public)

    def why_not(raw: str, article: Article) -> str:
        if gone and gone.named_in(raw):
            return ERASED
        return tells(f"{article.path.name}\n{article.title}\n{article.url}\n{article.text}", article.language)

    return why_not


def read_for(
    book: Book, ledger: Ledger, path: Path, days: Mapping[str, date | None], published: date | None = None
) -> tuple[str, Article]:
    """An article, and all that stands in its file as text; `days` gives the day of a text that does not tell its own.

    Raises:
        CaptureError: the file cannot be read, or holds no text.
    """
    taken, data = take(book, ledger, path.resolve())
    article = read_article(taken.path, data, published=published)
    if article.published is None and days.get(article.fingerprint) is not None:
        article = replace(article, published=days[article.fingerprint], published_from="as signed")
    return data.decode("utf-8", "replace"), article


def texts_of(book: Book, ledger: Ledger, days: Mapping[str, date | None]) -> dict[str, tuple[Path, Article]]:
    """The articles of the book by fingerprint, with their files; one that cannot be read is not there."""
    found: dict[str, tuple[Path, Article]] = {}
    for path in article_paths(book):
        with contextlib.suppress(CaptureError):
            article = read_for(book, ledger, path, days)[1]
            found.setdefault(article.fingerprint, (path, article))
    return found


def days_of(verdicts: Iterable[KeptVerdict]) -> dict[str, date | None]:
    """The days of publication that texts were judged by, by fingerprint."""
    return {v.text: v.published for v in verdicts}


def check_all(
    book: Book, ledger: Ledger, public: Casebook[Public], *, progress: Progress = silent
) -> tuple[tuple[CheckedArticle, ...], tuple[Problem, ...]]:
    """Every article of the book that may be shown, checked against the public record; and why others are left out."""
    problems, kept = [], []
    paths = article_paths(book)
    why_not = guard(book, ledger, public) if paths else None
    for path in paths:
        try:
            raw, article = read_for(book, ledger, path, days_of(public.verdicts))
        except CaptureError as error:
            problems.append(Problem(file=path.name, what=str(error), do="The article was left out."))
            continue
        why = "" if why_not is None else why_not(raw, article)
        if why:
            do = "Delete it, or take the name out of it." if why == ERASED else "Take the name out of it."
            problems.append(Problem(file=f"articles/{path.name}", what=f"the article {why}: it was left out", do=do))
            continue
        kept.append((path, article))
    done = []
    for path, article in kept:
        progress(f"checking articles: {path.name}")
        done.append(check_article(article, public, today=last_day(public)))
    return tuple(done), tuple(problems)


def checked_for_all(
    book: Book, ledger: Ledger, path: Path, public: Casebook[Public], *, published: date | None = None
) -> CheckedArticle:
    """One article, checked against what may be published.

    Raises:
        CaptureError: the file cannot be read, or holds no text.
        UsageError: nothing is on record, or the article names somebody who is kept back from the public.
        LedgerLocked: the book is locked.
    """
    if public.last_recorded is None:
        raise UsageError("nothing is on record: fill in the lists of the book, then `habeas build`")
    raw, article = read_for(book, ledger, path, days_of(public.verdicts), published)
    why = guard(book, ledger, public)(raw, article)
    if why:
        raise UsageError(
            f"the article {why}: nothing of it is written; take the name out of it, or check it without --page and --sign"
        )
    return check_article(article, public, today=last_day(public))


def write_article_page(
    book: Book, ledger: Ledger, path: Path, target: Path, *, published: date | None = None, language: str = "en"
) -> CheckedArticle:
    """Write the page of one article, checked against what may be published, to `target`; what else claims the same is told.

    Raises:
        UsageError: the page would overwrite the article, or as `checked_for_all`.
        CaptureError: the file cannot be read, or holds no text.
        PublishError: it cannot be written there.
    """
    if target.resolve() == path.resolve():
        raise UsageError("the page would overwrite the article; name another file for --page")
    public = casebook(book, ledger, Public)
    checked = checked_for_all(book, ledger, path, public, published=published)
    others, _ = check_all(book, ledger, public)
    write_check(public, checked, target, among=others, language=language)
    return checked
