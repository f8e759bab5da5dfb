"""The order of the stages, and the only module that knows it.

inputs -> statements -> persons -> casebook -> answers, checked articles -> site. The ledger is kept; everything after
it is made anew from it, to the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from habeas.answers import the_release
from habeas.archive import capture
from habeas.cases import fold
from habeas.check import check_article, read_article
from habeas.dates import Clock
from habeas.errors import CaptureError, PublishError, UsageError
from habeas.ledger import Ledger, Suppression, open_ledger
from habeas.nouns import (
    A,
    Book,
    Capture,
    Case,
    Casebook,
    CheckedArticle,
    Covers,
    Draft,
    Keeper,
    Links,
    ListSpec,
    Means,
    Problem,
    Public,
    Statement,
    View,
)
from habeas.publish import publish_site
from habeas.readers import (
    Changes,
    Reading,
    changes,
    guess,
    leftovers,
    names_table,
    read_events,
    read_list,
    template,
    unknown_entries,
    unpublished_names,
)
from habeas.resolve import Match, link
from habeas.vocabulary import property_of

Progress = Callable[[str], None]

TEXTS = (".csv", ".tsv", ".txt", ".md", ".html", ".json")
LIST_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one input says now, against what was recorded of it before."""

    name: str
    reading: Reading
    changes: Changes


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


def silent(_: str) -> None:
    """No progress."""


def intake(book: Book, ledger: Ledger, *, today: date, progress: Progress = silent) -> tuple[Intake, ...]:
    """Read every input of the book and compare it with the record; nothing is written."""
    live = ledger.view(Keeper).statements
    gone = ledger.suppression()
    found = []
    for number, spec in enumerate(book.lists, start=1):
        progress(f"reading lists: {number} of {len(book.lists)}")
        reading = _without_erased(_read_list(book, spec, ledger), gone)
        reading = replace(reading, problems=(*reading.problems, *unpublished_names(reading)))
        found.append(_compared(spec.file.as_posix(), reading, live, spec.published, today))
    progress("reading events")
    reading = _without_erased(read_events(book, book.folder / "events", ledger.make_id), gone)
    unknown = _unknown(reading, found, live)
    reading = replace(reading, problems=(*reading.problems, *leftovers(book, live), *unknown))
    found.append(_compared("events", reading, live, None, today))
    return tuple(found)


def _unknown(reading: Reading, lists: Iterable[Intake], live: tuple[Statement, ...]) -> tuple[Problem, ...]:
    """Consents and wishes that concern nobody on the lists."""
    known = {s.subject for s in live if s.kind == "entry"}
    known |= {d.subject for one in lists for d in one.reading.drafts if d.kind == "entry"}
    keys = {(s.subject.split(":", 2)[1], s.value or "") for s in live if s.kind == "entry" and s.prop == "key"}
    return unknown_entries(reading, known, keys)


def _without_erased(reading: Reading, gone: Suppression) -> Reading:
    """The reading without what belongs to people who were erased, and without the sources that only they had."""
    if not gone:
        return reading

    def erased(draft: Draft) -> bool:
        said = " ".join(t for t in (draft.value, draft.original) if t)
        return (draft.kind == "entry" and gone.entry(draft.subject)) or gone.named_in(said)

    subjects = {d.subject for d in reading.drafts if erased(d) and d.kind != "list"}
    if not subjects:
        return reading
    kept = [d for d in reading.drafts if d.subject not in subjects]
    used = {d.source for d in kept if d.kind != "source"}
    left_out = Problem(
        file=reading.file,
        what=f"{len(subjects)} rows belong to somebody who was erased: they were left out",
        do="Delete them from the file; `habeas erase --list` tells which files still hold what was erased.",
    )
    return replace(
        reading,
        drafts=tuple(d for d in kept if d.kind != "source" or d.subject in used),
        problems=(*(p for p in reading.problems if not gone.named_in(str(p))), left_out),
    )


def _compared(name: str, reading: Reading, live: tuple[Statement, ...], edition: str | None, today: date) -> Intake:
    found = changes(reading, live, edition=edition or today.isoformat())
    stays = dict.fromkeys((item.subject, item.prop) for item in found.items if item.what == "stays")
    still = tuple(
        Problem(
            file=reading.file,
            what=f"{prop} of {subject} is on record and is no longer said: it holds all the same",
            do='Say the contrary: visibility = "public", a later wish, a new consent; or `habeas undo` what said it',
        )
        for subject, prop in stays
        if prop in ("visibility", "wish", "withdrawn", "until", "scope")
    )
    return Intake(
        name=name, reading=replace(reading, problems=(*reading.problems, *found.problems, *still)), changes=found
    )


