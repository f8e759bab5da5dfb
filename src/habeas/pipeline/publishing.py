"""Cases to publications: check the articles, write the site; and the whole way from the inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from habeas.answers import brought_relief
from habeas.check import MOST_CHARACTERS, check_article, read_article
from habeas.errors import PublishError, UsageError
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.heads import saved
from habeas.nouns import (
    Book,
    Casebook,
    CheckedArticle,
    Problem,
    Public,
)
from habeas.pipeline.articles import check_all
from habeas.pipeline.correcting import corrections
from habeas.pipeline.inputs import SEALED, article_paths, discard_half_made, take
from habeas.pipeline.model import Model, ask_model
from habeas.pipeline.people import casebook, linked, publicly_known, share, who_is_who
from habeas.pipeline.plain import InPlain, in_plain
from habeas.pipeline.reading import Intake, Progress, silent, take_in
from habeas.pipeline.steps import one_step
from habeas.pipeline.verdicts import sign_listed
from habeas.pipeline.withholding import refuse_telling_ids, withheld
from habeas.publish import Subject, export_data, publish_report, publish_site


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
    notice: str | None = None  # what the keeper should be told of the ledger
    plain: InPlain  # of a book with a passphrase: what is not for the public and lies unsealed


def article_files(book: Book) -> tuple[Path, ...]:
    """The articles of the book, by name."""
    return article_paths(book)


def checked(
    path: Path,
    book: Book,
    ledger: Ledger,
    cases: Casebook[Any],
    *,
    published: date | None,
    today: date,
    model: Model | None = None,
) -> CheckedArticle:
    """One article, checked; one of the book may lie sealed. A `model` may propose claims beside those we find.

    Raises:
        CaptureError: the file cannot be read.
        UsageError: the model lies on another machine, and the text may not leave this one.
    """
    taken, data = take(book, ledger, path.resolve())
    article = read_article(taken.path, data, published=published)
    if model is None:
        return check_article(article, cases, today=today)
    text = article.text[:MOST_CHARACTERS]
    if not model.local and (_is_sealed(path) or not _may_leave(f"{article.title}\n{text}", book, ledger)):
        raise UsageError(
            f"{path.name} is sealed, or names somebody or a source kept back from the public: it is not sent to {model.host}"
        )
    asked = ask_model(model, text, article.path.as_posix())
    article = replace(article, problems=(*article.problems, *asked.problems))
    return check_article(article, cases, today=today, proposals=asked.proposals)


def _is_sealed(path: Path) -> bool:
    return path.suffix == SEALED or not path.exists()


def _may_leave(text: str, book: Book, ledger: Ledger) -> bool:
    """Whether a text names nobody who is kept back or was erased; of a locked book nobody can tell."""
    if ledger.locked or ((gone := ledger.suppression()) and gone.named_in(text)):
        return False
    return not ledger.kept_back(who_is_who(book, ledger))(text)


@one_step
def publish(book: Book, ledger: Ledger, *, progress: Progress = silent, signing: datetime | None = None) -> Published:
    """Check the book's articles against the public record and write the site.

    With an instant for `signing`, the signatures that the book lists are recorded first, where they are not on record.

    Of a locked book the articles are left out: nobody can tell whether they name somebody who is kept back. Where
    somebody was erased or kept back while the site was written, it is written again.

    Raises:
        PublishError: nothing is on record, an id names somebody kept back, or the site cannot be written.
        LedgerError: the key of the book's ids is not on this machine.
    """
    discard_half_made(book)
    progress("linking")
    links = linked(book, ledger)
    _need_to_know(book, ledger)
    public = casebook(book, ledger, Public, links=links)
    problems = list(public.problems)
    if public.last_recorded is None:
        raise PublishError("nothing is on record: fill in the lists of the book, then `habeas build`")
    who = who_is_who(book, ledger, links)
    public = replace(public, corrected=corrections(ledger, public, who))
    articles = article_files(book)
    if ledger.locked:
        problems += [_left_out(path) for path in articles]
        files = publish_site(public, (), book.folder / "site")
        ledger.step.holds(*_KEEP_BACK)
        return Published(casebook=public, problems=tuple(problems), files=files)
    verdicts, left_out = check_all(book, ledger, public, progress=progress)
    problems += [*left_out, *withheld(book, ledger, who)]
    if signing is not None:
        signed, wrong = sign_listed(book, ledger, public, verdicts, now=signing)
        problems += wrong
        public = replace(casebook(book, ledger, Public), corrected=public.corrected) if signed else public
    progress("writing the site")
    past = [publicly_known(book, ledger, links, day) for day in past_days(book, public)]
    files = publish_site(public, verdicts, book.folder / "site", past)
    ledger.step.holds(*_KEEP_BACK)
    return Published(casebook=public, checked=verdicts, problems=tuple(problems), files=files)


# What takes something away from what was published before it.
_KEEP_BACK = ("tombstone", "restriction", "consent", "publicity")
_DAYS = 4  # days of deals that get a page unasked; each folds the record anew


def past_days(book: Book, public: Casebook[Public]) -> tuple[date, ...]:
    """The days that somebody may ask what was known on, the latest first: those the book names, and of the last deals.

    Of deals those that brought relief; a day that is not over yet, as far as the record goes, waits for its page.
    """
    assert public.last_recorded is not None
    today = public.last_recorded.date()
    relieved = {
        d.when.middle for d in public.deals.values() if d.status == "executed" and d.when.is_day and brought_relief(d)
    }
    last = sorted((day for day in relieved if day is not None and day < today), reverse=True)[:_DAYS]
    return tuple(sorted({*last, *(day for day in book.as_of if day < today)}, reverse=True))


@one_step
def export(
    book: Book, ledger: Ledger, target: Path, *, formats: Sequence[str] = (), earlier: Path | None = None
) -> tuple[Path, ...]:
    """Write what may be published for machines, with the signed head, and what changed since an earlier export.

    Raises:
        PublishError: it cannot be written there.
        UsageError: the earlier folder is no export.
    """
    discard_half_made(book)
    _need_to_know(book, ledger)
    public, head = casebook(book, ledger, Public), ledger.head()
    history = () if earlier is None else ledger.history(Public, who_is_who(book, ledger))
    why = {s.retracts: s.reason for s in history if s.retracts is not None and s.reason}
    files = export_data(
        public, target, formats=formats, head=b"" if head is None else saved(head), earlier=earlier, why=why
    )
    ledger.step.holds(*_KEEP_BACK)
    return files


@one_step
def report(book: Book, ledger: Ledger, subject: Subject, path: Path, *, language: str, full: bool) -> Path:
    """Write a report from what may be published.

    Raises:
        UsageError: what is asked for is not there.
        PublishError: nothing is on record, or it cannot be written there.
    """
    _need_to_know(book, ledger)
    public = casebook(book, ledger, Public)
    if public.last_recorded is None:
        raise PublishError("nothing is on record: fill in the lists of the book, then `habeas build`")
    made = publish_report(public, subject, path, language=language, full=full)
    ledger.step.holds(*_KEEP_BACK)
    return made


def _need_to_know(book: Book, ledger: Ledger) -> None:
    """Refuse to publish where nobody can tell who was erased, or where an id names somebody; what is sealed names nobody."""
    if not ledger.locked:
        ledger.suppression()
        refuse_telling_ids(book, ledger, who_is_who(book, ledger))


def _left_out(path: Path) -> Problem:
    what = "the book is locked, and nobody can tell whether the article names somebody kept back: it was left out"
    return Problem(file=f"articles/{path.name}", what=what, do="Publish again with the passphrase.")


def build(
    book: Book,
    *,
    now: datetime,
    place: Path | str | None = None,
    keys: Path | None = None,
    passphrase: Callable[[], str | None] | None = None,
    progress: Progress = silent,
) -> Built:
    """Do the whole way, in order: read, record, link, fold, check, publish; again without doing anything twice.

    The ledger is the book's own file, or lies at another `place`. Its heads are signed with the key in the folder `keys`,
    where one is named; `passphrase` is asked where the book has one.

    Raises:
        LedgerLocked: the book has a passphrase, and it was not given.
        LedgerError: the ledger cannot be opened or written; nothing was recorded.
    """
    discard_half_made(book)
    with open_ledger(
        place or book.ledger, create=True, keys=keys, today=now.date(), passphrase=passphrase, book=book
    ) as ledger:
        intakes, added = take_in(book, ledger, now=now, progress=progress)
        if ledger.head() is None:
            made = Published(casebook=casebook(book, ledger, Public))
        else:
            made = publish(book, ledger, progress=progress, signing=now)
        share(book, ledger)
        plain = in_plain(book, ledger) if ledger.vault is not None else InPlain()
    read = tuple(p for i in intakes for p in i.reading.problems)
    problems = (*read, *made.problems)
    return Built(intakes=intakes, added=added, published=made, problems=problems, notice=ledger.notice, plain=plain)
