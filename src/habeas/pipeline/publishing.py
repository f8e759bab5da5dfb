"""Cases to publications: check the articles, write the site; and the whole way from the inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from habeas.archive import capture
from habeas.check import check_article, read_article
from habeas.errors import CaptureError, PublishError
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.heads import saved
from habeas.nouns import (
    Book,
    Casebook,
    CheckedArticle,
    Problem,
    Public,
)
from habeas.pipeline.people import casebook, who_is_who
from habeas.pipeline.reading import Intake, Progress, intake, record, silent
from habeas.publish import export_data, publish_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published: from which casebook, the articles checked, what was left out and why, and the files."""

    casebook: Casebook[Public]
    checked: tuple[CheckedArticle, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did: what was read, how many statements were added, and what came out."""

    intakes: tuple[Intake, ...]
    added: int
    published: Published
    problems: tuple[Problem, ...]


def article_files(book: Book) -> tuple[Path, ...]:
    """The articles of the book, by name."""
    return tuple(sorted(p for p in (book.folder / "articles").glob("*.txt") if p.is_file()))


def checked(path: Path, book: Book, cases: Casebook[Any], *, published: date | None, today: date) -> CheckedArticle:
    """One article, checked.

    Raises:
        CaptureError: the file cannot be read.
    """
    taken, data = capture(path.resolve(), folder=book.folder)
    return check_article(read_article(taken.path, data, published=published), cases, today=today)


def _last_day(cases: Casebook[Any]) -> date:
    """The day of knowledge: that of the last statement on record; so a site made again later is the same."""
    assert cases.last_recorded is not None
    return cases.last_recorded.date()


def publish(book: Book, ledger: Ledger, *, progress: Progress = silent) -> Published:
    """Check the book's articles against the public record and write the site.

    Raises:
        PublishError: nothing is on record, or the site cannot be written.
    """
    progress("linking")
    public = casebook(book, ledger, Public)
    verdicts, problems = [], list(public.problems)
    if public.last_recorded is None:
        raise PublishError("nothing is on record: fill in the lists of the book, then `habeas build`")
    gone, kept_back = ledger.suppression(), ledger.kept_back(who_is_who(book, ledger))
    for path in article_files(book):
        progress(f"checking articles: {path.name}")
        try:
            if gone and gone.named_in(path.read_text(encoding="utf-8", errors="replace")):
                what = "the article names somebody who was erased: it was left out"
                problems.append(
                    Problem(file=f"articles/{path.name}", what=what, do="Delete it, or take the name out of it.")
                )
                continue
            article = checked(path, book, public, published=None, today=_last_day(public))
            if kept_back(f"{article.article.title}\n{article.article.text}"):
                what = "the article names somebody, or a source, that is kept back from the public: it was left out"
                problems.append(Problem(file=f"articles/{path.name}", what=what, do="Take the name out of it."))
                continue
            verdicts.append(article)
        except CaptureError as error:
            problems.append(Problem(file=path.name, what=str(error), do="The article was left out."))
    progress("writing the site")
    files = publish_site(public, verdicts, book.folder / "site")
    return Published(casebook=public, checked=tuple(verdicts), problems=tuple(problems), files=files)


def export(
    book: Book, ledger: Ledger, target: Path, *, formats: Sequence[str] = (), earlier: Path | None = None
) -> tuple[Path, ...]:
    """Write what may be published for machines, with the signed head, and what changed since an earlier export.

    Raises:
        PublishError: it cannot be written there.
        UsageError: the earlier folder is no export.
    """
    public, head = casebook(book, ledger, Public), ledger.head()
    history = () if earlier is None else ledger.history(Public, who_is_who(book, ledger))
    why = {s.retracts: s.reason for s in history if s.retracts is not None and s.reason}
    return export_data(
        public, target, formats=formats, head=b"" if head is None else saved(head), earlier=earlier, why=why
    )


def build(book: Book, *, now: datetime, keys: Path | None = None, progress: Progress = silent) -> Built:
    """Do the whole way, in order: read, record, link, fold, check, publish; again without doing anything twice.

    The heads of the ledger are signed with the key in the folder `keys`, where one is named.

    Raises:
        LedgerError: the ledger cannot be opened or written; nothing was recorded.
    """
    with open_ledger(book.ledger, create=True, keys=keys, today=now.date()) as ledger:
        intakes = intake(book, ledger, today=now.date(), progress=progress)
        added = record(book, ledger, intakes, now=now)
        if ledger.head() is None:
            made = Published(casebook=casebook(book, ledger, Public))
        else:
            made = publish(book, ledger, progress=progress)
    read = tuple(p for i in intakes for p in i.reading.problems)
    return Built(intakes=intakes, added=added, published=made, problems=(*read, *made.problems))