def _read_list(book: Book, spec: ListSpec, ledger: Ledger) -> Reading:
    try:
        taken, data = capture(spec.file, folder=book.folder)
    except CaptureError as error:
        # A list that cannot be read says nothing: what it said before stays.
        return Reading(
            problems=(Problem(file=spec.file.as_posix(), what=str(error), do="The rest of the book was read."),)
        )
    return read_list(book, spec, taken, data, ledger.make_id)


def record(book: Book, ledger: Ledger, intakes: Iterable[Intake], *, now: datetime) -> int:
    """Append what the inputs add, each input as one batch, all or none of it; say how many statements that were."""
    said: set[Draft] = set()
    for one in intakes:
        drafts = [d for d in one.changes.drafts if d not in said]
        said.update(drafts)
        ledger.append(drafts, recorded=now, recorder=book.recorder)
    return len(said)


def linked(book: Book, ledger: Ledger, known: datetime | None = None, known_by: Clock = Clock.RECORDED) -> Links:
    """Who is who, from everything the keepers may see."""
    return link(ledger.view(Keeper, known, known_by), book, case_id)


def case_id(mention: str) -> str:
    """The case id that a first mention gives: `C-` and its salted row key."""
    return f"C-{mention.rpartition(':')[2]}"


def casebook(
    book: Book,
    ledger: Ledger,
    audience: type[A],
    known: datetime | None = None,
    known_by: Clock = Clock.RECORDED,
    links: Links | None = None,
) -> Casebook[A]:
    """The casebook of an audience, as known at an instant on a clock."""
    if links is None:
        links = linked(book, ledger, known, known_by)
    view: View[A] = ledger.view(audience, known, known_by, who_is_who(book, ledger, links if known is None else None))
    return fold(view, links, book)


def who_is_who(book: Book, ledger: Ledger, links: Links | None = None) -> Callable[[], Links]:
    """Who is who as known now, when it is asked: what is kept back is so for all of a person, now."""
    return lambda: links if links is not None else linked(book, ledger)


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


def decide(
    book: Book, ledger: Ledger, a: str, b: str, *, same: str, reason: str, now: datetime, by: str = "", blind: bool = False
) -> tuple[Statement, ...]:  # fmt: skip
    """Record a person's decision on two entries (`entry:...`): same, different or unsure.

    A `blind` one is an opinion: kept, to be held against another reviewer's, and of no effect.
    """
    drafts = _decision(book, ledger, a, b, same=same, reason=reason, now=now, by=by, blind=blind)
    return ledger.append(drafts, recorded=now, recorder=book.recorder)


def _decision(
    book: Book, ledger: Ledger, a: str, b: str, *, same: str, reason: str, now: datetime, by: str = "", blind: bool = False
) -> list[Draft]:  # fmt: skip
    by, kind = by or book.recorder, "opinion" if blind else "decision"
    identifier = f"{kind}:{ledger.make_id(*sorted((a, b)), *((by,) if blind else ()), now.isoformat())}"
    said = {"a": a, "b": b, "same": same, "by": by, "on": now.date().isoformat(), "reason": reason}
    source, place = f"person:{by}", "decided in habeas"
    return [
        Draft(subject=identifier, prop=prop, value=value, source=source, place=place)
        for prop, value in said.items()
        if value
    ]


def pasted_names(path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The names of a pasted list, one a line; numbering and bullets are dropped.

    Raises:
        CaptureError: the file cannot be read.
    """
    taken, data = capture(path.resolve(), folder=path.resolve().parent)
    table = names_table(data, file=taken.path.as_posix())
    return tuple(row.cells[0] for row in table.rows), table.problems


def record_match(
    book: Book,
    ledger: Ledger,
    cases: Casebook[Any],
    found: Iterable[Match],
    *,
    release: str,
    published: date | None,
    url: str,
    now: datetime,
) -> int:
    """Write pasted names as entries of a list of their own, all part of a release; say how many statements that added.

    A matched name is decided to be its case; an ambiguous one is decided to be unsure, so that it waits in `link`; an
    unmatched one is a person new to the book. All of it is one batch, and the same names again add nothing.

    Raises:
        UsageError: the book has no such release.
    """
    when = the_release(cases, release).when
    spec = ListSpec(
        id=f"pasted-{release}",
        file=Path("pasted.txt"),
        title=f"Names pasted for {release}",
        publisher=book.recorder,
        url=url,
        published=published.isoformat() if published is not None else when.text,
        means=Means.RELEASED,
        covers=Covers(group=f"people of {release}", place=book.country),
        release=release,
    )
    matches = tuple(found)
    data = "\n".join(m.text for m in matches).encode("utf-8")
    taken = Capture(path=spec.file, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    reading = read_list(book, spec, taken, data, ledger.make_id)
    # A second paste for a release adds to the first: nothing is absent, respelled or taken back for not being in it.
    live = ledger.view(Keeper).statements
    drafts = list(changes(reading, live, edition=spec.published or "", additive=True).drafts)
    entries = {d.value: d.subject for d in reading.drafts if d.kind == "entry" and d.prop == "name"}
    decided = {frozenset((p.a, p.b)) for p in cases.unsure if p.decision is not None}
    for match in matches:
        entry = entries.get(match.text)
        likely = match.candidates[:1] if match.case is not None else match.candidates
        for candidate in likely if entry is not None else ():
            mentions = cases.cases[candidate.case].mentions
            if entry is None or entry in mentions or frozenset((entry, mentions[0])) in decided:
                continue
            same = "same" if match.case is not None else "unsure"
            drafts += _decision(
                book, ledger, entry, mentions[0], same=same, reason=f"pasted for {release}: {match.why}", now=now
            )
    return len(ledger.append(drafts, recorded=now, recorder=book.recorder))


def new_book(target: Path, *, folder: Path | None, title: str, country: str) -> Path:
    """Make a book in a new folder: from a template, or fitted to a list that is copied into it; the path of its book.toml.

    Raises:
        UsageError: there is a book already, or the folder cannot be made.
        CaptureError: the list cannot be read.
    """
    country = country.upper() or "XX"
    is_list = target.is_file() or target.suffix.lower() in LIST_ENDINGS
    home = folder if folder is not None else target.with_suffix("") if is_list else target
    if (home / "book.toml").exists():
        raise UsageError(f"{home.as_posix()} holds a book already; name another folder")
    if home.is_file():
        raise UsageError(f"{home.as_posix()} is a file; name a folder for the book")
    title = title or home.name
    if is_list:
        _, data = capture(target.resolve(), folder=target.resolve().parent)
        text = guess(Path("lists") / target.name, data, title=title, country=country)
    else:
        text, data = template(title, country), b""
    for name in ("lists", "events", "articles", "sources"):
        (home / name).mkdir(parents=True, exist_ok=True)
    if is_list:
        (home / "lists" / target.name).write_bytes(data)
    (home / "book.toml").write_text(text, encoding="utf-8", newline="\n")
    return home / "book.toml"


def undo(book: Book, ledger: Ledger, batch: int, *, reason: str, now: datetime) -> tuple[Statement, ...]:
    """Withdraw a batch by statements: what it said is taken back, what it took back is said again.

    What a later batch has corrected since stays as corrected.

    Raises:
        UsageError: there is no such batch, or nothing of it stands any more.
    """
    history = ledger.history(Keeper)
    of_batch = [s for s in history if s.batch == batch]
    if not of_batch:
        raise UsageError(f"there is no batch {batch}; `habeas log` lists them")
    live = {s.id: s for s in ledger.view(Keeper).statements}
    # What stands without this batch need not be said again.
    standing = {_said(s) for s in live.values() if s.batch != batch}
    known = {s.id: s for s in history}
    why = f"undo of batch {batch}" + (f": {reason}" if reason else "")
    drafts = []
    for said in of_batch:
        before = known.get(said.retracts) if said.retracts is not None else None
        if before is not None and _said(before) in standing:
            before = None
        if said.id in live:
            drafts.append(_restated(before or said, retracts=said.id, reason=why, keep=before is not None))
        elif said.value is None and before is not None:
            drafts.append(_restated(before, retracts=None, reason=why, keep=True))
        else:
            continue
        if before is not None:
            standing.add(_said(before))
    if not drafts:
        raise UsageError(f"nothing of batch {batch} stands any more; `habeas log {batch}` shows what became of it")
    return ledger.append(drafts, recorded=now, recorder=book.recorder)


def _said(statement: Statement) -> tuple[str, str, str | None, str]:
    return statement.subject, statement.prop, statement.value, statement.source


def _restated(said: Statement, *, retracts: str | None, reason: str, keep: bool) -> Draft:
    """What was said before, said again (`keep`), or nothing in its place."""
    fields = {f.name: getattr(said, f.name) for f in dataclass_fields(Draft)}
    return Draft(**{**fields, "value": said.value if keep else None, "retracts": retracts, "reason": reason})


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did, and where what was erased still lies: files of the book, other ledgers, git history."""

    tombstone: str
    statements: int
    places: tuple[str, ...]


def erase_person(book: Book, ledger: Ledger, case: Case, *, reason: str, now: datetime) -> Erased:
    """Erase a person: every statement ever made of the entries of a case, and what names the person elsewhere.

    Decisions on the entries go too, and the sources that nothing else rests on. Tell the reader what is still outside
    the ledger: nothing outside it is changed.

    Raises:
        UsageError: there is nothing to erase.
    """
    history = ledger.history(Keeper)
    entries = set(case.mentions)
    names = {s.value for s in history if s.subject in entries and s.prop == "name" and s.value is not None}
    names |= {s.original for s in history if s.subject in entries and s.prop == "name" and s.original is not None}
    named = ledger.naming(names)
    subjects = {s.subject for s in history if s.subject in entries or s.value in entries or _names(s, named)}
    subjects = {s for s in subjects if not s.startswith("list:")}
    return _erase(book, ledger, history, subjects, "person", names=names, entries=entries, reason=reason, now=now)


def erase_source(book: Book, ledger: Ledger, url: str, *, reason: str, now: datetime) -> Erased:
    """Erase a source: what it said, and that it was ever a source.

    Raises:
        UsageError: no source of the book has that address.
    """
    history = ledger.history(Keeper)
    sources = {s.subject for s in history if s.kind == "source" and s.prop == "url" and s.value == url}
    if not sources:
        raise UsageError(
            f"no source of this book has the address {url}; `habeas ask case NAME --statements` shows them"
        )
    return _erase(book, ledger, history, sources, "source", names=(), entries=sources, reason=reason, now=now)


def _names(statement: Statement, named: Callable[[str], bool]) -> bool:
    return any(named(text) for text in (statement.value, statement.original, statement.reason) if text)


def _erase(
    book: Book,
    ledger: Ledger,
    history: tuple[Statement, ...],
    subjects: set[str],
    what: str,
    *,
    names: Iterable[str],
    entries: Iterable[str],
    reason: str,
    now: datetime,
) -> Erased:
    lost = [s for s in history if s.subject in subjects or s.source in subjects]
    seqs = {s.seq for s in lost}
    # A source that nothing else rests on may name the person in its address.
    elsewhere = {s.source for s in history if s.seq not in seqs and s.kind != "source"}
    orphans = {s.source for s in lost} - elsewhere
    lost += [s for s in history if s.seq not in seqs and s.subject in orphans and s.kind == "source"]
    tombstone = f"tombstone:{ledger.make_id('tombstone', now.isoformat())}"
    said = {
        "erased": what,
        "statements": str(len(lost)),
        "by": book.recorder,
        "on": now.date().isoformat(),
        "reason": reason,
    }
    drafts = [
        Draft(
            subject=tombstone,
            prop=prop,
            value=value,
            source=f"person:{book.recorder}",
            place="erased in habeas",
            visibility=property_of("tombstone", prop).visibility,
        )
        for prop, value in said.items()
        if value
    ]
    ledger.erase([s.seq for s in lost], drafts, names=names, entries=entries, recorded=now, recorder=book.recorder)
    return Erased(tombstone=tombstone, statements=len(lost), places=still_held(book, tuple(names), lost))


def still_held(book: Book, names: Iterable[str], lost: Iterable[Statement] = ()) -> tuple[str, ...]:
    """Where what was erased still lies: inputs by file, other files that hold a name, and the history of a git repository."""
    found = dict.fromkeys(p for p in (s.place.partition(" row ")[0] for s in lost) if p and (book.folder / p).is_file())
    needles = [n.encode(code) for n in names for code in ("utf-8", "utf-16-le", "cp1251") if _fits(n, code)]
    for path in sorted(book.folder.rglob("*")):
        name = path.relative_to(book.folder).as_posix()
        # The ledger was scrubbed, and the site is made anew.
        if path.is_file() and not name.startswith(("ledger.sqlite", "site/")) and name not in found:
            data = path.read_bytes()
            if any(needle in data for needle in needles):
                found[name] = None
    return (*found, *_commits(book.folder, names))


def inputs_with_erased(book: Book, gone: Suppression) -> tuple[str, ...]:
    """The text inputs of the book that still name somebody who was erased."""
    found = []
    for folder in ("lists", "events", "articles", "sources"):
        for path in sorted((book.folder / folder).rglob("*")):
            if path.is_file() and path.suffix.lower() in TEXTS:
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
                if any(gone.named_in(line) for line in lines):
                    found.append(path.relative_to(book.folder).as_posix())
    return tuple(found)


def _fits(name: str, code: str) -> bool:
    try:
        name.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def _commits(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """The commits of a git repository around the book that added or removed a name."""
    git = shutil.which("git")
    if git is None:
        return ()
    commits: dict[str, None] = {}
    for name in names:
        asked = [git, "-C", str(folder), "log", "--all", "--format=%h", "-S", name, "--", "."]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 -- our own arguments
        commits |= dict.fromkeys(done.stdout.split())
    return (f"git history: commits {', '.join(commits)}",) if commits else ()
